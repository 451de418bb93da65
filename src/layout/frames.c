/* layout/frames.c: the framed parts of a page: labelled fields, key figures, signatures.
 *
 * bind/frames.c says in which order their children stand; a text block without runs keeps its place
 * and takes no room, except where look.md keeps the room for a hand.
 */
#include "layout/context.h"

typedef struct {
    SatsContext *context;
    SatsBoxBuilder builder;
    const SatsNoteBox *notes; /* called in the frame */
    const SatsNoteBox **tail;
} Frame;

static void frame_begin(Frame *frame, SatsContext *context) {
    frame->context = context;
    frame->notes = NULL;
    frame->tail = &frame->notes;
    sats_box_builder_init(&frame->builder, context->arena);
}

/* Adds the finished box to the galley, unbreakable. */
static void frame_end(Frame *frame, SatsGalley *galley, float x, float width, float height) {
    sats_galley_box(galley, sats_box_finish(&frame->builder, width, height), x, frame->notes);
    sats_box_builder_clear(&frame->builder);
}

/* Draws a line, and keeps the footnotes that it calls for the frame's foot. */
static void draw_line(Frame *frame, const SatsNode *node, SatsLine *line,
                      const SatsTextStyle *style, float x, float baseline) {
    sats_line_draw(frame->context, &frame->builder, node, line, style, x, baseline, -1);
    for (const SatsNoteBox *note = sats_line_notes(frame->context, line); note != NULL;
         note = note->next) {
        SatsNoteBox *copy = sats_arena_memdup(frame->context->arena, note, sizeof *note);
        copy->next = NULL;
        *frame->tail = copy;
        frame->tail = &copy->next;
    }
}

/* Sets a text block at x, y; returns its height. A missing or empty one has none. */
static float set_text(Frame *frame, const SatsNode *node, float x, float y, float width,
                      gboolean right) {
    if (node == NULL || node->n_runs == 0) {
        return 0;
    }
    const SatsTextStyle *style = sats_context_style(frame->context, node, "body");
    SatsTextBlock block = sats_text_block(frame->context, node, style, NULL);
    SatsLines lines = sats_text_lines(frame->context, &block, width);
    for (guint i = 0; i < lines.n_lines; i++) {
        float dx = right ? width - lines.lines[i].width_pt : 0;
        draw_line(frame, node, &lines.lines[i], style, x + dx,
                  y + (float)i * lines.leading_pt + lines.baseline_pt);
    }
    return lines.height_pt;
}

static const SatsNode *child_at(const SatsNode *node, guint index) {
    const SatsNode *child = node->first_child;
    while (child != NULL && index-- > 0) {
        child = child->next;
    }
    return child;
}

/* ---- fields ---- */

typedef struct {
    guint per_row;
    float width, gap;
} Grid;

static float column_x(const Grid *grid, guint column) {
    return (float)column * (grid->width + grid->gap) / (float)grid->per_row;
}

static float column_width(const Grid *grid, guint span) {
    return column_x(grid, span) - grid->gap;
}

/* One row of fields from `*field` on; returns its height. */
static float set_field_row(Frame *frame, const SatsNode **field, const Grid *grid, float y) {
    float above = sats_context_length_pt(frame->context, "field.above");
    float below = sats_context_length_pt(frame->context, "field.below");
    float height = 0;
    guint column = 0;
    while (*field != NULL) {
        guint span = MIN(MAX((*field)->as.field->span, 1), grid->per_row);
        if (column > 0 && column + span > grid->per_row) {
            break;
        }
        float x = column_x(grid, column);
        float width = column_width(grid, span);
        float label = set_text(frame, child_at(*field, 0), x, y + above, width, FALSE);
        float value = set_text(frame, child_at(*field, 1), x, y + above + label, width, FALSE);
        height = MAX(height, above + label + value + below);
        column += span;
        *field = (*field)->next;
    }
    return height;
}

void sats_fields_set(SatsContext *context, const SatsNode *fields, const SatsMeasure *measure,
                     SatsGalley *galley) {
    Frame frame;
    frame_begin(&frame, context);
    float width = measure->table_width_pt;
    Grid grid = {MAX(fields->as.fields->per_row, 1), width,
                 sats_context_length_pt(context, "field.gap")};
    float y = 0;
    const SatsNode *child = fields->first_child;
    if (fields->as.fields->document_control) {
        float left = set_text(&frame, child_at(fields, 0), 0, 0, width * 0.7F, FALSE);
        float right = set_text(&frame, child_at(fields, 1), width * 0.3F, 0, width * 0.7F, TRUE);
        y = MAX(left, right) + sats_context_length_pt(context, "block.rule-gap");
        sats_box_rule(&frame.builder, 0, y, width, y, sats_context_length_pt(context, "block.rule"),
                      sats_context_colour(context, "ink"));
    }
    while (child != NULL && child->kind != SATS_NODE_FIELD) {
        child = child->next;
    }
    gboolean first = TRUE;
    while (child != NULL) {
        if (!first) {
            sats_box_rule(&frame.builder, 0, y, width, y,
                          sats_context_length_pt(context, "block.row-rule"),
                          sats_context_colour(context, "hairline"));
        }
        y += set_field_row(&frame, &child, &grid, y);
        first = FALSE;
    }
    sats_box_rule(&frame.builder, 0, y, width, y, sats_context_length_pt(context, "block.end-rule"),
                  sats_context_colour(context, "ink"));
    frame_end(&frame, galley, measure->table_x_pt, width, y);
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley, (float)sats_context_style(context, NULL, "body")->below_pt);
}

/* ---- key figures ---- */

/* Value and unit on one line, text under them. */
static float set_tile(Frame *frame, const SatsNode *tile, float x, float y, float width) {
    SatsContext *context = frame->context;
    sats_box_rule(&frame->builder, x, y, x + width, y, sats_context_length_pt(context, "tile.rule"),
                  sats_context_colour(context, "ink"));
    float top = y + sats_context_length_pt(context, "tile.above");
    const SatsNode *value = child_at(tile, 0);
    const SatsNode *unit = child_at(tile, 1);
    const SatsTextStyle *style = sats_context_style(context, value, "tile-value");
    SatsTextBlock block = sats_text_block(context, value, style, NULL);
    SatsLines lines = sats_text_lines(context, &block, width);
    for (guint i = 0; i < lines.n_lines; i++) {
        draw_line(frame, value, &lines.lines[i], style, x,
                  top + (float)i * lines.leading_pt + lines.baseline_pt);
    }
    if (unit != NULL && unit->n_runs > 0) {
        const SatsTextStyle *unit_style = sats_context_style(context, unit, "tile-unit");
        SatsTextBlock unit_block = sats_text_block(context, unit, unit_style, NULL);
        SatsLines unit_lines = sats_text_lines(context, &unit_block, width);
        float after = x + lines.lines[lines.n_lines - 1].width_pt +
                      sats_context_length_pt(context, "tile.unit-gap");
        float baseline = top + (float)(lines.n_lines - 1) * lines.leading_pt + lines.baseline_pt;
        draw_line(frame, unit, unit_lines.lines, unit_style, after, baseline);
    }
    float text_y = top + lines.height_pt + sats_context_length_pt(context, "tile.text-above");
    return text_y + set_text(frame, child_at(tile, 2), x, text_y, width, FALSE) - y;
}

void sats_tiles_set(SatsContext *context, const SatsNode *tiles, const SatsMeasure *measure,
                    SatsGalley *galley) {
    Frame frame;
    frame_begin(&frame, context);
    Grid grid = {MAX(tiles->as.tiles->per_row, 1), measure->table_width_pt,
                 sats_context_length_pt(context, "tile.gap")};
    const SatsNode *child = tiles->first_child;
    float y = 0;
    if (child != NULL && child->kind == SATS_NODE_PARAGRAPH) {
        y = set_text(&frame, child, 0, 0, grid.width, FALSE) +
            (float)sats_context_style(context, child, "tile-title")->below_pt;
        child = child->next;
    }
    guint column = 0;
    float row = 0;
    for (; child != NULL; child = child->next) {
        if (column == grid.per_row) {
            y += row + sats_context_length_pt(context, "tile.gap");
            row = 0;
            column = 0;
        }
        float height = set_tile(&frame, child, column_x(&grid, column), y, column_width(&grid, 1));
        row = MAX(row, height);
        column++;
    }
    frame_end(&frame, galley, measure->table_x_pt, grid.width, y + row);
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley, (float)sats_context_style(context, NULL, "body")->below_pt);
}

/* ---- signatures ---- */

/* Place, and a rule for the date by hand after it; a date that is known stands on the rule. */
static float set_place_and_date(Frame *frame, const SatsNode *place, const SatsNode *date, float x,
                                float y, float width) {
    SatsContext *context = frame->context;
    const SatsTextStyle *style = sats_context_style(context, place, "signature-place");
    float place_width = 0;
    if (place->n_runs > 0) {
        SatsTextBlock block = sats_text_block(context, place, style, NULL);
        place_width = block.max_width_pt + 6;
        set_text(frame, place, x, y, width, FALSE);
    }
    set_text(frame, date, x + place_width, y, width - place_width, FALSE);
    float rule_y = y + sats_style_baseline_pt(context, style) + 3.5F;
    sats_box_rule(&frame->builder, x + place_width, rule_y, x + width, rule_y,
                  sats_context_length_pt(context, "signature.date-rule"),
                  sats_context_colour(context, "ink"));
    return (float)style->leading_pt + 2;
}

static void add_field(Frame *frame, const SatsNode *form, float x, float y, float width,
                      float height) {
    SatsItem item = {
        .kind = SATS_ITEM_FIELD, .artifact = SATS_ITEM_CONTENT, .owner = form, .x = x, .y = y};
    item.as.field = sats_arena_alloc(frame->context->arena, sizeof *item.as.field);
    item.as.field->width_pt = width;
    item.as.field->height_pt = height;
    sats_box_item(&frame->builder, &item);
}

static float set_party(Frame *frame, const SatsNode *party, float x, float y0, float width) {
    SatsContext *context = frame->context;
    float y = y0;
    y += set_text(frame, child_at(party, 0), x, y, width, FALSE) +
         sats_context_length_pt(context, "signature.party-gap");
    y += set_text(frame, child_at(party, 1), x, y, width, FALSE);
    y += set_place_and_date(frame, child_at(party, 2), child_at(party, 3), x, y, width);
    float hand = sats_context_length_pt(context, "signature.hand");
    add_field(frame, child_at(party, 4), x, y + 4, width, hand - 5);
    y += hand;
    sats_box_rule(&frame->builder, x, y, x + width, y,
                  sats_context_length_pt(context, "signature.rule"),
                  sats_context_colour(context, "ink"));
    y += sats_context_length_pt(context, "signature.label-gap");
    y += set_text(frame, child_at(party, 5), x, y, width, FALSE) +
         sats_context_length_pt(context, "signature.name-gap");
    y += set_text(frame, child_at(party, 6), x, y, width, FALSE);
    y += set_text(frame, child_at(party, 7), x, y, width, FALSE);
    y += set_text(frame, child_at(party, 8), x, y, width, FALSE);
    return y - y0;
}

void sats_signatures_set(SatsContext *context, const SatsNode *signatures,
                         const SatsMeasure *measure, SatsGalley *galley) {
    Frame frame;
    frame_begin(&frame, context);
    float left = measure->in_cell ? 0 : measure->x_pt - measure->table_x_pt;
    float room = measure->table_width_pt - left;
    guint per_row = MAX(signatures->as.signatures->per_row, 1);
    float gap = per_row > 2 ? sats_context_length_pt(context, "signature.gap") / 2
                            : sats_context_length_pt(context, "signature.gap");
    float column = per_row == 1 ? MIN(sats_context_length_pt(context, "signature.column"), room)
                                : (room - gap * (float)(per_row - 1)) / (float)per_row;
    float y = sats_context_length_pt(context, "signature.party-gap") / 2;
    float row = 0;
    guint index = 0;
    for (const SatsNode *party = signatures->first_child; party != NULL; party = party->next) {
        if (index > 0 && index % per_row == 0) {
            y += row + sats_context_length_pt(context, "signature.row-gap");
            row = 0;
        }
        float x = left + (float)(index % per_row) * (column + gap);
        float height = set_party(&frame, party, x, y, column);
        row = MAX(row, height);
        index++;
    }
    sats_galley_break(galley, SATS_PENALTY_FORBIDDEN, NULL); /* with the sentence before it */
    frame_end(&frame, galley, measure->table_x_pt, measure->table_width_pt, y + row);
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley, (float)sats_context_style(context, NULL, "h2")->above_pt);
}
