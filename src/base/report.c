/* base/report.c: collects findings, kept sorted, each once. */
#include "base/report.h"

#include "base/error.h"
#include "base/utf8.h"

#include <string.h>

enum { MAX_FINDINGS = 1000 };

typedef struct {
    SatsFinding shown;
    guint source_order; /* of first findings */
    guint stage;
} Kept;

struct SatsReport {
    SatsLanguage language;
    GPtrArray *kept;    /* Kept, sorted */
    GPtrArray *sources; /* const SatsSource, borrowed, in the order of their first findings */
    guint counts[SATS_ERROR + 1];
    guint omitted, stage;
    Kept *newest;           /* takes the hint; NULL when the newest was not kept */
    GHashTable *severities; /* code -> SatsSeverity, where they are set */
};

static void free_kept(gpointer data) {
    Kept *kept = data;
    g_free(kept->shown.message);
    g_free(kept->shown.hint);
    g_free(kept->shown.word);
    g_free(kept->shown.nearest);
    g_free(kept);
}

SatsReport *sats_report_new(SatsLanguage language) {
    SatsReport *report = g_new0(SatsReport, 1);
    report->language = language;
    report->kept = g_ptr_array_new_with_free_func(free_kept);
    report->sources = g_ptr_array_new();
    report->severities = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return report;
}

SatsReport *sats_report_new_like(const SatsReport *report) {
    SatsReport *like = sats_report_new(report->language);
    GHashTableIter iter;
    gpointer code = NULL, severity = NULL;
    g_hash_table_iter_init(&iter, report->severities);
    while (g_hash_table_iter_next(&iter, &code, &severity))
        g_hash_table_insert(like->severities, g_strdup(code), severity);
    return like;
}

void sats_report_free(SatsReport *report) {
    if (report == NULL)
        return;
    g_ptr_array_unref(report->kept);
    g_ptr_array_unref(report->sources);
    g_hash_table_unref(report->severities);
    g_free(report);
}

SatsLanguage sats_report_language(const SatsReport *report) {
    return report->language;
}

/* Takes the text over; gives it back as one line of valid UTF-8. */
static char *make_line(char *text) {
    char *valid = g_utf8_make_valid(text, -1);
    g_free(text);
    for (char *c = valid; *c != '\0'; c++)
        if ((guchar)*c < 0x20 || *c == 0x7F)
            *c = ' ';
    return valid;
}

static guint order_of_source(SatsReport *report, const SatsSource *source) {
    for (guint i = 0; i < report->sources->len; i++)
        if (g_ptr_array_index(report->sources, i) == source)
            return i;
    g_ptr_array_add(report->sources, (gpointer)(gsize)source);
    return report->sources->len - 1;
}

static int compare(const Kept *a, const Kept *b) {
    if (a->source_order != b->source_order)
        return a->source_order < b->source_order ? -1 : 1;
    if (a->shown.place.line != b->shown.place.line)
        return a->shown.place.line < b->shown.place.line ? -1 : 1;
    return (a->shown.place.column > b->shown.place.column) -
           (a->shown.place.column < b->shown.place.column);
}

/* Where a new finding goes: after all that are not behind it. */
static guint upper_bound(const SatsReport *report, const Kept *kept) {
    guint low = 0, high = report->kept->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (compare(g_ptr_array_index(report->kept, middle), kept) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The same finding among those at the same place, which end before `index`. */
static Kept *find_twin(const SatsReport *report, const Kept *kept, guint index) {
    while (index-- > 0) {
        Kept *other = g_ptr_array_index(report->kept, index);
        if (compare(other, kept) != 0)
            return NULL;
        if (other->shown.severity == kept->shown.severity &&
            strcmp(other->shown.code, kept->shown.code) == 0 &&
            strcmp(other->shown.message, kept->shown.message) == 0)
            return other;
    }
    return NULL;
}

/* Has a stage before this one's told an error at its place? `index` as above. */
static gboolean is_told(const SatsReport *report, const Kept *kept, guint index) {
    while (index-- > 0 && kept->shown.place.line > 0) {
        const Kept *other = g_ptr_array_index(report->kept, index);
        if (compare(other, kept) != 0)
            return FALSE;
        if (other->shown.severity == SATS_ERROR && other->stage < kept->stage)
            return TRUE;
    }
    return FALSE;
}

static void keep(SatsReport *report, Kept *kept) {
    guint index = upper_bound(report, kept);
    kept->stage = report->stage;
    if (kept->shown.severity == SATS_ERROR && is_told(report, kept, index)) {
        report->newest = NULL;
        free_kept(kept);
        return;
    }
    Kept *twin = find_twin(report, kept, index);
    report->newest = twin;
    if (twin == NULL)
        report->counts[kept->shown.severity]++;
    if (twin != NULL || report->kept->len >= MAX_FINDINGS) {
        report->omitted += twin == NULL;
        free_kept(kept);
        return;
    }
    g_ptr_array_insert(report->kept, (gint)index, kept);
    report->newest = kept;
}

void sats_report_next_stage(SatsReport *report) {
    report->stage++;
}

gboolean sats_report_has_error_at(SatsReport *report, const SatsPlace *place) {
    Kept kept = {.shown = {.place = *place}, .stage = G_MAXUINT};
    kept.source_order = order_of_source(report, place->source);
    return is_told(report, &kept, upper_bound(report, &kept));
}

/* ---- severities that are set ---- */

static SatsSeverity severity_of(const SatsReport *report, const char *code, SatsSeverity own) {
    gpointer set = NULL;
    return g_hash_table_lookup_extended(report->severities, code, NULL, &set)
               ? (SatsSeverity)GPOINTER_TO_UINT(set)
               : own;
}

void sats_report_set_severity(SatsReport *report, const char *code, SatsSeverity severity) {
    g_hash_table_replace(report->severities, g_strdup(code), GUINT_TO_POINTER((guint)severity));
    report->newest = NULL;
    for (guint i = report->kept->len; i-- > 0;) {
        SatsFinding *finding = &((Kept *)g_ptr_array_index(report->kept, i))->shown;
        if (strcmp(finding->code, code) != 0)
            continue;
        report->counts[finding->severity]--;
        finding->severity = severity;
        if (severity == SATS_OFF)
            g_ptr_array_remove_index(report->kept, i);
        else
            report->counts[severity]++;
    }
}

/* ---- adding ---- */

void sats_report_add(SatsReport *report, SatsSeverity severity, const char *code,
                     const SatsPlace *place, const char *format_en, const char *format_sv, ...) {
    severity = severity_of(report, code, severity);
    if (severity == SATS_OFF) {
        report->newest = NULL;
        return;
    }
    va_list arguments;
    va_start(arguments, format_sv);
    char *message = report->language == SATS_LANGUAGE_SWEDISH
                        ? g_strdup_vprintf(format_sv, arguments)
                        : g_strdup_vprintf(format_en, arguments);
    va_end(arguments);

    Kept *kept = g_new0(Kept, 1);
    kept->shown.severity = severity;
    kept->shown.code = code;
    if (place != NULL)
        kept->shown.place = *place;
    kept->shown.message = make_line(message);
    kept->source_order = order_of_source(report, kept->shown.place.source);
    keep(report, kept);
}

static void keep_copy(SatsReport *report, const SatsFinding *finding) {
    SatsSeverity severity = severity_of(report, finding->code, finding->severity);
    if (severity == SATS_OFF)
        return;
    Kept *kept = g_new0(Kept, 1);
    kept->shown = *finding;
    kept->shown.severity = severity;
    kept->shown.message = g_strdup(finding->message);
    kept->shown.hint = g_strdup(finding->hint);
    kept->shown.word = g_strdup(finding->word);
    kept->shown.nearest = g_strdup(finding->nearest);
    kept->source_order = order_of_source(report, finding->place.source);
    keep(report, kept);
}

void sats_report_add_all(SatsReport *report, const SatsReport *other) {
    guint more[SATS_ERROR + 1]; /* that `other` has counted, and not kept */
    memcpy(more, other->counts, sizeof more);
    for (guint i = 0; i < other->kept->len; i++) {
        const SatsFinding *finding = &((const Kept *)g_ptr_array_index(other->kept, i))->shown;
        more[finding->severity]--;
        keep_copy(report, finding);
    }
    for (guint i = 0; i <= SATS_ERROR; i++)
        report->counts[i] += more[i];
    report->omitted += other->omitted;
    report->newest = NULL;
}

void sats_report_hint(SatsReport *report, const char *format_en, const char *format_sv, ...) {
    if (report->newest == NULL)
        return;
    va_list arguments;
    va_start(arguments, format_sv);
    char *hint = report->language == SATS_LANGUAGE_SWEDISH ? g_strdup_vprintf(format_sv, arguments)
                                                           : g_strdup_vprintf(format_en, arguments);
    va_end(arguments);
    g_free(report->newest->shown.hint);
    report->newest->shown.hint = make_line(hint);
}

const char *sats_report_nearest(const char *word, const char *const *candidates,
                                guint n_candidates) {
    guint length = sats_utf8_columns(word, strlen(word));
    guint best = MIN(MAX(1, length / 3), 4) + 1;
    const char *nearest = NULL;
    for (guint i = 0; i < n_candidates; i++) {
        guint distance = sats_utf8_distance(word, candidates[i], best - 1);
        if (distance < best) {
            best = distance;
            nearest = candidates[i];
        }
        if (best == 0)
            break;
    }
    return nearest;
}

const char *sats_report_suggest(SatsReport *report, const char *word, const char *const *candidates,
                                guint n_candidates) {
    if (report->newest == NULL)
        return NULL;
    const char *nearest = sats_report_nearest(word, candidates, n_candidates);
    if (nearest == NULL || strcmp(nearest, word) == 0)
        return NULL;
    g_autofree char *composed = g_utf8_normalize(word, -1, G_NORMALIZE_NFC);
    if (composed != NULL && strcmp(composed, nearest) == 0)
        sats_report_hint(report,
                         "write '%s' with its letters and their marks as one character each",
                         "skriv '%s' med bokstav och prickar som ett tecken", nearest);
    else
        sats_report_hint(report, "did you mean '%s'?", "menade du '%s'?", nearest);
    SatsFinding *finding = &report->newest->shown;
    g_free(finding->word);
    g_free(finding->nearest);
    finding->word = g_strdup(word);
    finding->nearest = g_strdup(nearest);
    return nearest;
}

guint sats_report_count(const SatsReport *report, SatsSeverity severity) {
    return report->counts[severity];
}

guint sats_report_length(const SatsReport *report) {
    return report->kept->len;
}

guint sats_report_omitted(const SatsReport *report) {
    return report->omitted;
}

const SatsFinding *sats_report_at(const SatsReport *report, guint index) {
    g_assert(index < report->kept->len);
    const Kept *kept = g_ptr_array_index(report->kept, index);
    return &kept->shown;
}

GQuark sats_system_error_quark(void) {
    static gsize domain = 0;
    if (g_once_init_enter(&domain))
        g_once_init_leave(&domain, sats_error_domain("sats-system-error"));
    return (GQuark)domain;
}
