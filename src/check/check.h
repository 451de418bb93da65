/* check/check.h: what templates ask of a plan beyond its shape.
 *
 * Sums and other numbers that must agree, values that must be unique or within their scale,
 * references that must lead somewhere, values that others require, dates in order and in their
 * years, titles that agree with columns; and in a final document no placeholder left. Every check
 * runs, whatever the others find. The plan should have passed sats_template_validate; what has the
 * wrong type is passed over.
 */
#ifndef SATS_CHECK_CHECK_H
#define SATS_CHECK_CHECK_H

#include "template/template.h"

/* Findings to `report`. `final`: placeholders in the plan, and missing values for which the
 * template would show one, are errors. `used`: by SatsDecl.index, set to 1 where a check looked at
 * what was declared; SatsTemplate.n_decls of them, the caller's, or NULL. */
void sats_check(const SatsTemplate *template_, const SatsValue *plan, gboolean final, guint8 *used,
                SatsReport *report);

#endif
