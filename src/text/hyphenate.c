/* text/hyphenate.c: points from the patterns, graded by what is known of compounds.
 *
 * Swedish readers expect a long word to be divided at the seam of its parts: region-plan, never
 * re-gionplan or regi-onplan. The patterns know syllables and many seams, but do not tell which is
 * which. So their points are graded:
 *
 *    50  before or after a known part (hyphenate-seams.c), or after a link (-nings-, -hets-)
 *   150  any other point, 200 within a known part or with four letters on a side
 *     -  fewer than three letters into or from the end of a known part: dropped (regi|on), but
 *        not before a plural's ending (enhe|terna); before a linking s: dropped (tandvård|s|enhet)
 *
 * Where a long known part, or one after another, begins and the patterns have no point
 * (region|styrelse, for which they say regions|tyrelse), one is added. Words that are not in
 * Latin-1, hold more than letters, or have a capital inside are not divided. Known words are kept.
 */
#include "text/hyphenate.h"

#include <string.h>

#include "base/arena.h"
#include "text/hyphenate-seams.h"
#include "text/patterns.h"

enum {
    WORD_MAX = SATS_PATTERNS_MAX_LETTERS,
    SIDE_MIN = 4,
    PENALTY_SEAM = 50,
    PENALTY_INNER = 150,
    PENALTY_POOR = 200,
};

typedef struct {
    guint n;
    SatsDivision divisions[];
} KnownWord;

/* A part or link in Latin-1. */
typedef struct {
    char text[24];
    guint length;
    gboolean follows; /* a part only at a word's beginning and after another part */
} Part;

struct SatsHyphenator {
    SatsPatterns *patterns;
    GHashTable *words; /* lower-case Latin-1 word -> KnownWord, both in the arena */
    SatsArena *arena;
    GArray *parts, *links; /* of Part */
    guint first_part[256]; /* index of the first part that begins with the letter */
};

/* A word as it is worked on; letters are numbered from 0, `cut` i is before letter i. */
typedef struct {
    char letters[WORD_MAX + 8]; /* Latin-1, lower case */
    guint16 offsets[WORD_MAX + 8];
    guint n;
    guint8 grade[WORD_MAX + 8]; /* penalty of the cut, 0: none */
} Word;

static void latin1_from_utf8(const char *utf8, Part *out) {
    for (; *utf8 && out->length + 1 < sizeof out->text; utf8 = g_utf8_next_char(utf8))
        out->text[out->length++] = (char)(guchar)g_utf8_get_char(utf8);
}

static GArray *read_parts(const char *const *table) {
    GArray *parts = g_array_new(FALSE, TRUE, sizeof(Part));
    for (guint i = 0; table[i]; i++) {
        Part part = {.follows = table[i][0] == '-'};
        latin1_from_utf8(table[i] + part.follows, &part);
        g_array_append_val(parts, part);
    }
    return parts;
}

static void index_parts(SatsHyphenator *self) {
    for (guint i = self->parts->len; i > 0; i--) {
        guchar first = (guchar)g_array_index(self->parts, Part, i - 1).text[0];
        self->first_part[first] = i - 1;
    }
}

static SatsHyphenator *with_patterns(SatsPatterns *patterns) {
    SatsHyphenator *self = g_new0(SatsHyphenator, 1);
    self->patterns = patterns;
    self->words = g_hash_table_new(g_str_hash, g_str_equal);
    self->arena = sats_arena_new();
    self->parts = read_parts(sats_seam_parts);
    self->links = read_parts(sats_seam_links);
    for (guint i = 0; i < G_N_ELEMENTS(self->first_part); i++)
        self->first_part[i] = self->parts->len;
    index_parts(self);
    return self;
}

SatsHyphenator *sats_hyphenator_new(const char *dictionary_path, SatsKnownIndex known,
                                    GError **error) {
    SatsPatterns *patterns = sats_patterns_new(dictionary_path, known, error);
    return patterns ? with_patterns(patterns) : NULL;
}

SatsHyphenator *sats_hyphenator_new_like(const SatsHyphenator *hyphenator) {
    return with_patterns(sats_patterns_ref(hyphenator->patterns));
}

void sats_hyphenator_free(SatsHyphenator *hyphenator) {
    if (!hyphenator)
        return;
    sats_patterns_unref(hyphenator->patterns);
    g_hash_table_unref(hyphenator->words);
    sats_arena_free(hyphenator->arena);
    g_array_unref(hyphenator->parts);
    g_array_unref(hyphenator->links);
    g_free(hyphenator);
}

/* Reads the word; FALSE when it is not one that may be divided. */
static gboolean read_word(const char *text, gsize length, Word *word) {
    const char *end = text + length;
    for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char_validated(at, end - at);
        gboolean upper = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
        gboolean lower = (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7);
        if ((!upper && !lower) || (upper && word->n > 0) || word->n == WORD_MAX)
            return FALSE;
        word->offsets[word->n] = (guint16)(at - text);
        word->letters[word->n++] = (char)(guchar)(upper ? c + 0x20 : c);
    }
    return word->n >= 2 * SIDE_MIN;
}

/* Grades the patterns' points as inner ones. */
static void find_points(SatsHyphenator *self, Word *word) {
    guint8 values[WORD_MAX + 1];
    sats_patterns_find(self->patterns, word->letters, word->n, values);
    for (guint i = SIDE_MIN; i + SIDE_MIN <= word->n; i++) {
        if (values[i] & 1)
            word->grade[i] = PENALTY_INNER;
    }
}

static gboolean ends_with(const Word *word, guint end, const Part *part) {
    return end >= part->length &&
           memcmp(word->letters + end - part->length, part->text, part->length) == 0;
}

/* The longest known part that begins at letter `at`; NULL when there is none. `follows`: another
 * part ends there, or the word begins. */
static const Part *part_at(const SatsHyphenator *self, const Word *word, guint at,
                           gboolean follows) {
    const Part *longest = NULL;
    for (guint i = self->first_part[(guchar)word->letters[at]]; i < self->parts->len; i++) {
        const Part *part = &g_array_index(self->parts, Part, i);
        if (part->text[0] != word->letters[at])
            break;
        if ((follows || !part->follows) && at + part->length <= word->n &&
            ends_with(word, at + part->length, part) &&
            (!longest || part->length > longest->length))
            longest = part;
    }
    return longest;
}

static gboolean ends_with_link(const SatsHyphenator *self, const Word *word, guint end) {
    for (guint i = 0; i < self->links->len; i++) {
        if (ends_with(word, end, &g_array_index(self->links, Part, i)))
            return TRUE;
    }
    return FALSE;
}

/* Whether all that is left of the word is a plural's ending: -arna, -erna, -orna, and with an s. */
static gboolean is_plural(const Word *word, guint end) {
    guint n = word->n - end;
    return (n == 4 || n == 5) && strchr("aeo", word->letters[end]) != NULL &&
           memcmp(word->letters + end + 1, "rnas", n - 1) == 0;
}

/* Points inside a part are poor, and none is near its edges; where it begins there is a seam. */
static void grade_part(Word *word, guint start, guint end, gboolean follows) {
    guint last = is_plural(word, end) ? end - 1 : end - 3; /* it takes a consonant with it */
    for (guint i = start + 1; i < end; i++) {
        if (i < start + 3 || i > last || i == end - 2)
            word->grade[i] = 0;
        else if (word->grade[i])
            word->grade[i] = PENALTY_POOR;
    }
    gboolean fits = start >= SIDE_MIN && start + SIDE_MIN <= word->n;
    if (fits && (word->grade[start] || follows || end - start >= 6))
        word->grade[start] = PENALTY_SEAM;
    /* nor one letter before the seam: nämnd|sadministration, specialis|tavdelning */
    if (fits && word->grade[start] == PENALTY_SEAM)
        word->grade[start - 1] = 0;
}

/* The seam after a part is behind a linking s, if that is what the s is: when the rest is a known
 * part without it and not with it (tandvårds|enhet, tandvård|stöd), or the patterns have a point
 * there. Behind a part that is not `is_sure` it is as good as the patterns' other points. */
static void grade_end(const SatsHyphenator *self, Word *word, guint end, gboolean is_sure) {
    if (end >= word->n)
        return;
    if (word->letters[end] == 's' && !part_at(self, word, end, TRUE) &&
        (word->grade[end + 1] || (end + 1 < word->n && part_at(self, word, end + 1, TRUE)))) {
        word->grade[end] = 0;
        end++;
    }
    if (word->grade[end] && is_plural(word, end))
        word->grade[end] = PENALTY_POOR;
    else if (word->grade[end] && is_sure)
        word->grade[end] = PENALTY_SEAM;
}

static void grade_points(const SatsHyphenator *self, Word *word) {
    for (guint i = SIDE_MIN; i + SIDE_MIN <= word->n; i++) {
        if (word->grade[i] && (i == SIDE_MIN || i + SIDE_MIN == word->n))
            word->grade[i] = PENALTY_POOR;
        if (word->grade[i] && ends_with_link(self, word, i))
            word->grade[i] = PENALTY_SEAM;
    }
    guint last = 0; /* where the part before ends */
    for (guint i = 0; i < word->n;) {
        gboolean follows = i == last || (i == last + 1 && word->letters[last] == 's') ||
                           ends_with_link(self, word, i);
        const Part *part = part_at(self, word, i, follows);
        if (part) {
            last = i + part->length;
            grade_part(word, i, last, follows);
            grade_end(self, word, last, i > 0 || !part->follows);
        }
        i += part ? part->length : 1;
    }
}

static const KnownWord *keep(SatsHyphenator *self, const Word *word) {
    guint n = 0;
    for (guint i = SIDE_MIN; i + SIDE_MIN <= word->n; i++)
        n += word->grade[i] != 0;
    KnownWord *known = sats_arena_alloc(self->arena, sizeof *known + n * sizeof(SatsDivision));
    for (guint i = SIDE_MIN; i + SIDE_MIN <= word->n; i++) {
        if (word->grade[i])
            known->divisions[known->n++] = (SatsDivision){word->offsets[i], word->grade[i]};
    }
    char *key = sats_arena_strndup(self->arena, word->letters, word->n);
    g_hash_table_insert(self->words, key, known);
    return known;
}

guint sats_hyphenator_divide(SatsHyphenator *hyphenator, const char *word, gsize length,
                             const SatsDivision **out) {
    Word work;
    work.n = 0;
    *out = NULL;
    if (length < (gsize)2 * SIDE_MIN || !read_word(word, length, &work))
        return 0;
    work.letters[work.n] = '\0';
    const KnownWord *known = g_hash_table_lookup(hyphenator->words, work.letters);
    if (!known) {
        memset(work.grade, 0, sizeof work.grade);
        find_points(hyphenator, &work);
        grade_points(hyphenator, &work);
        known = keep(hyphenator, &work);
    }
    *out = known->divisions;
    return known->n;
}
