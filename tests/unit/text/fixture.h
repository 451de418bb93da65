/* unit/text/fixture.h: the fonts that we bring, once for all tests of a program. */
#ifndef SATS_TESTS_TEXT_FIXTURE_H
#define SATS_TESTS_TEXT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/paragraph.h"

typedef struct {
    SatsFonts *fonts;
    SatsShaper *shaper;
    SatsHyphenator *hyphenator;
    SatsArena *arena;
    const SatsFace *regular, *bold;
} Fixture;

static inline int fixture_setup(void **state) {
    const char *folders[] = {SATS_TEST_FONTS_DIR, NULL};
    Fixture *f = g_new0(Fixture, 1);
    f->fonts = sats_fonts_new(folders, NULL);
    f->shaper = sats_shaper_new(f->fonts);
    f->hyphenator =
        sats_hyphenator_new(SATS_TEST_TEMPLATES_DIR "/hyphenation/hyph_sv_SE.dic", NULL, NULL);
    f->arena = sats_arena_new();
    f->regular = sats_fonts_face(f->fonts, "Source Sans 3", 400, FALSE, NULL);
    f->bold = sats_fonts_face(f->fonts, "Source Sans 3", 700, FALSE, NULL);
    *state = f;
    return f->regular && f->bold && f->hyphenator ? 0 : -1;
}

static inline int fixture_teardown(void **state) {
    Fixture *f = *state;
    sats_arena_free(f->arena);
    sats_hyphenator_free(f->hyphenator);
    sats_shaper_free(f->shaper);
    sats_fonts_free(f->fonts);
    g_free(f);
    return 0;
}

#endif
