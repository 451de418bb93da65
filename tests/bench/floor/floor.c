/* floor: draws text with PangoLayout and a cairo PDF surface, and does nothing else.
 *
 * What an ordinary program on PangoCairo would spend on the same words: no template, no choice of
 * breaks, no tags. Input, UTF-8, one paragraph or cell a line (see README.md):
 *
 *     x y width size<TAB>text        points; y is the first baseline; width 0: do not break
 *     \f                             a form feed alone on a line: next page
 */
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <stdio.h>
#include <string.h>

typedef struct {
    cairo_t *cr;
    PangoLayout *layout;
    PangoFontDescription *font;
    double size; /* that the layout's font has now */
    guint n_pages, n_paragraphs;
} Floor;

typedef struct {
    double page_width, page_height;
    char *fonts_dir, *family;
} Options;

/* Only the fonts of the folder, so that both programs set the same text in the same font. */
static gboolean use_fonts(PangoFontMap *map, const char *folder) {
    FcConfig *config = FcConfigCreate();
    gboolean found = FcConfigAppFontAddDir(config, (const FcChar8 *)folder) != FcFalse;
    if (found)
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    FcConfigDestroy(config);
    return found;
}

static void make_layout(Floor *self, PangoFontMap *map, const char *family) {
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("sv-SE"));
    pango_cairo_update_context(self->cr, context);
    self->layout = pango_layout_new(context);
    g_object_unref(context);
    self->font = pango_font_description_from_string(family);
    pango_layout_set_wrap(self->layout, PANGO_WRAP_WORD_CHAR);
}

static void draw(Floor *self, const double v[4], const char *text, gsize length) {
    if (v[3] < self->size || v[3] > self->size) {
        pango_font_description_set_absolute_size(self->font, v[3] * PANGO_SCALE);
        pango_layout_set_font_description(self->layout, self->font);
        self->size = v[3];
    }
    pango_layout_set_width(self->layout, v[2] > 0 ? pango_units_from_double(v[2]) : -1);
    pango_layout_set_text(self->layout, text, (int)length);
    double baseline = pango_units_to_double(pango_layout_get_baseline(self->layout));
    cairo_move_to(self->cr, v[0], v[1] - baseline);
    pango_cairo_show_layout(self->cr, self->layout);
    self->n_paragraphs++;
}

static gboolean draw_line(Floor *self, const char *line, gsize length) {
    if (length == 1 && line[0] == '\f') {
        cairo_show_page(self->cr);
        self->n_pages++;
        return TRUE;
    }
    const char *tab = memchr(line, '\t', length);
    if (tab == NULL)
        return length == 0;
    const char *at = line;
    double v[4];
    for (guint i = 0; i < 4; i++) {
        char *end;
        v[i] = g_ascii_strtod(at, &end);
        if (end == at || end > tab)
            return FALSE;
        at = end;
    }
    draw(self, v, tab + 1, (gsize)(line + length - (tab + 1)));
    return TRUE;
}

static gboolean draw_all(Floor *self, const char *text, gsize length) {
    const char *end = text + length;
    for (guint number = 1; text < end; number++) {
        const char *newline = memchr(text, '\n', (gsize)(end - text));
        const char *line_end = newline != NULL ? newline : end;
        if (!draw_line(self, text, (gsize)(line_end - text))) {
            fprintf(stderr, "floor: line %u is not 'x y width size<TAB>text'\n", number);
            return FALSE;
        }
        text = line_end + 1;
    }
    cairo_show_page(self->cr);
    self->n_pages++;
    return TRUE;
}

static int run(const Options *options, const char *input, const char *output) {
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    gsize length;
    if (!g_file_get_contents(input, &text, &length, &error)) {
        fprintf(stderr, "floor: %s\n", error->message);
        return 3;
    }
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (options->fonts_dir != NULL && !use_fonts(map, options->fonts_dir)) {
        fprintf(stderr, "floor: no fonts in %s\n", options->fonts_dir);
        return 3;
    }
    cairo_surface_t *surface =
        cairo_pdf_surface_create(output, options->page_width, options->page_height);
    Floor floor = {.cr = cairo_create(surface)};
    make_layout(&floor, map, options->family != NULL ? options->family : "Source Sans 3");
    gboolean done = draw_all(&floor, text, length);
    g_object_unref(floor.layout);
    pango_font_description_free(floor.font);
    cairo_destroy(floor.cr);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    g_object_unref(map);
    if (status != CAIRO_STATUS_SUCCESS) {
        fprintf(stderr, "floor: %s: %s\n", output, cairo_status_to_string(status));
        return 3;
    }
    printf("%u pages, %u paragraphs\n", floor.n_pages, floor.n_paragraphs);
    return done ? 0 : 1;
}

int main(int argc, char **argv) {
    Options options = {.page_width = 595.28, .page_height = 841.89};
    GOptionEntry entries[] = {
        {"fonts", 0, 0, G_OPTION_ARG_FILENAME, &options.fonts_dir, "Folder of the fonts", "DIR"},
        {"family", 0, 0, G_OPTION_ARG_STRING, &options.family, "Family (Source Sans 3)", "NAME"},
        {"width", 0, 0, G_OPTION_ARG_DOUBLE, &options.page_width, "Page width, points", "PT"},
        {"height", 0, 0, G_OPTION_ARG_DOUBLE, &options.page_height, "Page height, points", "PT"},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GError) error = NULL;
    GOptionContext *context = g_option_context_new("INPUT.txt OUTPUT.pdf");
    g_option_context_add_main_entries(context, entries, NULL);
    gboolean parsed = g_option_context_parse(context, &argc, &argv, &error);
    g_option_context_free(context);
    int code = 2;
    if (!parsed || argc != 3)
        fprintf(stderr, "floor: %s\n", parsed ? "needs INPUT.txt OUTPUT.pdf" : error->message);
    else
        code = run(&options, argv[1], argv[2]);
    g_free(options.fonts_dir);
    g_free(options.family);
    return code;
}
