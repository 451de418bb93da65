/* template/spec.h: reading the words of a template's or theme's own YAML, with findings.
 *
 * Each reader takes the map and the key, and the value to use when the key is missing or wrong;
 * what is wrong becomes a finding at its place. Unknown words are found by sats_spec_keys, once a
 * map.
 */
#ifndef SATS_TEMPLATE_SPEC_H
#define SATS_TEMPLATE_SPEC_H

#include "data/value.h"

#define SATS_POINTS_PER_MM (72.0 / 25.4)

typedef enum { SATS_UNIT_MM, SATS_UNIT_POINT } SatsUnit;

/* Is it a map? If not, a finding says what was expected (`what`, e.g. "a table's words"). */
gboolean sats_spec_is_map(SatsReport *report, const SatsValue *value, const char *what_en,
                          const char *what_sv);
gboolean sats_spec_is_list(SatsReport *report, const SatsValue *value, const char *what_en,
                           const char *what_sv);

/* Every key of `map` must be among `known`, a NULL-terminated list; others are findings with a
 * suggestion. `owner` names the map in messages, "column"; `owner_sv` with its article: "en
 * kolumn".
 */
void sats_spec_keys(SatsReport *report, const SatsValue *map, const char *owner,
                    const char *owner_sv, const char *const *known);

/* A finding at a place, with the nearest of `known` as suggestion. `what_en` "style", `what_sv`
 * with its adjective: "okänd stil". */
void sats_spec_unknown(SatsReport *report, const SatsPlace *place, const char *code,
                       const char *what_en, const char *what_sv, const char *word,
                       const char *const *known);

/* The finding of a row of more cells than its table has columns. */
void sats_spec_too_wide(SatsReport *report, const SatsPlace *place, guint cells, guint columns);

/* The text of a scalar, or `fallback`. Finding for maps and lists. */
const char *sats_spec_string(SatsReport *report, const SatsValue *map, const char *key,
                             const char *fallback);
/* A list of texts, or one text alone, none of them empty; the array is `arena`'s. NULL with a
 * finding that says what was expected when it is nothing of the kind. */
const char *const *sats_spec_texts(SatsReport *report, const SatsValue *value, const char *what_en,
                                   const char *what_sv, SatsArena *arena, guint *out_n);
gboolean sats_spec_bool(SatsReport *report, const SatsValue *map, const char *key,
                        gboolean fallback);
double sats_spec_number(SatsReport *report, const SatsValue *map, const char *key, double fallback);
guint sats_spec_count(SatsReport *report, const SatsValue *map, const char *key, guint fallback,
                      guint least, guint most);
/* A length in points: "12 pt", "3 mm", or a plain number in `unit`. */
double sats_spec_length(SatsReport *report, const SatsValue *map, const char *key, SatsUnit unit,
                        double fallback);
/* The same, of a length that is not below 0. */
double sats_spec_distance(SatsReport *report, const SatsValue *map, const char *key, SatsUnit unit,
                          double fallback);
gboolean sats_spec_length_of(const SatsValue *value, SatsUnit unit, double *out_points);
/* Index of the value among `choices` (NULL-terminated); finding with suggestion for others. */
int sats_spec_choice(SatsReport *report, const SatsValue *map, const char *key,
                     const char *const *choices, int fallback);

guint sats_spec_n(const char *const *words);

#endif
