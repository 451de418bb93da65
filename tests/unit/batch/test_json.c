/* JSON in and out, and what is no JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "batch/json.h"
#include "batch/record.h"

#include <cmocka.h>

static void what_is_written_is_read_the_same(void **state) {
    static const char *const TEXTS[] = {
        "null",
        "true",
        "[]",
        "{}",
        "[1, -2.5e3, \"å\\\"\\\\\"]",
        "{\"a\": {\"b\": [false, null]}, \"å\": 0}",
    };
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        g_autoptr(SatsJson) json = sats_json_parse(TEXTS[i], strlen(TEXTS[i]));
        assert_non_null(json);
        g_autoptr(SatsJson) copy = sats_json_copy(json);
        g_autofree char *text = sats_json_to_text(copy);
        assert_string_equal(text, TEXTS[i]);
    }
}

static void escapes_are_read(void **state) {
    static const char TEXT[] = " \"\\u00e5\\ud83d\\ude00\\n\\/\\t\" ";
    (void)state;
    g_autoptr(SatsJson) json = sats_json_parse(TEXT, strlen(TEXT));
    assert_non_null(json);
    assert_string_equal(json->text, "å😀\n/\t");
}

static void what_is_no_json_is_refused(void **state) {
    static const char *const TEXTS[] = {
        "",
        " ",
        "{",
        "[1",
        "[1,]",
        "{\"a\"}",
        "{\"a\":}",
        "{a: 1}",
        "\"\\u12\"",
        "\"a",
        "\"\\x\"",
        "01x",
        "1 2",
        "tru",
        "\"\n\"",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\xff",
        "[\"\xc3\"]",
        "--1",
        "{\"a\": 1 \"b\": 2}",
    };
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        assert_null(sats_json_parse(TEXTS[i], strlen(TEXTS[i])));
    }
    assert_null(sats_json_parse("[1]\0", 4));
}

static void depth_is_bounded(void **state) {
    (void)state;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < 100000; i++) {
        g_string_append_c(text, '[');
    }
    assert_null(sats_json_parse(text->str, text->len));
}

static void every_beginning_of_a_record_is_no_record(void **state) {
    (void)state;
    g_autoptr(SatsRecord) record = sats_record_new("år/a.yaml", SATS_RECORD_DONE);
    record->output = g_strdup("a.pdf");
    record->sha256 = g_strdup("00");
    record->size = 12;
    record->inputs = g_strsplit("år/a.yaml mall.yaml", " ", -1);
    g_autoptr(SatsJson) json = sats_record_to_json(record);
    g_autofree char *text = sats_json_to_text(json);
    for (gsize length = 0; length < strlen(text); length++) {
        assert_null(sats_json_parse(text, length));
    }
    g_autoptr(SatsJson) again = sats_json_parse(text, strlen(text));
    g_autoptr(SatsRecord) read = sats_record_from_json(again);
    assert_non_null(read);
    assert_string_equal(read->plan, "år/a.yaml");
    assert_string_equal(read->inputs[1], "mall.yaml");
    assert_int_equal(read->size, 12);
}

static void a_record_without_what_it_needs_is_none(void **state) {
    static const char *const TEXTS[] = {
        "{}",
        "{\"plan\": \"a\"}",
        "{\"plan\": \"a\", \"status\": \"okänd\"}",
        "{\"plan\": \"a\", \"status\": \"done\"}",
        "{\"plan\": \"\", \"status\": \"errors\"}",
        "{\"plan\": \"a\", \"status\": \"done\", \"output\": \"a.pdf\", \"sha256\": \"0\"}",
        "[]",
    };
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        g_autoptr(SatsJson) json = sats_json_parse(TEXTS[i], strlen(TEXTS[i]));
        assert_non_null(json);
        assert_null(sats_record_from_json(json));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_the_same),
        cmocka_unit_test(escapes_are_read),
        cmocka_unit_test(what_is_no_json_is_refused),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(every_beginning_of_a_record_is_no_record),
        cmocka_unit_test(a_record_without_what_it_needs_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
