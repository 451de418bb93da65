/* Paths, filters and conditions on a plan's values. */
#include "unit/template/fixture.h"

#define NBSP  "\xc2\xa0"
#define MINUS "\xe2\x88\x92"

#define HEAD                                                                                       \
    "template: t\n"                                                                                \
    "data:\n"                                                                                      \
    "  a: line\n"                                                                                  \
    "  n: number\n"                                                                                \
    "  i: integer\n"                                                                               \
    "  år: id\n"                                                                                  \
    "  d: {type: date, placeholder: '[Skriv datum]'}\n"                                            \
    "  s: {choices: [utkast, beslutad], default: utkast}\n"                                        \
    "  b: bool\n"                                                                                  \
    "  m: amount\n"                                                                                \
    "  punkter: {of: line}\n"                                                                      \
    "  tal: {of: number}\n"                                                                        \
    "  rader: {of: {keys: {post: line, id: id, belopp: amount, delar: {of: {keys: {x: "            \
    "number}}}}}}\n"                                                                               \
    "  rad: {keys: {namn: {type: line, default: Summa}, belopp: amount}}\n"                        \
    "  par: {keys: {belopp: amount}}\n"                                                            \
    "  del: {keys: {namn: {type: line, default: Del}, rader: {of: line}}}\n"                       \
    "document: {title: x}\n"                                                                       \
    "body:\n"

/* What one template string comes to for one plan. */
static const char *eval(Fixture *f, const char *text, const char *plan) {
    char *template_ = g_strdup_printf(HEAD "  - paragraph: %s\n", text);
    assert_non_null(load(f, template_));
    g_free(template_);
    read_plan(f, plan);
    return paragraph(f, 0);
}

static gboolean holds(Fixture *f, const char *condition, const char *plan) {
    char *template_ = g_strdup_printf(HEAD "  - {paragraph: x, when: '%s'}\n", condition);
    if (!load(f, template_))
        print_findings(f);
    g_free(template_);
    assert_non_null(f->template_);
    read_plan(f, plan);
    SatsDataScope *scope = sats_scope_new(f->template_, f->plan, f->arena);
    return sats_condition_holds(f->template_->body.items[0]->guard.when, scope, f->arena,
                                f->report);
}

static void numbers_are_printed_as_written_in_swedish_form(void **state) {
    Fixture *f = *state;
    assert_string_equal(eval(f, "'{{n}}'", "n: 1880.50\n"), "1" NBSP "880,50");
    assert_string_equal(eval(f, "'{{n}}'", "n: -2,0\n"), MINUS "2,0");
    assert_string_equal(eval(f, "'{{år}}'", "år: 2024\n"), "2024");
    assert_string_equal(eval(f, "'{{m}}'", "m: –\n"), "–");
    assert_string_equal(eval(f, "'[{{m}}]'", "m:\n"), "[]");
    assert_string_equal(eval(f, "'{{m | tkr}}'", "m: '1 250 {*}'\n"), "1" NBSP "250" NBSP "tkr{*}");
    assert_no_findings(f);
}

static void number_filters_round_sign_and_add_units(void **state) {
    Fixture *f = *state;
    assert_string_equal(eval(f, "'{{n | heltal}}'", "n: 1880.5\n"), "1" NBSP "881");
    assert_string_equal(eval(f, "'{{n | decimal:2}}'", "n: 3,1\n"), "3,10");
    assert_string_equal(eval(f, "'{{n | tecken}}'", "n: 3,3\n"), "+3,3");
    assert_string_equal(eval(f, "'{{n | procent:1}}'", "n: 5,44\n"), "5,4" NBSP "%");
    assert_string_equal(eval(f, "'{{n | omvand:1000 | decimal:1 | mnkr}}'", "n: 265 700\n"),
                        "265,7" NBSP "mnkr");
    assert_string_equal(eval(f, "'{{n | gånger:100}}'", "n: 0,05\n"), "5");
    assert_string_equal(eval(f, "'{{i | ord}} {{i | ord:en}}'", "i: 1\n"), "ett en");
    assert_string_equal(eval(f, "'{{i | ord}}'", "i: 13\n"), "13");
    assert_string_equal(eval(f, "'{{i | år}}'", "i: 2024\n"), "2024");
    assert_string_equal(eval(f, "'{{m | tkr}}'", "m: ingår\n"), "ingår");
    assert_no_findings(f);
}

static void text_and_date_filters_follow_swedish_custom(void **state) {
    Fixture *f = *state;
    assert_string_equal(eval(f, "'{{a | versal}}'", "a: åäö [x](http://y)\n"), "ÅÄÖ [X](http://y)");
    assert_string_equal(eval(f, "'{{a | inledande}}'", "a: \"*övrigt*\"\n"), "*Övrigt*");
    assert_string_equal(eval(f, "'{{d | långt-datum}}'", "d: 2024-01-01\n"),
                        "1" NBSP "januari" NBSP "2024");
    assert_string_equal(eval(f, "'{{d | år}} {{d | månad}}'", "d: 2024-02-01\n"),
                        "2024 februari" NBSP "2024");
    assert_string_equal(eval(f, "'{{d | långt-datum}}'", "a: x\n"), "[Skriv datum]");
    assert_string_equal(eval(f, "'{{d | datum}}'", "d: '[xx]'\n"), "[xx]");
    assert_string_equal(eval(f, "'{{a | eller:inget}}{{n | streck}}'", "b: ja\n"), "inget–");
    assert_string_equal(eval(f, "\"{{a | efter:', '}}{{n | före:'nr '}}\"", "n: 3\n"), "nr 3");
    assert_string_equal(eval(f, "'{{s}}'", "a: x\n"), "utkast");
    assert_no_findings(f);
}

static void lists_are_summed_counted_and_enumerated(void **state) {
    Fixture *f = *state;
    const char *plan = "punkter: [Ann, Bo, Cia]\ntal: [1, 2.5]\nrader:\n"
                       "  - {post: Lön, belopp: 1 250, delar: [{x: 1}, {x: 2}]}\n"
                       "  - {post: Hyra, belopp: '250 {*}', delar: [{x: 4}]}\n"
                       "  - {post: Övrigt, belopp: –}\n";
    assert_string_equal(eval(f, "'{{rader.belopp | summa}}'", plan), "1" NBSP "500");
    assert_string_equal(eval(f, "'{{rader | summa:belopp}}'", plan), "1" NBSP "500");
    assert_string_equal(eval(f, "'{{rader.delar.x | summa}}'", plan), "7");
    assert_string_equal(eval(f, "'{{rader.delar | antal}}'", plan), "3");
    assert_string_equal(eval(f, "'{{tal | medel}} {{tal | min}} {{tal | max}}'", plan),
                        "1,75 1 2,5");
    assert_string_equal(eval(f, "'{{punkter | lista}} {{punkter | sista}}'", plan),
                        "Ann, Bo och Cia Cia");
    assert_string_equal(eval(f, "'{{tal | mnkr:1 | lista:eller}}'", plan),
                        "1,0" NBSP "mnkr eller 2,5" NBSP "mnkr");
    assert_string_equal(eval(f, "'{{rader | första:post}}'", plan), "Lön");
    assert_string_equal(eval(f, "'{{punkter | rader}}'", "punkter: [a, b]\n"), "a\\\nb");
    assert_string_equal(eval(f, "'{{rader | antal}}{{rader.belopp | summa | streck}}'", "a: x\n"),
                        "0–");
    assert_no_findings(f);
}

static void a_word_where_a_number_is_needed_is_a_finding_at_its_place(void **state) {
    Fixture *f = *state;
    eval(f, "'{{tal | summa}}'", "tal:\n  - 1\n  - många\n");
    assert_finding(f, "filter-value", 3, 5, "många");
}

static void conditions_compare_numbers_texts_dates_and_lists(void **state) {
    Fixture *f = *state;
    assert_true(holds(f, "s == \"utkast\"", "a: x\n"));
    assert_false(holds(f, "s != \"utkast\"", "a: x\n"));
    assert_true(holds(f, "n > 9 and n <= 10,5", "n: 10,5\n"));
    assert_false(holds(f, "n > 9", "a: x\n"));
    assert_true(holds(f, "not n > 9 or b", "n: 20\nb: ja\n"));
    assert_false(holds(f, "b", "b: nej\n"));
    assert_true(holds(f, "b == false", "b: nej\n"));
    assert_true(holds(f, "d < \"2024-06-01\"", "d: 2024-02-01\n"));
    assert_false(holds(f, "d", "a: x\n"));
    assert_true(holds(f, "rader.post == \"Lön\"", "rader: [{post: Hyra}, {post: Lön}]\n"));
    assert_false(holds(f, "rader.post != \"Lön\"", "rader: [{post: Hyra}, {post: Lön}]\n"));
    assert_true(holds(f, "rader | antal == 2", "rader: [{post: a}, {post: b}]\n"));
    assert_false(holds(f, "rader", "rader: []\n"));
    assert_true(holds(f, "(a or n) and not (a and n)", "n: 0\n"));
    assert_true(holds(f, "a == \"\"", "n: 0\n"));
    assert_no_findings(f);
}

static void an_empty_map_is_there_where_its_defaults_make_something(void **state) {
    Fixture *f = *state;
    assert_true(holds(f, "rad", "rad: {}\n"));
    assert_false(holds(f, "rad", "rad:\n"));
    assert_false(holds(f, "rad", "a: x\n"));
    assert_false(holds(f, "par", "par: {}\n"));
    assert_false(holds(f, "del", "del: {}\n"));
    assert_true(holds(f, "del", "del: {namn: x}\n"));
    assert_string_equal(eval(f, "'{{rad.namn}}'", "rad: {}\n"), "Summa");
    assert_no_findings(f);
}

static void loops_set_their_variable_and_count_from_one(void **state) {
    Fixture *f = *state;
    assert_non_null(load(f, HEAD "  - {each: 'r, nr in rader', paragraph: '{{nr}} {{r.post}}'}\n"));
    read_plan(f, "rader: [{post: a}, {post: b}]\n");
    SatsDataScope *scope = sats_scope_new(f->template_, f->plan, f->arena);
    const SatsBlock *block = f->template_->body.items[0];
    const SatsValue *const *values;
    assert_int_equal(sats_each_values(block->guard.each, scope, f->arena, &values), 2);
    sats_scope_set(scope, block->guard.each, values[1], 2);
    assert_string_equal(sats_text_plain(block->as.text, scope, f->arena, f->report), "2 b");
}

static void plain_text_is_escaped_for_markdown(void **state) {
    Fixture *f = *state;
    assert_string_equal(sats_markdown_escape("a_b *c*", f->arena), "a\\_b \\*c\\*");
    assert_string_equal(sats_markdown_escape("1. x\n- y", f->arena), "1\\. x\n\\- y");
    assert_string_equal(sats_markdown_escape("Lön 1.5 (ca)", f->arena), "Lön 1.5 (ca)");
}

static void placeholders_are_told_from_links_and_lists(void **state) {
    (void)state;
    assert_true(sats_text_is_placeholder("[Skriv datum]"));
    assert_true(sats_text_is_placeholder(" [xx]\n"));
    assert_false(sats_text_is_placeholder("[a](http://b)"));
    assert_false(sats_text_is_placeholder("[a] och [b]"));
    assert_false(sats_text_is_placeholder("[]"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(numbers_are_printed_as_written_in_swedish_form),
        with_fixture(number_filters_round_sign_and_add_units),
        with_fixture(text_and_date_filters_follow_swedish_custom),
        with_fixture(lists_are_summed_counted_and_enumerated),
        with_fixture(a_word_where_a_number_is_needed_is_a_finding_at_its_place),
        with_fixture(conditions_compare_numbers_texts_dates_and_lists),
        with_fixture(an_empty_map_is_there_where_its_defaults_make_something),
        with_fixture(loops_set_their_variable_and_count_from_one),
        with_fixture(plain_text_is_escaped_for_markdown),
        with_fixture(placeholders_are_told_from_links_and_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
