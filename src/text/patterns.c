/* text/patterns.c: an index over the mapped file, and Liang's method.
 *
 * libhyphen builds a state machine from the same file, which takes 8 ms and thousands of small
 * allocations, longer than a small plan takes altogether. Here the file stays as it is: an open
 * hash table holds, for each pattern, where its line begins and some bits of the hash of its
 * letters. Whether a line is the pattern looked for is seen by comparing; its values are read off
 * the line when it applies. A word is looked up by hashing the letters from each of its places on,
 * one more letter at a time: about 200 looks into a table of 128 kB, a microsecond. Known words are
 * kept by the caller. docs/decisions/0003-hyphenation.md says what was weighed. */
#include "text/patterns.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/report.h"

/* A slot: the hash's upper bits, then the line's place in the file; 0 is an empty one. */
enum { PLACE_BITS = 20, FILE_MAX_BYTES = 1 << PLACE_BITS, PLACE_MASK = FILE_MAX_BYTES - 1 };

/* The words of an index: these, then the slots. */
enum { INDEX_MASK, INDEX_LONGEST, INDEX_HEAD };

struct SatsPatterns {
    GMappedFile *file;
    const char *bytes, *end;
    GArray *index;        /* NULL: it was known */
    const guint32 *slots; /* their number a power of two, at most half of them full */
    guint mask;
    guint longest; /* letters of a pattern, edges included */
};

static guint32 hash_letter(guint32 hash, char letter) {
    return (hash ^ (guchar)letter) * 0x01000193u;
}

/* The lower bits of the product say little of the last letters: fold the upper ones in. */
static guint32 hash_slot(guint32 hash) {
    return hash ^ (hash >> 15);
}

/* ---- The index ---- */

/* Hashes the letters of the line at `at`; *out_n their number, 0 when the line is no pattern that
 * is used. Returns the line's end. */
static const char *hash_line(const char *at, const char *end, guint32 *out_hash, guint *out_n) {
    guint32 hash = 0;
    guint n = 0;
    gboolean is_used = at < end && *at != '%' && *at != '#' && !g_ascii_isupper(*at);
    for (; at < end && *at != '\n'; at++) {
        if (g_ascii_isdigit(*at) || *at == '\r')
            continue;
        is_used = is_used && *at != '/' && *at != ' ';
        hash = hash_letter(hash, *at);
        n++;
    }
    *out_hash = hash;
    *out_n = is_used ? n : 0;
    return at;
}

static void enter(guint32 *slots, guint mask, guint32 hash, guint32 place) {
    guint at = hash_slot(hash) & mask;
    while (slots[at] != 0)
        at = (at + 1) & mask;
    slots[at] = (hash & ~(guint32)PLACE_MASK) | place;
}

static gboolean is_ours(const char *bytes, gsize size) {
    static const char encoding[] = "ISO8859-1";
    gsize n = sizeof encoding - 1;
    return size > n && size < FILE_MAX_BYTES && memcmp(bytes, encoding, n) == 0 &&
           (bytes[n] == '\n' || bytes[n] == '\r');
}

GArray *sats_patterns_index(const char *bytes, gsize size) {
    if (!is_ours(bytes, size))
        return NULL;
    const char *end = bytes + size;
    guint n_lines = 1, n_slots = 1024;
    for (const char *at = bytes; at < end; at++)
        n_lines += *at == '\n';
    while (n_slots < 2 * n_lines)
        n_slots *= 2;
    GArray *index = g_array_sized_new(FALSE, TRUE, sizeof(guint32), INDEX_HEAD + n_slots);
    g_array_set_size(index, INDEX_HEAD + n_slots);
    guint32 *words = (guint32 *)(void *)index->data;
    words[INDEX_MASK] = n_slots - 1;
    const char *line = memchr(bytes, '\n', size);
    while (line && ++line < end) {
        guint32 hash = 0;
        guint n = 0;
        if (end - line >= 9 && memcmp(line, "NEXTLEVEL", 9) == 0)
            break;
        const char *stop = hash_line(line, end, &hash, &n);
        if (n > 0)
            enter(words + INDEX_HEAD, n_slots - 1, hash, (guint32)(line - bytes));
        words[INDEX_LONGEST] = MAX(words[INDEX_LONGEST], n);
        line = stop;
    }
    return index;
}

/* ---- Life ---- */

static void take_index(SatsPatterns *self, const guint32 *words) {
    self->mask = words[INDEX_MASK];
    self->longest = words[INDEX_LONGEST];
    self->slots = words + INDEX_HEAD;
}

SatsPatterns *sats_patterns_new(const char *path, SatsKnownIndex known, GError **error) {
    g_autoptr(GError) reason = NULL;
    int descriptor = sats_file_open(path, FILE_MAX_BYTES, error);
    if (descriptor < 0)
        return NULL;
    GMappedFile *file = g_mapped_file_new_from_fd(descriptor, FALSE, &reason);
    close(descriptor);
    if (!file) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "%s", reason->message);
        return NULL;
    }
    gsize size = g_mapped_file_get_length(file);
    const char *bytes = size > 0 ? g_mapped_file_get_contents(file) : "";
    const guint32 *words = known ? known(bytes, size) : NULL;
    GArray *index = words ? NULL : sats_patterns_index(bytes, size);
    if (!words && !index) {
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO,
                    "%s: not hyphenation patterns in ISO8859-1, at most 1 MiB", path);
        g_mapped_file_unref(file);
        return NULL;
    }
    SatsPatterns *self = g_atomic_rc_box_new0(SatsPatterns);
    self->file = file;
    self->bytes = bytes;
    self->end = bytes + size;
    self->index = index;
    take_index(self, words ? words : (const guint32 *)(const void *)index->data);
    return self;
}

SatsPatterns *sats_patterns_ref(SatsPatterns *patterns) {
    return g_atomic_rc_box_acquire(patterns);
}

static void clear(gpointer data) {
    SatsPatterns *patterns = data;
    g_mapped_file_unref(patterns->file);
    g_clear_pointer(&patterns->index, g_array_unref);
}

void sats_patterns_unref(SatsPatterns *patterns) {
    g_atomic_rc_box_release_full(patterns, clear);
}

/* ---- Words ---- */

/* Whether the line's letters are these. */
static gboolean is_pattern(const SatsPatterns *self, const char *line, const char *letters,
                           guint n) {
    guint i = 0;
    for (; line < self->end && *line != '\n'; line++) {
        if (g_ascii_isdigit(*line) || *line == '\r')
            continue;
        if (i == n || *line != letters[i++])
            return FALSE;
    }
    return i == n;
}

/* Raises values[i], which belongs before the pattern's letter i, to what the line says. */
static void apply(const SatsPatterns *self, const char *line, guint8 *values) {
    for (; line < self->end && *line != '\n'; line++) {
        if (g_ascii_isdigit(*line))
            *values = MAX(*values, (guint8)(*line - '0'));
        else
            values++;
    }
}

static void find_from(const SatsPatterns *self, const char *letters, guint room, guint8 *values) {
    guint32 hash = 0;
    for (guint n = 1; n <= room; n++) {
        hash = hash_letter(hash, letters[n - 1]);
        for (guint at = hash_slot(hash) & self->mask; self->slots[at] != 0;
             at = (at + 1) & self->mask) {
            const char *line = self->bytes + (self->slots[at] & PLACE_MASK);
            if (((self->slots[at] ^ hash) & ~(guint32)PLACE_MASK) == 0 &&
                is_pattern(self, line, letters, n))
                apply(self, line, values);
        }
    }
}

void sats_patterns_find(const SatsPatterns *patterns, const char *letters, guint n,
                        guint8 *out_values) {
    char edged[SATS_PATTERNS_MAX_LETTERS + 2];
    guint8 values[SATS_PATTERNS_MAX_LETTERS + 4] = {0}; /* before each of `edged`, and after */
    g_assert(n <= SATS_PATTERNS_MAX_LETTERS);
    edged[0] = edged[n + 1] = '.';
    memcpy(edged + 1, letters, n);
    for (guint i = 0; i < n + 2; i++)
        find_from(patterns, edged + i, MIN(n + 2 - i, patterns->longest), values + i);
    memcpy(out_values, values + 1, n + 1);
}
