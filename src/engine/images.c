/* engine/images.c: reads the pictures that figures name. */
#include <string.h>

#include "base/file.h"
#include "engine/engine-private.h"
#include "paint/image.h"

#define MAX_IMAGE_BYTES   ((gsize)64 << 20)
#define MAX_DECODED_BYTES ((guint64)1000 * 1000 * 1000) /* before the last one */

static SatsPlanFile *known_file(const SatsPlan *plan, const char *name) {
    for (guint i = 0; i < plan->files->len; i++) {
        SatsPlanFile *file = g_ptr_array_index(plan->files, i);
        if (g_str_equal(file->name, name)) {
            return file;
        }
    }
    return NULL;
}

static SatsPlanFile *read_file(SatsPlan *plan, const char *name, GError **error) {
    g_autofree char *path = g_build_filename(plan->folder, name, NULL);
    gsize size = 0;
    char *bytes = sats_file_read_below(plan->folder, path, MAX_IMAGE_BYTES, &size, error);
    if (bytes == NULL) {
        return NULL;
    }
    SatsPlanFile *file = g_new0(SatsPlanFile, 1);
    file->name = g_strdup(name);
    file->bytes = (guint8 *)bytes;
    file->size = size;
    g_ptr_array_add(plan->files, file);
    return file;
}

/* The picture of a file of the same bytes under another name. */
static const SatsImage *same_picture(const SatsPlan *plan, const SatsPlanFile *file) {
    for (guint i = 0; i < plan->files->len; i++) {
        const SatsPlanFile *other = g_ptr_array_index(plan->files, i);
        if (other->image != NULL && other->size == file->size &&
            memcmp(other->bytes, file->bytes, file->size) == 0) {
            return other->image;
        }
    }
    return NULL;
}

static guint64 decoded_bytes(const SatsPlan *plan) {
    guint64 sum = 0;
    for (guint i = 0; i < plan->files->len; i++) {
        const SatsPlanFile *file = g_ptr_array_index(plan->files, i);
        const SatsImage *image = file->image;
        if (image != NULL && image->pixels != NULL) {
            sum += (guint64)image->width_px * image->height_px * (image->components + 1);
        }
    }
    return sum;
}

/* Once for each file, however many places show it. */
static void decode_file(SatsPlan *plan, SatsPlanFile *file) {
    file->image = same_picture(plan, file);
    if (file->image != NULL || file->error != NULL) {
        return;
    }
    if (decoded_bytes(plan) > MAX_DECODED_BYTES) {
        g_set_error(&file->error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_LIMIT,
                    "the plan's pictures are larger than %u million bytes together",
                    (guint)(MAX_DECODED_BYTES / 1000000));
        return;
    }
    SatsImage *image = sats_arena_new_struct(plan->arena, SatsImage);
    image->name = file->name;
    image->bytes = file->bytes;
    image->size = file->size;
    if (sats_image_decode(image, plan->arena, &file->error)) {
        file->image = image;
    }
}

static void read_image(SatsPlan *plan, const SatsNode *node) {
    SatsFigure *figure = node->as.figure;
    g_autoptr(GError) error = NULL;
    SatsPlanFile *file = known_file(plan, figure->image_path);
    if (file == NULL) {
        file = read_file(plan, figure->image_path, &error);
    }
    if (file != NULL) {
        decode_file(plan, file);
        figure->image = file->image;
    }
    if (figure->image == NULL) {
        g_autofree char *why = sats_why(plan->report, file != NULL ? file->error : error);
        sats_report_add(plan->report, SATS_ERROR, "image", &node->place,
                        "cannot use the picture '%s': %s", "kan inte använda bilden '%s': %s",
                        figure->image_path, why);
    }
}

void sats_plan_read_images(SatsPlan *plan) {
    SatsNode *node = plan->document->root;
    while (node != NULL) {
        if (node->kind == SATS_NODE_FIGURE && node->as.figure != NULL &&
            node->as.figure->image_path != NULL && node->as.figure->image == NULL) {
            read_image(plan, node);
        }
        if (node->first_child != NULL) {
            node = node->first_child;
            continue;
        }
        while (node != NULL && node->next == NULL) {
            node = node->parent;
        }
        node = node == NULL ? NULL : node->next;
    }
}
