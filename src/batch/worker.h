/* batch/worker.h: one worker process, seen from its parent. */
#ifndef SATS_BATCH_WORKER_H
#define SATS_BATCH_WORKER_H

#include <sys/types.h>

#include "batch/pool.h"

typedef struct {
    pid_t pid;              /* 0: there is none */
    int socket;             /* -1: closed */
    int voice;              /* a nameless file that its standard error goes to */
    GByteArray *buffer;     /* of an answer that comes in pieces */
    gint64 request;         /* what it is at; -1: idle */
    gint64 queued;          /* what it will go on with by itself; -1: nothing */
    gint64 began, deadline; /* monotonic microseconds; deadline 0: none */
    guint served;           /* requests before this one */
} SatsWorker;

/* Forks. `others` are workers whose sockets the new process must not keep open. 0 or errno. */
int sats_worker_start(SatsWorker *worker, const SatsPoolOptions *options, const SatsWorker *others,
                      guint n_others);
/* Kills it if it lives, and waits for its end: the status as of waitpid(). */
int sats_worker_end(SatsWorker *worker);
/* What it last said on standard error, one line; NULL: nothing. Before sats_worker_end(). */
char *sats_worker_last_words(const SatsWorker *worker);
/* Bytes of resident memory; 0 when it cannot be told. */
gsize sats_worker_memory(const SatsWorker *worker);

#endif
