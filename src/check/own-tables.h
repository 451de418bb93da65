/* check/own-tables.h: the sums that tables of a plan's own state. For check.c. */
#ifndef SATS_CHECK_OWN_TABLES_H
#define SATS_CHECK_OWN_TABLES_H

#include "template/template.h"

/* A warning at each number in a `delsumma` or `summa` that its rows do not come to, exactly: the
 * rows since the last such row, or all rows so far. Where a column holds words, or says that it is
 * not to be summed, nothing is said; `resultat` may be a difference, and is not looked at. */
void sats_check_own_tables(const SatsTemplate *template_, const SatsValue *plan,
                           SatsReport *report);

#endif
