/* bind/leftovers.h: markup that is printed as it stands, since it is not ours or never ended.
 *
 * Seen while a text is prepared and read, by its place in the raw text; told when the text was
 * read. Asterisks are emphasis.c's: whether one is meant shows in the document only.
 */
#ifndef SATS_BIND_LEFTOVERS_H
#define SATS_BIND_LEFTOVERS_H

#include "bind/markdown.h"
#include "template/brackets.h"

typedef enum {
    SATS_LEFTOVER_LINK,         /* "[words](target" */
    SATS_LEFTOVER_BRACKET,      /* "[words" */
    SATS_LEFTOVER_FOOTNOTE,     /* "^[words" */
    SATS_LEFTOVER_NOTE_IN_NOTE, /* "^[words ^[words]]" */
    SATS_LEFTOVER_NOTE_CALL,    /* "[^1]" */
    SATS_LEFTOVER_STRUCK,       /* "~~words~~" */
    SATS_LEFTOVER_BOLD,         /* "__words__" */
    SATS_LEFTOVER_TAG,          /* "<b>", "</b>", "<!--" */
    SATS_LEFTOVER_TABLE,        /* "| words | words |" within a paragraph */
} SatsLeftoverKind;

typedef struct {
    SatsLeftoverKind kind;
    guint32 at, length; /* in the raw text */
} SatsLeftover;

/* `leftovers` is made when there is a first one; the caller's to free. */
void sats_leftovers_add(GArray **leftovers, SatsLeftoverKind kind, guint32 at, guint32 length);
/* A bracket, at byte `at`, that is printed. */
void sats_leftovers_see_bracket(GArray **leftovers, const char *raw, guint32 at,
                                const SatsBracket *bracket);
/* Two tildes or underscores at byte `at`: markup where two more end it in the same paragraph. */
void sats_leftovers_see_doubled(GArray **leftovers, const char *raw, guint32 at, guint32 end,
                                gint64 *budget);
/* A "<" at byte `at`. */
void sats_leftovers_see_tag(GArray **leftovers, const char *raw, guint32 at, guint32 end);
/* Warns of them: of each kind once a line. May be NULL. */
void sats_leftovers_tell(SatsBinder *binder, const SatsComposed *composed, const GArray *leftovers);

#endif
