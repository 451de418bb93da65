/* What the kinds of checks share: findings, and what paths come to. */
#include "check/run.h"

#include <string.h>

void sats_check_found(const SatsCheckRun *run, const SatsPlace *place, const char *english,
                      const char *swedish) {
    const SatsCheck *check = run->check;
    const char *code = g_intern_string(check->code);
    const SatsText *text = check->message[sats_report_language(run->report)];
    if (!text) {
        sats_report_add(run->report, check->severity, code, place, "%s%.0s", "%.0s%s", english,
                        swedish);
        return;
    }
    const char *message = sats_text_plain(text, run->scope, run->arena, run->report);
    sats_report_add(run->report, check->severity, code, place, "%s", "%s", message);
    sats_report_hint(run->report, "%s%.0s", "%.0s%s", english, swedish);
}

const SatsPlace *sats_check_place(const SatsCheckRun *run, const SatsResult *result,
                                  const SatsResult *other) {
    if (result->value)
        return &result->value->place;
    return other && other->value ? &other->value->place : &run->place;
}

guint sats_check_items(const SatsResult *result, const SatsResult **out_items) {
    *out_items = result->kind == SATS_RESULT_LIST ? result->items : result;
    if (result->kind == SATS_RESULT_EMPTY)
        return 0;
    return result->kind == SATS_RESULT_LIST ? result->n_items : 1;
}

gboolean sats_check_values(const SatsCheckRun *run, const SatsExprs *exprs, SatsResult *out) {
    gboolean ok = TRUE;
    if (exprs->n == 1)
        return sats_expr_eval(exprs->items[0], run->scope, run->arena, run->report, out);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(SatsResult));
    for (guint i = 0; i < exprs->n; i++) {
        SatsResult one;
        const SatsResult *items;
        ok = sats_expr_eval(exprs->items[i], run->scope, run->arena, run->report, &one) && ok;
        guint n = sats_check_items(&one, &items);
        if (n > 0)
            g_array_append_vals(all, items, n);
    }
    *out = (SatsResult){.kind = all->len ? SATS_RESULT_LIST : SATS_RESULT_EMPTY,
                        .format = {.decimals = -1},
                        .n_items = all->len};
    if (all->len > 0) {
        out->items = sats_arena_memdup(run->arena, all->data, sizeof(SatsResult) * all->len);
        out->value = out->items[0].value;
    }
    return ok;
}

gboolean sats_check_operand(const SatsCheckRun *run, const SatsOperand *operand, SatsDecimal *out) {
    SatsResult result;
    if (!operand->given)
        return FALSE;
    if (!operand->expr) {
        *out = operand->number;
        return TRUE;
    }
    return sats_expr_eval(operand->expr, run->scope, run->arena, run->report, &result) &&
           sats_result_number(&result, out);
}

gboolean sats_check_is_on(const SatsCheckRun *run, const SatsSwitch *on) {
    return on->always ||
           (on->when && sats_condition_holds(on->when, run->scope, run->arena, run->report));
}

const char *sats_check_number(const SatsCheckRun *run, SatsDecimal number) {
    SatsDecimalFormat format = {.decimals = -1};
    g_autofree char *text = sats_decimal_format(number, &format);
    return sats_arena_strdup(run->arena, text);
}

const char *sats_check_key(const SatsCheckRun *run, const SatsResult *item) {
    if (item->placeholder)
        return "";
    const char *text = sats_result_text(item, run->arena);
    gsize length = strlen(text);
    if (length == 0 || (!g_ascii_isspace(text[0]) && !g_ascii_isspace(text[length - 1])))
        return text;
    while (length > 0 && g_ascii_isspace(text[length - 1]))
        length--;
    while (length > 0 && g_ascii_isspace(*text))
        text++, length--;
    return sats_arena_strndup(run->arena, text, length);
}
