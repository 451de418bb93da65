/* The official PDF, painted by hand: what stands in the file, and that qpdf finds no fault. */
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "pdf/pdf.h"

#include <cmocka.h>

#define PLAN_YAML "titel: Förvaltningsplan\n"

/* ---- fixture ---- */

typedef struct {
    SatsFonts *fonts;
    SatsShaper *shaper;
    const SatsFace *regular, *bold;
    SatsDocument *document;
    SatsArena *arena;
    SatsPdf *pdf;
    SatsDevice *device;
    char *icc;
    gsize icc_size;
    GString *file;
    gsize sink_limit;
    SatsAttachment files[2];
    SatsPacked packed; /* of the second file */
    /* nodes of the sample */
    SatsNode *heading, *intro, *link, *reference, *span, *list_label, *list_text, *figure, *table;
    SatsNode *caption, *cells[3][2], *heading2, *call, *note, *note_label, *form, *mark_text;
} Fixture;

static gboolean keep(void *context, const void *bytes, gsize size, GError **error) {
    Fixture *f = context;
    if (f->sink_limit > 0 && f->file->len + size > f->sink_limit) {
        g_set_error_literal(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "disk full");
        return FALSE;
    }
    g_string_append_len(f->file, bytes, (gssize)size);
    return TRUE;
}

static SatsNode *node(Fixture *f, SatsNode *parent, SatsNodeKind kind) {
    return sats_node_new(f->document, parent, kind, (SatsPlace){0});
}

static SatsNode *with_role(SatsNode *n, SatsRole role) {
    n->role = (guint8)role;
    return n;
}

/* One run more in the text block. */
static void add_run(Fixture *f, SatsNode *block, SatsNode *owner, SatsRunKind kind,
                    const char *text) {
    SatsRun *runs = sats_arena_new_array(f->document->arena, SatsRun, block->n_runs + 1);
    if (block->n_runs > 0)
        memcpy(runs, block->runs, block->n_runs * sizeof *runs);
    runs[block->n_runs] = (SatsRun){
        .kind = (guint8)kind, .text = text, .length = (guint32)strlen(text), .owner = owner};
    block->runs = runs;
    block->n_runs++;
}

static SatsNode *text_node(Fixture *f, SatsNode *parent, SatsNodeKind kind, const char *text) {
    SatsNode *n = node(f, parent, kind);
    add_run(f, n, NULL, SATS_RUN_TEXT, text);
    return n;
}

static SatsNode *heading_node(Fixture *f, SatsNode *section, const char *title, int level) {
    SatsNode *n = text_node(f, section, SATS_NODE_HEADING, title);
    n->as.heading->level = level;
    n->as.heading->title = title;
    return n;
}

static void build_table(Fixture *f, SatsNode *section) {
    static const char *headers[] = {"a", NULL};
    f->table = node(f, section, SATS_NODE_TABLE);
    f->table->as.table->summary = "Kostnad per \xC3\xA5r";
    f->caption = text_node(f, f->table, SATS_NODE_CAPTION, "Tabell 1. Kostnader");
    SatsNode *head = with_role(node(f, f->table, SATS_NODE_ROW_GROUP), SATS_ROLE_THEAD);
    SatsNode *body = node(f, f->table, SATS_NODE_ROW_GROUP);
    for (int r = 0; r < 3; r++) {
        SatsNode *row = node(f, r == 0 ? head : body, SATS_NODE_ROW);
        for (int c = r == 2 ? 1 : 0; c < 2; c++) {
            SatsNode *cell = text_node(f, row, SATS_NODE_CELL, "cell");
            f->cells[r][c] = cell;
            if (r == 0 || c == 0) {
                with_role(cell, SATS_ROLE_TH);
                cell->as.cell->scope = r == 0 ? SATS_SCOPE_COLUMN : SATS_SCOPE_ROW;
            }
        }
    }
    f->cells[0][0]->as.cell->header_id = "a";
    f->cells[1][0]->as.cell->row_span = 2;
    f->cells[2][1]->as.cell->headers = headers;
}

static void build_document(Fixture *f) {
    static const SatsMetadataItem items[] = {{"Diarienummer", "FDS 2020-0417"},
                                             {"F\xC3\xB6rvaltning", "IT & <data>"},
                                             {"Forvaltning", "samma namn"}};
    SatsDocument *d = f->document = sats_document_new();
    d->title = "F\xC3\xB6rvaltningsplan 2020";
    d->author = "Region Exempel";
    d->language = "sv-SE";
    d->keywords = "plan, f\xC3\xB6rvaltning";
    d->metadata = items;
    d->n_metadata = G_N_ELEMENTS(items);
    SatsNode *root = node(f, NULL, SATS_NODE_DOCUMENT);
    SatsNode *section = node(f, root, SATS_NODE_SECTION);
    f->heading = heading_node(f, section, "Inledning", 1);
    f->intro = node(f, section, SATS_NODE_PARAGRAPH);
    f->link = node(f, f->intro, SATS_NODE_LINK);
    f->link->as.link->uri = "https://example.org/\xC3\xA5";
    f->reference = node(f, f->intro, SATS_NODE_REFERENCE);
    f->span = node(f, f->intro, SATS_NODE_SPAN);
    f->span->as.span->language = "en";
    add_run(f, f->intro, NULL, SATS_RUN_TEXT, "Se ");
    add_run(f, f->intro, f->link, SATS_RUN_TEXT, "webben");
    add_run(f, f->intro, NULL, SATS_RUN_TEXT, " och ");
    add_run(f, f->intro, f->reference, SATS_RUN_TEXT, "avsnitt 2");
    add_run(f, f->intro, NULL, SATS_RUN_TEXT, ", ");
    add_run(f, f->intro, f->span, SATS_RUN_TEXT, "in brief");
    SatsNode *item = node(f, node(f, section, SATS_NODE_LIST), SATS_NODE_ITEM);
    f->list_label = text_node(f, item, SATS_NODE_LABEL, "\xE2\x80\xA2");
    f->list_text = text_node(f, node(f, item, SATS_NODE_BODY), SATS_NODE_PARAGRAPH, "post");
    f->figure = node(f, section, SATS_NODE_FIGURE);
    f->figure->alt = "Organisationen som tr\xC3\xA4"
                     "d";
    build_table(f, section);
    SatsNode *second = node(f, root, SATS_NODE_SECTION);
    f->heading2 = heading_node(f, second, "Ekonomi", 1);
    f->reference->as.link->target = f->heading2;
    heading_node(f, second, "Aldrig m\xC3\xA5lad", 2);
    f->mark_text = node(f, second, SATS_NODE_PARAGRAPH);
    f->call = node(f, f->mark_text, SATS_NODE_REFERENCE);
    add_run(f, f->mark_text, NULL, SATS_RUN_MARK, "enligt plan");
    add_run(f, f->mark_text, NULL, SATS_RUN_TEXT, " status");
    add_run(f, f->mark_text, f->call, SATS_RUN_TEXT, "1");
    f->note = node(f, second, SATS_NODE_NOTE);
    f->note_label = text_node(f, f->note, SATS_NODE_LABEL, "1");
    add_run(f, f->note, NULL, SATS_RUN_TEXT, "en not");
    f->call->as.link->note = f->note;
    f->form = node(f, node(f, second, SATS_NODE_SIGNATURES), SATS_NODE_FORM);
    f->form->as.form->field_name = "underskrift.1";
    f->form->as.form->tooltip = "Underskrift f\xC3\xB6r regionen";
    sats_document_number(d);
}

static void start_with(Fixture *f, int compression, SatsPdfProfile profile,
                       SatsPdfThreads threads) {
    f->files[0] = (SatsAttachment){.name = "plan.yaml",
                                   .mime_type = "text/yaml",
                                   .description = "Planen",
                                   .relationship = "Source",
                                   .bytes = (const guint8 *)PLAN_YAML,
                                   .size = sizeof PLAN_YAML - 1};
    f->files[1] = (SatsAttachment){.name = "mall.yaml",
                                   .mime_type = "text/yaml",
                                   .relationship = "Supplement",
                                   .bytes = (const guint8 *)"a: b\n",
                                   .size = 5,
                                   .packed = f->packed};
    SatsPdfOptions options = {.profile = profile,
                              .attachments = f->files,
                              .n_attachments = 2,
                              .icc_profile = (const guint8 *)f->icc,
                              .icc_size = f->icc_size,
                              .created = "2020-03-01T12:30:00+01:00",
                              .creator = "plansats test",
                              .input_hash = "abc123",
                              .compression = compression,
                              .threads = threads};
    g_string_truncate(f->file, 0);
    g_clear_pointer(&f->pdf, sats_pdf_free);
    f->pdf = sats_pdf_new(f->document, &options, (SatsSink){keep, f});
    f->device = sats_pdf_device(f->pdf);
}

static void start(Fixture *f, int compression, SatsPdfProfile profile) {
    start_with(f, compression, profile, SATS_PDF_THREADS_AUTO);
}

static int setup(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    const char *folders[] = {SATS_TEST_FONTS_DIR, NULL};
    GError *error = NULL;
    f->fonts = sats_fonts_new(folders, &error);
    g_assert_no_error(error);
    f->shaper = sats_shaper_new(f->fonts);
    f->regular = sats_fonts_face(f->fonts, "Source Sans 3", 400, FALSE, &error);
    f->bold = sats_fonts_face(f->fonts, "Source Sans 3", 700, FALSE, &error);
    g_assert_no_error(error);
    g_file_get_contents(SATS_TEST_TEMPLATES_DIR "/icc/srgb.icc", &f->icc, &f->icc_size, &error);
    g_assert_no_error(error);
    f->arena = sats_arena_new();
    f->file = g_string_new(NULL);
    build_document(f);
    start(f, 0, SATS_PDF_A3A_UA1);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    Fixture *f = *state;
    sats_pdf_free(f->pdf);
    sats_document_free(f->document);
    sats_arena_free(f->arena);
    sats_shaper_free(f->shaper);
    sats_fonts_free(f->fonts);
    g_string_free(f->file, TRUE);
    g_free(f->icc);
    g_free(f);
    return 0;
}

/* ---- painting ---- */

typedef struct {
    const SatsFace *face;
    float size, rise, tracking;
    guint features;
    guint32 rgb;
    const char *actual;
    const void *tag;
} Look;

static void paint_text(Fixture *f, Look look, double x, double y, const char *text) {
    SatsSpan *span = sats_arena_new_struct(f->arena, SatsSpan);
    *span = (SatsSpan){.face = look.face != NULL ? look.face : f->regular,
                       .size_pt = look.size > 0.0f ? look.size : 10.0f,
                       .rise_pt = look.rise,
                       .tracking = look.tracking,
                       .rgb = look.rgb,
                       .tag = look.tag};
    const SatsShape *shape =
        sats_shaper_shape(f->shaper, span->face, look.features, text, strlen(text));
    SatsFragment fragment = {.shape = shape,
                             .span = span,
                             .width_pt = shape->width * span->size_pt / 1000.0f,
                             .actual_text = look.actual};
    SatsTextRun run = {&fragment, 1, x, y};
    f->device->klass->text(f->device, &run);
}

static void content_text(Fixture *f, const SatsNode *owner, guint order, Look look, double x,
                         double y, const char *text) {
    f->device->klass->begin_content(f->device, owner, order);
    paint_text(f, look, x, y, text);
    f->device->klass->end_content(f->device);
}

static void paint_rectangle(Fixture *f, SatsArtifact artifact, float x, float y, float w, float h) {
    const SatsPathStep steps[] = {{SATS_PATH_MOVE, {x}, {y}},
                                  {SATS_PATH_LINE, {x + w}, {y}},
                                  {SATS_PATH_LINE, {x + w}, {y + h}},
                                  {SATS_PATH_LINE, {x}, {y + h}},
                                  {SATS_PATH_CLOSE, {0}, {0}}};
    const SatsPathStyle style = {.fill_rgb = 0xE0E8F0, .stroke_rgb = -1};
    f->device->klass->begin_artifact(f->device, artifact);
    f->device->klass->path(f->device, steps, 5, &style);
    f->device->klass->end_artifact(f->device);
}

static void paint_rule(Fixture *f, float x, float y, float x2) {
    const SatsPathStep steps[] = {{SATS_PATH_MOVE, {x}, {y}}, {SATS_PATH_LINE, {x2}, {y}}};
    const SatsPathStyle style = {.fill_rgb = -1,
                                 .stroke_rgb = 0x336699,
                                 .stroke_width_pt = 0.5f,
                                 .dashes_pt = {0.6f, 1.8f},
                                 .n_dashes = 2,
                                 .round = TRUE};
    f->device->klass->begin_artifact(f->device, SATS_ARTIFACT_LAYOUT);
    f->device->klass->path(f->device, steps, 2, &style);
    f->device->klass->end_artifact(f->device);
}

static void paint_image(Fixture *f) {
    static const guint8 pixels[] = {255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9};
    static const guint8 alpha[] = {255, 128, 64, 0};
    static const SatsImage image = {.kind = SATS_IMAGE_PNG,
                                    .name = "p.png",
                                    .width_px = 2,
                                    .height_px = 2,
                                    .components = 3,
                                    .pixels = pixels,
                                    .alpha = alpha};
    const SatsRect rect = {60, 200, 100, 50};
    f->device->klass->begin_content(f->device, f->figure, 0);
    f->device->klass->image(f->device, &image, &rect);
    f->device->klass->end_content(f->device);
}

static void paint_first_page(Fixture *f) {
    const SatsDeviceClass *k = f->device->klass;
    k->begin_page(f->device, 595.276, 841.89, "1");
    k->anchor(f->device, f->heading, 56, 60);
    content_text(f, f->heading, 0, (Look){.face = f->bold, .size = 18}, 56, 80, "Inledning AVA");
    /* painted out of reading order: the order of runs rules */
    content_text(f, f->intro, 4, (Look){0}, 170, 110, ", ");
    content_text(f, f->span, 5, (Look){0}, 180, 110, "in brief");
    content_text(f, f->intro, 0, (Look){0}, 56, 110, "Se ");
    content_text(f, f->link, 1, (Look){.rgb = 0x0055AA}, 70, 110, "webben");
    content_text(f, f->intro, 2, (Look){0}, 105, 110, " och ");
    content_text(f, f->reference, 3, (Look){.rgb = 0x0055AA}, 125, 110, "avsnitt 2");
    const SatsRect web = {70, 100, 35, 12}, reference = {125, 100, 40, 12};
    k->link(f->device, f->link, &web, 1);
    k->link(f->device, f->reference, &reference, 1);
    content_text(f, f->list_label, 0, (Look){0}, 56, 130, "\xE2\x80\xA2");
    content_text(f, f->list_text, 0, (Look){0}, 70, 130, "post \xE2\x86\x92 \xE2\x9A\xA0 klar");
    paint_image(f);
    content_text(f, f->caption, 0, (Look){0}, 56, 300, "Tabell 1. Kostnader");
    paint_rectangle(f, SATS_ARTIFACT_LAYOUT, 56, 310, 100, 15);
    paint_rectangle(f, SATS_ARTIFACT_LAYOUT, 156, 310, 100, 15);
    paint_rule(f, 56, 325, 256);
    paint_rule(f, 56, 345, 256);
    for (int r = 0; r < 2; r++)
        for (int c = 0; c < 2; c++)
            content_text(f, f->cells[r][c], 0, (Look){0}, 60 + 100 * c, 321 + 20 * r,
                         "1\xC2\xA0"
                         "234,5");
    content_text(f, f->cells[1][0], 0, (Look){.actual = "f\xC3\xB6rvaltningen"}, 60, 355,
                 "f\xC3\xB6rvalt-");
    k->begin_artifact(f->device, SATS_ARTIFACT_PAGINATION_FOOTER);
    paint_text(f, (Look){.size = 8}, 500, 800, "Sida 1 (2)");
    k->end_artifact(f->device);
    k->end_page(f->device);
}

static void paint_mark(Fixture *f) {
    const SatsPathStep steps[] = {{SATS_PATH_MOVE, {60}, {100}},
                                  {SATS_PATH_CURVE, {60, 66, 66}, {94, 94, 100}},
                                  {SATS_PATH_CLOSE, {0}, {0}}};
    const SatsPathStyle style = {.fill_rgb = 0x208020, .stroke_rgb = 0, .stroke_width_pt = 1};
    f->device->klass->begin_content(f->device, f->mark_text, 0);
    f->device->klass->path(f->device, steps, 3, &style);
    paint_text(f, (Look){.tag = &f->mark_text->runs[1]}, 70, 105, " status");
    f->device->klass->end_content(f->device);
}

static void paint_second_page(Fixture *f) {
    static const double turn[6] = {0, -1, 1, 0, 300, 500};
    const SatsDeviceClass *k = f->device->klass;
    k->begin_page(f->device, 841.89, 595.276, "2");
    k->begin_artifact(f->device, SATS_ARTIFACT_PAGINATION);
    paint_text(f, (Look){0}, 56, 50, "Tabell 1 (forts.)");
    k->end_artifact(f->device);
    content_text(f, f->cells[1][0], 0, (Look){.actual = ""}, 60, 65, "ningen");
    content_text(f, f->cells[2][1], 0, (Look){0}, 160, 65, "2");
    k->anchor(f->device, f->heading2, 56, 70);
    content_text(f, f->heading2, 0, (Look){.size = 14, .tracking = 50}, 56, 85, "Ekonomi");
    paint_mark(f);
    content_text(f, f->call, 2, (Look){.size = 6, .rise = 3}, 100, 105, "1");
    const SatsRect call = {100, 95, 5, 10}, field = {56, 300, 200, 50};
    k->link(f->device, f->call, &call, 1);
    content_text(f, f->note_label, 0, (Look){0}, 56, 500, "1");
    content_text(f, f->note, 0, (Look){.size = 8}, 62, 500, "en not");
    k->begin_artifact(f->device, SATS_ARTIFACT_PAGINATION_WATERMARK);
    k->push_transform(f->device, turn);
    paint_text(f, (Look){.size = 60, .rgb = 0xDDDDDD}, 0, 0, "UTKAST");
    k->pop_transform(f->device);
    k->end_artifact(f->device);
    k->signature_field(f->device, f->form, &field);
    k->end_page(f->device);
}

static void paint_all(Fixture *f) {
    paint_first_page(f);
    paint_second_page(f);
}

static void finish(Fixture *f) {
    GError *error = NULL;
    assert_true(sats_pdf_finish(f->pdf, &error));
    assert_null(error);
}

/* The file has bytes of zero: no strstr. */
static gboolean holds(const Fixture *f, const char *text) {
    gsize size = strlen(text);
    for (gsize i = 0; i + size <= f->file->len; i++)
        if (memcmp(f->file->str + i, text, size) == 0)
            return TRUE;
    return FALSE;
}

#define assert_holds(f, text)                                                                      \
    do {                                                                                           \
        if (!holds((f), (text)))                                                                   \
            fail_msg("not in the file: %s", (text));                                               \
    } while (0)

/* ---- tests ---- */

static void qpdf_finds_no_fault(void **state) {
    Fixture *f = *state;
    g_autofree char *qpdf = g_find_program_in_path("qpdf");
    if (qpdf == NULL)
        skip();
    const int levels[] = {0, 6};
    for (int i = 0; i < 2; i++) {
        start(f, levels[i], SATS_PDF_A3A_UA1);
        paint_all(f);
        finish(f);
        g_autofree char *path = g_strdup_printf("%s/plansats-test-%d.pdf", g_get_tmp_dir(), i);
        assert_true(g_file_set_contents(path, f->file->str, (gssize)f->file->len, NULL));
        const char *command[] = {qpdf, "--check", path, NULL};
        int status = -1;
        g_autofree char *out = NULL, *err = NULL;
        assert_true(g_spawn_sync(NULL, (char **)(guintptr)command, NULL, G_SPAWN_DEFAULT, NULL,
                                 NULL, &out, &err, &status, NULL));
        if (status != 0)
            fail_msg("qpdf: %s%s", out, err);
        if (g_getenv("SATS_TEST_KEEP") == NULL)
            g_unlink(path);
    }
}

static void the_same_calls_give_the_same_bytes(void **state) {
    Fixture *f = *state;
    start(f, 6, SATS_PDF_A3A_UA1);
    paint_all(f);
    finish(f);
    g_autofree char *first =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, f->file->str, (gssize)f->file->len);
    start(f, 6, SATS_PDF_A3A_UA1);
    paint_all(f);
    finish(f);
    g_autofree char *again =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, f->file->str, (gssize)f->file->len);
    assert_string_equal(first, again);
}

/* Enough pages to fill the queue many times. */
static void paint_many(Fixture *f, guint n_pages) {
    const SatsDeviceClass *k = f->device->klass;
    paint_all(f);
    for (guint page = 0; page < n_pages; page++) {
        k->begin_page(f->device, 595.276, 841.89, NULL);
        k->begin_artifact(f->device, SATS_ARTIFACT_LAYOUT);
        for (guint i = 0; i < 40 + page % 7 * 30; i++)
            paint_text(f, (Look){0}, 10 + page, 10 + 2 * i, "AVA 123 webben");
        k->end_artifact(f->device);
        k->end_page(f->device);
    }
}

static char *file_with(Fixture *f, SatsPdfThreads threads) {
    start_with(f, SATS_PDF_COMPRESSION, SATS_PDF_A3A_UA1, threads);
    paint_many(f, 100);
    finish(f);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, f->file->str, (gssize)f->file->len);
}

static void a_second_thread_changes_no_byte(void **state) {
    Fixture *f = *state;
    g_autofree char *alone = file_with(f, SATS_PDF_THREADS_NEVER);
    for (int i = 0; i < 10; i++) {
        g_autofree char *helped = file_with(f, SATS_PDF_THREADS_ALWAYS);
        assert_string_equal(alone, helped);
    }
    g_autofree char *either = file_with(f, SATS_PDF_THREADS_AUTO);
    assert_string_equal(alone, either);
}

static void a_file_made_ready_before_changes_no_byte(void **state) {
    Fixture *f = *state;
    g_autofree char *here = file_with(f, SATS_PDF_THREADS_NEVER);
    g_autoptr(GByteArray) packed = sats_pdf_pack("a: b\n", 5);
    g_autofree char *md5 = g_compute_checksum_for_string(G_CHECKSUM_MD5, "a: b\n", 5);
    f->packed = (SatsPacked){packed->data, packed->len, md5};
    g_autofree char *ready = file_with(f, SATS_PDF_THREADS_NEVER);
    f->packed = (SatsPacked){0};
    assert_string_equal(here, ready);
}

static gpointer file_in_a_thread(gpointer context) {
    (void)context;
    void *state = NULL;
    setup(&state);
    Fixture *f = state;
    GString *all = g_string_new(NULL);
    for (int i = 0; i < 5; i++) {
        g_autofree char *sum = file_with(f, SATS_PDF_THREADS_ALWAYS);
        g_string_append(all, sum);
    }
    teardown(&state);
    return g_string_free(all, FALSE);
}

static void two_files_are_made_in_two_threads(void **state) {
    (void)state;
    GThread *one = g_thread_new("one", file_in_a_thread, NULL);
    GThread *other = g_thread_new("other", file_in_a_thread, NULL);
    g_autofree char *a = g_thread_join(one), *b = g_thread_join(other);
    assert_string_equal(a, b);
}

static void a_file_that_is_given_up_ends_its_thread(void **state) {
    Fixture *f = *state;
    start_with(f, 6, SATS_PDF_A3A_UA1, SATS_PDF_THREADS_ALWAYS);
    paint_many(f, 3);
    g_clear_pointer(&f->pdf, sats_pdf_free);
}

static void a_sink_that_fails_beside_a_thread_is_told(void **state) {
    Fixture *f = *state;
    GError *error = NULL;
    f->sink_limit = 100;
    start_with(f, 6, SATS_PDF_A3A_UA1, SATS_PDF_THREADS_ALWAYS);
    paint_many(f, 500);
    assert_false(sats_pdf_finish(f->pdf, &error));
    assert_string_equal(error->message, "disk full");
    g_error_free(error);
}

static void a_failing_sink_is_told_at_the_end(void **state) {
    Fixture *f = *state;
    f->sink_limit = 1000;
    start(f, 6, SATS_PDF_A3A_UA1);
    paint_all(f);
    GError *error = NULL;
    assert_false(sats_pdf_finish(f->pdf, &error));
    assert_string_equal(error->message, "disk full");
    assert_true(f->file->len <= 1000);
    g_error_free(error);
}

static void kids_stand_in_reading_order(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    /* painted as ", " "in brief" "Se " "webben" " och " "avsnitt 2" (MCIDs 1–6) */
    g_autoptr(GRegex) p =
        g_regex_new("<</S/P/P \\d+ 0 R/Pg \\d+ 0 R/K\\[3 (\\d+) 0 R 5 (\\d+) 0 R 1 (\\d+) 0 R\\]>>",
                    G_REGEX_RAW, 0, NULL);
    assert_true(g_regex_match_full(p, f->file->str, (gssize)f->file->len, 0, 0, NULL, NULL));
    assert_holds(f, "/S/Span");
    assert_holds(f, "/Lang(en)");
}

static void a_reference_with_an_area_holds_a_link(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    g_autoptr(GRegex) p = g_regex_new("<</S/Reference/P (\\d+) 0 R/K (\\d+) 0 R>>\\n"
                                      "<</S/Link/P \\d+ 0 R/Pg \\d+ 0 R/K\\[6<</Type/OBJR/Obj|"
                                      "<</S/Reference/P (\\d+) 0 R/K (\\d+) 0 R>>\\n"
                                      "<</S/Link/P \\d+ 0 R/Pg \\d+ 0 R/K\\[6 <</Type/OBJR/Obj",
                                      G_REGEX_RAW, 0, NULL);
    assert_true(g_regex_match_full(p, f->file->str, (gssize)f->file->len, 0, 0, NULL, NULL));
    assert_holds(f, "/Contents(avsnitt 2)/Dest[");
    assert_holds(f, "/Contents(Not 1)/Dest[");
    assert_holds(f, "/A<</S/URI/URI(https://example.org/%C3%A5)>>");
}

static void cells_tell_scope_spans_and_headers(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    g_autofree char *id = g_strdup_printf("/ID(t%u-a)/A<</O/Table/Scope/Column>>", f->table->id);
    g_autofree char *headers = g_strdup_printf("/A<</O/Table/Headers[(t%u-a)]>>", f->table->id);
    assert_holds(f, id);
    assert_holds(f, headers);
    assert_holds(f, "/A<</O/Table/Scope/Row/RowSpan 2>>");
    assert_holds(f, "/A<</O/Table/Summary(Kostnad per \xE5r)>>");
    assert_holds(f, "/IDTree");
}

static void a_cell_over_two_pages_is_one_element(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    g_autoptr(GRegex) p = g_regex_new(
        "/RowSpan 2>>/Pg (\\d+) 0 R/K\\[(?:\\d+ )+<</Type/MCR/Pg (\\d+) 0 R/MCID 0>>\\]",
        G_REGEX_RAW, 0, NULL);
    GMatchInfo *match = NULL;
    assert_true(g_regex_match_full(p, f->file->str, (gssize)f->file->len, 0, 0, &match, NULL));
    g_autofree char *first = g_match_info_fetch(match, 1), *second = g_match_info_fetch(match, 2);
    assert_string_not_equal(first, second);
    g_match_info_free(match);
}

static void a_divided_word_reads_as_one(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    assert_holds(f, "/Span<</ActualText(f\xF6rvaltningen)>>BDC\n");
    assert_holds(f, "/Span<</ActualText()>>BDC\n");
}

static void a_mark_reads_as_its_text_and_nothing_more(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    g_autoptr(GRegex) p =
        g_regex_new("/P<</MCID \\d+>>BDC\n/Span<</ActualText\\(enligt plan\\)>>BDC\n"
                    "[^T]*?\nB\nBT\n[^E]*Tj\nET\nEMC\nBT\n",
                    G_REGEX_RAW, 0, NULL);
    assert_true(g_regex_match_full(p, f->file->str, (gssize)f->file->len, 0, 0, NULL, NULL));
}

static void figures_have_alt_and_box(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    assert_holds(f, "/S/Figure");
    assert_holds(f, "/Alt(Organisationen som tr\xE4"
                    "d)/A<</O/Layout/Placement/Block/BBox[60 591.89 160 641.89]>>");
    assert_holds(f, "/SMask ");
}

static void rectangles_and_rules_share_a_path(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    assert_holds(f, "56 516.89 100 15 re\n156 516.89 100 15 re\nf\n");
    assert_holds(
        f, ".5 w\n1 J 1 j\n[.6 1.8]0 d\n56 516.89 m\n256 516.89 l\n56 496.89 m\n256 496.89 l\nS\n");
}

static void fields_are_empty_named_and_tagged(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    assert_holds(f, "/Subtype/Widget/FT/Sig/F 4/T(underskrift_1)/TU(Underskrift f\xF6r regionen)");
    assert_holds(f, "/AcroForm<</SigFlags 1/Fields[");
    assert_holds(f, "/S/Form");
    assert_false(holds(f, "NeedAppearances"));
}

static void metadata_is_declared(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    assert_holds(f, "<pdfaid:part>3</pdfaid:part>");
    assert_holds(f, "<pdfuaid:part>1</pdfuaid:part>");
    assert_holds(f, "<plan:Diarienummer>FDS 2020-0417</plan:Diarienummer>");
    assert_holds(f, "<plan:Forvaltning>IT &amp; &lt;data&gt;</plan:Forvaltning>");
    assert_holds(f, "<plan:Forvaltning_>samma namn</plan:Forvaltning_>");
    assert_holds(f, "<plan:inputHash>abc123</plan:inputHash>");
    assert_holds(f, "/CreationDate(D:20200301123000+01'00)");
    assert_holds(f, "/Title(F\xF6rvaltningsplan 2020)");
}

static void sources_are_attached_unless_the_profile_forbids(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    assert_holds(f, "/EmbeddedFiles<</Names[(mall.yaml)");
    assert_holds(f, "/Subtype/text#2Fyaml");
    assert_holds(f, "/AFRelationship/Source");
    assert_holds(f, PLAN_YAML);
    start(f, 0, SATS_PDF_A2A_UA1);
    paint_all(f);
    finish(f);
    assert_false(holds(f, "EmbeddedFile"));
    assert_holds(f, "<pdfaid:part>2</pdfaid:part>");
}

static void headings_become_bookmarks(void **state) {
    Fixture *f = *state;
    paint_all(f);
    finish(f);
    assert_holds(f, "<</Title(Inledning)/Parent ");
    assert_holds(f, "/XYZ 56 781.9 0]");
    assert_holds(f, "<</Title(Aldrig m\xE5lad)/Parent ");
    assert_holds(f, "/PageLabels<</Nums[0<</S/D>>]>>");
}

static void a_document_of_many_pages_has_a_page_tree(void **state) {
    Fixture *f = *state;
    for (int i = 0; i < 70; i++) {
        f->device->klass->begin_page(f->device, 100, 100, i < 2 ? (i == 0 ? "i" : "ii") : NULL);
        f->device->klass->end_page(f->device);
    }
    finish(f);
    assert_holds(f, "<</Type/Pages/Count 70/Kids[");
    assert_holds(f, "<</Type/Pages/Count 64/Parent ");
    assert_holds(f, "<</Type/Pages/Count 6/Parent ");
    assert_holds(f, "/Nums[0<</P(i)>>1<</P(ii)>>2<</S/D/St 3>>]");
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(qpdf_finds_no_fault),
        TEST(the_same_calls_give_the_same_bytes),
        TEST(a_second_thread_changes_no_byte),
        TEST(a_file_made_ready_before_changes_no_byte),
        TEST(two_files_are_made_in_two_threads),
        TEST(a_file_that_is_given_up_ends_its_thread),
        TEST(a_sink_that_fails_beside_a_thread_is_told),
        TEST(a_failing_sink_is_told_at_the_end),
        TEST(kids_stand_in_reading_order),
        TEST(a_reference_with_an_area_holds_a_link),
        TEST(cells_tell_scope_spans_and_headers),
        TEST(a_cell_over_two_pages_is_one_element),
        TEST(a_divided_word_reads_as_one),
        TEST(a_mark_reads_as_its_text_and_nothing_more),
        TEST(figures_have_alt_and_box),
        TEST(rectangles_and_rules_share_a_path),
        TEST(fields_are_empty_named_and_tagged),
        TEST(metadata_is_declared),
        TEST(sources_are_attached_unless_the_profile_forbids),
        TEST(headings_become_bookmarks),
        TEST(a_document_of_many_pages_has_a_page_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
