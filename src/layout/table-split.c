/* layout/table-split.c: a table too wide for its page, in parts by columns.
 *
 * The key columns (or the first) begin every part; the others follow in order, as many as fit by
 * their least widths, and are never taken from under a common head that would fit whole. There are
 * as few parts as can be, and then they are made as even as can be. In the parts after the first
 * the key columns are artifacts: the logical table has them once.
 */
#include "layout/table.h"

#include <math.h>

static float least_width(const SatsTableSetting *setting, guint column) {
    const SatsColumnBox *box = &setting->columns[column];
    float least = MAX(box->min_pt, (float)box->column->min_width_pt);
    if (box->column->width_kind == SATS_WIDTH_FIXED) {
        least = MIN(least, (float)box->column->width);
    }
    return least + 2 * setting->side_pt + setting->column_gap_pt * (box->number ? 0.0F : 1.0F) +
           (float)box->column->gap_before_pt;
}

static gboolean is_key(const SatsTableSetting *setting, guint column, gboolean any_key) {
    return any_key ? setting->columns[column].column->key : column == 0;
}

/* Last column of the common head of the first level over this column. */
static guint group_end(const SatsTableSetting *setting, guint column) {
    const SatsTableGrid *grid = setting->grid;
    if (grid->n_head < 2) {
        return column;
    }
    for (const SatsNode *cell = grid->rows[0].node->first_child; cell != NULL; cell = cell->next) {
        if (cell->kind == SATS_NODE_CELL && cell->as.cell->column <= column &&
            cell->as.cell->column + cell->as.cell->column_span > (int)column) {
            return MIN((guint)(cell->as.cell->column + cell->as.cell->column_span),
                       setting->n_columns) -
                   1;
        }
    }
    return column;
}

typedef struct {
    SatsTableSetting *setting;
    gboolean any_key;
    float key_width;
    float room; /* for the other columns of a part */
} SplitWork;

/* What the column takes of the room: a key column, which all parts have, nothing. */
static float own_width(const SplitWork *work, guint column) {
    return is_key(work->setting, column, work->any_key) ? 0 : least_width(work->setting, column);
}

/* First column that is no longer in the part that begins with `first`. A part has at least one
 * column besides the keys, whatever room that takes. */
static guint part_end(const SplitWork *work, guint first) {
    const SatsTableSetting *setting = work->setting;
    float room = work->room;
    gboolean any = FALSE;
    for (guint column = first, last; column < setting->n_columns; column = last + 1) {
        last = group_end(setting, column);
        float group = 0;
        for (guint i = column; i <= last; i++) {
            group += own_width(work, i);
        }
        if (group > room && any) {
            return column;
        }
        gboolean whole = group <= room; /* a group wider than a part is divided */
        for (guint i = column; i <= last; i++) {
            float width = own_width(work, i);
            if (!whole && width > room && any) {
                return i;
            }
            room = MAX(0, room - width);
            any = any || width > 0;
        }
    }
    return setting->n_columns;
}

static guint count_parts(const SplitWork *work) {
    guint n = 0;
    for (guint first = 0; first < work->setting->n_columns; n++) {
        first = part_end(work, first);
    }
    return n;
}

/* The least room that needs no more parts than the whole width does. */
static void even_out(SplitWork *work) {
    float most = work->room;
    float least = 0;
    const guint n = count_parts(work);
    for (guint step = 0; step < 20; step++) {
        work->room = (least + most) / 2;
        if (count_parts(work) <= n) {
            most = work->room;
        } else {
            least = work->room;
        }
    }
    work->room = most;
}

/* A copy of the setting with only the key columns and those of the part. */
static SatsTableSetting *make_part(const SplitWork *work, guint part, guint first, guint end) {
    const SatsTableSetting *whole = work->setting;
    SatsTableSetting *setting = sats_arena_memdup(whole->arena, whole, sizeof *whole);
    setting->part = part;
    setting->columns =
        sats_arena_memdup(whole->arena, whole->columns, whole->n_columns * sizeof(SatsColumnBox));
    for (guint i = 0; i < setting->n_columns; i++) {
        SatsColumnBox *box = &setting->columns[i];
        gboolean key = is_key(whole, i, work->any_key);
        box->hidden = !key && (i < first || i >= end);
        box->again = key && part > 0;
    }
    sats_table_pad(setting);
    if (!sats_table_columns_resolve(setting, setting->width_pt)) {
        for (guint i = 0; i < setting->n_columns; i++) {
            setting->columns[i].min_pt = 0; /* words will be divided by force, and reported */
        }
        sats_table_columns_resolve(setting, setting->width_pt);
    }
    return setting;
}

/* ---- the finding ---- */

/* Where the first word of a cell stands that is not the template's own, else the table. */
static const SatsPlace *place_of_words(const SatsTableGrid *grid) {
    for (guint i = grid->n_head; i < grid->n_rows; i++) {
        const SatsNode *cell = grid->rows[i].node->first_child;
        for (; cell != NULL; cell = cell->next) {
            const SatsNode *text = cell->n_runs > 0 ? cell : cell->first_child;
            if (text != NULL && text->n_runs > 0 && text->runs[0].place.source != NULL &&
                text->runs[0].place.source != grid->node->place.source) {
                return &text->runs[0].place;
            }
        }
    }
    return &grid->node->place;
}

/* Whether the table would be whole on the same paper, turned. */
static gboolean fits_turned(const SatsTableSetting *setting) {
    const SatsPageKind *page = setting->context->page;
    const SatsTheme *theme = setting->context->theme;
    double room_pt = 0;
    for (const char *const *name = sats_theme_page_names(theme); *name != NULL; name++) {
        const SatsPageKind *kind = sats_theme_page(theme, *name);
        if (fabs(kind->width_pt - page->height_pt) < 1 &&
            fabs(kind->height_pt - page->width_pt) < 1) {
            room_pt = MAX(room_pt, kind->width_pt - kind->left_pt - kind->right_pt);
        }
    }
    double least_pt = 0;
    for (guint i = 0; i < setting->n_columns; i++) {
        least_pt += (double)least_width(setting, i);
    }
    return page->width_pt < page->height_pt && least_pt <= room_pt;
}

static void report_split(const SatsTableSetting *setting, guint n_parts) {
    SatsReport *report = setting->context->report;
    sats_report_add(report, SATS_NOTE, "table-split", place_of_words(setting->grid),
                    "the table is too wide for its page and is set in %u parts",
                    "tabellen är för bred för sidan och sätts i %u delar", n_parts);
    if (fits_turned(setting)) {
        sats_report_hint(report, "on a landscape page it is whole",
                         "på en liggande sida blir den hel");
    }
}

void sats_table_split_set(SatsTableSetting *setting, SatsGalley *galley) {
    SplitWork work = {.setting = setting};
    for (guint i = 0; i < setting->n_columns; i++) {
        work.any_key = work.any_key || setting->columns[i].column->key;
    }
    for (guint i = 0; i < setting->n_columns; i++) {
        work.key_width += is_key(setting, i, work.any_key) ? least_width(setting, i) : 0;
    }
    if (work.key_width > 0.6F * setting->width_pt) {
        work.any_key = FALSE;
        work.key_width = MIN(least_width(setting, 0), 0.5F * setting->width_pt);
    }
    work.room = setting->width_pt - work.key_width;
    even_out(&work);
    guint part = 0;
    for (guint first = 0; first < setting->n_columns;) {
        guint end = part_end(&work, first);
        if (part > 0) {
            sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
            sats_galley_space(galley, sats_context_length_pt(setting->context, "table.above"));
        }
        sats_table_part_set(make_part(&work, part++, first, end), galley);
        first = end;
    }
    if (part > 1) { /* one: words were divided, which is reported */
        report_split(setting, part);
    }
}
