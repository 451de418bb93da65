/* bind/markdown.c: md4c's events → nodes and runs.
 *
 * One reader serves the two uses: runs of one text block (INLINE), and blocks under a parent. Blocks are
 * kept on a stack beside md4c's own; text goes to the innermost text block, which is made when its
 * first text comes, since md4c gives no paragraph in the items of a tight list. Text of one look and one
 * owner is collected and written as one run when the look changes or another value begins.
 *
 * What a list item's mark was ("a)", "–") is looked up in the raw text, on the line of the item's first
 * text: md4c has seen "1)" and "+" there (prepare.c). So labels are written when the list ends. */
#include "bind/compose.h"

#include <md4c.h>
#include <string.h>

typedef struct {
    SatsNode *node;            /* LIST, BODY, TABLE, ROW_GROUP, ROW, CELL; NULL: text block */
    MD_BLOCKTYPE type;
    guint n;                   /* LIST: items; ROW: cells */
    char after;                /* LIST: '.' or ')' */
    gboolean known;            /* LIST: the mark was looked at */
    gboolean in_cell;          /* what it was outside */
} Level;

typedef struct {
    SatsBinder *binder;
    const SatsComposed *composed;
    const SatsPrepared *prepared;
    SatsMarkdownMode mode;
    const char *style;
    GArray *levels;            /* Level */
    SatsNode *root, *block;    /* block: the text block that takes text; NULL none yet */
    gboolean block_given;      /* INLINE: it is the caller's */
    int first_heading;         /* level of the text's first heading: counts as one below */
    guint base_sections;       /* SECTIONS: levels of headings opened */
    SatsNode *section_stack[6];
    GArray *runs;              /* SatsRun of `block` */
    GArray *pending;           /* SatsPending of `block` */
    GString *text;             /* of the run being collected */
    SatsPlace place;
    guint16 base_flags, flags;
    guint strong, emphasis, links;
    guint link_run;            /* the link's first run */
    SatsNode *owner;
    guint32 segment;           /* of the run being collected */
    guint column;
} Reader;

/* ---- runs ---- */

static SatsRun *add_run(Reader *r, SatsRunKind kind, const char *text, gsize length, SatsPlace place) {
    SatsRun run = {.kind = (guint8)kind,
                   .flags = (guint16)(r->base_flags | r->flags),
                   .length = (guint32)length,
                   .text = text,
                   .owner = r->owner,
                   .place = place};
    g_array_append_val(r->runs, run);
    return &g_array_index(r->runs, SatsRun, r->runs->len - 1);
}

static void end_run(Reader *r) {
    if (r->text->len == 0)
        return;
    const char *text = sats_arena_strndup(r->binder->arena, r->text->str, r->text->len);
    add_run(r, SATS_RUN_TEXT, text, r->text->len, r->place);
    g_string_truncate(r->text, 0);
}

static void set_flag(Reader *r, guint16 flag, gboolean on) {
    end_run(r);
    r->flags = (guint16)(on ? r->flags | flag : r->flags & ~flag);
}

static void end_block(Reader *r) {
    end_run(r);
    SatsNode *block = r->block;
    if (block == NULL)
        return;
    guint old = block->n_runs;
    if (r->runs->len > 0) {
        SatsRun *room = sats_bind_reserve_runs(r->binder, block, r->runs->len);
        memcpy(room, r->runs->data, r->runs->len * sizeof *room);
        block->n_runs += r->runs->len;
    }
    for (guint i = 0; i < r->pending->len; i++) {
        SatsPending *pending = &g_array_index(r->pending, SatsPending, i);
        pending->block = block;
        pending->index += old;
        g_array_append_val(r->binder->pending, *pending);
    }
    g_array_set_size(r->runs, 0);
    g_array_set_size(r->pending, 0);
    if (!r->block_given)
        r->block = NULL;
}

static Level *top(Reader *r) {
    return r->levels->len == 0 ? NULL : &g_array_index(r->levels, Level, r->levels->len - 1);
}

/* The node that blocks go under. */
static SatsNode *parent_node(Reader *r) {
    for (guint i = r->levels->len; i-- > 0;) {
        SatsNode *node = g_array_index(r->levels, Level, i).node;
        if (node != NULL)
            return node;
    }
    return r->base_sections > 0 ? r->section_stack[r->base_sections - 1] : r->root;
}

static void open_block(Reader *r, SatsPlace place) {
    if (r->block != NULL)
        return;
    SatsNode *parent = parent_node(r);
    if (parent->kind == SATS_NODE_CELL && parent != r->root) {
        r->block = parent;
        return;
    }
    r->block = sats_bind_node(r->binder, parent, SATS_NODE_PARAGRAPH, place);
    r->block->style = r->style;
}

static SatsPlace place_at(const Reader *r, guint32 at) {
    return sats_composed_place(r->composed, sats_prepared_raw(r->prepared, at));
}

/* ---- list marks ---- */

static void learn_mark(Reader *r, guint32 at) {
    Level *list = NULL;
    for (guint i = r->levels->len; i-- > 0 && list == NULL;) {
        Level *level = &g_array_index(r->levels, Level, i);
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

static void write_labels(Reader *r, const Level *level) {
    SatsList *list = level->node->as.list;
    guint number = (guint)MAX(list->start, 1);
    for (SatsNode *item = level->node->first_child; item != NULL; item = item->next) {
        SatsNode *label = item->first_child;
        const char *text = sats_bind_item_label(r->binder, list->kind, number++, level->after);
        if (label->kind == SATS_NODE_LABEL && text != NULL)
            sats_bind_add_run(r->binder, label, text, 0, NULL, item->place);
    }
}

/* ---- blocks ---- */

static Level *push(Reader *r, MD_BLOCKTYPE type, SatsNode *node) {
    Level level = {.node = node, .type = type, .in_cell = r->binder->in_cell};
    g_array_append_val(r->levels, level);
    return top(r);
}

static SatsPlace start_place(const Reader *r) {
    return sats_composed_place(r->composed, 0);
}

static void enter_list(Reader *r, MD_BLOCKTYPE type, const void *detail) {
    SatsNode *node = sats_bind_node(r->binder, parent_node(r), SATS_NODE_LIST, start_place(r));
    int depth = 0;
    for (guint i = 0; i < r->levels->len; i++) {
        MD_BLOCKTYPE outer = g_array_index(r->levels, Level, i).type;
        depth += outer == MD_BLOCK_UL || outer == MD_BLOCK_OL;
    }
    Level *level = push(r, type, node);
    node->as.list->depth = depth;
    if (type == MD_BLOCK_OL) {
        const MD_BLOCK_OL_DETAIL *list = detail;
        node->as.list->kind = SATS_LIST_DECIMAL;
        node->as.list->start = (int)list->start;
        node->as.list->tight = list->is_tight != 0;
        level->after = list->mark_delimiter;
    } else {
        const MD_BLOCK_UL_DETAIL *list = detail;
        node->as.list->kind = list->mark == '+' ? SATS_LIST_DASH : SATS_LIST_BULLET;
        node->as.list->tight = list->is_tight != 0;
    }
}

static void enter_heading(Reader *r, const MD_BLOCK_H_DETAIL *detail) {
    SatsBinder *binder = r->binder;
    push(r, MD_BLOCK_H, NULL);
    if (binder->in_cell || binder->in_note || r->levels->len > 1) {
        open_block(r, start_place(r));
        set_flag(r, SATS_RUN_STRONG, TRUE);
    } else if (r->mode == SATS_MARKDOWN_SECTIONS) {
        guint level = MIN((guint)detail->level, MIN(r->base_sections + 1, 6u));
        for (; r->base_sections >= level; r->base_sections--)
            sats_bind_section_end(binder);
        SatsSectionOptions options = {.numbered = TRUE, .in_contents = TRUE};
        SatsNode *parent = parent_node(r);
        r->section_stack[r->base_sections++] =
            sats_bind_section_begin(binder, parent, &options, start_place(r), &r->block);
    } else {
        if (r->first_heading == 0)
            r->first_heading = (int)detail->level;
        int below = MAX((int)detail->level - r->first_heading + 1, 1);
        int look = MAX(binder->section_level + below, 3);
        r->block = sats_bind_run_in_heading(binder, parent_node(r), below, look, start_place(r));
    }
}

static void enter_table(Reader *r, const MD_BLOCK_TABLE_DETAIL *detail) {
    SatsNode *node = sats_bind_node(r->binder, parent_node(r), SATS_NODE_TABLE, start_place(r));
    SatsTable *table = node->as.table;
    table->n_columns = MIN(detail->col_count, SATS_BIND_MAX_COLUMNS);
    table->columns = sats_arena_new_array(r->binder->arena, SatsTableColumn, table->n_columns);
    for (guint i = 0; i < table->n_columns; i++)
        table->columns[i] = (SatsTableColumn){.width_kind = SATS_WIDTH_CONTENT, .align = SATS_ALIGN_LEFT};
    push(r, MD_BLOCK_TABLE, node);
    r->binder->in_cell = TRUE;
}

static void enter_row_group(Reader *r, MD_BLOCKTYPE type) {
    SatsNode *node = sats_bind_node(r->binder, parent_node(r), SATS_NODE_ROW_GROUP, start_place(r));
    node->as.row_group->kind = type == MD_BLOCK_THEAD ? SATS_ROWS_HEAD : SATS_ROWS_BODY;
    node->role = type == MD_BLOCK_THEAD ? SATS_ROLE_THEAD : SATS_ROLE_TBODY;
    push(r, type, node);
}

static void enter_row(Reader *r) {
    SatsNode *group = parent_node(r);
    SatsNode *table = group->parent;
    gboolean first = group->first_child == NULL;
    SatsNode *row = sats_bind_node(r->binder, group, SATS_NODE_ROW, start_place(r));
    gboolean head = group->as.row_group->kind == SATS_ROWS_HEAD;
    row->as.row->kind = head ? SATS_ROW_HEAD : SATS_ROW_BODY;
    row->as.row->rule_above = first ? SATS_RULE_NONE : SATS_RULE_HAIR;
    row->as.row->index = table->as.table->n_rows++;
    r->column = 0;
    push(r, MD_BLOCK_TR, row);
}

static void enter_cell(Reader *r, MD_BLOCKTYPE type, const MD_BLOCK_TD_DETAIL *detail) {
    static const SatsAlign aligns[] = {SATS_ALIGN_LEFT, SATS_ALIGN_LEFT, SATS_ALIGN_CENTER, SATS_ALIGN_RIGHT};
    SatsNode *row = parent_node(r);
    SatsTable *table = row->parent->parent->as.table;
    if (r->column >= table->n_columns) {
        push(r, type, row->last_child);
        return;
    }
    SatsNode *node = sats_bind_node(r->binder, row, SATS_NODE_CELL, start_place(r));
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

static void enter_item(Reader *r) {
    SatsNode *list = parent_node(r);
    SatsNode *body = sats_bind_item(r->binder, list, "", start_place(r));
    push(r, MD_BLOCK_LI, body);
}

/* What lies deeper is set as text of the innermost level there is. */
static void too_deep(Reader *r, MD_BLOCKTYPE type) {
    SatsPlace place = start_place(r);
    push(r, type, NULL);
    sats_report_add(r->binder->report, SATS_WARNING, "text-depth", &place,
                    "lists in lists more than %u levels deep", "listor i listor i fler än %u nivåer",
                    SATS_BIND_MAX_TEXT_DEPTH / 2);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data) {
    Reader *r = data;
    if (type == MD_BLOCK_DOC || r->mode == SATS_MARKDOWN_INLINE)
        return 0;
    end_block(r);
    gboolean container = type == MD_BLOCK_UL || type == MD_BLOCK_OL || type == MD_BLOCK_TABLE;
    gboolean part = type == MD_BLOCK_LI || (type >= MD_BLOCK_THEAD && type <= MD_BLOCK_TD);
    if ((container && r->levels->len >= SATS_BIND_MAX_TEXT_DEPTH) ||
        (part && (r->levels->len == 0 || top(r)->node == NULL))) {
        too_deep(r, type);
        return 0;
    }
    switch (type) {
    case MD_BLOCK_UL:
    case MD_BLOCK_OL: enter_list(r, type, detail); break;
    case MD_BLOCK_LI: enter_item(r); break;
    case MD_BLOCK_H: enter_heading(r, detail); break;
    case MD_BLOCK_TABLE: enter_table(r, detail); break;
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY: enter_row_group(r, type); break;
    case MD_BLOCK_TR: enter_row(r); break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: enter_cell(r, type, detail); break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_HR:
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
    default: push(r, type, NULL); break;
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data) {
    (void)detail;
    Reader *r = data;
    if (type == MD_BLOCK_DOC || r->mode == SATS_MARKDOWN_INLINE || r->levels->len == 0)
        return 0;
    if (type == MD_BLOCK_H)
        set_flag(r, SATS_RUN_STRONG, FALSE);
    end_block(r);
    const Level *level = top(r);
    if ((type == MD_BLOCK_UL || type == MD_BLOCK_OL) && level->node != NULL)
        write_labels(r, level);
    if (type == MD_BLOCK_TABLE)
        r->binder->in_cell = level->in_cell;
    g_array_set_size(r->levels, r->levels->len - 1);
    return 0;
}

/* ---- spans ---- */

static char *attribute_text(const MD_ATTRIBUTE *attribute) {
    return g_strndup(attribute->text, attribute->size);
}

static void enter_link(Reader *r, const MD_SPAN_A_DETAIL *detail) {
    end_run(r);
    if (r->links++ > 0)
        return;
    SatsPlace place = start_place(r); /* put right at the link's end */
    open_block(r, place);
    r->link_run = r->runs->len;
    g_autofree char *uri = attribute_text(&detail->href);
    gboolean inside = uri[0] == '#';
    SatsNode *link = sats_bind_node(r->binder, r->block,
                                    inside ? SATS_NODE_REFERENCE : SATS_NODE_LINK, place);
    r->owner = link;
    if (inside) {
        SatsPending pending = {.index = r->runs->len,
                               .link = link,
                               .id = sats_arena_strdup(r->binder->arena, uri + 1),
                               .keep_text = TRUE,
                               .place = place};
        g_array_append_val(r->pending, pending);
    } else {
        link->as.link->uri = sats_arena_strdup(r->binder->arena, uri);
        link->alt = link->as.link->uri;
    }
}

static void leave_link(Reader *r) {
    end_run(r);
    if (r->links == 0 || --r->links > 0)
        return;
    if (r->runs->len > r->link_run)
        r->owner->place = g_array_index(r->runs, SatsRun, r->link_run).place;
    r->owner = NULL;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data) {
    Reader *r = data;
    if (type == MD_SPAN_STRONG && r->strong++ == 0)
        set_flag(r, SATS_RUN_STRONG, TRUE);
    else if (type == MD_SPAN_EM && r->emphasis++ == 0)
        set_flag(r, SATS_RUN_EMPHASIS, TRUE);
    else if (type == MD_SPAN_A)
        enter_link(r, detail);
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data) {
    (void)detail;
    Reader *r = data;
    if (type == MD_SPAN_STRONG && --r->strong == 0)
        set_flag(r, SATS_RUN_STRONG, FALSE);
    else if (type == MD_SPAN_EM && --r->emphasis == 0)
        set_flag(r, SATS_RUN_EMPHASIS, FALSE);
    else if (type == MD_SPAN_A)
        leave_link(r);
    return 0;
}

/* ---- text ---- */

static void add_text(Reader *r, const char *text, gsize length, guint32 at) {
    guint32 raw = sats_prepared_raw(r->prepared, at);
    guint segment = sats_composed_segment(r->composed, raw);
    const SatsSegment *now = &g_array_index(r->composed->segments, SatsSegment, segment);
    if (r->text->len > 0 && segment != r->segment && now->from_plan)
        end_run(r);
    if (r->text->len == 0) {
        r->place = sats_composed_place(r->composed, raw);
        r->segment = segment;
    }
    g_string_append_len(r->text, text, (gssize)length);
}

static void add_reference(Reader *r, const SatsSegment *segment) {
    gboolean page = segment->expr->path.kind == SATS_PATH_PAGE_REF;
    SatsNode *link = r->owner;
    if (link == NULL)
        link = sats_bind_node(r->binder, r->block, SATS_NODE_REFERENCE, segment->place);
    SatsPending pending = {.index = r->runs->len,
                           .link = link == r->owner ? NULL : link,
                           .id = segment->id,
                           .page = page,
                           .place = segment->place};
    g_array_append_val(r->pending, pending);
    add_run(r, page ? SATS_RUN_PAGE_NUMBER : SATS_RUN_TEXT, "", 0, segment->place)->owner = link;
}

static void add_field(Reader *r, const SatsSegment *segment) {
    switch (segment->expr->path.kind) {
    case SATS_PATH_PAGE: add_run(r, SATS_RUN_PAGE_NUMBER, "", 0, segment->place); break;
    case SATS_PATH_PAGES: add_run(r, SATS_RUN_PAGE_COUNT, "", 0, segment->place); break;
    case SATS_PATH_PLACEHOLDERS: {
        SatsPending pending = {.index = r->runs->len, .expr = segment->expr, .place = segment->place};
        g_array_append_val(r->pending, pending);
        add_run(r, SATS_RUN_TEXT, "", 0, segment->place);
        break;
    }
    case SATS_PATH_REF:
    case SATS_PATH_PAGE_REF: add_reference(r, segment); break;
    case SATS_PATH_DATA:
    case SATS_PATH_LOOP_NUMBER:
    default: break;
    }
}

static void add_footnote(Reader *r, const SatsToken *token) {
    SatsBinder *binder = r->binder;
    SatsPlace place = sats_composed_place(r->composed, token->a);
    SatsNode *reference = NULL;
    const char *mark = NULL;
    SatsNode *paragraph = sats_bind_footnote(binder, r->block, place, &reference, &mark);
    SatsRun *run = add_run(r, SATS_RUN_TEXT, mark, strlen(mark), place);
    run->owner = reference;
    run->flags |= SATS_RUN_SUPERSCRIPT | SATS_RUN_NOTE_MARK;
    binder->in_note = TRUE;
    sats_markdown_bind(binder, paragraph, r->composed, token->a, token->b, SATS_MARKDOWN_INLINE, 0, NULL);
    binder->in_note = FALSE;
}

static void add_call(Reader *r, const SatsToken *token) {
    SatsPlace place = sats_composed_place(r->composed, token->a);
    const char *mark =
        sats_arena_strndup(r->binder->arena, r->composed->raw->str + token->a, token->b - token->a);
    SatsNode *reference = sats_bind_note_call(r->binder, r->block, mark, place);
    SatsRun *run = add_run(r, SATS_RUN_TEXT, mark, strlen(mark), place);
    run->owner = reference;
    run->flags |= SATS_RUN_NOTE_MARK | SATS_RUN_SEMIBOLD;
}

/* One that stands in the plan, or for a value that is missing there, is told by the checks. */
static void placeholder(Reader *r, guint32 at) {
    guint32 raw = sats_prepared_raw(r->prepared, at);
    guint index = sats_composed_segment(r->composed, raw);
    SatsPlace place = sats_composed_place(r->composed, raw);
    r->binder->n_placeholders++;
    if (r->binder->final_ &&
        !g_array_index(r->composed->segments, SatsSegment, index).from_plan)
        sats_report_add(r->binder->report, SATS_ERROR, "placeholder", &place,
                        "a placeholder is left", "en platshållare är kvar");
}

static void add_token(Reader *r, guint32 at) {
    const SatsToken *token = sats_prepared_token(r->prepared, at);
    if (token == NULL)
        return;
    end_run(r);
    switch (token->kind) {
    case SATS_TOKEN_FIELD:
        add_field(r, &g_array_index(r->composed->segments, SatsSegment, token->a));
        break;
    case SATS_TOKEN_FOOTNOTE: add_footnote(r, token); break;
    case SATS_TOKEN_CALL: add_call(r, token); break;
    case SATS_TOKEN_FLAG_ON:
        set_flag(r, (guint16)token->a, TRUE);
        if (token->a == SATS_RUN_PLACEHOLDER)
            placeholder(r, at);
        break;
    case SATS_TOKEN_FLAG_OFF:
    default: set_flag(r, (guint16)token->a, FALSE); break;
    }
}

static void add_normal(Reader *r, const char *text, gsize length, guint32 at) {
    while (length > 0) {
        const char *token = memchr(text, SATS_TOKEN_BYTE, length);
        gsize n = token == NULL ? length : (gsize)(token - text);
        if (n > 0)
            add_text(r, text, n, at);
        if (token == NULL)
            return;
        add_token(r, at + (guint32)n);
        text += n + 1;
        length -= n + 1;
        at += (guint32)n + 1;
    }
}

static void add_entity(Reader *r, const char *text, gsize length, guint32 at) {
    static const struct { const char *name, *text; } known[] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", SATS_NBSP},
        {"&shy;", "\302\255"}, {"&ndash;", "–"}, {"&mdash;", "—"}, {"&hellip;", "…"}, {"&minus;", "−"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strlen(known[i].name) == length && memcmp(known[i].name, text, length) == 0) {
            add_text(r, known[i].text, strlen(known[i].text), at);
            return;
        }
    }
    if (length > 3 && text[1] == '#') {
        gboolean hex = text[2] == 'x' || text[2] == 'X';
        guint64 code = g_ascii_strtoull(text + (hex ? 3 : 2), NULL, hex ? 16 : 10);
        if (code >= 0x20 && code <= 0x10FFFF && g_unichar_validate((gunichar)code)) {
            char utf8[6];
            int n = g_unichar_to_utf8((gunichar)code, utf8);
            add_text(r, utf8, (gsize)n, at);
            return;
        }
    }
    add_text(r, text, length, at);
}

static guint32 offset_of(const Reader *r, const char *text) {
    const GString *all = r->prepared->text;
    if (text < all->str || text > all->str + all->len)
        return 0;
    return (guint32)(text - all->str);
}

static int text_event(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data) {
    Reader *r = data;
    guint32 at = offset_of(r, text);
    if (r->block == NULL)
        open_block(r, place_at(r, at));
    learn_mark(r, at);
    switch (type) {
    case MD_TEXT_BR:
        end_run(r);
        add_run(r, SATS_RUN_BREAK, "", 0, place_at(r, at));
        break;
    case MD_TEXT_SOFTBR: add_text(r, " ", 1, at); break;
    case MD_TEXT_ENTITY: add_entity(r, text, size, at); break;
    case MD_TEXT_NULLCHAR: break;
    case MD_TEXT_NORMAL:
    case MD_TEXT_CODE:
    case MD_TEXT_HTML:
    case MD_TEXT_LATEXMATH:
    default: add_normal(r, text, size, at); break;
    }
    return 0;
}

static void parse(Reader *r) {
    const MD_PARSER parser = {
        .flags = MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_NOHTMLBLOCKS | MD_FLAG_NOHTMLSPANS |
                 (r->mode == SATS_MARKDOWN_INLINE ? 0u : (unsigned)MD_FLAG_TABLES),
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = text_event,
    };
    const GString *text = r->prepared->text;
    md_parse(text->str, (MD_SIZE)text->len, &parser, r);
    end_block(r);
    for (; r->base_sections > 0; r->base_sections--)
        sats_bind_section_end(r->binder);
}

void sats_markdown_bind(SatsBinder *binder, SatsNode *parent, const SatsComposed *composed, guint32 start,
                        guint32 end, SatsMarkdownMode mode, guint16 flags, const char *style) {
    SatsPrepared prepared;
    gboolean inline_ = mode == SATS_MARKDOWN_INLINE;
    sats_prepared_init(&prepared, composed, start, end, inline_, binder->in_note);
    Reader reader = {
        .binder = binder,
        .composed = composed,
        .prepared = &prepared,
        .mode = mode,
        .style = style,
        .levels = g_array_new(FALSE, TRUE, sizeof(Level)),
        .root = parent,
        .block = inline_ ? parent : NULL,
        .block_given = inline_,
        .runs = g_array_new(FALSE, TRUE, sizeof(SatsRun)),
        .pending = g_array_new(FALSE, TRUE, sizeof(SatsPending)),
        .text = g_string_sized_new(64),
        .base_flags = flags,
    };
    if (prepared.text->len > 0)
        parse(&reader);
    g_array_free(reader.levels, TRUE);
    g_array_free(reader.runs, TRUE);
    g_array_free(reader.pending, TRUE);
    g_string_free(reader.text, TRUE);
    sats_prepared_clear(&prepared);
}
