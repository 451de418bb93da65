/* text/hyphenate.h: where a Swedish word may be divided.
 *
 * Patterns come from a dictionary file in libhyphen's format (patterns.h). No division leaves fewer
 * than four letters on a side, and a word that has a hyphen, digit or capital
 * inside it is divided only at its marks; of words with a slash between them, each is divided.
 * Compound seams are preferred where they can be told (the quality of a point is its penalty).
 */
#ifndef SATS_TEXT_HYPHENATE_H
#define SATS_TEXT_HYPHENATE_H

#include <glib.h>

/* One thread at a time. */
typedef struct SatsHyphenator SatsHyphenator;

/* SATS_SYSTEM_ERROR_IO or _ABSENT when the dictionary cannot be read. `known` (may be NULL) may
 * have its index (patterns.h). */
SatsHyphenator *sats_hyphenator_new(const char *dictionary_path,
                                    const guint32 *(*known)(const void *bytes, gsize size),
                                    GError **error);
/* Another one with the same patterns, for another thread. */
SatsHyphenator *sats_hyphenator_new_like(const SatsHyphenator *hyphenator);
void sats_hyphenator_free(SatsHyphenator *hyphenator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsHyphenator, sats_hyphenator_free)

typedef struct {
    guint16 offset;  /* bytes into the word: the division is before this byte */
    guint16 penalty; /* 50 good … 200 poor */
} SatsDivision;

/* Finds the divisions of `word` (letters only need apply). Returns their number; *out is owned by
 * the hyphenator and valid until the next call. Results are cached. */
guint sats_hyphenator_divide(SatsHyphenator *hyphenator, const char *word, gsize length,
                             const SatsDivision **out);

#endif
