/* batch/pool.c: keeps workers busy, and watches them. */
#include "batch/pool.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/wait.h>

#include "batch/error.h"
#include "batch/wire.h"
#include "batch/worker.h"

#define ROUND_MS 100
#define WATCH_MS 25                         /* between looks at the workers' memory */
#define STALL_US G_GINT64_CONSTANT(2000000) /* this process itself was stopped */

struct SatsPool {
    SatsPoolOptions options;
    SatsWorker *workers;
    struct pollfd *polled;
};

/* One call of sats_pool_run. */
typedef struct {
    SatsPool *pool;
    char *const *requests;
    guint n_requests, next;
    GArray *returned; /* requests that were queued at a worker that is gone */
    GArray *again;    /* requests for fresh workers */
    const SatsPoolClient *client;
    GError **error;
    int spawn_error;
    gint64 looked; /* when the workers' deadlines were last looked at */
} Run;

SatsPool *sats_pool_new(const SatsPoolOptions *options) {
    SatsPool *pool = g_new0(SatsPool, 1);
    pool->options = *options;
    pool->options.workers = MAX(options->workers, 1);
    pool->workers = g_new0(SatsWorker, pool->options.workers);
    pool->polled = g_new0(struct pollfd, pool->options.workers);
    for (guint i = 0; i < pool->options.workers; i++) {
        pool->workers[i] = (SatsWorker){.socket = -1, .voice = -1, .request = -1, .queued = -1};
    }
    return pool;
}

void sats_pool_free(SatsPool *pool) {
    if (pool == NULL) {
        return;
    }
    for (guint i = 0; i < pool->options.workers; i++) {
        (void)sats_worker_end(&pool->workers[i]);
    }
    g_free(pool->workers);
    g_free(pool->polled);
    g_free(pool);
}

static gboolean stopping(const SatsPool *pool) {
    return pool->options.stop != NULL && *pool->options.stop != 0;
}

/* ---- answers ---- */

/* The worker is at `request` from now on. */
static void begin(const Run *run, SatsWorker *worker, gint64 request) {
    double timeout = run->pool->options.timeout_s;
    worker->request = request;
    worker->began = g_get_monotonic_time();
    worker->deadline = timeout > 0 ? worker->began + (gint64)(timeout * G_USEC_PER_SEC) : 0;
}

static int end_worker(Run *run, SatsWorker *worker) {
    if (worker->queued >= 0) {
        guint index = (guint)worker->queued;
        g_array_append_val(run->returned, index);
    }
    return sats_worker_end(worker);
}

static void answer(const Run *run, SatsWorker *worker, SatsPoolOutcome outcome, const char *text) {
    SatsPoolAnswer what = {.outcome = outcome,
                           .text = text,
                           .seconds =
                               (double)(g_get_monotonic_time() - worker->began) / G_USEC_PER_SEC};
    guint index = (guint)worker->request;
    worker->request = -1;
    run->client->answered(run->client->context, index, &what);
}

static char *describe_end(int status, const char *last_words) {
    g_autofree char *end =
        WIFSIGNALED(status)
            ? g_strdup_printf("signal %d (%s)", WTERMSIG(status), g_strsignal(WTERMSIG(status)))
            : g_strdup_printf("exit %d", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return last_words == NULL ? g_steal_pointer(&end) : g_strdup_printf("%s: %s", end, last_words);
}

/* The worker is gone, or has to go. */
static void lose(Run *run, SatsWorker *worker, SatsPoolOutcome outcome) {
    SatsWorker lost = *worker;
    g_autofree char *words = sats_worker_last_words(worker);
    int status = end_worker(run, worker);
    if (lost.request < 0) {
        return;
    }
    if (outcome == SATS_POOL_CRASHED && words != NULL &&
        strstr(words, "failed to allocate") != NULL) {
        outcome = SATS_POOL_MEMORY;
    }
    if (outcome != SATS_POOL_TIMEOUT && lost.served > 0) {
        guint index = (guint)lost.request;
        g_array_append_val(run->again, index);
        return;
    }
    g_autofree char *end = describe_end(status, words);
    answer(run, &lost, outcome, end);
}

/* What this worker keeps has grown so much that it would be held against the next request. */
static gboolean is_full(const SatsPool *pool, const SatsWorker *worker) {
    return pool->options.memory > 0 && sats_worker_memory(worker) > pool->options.memory / 2;
}

/* FALSE: there is no more, or no worker. */
static gboolean receive_one(Run *run, SatsWorker *worker, gboolean open) {
    gboolean broken = FALSE;
    g_autofree char *text = sats_wire_take(worker->buffer, &broken);
    if (text != NULL && worker->request >= 0) {
        gint64 queued = worker->queued;
        worker->served++;
        answer(run, worker, SATS_POOL_ANSWERED, text);
        if (is_full(run->pool, worker)) {
            (void)end_worker(run, worker);
            return FALSE;
        }
        worker->queued = -1;
        if (queued >= 0) {
            begin(run, worker, queued);
        }
        return TRUE;
    }
    if (!open || broken || text != NULL) {
        lose(run, worker, SATS_POOL_CRASHED);
    }
    return FALSE;
}

static void receive(Run *run, SatsWorker *worker) {
    gboolean open = sats_wire_read(worker->socket, worker->buffer);
    while (receive_one(run, worker, open)) {
    }
}

/* ---- requests ---- */

static gboolean take_next(Run *run, gboolean fresh, guint *out) {
    if (fresh && run->again->len > 0) {
        *out = g_array_index(run->again, guint, run->again->len - 1);
        g_array_set_size(run->again, run->again->len - 1);
        return TRUE;
    }
    if (run->returned->len > 0) {
        *out = g_array_index(run->returned, guint, run->returned->len - 1);
        g_array_set_size(run->returned, run->returned->len - 1);
        return TRUE;
    }
    while (run->next < run->n_requests && run->requests[run->next] == NULL) {
        run->next++;
    }
    *out = run->next;
    return run->next < run->n_requests ? (run->next++, TRUE) : FALSE;
}

/* A worker that is idle, or begins now, gets something to do. FALSE: none can be started. */
static gboolean employ(Run *run, SatsWorker *worker) {
    SatsPool *pool = run->pool;
    guint index = 0;
    if (run->again->len > 0 && worker->pid != 0 && worker->served > 0) {
        (void)sats_worker_end(worker); /* make room for a fresh one */
    }
    if (!take_next(run, worker->pid == 0 || worker->served == 0, &index)) {
        return TRUE;
    }
    if (worker->pid == 0) {
        run->spawn_error =
            sats_worker_start(worker, &pool->options, pool->workers, pool->options.workers);
    }
    if (worker->pid == 0) {
        g_array_append_val(run->returned, index);
        return FALSE;
    }
    begin(run, worker, index);
    if (!sats_wire_send(worker->socket, run->requests[index])) {
        /* it died while it was idle: no fault of this request */
        (void)sats_worker_end(worker);
        g_array_append_val(run->returned, index);
    }
    return TRUE;
}

/* A busy worker gets its next request in advance, so that it need not wait while this process does
 * other things. Not towards the end: it might wait there behind a large one. */
static void queue(Run *run, SatsWorker *worker) {
    guint index = 0;
    gboolean many = run->n_requests - run->next > 2 * run->pool->options.workers;
    if (worker->queued < 0 && many && run->again->len == 0 && take_next(run, FALSE, &index)) {
        worker->queued = index;
        /* if it cannot be sent, its worker is dead, and poll() will tell */
        (void)sats_wire_send(worker->socket, run->requests[index]);
    }
}

static guint employ_all(Run *run) {
    guint busy = 0;
    for (guint i = 0; i < run->pool->options.workers; i++) {
        SatsWorker *worker = &run->pool->workers[i];
        if (worker->request < 0 && !employ(run, worker)) {
            break;
        }
        if (worker->request >= 0) {
            queue(run, worker);
        }
    }
    for (guint i = 0; i < run->pool->options.workers; i++) {
        busy += run->pool->workers[i].request >= 0;
    }
    return busy;
}

/* ---- watching ---- */

/* This process was stopped for a while, and perhaps its workers with it: time did not pass. */
static void forgive(SatsPool *pool, gint64 stalled) {
    for (guint i = 0; i < pool->options.workers; i++) {
        if (pool->workers[i].deadline > 0) {
            pool->workers[i].deadline += stalled;
        }
    }
}

static void watch(Run *run) {
    const SatsPoolOptions *options = &run->pool->options;
    gint64 now = g_get_monotonic_time();
    if (now - run->looked > STALL_US) {
        forgive(run->pool, now - run->looked);
    }
    run->looked = now;
    for (guint i = 0; i < options->workers; i++) {
        SatsWorker *worker = &run->pool->workers[i];
        if (worker->request < 0) {
            continue;
        }
        if (worker->deadline > 0 && now > worker->deadline) {
            lose(run, worker, SATS_POOL_TIMEOUT);
        } else if (options->memory > 0 && sats_worker_memory(worker) > options->memory) {
            lose(run, worker, SATS_POOL_MEMORY);
        }
    }
}

static void wait_for_answers(Run *run) {
    SatsPool *pool = run->pool;
    guint n = pool->options.workers;
    for (guint i = 0; i < n; i++) {
        pool->polled[i] = (struct pollfd){.fd = pool->workers[i].socket, .events = POLLIN};
    }
    int ready = poll(pool->polled, n, pool->options.memory > 0 ? WATCH_MS : ROUND_MS);
    for (guint i = 0; i < n && ready > 0; i++) {
        if (pool->polled[i].revents != 0 && pool->workers[i].pid != 0) {
            receive(run, &pool->workers[i]);
        }
    }
    watch(run);
}

static void abandon(SatsPool *pool) {
    for (guint i = 0; i < pool->options.workers; i++) {
        if (pool->workers[i].request >= 0) {
            (void)sats_worker_end(&pool->workers[i]);
        }
    }
}

gboolean sats_pool_run(SatsPool *pool, char *const *requests, guint n_requests,
                       const SatsPoolClient *client, GError **error) {
    g_autoptr(GArray) returned = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) again = g_array_new(FALSE, FALSE, sizeof(guint));
    Run run = {.pool = pool,
               .requests = requests,
               .n_requests = n_requests,
               .returned = returned,
               .again = again,
               .client = client,
               .looked = g_get_monotonic_time()};
    for (;;) {
        guint busy = stopping(pool) ? 0 : employ_all(&run);
        gboolean on = client->round == NULL || client->round(client->context, error);
        if (!on || stopping(pool)) {
            abandon(pool);
            return FALSE;
        }
        if (busy == 0 && again->len == 0 && returned->len == 0 && run.next >= n_requests) {
            return TRUE;
        }
        if (busy == 0 && run.spawn_error != 0) {
            return sats_batch_fail(error, SATS_BATCH_ERROR_SYSTEM, "no worker can be started: %s",
                                   "ingen arbetsprocess kan startas: %s",
                                   g_strerror(run.spawn_error));
        }
        wait_for_answers(&run);
    }
}
