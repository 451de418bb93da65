/* The files a template is made of: finding and reading them, `extends`, and its edits. */
#include "template/library.h"

#include <string.h>

/* ---- document templates ---- */

static gboolean read_definition(SatsLibrary *library, const SatsFile *file, const char *name,
                                const SatsPlace *place) {
    static const char *const words[] = {
        "template",  "title",  "description", "extends",  "theme",  "language", "page",
        "numbering", "data",   "document",    "body",     "checks", "replace",  "before",
        "after",     "remove", "revision",    "severity", "units",  "parts",    NULL};
    const SatsValue *root =
        sats_files_read(file, library->sources, library->arena, library->report, place);
    if (!root || !sats_spec_is_map(library->report, root, "a document template", "en mall"))
        return FALSE;
    if (!sats_value_lookup(root, "template")) {
        sats_report_add(library->report, SATS_ERROR, "not-a-template", &root->place,
                        "'%s' is no document template: it has no 'template:'",
                        "'%s' är ingen dokumentmall: den har inget 'template:'", file->path);
        return FALSE;
    }
    sats_spec_keys(library->report, root, "template", "mallen", words);
    library->definitions[library->n_definitions++] =
        (SatsDefinition){.name = name, .file = *file, .root = root};
    return TRUE;
}

static gboolean is_open(const SatsLibrary *library, const char *path) {
    for (guint i = 0; i < library->n_definitions; i++)
        if (strcmp(library->definitions[i].file.path, path) == 0)
            return TRUE;
    return FALSE;
}

static void tell_unknown(const SatsLibrary *library, const SatsPlace *place, const char *name) {
    const char *const *folders = (const char *const *)library->folders;
    const char *const *near = sats_files_names(folders, "", library->arena);
    sats_spec_unknown(library->report, place, "unknown-template", "template", "okänd mall", name,
                      near);
    if (sats_files_is_path(name)) {
        sats_report_hint(
            library->report,
            "there is no such file; a template of plansats' own is named without folder and ending",
            "filen finns inte; plansats egna mallar skrivs utan mapp och ändelse");
    } else if (!sats_report_nearest(name, near, sats_spec_n(near))) {
        near = sats_files_names(library->common, "", library->arena);
        g_autofree char *list = g_strjoinv(", ", (char **)(gsize)near);
        sats_report_hint(library->report, "there are: %s", "det finns: %s", list);
    }
}

gboolean sats_library_open(SatsLibrary *library, const char *name, const char *beside,
                           const SatsPlace *place) {
    guint from = 0;
    for (;;) {
        SatsFile file;
        const char *const *folders = (const char *const *)library->folders;
        if (!sats_files_find(folders, from, "", name, beside, library->arena, &file)) {
            tell_unknown(library, place, name);
            return FALSE;
        }
        if (is_open(library, file.path) || library->n_definitions == SATS_TEMPLATE_MAX_EXTENDS) {
            sats_report_add(library->report, SATS_ERROR, "extends-cycle", place,
                            "template '%s' extends itself, or too many others",
                            "mallen '%s' bygger på sig själv eller på för många andra", name);
            return FALSE;
        }
        if (!read_definition(library, &file, name, place))
            return FALSE;
        const SatsValue *root = library->definitions[library->n_definitions - 1].root;
        const SatsValue *extends = sats_value_lookup(root, "extends");
        const char *base = sats_spec_string(library->report, root, "extends", NULL);
        if (!base)
            return TRUE;
        /* A nearer template may extend the one of its own name further off. */
        from = strcmp(base, name) == 0 ? file.index + 1 : 0;
        name = base;
        beside = file.folder;
        place = &extends->place;
    }
}

const SatsValue *sats_library_value(const SatsLibrary *library, const char *map, const char *key,
                                    const char **out_folder) {
    for (guint i = 0; i < library->n_definitions; i++) {
        const SatsValue *in = library->definitions[i].root;
        if (map)
            in = sats_value_lookup(in, map);
        const SatsValue *value =
            in && in->kind == SATS_VALUE_MAP ? sats_value_lookup(in, key) : NULL;
        if (!value)
            continue;
        if (out_folder)
            *out_folder = library->definitions[i].file.folder;
        return value;
    }
    return NULL;
}

/* ---- edits ---- */

static const char *const edit_words[] = {"replace", "before", "after", "remove"};

static void mark_edited(SatsLibrary *library, guint definition, const char *word,
                        const char *name) {
    const char *key = sats_arena_printf(library->arena, "%u/%s/%s", definition, word, name);
    sats_names_put(&library->edited, key, library);
}

/* The value beside `name` in `word: {name: value}`, or in `remove: [name]`. */
static const SatsValue *edit_of(SatsLibrary *library, guint definition, const char *word,
                                const char *name) {
    const SatsValue *edits = sats_value_lookup(library->definitions[definition].root, word);
    const SatsValue *found = NULL;
    if (edits && edits->kind == SATS_VALUE_MAP)
        found = sats_value_lookup(edits, name);
    for (guint32 i = 0; edits && edits->kind == SATS_VALUE_LIST && i < edits->length; i++)
        if (edits->as.items[i]->kind == SATS_VALUE_TEXT &&
            strcmp(edits->as.items[i]->as.text, name) == 0)
            found = edits->as.items[i];
    if (found)
        mark_edited(library, definition, word, name);
    return found;
}

SatsEdit sats_library_edit(SatsLibrary *library, const char *name) {
    SatsEdit edit = {0};
    sats_names_put(&library->seen, name, library);
    for (guint i = library->n_definitions; i-- > 0;) {
        const char *folder = library->definitions[i].file.folder;
        const SatsValue *value = edit_of(library, i, "remove", name);
        edit.removed = edit.removed || value != NULL;
        value = edit_of(library, i, "before", name);
        if (value) {
            edit.before_folder[edit.n_before] = folder;
            edit.before[edit.n_before++] = value;
        }
        value = edit_of(library, i, "after", name);
        if (value) {
            edit.after_folder[edit.n_after] = folder;
            edit.after[edit.n_after++] = value;
        }
        value = edit_of(library, i, "replace", name);
        if (value && value->kind == SATS_VALUE_TEXT) {
            edit.replacement = value;
            edit.replacement_folder = folder;
        }
    }
    return edit;
}

static void check_edit(SatsLibrary *library, guint definition, const char *word, const char *name,
                       const SatsPlace *place) {
    const char *key = sats_arena_printf(library->arena, "%u/%s/%s", definition, word, name);
    if (!sats_names_get(&library->edited, key))
        sats_spec_unknown(library->report, place, "unknown-section", "section", "okänt avsnitt",
                          name, sats_names_keys(&library->seen));
}

void sats_library_check_edits(SatsLibrary *library) {
    for (guint i = 0; i < library->n_definitions; i++)
        for (guint w = 0; w < G_N_ELEMENTS(edit_words); w++) {
            const SatsValue *edits = sats_value_lookup(library->definitions[i].root, edit_words[w]);
            gboolean list = strcmp(edit_words[w], "remove") == 0;
            if (!edits || edits->kind == SATS_VALUE_NULL)
                continue;
            if (list ? !sats_spec_is_list(library->report, edits, "names", "namn")
                     : !sats_spec_is_map(library->report, edits, "names", "namn"))
                continue;
            for (guint32 k = 0; k < edits->length; k++)
                if (!list)
                    check_edit(library, i, edit_words[w], edits->as.entries[k].key,
                               &edits->as.entries[k].place);
                else if (edits->as.items[k]->kind == SATS_VALUE_TEXT)
                    check_edit(library, i, edit_words[w], edits->as.items[k]->as.text,
                               &edits->as.items[k]->place);
        }
}

/* ---- section files ---- */

static SatsSectionFile *read_section(SatsLibrary *library, const SatsValue *name,
                                     const SatsFile *file) {
    static const char *const words[] = {"section", "description", "data", "body", "checks", NULL};
    SatsSectionFile *section = sats_arena_new_struct(library->arena, SatsSectionFile);
    section->name = name->as.text;
    section->file = *file;
    sats_names_put(&library->sections, file->path, section);
    const SatsValue *root =
        sats_files_read(file, library->sources, library->arena, library->report, &name->place);
    if (!root || !sats_spec_is_map(library->report, root, "a section template", "en avsnittsmall"))
        return section;
    sats_spec_keys(library->report, root, "section template", "avsnittsmallen", words);
    section->root = root;
    if (!sats_value_lookup(root, "section"))
        sats_report_add(library->report, SATS_ERROR, "not-a-section", &root->place,
                        "'%s' is no section template: it has no 'section:'",
                        "'%s' är ingen avsnittsmall: den har inget 'section:'", file->path);
    return section;
}

SatsSectionFile *sats_library_section(SatsLibrary *library, const SatsValue *name,
                                      const char *beside, gboolean quiet) {
    SatsFile file;
    const char *const *folders = (const char *const *)library->folders;
    if (!sats_files_find(folders, 0, "sections", name->as.text, beside, library->arena, &file)) {
        if (!quiet)
            sats_spec_unknown(library->report, &name->place, "unknown-section", "section",
                              "okänt avsnitt", name->as.text,
                              sats_files_names(folders, "sections", library->arena));
        return NULL;
    }
    SatsSectionFile *section = sats_names_get(&library->sections, file.path);
    return section ? section : read_section(library, name, &file);
}
