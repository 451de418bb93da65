/* The checks that templates declare, run on one plan. */
#include "check/check.h"

#include <string.h>

#include "base/utf8.h"
#include "check/placeholders.h"
#include "template/eval.h"

typedef struct {
    const SatsCheck *check;
    SatsDataScope *scope;
    SatsArena *arena;
    SatsReport *report;
    SatsPlace plan_place;
} Runner;

/* ---- what the checks share
 * -------------------------------------------------------------------------------------- */

static const char *number_text(const Runner *runner, SatsDecimal number) {
    SatsDecimalFormat format = {.decimals = -1};
    g_autofree char *text = sats_decimal_format(number, &format);
    return sats_arena_strdup(runner->arena, text);
}

static const char *code_of(const Runner *runner) {
    return g_intern_string(runner->check->code);
}

/* The template's own message, when it has one: then the kind's words become the hint. */
static void finding(const Runner *runner, const SatsPlace *place, const char *english,
                    const char *swedish) {
    const SatsCheck *check = runner->check;
    if (!check->message) {
        sats_report_add(runner->report, check->severity, code_of(runner), place, "%s%.0s", "%.0s%s",
                        english, swedish);
        return;
    }
    const char *message =
        sats_text_plain(check->message, runner->scope, runner->arena, runner->report);
    sats_report_add(runner->report, check->severity, code_of(runner), place, "%s", "%s", message);
    sats_report_hint(runner->report, "%s%.0s", "%.0s%s", english, swedish);
}

static const SatsPlace *place_of(const Runner *runner, const SatsResult *result,
                                 const SatsResult *other) {
    if (result->value)
        return &result->value->place;
    return other && other->value ? &other->value->place : &runner->plan_place;
}

/* A result as its items: what is one value is a list of one. */
static guint items_of(const SatsResult *result, const SatsResult **out_items) {
    *out_items = result->kind == SATS_RESULT_LIST ? result->items : result;
    if (result->kind == SATS_RESULT_EMPTY)
        return 0;
    return result->kind == SATS_RESULT_LIST ? result->n_items : 1;
}

static gboolean evaluate(const Runner *runner, const SatsExpr *expr, SatsResult *out) {
    return sats_expr_eval(expr, runner->scope, runner->arena, runner->report, out);
}

/* Sums what the expression comes to. Words and placeholders count as nothing. FALSE: overflow, or
 * something that is no number (which validation tells). */
static gboolean sum_of(const SatsResult *result, SatsDecimal *out_sum, guint *out_n) {
    const SatsResult *items;
    guint n = items_of(result, &items);
    SatsDecimal sum = {0, 0}, number;
    *out_n = 0;
    for (guint i = 0; i < n; i++) {
        if (items[i].kind == SATS_RESULT_EMPTY || items[i].placeholder || items[i].words)
            continue;
        if (!sats_result_number(&items[i], &number) || !sats_decimal_add(sum, number, &sum))
            return FALSE;
        ++*out_n;
    }
    *out_sum = sum;
    return TRUE;
}

/* ---- sums and products
 * ------------------------------------------------------------------------------------------------
 */

static gboolean beyond(SatsDecimal difference, SatsDecimal tolerance) {
    if (difference.digits < 0)
        difference.digits = -difference.digits;
    return sats_decimal_compare(difference, tolerance) > 0;
}

static void disagree(const Runner *runner, const SatsPlace *place, gboolean sum, SatsDecimal is,
                     SatsDecimal should, SatsDecimal difference) {
    if (difference.digits < 0)
        difference.digits = -difference.digits;
    const char *a = number_text(runner, is), *b = number_text(runner, should);
    const char *d = number_text(runner, difference);
    finding(runner, place,
            sats_arena_printf(runner->arena, "%sis %s, should be %s, differs by %s",
                              sum ? "the sum " : "", a, b, d),
            sats_arena_printf(runner->arena, "%sär %s, ska vara %s, skiljer %s",
                              sum ? "summan " : "", a, b, d));
}

static void check_sum(const Runner *runner) {
    const SatsCheck *check = runner->check;
    SatsResult left, right = {.kind = SATS_RESULT_NUMBER, .number = check->constant};
    SatsDecimal sum, claim, difference;
    guint n_left, n_right;
    if (!evaluate(runner, check->left, &left) ||
        (!check->has_constant && !evaluate(runner, check->right, &right)))
        return;
    if (!sum_of(&left, &sum, &n_left) || !sum_of(&right, &claim, &n_right) || n_right == 0)
        return;
    /* Without a total there is nothing to agree with; without terms the sum is 0. */
    if (!sats_decimal_subtract(sum, claim, &difference) || !beyond(difference, check->tolerance))
        return;
    disagree(runner, place_of(runner, &right, &left), TRUE, sum, claim, difference);
}

static void check_product(const Runner *runner) {
    const SatsCheck *check = runner->check;
    SatsResult left, factors[2];
    SatsDecimal is, a, b, product, difference;
    if (!evaluate(runner, check->left, &left) ||
        !evaluate(runner, check->factors[0], &factors[0]) ||
        !evaluate(runner, check->factors[1], &factors[1]))
        return;
    if (!sats_result_number(&left, &is) || !sats_result_number(&factors[0], &a) ||
        !sats_result_number(&factors[1], &b))
        return;
    if (sats_decimal_multiply(a, b, &product) && sats_decimal_subtract(is, product, &difference) &&
        beyond(difference, check->tolerance))
        disagree(runner, place_of(runner, &left, NULL), FALSE, is, product, difference);
}

/* ---- unique, reference, order
 * --------------------------------------------------------------------------------------------- */

static const char *key_of(const Runner *runner, const SatsResult *item) {
    if (item->placeholder)
        return "";
    g_autofree char *text = g_strdup(sats_result_text(item, runner->arena));
    return sats_arena_strdup(runner->arena, g_strstrip(text));
}

static GHashTable *index_of(const Runner *runner, const SatsResult *result) {
    GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);
    const SatsResult *items;
    guint n = items_of(result, &items);
    for (guint i = 0; i < n; i++) {
        const char *key = key_of(runner, &items[i]);
        if (*key && !g_hash_table_contains(index, key))
            g_hash_table_insert(index, (gpointer)(guintptr)key, (gpointer)(guintptr)&items[i]);
    }
    return index;
}

/* Where a value stands in its file: the line, or in a sheet *out_cell (caller frees). */
static guint line_or_cell(const SatsValue *value, char **out_cell) {
    if (value == NULL || value->place.source == NULL || value->place.source->sheet == NULL)
        return value == NULL ? 0 : value->place.line;
    GString *cell = g_string_new(NULL);
    sats_place_append(cell, &value->place);
    *out_cell = g_string_free(cell, FALSE);
    return 0;
}

static void check_unique(const Runner *runner) {
    SatsResult result;
    if (!evaluate(runner, runner->check->left, &result))
        return;
    g_autoptr(GHashTable) first = index_of(runner, &result);
    const SatsResult *items;
    guint n = items_of(&result, &items);
    for (guint i = 0; i < n; i++) {
        const char *key = key_of(runner, &items[i]);
        const SatsResult *earlier = *key ? g_hash_table_lookup(first, key) : NULL;
        if (!earlier || earlier == &items[i])
            continue;
        g_autofree char *cell = NULL;
        guint line = line_or_cell(earlier->value, &cell);
        if (cell != NULL)
            finding(runner, place_of(runner, &items[i], NULL),
                    sats_arena_printf(runner->arena, "'%s' stands in %s already", key, cell),
                    sats_arena_printf(runner->arena, "'%s' finns redan i %s", key, cell));
        else
            finding(runner, place_of(runner, &items[i], NULL),
                    sats_arena_printf(runner->arena, "'%s' stands on line %u already", key, line),
                    sats_arena_printf(runner->arena, "'%s' finns redan på rad %u", key, line));
    }
}

/* Every one of `targets` must be named by one of `named`. */
static void check_covered(const Runner *runner, const SatsResult *targets, GHashTable *named) {
    g_autoptr(GHashTable) first = index_of(runner, targets);
    const SatsResult *items;
    guint n = items_of(targets, &items);
    for (guint i = 0; i < n; i++) {
        const char *key = key_of(runner, &items[i]);
        if (*key && !g_hash_table_contains(named, key) &&
            g_hash_table_lookup(first, key) == &items[i])
            finding(runner, place_of(runner, &items[i], NULL),
                    sats_arena_printf(runner->arena, "nothing refers to '%s'", key),
                    sats_arena_printf(runner->arena, "inget hänvisar till '%s'", key));
    }
}

static void check_reference(const Runner *runner) {
    SatsResult left, right;
    if (!evaluate(runner, runner->check->left, &left) ||
        !evaluate(runner, runner->check->right, &right))
        return;
    g_autoptr(GHashTable) targets = index_of(runner, &right);
    g_autoptr(GHashTable) named = index_of(runner, &left);
    const SatsResult *items, *target_items;
    guint n = items_of(&left, &items), n_targets = items_of(&right, &target_items);
    const char **names = sats_arena_new_array(runner->arena, const char *, n_targets + 1);
    for (guint i = 0; i < n_targets; i++)
        names[i] = key_of(runner, &target_items[i]);
    for (guint i = 0; i < n; i++) {
        const char *key = key_of(runner, &items[i]);
        if (!*key || g_hash_table_contains(targets, key))
            continue;
        finding(runner, place_of(runner, &items[i], NULL),
                sats_arena_printf(runner->arena, "'%s' is referred to but does not exist", key),
                sats_arena_printf(runner->arena, "'%s' finns inte att hänvisa till", key));
        if (!runner->check->message)
            sats_report_suggest(runner->report, key, names, n_targets);
    }
    if (runner->check->covers)
        check_covered(runner, &right, named);
}

static void check_order(const Runner *runner) {
    SatsResult left, right;
    SatsDecimal a, b;
    if (!evaluate(runner, runner->check->left, &left) ||
        !evaluate(runner, runner->check->right, &right))
        return;
    const char *x = key_of(runner, &left), *y = key_of(runner, &right);
    if (!*x || !*y)
        return;
    /* What is neither numbers nor dates has no order, and is found elsewhere. */
    int year, month, day;
    if (sats_result_number(&left, &a) && sats_result_number(&right, &b)) {
        if (sats_decimal_compare(a, b) <= 0)
            return;
    } else if (!sats_date_parse(x, &year, &month, &day) ||
               !sats_date_parse(y, &year, &month, &day) || strcmp(x, y) <= 0) {
        return;
    }
    finding(runner, place_of(runner, &right, &left),
            sats_arena_printf(runner->arena, "%s comes before %s, which it should follow", y, x),
            sats_arena_printf(runner->arena, "%s kommer före %s, som det ska följa på", y, x));
}

/* ---- running
 * ------------------------------------------------------------------------------------------------------------------
 */

static void run_once(const Runner *runner) {
    if (!sats_condition_holds(runner->check->guard.when, runner->scope, runner->arena,
                              runner->report))
        return;
    switch (runner->check->kind) {
    case SATS_CHECK_SUM:
        check_sum(runner);
        break;
    case SATS_CHECK_UNIQUE:
        check_unique(runner);
        break;
    case SATS_CHECK_REFERENCE:
        check_reference(runner);
        break;
    case SATS_CHECK_ORDER:
        check_order(runner);
        break;
    case SATS_CHECK_PRODUCT:
    default:
        check_product(runner);
        break;
    }
}

static void run(const Runner *runner) {
    const SatsEach *each = runner->check->guard.each;
    if (!each) {
        run_once(runner);
        return;
    }
    const SatsValue *const *values;
    guint n = sats_each_values(each, runner->scope, runner->arena, &values);
    for (guint i = 0; i < n; i++) {
        sats_scope_set(runner->scope, each, values[i], i + 1);
        run_once(runner);
    }
}

void sats_check(const SatsTemplate *template_, const SatsValue *plan, gboolean final,
                SatsReport *report) {
    for (guint i = 0; i < template_->n_checks; i++) {
        g_autoptr(SatsArena) arena = sats_arena_new();
        Runner runner = {&template_->checks[i],
                         sats_scope_new(template_, plan, arena),
                         arena,
                         report,
                         {NULL, 0, 0, 0}};
        if (plan)
            runner.plan_place = plan->place;
        run(&runner);
    }
    if (final && plan)
        sats_check_placeholders(template_, plan, report);
}
