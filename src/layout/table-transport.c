/* layout/table-transport.c: sums carried over page breaks.
 *
 * After a break, a line under the head says what the columns of numbers amount to so far. Rows are
 * added up when a break is chosen, from where the last one left off, since breaks come in order. A
 * column in which something is no number has no sum; sums that the table itself has do not count.
 */
#include <string.h>

#include "base/decimal.h"
#include "layout/table.h"

struct SatsTableTransport {
    SatsDecimal *sums;
    gboolean *broken;
    guint next; /* first row that is not in the sums */
};

void sats_table_transport_start(SatsTableSetting *setting) {
    setting->transport = NULL;
    setting->transport_pt = 0;
    if (!setting->grid->table->transport) {
        return;
    }
    SatsTableTransport *transport = sats_arena_new_struct(setting->arena, SatsTableTransport);
    transport->sums = sats_arena_new_array(setting->arena, SatsDecimal, setting->n_columns);
    transport->broken = sats_arena_new_array(setting->arena, gboolean, setting->n_columns);
    transport->next = setting->grid->n_head;
    setting->transport = transport;
    const SatsTextStyle *style = setting->row_styles[SATS_ROW_TOTAL].plain;
    setting->transport_pt =
        (float)(style->size_pt + setting->style->pad_above_pt + setting->style->pad_below_pt);
}

static const SatsNode *text_of(const SatsNode *cell) {
    const SatsNode *text = cell;
    while (text != NULL && text->n_runs == 0) {
        text = text->first_child;
    }
    return text;
}

/* Adds a cell to its column's sum; blank and dash are nothing. */
static void add_cell(SatsTableTransport *transport, const SatsNode *cell) {
    guint column = cell->as.cell->column;
    const SatsNode *text = text_of(cell);
    if (text == NULL || text->n_runs == 0) {
        return;
    }
    const SatsRun *run = &text->runs[0];
    SatsDecimal value;
    gboolean marks_only = text->n_runs == 1 || (text->runs[1].flags & SATS_RUN_NOTE_MARK) != 0;
    if (run->kind == SATS_RUN_TEXT && marks_only &&
        sats_decimal_parse(run->text, run->length, &value)) {
        transport->broken[column] =
            transport->broken[column] ||
            !sats_decimal_add(transport->sums[column], value, &transport->sums[column]);
        return;
    }
    gboolean dash = run->length <= 3 &&
                    (memcmp(run->text, "–", MIN(run->length, 3)) == 0 || run->text[0] == '-');
    transport->broken[column] = transport->broken[column] || !dash;
}

static void add_rows(SatsTableSetting *setting, guint end) {
    SatsTableTransport *transport = setting->transport;
    if (end < transport->next) {
        memset(transport->sums, 0, setting->n_columns * sizeof *transport->sums);
        memset(transport->broken, 0, setting->n_columns * sizeof *transport->broken);
        transport->next = setting->grid->n_head;
    }
    for (; transport->next < end; transport->next++) {
        const SatsTableRow *row = &setting->grid->rows[transport->next];
        if (sats_table_row_kind(row) != SATS_ROW_BODY) {
            continue;
        }
        for (const SatsNode *cell = row->node->first_child; cell != NULL; cell = cell->next) {
            if (cell->kind == SATS_NODE_CELL && cell->as.cell->column < setting->n_columns &&
                setting->columns[cell->as.cell->column].number) {
                add_cell(transport, cell);
            }
        }
    }
}

static void draw_words(SatsTableSetting *setting, SatsBoxBuilder *builder,
                       const SatsColumnBox *column, const char *words, float baseline) {
    const SatsTextStyle *style = setting->row_styles[SATS_ROW_TOTAL].plain;
    guint flags = column->number ? SATS_RUN_TABULAR : 0U;
    SatsTextBlock text = sats_text_words(setting->context, words, style, flags);
    SatsLines lines = sats_text_lines(setting->context, &text, text.max_width_pt + 1);
    SatsLine *line = &lines.lines[0];
    float x = column->x_pt + column->pad_left_pt;
    if (column->number) {
        float right = column->x_pt + column->width_pt - column->pad_right_pt;
        x = right - line->width_pt;
        if (column->column->align == SATS_ALIGN_DECIMAL) {
            x = sats_table_decimal_x(column, right) - sats_line_decimal_pt(line);
        }
    }
    sats_box_artifact_line(builder, SATS_ARTIFACT_PAGINATION, NULL, line, x, baseline);
}

void sats_table_transport_draw(SatsTableSetting *setting, guint row, SatsBoxBuilder *builder,
                               float y) {
    if (setting->transport == NULL) {
        return;
    }
    add_rows(setting, row);
    const SatsTextStyle *style = setting->row_styles[SATS_ROW_TOTAL].plain;
    float half_lead = (float)(style->leading_pt - style->size_pt) / 2;
    float baseline = y + (float)setting->style->pad_above_pt - half_lead +
                     sats_style_baseline_pt(setting->context, style);
    gboolean said = FALSE;
    for (guint i = 0; i < setting->n_columns; i++) {
        const SatsColumnBox *column = &setting->columns[i];
        if (column->hidden) {
            continue;
        }
        if (!column->number && !said) {
            draw_words(setting, builder, column,
                       sats_theme_word(setting->context->theme, "transport"), baseline);
            said = TRUE;
        } else if (column->number && !setting->transport->broken[i]) {
            g_autofree char *sum = sats_decimal_format(setting->transport->sums[i], NULL);
            draw_words(setting, builder, column, sum, baseline);
        }
    }
    SatsBoundary rule = {.weight_pt = (float)setting->style->rule_total_pt, .rgb = setting->ink};
    sats_table_boundary_draw(setting, builder, &rule, y + setting->transport_pt);
}
