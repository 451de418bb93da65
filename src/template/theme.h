/* template/theme.h: the look as data: pages, type, colours, lengths, table styles.
 *
 * A theme is a YAML file (templates/themes/NAME.yaml) that may extend another; the standard theme
 * names every value there is, so a lookup of a name that the standard theme has never fails. What
 * is read here is checked (unknown names, wrong types, colours and fonts that cannot be, text
 * contrast below 4.5:1 as a warning) and is immutable afterwards. All lengths are points; the file
 * gives lengths in mm and type sizes in points.
 */
#ifndef SATS_TEMPLATE_THEME_H
#define SATS_TEMPLATE_THEME_H

#include "data/value.h"
#include "document/node.h"

typedef struct {
    const char *name;   /* "body" */
    const char *family; /* font family */
    int weight;         /* 100–900 */
    gboolean italic;
    double size_pt, leading_pt;
    guint32 rgb;
    guint32 number_rgb;        /* heading and caption numbers, list labels */
    guint32 strong_rgb;        /* **strong** words */
    double tracking;           /* thousandths of an em */
    double above_pt, below_pt; /* space; between blocks the larger of the two counts */
    gboolean tabular;          /* tabular figures */
    gboolean hyphenate;
    gboolean wide; /* paragraphs and headings stand at the left margin, as wide as the live area */
} SatsTextStyle;

typedef struct {
    const char *name; /* "portrait", "landscape", "slide" */
    double width_pt, height_pt;
    double left_pt, right_pt, top_pt, bottom_pt; /* margins */
    double prose_left_pt;                        /* axis B: from the left margin to prose */
    double prose_width_pt;                       /* the prose measure */
    double head_y_pt;                            /* top of the running head, from the page's top */
    double foot_y_pt;    /* bottom of the running foot, from the page's bottom */
    double first_top_pt; /* top of the first page's content (its document block) */
} SatsPageKind;

/* Rules in points of weight, 0 none. Paddings in points. */
typedef struct {
    const char *name; /* "standard", "dense", "wide", "form", "plain" */
    const char *text_style, *head_style, *group_style, *subgroup_style, *total_style, *note_style,
        *caption_style;
    double rule_top_pt, rule_head_pt, rule_row_pt, rule_end_pt, rule_total_pt, rule_result_pt,
        rule_group_pt, rule_dotted_pt, rule_span_pt;
    double pad_above_pt, pad_below_pt, pad_side_pt;
    double head_above_pt, head_below_pt;
    double group_above_pt, group_first_above_pt, group_below_pt;
    double column_gap_pt; /* extra before a text column that follows a number column */
    gboolean prose;       /* set among the prose: at its edge, no wider than the columns ask for */
    gboolean zebra;
    gboolean grid;      /* vertical hairlines too (forms to fill in) */
    double min_size_pt; /* least size a too wide table is tightened to */
} SatsTableStyle;

/* The marks of a kind of list, for its levels from the outermost; deeper ones have the last. */
typedef struct {
    const char *const *marks; /* "•", "–": any text */
    guint n_marks;            /* at least 1 */
} SatsListMarks;

typedef struct SatsTheme SatsTheme;

/* Finds NAME.yaml in `folders` (NULL-terminated; each folder's themes/), reads it and what it
 * extends. NULL with findings in `report` when unusable; `place`: where the theme is named, NULL
 * nowhere. Lives in `arena`. */
const SatsTheme *sats_theme_load(const char *name, const char *const *folders, SatsSources *sources,
                                 SatsArena *arena, SatsReport *report, const SatsPlace *place);

/* The lookups below return NULL (rgb: FALSE) for an unknown name; borrowed, cheap (hashed). */
const SatsTextStyle *sats_theme_style(const SatsTheme *theme, const char *name);
/* Where a file last said something of the style. */
const SatsPlace *sats_theme_style_place(const SatsTheme *theme, const char *name);
const SatsPageKind *sats_theme_page(const SatsTheme *theme, const char *name);
const SatsTableStyle *sats_theme_table(const SatsTheme *theme, const char *name);
gboolean sats_theme_colour(const SatsTheme *theme, const char *name, guint32 *out_rgb);
const SatsListMarks *sats_theme_list(const SatsTheme *theme, const char *name);
/* A named length in points ("list.indent", "signature.hand" …); aborts on a name that the standard
 * theme does not have, which is a programming error. */
double sats_theme_length_pt(const SatsTheme *theme, const char *name);
/* A named number that is no length ("break.empty", "chart.hairlines"); aborts likewise. */
double sats_theme_number(const SatsTheme *theme, const char *name);
/* A word the engine itself sets ("forts", "tabell", "figur", "innehåll", "sida" …): themes may
 * rename them. Aborts on an unknown name. */
const char *sats_theme_word(const SatsTheme *theme, const char *name);
/* Font folders named by the theme besides the engine's own; NULL-terminated, may be empty. */
const char *const *sats_theme_font_folders(const SatsTheme *theme);
/* All names of styles, pages, table styles, colours and lists, for "did you mean". NULL-terminated.
 */
const char *const *sats_theme_style_names(const SatsTheme *theme);
const char *const *sats_theme_page_names(const SatsTheme *theme);
const char *const *sats_theme_table_names(const SatsTheme *theme);
const char *const *sats_theme_colour_names(const SatsTheme *theme);
const char *const *sats_theme_list_names(const SatsTheme *theme);
/* Contrast between two colours as WCAG 2.1 counts it, 1 to 21. */
double sats_theme_contrast(guint32 rgb, guint32 background_rgb);

#endif
