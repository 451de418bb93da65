/* pdf.c: the device: brackets around content and artifacts, and what is written at the end.
 *
 * A bracket (marked content) is opened when the first thing is painted in it and closed when
 * another one is: empty ones leave no trace, and the lines of a paragraph, or rule after rule,
 * share one.
 *
 * A mark (status light, cross …) is drawn with paths, and reads as its run's text: when a bracket's
 * `order` is the number of such a run, an ActualText goes around what is drawn, up to the text of
 * any other run.
 */
#include "pdf/internal.h"

#include <math.h>

#include "pdf/subset-library.h"
#include "text/harfbuzz-library.h"

typedef enum { BRACKET_NONE, BRACKET_CONTENT, BRACKET_ARTIFACT } Bracket;

static SatsPdf *pdf_of(SatsDevice *device) {
    return (SatsPdf *)device;
}

/* ---- brackets ---- */

static void end_alternative(SatsPdf *pdf) {
    if (!pdf->alternative)
        return;
    if (pdf->drawn)
        sats_content_space(&pdf->content, &pdf->fonts, pdf->drawn_x_pt, pdf->drawn_y_pt);
    sats_content_settle(&pdf->content);
    sats_out_literal(&pdf->content.out, "EMC\n");
    pdf->alternative = pdf->drawn = pdf->content.no_spans = FALSE;
}

static void close_bracket(SatsPdf *pdf) {
    end_alternative(pdf);
    if (pdf->bracket != BRACKET_NONE) {
        sats_content_settle(&pdf->content);
        sats_out_literal(&pdf->content.out, "EMC\n");
    }
    pdf->bracket = BRACKET_NONE;
    pdf->figure = NULL;
}

static const SatsRun *mark_run(const SatsPdf *pdf) {
    const SatsNode *block = pdf->owner;
    while (block->n_runs == 0 && block->parent != NULL && sats_node_is_inline(block))
        block = block->parent;
    if (pdf->order >= block->n_runs)
        return NULL;
    const SatsRun *run = &block->runs[pdf->order];
    return run->kind == SATS_RUN_MARK && run->length > 0 ? run : NULL;
}

static void open_content(SatsPdf *pdf) {
    SatsOut *out = &pdf->content.out;
    const SatsNode *holder = sats_structure_holder(pdf->owner);
    guint32 mcid = sats_structure_content(pdf, pdf->owner, pdf->order);
    sats_out_byte(out, '/');
    sats_out_string(out, sats_structure_has_inner_link(holder)
                             ? "Link"
                             : sats_role_name((SatsRole)holder->role));
    sats_out_literal(out, "<</MCID ");
    sats_out_int(out, mcid);
    sats_out_literal(out, ">>BDC\n");
    pdf->figure = holder->role == SATS_ROLE_FIGURE ? holder : NULL;
    const SatsRun *mark = mark_run(pdf);
    if (mark != NULL) {
        sats_content_begin_span(&pdf->content, mark->text, mark->length);
        pdf->alternative = pdf->content.no_spans = TRUE;
    }
}

/* ISO 32000-1, table 330. A background's box is the page. */
static void open_artifact(SatsPdf *pdf) {
    static const char *const TYPES[] = {
        [SATS_ARTIFACT_PAGINATION_HEADER] = "/Type/Pagination/Subtype/Header",
        [SATS_ARTIFACT_PAGINATION_FOOTER] = "/Type/Pagination/Subtype/Footer",
        [SATS_ARTIFACT_PAGINATION_WATERMARK] = "/Type/Pagination/Subtype/Watermark",
        [SATS_ARTIFACT_PAGINATION] = "/Type/Pagination",
        [SATS_ARTIFACT_LAYOUT] = "/Type/Layout",
        [SATS_ARTIFACT_BACKGROUND] = "/Type/Background/BBox[0 0 ",
    };
    SatsOut *out = &pdf->content.out;
    sats_out_literal(out, "/Artifact<<");
    sats_out_string(out, TYPES[pdf->artifact]);
    if (pdf->artifact == SATS_ARTIFACT_BACKGROUND) {
        sats_out_hundredths(out, sats_out_round(pdf->pages.width_pt));
        sats_out_byte(out, ' ');
        sats_out_hundredths(out, sats_out_round(pdf->pages.height_pt));
        sats_out_byte(out, ']');
    }
    sats_out_literal(out, ">>BDC\n");
}

/* Before anything is painted. What is painted outside of all brackets is no content
 * (PDF/UA-1, 7.1). */
static void ensure_bracket(SatsPdf *pdf) {
    if (pdf->wanted == BRACKET_NONE && pdf->ended) {
        close_bracket(pdf);
        pdf->wanted = BRACKET_ARTIFACT;
        pdf->artifact = SATS_ARTIFACT_LAYOUT;
    }
    if (pdf->wanted == BRACKET_NONE)
        return;
    sats_content_settle(&pdf->content);
    pdf->bracket = pdf->wanted;
    pdf->wanted = BRACKET_NONE;
    if (pdf->bracket == BRACKET_CONTENT)
        open_content(pdf);
    else
        open_artifact(pdf);
}

static void begin_content(SatsDevice *device, const SatsNode *owner, guint order) {
    SatsPdf *pdf = pdf_of(device);
    pdf->ended = FALSE;
    if (pdf->bracket == BRACKET_CONTENT && pdf->owner == owner && pdf->order == order)
        return;
    close_bracket(pdf);
    pdf->wanted = BRACKET_CONTENT;
    pdf->owner = owner;
    pdf->order = order;
}

static void begin_artifact(SatsDevice *device, SatsArtifact artifact) {
    SatsPdf *pdf = pdf_of(device);
    pdf->ended = FALSE;
    if (pdf->bracket == BRACKET_ARTIFACT && pdf->artifact == artifact)
        return;
    close_bracket(pdf);
    pdf->wanted = BRACKET_ARTIFACT;
    pdf->artifact = artifact;
}

static void end_bracket(SatsDevice *device) {
    SatsPdf *pdf = pdf_of(device);
    pdf->ended = TRUE;
    pdf->wanted = BRACKET_NONE;
}

/* ---- painting ---- */

static void measure(SatsPdf *pdf, double x0, double y0, double x1, double y1) {
    double box[4];
    sats_content_box(&pdf->content, x0, y0, x1, y1, box);
    sats_structure_measure(pdf, pdf->figure, box);
}

static void measure_text(SatsPdf *pdf, const SatsTextRun *run) {
    for (guint i = 0; i < run->n_fragments; i++) {
        const SatsFragment *fragment = &run->fragments[i];
        double x = run->x_pt + (double)fragment->x_pt, size = (double)fragment->span->size_pt;
        measure(pdf, x, run->y_pt - 0.75 * size, x + (double)fragment->width_pt,
                run->y_pt + 0.25 * size);
    }
}

static void end_foreign_alternative(SatsPdf *pdf, const SatsTextRun *text) {
    if (!pdf->alternative || text->n_fragments == 0)
        return;
    const void *tag = text->fragments[0].span->tag;
    if (tag == NULL || tag == mark_run(pdf))
        pdf->drawn = FALSE; /* a chip's own text stands for it */
    else
        end_alternative(pdf);
}

static void draw_text(SatsDevice *device, const SatsTextRun *run) {
    SatsPdf *pdf = pdf_of(device);
    ensure_bracket(pdf);
    end_foreign_alternative(pdf, run);
    sats_content_text(&pdf->content, &pdf->fonts, run);
    if (pdf->figure != NULL)
        measure_text(pdf, run);
}

static void draw_path(SatsDevice *device, const SatsPathStep *steps, guint n_steps,
                      const SatsPathStyle *style) {
    SatsPdf *pdf = pdf_of(device);
    ensure_bracket(pdf);
    sats_content_path(&pdf->content, steps, n_steps, style);
    if (pdf->alternative && !pdf->drawn && n_steps > 0) {
        pdf->drawn = TRUE;
        pdf->drawn_x_pt = (double)steps[0].x[0];
        pdf->drawn_y_pt = (double)steps[0].y[0];
    }
    for (guint i = 0; pdf->figure != NULL && i < n_steps; i++) {
        int points = steps[i].op == SATS_PATH_CURVE ? 3 : steps[i].op == SATS_PATH_CLOSE ? 0 : 1;
        double around = style->stroke_rgb >= 0 ? (double)style->stroke_width_pt / 2.0 : 0.0;
        for (int p = 0; p < points; p++) {
            double x = (double)steps[i].x[p], y = (double)steps[i].y[p];
            measure(pdf, x - around, y - around, x + around, y + around);
        }
    }
}

static void draw_image(SatsDevice *device, const SatsImage *image, const SatsRect *rect) {
    SatsPdf *pdf = pdf_of(device);
    ensure_bracket(pdf);
    sats_content_image(&pdf->content, sats_images_use(pdf, image), rect);
    if (pdf->figure != NULL)
        measure(pdf, rect->x_pt, rect->y_pt, rect->x_pt + rect->width_pt,
                rect->y_pt + rect->height_pt);
}

/* Brackets and the graphics state nest: one that was left open is closed before, one that waits is
 * opened within. */
static void push_transform(SatsDevice *device, const double matrix[6]) {
    SatsPdf *pdf = pdf_of(device);
    if (pdf->ended)
        close_bracket(pdf);
    else
        ensure_bracket(pdf);
    sats_content_push(&pdf->content, matrix);
}

static void pop_transform(SatsDevice *device) {
    SatsPdf *pdf = pdf_of(device);
    if (pdf->ended)
        close_bracket(pdf);
    sats_content_pop(&pdf->content);
}

static void add_link(SatsDevice *device, const SatsNode *owner, const SatsRect *rects,
                     guint n_rects) {
    sats_links_add(pdf_of(device), owner, rects, n_rects);
}

static void add_field(SatsDevice *device, const SatsNode *owner, const SatsRect *rect) {
    sats_forms_add(pdf_of(device), owner, rect);
}

static void add_anchor(SatsDevice *device, const SatsNode *node, double x_pt, double y_pt) {
    sats_pages_anchor(pdf_of(device), node, x_pt, y_pt);
}

static void begin_page(SatsDevice *device, double width_pt, double height_pt, const char *label) {
    SatsPdf *pdf = pdf_of(device);
    pdf->ended = TRUE;
    sats_pages_begin(pdf, width_pt, height_pt, label);
}

static void end_page(SatsDevice *device) {
    SatsPdf *pdf = pdf_of(device);
    close_bracket(pdf);
    sats_content_settle(&pdf->content);
    sats_pages_end(pdf);
}

/* ---- life ---- */

gboolean sats_pdf_load(GError **error) {
    return sats_harfbuzz_load(error) && sats_subset_load(error);
}

SatsPdf *sats_pdf_new(const SatsDocument *document, const SatsPdfOptions *options, SatsSink sink) {
    static const SatsDeviceClass CLASS = {
        .begin_page = begin_page,
        .end_page = end_page,
        .begin_content = begin_content,
        .end_content = end_bracket,
        .begin_artifact = begin_artifact,
        .end_artifact = end_bracket,
        .text = draw_text,
        .path = draw_path,
        .image = draw_image,
        .push_transform = push_transform,
        .pop_transform = pop_transform,
        .link = add_link,
        .signature_field = add_field,
        .anchor = add_anchor,
    };
    SatsPdf *pdf = g_new0(SatsPdf, 1);
    pdf->device.klass = &CLASS;
    pdf->document = document;
    pdf->options = *options;
    pdf->writer = sats_writer_new(sink, options->compression, options->threads);
    sats_content_init(&pdf->content, options->compression == 0);
    sats_glyph_fonts_init(&pdf->fonts, pdf->writer);
    sats_structure_init(pdf);
    sats_pages_init(pdf);
    pdf->links = g_array_new(FALSE, FALSE, sizeof(SatsLinkArea));
    pdf->fields = g_array_new(FALSE, FALSE, sizeof(guint32));
    pdf->field_names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    pdf->images = g_array_new(FALSE, FALSE, sizeof(SatsPdfImage));
    pdf->image_index = g_hash_table_new(NULL, NULL);
    pdf->ended = TRUE;
    sats_attach_init(pdf);
    return pdf;
}

void sats_pdf_free(SatsPdf *pdf) {
    if (pdf == NULL)
        return;
    sats_writer_free(pdf->writer); /* first: its thread may be reading what is below */
    sats_content_clear(&pdf->content);
    sats_glyph_fonts_clear(&pdf->fonts);
    sats_structure_clear(pdf);
    sats_pages_clear(pdf);
    g_array_unref(pdf->links);
    g_array_unref(pdf->fields);
    g_hash_table_unref(pdf->field_names);
    g_array_unref(pdf->images);
    g_hash_table_unref(pdf->image_index);
    g_free(pdf->attachment_numbers);
    g_free(pdf);
}

SatsDevice *sats_pdf_device(SatsPdf *pdf) {
    return &pdf->device;
}

/* ---- the end ---- */

/* ISO 19005-3, 6.2.3: one output intent, sRGB. */
static void put_output_intent(SatsPdf *pdf, SatsOut *out) {
    guint32 profile = sats_writer_reserve(pdf->writer);
    sats_writer_stream(pdf->writer, profile, "/N 3", pdf->options.icc_profile,
                       pdf->options.icc_size);
    sats_out_literal(
        out, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
             "/Info(sRGB IEC61966-2.1)/DestOutputProfile ");
    sats_out_ref(out, profile);
    sats_out_literal(out, ">>]");
}

static void put_catalog(SatsPdf *pdf, SatsOut *out) {
    const char *language = pdf->document->language != NULL ? pdf->document->language : "sv-SE";
    sats_out_literal(out, "<</Type/Catalog/MarkInfo<</Marked true>>/Lang");
    sats_out_text_string(out, language, strlen(language));
    sats_out_literal(out, "/ViewerPreferences<</DisplayDocTitle true>>/Pages ");
    sats_out_ref(out, sats_pages_write_tree(pdf));
    sats_out_literal(out, "/PageLabels");
    sats_pages_put_labels(pdf, out);
    sats_out_literal(out, "/StructTreeRoot ");
    sats_out_ref(out, pdf->structure.root);
    guint32 outline = sats_outline_write(pdf);
    if (outline != 0) {
        sats_out_literal(out, "/PageMode/UseOutlines/Outlines ");
        sats_out_ref(out, outline);
    }
    if (pdf->fields->len > 0)
        sats_forms_put(pdf, out);
    SatsOut names = {0};
    if (sats_attach_write(pdf, out, &names))
        sats_out_bytes(out, names.data, names.length);
    sats_out_clear(&names);
    put_output_intent(pdf, out);
    sats_out_literal(out, "/Metadata ");
    sats_out_ref(out, sats_metadata_write(pdf));
    sats_out_literal(out, ">>");
}

gboolean sats_pdf_finish(SatsPdf *pdf, GError **error) {
    g_assert(!pdf->finished && !pdf->pages.open);
    pdf->finished = TRUE;
    sats_glyph_fonts_write_files(&pdf->fonts); /* first: made while the structure is written */
    sats_attach_write_rest(pdf);
    sats_links_write(pdf);
    sats_structure_write(pdf);
    sats_glyph_fonts_write(&pdf->fonts);
    SatsOut catalog = {0};
    put_catalog(pdf, &catalog);
    guint32 root = sats_writer_reserve(pdf->writer);
    SatsOut *out = sats_writer_begin(pdf->writer, root);
    sats_out_bytes(out, catalog.data, catalog.length);
    sats_writer_end(pdf->writer);
    sats_out_clear(&catalog);
    guint32 info = sats_metadata_write_info(pdf);
    return sats_writer_close(pdf->writer, root, info, error);
}
