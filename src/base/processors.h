/* base/processors.h: how many processors there are for us. */
#ifndef SATS_BASE_PROCESSORS_H
#define SATS_BASE_PROCESSORS_H

#include <glib.h>

/* Those that this process may run on, and no more than its container's share; at least 1. */
guint sats_processors(void);

#endif
