/* check/unused.h: data that a plan gives and its document makes nothing of.
 *
 * bind and the checks note each declaration whose values they evaluate (SatsDataScope.used). What a
 * plan gives of the others is told here: a text under a key whose section is not set, figures that
 * a template declares for another document. That is by declaration, not by value: it costs a byte
 * for each, whatever the plan's size, and does not tell of single rows.
 */
#ifndef SATS_CHECK_UNUSED_H
#define SATS_CHECK_UNUSED_H

#include "template/template.h"

/* A warning for each key of the plan's own file with such data, the outermost once. `used`: by
 * SatsDecl.index, after the checks and the binding. Files that a plan includes are shared with
 * others and need not be used up. Placeholders, and values as
 * the template's scaffold gives them (a default, 0, nej), are no data. */
void sats_check_unused(const SatsTemplate *template_, const SatsValue *plan, const guint8 *used,
                       SatsReport *report);

#endif
