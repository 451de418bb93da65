/* check/check.h: what templates ask of a plan beyond its shape.
 *
 * Sums that must agree, values that must be unique, references that must lead somewhere, dates in
 * order, products; and in a final document no placeholder left. Every check runs, whatever the
 * others find. The plan should have passed sats_template_validate; what has the wrong type is
 * passed over.
 */
#ifndef SATS_CHECK_CHECK_H
#define SATS_CHECK_CHECK_H

#include "template/template.h"

/* Findings to `report`. `final`: placeholders in the plan, and missing values for which the
 * template would show one, are errors. */
void sats_check(const SatsTemplate *template_, const SatsValue *plan, gboolean final,
                SatsReport *report);

#endif
