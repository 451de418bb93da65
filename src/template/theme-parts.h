/* template/theme-parts.h: what a theme is made of; for theme.c and theme-read.c only. */
#ifndef SATS_TEMPLATE_THEME_PARTS_H
#define SATS_TEMPLATE_THEME_PARTS_H

#include "template/names.h"
#include "template/theme.h"

/* Until all files are read, colours are names: a theme that changes "accent" changes all it is in.
 */
typedef struct {
    SatsTextStyle style;
    const char *colour, *number_colour, *strong_colour,
        *on;             /* on: the ground it stands on; NULL white */
    gboolean decorative; /* no contrast asked for */
    gboolean has_leading;
    SatsPlace place;
} SatsThemeStyle;

typedef struct {
    SatsTableStyle style;
    SatsPlace place;
} SatsThemeTable;

typedef struct {
    guint32 rgb;
    const char *of; /* the colour it is made from, NULL none: known when all files are read */
    double share;   /* of that colour, the rest is white; 0 to 1 */
    SatsPlace place;
} SatsThemeColour;

struct SatsTheme {
    const char *name, *family;
    SatsNames styles, pages, tables, colours, lists, lengths, numbers, words;
    const char **font_folders;
    guint n_font_folders;
    const char *const *style_names, *const *page_names, *const *table_names, *const *colour_names,
                                                                                 *const *list_names;
};

typedef struct {
    SatsTheme *theme;
    const char *const *folders;
    SatsSources *sources;
    SatsArena *arena;
    SatsReport *report;
    const SatsValue *root; /* the file that stands on no other, once it is applied: names of
                              lengths, numbers and words are fixed from then on */
    guint depth;
} SatsThemeReader;

#define SATS_THEME_MAX_DEPTH 8u

/* With nothing in it; lives in `arena`. */
SatsTheme *sats_theme_new(const char *name, SatsArena *arena);

/* The finding that a colour cannot be read, at `place`. */
void sats_theme_no_colour(SatsReport *report, const char *name, const SatsPlace *place);

/* Puts one file's words over what `reader->theme` holds. `folder`: the file's. */
void sats_theme_apply(SatsThemeReader *reader, const SatsValue *root, const char *folder);

/* Once `reader->root` is applied: gives the theme the names that the engine asks for and that it
 * lacks, with the values of the standard theme that came with the program. Errors tell of them,
 * unless the file came out of a PDF. */
void sats_theme_complete(SatsThemeReader *reader);

#endif
