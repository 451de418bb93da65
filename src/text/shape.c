/* text/shape.c: shapes words with HarfBuzz and keeps them in one hash table.
 *
 * Nearly every word is put together from pairs of characters that are known (pairs.h). Any other is
 * shaped by its face alone first; that is right when every character got a glyph and none is of a
 * script that needs more. Only else is the text split into items (itemise.h), and each is
 * shaped by HarfBuzz with the item's face. pango_shape() would give the same glyphs, since it calls
 * HarfBuzz too, but takes twice as long and counts in Pango units; here positions are whole font
 * units turned into thousandths of an em, so exact at every size.
 *
 * Right-to-left scripts are not set by plansats (lines would need reordering): their characters
 * count as unknown, which every document reports, rather than standing in the wrong order. */
#include "text/shape.h"

#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "text/font-private.h"
#include "text/itemise.h"
#include "text/pairs.h"
#include "text/shape-private.h"
#include "text/shape-style.h"

enum {
    SHAPE_MAX_BYTES = 60000,
    SHARED_GLYPHS = 32,
    SHARED_EXTRA = 8,
};

/* In place of a style in a slice's key, which is the whole's address, the ends and the hyphen. */
#define SHAPE_SLICE G_MAXUINT32

/* What a shape is found by. */
typedef struct {
    const char *bytes;
    guint32 length, style, hash; /* style: of the face, features; hash: never 0 */
} ShapeKey;

/* A shape with its key, and all but sometimes its part, in one allocation: a table of 100,000 rows
 * has a million of them. */
typedef struct {
    SatsShape shape;
    guint32 style, key_length;
    char key[]; /* NUL-terminated; shape.text, but for slices */
} ShapeEntry;

/* A face with features. */
typedef struct {
    SatsShapeStyle *style;  /* NULL until needed */
    const SatsPairs *pairs; /* NULL: they are not known, or the style is not needed yet */
    /* the part of shapes that are one, by glyphs and by bytes that exceed them; NULL until needed
     */
    const SatsShapePart *(*shared)[SHARED_EXTRA];
} Style;

struct SatsShaper {
    SatsFonts *fonts;
    SatsItemiser *itemiser;
    hb_buffer_t *buffer;
    SatsArena *arena;
    /* open addressing, linear probing; size a power of two. The hashes lie by themselves: sixteen
     * in a cache line, and an entry is hardly looked at unless it is the one. */
    guint32 *hashes; /* 0: empty */
    ShapeEntry **entries;
    guint n_slots, n_entries;
    Style *styles; /* SATS_N_FEATURE_SETS a face */
    guint n_styles;
    GArray *glyphs, *parts; /* scratch */
};

SatsShaper *sats_shaper_new(SatsFonts *fonts) {
    SatsShaper *self = g_new0(SatsShaper, 1);
    self->fonts = fonts;
    self->itemiser = sats_itemiser_new(fonts);
    self->buffer = sats_hb.buffer_create();
    self->arena = sats_arena_new();
    self->n_slots = 2048;
    self->hashes = g_new0(guint32, self->n_slots);
    self->entries = g_new(ShapeEntry *, self->n_slots);
    self->n_styles = sats_fonts_count(fonts) * SATS_N_FEATURE_SETS;
    self->styles = g_new0(Style, self->n_styles);
    self->glyphs = g_array_new(FALSE, TRUE, sizeof(SatsShapedGlyph));
    self->parts = g_array_new(FALSE, TRUE, sizeof(SatsShapePart));
    return self;
}

void sats_shaper_free(SatsShaper *shaper) {
    if (!shaper)
        return;
    sats_itemiser_free(shaper->itemiser);
    sats_hb.buffer_destroy(shaper->buffer);
    for (guint i = 0; i < shaper->n_styles; i++)
        sats_shape_style_free(shaper->styles[i].style);
    sats_arena_free(shaper->arena);
    g_free(shaper->styles);
    g_free(shaper->hashes);
    g_free(shaper->entries);
    g_array_unref(shaper->glyphs);
    g_array_unref(shaper->parts);
    g_free(shaper);
}

SatsFonts *sats_shaper_fonts(const SatsShaper *shaper) {
    return shaper->fonts;
}

/* ---- The table ---- */

static guint64 mix(guint64 hash, guint64 word) {
    hash = (hash ^ word) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

static ShapeKey make_key(guint32 style, const char *bytes, gsize length) {
    ShapeKey key = {bytes, (guint32)length, style, 0};
    guint64 hash = mix(style, length), word = 0;
    for (; length >= 8; bytes += 8, length -= 8) {
        memcpy(&word, bytes, 8);
        hash = mix(hash, word);
    }
    word = 0;
    for (gsize i = 0; i < length; i++)
        word |= (guint64)(guchar)bytes[i] << (8 * i);
    key.hash = (guint32)(mix(hash, word) >> 32);
    key.hash += key.hash == 0;
    return key;
}

static ShapeEntry *find(const SatsShaper *self, const ShapeKey *key) {
    guint mask = self->n_slots - 1;
    for (guint i = key->hash & mask; self->hashes[i] != 0; i = (i + 1) & mask) {
        ShapeEntry *entry = self->entries[i];
        if (self->hashes[i] == key->hash && entry->style == key->style &&
            entry->key_length == key->length && memcmp(entry->key, key->bytes, key->length) == 0)
            return entry;
    }
    return NULL;
}

static void put(SatsShaper *self, ShapeEntry *entry, guint32 hash) {
    guint mask = self->n_slots - 1, i = hash & mask;
    while (self->hashes[i] != 0)
        i = (i + 1) & mask;
    self->hashes[i] = hash;
    self->entries[i] = entry;
}

static void enter(SatsShaper *self, ShapeEntry *entry, guint32 hash) {
    if (self->n_entries >= self->n_slots / 4 * 3) {
        g_autofree guint32 *hashes = self->hashes;
        g_autofree ShapeEntry **entries = self->entries;
        guint n = self->n_slots;
        self->n_slots *= 2;
        self->hashes = g_new0(guint32, self->n_slots);
        self->entries = g_new(ShapeEntry *, self->n_slots);
        for (guint i = 0; i < n; i++) {
            if (hashes[i] != 0)
                put(self, entries[i], hashes[i]);
        }
    }
    put(self, entry, hash);
    self->n_entries++;
}

static guint32 style_number(const SatsFace *face, guint features) {
    g_assert(features < SATS_N_FEATURE_SETS);
    return sats_face_info(face)->index * SATS_N_FEATURE_SETS + features;
}

static const Style *style_of(SatsShaper *self, const SatsFace *face, guint features) {
    Style *style = &self->styles[style_number(face, features)];
    if (!style->style) {
        style->style = sats_shape_style_new(face, features);
        style->pairs = sats_pairs_find(sats_known_pairs, face, features);
    }
    return style;
}

/* ---- Keeping ---- */

/* The one part of most shapes, as it is in others as long; NULL when it has to be the shape's own.
 */
static const SatsShapePart *shared_part(SatsShaper *self, const SatsShape *shape) {
    const SatsShapePart *part = (const SatsShapePart *)(const void *)self->parts->data;
    if (shape->n_parts != 1 || part->first != 0 || part->start != 0 ||
        part->count >= SHARED_GLYPHS || part->end < part->count ||
        part->end - part->count >= SHARED_EXTRA)
        return NULL;
    Style *style = &self->styles[style_number(part->face, 0)];
    if (!style->shared)
        style->shared = sats_arena_alloc(self->arena, SHARED_GLYPHS * sizeof *style->shared);
    const SatsShapePart **shared = &style->shared[part->count][part->end - part->count];
    if (!*shared)
        *shared = sats_arena_memdup(self->arena, part, sizeof *part);
    return *shared;
}

static void measure(SatsShape *shape) {
    double width = 0;
    for (guint i = 0; i < shape->n_glyphs; i++) {
        width += (double)shape->glyphs[i].advance;
        shape->n_unknown = (guint16)(shape->n_unknown + (shape->glyphs[i].glyph == 0));
    }
    shape->width = (float)width;
}

static gboolean any_shift(const SatsShaper *self) {
    for (guint i = 0; i < self->glyphs->len; i++)
        if (sats_is_shifted(g_array_index(self->glyphs, SatsShapedGlyph, i).shift))
            return TRUE;
    return FALSE;
}

/* Copies the glyphs collected, and behind them their shifts, if any. */
static void put_glyphs(const SatsShaper *self, SatsShape *shape, void *to) {
    SatsGlyph *glyphs = to;
    SatsGlyphShift *shifts = (SatsGlyphShift *)(glyphs + shape->n_glyphs);
    const SatsShapedGlyph *from = (const SatsShapedGlyph *)(const void *)self->glyphs->data;
    for (guint i = 0; i < shape->n_glyphs; i++) {
        glyphs[i] = from[i].glyph;
        if (shape->shifted)
            shifts[i] = from[i].shift;
    }
    shape->glyphs = glyphs;
}

/* Keeps the glyphs and parts collected in the scratch arrays as a shape of `text`: the key's bytes,
 * or for a slice others. */
static ShapeEntry *keep(SatsShaper *self, const ShapeKey *key, const char *text, gsize length) {
    SatsShape shape = {.length = (guint16)length,
                       .n_glyphs = (guint16)self->glyphs->len,
                       .n_parts = (guint16)self->parts->len};
    const SatsShapePart *shared = shared_part(self, &shape);
    shape.shifted = any_shift(self);
    gsize size_glyph = sizeof(SatsGlyph) + (shape.shifted ? sizeof(SatsGlyphShift) : 0);
    gsize size_parts = shared ? 0 : sizeof(SatsShapePart) * shape.n_parts;
    gsize size_text = text == key->bytes ? 0 : length + 1;
    gsize parts_at = offsetof(ShapeEntry, key) + key->length + 1 + size_text;
    parts_at = (parts_at + _Alignof(SatsShapePart) - 1) & ~(_Alignof(SatsShapePart) - 1);
    char *block =
        sats_arena_alloc(self->arena, parts_at + size_parts + size_glyph * shape.n_glyphs);
    ShapeEntry *entry = (ShapeEntry *)(void *)block;
    entry->style = key->style;
    entry->key_length = key->length;
    memcpy(entry->key, key->bytes, key->length);
    char *own_text = size_text > 0 ? entry->key + key->length + 1 : entry->key;
    if (size_text > 0)
        memcpy(own_text, text, length);
    if (size_parts > 0)
        memcpy(block + parts_at, self->parts->data, size_parts);
    put_glyphs(self, &shape, block + parts_at + size_parts);
    shape.text = own_text;
    shape.parts = shared ? shared : (const SatsShapePart *)(const void *)(block + parts_at);
    measure(&shape);
    entry->shape = shape;
    return entry;
}

/* ---- Shaping ---- */

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
    guint first = self->glyphs->len;
    gboolean complete = sats_shape_style_run(style_of(self, face, features)->style, self->buffer,
                                             text, length, start, end, self->glyphs);
    add_part(self, face, first, start, end);
    return complete;
}

/* One unknown glyph a character. */
static void add_unknown(SatsShaper *self, const SatsFace *face, const char *text, guint start,
                        guint end) {
    guint first = self->glyphs->len;
    float advance = (float)sats_face_advance(face, 0);
    for (guint at = start; at < end; at = (guint)(g_utf8_next_char(text + at) - text)) {
        SatsShapedGlyph glyph = {.glyph = {.cluster = (guint16)at, .advance = advance}};
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

/* Words that need no HarfBuzz: put together by what is known of the face. */
static gboolean put_together(SatsShaper *self, const SatsFace *face, guint features,
                             const char *text, gsize length) {
    const Style *style = style_of(self, face, features);
    return style->pairs
               ? sats_pairs_put(style->pairs, text, length, self->glyphs)
               : sats_shape_style_number(style->style, self->buffer, text, length, self->glyphs);
}

static ShapeEntry *shape_new(SatsShaper *self, const SatsFace *face, guint features,
                             const ShapeKey *key) {
    const char *text = key->bytes;
    gsize length = key->length;
    clear_scratch(self);
    gboolean complete = length == 0;
    if (put_together(self, face, features, text, length)) {
        add_part(self, face, 0, 0, (guint)length);
        complete = TRUE;
    } else if (length > 0 && !sats_itemiser_needs_scripts(text, length)) {
        complete = shape_run(self, face, features, text, length, 0, (guint)length);
    }
    if (!complete) {
        clear_scratch(self);
        shape_items(self, face, features, text, length);
    }
    return keep(self, key, text, length);
}

const SatsShape *sats_shaper_shape(SatsShaper *shaper, const SatsFace *face, guint features,
                                   const char *text, gsize length) {
    g_assert(length <= SHAPE_MAX_BYTES);
    ShapeKey key = make_key(style_number(face, features), text, length);
    const ShapeEntry *found = find(shaper, &key);
    if (found)
        return &found->shape;
    ShapeEntry *entry = shape_new(shaper, face, features, &key);
    enter(shaper, entry, key.hash);
    return &entry->shape;
}

/* ---- Slices ---- */

double sats_shaper_hyphen_advance(const SatsFace *face) {
    hb_codepoint_t glyph = 0;
    sats_hb.font_get_nominal_glyph(sats_face_hb_font(face), '-', &glyph);
    return sats_face_advance(face, glyph);
}

static void slice_glyphs(SatsShaper *self, const SatsShape *whole, guint start, guint end) {
    clear_scratch(self);
    for (guint p = 0; p < whole->n_parts; p++) {
        const SatsShapePart *part = &whole->parts[p];
        guint first = self->glyphs->len;
        for (guint i = part->first; i < (guint)part->first + part->count; i++) {
            SatsShapedGlyph glyph = {whole->glyphs[i], sats_shape_shift(whole, i)};
            if (glyph.glyph.cluster < start || glyph.glyph.cluster >= end)
                continue;
            glyph.glyph.cluster = (guint16)(glyph.glyph.cluster - start);
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
    sats_hb.font_get_nominal_glyph(sats_face_hb_font(last->face), '-', &glyph);
    SatsShapedGlyph hyphen = {.glyph = {.glyph = (guint16)glyph,
                                        .cluster = (guint16)at,
                                        .advance = (float)sats_shaper_hyphen_advance(last->face)}};
    g_array_append_val(self->glyphs, hyphen);
    last->count++;
    last->end++;
}

const SatsShape *sats_shaper_slice(SatsShaper *shaper, const SatsShape *whole, guint start,
                                   guint end, gboolean hyphen) {
    const guintptr of = (guintptr)whole;
    const guint ends[3] = {start, end, hyphen ? 1u : 0u};
    char bytes[sizeof of + sizeof ends];
    memcpy(bytes, &of, sizeof of);
    memcpy(bytes + sizeof of, ends, sizeof ends);
    ShapeKey key = make_key(SHAPE_SLICE, bytes, sizeof bytes);
    const ShapeEntry *found = find(shaper, &key);
    if (found)
        return &found->shape;
    slice_glyphs(shaper, whole, start, end);
    if (hyphen)
        slice_hyphen(shaper, end - start);
    g_autofree char *text = g_strndup(whole->text + start, end - start + 1);
    text[end - start] = hyphen ? '-' : '\0';
    ShapeEntry *entry = keep(shaper, &key, text, end - start + (hyphen ? 1 : 0));
    enter(shaper, entry, key.hash);
    return &entry->shape;
}

/* ---- Looking into a shape ---- */

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
