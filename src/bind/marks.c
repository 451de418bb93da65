/* bind/marks.c: small drawings in a cell: status, cross, trend, chip, bar, checkbox.
 *
 * A mark always reads as something: its own `text`, or the theme's word for its value. What data
 * may say besides numbers are the engine's own words and the colours of a traffic light. */
#include "bind/binder.h"

#include <string.h>

typedef struct {
    const char *word;
    double value;
} Word;

static const Word status_words[] = {
    {"ok", 0},    {"grön", 0},   {"grönt", 0},   {"green", 0},     {"deviation", 1}, {"gul", 1},
    {"gult", 1},  {"yellow", 1}, {"serious", 2}, {"röd", 2},       {"rött", 2},      {"red", 2},
    {"ended", 3}, {"blå", 3},    {"blue", 3},    {"not-begun", 4}, {"vit", 4},       {"white", 4},
};
static const Word trend_words[] = {
    {"rising", 1}, {"upp", 1},   {"up", 1}, {"+", 1},        {"level", 0},
    {"lika", 0},   {"=", 0},     {"→", 0},  {"falling", -1}, {"ned", -1},
    {"ner", -1},   {"down", -1}, {"-", -1}, {"↑", 1},        {"↓", -1},
};
static const Word chip_words[] = {
    {"low", 0},  {"låg", 0}, {"medium", 1},    {"medel", 1},
    {"high", 2}, {"hög", 2}, {"very-high", 3}, {"mycket hög", 3},
};

static const char *const status_names[] = {"status-ok", "status-deviation", "status-serious",
                                           "status-ended", "status-not-begun"};
static const char *const trend_names[] = {"falling", "level", "rising"};
static const char *const chip_names[] = {"chip-low", "chip-medium", "chip-high", "chip-very-high"};

static gboolean find_word(const char *text, const Word *words, guint n, double *out) {
    g_autofree char *folded = g_utf8_strdown(text, -1);
    for (guint i = 0; i < n; i++) {
        if (strcmp(folded, words[i].word) == 0) {
            *out = words[i].value;
            return TRUE;
        }
    }
    return FALSE;
}

/* A number, or one of the words. */
static gboolean read_value(const char *text, const Word *words, guint n, double *out) {
    SatsDecimal number;
    if (sats_decimal_parse(text, strlen(text), &number)) {
        *out = sats_decimal_to_double(number);
        return TRUE;
    }
    return words != NULL && find_word(text, words, n, out);
}

gboolean sats_bind_status_value(const char *text, int *out_value) {
    double value = 0;
    if (!read_value(text, status_words, G_N_ELEMENTS(status_words), &value) || value < 0 ||
        value > 4 || value != (double)(int)value)
        return FALSE;
    *out_value = (int)value;
    return TRUE;
}

guint sats_bind_class(double value, const char *limits) {
    guint class = 0;
    g_auto(GStrv) parts = g_strsplit_set(limits, " ,;/", -1);
    for (char **part = parts; *part != NULL; part++) {
        SatsDecimal limit;
        if (**part != '\0' && sats_decimal_parse(*part, strlen(*part), &limit) &&
            value > sats_decimal_to_double(limit))
            class ++;
    }
    return class;
}

typedef struct {
    SatsBinder *binder;
    SatsMark *mark;
    const char *value, *limit, *label;
    const char *reads; /* what it reads as unless the template says */
} Maker;

static gboolean make_chip(Maker *m) {
    double value = 0;
    if (m->label != NULL && g_ascii_isdigit(m->label[0])) { /* "12 Hög" */
        gsize digits = strspn(m->label, "0123456789,");
        m->mark->number = sats_arena_strndup(m->binder->arena, m->label, digits);
        m->label += digits;
        m->label += strspn(m->label, " ");
    }
    if (m->value == NULL || !read_value(m->value, chip_words, G_N_ELEMENTS(chip_words), &value))
        return FALSE;
    if (m->limit != NULL) {
        if (m->mark->number == NULL)
            m->mark->number = m->value;
        value = sats_bind_class(value, m->limit);
    }
    m->mark->value = CLAMP(value, 0, 3);
    m->mark->label = m->label != NULL && *m->label != '\0'
                         ? m->label
                         : sats_theme_word(m->binder->theme, chip_names[(int)m->mark->value]);
    m->reads = m->mark->number == NULL
                   ? m->mark->label
                   : sats_arena_printf(m->binder->arena, "%s %s", m->mark->number, m->mark->label);
    return TRUE;
}

static gboolean make_bar(Maker *m) {
    if (m->value == NULL || !read_value(m->value, NULL, 0, &m->mark->value))
        return FALSE;
    m->mark->limit = 100;
    if (m->limit != NULL && !read_value(m->limit, NULL, 0, &m->mark->limit))
        return FALSE;
    m->reads = m->value;
    return TRUE;
}

static gboolean make_named(Maker *m, const Word *words, guint n, double low, double high,
                           const char *const *names) {
    double value = 0;
    if (m->value == NULL || !read_value(m->value, words, n, &value) || value < low || value > high)
        return FALSE;
    m->mark->value = value < 0 ? -1 : (double)(int)value;
    m->reads = sats_theme_word(m->binder->theme, names[(int)(m->mark->value - low)]);
    return TRUE;
}

/* Fills in the mark; FALSE when the value is none of its kind. */
static gboolean make_mark(Maker *m, const char *kind) {
    if (strcmp(kind, "status") == 0) {
        m->mark->kind = SATS_MARK_STATUS;
        return make_named(m, status_words, G_N_ELEMENTS(status_words), 0, 4, status_names);
    }
    if (strcmp(kind, "trend") == 0) {
        m->mark->kind = SATS_MARK_TREND;
        return make_named(m, trend_words, G_N_ELEMENTS(trend_words), -1, 1, trend_names);
    }
    if (strcmp(kind, "chip") == 0) {
        m->mark->kind = SATS_MARK_CHIP;
        return make_chip(m);
    }
    if (strcmp(kind, "bar") == 0) {
        m->mark->kind = SATS_MARK_BAR;
        return make_bar(m);
    }
    gboolean cross = strcmp(kind, "cross") == 0;
    m->mark->kind = cross ? SATS_MARK_CROSS : SATS_MARK_CHECKBOX;
    m->reads = sats_theme_word(m->binder->theme, cross ? "cross" : "checkbox");
    return TRUE;
}

static gboolean is_false(const char *value) {
    return strcmp(value, "nej") == 0 || strcmp(value, "false") == 0 || strcmp(value, "0") == 0;
}

void sats_bind_mark_decorate(SatsNode *block, guint at) {
    SatsRun *run = &block->runs[at];
    SatsMark *mark = (SatsMark *)(guintptr)run->mark; /* its own, made for this run */
    mark->decorative = TRUE;
    run->text = "";
    run->length = 0;
}

SatsNode *sats_bind_mark(SatsBinder *binder, SatsNode *cell, const SatsMarkSpec *spec,
                         SatsPlace place) {
    Maker maker = {.binder = binder,
                   .mark = sats_arena_new_struct(binder->arena, SatsMark),
                   .value = sats_bind_plain(binder, spec->value),
                   .limit = sats_bind_plain(binder, spec->limit),
                   .label = sats_bind_words(binder, spec->label)};
    if (spec->value != NULL && spec->value->n_pieces > 0 && maker.value == NULL)
        return NULL; /* nothing to mark */
    if (strcmp(spec->kind, "cross") == 0 && maker.value != NULL && is_false(maker.value))
        return NULL;
    if (!make_mark(&maker, spec->kind)) {
        sats_report_add(binder->report, SATS_WARNING, "mark-value", &place,
                        "'%s' is no value of the mark '%s'", "'%s' är inget värde för märket '%s'",
                        maker.value != NULL ? maker.value : "", spec->kind);
        if (maker.value != NULL)
            sats_bind_add_run(binder, cell, maker.value, 0, NULL, place);
        return NULL;
    }
    const char *text = sats_bind_words(binder, spec->text);
    guint at = cell->n_runs;
    SatsRun *run =
        sats_bind_add_run(binder, cell, text != NULL ? text : maker.reads, 0, NULL, place);
    run->kind = SATS_RUN_MARK;
    run->mark = maker.mark;
    if (maker.mark->kind != SATS_MARK_CHIP && maker.label != NULL) {
        const char *beside = sats_arena_printf(binder->arena, " %s", maker.label);
        sats_bind_add_run(binder, cell, beside, 0, NULL, place);
        if (spec->decorative)
            sats_bind_mark_decorate(cell, at);
    }
    return cell;
}
