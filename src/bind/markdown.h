/* bind/markdown.h: what the two files that read md4c's events share.
 *
 * A SatsReader lives while one text is read. markdown.c makes its blocks, markdown-runs.c the runs
 * and inline nodes of the block in hand.
 */
#ifndef SATS_BIND_MARKDOWN_H
#define SATS_BIND_MARKDOWN_H

#include <md4c.h>

#include "bind/compose.h"

typedef struct {
    SatsNode *node; /* LIST, BODY, TABLE, ROW_GROUP, ROW, CELL; NULL: text block */
    MD_BLOCKTYPE type;
    guint n;          /* LIST: items; ROW: cells */
    char after;       /* LIST: '.' or ')' */
    gboolean known;   /* LIST, BODY of an item: the mark was looked at */
    gboolean in_cell; /* what it was outside */
} SatsReaderLevel;

typedef struct {
    SatsBinder *binder;
    const SatsComposed *composed;
    const SatsPrepared *prepared;
    SatsMarkdownMode mode;
    const char *style;
    GArray *levels;         /* SatsReaderLevel */
    SatsNode *root, *block; /* block: the text block that takes text; NULL none yet */
    gboolean block_given;   /* INLINE: it is the caller's */
    int first_heading;      /* level of the text's first heading: counts as one below */
    guint base_sections;    /* SECTIONS: levels of headings opened */
    SatsNode *section_stack[6];
    GArray *runs;    /* SatsRun of `block` */
    GArray *pending; /* SatsPending of `block` */
    GString *text;   /* of the run being collected */
    SatsPlace place;
    guint16 base_flags, flags;
    guint strong, emphasis, links;
    guint link_run; /* the link's first run */
    SatsNode *owner;
    guint32 segment; /* of the run being collected */
    guint column;
    guint next_label;    /* of `prepared->labels` */
    guint emphasis_seen; /* in the text block in hand: bit n for n asterisks that begin some */
    gboolean table_seen; /* … a row of a table that is text */
    GArray **leftovers;  /* of `prepared` */
} SatsReader;

/* ---- markdown-runs.c ---- */

SatsPlace sats_reader_start_place(const SatsReader *r);
/* Place of a byte of the prepared text. */
SatsPlace sats_reader_place(const SatsReader *r, guint32 at);
/* The node that blocks go under. */
SatsNode *sats_reader_parent(SatsReader *r);
/* Makes a text block for text that comes, unless there is one. */
void sats_reader_open_block(SatsReader *r, SatsPlace place);
/* Writes the text block in hand; the next text opens another. */
void sats_reader_end_block(SatsReader *r);
/* Ends the run being collected. */
void sats_reader_end_run(SatsReader *r);
SatsRun *sats_reader_add_run(SatsReader *r, SatsRunKind kind, const char *text, gsize length,
                             SatsPlace place);
void sats_reader_set_flag(SatsReader *r, guint16 flag, gboolean on);
/* Text at byte `at` of the prepared text; add_normal() with the tokens in it. */
void sats_reader_add_text(SatsReader *r, const char *text, gsize length, guint32 at);
void sats_reader_add_normal(SatsReader *r, const char *text, gsize length, guint32 at);
void sats_reader_add_entity(SatsReader *r, const char *text, gsize length, guint32 at);
int sats_reader_enter_span(MD_SPANTYPE type, void *detail, void *data);
int sats_reader_leave_span(MD_SPANTYPE type, void *detail, void *data);

/* ---- emphasis.c ---- */

/* Asterisks in a part of the prepared text that md4c took for plain text. */
void sats_reader_see_asterisks(SatsReader *r, const char *text, gsize length);

/* ---- leftovers.c ---- */

/* A part of the prepared text that md4c took for plain text, where it is a row of a table. */
void sats_reader_see_table(SatsReader *r, const char *text, gsize length);

#endif
