/* bind/compose.h: a template string with the plan's values put in, and where each byte comes from.
 *
 * Private to bind's text files. compose.c puts a string together (raw), prepare.c rewrites it into
 * what md4c reads (prepared), markdown.c makes nodes of it. The two tables lead from a byte of
 * the prepared text to one of the raw text, and from there to a place in the user's files.
 */
#ifndef SATS_BIND_COMPOSE_H
#define SATS_BIND_COMPOSE_H

#include "bind/binder.h"

typedef enum {
    SATS_SEGMENT_BLOCKS, /* template's literals and values declared `text`: all Markdown */
    SATS_SEGMENT_INLINE, /* values declared `line`: Markdown within a line */
    SATS_SEGMENT_PLAIN,  /* no Markdown */
    SATS_SEGMENT_FIELD,  /* one byte SATS_TOKEN_BYTE: page number, reference … of `expr` */
} SatsSegmentKind;

#define SATS_TOKEN_BYTE '\001'

typedef struct {
    guint32 start; /* in the raw text; it ends where the next one starts */
    SatsSegmentKind kind;
    gboolean from_plan;
    gboolean placeholder;   /* all of it is one */
    const SatsValue *value; /* its text as it stands in the plan; NULL: `place` is all we know */
    const SatsExpr *expr;   /* FIELD */
    const char *id;         /* FIELD of a reference */
    SatsPlace place;
} SatsSegment;

/* Telling a place takes time as long as the value is before it: so much is spent on one text, after
 * that the last place told serves. */
#define SATS_PLACE_BUDGET 4000000u
typedef struct {
    guint64 spent;
    SatsPlace last;
} SatsPlaceCache;

typedef struct {
    GString *raw;
    GArray *segments; /* SatsSegment */
    guint needs;      /* SatsTextNeeds of all of it */
    const SatsUnits *units;
    SatsPlaceCache *places;
} SatsComposed;

/* What a text needs before it can be runs. */
typedef enum {
    SATS_NEEDS_NOTHING = 0,
    SATS_NEEDS_MARKDOWN = 1 << 0,
    SATS_NEEDS_LINES = 1 << 1,  /* holds a line break */
    SATS_NEEDS_SPACES = 1 << 2, /* holds a space that must not break */
    SATS_NEEDS_FIELDS = 1 << 3,
} SatsTextNeeds;

guint sats_text_needs(const SatsUnits *units, const char *text, gsize length, SatsSegmentKind kind,
                      gboolean blocks);

void sats_composed_init(const SatsBinder *binder, SatsComposed *composed);
void sats_composed_clear(SatsComposed *composed);
void sats_composed_add_text(SatsBinder *binder, SatsComposed *composed, const SatsText *text,
                            gboolean blocks);
void sats_composed_add_value(SatsComposed *composed, const SatsValue *value, SatsSegmentKind kind,
                             gboolean blocks);
/* What a result is as a piece of text. */
SatsSegmentKind sats_result_segment(const SatsResult *result);
SatsPlace sats_result_place(const SatsResult *result, const SatsExpr *expr);
/* Index of the segment that holds the raw byte `at`. */
guint sats_composed_segment(const SatsComposed *composed, guint32 at);
SatsPlace sats_composed_place(const SatsComposed *composed, guint32 at);

/* ---- prepared ---- */

typedef enum {
    SATS_TOKEN_FIELD,          /* a: segment index */
    SATS_TOKEN_FOOTNOTE,       /* raw bytes a … b are its text */
    SATS_TOKEN_CALL,           /* raw bytes a … b are the mark */
    SATS_TOKEN_REFERENCE,      /* raw bytes a … b are the id: its number, "tabell 7" … */
    SATS_TOKEN_PAGE_REFERENCE, /* … or its page */
    SATS_TOKEN_FLAG_ON,        /* a: SatsRunFlags */
    SATS_TOKEN_FLAG_OFF,
} SatsTokenKind;
typedef struct {
    guint32 at;
    SatsTokenKind kind;
    guint32 a, b;
} SatsToken;
typedef struct {
    guint32 at, raw;
} SatsMapEntry; /* from `at` on, byte at+n is raw+n */

/* A list item's own label: raw bytes start … end, for the item whose text comes next after `at`. */
typedef struct {
    guint32 at, start, end;
} SatsGivenLabel;

typedef struct {
    GString *text;
    GArray *map;       /* SatsMapEntry */
    GArray *tokens;    /* SatsToken, by `at` */
    GArray *labels;    /* SatsGivenLabel, by `at` */
    GArray *leftovers; /* SatsLeftover (leftovers.h), in order; NULL: none */
} SatsPrepared;

/* Prepares raw bytes start … end. `inline_`: no blocks. `in_note`: no footnotes. */
void sats_prepared_init(SatsPrepared *prepared, const SatsComposed *composed, guint32 start,
                        guint32 end, gboolean inline_, gboolean in_note);
void sats_prepared_clear(SatsPrepared *prepared);
guint32 sats_prepared_raw(const SatsPrepared *prepared, guint32 at);
const SatsToken *sats_prepared_token(const SatsPrepared *prepared, guint32 at);

/* Reads raw bytes start … end as Markdown into `parent` (INLINE: a text block). */
void sats_markdown_bind(SatsBinder *binder, SatsNode *parent, const SatsComposed *composed,
                        guint32 start, guint32 end, SatsMarkdownMode mode, guint16 flags,
                        const char *style);

#endif
