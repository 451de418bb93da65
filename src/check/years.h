/* check/years.h: the years that titles, heads of columns and the like name. For .c files of this
 * folder.
 */
#ifndef SATS_CHECK_YEARS_H
#define SATS_CHECK_YEARS_H

#include <glib.h>

#define SATS_FIRST_YEAR 1900u
#define SATS_LAST_YEAR  2199u

/* All zero: no year. */
typedef struct {
    guint8 named[SATS_LAST_YEAR - SATS_FIRST_YEAR + 1]; /* by the year: 1 where it is named */
    guint first, last;                                  /* the years themselves; 0: none */
} SatsYears;

/* Adds the years that a text names: numbers of four digits that stand alone, and all years of a
 * range, "2024–2026" or "2024-26". "2024-08" is the one year that it is in. */
void sats_years_read(const char *text, SatsYears *years);

#endif
