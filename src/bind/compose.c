/* bind/compose.c: puts values into a template string and remembers where each byte comes from. */
#include "bind/compose.h"

#include <string.h>

/* ---- what a text needs ---- */

enum { ORDINARY, MARKDOWN, NEWLINE, SPACE, LEAD_C2, CONTROL };

static const guint8 byte_class[256] = {
    [1] = CONTROL,    [2] = CONTROL,    [3] = CONTROL,    [4] = CONTROL,     [5] = CONTROL,
    [6] = CONTROL,    [7] = CONTROL,    [8] = CONTROL,    ['\t'] = CONTROL,  [11] = CONTROL,
    [12] = CONTROL,   [14] = CONTROL,   [15] = CONTROL,   [16] = CONTROL,    [17] = CONTROL,
    [18] = CONTROL,   [19] = CONTROL,   [20] = CONTROL,   [21] = CONTROL,    [22] = CONTROL,
    [23] = CONTROL,   [24] = CONTROL,   [25] = CONTROL,   [26] = CONTROL,    [27] = CONTROL,
    [28] = CONTROL,   [29] = CONTROL,   [30] = CONTROL,   [31] = CONTROL,    ['\r'] = NEWLINE,
    ['\n'] = NEWLINE, ['*'] = MARKDOWN, ['`'] = MARKDOWN, ['['] = MARKDOWN,  [']'] = MARKDOWN,
    ['~'] = MARKDOWN, ['^'] = MARKDOWN, ['{'] = MARKDOWN, ['\\'] = MARKDOWN, ['<'] = MARKDOWN,
    ['&'] = MARKDOWN, ['_'] = MARKDOWN, [' '] = SPACE,    [0xC2] = LEAD_C2,
};

static gboolean starts_block(const char *text, gsize length) {
    unsigned char c = (unsigned char)text[0];
    if (strchr("-+#>=", c) != NULL || g_ascii_isdigit(c))
        return TRUE;
    /* "– ", "➢ " and their like */
    gboolean sign = c == 0xE2 && length > 3 && (text[3] == ' ' || text[3] == '\t');
    return sign || (length > 1 && text[1] == ')');
}

guint sats_text_needs(const SatsUnits *units, const char *text, gsize length, SatsSegmentKind kind,
                      gboolean blocks) {
    guint needs = 0;
    if (length == 0)
        return 0;
    if (blocks && kind == SATS_SEGMENT_BLOCKS && starts_block(text, length))
        needs |= SATS_NEEDS_MARKDOWN;
    for (gsize i = 0; i < length; i++) {
        guint8 class = byte_class[(guint8)text[i]];
        if (G_LIKELY(class == ORDINARY))
            continue;
        if (class == MARKDOWN)
            needs |= kind == SATS_SEGMENT_PLAIN ? 0u : (guint)SATS_NEEDS_MARKDOWN;
        else if (class == NEWLINE || class == CONTROL)
            needs |= SATS_NEEDS_LINES;
        else if (class == SPACE ? sats_units_follow(units, text, length, i)
                                : (guint8)text[i + 1] == 0xA7) /* § */
            needs |= SATS_NEEDS_SPACES;
    }
    return needs;
}

/* ---- segments ---- */

void sats_composed_init(const SatsBinder *binder, SatsComposed *composed) {
    composed->units = binder->units;
    composed->raw = g_string_sized_new(128);
    composed->segments = g_array_new(FALSE, TRUE, sizeof(SatsSegment));
    composed->needs = 0;
    composed->places = g_new0(SatsPlaceCache, 1);
}

void sats_composed_clear(SatsComposed *composed) {
    g_string_free(composed->raw, TRUE);
    g_array_free(composed->segments, TRUE);
    g_free(composed->places);
}

static void add_segment(SatsComposed *composed, SatsSegment segment, const char *text,
                        gboolean blocks) {
    gsize length = strlen(text);
    if (length == 0 || composed->raw->len + length > G_MAXUINT32 / 4)
        return;
    segment.start = (guint32)composed->raw->len;
    gboolean first = composed->raw->len == 0;
    composed->needs |=
        sats_text_needs(composed->units, text, length, segment.kind, blocks && first);
    g_string_append_len(composed->raw, text, (gssize)length);
    g_array_append_val(composed->segments, segment);
}

SatsSegmentKind sats_result_segment(const SatsResult *result) {
    if (!result->markdown)
        return SATS_SEGMENT_PLAIN;
    return result->blocks ? SATS_SEGMENT_BLOCKS : SATS_SEGMENT_INLINE;
}

SatsPlace sats_result_place(const SatsResult *result, const SatsExpr *expr) {
    if (result->value != NULL && result->value->place.source != NULL)
        return result->value->place;
    return sats_spot_place(expr->path.spot);
}

static gboolean is_as_written(const SatsResult *result, const char *text) {
    return result->value != NULL && result->value->kind == SATS_VALUE_TEXT &&
           result->value->as.text == text;
}

static void add_field(SatsBinder *binder, SatsComposed *composed, const SatsExpr *expr) {
    SatsResult result = {0};
    SatsSegment segment = {.kind = SATS_SEGMENT_FIELD, .expr = expr};
    if (expr->path.kind == SATS_PATH_REF || expr->path.kind == SATS_PATH_PAGE_REF) {
        sats_expr_eval(expr, binder->scope, binder->arena, binder->report, &result);
        segment.id = sats_result_text(&result, binder->arena);
        if (*segment.id == '\0')
            return;
    }
    segment.place = sats_result_place(&result, expr);
    composed->needs |= SATS_NEEDS_FIELDS;
    add_segment(composed, segment, (const char[]){SATS_TOKEN_BYTE, '\0'}, FALSE);
}

static void add_expr(SatsBinder *binder, SatsComposed *composed, const SatsExpr *expr,
                     gboolean blocks) {
    if (expr->path.kind != SATS_PATH_DATA && expr->path.kind != SATS_PATH_LOOP_NUMBER) {
        add_field(binder, composed, expr);
        return;
    }
    SatsResult result = {0};
    sats_expr_eval(expr, binder->scope, binder->arena, binder->report, &result);
    if (result.kind == SATS_RESULT_EMPTY)
        return;
    const char *text = sats_result_text(&result, binder->arena);
    SatsSegment segment = {
        .kind = sats_result_segment(&result),
        .from_plan = TRUE,
        .placeholder = result.placeholder,
        .value = is_as_written(&result, text) ? result.value : NULL,
        .place = sats_result_place(&result, expr),
    };
    if (segment.placeholder)
        composed->needs |= SATS_NEEDS_MARKDOWN;
    add_segment(composed, segment, text, blocks);
}

void sats_composed_add_text(SatsBinder *binder, SatsComposed *composed, const SatsText *text,
                            gboolean blocks) {
    for (guint i = 0; i < text->n_pieces; i++) {
        const SatsTextPiece *piece = &text->pieces[i];
        if (piece->literal != NULL) {
            SatsSegment segment = {.kind = SATS_SEGMENT_BLOCKS, .place = text->place};
            add_segment(composed, segment, piece->literal, blocks);
        } else {
            add_expr(binder, composed, piece->expr, blocks);
        }
    }
    /* What spans two pieces: "{{belopp}} tkr". */
    const GString *raw = composed->raw;
    composed->needs |=
        sats_text_needs(composed->units, raw->str, raw->len, SATS_SEGMENT_PLAIN, FALSE) &
        SATS_NEEDS_SPACES;
}

void sats_composed_add_value(SatsComposed *composed, const SatsValue *value, SatsSegmentKind kind,
                             gboolean blocks) {
    if (value == NULL || value->kind != SATS_VALUE_TEXT)
        return;
    SatsSegment segment = {.kind = kind, .from_plan = TRUE, .value = value, .place = value->place};
    add_segment(composed, segment, value->as.text, blocks);
}

guint sats_composed_segment(const SatsComposed *composed, guint32 at) {
    guint low = 0, high = composed->segments->len;
    while (high - low > 1) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(composed->segments, SatsSegment, middle).start <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

SatsPlace sats_composed_place(const SatsComposed *composed, guint32 at) {
    if (composed->segments->len == 0)
        return (SatsPlace){0};
    const SatsSegment *segment =
        &g_array_index(composed->segments, SatsSegment, sats_composed_segment(composed, at));
    if (segment->value == NULL ||
        (at <= segment->start && segment->value->quoted < SATS_STYLE_LITERAL))
        return segment->place;
    SatsPlaceCache *places = composed->places;
    if (places->spent > SATS_PLACE_BUDGET)
        return places->last;
    places->spent += at - segment->start;
    places->last = sats_value_place_at(segment->value, at - segment->start);
    return places->last;
}
