/* data/words.h: what has changed between two texts, word by word.
 *
 * A word is what stands between spaces, with its trailing spaces; a mark at its end (, . ; : ! ?)
 * is a word of its own. A no-break space is part of a word: "421 800" is one. Two words are equal
 * when they are so without their spaces.
 */
#ifndef SATS_DATA_WORDS_H
#define SATS_DATA_WORDS_H

#include <glib.h>

typedef enum { SATS_WORDS_KEPT, SATS_WORDS_DELETED, SATS_WORDS_INSERTED } SatsWordsKind;

/* A stretch of the old text (DELETED) or of the new (KEPT, INSERTED), in bytes. */
typedef struct {
    SatsWordsKind kind;
    guint32 start, length;
} SatsWords;

/* In the order of reading, deletions before the insertions that take their place: all of the new
 * text, and what is gone of the old. Never two of a kind after each other. Beyond some thousand
 * words between the first and the last change, all of that is one deletion and one insertion.
 * Returns SatsWords. */
GArray *sats_words_diff(const char *old_text, gsize old_length, const char *new_text,
                        gsize new_length);

/* How much of two texts is the same: 0 nothing to 1 all, by length of kept words. Texts whose
 * words, in whatever order, do not make it more than `least` need no comparing: they give 0. */
double sats_words_likeness(const char *old_text, gsize old_length, const char *new_text,
                           gsize new_length, double least);

#endif
