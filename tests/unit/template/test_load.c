/* Loading: includes, extending, edits, and every kind of mistake with its place. */
#include "unit/template/fixture.h"

#define HEAD "template: t\ndocument: {title: x}\n"

static const char *title_of(const SatsBlock *block) {
    const char *title;
    assert_int_equal(block->kind, SATS_BLOCK_SECTION);
    assert_true(sats_text_is_literal(block->as.section->title, &title));
    return title;
}

static void a_template_without_mistakes_loads_without_findings(void **state) {
    Fixture *f = *state;
    put(f, "sections/mål.yaml",
        "section: mål\ndata:\n  mål: {of: {keys: {namn: line}}}\nbody:\n"
        "  - section: {title: Mål, body: [{each: m in mål, text: '{{m.namn}}'}]}\n"
        "checks:\n  - {unique: mål.namn}\n");
    const SatsTemplate *t = load(
        f,
        "template: t\ntitle: T\ndata: {titel: line, status: {choices: [utkast]}}\n"
        "document:\n  title: '{{titel}}'\n  watermark: {when: status == \"utkast\", text: U}\n"
        "  head: {left: a, right: 'Sida {{@sida}} ({{@sidor}})'}\n  metadata: {A: '{{titel}}'}\n"
        "body:\n  - include: mål\n"
        "  - table:\n      id: x\n      columns: [{header: A, width: 30, key: true}, "
        "{header: B, width: 2fr, columns: [C, {header: D, align: decimal, tint: true}]}]\n"
        "      rows:\n        - {each: m in mål, cells: ['{{m.namn}}', b, {text: c, fill: tint}]}\n"
        "        - {group: G, drop-empty: true, rows: [[a, b, c]]}\n"
        "        - {total: [S, {text: x, span: rest}]}\n"
        "  - paragraph: '{{ref x}} på sidan {{sidref x}}, {{ref x | inledande}} \\{{x}}'\n");
    assert_no_findings(f);
    assert_non_null(t);
    assert_int_equal(t->body.n, 3);
    assert_string_equal(title_of(t->body.items[0]), "Mål");
    assert_int_equal(t->n_checks, 1);
    const SatsTableBlock *table = t->body.items[1]->as.table;
    assert_int_equal(table->n_columns, 2);
    assert_int_equal(table->columns[1].n_children, 2);
    assert_int_equal(table->columns[1].layout.width_kind, SATS_WIDTH_SHARE);
    assert_int_equal(table->rows[2].cells[1].span, 65535);
    const SatsText *text = t->body.items[2]->as.text;
    assert_string_equal(text->pieces[0].expr->path.reference, "x");
    assert_string_equal(text->pieces[text->n_pieces - 1].literal, "{{x}}");
}

static void unknown_words_are_found_with_place_and_suggestion(void **state) {
    Fixture *f = *state;
    assert_null(load(f, HEAD "body:\n  - paragraf: x\n  - {text: x, style: bdy}\n"
                             "  - section: {titel: x}\n  - {text: x, heading: y}\n  - foo\n"
                             "  - {list: {kind: bulet, items: []}}\n"));
    assert_finding(f, "unknown-word", 4, 5, "paragraph");
    assert_finding(f, "unknown-style", 5, 22, "body");
    assert_finding(f, "unknown-word", 6, 15, "title");
    assert_finding(f, "block-words", 7, 6, "heading");
    assert_finding(f, "template-type", 8, 5, "block");
    assert_finding(f, "unknown-word", 9, 19, "bullet");
}

static void paths_and_filters_are_checked_where_they_stand(void **state) {
    Fixture *f = *state;
    assert_null(load(f, "template: t\ndocument: {title: x}\n"
                        "data: {namn: line, belopp: number, rader: {of: {keys: {a: number}}}}\n"
                        "body:\n"
                        "  - text: 'åäö {{nam}}'\n"
                        "  - text: 'åäö {{belopp | tkrr}}'\n"
                        "  - text: '{{namn | tkr}}'\n"
                        "  - text: '{{rader}}'\n"
                        "  - text: '{{rader.b | summa}}'\n"
                        "  - text: '{{belopp | decimal}}'\n"
                        "  - text: '{{belopp.x}}'\n"
                        "  - text: '{{rader | summa:b}}'\n"
                        "  - text: '{{@sidan}}'\n"
                        "  - text: 'a {{namn'\n"
                        "  - text: '{{namn namn}}'\n"
                        "  - text: |\n      rad ett\n      rad två {{nam}}\n"));
    assert_finding(f, "unknown-path", 5, 18, "namn");
    assert_finding(f, "unknown-filter", 6, 27, "tkr");
    assert_finding(f, "filter-type", 7, 0, "text");
    assert_finding(f, "prints-list", 8, 14, "lista");
    assert_finding(f, "unknown-path", 9, 20, "a");
    assert_finding(f, "filter-argument", 10, 0, "decimal");
    assert_finding(f, "unknown-path", 11, 0, "belopp");
    assert_finding(f, "unknown-path", 12, 0, "b");
    assert_finding(f, "unknown-path", 13, 14, "sida");
    assert_finding(f, "template-syntax", 14, 14, "}}");
    assert_finding(f, "template-syntax", 15, 0, "|");
    assert_finding(f, "unknown-path", 18, 0, "namn");
}

static void conditions_and_loops_are_checked(void **state) {
    Fixture *f = *state;
    assert_null(load(f, "template: t\ndocument: {title: x}\n"
                        "data: {n: number, s: {choices: [a, b]}, rader: {of: {keys: {x: line}}}}\n"
                        "body:\n"
                        "  - {text: x, when: s == \"c\"}\n"
                        "  - {text: x, when: n == \"c\"}\n"
                        "  - {text: x, when: n = 3}\n"
                        "  - {text: x, when: (n > 3}\n"
                        "  - {text: x, when: n n}\n"
                        "  - {text: x, each: r in n}\n"
                        "  - {text: '{{r.y}}', each: r in rader}\n"
                        "  - {text: x, each: r av rader}\n"
                        "  - {text: x, each: r, nr in rader}\n"));
    assert_finding(f, "condition-type", 5, 0, "c");
    assert_finding(f, "condition-type", 6, 0, "tal");
    assert_finding(f, "template-syntax", 7, 0, "==");
    assert_finding(f, "template-syntax", 8, 0, ")");
    assert_finding(f, "template-syntax", 9, 0, "and");
    assert_finding(f, "each-type", 10, 26, "listor");
    assert_finding(f, "unknown-path", 11, 0, "'r' har ingen nyckel 'y'");
    assert_finding(f, "template-syntax", 12, 0, "in");
    assert_finding(f, "unknown-word", 13, 0, "citattecken");
}

static void words_for_parts_are_a_list_of_words(void **state) {
    Fixture *f = *state;
    assert_non_null(load(f, HEAD "body: []\nparts: [varav, i det]\n"));
    assert_int_equal(f->template_->n_parts, 2);
    assert_string_equal(f->template_->parts[1], "i det");
    assert_null(load(f, HEAD "body: []\nparts: varav\n"));
    assert_finding(f, "template-type", 4, 8, "ord");
    assert_null(load(f, HEAD "body: []\nparts: [varav, {a: b}, '']\n"));
    assert_finding(f, "template-type", 4, 16, "ett ord");
    assert_finding(f, "template-type", 4, 24, "ett ord");
}

static void a_message_in_languages_has_both(void **state) {
    Fixture *f = *state;
    assert_null(load(f, HEAD "body: []\nchecks:\n"
                             "  - {unique: rader.id, message: {sv: Två}}\n"
                             "  - {unique: rader.id, message: {sv: Två, en: Two, de: Zwei}}\n"
                             "  - {within: tal}\n"));
    assert_finding(f, "check-words", 5, 0, "'en'");
    assert_finding(f, "unknown-word", 6, 0, "de");
    assert_finding(f, "check-words", 7, 0, "'of'");
}

static void tables_are_checked_for_shape(void **state) {
    Fixture *f = *state;
    assert_null(load(f, HEAD "body:\n  - table:\n      columns: [A, {header: B, width: stor}]\n"
                             "      style: dens\n      rows:\n        - [a, b, c]\n"
                             "        - {cells: [a], total: [b]}\n        - {keep: true}\n"
                             "        - {cells: [a], rows: []}\n"
                             "        - {cells: [{mark: {kind: stjärna}}, {fill: rosa}]}\n"));
    assert_finding(f, "column-width", 5, 0, "1fr");
    assert_finding(f, "unknown-style", 6, 14, "dense");
    assert_finding(f, "row-width", 8, 11, "3");
    assert_finding(f, "row-words", 9, 0, "total");
    assert_finding(f, "row-words", 10, 11, "cells");
    assert_finding(f, "row-words", 11, 0, "rows");
    assert_finding(f, "unknown-word", 12, 0, "stjärna");
    assert_finding(f, "unknown-colour", 12, 0, "rosa");
}

static void declarations_are_checked(void **state) {
    Fixture *f = *state;
    assert_null(load(f, HEAD "data:\n  a: lin\n  b: list\n  c: {type: choice}\n  'd e': line\n"
                             "  f: {type: line, of: line}\n  g: {type: list}\n  h: {help: x}\n"
                             "body: []\n"));
    assert_finding(f, "unknown-type", 4, 6, "line");
    assert_finding(f, "declaration", 5, 6, "list");
    assert_finding(f, "declaration", 6, 0, "choices");
    assert_finding(f, "declaration", 7, 3, "d e");
    assert_finding(f, "declaration", 8, 0, "list");
    assert_finding(f, "declaration", 9, 0, "of");
    assert_finding(f, "declaration", 10, 0, "typ");
}

static const char base[] = "template: bas\ntitle: Bas\ndata: {a: line}\n"
                           "document: {title: bas, author: b}\nbody:\n"
                           "  - section: {id: ett, title: Ett, body: [{text: '{{a}}'}]}\n"
                           "  - include: två\n"
                           "  - section: {id: tre, title: Tre}\n";

static void an_extending_template_edits_sections_by_name(void **state) {
    Fixture *f = *state;
    put(f, "bas.yaml", base);
    put(f, "sections/två.yaml", "section: två\ndata: {b: line}\nbody: [{section: {title: Två}}]\n");
    put(f, "sections/ny.yaml",
        "section: ny\ndata: {c: line}\nbody: [{section: {title: '{{c}}'}}]\n");
    const SatsTemplate *t =
        load(f, "template: t\nextends: bas\ndata: {d: number}\ndocument: {title: '{{a}} {{d}}'}\n"
                "replace: {två: ny}\nremove: [tre]\nbefore: {ett: [{text: före}]}\n"
                "after: {tre: [{text: '{{c}} efter'}]}\n");
    assert_no_findings(f);
    assert_int_equal(t->body.n, 4);
    assert_int_equal(t->body.items[0]->kind, SATS_BLOCK_TEXT);
    assert_string_equal(title_of(t->body.items[1]), "Ett");
    assert_int_equal(t->body.items[2]->kind, SATS_BLOCK_SECTION);
    assert_int_equal(t->body.items[3]->kind, SATS_BLOCK_TEXT);
    assert_string_equal(t->title, "Bas");
    assert_string_equal(t->name, "t");
    assert_int_equal(t->document_title->n_pieces, 3);
    assert_non_null(t->author);
    assert_int_equal(t->data->n_keys, 3); /* b went with the section that was replaced */
}

static void an_edit_counts_once_where_file_and_section_have_one_name(void **state) {
    Fixture *f = *state;
    put(f, "bas.yaml", base);
    put(f, "sections/två.yaml", "section: två\nbody: [{section: {id: två, title: Två}}]\n");
    const SatsTemplate *t = load(f, "template: t\nextends: bas\nbefore: {två: [{text: före}]}\n"
                                    "after: {två: [{text: efter}]}\n");
    assert_no_findings(f);
    assert_int_equal(t->body.n, 5);
    assert_int_equal(t->body.items[1]->kind, SATS_BLOCK_TEXT);
    assert_string_equal(title_of(t->body.items[2]), "Två");
    assert_int_equal(t->body.items[3]->kind, SATS_BLOCK_TEXT);
}

static void an_edit_of_a_section_that_is_not_there_is_found(void **state) {
    Fixture *f = *state;
    put(f, "bas.yaml", base);
    put(f, "sections/två.yaml", "section: två\nbody: []\n");
    assert_null(load(f, "template: t\nextends: bas\nremove: [tva]\nafter: {fyra: []}\n"));
    assert_finding(f, "unknown-section", 3, 10, "två");
    assert_finding(f, "unknown-section", 4, 9, "fyra");
}

static void a_nearer_file_overrides_the_library_s(void **state) {
    Fixture *f = *state;
    put(f, "t.yaml", HEAD "body: [{include: x}]\n");
    put(f, "sections/x.yaml", "section: x\nbody: [{section: {title: Nära}}]\n");
    char *further = g_build_filename(f->folder, "further", NULL);
    put(f, "further/sections/x.yaml", "section: x\nbody: [{section: {title: Borta}}]\n");
    put(f, "further/bas.yaml", base);
    put(f, "bas.yaml", "template: bas\nextends: bas\ntitle: Egen\nremove: [två]\n");
    const char *const folders[] = {further, SATS_TEST_TEMPLATES_DIR, NULL};
    SatsTemplateOptions options = {folders, f->folder, NULL};
    const SatsTemplate *t = sats_template_load("t", &options, f->sources, f->arena, f->report);
    assert_string_equal(title_of(t->body.items[0]), "Nära");
    t = sats_template_load("bas", &options, f->sources, f->arena, f->report);
    g_free(further);
    assert_no_findings(f);
    assert_string_equal(t->title, "Egen");
    assert_int_equal(t->body.n, 2);
}

static void cycles_and_missing_files_are_findings(void **state) {
    Fixture *f = *state;
    put(f, "sections/a.yaml", "section: a\nbody: [{include: b}]\n");
    put(f, "sections/b.yaml", "section: b\nbody: [{include: a}]\n");
    assert_null(load(f, HEAD "body: [{include: a}, {include: saknas}]\n"));
    assert_finding(f, "include-cycle", 2, 18, "a");
    assert_finding(f, "unknown-section", 3, 32, "saknas");
    put(f, "c.yaml", "template: c\nextends: d\n");
    put(f, "d.yaml", "template: d\nextends: c\n");
    assert_null(load_named(f, "c"));
    assert_finding(f, "extends-cycle", 2, 10, "c");
    assert_null(load_named(f, "forvaltningspln"));
    assert_finding(f, "unknown-template", 0, 0, "forvaltningsplan");
}

static void deep_nesting_is_a_finding_not_a_crash(void **state) {
    Fixture *f = *state;
    GString *text = g_string_new(HEAD "body:\n  - ");
    for (int i = 0; i < 30; i++)
        g_string_append(text, "{group: [");
    g_string_append(text, "{text: x}");
    for (int i = 0; i < 30; i++)
        g_string_append(text, "]}");
    g_string_append(text, "\n");
    assert_null(load(f, text->str));
    g_string_free(text, TRUE);
    assert_true(sats_report_count(f->report, SATS_ERROR) > 0);
}

static void a_path_names_a_template_beside_the_plan(void **state) {
    Fixture *f = *state;
    put(f, "egna/mall.yaml", "template: m\ndocument: {title: x}\nbody: [{include: z}]\n");
    put(f, "egna/sections/z.yaml", "section: z\nbody: [{text: z}]\n");
    assert_non_null(load_named(f, "./egna/mall.yaml"));
    assert_no_findings(f);
}

/* The slot that the first piece of a text block takes its value from; -1: the data. */
static int slot_of(const SatsBlock *block) {
    assert_int_equal(block->kind, SATS_BLOCK_TEXT);
    return block->as.text->pieces[0].expr->path.slot;
}

static void a_section_is_compiled_once_where_its_names_mean_the_same(void **state) {
    Fixture *f = *state;
    put(f, "sections/inre.yaml", "section: inre\nbody: [{text: '{{a}}'}]\n");
    put(f, "sections/yttre.yaml",
        "section: yttre\nbody: [{each: b in l, group: [{text: '{{b}}'}, {include: inre}]}]\n");
    const SatsTemplate *t = load(f, "template: t\ndocument: {title: x}\n"
                                    "data: {a: line, l: {of: line}}\nbody:\n"
                                    "  - {each: annat in l, group: [{include: inre}]}\n"
                                    "  - include: inre\n"
                                    "  - {each: a in l, group: [{include: inre}]}\n"
                                    "  - {each: b in l, group: [{include: yttre}]}\n"
                                    "  - include: yttre\n"
                                    "  - {each: a in l, group: [{include: yttre}]}\n"
                                    "  - section: {body: [{include: inre}]}\n");
    assert_no_findings(f);
    SatsBlock **blocks = t->body.items;
    assert_int_equal(slot_of(blocks[1]), -1);
    assert_ptr_equal(blocks[0]->as.group->items[0], blocks[1]);
    const SatsBlock *loop = blocks[2];
    assert_int_equal(slot_of(loop->as.group->items[0]), loop->guard.each->slot);
    /* `inre` within `yttre` is the data's `a`, and in the last loop the loop's */
    const SatsBlock *outer = blocks[4];
    assert_int_equal(slot_of(outer->as.group->items[1]), -1);
    assert_ptr_equal(blocks[3]->as.group->items[0], outer);
    const SatsBlock *last = blocks[5]->as.group->items[0];
    assert_ptr_not_equal(last, outer);
    assert_int_equal(slot_of(last->as.group->items[0]), last->guard.each->slot);
    assert_int_equal(slot_of(last->as.group->items[1]), blocks[5]->guard.each->slot);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(a_template_without_mistakes_loads_without_findings),
        with_fixture(unknown_words_are_found_with_place_and_suggestion),
        with_fixture(paths_and_filters_are_checked_where_they_stand),
        with_fixture(conditions_and_loops_are_checked),
        with_fixture(words_for_parts_are_a_list_of_words),
        with_fixture(a_message_in_languages_has_both),
        with_fixture(tables_are_checked_for_shape),
        with_fixture(declarations_are_checked),
        with_fixture(an_extending_template_edits_sections_by_name),
        with_fixture(an_edit_counts_once_where_file_and_section_have_one_name),
        with_fixture(an_edit_of_a_section_that_is_not_there_is_found),
        with_fixture(a_nearer_file_overrides_the_library_s),
        with_fixture(cycles_and_missing_files_are_findings),
        with_fixture(deep_nesting_is_a_finding_not_a_crash),
        with_fixture(a_path_names_a_template_beside_the_plan),
        with_fixture(a_section_is_compiled_once_where_its_names_mean_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
