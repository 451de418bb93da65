/* layout/context.h: what the parts of layout share while one document is set.
 *
 * Private to layout. A context is made by sats_layout(), one for each thread that sets blocks, and
 * lives as long as it runs.
 */
#ifndef SATS_LAYOUT_CONTEXT_H
#define SATS_LAYOUT_CONTEXT_H

#include "layout/layout.h"

typedef struct {
    const SatsDocument *document;
    const SatsTheme *theme;
    SatsTypesetter typesetter;
    SatsReport *report;
    SatsArena *arena;            /* of the pages */
    GHashTable *faces;           /* family, weight, slant → face: text-block.c */
    GPtrArray *page_refs;        /* fragments to be filled in with page numbers */
    GHashTable *notes;           /* NOTE nodes that have been called: the first call places one */
    GPtrArray *called;           /* NOTE nodes that were called first in the stretch; NULL none */
    GHashTable *shared_widths;   /* widths group → column widths */
    const SatsPageKind *page;    /* where the block being set will stand */
    SatsPlace place;             /* of the block being set: for words that layout adds to it */
    const SatsRunningLine *head; /* the section's own running head; NULL the document's */
    gboolean past_front;         /* the first section has begun: the title page is done */
    GError *error;               /* sticky: a missing font */
} SatsContext;

/* ---- what the theme says (context.c) ---- */

/* The style of a text block: the node's own, else `fallback`. */
const SatsTextStyle *sats_context_style(SatsContext *context, const SatsNode *node,
                                        const char *fallback);
/* The style that the theme has of that name for one kind of page, "slide-title", or NULL. */
const SatsTextStyle *sats_context_page_style(const SatsContext *context, const SatsPageKind *page,
                                             const char *role);
/* The same, or else the style of that name for every page: slides are read from afar. */
const SatsTextStyle *sats_context_role(SatsContext *context, const SatsPageKind *page,
                                       const char *role);
/* A length of the theme by its name, "list.indent". */
float sats_context_length_pt(const SatsContext *context, const char *name);
/* A colour of the theme by its name, 0xRRGGBB; black when it has none of that name. */
guint32 sats_context_colour(const SatsContext *context, const char *name);

/* ---- text blocks (text-block.c) ---- */

typedef struct {
    SatsParagraph *paragraph;
    const SatsTextStyle *style;
    const SatsNode *node;
    float min_width_pt, max_width_pt;
} SatsTextBlock;

typedef struct {
    guint32 add_flags;  /* SatsRunFlags added to all runs, e.g. TABULAR, STRONG, MUTED */
    gboolean hyphenate; /* besides the style's own */
} SatsTextOptions;

/* Prepares a text block's runs for breaking. `options` may be NULL. Reports unknown characters. */
SatsTextBlock sats_text_block(SatsContext *context, const SatsNode *node,
                              const SatsTextStyle *style, const SatsTextOptions *options);
/* Prepares text that layout itself sets ("(forts.)"): an artifact without runs of its own. `flags`:
 * SatsRunFlags. */
SatsTextBlock sats_text_words(SatsContext *context, const char *text, const SatsTextStyle *style,
                              guint32 flags);

typedef struct {
    SatsLine *lines;
    guint n_lines;
    float leading_pt, baseline_pt; /* baseline below the line's top */
    float height_pt;
} SatsLines;
/* Breaks to width; reports words divided by force (warning "overfull") at the node's place. */
SatsLines sats_text_lines(SatsContext *context, const SatsTextBlock *block, float width_pt);
/* Baseline of a style's line below its top, half-leading. */
float sats_style_baseline_pt(SatsContext *context, const SatsTextStyle *style);

/* Placeholders' fills and underlines, change marks, marks (lights, chips): draws what a line needs
 * besides its glyphs, then the line itself. `artifact` -1: content. */
void sats_line_draw(SatsContext *context, SatsBoxBuilder *builder, const SatsNode *owner,
                    SatsLine *line, const SatsTextStyle *style, float x, float baseline_y,
                    int artifact);

/* Footnotes called in a line for the first time; NULL none. */
const SatsNoteBox *sats_line_notes(SatsContext *context, const SatsLine *line);

/* ---- blocks (blocks.c) ---- */

typedef struct {
    float x_pt; /* left edge within the galley */
    float width_pt;
    float table_x_pt, table_width_pt; /* where tables and wide figures go (the full live width) */
    const char *text_style;           /* default of paragraphs: "body", in cells the table's */
    gboolean in_cell;
    guint32 flags; /* SatsRunFlags added to all text (total rows are STRONG …) */
    int list_depth;
    SatsAlign align;
} SatsMeasure;

/* Sets a block and what is in it at the end of the galley. */
void sats_block_set(SatsContext *context, const SatsNode *node, const SatsMeasure *measure,
                    SatsGalley *galley);
/* Sets all children. */
void sats_blocks_set(SatsContext *context, const SatsNode *parent, const SatsMeasure *measure,
                     SatsGalley *galley);
/* Sets the blocks from `first` to the one before `end`; NULL: to the last. */
void sats_blocks_range_set(SatsContext *context, const SatsNode *first, const SatsNode *end,
                           const SatsMeasure *measure, SatsGalley *galley);
/* Draws the bar of what has changed: left of the live area, as high as the box that is being made,
 * which will stand `x_pt` from the live area's edge. */
void sats_change_bar(SatsContext *context, SatsBoxBuilder *builder, float x_pt, float height_pt);
/* Sets a text block as lines, with widow and orphan penalties. */
void sats_paragraph_set(SatsContext *context, const SatsNode *node, const SatsTextStyle *style,
                        const SatsMeasure *measure, SatsGalley *galley);
/* Least and natural width of a block and what is in it. */
void sats_block_widths(SatsContext *context, const SatsNode *node, const SatsMeasure *measure,
                       float *out_min_pt, float *out_max_pt);

/* ---- tables (table.c and its files) ---- */

void sats_table_set(SatsContext *context, const SatsNode *table, const SatsMeasure *measure,
                    SatsGalley *galley);

/* ---- figures, fields, tiles, signatures (their own files) ---- */
void sats_figure_set(SatsContext *context, const SatsNode *figure, const SatsMeasure *measure,
                     SatsGalley *galley);
void sats_fields_set(SatsContext *context, const SatsNode *fields, const SatsMeasure *measure,
                     SatsGalley *galley);
void sats_tiles_set(SatsContext *context, const SatsNode *tiles, const SatsMeasure *measure,
                    SatsGalley *galley);
void sats_signatures_set(SatsContext *context, const SatsNode *signatures,
                         const SatsMeasure *measure, SatsGalley *galley);
void sats_contents_set(SatsContext *context, const SatsNode *contents, const SatsMeasure *measure,
                       SatsGalley *galley);
void sats_columns_set(SatsContext *context, const SatsNode *columns, const SatsMeasure *measure,
                      SatsGalley *galley);

/* ---- marks (marks.c): status lights, crosses, trend arrows, chips ---- */
void sats_mark_size(SatsContext *context, const SatsMark *mark, const SatsTextStyle *style,
                    float *out_width_pt, float *out_height_pt, float *out_depth_pt);
void sats_mark_draw(SatsContext *context, SatsBoxBuilder *builder, const SatsNode *owner,
                    const SatsRun *run, const SatsTextStyle *style, float x, float baseline_y,
                    int artifact);

#endif
