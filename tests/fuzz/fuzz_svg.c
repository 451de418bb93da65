/* An SVG picture is read into paths or refused. */
#include "fuzz.h"

#include "paint/svg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    SatsArena *arena = sats_arena_new();
    double width = -1;
    double height = -1;
    GError *error = NULL;
    const SatsSvg *svg = sats_svg_read(data, size, arena, &width, &height, &error);
    g_assert((svg == NULL) == (error != NULL));
    g_assert(svg == NULL ? width == -1 && height == -1 : width > 0 && height > 0);
    g_clear_error(&error);
    sats_arena_free(arena);
    return 0;
}
