/* Loads a template: gathers the declarations of all its files, then compiles its parts. */
#include <string.h>

#include "template/checks.h"
#include "template/library.h"

/* ---- gathering declarations ---- */

typedef struct {
    SatsCompiler *compiler;
    SatsDecl *data;
} Gatherer;

static void gather(Gatherer *gatherer, const SatsValue *value);

static void gather_in(Gatherer *gatherer, const SatsValue *value, const char *folder) {
    const char *outer = gatherer->compiler->folder;
    gatherer->compiler->folder = folder;
    gather(gatherer, value);
    gatherer->compiler->folder = outer;
}

static void gather_section(Gatherer *gatherer, const SatsValue *name, const char *folder) {
    SatsCompiler *compiler = gatherer->compiler;
    SatsSectionFile *section = sats_library_section(compiler->library, name, folder, TRUE);
    compiler->lacks_data = compiler->lacks_data || (section && !section->root);
    if (!section || !section->root || section->gathered)
        return;
    section->gathered = TRUE;
    const SatsDecl *more =
        sats_decl_compile_map(compiler, sats_value_lookup(section->root, "data"));
    sats_decl_merge(compiler, gatherer->data, more, FALSE);
    gather_in(gatherer, sats_value_lookup(section->root, "body"), section->file.folder);
}

/* The name that edits know a block by: its include's, or its section's constant id. */
static const SatsValue *name_of(const SatsValue *block) {
    const SatsValue *name = sats_value_lookup(block, "include");
    const SatsValue *section = sats_value_lookup(block, "section");
    if (!name && section && section->kind == SATS_VALUE_MAP) {
        name = sats_value_lookup(section, "id");
        name = name ? name : sats_value_lookup(block, "id");
    }
    return name && name->kind == SATS_VALUE_TEXT && !strstr(name->as.text, "{{") ? name : NULL;
}

static void gather_block(Gatherer *gatherer, const SatsValue *map) {
    SatsCompiler *compiler = gatherer->compiler;
    const SatsValue *name = name_of(map);
    if (name) {
        SatsEdit edit = sats_library_edit(compiler->library, name->as.text);
        for (guint i = 0; i < edit.n_before; i++)
            gather_in(gatherer, edit.before[i], edit.before_folder[i]);
        for (guint i = 0; i < edit.n_after; i++)
            gather_in(gatherer, edit.after[i], edit.after_folder[i]);
        if (edit.removed)
            return;
        if (edit.replacement) {
            gather_section(gatherer, edit.replacement, edit.replacement_folder);
            return;
        }
        if (sats_value_lookup(map, "include"))
            gather_section(gatherer, name, compiler->folder);
    }
    for (guint32 i = 0; i < map->length; i++)
        gather(gatherer, map->as.entries[i].value);
}

static void gather(Gatherer *gatherer, const SatsValue *value) {
    if (!value)
        return;
    if (value->kind == SATS_VALUE_MAP)
        gather_block(gatherer, value);
    for (guint32 i = 0; value->kind == SATS_VALUE_LIST && i < value->length; i++)
        gather(gatherer, value->as.items[i]);
}

static SatsDecl *gather_all(SatsCompiler *compiler) {
    SatsLibrary *library = compiler->library;
    Gatherer gatherer = {compiler, sats_decl_compile_map(compiler, NULL)};
    for (guint i = 0; i < library->n_definitions; i++) {
        const SatsValue *data = sats_value_lookup(library->definitions[i].root, "data");
        sats_decl_merge(compiler, gatherer.data, sats_decl_compile_map(compiler, data), TRUE);
    }
    const char *folder = NULL;
    const SatsValue *body = sats_library_value(library, NULL, "body", &folder);
    gather_in(&gatherer, body, folder);
    return gatherer.data;
}

/* ---- includes and edits ---- */

static void compile_list(SatsCompiler *compiler, const SatsValue *list, const char *folder,
                         GPtrArray *out_blocks) {
    const char *outer = compiler->folder;
    compiler->folder = folder;
    SatsBlocks blocks = sats_compile_blocks(compiler, list);
    for (guint i = 0; i < blocks.n; i++)
        g_ptr_array_add(out_blocks, blocks.items[i]);
    compiler->folder = outer;
}

/* The section was compiled before, and would become the same here. */
static gboolean is_compiled(SatsCompiler *compiler, const SatsSectionFile *section) {
    if (!section->shared || section->level != compiler->level || section->depth < compiler->depth)
        return FALSE;
    for (guint i = 0; i < section->names.n; i++)
        if (sats_variable_find(compiler, section->names.keys[i]) != section->names.values[i])
            return FALSE;
    return TRUE;
}

/* Blocks with findings are compiled again: they may have others in another place. */
static void compile_body(SatsCompiler *compiler, SatsSectionFile *section) {
    const char *outer = compiler->folder;
    SatsSectionUse use = {.base = compiler->variables, .outer = compiler->use};
    sats_names_init(&use.names, compiler->arena);
    guint findings = sats_report_length(compiler->report);
    const char *outer_section = compiler->section;
    compiler->use = &use;
    compiler->folder = section->file.folder;
    compiler->section = section->name;
    section->blocks = sats_compile_blocks(compiler, sats_value_lookup(section->root, "body"));
    compiler->section = outer_section;
    compiler->folder = outer;
    compiler->use = use.outer;
    section->names = use.names;
    section->level = compiler->level;
    section->depth = compiler->depth;
    section->shared = sats_report_length(compiler->report) == findings;
}

static void compile_section_file(SatsCompiler *compiler, const SatsValue *name, const char *folder,
                                 GPtrArray *out_blocks) {
    SatsSectionFile *section = sats_library_section(compiler->library, name, folder, FALSE);
    if (!section || !section->root)
        return;
    if (section->in_use) {
        sats_report_add(compiler->report, SATS_ERROR, "include-cycle", &name->place,
                        "section '%s' includes itself", "avsnittet '%s' tar in sig självt",
                        section->name);
        return;
    }
    section->used = section->in_use = TRUE;
    if (!is_compiled(compiler, section))
        compile_body(compiler, section);
    for (guint i = 0; i < section->blocks.n; i++)
        g_ptr_array_add(out_blocks, section->blocks.items[i]);
    section->in_use = FALSE;
}

/* Puts what edits add around what `block` (NULL: the section file `name`) becomes. */
static void compile_named(SatsCompiler *compiler, const SatsValue *name, const SatsValue *block,
                          GPtrArray *out_blocks) {
    SatsEdit edit = sats_library_edit(compiler->library, name->as.text);
    for (guint i = 0; i < edit.n_before; i++)
        compile_list(compiler, edit.before[i], edit.before_folder[i], out_blocks);
    if (edit.removed)
        ; /* nothing of its own */
    else if (edit.replacement)
        compile_section_file(compiler, edit.replacement, edit.replacement_folder, out_blocks);
    else if (block)
        sats_compile_block(compiler, block, out_blocks);
    else
        compile_section_file(compiler, name, compiler->folder, out_blocks);
    for (guint i = 0; i < edit.n_after; i++)
        compile_list(compiler, edit.after[i], edit.after_folder[i], out_blocks);
}

void sats_compile_include(SatsCompiler *compiler, const SatsValue *name, GPtrArray *out_blocks) {
    if (name && name->kind == SATS_VALUE_TEXT)
        compile_named(compiler, name, NULL, out_blocks);
    else if (name)
        sats_report_add(compiler->report, SATS_ERROR, "template-type", &name->place,
                        "include takes the name of a section", "include tar namnet på ett avsnitt");
}

void sats_compile_edited(SatsCompiler *compiler, const SatsValue *block, GPtrArray *out_blocks) {
    const SatsValue *name = block->kind == SATS_VALUE_MAP ? name_of(block) : NULL;
    /* a section file's section of its own name is edited where the file is included */
    gboolean own = name && g_strcmp0(name->as.text, compiler->section) == 0;
    if (name && !own && !sats_value_lookup(block, "include"))
        compile_named(compiler, name, block, out_blocks);
    else
        sats_compile_block(compiler, block, out_blocks);
}

/* ---- the template's parts ---- */

static const SatsValue *document_key(const SatsCompiler *compiler, const char *key) {
    return sats_library_value(compiler->library, "document", key, NULL);
}

static SatsRunningSpecs compile_running(SatsCompiler *compiler, const char *key) {
    return sats_compile_running(compiler, document_key(compiler, key), key);
}

static void compile_metadata(SatsCompiler *compiler) {
    SatsTemplate *template_ = compiler->template_;
    const SatsValue *map = document_key(compiler, "metadata");
    if (!map || map->kind == SATS_VALUE_NULL ||
        !sats_spec_is_map(compiler->report, map, "names with values", "namn med värden"))
        return;
    template_->metadata =
        sats_arena_new_array(compiler->arena, SatsMetadataSpec, MAX(map->length, 1u));
    for (guint32 i = 0; i < map->length; i++)
        template_->metadata[template_->n_metadata++] = (SatsMetadataSpec){
            map->as.entries[i].key, sats_compile_text(compiler, map->as.entries[i].value)};
}

static void compile_watermark(SatsCompiler *compiler) {
    static const char *const words[] = {"when", "text", NULL};
    const SatsValue *value = document_key(compiler, "watermark");
    if (!value || value->kind == SATS_VALUE_NULL)
        return;
    if (value->kind != SATS_VALUE_MAP) {
        compiler->template_->watermark = sats_compile_text(compiler, value);
        return;
    }
    sats_spec_keys(compiler->report, value, "watermark", "vattenstämpeln", words);
    compiler->template_->watermark = sats_compile_text_key(compiler, value, "text");
    compiler->template_->watermark_when =
        sats_compile_condition(compiler, sats_value_lookup(value, "when"));
}

static void compile_document(SatsCompiler *compiler) {
    static const char *const words[] = {"title", "author", "subject",    "date",      "metadata",
                                        "head",  "foot",   "first-foot", "watermark", NULL};
    SatsTemplate *template_ = compiler->template_;
    SatsLibrary *library = compiler->library;
    for (guint i = 0; i < library->n_definitions; i++) {
        const SatsValue *map = sats_value_lookup(library->definitions[i].root, "document");
        if (map && map->kind != SATS_VALUE_NULL &&
            sats_spec_is_map(compiler->report, map, "title, head …", "title, head …"))
            sats_spec_keys(compiler->report, map, "document", "'document'", words);
    }
    template_->document_title = sats_compile_text(compiler, document_key(compiler, "title"));
    template_->author = sats_compile_text(compiler, document_key(compiler, "author"));
    template_->subject = sats_compile_text(compiler, document_key(compiler, "subject"));
    template_->date = sats_compile_text(compiler, document_key(compiler, "date"));
    compile_metadata(compiler);
    template_->head = compile_running(compiler, "head");
    template_->foot = compile_running(compiler, "foot");
    template_->first_foot = compile_running(compiler, "first-foot");
    compile_watermark(compiler);
    if (!template_->document_title)
        sats_report_add(compiler->report, SATS_ERROR, "document-title",
                        &library->definitions[0].root->place,
                        "the template gives the document no title (document: title:)",
                        "mallen ger dokumentet ingen titel (document: title:)");
}

/* The nearest definition that has the word says it. */
static const char *own_word(const SatsCompiler *compiler, const char *key, const char *fallback) {
    for (guint i = 0; i < compiler->library->n_definitions; i++) {
        const char *text =
            sats_spec_string(compiler->report, compiler->library->definitions[i].root, key, NULL);
        if (text)
            return text;
    }
    return fallback;
}

static const SatsTheme *load_theme(SatsCompiler *compiler) {
    SatsLibrary *library = compiler->library;
    const char *folder = NULL;
    const SatsValue *value = sats_library_value(library, NULL, "theme", &folder);
    const char *name = own_word(compiler, "theme", "standard");
    const char *const *folders = (const char *const *)library->folders;
    SatsFile unused;
    if (!sats_files_find(folders, 0, "themes", name, folder, compiler->arena, &unused)) {
        sats_spec_unknown(compiler->report, value ? &value->place : NULL, "unknown-theme", "theme",
                          "okänt tema", name, sats_files_names(folders, "themes", compiler->arena));
        return NULL;
    }
    if (sats_files_is_path(name))
        name = sats_files_join(folder, name, compiler->arena);
    return sats_theme_load(name, folders, library->sources, compiler->arena, compiler->report,
                           value ? &value->place : NULL);
}

static void compile_all_checks(SatsCompiler *compiler) {
    SatsLibrary *library = compiler->library;
    g_autoptr(GArray) checks = g_array_new(FALSE, FALSE, sizeof(SatsCheck));
    for (guint i = library->n_definitions; i-- > 0;)
        sats_compile_checks(compiler, sats_value_lookup(library->definitions[i].root, "checks"),
                            i > 0, checks);
    for (guint i = 0; i < library->sections.n; i++) {
        const SatsSectionFile *section = library->sections.values[i];
        if (section->used)
            sats_compile_checks(compiler, sats_value_lookup(section->root, "checks"),
                                library->n_definitions > 1, checks);
    }
    compiler->template_->n_checks = checks->len;
    compiler->template_->checks =
        sats_arena_memdup(compiler->arena, checks->data, sizeof(SatsCheck) * MAX(checks->len, 1u));
}

static void compile_settings(SatsCompiler *compiler) {
    SatsTemplate *template_ = compiler->template_;
    SatsLibrary *library = compiler->library;
    template_->name = own_word(compiler, "template", library->definitions[0].name);
    template_->title = own_word(compiler, "title", template_->name);
    template_->description = own_word(compiler, "description", NULL);
    template_->language = own_word(compiler, "language", "sv-SE");
    template_->page_kind = own_word(compiler, "page", "portrait");
    template_->heading_number = own_word(compiler, "numbering", "1");
    const SatsValue *page = sats_library_value(library, NULL, "page", NULL);
    if (compiler->theme && !sats_theme_page(compiler->theme, template_->page_kind))
        sats_spec_unknown(compiler->report, page ? &page->place : NULL, "unknown-page", "page kind",
                          "okänd sidtyp", template_->page_kind,
                          sats_theme_page_names(compiler->theme));
    const SatsValue *numbering = sats_library_value(library, NULL, "numbering", NULL);
    if (strcmp(template_->heading_number, "1") != 0 && strcmp(template_->heading_number, "1.") != 0)
        sats_report_add(
            compiler->report, SATS_ERROR, "template-type", numbering ? &numbering->place : NULL,
            "'numbering' should be \"1\" or \"1.\"", "'numbering' ska vara \"1\" eller \"1.\"");
}

static void compile_revision(SatsCompiler *compiler) {
    static const char *const words[] = {"version", "history", "newest", "fields", NULL};
    static const char *const fields[] = {"version", "date", "change", "by", NULL};
    const SatsValue *map = sats_library_value(compiler->library, NULL, "revision", NULL);
    if (!map || map->kind == SATS_VALUE_NULL ||
        !sats_spec_is_map(compiler->report, map, "version, history, fields",
                          "version, history, fields"))
        return;
    SatsReport *report = compiler->report;
    SatsRevisionSpec *spec = sats_arena_new_struct(compiler->arena, SatsRevisionSpec);
    const SatsValue *row = sats_value_lookup(map, "fields");
    sats_spec_keys(report, map, "revision", "'revision'", words);
    spec->version = sats_spec_string(report, map, "version", NULL);
    spec->history = sats_spec_string(report, map, "history", NULL);
    spec->newest_last = g_strcmp0(sats_spec_string(report, map, "newest", "first"), "last") == 0;
    if (row && sats_spec_is_map(report, row, "version, date …", "version, date …")) {
        sats_spec_keys(report, row, "fields", "'fields'", fields);
        spec->row_version = sats_spec_string(report, row, "version", NULL);
        spec->row_date = sats_spec_string(report, row, "date", NULL);
        spec->row_change = sats_spec_string(report, row, "change", NULL);
        spec->row_by = sats_spec_string(report, row, "by", NULL);
    }
    if (spec->version && spec->history && spec->row_version && spec->row_change)
        compiler->template_->revision = spec;
    else
        sats_report_add(report, SATS_ERROR, "template-type", &map->place,
                        "'revision' needs version, history and fields with version and change",
                        "'revision' behöver version, history och fields med version och change");
}

/* `units: {tkr: 1000}`. */
static void compile_units(SatsCompiler *compiler) {
    const SatsValue *map = sats_library_value(compiler->library, NULL, "units", NULL);
    if (!map || map->kind == SATS_VALUE_NULL ||
        !sats_spec_is_map(compiler->report, map, "words with numbers", "ord med tal"))
        return;
    SatsUnitWord *units = sats_arena_new_array(compiler->arena, SatsUnitWord, MAX(map->length, 1u));
    guint n = 0;
    SatsDecimal zero = {0, 0};
    for (guint32 i = 0; i < map->length; i++) {
        const SatsEntry *entry = &map->as.entries[i];
        SatsUnitWord unit = {.word = entry->key};
        if (sats_value_number(entry->value, &unit.factor) &&
            sats_decimal_compare(unit.factor, zero) > 0)
            units[n++] = unit;
        else
            sats_report_add(compiler->report, SATS_ERROR, "template-type", &entry->place,
                            "a unit is a number above 0", "en enhet är ett tal över 0");
    }
    compiler->template_->units = units;
    compiler->template_->n_units = n;
}

/* `parts: [varav]`. */
static void compile_parts(SatsCompiler *compiler) {
    const SatsValue *list = sats_library_value(compiler->library, NULL, "parts", NULL);
    if (!list || list->kind == SATS_VALUE_NULL ||
        !sats_spec_is_list(compiler->report, list, "words", "ord"))
        return;
    const char **words = sats_arena_new_array(compiler->arena, const char *, MAX(list->length, 1u));
    guint n = 0;
    for (guint32 i = 0; i < list->length; i++) {
        const SatsValue *word = list->as.items[i];
        if (word->kind == SATS_VALUE_TEXT && !sats_value_is_empty(word))
            words[n++] = word->as.text;
        else
            sats_report_add(compiler->report, SATS_ERROR, "template-type", &word->place,
                            "a word was expected here", "här ska det stå ett ord");
    }
    compiler->template_->parts = words;
    compiler->template_->n_parts = n;
}

static void compile_template(SatsCompiler *compiler) {
    SatsTemplate *template_ = compiler->template_;
    compiler->theme = template_->theme = load_theme(compiler);
    compile_settings(compiler);
    SatsDecl *data = gather_all(compiler);
    template_->n_decls = 1;
    sats_decl_number(data, &template_->n_decls);
    compiler->data = template_->data = data;
    compile_document(compiler);
    const char *folder = NULL;
    const SatsValue *body = sats_library_value(compiler->library, NULL, "body", &folder);
    compiler->folder = folder;
    template_->body = sats_compile_blocks(compiler, body);
    if (!body)
        sats_report_add(compiler->report, SATS_ERROR, "template-body",
                        &compiler->library->definitions[0].root->place,
                        "the template has no 'body'", "mallen har ingen 'body'");
    compile_revision(compiler);
    compile_units(compiler);
    compile_parts(compiler);
    compile_all_checks(compiler);
    sats_compile_severities(compiler);
    sats_library_check_edits(compiler->library);
}

/* Where names are looked up: beside the plan, beside the template, then the folders given. */
static const char **folders_of(const SatsTemplateOptions *options, const char *name,
                               SatsArena *arena) {
    guint n = 0, n_given = 0;
    while (options->folders && options->folders[n_given])
        n_given++;
    const char **folders = sats_arena_new_array(arena, const char *, n_given + 3);
    if (options->plan_folder)
        folders[n++] = options->plan_folder;
    if (sats_files_is_path(name)) {
        g_autofree char *folder =
            g_path_get_dirname(sats_files_join(options->plan_folder, name, arena));
        if (!options->plan_folder || strcmp(folder, options->plan_folder) != 0)
            folders[n++] = sats_arena_strdup(arena, folder);
    }
    for (guint i = 0; i < n_given; i++)
        folders[n++] = options->folders[i];
    return folders;
}

const SatsTemplate *sats_template_load(const char *name, const SatsTemplateOptions *options,
                                       SatsSources *sources, SatsArena *arena, SatsReport *report) {
    SatsLibrary *library = sats_arena_new_struct(arena, SatsLibrary);
    SatsTemplate *template_ = sats_arena_new_struct(arena, SatsTemplate);
    library->folders = folders_of(options, name, arena);
    const char *const *folders = (const char *const *)library->folders;
    library->common = folders + sats_spec_n(folders) - sats_spec_n(options->folders);
    library->sources = sources;
    library->arena = arena;
    library->report = report;
    sats_names_init(&library->sections, arena);
    sats_names_init(&library->seen, arena);
    sats_names_init(&library->edited, arena);
    SatsCompiler compiler = {
        .arena = arena, .report = report, .template_ = template_, .library = library};
    guint errors = sats_report_count(report, SATS_ERROR);
    if (sats_library_open(library, name, options->plan_folder, options->place))
        compile_template(&compiler);
    return sats_report_count(report, SATS_ERROR) > errors ? NULL : template_;
}
