/* text/paragraph.c: cuts spans into words and spaces, shapes them and notes where lines may end.
 *
 * One pass over the bytes. A table tells ordinary bytes from the few that matter (space, line end,
 * marks, lead bytes of special characters); UAX #14's tables are not asked, since Swedish documents
 * need these rules only, and pango_get_log_attrs() costs more than all the rest together.
 *
 * A word is one piece a span. Words longer than PIECE_BYTES are cut into glued pieces without a
 * break between: a slice of a piece then costs a bounded time, and no input is quadratic. Break
 * widths are running totals in double, so that a line's width is one subtraction. */
#include <string.h>

#include "text/paragraph-private.h"

enum {
    PIECE_BYTES = 240,       /* cut before the next character that is not a combining mark … */
    PIECE_BYTES_HARD = 1000, /* … and here in any case */
    PENALTY_DASH = 40,       /* a line that begins with a spaced dash */
    FEW = 48,                /* pieces and breaks kept on the stack */
};

typedef enum { PLAIN, SPACE, NEWLINE, STRIP, MARK, SOFT, LOOK } ByteClass;

typedef struct {
    const SatsSpan *span;
    SatsShaper *shaper;
    SatsPiece *pieces;
    SatsBreak *breaks;
    guint n_pieces, room_pieces, n_breaks, room_breaks;
    double x_pt, content_end_pt; /* running; without the spaces at the end */
    double line_start_pt, max_width_pt;
    gboolean at_line_start, after_space, space_breaks, newline_pending;
    const SatsSpan *space_span; /* whose one space is `space` */
    const SatsShape *space;
    SatsPiece few_pieces[FEW];
    SatsBreak few_breaks[FEW];
} Builder;

double sats_span_width_pt(const SatsSpan *span, double thousandths, guint n_glyphs) {
    double tracked = thousandths + (double)span->tracking * (double)n_glyphs;
    return MAX(tracked, 0.0) * (double)span->size_pt / 1000.0;
}

guint sats_measure_points(const SatsPiece *piece, guint index, double x_pt, const SatsPoint *points,
                          guint n_points, SatsBreak *out) {
    const SatsShape *shape = piece->shape;
    guint n = 0, glyph = 0;
    double advance = 0;
    for (guint i = 0; i < n_points; i++) {
        for (; glyph < shape->n_glyphs && shape->glyphs[glyph].cluster < points[i].offset; glyph++)
            advance += (double)shape->glyphs[glyph].advance;
        if (glyph == shape->n_glyphs)
            break;
        if (shape->glyphs[glyph].cluster != points[i].offset)
            continue;
        double x = x_pt + sats_span_width_pt(piece->span, advance, glyph);
        float extra = 0;
        if (points[i].kind == SATS_BREAK_DIVISION)
            extra = (float)sats_span_width_pt(piece->span,
                                              sats_shaper_hyphen_advance(piece->span->face), 1);
        out[n++] =
            (SatsBreak){x, x, extra, index, points[i].offset, points[i].penalty, points[i].kind};
    }
    return n;
}

/* ---- Adding pieces and breaks ---- */

static void add_piece(Builder *b, SatsPiece piece) {
    if (b->n_pieces == b->room_pieces) {
        SatsPiece *old = b->pieces;
        b->room_pieces *= 2;
        b->pieces = g_new(SatsPiece, b->room_pieces);
        memcpy(b->pieces, old, sizeof *old * b->n_pieces);
        if (old != b->few_pieces)
            g_free(old);
    }
    b->pieces[b->n_pieces++] = piece;
    b->x_pt += (double)piece.width_pt;
}

static void add_break(Builder *b, SatsBreak point) {
    if (b->n_breaks == b->room_breaks) {
        SatsBreak *old = b->breaks;
        b->room_breaks *= 2;
        b->breaks = g_new(SatsBreak, b->room_breaks);
        memcpy(b->breaks, old, sizeof *old * b->n_breaks);
        if (old != b->few_breaks)
            g_free(old);
    }
    b->breaks[b->n_breaks++] = point;
}

/* A break before the next piece. */
static void add_break_here(Builder *b, SatsBreakKind kind, guint penalty) {
    add_break(b,
              (SatsBreak){b->content_end_pt, b->x_pt, 0, b->n_pieces, 0, (guint16)penalty, kind});
}

static void add_spaces(Builder *b, const char *text, gsize length) {
    const SatsShape *shape;
    gboolean is_single = length == 1 && (*text == ' ' || *text == '\t');
    if (is_single && b->space_span == b->span) {
        shape = b->space;
    } else {
        g_autofree char *plain = memchr(text, '\t', length) ? g_strndup(text, length) : NULL;
        if (plain)
            g_strdelimit(plain, "\t", ' ');
        shape = sats_shaper_shape(b->shaper, b->span->face, b->span->features, plain ? plain : text,
                                  length);
        if (is_single) {
            b->space_span = b->span;
            b->space = shape;
        }
    }
    double width = sats_span_width_pt(b->span, (double)shape->width, shape->n_glyphs);
    add_piece(b, (SatsPiece){shape, b->span, (float)width, TRUE});
}

/* Ends the line at a newline that turned out not to be the last thing. The line gets a space, where
 * it has none, so that extracted words stay apart. */
static void settle_newline(Builder *b) {
    if (!b->newline_pending)
        return;
    b->newline_pending = FALSE;
    if (!b->at_line_start && !b->after_space)
        add_spaces(b, " ", 1);
    add_break_here(b, SATS_BREAK_FORCED, 0);
    b->max_width_pt = MAX(b->max_width_pt, b->content_end_pt - b->line_start_pt);
    b->line_start_pt = b->content_end_pt = b->x_pt;
    b->at_line_start = TRUE;
    b->after_space = FALSE;
}

static void take_spaces(Builder *b, const char *text, gsize length) {
    settle_newline(b);
    if (b->at_line_start)
        return;
    add_spaces(b, text, length);
    if (!b->after_space)
        b->space_breaks = FALSE;
    b->after_space = TRUE;
    b->space_breaks = b->space_breaks || !b->span->no_break;
}

/* U+200B: as a space that is not there. */
static void take_zero_width_space(Builder *b) {
    settle_newline(b);
    if (b->at_line_start)
        return;
    b->space_breaks = (b->after_space && b->space_breaks) || !b->span->no_break;
    b->after_space = TRUE;
}

static void take_newline(Builder *b) {
    settle_newline(b);
    b->newline_pending = TRUE;
}

static void begin_content(Builder *b, guint penalty) {
    settle_newline(b);
    if (b->after_space && b->space_breaks && !b->span->no_break)
        add_break_here(b, SATS_BREAK_SPACE, penalty);
    b->after_space = FALSE;
    b->at_line_start = FALSE;
}

static void end_content(Builder *b) {
    b->content_end_pt = b->x_pt;
}

static void take_box(Builder *b) {
    begin_content(b, 0);
    add_piece(b, (SatsPiece){NULL, b->span, MAX(b->span->box_width_pt, 0.0f), FALSE});
    end_content(b);
}

/* ---- Words ---- */

/* A word while it is read: soft hyphens and invisible characters are taken out. */
typedef struct {
    const char *start; /* of what is not yet in `text` */
    guint length;      /* in `text` */
    guint n_soft;
    gboolean has_marks;
    SatsPoint soft[SATS_MAX_POINTS];
    char text[PIECE_BYTES_HARD + 8];
} Word;

static void word_copy(Word *word, const char *until) {
    gsize n = MIN((gsize)(until - word->start), sizeof word->text - word->length);
    memcpy(word->text + word->length, word->start, n);
    word->length += (guint)n;
}

static guint merge_points(const SatsPoint *a, guint n_a, const SatsPoint *b, guint n_b,
                          SatsPoint *out) {
    guint n = 0;
    while ((n_a || n_b) && n < SATS_MAX_POINTS) {
        gboolean first = n_b == 0 || (n_a > 0 && a->offset <= b->offset);
        if (first && n_b > 0 && a->offset == b->offset) { /* a mark and a soft hyphen: the mark */
            b++;
            n_b--;
        }
        out[n++] = first ? *a++ : *b++;
        if (first)
            n_a--;
        else
            n_b--;
    }
    return n;
}

static void add_points(Builder *b, const Word *word, const SatsPiece *piece, double x_pt) {
    SatsPoint marks[SATS_MAX_POINTS], points[SATS_MAX_POINTS];
    SatsBreak breaks[SATS_MAX_POINTS];
    guint n_marks = 0;
    if (word->has_marks)
        n_marks = sats_opportunities(piece->shape->text, piece->shape->length, marks);
    guint n = merge_points(marks, n_marks, word->soft, word->n_soft, points);
    n = sats_measure_points(piece, b->n_pieces - 1, x_pt, points, n, breaks);
    for (guint i = 0; i < n; i++)
        add_break(b, breaks[i]);
}

/* Shapes what was read up to `until` as one piece. */
static void word_end(Builder *b, Word *word, const char *until) {
    const char *text = word->start;
    gsize length = (gsize)(until - word->start);
    if (word->length > 0) {
        word_copy(word, until);
        text = word->text;
        length = word->length;
    }
    if (length > 0) {
        gboolean is_dash = length == 3 && memcmp(text, "\xE2\x80\x93", 3) == 0;
        begin_content(b, is_dash ? PENALTY_DASH : 0);
        const SatsSpan *span = b->span;
        const SatsShape *shape =
            sats_shaper_shape(b->shaper, span->face, span->features, text, length);
        double width = sats_span_width_pt(span, (double)shape->width, shape->n_glyphs);
        double x_pt = b->x_pt;
        SatsPiece piece = {shape, span, (float)width, FALSE};
        add_piece(b, piece);
        if ((word->has_marks || word->n_soft > 0) && !span->no_break)
            add_points(b, word, &piece, x_pt);
        end_content(b);
    }
    word->length = word->n_soft = 0;
    word->has_marks = FALSE;
    word->start = until;
}

static const guint8 byte_classes[256] = {
    [' '] = SPACE, ['\t'] = SPACE, ['\n'] = NEWLINE, ['\r'] = STRIP, ['-'] = MARK,  ['/'] = MARK,
    ['@'] = MARK,  [0xC2] = LOOK,  [0xE2] = LOOK,    [0xE3] = LOOK,  [0xEF] = LOOK,
};

/* What the special character at `at` is; *out_bytes its length. */
static ByteClass look(const char *at, const char *end, guint *out_bytes) {
    gunichar c = g_utf8_get_char_validated(at, end - at);
    *out_bytes = c < 0x110000 ? (guint)(g_utf8_next_char(at) - at) : 1;
    switch (c) {
    case 0x00AD:
        return SOFT;
    case 0x2010:
    case 0x2013:
        return MARK;
    case 0x200B:
    case 0x2002:
    case 0x2003:
    case 0x2004:
    case 0x2005:
    case 0x2006: /* 2007: figure space, no break */
    case 0x2008:
    case 0x2009:
    case 0x200A:
    case 0x205F:
    case 0x3000:
        return SPACE;
    case 0x2028:
    case 0x2029:
        return NEWLINE;
    case 0x2060:
    case 0xFEFF:
        return STRIP;
    default:
        return PLAIN;
    }
}

/* The byte's class, looked up further for special lead bytes. */
static ByteClass classify(const char *at, const char *end, guint *out_bytes) {
    ByteClass class = byte_classes[(guchar)*at];
    *out_bytes = 1;
    return class == LOOK ? look(at, end, out_bytes) : class;
}

/* Takes one character out of the word (bytes at `at`), noting a soft hyphen. */
static void word_strip(Word *word, const char *at, guint bytes, gboolean is_soft) {
    word_copy(word, at);
    word->start = at + bytes;
    if (is_soft && word->length > 0 && word->n_soft < SATS_MAX_POINTS &&
        (word->n_soft == 0 || word->soft[word->n_soft - 1].offset < word->length))
        word->soft[word->n_soft++] = (SatsPoint){(guint16)word->length, 50, SATS_BREAK_DIVISION};
}

static gboolean is_cut(const Word *word, const char *at) {
    gsize length = word->length + (gsize)(at - word->start);
    guchar byte = (guchar)*at;
    gboolean inner = byte >= 0x80 && byte < 0xC0;
    return length >= PIECE_BYTES && !inner &&
           ((byte != 0xCC && byte != 0xCD) || length >= PIECE_BYTES_HARD);
}

static const char *take_space_run(Builder *b, const char *at, const char *end) {
    const char *start = at;
    guint bytes = 1;
    while (at < end && at - start < PIECE_BYTES && classify(at, end, &bytes) == SPACE) {
        gboolean is_zero = bytes == 3 && memcmp(at, "\xE2\x80\x8B", 3) == 0;
        if (is_zero && at > start)
            break;
        at += bytes;
        if (is_zero) {
            take_zero_width_space(b);
            return at;
        }
    }
    take_spaces(b, start, (gsize)(at - start));
    return at;
}

static void take_text(Builder *b) {
    const char *at = b->span->text, *end = at + b->span->length;
    Word word;
    word.start = at;
    word.length = word.n_soft = 0;
    word.has_marks = at < end && *at == 'w';
    while (at < end) {
        guint bytes = 1;
        ByteClass class = classify(at, end, &bytes);
        if (is_cut(&word, at))
            word_end(b, &word, at);
        if (class == SPACE || class == NEWLINE) {
            word_end(b, &word, at);
            if (class == NEWLINE)
                take_newline(b);
            at = class == SPACE ? take_space_run(b, at, end) : at + bytes;
            word.start = at;
            word.has_marks = at < end && *at == 'w'; /* www. */
            continue;
        }
        if (class == STRIP || class == SOFT)
            word_strip(&word, at, bytes, class == SOFT);
        word.has_marks = word.has_marks || class == MARK;
        at += bytes;
    }
    word_end(b, &word, end);
}

/* ---- The whole ---- */

static void builder_init(Builder *b, SatsShaper *shaper) {
    b->span = NULL;
    b->shaper = shaper;
    b->pieces = b->few_pieces;
    b->breaks = b->few_breaks;
    b->n_pieces = b->n_breaks = 0;
    b->room_pieces = b->room_breaks = FEW;
    b->x_pt = b->content_end_pt = b->line_start_pt = b->max_width_pt = 0;
    b->at_line_start = TRUE;
    b->after_space = b->space_breaks = b->newline_pending = FALSE;
    b->space_span = NULL;
    b->space = NULL;
}

static SatsParagraph *builder_finish(Builder *b, SatsArena *arena) {
    add_break_here(b, SATS_BREAK_END, 0);
    SatsParagraph *paragraph = sats_arena_new_struct(arena, SatsParagraph);
    paragraph->pieces = sats_arena_memdup(arena, b->pieces, sizeof *b->pieces * b->n_pieces);
    paragraph->breaks = sats_arena_memdup(arena, b->breaks, sizeof *b->breaks * b->n_breaks);
    paragraph->n_pieces = b->n_pieces;
    paragraph->n_breaks = b->n_breaks;
    paragraph->max_width_pt = (float)MAX(b->max_width_pt, b->content_end_pt - b->line_start_pt);
    if (b->pieces != b->few_pieces)
        g_free(b->pieces);
    if (b->breaks != b->few_breaks)
        g_free(b->breaks);
    return paragraph;
}

SatsParagraph *sats_paragraph_build(const SatsSpan *spans, guint n_spans,
                                    const SatsParagraphOptions *options, SatsShaper *shaper,
                                    SatsHyphenator *hyphenator, SatsArena *arena) {
    const SatsSpan *kept = sats_arena_memdup(arena, spans, sizeof *spans * n_spans);
    Builder builder;
    builder_init(&builder, shaper);
    for (guint i = 0; i < n_spans; i++) {
        builder.span = &kept[i];
        if (kept[i].is_box)
            take_box(&builder);
        else if (kept[i].length > 0)
            take_text(&builder);
    }
    SatsParagraph *paragraph = builder_finish(&builder, arena);
    paragraph->em_pt = n_spans > 0 ? spans[0].size_pt : 0;
    paragraph->later = sats_arena_new_struct(arena, SatsParagraphLater);
    paragraph->later->min_width_pt = -1;
    paragraph->shaper = shaper;
    paragraph->hyphenator = options && options->hyphenate ? hyphenator : NULL;
    paragraph->arena = arena;
    return paragraph;
}

float sats_paragraph_max_width_pt(const SatsParagraph *paragraph) {
    return paragraph->max_width_pt;
}
