/* Reads a theme's YAML into its parts: one file's words over what the theme already holds. */
#include <string.h>

#include "base/decimal.h"
#include "template/files.h"
#include "template/spec.h"
#include "template/theme-parts.h"

static gboolean read_rgb(const char *text, guint32 *out_rgb) {
    guint32 rgb = 0;
    for (int i = 1; i < 7; i++) {
        int digit = g_ascii_xdigit_value(text[i]);
        if (digit < 0)
            return FALSE;
        rgb = rgb << 4 | (guint32)digit;
    }
    *out_rgb = rgb;
    return text[7] == '\0';
}

/* Another colour's name, or "NAME 20 %": so much of it and the rest white. */
static gboolean read_made(SatsThemeReader *reader, const char *text, SatsThemeColour *colour) {
    const char *space = strchr(text, ' ');
    gsize length = space ? (gsize)(space - text) : strlen(text);
    colour->of = sats_arena_strndup(reader->arena, text, length);
    colour->share = 1;
    if (space) {
        SatsDecimal percent;
        gsize digits = strlen(space + 1);
        if (!g_str_has_suffix(space + 1, " %") ||
            !sats_decimal_parse(space + 1, digits - strlen(" %"), &percent))
            return FALSE;
        colour->share = sats_decimal_to_double(percent) / 100.0;
    }
    return length > 0 && colour->share >= 0 && colour->share <= 1;
}

void sats_theme_no_colour(SatsReport *report, const char *name, const SatsPlace *place) {
    sats_report_add(report, SATS_ERROR, "theme-colour", place, "'%s' is not a colour",
                    "'%s' är ingen färg", name);
    sats_report_hint(report,
                     "write \"#0E4A63\", with quotes, another colour's name, or accent 20 %%",
                     "skriv \"#0E4A63\", med citattecken, en annan färgs namn, eller accent 20 %%");
}

static void read_colours(SatsThemeReader *reader, const SatsValue *map) {
    if (!sats_spec_is_map(reader->report, map, "colours", "färger"))
        return;
    for (guint32 i = 0; i < map->length; i++) {
        const SatsEntry *entry = &map->as.entries[i];
        const SatsValue *value = entry->value;
        SatsThemeColour *colour = sats_arena_new_struct(reader->arena, SatsThemeColour);
        gboolean is_text = value->kind == SATS_VALUE_TEXT;
        if (!is_text || !(value->as.text[0] == '#' ? read_rgb(value->as.text, &colour->rgb)
                                                   : read_made(reader, value->as.text, colour))) {
            sats_theme_no_colour(reader->report, entry->key, &value->place);
            continue;
        }
        colour->place = value->place;
        sats_names_put(&reader->theme->colours, entry->key, colour);
    }
}

static void read_page(SatsThemeReader *reader, const SatsEntry *entry) {
    static const char *const words[] = {"width",      "height",      "left",      "right",
                                        "top",        "bottom",      "head",      "foot",
                                        "prose-left", "prose-width", "first-top", NULL};
    if (!sats_spec_is_map(reader->report, entry->value, "measures of a page", "en sidas mått"))
        return;
    sats_spec_keys(reader->report, entry->value, "page", "en sida", words);
    SatsPageKind *page = sats_arena_new_struct(reader->arena, SatsPageKind);
    const SatsPageKind *old = sats_names_get(&reader->theme->pages, entry->key);
    if (old)
        *page = *old;
    page->name = sats_arena_strdup(reader->arena, entry->key);
    double *const measures[] = {&page->width_pt,       &page->height_pt,   &page->left_pt,
                                &page->right_pt,       &page->top_pt,      &page->bottom_pt,
                                &page->head_y_pt,      &page->foot_y_pt,   &page->prose_left_pt,
                                &page->prose_width_pt, &page->first_top_pt};
    for (guint i = 0; words[i]; i++)
        *measures[i] =
            sats_spec_length(reader->report, entry->value, words[i], SATS_UNIT_MM, *measures[i]);
    if (page->width_pt - page->left_pt - page->right_pt < 72.0 ||
        page->height_pt - page->top_pt - page->bottom_pt < 72.0)
        sats_report_add(reader->report, SATS_ERROR, "theme-page", &entry->place,
                        "page '%s' has no room between its margins",
                        "sidan '%s' har ingen plats mellan marginalerna", entry->key);
    else
        sats_names_put(&reader->theme->pages, page->name, page);
}

static const char *read_family(SatsReport *report, const SatsValue *map, const char *fallback) {
    const char *family = sats_spec_string(report, map, "family", fallback);
    const SatsValue *value = sats_value_lookup(map, "family");
    if (value && family && !*family) {
        sats_report_add(report, SATS_ERROR, "theme-family", &value->place,
                        "the name of the font family is empty", "teckensnittets namn är tomt");
        return fallback;
    }
    return family;
}

static const char *const style_words[] = {
    "from",          "family",        "weight", "italic", "size",    "leading",   "colour",
    "number-colour", "tracking",      "above",  "below",  "tabular", "hyphenate", "on",
    "decorative",    "strong-colour", "wide",   NULL};

static void read_style_words(SatsThemeReader *reader, const SatsValue *map, SatsThemeStyle *draft) {
    SatsReport *report = reader->report;
    SatsTextStyle *style = &draft->style;
    style->family = read_family(report, map, style->family);
    style->weight = (int)sats_spec_count(report, map, "weight", (guint)style->weight, 100, 900);
    style->italic = sats_spec_bool(report, map, "italic", style->italic);
    style->size_pt = sats_spec_length(report, map, "size", SATS_UNIT_POINT, style->size_pt);
    if (sats_value_lookup(map, "leading"))
        draft->has_leading = TRUE;
    double leading = draft->has_leading ? style->leading_pt : style->size_pt * 1.4;
    style->leading_pt = sats_spec_length(report, map, "leading", SATS_UNIT_POINT, leading);
    draft->colour = sats_spec_string(report, map, "colour", draft->colour);
    draft->number_colour = sats_spec_string(report, map, "number-colour", draft->number_colour);
    draft->strong_colour = sats_spec_string(report, map, "strong-colour", draft->strong_colour);
    draft->on = sats_spec_string(report, map, "on", draft->on);
    draft->decorative = sats_spec_bool(report, map, "decorative", draft->decorative);
    style->tracking = sats_spec_number(report, map, "tracking", style->tracking);
    style->above_pt = sats_spec_length(report, map, "above", SATS_UNIT_POINT, style->above_pt);
    style->below_pt = sats_spec_length(report, map, "below", SATS_UNIT_POINT, style->below_pt);
    style->tabular = sats_spec_bool(report, map, "tabular", style->tabular);
    style->hyphenate = sats_spec_bool(report, map, "hyphenate", style->hyphenate);
    style->wide = sats_spec_bool(report, map, "wide", style->wide);
    if (style->size_pt < 4.0 || style->size_pt > 400.0 || style->leading_pt < style->size_pt * 0.8)
        sats_report_add(report, SATS_ERROR, "theme-size", &draft->place,
                        "style '%s': the size must be 4 to 400 pt and the leading not less than it",
                        "stilen '%s': graden ska vara 4 till 400 pt och kägeln inte mindre",
                        style->name);
}

/* What `from` names, or the same name in the theme below, or a fresh default. */
static const void *base_of(SatsThemeReader *reader, const SatsNames *names,
                           const SatsEntry *entry) {
    const char *from = sats_spec_string(reader->report, entry->value, "from", NULL);
    if (!from)
        return sats_names_get(names, entry->key);
    const void *base = sats_names_get(names, from);
    if (!base) {
        const SatsValue *value = sats_value_lookup(entry->value, "from");
        sats_spec_unknown(reader->report, &value->place, "unknown-style", "style", "okänd stil",
                          from, sats_names_keys(names));
    }
    return base;
}

static void read_style(SatsThemeReader *reader, const SatsEntry *entry) {
    if (!sats_spec_is_map(reader->report, entry->value, "words of a style", "en stils ord"))
        return;
    sats_spec_keys(reader->report, entry->value, "style", "en stil", style_words);
    SatsThemeStyle *draft = sats_arena_new_struct(reader->arena, SatsThemeStyle);
    const SatsThemeStyle *base = base_of(reader, &reader->theme->styles, entry);
    if (base) {
        *draft = *base;
    } else {
        draft->style.weight = 400;
        draft->style.size_pt = 10.5;
        draft->colour = "ink";
    }
    draft->place = entry->place;
    draft->style.name = sats_arena_strdup(reader->arena, entry->key);
    read_style_words(reader, entry->value, draft);
    sats_names_put(&reader->theme->styles, entry->key, draft);
}

typedef struct {
    const char *word;
    double *target;
} Measure;

static void read_measures(SatsThemeReader *reader, const SatsValue *map, const char *key,
                          const Measure *measures, guint n) {
    const SatsValue *sub = sats_value_lookup(map, key);
    if (!sub || !sats_spec_is_map(reader->report, sub, "measures", "mått"))
        return;
    const char *words[16] = {NULL};
    for (guint i = 0; i < n; i++) {
        words[i] = measures[i].word;
        *measures[i].target = sats_spec_length(reader->report, sub, measures[i].word,
                                               SATS_UNIT_POINT, *measures[i].target);
    }
    sats_spec_keys(reader->report, sub, key, key, words);
}

static void read_table_words(SatsThemeReader *reader, const SatsValue *map, SatsTableStyle *style) {
    SatsReport *report = reader->report;
    style->text_style = sats_spec_string(report, map, "text", style->text_style);
    style->head_style = sats_spec_string(report, map, "head", style->head_style);
    style->group_style = sats_spec_string(report, map, "group", style->group_style);
    style->subgroup_style = sats_spec_string(report, map, "subgroup", style->subgroup_style);
    style->total_style = sats_spec_string(report, map, "total", style->total_style);
    style->note_style = sats_spec_string(report, map, "note", style->note_style);
    style->caption_style = sats_spec_string(report, map, "caption", style->caption_style);
    const Measure rules[] = {{"top", &style->rule_top_pt},     {"head", &style->rule_head_pt},
                             {"row", &style->rule_row_pt},     {"end", &style->rule_end_pt},
                             {"total", &style->rule_total_pt}, {"result", &style->rule_result_pt},
                             {"group", &style->rule_group_pt}, {"dotted", &style->rule_dotted_pt},
                             {"span", &style->rule_span_pt}};
    read_measures(reader, map, "rules", rules, G_N_ELEMENTS(rules));
    const Measure padding[] = {{"above", &style->pad_above_pt},
                               {"below", &style->pad_below_pt},
                               {"side", &style->pad_side_pt}};
    read_measures(reader, map, "padding", padding, G_N_ELEMENTS(padding));
    const Measure head[] = {{"above", &style->head_above_pt}, {"below", &style->head_below_pt}};
    read_measures(reader, map, "head-padding", head, G_N_ELEMENTS(head));
    const Measure group[] = {{"above", &style->group_above_pt},
                             {"first-above", &style->group_first_above_pt},
                             {"below", &style->group_below_pt}};
    read_measures(reader, map, "group-padding", group, G_N_ELEMENTS(group));
    style->column_gap_pt =
        sats_spec_length(report, map, "column-gap", SATS_UNIT_POINT, style->column_gap_pt);
    style->prose = sats_spec_bool(report, map, "prose", style->prose);
    style->zebra = sats_spec_bool(report, map, "zebra", style->zebra);
    style->grid = sats_spec_bool(report, map, "grid", style->grid);
    style->min_size_pt =
        sats_spec_length(report, map, "min-size", SATS_UNIT_POINT, style->min_size_pt);
}

static void read_table(SatsThemeReader *reader, const SatsEntry *entry) {
    static const char *const words[] = {
        "from",       "text",    "head",  "group",   "subgroup",     "total",
        "note",       "caption", "rules", "padding", "head-padding", "group-padding",
        "column-gap", "prose",   "zebra", "grid",    "min-size",     NULL};
    if (!sats_spec_is_map(reader->report, entry->value, "words of a table style",
                          "en tabellstils ord"))
        return;
    sats_spec_keys(reader->report, entry->value, "table", "en tabell", words);
    SatsThemeTable *table = sats_arena_new_struct(reader->arena, SatsThemeTable);
    const SatsThemeTable *base = base_of(reader, &reader->theme->tables, entry);
    if (!base)
        base = sats_names_get(&reader->theme->tables, "standard");
    if (base)
        *table = *base;
    table->place = entry->place;
    table->style.name = sats_arena_strdup(reader->arena, entry->key);
    read_table_words(reader, entry->value, &table->style);
    sats_names_put(&reader->theme->tables, entry->key, table);
}

static void read_each(SatsThemeReader *reader, const SatsValue *map,
                      void (*read)(SatsThemeReader *, const SatsEntry *)) {
    if (!sats_spec_is_map(reader->report, map, "names", "namn"))
        return;
    for (guint32 i = 0; i < map->length; i++)
        read(reader, &map->as.entries[i]);
}

static void read_list(SatsThemeReader *reader, const SatsEntry *entry) {
    SatsListMarks *marks = sats_arena_new_struct(reader->arena, SatsListMarks);
    marks->marks = sats_spec_texts(reader->report, entry->value, "marks, one a level",
                                   "märken, ett för varje nivå", reader->arena, &marks->n_marks);
    if (marks->marks)
        sats_names_put(&reader->theme->lists, entry->key, marks);
}

/* Lengths and numbers: nested maps give dotted names. New names only in the root theme. */
static void read_values(SatsThemeReader *reader, const SatsValue *map, const char *prefix,
                        SatsNames *names, gboolean lengths) {
    if (!sats_spec_is_map(reader->report, map, "measures", "mått"))
        return;
    for (guint32 i = 0; i < map->length; i++) {
        const SatsEntry *entry = &map->as.entries[i];
        const char *name =
            *prefix ? sats_arena_printf(reader->arena, "%s.%s", prefix, entry->key) : entry->key;
        if (entry->value->kind == SATS_VALUE_MAP) {
            if (*prefix == '\0')
                read_values(reader, entry->value, name, names, lengths);
            continue;
        }
        double value;
        if (reader->root && !sats_names_get(names, name)) {
            sats_spec_unknown(reader->report, &entry->place, "unknown-word", "measure",
                              "okänt mått", name, sats_names_keys(names));
        } else if (!sats_spec_length_of(entry->value, lengths ? SATS_UNIT_MM : SATS_UNIT_POINT,
                                        &value)) {
            sats_report_add(reader->report, SATS_ERROR, "theme-measure", &entry->value->place,
                            "'%s' is not a measure", "'%s' är inget mått", name);
        } else {
            sats_names_put(names, name, sats_arena_memdup(reader->arena, &value, sizeof value));
        }
    }
}

static void read_words(SatsThemeReader *reader, const SatsValue *map) {
    if (!sats_spec_is_map(reader->report, map, "words", "ord"))
        return;
    SatsNames *names = &reader->theme->words;
    for (guint32 i = 0; i < map->length; i++) {
        const SatsEntry *entry = &map->as.entries[i];
        if (reader->root && !sats_names_get(names, entry->key)) {
            sats_spec_unknown(reader->report, &entry->place, "unknown-word", "word", "okänt ord",
                              entry->key, sats_names_keys(names));
            continue;
        }
        const char *word = sats_spec_string(reader->report, map, entry->key, "");
        sats_names_put(names, entry->key, sats_arena_strdup(reader->arena, word));
    }
}

static void read_fonts(SatsThemeReader *reader, const SatsValue *list, const char *folder) {
    SatsTheme *theme = reader->theme;
    if (list->kind == SATS_VALUE_NULL ||
        !sats_spec_is_list(reader->report, list, "font folders", "mappar med teckensnitt"))
        return;
    const char **all =
        sats_arena_new_array(reader->arena, const char *, theme->n_font_folders + list->length + 1);
    guint n = 0;
    for (; n < theme->n_font_folders; n++)
        all[n] = theme->font_folders[n];
    for (guint32 i = 0; i < list->length; i++) {
        const SatsValue *item = list->as.items[i];
        if (item->kind == SATS_VALUE_TEXT)
            all[n++] = sats_files_join(folder, item->as.text, reader->arena);
    }
    theme->font_folders = all;
    theme->n_font_folders = n;
}

void sats_theme_apply(SatsThemeReader *reader, const SatsValue *root, const char *folder) {
    static const char *const words[] = {"theme",   "extends", "family", "fonts", "colours",
                                        "pages",   "styles",  "tables", "lists", "lengths",
                                        "numbers", "words",   NULL};
    SatsTheme *theme = reader->theme;
    sats_spec_keys(reader->report, root, "theme", "temat", words);
    theme->family = read_family(reader->report, root, theme->family);
    const SatsValue *value = sats_value_lookup(root, "fonts");
    if (value)
        read_fonts(reader, value, folder);
    value = sats_value_lookup(root, "colours");
    if (value)
        read_colours(reader, value);
    value = sats_value_lookup(root, "pages");
    if (value)
        read_each(reader, value, read_page);
    value = sats_value_lookup(root, "styles");
    if (value)
        read_each(reader, value, read_style);
    value = sats_value_lookup(root, "tables");
    if (value)
        read_each(reader, value, read_table);
    value = sats_value_lookup(root, "lists");
    if (value)
        read_each(reader, value, read_list);
    value = sats_value_lookup(root, "lengths");
    if (value)
        read_values(reader, value, "", &theme->lengths, TRUE);
    value = sats_value_lookup(root, "numbers");
    if (value)
        read_values(reader, value, "", &theme->numbers, FALSE);
    value = sats_value_lookup(root, "words");
    if (value)
        read_words(reader, value);
    if (!reader->root)
        reader->root = root;
}
