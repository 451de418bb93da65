/* What a PDF carries is found again under its names, however they are written. */
#include "pdf/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/dynamic.h"

/* ---- fixture ---- */

enum { N_OBJECTS = 3 };

typedef struct {
    GString *pdf;
    SatsArena *arena;
} Fixture;

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    f->pdf = g_string_new(NULL);
    f->arena = sats_arena_new();
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    g_string_free(f->pdf, TRUE);
    sats_arena_free(f->arena);
    g_free(f);
    return 0;
}

static gsize begin_object(Fixture *f, guint number) {
    gsize at = f->pdf->len;
    g_string_append_printf(f->pdf, "%u 0 obj\n", number);
    return at;
}

/* A PDF with one embedded file; its name in hexadecimal digits. */
static void write_pdf(Fixture *f, const char *name) {
    gsize at[N_OBJECTS];
    g_string_assign(f->pdf, "%PDF-1.7\n");
    at[0] = begin_object(f, 1);
    g_string_append(f->pdf, "<</Names<</EmbeddedFiles<</Names[(a)2 0 R]>>>>>>\nendobj\n");
    at[1] = begin_object(f, 2);
    g_string_append_printf(f->pdf, "<</EF<</UF 3 0 R>>/UF<%s>>>\nendobj\n", name);
    at[2] = begin_object(f, 3);
    g_string_append(f->pdf, "<</Length 5>>stream\nhello\nendstream\nendobj\n");
    gsize references = f->pdf->len;
    g_string_append_printf(f->pdf, "xref\n0 %d\n0000000000 65535 f \n", N_OBJECTS + 1);
    for (guint i = 0; i < N_OBJECTS; i++)
        g_string_append_printf(f->pdf, "%010u 00000 n \n", (guint)at[i]);
    g_string_append_printf(f->pdf, "trailer<</Root 1 0 R>>\nstartxref\n%u\n%%%%EOF\n",
                           (guint)references);
}

/* The name that is read; NULL: the file is refused. */
static const char *read_name(Fixture *f, const char *name) {
    SatsEmbeddedFile *files = NULL;
    guint n = 0;
    write_pdf(f, name);
    if (!sats_pdf_read_embedded((const guint8 *)f->pdf->str, f->pdf->len, f->arena, &files, &n,
                                NULL))
        return NULL;
    assert_int_equal(n, 1);
    assert_int_equal(files[0].size, 5);
    assert_memory_equal(files[0].bytes, "hello", 5);
    return files[0].name;
}

/* ---- tests ---- */

static void names_are_read_however_they_are_written(void **state) {
    assert_string_equal(read_name(*state, "612E63"), "a.c");
    assert_string_equal(read_name(*state, "E5E4F62E63"), "åäö.c");
    assert_string_equal(read_name(*state, "C3A52E63"), "å.c");
    assert_string_equal(read_name(*state, "FEFF00E5201300D62E63"), "å–Ö⹣");
    assert_string_equal(read_name(*state, "FEFFD83DDE00"), "😀");
}

static void a_name_that_is_no_text_is_refused(void **state) {
    assert_null(read_name(*state, "FEFF00"));
    assert_null(read_name(*state, "FEFFD83D"));
    assert_null(read_name(*state, "FEFFDE000041"));
    assert_null(read_name(*state, "FEFF"));
    assert_null(read_name(*state, ""));
}

/* What comes with a library is told by when it comes (base/dynamic.h), and this is read beside the
 * opening of others. */
static void reading_names_opens_no_library(void **state) {
    guint before = sats_objects_count();
    read_name(*state, "E5E4F62E63");
    read_name(*state, "FEFF00E520132E63");
    assert_int_equal(sats_objects_count(), before);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reading_names_opens_no_library, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_are_read_however_they_are_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_name_that_is_no_text_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
