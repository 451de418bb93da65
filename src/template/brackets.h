/* template/brackets.h: what a bracket in a text means.
 *
 * The document and the check of what is left open both ask here, so that they agree on what a
 * placeholder is.
 */
#ifndef SATS_TEMPLATE_BRACKETS_H
#define SATS_TEMPLATE_BRACKETS_H

#include <glib.h>

typedef enum {
    SATS_BRACKET_SIGN,      /* stands for itself: "[]", and numbers of a list of sources, "[12]" */
    SATS_BRACKET_OPEN,      /* closed nowhere in its paragraph */
    SATS_BRACKET_LINK,      /* [words](target) */
    SATS_BRACKET_OPEN_LINK, /* "[words](target": the target never ends */
    SATS_BRACKET_NOTE,      /* [^1]: Markdown's call of a footnote that stands elsewhere */
    SATS_BRACKET_PLACEHOLDER, /* [Skriv datum], [20xx-xx-xx] */
} SatsBracketKind;

typedef struct {
    SatsBracketKind kind;
    guint32 close; /* its closing bracket; 0 when OPEN */
    guint32 end;   /* after all of it, the target of a LINK included; 0 when OPEN */
} SatsBracket;

/* The sign `right` that closes the `left` at byte `open`, within its paragraph and before byte
 * `end`, or 0. `budget`: bytes that may still be looked at, which keeps a text of nothing but open
 * brackets from taking quadratic time; 0 is returned when it is spent. */
guint32 sats_bracket_close(const char *text, guint32 open, guint32 end, char left, char right,
                           gint64 *budget);

/* What the bracket at byte `at` means; one that is escaped, or belongs to "^[", is the caller's. */
SatsBracket sats_bracket_read(const char *text, guint32 at, guint32 end, gint64 *budget);

/* A budget for all of a text of so many bytes. */
gint64 sats_bracket_budget(gsize length);

#endif
