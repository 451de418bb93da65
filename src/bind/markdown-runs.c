/* bind/markdown-runs.c: runs and inline nodes of a text block, out of md4c's spans and texts.
 *
 * Text of one look and one owner is collected and written as one run when the look changes or
 * another value begins. Tokens that prepare.c left in the text become fields, footnotes, calls. */
#include "bind/markdown.h"

#include <string.h>

SatsPlace sats_reader_start_place(const SatsReader *r) {
    return sats_composed_place(r->composed, 0);
}

/* ---- runs ---- */

SatsRun *sats_reader_add_run(SatsReader *r, SatsRunKind kind, const char *text, gsize length,
                             SatsPlace place) {
    SatsRun run = {.kind = (guint8)kind,
                   .flags = (guint16)(r->base_flags | r->flags),
                   .length = (guint32)length,
                   .text = text,
                   .owner = r->owner,
                   .place = place};
    g_array_append_val(r->runs, run);
    return &g_array_index(r->runs, SatsRun, r->runs->len - 1);
}

void sats_reader_end_run(SatsReader *r) {
    if (r->text->len == 0)
        return;
    const char *text = sats_arena_strndup(r->binder->arena, r->text->str, r->text->len);
    sats_reader_add_run(r, SATS_RUN_TEXT, text, r->text->len, r->place);
    g_string_truncate(r->text, 0);
}

void sats_reader_set_flag(SatsReader *r, guint16 flag, gboolean on) {
    sats_reader_end_run(r);
    r->flags = (guint16)(on ? r->flags | flag : r->flags & ~flag);
}

void sats_reader_end_block(SatsReader *r) {
    sats_reader_end_run(r);
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
    r->emphasis_seen = 0;
    r->table_seen = FALSE;
    if (!r->block_given)
        r->block = NULL;
}

/* The node that blocks go under. */
SatsNode *sats_reader_parent(SatsReader *r) {
    for (guint i = r->levels->len; i-- > 0;) {
        SatsNode *node = g_array_index(r->levels, SatsReaderLevel, i).node;
        if (node != NULL)
            return node;
    }
    return r->base_sections > 0 ? r->section_stack[r->base_sections - 1] : r->root;
}

void sats_reader_open_block(SatsReader *r, SatsPlace place) {
    if (r->block != NULL)
        return;
    SatsNode *parent = sats_reader_parent(r);
    if (parent->kind == SATS_NODE_CELL && parent != r->root) {
        r->block = parent;
        return;
    }
    r->block = sats_bind_node(r->binder, parent, SATS_NODE_PARAGRAPH, place);
    r->block->style = r->style;
}

SatsPlace sats_reader_place(const SatsReader *r, guint32 at) {
    return sats_composed_place(r->composed, sats_prepared_raw(r->prepared, at));
}
/* ---- spans ---- */

static char *attribute_text(const MD_ATTRIBUTE *attribute) {
    return g_strndup(attribute->text, attribute->size);
}

/* "kundtjanst@exempel.se", which is no address of the web: a name, one @, and words with dots. */
static gboolean is_mail_address(const char *uri) {
    static const char name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               ".!$%&'*+-=^_`{|}~";
    gsize at = strspn(uri, name);
    if (at == 0 || uri[at] != '@')
        return FALSE;
    const char *host = uri + at + 1;
    gsize length = strcspn(host, "?");
    const char *dot = memchr(host, '.', length);
    return dot != NULL && dot > host && dot + 1 < host + length && host[length - 1] != '.' &&
           strcspn(host, "/:@# ") >= length;
}

static void enter_link(SatsReader *r, const MD_SPAN_A_DETAIL *detail) {
    sats_reader_end_run(r);
    if (r->links++ > 0)
        return;
    SatsPlace place = sats_reader_start_place(r); /* put right at the link's end */
    sats_reader_open_block(r, place);
    r->link_run = r->runs->len;
    g_autofree char *uri = attribute_text(&detail->href);
    gboolean inside = uri[0] == '#';
    SatsNode *link =
        sats_bind_node(r->binder, r->block, inside ? SATS_NODE_REFERENCE : SATS_NODE_LINK, place);
    r->owner = link;
    if (inside) {
        SatsPending pending = {.index = r->runs->len,
                               .link = link,
                               .id = sats_arena_strdup(r->binder->arena, uri + 1),
                               .keep_text = TRUE,
                               .place = place};
        g_array_append_val(r->pending, pending);
    } else {
        link->as.link->uri =
            sats_arena_printf(r->binder->arena, "%s%s", is_mail_address(uri) ? "mailto:" : "", uri);
        link->alt = link->as.link->uri;
    }
}

static void leave_link(SatsReader *r) {
    sats_reader_end_run(r);
    if (r->links == 0 || --r->links > 0)
        return;
    if (r->runs->len > r->link_run)
        r->owner->place = g_array_index(r->runs, SatsRun, r->link_run).place;
    r->owner = NULL;
}

int sats_reader_enter_span(MD_SPANTYPE type, void *detail, void *data) {
    SatsReader *r = data;
    if (type == MD_SPAN_STRONG && r->strong++ == 0)
        sats_reader_set_flag(r, SATS_RUN_STRONG, TRUE);
    else if (type == MD_SPAN_EM && r->emphasis++ == 0)
        sats_reader_set_flag(r, SATS_RUN_EMPHASIS, TRUE);
    else if (type == MD_SPAN_A)
        enter_link(r, detail);
    return 0;
}

int sats_reader_leave_span(MD_SPANTYPE type, void *detail, void *data) {
    (void)detail;
    SatsReader *r = data;
    if (type == MD_SPAN_STRONG && --r->strong == 0)
        sats_reader_set_flag(r, SATS_RUN_STRONG, FALSE);
    else if (type == MD_SPAN_EM && --r->emphasis == 0)
        sats_reader_set_flag(r, SATS_RUN_EMPHASIS, FALSE);
    else if (type == MD_SPAN_A)
        leave_link(r);
    return 0;
}
/* ---- text ---- */

void sats_reader_add_text(SatsReader *r, const char *text, gsize length, guint32 at) {
    guint32 raw = sats_prepared_raw(r->prepared, at);
    guint segment = sats_composed_segment(r->composed, raw);
    const SatsSegment *now = &g_array_index(r->composed->segments, SatsSegment, segment);
    if (r->text->len > 0 && segment != r->segment && now->from_plan)
        sats_reader_end_run(r);
    if (r->text->len == 0) {
        r->place = sats_composed_place(r->composed, raw);
        r->segment = segment;
    }
    g_string_append_len(r->text, text, (gssize)length);
}

/* `expr`: with the reference's filters; NULL none. */
static void add_reference(SatsReader *r, const char *id, gboolean page, const SatsExpr *expr,
                          SatsPlace place) {
    SatsNode *link = r->owner;
    if (link == NULL)
        link = sats_bind_node(r->binder, r->block, SATS_NODE_REFERENCE, place);
    SatsPending pending = {.index = r->runs->len,
                           .link = link == r->owner ? NULL : link,
                           .id = id,
                           .page = page,
                           .expr = expr,
                           .place = place};
    g_array_append_val(r->pending, pending);
    sats_reader_add_run(r, page ? SATS_RUN_PAGE_NUMBER : SATS_RUN_TEXT, "", 0, place)->owner = link;
}

static const char *raw_bytes(const SatsReader *r, const SatsToken *token) {
    return sats_arena_strndup(r->binder->arena, r->composed->raw->str + token->a,
                              token->b - token->a);
}

static void add_field(SatsReader *r, const SatsSegment *segment) {
    switch (segment->expr->path.kind) {
    case SATS_PATH_PAGE:
        sats_reader_add_run(r, SATS_RUN_PAGE_NUMBER, "", 0, segment->place);
        break;
    case SATS_PATH_PAGES:
        sats_reader_add_run(r, SATS_RUN_PAGE_COUNT, "", 0, segment->place);
        break;
    case SATS_PATH_SECTION:
        sats_reader_add_run(r, SATS_RUN_SECTION, "", 0, segment->place);
        break;
    case SATS_PATH_PLACEHOLDERS: {
        SatsPending pending = {
            .index = r->runs->len, .expr = segment->expr, .place = segment->place};
        g_array_append_val(r->pending, pending);
        sats_reader_add_run(r, SATS_RUN_TEXT, "", 0, segment->place);
        break;
    }
    case SATS_PATH_REF:
    case SATS_PATH_PAGE_REF:
        add_reference(r, segment->id, segment->expr->path.kind == SATS_PATH_PAGE_REF, segment->expr,
                      segment->place);
        break;
    case SATS_PATH_DATA:
    case SATS_PATH_LOOP_NUMBER:
    default:
        break;
    }
}

static void add_footnote(SatsReader *r, const SatsToken *token) {
    SatsBinder *binder = r->binder;
    SatsPlace place = sats_composed_place(r->composed, token->a);
    SatsNode *reference = NULL;
    const char *mark = NULL;
    SatsNode *paragraph = sats_bind_footnote(binder, r->block, place, &reference, &mark);
    SatsRun *run = sats_reader_add_run(r, SATS_RUN_TEXT, mark, strlen(mark), place);
    run->owner = reference;
    run->flags |= SATS_RUN_SUPERSCRIPT | SATS_RUN_NOTE_MARK;
    binder->in_note = TRUE;
    sats_markdown_bind(binder, paragraph, r->composed, token->a, token->b, SATS_MARKDOWN_INLINE, 0,
                       NULL);
    binder->in_note = FALSE;
}

static void add_call(SatsReader *r, const SatsToken *token) {
    SatsPlace place = sats_composed_place(r->composed, token->a);
    const char *mark = raw_bytes(r, token);
    SatsNode *reference = sats_bind_note_call(r->binder, r->block, mark, place);
    SatsRun *run = sats_reader_add_run(r, SATS_RUN_TEXT, mark, strlen(mark), place);
    run->owner = reference;
    run->flags |= SATS_RUN_NOTE_MARK | SATS_RUN_SEMIBOLD;
}

/* One of the plan's that is printed twice is missing once: it is known by its place in the plan. */
static gboolean is_new_placeholder(SatsBinder *binder, const SatsPlace *place) {
    if (place->source == NULL)
        return TRUE;
    gint64 *key = sats_arena_new_struct(binder->arena, gint64);
    *key = (gint64)((gsize)place->source ^ ((guint64)place->line << 32) ^
                    ((guint64)place->column << 16));
    return g_hash_table_add(binder->placeholders, key);
}

/* One that stands in the plan, or for a value that is missing there, is told by the checks. */
static void placeholder(SatsReader *r, guint32 at) {
    guint32 raw = sats_prepared_raw(r->prepared, at);
    guint index = sats_composed_segment(r->composed, raw);
    SatsPlace place = sats_composed_place(r->composed, raw);
    const SatsSegment *segment = &g_array_index(r->composed->segments, SatsSegment, index);
    gboolean counted = r->binder->uncounted == 0;
    if (counted && (segment->value == NULL || is_new_placeholder(r->binder, &place)))
        r->binder->n_placeholders++;
    if (r->binder->final_ && !segment->from_plan)
        sats_report_add(r->binder->report, SATS_ERROR, "placeholder", &place,
                        "a placeholder is left", "en platshållare är kvar");
}

static void add_token(SatsReader *r, guint32 at) {
    const SatsToken *token = sats_prepared_token(r->prepared, at);
    if (token == NULL)
        return;
    sats_reader_end_run(r);
    switch (token->kind) {
    case SATS_TOKEN_FIELD:
        add_field(r, &g_array_index(r->composed->segments, SatsSegment, token->a));
        break;
    case SATS_TOKEN_FOOTNOTE:
        add_footnote(r, token);
        break;
    case SATS_TOKEN_CALL:
        add_call(r, token);
        break;
    case SATS_TOKEN_REFERENCE:
    case SATS_TOKEN_PAGE_REFERENCE:
        add_reference(r, raw_bytes(r, token), token->kind == SATS_TOKEN_PAGE_REFERENCE, NULL,
                      sats_composed_place(r->composed, token->a));
        break;
    case SATS_TOKEN_FLAG_ON:
        sats_reader_set_flag(r, (guint16)token->a, TRUE);
        if (token->a == SATS_RUN_PLACEHOLDER)
            placeholder(r, at);
        break;
    case SATS_TOKEN_FLAG_OFF:
    default:
        sats_reader_set_flag(r, (guint16)token->a, FALSE);
        break;
    }
}

void sats_reader_add_normal(SatsReader *r, const char *text, gsize length, guint32 at) {
    while (length > 0) {
        const char *token = memchr(text, SATS_TOKEN_BYTE, length);
        gsize n = token == NULL ? length : (gsize)(token - text);
        if (n > 0)
            sats_reader_add_text(r, text, n, at);
        if (token == NULL)
            return;
        add_token(r, at + (guint32)n);
        text += n + 1;
        length -= n + 1;
        at += (guint32)n + 1;
    }
}

void sats_reader_add_entity(SatsReader *r, const char *text, gsize length, guint32 at) {
    static const struct {
        const char *name, *text;
    } known[] = {
        {"&amp;", "&"},        {"&lt;", "<"},         {"&gt;", ">"},    {"&quot;", "\""},
        {"&nbsp;", SATS_NBSP}, {"&shy;", "\302\255"}, {"&ndash;", "–"}, {"&mdash;", "—"},
        {"&hellip;", "…"},     {"&minus;", "−"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strlen(known[i].name) == length && memcmp(known[i].name, text, length) == 0) {
            sats_reader_add_text(r, known[i].text, strlen(known[i].text), at);
            return;
        }
    }
    if (length > 3 && text[1] == '#') {
        gboolean hex = text[2] == 'x' || text[2] == 'X';
        guint64 code = g_ascii_strtoull(text + (hex ? 3 : 2), NULL, hex ? 16 : 10);
        if (code >= 0x20 && code <= 0x10FFFF && g_unichar_validate((gunichar)code)) {
            char utf8[6];
            int n = g_unichar_to_utf8((gunichar)code, utf8);
            sats_reader_add_text(r, utf8, (gsize)n, at);
            return;
        }
    }
    sats_reader_add_text(r, text, length, at);
}
