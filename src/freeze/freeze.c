/* freeze: makes what the program carries of the data that it brings. Runs while plansats is built.
 *
 *   freeze templates OUTPUT FILE…    reads YAML files and writes them frozen (data/frozen.h)
 *   freeze pairs OUTPUT FOLDER       shapes the pairs of characters of fonts (text/pairs.h)
 */
#include "data/frozen.h"
#include "pdf/pack.h"
#include "text/pairs.h"
#include "text/patterns.h"

#include <stdio.h>

static GArray *freeze_templates(char **paths, GError **error) {
    static const SatsFreezing how = {.pack = sats_pdf_pack, .index = sats_patterns_index};
    g_autoptr(SatsSources) sources = sats_sources_new();
    for (; *paths != NULL; paths++) {
        if (sats_source_read_file(sources, *paths, 0, error) == NULL)
            return NULL;
    }
    return sats_frozen_make(sources, &how);
}

static GArray *shape_pairs(char **folders, GError **error) {
    g_autoptr(SatsFonts) fonts = sats_fonts_new((const char *const *)folders, error);
    return fonts == NULL ? NULL : sats_pairs_make(fonts);
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fputs("usage: freeze templates OUTPUT FILE… | freeze pairs OUTPUT FOLDER\n", stderr);
        return 2;
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) words = g_str_equal(argv[1], "pairs") ? shape_pairs(argv + 3, &error)
                                                            : freeze_templates(argv + 3, &error);
    if (words == NULL ||
        !g_file_set_contents(argv[2], words->data, (gssize)words->len * 4, &error)) {
        fprintf(stderr, "freeze: %s\n", error != NULL ? error->message : "unknown failure");
        return 1;
    }
    return 0;
}
