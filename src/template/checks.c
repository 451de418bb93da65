/* Checks as templates declare them: each kind with the words of its own. */
#include <string.h>

#include "template/checks.h"
#include "template/compile.h"

#define WORDS_OF_ALL "each", "when", "final", "code", "severity", "message"
#define NUMBER_WORDS "tolerance", "rounded"

static const char *const sum_words[] = {"sum",     "equals",     "units",      "partial",
                                        "running", NUMBER_WORDS, WORDS_OF_ALL, NULL};
static const char *const product_words[] = {"product", "of", NUMBER_WORDS, WORDS_OF_ALL, NULL};
static const char *const difference_words[] = {"difference", "of", NUMBER_WORDS, WORDS_OF_ALL,
                                               NULL};
static const char *const quotient_words[] = {"quotient", "of", NUMBER_WORDS, WORDS_OF_ALL, NULL};
static const char *const range_words[] = {"range", "from", "to", WORDS_OF_ALL, NULL};
static const char *const unique_words[] = {"unique", "by", "near", WORDS_OF_ALL, NULL};
static const char *const reference_words[] = {"reference", "to", "covers", WORDS_OF_ALL, NULL};
static const char *const covered_words[] = {"covered", "by", WORDS_OF_ALL, NULL};
static const char *const requires_words[] = {"requires", WORDS_OF_ALL, NULL};
static const char *const order_words[] = {"order", "descending", "strict",
                                          "years", WORDS_OF_ALL, NULL};
static const char *const period_words[] = {"period", "of", "exact", WORDS_OF_ALL, NULL};
static const char *const within_words[] = {"within", "of", "early", "late", WORDS_OF_ALL, NULL};

static const struct {
    const char *word;
    SatsCheckKind kind;
    const char *const *words;
} kinds[] = {{"sum", SATS_CHECK_SUM, sum_words},
             {"product", SATS_CHECK_PRODUCT, product_words},
             {"difference", SATS_CHECK_DIFFERENCE, difference_words},
             {"quotient", SATS_CHECK_QUOTIENT, quotient_words},
             {"range", SATS_CHECK_RANGE, range_words},
             {"unique", SATS_CHECK_UNIQUE, unique_words},
             {"reference", SATS_CHECK_REFERENCE, reference_words},
             {"covered", SATS_CHECK_COVERED, covered_words},
             {"requires", SATS_CHECK_REQUIRES, requires_words},
             {"order", SATS_CHECK_ORDER, order_words},
             {"period", SATS_CHECK_PERIOD, period_words},
             {"within", SATS_CHECK_WITHIN, within_words}};

static const char *const severities[] = {"note", "warning", "error", "off", NULL};

/* ---- operands ---- */

static void missing(SatsCompiler *compiler, const SatsValue *map, const char *word,
                    const char *owner) {
    sats_report_add(compiler->report, SATS_ERROR, "check-words", &map->place,
                    "the check '%s' needs '%s'", "kontrollen '%s' kräver '%s'", owner, word);
}

/* A path, or a list of them. */
static SatsExprs operands(SatsCompiler *compiler, const SatsValue *map, const char *word,
                          const char *owner) {
    const SatsValue *value = sats_value_lookup(map, word);
    gboolean many = value && value->kind == SATS_VALUE_LIST;
    guint n = many ? value->length : value && value->kind != SATS_VALUE_NULL ? 1 : 0;
    SatsExprs exprs = {sats_arena_new_array(compiler->arena, SatsExpr *, MAX(n, 1u)), 0};
    for (guint i = 0; i < n; i++) {
        SatsExpr *expr = sats_compile_expr(compiler, many ? value->as.items[i] : value);
        if (expr)
            exprs.items[exprs.n++] = expr;
    }
    if (n == 0)
        missing(compiler, map, word, owner);
    return exprs;
}

/* A number, or a path to one. */
static SatsOperand operand(SatsCompiler *compiler, const SatsValue *map, const char *word) {
    const SatsValue *value = sats_value_lookup(map, word);
    SatsOperand made = {0};
    if (!value || value->kind == SATS_VALUE_NULL)
        return made;
    if (!sats_value_number(value, &made.number))
        made.expr = sats_compile_expr(compiler, value);
    made.given = made.expr != NULL || value->kind == SATS_VALUE_TEXT;
    return made;
}

/* `true`, or a condition. */
static SatsSwitch on_or_when(SatsCompiler *compiler, const SatsValue *map, const char *word) {
    const SatsValue *value = sats_value_lookup(map, word);
    SatsSwitch made = {FALSE, NULL};
    if (value && !sats_value_bool(value, &made.always))
        made.when = sats_compile_condition(compiler, value);
    return made;
}

/* ---- kinds ---- */

static void compile_units(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check) {
    const SatsValue *list = sats_value_lookup(map, "units");
    if (!list)
        return;
    if (list->kind != SATS_VALUE_LIST || list->length != 2) {
        missing(compiler, map, "units: [a, b]", "sum");
        return;
    }
    for (guint i = 0; i < 2; i++)
        check->units[i] = sats_compile_text(compiler, list->as.items[i]);
}

static void compile_numbers(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check) {
    check->tolerance = operand(compiler, map, "tolerance");
    check->rounded = on_or_when(compiler, map, "rounded");
}

static void compile_sum(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check) {
    check->left = operands(compiler, map, "sum", "sum");
    SatsOperand total = {0};
    const SatsValue *equals = sats_value_lookup(map, "equals");
    if (equals && sats_value_number(equals, &total.number)) {
        check->constant = total;
        check->constant.given = TRUE;
    } else {
        check->right = operands(compiler, map, "equals", "sum");
    }
    check->partial = on_or_when(compiler, map, "partial");
    check->running = on_or_when(compiler, map, "running");
    if ((check->running.always || check->running.when) && !check->guard.each)
        missing(compiler, map, "each", "running");
    compile_units(compiler, map, check);
    compile_numbers(compiler, map, check);
}

static void compile_two(SatsCompiler *compiler, const SatsValue *map, const char *kind,
                        SatsCheck *check) {
    check->left = operands(compiler, map, kind, kind);
    const SatsValue *of = sats_value_lookup(map, "of");
    if (of && of->kind == SATS_VALUE_LIST && of->length == 2)
        check->right = operands(compiler, map, "of", kind);
    else
        missing(compiler, map, "of: [a, b]", kind);
    compile_numbers(compiler, map, check);
}

static void compile_unique(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check) {
    check->left = operands(compiler, map, "unique", "unique");
    check->near = sats_spec_bool(compiler->report, map, "near", FALSE);
    const SatsValue *by = sats_value_lookup(map, "by");
    if (!by || !sats_spec_is_list(compiler->report, by, "by", "by"))
        return;
    check->by = sats_arena_new_array(compiler->arena, const char *, MAX(by->length, 1u));
    const SatsDecl *row = check->left.n ? check->left.items[0]->path.decl : NULL;
    while (row && row->type == SATS_TYPE_LIST)
        row = row->item;
    for (guint32 i = 0; i < by->length; i++) {
        const SatsValue *key = by->as.items[i];
        const char *name = key->kind == SATS_VALUE_TEXT ? key->as.text : "";
        if (row && !row->open && !sats_decl_key(row, name))
            sats_spec_unknown(compiler->report, &key->place, "unknown-path", "key", "okänd nyckel",
                              name, sats_decl_key_names(row, compiler->arena));
        else
            check->by[check->n_by++] = name;
    }
}

static void compile_order(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check) {
    check->left = operands(compiler, map, "order", "order");
    check->descending = sats_spec_bool(compiler->report, map, "descending", FALSE);
    check->strict = sats_spec_bool(compiler->report, map, "strict", FALSE);
    check->years = sats_spec_bool(compiler->report, map, "years", FALSE);
    const SatsValue *value = sats_value_lookup(map, "order");
    gboolean several = value && value->kind == SATS_VALUE_LIST && value->length > 1;
    const SatsPath *only = !several && check->left.n == 1 ? &check->left.items[0]->path : NULL;
    if (only && !only->many && (!only->decl || only->decl->type != SATS_TYPE_LIST))
        missing(compiler, map, "order: [a, b]", "order");
}

static void compile_range(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check) {
    check->left = operands(compiler, map, "range", "range");
    check->from = operand(compiler, map, "from");
    check->to = operand(compiler, map, "to");
    if (!check->from.given && !check->to.given)
        missing(compiler, map, "from, to", "range");
}

static void compile_kind(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check) {
    switch (check->kind) {
    case SATS_CHECK_SUM:
        compile_sum(compiler, map, check);
        break;
    case SATS_CHECK_PRODUCT:
        compile_two(compiler, map, "product", check);
        break;
    case SATS_CHECK_DIFFERENCE:
        compile_two(compiler, map, "difference", check);
        break;
    case SATS_CHECK_QUOTIENT:
        compile_two(compiler, map, "quotient", check);
        break;
    case SATS_CHECK_RANGE:
        compile_range(compiler, map, check);
        break;
    case SATS_CHECK_UNIQUE:
        compile_unique(compiler, map, check);
        break;
    case SATS_CHECK_REFERENCE:
        check->left = operands(compiler, map, "reference", "reference");
        check->right = operands(compiler, map, "to", "reference");
        check->covers = sats_spec_bool(compiler->report, map, "covers", FALSE);
        break;
    case SATS_CHECK_COVERED:
        check->left = operands(compiler, map, "covered", "covered");
        check->right = operands(compiler, map, "by", "covered");
        break;
    case SATS_CHECK_REQUIRES:
        check->left = operands(compiler, map, "requires", "requires");
        break;
    case SATS_CHECK_ORDER:
        compile_order(compiler, map, check);
        break;
    case SATS_CHECK_WITHIN:
        check->left = operands(compiler, map, "within", "within");
        check->right = operands(compiler, map, "of", "within");
        check->early = operand(compiler, map, "early");
        check->late = operand(compiler, map, "late");
        break;
    case SATS_CHECK_PERIOD:
    default:
        check->left = operands(compiler, map, "period", "period");
        check->right = operands(compiler, map, "of", "period");
        check->exact = sats_spec_bool(compiler->report, map, "exact", FALSE);
        break;
    }
}

/* ---- a check ---- */

/* One text for all, or one for each language: `{sv: …, en: …}`. */
static void compile_message(SatsCompiler *compiler, const SatsValue *map, SatsCheck *check) {
    static const char *const languages[] = {"en", "sv", NULL};
    const SatsValue *value = sats_value_lookup(map, "message");
    if (!value || value->kind != SATS_VALUE_MAP) {
        check->message[0] = check->message[1] = sats_compile_text_key(compiler, map, "message");
        return;
    }
    sats_spec_keys(compiler->report, value, "message", "meddelandet", languages);
    for (guint i = 0; i < 2; i++) {
        check->message[i] = sats_compile_text_key(compiler, value, languages[i]);
        if (!check->message[i])
            missing(compiler, value, languages[i], "message");
    }
}

static int kind_of(const SatsValue *map) {
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (sats_value_lookup(map, kinds[i].word))
            return (int)i;
    return -1;
}

static void no_kind(SatsCompiler *compiler, const SatsValue *map) {
    g_autoptr(GString) all = g_string_new(kinds[0].word);
    for (guint i = 1; i < G_N_ELEMENTS(kinds); i++)
        g_string_append_printf(all, ", %s", kinds[i].word);
    sats_report_add(compiler->report, SATS_ERROR, "check-words", &map->place,
                    "a check is one of %s", "en kontroll är en av %s", all->str);
}

static void compile_check(SatsCompiler *compiler, const SatsValue *map, GArray *out_checks) {
    if (!sats_spec_is_map(compiler->report, map, "a check, such as 'sum: …'",
                          "en kontroll, till exempel 'sum: …'"))
        return;
    int found = kind_of(map);
    if (found < 0) {
        no_kind(compiler, map);
        return;
    }
    sats_spec_keys(compiler->report, map, kinds[found].word, kinds[found].word, kinds[found].words);
    const SatsVariable *outer;
    SatsCheck check = {.kind = kinds[found].kind, .place = map->place};
    check.guard = sats_guard_enter(compiler, map, &outer);
    check.only_final = sats_spec_bool(compiler->report, map, "final", FALSE);
    check.code = sats_spec_string(compiler->report, map, "code", kinds[found].word);
    check.severity = (SatsSeverity)sats_spec_choice(compiler->report, map, "severity", severities,
                                                    (int)SATS_ERROR);
    compile_message(compiler, map, &check);
    compile_kind(compiler, map, &check);
    sats_guard_leave(compiler, outer);
    g_array_append_val(out_checks, check);
}

/* Does it look at data that is not declared, and is right but for that? */
static gboolean lacks_data(SatsCompiler *compiler, const SatsValue *map) {
    SatsReport *report = compiler->report;
    g_autoptr(SatsReport) own = sats_report_new(SATS_LANGUAGE_ENGLISH);
    g_autoptr(GArray) unused = g_array_new(FALSE, FALSE, sizeof(SatsCheck));
    compiler->report = own;
    compile_check(compiler, map, unused);
    compiler->report = report;
    guint n = sats_report_length(own);
    for (guint i = 0; i < n; i++)
        if (strcmp(sats_report_at(own, i)->code, "unknown-path") != 0)
            return FALSE;
    return n > 0;
}

void sats_compile_checks(SatsCompiler *compiler, const SatsValue *list, gboolean extended,
                         GArray *out_checks) {
    if (!list || list->kind == SATS_VALUE_NULL ||
        !sats_spec_is_list(compiler->report, list, "checks", "kontroller"))
        return;
    for (guint32 i = 0; i < list->length; i++)
        if (!extended || !lacks_data(compiler, list->as.items[i]))
            compile_check(compiler, list->as.items[i], out_checks);
}
