/* check/own-tables.h: the sums and heads of tables of a plan's own. For check.c. */
#ifndef SATS_CHECK_OWN_TABLES_H
#define SATS_CHECK_OWN_TABLES_H

#include "template/template.h"

/* A warning at each number in a `delsumma` or `summa` that its rows do not come to, exactly: the
 * rows since the last such row, or all rows so far, without those that the template knows as parts
 * of the row above. Where a column holds words, or says that it is not to be summed, nothing is
 * said; `resultat` may be a difference, and is not looked at. A warning, too, at each head of a
 * column that names a year and stands over an earlier column already. */
void sats_check_own_tables(const SatsTemplate *template_, const SatsValue *plan,
                           SatsReport *report);

#endif
