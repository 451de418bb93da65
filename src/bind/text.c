/* bind/text.c: template strings and values become runs and blocks.
 *
 * Most texts of a large table are one value without any mark-up. They take the short way:
 * evaluated, looked over once, made one run that points at the value's own text. Everything else is
 * composed, prepared and read by md4c (compose.h). */
#include "bind/compose.h"

#include <string.h>

static SatsPlace run_place(const SatsSegment *segment, gsize offset) {
    if (segment->value != NULL && (offset > 0 || segment->value->quoted >= SATS_STYLE_LITERAL))
        return sats_value_place_at(segment->value, offset);
    return segment->place;
}

/* A dash in a cell says that it is empty by intent. */
static guint16 cell_flags(const SatsBinder *binder, const char *text, gsize length, guint16 flags) {
    gboolean dash = binder->in_cell && length == 3 && memcmp(text, "–", 3) == 0;
    return dash ? (guint16)(flags | SATS_RUN_MUTED) : flags;
}

/* Runs straight from the segments: nothing in them needs reading. */
static void add_plain_runs(SatsBinder *binder, SatsNode *block, const SatsComposed *composed,
                           guint16 flags) {
    const GString *raw = composed->raw;
    const char *text = sats_arena_strndup(binder->arena, raw->str, raw->len);
    guint n = composed->segments->len;
    gsize start = 0;
    gsize end = raw->len;
    while (start < end && text[start] == ' ')
        start++;
    while (end > start && text[end - 1] == ' ')
        end--;
    flags = cell_flags(binder, text + start, end - start, flags);
    for (guint i = 0; i < n && start < end; i++) {
        const SatsSegment *next = NULL;
        for (guint j = i + 1; j < n && next == NULL; j++) {
            const SatsSegment *later = &g_array_index(composed->segments, SatsSegment, j);
            if (later->from_plan)
                next = later;
            else
                i = j;
        }
        gsize until = next == NULL ? end : MIN((gsize)next->start, end);
        if (until <= start)
            continue;
        SatsPlace place = sats_composed_place(composed, (guint32)start);
        SatsRun *run = sats_bind_add_run(binder, block, "", flags, NULL, place);
        run->text = text + start;
        run->length = (guint32)(until - start);
        start = until;
    }
}

/* One run that points at the text; leading and trailing spaces left out. */
static void add_short_run(SatsBinder *binder, SatsNode *block, const char *text, gsize length,
                          const SatsSegment *segment, guint16 flags) {
    gsize start = 0;
    while (start < length && text[start] == ' ')
        start++;
    while (length > start && text[length - 1] == ' ')
        length--;
    if (length == start)
        return;
    flags = cell_flags(binder, text + start, length - start, flags);
    SatsRun *run = sats_bind_add_run(binder, block, "", flags, NULL, run_place(segment, start));
    run->text = text + start;
    run->length = (guint32)(length - start);
}

/* ---- the two ways ---- */

typedef struct {
    SatsNode *node; /* text block, parent of blocks, or cell */
    SatsMarkdownMode mode;
    gboolean cell;
    guint16 flags;
    const char *style;
} Sink;

/* The text block for a text of one paragraph. */
static SatsNode *sink_block(SatsBinder *binder, const Sink *sink, SatsPlace place) {
    if (sink->cell || sink->mode == SATS_MARKDOWN_INLINE)
        return sink->node;
    SatsNode *paragraph = sats_bind_node(binder, sink->node, SATS_NODE_PARAGRAPH, place);
    paragraph->style = sink->style;
    return paragraph;
}

/* A cell that came to hold one paragraph holds its runs instead. */
static void hoist(SatsNode *cell, const SatsNode *before) {
    SatsNode *only = cell->first_child;
    if (before != NULL || only == NULL || only->next != NULL || only->kind != SATS_NODE_PARAGRAPH)
        return;
    cell->runs = only->runs;
    cell->n_runs = only->n_runs;
    cell->first_child = only->first_child;
    cell->last_child = only->last_child;
    for (SatsNode *child = cell->first_child; child != NULL; child = child->next)
        child->parent = cell;
}

static void sink_composed(SatsBinder *binder, const Sink *sink, const SatsComposed *composed) {
    if (composed->raw->len == 0)
        return;
    if (composed->needs == SATS_NEEDS_NOTHING) {
        add_plain_runs(binder, sink_block(binder, sink, sats_composed_place(composed, 0)), composed,
                       sink->flags);
        return;
    }
    const SatsNode *before = sink->node->last_child;
    sats_markdown_bind(binder, sink->node, composed, 0, (guint32)composed->raw->len, sink->mode,
                       sink->flags, sink->style);
    if (sink->cell && sink->node->n_runs == 0)
        hoist(sink->node, before);
}

static void sink_result(SatsBinder *binder, const Sink *sink, const SatsResult *result,
                        SatsPlace place) {
    if (result->kind == SATS_RESULT_EMPTY)
        return;
    const char *string = sats_result_text(result, binder->arena);
    gsize length = strlen(string);
    gboolean as_written = result->value != NULL && result->value->kind == SATS_VALUE_TEXT &&
                          result->value->as.text == string;
    SatsSegment segment = {.kind = sats_result_segment(result),
                           .from_plan = TRUE,
                           .placeholder = result->placeholder,
                           .value = as_written ? result->value : NULL,
                           .place = place};
    gboolean blocks = sink->mode != SATS_MARKDOWN_INLINE;
    guint needs = sats_text_needs(binder->units, string, length, segment.kind, blocks);
    if (needs == SATS_NEEDS_NOTHING && !segment.placeholder) {
        if (length > 0)
            add_short_run(binder, sink_block(binder, sink, place), string, length, &segment,
                          sink->flags);
        return;
    }
    SatsComposed composed;
    sats_composed_init(binder, &composed);
    composed.needs = needs | (guint)SATS_NEEDS_MARKDOWN;
    g_string_append_len(composed.raw, string, (gssize)MIN(length, G_MAXUINT32 / 4));
    g_array_append_val(composed.segments, segment);
    sink_composed(binder, sink, &composed);
    sats_composed_clear(&composed);
}

/* TRUE: done, the text was one value. */
static gboolean sink_value(SatsBinder *binder, const Sink *sink, const SatsText *text) {
    if (text->n_pieces != 1 || text->pieces[0].expr == NULL)
        return FALSE;
    const SatsExpr *expr = text->pieces[0].expr;
    if (expr->path.kind != SATS_PATH_DATA && expr->path.kind != SATS_PATH_LOOP_NUMBER)
        return FALSE;
    SatsResult result = {0};
    sats_expr_eval(expr, binder->scope, binder->arena, binder->report, &result);
    if (result.kind != SATS_RESULT_EMPTY)
        sink_result(binder, sink, &result, sats_result_place(&result, expr));
    return TRUE;
}

static void sink_text(SatsBinder *binder, const Sink *sink, const SatsText *text) {
    if (text == NULL || text->n_pieces == 0 || sink_value(binder, sink, text))
        return;
    SatsComposed composed;
    sats_composed_init(binder, &composed);
    sats_composed_add_text(binder, &composed, text, sink->mode != SATS_MARKDOWN_INLINE);
    sink_composed(binder, sink, &composed);
    sats_composed_clear(&composed);
}

static void sink_data(SatsBinder *binder, const Sink *sink, const SatsValue *value) {
    if (value == NULL || value->kind != SATS_VALUE_TEXT || value->length == 0)
        return;
    gboolean blocks = sink->mode != SATS_MARKDOWN_INLINE;
    SatsSegmentKind kind = blocks ? SATS_SEGMENT_BLOCKS : SATS_SEGMENT_INLINE;
    guint needs = sats_text_needs(binder->units, value->as.text, value->length, kind, blocks);
    if (needs == SATS_NEEDS_NOTHING) {
        SatsSegment segment = {
            .kind = kind, .from_plan = TRUE, .value = value, .place = value->place};
        add_short_run(binder, sink_block(binder, sink, value->place), value->as.text, value->length,
                      &segment, sink->flags);
        return;
    }
    SatsComposed composed;
    sats_composed_init(binder, &composed);
    sats_composed_add_value(&composed, value, kind, blocks);
    sink_composed(binder, sink, &composed);
    sats_composed_clear(&composed);
}

/* ---- what the others call ---- */

void sats_bind_inline(SatsBinder *binder, SatsNode *block, const SatsText *text, guint16 flags) {
    sink_text(binder, &(Sink){.node = block, .mode = SATS_MARKDOWN_INLINE, .flags = flags}, text);
}

void sats_bind_text_blocks(SatsBinder *binder, SatsNode *parent, const SatsText *text,
                           const char *style) {
    sink_text(binder, &(Sink){.node = parent, .mode = SATS_MARKDOWN_BLOCKS, .style = style}, text);
}

void sats_bind_cell_text(SatsBinder *binder, SatsNode *cell, const SatsText *text, guint16 flags) {
    sink_text(binder,
              &(Sink){.node = cell, .mode = SATS_MARKDOWN_BLOCKS, .cell = TRUE, .flags = flags},
              text);
}

void sats_bind_value_inline(SatsBinder *binder, SatsNode *block, const SatsValue *value,
                            guint16 flags) {
    sink_data(binder, &(Sink){.node = block, .mode = SATS_MARKDOWN_INLINE, .flags = flags}, value);
}

void sats_bind_value_blocks(SatsBinder *binder, SatsNode *parent, const SatsValue *value,
                            SatsMarkdownMode mode) {
    sink_data(binder, &(Sink){.node = parent, .mode = mode}, value);
}

void sats_bind_value_cell(SatsBinder *binder, SatsNode *cell, const SatsValue *value,
                          guint16 flags) {
    sink_data(binder,
              &(Sink){.node = cell, .mode = SATS_MARKDOWN_BLOCKS, .cell = TRUE, .flags = flags},
              value);
}

void sats_bind_result_cell(SatsBinder *binder, SatsNode *cell, const SatsResult *result) {
    sink_result(binder, &(Sink){.node = cell, .mode = SATS_MARKDOWN_BLOCKS, .cell = TRUE}, result,
                result->value != NULL ? result->value->place : cell->place);
}

/* Notes that words called have no place to stand. `told`: and that is a mistake. */
static void drop_notes(SatsBinder *binder, guint n_footnotes, guint n_calls, gboolean told) {
    SatsPlace place = {0};
    gboolean any = FALSE;
    if (binder->footnotes->len > n_footnotes) {
        const SatsNode *note = g_ptr_array_index(binder->footnotes, n_footnotes);
        place = note->place;
        any = TRUE;
        g_ptr_array_set_size(binder->footnotes, (gint)n_footnotes);
    } else if (binder->note_calls != NULL && binder->note_calls->len > n_calls) {
        place = g_array_index(binder->note_calls, SatsNoteCall, n_calls).place;
        any = TRUE;
    }
    if (any && told)
        sats_report_add(binder->report, SATS_ERROR, "note-place", &place,
                        "no note can be called from these words",
                        "här går det inte att hänvisa till en not");
    else if (any && binder->note_calls != NULL) /* what is told counts as called */
        g_array_set_size(binder->note_calls, n_calls);
}

/* Of the text, or else of the value. */
static const char *loose_words(SatsBinder *binder, const SatsText *text, const SatsValue *value,
                               gboolean told) {
    SatsNode *block = sats_bind_loose_block(binder, text != NULL ? text->place : value->place);
    guint n_footnotes = binder->footnotes->len;
    guint n_calls = binder->note_calls != NULL ? binder->note_calls->len : 0;
    binder->uncounted++; /* these words stand on no page */
    if (text != NULL)
        sats_bind_inline(binder, block, text, 0);
    else
        sats_bind_value_inline(binder, block, value, 0);
    binder->uncounted--;
    drop_notes(binder, n_footnotes, n_calls, told);
    const char *words = sats_bind_runs_text(binder, block, 0);
    return *words != '\0' ? words : NULL;
}

static const char *words_of(SatsBinder *binder, const SatsText *text, gboolean told) {
    const char *literal = NULL;
    if (text == NULL || text->n_pieces == 0)
        return NULL;
    if (sats_text_is_literal(text, &literal) &&
        sats_text_needs(binder->units, literal, strlen(literal), SATS_SEGMENT_INLINE, FALSE) == 0)
        return *literal != '\0' ? literal : NULL;
    return loose_words(binder, text, NULL, told);
}

const char *sats_bind_words(SatsBinder *binder, const SatsText *text) {
    return words_of(binder, text, FALSE);
}

const char *sats_bind_side_words(SatsBinder *binder, const SatsText *text) {
    return words_of(binder, text, TRUE);
}

const char *sats_bind_value_side_words(SatsBinder *binder, const SatsValue *value) {
    return value != NULL ? loose_words(binder, NULL, value, TRUE) : NULL;
}

const char *sats_bind_plain(SatsBinder *binder, const SatsText *text) {
    if (text == NULL || text->n_pieces == 0)
        return NULL;
    const char *plain = sats_text_plain(text, binder->scope, binder->arena, binder->report);
    return plain == NULL || *plain == '\0' ? NULL : plain;
}
