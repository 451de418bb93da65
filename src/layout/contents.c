/* layout/contents.c: tables of contents: number, title, page; ruled, without leaders. */
#include "layout/context.h"
#include "layout/text-block.h"

#define LEVELS 3

/* The edges an entry is set to. */
typedef struct {
    float number_x, title_x, right;
    const SatsTextStyle *style;
} Edges;

static const char *entry_style(int level) {
    return level <= 1 ? "contents-1" : level == 2 ? "contents-2" : "contents-3";
}

static Edges entry_edges(SatsContext *context, const SatsNode *entry, const SatsMeasure *measure) {
    int level = entry->as.entry->level;
    float text_x = measure->x_pt;
    Edges edges = {.style = sats_context_style(context, entry, entry_style(level)),
                   .right = measure->x_pt + measure->width_pt};
    edges.number_x = level <= 1 ? measure->table_x_pt : text_x;
    edges.title_x = text_x;
    if (level == 2) {
        edges.title_x += sats_context_length_pt(context, "contents.number-2");
    } else if (level > 2) {
        edges.number_x += sats_context_length_pt(context, "contents.number-2");
        edges.title_x = edges.number_x + sats_context_length_pt(context, "contents.number-3");
    }
    return edges;
}

static void hairline(SatsContext *context, SatsBoxBuilder *builder, const SatsMeasure *measure,
                     float y) {
    sats_box_rule(builder, measure->table_x_pt, y, measure->x_pt + measure->width_pt, y,
                  sats_context_length_pt(context, "contents.rule"),
                  sats_context_colour(context, "hairline"));
}

static guint level_index(const SatsNode *entry) {
    return (guint)CLAMP(entry->as.entry->level, 1, LEVELS) - 1;
}

/* Where the titles of each level stand whose numbers are too wide for their column ("Bilaga 10 a"):
 * all of a level at one edge; 0 where none is. */
static void find_wide_titles(SatsContext *context, const SatsNode *contents,
                             const SatsMeasure *measure, float x[LEVELS]) {
    for (const SatsNode *entry = contents->first_child; entry != NULL; entry = entry->next) {
        if (entry->kind != SATS_NODE_CONTENTS_ENTRY || entry->as.entry->number == NULL ||
            entry->n_runs < 3) {
            continue;
        }
        Edges edges = entry_edges(context, entry, measure);
        float width = sats_text_block_range(context, entry, 0, 1, edges.style, NULL).max_width_pt;
        float wanted = edges.number_x + width + sats_context_length_pt(context, "contents.gap");
        float *wide = &x[level_index(entry)];
        *wide = edges.number_x + width > edges.title_x - 1 ? MAX(*wide, wanted) : *wide;
    }
}

/* A copy of the style in the colour that numbers have. */
static const SatsTextStyle *number_style(SatsContext *context, const SatsTextStyle *style) {
    SatsTextStyle *copy = sats_arena_memdup(context->arena, style, sizeof *style);
    copy->rgb = style->number_rgb;
    copy->strong_rgb = style->number_rgb;
    return copy;
}

static float draw_page_number(SatsContext *context, SatsBoxBuilder *builder, const SatsNode *entry,
                              const Edges *edges, float baseline) {
    SatsTextBlock page =
        sats_text_block_range(context, entry, entry->n_runs - 1, 1, edges->style, NULL);
    SatsLines lines = sats_text_lines(context, &page, 200);
    sats_line_draw(context, builder, entry, lines.lines, edges->style,
                   edges->right - lines.lines[0].width_pt, baseline, -1);
    return lines.lines[0].width_pt;
}

static void set_entry(SatsContext *context, const SatsNode *entry, const SatsMeasure *measure,
                      float wide_x, gboolean last, SatsGalley *galley) {
    Edges edges = entry_edges(context, entry, measure);
    gboolean top = entry->as.entry->level <= 1;
    guint first = entry->as.entry->number != NULL && entry->n_runs > 2 ? 1 : 0;
    SatsTextBlock number =
        sats_text_block_range(context, entry, 0, first, number_style(context, edges.style), NULL);
    gboolean words = first > 0 && !g_ascii_isdigit(entry->as.entry->number[0]);
    if (first > 0 && wide_x > 0 &&
        (words || edges.number_x + number.max_width_pt > edges.title_x - 1)) {
        edges.title_x = wide_x;
    }
    SatsTextBlock title =
        sats_text_block_range(context, entry, first, entry->n_runs - 1 - first, edges.style, NULL);
    float room =
        edges.right - edges.title_x - sats_context_length_pt(context, "contents.page-width");
    SatsLines lines = sats_text_lines(context, &title, room);
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    float y = top ? (float)edges.style->above_pt : 0;
    if (top) {
        hairline(context, &builder, measure, 0);
    }
    if (first > 0) {
        SatsLines label = sats_text_lines(context, &number, 300);
        sats_line_draw(context, &builder, entry, label.lines, number.style, edges.number_x,
                       y + lines.baseline_pt, -1);
    }
    for (guint i = 0; i < lines.n_lines; i++) {
        sats_line_draw(context, &builder, entry, &lines.lines[i], edges.style, edges.title_x,
                       y + lines.baseline_pt, -1);
        if (i + 1 == lines.n_lines) {
            draw_page_number(context, &builder, entry, &edges, y + lines.baseline_pt);
        }
        y += lines.leading_pt;
    }
    const SatsNode *next = entry->next;
    gboolean group_ends = next == NULL || next->as.entry == NULL || next->as.entry->level <= 1;
    y += group_ends ? (float)edges.style->below_pt : 0;
    if (last) {
        hairline(context, &builder, measure, y);
    }
    sats_galley_box(galley, sats_box_finish(&builder, edges.right, y), 0, NULL);
    sats_box_builder_clear(&builder);
    gboolean before_last = next != NULL && next->next == NULL; /* it is not left alone */
    sats_galley_break(galley, group_ends && !before_last ? SATS_PENALTY_NONE : SATS_PENALTY_POOR,
                      NULL);
}

void sats_contents_set(SatsContext *context, const SatsNode *contents, const SatsMeasure *measure,
                       SatsGalley *galley) {
    float wide[LEVELS] = {0};
    find_wide_titles(context, contents, measure, wide);
    for (const SatsNode *child = contents->first_child; child != NULL; child = child->next) {
        if (child->kind == SATS_NODE_CONTENTS_ENTRY && child->n_runs > 0) {
            set_entry(context, child, measure, wide[level_index(child)], child->next == NULL,
                      galley);
        } else if (!sats_node_is_inline(child)) {
            sats_block_set(context, child, measure, galley);
        }
    }
    const SatsTextStyle *body = sats_context_style(context, NULL, "body");
    sats_galley_space(galley, (float)body->below_pt);
}
