/* layout/running.c: heads, feet and watermark, page by page. */
#include "layout/running.h"

#include <math.h>
#include <string.h>

#include "base/graphic.h"

/* Where the watermark's middle stands, and how it leans. */
#define WATERMARK_DEGREES        52.0F
#define WATERMARK_PART_OF_HEIGHT 0.49F
#define WATERMARK_SHRUNK         0.94F     /* what is set smaller keeps off the page's edge */
#define DEGREES                  57.29578F /* in a radian */

/* What a running line can say of its page. */
typedef struct {
    guint page, n_pages;
    const char *section; /* that the page begins in; "" none */
} Numbers;

/* A copy of a text block in which what depends on the page is text. */
static SatsNode *with_numbers(SatsContext *context, const SatsNode *node, const Numbers *numbers) {
    SatsNode *copy = sats_arena_memdup(context->arena, node, sizeof *node);
    copy->runs = sats_arena_memdup(context->arena, node->runs, node->n_runs * sizeof(SatsRun));
    for (guint i = 0; i < copy->n_runs; i++) {
        SatsRun *run = &copy->runs[i];
        if (run->kind == SATS_RUN_SECTION) {
            run->text = numbers->section;
        } else if (run->kind == SATS_RUN_PAGE_NUMBER || run->kind == SATS_RUN_PAGE_COUNT) {
            run->text = sats_arena_printf(context->arena, "%u",
                                          run->kind == SATS_RUN_PAGE_NUMBER ? numbers->page
                                                                            : numbers->n_pages);
        } else {
            continue;
        }
        run->length = (guint32)strlen(run->text);
        run->kind = SATS_RUN_TEXT;
    }
    return copy;
}

#define PART_GAP_PT 12.0F /* between the left and the right part of a line */

typedef struct {
    const SatsTextStyle *style;
    int artifact;
    float top_pt;
    float width_pt;
} Place;

/* Sets one part at the left or right end of its line; what takes several lines grows upwards.
 * Returns the width it took. */
static float set_part(SatsContext *context, SatsBoxBuilder *builder, const SatsNode *node,
                      const Place *place, gboolean right, const Numbers *numbers) {
    if (node == NULL || node->n_runs == 0) {
        return 0;
    }
    const SatsNode *numbered = with_numbers(context, node, numbers);
    const SatsTextStyle *style =
        node->style != NULL ? sats_context_style(context, node, place->style->name) : place->style;
    SatsTextBlock block = sats_text_block(context, numbered, style, NULL);
    SatsLines lines = sats_text_lines(context, &block, place->width_pt);
    float width = 0;
    for (guint i = 0; i < lines.n_lines; i++) {
        float x = right ? place->width_pt - lines.lines[i].width_pt : 0;
        float y =
            place->top_pt + lines.baseline_pt - (float)(lines.n_lines - 1 - i) * lines.leading_pt;
        sats_line_draw(context, builder, numbered, &lines.lines[i], style, x, y, place->artifact);
        width = MAX(width, lines.lines[i].width_pt);
    }
    return width;
}

/* The right part first: the left one has what it leaves. */
static void set_parts(SatsContext *context, SatsBoxBuilder *builder, const SatsRunningLine *line,
                      Place place, const Numbers *numbers) {
    float right = set_part(context, builder, line->right, &place, TRUE, numbers);
    place.width_pt =
        MAX(place.width_pt - (right > 0 ? right + PART_GAP_PT : 0), place.width_pt * 0.3F);
    set_part(context, builder, line->left, &place, FALSE, numbers);
}

static const SatsBox *head_box(SatsContext *context, const SatsPage *page, const Numbers *numbers) {
    const SatsRunningLine *line = page->head != NULL ? page->head : &context->document->head;
    if (line->left == NULL && line->right == NULL) {
        return NULL;
    }
    const SatsPageKind *kind = page->kind;
    Place place = {sats_context_role(context, kind, "head"), SATS_ARTIFACT_PAGINATION_HEADER, 0,
                   (float)(kind->width_pt - kind->left_pt - kind->right_pt)};
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    set_parts(context, &builder, line, place, numbers);
    float y =
        (float)(place.style->leading_pt + sats_theme_length_pt(context->theme, "head.rule-gap"));
    sats_box_rule(&builder, 0, y, place.width_pt, y, sats_context_length_pt(context, "head.rule"),
                  sats_context_colour(context, "ink"));
    const SatsBox *box = sats_box_finish(&builder, place.width_pt, y);
    sats_box_builder_clear(&builder);
    return box;
}

static const SatsBox *foot_box(SatsContext *context, const SatsPage *page, const Numbers *numbers) {
    const SatsRunningLine *line =
        page->number == 1 && (context->document->first_foot.left != NULL ||
                              context->document->first_foot.right != NULL)
            ? &context->document->first_foot
            : &context->document->foot;
    if (line->left == NULL && line->right == NULL) {
        return NULL;
    }
    const SatsPageKind *kind = page->kind;
    Place place = {sats_context_role(context, kind, "foot"), SATS_ARTIFACT_PAGINATION_FOOTER, 0,
                   (float)(kind->width_pt - kind->left_pt - kind->right_pt)};
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    set_parts(context, &builder, line, place, numbers);
    const SatsBox *box = sats_box_finish(&builder, place.width_pt, (float)place.style->leading_pt);
    sats_box_builder_clear(&builder);
    return box;
}

/* The watermark's words as a box of one line. */
static const SatsBox *watermark_line(SatsContext *context, const SatsTextStyle *style) {
    SatsTextBlock block = sats_text_words(context, context->document->watermark, style, 0);
    SatsLines lines = sats_text_lines(context, &block, block.max_width_pt + 1);
    float width = lines.lines[0].width_pt;
    float cap = (float)style->size_pt * 0.66F;
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    sats_box_artifact_line(&builder, SATS_ARTIFACT_PAGINATION_WATERMARK, NULL, &lines.lines[0],
                           -width / 2, cap / 2);
    const SatsBox *box = sats_box_finish(&builder, width, cap);
    sats_box_builder_clear(&builder);
    return box;
}

/* On a wide page the word leans less, as far as it has room. */
static float watermark_lean(const SatsBox *line, const SatsPageKind *kind) {
    float room = (float)kind->height_pt * 0.9F;
    float lean = line->width_pt > room ? asinf(room / line->width_pt) * DEGREES : 90;
    return MIN(WATERMARK_DEGREES, MAX(lean - 8, 20));
}

/* How much smaller a line that leans must be to have its corners on the page; 1 when they are. */
static float watermark_scale(const SatsBox *line, const SatsPageKind *kind, float lean) {
    float along = cosf(lean / DEGREES);
    float across = sinf(lean / DEGREES);
    float wide = line->width_pt * along + line->height_pt * across;
    float high = line->width_pt * across + line->height_pt * along;
    float above = 2 * MIN(WATERMARK_PART_OF_HEIGHT, 1 - WATERMARK_PART_OF_HEIGHT);
    float scale = MIN((float)kind->width_pt / wide, (float)kind->height_pt * above / high);
    return scale < 1 ? scale * WATERMARK_SHRUNK : 1;
}

/* The watermark is the same on every page of a kind: one box, turned about its middle. Words that
 * are too long for the page lie along its diagonal and are set smaller. */
static const SatsBox *watermark_box(SatsContext *context, const SatsPageKind *kind) {
    SatsTextStyle style = *sats_context_style(context, NULL, "watermark");
    const SatsBox *line = watermark_line(context, &style);
    float lean = watermark_lean(line, kind);
    if (watermark_scale(line, kind, lean) < 1) {
        lean = MIN(WATERMARK_DEGREES, atanf((float)(kind->height_pt / kind->width_pt)) * DEGREES);
        style.size_pt *= (double)watermark_scale(line, kind, lean);
        line = watermark_line(context, &style);
    }
    SatsItem turn = {.kind = SATS_ITEM_TURN,
                     .artifact = SATS_ARTIFACT_PAGINATION_WATERMARK,
                     .x = (float)kind->width_pt / 2,
                     .y = (float)kind->height_pt * WATERMARK_PART_OF_HEIGHT};
    turn.as.turn = sats_arena_alloc(context->arena, sizeof *turn.as.turn);
    turn.as.turn->box = line;
    turn.as.turn->degrees = -lean;
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    sats_box_item(&builder, &turn);
    const SatsBox *box = sats_box_finish(&builder, (float)kind->width_pt, (float)kind->height_pt);
    sats_box_builder_clear(&builder);
    return box;
}

static void add_box(GArray *placed, const SatsBox *box, double x_pt, double y_pt, gboolean first) {
    if (box == NULL) {
        return;
    }
    SatsPlaced item = {.box = box, .x_pt = (float)x_pt, .y_pt = (float)y_pt};
    g_array_insert_vals(placed, first ? 0 : placed->len, &item, 1);
}

/* ---- the section that a page begins in ---- */

/* The node of the first thing on a page that is no artifact; NULL none. */
static const SatsNode *first_node(const SatsPage *page) {
    for (guint i = 0; i < page->n_placed; i++) {
        const SatsBox *box = page->placed[i].box;
        for (guint j = 0; j < box->n_items; j++) {
            if (box->items[j].artifact == SATS_ITEM_CONTENT && box->items[j].owner != NULL) {
                return box->items[j].owner;
            }
        }
    }
    return NULL;
}

/* The outermost section's own name for running lines, or its heading. */
static const char *section_name(SatsContext *context, const SatsNode *node) {
    const SatsNode *outermost = NULL;
    for (; node != NULL; node = node->parent) {
        if (node->kind == SATS_NODE_SECTION && node->as.section->level > 0) {
            outermost = node;
        }
    }
    if (outermost == NULL) {
        return "";
    }
    const SatsSection *section = outermost->as.section;
    const SatsNode *heading = outermost->first_child;
    if (section->running != NULL || heading == NULL || heading->kind != SATS_NODE_HEADING) {
        return section->running != NULL ? section->running : "";
    }
    const char *title = heading->as.heading->title != NULL ? heading->as.heading->title : "";
    return section->number == NULL
               ? title
               : sats_arena_printf(context->arena, "%s %s", section->number, title);
}

static void set_page(SatsContext *context, SatsPage *page, const Numbers *numbers,
                     GHashTable *watermarks) {
    g_autoptr(GArray) placed = g_array_new(FALSE, FALSE, sizeof(SatsPlaced));
    const SatsPageKind *kind = page->kind;
    if (context->document->watermark != NULL) {
        const SatsBox *box = g_hash_table_lookup(watermarks, kind);
        if (box == NULL) {
            box = watermark_box(context, kind);
            g_hash_table_insert(watermarks, (gpointer)(gsize)kind, (gpointer)(gsize)box);
        }
        add_box(placed, box, 0, 0, FALSE);
    }
    if (page->number > 1) {
        add_box(placed, head_box(context, page, numbers), kind->left_pt, kind->head_y_pt, FALSE);
    }
    g_array_append_vals(placed, page->placed, page->n_placed);
    const SatsBox *foot = foot_box(context, page, numbers);
    if (foot != NULL) {
        add_box(placed, foot, kind->left_pt,
                kind->height_pt - kind->foot_y_pt - (double)foot->height_pt, FALSE);
    }
    page->n_placed = placed->len;
    page->placed =
        sats_arena_memdup(context->arena, placed->data, placed->len * sizeof(SatsPlaced));
    page->label = sats_arena_printf(context->arena, "%u", page->number);
}

void sats_running_set(SatsContext *context, SatsPages *pages) {
    g_autoptr(GHashTable) watermarks = g_hash_table_new(NULL, NULL);
    Numbers numbers = {0, pages->n_pages, ""};
    for (guint i = 0; i < pages->n_pages; i++) {
        const SatsNode *first = first_node(&pages->pages[i]);
        numbers.page = pages->pages[i].number;
        numbers.section = first != NULL ? section_name(context, first) : numbers.section;
        set_page(context, &pages->pages[i], &numbers, watermarks);
    }
}
