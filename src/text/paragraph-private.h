/* text/paragraph-private.h: how a paragraph is kept between building and breaking. Not for other
 * folders.
 *
 *     paragraph.c      spans -> pieces and the breaks between them
 *     opportunity.c    breaks inside words: marks, web addresses
 *     divide.c         breaks inside words: hyphenation, when first asked for
 *     break.c          chooses breaks
 *     lines.c          chosen breaks -> lines of fragments
 */
#ifndef SATS_TEXT_PARAGRAPH_PRIVATE_H
#define SATS_TEXT_PARAGRAPH_PRIVATE_H

#include "text/paragraph.h"
#include "text/shape-private.h"

/* A word, part of a word in one span, run of spaces, or box (shape NULL). */
typedef struct {
    const SatsShape *shape;
    const SatsSpan *span;
    float width_pt;
    gboolean is_space;
} SatsPiece;

typedef enum {
    SATS_BREAK_SPACE,     /* at spaces */
    SATS_BREAK_MARK,      /* after a hyphen or slash, in a web address */
    SATS_BREAK_DIVISION,  /* adds a hyphen */
    SATS_BREAK_EMERGENCY, /* between any characters of a word wider than the line */
    SATS_BREAK_FORCED,    /* U+000A */
    SATS_BREAK_END,
} SatsBreakKind;

/* A place where a line may end. Widths are counted from the paragraph's beginning, so the line from
 * break a to break b is b.before + b.extra - a.after wide. */
typedef struct {
    double before_pt, after_pt; /* of what ends before the break; where what follows begins */
    float extra_pt;             /* the added hyphen */
    guint32 piece;              /* the first piece after the break … */
    guint16 offset;             /* … and bytes into it; 0: before it */
    guint16 penalty;            /* 0 … 200; more for EMERGENCY */
    SatsBreakKind kind;
} SatsBreak;

/* A break inside a word, before it is measured. */
typedef struct {
    guint16 offset, penalty;
    SatsBreakKind kind;
} SatsPoint;

enum { SATS_MAX_POINTS = 128 }; /* inside one piece; further ones are not offered */

/* What is found out when first asked for. */
typedef struct {
    gboolean divided;
    const SatsBreak *breaks; /* with the divisions; may be the undivided ones */
    guint n_breaks;
    float min_width_pt; /* -1: not yet known */
} SatsParagraphLater;

struct SatsParagraph {
    const SatsPiece *pieces;
    const SatsBreak *breaks; /* ascending, the last is END; no divisions but at U+00AD */
    guint n_pieces, n_breaks;
    float max_width_pt;
    float em_pt; /* size of the first span */
    SatsParagraphLater *later;
    SatsShaper *shaper;
    SatsHyphenator *hyphenator; /* NULL: not to be divided */
    SatsArena *arena;
};

/* The width that `thousandths` of an em and n glyphs' tracking have in the span. */
double sats_span_width_pt(const SatsSpan *span, double thousandths, guint n_glyphs);

/* Finds breaks at marks in a word, ascending; returns their number (at most SATS_MAX_POINTS). */
guint sats_opportunities(const char *text, guint length, SatsPoint *out);

/* Measures points of piece `index`, which begins at x_pt; returns how many breaks it wrote to `out`
 * (points within a ligature are left out). */
guint sats_measure_points(const SatsPiece *piece, guint index, double x_pt, const SatsPoint *points,
                          guint n_points, SatsBreak *out);

/* Looks the divisions up, once. */
void sats_paragraph_divide(const SatsParagraph *paragraph);

/* Makes lines that end at the breaks. */
SatsLine *sats_lines_make(const SatsParagraph *paragraph, const SatsBreak *breaks, guint n_breaks,
                          SatsArena *arena);

#endif
