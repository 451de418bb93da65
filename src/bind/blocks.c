/* bind/blocks.c: the template's blocks become nodes. */
#include "bind/binder.h"

#include <string.h>

/* ---- sections ---- */

static void bind_section(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    const SatsSectionBlock *spec = block->as.section;
    gboolean titled = spec->title != NULL && spec->title->n_pieces > 0;
    SatsSectionOptions options = {
        .numbered = spec->numbered,
        .appendix = spec->appendix,
        .in_contents = spec->in_contents && titled,
        .new_page = spec->new_page,
        .number = sats_bind_plain(binder, spec->number),
        .id = sats_bind_plain(binder, spec->id),
        .page_kind = spec->page_kind,
        .running = sats_bind_words(binder, spec->running),
    };
    SatsNode *heading = NULL;
    SatsNode *section = sats_bind_section_begin(binder, parent, &options, block->guard.place,
                                                titled ? &heading : NULL);
    section->keep = block->keep != FALSE;
    SatsRunningLine head = sats_bind_running(binder, &spec->head);
    section->as.section->head_left = head.left;
    section->as.section->head_right = head.right;
    if (heading != NULL) {
        heading->style = block->style;
        sats_bind_inline(binder, heading, spec->title, 0);
    }
    sats_bind_blocks(binder, section, &spec->body);
    if (heading != NULL)
        sats_bind_section_end(binder);
}

/* ---- text ---- */

static void bind_heading(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    SatsNode *before = parent->last_child;
    int level = binder->heading_level;
    SatsNode *heading =
        sats_bind_run_in_heading(binder, parent, 1, block->as.heading->level, block->guard.place);
    heading->style = block->style;
    sats_bind_inline(binder, heading, block->as.heading->text, 0);
    heading->as.heading->title = sats_bind_runs_text(binder, heading, 0);
    if (heading->n_runs == 0) {
        sats_bind_drop_last(parent, before);
        binder->heading_level = level;
    }
}

static void bind_paragraph(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    SatsNode *before = parent->last_child;
    SatsNode *paragraph = sats_bind_node(binder, parent, SATS_NODE_PARAGRAPH, block->guard.place);
    paragraph->style = block->style;
    paragraph->keep = block->keep != FALSE;
    sats_bind_inline(binder, paragraph, block->as.text, 0);
    if (paragraph->n_runs == 0)
        sats_bind_drop_last(parent, before);
}

/* ---- lists ---- */

static int list_depth(const SatsNode *node) {
    int depth = 0;
    for (; node != NULL; node = node->parent)
        depth += node->kind == SATS_NODE_LIST;
    return depth;
}

void sats_bind_list_kind(SatsBinder *binder, SatsNode *list, SatsListKind kind,
                         const SatsListMarks *marks, const char *kind_name) {
    int depth = list_depth(list->parent);
    int level = depth;
    list->as.list->kind = kind;
    list->as.list->depth = depth;
    if (kind != SATS_LIST_BULLET && kind != SATS_LIST_DASH)
        return;
    if (marks == NULL && kind == SATS_LIST_BULLET)
        marks = binder->list_marks;
    if (marks != NULL)
        level -= marks == binder->list_marks ? binder->list_base : depth;
    else
        marks = sats_theme_list(binder->theme, kind_name);
    if (marks != NULL)
        list->as.list->mark = marks->marks[MIN((guint)level, marks->n_marks - 1)];
}

const char *sats_bind_item_label(SatsBinder *binder, const SatsList *list, guint number,
                                 char after) {
    switch (list->kind) {
    case SATS_LIST_BULLET:
    case SATS_LIST_DASH:
        return list->mark;
    case SATS_LIST_DECIMAL:
        return sats_arena_printf(binder->arena, "%u%c", number, after != '\0' ? after : '.');
    case SATS_LIST_ALPHA:
        if (number <= 26)
            return sats_arena_printf(binder->arena, "%c)", (char)('a' + number - 1));
        return sats_arena_printf(binder->arena, "%c%c)", (char)('a' + (number - 27) / 26 % 26),
                                 (char)('a' + (number - 1) % 26));
    case SATS_LIST_NONE:
    default:
        return NULL;
    }
}

SatsNode *sats_bind_item(SatsBinder *binder, SatsNode *list, const char *label, SatsPlace place) {
    SatsNode *item = sats_bind_node(binder, list, SATS_NODE_ITEM, place);
    if (label != NULL) {
        SatsNode *node = sats_bind_node(binder, item, SATS_NODE_LABEL, place);
        if (*label != '\0')
            sats_bind_add_run(binder, node, label, 0, NULL, place);
    }
    return sats_bind_node(binder, item, SATS_NODE_BODY, place);
}

typedef struct {
    SatsNode *list;
    guint n;
} ListState;

static void bind_item(SatsBinder *binder, gconstpointer item, gpointer data) {
    const SatsItemSpec *spec = item;
    ListState *state = data;
    SatsNode *before = state->list->last_child;
    const char *label = sats_bind_item_label(binder, state->list->as.list, state->n + 1, '.');
    gboolean given = sats_bind_plain(binder, spec->label) != NULL;
    SatsNode *body = sats_bind_item(binder, state->list, given ? "" : label, spec->guard.place);
    if (given)
        sats_bind_inline(binder, body->parent->first_child, spec->label, 0);
    if (spec->text != NULL)
        sats_bind_text_blocks(binder, body, spec->text, state->list->style);
    sats_bind_blocks(binder, body, &spec->body);
    if (body->first_child == NULL)
        sats_bind_drop_last(state->list, before);
    else
        state->n++;
}

static void bind_list(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    const SatsListBlock *spec = block->as.list;
    SatsNode *before = parent->last_child;
    SatsNode *list = sats_bind_node(binder, parent, SATS_NODE_LIST, block->guard.place);
    list->style = block->style;
    list->keep = block->keep != FALSE;
    *list->as.list = (SatsList){.start = 1, .tight = TRUE};
    sats_bind_list_kind(binder, list, spec->kind, spec->marks,
                        spec->kind == SATS_LIST_DASH ? "dash" : "bullet");
    ListState state = {list, 0};
    const SatsListMarks *outer = binder->list_marks;
    int outer_base = binder->list_base;
    if (spec->marks != NULL) {
        binder->list_marks = spec->marks;
        binder->list_base = list->as.list->depth;
    }
    for (guint i = 0; i < spec->n_items; i++)
        sats_bind_each(binder, &spec->items[i].guard, bind_item, &spec->items[i], &state);
    binder->list_marks = outer;
    binder->list_base = outer_base;
    if (state.n == 0)
        sats_bind_drop_last(parent, before);
}

/* ---- groups, columns, spaces ---- */

static void bind_group(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    if (!block->keep && block->style == NULL) {
        sats_bind_blocks(binder, parent, block->as.group);
        return;
    }
    SatsNode *before = parent->last_child;
    SatsNode *group = sats_bind_node(binder, parent, SATS_NODE_GROUP, block->guard.place);
    group->keep = block->keep != FALSE;
    group->style = block->style;
    sats_bind_blocks(binder, group, block->as.group);
    if (group->first_child == NULL)
        sats_bind_drop_last(parent, before);
}

static void bind_columns(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    const SatsColumnsBlock *spec = block->as.columns;
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_COLUMNS, block->guard.place);
    node->keep = block->keep != FALSE;
    SatsColumns *columns = node->as.columns;
    columns->n_columns = spec->n_columns;
    columns->shares = sats_arena_new_array(binder->arena, double, MAX(spec->n_columns, 1u));
    for (guint i = 0; i < spec->n_columns; i++)
        columns->shares[i] = spec->shares != NULL && spec->shares[i] > 0 ? spec->shares[i] : 1;
    columns->gap_pt = spec->gap_pt;
    columns->balanced = spec->balanced;
    for (guint i = 0; i < spec->n_columns; i++) {
        SatsNode *column = sats_bind_node(binder, node, SATS_NODE_COLUMN, block->guard.place);
        sats_bind_blocks(binder, column, &spec->columns[i]);
    }
}

static void bind_space(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_SPACE, block->guard.place);
    *node->as.space = (SatsSpace){block->as.space->height_pt, block->as.space->fill};
}

/* ---- contents ---- */

static void bind_contents(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    const SatsContentsBlock *spec = block->as.contents;
    SatsPlace place = block->guard.place;
    SatsNode *under = parent;
    gboolean titled = spec->title != NULL && spec->title->n_pieces > 0;
    if (titled) {
        SatsSectionOptions options = {.numbered = FALSE};
        SatsNode *heading = NULL;
        under = sats_bind_section_begin(binder, parent, &options, place, &heading);
        heading->style = "contents-title";
        sats_bind_inline(binder, heading, spec->title, 0);
    }
    SatsNode *node = sats_bind_node(binder, under, SATS_NODE_CONTENTS, place);
    *node->as.contents = (SatsContents){spec->kind, spec->depth};
    node->style = block->style;
    g_ptr_array_add(binder->contents, node);
    if (titled)
        sats_bind_section_end(binder);
}

/* ---- the dispatch ---- */

static void bind_one(SatsBinder *binder, const SatsBlock *block, SatsNode *parent) {
    switch (block->kind) {
    case SATS_BLOCK_SECTION:
        bind_section(binder, parent, block);
        break;
    case SATS_BLOCK_HEADING:
        bind_heading(binder, parent, block);
        break;
    case SATS_BLOCK_PARAGRAPH:
        bind_paragraph(binder, parent, block);
        break;
    case SATS_BLOCK_TEXT:
        sats_bind_text_blocks(binder, parent, block->as.text, block->style);
        break;
    case SATS_BLOCK_LIST:
        bind_list(binder, parent, block);
        break;
    case SATS_BLOCK_TABLE:
        sats_bind_table(binder, parent, block);
        break;
    case SATS_BLOCK_FIGURE:
        sats_bind_figure(binder, parent, block);
        break;
    case SATS_BLOCK_FIELDS:
        sats_bind_fields(binder, parent, block);
        break;
    case SATS_BLOCK_TILES:
        sats_bind_tiles(binder, parent, block);
        break;
    case SATS_BLOCK_SIGNATURES:
        sats_bind_signatures(binder, parent, block);
        break;
    case SATS_BLOCK_CONTENTS:
        bind_contents(binder, parent, block);
        break;
    case SATS_BLOCK_COLUMNS:
        bind_columns(binder, parent, block);
        break;
    case SATS_BLOCK_GROUP:
        bind_group(binder, parent, block);
        break;
    case SATS_BLOCK_SPACE:
        bind_space(binder, parent, block);
        break;
    case SATS_BLOCK_BREAK:
        sats_bind_node(binder, parent, SATS_NODE_BREAK, block->guard.place)
            ->as.page_break->page_kind = block->as.page_kind;
        break;
    case SATS_BLOCK_FREE:
        sats_bind_free(binder, parent, block);
        break;
    default:
        g_assert_not_reached();
    }
}

static void bind_block(SatsBinder *binder, gconstpointer item, gpointer data) {
    bind_one(binder, item, data);
}

void sats_bind_blocks(SatsBinder *binder, SatsNode *parent, const SatsBlocks *blocks) {
    if (binder->depth >= SATS_BIND_MAX_DEPTH)
        return; /* the template's compiler has told it */
    binder->depth++;
    for (guint i = 0; i < blocks->n && !binder->full; i++)
        sats_bind_each(binder, &blocks->items[i]->guard, bind_block, blocks->items[i], parent);
    binder->depth--;
}
