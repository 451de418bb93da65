/* template/misread.h: numbers and dates that were written in a way that is not read as meant.
 *
 * Swedish habits (a point between thousands, a dash for a minus), emphasis, and days that no month
 * has. The stages that stumble over such a text say here what to write instead.
 */
#ifndef SATS_TEMPLATE_MISREAD_H
#define SATS_TEMPLATE_MISREAD_H

#include "base/report.h"

/* "1.800", a point where thousands begin: read as 1,8 with three decimals. Decimals that do not end
 * in 0, and "0.250", can only be decimals. */
gboolean sats_misread_thousands(const char *text);

/* The number that `text` seems to mean and that sats_decimal_parse() reads: "–1800" is "-1800",
 * "1.234.567,50" is "1234567,50", "**9**" is "9". NULL: none, or it is read as it stands. Caller
 * frees. */
char *sats_misread_number(const char *text);
/* Does a number begin the text, which goes on with something else ("3.4 mnkr", "**9**")? */
gboolean sats_misread_begins_with_number(const char *text);

/* What stands in a text that is emphasised from end to end, a note call after it left out: "9" of
 * "**9**{*}". NULL: it is not. Caller frees. */
char *sats_misread_emphasised(const char *text);

/* Hints of the newest finding in the report, about a text that should have been a number, or a
 * date. FALSE: there is nothing to say, and the finding has no hint from here. */
gboolean sats_misread_hint_number(SatsReport *report, const char *text);
gboolean sats_misread_hint_date(SatsReport *report, const char *text);

#endif
