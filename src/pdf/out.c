/* out.c: the buffer that PDF tokens are written to, and the short number formatter. */
#include "pdf/out.h"

#include <math.h>

static const char HEX[] = "0123456789ABCDEF";

void sats_out_clear(SatsOut *out) {
    g_free(out->data);
    *out = (SatsOut){0};
}

void sats_out_grow(SatsOut *out, gsize more) {
    gsize capacity = out->capacity > 0 ? out->capacity : 256;
    while (capacity - out->length < more)
        capacity *= 2;
    out->data = g_realloc(out->data, capacity);
    out->capacity = capacity;
}

void sats_out_string(SatsOut *out, const char *text) {
    sats_out_bytes(out, text, strlen(text));
}

/* Digits of `value`, at least `least` of them, ending before `end`; returns where they begin. */
static guint8 *digits_before(guint8 *end, guint64 value, int least) {
    while (value > 0 || least > 0) {
        *--end = (guint8)('0' + value % 10);
        value /= 10;
        least--;
    }
    return end;
}

void sats_out_int(SatsOut *out, gint64 value) {
    guint8 digits[24];
    guint8 *end = digits + sizeof digits;
    guint64 size = value < 0 ? (guint64)0 - (guint64)value : (guint64)value;
    guint8 *start = digits_before(end, size, 1);
    if (value < 0)
        *--start = '-';
    sats_out_bytes(out, start, (gsize)(end - start));
}

/* `value` is a decimal number of `decimals` decimals without its point. */
static void put_decimal(SatsOut *out, gint64 value, int decimals) {
    guint8 digits[32];
    guint8 *end = digits + sizeof digits;
    gboolean negative = value < 0;
    guint64 size = negative ? (guint64)0 - (guint64)value : (guint64)value;
    while (decimals > 0 && size % 10 == 0) {
        size /= 10;
        decimals--;
    }
    guint8 *start = end;
    if (decimals > 0) {
        for (int i = 0; i < decimals; i++) {
            *--start = (guint8)('0' + size % 10);
            size /= 10;
        }
        *--start = '.';
    }
    start = digits_before(start, size, decimals > 0 ? 0 : 1);
    if (negative)
        *--start = '-';
    sats_out_bytes(out, start, (gsize)(end - start));
}

void sats_out_hundredths(SatsOut *out, gint64 value) {
    put_decimal(out, value, 2);
}

static gint64 scaled(double value, double scale) {
    if (!isfinite(value))
        return 0;
    return (gint64)floor(CLAMP(value, -1e9, 1e9) * scale + 0.5);
}

gint64 sats_out_round(double value_pt) {
    return scaled(value_pt, 100.0);
}

void sats_out_real(SatsOut *out, double value, int decimals) {
    static const double SCALE[] = {1, 10, 100, 1000, 1e4, 1e5, 1e6};
    g_assert(decimals >= 0 && decimals <= 6);
    put_decimal(out, scaled(value, SCALE[decimals]), decimals);
}

void sats_out_ref(SatsOut *out, guint32 number) {
    sats_out_int(out, number);
    sats_out_literal(out, " 0 R");
}

void sats_out_name(SatsOut *out, const char *name) {
    sats_out_byte(out, '/');
    for (const guint8 *p = (const guint8 *)name; *p != 0; p++) {
        if (*p > 0x20 && *p < 0x7F && strchr("()<>[]{}/%#", *p) == NULL) {
            sats_out_byte(out, *p);
        } else {
            sats_out_byte(out, '#');
            sats_out_hex(out, *p, 2);
        }
    }
}

static void put_escaped(SatsOut *out, guint8 byte) {
    if (byte == '(' || byte == ')' || byte == '\\')
        sats_out_byte(out, '\\');
    if (byte == '\r')
        sats_out_literal(out, "\\r");
    else
        sats_out_byte(out, byte);
}

void sats_out_byte_string(SatsOut *out, const void *bytes, gsize size) {
    const guint8 *p = bytes;
    sats_out_byte(out, '(');
    for (gsize i = 0; i < size; i++)
        put_escaped(out, p[i]);
    sats_out_byte(out, ')');
}

/* PDFDocEncoding is Latin-1 in these places (ISO 32000-1, annex D.3). */
static gboolean in_pdf_doc_encoding(gunichar c) {
    return c == '\n' || (c >= 0x20 && c <= 0x7E) || (c >= 0xA1 && c <= 0xFF && c != 0xAD);
}

void sats_out_text_string(SatsOut *out, const char *utf8, gsize length) {
    const char *end = utf8 + length;
    gboolean narrow = TRUE;
    for (const char *p = utf8; p < end && narrow; p = g_utf8_next_char(p))
        narrow = in_pdf_doc_encoding(g_utf8_get_char(p));
    sats_out_byte(out, '(');
    if (!narrow)
        sats_out_literal(out, "\xFE\xFF");
    for (const char *p = utf8; p < end; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (narrow) {
            put_escaped(out, (guint8)c);
            continue;
        }
        if (c > 0xFFFF) {
            gunichar high = 0xD800 + ((c - 0x10000) >> 10);
            put_escaped(out, (guint8)(high >> 8));
            put_escaped(out, (guint8)high);
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        put_escaped(out, (guint8)(c >> 8));
        put_escaped(out, (guint8)c);
    }
    sats_out_byte(out, ')');
}

void sats_out_hex(SatsOut *out, guint32 value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        sats_out_byte(out, (guint8)HEX[(value >> shift) & 15]);
}

void sats_out_utf16_hex(SatsOut *out, const char *utf8, gsize length) {
    for (const char *p = utf8; p < utf8 + length; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c > 0xFFFF) {
            sats_out_hex(out, 0xD800 + ((c - 0x10000) >> 10), 4);
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        sats_out_hex(out, c, 4);
    }
}
