/* data/source.c: reads files into sources. */
#include "base/file.h"
#include "data/value.h"

#define DEFAULT_MAX_BYTES ((gsize)64 * 1024 * 1024)

static const SatsSource *keep(SatsSources *sources, const char *name, char *text, gsize length) {
    return text == NULL ? NULL : sats_sources_take(sources, name, text, length);
}

const SatsSource *sats_source_read_file(SatsSources *sources, const char *path, gsize max_bytes,
                                        GError **error) {
    gsize length = 0;
    char *text =
        sats_file_read(path, max_bytes == 0 ? DEFAULT_MAX_BYTES : max_bytes, &length, error);
    return keep(sources, path, text, length);
}

const SatsSource *sats_source_read_stream(SatsSources *sources, const char *path, gsize max_bytes,
                                          GError **error) {
    gsize length = 0;
    char *text =
        sats_file_read_stream(path, max_bytes == 0 ? DEFAULT_MAX_BYTES : max_bytes, &length, error);
    return keep(sources, path, text, length);
}

const SatsSource *sats_source_read_below(SatsSources *sources, const char *folder, const char *path,
                                         gsize max_bytes, GError **error) {
    gsize length = 0;
    char *text = sats_file_read_below(folder, path, max_bytes == 0 ? DEFAULT_MAX_BYTES : max_bytes,
                                      &length, error);
    return keep(sources, path, text, length);
}
