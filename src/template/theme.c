/* The look as data: finding a theme and what it extends, checking it whole, and looking things up.
 */
#include "template/theme.h"

#include <math.h>
#include <string.h>

#include "template/files.h"
#include "template/spec.h"
#include "template/theme-parts.h"

#define SATS_THEME_LEAST_CONTRAST 4.5

/* ---- reading ---- */

static gboolean read_file(SatsThemeReader *reader, const char *name, guint from, const char *beside,
                          const SatsPlace *place);

/* A theme stands on the one it names, else on the standard theme; one called as what it extends (an
 * organisation's own "standard") on the next of that name. */
static gboolean read_base(SatsThemeReader *reader, const SatsValue *root, const SatsFile *file,
                          const char *name) {
    const SatsValue *extends = sats_value_lookup(root, "extends");
    const char *base = sats_spec_string(reader->report, root, "extends", NULL);
    const SatsPlace *place = extends ? &extends->place : &root->place;
    if (base)
        return read_file(reader, base, strcmp(base, name) == 0 ? file->index + 1 : 0, file->folder,
                         place);
    SatsFile unused;
    guint from = strcmp(name, "standard") == 0 ? file->index + 1 : 0;
    if (!sats_files_find(reader->folders, from, "themes", "standard", NULL, reader->arena, &unused))
        return TRUE;
    return read_file(reader, "standard", from, file->folder, place);
}

static gboolean read_file(SatsThemeReader *reader, const char *name, guint from, const char *beside,
                          const SatsPlace *place) {
    SatsFile file;
    if (reader->depth >= SATS_THEME_MAX_DEPTH) {
        sats_report_add(reader->report, SATS_ERROR, "theme-cycle", place,
                        "theme '%s' extends itself, or too many others",
                        "temat '%s' bygger på sig självt eller på för många andra", name);
        return FALSE;
    }
    if (!sats_files_find(reader->folders, from, "themes", name, beside, reader->arena, &file)) {
        sats_spec_unknown(reader->report, place, "unknown-theme", "theme", "okänt tema", name,
                          sats_files_names(reader->folders, "themes", reader->arena));
        return FALSE;
    }
    const SatsValue *root =
        sats_files_read(&file, reader->sources, reader->arena, reader->report, place);
    if (!root || !sats_spec_is_map(reader->report, root, "a theme", "ett tema"))
        return FALSE;
    reader->depth++;
    if (!read_base(reader, root, &file, name))
        return FALSE;
    gboolean is_lowest = !reader->root;
    sats_theme_apply(reader, root, file.folder);
    if (is_lowest)
        sats_theme_complete(reader);
    return TRUE;
}

/* ---- checking the whole ---- */

static double channel(guint32 rgb, guint shift) {
    double part = (double)(rgb >> shift & 0xFF) / 255.0;
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double luminance(guint32 rgb) {
    return 0.2126 * channel(rgb, 16) + 0.7152 * channel(rgb, 8) + 0.0722 * channel(rgb, 0);
}

double sats_theme_contrast(guint32 rgb, guint32 background_rgb) {
    double a = luminance(rgb) + 0.05, b = luminance(background_rgb) + 0.05;
    return a > b ? a / b : b / a;
}

static guint32 colour_named(SatsThemeReader *reader, const char *name, const SatsPlace *place,
                            guint32 fallback) {
    guint32 rgb = fallback;
    if (name && !sats_theme_colour(reader->theme, name, &rgb))
        sats_spec_unknown(reader->report, place, "unknown-colour", "colour", "okänd färg", name,
                          sats_names_keys(&reader->theme->colours));
    return rgb;
}

/* The finding stands at the colour, once for all the styles that use it so. */
static void check_contrast(SatsThemeReader *reader, const char *name, const char *ground_name) {
    const SatsThemeColour *colour = sats_names_get(&reader->theme->colours, name);
    const SatsThemeColour *ground = sats_names_get(&reader->theme->colours, ground_name);
    if (!colour || !ground)
        return;
    double contrast = sats_theme_contrast(colour->rgb, ground->rgb);
    if (contrast >= SATS_THEME_LEAST_CONTRAST)
        return;
    int tenths = (int)(contrast * 10);
    sats_report_add(reader->report, SATS_WARNING, "contrast", &colour->place,
                    "text in '%s' on '%s' has a contrast of %d.%d, at least 4.5 is asked for",
                    "text i '%s' på '%s' har kontrasten %d,%d, minst 4,5 krävs", name, ground_name,
                    tenths / 10, tenths % 10);
}

/* The share of a colour, on white. */
static guint32 tint_of(guint32 rgb, double share) {
    guint32 out = 0;
    for (guint shift = 0; shift <= 16; shift += 8) {
        double part = 255.0 - share * (255.0 - (double)(rgb >> shift & 0xFF));
        out |= (guint32)(part + 0.5) << shift;
    }
    return out;
}

/* Colours that are made from others: through as many as there are at most, so that a ring ends.
 * What is made from one that cannot be made is not a finding of its own. */
static void finish_colours(SatsThemeReader *reader) {
    const SatsNames *colours = &reader->theme->colours;
    for (guint i = 0; i < colours->n; i++) {
        SatsThemeColour *colour = colours->values[i];
        g_assert(colour != NULL);
        const SatsThemeColour *from = colour;
        double share = 1;
        for (guint depth = 0; from && from->of && depth < colours->n; depth++) {
            share *= from->share;
            from = sats_names_get(colours, from->of);
        }
        gboolean ring = from && from->of;
        if (ring || (colour->of && !sats_names_get(colours, colour->of)))
            sats_theme_no_colour(reader->report, colours->keys[i], &colour->place);
        else if (from && colour->of)
            colour->rgb = tint_of(from->rgb, share);
    }
}

static void finish_styles(SatsThemeReader *reader) {
    SatsTheme *theme = reader->theme;
    for (guint i = 0; i < theme->styles.n; i++) {
        SatsThemeStyle *draft = theme->styles.values[i];
        const SatsPlace *place = &draft->place;
        if (!draft->style.family)
            draft->style.family = theme->family;
        draft->style.rgb = colour_named(reader, draft->colour, place, 0);
        draft->style.number_rgb =
            colour_named(reader, draft->number_colour, place, draft->style.rgb);
        draft->style.strong_rgb =
            colour_named(reader, draft->strong_colour, place, draft->style.rgb);
        colour_named(reader, draft->on, place, 0xFFFFFF);
        if (draft->decorative)
            continue;
        const char *ground = draft->on ? draft->on : "white";
        check_contrast(reader, draft->colour, ground);
        if (draft->number_colour)
            check_contrast(reader, draft->number_colour, ground);
    }
}

static void finish_tables(SatsThemeReader *reader) {
    SatsTheme *theme = reader->theme;
    for (guint i = 0; i < theme->tables.n; i++) {
        const SatsThemeTable *table = theme->tables.values[i];
        const SatsTableStyle *style = &table->style;
        const char *const used[] = {style->text_style,     style->head_style,  style->group_style,
                                    style->subgroup_style, style->total_style, style->note_style,
                                    style->caption_style};
        for (guint k = 0; k < G_N_ELEMENTS(used); k++)
            if (!used[k])
                sats_report_add(reader->report, SATS_ERROR, "theme-table", &table->place,
                                "table style '%s' does not name all its text styles",
                                "tabellstilen '%s' anger inte alla sina textstilar", style->name);
            else if (!sats_names_get(&theme->styles, used[k]))
                sats_spec_unknown(reader->report, &table->place, "unknown-style", "style",
                                  "okänd stil", used[k], theme->style_names);
    }
}

/* Text on colours: every NAME-text stands on NAME. */
static void check_grounds(SatsThemeReader *reader) {
    const SatsNames *colours = &reader->theme->colours;
    for (guint i = 0; i < colours->n; i++) {
        if (!g_str_has_suffix(colours->keys[i], "-text"))
            continue;
        g_autofree char *ground =
            g_strndup(colours->keys[i], strlen(colours->keys[i]) - strlen("-text"));
        check_contrast(reader, colours->keys[i], ground);
    }
}

SatsTheme *sats_theme_new(const char *name, SatsArena *arena) {
    SatsTheme *theme = sats_arena_new_struct(arena, SatsTheme);
    SatsNames *const all[] = {&theme->styles,  &theme->pages,   &theme->tables, &theme->colours,
                              &theme->lengths, &theme->numbers, &theme->words,  &theme->lists};
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        sats_names_init(all[i], arena);
    theme->name = sats_arena_strdup(arena, name);
    theme->font_folders = sats_arena_new_array(arena, const char *, 1);
    return theme;
}

const SatsTheme *sats_theme_load(const char *name, const char *const *folders, SatsSources *sources,
                                 SatsArena *arena, SatsReport *report, const SatsPlace *place) {
    SatsThemeReader reader = {.theme = sats_theme_new(name, arena),
                              .folders = folders,
                              .sources = sources,
                              .arena = arena,
                              .report = report};
    SatsTheme *theme = reader.theme;
    guint errors = sats_report_count(report, SATS_ERROR);
    if (!read_file(&reader, name, 0, ".", place))
        return NULL;
    theme->style_names = sats_names_keys(&theme->styles);
    theme->page_names = sats_names_keys(&theme->pages);
    theme->table_names = sats_names_keys(&theme->tables);
    theme->colour_names = sats_names_keys(&theme->colours);
    theme->list_names = sats_names_keys(&theme->lists);
    finish_colours(&reader);
    finish_styles(&reader);
    finish_tables(&reader);
    check_grounds(&reader);
    if (!theme->family || !*theme->family)
        sats_report_add(report, SATS_ERROR, "theme-family", &reader.root->place,
                        "theme '%s' names no font family", "temat '%s' anger inget teckensnitt",
                        name);
    return sats_report_count(report, SATS_ERROR) > errors ? NULL : theme;
}

/* ---- looking things up ---- */

const SatsTextStyle *sats_theme_style(const SatsTheme *theme, const char *name) {
    const SatsThemeStyle *draft = sats_names_get(&theme->styles, name);
    return draft ? &draft->style : NULL;
}

const SatsPlace *sats_theme_style_place(const SatsTheme *theme, const char *name) {
    const SatsThemeStyle *draft = sats_names_get(&theme->styles, name);
    return draft ? &draft->place : NULL;
}

const SatsPageKind *sats_theme_page(const SatsTheme *theme, const char *name) {
    return sats_names_get(&theme->pages, name);
}

const SatsTableStyle *sats_theme_table(const SatsTheme *theme, const char *name) {
    const SatsThemeTable *table = sats_names_get(&theme->tables, name);
    return table ? &table->style : NULL;
}

gboolean sats_theme_colour(const SatsTheme *theme, const char *name, guint32 *out_rgb) {
    const SatsThemeColour *colour = sats_names_get(&theme->colours, name);
    if (!colour)
        return FALSE;
    *out_rgb = colour->rgb;
    return TRUE;
}

const SatsListMarks *sats_theme_list(const SatsTheme *theme, const char *name) {
    return sats_names_get(&theme->lists, name);
}

double sats_theme_length_pt(const SatsTheme *theme, const char *name) {
    const double *length = sats_names_get(&theme->lengths, name);
    if (!length)
        g_error("the standard theme has no length '%s'", name);
    return *length;
}

double sats_theme_number(const SatsTheme *theme, const char *name) {
    const double *number = sats_names_get(&theme->numbers, name);
    if (!number)
        g_error("the standard theme has no number '%s'", name);
    return *number;
}

const char *sats_theme_word(const SatsTheme *theme, const char *name) {
    const char *word = sats_names_get(&theme->words, name);
    if (!word)
        g_error("the standard theme has no word '%s'", name);
    return word;
}

const char *const *sats_theme_font_folders(const SatsTheme *theme) {
    return theme->font_folders;
}

const char *const *sats_theme_style_names(const SatsTheme *theme) {
    return theme->style_names;
}

const char *const *sats_theme_page_names(const SatsTheme *theme) {
    return theme->page_names;
}

const char *const *sats_theme_table_names(const SatsTheme *theme) {
    return theme->table_names;
}

const char *const *sats_theme_colour_names(const SatsTheme *theme) {
    return theme->colour_names;
}

const char *const *sats_theme_list_names(const SatsTheme *theme) {
    return theme->list_names;
}
