/* text/patterns.h: Liang's hyphenation patterns, looked up in their own file.
 *
 * The file is a dictionary of libhyphen's format: a line that names the encoding (ISO8859-1 is
 * read, nothing else), lines of settings in capitals, then one pattern a line ("a1b2c", '.' is the
 * edge of a word). Settings are not heeded: the caller has minima of its own. Patterns that change
 * spelling ("=" after a slash) are left out, and reading ends at NEXTLEVEL.
 *
 * Life: new(path) -> ref, find … -> unref. Any number of threads at once. Not for other folders.
 */
#ifndef SATS_TEXT_PATTERNS_H
#define SATS_TEXT_PATTERNS_H

#include <glib.h>

typedef struct SatsPatterns SatsPatterns;

/* The index of a file's bytes, as words that hold no pointers; NULL when they are of another
 * encoding, or more than 1 MiB. Caller unrefs. */
GArray *sats_patterns_index(const char *bytes, gsize size);
/* Where the index of a file's bytes is kept, made before; NULL: nowhere. */
typedef const guint32 *(*SatsKnownIndex)(const void *bytes, gsize size);

/* Opens the file, and indexes it (0.3 ms) unless `known` (may be NULL) knows it, whose words must
 * outlive the patterns. SATS_SYSTEM_ERROR_ABSENT when there is no file, _IO when it cannot be read,
 * is of another encoding or larger than 1 MiB. */
SatsPatterns *sats_patterns_new(const char *path, SatsKnownIndex known, GError **error);
SatsPatterns *sats_patterns_ref(SatsPatterns *patterns);
void sats_patterns_unref(SatsPatterns *patterns);

/* Letters of the longest word that is looked up. */
enum { SATS_PATTERNS_MAX_LETTERS = 96 };

/* Liang's values for a word in lower case: out_values[i] belongs between letters i - 1 and i, odd
 * says that the word may be divided there. Room for n + 1. */
void sats_patterns_find(const SatsPatterns *patterns, const char *letters, guint n,
                        guint8 *out_values);

#endif
