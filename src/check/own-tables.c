/* The sums that tables of a plan's own state, and the years at their heads. */
#include "check/own-tables.h"

#include <string.h>

#include "check/years.h"
#include "template/eval.h"
#include "template/free.h"

#define MAX_HEADS 500u /* as many columns as a table may have */

typedef struct {
    const SatsTemplate *template_;
    SatsArena *arena;
    SatsReport *report;
} Search;

/* Numbers of one column, added up. */
typedef struct {
    SatsDecimal sum;
    guint n;
    gboolean unknown; /* words among them, or too large */
} Part;

/* A row and the parts of it below. */
typedef struct {
    SatsDecimal number;
    gboolean known;
    gboolean net;            /* a part is on the other side of zero: the rest may be larger */
    const SatsValue *larger; /* the first part that is larger than the whole; NULL: none */
    SatsDecimal part;        /* … its number */
} Whole;

/* What a sum may be the sum of. */
typedef struct {
    Part all;       /* the rows so far */
    Part in_total;  /* … since the last sum */
    Part in_group;  /* … since the last sum, subtotal or group's title */
    Part subtotals; /* the subtotals since the last sum */
    gboolean whole; /* the row above that parts would be parts of has a number */
    Whole parted;   /* … which is this */
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
                    "the rows come to %s, not %s as stated, differs by %s",
                    "raderna blir %s, inte %s som det står, skiljer %s", a, b, d);
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

static void see_part(Whole *whole, const SatsValue *cell, SatsDecimal number) {
    SatsDecimal zero = {0, 0};
    int side = sats_decimal_compare(whole->number, zero);
    int order = sats_decimal_compare(number, whole->number);
    if (!whole->known || side == 0)
        return;
    whole->net = whole->net || sats_decimal_compare(number, zero) * side < 0;
    if (whole->larger == NULL && order * side > 0) {
        whole->larger = cell;
        whole->part = number;
    }
}

/* No more parts of it come. */
static void end_whole(Search *search, Whole *whole) {
    if (whole->larger != NULL && !whole->net) {
        SatsDecimalFormat format = {.decimals = -1};
        g_autofree char *a = sats_decimal_format(whole->part, &format);
        g_autofree char *b = sats_decimal_format(whole->number, &format);
        sats_report_add(search->report, SATS_WARNING, "table-sum", &whole->larger->place,
                        "the part is %s, more than the %s of the row that it is a part of",
                        "delen är %s, mer än %s på raden som den är en del av", a, b);
        sats_report_hint(search->report, "a column that is not a sum has 'summeras: nej'",
                         "en kolumn som inte är en summa har 'summeras: nej'");
    }
    *whole = (Whole){.known = FALSE};
}

/* `part`: the row is a part of the one above, which counts in its place where it has a number. */
static void add_row(Search *search, Column *column, SatsRowKind kind, gboolean part,
                    const SatsValue *cell) {
    SatsDecimal number;
    gboolean text = cell != NULL && cell->kind == SATS_VALUE_TEXT;
    gboolean blank = sats_value_is_empty(cell) || (text && strcmp(cell->as.text, "–") == 0);
    gboolean known = !blank && text && sats_number_of_cell(cell->as.text, search->arena, &number);
    if (part && column->whole) {
        if (known)
            see_part(&column->parted, cell, number);
        return;
    }
    end_whole(search, &column->parted);
    column->whole = part ? column->whole : !blank;
    column->parted.known = known && column->whole;
    if (known)
        column->parted.number = number;
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

/* Does the row's first text begin with one of the template's words for parts? */
static gboolean is_part(Search *search, const SatsValue *cells) {
    guint32 c = 0;
    while (c < cells->length && sats_value_is_empty(cells->as.items[c]))
        c++;
    return c < cells->length && cells->as.items[c]->kind == SATS_VALUE_TEXT &&
           sats_names_part(search->template_, cells->as.items[c]->as.text);
}

static void check_column(Search *search, const SatsValue *rows, guint c) {
    Column column = {0};
    for (guint32 i = 0; i < rows->length; i++) {
        SatsRowKind kind;
        const SatsValue *cells = sats_free_row_cells(rows->as.items[i], &kind);
        if (kind == SATS_ROW_GROUP) {
            end_whole(search, &column.parted);
            column.in_group = (Part){0};
            column.whole = FALSE;
        } else if (cells != NULL) {
            gboolean part = kind == SATS_ROW_BODY && is_part(search, cells);
            add_row(search, &column, kind, part, c < cells->length ? cells->as.items[c] : NULL);
        }
    }
    end_whole(search, &column.parted);
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

/* ---- heads ---- */

/* Without spaces, asterisks and calls of notes, which make no difference. */
static void append_key(GString *key, const SatsValue *head) {
    for (const char *p = head != NULL ? head->as.text : ""; *p != '\0'; p = g_utf8_next_char(p)) {
        const char *close = *p == '{' ? strchr(p, '}') : NULL;
        gunichar c = g_utf8_get_char(p = close != NULL ? close : p);
        if (close == NULL && c != '*' && !g_unichar_isspace(c))
            g_string_append_unichar(key, g_unichar_tolower(c));
    }
}

/* What tells a column from others: its head, and the one over it; "" when it has none of its own.
 */
static const char *head_key(Search *search, const SatsValue *column) {
    GString *key = g_string_new(NULL);
    append_key(key, sats_free_column_head(column));
    if (key->len > 0) {
        g_string_append_c(key, '\n');
        append_key(key, sats_free_column_upper(column));
    }
    const char *kept = sats_arena_strndup(search->arena, key->str, key->len);
    g_string_free(key, TRUE);
    return kept;
}

static gboolean names_year(const SatsValue *column) {
    const SatsValue *heads[] = {sats_free_column_head(column), sats_free_column_upper(column)};
    SatsYears years = {0};
    for (guint i = 0; i < G_N_ELEMENTS(heads) && years.first == 0; i++)
        if (heads[i] != NULL)
            sats_years_read(heads[i]->as.text, &years);
    return years.first != 0;
}

/* Does a head without a year stand twice? Then the table is two side by side, and so are its years.
 */
static gboolean is_double(const char *const *keys, guint32 n, const SatsValue *columns) {
    for (guint32 i = 0; i < n; i++)
        for (guint32 j = 0; j < i; j++)
            if (*keys[i] != '\0' && strcmp(keys[i], keys[j]) == 0 &&
                !names_year(columns->as.items[i]))
                return TRUE;
    return FALSE;
}

/* Do the heads say the same twice over, beginning with one that says nothing? Two tables, too. */
static gboolean is_repeated(const char *const *keys, guint32 n) {
    guint32 half = n / 2;
    gboolean same = n % 2 == 0 && half > 1 && *keys[0] == '\0';
    for (guint32 i = 0; same && i < half; i++)
        same = strcmp(keys[i], keys[half + i]) == 0;
    return same;
}

static const char *words_of(Search *search, const SatsValue *cells, guint32 c) {
    const SatsValue *cell = c < cells->length ? cells->as.items[c] : NULL;
    SatsDecimal number;
    gboolean words = cell != NULL && cell->kind == SATS_VALUE_TEXT && !sats_value_is_empty(cell) &&
                     !sats_number_of_cell(cell->as.text, search->arena, &number);
    return words ? cell->as.text : NULL;
}

/* Does the first row say in words what parts two columns, as a second row of heads would? */
static gboolean are_parted(Search *search, const SatsValue *rows, guint32 a, guint32 b) {
    SatsRowKind kind;
    gboolean any = rows != NULL && rows->kind == SATS_VALUE_LIST && rows->length > 0;
    const SatsValue *cells = any ? sats_free_row_cells(rows->as.items[0], &kind) : NULL;
    const char *first = cells != NULL ? words_of(search, cells, a) : NULL;
    const char *second = cells != NULL ? words_of(search, cells, b) : NULL;
    return first != NULL && second != NULL && strcmp(first, second) != 0;
}

static void repeats(Search *search, const SatsValue *columns, guint32 first, guint32 second) {
    const SatsValue *head = sats_free_column_head(columns->as.items[second]);
    const SatsValue *upper = sats_free_column_upper(columns->as.items[second]);
    sats_report_add(search->report, SATS_WARNING, "table-years", &head->place,
                    "columns %u and %u are both headed '%s%s%s'",
                    "kolumn %u och %u har båda rubriken '%s%s%s'", first + 1, second + 1,
                    upper != NULL ? upper->as.text : "", upper != NULL ? ": " : "", head->as.text);
}

static void check_heads(Search *search, const SatsValue *columns, const SatsValue *rows) {
    guint32 n = MIN(columns->length, MAX_HEADS);
    const char **keys = sats_arena_new_array(search->arena, const char *, MAX(n, 1u));
    for (guint32 i = 0; i < n; i++)
        keys[i] = head_key(search, columns->as.items[i]);
    if (is_double(keys, n, columns) || is_repeated(keys, n))
        return;
    for (guint32 i = 0; i < n; i++)
        for (guint32 j = 0; j < i; j++) {
            if (*keys[i] == '\0' || strcmp(keys[i], keys[j]) != 0 || are_parted(search, rows, j, i))
                continue;
            repeats(search, columns, j, i);
            break;
        }
}

static void check_table(Search *search, const SatsValue *table) {
    const SatsValue *columns = sats_free_columns(table);
    const SatsValue *rows = sats_free_rows(table, search->arena);
    if (columns != NULL)
        check_heads(search, columns, rows);
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
    Search search = {template_, arena, report};
    look(&search, template_->data, plan);
}
