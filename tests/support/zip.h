/* Makes a zip of stored files in memory, for tests of what reads one. */
#ifndef SATS_TESTS_ZIP_H
#define SATS_TESTS_ZIP_H

#include <glib.h>
#include <string.h>

static inline guint32 zip_crc(const guint8 *bytes, gsize size) {
    guint32 crc = 0xFFFFFFFFu;
    for (gsize i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0);
        }
    }
    return ~crc;
}

static inline void zip_put(GByteArray *out, guint32 value, guint size) {
    for (guint i = 0; i < size; i++) {
        guint8 byte = (guint8)(value >> (8 * i));
        g_byte_array_append(out, &byte, 1);
    }
}

/* What a file's two heads share: from the version that it takes to the length of the extra field.
 */
static inline void zip_put_head(GByteArray *out, const char *name, const void *bytes, gsize size) {
    zip_put(out, 20, 2);
    zip_put(out, 0, 2); /* flags */
    zip_put(out, 0, 2); /* stored */
    zip_put(out, 0, 2);
    zip_put(out, 0x21, 2); /* 1980-01-01 */
    zip_put(out, zip_crc(bytes, size), 4);
    zip_put(out, (guint32)size, 4);
    zip_put(out, (guint32)size, 4);
    zip_put(out, (guint32)strlen(name), 2);
    zip_put(out, 0, 2);
}

/* Adds a file; `directory` gathers what the zip ends with. */
static inline void zip_add(GByteArray *zip, GByteArray *directory, const char *name,
                           const void *bytes, gsize size) {
    guint32 offset = zip->len;
    zip_put(zip, 0x04034B50, 4);
    zip_put_head(zip, name, bytes, size);
    g_byte_array_append(zip, (const guint8 *)name, (guint)strlen(name));
    g_byte_array_append(zip, bytes, (guint)size);
    zip_put(directory, 0x02014B50, 4);
    zip_put(directory, 20, 2);
    zip_put_head(directory, name, bytes, size);
    zip_put(directory, 0, 2); /* comment */
    zip_put(directory, 0, 2); /* disk */
    zip_put(directory, 0, 2);
    zip_put(directory, 0, 4);
    zip_put(directory, offset, 4);
    g_byte_array_append(directory, (const guint8 *)name, (guint)strlen(name));
}

/* Ends the zip. Takes the directory over. */
static inline void zip_end(GByteArray *zip, GByteArray *directory, guint n_files) {
    guint32 offset = zip->len;
    g_byte_array_append(zip, directory->data, directory->len);
    zip_put(zip, 0x06054B50, 4);
    zip_put(zip, 0, 4);
    zip_put(zip, n_files, 2);
    zip_put(zip, n_files, 2);
    zip_put(zip, directory->len, 4);
    zip_put(zip, offset, 4);
    zip_put(zip, 0, 2);
    g_byte_array_unref(directory);
}

#endif
