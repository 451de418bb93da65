/* base/thread.h: threads that help, and are not seen from outside.
 *
 * Plain pthreads: ThreadSanitizer sees into their locks, not into GLib's.
 */
#ifndef SATS_BASE_THREAD_H
#define SATS_BASE_THREAD_H

#include <glib.h>
#include <pthread.h>

/* Starts a thread that takes no signals: they stay the program's own. FALSE: there is none to be
 * had. The caller joins it. */
gboolean sats_thread_start(pthread_t *out_thread, void *(*run)(void *context), void *context);

#endif
