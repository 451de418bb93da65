/* bind/free.h: sections, tables and pictures that a plan brings itself. Private to bind's
 * free.c, free-table.c, figure.c. */
#ifndef SATS_BIND_FREE_H
#define SATS_BIND_FREE_H

#include "bind/binder.h"

/* Reports the keys of a map that are none of `words` (NULL-terminated). */
void sats_free_keys(SatsBinder *binder, const SatsValue *map, const char *const *words);
/* FALSE with a finding when the value is of another kind. NULL and null: FALSE without one. */
gboolean sats_free_is(SatsBinder *binder, const SatsValue *value, SatsValueKind kind);
/* A scalar's text; NULL when there is none. */
const char *sats_free_text(const SatsValue *map, const char *key);
gboolean sats_free_bool(const SatsValue *map, const char *key, gboolean fallback);

void sats_free_table(SatsBinder *binder, SatsNode *parent, const SatsValue *map);
/* A figure with the picture `fil`; none when that is empty or a placeholder. A picture without
 * `rubrik` is not numbered, unless it says so.
 */
void sats_free_picture(SatsBinder *binder, SatsNode *parent, const SatsValue *map);

#endif
