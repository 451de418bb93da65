/* Unit tests of base/new-file.h. */
#include "base/new-file.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
    char *folder, *path;
    SatsNewFile file;
} Fixture;

static int set_up(void **state) {
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->folder = g_dir_make_tmp("plansats-XXXXXX", NULL);
    fixture->path = g_build_filename(fixture->folder, "ny.pdf", NULL);
    fixture->file.descriptor = -1;
    *state = fixture;
    return 0;
}

static int tear_down(void **state) {
    Fixture *fixture = *state;
    sats_new_file_discard(&fixture->file);
    unlink(fixture->path);
    rmdir(fixture->folder);
    g_free(fixture->folder);
    g_free(fixture->path);
    g_free(fixture);
    return 0;
}

static guint count_files(const Fixture *fixture) {
    g_autoptr(GDir) entries = g_dir_open(fixture->folder, 0, NULL);
    guint count = 0;
    while (g_dir_read_name(entries) != NULL)
        count++;
    return count;
}

static void begin(Fixture *fixture, const char *text) {
    assert_true(sats_new_file_open(&fixture->file, fixture->path));
    assert_int_equal(write(fixture->file.descriptor, text, strlen(text)), strlen(text));
    assert_true(sats_new_file_flush(&fixture->file));
}

static void assert_holds(const Fixture *fixture, const char *expected) {
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(fixture->path, &text, NULL, NULL));
    assert_string_equal(text, expected);
}

static void a_file_has_its_name_when_it_is_whole(void **state) {
    Fixture *fixture = *state;
    begin(fixture, "hel");
    assert_false(g_file_test(fixture->path, G_FILE_TEST_EXISTS));
    assert_true(sats_new_file_name(&fixture->file));
    assert_holds(fixture, "hel");
    assert_int_equal(count_files(fixture), 1);
    sats_new_file_discard(&fixture->file); /* is nothing now */
    assert_holds(fixture, "hel");
}

static void what_stood_there_stays_until_then(void **state) {
    Fixture *fixture = *state;
    assert_true(g_file_set_contents(fixture->path, "gammal", -1, NULL));
    begin(fixture, "ny");
    assert_holds(fixture, "gammal");
    assert_true(sats_new_file_name(&fixture->file));
    assert_holds(fixture, "ny");
    assert_int_equal(count_files(fixture), 1);
}

static void nothing_is_left_of_what_is_discarded(void **state) {
    Fixture *fixture = *state;
    begin(fixture, "aldrig");
    sats_new_file_discard(&fixture->file);
    assert_int_equal(count_files(fixture), 0);
    begin(fixture, "aldrig");
    assert_true(sats_new_file_close(&fixture->file));
    assert_int_equal(count_files(fixture), 1);
    sats_new_file_discard(&fixture->file);
    assert_int_equal(count_files(fixture), 0);
}

static void a_file_may_be_closed_before_it_is_named(void **state) {
    Fixture *fixture = *state;
    begin(fixture, "sida");
    assert_true(sats_new_file_close(&fixture->file));
    assert_int_equal(fixture->file.descriptor, -1);
    assert_false(g_file_test(fixture->path, G_FILE_TEST_EXISTS));
    assert_true(sats_new_file_name(&fixture->file));
    assert_holds(fixture, "sida");
}

static void it_has_the_rights_that_the_mask_leaves(void **state) {
    Fixture *fixture = *state;
    mode_t before = umask(027);
    begin(fixture, "x");
    umask(before);
    assert_true(sats_new_file_name(&fixture->file));
    struct stat status;
    assert_int_equal(stat(fixture->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
}

static void a_folder_that_is_not_there_is_an_error(void **state) {
    Fixture *fixture = *state;
    g_autofree char *path = g_build_filename(fixture->folder, "ingen", "ny.pdf", NULL);
    assert_false(sats_new_file_open(&fixture->file, path));
    assert_int_equal(errno, ENOENT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_file_has_its_name_when_it_is_whole),   TEST(what_stood_there_stays_until_then),
        TEST(nothing_is_left_of_what_is_discarded),   TEST(a_file_may_be_closed_before_it_is_named),
        TEST(it_has_the_rights_that_the_mask_leaves), TEST(a_folder_that_is_not_there_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
