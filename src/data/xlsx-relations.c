/* data/xlsx-relations.c: which part of a workbook belongs to which.
 *
 * A package names its parts by relations: of its own (the workbook), of the workbook (sheets,
 * shared texts, styles) and of a sheet (tables), each a type, an id and a path from the part that
 * has it. */
#include "data/xlsx-parts.h"

#include <string.h>

#define MAX_RELATIONS 10000U

typedef struct {
    SatsPackage *package;
    const char *folder; /* of the part that has them, with "/" at its end, or "" */
    GPtrArray *list;    /* SatsRelation */
} Relations;

static void free_relation(gpointer data) {
    SatsRelation *relation = data;
    g_free(relation->id);
    g_free(relation->type);
    g_free(relation->part);
    g_free(relation);
}

/* A target as the zip names it. Caller frees. */
static char *resolve_target(const char *folder, const char *target) {
    g_autofree char *whole = g_strconcat(*target == '/' ? "" : folder, target, NULL);
    g_auto(GStrv) steps = g_strsplit(whole, "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **step = steps; *step != NULL; step++) {
        if (strcmp(*step, "..") == 0)
            g_ptr_array_set_size(kept, MAX((gint)kept->len - 1, 0));
        else if (**step != '\0' && strcmp(*step, ".") != 0)
            g_ptr_array_add(kept, *step);
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv("/", (char **)kept->pdata);
}

static void start_relation(void *context, const char *name, const char **attributes) {
    const Relations *relations = context;
    const char *id = sats_part_attribute(attributes, "Id");
    const char *type = sats_part_attribute(attributes, "Type");
    const char *target = sats_part_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL ||
        g_strcmp0(sats_part_attribute(attributes, "TargetMode"), "External") == 0 ||
        relations->list->len >= MAX_RELATIONS)
        return;
    const char *kind = strrchr(type, '/');
    SatsRelation *relation = g_new(SatsRelation, 1);
    relation->id = g_strdup(id);
    relation->type = g_strdup(kind == NULL ? type : kind + 1);
    relation->part = resolve_target(relations->folder, target);
    g_ptr_array_add(relations->list, relation);
}

gboolean sats_relations_read(SatsPackage *package, const char *part, GPtrArray **out_list) {
    static const SatsPartHandler handler = {start_relation, NULL, NULL};
    const char *base = strrchr(part, '/');
    base = base == NULL ? part : base + 1;
    g_autofree char *folder = g_strndup(part, (gsize)(base - part));
    g_autofree char *path = g_strdup_printf("%s_rels/%s.rels", folder, base);
    Relations relations = {package, folder, g_ptr_array_new_with_free_func(free_relation)};
    *out_list = relations.list;
    return sats_package_read(package, path, &handler, &relations) != SATS_PART_REFUSED;
}

const SatsRelation *sats_relations_find(const GPtrArray *list, const char *id, const char *type) {
    for (guint i = 0; i < list->len; i++) {
        const SatsRelation *relation = g_ptr_array_index(list, i);
        if ((id == NULL || strcmp(relation->id, id) == 0) &&
            (type == NULL || strcmp(relation->type, type) == 0))
            return relation;
    }
    return NULL;
}
