/* Checks of numbers: sums, products, differences, quotients, ranges.
 *
 * A number that was rounded may be off by half a unit of its last decimal. `rounded` lets each side
 * differ by what the roundings of all numbers in it can make; amounts in different units are always
 * compared so, since the coarser one is rounded. A quotient that does not come out even is too. */
#include "check/run.h"

#include <string.h>

#include "base/utf8.h"
#include "template/misread.h"

/* ---- roundings ---- */

static SatsDecimal magnitude(SatsDecimal number) {
    if (number.digits < 0)
        number.digits = -number.digits;
    return number;
}

/* Half a unit of the number's last decimal; 0 where nothing finer can be written. */
static SatsDecimal half_unit(SatsDecimal number) {
    SatsDecimal none = {0, 0}, half = {5, (guint8)(number.scale + 1)};
    return number.scale < 9 ? half : none;
}

/* Warns of "3,4 mnkr", and of a number with a dash for its minus: without it a sum says nothing.
 * FALSE: there are none. */
static gboolean warn_of_misread(const SatsCheckRun *run, const SatsResult *items, guint n) {
    gboolean found = FALSE;
    for (guint i = 0; i < n; i++) {
        if (!items[i].words || !items[i].text || !sats_misread_begins_with_number(items[i].text))
            continue;
        sats_filter_warn_not_counted(run->report, &items[i]);
        found = TRUE;
    }
    return found;
}

/* Words and placeholders count as nothing. */
static void add_up(const SatsCheckRun *run, SatsTotal *total, const SatsResult *result) {
    const SatsResult *items;
    guint n = sats_check_items(result, &items);
    SatsDecimal number;
    total->failed = warn_of_misread(run, items, n) || total->failed;
    for (guint i = 0; i < n && !total->failed; i++) {
        if (items[i].kind == SATS_RESULT_EMPTY || items[i].placeholder || items[i].words ||
            items[i].part)
            continue;
        total->failed = !sats_result_number(&items[i], &number) ||
                        !sats_decimal_add(total->sum, number, &total->sum);
        total->n++;
    }
    /* Terms beside 16,7 are written to one decimal, also where they are written 27. */
    SatsDecimal terms = {total->n, 0};
    if (!sats_decimal_multiply(half_unit(total->sum), terms, &total->slack))
        total->failed = TRUE;
}

/* What the template allows: its tolerance, and what rounding makes where it says so. `rounded`: it
 * need not say so, unless it gives a tolerance. */
static SatsDecimal allowed(const SatsCheckRun *run, gboolean rounded, SatsDecimal slack) {
    SatsDecimal tolerance = {0, 0}, all;
    gboolean given = sats_check_operand(run, &run->check->tolerance, &tolerance);
    if (((rounded && !given) || sats_check_is_on(run, &run->check->rounded)) &&
        sats_decimal_add(tolerance, slack, &all))
        return all;
    return tolerance;
}

/* ---- units ---- */

static gboolean is_letter_before(const char *text, const char *at) {
    return at > text && g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(at)));
}

/* Does the word stand in the text, with no letter or digit next to it? */
static gboolean names(const char *text, const char *word) {
    gsize n = strlen(word);
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        if (!is_letter_before(text, at) && !g_unichar_isalnum(g_utf8_get_char(at + n)))
            return TRUE;
    return FALSE;
}

/* The largest unit that the text names: "1 000-tal kr" is thousands. FALSE: none. */
static gboolean unit_of(const SatsCheckRun *run, const SatsText *text, SatsDecimal *out_factor) {
    const SatsTemplate *template_ = run->template_;
    const char *plain = sats_text_plain(text, run->scope, run->arena, run->report);
    g_autofree char *folded = g_utf8_casefold(plain, -1);
    gboolean found = FALSE;
    for (guint i = 0; i < template_->n_units; i++) {
        const SatsUnitWord *unit = &template_->units[i];
        g_autofree char *word = g_utf8_casefold(unit->word, -1);
        if (!names(folded, word) || (found && sats_decimal_compare(unit->factor, *out_factor) <= 0))
            continue;
        *out_factor = unit->factor;
        found = TRUE;
    }
    return found;
}

/* With as many decimals as 18 digits hold. */
static gboolean convert(SatsDecimal *number, SatsDecimal from, SatsDecimal to) {
    SatsDecimal product, made;
    guint8 scale = 9;
    if (!sats_decimal_multiply(*number, from, &product))
        return FALSE;
    while (!sats_decimal_divide(product, to, scale, &made))
        if (scale-- == 0)
            return FALSE;
    while (made.scale > 0 && made.digits % 10 == 0) {
        made.digits /= 10;
        made.scale--;
    }
    *number = made;
    return TRUE;
}

/* Puts the left side into the unit of the right. FALSE: one of them says no unit that the template
 * knows, so that there is nothing to compare. */
static gboolean same_unit(const SatsCheckRun *run, SatsTotal *left, gboolean *out_converted) {
    SatsDecimal from, to;
    *out_converted = FALSE;
    if (!run->check->units[0])
        return TRUE;
    if (!unit_of(run, run->check->units[0], &from) || !unit_of(run, run->check->units[1], &to))
        return FALSE;
    *out_converted = sats_decimal_compare(from, to) != 0;
    return !*out_converted || (convert(&left->sum, from, to) && convert(&left->slack, from, to));
}

/* ---- sums ---- */

/* `reckoned` is what comes out, `stated` what the plan or else the template says. */
static void disagree(const SatsCheckRun *run, const SatsPlace *place, gboolean rows,
                     SatsDecimal reckoned, SatsDecimal stated, SatsDecimal difference) {
    const char *a = sats_check_number(run, reckoned), *b = sats_check_number(run, stated);
    const char *d = sats_check_number(run, magnitude(difference));
    gboolean fixed = run->check->constant.given;
    sats_check_found(run, place,
                     sats_arena_printf(run->arena, "%s to %s, not %s as %s, differs by %s",
                                       rows ? "the rows come" : "it comes", a, b,
                                       fixed ? "the template asks" : "stated", d),
                     sats_arena_printf(run->arena, "%s blir %s, inte %s som %s, skiljer %s",
                                       rows ? "raderna" : "det", a, b,
                                       fixed ? "mallen kräver" : "det står", d));
}

static void too_large(const SatsCheckRun *run, const SatsPlace *place, SatsDecimal is,
                      SatsDecimal most, SatsDecimal difference) {
    const char *a = sats_check_number(run, is), *b = sats_check_number(run, most);
    const char *d = sats_check_number(run, magnitude(difference));
    sats_check_found(
        run, place,
        sats_arena_printf(run->arena, "the parts come to %s, more than the whole, %s, by %s", a, b,
                          d),
        sats_arena_printf(run->arena, "delarna blir %s, mer än helheten %s, skiljer %s", a, b, d));
}

/* A part is on the same side of zero as the whole, and no further from it. */
static gboolean is_part(SatsDecimal sum, SatsDecimal whole) {
    gboolean same_side =
        (sum.digits <= 0 && whole.digits <= 0) || (sum.digits >= 0 && whole.digits >= 0);
    return same_side && sats_decimal_compare(magnitude(sum), magnitude(whole)) <= 0;
}

static gboolean is_running(const SatsCheck *check) {
    return check->running.always || check->running.when;
}

void sats_check_sum_on(SatsCheckRun *run) {
    SatsResult terms;
    if (is_running(run->check) && sats_check_is_on(run, &run->check->running) &&
        sats_check_values(run, &run->check->left, &terms))
        add_up(run, &run->so_far, &terms);
}

void sats_check_sum(const SatsCheckRun *run) {
    const SatsCheck *check = run->check;
    SatsResult left, right = {.kind = SATS_RESULT_NUMBER, .number = check->constant.number};
    SatsDecimal difference, slack;
    SatsTotal sum = run->so_far, claim = {0};
    gboolean converted;
    if (!sats_check_values(run, &check->left, &left) ||
        (!check->constant.given && !sats_check_values(run, &check->right, &right)))
        return;
    if (!is_running(check))
        add_up(run, &sum, &left);
    add_up(run, &claim, &right);
    /* Without a total there is nothing to agree with; without terms the sum is 0. */
    if (sum.failed || claim.failed || claim.n == 0)
        return;
    if (!same_unit(run, &sum, &converted) ||
        !sats_decimal_subtract(sum.sum, claim.sum, &difference) ||
        !sats_decimal_add(sum.slack, claim.slack, &slack))
        return;
    if (sats_decimal_compare(magnitude(difference), allowed(run, converted, slack)) <= 0)
        return;
    const SatsPlace *place = sats_check_place(run, &right, &left);
    gboolean rows =
        is_running(check) ||
        (check->left.n == 1 && (left.kind == SATS_RESULT_LIST || left.kind == SATS_RESULT_EMPTY));
    if (!sats_check_is_on(run, &check->partial))
        disagree(run, place, rows, sum.sum, claim.sum, difference);
    else if (!is_part(sum.sum, claim.sum))
        too_large(run, place, sum.sum, claim.sum, difference);
}

/* ---- of two numbers ---- */

static gboolean number_of(const SatsCheckRun *run, const SatsExpr *expr, SatsResult *result,
                          SatsDecimal *out) {
    return sats_expr_eval(expr, run->scope, run->arena, run->report, result) &&
           !result->placeholder && sats_result_number(result, out);
}

/* A quotient has two decimals more than it is compared with. */
static gboolean work_out(SatsCheckKind kind, SatsDecimal a, SatsDecimal b, guint8 scale,
                         SatsDecimal *out) {
    if (kind == SATS_CHECK_PRODUCT)
        return sats_decimal_multiply(a, b, out);
    if (kind == SATS_CHECK_QUOTIENT)
        return sats_decimal_divide(a, b, (guint8)MIN(scale + 2, 9), out);
    return sats_decimal_subtract(a, b, out);
}

/* What the roundings of all three can make: of a product, half a unit of the one times the other.
 * None where that is too fine to be written. */
static SatsDecimal slack_of(SatsCheckKind kind, SatsDecimal a, SatsDecimal b, SatsDecimal is) {
    SatsDecimal x = half_unit(a), y = half_unit(b), both, all;
    gboolean ok = TRUE;
    if (kind == SATS_CHECK_PRODUCT)
        ok = sats_decimal_multiply(magnitude(b), x, &x) &&
             sats_decimal_multiply(magnitude(a), y, &y);
    else if (kind == SATS_CHECK_QUOTIENT)
        return half_unit(is);
    if (ok && sats_decimal_add(x, y, &both) && sats_decimal_add(both, half_unit(is), &all))
        return all;
    return (SatsDecimal){0, 0};
}

void sats_check_two(const SatsCheckRun *run) {
    const SatsCheck *check = run->check;
    SatsResult left, first, second;
    SatsDecimal is, a, b, should, difference;
    if (check->left.n != 1 || check->right.n != 2 ||
        !number_of(run, check->left.items[0], &left, &is) ||
        !number_of(run, check->right.items[0], &first, &a) ||
        !number_of(run, check->right.items[1], &second, &b))
        return;
    if (!work_out(check->kind, a, b, is.scale, &should) ||
        !sats_decimal_subtract(is, should, &difference))
        return;
    SatsDecimal slack = slack_of(check->kind, a, b, is);
    gboolean rounded = check->kind == SATS_CHECK_QUOTIENT;
    if (sats_decimal_compare(magnitude(difference), allowed(run, rounded, slack)) > 0)
        disagree(run, sats_check_place(run, &left, NULL), FALSE, should, is, difference);
}

/* ---- ranges ---- */

void sats_check_range(const SatsCheckRun *run) {
    const SatsCheck *check = run->check;
    SatsResult result;
    SatsDecimal low, high, number;
    gboolean has_low = sats_check_operand(run, &check->from, &low);
    gboolean has_high = sats_check_operand(run, &check->to, &high);
    const SatsResult *items;
    if (!sats_check_values(run, &check->left, &result))
        return;
    guint n = sats_check_items(&result, &items);
    for (guint i = 0; i < n; i++) {
        if (items[i].placeholder || !sats_result_number(&items[i], &number))
            continue;
        gboolean under = has_low && sats_decimal_compare(number, low) < 0;
        gboolean over = has_high && sats_decimal_compare(number, high) > 0;
        if (!under && !over)
            continue;
        const char *is = sats_check_number(run, number);
        const char *end = sats_check_number(run, under ? low : high);
        sats_check_found(run, sats_check_place(run, &items[i], &result),
                         sats_arena_printf(run->arena, "is %s, should be at %s %s", is,
                                           under ? "least" : "most", end),
                         sats_arena_printf(run->arena, "är %s, ska vara %s %s", is,
                                           under ? "minst" : "högst", end));
    }
}
