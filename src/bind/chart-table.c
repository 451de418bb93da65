/* bind/chart-table.c: a chart's data as a table of the document.
 *
 * The table has no caption and no number: the figure before it has. Its first column heads the
 * rows. Each kind fills a grid of texts; the grid becomes rows and cells the usual way. */
#include "bind/chart.h"
#include "bind/table.h"

#include <string.h>

#define MOST_EVEN 6u /* columns of numbers that share the width evenly */

typedef struct {
    SatsBinder *binder;
    const SatsFigureData *data;
    SatsPlace place;
    GPtrArray *heads; /* const char *: one a column */
    GArray *aligns;   /* SatsAlign */
    GPtrArray *cells; /* const char *, row by row; NULL or "" empty */
} Grid;

static const char *word(const Grid *grid, const char *name) {
    return sats_theme_word(grid->binder->theme, name);
}

static void add_column(Grid *grid, const char *head, SatsAlign align) {
    g_ptr_array_add(grid->heads, (gpointer)(guintptr)(head != NULL ? head : ""));
    g_array_append_val(grid->aligns, align);
}

static void add_cell(Grid *grid, const char *text) {
    g_ptr_array_add(grid->cells, (gpointer)(guintptr)text);
}

static void add_number(Grid *grid, guint number) {
    add_cell(grid, sats_arena_printf(grid->binder->arena, "%u", number));
}

/* ---- the kinds ---- */

static void fill_axes(Grid *grid, const SatsAxesChart *chart) {
    const char *unit = chart->unit;
    add_column(grid, chart->header, SATS_ALIGN_LEFT);
    for (guint i = 0; i < chart->n_series; i++) {
        const char *label = chart->series[i].label;
        if (label == NULL)
            label = unit != NULL && chart->n_series == 1 ? unit : word(grid, "value");
        add_column(grid, label, SATS_ALIGN_DECIMAL);
    }
    if (chart->target.present)
        add_column(grid, chart->target_label, SATS_ALIGN_DECIMAL);
    for (guint i = 0; i < chart->n_categories; i++) {
        add_cell(grid, chart->categories[i].name);
        for (guint j = 0; j < chart->n_series; j++)
            add_cell(grid, chart->series[j].values[i].text);
        if (chart->target.present)
            add_cell(grid, chart->target.text);
    }
}

typedef struct {
    gboolean number, owner, remark;
} GanttColumns;

static GanttColumns gantt_columns(const SatsGanttChart *chart) {
    GanttColumns has = {FALSE, FALSE, FALSE};
    for (guint i = 0; i < chart->n_rows; i++) {
        has.number = has.number || chart->rows[i].number != NULL;
        has.owner = has.owner || chart->rows[i].owner != NULL;
        has.remark = has.remark || chart->rows[i].remark != NULL;
    }
    return has;
}

static const char *status_text(const Grid *grid, const SatsGanttChart *chart, int value) {
    for (guint i = 0; i < chart->n_key; i++)
        if (chart->key[i].value == value)
            return chart->key[i].text;
    return value < 0 ? "" : word(grid, "missing");
}

static void fill_gantt(Grid *grid, const SatsGanttChart *chart) {
    GanttColumns has = gantt_columns(chart);
    add_column(grid, chart->label_head != NULL ? chart->label_head : word(grid, "activity"),
               SATS_ALIGN_LEFT);
    if (has.owner)
        add_column(grid, chart->owner_head != NULL ? chart->owner_head : word(grid, "owner"),
                   SATS_ALIGN_LEFT);
    add_column(grid, word(grid, "start"), SATS_ALIGN_LEFT);
    add_column(grid, word(grid, "end"), SATS_ALIGN_LEFT);
    for (guint j = 0; j < chart->n_columns; j++)
        add_column(grid, chart->columns[j].name, SATS_ALIGN_LEFT);
    if (has.remark)
        add_column(grid, word(grid, "remark"), SATS_ALIGN_LEFT);
    for (guint i = 0; i < chart->n_rows; i++) {
        const SatsGanttRow *row = &chart->rows[i];
        add_cell(grid, has.number && row->number != NULL
                           ? sats_arena_printf(grid->binder->arena, "%s %s", row->number,
                                               row->label != NULL ? row->label : "")
                           : row->label);
        if (has.owner)
            add_cell(grid, row->owner);
        add_cell(grid, row->start_text);
        add_cell(grid, row->end_text);
        for (guint j = 0; j < chart->n_columns; j++)
            add_cell(grid, status_text(grid, chart, row->status[j]));
        if (has.remark)
            add_cell(grid, row->remark);
    }
}

static void fill_units(Grid *grid, const SatsOrganisationUnit *units, guint n, const char *under) {
    for (guint i = 0; i < n; i++) {
        add_cell(grid, units[i].name);
        add_cell(grid, under);
        add_cell(grid, units[i].text);
        fill_units(grid, units[i].units, units[i].n_units, units[i].name);
    }
}

static void fill_organisation(Grid *grid, const SatsOrganisationChart *chart) {
    add_column(grid, word(grid, "unit"), SATS_ALIGN_LEFT);
    add_column(grid, word(grid, "under"), SATS_ALIGN_LEFT);
    add_column(grid, "", SATS_ALIGN_LEFT);
    add_cell(grid, chart->head.name);
    add_cell(grid, "");
    add_cell(grid, chart->head.text);
    fill_units(grid, chart->staff, chart->n_staff, chart->head.name);
    fill_units(grid, chart->head.units, chart->head.n_units, chart->head.name);
}

static void fill_risk(Grid *grid, const SatsRiskChart *chart) {
    add_column(grid, word(grid, "risk"), SATS_ALIGN_LEFT);
    add_column(grid, chart->row_title, SATS_ALIGN_LEFT);
    add_column(grid, chart->column_title, SATS_ALIGN_LEFT);
    add_column(grid, word(grid, "risk-value"), SATS_ALIGN_DECIMAL);
    add_column(grid, word(grid, "risk-class"), SATS_ALIGN_LEFT);
    SatsArena *arena = grid->binder->arena;
    for (guint i = 0; i < chart->n_items; i++) {
        const SatsRiskItem *item = &chart->items[i];
        guint product = (item->row + 1) * (item->column + 1);
        const SatsRiskClass *class = sats_risk_class(chart, product);
        add_cell(grid, item->label);
        add_cell(grid, sats_arena_printf(arena, "%u %s", item->row + 1, chart->rows[item->row]));
        add_cell(grid,
                 sats_arena_printf(arena, "%u %s", item->column + 1, chart->columns[item->column]));
        add_number(grid, product);
        add_cell(grid, class != NULL ? class->label : "");
    }
}

/* ---- nodes ---- */

static void make_row(SatsTableMaker *table, const Grid *grid, guint first, SatsRowKind kind) {
    SatsBinder *binder = table->binder;
    SatsPlace place = grid->place;
    gboolean head = kind == SATS_ROW_HEAD;
    SatsRule rule = head || table->last_row == NULL ? SATS_RULE_NONE : SATS_RULE_HAIR;
    SatsNode *row = sats_table_row_begin(table, kind, rule, place);
    row->as.row->keep_with_next = head;
    for (guint i = 0; i < grid->heads->len; i++) {
        const char *text = g_ptr_array_index(head ? grid->heads : grid->cells, first + i);
        SatsNode *cell = sats_table_cell(table, 1, place);
        if (text == NULL || *text == '\0')
            continue;
        sats_bind_add_run(binder, cell, text, 0, NULL, place);
        if (head || i == 0)
            sats_table_cell_head(table, cell, head ? SATS_SCOPE_COLUMN : SATS_SCOPE_ROW);
    }
    sats_table_row_end(table);
    if (head)
        table->last_row = NULL;
}

static void make_nodes(Grid *grid, SatsNode *parent) {
    SatsBinder *binder = grid->binder;
    SatsPlace place = grid->place;
    guint n = grid->heads->len;
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_TABLE, place);
    SatsTable *table = node->as.table;
    table->n_columns = n;
    table->columns = sats_arena_new_array(binder->arena, SatsTableColumn, MAX(n, 1u));
    gboolean even = grid->data->kind <= SATS_CHART_COMBINED && n <= MOST_EVEN;
    for (guint i = 0; i < n; i++) {
        table->columns[i].width_kind = even ? SATS_WIDTH_SHARE : SATS_WIDTH_CONTENT;
        table->columns[i].width = even ? 1 : 0;
        table->columns[i].align = g_array_index(grid->aligns, SatsAlign, i);
        table->columns[i].key = i == 0;
        table->columns[i].hyphenate = TRUE;
    }
    SatsTableMaker maker;
    sats_table_maker_init(&maker, binder, node, n);
    maker.body = sats_table_row_group(binder, node, SATS_ROWS_HEAD, place);
    make_row(&maker, grid, 0, SATS_ROW_HEAD);
    maker.body = sats_table_row_group(binder, node, SATS_ROWS_BODY, place);
    for (guint i = 0; i + n <= grid->cells->len; i += n)
        make_row(&maker, grid, i, SATS_ROW_BODY);
    sats_table_foot(&maker);
    sats_table_maker_clear(&maker);
}

void sats_chart_make_table(SatsBinder *binder, const SatsFigureData *data, SatsNode *parent,
                           SatsPlace place) {
    Grid grid = {binder,
                 data,
                 place,
                 g_ptr_array_new(),
                 g_array_new(FALSE, FALSE, sizeof(SatsAlign)),
                 g_ptr_array_new()};
    switch (data->kind) {
    case SATS_CHART_BAR:
    case SATS_CHART_LINE:
    case SATS_CHART_COMBINED:
        fill_axes(&grid, &data->as.axes);
        break;
    case SATS_CHART_GANTT:
        fill_gantt(&grid, &data->as.gantt);
        break;
    case SATS_CHART_ORGANISATION:
        fill_organisation(&grid, &data->as.organisation);
        break;
    case SATS_CHART_HEATMAP:
        fill_risk(&grid, &data->as.risk);
        break;
    case SATS_CHART_STATUS:
    default:
        break; /* a legend has no data */
    }
    if (grid.cells->len > 0)
        make_nodes(&grid, parent);
    g_ptr_array_free(grid.heads, TRUE);
    g_array_free(grid.aligns, TRUE);
    g_ptr_array_free(grid.cells, TRUE);
}
