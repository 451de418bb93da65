/* base/decimal.h: exact decimal numbers, and how Swedish writes them.
 *
 * A number in a plan keeps the decimals it was written with: 2,0 stays "2,0" beside 0,334. Sums are
 * exact. Range: 18 digits, at most 9 decimals.
 */
#ifndef SATS_BASE_DECIMAL_H
#define SATS_BASE_DECIMAL_H

#include <glib.h>

typedef struct {
    gint64 digits; /* the value times 10^scale */
    guint8 scale;  /* decimals, 0–9 */
} SatsDecimal;

/* Reads "1 234,5", "1234.5", "-12", "−12", "+3,3", "1 234" (spaces, U+00A0, U+202F between groups
 * of three only; comma or point as decimal mark, but not both). FALSE on any other shape or
 * overflow; *out untouched then. */
gboolean sats_decimal_parse(const char *text, gsize length, SatsDecimal *out);

/* Exact; FALSE on overflow (a product: also when it has more than 9 decimals). The result has the
 * larger scale; a product more where it needs them (1,5 · 1,5 = 2,25). */
gboolean sats_decimal_add(SatsDecimal a, SatsDecimal b, SatsDecimal *out);
gboolean sats_decimal_subtract(SatsDecimal a, SatsDecimal b, SatsDecimal *out);
gboolean sats_decimal_multiply(SatsDecimal a, SatsDecimal b, SatsDecimal *out);
/* a/b rounded half away from zero to `scale` decimals; FALSE when b is 0 or on overflow. */
gboolean sats_decimal_divide(SatsDecimal a, SatsDecimal b, guint8 scale, SatsDecimal *out);
int sats_decimal_compare(SatsDecimal a, SatsDecimal b);
/* Rounds half away from zero to `scale` decimals (or pads with zeros, as far as 18 digits hold). */
SatsDecimal sats_decimal_round(SatsDecimal value, guint8 scale);
double sats_decimal_to_double(SatsDecimal value);

typedef struct {
    int decimals;       /* -1: as written */
    gboolean plus;      /* "+" before positive numbers */
    gboolean no_groups; /* TRUE: no thousands spaces (years) */
} SatsDecimalFormat;

/* Swedish: decimal comma, U+00A0 between thousands (four digits too: 1 880), U+2212 minus. A value
 * that rounds to zero has no minus. NULL format: as written. Caller frees with g_free(). */
char *sats_decimal_format(SatsDecimal value, const SatsDecimalFormat *format);

#endif
