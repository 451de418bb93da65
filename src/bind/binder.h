/* bind/binder.h: what the parts of bind share while one document is made.
 *
 * Private to bind. A binder is made by sats_bind() and lives as long as it runs: the scope of loop
 * variables, the counters, what can be referred to, what is to be filled in at the end.
 *
 *   bind.c       the driver: metadata, running lines, the walk, the end
 *   blocks.c     blocks of the template → nodes
 *   frames.c     fields, tiles, signatures
 *   text.c       template strings → runs and blocks, the short way
 *   compose.c    values into strings
 *   prepare.c    our own Markdown extras → what md4c reads
 *   markdown.c   md4c's blocks → nodes; markdown-runs.c: its text → runs
 *   emphasis.c   bold and italic type that is begun and never ended
 *   leftovers.c  other markup that is printed as it stands
 *   numbering.c  numbers, targets, cross-references, contents
 *   notes.c      footnotes, table notes
 *   table.c      columns, head, caption, end; rows.c, cells.c, marks.c: what is in it;
 *                drop-columns.c: what is not
 *   free.c       sections out of the data; free-table.c: tables
 *   figure.c     images; chart.c and its files: figures drawn from data
 */
#ifndef SATS_BIND_BINDER_H
#define SATS_BIND_BINDER_H

#include "bind/bind.h"
#include "bind/units.h"
#include "template/eval.h"

/* Limits on what one document may come to. */
#define SATS_BIND_MAX_NODES      20000000u
#define SATS_BIND_MAX_DEPTH      100u
#define SATS_BIND_MAX_TEXT_DEPTH 24u /* blocks in blocks of one Markdown text */
#define SATS_BIND_MAX_COLUMNS    500u
#define SATS_BIND_MAX_ROWS       2000000u

#define SATS_NBSP                "\302\240"

/* Something a cross-reference can name. */
typedef enum { SATS_TARGET_SECTION, SATS_TARGET_TABLE, SATS_TARGET_FIGURE } SatsTargetKind;
typedef struct {
    SatsTargetKind kind;
    const char *id;     /* NULL: in the lists of contents only */
    const char *number; /* "3.1", "7", "Bilaga 9 a"; NULL unnumbered */
    gboolean appendix;  /* `number` holds the word too */
    gboolean in_contents;
    int level;
    const SatsNode *node; /* heading, table or figure */
    const SatsNode *text; /* its heading or caption; NULL none */
    guint skip_runs;      /* runs of `text` that are the number */
} SatsTarget;

/* A run that can only be written when the whole document is known. */
typedef struct {
    SatsNode *block; /* run `index` of this text block */
    guint index;
    SatsNode *link;       /* REFERENCE or LINK to be given its target; NULL none */
    const char *id;       /* of the target; NULL: the count of placeholders */
    gboolean page;        /* page number of the target */
    gboolean keep_text;   /* a link with words of its own */
    const SatsExpr *expr; /* the count's or the reference's filters; NULL none */
    SatsPlace place;
} SatsPending;

/* Calls of the notes of one table. */
typedef struct {
    SatsNode *reference;
    const char *mark;
    SatsPlace place;
} SatsNoteCall;

/* Asterisks that are printed, since md4c found no end to what they begin. */
typedef struct {
    guint length;
    gboolean may_be_note; /* nothing that they could emphasise a part of stands before them */
    SatsPlace place;
} SatsOpenEmphasis;

typedef struct SatsBinder SatsBinder;
struct SatsBinder {
    const SatsTemplate *template_;
    const SatsTheme *theme;
    const SatsUnits *units;
    SatsDocument *document;
    SatsArena *arena;
    SatsReport *report;
    SatsDataScope *scope;
    gboolean final_;
    guint n_nodes, depth;
    gboolean full; /* a limit was passed: no more rows or blocks */

    int section_level;     /* of the innermost section, 0 outside */
    int heading_level;     /* of the latest heading in reading order */
    guint counters[7];     /* sections, by level */
    const char *prefix[7]; /* number of the section open at a level, for those below it */
    guint n_appendices, n_tables, n_figures, n_signatures, n_table_ids;
    GPtrArray *targets; /* SatsTarget, in reading order */
    GHashTable *targets_by_id;
    GArray *pending;        /* SatsPending */
    GPtrArray *contents;    /* CONTENTS nodes, filled at the end */
    GPtrArray *footnotes;   /* NOTE nodes */
    GArray *note_calls;     /* SatsNoteCall of the innermost table; NULL outside */
    GArray *open_emphasis;  /* SatsOpenEmphasis, in order of binding */
    guint asterisks_called; /* bit n: n asterisks stand after a word somewhere, as calls of notes do
                             */
    guint n_placeholders;
    guint uncounted;          /* above 0: placeholders are not counted */
    GHashTable *placeholders; /* places of those counted */
    gboolean in_cell, in_note;
    gboolean unnumbered;             /* the free sections being bound, unless they say otherwise */
    const SatsListMarks *list_marks; /* of the template's list being filled; NULL the theme's */
    int list_base;                   /* its depth */
    SatsPlace item_place;            /* of the innermost loop's item; no source: none */
};

/* ---- nodes ---- */

/* sats_node_new() under the limits; never NULL. */
SatsNode *sats_bind_node(SatsBinder *binder, SatsNode *parent, SatsNodeKind kind, SatsPlace place);
/* Takes away the last child, which came after `before` (NULL: first). */
void sats_bind_drop_last(SatsNode *parent, SatsNode *before);
/* A text block of the running head or foot, or of a line outside the tree. */
SatsNode *sats_bind_loose_block(SatsBinder *binder, SatsPlace place);
/* Room for `extra` more runs at the end of a text block, which are not yet counted; returns it.
 * Arrays of runs are made here only: they grow by doubling. */
SatsRun *sats_bind_reserve_runs(SatsBinder *binder, SatsNode *block, guint extra);
/* Adds a run of text at the end of a text block. `text` is borrowed. */
SatsRun *sats_bind_add_run(SatsBinder *binder, SatsNode *block, const char *text, guint16 flags,
                           SatsNode *owner, SatsPlace place);
/* Text of a text block's runs from `skip` on, without footnote calls. In the arena. */
const char *sats_bind_runs_text(SatsBinder *binder, const SatsNode *block, guint skip);

/* The head or foot that holds for the plan; NULL parts when none does. */
SatsRunningLine sats_bind_running(SatsBinder *binder, const SatsRunningSpecs *specs);

/* ---- guards ---- */

typedef void (*SatsBindFunc)(SatsBinder *binder, gconstpointer item, gpointer data);
/* Calls `func` for each turn of the guard's loop where its condition holds. */
void sats_bind_each(SatsBinder *binder, const SatsGuard *guard, SatsBindFunc func,
                    gconstpointer item, gpointer data);

/* ---- text ---- */

typedef enum {
    SATS_MARKDOWN_INLINE,   /* runs of one text block */
    SATS_MARKDOWN_BLOCKS,   /* paragraphs, lists …; # is a run-in heading */
    SATS_MARKDOWN_SECTIONS, /* the same; # opens a numbered subsection */
} SatsMarkdownMode;

/* Adds a string's runs to a text block. NULL text: nothing. */
void sats_bind_inline(SatsBinder *binder, SatsNode *block, const SatsText *text, guint16 flags);
/* Adds a string's blocks to a parent. `style`: of the paragraphs; NULL the default. */
void sats_bind_text_blocks(SatsBinder *binder, SatsNode *parent, const SatsText *text,
                           const char *style);
/* Into a cell (or an item's body that may hold runs): runs when it is one paragraph, else blocks.
 */
void sats_bind_cell_text(SatsBinder *binder, SatsNode *cell, const SatsText *text, guint16 flags);
/* The same three for a scalar out of the data that no template string names. */
void sats_bind_value_inline(SatsBinder *binder, SatsNode *block, const SatsValue *value,
                            guint16 flags);
void sats_bind_value_blocks(SatsBinder *binder, SatsNode *parent, const SatsValue *value,
                            SatsMarkdownMode mode);
void sats_bind_value_cell(SatsBinder *binder, SatsNode *cell, const SatsValue *value,
                          guint16 flags);
void sats_bind_result_cell(SatsBinder *binder, SatsNode *cell, const SatsResult *result);
/* A string as words without mark-up, for titles and alternative texts; NULL when empty. */
const char *sats_bind_words(SatsBinder *binder, const SatsText *text);
/* The same for words that stand there and nowhere else: what calls a note in them is an error. */
const char *sats_bind_side_words(SatsBinder *binder, const SatsText *text);
/* The same of a value in the data, or of none. */
const char *sats_bind_value_side_words(SatsBinder *binder, const SatsValue *value);
/* A string as it is written, for ids, numbers and names; NULL when empty. */
const char *sats_bind_plain(SatsBinder *binder, const SatsText *text);

/* At the end: what begins emphasis and never ends it. */
void sats_bind_tell_open_emphasis(SatsBinder *binder);

/* ---- blocks ---- */

void sats_bind_blocks(SatsBinder *binder, SatsNode *parent, const SatsBlocks *blocks);
void sats_bind_fields(SatsBinder *binder, SatsNode *parent, const SatsBlock *block);
void sats_bind_tiles(SatsBinder *binder, SatsNode *parent, const SatsBlock *block);
void sats_bind_signatures(SatsBinder *binder, SatsNode *parent, const SatsBlock *block);
void sats_bind_table(SatsBinder *binder, SatsNode *parent, const SatsBlock *block);
void sats_bind_figure(SatsBinder *binder, SatsNode *parent, const SatsBlock *block);
/* What a chart shows; NULL when the plan has nothing for it. */
const struct SatsFigureData *sats_bind_chart_data(SatsBinder *binder, const SatsFigureBlock *spec);
/* Gives a figure its data and alternative text, and the table after or beside it. */
void sats_bind_chart(SatsBinder *binder, SatsNode *figure, const SatsFigureBlock *spec,
                     const struct SatsFigureData *data);
void sats_bind_free(SatsBinder *binder, SatsNode *parent, const SatsBlock *block);
SatsNode *sats_bind_mark(SatsBinder *binder, SatsNode *cell, const SatsMarkSpec *spec,
                         SatsPlace place);
/* The block's run `at`, a mark, is read as nothing from now on: the words beside it say the same.
 */
void sats_bind_mark_decorate(SatsNode *block, guint at);
/* A status as data say it: 0 to 4, or a word or colour for it. */
gboolean sats_bind_status_value(const char *text, int *out_value);

/* ---- lists ---- */

/* Fills in what a new LIST is: its depth, and the mark that its level has in `marks`, in those of
 * the list of the template that it lies in, or else in the theme's of the name `kind_name`. */
void sats_bind_list_kind(SatsBinder *binder, SatsNode *list, SatsListKind kind,
                         const SatsListMarks *marks, const char *kind_name);
/* Label of item `number` (from 1) as it is printed: "•", "2.", "b)"; NULL none. */
const char *sats_bind_item_label(SatsBinder *binder, const SatsList *list, guint number,
                                 char after);
/* A new item: LABEL when the kind has one, and BODY, which is returned. */
SatsNode *sats_bind_item(SatsBinder *binder, SatsNode *list, const char *label, SatsPlace place);

/* ---- sections and numbers ---- */

typedef struct {
    gboolean numbered, appendix, in_contents, new_page;
    const char *number; /* given; NULL counted */
    const char *id, *page_kind, *running;
} SatsSectionOptions;

/* Opens a section one level down, its heading begun with the number and to be given the title's
 * runs. `out_heading` NULL: a part without heading, on the level it stands on. Close it with
 * sats_bind_section_end(), a part not. */
SatsNode *sats_bind_section_begin(SatsBinder *binder, SatsNode *parent,
                                  const SatsSectionOptions *options, SatsPlace place,
                                  SatsNode **out_heading);
void sats_bind_section_end(SatsBinder *binder);
/* An unnumbered heading `below` levels under the section, that looks like one of level `look`. */
SatsNode *sats_bind_run_in_heading(SatsBinder *binder, SatsNode *parent, int below, int look,
                                   SatsPlace place);
/* Numbers a table or figure, begins its caption ("Tabell 3 "), and makes it a target. `caption` may
 * be NULL. Returns "Tabell 3", or NULL unnumbered. */
const char *sats_bind_caption_number(SatsBinder *binder, SatsTargetKind kind, SatsNode *node,
                                     SatsNode *caption, const char *id, gboolean numbered);
/* At the end: references, counts, contents. */
void sats_bind_resolve(SatsBinder *binder);
/* A word that the engine sets, with a large or small first letter. In the arena. */
const char *sats_bind_word(SatsBinder *binder, const char *name, gboolean capital);

/* ---- notes ---- */

/* A footnote: the call at the end of the block's runs so far is `out_index`'s; returns the NOTE's
 * paragraph, to be given its text. */
SatsNode *sats_bind_footnote(SatsBinder *binder, SatsNode *block, SatsPlace place,
                             SatsNode **out_reference, const char **out_mark);
/* A call of a table note. */
SatsNode *sats_bind_note_call(SatsBinder *binder, SatsNode *block, const char *mark,
                              SatsPlace place);
/* One note under a table; `mark` NULL for run-in text. Returns its paragraph. */
SatsNode *sats_bind_table_note(SatsBinder *binder, SatsNode *notes, const char *mark,
                               SatsPlace place);
/* Joins the calls of a table to its notes (NOTES node or NULL) and reports what has no other end.
 */
void sats_bind_join_notes(SatsBinder *binder, GArray *calls, const SatsNode *notes);

/* The class of a value, from 0, by the highest values of all classes but the last ("3 8 12"): how
 * many of them it is above. Chips and risk matrices have their classes from it (marks.c). */
guint sats_bind_class(double value, const char *limits);

#endif
