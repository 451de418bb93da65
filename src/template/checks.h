/* template/checks.h: the checks that a template declares, compiled. docs/template-format.md,
 * Checks. */
#ifndef SATS_TEMPLATE_CHECKS_H
#define SATS_TEMPLATE_CHECKS_H

#include "template/template.h"

typedef enum {
    SATS_CHECK_SUM,        /* the numbers of `left` come to `right` */
    SATS_CHECK_PRODUCT,    /* left = of[0] × of[1] */
    SATS_CHECK_DIFFERENCE, /* left = of[0] − of[1] */
    SATS_CHECK_QUOTIENT,   /* left = of[0] ÷ of[1] */
    SATS_CHECK_RANGE,      /* from ≤ each of left ≤ to */
    SATS_CHECK_UNIQUE,     /* no two of left are the same */
    SATS_CHECK_REFERENCE,  /* each of left is one of right */
    SATS_CHECK_COVERED,    /* each of left is named by one of right */
    SATS_CHECK_REQUIRES,   /* none of left is missing */
    SATS_CHECK_ORDER,      /* left as they come: none before the one ahead of it */
    SATS_CHECK_PERIOD,     /* the years that left names are among those of right */
    SATS_CHECK_WITHIN,     /* the dates of left lie in the time that right names */
} SatsCheckKind;

typedef struct {
    SatsExpr **items;
    guint n;
} SatsExprs;
/* A number in the template, or where in the plan it is. */
typedef struct {
    gboolean given;
    SatsExpr *expr; /* NULL: the number */
    SatsDecimal number;
} SatsOperand;
/* `true`, or a condition on the plan. */
typedef struct {
    gboolean always;
    const SatsCondition *when;
} SatsSwitch;

struct SatsCheck {
    SatsCheckKind kind;
    SatsGuard guard;     /* each: the check is made for each item */
    gboolean only_final; /* made only of a final document */
    const char *code;
    SatsSeverity severity;
    SatsExprs left, right; /* see the kinds */
    SatsOperand constant;  /* SUM: in place of `right` */
    SatsOperand tolerance; /* SUM … QUOTIENT: how much they may differ */
    SatsSwitch rounded;    /* SUM … QUOTIENT: they may differ by what rounding can make */
    SatsSwitch partial;    /* SUM: left is only a part of right */
    SatsSwitch running;    /* SUM: left is that of the loop's items so far, of those it holds for */
    SatsText *units[2];    /* SUM: texts that name the units of left and right; NULL none */
    SatsOperand from, to;  /* RANGE: ends; either may be missing */
    gboolean covers;       /* REFERENCE: every one of right is named at least once */
    gboolean near;         /* UNIQUE: warn of what is almost the same, too */
    const char **by;       /* UNIQUE: the keys of a row that count; NULL all of them */
    guint n_by;
    gboolean descending;        /* ORDER */
    gboolean strict;            /* ORDER: none the same as the one ahead of it */
    gboolean years;             /* ORDER: of the years that texts name */
    gboolean exact;             /* PERIOD: from the same first to the same last year */
    SatsOperand early, late;    /* WITHIN: so many months before and after, too */
    const SatsText *message[2]; /* by SatsLanguage; NULL: the kind's own words */
    SatsPlace place;            /* in the template */
};

#endif
