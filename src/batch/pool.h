/* batch/pool.h: worker processes that answer one request after another.
 *
 * A worker is a fork of this process, which must have no threads: it goes on with all that was
 * loaded before, and keeps what it loads itself. A worker that dies, takes too long or grows too
 * large costs the request it is at; another takes its place. A request that a worker with a past
 * dies of is given once more to a fresh one, so that nobody pays for those before.
 *
 * Workers die with this process (Linux kills them; elsewhere their socket's end tells them), ignore
 * the terminal's ^C, and cannot write to the terminal: what they say before they die is part of
 * the answer.
 *
 * Life: new -> run any number of times -> free. Not from several threads.
 */
#ifndef SATS_BATCH_POOL_H
#define SATS_BATCH_POOL_H

#include <glib.h>
#include <signal.h>

typedef struct SatsPool SatsPool;

typedef struct {
    guint workers;
    double timeout_s; /* for each request; 0: none */
    gsize memory;     /* bytes of resident memory of each worker; 0: no limit */
    /* Runs in a worker. Caller frees the answer. */
    char *(*work)(void *context, const char *request);
    void *context;
    /* Non-zero: stop as soon as possible. May be NULL. */
    const volatile sig_atomic_t *stop;
} SatsPoolOptions;

typedef enum {
    SATS_POOL_ANSWERED,
    SATS_POOL_CRASHED,
    SATS_POOL_TIMEOUT,
    SATS_POOL_MEMORY,
} SatsPoolOutcome;

typedef struct {
    SatsPoolOutcome outcome;
    const char *text; /* the answer; CRASHED: what is known of the end, such as "signal 11" */
    double seconds;
} SatsPoolAnswer;

typedef struct {
    void (*answered)(void *context, guint index, const SatsPoolAnswer *answer);
    /* After answers have come, workers being busy again, and at least ten times a second. FALSE
     * stops the run. May be NULL. */
    gboolean (*round)(void *context, GError **error);
    void *context;
} SatsPoolClient;

SatsPool *sats_pool_new(const SatsPoolOptions *options);
/* Ends the workers at once. */
void sats_pool_free(SatsPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsPool, sats_pool_free)

/* Has every request (NULL ones are passed over) answered, in order of beginning but in any order of
 * end. FALSE with `error`: no worker could be started, or `round` failed; FALSE without: stopped.
 */
gboolean sats_pool_run(SatsPool *pool, char *const *requests, guint n_requests,
                       const SatsPoolClient *client, GError **error);

#endif
