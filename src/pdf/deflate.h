/* pdf/deflate.h: streams made ready for the file, in a second thread where that pays.
 *
 * Deflating is a third of the work of a large file, and nothing else waits for it. Streams stand in
 * a queue of 64; one worker thread takes them from its head, makes and deflates them, while the
 * caller goes on painting. What comes out comes in the order it was put in, and a stream's bytes
 * depend on nothing but the stream: the file is the same with and without the thread.
 *
 * Whoever waits helps: a caller that needs the oldest stream takes streams as the worker does.
 * Without a thread (not allowed, too little to do, none to be had) that is all that happens.
 *
 * All calls but `make` are the caller's, from one thread. Two queues share nothing.
 *
 * Life: new -> begin, fill, submit; oldest, release … -> free (joins the thread).
 */
#ifndef SATS_PDF_DEFLATE_H
#define SATS_PDF_DEFLATE_H

#include "pdf/out.h"
#include "pdf/pdf.h"

typedef struct SatsStream SatsStream;
struct SatsStream {
    guint32 number;
    SatsOut entries;                  /* of the dictionary, besides Length and the deflate Filter */
    SatsOut body;                     /* the stream's bytes, unless they are lent */
    const guint8 *lent, *lent_packed; /* at most one; packed: a zlib stream, as it is to stand */
    gsize lent_size;
    gboolean raw;   /* as it is, not deflated */
    gsize expected; /* bytes that `make` will give, roughly */
    /* NULL, or fills in entries, body or lent from `context`; called in either thread, so it may
     * only read what nobody changes before the stream is released. On failure sets `error`. */
    void (*make)(SatsStream *stream);
    const void *context;
    GError *error;
    /* when done: */
    const guint8 *bytes; /* for the file */
    gsize size;
    gboolean deflated;
    guint32 check[2]; /* CRC-32 of `bytes`, Adler-32 of what they are made of */
    SatsOut packed;   /* the queue's own, as all below */
    gsize held, load;
    gboolean done;
};

typedef struct SatsDeflate SatsDeflate;

enum { SATS_DEFLATE_RING = 64 }; /* streams that may wait */

/* level: libdeflate's, 0: nothing is deflated. */
SatsDeflate *sats_deflate_new(int level, SatsPdfThreads threads);
void sats_deflate_free(SatsDeflate *queue);
gboolean sats_deflate_is_on(const SatsDeflate *queue);

/* TRUE when the oldest stream has to be taken out before another one may begin. */
gboolean sats_deflate_is_full(const SatsDeflate *queue);
/* An empty stream to fill; its buffers have room from earlier use. */
SatsStream *sats_deflate_begin(SatsDeflate *queue);
void sats_deflate_submit(SatsDeflate *queue);

/* The oldest stream if it is done, or, with `wait`, once it is; NULL when there is none. */
SatsStream *sats_deflate_oldest(SatsDeflate *queue, gboolean wait);
/* Drops the oldest stream, which is done. */
void sats_deflate_release(SatsDeflate *queue);

#endif
