/* text/paragraph.h: text runs in, lines out.
 *
 * A SatsParagraph is a text prepared for breaking: its words shaped, its break opportunities known
 * (UAX #14 reduced to what Swedish documents need: spaces, after '/' and '-' between words and
 * within web addresses, U+00AD, U+200B, hyphenation; never at U+00A0, U+202F or U+2011, nor inside
 * dates, ranges and numbers such as RF24-12). It is measured once and can then be broken to any
 * width, without shaping again.
 *
 * Breaking is optimal over the whole paragraph (Knuth and Plass, ragged-right demerits: squared
 * slack, penalties for divisions, for two divided lines in a row and for a short last word). Words
 * are divided only where lines would be poor without. A word wider than the line is divided by
 * force between characters and counted in out `n_forced`.
 *
 * Spaces at which a line ends, and one at a forced break, are its last fragments, beyond its
 * width: words of different lines stay apart in extracted text.
 *
 * Life: build(spans) -> min/max width, break … ; all of it lives in the arena.
 */
#ifndef SATS_TEXT_PARAGRAPH_H
#define SATS_TEXT_PARAGRAPH_H

#include "base/arena.h"
#include "text/hyphenate.h"
#include "text/shape.h"

/* One stretch of text in one appearance. Text is valid UTF-8 and may hold U+000A: a forced line
 * break; the last character of a paragraph, it opens no further line. */
typedef struct {
    const char *text; /* UTF-8, not NUL-terminated */
    gsize length;     /* bytes */
    const SatsFace *face;
    const void *tag; /* caller's; kept on fragments: fragments of other tags are not merged */
    float size_pt;
    float rise_pt;         /* of the baseline, up positive */
    float tracking;        /* extra advance after each glyph, thousandths of an em; 0 mostly */
    guint32 rgb;           /* 0xRRGGBB */
    guint32 features : 30; /* SatsFeatures */
    /* An inline box in place of text (status light, chip …): text then is what it reads as and is
     * not shaped; the box is unbreakable, rests on the baseline. */
    guint32 is_box : 1;
    guint32 no_break : 1; /* no break within the span nor before it */
    float box_width_pt, box_height_pt, box_depth_pt;
} SatsSpan;

/* A piece of a line: one shape (a word, part of a word, the spaces between words) or one box. */
typedef struct {
    const SatsShape *shape; /* NULL for a box */
    const SatsSpan *span;
    float x_pt; /* from the line's left edge */
    float width_pt;
    const char
        *actual_text; /* not NULL: what the fragment reads as, where that differs: at an added
                         hyphen the first part reads as the whole word and the rest as "" */
} SatsFragment;

typedef struct {
    SatsFragment *fragments;
    guint n_fragments;
    float width_pt;      /* natural, without trailing space */
    gboolean hyphenated; /* ends in an added hyphen */
} SatsLine;

typedef struct SatsParagraph SatsParagraph;

typedef struct {
    gboolean hyphenate; /* divide words when that helps (narrow cells) */
} SatsParagraphOptions;

/* Copies the spans, not the text (which must outlive the arena's product). `hyphenator` may be
 * NULL. */
SatsParagraph *sats_paragraph_build(const SatsSpan *spans, guint n_spans,
                                    const SatsParagraphOptions *options, SatsShaper *shaper,
                                    SatsHyphenator *hyphenator, SatsArena *arena);

/* Width of the widest unbreakable piece (divisions count as breaks when hyphenating) and of the
 * longest line between forced breaks. */
float sats_paragraph_min_width_pt(const SatsParagraph *paragraph);
float sats_paragraph_max_width_pt(const SatsParagraph *paragraph);

/* Breaks to `width_pt`; the first line is narrower by `first_indent_pt`. Returns an array of lines
 * in the arena, their number in *out_n; an empty paragraph gives one empty line. *out_n_forced (may
 * be NULL) counts words divided by force. Fast path: a paragraph that fits one line is not
 * optimised. */
SatsLine *sats_paragraph_break(const SatsParagraph *paragraph, float width_pt,
                               float first_indent_pt, SatsArena *arena, guint *out_n,
                               guint *out_n_forced);

/* For decimal alignment: x from the line's left edge to the right edge of the integer part of its
 * last number: before its comma, else after its last digit; the line's width when it has no digit.
 */
float sats_line_decimal_pt(const SatsLine *line);

#endif
