/* engine/attachments.c: all that a document was made from, as embedded files. */
#include <string.h>

#include "engine/engine-private.h"

static const char *below(const char *folder, const char *path) {
    gsize length = strlen(folder);
    return strncmp(path, folder, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

/* A name that is the same wherever the files lie, and under which they are found again when they
 * are taken out: "templates/…" for what came from a folder of templates, the path from the plan's
 * folder for what lies below that, else the last part of the path. */
static const char *portable_name(const SatsPlan *plan, const char *path, SatsArena *arena) {
    const char *rest = NULL;
    for (guint i = 0; rest == NULL && i < (plan->extracted != NULL ? SATS_EXTRACTED_FOLDERS : 1);
         i++) {
        g_autofree char *own = sats_extracted_templates(plan->folder, i);
        rest = below(own, path);
    }
    for (char **folder = plan->engine->template_folders; *folder != NULL && rest == NULL;
         folder++) {
        rest = below(*folder, path);
    }
    if (rest != NULL) {
        return sats_arena_printf(arena, "templates/%s", rest);
    }
    rest = below(plan->folder, path);
    if (rest != NULL) {
        return sats_arena_strdup(arena, rest);
    }
    g_autofree char *base = g_path_get_basename(path);
    return sats_arena_strdup(arena, base);
}

static const char *mime_type(const char *name) {
    static const struct {
        const char *ending, *type;
    } TYPES[] = {
        {".yaml", "application/yaml"},
        {".yml", "application/yaml"},
        {".csv", "text/csv"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".svg", "image/svg+xml"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(TYPES); i++) {
        if (g_str_has_suffix(name, TYPES[i].ending)) {
            return TYPES[i].type;
        }
    }
    return "application/octet-stream";
}

/* Two files of one name (a section of the plan's own beside the library's) get numbers. */
static const char *unique_name(GHashTable *names, const char *name, SatsArena *arena) {
    const char *candidate = name;
    for (guint i = 2; !g_hash_table_add(names, (gpointer)(gsize)candidate); i++) {
        candidate = sats_arena_printf(arena, "%u-%s", i, name);
    }
    return candidate;
}

static void attach(GArray *list, GHashTable *names, const char *name, const char *relationship,
                   const void *bytes, gsize size, SatsArena *arena) {
    SatsAttachment attachment = {
        .name = unique_name(names, name, arena),
        .mime_type = mime_type(name),
        .description = g_str_equal(relationship, "Source") ? "Planens data" : "Mall eller bild",
        .relationship = relationship,
        .bytes = bytes,
        .size = size};
    g_array_append_val(list, attachment);
}

SatsAttachment *sats_plan_attachments(SatsPlan *plan, SatsArena *arena, guint *out_n) {
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(SatsAttachment));
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < sats_sources_count(plan->sources); i++) {
        const SatsSource *source = sats_sources_at(plan->sources, i);
        attach(list, names, portable_name(plan, source->name, arena), i == 0 ? "Source" : "Data",
               source->text, source->length, arena);
    }
    for (guint i = 0; i < plan->files->len; i++) {
        const SatsPlanFile *file = g_ptr_array_index(plan->files, i);
        attach(list, names, file->name, "Data", file->bytes, file->size, arena);
    }
    for (guint i = 0; plan->loaded != NULL && i < sats_sources_count(plan->loaded->sources); i++) {
        const SatsSource *source = sats_sources_at(plan->loaded->sources, i);
        attach(list, names, portable_name(plan, source->name, arena), "Supplement", source->text,
               source->length, arena);
    }
    *out_n = list->len;
    return sats_arena_memdup(arena, list->data, list->len * sizeof(SatsAttachment));
}
