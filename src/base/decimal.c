/* base/decimal.c: exact decimals on 64-bit digits, with 128 bits in between. */
#include "base/decimal.h"

#include <string.h>

enum { MAX_SCALE = 9, MAX_DIGITS = 18 };

__extension__ typedef __int128 Wide;

static const gint64 powers[MAX_DIGITS + 1] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

static const gint64 limit = 1000000000000000000; /* 10^MAX_DIGITS, not itself in range */

static gboolean set(Wide digits, int scale, SatsDecimal *out) {
    if (digits <= -(Wide)limit || digits >= (Wide)limit)
        return FALSE;
    out->digits = (gint64)digits;
    out->scale = (guint8)scale;
    return TRUE;
}

/* ---- reading ---- */

typedef struct {
    const char *at, *end;
    gint64 digits;
    gboolean overflow;
} Reader;

static gboolean skip(Reader *reader, const char *token) {
    gsize length = strlen(token);
    if ((gsize)(reader->end - reader->at) < length || memcmp(reader->at, token, length) != 0)
        return FALSE;
    reader->at += length;
    return TRUE;
}

static int take_digits(Reader *reader) {
    int count = 0;
    while (reader->at < reader->end && g_ascii_isdigit(*reader->at)) {
        if (reader->digits >= limit / 10)
            reader->overflow = TRUE;
        else
            reader->digits = reader->digits * 10 + (*reader->at - '0');
        reader->at++;
        count = MIN(count + 1, 1000);
    }
    return count;
}

static gboolean skip_group_space(Reader *reader) {
    return skip(reader, " ") || skip(reader, "\xC2\xA0") || skip(reader, "\xE2\x80\xAF");
}

gboolean sats_decimal_parse(const char *text, gsize length, SatsDecimal *out) {
    if (text == NULL)
        return FALSE;
    Reader reader = {.at = text, .end = text + length};
    gboolean negative = skip(&reader, "-") || skip(&reader, "\xE2\x88\x92");
    if (!negative)
        skip(&reader, "+");
    int first = take_digits(&reader);
    if (first == 0)
        return FALSE;
    while (skip_group_space(&reader))
        if (first > 3 || take_digits(&reader) != 3)
            return FALSE;
    int scale = 0;
    if (skip(&reader, ",") || skip(&reader, ".")) {
        scale = take_digits(&reader);
        if (scale == 0 || scale > MAX_SCALE)
            return FALSE;
    }
    if (reader.at != reader.end || reader.overflow)
        return FALSE;
    out->digits = negative ? -reader.digits : reader.digits;
    out->scale = (guint8)scale;
    return TRUE;
}

/* ---- reckoning ---- */

static Wide aligned(SatsDecimal value, int scale) {
    return (Wide)value.digits * powers[scale - value.scale];
}

gboolean sats_decimal_add(SatsDecimal a, SatsDecimal b, SatsDecimal *out) {
    int scale = MAX(a.scale, b.scale);
    return set(aligned(a, scale) + aligned(b, scale), scale, out);
}

gboolean sats_decimal_subtract(SatsDecimal a, SatsDecimal b, SatsDecimal *out) {
    int scale = MAX(a.scale, b.scale);
    return set(aligned(a, scale) - aligned(b, scale), scale, out);
}

gboolean sats_decimal_multiply(SatsDecimal a, SatsDecimal b, SatsDecimal *out) {
    int least = MAX(a.scale, b.scale);
    int scale = a.scale + b.scale;
    Wide product = (Wide)a.digits * b.digits;
    while (scale > least && product % 10 == 0) {
        product /= 10;
        scale--;
    }
    return scale <= MAX_SCALE && set(product, scale, out);
}

/* a/b rounded half away from zero; b is not 0. */
static Wide divide_rounded(Wide a, Wide b) {
    Wide quotient = a / b;
    Wide rest = a % b;
    if (rest < 0)
        rest = -rest;
    Wide size = b < 0 ? -b : b;
    if (rest >= size - rest)
        quotient += (a < 0) == (b < 0) ? 1 : -1;
    return quotient;
}

gboolean sats_decimal_divide(SatsDecimal a, SatsDecimal b, guint8 scale, SatsDecimal *out) {
    if (b.digits == 0 || scale > MAX_SCALE)
        return FALSE;
    int shift = scale + b.scale - a.scale;
    Wide over = a.digits;
    Wide under = b.digits;
    if (shift >= 0)
        over *= powers[shift];
    else
        under *= powers[-shift];
    return set(divide_rounded(over, under), scale, out);
}

int sats_decimal_compare(SatsDecimal a, SatsDecimal b) {
    int scale = MAX(a.scale, b.scale);
    Wide x = aligned(a, scale);
    Wide y = aligned(b, scale);
    return (x > y) - (x < y);
}

SatsDecimal sats_decimal_round(SatsDecimal value, guint8 scale) {
    if (scale < value.scale) {
        value.digits = (gint64)divide_rounded(value.digits, powers[value.scale - scale]);
        value.scale = scale;
    }
    while (value.scale < MIN(scale, MAX_SCALE) && ABS(value.digits) < limit / 10) {
        value.digits *= 10;
        value.scale++;
    }
    return value;
}

double sats_decimal_to_double(SatsDecimal value) {
    return (double)value.digits / (double)powers[value.scale];
}

/* ---- writing ---- */

char *sats_decimal_format(SatsDecimal value, const SatsDecimalFormat *format) {
    static const SatsDecimalFormat as_written = {.decimals = -1};
    if (format == NULL)
        format = &as_written;
    int decimals = format->decimals < 0 ? value.scale : MIN(format->decimals, MAX_SCALE);
    value = sats_decimal_round(value, (guint8)decimals);
    guint64 digits = value.digits < 0 ? 0 - (guint64)value.digits : (guint64)value.digits;
    guint64 unit = (guint64)powers[value.scale];
    char whole[24];
    g_snprintf(whole, sizeof whole, "%" G_GUINT64_FORMAT, digits / unit);

    GString *text = g_string_new(value.digits < 0 ? "\xE2\x88\x92" : NULL);
    if (format->plus && value.digits > 0)
        g_string_append_c(text, '+');
    gsize length = strlen(whole);
    for (gsize i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0 && !format->no_groups)
            g_string_append(text, "\xC2\xA0");
        g_string_append_c(text, whole[i]);
    }
    if (decimals > 0) {
        g_string_append_c(text, ',');
        if (value.scale > 0)
            g_string_append_printf(text, "%0*" G_GUINT64_FORMAT, value.scale, digits % unit);
        for (int i = value.scale; i < decimals; i++) /* what no longer fits in 18 digits is 0 */
            g_string_append_c(text, '0');
    }
    return g_string_free(text, FALSE);
}
