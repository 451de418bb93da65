/* base/thread.c: threads that help. */
#include "base/thread.h"

#include <signal.h>

gboolean sats_thread_start(pthread_t *out_thread, void *(*run)(void *context), void *context) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    gboolean started = pthread_create(out_thread, NULL, run, context) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}
