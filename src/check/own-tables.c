/* The sums that tables of a plan's own state. */
#include "check/own-tables.h"

#include <string.h>

#include "template/filter.h"
#include "template/free.h"

typedef struct {
    SatsArena *arena;
    SatsReport *report;
} Search;

/* Numbers of one column, added up. */
typedef struct {
    SatsDecimal sum;
    guint n;
    gboolean unknown; /* words among them, or too large */
} Part;

/* What a sum may be the sum of. */
typedef struct {
    Part all;       /* the rows so far */
    Part in_total;  /* … since the last sum */
    Part in_group;  /* … since the last sum, subtotal or group's title */
    Part subtotals; /* the subtotals since the last sum */
} Column;

static void add(Part *part, const SatsDecimal *number) {
    part->unknown =
        part->unknown || number == NULL || !sats_decimal_add(part->sum, *number, &part->sum);
    part->n++;
}

static gboolean comes_to(const Part *part, SatsDecimal number) {
    return part->n > 0 && sats_decimal_compare(part->sum, number) == 0;
}

static void disagree(Search *search, const SatsValue *cell, SatsDecimal is, SatsDecimal should) {
    SatsDecimalFormat format = {.decimals = -1};
    SatsDecimal difference;
    if (!sats_decimal_subtract(is, should, &difference))
        return;
    difference.digits = ABS(difference.digits);
    g_autofree char *a = sats_decimal_format(is, &format);
    g_autofree char *b = sats_decimal_format(should, &format);
    g_autofree char *d = sats_decimal_format(difference, &format);
    sats_report_add(search->report, SATS_WARNING, "table-sum", &cell->place,
                    "the rows come to %s, not %s, differs by %s",
                    "raderna blir %s, inte %s, skiljer %s", a, b, d);
    sats_report_hint(search->report, "a column that is not a sum has 'summeras: nej'",
                     "en kolumn som inte är en summa har 'summeras: nej'");
}

/* Compares a stated sum with the rows; parts that have no terms say nothing. */
static void check_sum(Search *search, const Column *column, SatsRowKind kind, const SatsValue *cell,
                      SatsDecimal stated) {
    const Part *parts[3] = {&column->in_group, &column->all, NULL};
    if (kind == SATS_ROW_TOTAL) {
        parts[0] = &column->in_total;
        parts[2] = &column->subtotals;
    }
    const Part *meant = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i] == NULL || parts[i]->n == 0)
            continue;
        if (parts[i]->unknown || comes_to(parts[i], stated))
            return;
        meant = meant == NULL ? parts[i] : meant;
    }
    if (meant != NULL)
        disagree(search, cell, meant->sum, stated);
}

static void add_row(Search *search, Column *column, SatsRowKind kind, const SatsValue *cell) {
    SatsDecimal number;
    const char *note;
    gboolean text = cell != NULL && cell->kind == SATS_VALUE_TEXT;
    gboolean blank = sats_value_is_empty(cell) || (text && strcmp(cell->as.text, "–") == 0);
    gboolean known =
        !blank && text && sats_number_with_note(cell->as.text, search->arena, &number, &note);
    const SatsDecimal *term = known ? &number : NULL;
    if (kind == SATS_ROW_BODY && !blank) {
        add(&column->all, term);
        add(&column->in_total, term);
        add(&column->in_group, term);
    }
    if (kind != SATS_ROW_SUBTOTAL && kind != SATS_ROW_TOTAL)
        return;
    if (known)
        check_sum(search, column, kind, cell, number);
    column->in_group = (Part){0};
    if (kind == SATS_ROW_TOTAL)
        column->in_total = column->subtotals = (Part){0};
    else if (!blank)
        add(&column->subtotals, term);
}

static void check_column(Search *search, const SatsValue *rows, guint c) {
    Column column = {0};
    for (guint32 i = 0; i < rows->length; i++) {
        SatsRowKind kind;
        const SatsValue *cells = sats_free_row_cells(rows->as.items[i], &kind);
        if (kind == SATS_ROW_GROUP)
            column.in_group = (Part){0};
        else if (cells != NULL)
            add_row(search, &column, kind, c < cells->length ? cells->as.items[c] : NULL);
    }
}

static gboolean states_sums(const SatsValue *rows) {
    SatsRowKind kind;
    for (guint32 i = 0; i < rows->length; i++) {
        sats_free_row_cells(rows->as.items[i], &kind);
        if (kind == SATS_ROW_SUBTOTAL || kind == SATS_ROW_TOTAL)
            return TRUE;
    }
    return FALSE;
}

static void check_table(Search *search, const SatsValue *table) {
    const SatsValue *columns = sats_free_columns(table);
    const SatsValue *rows = sats_free_rows(table, search->arena);
    if (columns == NULL || rows == NULL || rows->kind != SATS_VALUE_LIST || !states_sums(rows))
        return;
    for (guint32 c = 0; c < columns->length; c++)
        if (sats_free_column_is_summed(columns->as.items[c]))
            check_column(search, rows, c);
}

/* ---- where they stand ---- */

static gboolean holds_tables(const SatsDecl *decl) {
    if (decl->type == SATS_TYPE_TABLE || decl->type == SATS_TYPE_BLOCKS)
        return TRUE;
    for (guint i = 0; i < decl->n_keys; i++)
        if (holds_tables(decl->keys[i]))
            return TRUE;
    return decl->item != NULL && holds_tables(decl->item);
}

static void look(Search *search, const SatsDecl *decl, const SatsValue *value) {
    if (value == NULL || !holds_tables(decl))
        return;
    if (decl->type == SATS_TYPE_BLOCKS)
        decl = sats_free_sections_decl();
    if (decl->type == SATS_TYPE_TABLE && value->kind == SATS_VALUE_MAP)
        check_table(search, value);
    for (guint32 i = 0; decl->item != NULL && value->kind == SATS_VALUE_LIST && i < value->length;
         i++)
        look(search, decl->item, value->as.items[i]);
    for (guint i = 0; value->kind == SATS_VALUE_MAP && i < decl->n_keys; i++)
        look(search, decl->keys[i], sats_value_lookup(value, decl->keys[i]->name));
}

void sats_check_own_tables(const SatsTemplate *template_, const SatsValue *plan,
                           SatsReport *report) {
    g_autoptr(SatsArena) arena = sats_arena_new();
    Search search = {arena, report};
    look(&search, template_->data, plan);
}
