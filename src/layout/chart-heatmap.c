/* layout/chart-heatmap.c: the risk matrix: likelihood upwards, consequence to the right.
 *
 * Each square is filled by its product's class and says the product; risks are white discs with
 * their numbers. The key beside says range, class and what is done, so that colour never stands
 * alone. Rows grow where a square holds more risks than one line of discs. */
#include "layout/chart-kinds.h"

#define NUMBER_PT    11.5F /* from a step's number to its word */
#define LABEL_GAP_PT 8.0F
#define KEY_ROW_PT   15.0F
#define SWATCH_W_PT  17.0F
#define SWATCH_H_PT  10.5F
#define KEY_GAP_PT   9.0F

static const SatsChartText title_look = {.style = "chart-axis"};
static const SatsChartText number_look = {.style = "matrix-label", .flags = SATS_RUN_SEMIBOLD};
static const SatsChartText label_look = {.style = "matrix-label"};
static const SatsChartText item_look = {.style = "matrix-item", .anchor = SATS_ANCHOR_CENTER};
static const SatsChartText key_title_look = {.style = "caption-label"};
static const SatsChartText class_look = {.style = "chart-label", .flags = SATS_RUN_SEMIBOLD};
static const SatsChartText text_look = {.style = "chart-label"};

typedef struct {
    float range, label, text; /* widths */
    float width;
} Key;

typedef struct {
    const SatsChartPen *pen;
    const SatsRiskChart *chart;
    float left; /* of the squares */
    float cell, height, gap;
    float disc, disc_gap;
    Key key;
    float key_x; /* 0: under the matrix */
} Matrix;

/* ---- room ---- */

static char *range_text(const SatsRiskClass *class) {
    return class->low == class->high ? g_strdup_printf("%d", class->low)
                                     : g_strdup_printf("%d–%d", class->low, class->high);
}

static Key measure_key(const Matrix *matrix) {
    Key key = {0, 0, 0, 0};
    for (guint i = 0; i < matrix->chart->n_classes; i++) {
        const SatsRiskClass *class = &matrix->chart->classes[i];
        g_autofree char *range = range_text(class);
        float own_range = sats_chart_text_width(matrix->pen, range, &text_look);
        float own_label = sats_chart_text_width(matrix->pen, class->label, &class_look);
        float own_text = sats_chart_text_width(matrix->pen, class->text, &text_look);
        key.range = MAX(key.range, own_range);
        key.label = MAX(key.label, own_label);
        key.text = MAX(key.text, own_text);
    }
    key.width = SWATCH_W_PT + 6.0F + key.range + KEY_GAP_PT + key.label +
                (key.text > 0 ? KEY_GAP_PT + key.text : 0);
    return key;
}

static void find_room(Matrix *matrix) {
    const SatsChartPen *pen = matrix->pen;
    const SatsRiskChart *chart = matrix->chart;
    float labels = 0, columns = (float)MAX(chart->n_columns, 1u);
    for (guint i = 0; i < chart->n_rows; i++) {
        float own = sats_chart_text_width(pen, chart->rows[i], &label_look);
        labels = MAX(labels, own);
    }
    float title = sats_chart_text_width(pen, chart->row_title, &title_look);
    matrix->left = MAX(NUMBER_PT + labels, title) + LABEL_GAP_PT;
    matrix->left = MIN(matrix->left, pen->width_pt * 0.4F);
    matrix->cell = sats_chart_length(pen, "matrix.cell-width");
    matrix->height = sats_chart_length(pen, "matrix.cell-height");
    matrix->gap = sats_chart_length(pen, "matrix.gap");
    matrix->disc = sats_chart_length(pen, "matrix.disc");
    matrix->disc_gap = sats_chart_length(pen, "matrix.disc-gap");
    matrix->key = measure_key(matrix);
    float squares = columns * (matrix->cell + matrix->gap) - matrix->gap;
    float key_gap = sats_chart_length(pen, "matrix.key-gap");
    float beside = matrix->left + squares + key_gap;
    if (beside + matrix->key.width <= pen->width_pt) {
        matrix->key_x =
            MIN(MAX(beside, pen->width_pt * 0.6824F), pen->width_pt - matrix->key.width);
    } else if (matrix->left + squares > pen->width_pt) {
        matrix->cell = (pen->width_pt - matrix->left + matrix->gap) / columns - matrix->gap;
    }
}

/* ---- squares ---- */

static const char *class_colour(const Matrix *matrix, guint product) {
    const SatsRiskClass *class = sats_risk_class(matrix->chart, product);
    return class != NULL ? class->colour : "tint";
}

/* The colour of text on a fill: the theme's own for it, else ink. */
static const char *text_colour(const Matrix *matrix, const char *fill) {
    g_autofree char *name = g_strconcat(fill, "-text", NULL);
    guint32 unused;
    if (!sats_theme_colour(matrix->pen->context->theme, name, &unused))
        return "ink";
    return sats_arena_strdup(matrix->pen->context->arena, name);
}

static float item_width(const Matrix *matrix, const SatsRiskItem *item) {
    float width = sats_chart_text_width(matrix->pen, item->label, &item_look) + 5.0F;
    return MAX(matrix->disc, width);
}

/* Draws, or only counts, the discs of a square in lines from its lower edge up; returns the lines.
 */
static guint place_items(const Matrix *matrix, guint row, guint column, float x, float bottom,
                         gboolean draw) {
    const SatsRiskChart *chart = matrix->chart;
    float left = x + 4.2F, at = left, right = x + matrix->cell - 2.5F;
    guint lines = 0;
    guint total = draw ? place_items(matrix, row, column, x, bottom, FALSE) : 0;
    for (guint i = 0; i < chart->n_items; i++) {
        const SatsRiskItem *item = &chart->items[i];
        if (item->row != row || item->column != column)
            continue;
        float width = item_width(matrix, item);
        if (lines == 0 || at + width > right) {
            lines++;
            at = left;
        }
        float y = bottom - 2.4F - (float)(total - lines + 1) * (matrix->disc + matrix->disc_gap) +
                  matrix->disc_gap;
        if (draw) {
            sats_chart_pill(matrix->pen, &(SatsChartRect){at, y, width, matrix->disc},
                            matrix->disc / 2, sats_chart_colour(matrix->pen, "white"));
            sats_chart_text(matrix->pen, at + width / 2,
                            sats_chart_middle(matrix->pen, y + matrix->disc / 2, &item_look),
                            item->label, &item_look);
        }
        at += width + matrix->disc_gap;
    }
    return lines;
}

static float row_height(const Matrix *matrix, guint row) {
    guint most = 0;
    for (guint c = 0; c < matrix->chart->n_columns; c++) {
        guint lines = place_items(matrix, row, c, 0, 0, FALSE);
        most = MAX(most, lines);
    }
    if (most <= 1)
        return matrix->height;
    return MAX(matrix->height, 11.5F + (float)most * (matrix->disc + matrix->disc_gap) + 1.5F);
}

static void draw_square(const Matrix *matrix, guint row, guint column, const SatsChartRect *rect) {
    guint product = (row + 1) * (column + 1);
    const char *fill = class_colour(matrix, product);
    SatsChartText look = {.style = "matrix-product", .anchor = SATS_ANCHOR_RIGHT};
    look.colour = text_colour(matrix, fill);
    g_autofree char *text = g_strdup_printf("%u", product);
    sats_chart_rect(matrix->pen, rect, sats_chart_colour(matrix->pen, fill), -1, 0);
    sats_chart_text(matrix->pen, rect->x + rect->width - 4.0F, rect->y + 8.2F, text, &look);
    place_items(matrix, row, column, rect->x, rect->y + rect->height, TRUE);
}

static float draw_row(const Matrix *matrix, guint row, float y) {
    const SatsChartPen *pen = matrix->pen;
    float height = row_height(matrix, row);
    g_autofree char *number = g_strdup_printf("%u", row + 1);
    float middle = y + height / 2;
    SatsChartParagraph label = sats_chart_break(
        pen, matrix->chart->rows[row], matrix->left - NUMBER_PT - LABEL_GAP_PT + 0.5F, &label_look);
    float top = middle - label.lines.height_pt / 2;
    sats_chart_text(pen, 0,
                    label.lines.n_lines > 0 ? top + label.lines.baseline_pt
                                            : sats_chart_middle(pen, middle, &number_look),
                    number, &number_look);
    sats_chart_paragraph(pen, NUMBER_PT, top, &label, &label_look);
    for (guint c = 0; c < matrix->chart->n_columns; c++)
        draw_square(matrix, row, c,
                    &(SatsChartRect){matrix->left + (float)c * (matrix->cell + matrix->gap), y,
                                     matrix->cell, height});
    return y + height;
}

/* The steps of consequence under the squares; returns the lower edge. */
static float draw_columns(const Matrix *matrix, float y) {
    const SatsChartPen *pen = matrix->pen;
    float height = 0;
    for (guint c = 0; c < matrix->chart->n_columns; c++) {
        float x = matrix->left + (float)c * (matrix->cell + matrix->gap);
        g_autofree char *number = g_strdup_printf("%u", c + 1);
        SatsChartParagraph label =
            sats_chart_break(pen, matrix->chart->columns[c], matrix->cell - 8.5F, &label_look);
        float baseline = label.lines.n_lines > 0 ? label.lines.baseline_pt : 8.0F;
        sats_chart_text(pen, x, y + baseline, number, &number_look);
        sats_chart_paragraph(pen, x + 8.0F, y, &label, &label_look);
        height = MAX(height, label.lines.height_pt);
    }
    y += height;
    if (matrix->chart->column_title != NULL) {
        sats_chart_text(pen, matrix->left, y + 8.0F, matrix->chart->column_title, &title_look);
        y += sats_chart_leading(pen, &title_look);
    }
    return y;
}

/* ---- key ---- */

static void draw_swatch(const Matrix *matrix, const char *colour, float x, float middle) {
    SatsChartRect rect = {x, middle - SWATCH_H_PT / 2, SWATCH_W_PT, SWATCH_H_PT};
    sats_chart_rect(matrix->pen, &rect, sats_chart_colour(matrix->pen, colour), -1, 0);
}

static float draw_key(const Matrix *matrix, float x, float y) {
    const SatsChartPen *pen = matrix->pen;
    const Key *key = &matrix->key;
    float range_x = x + SWATCH_W_PT + 6.0F;
    float label_x = range_x + key->range + KEY_GAP_PT;
    for (guint i = 0; i < matrix->chart->n_classes; i++, y += KEY_ROW_PT) {
        const SatsRiskClass *class = &matrix->chart->classes[i];
        g_autofree char *range = range_text(class);
        float middle = y + KEY_ROW_PT / 2;
        float baseline = sats_chart_middle(pen, middle, &text_look);
        draw_swatch(matrix, class->colour, x, middle);
        sats_chart_text(pen, range_x, baseline, range, &text_look);
        sats_chart_text(pen, label_x, baseline, class->label, &class_look);
        sats_chart_text(pen, label_x + key->label + KEY_GAP_PT, baseline, class->text, &text_look);
    }
    return y;
}

float sats_chart_draw_heatmap(const SatsChartPen *pen, float y) {
    Matrix matrix = {.pen = pen, .chart = &pen->data->as.risk};
    const SatsRiskChart *chart = matrix.chart;
    find_room(&matrix);
    float key_y = y;
    gboolean beside = matrix.key_x > 0;
    if (chart->row_title != NULL || (beside && chart->key_title != NULL)) {
        sats_chart_text(pen, 0, y + 8.5F, chart->row_title, &title_look);
        if (beside)
            sats_chart_text(pen, matrix.key_x, y + 8.5F, chart->key_title, &key_title_look);
        y += 13.0F;
        key_y = y + 1.0F;
    }
    for (guint row = chart->n_rows; row-- > 0;)
        y = draw_row(&matrix, row, y) + matrix.gap;
    y = draw_columns(&matrix, y + 1.5F);
    if (!beside) {
        key_y = y + 8.0F;
        if (chart->key_title != NULL) {
            sats_chart_text(pen, 0, key_y + 8.5F, chart->key_title, &key_title_look);
            key_y += 13.0F;
        }
    }
    float key_end = draw_key(&matrix, matrix.key_x, key_y);
    return MAX(y, key_end);
}
