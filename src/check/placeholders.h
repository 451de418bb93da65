/* check/placeholders.h: placeholders left in a plan; for check.c. */
#ifndef SATS_CHECK_PLACEHOLDERS_H
#define SATS_CHECK_PLACEHOLDERS_H

#include "template/template.h"

/* An error for each "[…]", "xx", "20xx" in the plan's texts, and for each missing value that the
 * template has a placeholder for. */
void sats_check_placeholders(const SatsTemplate *template_, const SatsValue *plan,
                             SatsReport *report);

#endif
