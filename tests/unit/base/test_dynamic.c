/* Libraries are opened once, what they lack is told, and what came with them is known. */
#include "base/dynamic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/report.h"

typedef struct {
    const char *(*version)(void);
} Table;

static void what_is_not_there_is_told(void **state) {
    (void)state;
    static Table table;
    static const char *const names[] = {"version"};
    static SatsDynamic library =
        SATS_DYNAMIC(SATS_DYNAMIC_SOMETIMES, names, table, "a library for tests", "libnone.so.7");
    for (int i = 0; i < 2; i++) { /* the second time from memory */
        g_autoptr(GError) error = NULL;
        assert_false(sats_dynamic_load(&library, &error));
        assert_true(g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_INTERNAL));
        assert_true(g_str_has_prefix(error->message,
                                     "a library for tests, could not be loaded: libnone.so.7"));
    }
}

static void a_function_that_is_missing_is_told(void **state) {
    (void)state;
    static Table table;
    static const char *const names[] = {"zlibNoVersion"};
    static SatsDynamic library =
        SATS_DYNAMIC(SATS_DYNAMIC_SOMETIMES, names, table, "zlib", "libnone.so.7", "libz.so.1");
    g_autoptr(GError) error = NULL;
    assert_false(sats_dynamic_load(&library, &error));
    assert_non_null(strstr(error->message, "zlibNoVersion"));
}

static void functions_can_be_called(void **state) {
    (void)state;
    static Table table;
    static const char *const names[] = {"zlibVersion"};
    static SatsDynamic library =
        SATS_DYNAMIC(SATS_DYNAMIC_SOMETIMES, names, table, "zlib", "libz.so.1");
    assert_true(sats_dynamic_load(&library, NULL));
    assert_true(g_ascii_isdigit(table.version()[0]));
}

/* ---- what is loaded ---- */

typedef struct {
    const char *end;
    guint n, n_found, n_ids;
} Count;

static void count(const SatsObject *object, void *context) {
    Count *sum = context;
    sum->n++;
    sum->n_found += g_str_has_suffix(object->path, sum->end) ? 1 : 0;
    sum->n_ids += strlen(object->build_id) >= 16 ? 1 : 0;
}

static Count objects(SatsDynamicUse use, guint n_first, const char *end) {
    Count sum = {.end = end};
    sats_objects_each(use, n_first, count, &sum);
    return sum;
}

static void what_comes_with_a_library_is_counted_by_its_use(void **state) {
    (void)state;
    static Table tables[2];
    static const char *const zip[] = {"zip_libzip_version"};
    static const char *const expat[] = {"XML_ExpatVersion"};
    static SatsDynamic sometimes = SATS_DYNAMIC(SATS_DYNAMIC_SOMETIMES, zip, tables[0], "libzip",
                                                "libzip.so.5", "libzip.so.4");
    static SatsDynamic always =
        SATS_DYNAMIC(SATS_DYNAMIC_ALWAYS, expat, tables[1], "libexpat", "libexpat.so.1");
    guint n = sats_objects_count();
    Count before = objects(SATS_DYNAMIC_ALWAYS, n, "libexpat.so.1");
    assert_int_equal(before.n_found, 0);
    assert_true(before.n_ids > 3 && before.n <= n);
    assert_true(sats_dynamic_load(&sometimes, NULL) && sats_dynamic_load(&always, NULL));
    assert_true(sats_objects_count() > n + 1);
    assert_int_equal(objects(SATS_DYNAMIC_SOMETIMES, 0, sometimes.files[0]).n_found +
                         objects(SATS_DYNAMIC_SOMETIMES, 0, sometimes.files[1]).n_found,
                     1);
    assert_int_equal(objects(SATS_DYNAMIC_SOMETIMES, 0, "libexpat.so.1").n_found, 0);
    Count after = objects(SATS_DYNAMIC_ALWAYS, n, "libexpat.so.1");
    assert_int_equal(after.n_found, 1);
    assert_int_equal(after.n, before.n + 1);
    /* whoever comes later, when more is loaded, counts the same */
    assert_int_equal(objects(SATS_DYNAMIC_ALWAYS, sats_objects_count(), "").n, after.n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_there_is_told),
        cmocka_unit_test(a_function_that_is_missing_is_told),
        cmocka_unit_test(functions_can_be_called),
        cmocka_unit_test(what_comes_with_a_library_is_counted_by_its_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
