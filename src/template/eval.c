/* What paths, expressions and conditions come to for one plan. */
#include "template/eval.h"

#include <string.h>

/* ---- scope and paths ---- */

SatsDataScope *sats_scope_new(const SatsTemplate *template_, const SatsValue *plan,
                              SatsArena *arena) {
    SatsDataScope *scope = sats_arena_new_struct(arena, SatsDataScope);
    scope->root = plan;
    scope->template_ = template_;
    scope->n_slots = template_->n_slots;
    scope->slots = sats_arena_new_array(arena, const SatsValue *, MAX(scope->n_slots, 1u));
    scope->counters = sats_arena_new_array(arena, guint, MAX(scope->n_slots, 1u));
    return scope;
}

void sats_scope_set(SatsDataScope *scope, const SatsEach *each, const SatsValue *value,
                    guint counter) {
    scope->slots[each->slot] = value;
    scope->counters[each->slot] = counter;
}

void sats_scope_use(const SatsDataScope *scope, const SatsDecl *decl) {
    if (scope->used && decl)
        scope->used[decl->index] = 1;
}

static const SatsValue *start_of(const SatsPath *path, const SatsDataScope *scope) {
    return path->slot < 0 ? scope->root : scope->slots[path->slot];
}

const SatsValue *sats_path_value(const SatsPath *path, const SatsDataScope *scope) {
    const SatsValue *value = start_of(path, scope);
    for (guint i = 0; value && i < path->n_steps; i++)
        value = value->kind == SATS_VALUE_MAP ? sats_value_lookup(value, path->steps[i]) : NULL;
    return value && value->kind == SATS_VALUE_NULL ? NULL : value;
}

static void collect(const SatsValue *value, const SatsPath *path, guint step, GPtrArray *out) {
    if (!value)
        return;
    if (value->kind == SATS_VALUE_LIST) {
        for (guint32 i = 0; i < value->length; i++)
            if (step < path->n_steps)
                collect(value->as.items[i], path, step, out);
            else
                g_ptr_array_add(out, (gpointer)(guintptr)value->as.items[i]);
    } else if (step == path->n_steps) {
        if (value->kind != SATS_VALUE_NULL)
            g_ptr_array_add(out, (gpointer)(guintptr)value);
    } else if (value->kind == SATS_VALUE_MAP) {
        collect(sats_value_lookup(value, path->steps[step]), path, step + 1, out);
    }
}

guint sats_path_values(const SatsPath *path, const SatsDataScope *scope, SatsArena *arena,
                       const SatsValue *const **out_values) {
    if (!path->many) { /* the common case, without a copy */
        const SatsValue *value = sats_path_value(path, scope);
        if (value && value->kind == SATS_VALUE_LIST) {
            *out_values = value->as.items;
            return value->length;
        }
    }
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    collect(start_of(path, scope), path, 0, found);
    *out_values = sats_arena_memdup(arena, found->pdata, sizeof(SatsValue *) * MAX(found->len, 1u));
    return found->len;
}

guint sats_each_values(const SatsEach *each, const SatsDataScope *scope, SatsArena *arena,
                       const SatsValue *const **out_values) {
    return sats_path_values(&each->list, scope, arena, out_values);
}

/* ---- values ---- */

static void set_text(SatsResult *result, const char *text, gboolean markdown) {
    result->kind = SATS_RESULT_TEXT;
    result->text = text;
    result->markdown = markdown;
    result->placeholder = sats_text_is_placeholder(text);
    if (result->placeholder)
        result->markdown = TRUE;
}

static void number_result(const char *text, const SatsDecl *decl, SatsArena *arena,
                          SatsResult *result) {
    const char *note;
    if (sats_number_with_note(text, arena, &result->number, &note)) {
        result->kind = SATS_RESULT_NUMBER;
        result->note = note;
        result->markdown = note != NULL;
        return;
    }
    set_text(result, text, decl->type == SATS_TYPE_AMOUNT);
    result->words = decl->type == SATS_TYPE_AMOUNT && !result->placeholder;
}

static const char *plain_bool(const char *text) {
    if (g_ascii_strcasecmp(text, "true") == 0 || g_ascii_strcasecmp(text, "ja") == 0)
        return "ja";
    if (g_ascii_strcasecmp(text, "false") == 0 || g_ascii_strcasecmp(text, "nej") == 0)
        return "nej";
    return text;
}

static void scalar_result(const char *text, const SatsDecl *decl, SatsArena *arena,
                          SatsResult *result) {
    switch (decl->type) {
    case SATS_TYPE_NUMBER:
    case SATS_TYPE_INTEGER:
    case SATS_TYPE_AMOUNT:
        number_result(text, decl, arena, result);
        return;
    case SATS_TYPE_LINE:
        set_text(result, text, TRUE);
        return;
    case SATS_TYPE_TEXT:
        set_text(result, text, TRUE);
        result->blocks = TRUE;
        return;
    case SATS_TYPE_BOOL:
        set_text(result, plain_bool(text), FALSE);
        return;
    case SATS_TYPE_ID:
    case SATS_TYPE_DATE:
    case SATS_TYPE_CHOICE:
    case SATS_TYPE_IMAGE:
    case SATS_TYPE_LIST:
    case SATS_TYPE_MAP:
    case SATS_TYPE_TABLE:
    case SATS_TYPE_BLOCKS:
    case SATS_TYPE_ANY:
    default:
        set_text(result, text, FALSE);
        return;
    }
}

static SatsResult *list_result(const SatsValue *const *values, guint n, const SatsDecl *item,
                               SatsArena *arena, SatsResult *result) {
    SatsResult *items = sats_arena_new_array(arena, SatsResult, MAX(n, 1u));
    for (guint i = 0; i < n; i++)
        sats_value_result(values[i], item, arena, &items[i]);
    result->kind = n ? SATS_RESULT_LIST : SATS_RESULT_EMPTY;
    result->items = items;
    result->n_items = n;
    return items;
}

static gboolean is_missing(const SatsValue *value) {
    return !value || value->kind == SATS_VALUE_NULL ||
           (value->kind == SATS_VALUE_TEXT && value->length == 0);
}

void sats_value_result(const SatsValue *value, const SatsDecl *decl, SatsArena *arena,
                       SatsResult *out_result) {
    static const SatsDecl undeclared = {.type = SATS_TYPE_ANY};
    const SatsDecl *known = decl ? decl : &undeclared;
    *out_result = (SatsResult){.format = {.decimals = -1}, .value = value, .decl = decl};
    if (is_missing(value)) {
        if (known->fallback) {
            scalar_result(known->fallback, known, arena, out_result);
        } else if (known->placeholder) {
            set_text(out_result, known->placeholder, TRUE);
            out_result->placeholder = TRUE;
        }
    } else if (value->kind == SATS_VALUE_LIST) {
        list_result(value->as.items, value->length, known->item, arena, out_result);
    } else if (value->kind == SATS_VALUE_MAP) {
        out_result->kind = SATS_RESULT_MAP;
    } else {
        scalar_result(value->as.text, known, arena, out_result);
    }
}

/* ---- parts ---- */

/* Past what may stand before the first word: signs of lists and of emphasis. */
static const char *first_word(const char *text) {
    while (*text != '\0' && !g_unichar_isalnum(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    return text;
}

gboolean sats_names_part(const SatsTemplate *template_, const char *text) {
    g_autofree char *folded = g_utf8_casefold(first_word(text), -1);
    for (guint i = 0; i < template_->n_parts; i++) {
        g_autofree char *word = g_utf8_casefold(template_->parts[i], -1);
        if (g_str_has_prefix(folded, word) &&
            !g_unichar_isalnum(g_utf8_get_char(folded + strlen(word))))
            return TRUE;
    }
    return FALSE;
}

/* The list that what the path leads to is a key of the items of, where its items may be parts. */
static const SatsDecl *list_with_parts(const SatsPath *path) {
    const SatsDecl *item = path->decl ? path->decl->parent : NULL;
    const SatsDecl *list = item ? item->parent : NULL;
    return list && list->parts ? list : NULL;
}

/* Goes through the same lists as collect() and marks what it made: one item's value after
 * another's. A part counts in no sum where the item above that it is a part of has a value. */
static guint mark_parts(const SatsValue *value, const SatsPath *path, guint step, const char *key,
                        const SatsTemplate *template_, SatsResult *items, guint at) {
    gboolean rows = step + 1 == path->n_steps && value && value->kind == SATS_VALUE_LIST;
    gboolean whole = FALSE;
    if (!value || step == path->n_steps)
        return at;
    if (value->kind == SATS_VALUE_MAP)
        return mark_parts(sats_value_lookup(value, path->steps[step]), path, step + 1, key,
                          template_, items, at);
    for (guint32 i = 0; value->kind == SATS_VALUE_LIST && i < value->length; i++) {
        const SatsValue *item = value->as.items[i];
        if (!rows) {
            at = mark_parts(item, path, step, key, template_, items, at);
            continue;
        }
        gboolean map = item && item->kind == SATS_VALUE_MAP;
        const SatsValue *name = map ? sats_value_lookup(item, key) : NULL;
        const SatsValue *term = map ? sats_value_lookup(item, path->steps[step]) : NULL;
        gboolean part =
            name && name->kind == SATS_VALUE_TEXT && sats_names_part(template_, name->as.text);
        gboolean given = term && term->kind == SATS_VALUE_TEXT;
        if (given)
            items[at++].part = part && whole;
        whole = part ? whole : given && !is_missing(term) && strcmp(term->as.text, "–") != 0;
    }
    return at;
}

/* ---- expressions ---- */

static void path_result(const SatsPath *path, const SatsDataScope *scope, SatsArena *arena,
                        SatsResult *result) {
    if (path->kind == SATS_PATH_LOOP_NUMBER) {
        *result = (SatsResult){.kind = SATS_RESULT_NUMBER, .format = {.decimals = -1}};
        result->number.digits = (gint64)scope->counters[path->slot];
        return;
    }
    if (!path->many) {
        sats_value_result(sats_path_value(path, scope), path->decl, arena, result);
        return;
    }
    const SatsValue *const *values;
    guint n = sats_path_values(path, scope, arena, &values);
    const SatsDecl *item = path->decl;
    if (item && item->type == SATS_TYPE_LIST)
        item = item->item;
    *result = (SatsResult){.format = {.decimals = -1}, .decl = path->decl};
    SatsResult *items = list_result(values, n, item, arena, result);
    const SatsDecl *list = list_with_parts(path);
    if (list)
        mark_parts(start_of(path, scope), path, 0, list->parts, scope->template_, items, 0);
    if (n > 0 && values)
        result->value = values[0];
}

static gboolean run_filters(const SatsExpr *expr, SatsArena *arena, SatsReport *report,
                            SatsResult *result) {
    for (guint i = 0; i < expr->n_filters; i++) {
        SatsFilterContext context = {&expr->filters[i], expr->path.spot, arena, report};
        if (!sats_filter_apply(&context, result))
            return FALSE;
    }
    return TRUE;
}

static gboolean evaluate(const SatsExpr *expr, const SatsDataScope *scope, SatsArena *arena,
                         SatsReport *report, SatsResult *out_result) {
    switch (expr->path.kind) {
    case SATS_PATH_PAGE:
    case SATS_PATH_PAGES:
    case SATS_PATH_SECTION:
    case SATS_PATH_PLACEHOLDERS:
        *out_result = (SatsResult){.kind = SATS_RESULT_EMPTY};
        return TRUE;
    case SATS_PATH_REF:
    case SATS_PATH_PAGE_REF:
        if (expr->path.reference) {
            *out_result = (SatsResult){.kind = SATS_RESULT_TEXT, .text = expr->path.reference};
            return TRUE;
        }
        path_result(&expr->path, scope, arena, out_result);
        return TRUE;
    case SATS_PATH_DATA:
    case SATS_PATH_LOOP_NUMBER:
    default:
        path_result(&expr->path, scope, arena, out_result);
        return run_filters(expr, arena, report, out_result);
    }
}

/* How many there are says nothing of what they are. */
static gboolean only_counts(const SatsExpr *expr) {
    return expr->n_filters > 0 && expr->filters[0].filter->input == SATS_FILTER_LIST &&
           expr->filters[0].filter->output == SATS_FILTER_NUMBER &&
           expr->filters[0].filter->max_arguments == 0;
}

gboolean sats_expr_eval(const SatsExpr *expr, const SatsDataScope *scope, SatsArena *arena,
                        SatsReport *report, SatsResult *out_result) {
    g_assert(expr != NULL);
    if (!only_counts(expr))
        sats_scope_use(scope, expr->path.decl);
    return evaluate(expr, scope, arena, report, out_result);
}

/* ---- conditions ---- */

/* `{}` says: as it is by default. That is something where the map holds nothing but single values
 * and one of them has a default: a row of sums, say. Lists make up sections, which are left out
 * until they have something in them. */
static gboolean stands_by_default(const SatsDecl *decl) {
    gboolean any = FALSE;
    for (guint i = 0; decl && decl->type == SATS_TYPE_MAP && i < decl->n_keys; i++) {
        const SatsDecl *key = decl->keys[i];
        if (key->type == SATS_TYPE_MAP || key->type == SATS_TYPE_LIST ||
            key->type == SATS_TYPE_TABLE || key->type == SATS_TYPE_BLOCKS)
            return FALSE;
        any = any || key->fallback;
    }
    return any;
}

static gboolean is_true(const SatsResult *result) {
    gboolean flag;
    switch (result->kind) {
    case SATS_RESULT_EMPTY:
        return FALSE;
    case SATS_RESULT_NUMBER:
        return TRUE;
    case SATS_RESULT_LIST:
        for (guint i = 0; i < result->n_items; i++)
            if (is_true(&result->items[i]))
                return TRUE;
        return FALSE;
    case SATS_RESULT_MAP:
        return !sats_value_is_empty(result->value) || stands_by_default(result->decl);
    case SATS_RESULT_TEXT:
    default:
        if (result->placeholder && is_missing(result->value))
            return FALSE;
        if (result->decl && result->decl->type == SATS_TYPE_BOOL)
            return strcmp(result->text, "ja") == 0;
        if (!result->computed && !result->decl && sats_value_bool(result->value, &flag))
            return flag;
        return *result->text != '\0';
    }
}

static gboolean decide(int comparison, int op) {
    switch (op) {
    case SATS_EQ:
        return comparison == 0;
    case SATS_NE:
        return comparison != 0;
    case SATS_LT:
        return comparison < 0;
    case SATS_LE:
        return comparison <= 0;
    case SATS_GT:
        return comparison > 0;
    default:
        return comparison >= 0;
    }
}

/* Numbers as numbers, the rest as text (ISO dates come in order so). Empty equals "" and nothing
 * else, and is neither less nor more than anything. */
static gboolean compare(const SatsResult *a, const SatsResult *b, int op, SatsArena *arena) {
    SatsDecimal x, y;
    if (sats_result_number(a, &x) && sats_result_number(b, &y))
        return decide(sats_decimal_compare(x, y), op);
    const char *left = sats_result_text(a, arena), *right = sats_result_text(b, arena);
    if (*left == '\0' || *right == '\0') {
        gboolean equal = *left == *right;
        return op == SATS_NE ? !equal : equal && (op == SATS_EQ || op == SATS_LE || op == SATS_GE);
    }
    return decide(strcmp(plain_bool(left), plain_bool(right)), op);
}

/* A list fulfils a comparison when one of its items does; `!=` when none equals. */
static gboolean compare_any(const SatsResult *a, const SatsResult *b, int op, SatsArena *arena) {
    if (op == SATS_NE)
        return !compare_any(a, b, SATS_EQ, arena);
    if (a->kind == SATS_RESULT_LIST) {
        for (guint i = 0; i < a->n_items; i++)
            if (compare_any(&a->items[i], b, op, arena))
                return TRUE;
        return FALSE;
    }
    if (b->kind == SATS_RESULT_LIST) {
        for (guint i = 0; i < b->n_items; i++)
            if (compare(a, &b->items[i], op, arena))
                return TRUE;
        return FALSE;
    }
    return compare(a, b, op, arena);
}

/* Is it there? A bool, or a choice, is used up by being asked. */
static gboolean is_there(const SatsExpr *expr, const SatsDataScope *scope, SatsArena *arena,
                         SatsReport *report) {
    const SatsDecl *decl = expr->path.decl;
    SatsResult result;
    if (decl && (decl->type == SATS_TYPE_BOOL || decl->type == SATS_TYPE_CHOICE))
        sats_scope_use(scope, decl);
    evaluate(expr, scope, arena, report, &result);
    return is_true(&result);
}

gboolean sats_condition_holds(const SatsCondition *condition, const SatsDataScope *scope,
                              SatsArena *arena, SatsReport *report) {
    if (!condition)
        return TRUE;
    SatsResult left, right = {.kind = SATS_RESULT_TEXT, .text = condition->literal};
    switch (condition->kind) {
    case SATS_WHEN_AND:
        return sats_condition_holds(condition->first, scope, arena, report) &&
               sats_condition_holds(condition->second, scope, arena, report);
    case SATS_WHEN_OR:
        return sats_condition_holds(condition->first, scope, arena, report) ||
               sats_condition_holds(condition->second, scope, arena, report);
    case SATS_WHEN_NOT:
        return !sats_condition_holds(condition->first, scope, arena, report);
    case SATS_WHEN_TRUTH:
        return is_there(condition->left, scope, arena, report);
    case SATS_WHEN_COMPARE:
    default:
        sats_expr_eval(condition->left, scope, arena, report, &left);
        if (condition->right)
            sats_expr_eval(condition->right, scope, arena, report, &right);
        return compare_any(&left, &right, (int)condition->op, arena);
    }
}

/* ---- texts ---- */

gboolean sats_text_is_literal(const SatsText *text, const char **out_literal) {
    if (text && (text->n_pieces > 1 || (text->n_pieces == 1 && !text->pieces[0].literal)))
        return FALSE;
    if (out_literal)
        *out_literal = text && text->n_pieces ? text->pieces[0].literal : "";
    return TRUE;
}

const char *sats_text_plain(const SatsText *text, const SatsDataScope *scope, SatsArena *arena,
                            SatsReport *report) {
    const char *literal;
    if (sats_text_is_literal(text, &literal))
        return literal;
    g_autoptr(GString) whole = g_string_new(NULL);
    for (guint i = 0; i < text->n_pieces; i++) {
        if (text->pieces[i].literal) {
            g_string_append(whole, text->pieces[i].literal);
            continue;
        }
        SatsResult result;
        sats_expr_eval(text->pieces[i].expr, scope, arena, report, &result);
        g_string_append(whole, sats_result_text(&result, arena));
    }
    return sats_arena_strndup(arena, whole->str, whole->len);
}

gboolean sats_text_number(const SatsText *text, const SatsDataScope *scope, SatsArena *arena,
                          SatsReport *report, SatsDecimal *out_number) {
    if (!text)
        return FALSE;
    if (text->n_pieces == 1 && text->pieces[0].expr) {
        SatsResult result;
        sats_expr_eval(text->pieces[0].expr, scope, arena, report, &result);
        return sats_result_number(&result, out_number);
    }
    const char *plain = sats_text_plain(text, scope, arena, report);
    return sats_decimal_parse(plain, strlen(plain), out_number);
}
