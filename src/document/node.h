/* clang-format off */ /* small structs stand on one line, so that the whole can be seen at once */
/* document/node.h: the semantic tree, made once in bind and read by everything after it.
 *
 * A document is a tree of nodes in reading order. Each node knows what it is (kind), its role in the
 * logical structure (ISO 32000-1, 14.8.4), and where in the user's files it comes from. Block nodes
 * hold blocks; text blocks (paragraphs, headings, captions, cells with plain text …) hold runs. An
 * inline element (link, footnote call, cross-reference, change mark) is a node too, a child of its
 * text block, and the runs it covers name it as their owner.
 *
 * Layout places nodes, paint draws them, pdf writes them as structure elements; none adds to the
 * tree. Nodes live in the document's arena, ids count from 0 in preorder.
 *
 *   Document ─ Section ─ Heading
 *                      ├ Paragraph ─ (Link, Reference …)
 *                      ├ List ─ Item ─ Label, Body ─ blocks
 *                      ├ Table ─ Caption, RowGroup(head|body|foot) ─ Row ─ Cell ─ blocks or runs, Notes
 *                      ├ Figure ─ Caption
 *                      ├ Columns ─ Column ─ blocks        (side by side)
 *                      └ Signatures ─ Party ─ paragraphs, Field
 */
#ifndef SATS_DOCUMENT_NODE_H
#define SATS_DOCUMENT_NODE_H

#include "base/arena.h"
#include "base/report.h"

typedef enum {
    SATS_NODE_DOCUMENT,
    SATS_NODE_SECTION,    /* as.section */
    SATS_NODE_HEADING,    /* as.heading; text block */
    SATS_NODE_PARAGRAPH,  /* text block */
    SATS_NODE_LIST,       /* as.list */
    SATS_NODE_ITEM,
    SATS_NODE_LABEL,      /* of an item or a note; text block */
    SATS_NODE_BODY,       /* of an item; blocks */
    SATS_NODE_TABLE,      /* as.table */
    SATS_NODE_CAPTION,    /* text block */
    SATS_NODE_ROW_GROUP,  /* as.row_group */
    SATS_NODE_ROW,        /* as.row */
    SATS_NODE_CELL,       /* as.cell; text block, or blocks */
    SATS_NODE_FIGURE,     /* as.figure */
    SATS_NODE_CONTENTS,   /* table of contents, of tables or of figures: as.contents */
    SATS_NODE_CONTENTS_ENTRY, /* as.entry; holds a REFERENCE; text block */
    SATS_NODE_COLUMNS,    /* as.columns */
    SATS_NODE_COLUMN,
    SATS_NODE_SIGNATURES, /* as.signatures */
    SATS_NODE_PARTY,      /* as.party */
    SATS_NODE_FIELDS,     /* labelled fields (document control): as.fields */
    SATS_NODE_FIELD,      /* a label and a value: two text blocks */
    SATS_NODE_TILES,      /* key figures: children PARAGRAPHs in threes inside GROUPs: as.tiles */
    SATS_NODE_GROUP,      /* Div without own look; `keep` keeps it on one page */
    SATS_NODE_SPACE,      /* as.space: vertical space or fill; no structure element */
    SATS_NODE_BREAK,      /* page break, page kind change: as.page_break; no structure element */
    SATS_NODE_NOTES,      /* notes under a table; NOTE children */
    SATS_NODE_NOTE,       /* footnote or table note: as.note; LABEL + text */
    /* inline */
    SATS_NODE_LINK,       /* as.link */
    SATS_NODE_REFERENCE,  /* footnote call, cross-reference, contents entry: as.link.target */
    SATS_NODE_SPAN,       /* language or change mark: as.span */
    SATS_NODE_FORM,       /* the signature field's widget: as.form */
} SatsNodeKind;

typedef enum {
    SATS_ROLE_NONE,       /* no element: content belongs to the parent's element */
    SATS_ROLE_DOCUMENT, SATS_ROLE_PART, SATS_ROLE_SECT, SATS_ROLE_DIV,
    SATS_ROLE_H1, SATS_ROLE_H2, SATS_ROLE_H3, SATS_ROLE_H4, SATS_ROLE_H5, SATS_ROLE_H6,
    SATS_ROLE_P, SATS_ROLE_L, SATS_ROLE_LI, SATS_ROLE_LBL, SATS_ROLE_LBODY,
    SATS_ROLE_TABLE, SATS_ROLE_CAPTION, SATS_ROLE_THEAD, SATS_ROLE_TBODY, SATS_ROLE_TFOOT,
    SATS_ROLE_TR, SATS_ROLE_TH, SATS_ROLE_TD,
    SATS_ROLE_TOC, SATS_ROLE_TOCI, SATS_ROLE_REFERENCE, SATS_ROLE_LINK, SATS_ROLE_NOTE,
    SATS_ROLE_FIGURE, SATS_ROLE_FORM, SATS_ROLE_SPAN, SATS_ROLE_QUOTE,
} SatsRole;

typedef struct SatsNode SatsNode;

/* ---- text ---- */

typedef enum {
    SATS_RUN_TEXT,
    SATS_RUN_BREAK,        /* forced line break */
    SATS_RUN_PAGE_NUMBER,  /* page of `target` (NULL: this page); known after layout */
    SATS_RUN_PAGE_COUNT,
    SATS_RUN_SECTION,      /* name of the section that the page begins in; in running lines */
    SATS_RUN_MARK,         /* status light, cross, trend arrow, chip, bar: `mark`; text is what it
                              reads as, empty when decorative */
} SatsRunKind;

typedef enum {
    SATS_RUN_STRONG = 1 << 0,
    SATS_RUN_EMPHASIS = 1 << 1,
    SATS_RUN_SUPERSCRIPT = 1 << 2,
    SATS_RUN_SUBSCRIPT = 1 << 3,
    SATS_RUN_PLACEHOLDER = 1 << 4,  /* "[Skriv datum]": filled and underlined */
    SATS_RUN_INSERTED = 1 << 5,     /* change marks */
    SATS_RUN_DELETED = 1 << 6,
    SATS_RUN_MUTED = 1 << 7,
    SATS_RUN_NOTE_MARK = 1 << 8,    /* accent, raised unless it is of asterisks */
    SATS_RUN_ACCENT = 1 << 9,
    SATS_RUN_TABULAR = 1 << 10,
    SATS_RUN_SEMIBOLD = 1 << 11,
    SATS_RUN_LIGHT = 1 << 12,
} SatsRunFlags;

typedef struct SatsMark SatsMark;

typedef struct {
    guint8 kind;           /* SatsRunKind */
    guint16 flags;         /* SatsRunFlags */
    guint32 length;        /* bytes of text */
    const char *text;      /* UTF-8, not NUL-terminated in general */
    SatsNode *owner;       /* inline node, or NULL: the text block itself */
    union {
        const SatsNode *target; /* PAGE_NUMBER; NULL: this page */
        const SatsMark *mark;   /* MARK */
    };
    SatsPlace place;       /* of the first character */
} SatsRun;

/* A small drawing in a line of text. */
struct SatsMark {
    enum {
        SATS_MARK_STATUS,  /* value: 0 ok, 1 deviation, 2 serious, 3 ended, 4 not begun */
        SATS_MARK_CROSS,   /* the X of an X matrix */
        SATS_MARK_TREND,   /* value: -1 falling, 0 level, 1 rising */
        SATS_MARK_CHIP,    /* risk class `value` 0–3 with label "12 Hög" */
        SATS_MARK_BAR,     /* horizontal bar, `value` of `limit` */
        SATS_MARK_CHECKBOX,/* empty box to tick by hand */
    } kind;
    double value, limit;
    const char *label;     /* CHIP: the word beside the number; NULL else */
    const char *number;    /* CHIP: the number, set bold */
    gboolean decorative;   /* the words beside say it: an artifact, its run has no text */
};

/* ---- particulars of the kinds ---- */

typedef struct {
    int level;             /* 1–6; 0 for a Part without heading */
    const char *id;        /* for cross-references; may be NULL */
    const char *number;    /* "3.1", "Bilaga 9 a"; NULL unnumbered */
    gboolean in_contents;
    const char *page_kind; /* theme page kind it turns to and back from; NULL none */
    gboolean new_page;
    const char *running;   /* running section name for heads; NULL none */
    const struct SatsNode *head_left, *head_right; /* running head of its own; both NULL: the document's */
} SatsSection;

typedef struct {
    int level;
    const char *number;    /* borrowed from its section */
    const char *title;     /* plain text, for the outline and contents */
    gboolean run_in;       /* unnumbered sub-heading */
} SatsHeading;

typedef enum { SATS_LIST_BULLET, SATS_LIST_DASH, SATS_LIST_DECIMAL, SATS_LIST_ALPHA, SATS_LIST_NONE } SatsListKind;
typedef struct {
    SatsListKind kind;
    const char *mark;      /* BULLET, DASH: the mark of each item; NULL else */
    int start;
    gboolean tight;
    int depth;             /* 0 outermost */
} SatsList;

typedef enum { SATS_WIDTH_CONTENT, SATS_WIDTH_FIXED, SATS_WIDTH_SHARE } SatsWidthKind;
typedef enum { SATS_ALIGN_INHERIT, SATS_ALIGN_LEFT, SATS_ALIGN_RIGHT, SATS_ALIGN_CENTER, SATS_ALIGN_DECIMAL } SatsAlign;
typedef struct {
    const char *id;
    SatsWidthKind width_kind;
    double width;          /* FIXED: points; SHARE: weight */
    double min_width_pt;   /* 0 none */
    SatsAlign align;
    gboolean tint;         /* shaded from the head down (the plan year) */
    gboolean key;          /* repeated when the table is split by columns; its body cells are row headers */
    double gap_before_pt;  /* extra empty space before the column (groups of columns) */
    gboolean hyphenate;
    gboolean drop_empty;   /* left out by bind when no row has anything in it */
} SatsTableColumn;

typedef struct {
    guint n_columns;
    SatsTableColumn *columns;
    const char *number;       /* "Tabell 3"; NULL unnumbered */
    const char *id;
    const char *unit;         /* right end of the caption line; NULL none */
    const char *style;        /* theme table style; NULL the default */
    const char *widths_group; /* tables of one name line up: they share column widths */
    gboolean transport;       /* running sums over page breaks */
    const char *summary;      /* PDF Summary attribute; NULL none */
    guint n_rows;             /* all groups */
} SatsTable;

typedef enum { SATS_ROWS_HEAD, SATS_ROWS_BODY, SATS_ROWS_FOOT } SatsRowGroupKind;
typedef struct { SatsRowGroupKind kind; } SatsRowGroup;

typedef enum {
    SATS_ROW_HEAD,
    SATS_ROW_BODY,
    SATS_ROW_GROUP,       /* title over the full width; never ends a page; repeated with "(forts.)" */
    SATS_ROW_SUBGROUP,    /* second level of group */
    SATS_ROW_SUBTOTAL,
    SATS_ROW_TOTAL,       /* never begins a page */
    SATS_ROW_RESULT,      /* final result: heavy rules */
    SATS_ROW_BLOCK_HEAD,  /* head of a second block of the same columns */
} SatsRowKind;

/* The line above a row, from the column where the row's own cells begin. */
typedef enum { SATS_RULE_NONE, SATS_RULE_DOTTED, SATS_RULE_HAIR, SATS_RULE_THIN, SATS_RULE_HEAVY } SatsRule;

typedef struct {
    SatsRowKind kind;
    SatsRule rule_above;
    gboolean keep_with_next;  /* rows of one item */
    double height_pt;         /* least height (rows to fill in by hand); 0 by content */
    guint index;              /* in the table, all groups */
    guint8 n_titles;          /* it stands under: 1 a group's, 2 a subgroup's too */
    const char *remark;       /* GROUP: muted text at the right edge; NULL none */
    gboolean continued_label; /* repeat first cell's label with "(forts.)" when the row's item breaks */
} SatsRow;

typedef enum { SATS_SCOPE_NONE, SATS_SCOPE_COLUMN, SATS_SCOPE_ROW, SATS_SCOPE_BOTH } SatsScope;
typedef struct {
    guint16 column, column_span, row_span;  /* from 0; spans at least 1 */
    guint8 scope;             /* SatsScope; header cells */
    guint8 align;             /* SatsAlign; INHERIT: the column's */
    guint8 turned;            /* text reads upwards */
    guint8 repeat_label;      /* spanning label repeated with "(forts.)" after a page break */
    gint32 fill;              /* 0xRRGGBB behind the cell, -1 none */
    const char *header_id;    /* TH: /ID where needed; NULL none */
    const char **headers;     /* TD/TH: NULL-terminated ids where Scope is not enough; NULL none */
} SatsCell;

typedef struct SatsFigureData SatsFigureData;  /* document/figure.h */
typedef struct {
    const char *number;       /* "Figur 2"; NULL unnumbered */
    const char *id;
    const void *image;        /* SatsImage, once the engine has read it; NULL for charts */
    const char *image_path;   /* as the plan names it */
    double width_pt;          /* 0: natural, at most the measure */
    const SatsFigureData *data; /* charts drawn from data; NULL for images */
} SatsFigure;

typedef enum { SATS_CONTENTS_SECTIONS, SATS_CONTENTS_TABLES, SATS_CONTENTS_FIGURES } SatsContentsKind;
typedef struct { SatsContentsKind kind; int depth; } SatsContents;
typedef struct { int level; const char *number; const char *title; const SatsNode *target; } SatsContentsEntry;

typedef struct {
    guint n_columns;
    double *shares;           /* weights */
    double gap_pt;
    gboolean balanced;        /* one flow over all columns, of equal height */
} SatsColumns;

typedef struct { guint per_row; } SatsSignatures;
typedef struct { const char *field_name; const char *tooltip; } SatsParty;
typedef struct { const char *field_name; const char *tooltip; } SatsForm;
typedef struct { guint per_row; gboolean document_control; } SatsFields;
typedef struct { guint span; } SatsField;
typedef struct { guint per_row; } SatsTiles;
typedef struct { double height_pt; gboolean fill; } SatsSpace;
typedef struct { const char *page_kind; gboolean only_kind; } SatsPageBreak;
typedef struct {
    gboolean footnote;        /* at the foot of the page; else under its table */
    const char *mark;         /* "1", "*", "1)" */
    const SatsNode *call;     /* first REFERENCE that calls it */
} SatsNoteData;
typedef struct { const char *uri; const SatsNode *target; const SatsNode *note; } SatsLink;
typedef struct { const char *language; gboolean inserted, deleted; } SatsSpanData;

struct SatsNode {
    guint8 kind;           /* SatsNodeKind */
    guint8 role;           /* SatsRole */
    guint8 keep;           /* keep on one page; on headings and captions implied with next */
    guint8 changed;        /* change bar beside it */
    guint32 id;
    SatsNode *parent, *first_child, *last_child, *next;
    SatsPlace place;
    const char *style;     /* theme text style of a text block; NULL the kind's default */
    const char *alt;       /* Alt of figures, forms and links */
    SatsRun *runs;         /* text blocks */
    guint n_runs;
    union {
        SatsSection *section;
        SatsHeading *heading;
        SatsList *list;
        SatsTable *table;
        SatsRowGroup *row_group;
        SatsRow *row;
        SatsCell *cell;
        SatsFigure *figure;
        SatsContents *contents;
        SatsContentsEntry *entry;
        SatsColumns *columns;
        SatsSignatures *signatures;
        SatsParty *party;
        SatsForm *form;
        SatsFields *fields;
        SatsField *field;
        SatsTiles *tiles;
        SatsSpace *space;
        SatsPageBreak *page_break;
        SatsNoteData *note;
        SatsLink *link;
        SatsSpanData *span;
        void *any;
    } as;
};

/* ---- the document ---- */

/* A line of a page head or foot; parts may be NULL. Set by layout as artifacts. */
typedef struct {
    const SatsNode *left, *right;   /* text blocks (role NONE), may use PAGE_NUMBER, PAGE_COUNT, SECTION */
} SatsRunningLine;

typedef struct {
    const char *key, *value;        /* template-declared custom metadata, e.g. "Diarienummer" */
} SatsMetadataItem;

typedef struct {
    SatsArena *arena;
    SatsNode *root;
    guint n_nodes;
    const char *language;           /* "sv-SE" */
    const char *title, *author, *subject, *keywords;
    const char *date;               /* ISO date or date-time, or NULL */
    const SatsMetadataItem *metadata;
    guint n_metadata;
    SatsRunningLine head, foot;     /* of all pages but the first */
    SatsRunningLine first_foot;
    const char *watermark;          /* "UTKAST"; NULL none */
    gboolean draft;
    SatsPlace status_place;         /* where the plan says whether it is a draft, else its beginning */
    guint n_placeholders;
    const SatsNode *const *notes;   /* all footnotes in order of first call */
    guint n_notes;
    const char *page_kind;          /* the first page's kind, theme page name */
} SatsDocument;

SatsDocument *sats_document_new(void);
void sats_document_free(SatsDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsDocument, sats_document_free)

/* Makes a node in the document's arena, last child of `parent` (NULL for the root); `as` points at
 * a zeroed struct of the kind's particulars (a cell's spans are 1 and its fill is -1, a row group is
 * the body). Role is the kind's usual one: H1, TBody and TD until bind knows better. A node of
 * another kind without parent (a running line) stands outside the tree. */
SatsNode *sats_node_new(SatsDocument *document, SatsNode *parent, SatsNodeKind kind, SatsPlace place);
/* Numbers the nodes in preorder. Called once, when bind is done. */
void sats_document_number(SatsDocument *document);
const char *sats_role_name(SatsRole role);       /* "TH" */
const char *sats_node_kind_name(SatsNodeKind kind); /* "row-group" */
SatsRole sats_node_kind_role(SatsNodeKind kind);    /* the usual one */
gboolean sats_node_is_inline(const SatsNode *node);
/* All text of a node and below, as it reads: blocks a line each, cells of a row and an item's label
 * and body with a space between. Caller frees. */
char *sats_node_text(const SatsNode *node);
/* The tree as text, for --stage=document. Caller frees. */
char *sats_document_dump(const SatsDocument *document);

#endif
