/* check/near.h: texts that are almost the same, found without comparing each with each.
 *
 * Only letters and digits count, and no case. Two texts whose letters and digits are the same are
 * near. So are long ones with the same numbers in the same order that one edit parts (from 12
 * letters on) or two (from 24 on): a number that differs is a difference that is meant.
 */
#ifndef SATS_CHECK_NEAR_H
#define SATS_CHECK_NEAR_H

#include <glib.h>

/* Of a text, so much is looked at. */
#define SATS_NEAR_MAX_LENGTH 4096u

/* `out_earlier[i]`: the first text that `texts[i]` is near to but not equal to, and that stands
 * before it; else i itself. Empty texts are near to nothing. Time grows with the texts' length
 * together: a text is compared with a bounded number of others, so that among very many that share
 * long stretches a near one may be missed. */
void sats_near_find(const char *const *texts, guint n, guint *out_earlier);

#endif
