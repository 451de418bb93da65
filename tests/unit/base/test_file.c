/* base/file.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "base/file.h"
#include "base/report.h"

typedef struct {
    char *folder, *inside, *outside;
    GError *error;
    char *bytes;
    gsize length;
} Fixture;

static int set_up(void **state) {
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->folder = g_dir_make_tmp("plansats-XXXXXX", NULL);
    fixture->inside = g_build_filename(fixture->folder, "mapp", NULL);
    fixture->outside = g_build_filename(fixture->folder, "annan", NULL);
    *state = fixture;
    return g_mkdir(fixture->inside, 0700) | g_mkdir(fixture->outside, 0700);
}

static void remove_all(const char *path) {
    GDir *dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
    for (const char *name = NULL; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        remove_all(child);
    }
    if (dir != NULL) {
        g_dir_close(dir);
    }
    (void)g_remove(path);
}

static int tear_down(void **state) {
    Fixture *fixture = *state;
    remove_all(fixture->folder);
    g_clear_error(&fixture->error);
    g_free(fixture->bytes);
    g_free(fixture->folder);
    g_free(fixture->inside);
    g_free(fixture->outside);
    g_free(fixture);
    return 0;
}

static char *path_in(const char *folder, const char *name) {
    return g_build_filename(folder, name, NULL);
}

static void put(const char *path, const char *text) {
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void assert_fails(Fixture *fixture, SatsSystemError code) {
    assert_null(fixture->bytes);
    assert_true(g_error_matches(fixture->error, SATS_SYSTEM_ERROR, (gint)code));
    g_clear_error(&fixture->error);
}

static void an_ordinary_file_is_read_up_to_the_limit(void **state) {
    Fixture *fixture = *state;
    g_autofree char *path = path_in(fixture->inside, "fil");
    put(path, "abc");
    fixture->bytes = sats_file_read(path, 3, &fixture->length, &fixture->error);
    assert_string_equal(fixture->bytes, "abc");
    assert_int_equal(fixture->length, 3);
    g_clear_pointer(&fixture->bytes, g_free);
    fixture->bytes = sats_file_read(path, 2, &fixture->length, &fixture->error);
    assert_fails(fixture, SATS_SYSTEM_ERROR_LIMIT);
    put(path, "");
    fixture->bytes = sats_file_read(path, 0, &fixture->length, &fixture->error);
    assert_string_equal(fixture->bytes, "");
}

static void pipes_devices_and_folders_are_no_files(void **state) {
    Fixture *fixture = *state;
    g_autofree char *pipe = path_in(fixture->inside, "rör");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    fixture->bytes = sats_file_read(pipe, 100, &fixture->length, &fixture->error);
    assert_fails(fixture, SATS_SYSTEM_ERROR_KIND);
    fixture->bytes = sats_file_read("/dev/zero", 100, &fixture->length, &fixture->error);
    assert_fails(fixture, SATS_SYSTEM_ERROR_KIND);
    fixture->bytes = sats_file_read(fixture->inside, 100, &fixture->length, &fixture->error);
    assert_fails(fixture, SATS_SYSTEM_ERROR_IO);
    assert_int_equal(sats_file_open(pipe, 100, &fixture->error), -1);
    assert_fails(fixture, SATS_SYSTEM_ERROR_KIND);
}

static void what_the_user_names_may_be_a_pipe_within_the_limit(void **state) {
    Fixture *fixture = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "abc", 3), 3);
    close(ends[1]);
    g_autofree char *path = g_strdup_printf("/dev/fd/%d", ends[0]);
    fixture->bytes = sats_file_read_stream(path, 100, &fixture->length, &fixture->error);
    close(ends[0]);
    assert_string_equal(fixture->bytes, "abc");
    g_clear_pointer(&fixture->bytes, g_free);
    fixture->bytes = sats_file_read_stream("/dev/zero", 70000, &fixture->length, &fixture->error);
    assert_fails(fixture, SATS_SYSTEM_ERROR_LIMIT);
}

static void links_may_not_lead_out_of_the_folder(void **state) {
    Fixture *fixture = *state;
    g_autofree char *secret = path_in(fixture->outside, "hemlig");
    g_autofree char *link = path_in(fixture->inside, "länk");
    g_autofree char *folder_link = path_in(fixture->inside, "mapplänk");
    g_autofree char *through = path_in(folder_link, "hemlig");
    put(secret, "x");
    assert_int_equal(symlink(secret, link), 0);
    assert_int_equal(symlink("../annan", folder_link), 0);
    fixture->bytes =
        sats_file_read_below(fixture->inside, link, 100, &fixture->length, &fixture->error);
    assert_fails(fixture, SATS_SYSTEM_ERROR_OUTSIDE);
    fixture->bytes =
        sats_file_read_below(fixture->inside, through, 100, &fixture->length, &fixture->error);
    assert_fails(fixture, SATS_SYSTEM_ERROR_OUTSIDE);
}

/* "mapp2" begins as "mapp" does, and lies beside it. */
static void a_folder_whose_name_begins_alike_is_another(void **state) {
    Fixture *fixture = *state;
    g_autofree char *other = path_in(fixture->folder, "mapp2");
    g_autofree char *secret = path_in(other, "hemlig");
    g_autofree char *link = path_in(fixture->inside, "länk");
    assert_int_equal(g_mkdir(other, 0700), 0);
    put(secret, "x");
    assert_int_equal(symlink(secret, link), 0);
    fixture->bytes =
        sats_file_read_below(fixture->inside, link, 100, &fixture->length, &fixture->error);
    assert_fails(fixture, SATS_SYSTEM_ERROR_OUTSIDE);
}

static void links_within_the_folder_and_to_the_folder_are_followed(void **state) {
    Fixture *fixture = *state;
    g_autofree char *file = path_in(fixture->inside, "fil");
    g_autofree char *link = path_in(fixture->inside, "länk");
    g_autofree char *way = path_in(fixture->folder, "väg");
    g_autofree char *through = path_in(way, "länk");
    put(file, "abc");
    assert_int_equal(symlink(file, link), 0);
    assert_int_equal(symlink("mapp", way), 0);
    fixture->bytes = sats_file_read_below(way, through, 100, &fixture->length, &fixture->error);
    assert_string_equal(fixture->bytes, "abc");
    g_free(fixture->bytes);
    fixture->bytes = sats_file_read_below("/", file, 100, &fixture->length, &fixture->error);
    assert_string_equal(fixture->bytes, "abc");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_ordinary_file_is_read_up_to_the_limit),
        TEST(pipes_devices_and_folders_are_no_files),
        TEST(what_the_user_names_may_be_a_pipe_within_the_limit),
        TEST(links_may_not_lead_out_of_the_folder),
        TEST(a_folder_whose_name_begins_alike_is_another),
        TEST(links_within_the_folder_and_to_the_folder_are_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
