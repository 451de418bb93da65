/* bind/markdown.c: md4c's events → nodes and runs.
 *
 * One reader serves the two uses: runs of one text block (INLINE), and blocks under a parent.
 * Blocks are kept on a stack beside md4c's own; text goes to the innermost text block, which is
 * made when its first text comes, since md4c gives no paragraph in the items of a tight list.
 * What goes into the text block is markdown-runs.c's.
 *
 * What a list item's letter was ("a)") is looked up in the raw text, on the line of the item's
 * first text: md4c has seen "1)" there (prepare.c). So labels are written when the list ends, but
 * for those that the text gives itself ("➢ …", "- {H.} …"), which prepare.c has set aside. */
#include "bind/leftovers.h"

#include <string.h>

static SatsReaderLevel *top(SatsReader *r) {
    return r->levels->len == 0 ? NULL
                               : &g_array_index(r->levels, SatsReaderLevel, r->levels->len - 1);
}

/* ---- list marks ---- */

/* The label given to the item whose first text is at `at`: the last one read before it. */
static void learn_label(SatsReader *r, guint32 at) {
    SatsReaderLevel *item = NULL;
    for (guint i = r->levels->len; i-- > 0 && item == NULL;) {
        SatsReaderLevel *level = &g_array_index(r->levels, SatsReaderLevel, i);
        if (level->type == MD_BLOCK_LI)
            item = level;
    }
    if (item == NULL || item->node == NULL || item->known)
        return;
    item->known = TRUE;
    const GArray *labels = r->prepared->labels;
    const SatsGivenLabel *found = NULL;
    for (; r->next_label < labels->len; r->next_label++) {
        const SatsGivenLabel *label = &g_array_index(labels, SatsGivenLabel, r->next_label);
        if (label->at > at)
            break;
        found = label;
    }
    const char *text = r->prepared->text->str;
    if (found == NULL || memchr(text + found->at, '\n', at - found->at) != NULL)
        return;
    const char *words = sats_arena_strndup(r->binder->arena, r->composed->raw->str + found->start,
                                           found->end - found->start);
    sats_bind_add_run(r->binder, item->node->parent->first_child, words, 0, NULL,
                      sats_composed_place(r->composed, found->start));
}

static void learn_mark(SatsReader *r, guint32 at) {
    SatsReaderLevel *list = NULL;
    for (guint i = r->levels->len; i-- > 0 && list == NULL;) {
        SatsReaderLevel *level = &g_array_index(r->levels, SatsReaderLevel, i);
        if ((level->type == MD_BLOCK_UL || level->type == MD_BLOCK_OL) && level->node != NULL)
            list = level;
    }
    if (list == NULL || list->known)
        return;
    list->known = TRUE;
    if (list->type != MD_BLOCK_OL || list->after != ')')
        return;
    const char *raw = r->composed->raw->str;
    guint32 i = sats_prepared_raw(r->prepared, at);
    while (i > 0 && raw[i - 1] != '\n' && !(raw[i - 1] == ')' && raw[i] == ' '))
        i--;
    if (i >= 2 && raw[i - 1] == ')' && raw[i - 2] >= 'a' && raw[i - 2] <= 'z') {
        list->node->as.list->kind = SATS_LIST_ALPHA;
        list->node->as.list->start = raw[i - 2] - 'a' + 1;
    }
}

static void write_labels(SatsReader *r, const SatsReaderLevel *level) {
    SatsList *list = level->node->as.list;
    guint number = (guint)MAX(list->start, 1);
    for (SatsNode *item = level->node->first_child; item != NULL; item = item->next) {
        SatsNode *label = item->first_child;
        const char *text = sats_bind_item_label(r->binder, list, number++, level->after);
        if (label->kind == SATS_NODE_LABEL && label->n_runs == 0 && text != NULL)
            sats_bind_add_run(r->binder, label, text, 0, NULL, item->place);
    }
}
/* ---- blocks ---- */

static SatsReaderLevel *push(SatsReader *r, MD_BLOCKTYPE type, SatsNode *node) {
    SatsReaderLevel level = {.node = node, .type = type, .in_cell = r->binder->in_cell};
    g_array_append_val(r->levels, level);
    return top(r);
}

static void enter_list(SatsReader *r, MD_BLOCKTYPE type, const void *detail) {
    SatsNode *node = sats_bind_node(r->binder, sats_reader_parent(r), SATS_NODE_LIST,
                                    sats_reader_start_place(r));
    SatsReaderLevel *level = push(r, type, node);
    if (type == MD_BLOCK_OL) {
        const MD_BLOCK_OL_DETAIL *list = detail;
        sats_bind_list_kind(r->binder, node, SATS_LIST_DECIMAL, NULL, NULL);
        node->as.list->start = (int)list->start;
        node->as.list->tight = list->is_tight != 0;
        level->after = list->mark_delimiter;
    } else {
        const MD_BLOCK_UL_DETAIL *list = detail;
        gboolean dash = list->mark == '+';
        sats_bind_list_kind(r->binder, node, dash ? SATS_LIST_DASH : SATS_LIST_BULLET, NULL,
                            dash                ? "dash"
                            : list->mark == '*' ? "star"
                                                : "bullet");
        node->as.list->tight = list->is_tight != 0;
    }
}

static void enter_heading(SatsReader *r, const MD_BLOCK_H_DETAIL *detail) {
    SatsBinder *binder = r->binder;
    push(r, MD_BLOCK_H, NULL);
    if (binder->in_cell || binder->in_note || r->levels->len > 1) {
        sats_reader_open_block(r, sats_reader_start_place(r));
        sats_reader_set_flag(r, SATS_RUN_STRONG, TRUE);
    } else if (r->mode == SATS_MARKDOWN_SECTIONS) {
        guint level = MIN((guint)detail->level, MIN(r->base_sections + 1, 6u));
        for (; r->base_sections >= level; r->base_sections--)
            sats_bind_section_end(binder);
        SatsSectionOptions options = {.numbered = !binder->unnumbered, .in_contents = TRUE};
        SatsNode *parent = sats_reader_parent(r);
        r->section_stack[r->base_sections++] = sats_bind_section_begin(
            binder, parent, &options, sats_reader_start_place(r), &r->block);
    } else {
        if (r->first_heading == 0)
            r->first_heading = (int)detail->level;
        int below = MAX((int)detail->level - r->first_heading + 1, 1);
        int look = MAX(binder->section_level + below, 3);
        r->block = sats_bind_run_in_heading(binder, sats_reader_parent(r), below, look,
                                            sats_reader_start_place(r));
    }
}

static void enter_table(SatsReader *r, const MD_BLOCK_TABLE_DETAIL *detail) {
    SatsNode *node = sats_bind_node(r->binder, sats_reader_parent(r), SATS_NODE_TABLE,
                                    sats_reader_start_place(r));
    SatsTable *table = node->as.table;
    table->n_columns = MIN(detail->col_count, SATS_BIND_MAX_COLUMNS);
    table->columns = sats_arena_new_array(r->binder->arena, SatsTableColumn, table->n_columns);
    for (guint i = 0; i < table->n_columns; i++)
        table->columns[i] =
            (SatsTableColumn){.width_kind = SATS_WIDTH_CONTENT, .align = SATS_ALIGN_LEFT};
    push(r, MD_BLOCK_TABLE, node);
    r->binder->in_cell = TRUE;
}

static void enter_row_group(SatsReader *r, MD_BLOCKTYPE type) {
    SatsNode *node = sats_bind_node(r->binder, sats_reader_parent(r), SATS_NODE_ROW_GROUP,
                                    sats_reader_start_place(r));
    node->as.row_group->kind = type == MD_BLOCK_THEAD ? SATS_ROWS_HEAD : SATS_ROWS_BODY;
    node->role = type == MD_BLOCK_THEAD ? SATS_ROLE_THEAD : SATS_ROLE_TBODY;
    push(r, type, node);
}

static void enter_row(SatsReader *r) {
    SatsNode *group = sats_reader_parent(r);
    SatsNode *table = group->parent;
    gboolean first = group->first_child == NULL;
    SatsNode *row = sats_bind_node(r->binder, group, SATS_NODE_ROW, sats_reader_start_place(r));
    gboolean head = group->as.row_group->kind == SATS_ROWS_HEAD;
    row->as.row->kind = head ? SATS_ROW_HEAD : SATS_ROW_BODY;
    row->as.row->rule_above = first ? SATS_RULE_NONE : SATS_RULE_HAIR;
    row->as.row->index = table->as.table->n_rows++;
    r->column = 0;
    push(r, MD_BLOCK_TR, row);
}

static void enter_cell(SatsReader *r, MD_BLOCKTYPE type, const MD_BLOCK_TD_DETAIL *detail) {
    static const SatsAlign aligns[] = {SATS_ALIGN_LEFT, SATS_ALIGN_LEFT, SATS_ALIGN_CENTER,
                                       SATS_ALIGN_RIGHT};
    SatsNode *row = sats_reader_parent(r);
    SatsTable *table = row->parent->parent->as.table;
    if (r->column >= table->n_columns) {
        push(r, type, row->last_child);
        return;
    }
    SatsNode *node = sats_bind_node(r->binder, row, SATS_NODE_CELL, sats_reader_start_place(r));
    node->as.cell->column = (guint16)r->column;
    node->as.cell->column_span = node->as.cell->row_span = 1;
    node->as.cell->fill = -1;
    if (type == MD_BLOCK_TH) {
        node->role = SATS_ROLE_TH;
        node->as.cell->scope = SATS_SCOPE_COLUMN;
        if ((guint)detail->align < G_N_ELEMENTS(aligns))
            table->columns[r->column].align = aligns[detail->align];
    }
    r->column++;
    push(r, type, node);
}

static void enter_item(SatsReader *r) {
    SatsNode *list = sats_reader_parent(r);
    SatsNode *body = sats_bind_item(r->binder, list, "", sats_reader_start_place(r));
    push(r, MD_BLOCK_LI, body);
}

/* What lies deeper is set as text of the innermost level there is. */
static void too_deep(SatsReader *r, MD_BLOCKTYPE type) {
    SatsPlace place = sats_reader_start_place(r);
    push(r, type, NULL);
    sats_report_add(r->binder->report, SATS_WARNING, "text-depth", &place,
                    "lists in lists more than %u levels deep",
                    "listor i listor i fler än %u nivåer", SATS_BIND_MAX_TEXT_DEPTH / 2);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data) {
    SatsReader *r = data;
    if (type == MD_BLOCK_DOC || r->mode == SATS_MARKDOWN_INLINE)
        return 0;
    sats_reader_end_block(r);
    gboolean container = type == MD_BLOCK_UL || type == MD_BLOCK_OL || type == MD_BLOCK_TABLE;
    gboolean part = type == MD_BLOCK_LI || (type >= MD_BLOCK_THEAD && type <= MD_BLOCK_TD);
    if ((container && r->levels->len >= SATS_BIND_MAX_TEXT_DEPTH) ||
        (part && (r->levels->len == 0 || top(r)->node == NULL))) {
        too_deep(r, type);
        return 0;
    }
    switch (type) {
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        enter_list(r, type, detail);
        break;
    case MD_BLOCK_LI:
        enter_item(r);
        break;
    case MD_BLOCK_H:
        enter_heading(r, detail);
        break;
    case MD_BLOCK_TABLE:
        enter_table(r, detail);
        break;
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
        enter_row_group(r, type);
        break;
    case MD_BLOCK_TR:
        enter_row(r);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        enter_cell(r, type, detail);
        break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_HR:
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
    default:
        push(r, type, NULL);
        break;
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data) {
    (void)detail;
    SatsReader *r = data;
    if (type == MD_BLOCK_DOC || r->mode == SATS_MARKDOWN_INLINE || r->levels->len == 0)
        return 0;
    if (type == MD_BLOCK_H)
        sats_reader_set_flag(r, SATS_RUN_STRONG, FALSE);
    sats_reader_end_block(r);
    const SatsReaderLevel *level = top(r);
    if ((type == MD_BLOCK_UL || type == MD_BLOCK_OL) && level->node != NULL)
        write_labels(r, level);
    if (type == MD_BLOCK_TABLE)
        r->binder->in_cell = level->in_cell;
    g_array_set_size(r->levels, r->levels->len - 1);
    return 0;
}
static guint32 offset_of(const SatsReader *r, const char *text) {
    const GString *all = r->prepared->text;
    if (text < all->str || text > all->str + all->len)
        return 0;
    return (guint32)(text - all->str);
}

static int text_event(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data) {
    SatsReader *r = data;
    guint32 at = offset_of(r, text);
    if (r->block == NULL)
        sats_reader_open_block(r, sats_reader_place(r, at));
    learn_mark(r, at);
    learn_label(r, at);
    switch (type) {
    case MD_TEXT_BR:
        sats_reader_end_run(r);
        sats_reader_add_run(r, SATS_RUN_BREAK, "", 0, sats_reader_place(r, at));
        break;
    case MD_TEXT_SOFTBR:
        sats_reader_add_text(r, " ", 1, at);
        sats_reader_end_run(r); /* each line knows its place */
        break;
    case MD_TEXT_ENTITY:
        sats_reader_add_entity(r, text, size, at);
        break;
    case MD_TEXT_NULLCHAR:
        break;
    case MD_TEXT_NORMAL:
        sats_reader_see_asterisks(r, text, size);
        sats_reader_see_table(r, text, size);
        sats_reader_add_normal(r, text, size, at);
        break;
    case MD_TEXT_CODE:
    case MD_TEXT_HTML:
    case MD_TEXT_LATEXMATH:
    default:
        sats_reader_add_normal(r, text, size, at);
        break;
    }
    return 0;
}

static void parse(SatsReader *r) {
    const MD_PARSER parser = {
        .flags = MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_NOHTMLBLOCKS | MD_FLAG_NOHTMLSPANS |
                 MD_FLAG_PERMISSIVEAUTOLINKS |
                 (r->mode == SATS_MARKDOWN_INLINE ? 0u : (unsigned)MD_FLAG_TABLES),
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = sats_reader_enter_span,
        .leave_span = sats_reader_leave_span,
        .text = text_event,
    };
    const GString *text = r->prepared->text;
    md_parse(text->str, (MD_SIZE)text->len, &parser, r);
    sats_reader_end_block(r);
    for (; r->base_sections > 0; r->base_sections--)
        sats_bind_section_end(r->binder);
}

void sats_markdown_bind(SatsBinder *binder, SatsNode *parent, const SatsComposed *composed,
                        guint32 start, guint32 end, SatsMarkdownMode mode, guint16 flags,
                        const char *style) {
    SatsPrepared prepared;
    gboolean inline_ = mode == SATS_MARKDOWN_INLINE;
    sats_prepared_init(&prepared, composed, start, end, inline_, binder->in_note);
    SatsReader reader = {
        .binder = binder,
        .composed = composed,
        .prepared = &prepared,
        .mode = mode,
        .style = style,
        .levels = g_array_new(FALSE, TRUE, sizeof(SatsReaderLevel)),
        .root = parent,
        .block = inline_ ? parent : NULL,
        .block_given = inline_,
        .runs = g_array_new(FALSE, TRUE, sizeof(SatsRun)),
        .pending = g_array_new(FALSE, TRUE, sizeof(SatsPending)),
        .text = g_string_sized_new(64),
        .base_flags = flags,
        .leftovers = &prepared.leftovers,
    };
    if (prepared.text->len > 0)
        parse(&reader);
    sats_leftovers_tell(binder, composed, prepared.leftovers);
    g_array_free(reader.levels, TRUE);
    g_array_free(reader.runs, TRUE);
    g_array_free(reader.pending, TRUE);
    g_string_free(reader.text, TRUE);
    sats_prepared_clear(&prepared);
}
