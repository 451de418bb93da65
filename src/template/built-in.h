/* template/built-in.h: the templates that came with the program, read while it was built. */
#ifndef SATS_TEMPLATE_BUILT_IN_H
#define SATS_TEMPLATE_BUILT_IN_H

#include "data/frozen.h"

/* For sats_frozen_read(). */
extern const guint32 sats_built_in[];

#endif
