/* check/run.h: what the kinds of checks share; for the .c files of this folder only.
 *
 *   check.c    goes through the template's checks
 *   run.c      findings, and what paths come to
 *   numbers.c  sums, products, differences, quotients, ranges
 *   keys.c     what must be unique, and what refers to something   near.c  what is almost the same
 *   periods.c  order, years that agree, dates in them   years.c  the years that a text names
 *   own-tables.c  sums and heads in tables of a plan's own
 *   placeholders.c, unused.c  what is left open, and what nothing shows
 */
#ifndef SATS_CHECK_RUN_H
#define SATS_CHECK_RUN_H

#include "template/checks.h"
#include "template/eval.h"

/* Numbers added up. */
typedef struct {
    SatsDecimal sum, slack; /* slack: what the roundings of the terms can make */
    guint n;
    gboolean failed; /* overflow, or something that is no number (which validation tells) */
} SatsTotal;

/* One check on one plan; in a loop again for each item, with the scope set. */
typedef struct {
    const SatsTemplate *template_;
    const SatsCheck *check;
    SatsDataScope *scope;
    SatsArena *arena;
    SatsReport *report;
    SatsPlace place;  /* of the plan, or of the loop's item */
    SatsTotal so_far; /* SUM with `running`: of the loop's items up to this */
} SatsCheckRun;

/* A finding with the check's code and severity. The template's own message comes first when it has
 * one: then the kind's words become the hint. */
void sats_check_found(const SatsCheckRun *run, const SatsPlace *place, const char *english,
                      const char *swedish);
/* Where the value stands, else the other (may be NULL), else what the check is made of. */
const SatsPlace *sats_check_place(const SatsCheckRun *run, const SatsResult *result,
                                  const SatsResult *other);

/* All that the paths come to, as one list (EMPTY, one value or a LIST). FALSE: findings were made.
 */
gboolean sats_check_values(const SatsCheckRun *run, const SatsExprs *exprs, SatsResult *out);
/* A result as its items: what is one value is a list of one, what is EMPTY a list of none. */
guint sats_check_items(const SatsResult *result, const SatsResult **out_items);
/* FALSE: the template does not give it, or it comes to no number. */
gboolean sats_check_operand(const SatsCheckRun *run, const SatsOperand *operand, SatsDecimal *out);
gboolean sats_check_is_on(const SatsCheckRun *run, const SatsSwitch *on);

/* In the arena: a number as findings write it; a value's text without spaces at its ends, "" when
 * it is a placeholder or missing. */
const char *sats_check_number(const SatsCheckRun *run, SatsDecimal number);
const char *sats_check_key(const SatsCheckRun *run, const SatsResult *item);

void sats_check_sum(const SatsCheckRun *run);
/* `running`: goes on with the sum, when this item counts. */
void sats_check_sum_on(SatsCheckRun *run);
/* PRODUCT, DIFFERENCE and QUOTIENT. */
void sats_check_two(const SatsCheckRun *run);
void sats_check_range(const SatsCheckRun *run);
void sats_check_unique(const SatsCheckRun *run);
void sats_check_reference(const SatsCheckRun *run);
void sats_check_covered(const SatsCheckRun *run);
void sats_check_order(const SatsCheckRun *run);
void sats_check_period(const SatsCheckRun *run);
void sats_check_within(const SatsCheckRun *run);

#endif
