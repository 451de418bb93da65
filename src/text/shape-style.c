/* text/shape-style.c: HarfBuzz's plans, kept; and numbers, put together from known glyphs.
 *
 * hb_shape() looks its plan up at each call, by comparing all that it depends on. Nearly every word
 * is Latin, and what is of no script, as numbers, counts as such: one plan a style is kept here. It
 * is the face's own, which those who shape in other threads share.
 *
 * A long table is made of numbers that are all different. Where a face has neither kerning nor
 * substitutions between digits and their marks, a number's glyphs are those of its characters. Of
 * a face that a theme brings that is not taken on trust: when a style has met enough numbers, a
 * text with every pair of these characters is shaped, and only if each glyph is the same and as
 * wide everywhere, numbers are put together from then on. A style that fails goes on shaping. */
#include "text/shape-style.h"

#include <string.h>

#include "text/font-private.h"

enum {
    NUMBERS_FIRST = 200, /* shaped before the trial, which costs less than these did */
    NUMBER_MAX_BYTES = 64,
    N_MARKS = 17,
};

/* The characters of numbers; a position in this list is a mark's number. */
static const char *const mark_texts[N_MARKS] = {
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    ",",
    ".",
    "-",
    "+",
    "%",
    "\xC2\xA0",
    "\xE2\x88\x92",
};
enum { MARK_COMMA = 10, MARK_POINT, MARK_HYPHEN, MARK_PLUS, MARK_PERCENT, MARK_SPACE, MARK_MINUS };

typedef enum { NUMBERS_UNTRIED, NUMBERS_ALIKE, NUMBERS_SHAPED } NumberState;

struct SatsShapeStyle {
    hb_font_t *font;
    float scale; /* font units to thousandths of an em */
    hb_language_t language;
    hb_feature_t features[2];
    guint n_features;
    hb_shape_plan_t *plan; /* NULL until needed */
    NumberState numbers;
    guint n_numbers; /* met before the trial */
    SatsShapedGlyph marks[N_MARKS];
};

static guint hb_features(guint features, hb_feature_t *out) {
    static const struct {
        guint effect;
        hb_tag_t tag;
    } table[] = {
        {SATS_FEATURE_TABULAR, HB_TAG('t', 'n', 'u', 'm')},
        {SATS_FEATURE_TABULAR, HB_TAG('l', 'n', 'u', 'm')},
    };
    guint n = 0;
    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        if (features & table[i].effect)
            out[n++] =
                (hb_feature_t){table[i].tag, 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    }
    return n;
}

SatsShapeStyle *sats_shape_style_new(const SatsFace *face, guint features) {
    SatsShapeStyle *self = g_new0(SatsShapeStyle, 1);
    self->font = sats_face_hb_font(face);
    self->scale = sats_face_scale(face);
    self->language = sats_face_language(face);
    self->n_features = hb_features(features, self->features);
    return self;
}

void sats_shape_style_free(SatsShapeStyle *style) {
    if (!style)
        return;
    sats_hb.shape_plan_destroy(style->plan); /* may be NULL */
    g_free(style);
}

/* ---- Shaping ---- */

static void shape(SatsShapeStyle *self, hb_buffer_t *buffer) {
    hb_segment_properties_t properties;
    if (sats_hb.buffer_get_script(buffer) == HB_SCRIPT_INVALID)
        sats_hb.buffer_set_script(buffer, HB_SCRIPT_LATIN);
    sats_hb.buffer_get_segment_properties(buffer, &properties);
    gboolean is_latin = properties.script == HB_SCRIPT_LATIN;
    if (is_latin && !self->plan)
        self->plan = sats_hb.shape_plan_create_cached(
            sats_hb.font_get_face(self->font), &properties, self->features, self->n_features, NULL);
    if (!is_latin || !sats_hb.shape_plan_execute(self->plan, self->font, buffer, self->features,
                                                 self->n_features))
        sats_hb.shape(self->font, buffer, self->features, self->n_features);
}

gboolean sats_shape_style_run(SatsShapeStyle *style, hb_buffer_t *buffer, const char *text,
                              gsize length, guint start, guint end, GArray *glyphs) {
    if (start == end) /* a plan is not to be executed on nothing */
        return TRUE;
    sats_hb.buffer_clear_contents(buffer);
    sats_hb.buffer_add_utf8(buffer, text, (int)length, start, (int)(end - start));
    sats_hb.buffer_guess_segment_properties(buffer);
    sats_hb.buffer_set_direction(buffer, HB_DIRECTION_LTR);
    sats_hb.buffer_set_language(buffer, style->language);
    shape(style, buffer);

    unsigned int n = 0;
    const hb_glyph_info_t *infos = sats_hb.buffer_get_glyph_infos(buffer, &n);
    const hb_glyph_position_t *positions = sats_hb.buffer_get_glyph_positions(buffer, NULL);
    guint first = glyphs->len;
    gboolean complete = TRUE;
    n = MIN(n, G_MAXUINT16 - first);
    g_array_set_size(glyphs, first + n);
    SatsShapedGlyph *out = &g_array_index(glyphs, SatsShapedGlyph, first);
    for (guint i = 0; i < n; i++) {
        out[i].glyph.glyph = (guint16)infos[i].codepoint;
        out[i].glyph.cluster = (guint16)infos[i].cluster;
        out[i].glyph.advance = (float)positions[i].x_advance * style->scale;
        out[i].shift.dx = (float)positions[i].x_offset * style->scale;
        out[i].shift.dy = (float)positions[i].y_offset * style->scale;
        complete = complete && infos[i].codepoint != 0;
    }
    return complete;
}

/* ---- Numbers ---- */

/* The mark at the text's beginning; N_MARKS when it is none. */
static guint mark_at(const guchar *text, gsize length, guint *out_bytes) {
    *out_bytes = 1;
    switch (text[0]) {
    case ',':
        return MARK_COMMA;
    case '.':
        return MARK_POINT;
    case '-':
        return MARK_HYPHEN;
    case '+':
        return MARK_PLUS;
    case '%':
        return MARK_PERCENT;
    case 0xC2:
        *out_bytes = 2;
        return length >= 2 && text[1] == 0xA0 ? MARK_SPACE : N_MARKS;
    case 0xE2:
        *out_bytes = 3;
        return length >= 3 && text[1] == 0x88 && text[2] == 0x92 ? MARK_MINUS : N_MARKS;
    default:
        return g_ascii_isdigit(text[0]) ? (guint)(text[0] - '0') : N_MARKS;
    }
}

/* Cuts a number into marks; returns how many, 0 when the text is not only marks. */
static guint read_marks(const char *text, gsize length, guint8 *out_marks) {
    guint n = 0, bytes = 0;
    if (length > NUMBER_MAX_BYTES)
        return 0;
    for (gsize at = 0; at < length; at += bytes) {
        guint mark = mark_at((const guchar *)text + at, length - at, &bytes);
        if (mark == N_MARKS)
            return 0;
        out_marks[n++] = (guint8)mark;
    }
    return n;
}

static gboolean is_alike(const SatsShapedGlyph *a, const SatsShapedGlyph *b) {
    return a->glyph.glyph == b->glyph.glyph && a->glyph.glyph != 0 &&
           !(a->glyph.advance < b->glyph.advance) && !(a->glyph.advance > b->glyph.advance) &&
           !sats_is_shifted(b->shift);
}

/* Shapes every pair of marks and sees whether each mark is the same glyph everywhere. */
static NumberState try_numbers(SatsShapeStyle *self, hb_buffer_t *buffer) {
    g_autoptr(GString) text = g_string_new(NULL);
    guint8 marks[2 * N_MARKS * N_MARKS];
    guint n = 0;
    for (guint i = 0; i < N_MARKS; i++) {
        for (guint k = 0; k < N_MARKS; k++) {
            g_string_append(text, mark_texts[i]);
            g_string_append(text, mark_texts[k]);
            marks[n++] = (guint8)i;
            marks[n++] = (guint8)k;
        }
    }
    g_autoptr(GArray) glyphs = g_array_new(FALSE, TRUE, sizeof(SatsShapedGlyph));
    gboolean alike =
        sats_shape_style_run(self, buffer, text->str, text->len, 0, (guint)text->len, glyphs) &&
        glyphs->len == n;
    gboolean seen[N_MARKS] = {FALSE};
    for (guint i = 0; alike && i < n; i++) {
        const SatsShapedGlyph *glyph = &g_array_index(glyphs, SatsShapedGlyph, i);
        if (!seen[marks[i]])
            self->marks[marks[i]] = *glyph;
        seen[marks[i]] = TRUE;
        alike = is_alike(&self->marks[marks[i]], glyph);
    }
    return alike ? NUMBERS_ALIKE : NUMBERS_SHAPED;
}

gboolean sats_shape_style_number(SatsShapeStyle *style, hb_buffer_t *buffer, const char *text,
                                 gsize length, GArray *glyphs) {
    guint8 marks[NUMBER_MAX_BYTES];
    if (style->numbers == NUMBERS_SHAPED)
        return FALSE;
    guint n = read_marks(text, length, marks);
    if (n == 0)
        return FALSE;
    if (style->numbers == NUMBERS_UNTRIED) {
        if (style->n_numbers++ < NUMBERS_FIRST)
            return FALSE;
        style->numbers = try_numbers(style, buffer);
        if (style->numbers == NUMBERS_SHAPED)
            return FALSE;
    }
    guint first = glyphs->len, cluster = 0;
    g_array_set_size(glyphs, first + n);
    SatsShapedGlyph *out = &g_array_index(glyphs, SatsShapedGlyph, first);
    for (guint i = 0; i < n; i++) {
        out[i] = style->marks[marks[i]];
        out[i].glyph.cluster = (guint16)cluster;
        cluster += marks[i] == MARK_MINUS ? 3 : marks[i] == MARK_SPACE ? 2 : 1;
    }
    return TRUE;
}
