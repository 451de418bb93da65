/* Unit tests of document/node.h. */
#include "document/node.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const SatsPlace nowhere = {0};

static int set_up(void **state) {
    *state = sats_document_new();
    return 0;
}

static int tear_down(void **state) {
    sats_document_free(*state);
    return 0;
}

static SatsNode *add(void **state, SatsNode *parent, SatsNodeKind kind) {
    return sats_node_new(*state, parent, kind, nowhere);
}

static void set_runs(void **state, SatsNode *node, const SatsRun *runs, guint n_runs) {
    SatsDocument *document = *state;
    node->runs = sats_arena_memdup(document->arena, runs, n_runs * sizeof *runs);
    node->n_runs = n_runs;
}

static SatsRun text_run(const char *text, SatsNode *owner) {
    SatsRun run = {.kind = SATS_RUN_TEXT, .text = text, .length = (guint32)strlen(text)};
    run.owner = owner;
    return run;
}

static SatsNode *add_text(void **state, SatsNode *parent, SatsNodeKind kind, const char *text) {
    SatsNode *node = add(state, parent, kind);
    SatsRun run = text_run(text, NULL);
    set_runs(state, node, &run, 1);
    return node;
}

static void assert_text(const SatsNode *node, const char *expected) {
    g_autofree char *text = sats_node_text(node);
    assert_string_equal(text, expected);
}

/* ---- making ---- */

static void children_keep_their_order(void **state) {
    SatsDocument *document = *state;
    SatsNode *root = add(state, NULL, SATS_NODE_DOCUMENT);
    SatsNode *first = add(state, root, SATS_NODE_SECTION);
    SatsNode *second = add(state, root, SATS_NODE_SECTION);
    assert_ptr_equal(document->root, root);
    assert_ptr_equal(root->first_child, first);
    assert_ptr_equal(first->next, second);
    assert_ptr_equal(root->last_child, second);
    assert_ptr_equal(second->parent, root);
    assert_null(second->next);
}

static void every_kind_has_a_name_a_role_and_its_particulars(void **state) {
    SatsNode *root = add(state, NULL, SATS_NODE_DOCUMENT);
    for (int kind = SATS_NODE_DOCUMENT; kind <= SATS_NODE_FORM; kind++) {
        SatsNode *node = add(state, root, (SatsNodeKind)kind);
        assert_int_equal(node->kind, kind);
        assert_true(strlen(sats_node_kind_name((SatsNodeKind)kind)) > 0);
        assert_int_equal(node->role, sats_node_kind_role((SatsNodeKind)kind));
        gboolean silent = kind == SATS_NODE_SPACE || kind == SATS_NODE_BREAK;
        assert_int_equal(node->role == SATS_ROLE_NONE, silent);
    }
    for (int role = SATS_ROLE_NONE; role <= SATS_ROLE_QUOTE; role++)
        assert_true(strlen(sats_role_name((SatsRole)role)) > 0);
    assert_string_equal(sats_role_name(SATS_ROLE_TH), "TH");
    assert_string_equal(sats_role_name(SATS_ROLE_LBODY), "LBody");
    assert_string_equal(sats_role_name(SATS_ROLE_QUOTE), "Quote");
}

static void a_cell_spans_itself_and_has_no_fill(void **state) {
    SatsNode *cell = add(state, NULL, SATS_NODE_CELL);
    assert_int_equal(cell->as.cell->column_span, 1);
    assert_int_equal(cell->as.cell->row_span, 1);
    assert_int_equal(cell->as.cell->fill, -1);
    assert_int_equal(cell->role, SATS_ROLE_TD);
    SatsNode *rows = add(state, NULL, SATS_NODE_ROW_GROUP);
    assert_int_equal(rows->as.row_group->kind, SATS_ROWS_BODY);
}

static void a_running_line_is_not_the_root(void **state) {
    SatsDocument *document = *state;
    SatsNode *root = add(state, NULL, SATS_NODE_DOCUMENT);
    add(state, NULL, SATS_NODE_PARAGRAPH);
    assert_ptr_equal(document->root, root);
}

static void ids_count_in_preorder(void **state) {
    SatsDocument *document = *state;
    SatsNode *root = add(state, NULL, SATS_NODE_DOCUMENT);
    SatsNode *a = add(state, root, SATS_NODE_SECTION);
    SatsNode *b = add(state, root, SATS_NODE_SECTION);
    SatsNode *b1 = add(state, b, SATS_NODE_PARAGRAPH);
    SatsNode *a1 = add(state, a, SATS_NODE_PARAGRAPH);
    SatsNode *a2 = add(state, a1, SATS_NODE_LINK);
    sats_document_number(document);
    assert_int_equal(root->id, 0);
    assert_int_equal(a->id, 1);
    assert_int_equal(a1->id, 2);
    assert_int_equal(a2->id, 3);
    assert_int_equal(b->id, 4);
    assert_int_equal(b1->id, 5);
    assert_int_equal(document->n_nodes, 6);
}

static void an_empty_document_has_no_nodes(void **state) {
    SatsDocument *document = *state;
    sats_document_number(document);
    assert_int_equal(document->n_nodes, 0);
    sats_document_free(NULL);
}

static void only_links_references_spans_and_forms_are_inline(void **state) {
    for (int kind = SATS_NODE_DOCUMENT; kind <= SATS_NODE_FORM; kind++)
        assert_int_equal(sats_node_is_inline(add(state, NULL, (SatsNodeKind)kind)),
                         kind >= SATS_NODE_LINK);
}

/* ---- text ---- */

static void text_of_a_block_is_its_runs(void **state) {
    SatsNode *paragraph = add(state, NULL, SATS_NODE_PARAGRAPH);
    const SatsMark mark = {.kind = SATS_MARK_CROSS};
    const SatsRun runs[] = {
        text_run("Se ", NULL),
        text_run("bilaga", NULL),
        {.kind = SATS_RUN_BREAK},
        {.kind = SATS_RUN_MARK, .mark = &mark, .text = "ja", .length = 2},
        {.kind = SATS_RUN_PAGE_NUMBER},
    };
    set_runs(state, paragraph, runs, G_N_ELEMENTS(runs));
    assert_text(paragraph, "Se bilaga\nja");
}

static void text_of_an_inline_node_is_what_it_covers(void **state) {
    SatsNode *paragraph = add(state, NULL, SATS_NODE_PARAGRAPH);
    SatsNode *link = add(state, paragraph, SATS_NODE_LINK);
    SatsNode *span = add(state, link, SATS_NODE_SPAN);
    const SatsRun runs[] = {text_run("a", NULL), text_run("b", link), text_run("c", span),
                            text_run("d", NULL)};
    set_runs(state, paragraph, runs, G_N_ELEMENTS(runs));
    assert_text(link, "bc");
    assert_text(span, "c");
    assert_text(paragraph, "abcd");
}

static void blocks_stand_on_lines_and_cells_beside_each_other(void **state) {
    SatsNode *root = add(state, NULL, SATS_NODE_SECTION);
    add_text(state, root, SATS_NODE_HEADING, "Mål");
    SatsNode *list = add(state, root, SATS_NODE_LIST);
    SatsNode *item = add(state, list, SATS_NODE_ITEM);
    add_text(state, item, SATS_NODE_LABEL, "1.");
    SatsNode *body = add(state, item, SATS_NODE_BODY);
    add_text(state, body, SATS_NODE_PARAGRAPH, "ett");
    add_text(state, body, SATS_NODE_PARAGRAPH, "två");
    add(state, root, SATS_NODE_SPACE);
    SatsNode *row = add(state, root, SATS_NODE_ROW);
    add_text(state, row, SATS_NODE_CELL, "a");
    add(state, row, SATS_NODE_CELL);
    add_text(state, row, SATS_NODE_CELL, "b");
    assert_text(root, "Mål\n1. ett\ntvå\na b");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(children_keep_their_order),
        TEST(every_kind_has_a_name_a_role_and_its_particulars),
        TEST(a_cell_spans_itself_and_has_no_fill),
        TEST(a_running_line_is_not_the_root),
        TEST(ids_count_in_preorder),
        TEST(an_empty_document_has_no_nodes),
        TEST(only_links_references_spans_and_forms_are_inline),
        TEST(text_of_a_block_is_its_runs),
        TEST(text_of_an_inline_node_is_what_it_covers),
        TEST(blocks_stand_on_lines_and_cells_beside_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
