/* base/report.h: findings about the user's documents.
 *
 * Everything a user can get wrong is a finding, collected in a report so that one run shows all of
 * them. (What the *system* could not do is a GError instead.) A finding is printed as compilers do:
 *
 *     plan.yaml:41:14: error: okänd nyckel 'ansvrig' [unknown-key]
 *        41 |       ansvrig: FD
 *           |       ^~~~~~~
 *           = menade du 'ansvarig'?
 *     budget.xlsx: Blad1!C7: error: …
 *
 * Life: new -> add … -> print -> free. One thread at a time.
 */
#ifndef SATS_BASE_REPORT_H
#define SATS_BASE_REPORT_H

#include "base/place.h"

typedef enum { SATS_NOTE, SATS_WARNING, SATS_ERROR, SATS_OFF } SatsSeverity;
typedef enum { SATS_LANGUAGE_ENGLISH, SATS_LANGUAGE_SWEDISH } SatsLanguage;

typedef struct {
    SatsSeverity severity;
    const char *code; /* stable, kebab-case, from base/codes.h or a template; static string */
    SatsPlace place;
    char *message; /* one line, impersonal, no full stop */
    char *hint;    /* e.g. "menade du 'ansvarig'?", or NULL */
    char *word;    /* "did you mean": what stands there, or NULL … */
    char *nearest; /* … and what was meant */
} SatsFinding;

typedef struct SatsReport SatsReport;

SatsReport *sats_report_new(SatsLanguage language);
/* An empty report in the language of another, with the severities that are set there: for findings
 * that sats_report_add_all() is to bring into that one. */
SatsReport *sats_report_new_like(const SatsReport *report);
void sats_report_free(SatsReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsReport, sats_report_free)
SatsLanguage sats_report_language(const SatsReport *report);

/* Findings of this code are of this severity, whatever they are added with: those to come and those
 * that are kept already. SATS_OFF: there are none. `code` is copied. */
void sats_report_set_severity(SatsReport *report, const char *code, SatsSeverity severity);

/* Adds a finding; with SATS_OFF, none. Both formats take the same arguments in the same order; the
 * report's language chooses. `place` may be NULL. At most 1,000 findings are kept, then one note
 * says how many more. The same code at the same place with the same message is kept once. */
void sats_report_add(SatsReport *report, SatsSeverity severity, const char *code,
                     const SatsPlace *place, const char *format_en, const char *format_sv, ...)
    G_GNUC_PRINTF(5, 7) G_GNUC_PRINTF(6, 7);

/* What follows is told by a further stage, which stumbles over what earlier ones have told of: of
 * its errors, those at the very place of an earlier stage's error are left out. */
void sats_report_next_stage(SatsReport *report);
/* Does an error that was told begin there? FALSE of a place without a line. */
gboolean sats_report_has_error_at(SatsReport *report, const SatsPlace *place);

/* Adds copies of all findings of another report, which must be in the same language; their places
 * must live as long as `report`. */
void sats_report_add_all(SatsReport *report, const SatsReport *other);

/* Gives the newest finding a hint. `hint` is copied. */
void sats_report_hint(SatsReport *report, const char *format_en, const char *format_sv, ...)
    G_GNUC_PRINTF(2, 4) G_GNUC_PRINTF(3, 4);

/* The candidate nearest to `word` (edit distance, case folded), when it is near; else NULL. */
const char *sats_report_nearest(const char *word, const char *const *candidates,
                                guint n_candidates);
/* "did you mean": hints the candidate nearest to `word`, if near, and returns it; else NULL. */
const char *sats_report_suggest(SatsReport *report, const char *word, const char *const *candidates,
                                guint n_candidates);

/* All that were added, kept or not. */
guint sats_report_count(const SatsReport *report, SatsSeverity severity);
/* Those that are kept, and how many more there were. */
guint sats_report_length(const SatsReport *report);
guint sats_report_omitted(const SatsReport *report);
/* Sorted by source (in order of first finding), line, column. Borrowed. */
const SatsFinding *sats_report_at(const SatsReport *report, guint index);

/* Renders all findings; `colour` adds ANSI colours. Caller frees with g_free(). */
char *sats_report_to_text(SatsReport *report, gboolean colour);
char *sats_report_to_json(SatsReport *report);

/* The machine's failures: GError domain and codes used across the library. */
#define SATS_SYSTEM_ERROR (sats_system_error_quark())
typedef enum {
    SATS_SYSTEM_ERROR_IO,
    SATS_SYSTEM_ERROR_ABSENT, /* there is no such file */
    SATS_SYSTEM_ERROR_FONT,
    SATS_SYSTEM_ERROR_LIMIT,
    SATS_SYSTEM_ERROR_KIND,    /* a pipe, device or the like where an ordinary file is needed */
    SATS_SYSTEM_ERROR_OUTSIDE, /* a link out of the folder that a file has to lie in */
    SATS_SYSTEM_ERROR_INTERNAL,
} SatsSystemError;
GQuark sats_system_error_quark(void);

#endif
