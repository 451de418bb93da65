/* engine/images.c: reads the pictures that figures name. */
#include <string.h>

#include "base/file.h"
#include "engine/engine-private.h"
#include "paint/image.h"

#define MAX_IMAGE_BYTES ((gsize)64 << 20)

static const SatsPlanFile *read_file(SatsPlan *plan, const char *name, GError **error) {
    for (guint i = 0; i < plan->files->len; i++) {
        const SatsPlanFile *file = g_ptr_array_index(plan->files, i);
        if (g_str_equal(file->name, name)) {
            return file;
        }
    }
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

static void read_image(SatsPlan *plan, const SatsNode *node) {
    SatsFigure *figure = node->as.figure;
    GError *error = NULL;
    const SatsPlanFile *file = read_file(plan, figure->image_path, &error);
    if (file != NULL) {
        SatsImage *image = sats_arena_new_struct(plan->arena, SatsImage);
        image->name = file->name;
        image->bytes = file->bytes;
        image->size = file->size;
        if (sats_image_decode(image, plan->arena, &error)) {
            figure->image = image;
            return;
        }
    }
    sats_report_add(plan->report, SATS_ERROR, "image", &node->place,
                    "cannot use the picture '%s': %s", "kan inte använda bilden '%s': %s",
                    figure->image_path, sats_why(plan->report, error));
    g_clear_error(&error);
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
