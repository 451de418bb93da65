/* base/thread.c: threads that help, beside the thread they help.
 *
 * A helper lives for milliseconds. When the caller wakes it, Linux likes to bring it to the
 * caller's processor, where it then waits until the caller has used up its slice: a third of a
 * short render, with another processor idle. So a helper may run anywhere but there. */
#include "base/thread.h"

#include <sched.h>
#include <signal.h>

static void avoid_this_processor(pthread_attr_t *attributes) {
#ifdef __GLIBC__
    cpu_set_t allowed;
    int here = sched_getcpu();
    if (here < 0 || sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    CPU_CLR((unsigned)here, &allowed);
    if (CPU_COUNT(&allowed) > 0)
        pthread_attr_setaffinity_np(attributes, sizeof allowed, &allowed);
#else
    (void)attributes;
#endif
}

gboolean sats_thread_start(pthread_t *out_thread, void *(*run)(void *context), void *context) {
    sigset_t all, before;
    pthread_attr_t attributes;
    sigfillset(&all);
    pthread_attr_init(&attributes);
    avoid_this_processor(&attributes);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    gboolean started = pthread_create(out_thread, &attributes, run, context) == 0 ||
                       pthread_create(out_thread, NULL, run, context) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return started;
}
