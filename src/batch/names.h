/* batch/names.h: what a plan's output is called.
 *
 * A pattern is a file name with the plan's own data in it: "{{förvaltning.kort}}-{{period}}.pdf".
 * "/" in the pattern makes folders below the batch's; in data it is a character as any other, and
 * is made safe. Without a pattern, the output is called as the plan's file, or as its folder when
 * the file is called plan.yaml.
 *
 * Safe names hold no separators, control characters or what Windows refuses, do not begin or end
 * with a full stop or a space, are composed (NFC) and at most 200 bytes long.
 */
#ifndef SATS_BATCH_NAMES_H
#define SATS_BATCH_NAMES_H

#include <glib.h>

typedef struct SatsPattern SatsPattern;

/* NULL text: the default. USAGE for a pattern that cannot be: braces without a fellow, an absolute
 * path, "..". ".pdf" is added where it is missing. */
SatsPattern *sats_pattern_new(const char *text, GError **error);
void sats_pattern_free(SatsPattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsPattern, sats_pattern_free)

/* Does it take data, so that plans must be read to be named? */
gboolean sats_pattern_has_fields(const SatsPattern *pattern);
/* As it was written; NULL for the default. */
const char *sats_pattern_text(const SatsPattern *pattern);

/* The data at a path; NULL: none. Caller of the callback frees. */
typedef char *(*SatsPatternLookup)(void *context, const char *path);

/* The output's path within the batch's folder; NULL when a field is empty, *out_missing (may be
 * NULL, caller frees) then names it. `lookup` is not called when there are no fields. */
char *sats_pattern_name(const SatsPattern *pattern, const char *plan_path, SatsPatternLookup lookup,
                        void *context, char **out_missing);

/* One part of a path, made safe. Caller frees. "" when nothing is left. */
char *sats_name_safe(const char *text);

#endif
