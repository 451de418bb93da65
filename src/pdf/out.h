/* pdf/out.h: a growing buffer, and PDF's tokens written into it.
 *
 * Everything that goes into the file is first written here: content streams, dictionaries, object
 * streams. Numbers are written by an own formatter: short ("0.5" as ".5", no trailing zeros), the
 * same under every locale, and many times faster than printf.
 *
 * Life: SatsOut out = {0} -> put … -> sats_out_clear. Memory failure aborts, as everywhere in GLib.
 */
#ifndef SATS_PDF_OUT_H
#define SATS_PDF_OUT_H

#include <glib.h>
#include <string.h>

typedef struct {
    guint8 *data;
    gsize length, capacity;
} SatsOut;

void sats_out_clear(SatsOut *out);
void sats_out_grow(SatsOut *out, gsize more);

/* Room for `more` bytes at the end; the caller adds to `length` what it wrote. */
static inline guint8 *sats_out_reserve(SatsOut *out, gsize more) {
    if (out->capacity - out->length < more)
        sats_out_grow(out, more);
    return out->data + out->length;
}

static inline void sats_out_byte(SatsOut *out, guint8 byte) {
    *sats_out_reserve(out, 1) = byte;
    out->length++;
}

static inline void sats_out_bytes(SatsOut *out, const void *bytes, gsize size) {
    if (size > 0)
        memcpy(sats_out_reserve(out, size), bytes, size);
    out->length += size;
}

/* A string constant, as it is. */
#define sats_out_literal(out, text) sats_out_bytes((out), "" text, sizeof(text) - 1)

void sats_out_string(SatsOut *out, const char *text);
void sats_out_int(SatsOut *out, gint64 value);
/* value / 100, at most two decimals: lengths. */
void sats_out_hundredths(SatsOut *out, gint64 value);
/* At most `decimals` (0–6) decimals. Not finite or beyond ±1e9: 0 or the limit. */
void sats_out_real(SatsOut *out, double value, int decimals);
/* "12 0 R" */
void sats_out_ref(SatsOut *out, guint32 number);
/* "/Name", other bytes than regular ASCII as #xx (ISO 32000-1, 7.3.5). */
void sats_out_name(SatsOut *out, const char *name);
/* A literal string of any bytes (7.3.4.2). */
void sats_out_byte_string(SatsOut *out, const void *bytes, gsize size);
/* A text string (7.9.2.2): PDFDocEncoding where the text is within Latin-1, else UTF-16BE. */
void sats_out_text_string(SatsOut *out, const char *utf8, gsize length);
/* UTF-16BE as hexadecimal digits, without brackets. */
void sats_out_utf16_hex(SatsOut *out, const char *utf8, gsize length);
void sats_out_hex(SatsOut *out, guint32 value, int digits);

/* Lengths are written in hundredths of a point. */
gint64 sats_out_round(double value_pt);

#endif
