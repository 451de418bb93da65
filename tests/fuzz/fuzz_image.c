/* A picture of any kind is decoded or refused, and untouched when refused. */
#include "fuzz.h"

#include "paint/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    SatsArena *arena = sats_arena_new();
    SatsImage image = {.name = "bild", .bytes = data, .size = size};
    GError *error = NULL;
    gboolean decoded = sats_image_decode(&image, arena, &error);
    g_assert(decoded == (error == NULL));
    if (decoded) {
        g_assert(image.width_pt > 0 && image.height_pt > 0);
    } else {
        g_assert(image.pixels == NULL && image.width_pt == 0);
    }
    g_clear_error(&error);
    sats_arena_free(arena);
    return 0;
}
