/* bind: strings and values become runs and blocks. */
#include "unit/bind/fixture.h"

#define TEXT "{t: text, l: line, i: id, d: {type: date, placeholder: \"[Skriv datum]\"}, n: amount}"

static void a_value_without_marks_is_one_run_that_points_into_the_plan(void **state) {
    bind_open(state, TEXT, "- paragraph: \"{{l}}\"\n", "l: Ett värde\n");
    const Fixture *f = *state;
    const SatsNode *paragraph = find_node(f->document->root, SATS_NODE_PARAGRAPH);
    assert_int_equal(paragraph->n_runs, 1);
    assert_int_equal(paragraph->runs[0].place.line, 1);
    assert_int_equal(paragraph->runs[0].place.column, 4);
    assert_string_equal(paragraph->runs[0].place.source->name, "plan.yaml");
    assert_part(state, "paragraph \"Ett värde\"");
}

static void each_value_in_a_string_has_its_own_place(void **state) {
    bind_open(state, TEXT, "- paragraph: \"{{l}}: {{i}}\"\n", "l: abc\ni: def\n");
    const Fixture *f = *state;
    const SatsNode *paragraph = find_node(f->document->root, SATS_NODE_PARAGRAPH);
    assert_int_equal(paragraph->n_runs, 2);
    assert_int_equal(paragraph->runs[1].place.line, 2);
}

static void places_go_into_the_marked_text(void **state) {
    bind_open(state, TEXT, "- paragraph: \"{{l}}\"\n", "l: \"ab **cd** ef\"\n");
    const Fixture *f = *state;
    const SatsNode *paragraph = find_node(f->document->root, SATS_NODE_PARAGRAPH);
    assert_int_equal(paragraph->n_runs, 3);
    assert_int_equal(paragraph->runs[1].place.column, 10);
    assert_int_equal(paragraph->runs[1].flags, SATS_RUN_STRONG);
}

static void inline_markdown_makes_runs(void **state) {
    bind_open(state, TEXT, "- paragraph: \"{{l}}\"\n",
              "l: \"a *b* **c** CO~2~ m^2^ [d](https://e.se/f_g_) _h_ `i` <j>\"\n");
    assert_part(state,
                "paragraph \"a \" emphasis\"b\" \" \" strong\"c\" \" CO\" subscript\"2\" \" m\" "
                "superscript\"2\" \" \" {1}\"d\" \" _h_ `i` <j>\"");
    assert_part(state, "link {1} uri=\"https://e.se/f_g_\"");
}

static void a_plans_text_refers_as_a_template_does(void **state) {
    bind_open(state, TEXT,
              "- section: {title: Ett, id: ett, body: [{text: \"{{t}}\"}]}\n"
              "- {paragraph: \"{{i}} {{l}}\"}\n",
              "t: \"Se {{ref ett}} på sidan {{sidref  ett }}, **{{ref ett}}**.\"\n"
              "i: \"{{ref ett}}\"\nl: \"{{ref}} {{ref a b}}\"\n");
    assert_part(state, "paragraph \"Se \" {1}\"avsnitt\\u00a01\" \" på sidan \" {2}<page of "
                       "heading \"1\"> \", \" {3}strong\"avsnitt\\u00a01\" \".\"");
    assert_part(state, "paragraph \"{{ref ett}} {{ref}} {{ref a b}}\"");
    assert_no_findings(state);
}

static void a_plans_reference_to_nothing_has_its_place(void **state) {
    bind_open(state, TEXT, "- section: {title: Ett, id: ett, body: [{text: \"{{t}}\"}]}\n",
              "t: \"Se {{ref et}}\"\n");
    const Fixture *f = *state;
    assert_non_null(strstr(f->findings, "plan.yaml:1:14: error: nothing has the id 'et'"));
    assert_non_null(strstr(f->findings, "did you mean 'ett'?"));
}

static void an_id_is_plain(void **state) {
    bind_open(state, TEXT, "- text: \"{{i}}\"\n", "i: \"- *a* [b] {*} ^[c] `d` | & # 1.\"\n");
    assert_part(state, "paragraph \"- *a* [b] {*} ^[c] `d` | & # 1.\"");
    assert_no_findings(state);
}

static void a_line_never_begins_a_block(void **state) {
    bind_open(state, TEXT, "- text: \"{{l}}\"\n", "l: \"11. Öka intäkterna\"\n");
    assert_part(state, "paragraph \"11. Öka intäkterna\"");
}

static void a_lone_dash_stays_a_dash(void **state) {
    bind_open(state, TEXT, "- text: \"{{t}}\"\n", "t: \"-\"\n");
    assert_part(state, "paragraph \"-\"");
}

static void text_holds_paragraphs_and_breaks(void **state) {
    bind_open(state, TEXT, "- text: \"{{t}}\"\n",
              "t: |\n  ett\n  två\\\n  tre  \n  fyra\n\n  fem\n");
    assert_part(state,
                "paragraph \"ett \" \"två\" <break> \"tre\" <break> \"fyra\"\nparagraph \"fem\"");
}

static void lists_nest_and_keep_their_marks(void **state) {
    bind_open(state, TEXT, "- text: \"{{t}}\"\n",
              "t: |\n  - a\n    c) b\n    d) c\n\n  – d\n  – e\n\n  3. f\n  4. g\n");
    assert_part(state, "list bullet tight\nitem\nlabel \"•\"");
    assert_part(state, "list alpha start=3 tight depth=1\nitem\nlabel \"c)\"");
    assert_part(state, "label \"d)\"");
    assert_part(state, "list dash tight\nitem\nlabel \"–\"\nbody\nparagraph \"d\"");
    assert_part(state, "list decimal start=3 tight\nitem\nlabel \"3.\"");
}

static void quotes_rules_and_underlines_stay_text(void **state) {
    bind_open(state, TEXT, "- text: \"{{t}}\"\n", "t: |\n  a\n  ---\n  > b\n  ===\n  2024. c\n");
    assert_part(state, "paragraph \"a \" \"--- \" \"> b \" \"=== \" \"2024. c\"");
}

static void a_table_in_text_is_a_table(void **state) {
    bind_open(state, TEXT, "- text: \"{{t}}\"\n",
              "t: |\n  | A | B |\n  |---|--:|\n  | 1 | *2* |\n");
    assert_part(state, "table rows=2 columns=2");
    assert_part(state, "cell column=1 scope=column \"B\"");
    assert_part(state, "cell column=1 emphasis\"2\"");
}

static void headings_in_text_are_run_in(void **state) {
    bind_open(state, TEXT, "- section: {title: S, body: [{text: \"{{t}}\"}]}\n",
              "t: |\n  ## a\n  b\n  ## c\n  ### d\n");
    assert_part(state, "heading H2 level=3 run-in \"a\"\nparagraph \"b\"");
    assert_part(state, "heading H2 level=3 run-in \"c\"");
    assert_part(state, "run-in \"d\"");
}

static void placeholders_are_marked_and_counted(void **state) {
    bind_open(state, TEXT,
              "- paragraph: \"{{l}} {{d}} [xx] [länk](http://a.se)\"\n"
              "- paragraph: \"kvar: {{@platshållare}}\"\n",
              "l: \"[Skriv *namn*]\"\n");
    const Fixture *f = *state;
    assert_int_equal(f->document->n_placeholders, 3);
    assert_part(state, "placeholder\"[Skriv datum]\" \" \" placeholder\"[xx]\"");
    assert_part(state, "paragraph \"kvar: \" \"3\"");
    assert_no_findings(state);
}

static void a_placeholder_of_the_template_is_an_error_in_a_final_document(void **state) {
    bind_open_as(*state, TEXT, "- paragraph: \"[Skriv]\"\n", "l: x\n", TRUE);
    assert_finding(state, "[placeholder]");
}

static void spaces_in_numbers_with_units_do_not_break(void **state) {
    bind_open(state, TEXT, "- paragraph: \"{{l}} {{n}} tkr\"\n",
              "l: 5 % av 3 mnkr enligt § 12, kr och 7 kronor\nn: 40\n");
    assert_part(state, "5\\u00a0% av 3\\u00a0mnkr enligt §\\u00a012, kr och 7\\u00a0kronor");
    assert_part(state, "kronor 40\\u00a0tkr\"");
}

static void a_unit_is_a_whole_word_after_a_number(void **state) {
    bind_open(state, TEXT, "- text: \"{{t}}\"\n- paragraph: \"{{l}}\"\n",
              "t: |\n  Av 36\n  procent, 2 kmx, 9 år–\n  1 m².\n"
              "l: 4 krona, 5 % 6 °C, 1.5 km/h, x2 år, tio år 2024\n");
    assert_part(state, "Av 36\\u00a0procent, 2 kmx, 9\\u00a0år– ");
    assert_part(state, "1\\u00a0m².");
    assert_part(state, "4 krona, 5\\u00a0% 6\\u00a0°C, 1.5\\u00a0km/h, x2\\u00a0år, tio år 2024");
}

static void a_list_of_numbers_is_no_thousands(void **state) {
    bind_open(state, TEXT, "- paragraph: \"{{l}}\"\n",
              "l: Rum 101 102 103 104 105 och 999 999 999 999 kr, 1 000 000 000 000\n");
    assert_part(state, "\"Rum 101 102 103 104 105 och 999\\u00a0999\\u00a0999\\u00a0999\\u00a0kr, "
                       "1 000 000 000 000\"");
}

static void thousands_stay_together(void **state) {
    bind_open(state, TEXT, "- paragraph: \"{{l}}\"\n",
              "l: 1 234 567 och −12 345,6 men år 2024 300 eller 17 30 00, 1 2345 och 5 100\n");
    assert_part(
        state, "\"1\\u00a0234\\u00a0567 och −12\\u00a0345,6 men år 2024 300 eller 17 30 00, 1 2345 "
               "och 5\\u00a0100\"");
}

static void footnotes_follow_their_calls_and_are_numbered(void **state) {
    bind_open(state, TEXT, "- paragraph: \"a^[b *c* [d](http://e.se)] f ^[g]\"\n", "l: x\n");
    const Fixture *f = *state;
    assert_int_equal(f->document->n_notes, 2);
    assert_part(state, "paragraph \"a\" {1}superscript+note-mark\"1\" \" f\" {2}");
    assert_part(state, "note mark=\"1\" footnote\nlabel \"1\"\nparagraph \"b \" emphasis\"c\"");
    assert_ptr_equal(f->document->notes[0]->as.note->call->as.link->note, f->document->notes[0]);
}

static void words_that_stand_elsewhere_too_call_no_note(void **state) {
    bind_open(state, TEXT, "- section: {title: \"{{l}}\", running: \"{{l}}\", body: []}\n",
              "l: Titel^[Not]\n");
    const Fixture *f = *state;
    assert_part(state, "running=\"Titel\"");
    assert_part(state, "note mark=\"1\" footnote");
    assert_int_equal(f->document->n_notes, 1);
}

static void page_numbers_are_runs(void **state) {
    bind_open(state, TEXT, "- paragraph: \"Sida {{@sida}} ({{@sidor}})\"\n", "l: x\n");
    assert_part(state, "paragraph \"Sida \" <page> \" (\" <pages> \")\"");
}

static void entities_are_read(void **state) {
    bind_open(state, TEXT, "- paragraph: \"{{l}}\"\n", "l: \"a&nbsp;b &amp; &#8211; A&B\"\n");
    assert_part(state, "paragraph \"a\\u00a0b & – A&B\"");
}

static void empty_text_makes_nothing(void **state) {
    bind_open(state, TEXT, "- paragraph: \"{{l}}\"\n- text: \"{{t}}\"\n- heading: \"{{l}}\"\n",
              "i: x\n");
    assert_no_part(state, "paragraph");
    assert_no_part(state, "heading");
}

static void emphasis_that_never_ends_is_told_where_it_begins(void **state) {
    bind_open(state, TEXT, "- text: \"{{t}}\"\n- paragraph: \"{{l}}\"\n",
              "t: |\n  Vi är **starka.\n\n  - **Först: ett **två\n  - (**2024 års plan* är\n"
              "l: Det är *bra\n");
    const Fixture *f = *state;
    assert_finding(state, "plan.yaml:2:9: warning: '**' begins bold type that never ends");
    assert_finding(state, "plan.yaml:4:5: warning: '**' begins bold");
    assert_finding(state, "plan.yaml:5:6: warning: '**' begins bold");
    assert_finding(state, "plan.yaml:6:11: warning: '*' begins italic type");
    assert_int_equal(sats_report_length(f->report), 4);
}

static void asterisks_that_are_meant_are_let_alone(void **state) {
    bind_open(
        state, TEXT, "- text: \"{{t}}\"\n- paragraph: \"{{l}}\"\n- paragraph: \"{{i}}\"\n",
        "t: |\n  Större investeringar* och *kursiv*, **fet**, 5 * 3, 5 *3, kund*in, *.docx, "
        "\\*så.\n\n"
        "  *   FD:>1,5mkr\n  ** Orsak\n\n  *FD: över 1,5 mnkr. *Netto\n\n  (-) *) Netto, **: två\n"
        "l: \"*FD\"\ni: \"**plan *id\"\n");
    assert_no_findings(state);
}

static void what_is_called_by_hand_is_a_note(void **state) {
    bind_open(state, TEXT, "- text: \"{{t}}\"\n- paragraph: \"{{l}}\"\n",
              "t: \"**Orsak enligt klassificering. **Netto\"\nl: Orsak**\n");
    assert_no_findings(state);
}

static void a_note_has_the_mark_that_is_called(void **state) {
    bind_open(state, TEXT, "- text: \"{{t}}\"\n- paragraph: \"{{l}}\"\n",
              "t: \"**Orsak enligt klassificering\"\nl: Orsak*\n");
    assert_finding(state, "plan.yaml:1:4: warning: '**'");
}

static void markup_that_is_printed_is_told(void **state) {
    bind_open(state, TEXT, "- text: \"{{t}}\"\n- paragraph: \"{{l}}\"\n",
              "t: |\n  Se [a](https://x och [b\n\n  Not^[en ^[två]], [^1], ~~ut~~ och __fet__.\n"
              "  <b>x</b>\n  | A | B |\n  |---|---|\n"
              "l: \"Se <br/> och ^[noten\"\n");
    const Fixture *f = *state;
    assert_finding(state, "plan.yaml:2:6: warning: '[a](' begins a link that never ends");
    assert_finding(state, "plan.yaml:2:24: warning: '[' is closed nowhere");
    assert_finding(state, "plan.yaml:4:11: warning: '^[' begins a footnote within another");
    assert_finding(state, "plan.yaml:4:20: warning: '[^1]' calls no footnote");
    assert_finding(state, "plan.yaml:4:26: warning: '~~' strikes nothing out");
    assert_finding(state, "plan.yaml:4:37: warning: '__' makes nothing bold");
    assert_finding(state, "plan.yaml:5:3: warning: '<b>' is HTML");
    assert_finding(state, "plan.yaml:6:3: warning: '|' begins a row of a table");
    assert_finding(state, "plan.yaml:8:8: warning: '<br/>' is HTML");
    assert_finding(state, "plan.yaml:8:18: warning: '^[' begins a footnote that never ends");
    assert_int_equal(sats_report_length(f->report), 10);
    assert_part(state, "paragraph \"Se [a](");
    assert_part(state, "~~ut~~");
}

static void signs_that_are_meant_are_let_alone(void **state) {
    bind_open(
        state, TEXT, "- text: \"{{t}}\"\n- paragraph: \"{{l}}\"\n",
        "t: |\n  <5 %, a < b > c, x<y, ~10, ~~10, a | b, |x|, [0, 5[, ____ och a__b__c, \\<b>.\n\n"
        "  | A | B |\n  |---|---|\n  | 1 | 2 |\n"
        "l: \"[1], [2, 5], [4–6], \\\\[sic\\\\] [a](https://x)^[not] <https://x>\"\n");
    assert_no_findings(state);
    const Fixture *f = *state;
    assert_int_equal(f->document->n_placeholders, 0);
}

/* Quadratic reading would take minutes. */
static void long_strings_of_marks_are_read_in_time(void **state) {
    static const char *const marks[] = {"[",  "^[",  "*", "~a",  "{*",  "a) b\\n", "<a",
                                        "- ", "[](", "`", "~~a", "<b>", "__a ",    "^[\\n"};
    GString *plan = g_string_new("t: \"");
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
        for (guint k = 0; k < 20000; k++)
            g_string_append(plan, marks[i]);
    g_string_append(plan, "\"\n");
    gint64 start = g_get_monotonic_time();
    bind_open(state, TEXT, "- text: \"{{t}}\"\n", plan->str);
    assert_true(g_get_monotonic_time() - start < 20 * G_USEC_PER_SEC);
    g_string_free(plan, TRUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BIND_TEST(a_value_without_marks_is_one_run_that_points_into_the_plan),
        BIND_TEST(each_value_in_a_string_has_its_own_place),
        BIND_TEST(places_go_into_the_marked_text),
        BIND_TEST(inline_markdown_makes_runs),
        BIND_TEST(a_plans_text_refers_as_a_template_does),
        BIND_TEST(a_plans_reference_to_nothing_has_its_place),
        BIND_TEST(an_id_is_plain),
        BIND_TEST(a_line_never_begins_a_block),
        BIND_TEST(a_lone_dash_stays_a_dash),
        BIND_TEST(text_holds_paragraphs_and_breaks),
        BIND_TEST(lists_nest_and_keep_their_marks),
        BIND_TEST(quotes_rules_and_underlines_stay_text),
        BIND_TEST(a_table_in_text_is_a_table),
        BIND_TEST(headings_in_text_are_run_in),
        BIND_TEST(placeholders_are_marked_and_counted),
        BIND_TEST(a_placeholder_of_the_template_is_an_error_in_a_final_document),
        BIND_TEST(spaces_in_numbers_with_units_do_not_break),
        BIND_TEST(a_unit_is_a_whole_word_after_a_number),
        BIND_TEST(thousands_stay_together),
        BIND_TEST(a_list_of_numbers_is_no_thousands),
        BIND_TEST(footnotes_follow_their_calls_and_are_numbered),
        BIND_TEST(words_that_stand_elsewhere_too_call_no_note),
        BIND_TEST(page_numbers_are_runs),
        BIND_TEST(entities_are_read),
        BIND_TEST(empty_text_makes_nothing),
        BIND_TEST(emphasis_that_never_ends_is_told_where_it_begins),
        BIND_TEST(asterisks_that_are_meant_are_let_alone),
        BIND_TEST(what_is_called_by_hand_is_a_note),
        BIND_TEST(a_note_has_the_mark_that_is_called),
        BIND_TEST(markup_that_is_printed_is_told),
        BIND_TEST(signs_that_are_meant_are_let_alone),
        BIND_TEST(long_strings_of_marks_are_read_in_time),
    };
    return cmocka_run_group_tests_name("bind.text", tests, NULL, NULL);
}
