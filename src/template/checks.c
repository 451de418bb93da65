/* Checks as templates declare them: sum, unique, reference, order, product. */
#include <string.h>

#include "template/compile.h"

static const char *const words[] = {
    "sum",     "equals", "tolerance", "unique", "reference", "to",       "covers",  "order",
    "product", "of",     "each",      "when",   "code",      "severity", "message", NULL};

static const struct {
    const char *word;
    SatsCheckKind kind;
} kinds[] = {{"sum", SATS_CHECK_SUM},
             {"unique", SATS_CHECK_UNIQUE},
             {"reference", SATS_CHECK_REFERENCE},
             {"order", SATS_CHECK_ORDER},
             {"product", SATS_CHECK_PRODUCT}};

static void missing(SatsCompiler *compiler, const SatsValue *map, const char *word,
                    const char *owner) {
    sats_report_add(compiler->report, SATS_ERROR, "check-words", &map->place,
                    "the check '%s' needs '%s'", "kontrollen '%s' kräver '%s'", owner, word);
}

/* A path, or for what may be one, a constant number. */
static SatsExpr *operand(SatsCompiler *compiler, const SatsValue *map, const char *word,
                         const char *owner, SatsCheck *constant) {
    const SatsValue *value = sats_value_lookup(map, word);
    if (!value) {
        missing(compiler, map, word, owner);
        return NULL;
    }
    if (constant && sats_value_number(value, &constant->constant)) {
        constant->has_constant = TRUE;
        return NULL;
    }
    return sats_compile_expr(compiler, value);
}

static void compile_sum(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check) {
    check->left = operand(compiler, map, "sum", "sum", NULL);
    check->right = operand(compiler, map, "equals", "sum", check);
    const SatsValue *tolerance = sats_value_lookup(map, "tolerance");
    if (tolerance && !sats_value_number(tolerance, &check->tolerance))
        sats_report_add(compiler->report, SATS_ERROR, "template-type", &tolerance->place,
                        "'tolerance' should be a number", "'tolerance' ska vara ett tal");
}

static void compile_product(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check) {
    check->left = operand(compiler, map, "product", "product", NULL);
    const SatsValue *of = sats_value_lookup(map, "of");
    if (!of || of->kind != SATS_VALUE_LIST || of->length != 2) {
        missing(compiler, map, "of: [a, b]", "product");
        return;
    }
    for (guint i = 0; i < 2; i++)
        check->factors[i] = sats_compile_expr(compiler, of->as.items[i]);
}

/* `order: [a, b, c]` is a check for each pair. The last one is left in `check`. */
static void compile_order(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check,
                          GArray *out_checks) {
    const SatsValue *list = sats_value_lookup(map, "order");
    if (list->kind != SATS_VALUE_LIST || list->length < 2) {
        missing(compiler, map, "order: [a, b]", "order");
        return;
    }
    SatsExpr *before = sats_compile_expr(compiler, list->as.items[0]);
    for (guint32 i = 1; i < list->length; i++) {
        check->left = before;
        check->right = before = sats_compile_expr(compiler, list->as.items[i]);
        if (i + 1 < list->length)
            g_array_append_val(out_checks, *check);
    }
}

static void compile_kind(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check,
                         GArray *out_checks) {
    switch (check->kind) {
    case SATS_CHECK_SUM:
        compile_sum(compiler, map, check);
        break;
    case SATS_CHECK_UNIQUE:
        check->left = operand(compiler, map, "unique", "unique", NULL);
        break;
    case SATS_CHECK_REFERENCE:
        check->left = operand(compiler, map, "reference", "reference", NULL);
        check->right = operand(compiler, map, "to", "reference", NULL);
        check->covers = sats_spec_bool(compiler->report, map, "covers", FALSE);
        break;
    case SATS_CHECK_ORDER:
        compile_order(compiler, map, check, out_checks);
        break;
    case SATS_CHECK_PRODUCT:
    default:
        compile_product(compiler, map, check);
        break;
    }
}

static void compile_check(SatsCompiler *compiler, const SatsValue *map, GArray *out_checks) {
    static const char *const severities[] = {"note", "warning", "error", "off", NULL};
    if (!sats_spec_is_map(compiler->report, map, "a check, such as 'sum: …'",
                          "en kontroll, till exempel 'sum: …'"))
        return;
    sats_spec_keys(compiler->report, map, "check", words);
    int found = -1;
    for (guint i = 0; i < G_N_ELEMENTS(kinds) && found < 0; i++)
        if (sats_value_lookup(map, kinds[i].word))
            found = (int)i;
    if (found < 0) {
        sats_report_add(compiler->report, SATS_ERROR, "check-words", &map->place,
                        "a check is one of sum, unique, reference, order, product",
                        "en kontroll är någon av sum, unique, reference, order, product");
        return;
    }
    const SatsVariable *outer;
    SatsCheck check = {.kind = kinds[found].kind, .place = map->place};
    check.guard = sats_guard_enter(compiler, map, &outer);
    check.code = sats_spec_string(compiler->report, map, "code", kinds[found].word);
    check.severity = (SatsSeverity)sats_spec_choice(compiler->report, map, "severity", severities,
                                                    (int)SATS_ERROR);
    check.message = sats_compile_text_key(compiler, map, "message");
    compile_kind(compiler, map, &check, out_checks);
    sats_guard_leave(compiler, outer);
    g_array_append_val(out_checks, check);
}

void sats_compile_checks(SatsCompiler *compiler, const SatsValue *list, GArray *out_checks) {
    if (!list || list->kind == SATS_VALUE_NULL ||
        !sats_spec_is_list(compiler->report, list, "checks", "kontroller"))
        return;
    for (guint32 i = 0; i < list->length; i++)
        compile_check(compiler, list->as.items[i], out_checks);
}
