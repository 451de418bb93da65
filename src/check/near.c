/* Texts that are almost the same.
 *
 * A text of n letters cut into d+1 pieces keeps one piece whole through d edits, and that piece has
 * moved by no more than d places; but that two letters have changed places breaks two pieces where
 * one piece's end and the next one's beginning are those letters. Count that as an edit of the
 * first piece: then there is a piece that is whole, or whole but for a first letter that has
 * changed places with the letter before it. So each text's pieces are put in an index under their
 * letters, the text's length and its numbers; and a later text looks up its own letters at each
 * place where a piece of a text about as long as itself could stand, as they are and with that
 * letter. Few texts come out of that, and these are compared. Letters are hashed so that the hash
 * of any stretch is known at once.
 *
 * (Comparing each with each takes 200 million comparisons for 20,000 rows. Indexing each text with
 * letters left out finds the same, but takes n² entries for a text of n letters and two edits.) */
#include "check/near.h"

#include <string.h>

#define MAX_CANDIDATES 16u /* texts looked at for one piece */
#define MAX_EDITS      2u

typedef struct {
    guint32 *letters;
    guint64 *hashes; /* of the first i letters */
    guint n;
    guint64 numbers; /* a hash of its digits */
    guint edits;     /* that may part it from one as long */
} Text;

typedef struct {
    guint text, next; /* next: in the same bucket, +1; 0 none */
} Entry;

typedef struct {
    Text *texts;
    guint n;
    guint64 *powers;   /* of the base of hashes */
    GHashTable *heads; /* hash -> entry + 1 */
    GArray *entries;
} Index;

#define BASE 0x9E3779B97F4A7C15u

/* ---- reading ---- */

static guint edits_for(guint n) {
    return n < 12 ? 0 : n < 24 ? 1 : MAX_EDITS;
}

static gboolean is_digit(guint32 c) {
    return c >= '0' && c <= '9';
}

/* The letters and digits of a text, without case; how many. Folding takes each character by itself,
 * and makes small letters of ASCII. */
static guint read_letters(const char *source, guint32 *letters, guint most) {
    guint n = 0;
    while (*source && n < most) {
        const char *next = g_utf8_next_char(source);
        if ((guchar)*source < 0x80) {
            if (g_ascii_isalnum(*source))
                letters[n++] = (guchar)g_ascii_tolower(*source);
        } else {
            g_autofree char *folded = g_utf8_casefold(source, next - source);
            for (const char *p = folded; *p && n < most; p = g_utf8_next_char(p))
                if (g_unichar_isalnum(g_utf8_get_char(p)))
                    letters[n++] = g_utf8_get_char(p);
        }
        source = next;
    }
    return n;
}

static void read_text(const char *source, Text *text) {
    guint32 letters[SATS_NEAR_MAX_LENGTH];
    text->n = read_letters(source, letters, SATS_NEAR_MAX_LENGTH);
    text->edits = edits_for(text->n);
    text->letters = g_memdup2(letters, sizeof(guint32) * MAX(text->n, 1u));
    text->hashes = g_new(guint64, text->n + 1);
    text->hashes[0] = 0;
    for (guint i = 0; i < text->n; i++) {
        if (is_digit(letters[i]))
            text->numbers = (text->numbers + letters[i]) * BASE;
        text->hashes[i + 1] = text->hashes[i] * BASE + letters[i];
    }
}

static guint64 stretch(const Index *index, const Text *text, guint from, guint to) {
    return text->hashes[to] - text->hashes[from] * index->powers[to - from];
}

/* ---- the index ---- */

static gpointer bucket(guint64 letters, guint64 numbers, guint length, guint piece) {
    guint64 hash = (letters ^ numbers) + length * (guint64)31 + piece;
    hash ^= hash >> 31;
    hash *= BASE;
    hash ^= hash >> 29;
    return (gpointer)(guintptr)hash;
}

/* Texts with these numbers and that length are marked by a piece that none has. */
static gpointer presence(guint64 numbers, guint length) {
    return bucket(0, numbers, length, MAX_EDITS + 1);
}

static guint piece_from(guint length, guint pieces, guint piece) {
    return (guint)((guint64)length * piece / pieces);
}

static void add(Index *index, guint which) {
    const Text *text = &index->texts[which];
    guint pieces = text->edits + 1;
    g_hash_table_add(index->heads, presence(text->numbers, text->n));
    for (guint i = 0; i < pieces; i++) {
        guint from = piece_from(text->n, pieces, i), to = piece_from(text->n, pieces, i + 1);
        gpointer key = bucket(stretch(index, text, from, to), text->numbers, text->n, i);
        gpointer head = g_hash_table_lookup(index->heads, key);
        Entry entry = {which, GPOINTER_TO_UINT(head)};
        g_array_append_val(index->entries, entry);
        g_hash_table_insert(index->heads, key, GUINT_TO_POINTER(index->entries->len));
    }
}

/* ---- comparing ---- */

static gboolean any_digit(const guint32 *letters, guint n) {
    for (guint i = 0; i < n; i++)
        if (is_digit(letters[i]))
            return TRUE;
    return FALSE;
}

/* Can `most` edits make the one of the other, none of them of a digit? Follows the letters from
 * both ends past what is equal, and tries each kind of edit where they part. */
static gboolean within(const guint32 *a, guint n, const guint32 *b, guint m, guint most) {
    while (n > 0 && m > 0 && *a == *b)
        a++, b++, n--, m--;
    while (n > 0 && m > 0 && a[n - 1] == b[m - 1])
        n--, m--;
    if (n == 0 || m == 0)
        return MAX(n, m) <= most && !any_digit(a, n) && !any_digit(b, m);
    if (most == 0)
        return FALSE;
    gboolean take = !is_digit(*a), put = !is_digit(*b);
    return (take && put && within(a + 1, n - 1, b + 1, m - 1, most - 1)) ||
           (take && within(a + 1, n - 1, b, m, most - 1)) ||
           (put && within(a, n, b + 1, m - 1, most - 1)) ||
           (take && put && n > 1 && m > 1 && a[0] == b[1] && a[1] == b[0] &&
            within(a + 2, n - 2, b + 2, m - 2, most - 1));
}

static gboolean is_near(const Text *a, const Text *b) {
    guint most = MIN(a->edits, b->edits);
    return a->numbers == b->numbers && within(a->letters, a->n, b->letters, b->n, most);
}

/* The first text before `which` among those in a bucket, or `best`. */
static guint first_near(const Index *index, const char *const *sources, guint which, gpointer key,
                        guint best) {
    guint entry = GPOINTER_TO_UINT(g_hash_table_lookup(index->heads, key));
    for (guint looked = 0; entry != 0 && looked < MAX_CANDIDATES; looked++) {
        const Entry *found = &g_array_index(index->entries, Entry, entry - 1);
        if (found->text < best && strcmp(sources[found->text], sources[which]) != 0 &&
            is_near(&index->texts[found->text], &index->texts[which]))
            best = found->text;
        entry = found->next;
    }
    return best;
}

/* A stretch of letters, with the letter before it instead of its first; FALSE: these two cannot
 * have changed places. */
static gboolean swapped_stretch(const Index *index, const Text *text, guint from, guint to,
                                guint64 *out_hash) {
    if (from == 0 || from == to)
        return FALSE;
    guint32 before = text->letters[from - 1], first = text->letters[from];
    *out_hash = before * index->powers[to - from - 1] + stretch(index, text, from + 1, to);
    return before != first && !is_digit(before) && !is_digit(first);
}

/* Looks for texts of `length` letters. */
static guint look_for(const Index *index, const char *const *sources, guint which, guint length,
                      guint best) {
    const Text *text = &index->texts[which];
    guint pieces = edits_for(length) + 1, reach = MIN(edits_for(length), text->edits);
    if (!g_hash_table_contains(index->heads, presence(text->numbers, length)))
        return best;
    for (guint i = 0; i < pieces; i++) {
        guint from = piece_from(length, pieces, i), to = piece_from(length, pieces, i + 1);
        guint first = from > reach ? from - reach : 0;
        for (guint at = first; at <= from + reach && at + (to - from) <= text->n; at++) {
            guint64 letters = stretch(index, text, at, at + (to - from));
            best =
                first_near(index, sources, which, bucket(letters, text->numbers, length, i), best);
            if (i > 0 && swapped_stretch(index, text, at, at + (to - from), &letters))
                best = first_near(index, sources, which, bucket(letters, text->numbers, length, i),
                                  best);
        }
    }
    return best;
}

static void powers_of(Index *index, guint most) {
    index->powers = g_new(guint64, most + 1);
    index->powers[0] = 1;
    for (guint i = 0; i < most; i++)
        index->powers[i + 1] = index->powers[i] * BASE;
}

static void free_index(Index *index) {
    for (guint i = 0; i < index->n; i++) {
        g_free(index->texts[i].letters);
        g_free(index->texts[i].hashes);
    }
    g_free(index->texts);
    g_free(index->powers);
    g_hash_table_destroy(index->heads);
    g_array_unref(index->entries);
}

void sats_near_find(const char *const *texts, guint n, guint *out_earlier) {
    if (n < 2) { /* a text alone is near to nothing, and most lists are short */
        memset(out_earlier, 0, sizeof *out_earlier * n);
        return;
    }
    Index index = {.texts = g_new0(Text, n),
                   .n = n,
                   .heads = g_hash_table_new(NULL, NULL),
                   .entries = g_array_new(FALSE, FALSE, sizeof(Entry))};
    guint longest = 0;
    for (guint i = 0; i < n; i++) {
        read_text(texts[i], &index.texts[i]);
        longest = MAX(longest, index.texts[i].n);
    }
    powers_of(&index, longest);
    for (guint i = 0; i < n; i++) {
        const Text *text = &index.texts[i];
        guint best = i;
        guint low = text->n > text->edits ? text->n - text->edits : 1;
        for (guint length = low; text->n > 0 && length <= text->n + text->edits; length++)
            best = look_for(&index, texts, i, length, best);
        out_earlier[i] = best;
        if (text->n > 0)
            add(&index, i);
    }
    free_index(&index);
}
