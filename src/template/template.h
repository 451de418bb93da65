/* clang-format off */ /* small structs stand on one line, so that the whole can be seen at once */
/* template/template.h: a compiled template: declared data and blocks, checked, reusable.
 *
 * Loading a template reads the document template and every section file it includes, resolves
 * `extends`, and compiles all of it: each `{{path | filter}}` is parsed and checked against the
 * declared data and the loop variables in scope, each style against the theme. A template that
 * loads without errors cannot meet an unknown path at bind time. It is immutable and may be used
 * for many plans and from many threads.
 *
 * Life: load -> validate/bind any number of plans -> free. docs/template-format.md is the language.
 */
#ifndef SATS_TEMPLATE_TEMPLATE_H
#define SATS_TEMPLATE_TEMPLATE_H

#include "data/value.h"
#include "document/node.h"
#include "template/theme.h"

/* ---- declared data ---- */

typedef enum {
    SATS_TYPE_LINE,     /* text of one line, inline Markdown */
    SATS_TYPE_TEXT,     /* text with block Markdown */
    SATS_TYPE_ID,       /* plain text, no Markdown */
    SATS_TYPE_NUMBER,
    SATS_TYPE_INTEGER,
    SATS_TYPE_AMOUNT,   /* a number, or free text, or a dash: number columns that hold words */
    SATS_TYPE_DATE,     /* ISO date, or a placeholder */
    SATS_TYPE_BOOL,
    SATS_TYPE_CHOICE,   /* one of `choices` */
    SATS_TYPE_IMAGE,    /* a path to PNG, JPEG or SVG within the plan's folder */
    SATS_TYPE_LIST,     /* of `item` */
    SATS_TYPE_MAP,      /* with `keys`; `open`: any further keys */
    SATS_TYPE_TABLE,    /* free table: columns and rows in the data */
    SATS_TYPE_BLOCKS,   /* free sections: list of {rubrik, text, tabell, underavsnitt …} */
    SATS_TYPE_ANY,
} SatsType;

typedef struct SatsDecl SatsDecl;
struct SatsDecl {
    const char *name;          /* key; NULL for list items */
    SatsType type;
    gboolean required;
    gboolean open;
    const char *help, *example, *placeholder, *fallback; /* fallback: value when missing ("default") */
    const char **choices;      /* NULL-terminated */
    SatsDecl *item;            /* LIST */
    const char *parts;         /* LIST of maps: the key that says by the template's words whether an item is a part of the one above; NULL none */
    SatsDecl **keys;           /* MAP */
    guint n_keys;
    gboolean has_min, has_max; /* NUMBER, INTEGER: range; LIST: number of items */
    SatsDecimal min, max;
    const SatsDecl *parent;
    gboolean unprinted;        /* may be given though no document shows it */
    guint index;               /* its own in the template; 0: not of its data */
    SatsPlace place;
};

/* ---- expressions ---- */

typedef enum {
    SATS_PATH_DATA,            /* from the plan's root, or from loop variable `slot` */
    SATS_PATH_LOOP_NUMBER,     /* the counter of loop variable `slot`, from 1 */
    SATS_PATH_PAGE, SATS_PATH_PAGES,   /* {{@sida}} {{@sidor}} */
    SATS_PATH_SECTION,         /* {{@avsnitt}}: the section that a page begins in; running lines only */
    SATS_PATH_PLACEHOLDERS,    /* {{@platshållare}}: how many are left */
    SATS_PATH_REF,             /* {{ref id}}: "tabell 7", a link; {{ref (rad.id)}}: the id from data */
    SATS_PATH_PAGE_REF,        /* {{sidref id}} */
} SatsPathKind;

typedef struct {
    SatsPathKind kind;
    const char *reference;     /* REF, PAGE_REF: a constant id; NULL: the value of the path is the id */
    int slot;                  /* -1: the plan's root */
    const char **steps;        /* keys; a step into a list maps over its items */
    guint n_steps;
    const SatsDecl *decl;      /* of what the path leads to; NULL where not declared (open) */
    gboolean many;             /* goes through a list: a list of values */
    SatsSpot spot;
} SatsPath;

typedef struct SatsFilter SatsFilter;  /* template/filter.h */
typedef struct {
    const SatsFilter *filter;
    const char *arguments[3];
    guint n_arguments;
    SatsSpot spot;
} SatsFilterCall;

typedef struct {
    SatsPath path;
    SatsFilterCall *filters;
    guint n_filters;
} SatsExpr;

/* A template string: literal Markdown and expressions in turn. */
typedef struct {
    const char *literal;       /* NULL: the expression */
    SatsExpr *expr;
} SatsTextPiece;
typedef struct {
    SatsTextPiece *pieces;
    guint n_pieces;
    SatsPlace place;           /* n_pieces 0: empty */
} SatsText;

/* `when`: or-list of and-lists of terms, in a flat tree. */
typedef struct SatsCondition SatsCondition;
struct SatsCondition {
    enum { SATS_WHEN_TRUTH, SATS_WHEN_COMPARE, SATS_WHEN_AND, SATS_WHEN_OR, SATS_WHEN_NOT } kind;
    SatsExpr *left;                       /* TRUTH: present and not empty/false; COMPARE */
    enum { SATS_EQ, SATS_NE, SATS_LT, SATS_LE, SATS_GT, SATS_GE } op;
    const char *literal;                  /* COMPARE with a constant … */
    SatsExpr *right;                      /* … or with another value */
    SatsCondition *first, *second;        /* AND, OR, NOT (first) */
};

typedef struct {
    SatsPath list;
    int slot;                  /* the loop variable's */
    const char *variable, *counter;  /* counter may be NULL */
} SatsEach;

/* What any block, row, cell, column or item may have. */
typedef struct {
    const SatsEach *each;      /* NULL: once */
    const SatsCondition *when; /* NULL: always */
    SatsPlace place;
} SatsGuard;

/* A page head or foot: the first of them whose condition holds. */
typedef struct {
    const SatsText *left, *right; /* may be NULL */
    const SatsCondition *when; /* NULL: always */
} SatsRunningSpec;
typedef struct { const SatsRunningSpec *items; guint n; } SatsRunningSpecs;

/* ---- blocks ---- */

typedef enum {
    SATS_BLOCK_SECTION, SATS_BLOCK_HEADING, SATS_BLOCK_PARAGRAPH, SATS_BLOCK_TEXT, SATS_BLOCK_LIST,
    SATS_BLOCK_TABLE, SATS_BLOCK_FIGURE, SATS_BLOCK_FIELDS, SATS_BLOCK_TILES, SATS_BLOCK_SIGNATURES,
    SATS_BLOCK_CONTENTS, SATS_BLOCK_COLUMNS, SATS_BLOCK_GROUP, SATS_BLOCK_SPACE, SATS_BLOCK_BREAK,
    SATS_BLOCK_FREE,           /* free sections or a free table out of the data */
} SatsBlockKind;

typedef struct SatsBlock SatsBlock;
typedef struct { SatsBlock **items; guint n; } SatsBlocks;

typedef struct {
    SatsText *title;
    const SatsText *id;        /* cross-reference name */
    gboolean numbered;         /* default TRUE */
    const SatsText *number;    /* given number ("Bilaga {{nr}}"); NULL counted */
    gboolean appendix;         /* counted as "Bilaga n" */
    gboolean in_contents, new_page;
    const char *page_kind;     /* turns the page for this section; NULL not */
    const SatsText *running;   /* running section name */
    SatsRunningSpecs head;     /* running head of its own; none: the document's */
    int level;                 /* from nesting, 1 … */
    SatsBlocks body;
} SatsSectionBlock;

typedef struct {
    SatsGuard guard;
    SatsText *label;           /* in place of the mark or number; NULL or empty: those */
    SatsText *text;
    SatsBlocks body;           /* either, or both */
} SatsItemSpec;
typedef struct {
    SatsListKind kind;
    const SatsListMarks *marks; /* of its own, also for the bullet lists in it; NULL the theme's */
    SatsItemSpec *items;
    guint n_items;
} SatsListBlock;

typedef struct SatsColumnSpec SatsColumnSpec;
struct SatsColumnSpec {
    SatsGuard guard;
    const char *id;
    SatsText *header;
    SatsText *explanation;     /* smaller text inside the header cell */
    SatsTableColumn layout;    /* width, align, tint, key … ; align INHERIT: left */
    const SatsCondition *tint_when;
    gboolean turned;
    SatsColumnSpec *children;  /* columns under a common header */
    guint n_children;
};

typedef struct {
    SatsGuard guard;
    SatsText *text;            /* block Markdown allowed */
    SatsBlocks body;           /* blocks in place of text */
    guint16 span, rows;        /* columns, rows; 0 = 1; 65535 span: to the last column */
    SatsAlign align;
    gboolean head;             /* a row header (TH, Scope Row) */
    gboolean turned;
    const char *fill;          /* theme colour name */
    const SatsText *fill_text; /* or computed: theme colour by data */
    const char *style;         /* text style */
    struct SatsMarkSpec *mark;
} SatsCellSpec;

typedef struct SatsMarkSpec {
    const char *kind;          /* "status", "cross", "trend", "chip", "bar", "checkbox" */
    SatsText *value, *limit, *label, *text;  /* text: what it reads as */
    gboolean decorative;       /* the words beside say it: the mark is read as nothing */
} SatsMarkSpec;

typedef enum {
    SATS_ROWS_CELLS,           /* one row: kind says which */
    SATS_ROWS_GROUP,           /* a group row, then `rows` */
    SATS_ROWS_SPAN,            /* leading cells that span all of `rows` */
    SATS_ROWS_PARTS,           /* rows of one item: dotted rules, kept together when short */
    SATS_ROWS_EMPTY,           /* `count` empty rows of `height` */
    SATS_ROWS_ROWS,            /* plain sequence (for each/when over several) */
} SatsRowsKind;

typedef struct SatsRowSpec SatsRowSpec;
struct SatsRowSpec {
    SatsGuard guard;
    SatsRowsKind kind;
    SatsRowKind row_kind;      /* CELLS: BODY, SUBTOTAL, TOTAL, RESULT, HEAD, BLOCK_HEAD; GROUP: GROUP or SUBGROUP */
    gboolean has_rule;
    SatsRule rule;             /* rule above, when has_rule */
    SatsCellSpec *cells;
    guint n_cells;
    SatsText *title, *remark;  /* GROUP */
    gboolean drop_empty;       /* GROUP, SPAN: nothing when no rows come of it */
    SatsRowSpec *rows;
    guint n_rows;
    SatsText *count;           /* EMPTY */
    double height_pt;
    gboolean keep_with_next;
};

typedef struct { SatsGuard guard; SatsText *mark, *text; } SatsNoteSpec;

typedef struct {
    const SatsText *id;
    SatsText *caption, *unit;
    gboolean numbered;         /* default TRUE when it has a caption */
    const char *style, *widths_group;
    gboolean transport, no_head;
    SatsColumnSpec *columns;
    guint n_columns;
    SatsRowSpec *rows;
    guint n_rows;
    SatsNoteSpec *notes;       /* notes without mark: run-in text */
    guint n_notes;
    const SatsText *empty;     /* shown in one row when no rows come of it; NULL: the table is dropped */
} SatsTableBlock;

typedef struct { SatsGuard guard; SatsText *label, *value; guint span; } SatsFieldSpec;
typedef struct { SatsText *left, *right; SatsFieldSpec *fields; guint n_fields; guint per_row; } SatsFieldsBlock;
typedef struct { SatsGuard guard; SatsText *value, *unit, *text; } SatsTileSpec;
typedef struct { SatsText *title; SatsTileSpec *tiles; guint n_tiles; guint per_row; } SatsTilesBlock;
typedef struct { SatsGuard guard; SatsText *name, *place, *date, *person, *role; } SatsPartySpec;
typedef struct { SatsPartySpec *parties; guint n_parties; guint per_row; } SatsSignaturesBlock;
typedef struct { SatsText *title; SatsContentsKind kind; int depth; } SatsContentsBlock;
typedef struct { double *shares; SatsBlocks *columns; guint n_columns; double gap_pt; gboolean balanced; } SatsColumnsBlock;
typedef struct { double height_pt; gboolean fill; } SatsSpaceBlock;
typedef struct { SatsExpr *value; gboolean numbered; } SatsFreeBlock; /* numbered: unless a section says otherwise */
typedef struct { SatsText *text; int level; } SatsHeadingBlock;  /* unnumbered, run-in */

typedef struct {
    const char *kind;          /* "image", "bar", "line", "gantt", "organisation", "heatmap", … */
    const SatsText *id;
    SatsText *caption, *alt, *unit;
    gboolean numbered;
    double width_pt, height_pt;
    SatsExpr *image;
    /* charts: every further key, checked by the chart kind's own declaration (template/chart.h) */
    const SatsValue *options;
    void *compiled;
} SatsFigureBlock;

struct SatsBlock {
    SatsBlockKind kind;
    SatsGuard guard;
    const char *style;
    gboolean keep;
    union {
        SatsSectionBlock *section;
        SatsHeadingBlock *heading;
        SatsText *text;          /* PARAGRAPH, TEXT */
        SatsListBlock *list;
        SatsTableBlock *table;
        SatsFigureBlock *figure;
        SatsFieldsBlock *fields;
        SatsTilesBlock *tiles;
        SatsSignaturesBlock *signatures;
        SatsContentsBlock *contents;
        SatsColumnsBlock *columns;
        SatsBlocks *group;
        SatsSpaceBlock *space;
        const char *page_kind;   /* BREAK: NULL same kind */
        SatsFreeBlock *free;
        void *any;
    } as;
};

/* ---- checks ---- */

typedef struct SatsCheck SatsCheck; /* template/checks.h */

/* What findings of a code are, in drafts and in final documents, where the template sets it. */
typedef struct {
    const char *code;          /* of base/codes.h, or of one of the template's checks */
    gboolean in_draft, in_final;
    SatsSeverity draft, final;
} SatsSeveritySpec;

/* ---- the template ---- */

typedef struct { const char *key; SatsText *value; } SatsMetadataSpec;
typedef struct { const char *word; SatsDecimal factor; } SatsUnitWord; /* "tkr", 1000 */

/* Where a plan keeps its version and the history of its versions: paths of keys from the top, and the
 * keys of a row of the history. */
typedef struct {
    const char *version, *history;                  /* "utgåva", "dokumenthistorik.utgåvor" */
    const char *row_version, *row_date, *row_change, *row_by; /* may be NULL */
    gboolean newest_last;
} SatsRevisionSpec;

typedef struct {
    const char *name, *title, *description;
    const SatsTheme *theme;
    const SatsDecl *data;      /* a MAP: everything a plan may have */
    guint n_decls;             /* in `data`: one more than the highest index */
    guint n_slots;             /* loop variables, all scopes */
    SatsText *document_title, *author, *subject, *date;
    SatsMetadataSpec *metadata;
    guint n_metadata;
    SatsRunningSpecs head, foot, first_foot;
    SatsText *watermark;
    const SatsCondition *watermark_when;  /* the document is a draft when TRUE */
    const SatsRevisionSpec *revision;     /* NULL: plans of this template have no history */
    const SatsUnitWord *units;            /* the words that name units of amounts, for checks */
    guint n_units;
    const char *const *parts;             /* how rows of a plan's own tables begin that are parts of the row above */
    guint n_parts;
    const char *language, *page_kind;
    const char *heading_number;  /* "1" or "1.": how level 1 numbers end */
    SatsBlocks body;
    SatsCheck *checks;
    guint n_checks;
    SatsSeveritySpec *severities; /* each code once */
    guint n_severities;
} SatsTemplate;

typedef struct {
    const char *const *folders;  /* where templates and sections are looked up, first hit wins; NULL-terminated */
    const char *plan_folder;     /* looked in first; NULL none */
    const SatsPlace *place;      /* where the plan names its template, for findings; NULL none */
} SatsTemplateOptions;

/* What a map declares of the key, or NULL, also for no declaration. */
SatsDecl *sats_decl_key(const SatsDecl *map, const char *key);

/* `name`: a template's name, or a path to its file. NULL when unusable, with findings in
 * `report`. Everything lives in `arena`. */
const SatsTemplate *sats_template_load(const char *name, const SatsTemplateOptions *options,
                                       SatsSources *sources, SatsArena *arena, SatsReport *report);

/* Checks a plan's data against the declarations: unknown keys, wrong types, missing required values,
 * choices, ranges. Findings to `report`. */
void sats_template_validate(const SatsTemplate *template_, const SatsValue *plan, SatsReport *report);

/* Makes the report's findings as grave as the template says; before validation. `final`: the
 * document is to be final. */
void sats_template_set_severities(const SatsTemplate *template_, gboolean final, SatsReport *report);

#endif
