/* data/merge.h: one map laid over another. */
#ifndef SATS_DATA_MERGE_H
#define SATS_DATA_MERGE_H

#include "data/value.h"

/* Both maps' keys: where both have one, `over` wins, except that two maps are merged in turn. Keys
 * of `over` come first, in their order. Either may be NULL. The result shares the values of both.
 */
const SatsValue *sats_value_merge(const SatsValue *over, const SatsValue *under, SatsArena *arena);

#endif
