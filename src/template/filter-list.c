/* The filters on lists: sums, counts, enumerations. */
#include <string.h>

#include "template/eval.h"
#include "template/filter-parts.h"
#include "template/misread.h"

/* What is one value counts as a list of one; nothing as a list of none. */
static guint items_of(const SatsResult *result, const SatsResult **out_items) {
    *out_items = result->kind == SATS_RESULT_LIST ? result->items : result;
    if (result->kind == SATS_RESULT_EMPTY)
        return 0;
    return result->kind == SATS_RESULT_LIST ? result->n_items : 1;
}

/* The item itself, or what stands under the key that the argument names. */
static SatsResult field_of(const SatsFilterContext *context, const SatsResult *item) {
    SatsResult field = *item;
    if (context->call->n_arguments == 0 || !item->value || item->value->kind != SATS_VALUE_MAP)
        return field;
    const char *key = context->call->arguments[0];
    const SatsDecl *decl = sats_decl_key(item->decl, key);
    sats_value_result(sats_value_lookup(item->value, key), decl, context->arena, &field);
    return field;
}

typedef enum { FOLD_SUM, FOLD_LEAST, FOLD_GREATEST } Fold;

static gboolean fold_in(const SatsFilterContext *context, const SatsResult *item, Fold fold,
                        SatsDecimal number, SatsDecimal *total) {
    int order = sats_decimal_compare(number, *total);
    if (fold == FOLD_SUM && !sats_decimal_add(*total, number, total)) {
        sats_filter_finding(context, item, "the sum must fit in 18 digits",
                            "summan måste rymmas i 18 siffror");
        return FALSE;
    }
    if ((fold == FOLD_LEAST && order < 0) || (fold == FOLD_GREATEST && order > 0))
        *total = number;
    return TRUE;
}

void sats_filter_warn_not_counted(SatsReport *report, const SatsResult *item) {
    const char *text = item->text;
    if (!report || !item->value || !text || text[strcspn(text, "0123456789")] == '\0')
        return;
    sats_report_add(report, SATS_WARNING, "not-counted", &item->value->place,
                    "'%s' is text and not a number, so it cannot be part of the sum",
                    "'%s' är text och inte ett tal, och kan därför inte ingå i summan", text);
    if (!sats_misread_hint_number(report, text))
        sats_report_hint(report, "write only a number if it is to be part of the sum",
                         "skriv bara ett tal, om det ska ingå i summan");
}

/* Words, placeholders and empty ones are passed over; anything else must be a number. */
static gboolean fold(const SatsFilterContext *context, SatsResult *result, Fold how, guint *out_n) {
    const SatsResult *items;
    guint n = items_of(result, &items), found = 0;
    SatsDecimal total = {0, 0}, number;
    gboolean ok = TRUE;
    for (guint i = 0; i < n; i++) {
        SatsResult item = field_of(context, &items[i]);
        if (items[i].part && how == FOLD_SUM)
            continue;
        if (item.words && !item.placeholder)
            sats_filter_warn_not_counted(context->report, &item);
        if (item.kind == SATS_RESULT_EMPTY || item.placeholder || item.words)
            continue;
        if (!sats_result_number(&item, &number)) {
            sats_filter_finding(context, &item, "a number is needed here", "här behövs ett tal");
            ok = FALSE;
        } else if (found++ == 0) {
            total = number;
        } else {
            ok = fold_in(context, &item, how, number, &total) && ok;
        }
    }
    if (!ok)
        return FALSE;
    *out_n = found;
    SatsResult done = {.kind = found ? SATS_RESULT_NUMBER : SATS_RESULT_EMPTY,
                       .computed = TRUE,
                       .number = total,
                       .format = {.decimals = -1},
                       .value = result->value};
    *result = done;
    return TRUE;
}

gboolean sats_filter_sum(const SatsFilterContext *context, SatsResult *result) {
    guint n;
    return fold(context, result, FOLD_SUM, &n);
}

gboolean sats_filter_least(const SatsFilterContext *context, SatsResult *result) {
    guint n;
    return fold(context, result, FOLD_LEAST, &n);
}

gboolean sats_filter_greatest(const SatsFilterContext *context, SatsResult *result) {
    guint n;
    return fold(context, result, FOLD_GREATEST, &n);
}

gboolean sats_filter_mean(const SatsFilterContext *context, SatsResult *result) {
    guint n;
    if (!fold(context, result, FOLD_SUM, &n))
        return FALSE;
    if (n == 0)
        return TRUE;
    SatsDecimal count = {(gint64)n, 0}, mean;
    guint8 scale = (guint8)MIN(result->number.scale + 2, 9);
    if (sats_decimal_divide(result->number, count, scale, &mean))
        result->number = sats_filter_trim(mean);
    return TRUE;
}

gboolean sats_filter_count_items(const SatsFilterContext *context, SatsResult *result) {
    const SatsResult *items;
    SatsResult done = {.kind = SATS_RESULT_NUMBER,
                       .computed = TRUE,
                       .number = {(gint64)items_of(result, &items), 0},
                       .format = {.decimals = -1},
                       .value = result->value};
    (void)context;
    *result = done;
    return TRUE;
}

/* ---- text out of lists ---- */

static gboolean any_markdown(const SatsResult *list) {
    const SatsResult *items;
    guint n = items_of(list, &items);
    for (guint i = 0; i < n; i++)
        if (items[i].markdown)
            return TRUE;
    return FALSE;
}

const char *sats_filter_join(const SatsResult *list, SatsArena *arena, const char *between,
                             const char *last, gboolean markdown) {
    const SatsResult *items;
    guint n = items_of(list, &items);
    const char **texts = sats_arena_new_array(arena, const char *, MAX(n, 1u));
    guint n_texts = 0;
    for (guint i = 0; i < n; i++) {
        const char *text = sats_result_text(&items[i], arena);
        if (*text == '\0')
            continue;
        texts[n_texts++] =
            markdown && !items[i].markdown ? sats_markdown_escape(text, arena) : text;
    }
    g_autoptr(GString) whole = g_string_new(NULL);
    for (guint i = 0; i < n_texts; i++) {
        if (i > 0)
            g_string_append(whole, i + 1 == n_texts ? last : between);
        g_string_append(whole, texts[i]);
    }
    return sats_arena_strndup(arena, whole->str, whole->len);
}

static void set_joined(const SatsFilterContext *context, SatsResult *result, const char *between,
                       const char *last, gboolean markdown) {
    const char *text = sats_filter_join(result, context->arena, between, last, markdown);
    SatsResult done = {.kind = *text ? SATS_RESULT_TEXT : SATS_RESULT_EMPTY,
                       .markdown = markdown,
                       .computed = TRUE,
                       .text = text,
                       .value = result->value};
    *result = done;
}

gboolean sats_filter_enumerate(const SatsFilterContext *context, SatsResult *result) {
    const char *word = context->call->n_arguments ? context->call->arguments[0] : "och";
    const char *last = sats_arena_printf(context->arena, " %s ", word);
    set_joined(context, result, ", ", last, any_markdown(result));
    return TRUE;
}

gboolean sats_filter_lines(const SatsFilterContext *context, SatsResult *result) {
    set_joined(context, result, "\\\n", "\\\n", TRUE);
    return TRUE;
}

/* ---- one of a list ---- */

static gboolean pick(const SatsFilterContext *context, SatsResult *result, gboolean last) {
    const SatsResult *items;
    guint n = items_of(result, &items);
    if (n > 0)
        *result = field_of(context, &items[last ? n - 1 : 0]);
    return TRUE;
}

gboolean sats_filter_first(const SatsFilterContext *context, SatsResult *result) {
    return pick(context, result, FALSE);
}

gboolean sats_filter_last(const SatsFilterContext *context, SatsResult *result) {
    return pick(context, result, TRUE);
}
