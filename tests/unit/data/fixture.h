/* unit/data/fixture.h: somewhere to read values into, for the tests of data. */
#ifndef SATS_TESTS_DATA_FIXTURE_H
#define SATS_TESTS_DATA_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/value.h"

typedef struct {
    SatsSources *sources;
    SatsArena *arena;
    SatsReport *report;
    SatsReadLimits limits; /* those of reading, unless a test sets others */
} Fixture;

static inline int fixture_setup(void **state) {
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->sources = sats_sources_new();
    fixture->arena = sats_arena_new();
    fixture->report = sats_report_new(SATS_LANGUAGE_SWEDISH);
    *state = fixture;
    return 0;
}

static inline int fixture_teardown(void **state) {
    Fixture *fixture = *state;
    sats_report_free(fixture->report);
    sats_arena_free(fixture->arena);
    sats_sources_free(fixture->sources);
    g_free(fixture);
    return 0;
}

#define with_fixture(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

static inline const SatsValue *read_yaml_bytes(Fixture *fixture, const char *text, gsize length) {
    const SatsSource *source = sats_sources_add(fixture->sources, "p", text, length);
    return sats_yaml_read(source, &fixture->limits, fixture->arena, fixture->report);
}

static inline const SatsValue *read_yaml(Fixture *fixture, const char *text) {
    return read_yaml_bytes(fixture, text, strlen(text));
}

static inline void assert_no_findings(const Fixture *fixture) {
    g_autofree char *findings = sats_report_to_text(fixture->report, FALSE);
    assert_string_equal(findings, "");
}

/* The findings as "line:column code", each on a line. */
static inline void assert_codes(const Fixture *fixture, const char *expected) {
    g_autoptr(GString) codes = g_string_new(NULL);
    for (guint i = 0; i < sats_report_length(fixture->report); i++) {
        const SatsFinding *finding = sats_report_at(fixture->report, i);
        g_string_append_printf(codes, "%u:%u %s\n", finding->place.line, finding->place.column,
                               finding->code);
    }
    assert_string_equal(codes->str, expected);
}

#endif
