/* template/eval.h: what a template's paths, expressions and conditions come to for one plan.
 *
 * bind and check walk a template with a scope: the plan's root, and for each loop variable in force
 * (by slot) its value and its count from 1. Evaluation reads the template and the values only, so
 * any number of threads may do it, each with a scope and an arena of its own.
 *
 * Life: sats_scope_new -> for each item of sats_each_values: sats_scope_set -> eval … A slot
 * belongs to one loop of the template alone, so nothing need be restored after the loop.
 */
#ifndef SATS_TEMPLATE_EVAL_H
#define SATS_TEMPLATE_EVAL_H

#include "template/filter.h"
#include "template/template.h"

typedef struct {
    const SatsValue *root;   /* the plan; NULL: an empty one */
    const SatsValue **slots; /* by slot: the loop variable's value */
    guint *counters;         /* by slot: from 1 */
    guint n_slots;
    const SatsTemplate *template_;
    guint8 *used; /* by SatsDecl.index: 1 when a value of it was evaluated; NULL: not kept */
} SatsDataScope;

/* A scope for the template with nothing in its slots. Lives in `arena`. */
SatsDataScope *sats_scope_new(const SatsTemplate *template_, const SatsValue *plan,
                              SatsArena *arena);
void sats_scope_set(SatsDataScope *scope, const SatsEach *each, const SatsValue *value,
                    guint counter);

/* Notes that the document makes something of what is declared so: all of it, and all below it.
 * Evaluation does so itself, except for what a condition only asks whether it is there. */
void sats_scope_use(const SatsDataScope *scope, const SatsDecl *decl);

/* Does a text begin with one of the template's words for parts, signs before it and case aside? */
gboolean sats_names_part(const SatsTemplate *template_, const char *text);

/* All values a path leads to. Lists on the way, and a list at the end, give their items. Missing
 * ones and nulls are left out on the way, but a list's own null items are kept when it is the end.
 * *out_values is in the arena. Returns how many. */
guint sats_path_values(const SatsPath *path, const SatsDataScope *scope, SatsArena *arena,
                       const SatsValue *const **out_values);

/* The one value of a path that goes through no list; NULL when it is missing. A list at the end is
 * itself the value. */
const SatsValue *sats_path_value(const SatsPath *path, const SatsDataScope *scope);

/* The items a loop runs over. */
guint sats_each_values(const SatsEach *each, const SatsDataScope *scope, SatsArena *arena,
                       const SatsValue *const **out_values);

/* What one value is, by its declaration (NULL: by its looks): defaults and placeholders included
 * when it is missing (`value` NULL or null). */
void sats_value_result(const SatsValue *value, const SatsDecl *decl, SatsArena *arena,
                       SatsResult *out_result);

/* An expression's value through its filters. For @sida, @sidor and @platshållare EMPTY: the caller
 * looks at `expr->path.kind` first. For `ref` and `sidref` TEXT: the id. Findings to `report` (may
 * be NULL); FALSE when there were any, the result is then as far as it came. */
gboolean sats_expr_eval(const SatsExpr *expr, const SatsDataScope *scope, SatsArena *arena,
                        SatsReport *report, SatsResult *out_result);

/* NULL condition: TRUE. */
gboolean sats_condition_holds(const SatsCondition *condition, const SatsDataScope *scope,
                              SatsArena *arena, SatsReport *report);

/* A whole template string as plain text, for ids, metadata, colour names and messages: literals and
 * values one after another, no Markdown read, @-words left out. NULL text gives "". */
const char *sats_text_plain(const SatsText *text, const SatsDataScope *scope, SatsArena *arena,
                            SatsReport *report);

/* A template string that is to be a number (a mark's value, a count). FALSE: empty, or no number.
 */
gboolean sats_text_number(const SatsText *text, const SatsDataScope *scope, SatsArena *arena,
                          SatsReport *report, SatsDecimal *out_number);

/* Is there nothing in it but literals? Then *out_literal (may be NULL) is the text. */
gboolean sats_text_is_literal(const SatsText *text, const char **out_literal);

#endif
