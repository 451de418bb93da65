/* What is known of pairs of characters gives just the glyphs that shaping gives. */
#include "text/pairs-private.h"

#include <unistd.h>

#include "text/font-private.h"
#include "text/shape-style.h"
#include "unit/text/fixture.h"

/* ---- sequences ---- */

/* The least of texts in which every three characters follow each other: the Lyndon words whose
 * length divides three, in order (Fredricksen, Kessler, Maiorana). */
static GArray *all_triples(const gunichar *characters, guint n) {
    GArray *out = g_array_new(FALSE, FALSE, sizeof(gunichar));
    guint word[4] = {0}, length = 1;
    while (length > 0) {
        if (3 % length == 0) {
            for (guint i = 1; i <= length; i++)
                g_array_append_val(out, characters[word[i]]);
        }
        for (guint i = length + 1; i <= 3; i++)
            word[i] = word[i - length];
        for (length = 3; length > 0 && word[length] == n - 1; length--)
            ;
        word[length]++;
    }
    return g_array_append_vals(out, out->data, 2); /* it goes round */
}

static GArray *characters_of(const char *text) {
    GArray *out = g_array_new(FALSE, FALSE, sizeof(gunichar));
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);
        g_array_append_val(out, c);
    }
    return out;
}

static GArray *plain_characters(void) {
    GArray *out = g_array_new(FALSE, FALSE, sizeof(gunichar));
    for (guint i = 0; i < SATS_N_PLAIN; i++) {
        gunichar c = sats_plain_character(i);
        g_array_append_val(out, c);
    }
    return out;
}

/* ---- comparing ---- */

typedef struct {
    const SatsPairs *pairs;
    SatsShapeStyle *style;
    hb_buffer_t *buffer;
    GArray *known, *shaped;
    guint64 n; /* glyphs that were the same */
} Comparison;

static Comparison comparison_new(const SatsFace *face, guint features) {
    return (Comparison){.pairs = sats_pairs_find(sats_known_pairs, face, features),
                        .style = sats_shape_style_new(face, features),
                        .buffer = hb_buffer_create(),
                        .known = g_array_new(FALSE, TRUE, sizeof(SatsShapedGlyph)),
                        .shaped = g_array_new(FALSE, TRUE, sizeof(SatsShapedGlyph))};
}

static void comparison_clear(Comparison *c) {
    sats_shape_style_free(c->style);
    hb_buffer_destroy(c->buffer);
    g_array_unref(c->known);
    g_array_unref(c->shaped);
}

/* FALSE: the text has to be shaped. */
static gboolean compare(Comparison *c, const char *text, gsize length) {
    g_array_set_size(c->known, 0);
    g_array_set_size(c->shaped, 0);
    if (!sats_pairs_put(c->pairs, text, length, c->known)) {
        assert_int_equal(c->known->len, 0);
        return FALSE;
    }
    sats_shape_style_run(c->style, c->buffer, text, length, 0, (guint)length, c->shaped);
    assert_int_equal(c->known->len, c->shaped->len);
    assert_memory_equal(c->known->data, c->shaped->data, c->known->len * sizeof(SatsShapedGlyph));
    c->n += c->known->len;
    return TRUE;
}

static gboolean is_known_pair(Comparison *c, gunichar a, gunichar b) {
    char text[12];
    gsize length = (gsize)g_unichar_to_utf8(a, text);
    length += (gsize)g_unichar_to_utf8(b, text + length);
    g_array_set_size(c->known, 0);
    return sats_pairs_put(c->pairs, text, length, c->known);
}

/* In texts as long as may be; a pair that has to be shaped ends one. */
static void compare_sequence(Comparison *c, const GArray *sequence) {
    g_autoptr(GString) text = g_string_new(NULL);
    gunichar last[2] = {0, 0};
    for (guint i = 0; i < sequence->len; i++) {
        gunichar next = g_array_index(sequence, gunichar, i);
        gboolean cut = text->len > 0 && !is_known_pair(c, last[1], next);
        if (cut || text->len > 50000) {
            compare(c, text->str, text->len);
            g_string_truncate(text, 0);
            if (!cut && last[0] != 0) {
                g_string_append_unichar(text, last[0]);
                g_string_append_unichar(text, last[1]);
            }
        }
        last[0] = cut ? 0 : last[1];
        last[1] = next;
        g_string_append_unichar(text, next);
    }
    compare(c, text->str, text->len);
}

/* ---- tests ---- */

static void compare_triples(const SatsFace *face, const GArray *characters) {
    g_autoptr(GArray) sequence =
        all_triples((const gunichar *)(const void *)characters->data, characters->len);
    assert_int_equal(sequence->len, characters->len * characters->len * characters->len + 2);
    Comparison c = comparison_new(face, SATS_FEATURE_NONE);
    assert_non_null(c.pairs);
    compare_sequence(&c, sequence);
    assert_true(c.n > (guint64)sequence->len / 100 * 90);
    comparison_clear(&c);
}

static void every_three_characters_come_out_as_the_font_says(void **state) {
    Fixture *f = *state;
    g_autoptr(GArray) characters = plain_characters();
    compare_triples(f->regular, characters);
}

/* The other faces are of the same making: what plans are mostly written with will do. */
static void every_three_usual_characters_come_out_as_the_font_says(void **state) {
    Fixture *f = *state;
    g_autoptr(GArray) characters =
        characters_of(" !\"%&'()*+,-./0123456789:;=?ACDEFGIJKLOPQRSTVWXYÅÄÖ_abcdefghijklmnopqrstuv"
                      "wxyzåäöé§·–’”\u00A0−");
    guint n_faces = 0;
    for (guint i = 0; i < sats_fonts_count(f->fonts); i++) {
        const SatsFace *face = sats_fonts_at(f->fonts, i);
        gboolean is_other =
            face != f->regular && strcmp(sats_face_info(face)->family, "Source Sans 3") == 0;
        if (is_other) {
            compare_triples(face, characters);
            n_faces++;
        }
    }
    assert_int_equal(n_faces, 6);
}

/* All that are plain, two and two, in every face and with all features. */
static void every_pair_comes_out_as_the_font_says(void **state) {
    Fixture *f = *state;
    guint n_styles = 0;
    for (guint i = 0; i < sats_fonts_count(f->fonts) * SATS_N_FEATURE_SETS; i++) {
        Comparison c = comparison_new(sats_fonts_at(f->fonts, i / SATS_N_FEATURE_SETS),
                                      i % SATS_N_FEATURE_SETS);
        assert_non_null(c.pairs);
        for (guint pair = 0; pair < SATS_N_PLAIN * SATS_N_PLAIN; pair++) {
            char text[12];
            gunichar a = sats_plain_character(pair / SATS_N_PLAIN);
            gunichar b = sats_plain_character(pair % SATS_N_PLAIN);
            gsize length = (gsize)g_unichar_to_utf8(a, text);
            length += (gsize)g_unichar_to_utf8(b, text + length);
            compare(&c, text, length);
        }
        assert_true(c.n > SATS_N_PLAIN * SATS_N_PLAIN);
        comparison_clear(&c);
        n_styles++;
    }
    assert_int_equal(n_styles, 16);
}

static void words_come_out_as_the_font_says(void **state) {
    static const char *const words[] = {
        "förvaltningsplan", "(Västmanland),", "ToYouVa.", "2024–2026", "−12\u00A0345,6",
        "5,4\u00A0%",       "”AVTAL”",        "1/2",      "§",         "Čapek"};
    Fixture *f = *state;
    for (guint features = 0; features < SATS_N_FEATURE_SETS; features++) {
        Comparison c = comparison_new(f->bold, features);
        guint n_known = 0;
        for (guint i = 0; i < G_N_ELEMENTS(words); i++)
            n_known += compare(&c, words[i], strlen(words[i])) ? 1 : 0;
        assert_int_equal(n_known, G_N_ELEMENTS(words) - 1); /* Č is none of them */
        comparison_clear(&c);
    }
}

static void what_is_not_plain_has_to_be_shaped(void **state) {
    static const char *const texts[] = {"",  "план",     "a\u0301", "gräns\u00ADen", "\u2028",
                                        "◐", "\xC2\x85", "a\tb",    "x\u200Dy",      "col·lega"};
    Fixture *f = *state;
    const SatsPairs *pairs = sats_pairs_find(sats_known_pairs, f->regular, 0);
    g_autoptr(GArray) glyphs = g_array_new(FALSE, TRUE, sizeof(SatsShapedGlyph));
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_false(sats_pairs_put(pairs, texts[i], strlen(texts[i]), glyphs));
        assert_int_equal(glyphs->len, 0);
    }
    assert_true(sats_pairs_put(pairs, "ett", 3, glyphs));
    assert_true(sats_pairs_put(pairs, "två", 4, glyphs)); /* behind the others */
    assert_int_equal(glyphs->len, 6);
}

static void plain_characters_are_numbered(void **state) {
    (void)state;
    for (guint i = 0; i < SATS_N_PLAIN; i++)
        assert_int_equal(sats_plain_number(sats_plain_character(i)), i);
    static const gunichar others[] = {0,     0x1F,   0x7F,   0x9F,   0xAD,   0xB7,
                                      0x100, 0x200F, 0x2027, 0x2263, 0x2266, 0x10FFFF};
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        assert_int_equal(sats_plain_number(others[i]), SATS_N_PLAIN);
}

/* ---- how faces are known ---- */

static guint32 big_endian(const guint8 *at) {
    return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

/* The sum of a table's words; of the table `head` without its own entry for the whole file. */
static guint32 table_sum(const guint8 *table, gsize length, gboolean is_head) {
    guint32 sum = 0;
    for (gsize at = 0; at < length; at += 4) {
        guint8 word[4] = {0};
        memcpy(word, table + at, MIN(4, length - at));
        sum += is_head && at == 8 ? 0 : big_endian(word);
    }
    return sum;
}

/* A face is taken for another whose directory is the same: so the sums there have to be true. */
static void directories_of_our_fonts_have_true_checksums(void **state) {
    Fixture *f = *state;
    for (guint i = 0; i < sats_fonts_count(f->fonts); i++) {
        const SatsFaceInfo *info = sats_face_info(sats_fonts_at(f->fonts, i));
        gsize size = sats_font_directory_size(info);
        assert_true(size > 12);
        for (const guint8 *entry = info->bytes + 12; entry < info->bytes + size; entry += 16) {
            gsize place = big_endian(entry + 8), length = big_endian(entry + 12);
            assert_true(place + length <= info->size);
            assert_int_equal(big_endian(entry + 4),
                             table_sum(info->bytes + place, length, memcmp(entry, "head", 4) == 0));
        }
    }
}

/* The same font with one bit of its directory changed; the folder is the caller's. */
static char *folder_with_unknown_font(void) {
    char *folder = g_dir_make_tmp("sats-pairs-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "unknown.ttf", NULL);
    g_autofree char *bytes = NULL;
    gsize size = 0;
    assert_true(
        g_file_get_contents(SATS_TEST_FONTS_DIR "/SourceSans3-Regular.ttf", &bytes, &size, NULL));
    bytes[12 + 4] = (char)(bytes[12 + 4] ^ 1); /* the first table's checksum */
    assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
    return folder;
}

static void other_fonts_are_not_taken_for_ours(void **state) {
    Fixture *f = *state;
    g_autofree char *folder = folder_with_unknown_font();
    const char *folders[] = {folder, NULL};
    g_autoptr(SatsFonts) fonts = sats_fonts_new(folders, NULL);
    assert_null(sats_pairs_find(sats_known_pairs, sats_fonts_at(fonts, 0), 0));
    assert_non_null(sats_pairs_find(sats_known_pairs, f->regular, 0));
    g_autoptr(SatsShaper) shaper = sats_shaper_new(fonts);
    for (guint i = 0; i < 2000; i++) { /* its numbers are put together after a while */
        g_autofree char *text = g_strdup_printf("%u,%u", i * 7919 % 1000, i % 7);
        const SatsShape *a =
            sats_shaper_shape(shaper, sats_fonts_at(fonts, 0), 0, text, strlen(text));
        const SatsShape *b = sats_shaper_shape(f->shaper, f->regular, 0, text, strlen(text));
        assert_int_equal(a->n_glyphs, b->n_glyphs);
        assert_memory_equal(a->glyphs, b->glyphs, a->n_glyphs * sizeof *a->glyphs);
    }
    g_autofree char *path = g_build_filename(folder, "unknown.ttf", NULL);
    unlink(path);
    rmdir(folder);
}

/* What the build made is what would be made now. */
static void the_known_pairs_are_those_of_the_fonts(void **state) {
    Fixture *f = *state;
    g_autoptr(GArray) words = sats_pairs_make(f->fonts);
    assert_memory_equal(words->data, sats_known_pairs, (gsize)words->len * 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_three_characters_come_out_as_the_font_says),
        cmocka_unit_test(every_three_usual_characters_come_out_as_the_font_says),
        cmocka_unit_test(every_pair_comes_out_as_the_font_says),
        cmocka_unit_test(words_come_out_as_the_font_says),
        cmocka_unit_test(what_is_not_plain_has_to_be_shaped),
        cmocka_unit_test(plain_characters_are_numbered),
        cmocka_unit_test(directories_of_our_fonts_have_true_checksums),
        cmocka_unit_test(other_fonts_are_not_taken_for_ours),
        cmocka_unit_test(the_known_pairs_are_those_of_the_fonts),
    };
    return cmocka_run_group_tests(tests, fixture_setup, fixture_teardown);
}
