/* template/built-in.h: the templates and other data that came with the program, read while it was
 * built. */
#ifndef SATS_TEMPLATE_BUILT_IN_H
#define SATS_TEMPLATE_BUILT_IN_H

#include "data/frozen.h"

/* For data/frozen.h. */
extern const guint32 sats_built_in[];

#endif
