/* A document set in stretches, by one thread and by several. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "layout/layout.h"

enum { N_TYPESETTERS = 3, N_SECTIONS = 40, N_PARAGRAPHS = 30 };

typedef struct {
    SatsSources *sources;
    const SatsSource *source; /* a line for each node */
    SatsArena *arena;
    const SatsTheme *theme;
    SatsFonts *fonts;
    SatsTypesetter typesetters[N_TYPESETTERS];
    SatsDocument *document;
    guint n_nodes;
    char *dump;
    SatsReport *report;
} Fixture;

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    f->sources = sats_sources_new();
    g_autofree char *lines = g_strnfill(20000, '\n');
    f->source = sats_sources_add(f->sources, "plan.yaml", lines, 20000);
    f->arena = sats_arena_new();
    f->report = sats_report_new(SATS_LANGUAGE_ENGLISH);
    const char *folders[] = {SATS_TEST_TEMPLATES_DIR, NULL};
    const char *fonts[] = {SATS_TEST_FONTS_DIR, NULL};
    f->theme = sats_theme_load("standard", folders, f->sources, f->arena, f->report, NULL);
    f->fonts = sats_fonts_new(fonts, NULL);
    for (guint i = 0; i < N_TYPESETTERS; i++) {
        f->typesetters[i].shaper = sats_shaper_new(f->fonts);
        f->typesetters[i].hyphenator =
            sats_hyphenator_new(SATS_TEST_TEMPLATES_DIR "/hyphenation/hyph_sv_SE.dic", NULL, NULL);
    }
    f->document = sats_document_new();
    f->document->page_kind = "portrait";
    f->document->language = "sv-SE";
    f->document->root = sats_node_new(f->document, NULL, SATS_NODE_DOCUMENT, (SatsPlace){0});
    *state = f;
    return f->theme != NULL && f->typesetters[0].hyphenator != NULL ? 0 : -1;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    for (guint i = 0; i < N_TYPESETTERS; i++) {
        sats_shaper_free(f->typesetters[i].shaper);
        sats_hyphenator_free(f->typesetters[i].hyphenator);
    }
    sats_document_free(f->document);
    sats_fonts_free(f->fonts);
    sats_report_free(f->report);
    sats_arena_free(f->arena);
    sats_sources_free(f->sources);
    g_free(f->dump);
    g_free(f);
    return 0;
}

/* ---- building ---- */

static SatsNode *add(Fixture *f, SatsNode *parent, SatsNodeKind kind) {
    SatsPlace place = {.source = f->source, .line = ++f->n_nodes, .column = 1};
    return sats_node_new(f->document, parent, kind, place);
}

static SatsRun *add_run(Fixture *f, SatsNode *node, const char *text) {
    SatsRun *runs = sats_arena_new_array(f->document->arena, SatsRun, node->n_runs + 1);
    if (node->n_runs > 0) {
        memcpy(runs, node->runs, node->n_runs * sizeof *runs);
    }
    node->runs = runs;
    SatsRun *run = &runs[node->n_runs++];
    *run = (SatsRun){.text = sats_arena_strdup(f->document->arena, text),
                     .length = (guint32)strlen(text),
                     .place = node->place};
    return run;
}

static SatsNode *add_section(Fixture *f, SatsNode *parent, const char *title) {
    SatsNode *section = add(f, parent, SATS_NODE_SECTION);
    section->as.section = sats_arena_new_struct(f->document->arena, SatsSection);
    SatsNode *heading = add(f, section, SATS_NODE_HEADING);
    heading->as.heading = sats_arena_new_struct(f->document->arena, SatsHeading);
    heading->as.heading->level = 1;
    add_run(f, heading, title);
    return section;
}

static SatsNode *add_paragraph(Fixture *f, SatsNode *parent, const char *text) {
    SatsNode *paragraph = add(f, parent, SATS_NODE_PARAGRAPH);
    add_run(f, paragraph, text);
    return paragraph;
}

static SatsNode *add_note(Fixture *f, SatsNode *parent, const char *text) {
    SatsNode *note = add(f, parent, SATS_NODE_NOTE);
    note->as.note = sats_arena_new_struct(f->document->arena, SatsNoteData);
    note->as.note->footnote = TRUE;
    add_paragraph(f, note, text);
    return note;
}

static void call(Fixture *f, SatsNode *paragraph, const SatsNode *note) {
    SatsNode *reference = add(f, paragraph, SATS_NODE_REFERENCE);
    reference->as.link = sats_arena_new_struct(f->document->arena, SatsLink);
    reference->as.link->note = note;
    add_run(f, paragraph, "1")->owner = reference;
}

static void turn(Fixture *f, SatsNode *parent, const char *kind) {
    SatsNode *node = add(f, parent, SATS_NODE_BREAK);
    node->as.page_break = sats_arena_new_struct(f->document->arena, SatsPageBreak);
    node->as.page_break->page_kind = kind;
}

static void add_list(Fixture *f, SatsNode *parent) {
    SatsNode *list = add(f, parent, SATS_NODE_LIST);
    list->as.list = sats_arena_new_struct(f->document->arena, SatsList);
    SatsNode *item = add(f, list, SATS_NODE_ITEM);
    add_run(f, add(f, item, SATS_NODE_LABEL), "–");
    add_run(f, add(f, item, SATS_NODE_BODY), "En punkt i en lista");
}

/* Sections that differ, each with words of its own. */
static void add_sections(Fixture *f) {
    for (guint i = 0; i < N_SECTIONS; i++) {
        g_autofree char *title = g_strdup_printf("Avsnitt %u", i);
        SatsNode *section = add_section(f, f->document->root, title);
        section->as.section->new_page = i % 7 == 3;
        section->as.section->page_kind = i % 11 == 5 ? "landscape" : NULL;
        if (i % 3 == 1) {
            add_list(f, section);
        }
        for (guint k = 0; k < N_PARAGRAPHS; k++) {
            g_autofree char *text = g_strdup_printf(
                "Förvaltningens %u:e mål för verksamhetsplaneringen är det som sägs i avsnitt %u "
                "om ansvarsfördelningen mellan nämnder och förvaltningar.",
                k, i);
            add_paragraph(f, section, text);
        }
        if (i % 13 == 6) {
            turn(f, f->document->root, i % 2 == 0 ? "landscape" : "portrait");
        }
        if (i % 5 == 2) {
            add_list(f, section);
            add_paragraph(f, f->document->root, "Mellan två avsnitt.");
        }
    }
}

/* ---- setting ---- */

static const char *set(Fixture *f, guint n_typesetters) {
    SatsLayoutOptions options = {
        .typesetter = f->typesetters[0], .more = f->typesetters + 1, .n_more = n_typesetters - 1};
    sats_document_number(f->document);
    sats_report_free(f->report);
    f->report = sats_report_new(SATS_LANGUAGE_ENGLISH);
    SatsPages *pages = sats_layout(f->document, f->theme, &options, f->report, NULL);
    assert_non_null(pages);
    g_free(f->dump);
    f->dump = sats_pages_dump(pages);
    sats_pages_free(pages);
    return f->dump;
}

/* By one, and often enough by three that they take the stretches in different orders. */
static void assert_alike(Fixture *f) {
    g_autofree char *alone = g_strdup(set(f, 1));
    g_autofree char *found = sats_report_to_text(f->report, FALSE);
    for (guint i = 0; i < 8; i++) {
        assert_string_equal(set(f, N_TYPESETTERS), alone);
        g_autofree char *again = sats_report_to_text(f->report, FALSE);
        assert_string_equal(again, found);
    }
}

static guint count(const char *text, const char *part) {
    guint n = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part)) {
        n++;
    }
    return n;
}

/* ---- the tests ---- */

static void three_typesetters_give_the_pages_of_one(void **state) {
    Fixture *f = *state;
    add_paragraph(f, f->document->root, "Före det första avsnittet.");
    add_sections(f);
    assert_alike(f);
}

static void a_document_without_sections_is_one_stretch(void **state) {
    Fixture *f = *state;
    for (guint i = 0; i < 800; i++) {
        add_paragraph(f, f->document->root, "Ett stycke utan avsnitt omkring sig.");
    }
    assert_alike(f);
    assert_int_equal(count(f->dump, "Ett stycke utan"), 800);
}

static void an_empty_document_has_a_page(void **state) {
    Fixture *f = *state;
    assert_non_null(set(f, N_TYPESETTERS));
    assert_alike(f);
}

static void thousands_of_sections_stand_in_their_order(void **state) {
    Fixture *f = *state;
    for (guint i = 0; i < 3000; i++) {
        g_autofree char *title = g_strdup_printf("Nummer%u", 10000 + i);
        add_section(f, f->document->root, title);
    }
    assert_alike(f);
    const char *at = f->dump;
    for (guint i = 0; i < 3000; i++) {
        g_autofree char *title = g_strdup_printf("Nummer%u", 10000 + i);
        at = strstr(at, title);
        assert_non_null(at);
    }
}

static void page_references_find_their_pages(void **state) {
    Fixture *f = *state;
    SatsNode *front = add_paragraph(f, f->document->root, "Det sista avsnittet är på sidan ");
    add_sections(f);
    SatsNode *last = f->document->root->last_child;
    while (last->kind != SATS_NODE_SECTION) {
        last = add_section(f, f->document->root, "Sist");
    }
    SatsRun *run = add_run(f, front, "00");
    run->kind = SATS_RUN_PAGE_NUMBER;
    run->target = last;
    SatsNode *back = add_paragraph(f, last, "Det första är på sidan ");
    run = add_run(f, back, "00");
    run->kind = SATS_RUN_PAGE_NUMBER;
    run->target = front;
    assert_alike(f);
    assert_non_null(strstr(f->dump, "Det första är på sidan 1\""));
    assert_null(strstr(f->dump, "Det sista avsnittet är på sidan 1\""));
    assert_null(strstr(f->dump, "på sidan 00"));
}

/* Every section calls it; whichever thread meets it first, it stands on the first one's page. */
static void a_note_of_many_sections_stands_where_the_first_calls_it(void **state) {
    Fixture *f = *state;
    add_sections(f);
    SatsNode *note = NULL;
    SatsNode *odd = NULL;
    guint n = 0;
    for (SatsNode *node = f->document->root->first_child; node != NULL; node = node->next) {
        if (node->kind != SATS_NODE_SECTION) {
            continue;
        }
        note = note != NULL ? note : add_note(f, node, "Noten om allt.");
        odd = odd != NULL || n < 3 ? odd : add_note(f, node, "Noten om udda.");
        SatsNode *paragraph = add_paragraph(f, node, "Här anropas noten");
        call(f, paragraph, note);
        if (odd != NULL && n % 2 == 1) {
            call(f, paragraph, odd);
        }
        n++;
    }
    assert_alike(f);
    assert_int_equal(count(f->dump, "Noten om allt."), 1);
    assert_int_equal(count(f->dump, "Noten om udda."), 1);
    const char *called = strstr(f->dump, "Här anropas noten");
    const char *placed = strstr(f->dump, "Noten om allt.");
    assert_true(called < placed);
    g_autofree char *between = g_strndup(called, (gsize)(placed - called));
    assert_null(strstr(between, "\npage "));
}

/* What is found in a note is found once, whichever thread sets it. */
static void findings_are_told_in_the_order_of_the_document(void **state) {
    Fixture *f = *state;
    add_sections(f);
    SatsNode *note = NULL;
    for (SatsNode *node = f->document->root->first_child; node != NULL; node = node->next) {
        if (node->kind == SATS_NODE_SECTION) {
            note = note != NULL ? note : add_note(f, node, "En not med \xCD\xB9 i.");
            call(f, add_paragraph(f, node, "Ett tecken: \xCD\xB8"), note);
        }
    }
    assert_alike(f);
    assert_int_equal(sats_report_length(f->report), N_SECTIONS + 1);
    for (guint i = 1; i < sats_report_length(f->report); i++) {
        assert_true(sats_report_at(f->report, i - 1)->place.line <
                    sats_report_at(f->report, i)->place.line);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(three_typesetters_give_the_pages_of_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_document_without_sections_is_one_stretch, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_empty_document_has_a_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(thousands_of_sections_stand_in_their_order, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(page_references_find_their_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_note_of_many_sections_stands_where_the_first_calls_it,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(findings_are_told_in_the_order_of_the_document, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
