/* The checks that templates declare, run on one plan. */
#include "check/check.h"

#include "check/own-tables.h"
#include "check/placeholders.h"
#include "check/run.h"

static gboolean is_given(const SatsResult *result) {
    const SatsResult *items;
    guint n = sats_check_items(result, &items);
    for (guint i = 0; i < n; i++)
        if (items[i].kind != SATS_RESULT_EMPTY)
            return TRUE;
    return FALSE;
}

/* A placeholder says that the value is known to be missing, which is as good until the document is
 * final. */
static void check_requires(const SatsCheckRun *run) {
    const SatsExprs *exprs = &run->check->left;
    for (guint i = 0; i < exprs->n; i++) {
        const SatsPath *path = &exprs->items[i]->path;
        SatsResult result;
        if (!sats_expr_eval(exprs->items[i], run->scope, run->arena, run->report, &result) ||
            is_given(&result) || path->n_steps == 0)
            continue;
        const char *name = path->steps[path->n_steps - 1];
        sats_check_found(run, &run->place, sats_arena_printf(run->arena, "'%s' is missing", name),
                         sats_arena_printf(run->arena, "'%s' saknas", name));
    }
}

static void run_once(const SatsCheckRun *run) {
    if (!sats_condition_holds(run->check->guard.when, run->scope, run->arena, run->report))
        return;
    switch (run->check->kind) {
    case SATS_CHECK_SUM:
        sats_check_sum(run);
        break;
    case SATS_CHECK_RANGE:
        sats_check_range(run);
        break;
    case SATS_CHECK_UNIQUE:
        sats_check_unique(run);
        break;
    case SATS_CHECK_REFERENCE:
        sats_check_reference(run);
        break;
    case SATS_CHECK_COVERED:
        sats_check_covered(run);
        break;
    case SATS_CHECK_REQUIRES:
        check_requires(run);
        break;
    case SATS_CHECK_ORDER:
        sats_check_order(run);
        break;
    case SATS_CHECK_PERIOD:
        sats_check_period(run);
        break;
    case SATS_CHECK_WITHIN:
        sats_check_within(run);
        break;
    case SATS_CHECK_PRODUCT:
    case SATS_CHECK_DIFFERENCE:
    case SATS_CHECK_QUOTIENT:
    default:
        sats_check_two(run);
        break;
    }
}

static void run(SatsCheckRun *run) {
    const SatsEach *each = run->check->guard.each;
    if (!each) {
        run_once(run);
        return;
    }
    const SatsValue *const *values;
    guint n = sats_each_values(each, run->scope, run->arena, &values);
    for (guint i = 0; i < n; i++) {
        sats_scope_set(run->scope, each, values[i], i + 1);
        if (values[i])
            run->place = values[i]->place;
        sats_check_sum_on(run);
        run_once(run);
    }
}

void sats_check(const SatsTemplate *template_, const SatsValue *plan, gboolean final, guint8 *used,
                SatsReport *report) {
    for (guint i = 0; i < template_->n_checks; i++) {
        const SatsCheck *check = &template_->checks[i];
        if (check->only_final && !final)
            continue;
        g_autoptr(SatsArena) arena = sats_arena_new();
        SatsCheckRun one = {.template_ = template_,
                            .check = check,
                            .scope = sats_scope_new(template_, plan, arena),
                            .arena = arena,
                            .report = report};
        one.scope->used = used;
        if (plan)
            one.place = plan->place;
        run(&one);
    }
    sats_check_own_tables(template_, plan, report);
    if (final && plan)
        sats_check_placeholders(template_, plan, report);
}
