/* Blocks: each is a map with one block word, and what any block may have beside it. */
#include <string.h>

#include "template/compile.h"

/* ---- what blocks share ---- */

const char *sats_compile_style(SatsCompiler *compiler, const SatsValue *map, const char *key) {
    const char *style = sats_spec_string(compiler->report, map, key, NULL);
    if (!style || !compiler->theme || sats_theme_style(compiler->theme, style))
        return style;
    const SatsValue *value = sats_value_lookup(map, key);
    sats_spec_unknown(compiler->report, &value->place, "unknown-style", "style", "okänd stil",
                      style, sats_theme_style_names(compiler->theme));
    return NULL;
}

static const char *page_kind(SatsCompiler *compiler, const SatsValue *map, const char *key) {
    const char *page = sats_spec_string(compiler->report, map, key, NULL);
    if (!page || !compiler->theme || sats_theme_page(compiler->theme, page))
        return page;
    const SatsValue *value = sats_value_lookup(map, key);
    sats_spec_unknown(compiler->report, &value->place, "unknown-page", "page kind", "okänd sidtyp",
                      page, sats_theme_page_names(compiler->theme));
    return NULL;
}

SatsBlocks sats_compile_blocks(SatsCompiler *compiler, const SatsValue *list) {
    SatsBlocks blocks = {NULL, 0};
    if (!list || list->kind == SATS_VALUE_NULL)
        return blocks;
    if (!sats_spec_is_list(compiler->report, list, "blocks", "block"))
        return blocks;
    if (compiler->depth >= SATS_TEMPLATE_MAX_DEPTH) {
        sats_report_add(compiler->report, SATS_ERROR, "template-limit", &list->place,
                        "blocks in blocks more than %u deep", "block i block i fler än %u nivåer",
                        SATS_TEMPLATE_MAX_DEPTH);
        return blocks;
    }
    compiler->depth++;
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (guint32 i = 0; i < list->length; i++)
        sats_compile_edited(compiler, list->as.items[i], found);
    compiler->depth--;
    blocks.n = found->len;
    blocks.items =
        sats_arena_memdup(compiler->arena, found->pdata, sizeof(SatsBlock *) * MAX(found->len, 1u));
    return blocks;
}

/* ---- the kinds ---- */

/* Columns stand side by side on their page: neither can one of them begin another. */
static void refuse_in_columns(const SatsCompiler *compiler, const SatsValue *value) {
    if (compiler->columns)
        sats_report_add(compiler->report, SATS_ERROR, "template-type", &value->place,
                        "no page can begin within columns", "ingen sida kan börja inom spalter");
}

static void *compile_section(SatsCompiler *compiler, const SatsValue *value) {
    static const char *const words[] = {"title",    "id",       "numbered", "number",
                                        "contents", "new-page", "page",     "appendix",
                                        "running",  "head",     "body",     NULL};
    SatsReport *report = compiler->report;
    SatsSectionBlock *section = sats_arena_new_struct(compiler->arena, SatsSectionBlock);
    section->numbered = section->in_contents = TRUE;
    section->level = compiler->level + 1;
    if (!sats_spec_is_map(report, value, "title, body …", "title, body …"))
        return section;
    sats_spec_keys(report, value, "section", "ett avsnitt", words);
    if (section->level > 6)
        sats_report_add(report, SATS_ERROR, "template-limit", &value->place,
                        "sections in sections more than six deep",
                        "avsnitt i avsnitt i fler än sex nivåer");
    section->title = sats_compile_text_key(compiler, value, "title");
    section->id = sats_compile_text_key(compiler, value, "id");
    section->numbered = sats_spec_bool(report, value, "numbered", section->title != NULL);
    section->number = sats_compile_text_key(compiler, value, "number");
    section->appendix = sats_spec_bool(report, value, "appendix", FALSE);
    section->in_contents = sats_spec_bool(report, value, "contents", section->title != NULL);
    section->new_page = sats_spec_bool(report, value, "new-page", FALSE);
    section->page_kind = page_kind(compiler, value, "page");
    if (section->new_page || section->page_kind)
        refuse_in_columns(compiler, value);
    section->running = sats_compile_text_key(compiler, value, "running");
    section->head = sats_compile_running(compiler, sats_value_lookup(value, "head"), "head");
    compiler->level++;
    section->body = sats_compile_blocks(compiler, sats_value_lookup(value, "body"));
    compiler->level--;
    return section;
}

static void *compile_heading(SatsCompiler *compiler, const SatsValue *value) {
    static const char *const words[] = {"text", "level", NULL};
    SatsHeadingBlock *heading = sats_arena_new_struct(compiler->arena, SatsHeadingBlock);
    heading->level = 4;
    if (value->kind != SATS_VALUE_MAP) {
        heading->text = sats_compile_text(compiler, value);
        return heading;
    }
    sats_spec_keys(compiler->report, value, "heading", "en rubrik", words);
    heading->text = sats_compile_text_key(compiler, value, "text");
    heading->level = (int)sats_spec_count(compiler->report, value, "level", 4, 1, 6);
    return heading;
}

static void *compile_group(SatsCompiler *compiler, const SatsValue *value) {
    SatsBlocks *group = sats_arena_new_struct(compiler->arena, SatsBlocks);
    *group = sats_compile_blocks(compiler, value);
    return group;
}

static void *compile_space(SatsCompiler *compiler, const SatsValue *value) {
    SatsSpaceBlock *space = sats_arena_new_struct(compiler->arena, SatsSpaceBlock);
    if (value->kind == SATS_VALUE_TEXT && strcmp(value->as.text, "fill") == 0)
        space->fill = TRUE;
    else if (!sats_spec_length_of(value, SATS_UNIT_MM, &space->height_pt) || space->height_pt < 0.0)
        sats_report_add(compiler->report, SATS_ERROR, "template-type", &value->place,
                        "space is given in mm, or as 'fill'", "space anges i mm eller som 'fill'");
    return space;
}

static void *compile_break(SatsCompiler *compiler, const SatsValue *value) {
    const char *kind = value->kind == SATS_VALUE_TEXT ? value->as.text : "page";
    refuse_in_columns(compiler, value);
    if (strcmp(kind, "page") == 0)
        return NULL;
    if (compiler->theme && !sats_theme_page(compiler->theme, kind))
        sats_spec_unknown(compiler->report, &value->place, "unknown-page", "page kind",
                          "okänd sidtyp", kind, sats_theme_page_names(compiler->theme));
    return sats_arena_strdup(compiler->arena, kind);
}

static void *compile_free(SatsCompiler *compiler, const SatsValue *value) {
    static const char *const words[] = {"value", "numbered", NULL};
    SatsFreeBlock *block = sats_arena_new_struct(compiler->arena, SatsFreeBlock);
    block->numbered = TRUE;
    if (value->kind == SATS_VALUE_MAP) {
        sats_spec_keys(compiler->report, value, "free", "ett fritt innehåll", words);
        block->numbered = sats_spec_bool(compiler->report, value, "numbered", TRUE);
        const SatsValue *path = sats_value_lookup(value, "value");
        value = path ? path : value;
    }
    block->value = sats_compile_expr(compiler, value);
    const SatsDecl *decl = block->value ? block->value->path.decl : NULL;
    const SatsDecl *item = decl && decl->type == SATS_TYPE_LIST ? decl->item : decl;
    if (item && item->type != SATS_TYPE_TABLE && item->type != SATS_TYPE_BLOCKS &&
        item->type != SATS_TYPE_ANY && item->type != SATS_TYPE_TEXT)
        sats_report_add(compiler->report, SATS_ERROR, "free-type", &value->place,
                        "free takes data declared as blocks or table",
                        "free tar data som är deklarerade som blocks eller table");
    return block;
}

static void *compile_text(SatsCompiler *compiler, const SatsValue *value) {
    return sats_compile_text(compiler, value);
}

typedef struct {
    const char *word;
    SatsBlockKind kind;
    gboolean has_id;
    void *(*compile)(SatsCompiler *compiler, const SatsValue *value);
} BlockWord;

static const BlockWord block_words[] = {
    {"section", SATS_BLOCK_SECTION, TRUE, compile_section},
    {"heading", SATS_BLOCK_HEADING, FALSE, compile_heading},
    {"paragraph", SATS_BLOCK_PARAGRAPH, FALSE, compile_text},
    {"text", SATS_BLOCK_TEXT, FALSE, compile_text},
    {"list", SATS_BLOCK_LIST, FALSE, sats_compile_list},
    {"table", SATS_BLOCK_TABLE, TRUE, sats_compile_table},
    {"figure", SATS_BLOCK_FIGURE, TRUE, sats_compile_figure},
    {"fields", SATS_BLOCK_FIELDS, FALSE, sats_compile_fields},
    {"tiles", SATS_BLOCK_TILES, FALSE, sats_compile_tiles},
    {"signatures", SATS_BLOCK_SIGNATURES, FALSE, sats_compile_signatures},
    {"contents", SATS_BLOCK_CONTENTS, FALSE, sats_compile_contents},
    {"columns", SATS_BLOCK_COLUMNS, FALSE, sats_compile_columns},
    {"group", SATS_BLOCK_GROUP, FALSE, compile_group},
    {"space", SATS_BLOCK_SPACE, FALSE, compile_space},
    {"break", SATS_BLOCK_BREAK, FALSE, compile_break},
    {"free", SATS_BLOCK_FREE, FALSE, compile_free},
};

static const char *const all_words[] = {
    "section", "heading",    "paragraph", "text",    "list",  "table", "figure", "fields",
    "tiles",   "signatures", "contents",  "columns", "group", "space", "break",  "free",
    "include", "each",       "when",      "id",      "keep",  "style", NULL};

/* The map's one block word. NULL with a finding when there is none, or more than one. */
static const BlockWord *block_word(SatsCompiler *compiler, const SatsValue *map,
                                   const SatsEntry **out_entry) {
    const BlockWord *found = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(block_words); i++) {
        const SatsEntry *entry = sats_value_lookup_entry(map, block_words[i].word);
        if (!entry)
            continue;
        if (found) {
            sats_report_add(compiler->report, SATS_ERROR, "block-words", &entry->place,
                            "a block has one block word: '%s' or '%s'",
                            "ett block har ett blockord: '%s' eller '%s'", found->word, entry->key);
            return NULL;
        }
        found = &block_words[i];
        *out_entry = entry;
    }
    return found;
}

static void set_id(SatsCompiler *compiler, const SatsValue *map, const BlockWord *word,
                   SatsBlock *block) {
    const SatsEntry *entry = sats_value_lookup_entry(map, "id");
    if (!entry)
        return;
    const SatsText *id = sats_compile_text(compiler, entry->value);
    if (!word->has_id || !block->as.any)
        sats_report_add(compiler->report, SATS_ERROR, "block-id", &entry->place,
                        "only sections, tables and figures have an id",
                        "bara section, table och figure har id");
    else if (block->kind == SATS_BLOCK_SECTION)
        block->as.section->id = id;
    else if (block->kind == SATS_BLOCK_TABLE)
        block->as.table->id = id;
    else
        block->as.figure->id = id;
}

static void include_block(SatsCompiler *compiler, const SatsValue *map, GPtrArray *out_blocks) {
    static const char *const words[] = {"include", "each", "when", "keep", NULL};
    sats_spec_keys(compiler->report, map, "include", "'include'", words);
    const SatsValue *name = sats_value_lookup(map, "include");
    const SatsVariable *outer;
    SatsGuard guard = sats_guard_enter(compiler, map, &outer);
    gboolean keep = sats_spec_bool(compiler->report, map, "keep", FALSE);
    if (!guard.each && !guard.when && !keep) {
        sats_compile_include(compiler, name, out_blocks);
    } else {
        g_autoptr(GPtrArray) inner = g_ptr_array_new();
        sats_compile_include(compiler, name, inner);
        SatsBlock *block = sats_arena_new_struct(compiler->arena, SatsBlock);
        block->kind = SATS_BLOCK_GROUP;
        block->guard = guard;
        block->keep = keep;
        block->as.group = sats_arena_new_struct(compiler->arena, SatsBlocks);
        block->as.group->n = inner->len;
        block->as.group->items = sats_arena_memdup(compiler->arena, inner->pdata,
                                                   sizeof(SatsBlock *) * MAX(inner->len, 1u));
        g_ptr_array_add(out_blocks, block);
    }
    sats_guard_leave(compiler, outer);
}

void sats_compile_block(SatsCompiler *compiler, const SatsValue *value, GPtrArray *out_blocks) {
    if (value->kind != SATS_VALUE_MAP) {
        sats_report_add(compiler->report, SATS_ERROR, "template-type", &value->place,
                        "a block was expected here, such as 'paragraph: …'",
                        "här ska det stå ett block, till exempel 'paragraph: …'");
        return;
    }
    if (sats_value_lookup(value, "include")) {
        include_block(compiler, value, out_blocks);
        return;
    }
    const SatsEntry *entry = NULL;
    guint errors = sats_report_count(compiler->report, SATS_ERROR);
    sats_spec_keys(compiler->report, value, "block", "ett block", all_words);
    const BlockWord *word = block_word(compiler, value, &entry);
    if (!word) {
        if (sats_report_count(compiler->report, SATS_ERROR) == errors)
            sats_report_add(compiler->report, SATS_ERROR, "block-words", &value->place,
                            "no block word here, such as section, text or table",
                            "inget blockord här, till exempel section, text eller table");
        return;
    }
    const SatsVariable *outer;
    SatsBlock *block = sats_arena_new_struct(compiler->arena, SatsBlock);
    block->kind = word->kind;
    block->guard = sats_guard_enter(compiler, value, &outer);
    block->guard.place = entry->place;
    block->style =
        word->kind == SATS_BLOCK_TABLE ? NULL : sats_compile_style(compiler, value, "style");
    block->keep = sats_spec_bool(compiler->report, value, "keep", FALSE);
    block->as.any = word->compile(compiler, entry->value);
    set_id(compiler, value, word, block);
    sats_guard_leave(compiler, outer);
    g_ptr_array_add(out_blocks, block);
}
