/* text/shape.c: shapes words with HarfBuzz and keeps them in one hash table.
 *
 * A word is shaped by its face alone first; that is right when every character got a glyph and none
 * is of a script that needs more. Only else is the text split into items (itemise.h), and each is
 * shaped by HarfBuzz with the item's face. pango_shape() would give the same glyphs, since it calls
 * HarfBuzz too, but takes twice as long and counts in Pango units; here positions are whole font
 * units turned into thousandths of an em, so exact at every size.
 *
 * Right-to-left scripts are not set by plansats (lines would need reordering): their characters
 * count as unknown, which every document reports, rather than standing in the wrong order. */
#include "text/shape.h"

#include <hb.h>
#include <string.h>

#include "base/arena.h"
#include "text/font-private.h"
#include "text/itemise.h"
#include "text/shape-private.h"

enum { SHAPE_MAX_BYTES = 60000 };

/* Marks a slice's key, which is the whole's address, the ends and the hyphen, not a text. */
#define SHAPE_SLICE (1u << 31)

/* What a shape is found by. `key` is shape.text, but for slices. */
typedef struct {
    SatsShape shape;
    const SatsFace *face;
    const char *key;
    guint32 key_length, features, hash;
} ShapeEntry;

struct SatsShaper {
    SatsFonts *fonts;
    SatsItemiser *itemiser;
    hb_buffer_t *buffer;
    hb_language_t language;
    SatsArena *arena;
    ShapeEntry **slots; /* open addressing, linear probing; size a power of two */
    guint n_slots, n_entries;
    GArray *glyphs, *parts; /* scratch */
};

SatsShaper *sats_shaper_new(SatsFonts *fonts) {
    SatsShaper *self = g_new0(SatsShaper, 1);
    self->fonts = fonts;
    self->itemiser = sats_itemiser_new(fonts);
    self->buffer = hb_buffer_create();
    self->language = hb_language_from_string("sv", -1);
    self->arena = sats_arena_new();
    self->n_slots = 1024;
    self->slots = g_new0(ShapeEntry *, self->n_slots);
    self->glyphs = g_array_new(FALSE, TRUE, sizeof(SatsGlyph));
    self->parts = g_array_new(FALSE, TRUE, sizeof(SatsShapePart));
    return self;
}

void sats_shaper_free(SatsShaper *shaper) {
    if (!shaper)
        return;
    sats_itemiser_free(shaper->itemiser);
    hb_buffer_destroy(shaper->buffer);
    sats_arena_free(shaper->arena);
    g_free(shaper->slots);
    g_array_unref(shaper->glyphs);
    g_array_unref(shaper->parts);
    g_free(shaper);
}

SatsFonts *sats_shaper_fonts(const SatsShaper *shaper) {
    return shaper->fonts;
}

/* --- The table ----------------------------------------------------------------------------------
 */

static guint64 mix(guint64 hash, guint64 word) {
    hash = (hash ^ word) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

static guint32 hash_key(const SatsFace *face, guint32 features, const char *key, gsize length) {
    guint64 hash = mix(((guint64)sats_face_info(face)->index << 32) | features, length);
    guint64 word = 0;
    for (; length >= 8; key += 8, length -= 8) {
        memcpy(&word, key, 8);
        hash = mix(hash, word);
    }
    word = 0;
    for (gsize i = 0; i < length; i++)
        word |= (guint64)(guchar)key[i] << (8 * i);
    return (guint32)(mix(hash, word) >> 32);
}

/* The slot that holds the entry, or the empty one where it belongs. */
static ShapeEntry **find_slot(const SatsShaper *self, const ShapeEntry *wanted) {
    for (guint i = wanted->hash;; i++) {
        ShapeEntry **slot = &self->slots[i & (self->n_slots - 1)];
        const ShapeEntry *entry = *slot;
        if (!entry ||
            (entry->hash == wanted->hash && entry->face == wanted->face &&
             entry->features == wanted->features && entry->key_length == wanted->key_length &&
             memcmp(entry->key, wanted->key, wanted->key_length) == 0))
            return slot;
    }
}

static void grow_table(SatsShaper *self) {
    ShapeEntry **old = self->slots;
    guint n_old = self->n_slots;
    self->n_slots *= 2;
    self->slots = g_new0(ShapeEntry *, self->n_slots);
    for (guint i = 0; i < n_old; i++) {
        guint at = old[i] ? old[i]->hash : 0;
        while (old[i] && self->slots[at & (self->n_slots - 1)])
            at++;
        if (old[i])
            self->slots[at & (self->n_slots - 1)] = old[i];
    }
    g_free(old);
}

/* Keeps the glyphs and parts collected in the scratch arrays as a shape of `text`. */
static ShapeEntry *keep(SatsShaper *self, const ShapeEntry *wanted, const char *text,
                        gsize length) {
    ShapeEntry *entry = sats_arena_new_struct(self->arena, ShapeEntry);
    *entry = *wanted;
    SatsShape *shape = &entry->shape;
    shape->text = sats_arena_strndup(self->arena, text, length);
    shape->length = (guint16)length;
    shape->n_glyphs = (guint16)self->glyphs->len;
    shape->n_parts = (guint16)self->parts->len;
    SatsGlyph *glyphs = sats_arena_new_array(self->arena, SatsGlyph, self->glyphs->len);
    SatsShapePart *parts = sats_arena_new_array(self->arena, SatsShapePart, self->parts->len);
    if (self->glyphs->len > 0)
        memcpy(glyphs, self->glyphs->data, sizeof(SatsGlyph) * self->glyphs->len);
    if (self->parts->len > 0)
        memcpy(parts, self->parts->data, sizeof(SatsShapePart) * self->parts->len);
    shape->glyphs = glyphs;
    shape->parts = parts;
    double width = 0;
    for (guint i = 0; i < self->glyphs->len; i++) {
        width += (double)glyphs[i].advance;
        shape->n_unknown = (guint16)(shape->n_unknown + (glyphs[i].glyph == 0));
    }
    shape->width = (float)width;
    return entry;
}

static void enter(SatsShaper *self, ShapeEntry *entry) {
    if (self->n_entries >= self->n_slots / 2)
        grow_table(self);
    *find_slot(self, entry) = entry;
    self->n_entries++;
}

/* --- Shaping ------------------------------------------------------------------------------------
 */

static guint hb_features(guint features, hb_feature_t out[4]) {
    static const struct {
        guint effect;
        hb_tag_t tag;
    } table[] = {
        {SATS_FEATURE_TABULAR, HB_TAG('t', 'n', 'u', 'm')},
        {SATS_FEATURE_TABULAR, HB_TAG('l', 'n', 'u', 'm')},
        {SATS_FEATURE_SUPERSCRIPT, HB_TAG('s', 'u', 'p', 's')},
        {SATS_FEATURE_SUBSCRIPT, HB_TAG('s', 'u', 'b', 's')},
    };
    guint n = 0;
    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        if (features & table[i].effect)
            out[n++] =
                (hb_feature_t){table[i].tag, 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    }
    return n;
}

static void add_part(SatsShaper *self, const SatsFace *face, guint first, guint start, guint end) {
    SatsShapePart *last = self->parts->len > 0
                              ? &g_array_index(self->parts, SatsShapePart, self->parts->len - 1)
                              : NULL;
    if (last && last->face == face) {
        last->count = (guint16)(self->glyphs->len - last->first);
        last->end = (guint16)end;
        return;
    }
    SatsShapePart part = {face, (guint16)first, (guint16)(self->glyphs->len - first),
                          (guint16)start, (guint16)end};
    g_array_append_val(self->parts, part);
}

/* Adds the glyphs of text[start, end) in one face to the scratch arrays; FALSE when one is unknown.
 */
static gboolean shape_run(SatsShaper *self, const SatsFace *face, guint features, const char *text,
                          gsize length, guint start, guint end) {
    hb_feature_t list[4];
    guint n_features = hb_features(features, list);
    hb_buffer_t *buffer = self->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, text, (int)length, start, (int)(end - start));
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, self->language);
    hb_shape(sats_face_hb_font(face), buffer, list, n_features);

    unsigned int n = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &n);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
    float scale = 1000.0f / (float)sats_face_info(face)->units_per_em;
    guint first = self->glyphs->len;
    gboolean complete = TRUE;
    n = MIN(n, G_MAXUINT16 - first);
    g_array_set_size(self->glyphs, first + n);
    SatsGlyph *glyphs = &g_array_index(self->glyphs, SatsGlyph, first);
    for (guint i = 0; i < n; i++) {
        glyphs[i].glyph = (guint16)infos[i].codepoint;
        glyphs[i].cluster = (guint16)infos[i].cluster;
        glyphs[i].advance = (float)positions[i].x_advance * scale;
        glyphs[i].dx = (float)positions[i].x_offset * scale;
        glyphs[i].dy = (float)positions[i].y_offset * scale;
        complete = complete && infos[i].codepoint != 0;
    }
    add_part(self, face, first, start, end);
    return complete;
}

/* One unknown glyph a character. */
static void add_unknown(SatsShaper *self, const SatsFace *face, const char *text, guint start,
                        guint end) {
    guint first = self->glyphs->len;
    float advance = (float)sats_face_advance(face, 0);
    for (guint at = start; at < end; at = (guint)(g_utf8_next_char(text + at) - text)) {
        SatsGlyph glyph = {.cluster = (guint16)at, .advance = advance};
        g_array_append_val(self->glyphs, glyph);
    }
    add_part(self, face, first, start, end);
}

static void shape_items(SatsShaper *self, const SatsFace *face, guint features, const char *text,
                        gsize length) {
    g_autofree char *copy = g_strndup(text, length);
    const SatsItem *items = NULL;
    guint n_items = sats_itemiser_split(self->itemiser, face, copy, length, &items);
    for (guint i = 0; i < n_items; i++) {
        if (items[i].is_unknown)
            add_unknown(self, items[i].face, copy, items[i].start, items[i].end);
        else
            shape_run(self, items[i].face, features, copy, length, items[i].start, items[i].end);
    }
}

static void clear_scratch(SatsShaper *self) {
    g_array_set_size(self->glyphs, 0);
    g_array_set_size(self->parts, 0);
}

static ShapeEntry *shape_new(SatsShaper *self, const ShapeEntry *wanted) {
    const char *text = wanted->key;
    gsize length = wanted->key_length;
    clear_scratch(self);
    gboolean complete = length == 0;
    if (length > 0 && !sats_itemiser_needs_scripts(text, length))
        complete = shape_run(self, wanted->face, wanted->features, text, length, 0, (guint)length);
    if (!complete) {
        clear_scratch(self);
        shape_items(self, wanted->face, wanted->features, text, length);
    }
    ShapeEntry *entry = keep(self, wanted, text, length);
    entry->key = entry->shape.text;
    return entry;
}

/* Whether the feature changed every glyph. */
static gboolean differs_wholly(const SatsShape *a, const SatsShape *b) {
    if (a->n_glyphs != b->n_glyphs || a->n_glyphs == 0)
        return FALSE;
    for (guint i = 0; i < a->n_glyphs; i++) {
        if (a->glyphs[i].glyph == b->glyphs[i].glyph)
            return FALSE;
    }
    return TRUE;
}

const SatsShape *sats_shaper_shape(SatsShaper *shaper, const SatsFace *face, guint features,
                                   const char *text, gsize length) {
    const guint scripts = SATS_FEATURE_SUPERSCRIPT | SATS_FEATURE_SUBSCRIPT;
    g_assert(length <= SHAPE_MAX_BYTES);
    ShapeEntry wanted = {
        .face = face,
        .key = text,
        .key_length = (guint32)length,
        .features = features,
        .hash = hash_key(face, features, text, length),
    };
    const ShapeEntry *found = *find_slot(shaper, &wanted);
    if (found)
        return &found->shape;
    ShapeEntry *entry = shape_new(shaper, &wanted);
    if (features & scripts) {
        const SatsShape *plain = sats_shaper_shape(shaper, face, features & ~scripts, text, length);
        if (!differs_wholly(&entry->shape, plain))
            entry->shape = *plain;
    }
    enter(shaper, entry);
    return &entry->shape;
}

gboolean sats_shaper_has_feature(SatsShaper *shaper, const SatsFace *face, guint feature,
                                 const char *text, gsize length) {
    const SatsShape *with = sats_shaper_shape(shaper, face, feature, text, length);
    return differs_wholly(with, sats_shaper_shape(shaper, face, SATS_FEATURE_NONE, text, length));
}

/* --- Slices -------------------------------------------------------------------------------------
 */

double sats_shaper_hyphen_advance(const SatsFace *face) {
    hb_codepoint_t glyph = 0;
    hb_font_get_nominal_glyph(sats_face_hb_font(face), '-', &glyph);
    return sats_face_advance(face, glyph);
}

static void slice_glyphs(SatsShaper *self, const SatsShape *whole, guint start, guint end) {
    clear_scratch(self);
    for (guint p = 0; p < whole->n_parts; p++) {
        const SatsShapePart *part = &whole->parts[p];
        guint first = self->glyphs->len;
        for (guint i = part->first; i < (guint)part->first + part->count; i++) {
            SatsGlyph glyph = whole->glyphs[i];
            if (glyph.cluster < start || glyph.cluster >= end)
                continue;
            glyph.cluster = (guint16)(glyph.cluster - start);
            g_array_append_val(self->glyphs, glyph);
        }
        if (self->glyphs->len > first)
            add_part(self, part->face, first, MAX(part->start, start) - start,
                     MIN(part->end, end) - start);
    }
}

static void slice_hyphen(SatsShaper *self, guint at) {
    SatsShapePart *last = &g_array_index(self->parts, SatsShapePart, self->parts->len - 1);
    hb_codepoint_t glyph = 0;
    hb_font_get_nominal_glyph(sats_face_hb_font(last->face), '-', &glyph);
    SatsGlyph hyphen = {.glyph = (guint16)glyph,
                        .cluster = (guint16)at,
                        .advance = (float)sats_shaper_hyphen_advance(last->face)};
    g_array_append_val(self->glyphs, hyphen);
    last->count++;
    last->end++;
}

const SatsShape *sats_shaper_slice(SatsShaper *shaper, const SatsShape *whole, guint start,
                                   guint end, gboolean hyphen) {
    const SatsFace *face = whole->parts[0].face;
    char key[sizeof whole + 3 * sizeof(guint)];
    guint ends[3] = {start, end, hyphen ? 1u : 0u};
    memcpy(key, &whole, sizeof whole);
    memcpy(key + sizeof whole, ends, sizeof ends);
    ShapeEntry wanted = {
        .face = face,
        .key = key,
        .key_length = sizeof key,
        .features = SHAPE_SLICE,
        .hash = hash_key(face, SHAPE_SLICE, key, sizeof key),
    };
    const ShapeEntry *found = *find_slot(shaper, &wanted);
    if (found)
        return &found->shape;
    slice_glyphs(shaper, whole, start, end);
    if (hyphen)
        slice_hyphen(shaper, end - start);
    g_autofree char *text = g_strndup(whole->text + start, end - start + 1);
    text[end - start] = hyphen ? '-' : '\0';
    ShapeEntry *entry = keep(shaper, &wanted, text, end - start + (hyphen ? 1 : 0));
    entry->key = sats_arena_memdup(shaper->arena, key, sizeof key);
    enter(shaper, entry);
    return &entry->shape;
}

/* --- Looking into a shape -----------------------------------------------------------------------
 */

double sats_shape_offset(const SatsShape *shape, guint offset) {
    double x = 0;
    guint i = 0;
    while (i < shape->n_glyphs && shape->glyphs[i].cluster < offset) {
        guint cluster = shape->glyphs[i].cluster;
        double advance = 0;
        for (; i < shape->n_glyphs && shape->glyphs[i].cluster == cluster; i++)
            advance += (double)shape->glyphs[i].advance;
        guint next = i < shape->n_glyphs ? shape->glyphs[i].cluster : shape->length;
        if (next <= offset) {
            x += advance;
            continue;
        }
        /* inside a ligature: characters share its width evenly */
        glong before = g_utf8_strlen(shape->text + cluster, (gssize)(offset - cluster));
        glong all = g_utf8_strlen(shape->text + cluster, (gssize)(next - cluster));
        return x + advance * (double)before / (double)MAX(all, 1);
    }
    return x;
}

int sats_shape_first_unknown(const SatsShape *shape) {
    for (guint i = 0; shape->n_unknown > 0 && i < shape->n_glyphs; i++) {
        if (shape->glyphs[i].glyph == 0)
            return shape->glyphs[i].cluster;
    }
    return -1;
}
