/* data/frozen.h: YAML that was read before, as words that are quick to make values of.
 *
 * Reading the templates we bring costs more than anything else in a cold start. They are read while
 * the program is built instead, and their values frozen: one array of words that holds no pointers,
 * for the machine that it was made on. It holds the files' bytes too: a file that is read is
 * thawed only if it is the same to the byte, so that whoever edits one gets what they wrote. And it
 * holds what a run would else make of each file's bytes: digests, and how they stand in a PDF.
 */
#ifndef SATS_DATA_FROZEN_H
#define SATS_DATA_FROZEN_H

#include "data/value.h"

/* What else is made of bytes, by those who know how; members may be NULL. */
typedef struct {
    GByteArray *(*pack)(const void *bytes, gsize size); /* deflates files that read as values */
    GArray *(*index)(const char *bytes, gsize size);    /* of other files: words by which to find
                                                           one's way in them; NULL for most */
} SatsFreezing;

/* Freezes the sources, and what they read as where that is without findings and tags, to guint32
 * words; caller unrefs. */
GArray *sats_frozen_make(const SatsSources *sources, const SatsFreezing *how);

/* The values of `source` as sats_yaml_read() gives them, if just its bytes are among the frozen
 * ones; else NULL. The values are in `arena`; their strings stay in `words`, which outlive it. */
const SatsValue *sats_frozen_read(const guint32 *words, const SatsSource *source, SatsArena *arena);

/* How many files there are, and the values of one, counted from 0: as above, but places without a
 * source. NULL: it reads as none. */
guint sats_frozen_count(const guint32 *words);
const SatsValue *sats_frozen_at(const guint32 *words, guint index, SatsArena *arena);

/* What is known of bytes that are among the frozen ones: digests in hexadecimal digits; the bytes
 * deflated, and their index (NULL: there is none). Lives as long as the words. */
typedef struct {
    const char *sha256, *md5;
    const guint8 *packed;
    gsize packed_size;
    const guint32 *index;
} SatsFrozenFacts;
/* FALSE: they are not among them. */
gboolean sats_frozen_facts(const guint32 *words, const void *bytes, gsize size,
                           SatsFrozenFacts *out);

#endif
