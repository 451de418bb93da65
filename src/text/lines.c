/* text/lines.c: chosen breaks become lines of fragments; where a line's number ends.
 *
 * A word that a line ends inside is sliced (shape-private.h), not shaped again. Parts joined by
 * added hyphens are a chain: the first reads as the whole, the others as nothing, so that text
 * taken from the page has the word undivided. */
#include <string.h>

#include "text/paragraph-private.h"

typedef struct {
    const SatsParagraph *paragraph;
    SatsArena *arena;
    SatsFragment *chain; /* first fragment of a divided word that goes on; NULL */
    const SatsShape *chain_shape;
    guint chain_start;
} Maker;

static void end_chain(Maker *m, guint end) {
    const SatsShape *shape = m->chain_shape;
    m->chain->actual_text =
        m->chain_start == 0 && end == shape->length
            ? shape->text
            : sats_arena_strndup(m->arena, shape->text + m->chain_start, end - m->chain_start);
    m->chain = NULL;
}

/* The part [start, end) of a piece. */
static SatsFragment slice(Maker *m, const SatsPiece *piece, guint start, guint end,
                          gboolean hyphen) {
    const SatsShape *shape =
        sats_shaper_slice(m->paragraph->shaper, piece->shape, start, end, hyphen);
    double width = sats_span_width_pt(piece->span, (double)shape->width, shape->n_glyphs);
    return (SatsFragment){.shape = shape, .span = piece->span, .width_pt = (float)width};
}

static void add_slice(Maker *m, const SatsPiece *piece, guint start, guint end, gboolean hyphen,
                      SatsFragment *out) {
    *out = slice(m, piece, start, end, hyphen);
    if (m->chain) {
        out->actual_text = "";
        if (!hyphen)
            end_chain(m, end);
    } else if (hyphen) {
        m->chain = out;
        m->chain_shape = piece->shape;
        m->chain_start = start;
    }
}

/* Fills one line, which starts after `from` and ends at `to`; returns the number of fragments. */
static guint fill_line(Maker *m, const SatsBreak *from, const SatsBreak *to, SatsFragment *out) {
    guint n = 0;
    double x_pt = 0;
    for (guint i = from->piece; i < to->piece + (to->offset > 0 ? 1u : 0u); i++) {
        const SatsPiece *piece = &m->paragraph->pieces[i];
        guint start = i == from->piece ? from->offset : 0;
        gboolean is_last = i == to->piece;
        if (start == 0 && !is_last) {
            out[n] = (SatsFragment){
                .shape = piece->shape, .span = piece->span, .width_pt = piece->width_pt};
        } else {
            guint end = is_last ? to->offset : piece->shape->length;
            add_slice(m, piece, start, end, is_last && to->kind == SATS_BREAK_DIVISION, &out[n]);
        }
        out[n].x_pt = (float)x_pt;
        x_pt += (double)out[n].width_pt;
        n++;
    }
    return n;
}

SatsLine *sats_lines_make(const SatsParagraph *paragraph, const SatsBreak *breaks, guint n_breaks,
                          SatsArena *arena) {
    Maker maker = {.paragraph = paragraph, .arena = arena};
    SatsBreak from = {.kind = SATS_BREAK_FORCED};
    SatsLine *lines = sats_arena_new_array(arena, SatsLine, n_breaks);
    guint n_fragments = paragraph->n_pieces;
    for (guint i = 0; i < n_breaks; i++)
        n_fragments += breaks[i].offset > 0; /* ends inside a piece, which makes two */
    SatsFragment *fragments = sats_arena_new_array(arena, SatsFragment, n_fragments);
    for (guint i = 0; i < n_breaks; i++) {
        const SatsBreak *to = &breaks[i];
        lines[i].fragments = fragments;
        lines[i].n_fragments = fill_line(&maker, &from, to, fragments);
        lines[i].width_pt = (float)(to->before_pt + (double)to->extra_pt - from.after_pt);
        lines[i].hyphenated = to->kind == SATS_BREAK_DIVISION;
        fragments += lines[i].n_fragments;
        from = *to;
    }
    return lines;
}

/* ---- Decimal alignment ---- */

/* Offset of the end of the integer part of the last number in the text; -1 without digits. */
static int integer_end(const char *text, int length) {
    int end = length;
    while (end > 0 && !g_ascii_isdigit(text[end - 1]))
        end--;
    if (end == 0)
        return -1;
    int start = end;
    while (start > 0 && g_ascii_isdigit(text[start - 1]))
        start--;
    return start >= 2 && text[start - 1] == ',' && g_ascii_isdigit(text[start - 2]) ? start - 1
                                                                                    : end;
}

static gboolean is_note_mark(const SatsSpan *span) {
    return span->rise_pt > 0 || span->rise_pt < 0;
}

float sats_line_decimal_pt(const SatsLine *line) {
    for (guint i = line->n_fragments; i > 0; i--) {
        const SatsFragment *fragment = &line->fragments[i - 1];
        const SatsShape *shape = fragment->shape;
        if (!shape || is_note_mark(fragment->span))
            continue;
        int end = integer_end(shape->text, shape->length);
        if (end < 0)
            continue;
        guint n_glyphs = 0;
        while (n_glyphs < shape->n_glyphs && shape->glyphs[n_glyphs].cluster < end)
            n_glyphs++;
        double offset = sats_shape_offset(shape, (guint)end);
        return (float)((double)fragment->x_pt +
                       sats_span_width_pt(fragment->span, offset, n_glyphs));
    }
    return line->width_pt;
}
