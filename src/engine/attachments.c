/* engine/attachments.c: all that a document was made from, as embedded files. */
#include <string.h>

#include "engine/engine-private.h"
#include "template/built-in.h"

/* The folders that take the place of the plan's own and of those it lies in, when it names files
 * out of it. */
#define OUTER_FOLDER "plan"

static const char *skip_here(const char *path) {
    while (path[0] == '.' && path[1] == '/') {
        path += 2 + strspn(path + 2, "/");
    }
    return path;
}

/* What follows the folder in a path that begins with it; NULL: it does not. Paths from here and
 * from "." are the same. */
static const char *below(const char *folder, const char *path) {
    folder = skip_here(folder);
    path = skip_here(path);
    gsize length = strlen(folder);
    while (length > 0 && folder[length - 1] == '/') {
        length--;
    }
    if (*folder == '\0' || g_str_equal(folder, ".")) {
        return g_path_is_absolute(path) ? NULL : path;
    }
    return strncmp(path, folder, length) == 0 && path[length] == '/'
               ? path + length + strspn(path + length, "/")
               : NULL;
}

/* A relative path without "." and, but at its beginning, without "..", which are counted. */
static char *tidy(const char *path, guint *out_up) {
    g_auto(GStrv) steps = g_strsplit(path, "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    *out_up = 0;
    for (char **step = steps; *step != NULL; step++) {
        if (g_str_equal(*step, "..") && kept->len > 0) {
            g_ptr_array_set_size(kept, (gint)kept->len - 1);
        } else if (g_str_equal(*step, "..")) {
            ++*out_up;
        } else if (**step != '\0' && !g_str_equal(*step, ".")) {
            g_ptr_array_add(kept, *step);
        }
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv("/", (char **)kept->pdata);
}

/* How many folders a relative path leads out of where it begins. */
static guint steps_up(const char *path) {
    guint up = 0;
    g_free(strstr(path, "..") != NULL ? tidy(path, &up) : NULL);
    return up;
}

/* What follows the folder, if the path does not lead out of it again. */
static const char *inside(const char *folder, const char *path) {
    const char *rest = below(folder, path);
    return rest != NULL && steps_up(rest) == 0 ? rest : NULL;
}

/* From a folder of templates; NULL: it lies in none. */
static const char *below_templates(const SatsPlan *plan, const char *path) {
    const char *rest = NULL;
    for (guint i = 0; rest == NULL && plan->extracted != NULL && i < SATS_EXTRACTED_FOLDERS; i++) {
        g_autofree char *own = sats_extracted_templates(plan->extracted, i);
        rest = inside(own, path);
    }
    for (char **folder = plan->engine->template_folders; *folder != NULL && rest == NULL;
         folder++) {
        rest = inside(*folder, path);
    }
    return rest;
}

/* How many folders out of the plan's own a file lies; 0 also for one that is not told from there.
 */
static guint folders_out(const SatsPlan *plan, const char *path) {
    const char *rest = below_templates(plan, path) == NULL ? below(plan->folder, path) : NULL;
    return rest != NULL ? steps_up(rest) : 0;
}

/* The plan's folder among the names: "" as long as nothing lies out of it, so that paths that lead
 * out of it lead to what they did. */
static const char *home(const SatsPlan *plan, SatsArena *arena) {
    guint most = 0;
    for (guint i = 0; plan->loaded != NULL && i < sats_sources_count(plan->loaded->sources); i++) {
        most = MAX(most, folders_out(plan, sats_sources_at(plan->loaded->sources, i)->name));
    }
    g_autoptr(GString) folder = g_string_new(NULL);
    for (guint i = 0; i < most; i++) {
        g_string_append(folder, OUTER_FOLDER "/");
    }
    return sats_arena_strdup(arena, folder->str);
}

/* A name that is the same wherever the files lie, and under which they are found again when they
 * are taken out: "templates/…" for what came from a folder of templates, the path from the plan's
 * folder for what is told from there, else the last part of the path. */
static const char *portable_name(const SatsPlan *plan, const char *home_folder, const char *path,
                                 SatsArena *arena) {
    guint up = 0;
    const char *rest = below_templates(plan, path);
    if (rest != NULL) {
        g_autofree char *tidied = tidy(rest, &up);
        return sats_arena_printf(arena, "templates/%s", tidied);
    }
    rest = below(plan->folder, path);
    if (rest != NULL) {
        g_autofree char *tidied = tidy(rest, &up);
        gsize kept = strlen(home_folder) - up * strlen(OUTER_FOLDER "/");
        return sats_arena_printf(arena, "%.*s%s", (int)kept, home_folder, tidied);
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

gboolean sats_plan_facts(const SatsPlan *plan, const void *bytes, gsize size,
                         SatsFrozenFacts *out) {
    const SatsSourceFacts *facts = &plan->facts;
    if (facts->packed == NULL || facts->source->text != bytes || facts->source->length != size) {
        return sats_frozen_facts(sats_built_in, bytes, size, out);
    }
    *out = (SatsFrozenFacts){.sha256 = facts->sha256,
                             .md5 = facts->md5,
                             .packed = facts->packed->data,
                             .packed_size = facts->packed->len};
    return TRUE;
}

/* What attachments are gathered in. */
typedef struct {
    const SatsPlan *plan;
    SatsArena *arena;
    GArray *list;
    GHashTable *names;
} Gathering;

static void attach(Gathering *gathering, const char *name, const char *relationship,
                   const void *bytes, gsize size) {
    SatsAttachment attachment = {
        .name = unique_name(gathering->names, name, gathering->arena),
        .mime_type = mime_type(name),
        .description = g_str_equal(relationship, "Source") ? "Planens data" : "Mall eller bild",
        .relationship = relationship,
        .bytes = bytes,
        .size = size};
    SatsFrozenFacts known;
    if (sats_plan_facts(gathering->plan, bytes, size, &known)) {
        attachment.packed = (SatsPacked){known.packed, known.packed_size, known.md5};
    }
    g_array_append_val(gathering->list, attachment);
}

SatsAttachment *sats_plan_attachments(SatsPlan *plan, SatsArena *arena, guint *out_n) {
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(SatsAttachment));
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    Gathering gathering = {plan, arena, list, names};
    const char *folder = home(plan, arena);
    for (guint i = 0; i < sats_sources_count(plan->sources); i++) {
        const SatsSource *source = sats_sources_at(plan->sources, i);
        attach(&gathering, portable_name(plan, folder, source->name, arena),
               i == 0 ? "Source" : "Data", source->text, source->length);
    }
    for (guint i = 0; i < plan->files->len; i++) {
        const SatsPlanFile *file = g_ptr_array_index(plan->files, i);
        attach(&gathering, sats_arena_printf(arena, "%s%s", folder, file->name), "Data",
               file->bytes, file->size);
    }
    for (guint i = 0; plan->loaded != NULL && i < sats_sources_count(plan->loaded->sources); i++) {
        const SatsSource *source = sats_sources_at(plan->loaded->sources, i);
        attach(&gathering, portable_name(plan, folder, source->name, arena), "Supplement",
               source->text, source->length);
    }
    *out_n = list->len;
    return sats_arena_memdup(arena, list->data, list->len * sizeof(SatsAttachment));
}
