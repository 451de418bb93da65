/* bind/units.h: what stays with the number before it: "36 procent", "5 %", "1 234".
 *
 * Which words do says the theme's word `enheter`, since it is a matter of language. The space
 * before one of them, and the one between thousands, becomes one that does not break.
 */
#ifndef SATS_BIND_UNITS_H
#define SATS_BIND_UNITS_H

#include "base/arena.h"

typedef struct SatsUnits SatsUnits;

/* `words`: with spaces between; borrowed for as long as the arena lives. */
const SatsUnits *sats_units_new(const char *words, SatsArena *arena);

/* Is the space (or line break) at `at` of the text one between a number and a unit, or the space
 * one between thousands? A row of more groups than four is a list of numbers, and may part. */
gboolean sats_units_follow(const SatsUnits *units, const char *text, gsize length, gsize at);

#endif
