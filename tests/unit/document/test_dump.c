/* Unit tests of the document's text dump. */
#include "document/node.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const SatsPlace nowhere = {0};

static int set_up(void **state) {
    SatsDocument *document = sats_document_new();
    sats_node_new(document, NULL, SATS_NODE_DOCUMENT, nowhere);
    *state = document;
    return 0;
}

static int tear_down(void **state) {
    sats_document_free(*state);
    return 0;
}

static SatsNode *add(SatsDocument *document, SatsNode *parent, SatsNodeKind kind) {
    return sats_node_new(document, parent == NULL ? document->root : parent, kind, nowhere);
}

static void set_runs(SatsDocument *document, SatsNode *node, const SatsRun *runs, guint n_runs) {
    node->runs = sats_arena_memdup(document->arena, runs, n_runs * sizeof *runs);
    node->n_runs = n_runs;
}

static SatsRun text_run(const char *text, guint16 flags, SatsNode *owner) {
    SatsRun run = {.kind = SATS_RUN_TEXT, .flags = flags, .text = text};
    run.length = (guint32)strlen(text);
    run.owner = owner;
    return run;
}

static void assert_dump(const SatsDocument *document, const char *expected) {
    g_autofree char *text = sats_document_dump(document);
    assert_string_equal(text, expected);
}

static void properties_come_first(void **state) {
    SatsDocument *document = *state;
    static const SatsMetadataItem metadata[] = {{"Diarienummer", "RS 2025/1"}};
    document->title = "Plan";
    document->language = "sv-SE";
    document->metadata = metadata;
    document->n_metadata = 1;
    document->draft = TRUE;
    document->n_placeholders = 2;
    SatsNode *foot = sats_node_new(document, NULL, SATS_NODE_PARAGRAPH, nowhere);
    const SatsRun runs[] = {{.kind = SATS_RUN_PAGE_NUMBER},
                            text_run(" (", 0, NULL),
                            {.kind = SATS_RUN_PAGE_COUNT},
                            text_run(")", 0, NULL)};
    set_runs(document, foot, runs, G_N_ELEMENTS(runs));
    document->foot.right = foot;
    assert_dump(document, "language: \"sv-SE\"\n"
                          "title: \"Plan\"\n"
                          "Diarienummer: \"RS 2025/1\"\n"
                          "draft\n"
                          "placeholders: 2\n"
                          "foot right: <page> \" (\" <pages> \")\"\n"
                          "document\n");
}

static void inline_nodes_are_numbered_in_their_block(void **state) {
    SatsDocument *document = *state;
    SatsNode *section = add(document, NULL, SATS_NODE_SECTION);
    section->as.section->level = 1;
    section->as.section->number = "3.1";
    section->as.section->in_contents = TRUE;
    SatsNode *heading = add(document, section, SATS_NODE_HEADING);
    heading->as.heading->level = 2;
    heading->as.heading->number = "3.1";
    heading->role = SATS_ROLE_H2;
    SatsRun title = text_run("Mål", 0, NULL);
    set_runs(document, heading, &title, 1);
    SatsNode *paragraph = add(document, section, SATS_NODE_PARAGRAPH);
    SatsNode *link = add(document, paragraph, SATS_NODE_LINK);
    link->as.link->uri = "https://example.org/";
    SatsNode *span = add(document, link, SATS_NODE_SPAN);
    span->as.span->language = "en";
    SatsNode *reference = add(document, paragraph, SATS_NODE_REFERENCE);
    reference->as.link->target = section;
    const SatsRun runs[] = {
        text_run("Se ", 0, NULL),
        text_run("the ", SATS_RUN_STRONG | SATS_RUN_EMPHASIS, span),
        text_run("länk", 0, link),
        {.kind = SATS_RUN_BREAK},
        {.kind = SATS_RUN_PAGE_NUMBER, .target = heading, .owner = reference},
    };
    set_runs(document, paragraph, runs, G_N_ELEMENTS(runs));
    assert_dump(document, "document\n"
                          "  section level=1 number=\"3.1\" in-contents\n"
                          "    heading level=2 number=\"3.1\" \"Mål\"\n"
                          "    paragraph \"Se \" {2}strong+emphasis\"the \" {1}\"länk\" <break> "
                          "{3}<page of heading \"3.1\">\n"
                          "      link {1} uri=\"https://example.org/\"\n"
                          "        span {2} language=\"en\"\n"
                          "      reference {3} to section \"3.1\"\n");
}

static void unusual_roles_are_written(void **state) {
    SatsDocument *document = *state;
    add(document, NULL, SATS_NODE_PARAGRAPH)->role = SATS_ROLE_NONE;
    SatsNode *heading = add(document, NULL, SATS_NODE_HEADING);
    heading->as.heading->level = 2;
    SatsNode *cell = add(document, NULL, SATS_NODE_CELL);
    cell->as.cell->scope = SATS_SCOPE_ROW;
    SatsNode *header = add(document, NULL, SATS_NODE_CELL);
    header->as.cell->scope = SATS_SCOPE_ROW;
    header->role = SATS_ROLE_TH;
    assert_dump(document, "document\n"
                          "  paragraph none\n"
                          "  heading H1 level=2\n"
                          "  cell TD column=0 scope=row\n"
                          "  cell column=0 scope=row\n");
}

static void tables_show_columns_rows_and_cells(void **state) {
    SatsDocument *document = *state;
    SatsTableColumn columns[] = {
        {.id = "namn", .width_kind = SATS_WIDTH_SHARE, .width = 2, .key = TRUE},
        {.id = "belopp",
         .width_kind = SATS_WIDTH_FIXED,
         .width = 56.7,
         .align = SATS_ALIGN_DECIMAL},
        {.tint = TRUE},
    };
    SatsNode *table = add(document, NULL, SATS_NODE_TABLE);
    *table->as.table = (SatsTable){.n_columns = 3,
                                   .columns = columns,
                                   .number = "Tabell 3",
                                   .unit = "tkr",
                                   .n_rows = 1,
                                   .transport = TRUE};
    SatsNode *group = add(document, table, SATS_NODE_ROW_GROUP);
    SatsNode *row = add(document, group, SATS_NODE_ROW);
    row->as.row->kind = SATS_ROW_TOTAL;
    row->as.row->rule_above = SATS_RULE_HAIR;
    row->as.row->keep_with_next = TRUE;
    SatsNode *cell = add(document, row, SATS_NODE_CELL);
    cell->as.cell->column = 1;
    cell->as.cell->column_span = 2;
    cell->as.cell->fill = 0x00FF0A;
    const SatsMark mark = {.kind = SATS_MARK_BAR, .value = 0.5, .limit = 2};
    const SatsRun run = {.kind = SATS_RUN_MARK, .mark = &mark, .text = "25 %", .length = 4};
    set_runs(document, cell, &run, 1);
    assert_dump(document, "document\n"
                          "  table number=\"Tabell 3\" unit=\"tkr\" transport rows=1 columns=3 "
                          "(namn share=2 key) (belopp width=56.7 decimal) (- tint)\n"
                          "    row-group body\n"
                          "      row total rule=hair keep-with-next\n"
                          "        cell column=1 column-span=2 fill=#00ff0a <bar 0.5/2>\"25 %\"\n");
}

static void every_kind_can_be_dumped_bare(void **state) {
    SatsDocument *document = *state;
    for (int kind = SATS_NODE_SECTION; kind <= SATS_NODE_FORM; kind++)
        add(document, NULL, (SatsNodeKind)kind);
    g_autofree char *text = sats_document_dump(document);
    for (int kind = SATS_NODE_SECTION; kind <= SATS_NODE_FORM; kind++)
        assert_non_null(strstr(text, sats_node_kind_name((SatsNodeKind)kind)));
}

static void every_mark_can_be_dumped(void **state) {
    SatsDocument *document = *state;
    const SatsMark marks[] = {
        {.kind = SATS_MARK_STATUS, .value = 1},
        {.kind = SATS_MARK_CROSS},
        {.kind = SATS_MARK_TREND, .value = -1},
        {.kind = SATS_MARK_CHIP, .value = 2, .label = "Hög", .number = "12"},
        {.kind = SATS_MARK_CHECKBOX},
    };
    SatsRun runs[G_N_ELEMENTS(marks)];
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        runs[i] = (SatsRun){.kind = SATS_RUN_MARK, .mark = &marks[i]};
    SatsNode *paragraph = add(document, NULL, SATS_NODE_PARAGRAPH);
    set_runs(document, paragraph, runs, G_N_ELEMENTS(runs));
    assert_dump(document, "document\n"
                          "  paragraph <status 1>\"\" <cross>\"\" <trend -1>\"\" "
                          "<chip 2 label=\"Hög\" number=\"12\">\"\" <checkbox>\"\"\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(properties_come_first),         TEST(inline_nodes_are_numbered_in_their_block),
        TEST(unusual_roles_are_written),     TEST(tables_show_columns_rows_and_cells),
        TEST(every_kind_can_be_dumped_bare), TEST(every_mark_can_be_dumped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
