/* deflate.c: a ring of streams, the thread that deflates them, the caller that helps.
 *
 * `first` ≤ `taken` ≤ `submitted` count streams; a stream stands at its number modulo the ring's
 * size. The lock guards the counts and `done`; a taken stream belongs to who took it until it is
 * done, any other one to the caller.
 */
#include "pdf/deflate.h"

#include <libdeflate.h>

#include "base/processors.h"
#include "base/thread.h"

enum {
    RING = SATS_DEFLATE_RING,
    WORTH_A_THREAD = 48 << 10, /* bytes waiting; half a millisecond's work, ten times a thread's */
    MOST_HELD = 8 << 20,       /* bytes: large pictures */
    KEPT_BUFFER = 1 << 19,     /* larger buffers are not kept for the next stream */
};

struct SatsDeflate {
    SatsPdfThreads threads;
    struct libdeflate_compressor *own, *workers; /* NULL: nothing is deflated; no thread */
    int level;
    guint processors; /* 0: not asked yet */
    SatsStream ring[RING];
    guint64 first, taken, submitted;
    gsize held, load; /* of streams from `first` on: bytes in memory, bytes of work */
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    pthread_t thread;
    gboolean stop;
};

SatsDeflate *sats_deflate_new(int level, SatsPdfThreads threads) {
    SatsDeflate *queue = g_new0(SatsDeflate, 1);
    queue->threads = threads;
    queue->level = MIN(level, 12);
    if (level > 0)
        queue->own = libdeflate_alloc_compressor(queue->level);
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->work, NULL);
    pthread_cond_init(&queue->done, NULL);
    return queue;
}

void sats_deflate_free(SatsDeflate *queue) {
    if (queue == NULL)
        return;
    if (queue->workers != NULL) {
        pthread_mutex_lock(&queue->lock);
        queue->stop = TRUE;
        pthread_cond_signal(&queue->work);
        pthread_mutex_unlock(&queue->lock);
        pthread_join(queue->thread, NULL);
        libdeflate_free_compressor(queue->workers);
    }
    if (queue->own != NULL)
        libdeflate_free_compressor(queue->own);
    for (guint i = 0; i < RING; i++) {
        sats_out_clear(&queue->ring[i].entries);
        sats_out_clear(&queue->ring[i].body);
        sats_out_clear(&queue->ring[i].packed);
        g_clear_error(&queue->ring[i].error);
    }
    pthread_cond_destroy(&queue->done);
    pthread_cond_destroy(&queue->work);
    pthread_mutex_destroy(&queue->lock);
    g_free(queue);
}

gboolean sats_deflate_is_on(const SatsDeflate *queue) {
    return queue->own != NULL;
}

/* ---- either thread ---- */

/* A zlib stream ends in the Adler-32 of what it was made of, high byte first (RFC 1950, 2.2). */
static void take_packed(SatsStream *stream) {
    const guint8 *end = stream->lent_packed + stream->lent_size;
    stream->bytes = stream->lent_packed;
    stream->size = stream->lent_size;
    stream->deflated = TRUE;
    stream->check[0] = libdeflate_crc32(0, stream->bytes, stream->size);
    stream->check[1] =
        (guint32)end[-4] << 24 | (guint32)end[-3] << 16 | (guint32)end[-2] << 8 | (guint32)end[-1];
}

static void finish_stream(SatsStream *stream, struct libdeflate_compressor *compressor) {
    if (stream->lent_packed != NULL) {
        take_packed(stream);
        return;
    }
    if (stream->make != NULL)
        stream->make(stream);
    gboolean lent = stream->lent != NULL;
    const guint8 *bytes = lent ? stream->lent : stream->body.data;
    gsize size = lent ? stream->lent_size : stream->body.length;
    stream->check[1] = libdeflate_adler32(1, bytes, size);
    stream->deflated = !stream->raw && compressor != NULL && size > 0;
    if (stream->deflated) {
        gsize bound = libdeflate_zlib_compress_bound(compressor, size);
        stream->packed.length = 0;
        guint8 *to = sats_out_reserve(&stream->packed, bound);
        size = libdeflate_zlib_compress(compressor, bytes, size, to, bound);
        bytes = to;
    }
    stream->bytes = bytes;
    stream->size = size;
    stream->check[0] = libdeflate_crc32(0, bytes, size);
}

/* With the lock held, and at least one stream not taken. */
static void take_stream(SatsDeflate *queue, struct libdeflate_compressor *compressor) {
    SatsStream *stream = &queue->ring[queue->taken++ % RING];
    pthread_mutex_unlock(&queue->lock);
    finish_stream(stream, compressor);
    pthread_mutex_lock(&queue->lock);
    stream->done = TRUE;
}

static void *run_worker(void *context) {
    SatsDeflate *queue = context;
    pthread_mutex_lock(&queue->lock);
    while (!queue->stop) {
        if (queue->taken == queue->submitted) {
            pthread_cond_wait(&queue->work, &queue->lock);
            continue;
        }
        take_stream(queue, queue->workers);
        pthread_cond_signal(&queue->done);
    }
    pthread_mutex_unlock(&queue->lock);
    return NULL;
}

/* ---- the caller ---- */

static void start_worker(SatsDeflate *queue) {
    queue->workers = libdeflate_alloc_compressor(queue->level);
    if (queue->workers == NULL)
        return;
    if (!sats_thread_start(&queue->thread, run_worker, queue)) {
        libdeflate_free_compressor(queue->workers);
        queue->workers = NULL;
        queue->threads = SATS_PDF_THREADS_NEVER;
    }
}

gboolean sats_deflate_is_full(const SatsDeflate *queue) {
    return queue->submitted - queue->first == RING || queue->held > MOST_HELD;
}

SatsStream *sats_deflate_begin(SatsDeflate *queue) {
    g_assert(queue->submitted - queue->first < RING);
    SatsStream *stream = &queue->ring[queue->submitted % RING];
    stream->entries.length = stream->body.length = 0;
    stream->lent = stream->lent_packed = NULL;
    stream->make = NULL;
    stream->lent_size = stream->expected = 0;
    stream->raw = stream->done = FALSE;
    return stream;
}

static gboolean wants_worker(SatsDeflate *queue) {
    if (queue->own == NULL || queue->workers != NULL || queue->threads == SATS_PDF_THREADS_NEVER)
        return FALSE;
    if (queue->threads == SATS_PDF_THREADS_ALWAYS)
        return TRUE;
    if (queue->load > WORTH_A_THREAD && queue->processors == 0)
        queue->processors = sats_processors();
    return queue->load > WORTH_A_THREAD && queue->processors > 1;
}

void sats_deflate_submit(SatsDeflate *queue) {
    SatsStream *stream = &queue->ring[queue->submitted % RING];
    stream->held = stream->body.length;
    gboolean ready = stream->raw || stream->lent_packed != NULL;
    stream->load = ready ? 0 : stream->held + stream->lent_size + stream->expected;
    queue->held += stream->held;
    queue->load += stream->load;
    if (wants_worker(queue))
        start_worker(queue);
    pthread_mutex_lock(&queue->lock);
    queue->submitted++;
    if (queue->workers != NULL)
        pthread_cond_signal(&queue->work);
    pthread_mutex_unlock(&queue->lock);
}

SatsStream *sats_deflate_oldest(SatsDeflate *queue, gboolean wait) {
    if (queue->first == queue->submitted)
        return NULL;
    SatsStream *oldest = &queue->ring[queue->first % RING];
    pthread_mutex_lock(&queue->lock);
    while (wait && !oldest->done) {
        if (queue->taken < queue->submitted)
            take_stream(queue, queue->own);
        else
            pthread_cond_wait(&queue->done, &queue->lock);
    }
    gboolean done = oldest->done;
    pthread_mutex_unlock(&queue->lock);
    return done ? oldest : NULL;
}

static void empty_buffer(SatsOut *out) {
    out->length = 0;
    if (out->capacity > KEPT_BUFFER)
        sats_out_clear(out);
}

void sats_deflate_release(SatsDeflate *queue) {
    SatsStream *oldest = &queue->ring[queue->first % RING];
    g_assert(oldest->done);
    queue->held -= oldest->held;
    queue->load -= oldest->load;
    queue->first++;
    empty_buffer(&oldest->body);
    empty_buffer(&oldest->packed);
    g_clear_error(&oldest->error);
}
