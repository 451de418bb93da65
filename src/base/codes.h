/* base/codes.h: the codes of the findings that the program itself makes.
 *
 * Every code that is handed to sats_report_add() is in the table, but for those that a template's
 * own checks name. docs/checks.md and docs/checks.sv.md have a section for each, which begins with
 * the table's words; a rule of the tests compares them.
 */
#ifndef SATS_BASE_CODES_H
#define SATS_BASE_CODES_H

#include <glib.h>

typedef struct {
    const char *code;
    gboolean
        yields; /* no error, or one with which a document can be made: templates may lower it */
    const char *english; /* what it means: one sentence, no full stop */
    const char *swedish;
} SatsCode;

/* Borrowed, for ever. NULL: not one of the program's own. */
const SatsCode *sats_code_find(const char *code);

/* In the order of strcmp(). */
guint sats_code_count(void);
const SatsCode *sats_code_at(guint index);

#endif
