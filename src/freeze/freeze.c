/* freeze: reads YAML files and writes them frozen (data/frozen.h). Runs while plansats is built.
 *
 *   freeze OUTPUT FILE…
 */
#include "data/frozen.h"
#include "pdf/pack.h"
#include "text/patterns.h"

#include <stdio.h>

static int fail(const char *path, const char *message) {
    fprintf(stderr, "freeze: %s: %s\n", path, message);
    return 1;
}

int main(int argc, char **argv) {
    g_autoptr(SatsSources) sources = sats_sources_new();
    g_autoptr(GError) error = NULL;
    for (int i = 2; i < argc; i++) {
        if (sats_source_read_file(sources, argv[i], 0, &error) == NULL)
            return fail(argv[i], error->message);
    }
    static const SatsFreezing how = {.pack = sats_pdf_pack, .index = sats_patterns_index};
    if (argc < 2)
        return fail("usage", "freeze OUTPUT FILE…");
    GArray *words = sats_frozen_make(sources, &how);
    gboolean written = g_file_set_contents(argv[1], words->data, (gssize)words->len * 4, &error);
    g_array_unref(words);
    return written ? 0 : fail(argv[1], error->message);
}
