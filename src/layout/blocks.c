/* layout/blocks.c: each kind of block becomes galley items. */
#include <string.h>

#include "layout/context.h"
#include "layout/measure.h"
#include "layout/text-block.h"

/* Penalties of breaking a page here, beside those of galley.h. */
#define PENALTY_IN_PARAGRAPH   12.0F
#define PENALTY_DIVIDED_WORD   60.0F
#define PENALTY_BEFORE_LIST    80.0F
#define PENALTY_BETWEEN_ITEMS  4.0F
#define PENALTY_LONE_ITEM      20.0F /* an item of a line or two alone on its page */
#define PENALTY_IN_SHORT_TABLE 45.0F
#define PENALTY_AFTER_OPENING  40.0F /* after a heading's first paragraph, before its table */
#define PENALTY_AFTER_ONE_LINE 80.0F /* after a heading and one line: no good end of a page */
#define SHORT_TABLE_PART       0.33  /* of a page */

SatsMeasure sats_page_measure(const SatsContext *context, const SatsPageKind *page) {
    const SatsTextStyle *text = sats_context_page_style(context, page, "text");
    float live = (float)(page->width_pt - page->left_pt - page->right_pt);
    return (SatsMeasure){.x_pt = (float)page->prose_left_pt,
                         .width_pt =
                             MIN((float)page->prose_width_pt, live - (float)page->prose_left_pt),
                         .table_width_pt = live,
                         .text_style = text != NULL ? text->name : "body"};
}

/* ---- text ---- */

static float aligned_x(const SatsMeasure *measure, const SatsLine *line) {
    switch (measure->align) {
    case SATS_ALIGN_RIGHT:
        return MAX(0, measure->width_pt - line->width_pt);
    case SATS_ALIGN_CENTER:
        return MAX(0, (measure->width_pt - line->width_pt) / 2);
    case SATS_ALIGN_INHERIT:
    case SATS_ALIGN_LEFT:
    case SATS_ALIGN_DECIMAL:
        break;
    }
    return 0;
}

/* Two lines at least on each page. */
static float line_penalty(const SatsLine *line, guint index, guint n_lines) {
    if (index == 0 || index + 2 >= n_lines) {
        return SATS_PENALTY_FORBIDDEN;
    }
    return line->hyphenated ? PENALTY_DIVIDED_WORD : PENALTY_IN_PARAGRAPH;
}

void sats_change_bar(SatsContext *context, SatsBoxBuilder *builder, float x_pt, float height_pt) {
    float width = sats_context_length_pt(context, "change-bar.width");
    float x = -x_pt - sats_context_length_pt(context, "change-bar.gap") - width / 2;
    sats_box_rule(builder, x, 0, x, height_pt, width, sats_context_colour(context, "ink"));
}

/* Adds lines as boxes with break points between them. */
static void add_lines(SatsContext *context, const SatsNode *node, const SatsTextStyle *style,
                      const SatsLines *lines, const SatsMeasure *measure, SatsGalley *galley) {
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    for (guint i = 0; i < lines->n_lines; i++) {
        SatsLine *line = &lines->lines[i];
        sats_line_draw(context, &builder, node, line, style, aligned_x(measure, line),
                       lines->baseline_pt, -1);
        if (node->changed && !measure->in_cell) {
            sats_change_bar(context, &builder, measure->x_pt, lines->leading_pt);
        }
        const SatsBox *box = sats_box_finish(&builder, measure->width_pt, lines->leading_pt);
        sats_galley_box(galley, box, measure->x_pt, sats_line_notes(context, line));
        if (i + 1 < lines->n_lines) {
            sats_galley_break(galley, line_penalty(line, i, lines->n_lines), NULL);
        }
    }
    sats_box_builder_clear(&builder);
}

void sats_paragraph_set(SatsContext *context, const SatsNode *node, const SatsTextStyle *style,
                        const SatsMeasure *measure, SatsGalley *galley) {
    SatsTextOptions options = {.add_flags = measure->flags};
    SatsTextBlock block = sats_text_block(context, node, style, &options);
    SatsLines lines = sats_text_lines(context, &block, measure->width_pt);
    add_lines(context, node, style, &lines, measure, galley);
}

/* Space from one list item to the next: look.md gives it from x-line to x-line of the text. */
static float item_gap(SatsContext *context, const SatsMeasure *measure,
                      const SatsTextStyle *style) {
    double gap =
        sats_theme_length_pt(context->theme, measure->in_cell ? "list.cell-gap" : "list.gap");
    return (float)MAX(0.0, gap - (style->leading_pt - style->size_pt));
}

static gboolean is_first_after_heading(const SatsNode *node) {
    const SatsNode *first = node->parent->first_child;
    return first != NULL && first->kind == SATS_NODE_HEADING && first->next == node;
}

/* What stands before the first section (the title page) begins at the left margin. */
static gboolean is_front_matter(const SatsContext *context, const SatsNode *node,
                                const SatsMeasure *measure) {
    gboolean own_edge = node->kind == SATS_NODE_PARAGRAPH || node->kind == SATS_NODE_HEADING ||
                        node->kind == SATS_NODE_LIST || node->kind == SATS_NODE_TABLE ||
                        node->kind == SATS_NODE_SIGNATURES;
    return own_edge && !context->past_front && !measure->in_cell;
}

/* A title that is wider than prose may be. */
static gboolean is_wide(const SatsContext *context, const SatsNode *node,
                        const SatsMeasure *measure) {
    gboolean text = node->kind == SATS_NODE_PARAGRAPH || node->kind == SATS_NODE_HEADING;
    const SatsTextStyle *style =
        text && node->style != NULL ? sats_theme_style(context->theme, node->style) : NULL;
    return style != NULL && style->wide && !measure->in_cell;
}

static float after_paragraph(const SatsNode *node, gboolean one_line) {
    SatsNodeKind next = node->next == NULL ? SATS_NODE_DOCUMENT : node->next->kind;
    if (node->parent == NULL || !is_first_after_heading(node)) {
        return next == SATS_NODE_LIST ? PENALTY_BEFORE_LIST : SATS_PENALTY_NONE;
    }
    return one_line                  ? PENALTY_AFTER_ONE_LINE
           : next == SATS_NODE_LIST  ? PENALTY_BEFORE_LIST
           : next == SATS_NODE_TABLE ? PENALTY_AFTER_OPENING
                                     : SATS_PENALTY_NONE;
}

static void set_paragraph(SatsContext *context, const SatsNode *node, const SatsMeasure *measure,
                          SatsGalley *galley) {
    const SatsTextStyle *style = sats_context_style(context, node, measure->text_style);
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley, (float)style->above_pt);
    guint first = galley->n_items;
    sats_paragraph_set(context, node, style, measure, galley);
    gboolean one_line = galley->n_items - first < 2;
    sats_galley_break(galley, after_paragraph(node, one_line), NULL);
    gboolean list = node->next != NULL && node->next->kind == SATS_NODE_LIST;
    sats_galley_space(galley, list ? item_gap(context, measure, style) : (float)style->below_pt);
}

static const char *heading_style(const SatsNode *node) {
    static const char *const STYLES[] = {"h1", "h1", "h2", "h3", "h4", "h4", "h4"};
    int level = node->as.heading == NULL ? 1 : node->as.heading->level;
    if (node->as.heading != NULL && node->as.heading->run_in) {
        level = MAX(level, 3);
    }
    return STYLES[CLAMP(level, 0, 6)];
}

/* The highest heading of a page kind that has a style "KIND-title" is in that. */
static const SatsTextStyle *heading_text_style(SatsContext *context, const SatsNode *node,
                                               const SatsMeasure *measure) {
    gboolean top =
        node->as.heading != NULL && node->as.heading->level <= 1 && !node->as.heading->run_in;
    const SatsTextStyle *title = top && !measure->in_cell && node->style == NULL
                                     ? sats_context_page_style(context, context->page, "title")
                                     : NULL;
    return title != NULL ? title : sats_context_style(context, node, heading_style(node));
}

/* Runs at a heading's start that are its number: bind sets it as the first run. */
static guint number_runs(const SatsNode *node) {
    const char *number = node->as.heading == NULL ? NULL : node->as.heading->number;
    if (number == NULL || node->n_runs < 2) {
        return 0;
    }
    gsize length = strlen(number);
    return node->runs[0].length >= length && strncmp(node->runs[0].text, number, length) == 0 ? 1
                                                                                              : 0;
}

/* The number of a heading stands at the left edge of the page, or before the text where it is too
 * wide for that ("Bilaga 9 a"). */
static void set_heading(SatsContext *context, const SatsNode *node, const SatsMeasure *measure,
                        SatsGalley *galley) {
    const SatsTextStyle *text_style = heading_text_style(context, node, measure);
    SatsTextStyle style = *text_style;
    guint n_number = number_runs(node);
    float text_x = measure->x_pt;
    SatsTextStyle *number_style = sats_arena_memdup(context->arena, &style, sizeof style);
    number_style->rgb = style.number_rgb;
    number_style->strong_rgb = style.number_rgb;
    SatsTextBlock number = sats_text_block_range(context, node, 0, n_number, number_style, NULL);
    if (n_number > 0) {
        float wanted = number.max_width_pt + (float)style.size_pt * 0.5F;
        text_x = MAX(text_x, measure->table_x_pt + wanted);
    }
    SatsTextBlock text =
        sats_text_block_range(context, node, n_number, node->n_runs - n_number, text_style, NULL);
    float right = MAX(measure->table_x_pt + measure->table_width_pt, text_x + 60);
    SatsLines lines = sats_text_lines(context, &text, right - text_x);
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley, (float)style.above_pt);
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    for (guint i = 0; i < lines.n_lines; i++) {
        if (i == 0 && n_number > 0) {
            SatsLines first = sats_text_lines(context, &number, number.max_width_pt + 1);
            sats_line_draw(context, &builder, node, &first.lines[0], number_style,
                           measure->table_x_pt, lines.baseline_pt, -1);
        }
        sats_line_draw(context, &builder, node, &lines.lines[i], text_style, text_x,
                       lines.baseline_pt, -1);
        if (node->changed && !measure->in_cell) {
            sats_change_bar(context, &builder, 0, lines.leading_pt);
        }
        sats_galley_box(galley, sats_box_finish(&builder, right, lines.leading_pt), 0,
                        sats_line_notes(context, &lines.lines[i]));
        sats_galley_break(galley, SATS_PENALTY_FORBIDDEN, NULL);
    }
    sats_box_builder_clear(&builder);
    sats_galley_space(galley, (float)style.below_pt);
}

/* ---- lists ---- */

/* Puts a label before the first box that an item's body made, in the same box. */
static void merge_label(SatsContext *context, const SatsNode *label, const SatsTextStyle *style,
                        const SatsMeasure *measure, SatsGalley *galley, guint first_item) {
    SatsTextOptions options = {.add_flags = measure->flags | SATS_RUN_ACCENT};
    SatsTextBlock block = sats_text_block(context, label, style, &options);
    SatsLines lines = sats_text_lines(context, &block, block.max_width_pt + 1);
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    SatsGalleyItem *item = NULL;
    for (guint i = first_item; i < galley->n_items && item == NULL; i++) {
        item = galley->items[i].kind == SATS_GALLEY_BOX ? &galley->items[i] : NULL;
    }
    float x = item == NULL ? 0 : measure->x_pt - item->x_pt;
    sats_line_draw(context, &builder, label, &lines.lines[0], style, x, lines.baseline_pt, -1);
    if (item == NULL) {
        sats_galley_box(galley, sats_box_finish(&builder, measure->width_pt, lines.leading_pt),
                        measure->x_pt, NULL);
    } else {
        sats_box_merge(&builder, item->as.box, 0, 0);
        item->as.box = sats_box_finish(&builder, item->as.box->width_pt, item->as.box->height_pt);
    }
    sats_box_builder_clear(&builder);
}

/* Widest label of a list, so that all texts stand at one edge. */
static float label_width(SatsContext *context, const SatsNode *list, const SatsTextStyle *style) {
    float width = 0;
    for (const SatsNode *item = list->first_child; item != NULL; item = item->next) {
        const SatsNode *label = item->first_child;
        if (label != NULL && label->kind == SATS_NODE_LABEL) {
            float natural = sats_text_block(context, label, style, NULL).max_width_pt;
            width = MAX(width, natural);
        }
    }
    return width;
}

static float list_indent(SatsContext *context, const SatsNode *list, const SatsMeasure *measure,
                         const SatsTextStyle *style) {
    gboolean bullets = list->as.list == NULL || list->as.list->kind == SATS_LIST_BULLET ||
                       list->as.list->kind == SATS_LIST_DASH;
    float width = label_width(context, list, style);
    const char *gap = measure->in_cell ? "list.cell-indent"
                      : bullets        ? "list.indent"
                                       : "list.number-gap";
    return width > 0 ? width + sats_context_length_pt(context, gap) : 0;
}

static void set_item(SatsContext *context, const SatsNode *item, const SatsTextStyle *style,
                     const SatsMeasure *outer, const SatsMeasure *inner, SatsGalley *galley) {
    guint first = galley->n_items;
    for (const SatsNode *child = item->first_child; child != NULL; child = child->next) {
        if (child->kind == SATS_NODE_BODY && child->n_runs > 0) {
            sats_paragraph_set(context, child, style, inner, galley);
        } else if (child->kind == SATS_NODE_BODY) {
            sats_blocks_set(context, child, inner, galley);
        }
    }
    const SatsNode *label = item->first_child;
    if (label != NULL && label->kind == SATS_NODE_LABEL) {
        merge_label(context, label, style, outer, galley, first);
    }
}

/* Glue after the last box, whatever the blocks inside asked for, becomes `height_pt`. */
static void set_trailing_space(SatsGalley *galley, float height_pt) {
    while (galley->n_items > 0 && galley->items[galley->n_items - 1].kind == SATS_GALLEY_GLUE) {
        galley->n_items--;
    }
    sats_galley_space(galley, height_pt);
}

/* Whether what was set from item `first` on is a line or two. */
static gboolean is_low(const SatsGalley *galley, guint first, const SatsTextStyle *style) {
    double height = 0;
    for (guint i = first; i < galley->n_items; i++) {
        gboolean box = galley->items[i].kind == SATS_GALLEY_BOX;
        height += box ? (double)galley->items[i].height_pt : 0;
    }
    return height < 2.5 * style->leading_pt;
}

/* The break after an item, and before the last: a low one does not like to be alone on its page.
 * `above`: the break before the item, 0 none. Returns the new one. */
static guint break_after_item(const SatsNode *item, gboolean low, guint above, SatsGalley *galley) {
    gboolean first = above == 0;
    gboolean last = item->next == NULL;
    if (last && low && !first) {
        galley->items[above].penalty = PENALTY_LONE_ITEM;
    }
    sats_galley_break(galley,
                      last           ? SATS_PENALTY_NONE
                      : first && low ? PENALTY_LONE_ITEM
                                     : PENALTY_BETWEEN_ITEMS,
                      NULL);
    guint at = galley->n_items - 1;
    while (at > 0 && galley->items[at].kind != SATS_GALLEY_BREAK) {
        at--; /* glue may follow it already */
    }
    return at;
}

static void set_list(SatsContext *context, const SatsNode *list, const SatsMeasure *measure,
                     SatsGalley *galley) {
    const SatsTextStyle *style = sats_context_style(context, list, measure->text_style);
    float indent = list_indent(context, list, measure, style);
    SatsMeasure inner = *measure;
    inner.x_pt += indent;
    inner.width_pt = MAX(20, inner.width_pt - indent);
    inner.table_x_pt = inner.x_pt;
    inner.table_width_pt = inner.width_pt;
    inner.list_depth++;
    float gap = item_gap(context, measure, style);
    guint above = 0;
    for (const SatsNode *item = list->first_child; item != NULL; item = item->next) {
        guint first = galley->n_items;
        set_item(context, item, style, measure, &inner, galley);
        above = break_after_item(item, is_low(galley, first, style), above, galley);
        set_trailing_space(
            galley, item->next != NULL || measure->list_depth > 0 ? gap : (float)style->below_pt);
    }
}

/* ---- containers ---- */

/* A section's own running head; NULL none. */
static const SatsRunningLine *own_head(SatsContext *context, const SatsSection *section) {
    if (section->head_left == NULL && section->head_right == NULL) {
        return NULL;
    }
    SatsRunningLine *head = sats_arena_new_struct(context->arena, SatsRunningLine);
    head->left = section->head_left;
    head->right = section->head_right;
    return head;
}

/* "Title (forts.)" for the pages after a section's first, where the theme gives the kind of page a
 * title of its own: each slide says what it shows. NULL elsewhere. */
static const SatsBox *title_again(SatsContext *context, const SatsNode *section,
                                  const SatsMeasure *measure) {
    const SatsNode *heading = section->first_child;
    const SatsTextStyle *style = sats_context_page_style(context, context->page, "title");
    if (heading == NULL || heading->kind != SATS_NODE_HEADING || style == NULL ||
        measure->in_cell || heading_text_style(context, heading, measure) != style) {
        return NULL;
    }
    SatsTextBlock title = sats_text_block(context, heading, style, NULL);
    SatsTextBlock words =
        sats_text_words(context, sats_theme_word(context->theme, "forts"), style, SATS_RUN_MUTED);
    float right = measure->table_x_pt + measure->table_width_pt;
    float gap = 0.25F * (float)style->size_pt;
    SatsLines lines = sats_text_lines(context, &title, MAX(60, right - words.max_width_pt - gap));
    SatsLines behind = sats_text_lines(context, &words, words.max_width_pt + 1);
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    float below = (float)style->below_pt;
    float least = sats_context_length_pt(context, "table.above");
    float y = lines.baseline_pt;
    for (guint i = 0; i < lines.n_lines; i++, y += lines.leading_pt) {
        sats_line_draw(context, &builder, heading, &lines.lines[i], style, measure->x_pt, y,
                       SATS_ARTIFACT_PAGINATION);
        if (i + 1 == lines.n_lines) {
            float x = measure->x_pt + lines.lines[i].width_pt + gap;
            sats_box_artifact_line(&builder, SATS_ARTIFACT_PAGINATION, NULL, &behind.lines[0], x,
                                   y);
        }
    }
    const SatsBox *box =
        sats_box_finish(&builder, right, y - lines.baseline_pt + MAX(below, least));
    sats_box_builder_clear(&builder);
    return box;
}

/* A section that turns the page, or has a running head of its own, has its pages to itself, the
 * former until a break turns back, or with others that turn it so; so has one whose title is said
 * again on them. */
static void set_section(SatsContext *context, const SatsNode *node, const SatsMeasure *measure,
                        SatsGalley *galley) {
    const SatsSection *section = node->as.section;
    const SatsPageKind *page = context->page;
    const SatsRunningLine *head = context->head;
    const SatsPageKind *turned =
        section->page_kind == NULL ? page : sats_theme_page(context->theme, section->page_kind);
    context->page = turned == NULL ? page : turned;
    const SatsRunningLine *own = own_head(context, section);
    context->head = own != NULL ? own : head;
    gboolean apart = context->page != page || own != NULL;
    SatsMeasure inner =
        context->page != page ? sats_page_measure(context, context->page) : *measure;
    SatsEject eject = {.page = context->page, .head = context->head, .soft = !section->new_page};
    if (apart || section->new_page) {
        eject.again = title_again(context, node, &inner);
        sats_galley_eject(galley, &eject);
    }
    sats_blocks_set(context, node, &inner, galley);
    context->head = head;
    /* what a break in the section has turned back already begins no page once more */
    if (context->page != page || own != NULL || eject.again != NULL) {
        context->page = page;
        sats_galley_eject(galley, &(SatsEject){.page = page, .head = head, .soft = TRUE});
    }
}

/* From here on to the end of the section that is being set. */
static void set_page_break(SatsContext *context, const SatsNode *node, SatsGalley *galley) {
    const char *kind = node->as.page_break == NULL ? NULL : node->as.page_break->page_kind;
    const SatsPageKind *page = kind == NULL ? NULL : sats_theme_page(context->theme, kind);
    context->page = page == NULL ? context->page : page;
    sats_galley_eject(galley, &(SatsEject){.page = context->page, .head = context->head});
}

static void set_space(const SatsNode *node, SatsGalley *galley) {
    const SatsSpace *space = node->as.space;
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    if (space != NULL && space->fill) {
        sats_galley_fill(galley);
    } else if (space != NULL) {
        sats_galley_space(galley, (float)space->height_pt);
    }
}

static void set_container(SatsContext *context, const SatsNode *node, const SatsMeasure *measure,
                          SatsGalley *galley) {
    if (node->n_runs > 0) {
        set_paragraph(context, node, measure, galley);
    }
    sats_blocks_set(context, node, measure, galley);
}

void sats_blocks_set(SatsContext *context, const SatsNode *parent, const SatsMeasure *measure,
                     SatsGalley *galley) {
    sats_blocks_range_set(context, parent->first_child, NULL, measure, galley);
}

void sats_blocks_range_set(SatsContext *context, const SatsNode *first, const SatsNode *end,
                           const SatsMeasure *measure, SatsGalley *galley) {
    SatsMeasure inner = *measure;
    for (const SatsNode *child = first; child != end; child = child->next) {
        if (sats_node_is_inline(child) || child->kind == SATS_NODE_NOTE) {
            continue;
        }
        const SatsPageKind *page = context->page;
        sats_block_set(context, child, &inner, galley);
        if (context->page != page && !measure->in_cell) {
            inner = sats_page_measure(context, context->page); /* a break turned the page */
        }
    }
}

static void set_by_kind(SatsContext *context, const SatsNode *node, const SatsMeasure *measure,
                        SatsGalley *galley) {
    switch ((SatsNodeKind)node->kind) {
    case SATS_NODE_SECTION:
        set_section(context, node, measure, galley);
        break;
    case SATS_NODE_HEADING:
        set_heading(context, node, measure, galley);
        break;
    case SATS_NODE_PARAGRAPH:
    case SATS_NODE_CAPTION:
    case SATS_NODE_LABEL:
        set_paragraph(context, node, measure, galley);
        break;
    case SATS_NODE_LIST:
        set_list(context, node, measure, galley);
        break;
    case SATS_NODE_TABLE:
        sats_table_set(context, node, measure, galley);
        break;
    case SATS_NODE_FIGURE:
        sats_figure_set(context, node, measure, galley);
        break;
    case SATS_NODE_CONTENTS:
        sats_contents_set(context, node, measure, galley);
        break;
    case SATS_NODE_COLUMNS:
        sats_columns_set(context, node, measure, galley);
        break;
    case SATS_NODE_SIGNATURES:
        sats_signatures_set(context, node, measure, galley);
        break;
    case SATS_NODE_FIELDS:
        sats_fields_set(context, node, measure, galley);
        break;
    case SATS_NODE_TILES:
        sats_tiles_set(context, node, measure, galley);
        break;
    case SATS_NODE_SPACE:
        set_space(node, galley);
        break;
    case SATS_NODE_BREAK:
        set_page_break(context, node, galley);
        break;
    case SATS_NODE_DOCUMENT:
    case SATS_NODE_GROUP:
    case SATS_NODE_BODY:
    case SATS_NODE_ITEM:
    case SATS_NODE_COLUMN:
    case SATS_NODE_PARTY:
    case SATS_NODE_FIELD:
    case SATS_NODE_CELL:
    case SATS_NODE_NOTE:
        set_container(context, node, measure, galley);
        break;
    case SATS_NODE_NOTES:
    case SATS_NODE_ROW_GROUP:
    case SATS_NODE_ROW:
    case SATS_NODE_CONTENTS_ENTRY:
    case SATS_NODE_LINK:
    case SATS_NODE_REFERENCE:
    case SATS_NODE_SPAN:
    case SATS_NODE_FORM:
        break; /* set with their table or text block */
    }
}

/* ---- changes ---- */

static gboolean holds_change(const SatsNode *node) {
    gboolean found = node->changed;
    for (const SatsNode *child = node->first_child; child != NULL && !found; child = child->next) {
        found = holds_change(child);
    }
    return found;
}

/* Kinds that set their text side by side, or none: they get their bar as a whole. */
static gboolean is_marked_whole(const SatsNode *node) {
    return node->kind == SATS_NODE_FIGURE || node->kind == SATS_NODE_TILES ||
           node->kind == SATS_NODE_FIELDS || node->kind == SATS_NODE_SIGNATURES ||
           node->kind == SATS_NODE_COLUMNS;
}

static void mark_boxes(SatsContext *context, SatsGalley *galley, guint first) {
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    for (guint i = first; i < galley->n_items; i++) {
        SatsGalleyItem *item = &galley->items[i];
        if (item->kind == SATS_GALLEY_BOX) {
            sats_box_merge(&builder, item->as.box, 0, 0);
            sats_change_bar(context, &builder, item->x_pt, item->as.box->height_pt);
            item->as.box =
                sats_box_finish(&builder, item->as.box->width_pt, item->as.box->height_pt);
        }
    }
    sats_box_builder_clear(&builder);
}

/* A short table is not divided to save a little white space. */
static void spare_short(SatsContext *context, SatsGalley *galley, guint first) {
    const SatsPageKind *page = context->page;
    float height = 0;
    guint last = first;
    for (guint i = first; i < galley->n_items; i++) {
        height += galley->items[i].height_pt;
        last = galley->items[i].kind == SATS_GALLEY_BOX ? i : last;
    }
    if ((double)height > SHORT_TABLE_PART * (page->height_pt - page->top_pt - page->bottom_pt)) {
        return;
    }
    while (first < last && galley->items[first].kind != SATS_GALLEY_BOX) {
        first++;
    }
    for (guint i = first; i < last; i++) {
        if (galley->items[i].kind == SATS_GALLEY_BREAK) {
            galley->items[i].penalty = MAX(galley->items[i].penalty, PENALTY_IN_SHORT_TABLE);
        }
    }
}

void sats_block_set(SatsContext *context, const SatsNode *node, const SatsMeasure *measure,
                    SatsGalley *galley) {
    guint first = galley->n_items;
    SatsMeasure own = *measure;
    context->past_front = context->past_front || node->kind == SATS_NODE_SECTION;
    gboolean wide = is_wide(context, node, measure);
    if (wide || is_front_matter(context, node, measure)) {
        own.x_pt = measure->table_x_pt;
        own.width_pt = wide ? measure->table_width_pt : measure->width_pt;
    }
    SatsPlace around = context->place;
    context->place = node->place.source != NULL ? node->place : around;
    set_by_kind(context, node, &own, galley);
    context->place = around;
    if (!measure->in_cell && is_marked_whole(node) && holds_change(node)) {
        mark_boxes(context, galley, first);
    }
    if (node->keep) {
        sats_galley_keep(galley, first);
    } else if (node->kind == SATS_NODE_TABLE && !measure->in_cell) {
        spare_short(context, galley, first);
    }
}

/* ---- widths ---- */

static void widen(float *out_min_pt, float *out_max_pt, float min_pt, float max_pt) {
    *out_min_pt = MAX(*out_min_pt, min_pt);
    *out_max_pt = MAX(*out_max_pt, max_pt);
}

void sats_block_widths(SatsContext *context, const SatsNode *node, const SatsMeasure *measure,
                       float *out_min_pt, float *out_max_pt) {
    if (node->n_runs > 0) {
        const SatsTextStyle *style = sats_context_style(context, node, measure->text_style);
        SatsTextBlock block =
            sats_text_block(context, node, style, &(SatsTextOptions){.add_flags = measure->flags});
        widen(out_min_pt, out_max_pt, block.min_width_pt, block.max_width_pt);
    }
    float indent = 0;
    if (node->kind == SATS_NODE_LIST) {
        indent = list_indent(context, node, measure,
                             sats_context_style(context, node, measure->text_style));
    }
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        float min_pt = 0;
        float max_pt = 0;
        if (!sats_node_is_inline(child) && child->kind != SATS_NODE_NOTE) {
            sats_block_widths(context, child, measure, &min_pt, &max_pt);
            widen(out_min_pt, out_max_pt, min_pt + indent, max_pt + indent);
        }
    }
}
