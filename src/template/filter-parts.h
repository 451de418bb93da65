/* template/filter-parts.h: the filters on lists, and what they share with the rest; for filter*.c.
 */
#ifndef SATS_TEMPLATE_FILTER_PARTS_H
#define SATS_TEMPLATE_FILTER_PARTS_H

#include "template/filter.h"

/* A finding "`english`, and 'value' is not" at the value's place. */
void sats_filter_finding(const SatsFilterContext *context, const SatsResult *result,
                         const char *english, const char *swedish);
/* Without the zeros at the end of its decimals. */
SatsDecimal sats_filter_trim(SatsDecimal number);
/* The items' texts with `between` between them, and `last` before the last one. `markdown`: as
 * Markdown, plain ones escaped. Empty items are left out. */
const char *sats_filter_join(const SatsResult *list, SatsArena *arena, const char *between,
                             const char *last, gboolean markdown);

gboolean sats_filter_sum(const SatsFilterContext *context, SatsResult *result);
gboolean sats_filter_count_items(const SatsFilterContext *context, SatsResult *result);
gboolean sats_filter_least(const SatsFilterContext *context, SatsResult *result);
gboolean sats_filter_greatest(const SatsFilterContext *context, SatsResult *result);
gboolean sats_filter_mean(const SatsFilterContext *context, SatsResult *result);
gboolean sats_filter_enumerate(const SatsFilterContext *context, SatsResult *result);
gboolean sats_filter_lines(const SatsFilterContext *context, SatsResult *result);
gboolean sats_filter_first(const SatsFilterContext *context, SatsResult *result);
gboolean sats_filter_last(const SatsFilterContext *context, SatsResult *result);

#endif
