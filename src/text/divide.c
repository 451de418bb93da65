/* text/divide.c: adds hyphenation's breaks to a paragraph, when it is first asked for them.
 *
 * Most cells fit one line and most running text breaks well at spaces, so divisions are looked up
 * only for a paragraph that needs them: when its smallest width is asked for, or when breaking it
 * without them leaves poor lines (break.c). */
#include <string.h>

#include "text/paragraph-private.h"

enum { WORD_LETTERS_MIN = 8, PIECE_MAX_POINTS = 24 };

static gboolean is_letter_at(const SatsPiece *piece, gboolean last) {
    if (piece->is_space || !piece->shape || piece->shape->length == 0)
        return FALSE;
    const char *text = piece->shape->text;
    const char *at = last ? g_utf8_find_prev_char(text, text + piece->shape->length) : text;
    return at && g_unichar_isalpha(g_utf8_get_char(at));
}

/* Whether the piece's first or last letters go on in the piece beside it (another span). */
static gboolean goes_on(const SatsParagraph *paragraph, guint index, gboolean after) {
    if (!is_letter_at(&paragraph->pieces[index], after))
        return FALSE;
    if (after)
        return index + 1 < paragraph->n_pieces &&
               is_letter_at(&paragraph->pieces[index + 1], FALSE);
    return index > 0 && is_letter_at(&paragraph->pieces[index - 1], TRUE);
}

/* Divides text[start, end), a word with what clings to it: marks at its ends, none inside. */
static guint divide_word(SatsHyphenator *hyphenator, const char *text, const char *start,
                         const char *end, SatsPoint *out, guint room) {
    while (start < end && !g_unichar_isalpha(g_utf8_get_char(start)))
        start = g_utf8_next_char(start);
    while (end > start && !g_unichar_isalpha(g_utf8_get_char(g_utf8_prev_char(end))))
        end = g_utf8_prev_char(end);
    const SatsDivision *divisions = NULL;
    guint n = sats_hyphenator_divide(hyphenator, start, (gsize)(end - start), &divisions);
    n = MIN(n, room);
    for (guint i = 0; i < n; i++)
        out[i] = (SatsPoint){(guint16)((gsize)(start - text) + divisions[i].offset),
                             divisions[i].penalty, SATS_BREAK_DIVISION};
    return n;
}

/* Is text[start, end) an address or a file's name, whose parts are no words? */
static gboolean is_address(const char *start, const char *end) {
    for (const char *at = start; at < end; at++)
        if (*at == ':' || *at == '@' || *at == '\\' || (*at == '.' && at + 1 < end) ||
            (*at == '/' && at + 1 < end && at[1] == '/'))
            return TRUE;
    return FALSE;
}

/* The next no-break space (U+00A0, U+202F), a slash between words, or the end. */
static const char *word_end(const char *at, const char *end, gboolean slashes) {
    for (; at < end; at++) {
        if (*at == '/' && slashes)
            return at;
        if ((guchar)at[0] == 0xC2 && end - at >= 2 && (guchar)at[1] == 0xA0)
            return at;
        if ((guchar)at[0] == 0xE2 && end - at >= 3 && memcmp(at, "\xE2\x80\xAF", 3) == 0)
            return at;
    }
    return end;
}

static guint divide_piece(const SatsParagraph *paragraph, guint index, double x_pt,
                          SatsBreak *out) {
    const SatsPiece *piece = &paragraph->pieces[index];
    const SatsShape *shape = piece->shape;
    if (!shape || piece->is_space || piece->span->no_break || shape->n_parts != 1 ||
        shape->length < WORD_LETTERS_MIN)
        return 0;
    SatsPoint points[PIECE_MAX_POINTS];
    guint n = 0;
    const char *end = shape->text + shape->length;
    gboolean slashes = !is_address(shape->text, end);
    for (const char *at = shape->text; at < end;) {
        const char *stop = word_end(at, end, slashes);
        gboolean is_cut = (at == shape->text && goes_on(paragraph, index, FALSE)) ||
                          (stop == end && goes_on(paragraph, index, TRUE));
        if (!is_cut)
            n += divide_word(paragraph->hyphenator, shape->text, at, stop, points + n,
                             PIECE_MAX_POINTS - n);
        at = stop < end ? g_utf8_next_char(stop) : end;
    }
    return sats_measure_points(piece, index, x_pt, points, n, out);
}

static int compare_offsets(gconstpointer a, gconstpointer b) {
    return (int)((const SatsBreak *)a)->offset - (int)((const SatsBreak *)b)->offset;
}

/* The breaks inside piece `index`: its own, from *own on, and its divisions, in order. */
static void merge_piece(const SatsParagraph *paragraph, guint index, double x_pt, guint *own,
                        GArray *list) {
    guint first = list->len;
    gboolean is_divided = FALSE;
    for (; paragraph->breaks[*own].piece == index && paragraph->breaks[*own].offset > 0; (*own)++) {
        is_divided = is_divided || paragraph->breaks[*own].kind == SATS_BREAK_DIVISION;
        g_array_append_val(list, paragraph->breaks[*own]);
    }
    if (is_divided) /* by hand, with soft hyphens */
        return;
    guint n_own = list->len - first;
    SatsBreak found[PIECE_MAX_POINTS];
    guint n = divide_piece(paragraph, index, x_pt, found);
    g_array_append_vals(list, found, n);
    if (n > 0 && n_own > 0)
        qsort(&g_array_index(list, SatsBreak, first), n + n_own, sizeof(SatsBreak),
              compare_offsets);
}

void sats_paragraph_divide(const SatsParagraph *paragraph) {
    SatsParagraphLater *later = paragraph->later;
    if (later->divided)
        return;
    later->divided = TRUE;
    later->breaks = paragraph->breaks;
    later->n_breaks = paragraph->n_breaks;
    if (!paragraph->hyphenator)
        return;
    GArray *list = g_array_sized_new(FALSE, FALSE, sizeof(SatsBreak), 2 * paragraph->n_breaks);
    double x_pt = 0;
    guint own = 0;
    for (guint i = 0; i < paragraph->n_pieces; i++) {
        for (; paragraph->breaks[own].piece == i && paragraph->breaks[own].offset == 0; own++)
            g_array_append_val(list, paragraph->breaks[own]);
        merge_piece(paragraph, i, x_pt, &own, list);
        x_pt += (double)paragraph->pieces[i].width_pt;
    }
    for (; own < paragraph->n_breaks; own++)
        g_array_append_val(list, paragraph->breaks[own]);
    if (list->len > paragraph->n_breaks) {
        later->breaks =
            sats_arena_memdup(paragraph->arena, list->data, sizeof(SatsBreak) * list->len);
        later->n_breaks = list->len;
    }
    g_array_unref(list);
}

float sats_paragraph_min_width_pt(const SatsParagraph *paragraph) {
    SatsParagraphLater *later = paragraph->later;
    if (later->min_width_pt < 0) {
        double widest = 0, start = 0;
        sats_paragraph_divide(paragraph);
        for (guint i = 0; i < later->n_breaks; i++) {
            const SatsBreak *at = &later->breaks[i];
            widest = MAX(widest, at->before_pt + (double)at->extra_pt - start);
            start = at->after_pt;
        }
        later->min_width_pt = (float)widest;
    }
    return later->min_width_pt;
}
