/* text/break.c: chooses where lines end, best over the whole paragraph.
 *
 * As Knuth and Plass: every break is a node, the cheapest way to it is kept, and a line between two
 * nodes costs by what it leaves empty. Text is ragged right, so nothing stretches and a line is
 * either too wide or possible; the nodes from which a line still reaches the current break are a
 * window that only moves forward. That makes the search O(breaks × breaks a line can hold).
 *
 *   cost of a line    (empty share of the width in per cent)², and LINE for being one
 *   its end           PENALTY × the break's penalty (POOR × above 150); PAIR for the second divided
 *                     line in a row
 *   the last line     its empty share is free; SHORT_END when it is very short, DIVIDED_END when it
 *                     begins with the end of a divided word
 *
 * So dividing at a good seam (penalty 50) costs as a line with a third left empty, at an ordinary
 * place (150) as one with over a half, and at a poor one (200) as one with over three quarters.
 *
 * The search runs over spaces and marks first; only when that leaves a line more than RAGGED empty,
 * or a word is too wide, are divisions looked up and the search run again with them. A stretch
 * between two breaks that is still wider than the line gets a break between any two characters
 * (EMERGENCY), at a price that lets no other word have one. */
#include <string.h>

#include "text/paragraph-private.h"

#define SLACK_PT 0.005 /* rounding of widths that were given out as float */

enum {
    COST_LINE = 800,
    COST_PENALTY = 20,
    COST_POOR = 30,
    COST_PAIR = 3000,
    COST_SHORT_END = 1500,
    COST_DIVIDED_END = 2000,
    COST_TOO_WIDE = 10000000,
    RAGGED = 35,      /* per cent */
    EMERGENCY = 1000, /* penalty */
    EMERGENCY_AT_MARK = 500,
    WINDOW = 1000, /* at most so many nodes are compared with one */
    FEW = 96,
};

typedef struct {
    double cost;
    guint previous; /* node; 0 is the beginning */
} Node;

/* Breaks chosen so far. */
typedef struct {
    GArray *breaks; /* of SatsBreak, one a line */
    guint n_forced;
} Chosen;

/* The breaks of one segment, which ends with a forced break or the end. */
typedef struct {
    const SatsBreak *start; /* where the segment begins */
    const SatsBreak *list;
    guint n;
    double width_pt, first_width_pt, em_pt;
} Segment;

static const SatsBreak *node_break(const Segment *s, guint node) {
    return node == 0 ? s->start : &s->list[node - 1];
}

static double line_width(const SatsBreak *from, const SatsBreak *to) {
    return to->before_pt + (double)to->extra_pt - from->after_pt;
}

static double room(const Segment *s, guint node) {
    return (node == 0 ? s->first_width_pt : s->width_pt) + SLACK_PT;
}

/* Per cent of the line left empty. */
static double empty_share(const Segment *s, guint node, double width) {
    double all = room(s, node);
    return all > 0 ? CLAMP((all - width) * 100.0 / all, 0.0, 100.0) : 0.0;
}

static double line_cost(const Segment *s, guint from_node, guint to_node, double width) {
    const SatsBreak *from = node_break(s, from_node), *to = node_break(s, to_node);
    gboolean from_division = from_node > 0 && from->kind == SATS_BREAK_DIVISION;
    gboolean is_poor_end = to->kind == SATS_BREAK_DIVISION && to->penalty > 150;
    double cost = COST_LINE + (is_poor_end ? COST_POOR : COST_PENALTY) * (double)to->penalty;
    if (to_node == s->n) {
        gboolean is_short = width < MIN(2.5 * s->em_pt, 0.3 * s->width_pt);
        return cost + (is_short && from_node > 0 ? COST_SHORT_END : 0) +
               (from_division ? COST_DIVIDED_END : 0);
    }
    double empty = empty_share(s, from_node, width);
    cost += empty * empty;
    if (from_division && to->kind == SATS_BREAK_DIVISION)
        cost += COST_PAIR;
    return cost;
}

/* Finds the cheapest way to `to`; `first` is the window's first node. */
static Node reach(const Segment *s, const Node *nodes, guint first, guint to) {
    const SatsBreak *end = node_break(s, to);
    Node best = {.cost = -1, .previous = to - 1};
    for (guint i = first; i < to; i++) {
        double width = line_width(node_break(s, i), end);
        if (width > room(s, i))
            continue;
        double cost = nodes[i].cost + line_cost(s, i, to, width);
        if (best.cost < 0 || cost < best.cost)
            best = (Node){cost, i};
    }
    if (best.cost < 0) /* nothing fits: a line that is too wide, from the nearest break */
        best.cost = nodes[to - 1].cost + COST_TOO_WIDE;
    return best;
}

/* Fills nodes[0 … n]. */
static void search(const Segment *s, Node *nodes) {
    guint first = 0;
    nodes[0] = (Node){0, 0};
    for (guint to = 1; to <= s->n; to++) {
        const SatsBreak *end = node_break(s, to);
        while (first + 1 < to && end->before_pt - node_break(s, first)->after_pt > room(s, first))
            first++;
        if (to - first > WINDOW)
            first = to - WINDOW;
        nodes[to] = reach(s, nodes, first, to);
    }
}

/* Whether the way found leaves a line, other than the last, too empty or too wide. */
static gboolean is_poor(const Segment *s, const Node *nodes) {
    if (nodes[s->n].cost >= COST_TOO_WIDE)
        return TRUE;
    for (guint to = nodes[s->n].previous; to > 0; to = nodes[to].previous) {
        guint from = nodes[to].previous;
        double width = line_width(node_break(s, from), node_break(s, to));
        if (empty_share(s, from, width) > RAGGED)
            return TRUE;
    }
    return FALSE;
}

/* Words broken by force (however many times each), and lines that are too wide even so. */
static void count_forced(const Segment *s, guint from, guint to, guint *last_forced,
                         Chosen *chosen) {
    if (line_width(node_break(s, from), node_break(s, to)) > room(s, from))
        chosen->n_forced++;
    if (node_break(s, to)->kind != SATS_BREAK_EMERGENCY)
        return;
    gboolean same_word = *last_forced > 0;
    for (guint i = *last_forced; same_word && i < to; i++)
        same_word = node_break(s, i)->kind == SATS_BREAK_EMERGENCY;
    if (!same_word)
        chosen->n_forced++;
    *last_forced = to;
}

static void choose(const Segment *s, const Node *nodes, Chosen *chosen) {
    guint first = chosen->breaks->len, n_lines = 0, last_forced = 0;
    for (guint node = s->n; node > 0; node = nodes[node].previous)
        n_lines++;
    g_array_set_size(chosen->breaks, first + n_lines);
    guint *ends = g_new0(guint, n_lines + 1);
    for (guint node = s->n, i = n_lines; node > 0; node = nodes[node].previous)
        ends[i--] = node;
    for (guint i = 1; i <= n_lines; i++) {
        g_array_index(chosen->breaks, SatsBreak, first + i - 1) = *node_break(s, ends[i]);
        count_forced(s, ends[i - 1], ends[i], &last_forced, chosen);
    }
    g_free(ends);
}

/* Chooses the best breaks of the segment; with `unless_poor`, only if none of its lines is poor. */
static gboolean optimise(const Segment *s, gboolean unless_poor, Chosen *chosen) {
    Node few[FEW];
    Node *nodes = s->n < FEW ? few : g_new(Node, s->n + 1);
    search(s, nodes);
    gboolean done = !unless_poor || !is_poor(s, nodes);
    if (done)
        choose(s, nodes, chosen);
    if (nodes != few)
        g_free(nodes);
    return done;
}

/* ---- Emergency breaks ---- */

static gboolean has_wide_stretch(const Segment *s) {
    for (guint i = 0; i < s->n; i++) {
        if (line_width(node_break(s, i), &s->list[i]) > room(s, i))
            return TRUE;
    }
    return FALSE;
}

static void add_emergency(GArray *list, double x_pt, guint piece, guint offset, guint penalty) {
    SatsBreak point = {.before_pt = x_pt,
                       .after_pt = x_pt,
                       .piece = piece,
                       .offset = (guint16)offset,
                       .penalty = (guint16)penalty,
                       .kind = SATS_BREAK_EMERGENCY};
    g_array_append_val(list, point);
}

/* Dashes, and spaces that do not break (U+00A0, U+202F): better there than within a number. */
static gboolean is_after_mark(const char *text, guint offset) {
    static const char *const marks[] = {"-", "/", ".", "_", "–", "\xC2\xA0", "\xE2\x80\xAF"};
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
        gsize n = strlen(marks[i]);
        if (offset >= n && memcmp(text + offset - n, marks[i], n) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Breaks before the clusters of a piece that begin within (start, end). */
static void add_clusters(const SatsPiece *piece, guint index, double x_pt, guint start, guint end,
                         GArray *list) {
    const SatsShape *shape = piece->shape;
    double advance = 0;
    for (guint i = 0; i < shape->n_glyphs; i++) {
        guint cluster = shape->glyphs[i].cluster;
        gboolean is_first = i == 0 || cluster != shape->glyphs[i - 1].cluster;
        if (is_first && cluster > start && cluster < end) {
            add_emergency(list, x_pt + sats_span_width_pt(piece->span, advance, i), index, cluster,
                          is_after_mark(shape->text, cluster) ? EMERGENCY_AT_MARK : EMERGENCY);
        }
        advance += (double)shape->glyphs[i].advance;
    }
}

/* Breaks everywhere between two breaks. *x_pt is where piece *piece begins, both move forward. */
static void add_everywhere(const SatsParagraph *paragraph, const SatsBreak *from,
                           const SatsBreak *to, guint *piece, double *x_pt, GArray *list) {
    for (; *piece < from->piece; (*piece)++)
        *x_pt += (double)paragraph->pieces[*piece].width_pt;
    guint index = from->piece;
    double x = *x_pt;
    for (; index < paragraph->n_pieces && (index < to->piece || to->offset > 0); index++) {
        const SatsPiece *at = &paragraph->pieces[index];
        if (index > from->piece && x < to->before_pt)
            add_emergency(list, x, index, 0, EMERGENCY);
        if (at->shape && !at->is_space)
            add_clusters(at, index, x, index == from->piece ? from->offset : 0,
                         index == to->piece ? to->offset : G_MAXUINT16, list);
        if (index == to->piece)
            break;
        x += (double)at->width_pt;
    }
}

/* The segment's breaks and, in stretches that are too wide, those between characters. */
static GArray *with_emergencies(const SatsParagraph *paragraph, const Segment *s) {
    GArray *list = g_array_new(FALSE, FALSE, sizeof(SatsBreak));
    guint piece = 0;
    double x_pt = 0;
    for (guint i = 0; i < s->n; i++) {
        const SatsBreak *from = node_break(s, i), *to = &s->list[i];
        if (line_width(from, to) > room(s, i))
            add_everywhere(paragraph, from, to, &piece, &x_pt, list);
        g_array_append_val(list, *to);
    }
    return list;
}

static void optimise_forcing(const SatsParagraph *paragraph, const Segment *s, Chosen *chosen) {
    if (!has_wide_stretch(s)) {
        optimise(s, FALSE, chosen);
        return;
    }
    GArray *list = with_emergencies(paragraph, s);
    Segment forced = *s;
    forced.list = (const SatsBreak *)(const void *)list->data;
    forced.n = list->len;
    optimise(&forced, FALSE, chosen);
    g_array_unref(list);
}

/* ---- The whole ---- */

/* Number of breaks up to and with the next that is forced. */
static guint segment_length(const SatsBreak *list) {
    guint n = 0;
    while (list[n].kind != SATS_BREAK_FORCED && list[n].kind != SATS_BREAK_END)
        n++;
    return n + 1;
}

/* Where the segment stands in the list with divisions; *cursor goes forward. */
static void take_divided(const SatsParagraph *paragraph, const SatsBreak *end, guint *cursor,
                         Segment *s) {
    sats_paragraph_divide(paragraph);
    const SatsBreak *list = paragraph->later->breaks;
    for (;;) {
        guint n = segment_length(list + *cursor);
        const SatsBreak *last = &list[*cursor + n - 1];
        if (last->piece == end->piece && last->kind == end->kind) {
            s->list = list + *cursor;
            s->n = n;
            return;
        }
        *cursor += n;
    }
}

static void break_segment(const SatsParagraph *paragraph, Segment *s, guint *cursor,
                          Chosen *chosen) {
    const SatsBreak *end = &s->list[s->n - 1];
    if (line_width(s->start, end) <= room(s, 0)) {
        g_array_append_val(chosen->breaks, *end);
        return;
    }
    if (paragraph->hyphenator) {
        if (!has_wide_stretch(s) && optimise(s, TRUE, chosen))
            return;
        take_divided(paragraph, end, cursor, s);
    }
    optimise_forcing(paragraph, s, chosen);
}

static void break_segments(const SatsParagraph *paragraph, double width_pt, double indent_pt,
                           Chosen *chosen) {
    SatsBreak start = {.kind = SATS_BREAK_FORCED};
    guint cursor = 0;
    for (guint i = 0; i < paragraph->n_breaks;) {
        Segment segment = {
            .start = &start,
            .list = paragraph->breaks + i,
            .n = segment_length(paragraph->breaks + i),
            .width_pt = width_pt,
            .first_width_pt = width_pt - (i == 0 ? indent_pt : 0.0),
            .em_pt = (double)paragraph->em_pt,
        };
        i += segment.n;
        break_segment(paragraph, &segment, &cursor, chosen);
        start = paragraph->breaks[i - 1];
    }
}

SatsLine *sats_paragraph_break(const SatsParagraph *paragraph, float width_pt,
                               float first_indent_pt, SatsArena *arena, guint *out_n,
                               guint *out_n_forced) {
    const SatsBreak *end = &paragraph->breaks[paragraph->n_breaks - 1];
    double first_width = (double)width_pt - (double)first_indent_pt + SLACK_PT;
    gboolean is_one_line = (double)paragraph->max_width_pt <= first_width;
    for (guint i = 0; is_one_line && i + 1 < paragraph->n_breaks; i++)
        is_one_line = paragraph->breaks[i].kind != SATS_BREAK_FORCED;
    if (out_n_forced)
        *out_n_forced = 0;
    *out_n = 1;
    if (is_one_line)
        return sats_lines_make(paragraph, end, 1, arena);
    Chosen chosen = {.breaks = g_array_new(FALSE, FALSE, sizeof(SatsBreak))};
    break_segments(paragraph, (double)width_pt, (double)first_indent_pt, &chosen);
    SatsLine *lines = sats_lines_make(
        paragraph, (const SatsBreak *)(const void *)chosen.breaks->data, chosen.breaks->len, arena);
    *out_n = chosen.breaks->len;
    if (out_n_forced)
        *out_n_forced = chosen.n_forced;
    g_array_unref(chosen.breaks);
    return lines;
}
