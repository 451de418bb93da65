/* What a PDF was made from is told only while the PDF is as it was written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "pdf/made-from.h"
#include "pdf/writer.h"

#include <cmocka.h>

#define HASH    "0123456789abcdef"
#define ELEMENT "<plan:inputHash>" HASH "</plan:inputHash>"

/* ---- fixture ---- */

typedef struct {
    GString *file;
    int descriptor;
    char *path;
} Fixture;

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    f->file = g_string_new(NULL);
    f->descriptor = g_file_open_tmp("plansats-XXXXXX", &f->path, NULL);
    *state = f;
    return f->descriptor < 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    close(f->descriptor);
    (void)g_unlink(f->path);
    g_string_free(f->file, TRUE);
    g_free(f->path);
    g_free(f);
    return 0;
}

static gboolean keep(void *context, const void *bytes, gsize size, GError **error) {
    (void)error;
    g_string_append_len(((Fixture *)context)->file, bytes, (gssize)size);
    return TRUE;
}

/* A file with the hash's element and so many bytes behind it, all as they are. */
static void write_pdf(Fixture *f, gsize filler) {
    g_string_truncate(f->file, 0);
    SatsWriter *writer =
        sats_writer_new((SatsSink){.write = keep, .context = f}, 0, SATS_PDF_THREADS_NEVER);
    g_autofree char *bytes = g_strnfill(filler, '%');
    sats_writer_stream(writer, sats_writer_reserve(writer), "", ELEMENT, strlen(ELEMENT));
    sats_writer_stream(writer, sats_writer_reserve(writer), "", filler > 0 ? bytes : NULL, filler);
    assert_true(sats_writer_close(writer, 1, 0, NULL));
    sats_writer_free(writer);
}

static gboolean is_made_from(const Fixture *f, const char *hash) {
    assert_int_equal(ftruncate(f->descriptor, 0), 0);
    assert_int_equal(pwrite(f->descriptor, f->file->str, f->file->len, 0), f->file->len);
    assert_int_equal(lseek(f->descriptor, 0, SEEK_SET), 0);
    return sats_pdf_is_made_from(f->descriptor, hash);
}

/* ---- tests ---- */

static void only_its_own_hash_is_told(void **state) {
    Fixture *f = *state;
    write_pdf(f, 0); /* an empty stream */
    assert_true(is_made_from(f, HASH));
    write_pdf(f, 10);
    assert_true(is_made_from(f, HASH));
    assert_false(is_made_from(f, "0123456789abcdee"));
    assert_false(is_made_from(f, "0123456789abcde"));
}

/* A file is read 256 KiB at a time. */
static void what_it_looks_for_may_lie_across_two_reads(void **state) {
    Fixture *f = *state;
    for (gsize filler = 261300; filler < 262300; filler += 9) {
        write_pdf(f, filler);
        assert_true(is_made_from(f, HASH));
    }
}

static void any_byte_that_is_another_is_seen(void **state) {
    Fixture *f = *state;
    write_pdf(f, 100);
    for (gsize i = 0; i < f->file->len; i++) {
        f->file->str[i] ^= 4;
        assert_false(is_made_from(f, HASH));
        f->file->str[i] ^= 4;
    }
    assert_true(is_made_from(f, HASH));
}

static void a_file_cut_anywhere_is_not_whole(void **state) {
    Fixture *f = *state;
    write_pdf(f, 100);
    while (f->file->len > 0) {
        g_string_truncate(f->file, f->file->len - 1);
        assert_false(is_made_from(f, HASH));
    }
}

static void nothing_else_may_stand_behind_it(void **state) {
    Fixture *f = *state;
    const char *const others[] = {
        "\n", "x", "%%EOF", "\n%%EOF\n", "startxref\n9\n%%EOF\n", "startxref\n99999999\n%%EOF\n"};
    write_pdf(f, 100);
    gsize length = f->file->len;
    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        g_string_append(f->file, others[i]);
        assert_false(is_made_from(f, HASH));
        g_string_truncate(f->file, length);
    }
    g_string_append(f->file, f->file->str); /* twice the same */
    assert_false(is_made_from(f, HASH));
}

/* As a signing service adds one; the second is longer than is read at a time. */
static void an_update_may_stand_behind_it(void **state) {
    Fixture *f = *state;
    write_pdf(f, 100);
    for (gsize filler = 10; filler < 600000; filler += 550000) {
        g_autofree char *bytes = g_strnfill(filler, 'x');
        g_string_append_printf(f->file, "\n9 0 obj\n(%s)\nendobj\n", bytes);
        g_string_append_printf(f->file, "xref\n9 1\ntrailer<<>>\nstartxref\n%u\n%%%%EOF\r\n",
                               (guint)f->file->len);
        assert_true(is_made_from(f, HASH));
    }
    g_string_truncate(f->file, f->file->len - 2);
    assert_true(is_made_from(f, HASH));
    g_string_truncate(f->file, f->file->len - 1);
    assert_false(is_made_from(f, HASH));
    g_string_append(f->file, "F\njunk");
    assert_false(is_made_from(f, HASH));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_its_own_hash_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_it_looks_for_may_lie_across_two_reads, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(any_byte_that_is_another_is_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_cut_anywhere_is_not_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_else_may_stand_behind_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_update_may_stand_behind_it, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
