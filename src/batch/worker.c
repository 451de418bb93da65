/* batch/worker.c: starts, watches and ends a worker process.
 *
 * The memory limit is watched from outside, on what is really resident: an allocation that fails
 * inside is no sure end, since libraries that cannot allocate may go on with less than the whole
 * text. RLIMIT_AS stands far above the limit, for what grows faster than can be watched.
 */
#include "batch/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sanitized.h"
#include "batch/wire.h"

#define VOICE_BYTES      2000

#define LIMITS_ADDRESSES (!SATS_HAS_ASAN && !SATS_HAS_TSAN)

/* ---- in the child ---- */

static void set_limits(const SatsPoolOptions *options) {
    struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    if (options->memory > 0 && LIMITS_ADDRESSES) {
        struct rlimit limit;
        if (getrlimit(RLIMIT_AS, &limit) == 0) {
            rlim_t wanted = (rlim_t)options->memory * 4 + ((rlim_t)1 << 30);
            limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : MIN(wanted, limit.rlim_max);
            (void)setrlimit(RLIMIT_AS, &limit);
        }
    }
}

static void set_signals(void) {
    (void)signal(SIGINT, SIG_IGN);
    (void)signal(SIGHUP, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
    (void)signal(SIGTERM, SIG_DFL);
}

static void set_streams(int voice) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0) {
        (void)dup2(null, STDIN_FILENO);
        (void)dup2(null, STDOUT_FILENO);
    }
    if (voice >= 0) {
        (void)dup2(voice, STDERR_FILENO);
    }
}

G_GNUC_NORETURN static void serve(int socket, const SatsPoolOptions *options) {
    for (;;) {
        char *request = sats_wire_receive(socket);
        char *answer = request == NULL ? NULL : options->work(options->context, request);
        if (answer == NULL || !sats_wire_send(socket, answer)) {
            _exit(0);
        }
        g_free(request);
        g_free(answer);
    }
}

G_GNUC_NORETURN static void live(int socket, int voice, pid_t parent,
                                 const SatsPoolOptions *options) {
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(0);
    }
    set_signals();
    set_streams(voice);
    set_limits(options);
    serve(socket, options);
}

/* ---- in the parent ---- */

int sats_worker_start(SatsWorker *worker, const SatsPoolOptions *options, const SatsWorker *others,
                      guint n_others) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        return errno;
    }
    int voice = memfd_create("plansats-worker", MFD_CLOEXEC);
    pid_t parent = getpid();
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        close(pair[0]);
        for (guint i = 0; i < n_others; i++) {
            if (others[i].pid != 0) {
                close(others[i].socket);
            }
        }
        live(pair[1], voice, parent, options);
    }
    int number = errno;
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        if (voice >= 0) {
            close(voice);
        }
        return number;
    }
    *worker = (SatsWorker){.pid = pid,
                           .socket = pair[0],
                           .voice = voice,
                           .buffer = g_byte_array_new(),
                           .request = -1,
                           .queued = -1};
    return 0;
}

int sats_worker_end(SatsWorker *worker) {
    int status = 0;
    if (worker->pid == 0) {
        return 0;
    }
    (void)kill(worker->pid, SIGKILL);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) {
    }
    close(worker->socket);
    if (worker->voice >= 0) {
        close(worker->voice);
    }
    g_byte_array_unref(worker->buffer);
    *worker = (SatsWorker){.socket = -1, .voice = -1, .request = -1, .queued = -1};
    return status;
}

char *sats_worker_last_words(const SatsWorker *worker) {
    off_t end = worker->voice < 0 ? 0 : lseek(worker->voice, 0, SEEK_END);
    if (end <= 0) {
        return NULL;
    }
    char bytes[VOICE_BYTES + 1];
    ssize_t n = pread(worker->voice, bytes, VOICE_BYTES, MAX(end - VOICE_BYTES, 0));
    bytes[MAX(n, 0)] = '\0';
    g_autofree char *valid = g_utf8_make_valid(bytes, -1);
    g_auto(GStrv) lines = g_strsplit(g_strstrip(valid), "\n", -1);
    guint n_lines = g_strv_length(lines);
    return n_lines == 0 ? NULL : g_strdup(lines[n_lines - 1]);
}

gsize sats_worker_memory(const SatsWorker *worker) {
    char path[64];
    char text[128];
    g_snprintf(path, sizeof path, "/proc/%d/statm", (int)worker->pid);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return 0;
    }
    ssize_t n = read(descriptor, text, sizeof text - 1);
    close(descriptor);
    text[MAX(n, 0)] = '\0';
    const char *second = strchr(text, ' ');
    long page = sysconf(_SC_PAGESIZE);
    return second == NULL ? 0 : (gsize)g_ascii_strtoull(second, NULL, 10) * (gsize)page;
}
