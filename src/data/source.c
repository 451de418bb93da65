/* data/source.c: reads a file whole, within a limit. */
#include "data/value.h"

#include <errno.h>
#include <stdio.h>

#define DEFAULT_MAX_BYTES ((gsize)64 * 1024 * 1024)

/* The bytes with a NUL behind them, or NULL; caller frees. */
static char *read_stream(FILE *file, const char *name, gsize max_bytes, gsize *out_length,
                         GError **error) {
    gsize capacity = (gsize)64 * 1024;
    gsize length = 0;
    char *text = g_malloc(capacity + 1);
    for (;;) {
        length += fread(text + length, 1, capacity - length, file);
        if (ferror(file) || length > max_bytes || length < capacity)
            break;
        capacity *= 2;
        text = g_realloc(text, capacity + 1);
    }
    if (ferror(file)) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "%s: cannot be read: %s", name,
                    g_strerror(errno));
    } else if (length > max_bytes) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_LIMIT,
                    "%s: larger than %" G_GSIZE_FORMAT " bytes", name, max_bytes);
    } else {
        text = g_realloc(text, length + 1);
        text[length] = '\0';
        *out_length = length;
        return text;
    }
    g_free(text);
    return NULL;
}

const SatsSource *sats_source_read_file(SatsSources *sources, const char *path, const char *name,
                                        gsize max_bytes, GError **error) {
    FILE *file = fopen(path, "rbe");
    if (file == NULL) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "%s: cannot be opened: %s",
                    name, g_strerror(errno));
        return NULL;
    }
    gsize length = 0;
    char *text =
        read_stream(file, name, max_bytes == 0 ? DEFAULT_MAX_BYTES : max_bytes, &length, error);
    (void)fclose(file);
    return text == NULL ? NULL : sats_sources_take(sources, name, text, length);
}
