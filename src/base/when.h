/* base/when.h: times as plans write them: a year, a quarter, a month or a day.
 *
 * "2023", "2023-Q3", "kv 3 2023", "2023-08", "augusti 2023", "2023-08-31", "31 augusti 2023".
 */
#ifndef SATS_BASE_WHEN_H
#define SATS_BASE_WHEN_H

#include <glib.h>

typedef struct {
    int year, quarter, month, day; /* 0: not said; month and day from 1 */
} SatsWhen;

/* FALSE: no time, and *out is undefined. */
gboolean sats_when_parse(const char *text, SatsWhen *out);

/* In months since the year 0, days as parts of one. `end`: where the time is over, not where it
 * begins. */
double sats_when_months(const SatsWhen *when, gboolean end);

#endif
