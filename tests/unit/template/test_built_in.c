/* Every template that we bring is built in, and reads as its file does. */
#include "template/built-in.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static guint compare_folder(const char *folder) {
    g_autofree char *path = g_build_filename(SATS_TEST_TEMPLATES_DIR, folder, NULL);
    GDir *dir = g_dir_open(path, 0, NULL);
    guint n = 0;
    assert_non_null(dir);
    for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
        if (!g_str_has_suffix(name, ".yaml"))
            continue;
        g_autoptr(SatsSources) sources = sats_sources_new();
        g_autoptr(SatsArena) arena = sats_arena_new();
        g_autoptr(SatsReport) report = sats_report_new(SATS_LANGUAGE_ENGLISH);
        g_autofree char *file = g_build_filename(path, name, NULL);
        const SatsSource *source = sats_source_read_file(sources, file, 0, NULL);
        const SatsValue *built_in = sats_frozen_read(sats_built_in, source, arena);
        assert_non_null(built_in);
        g_autofree char *thawed = sats_value_dump(built_in);
        g_autofree char *read = sats_value_dump(sats_yaml_read(source, NULL, arena, report));
        assert_string_equal(thawed, read);
        n++;
    }
    g_dir_close(dir);
    return n;
}

static void our_templates_are_built_in(void **state) {
    (void)state;
    assert_int_not_equal(compare_folder(""), 0);
    assert_int_not_equal(compare_folder("sections"), 0);
    assert_int_not_equal(compare_folder("themes"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(our_templates_are_built_in)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
