/* The library as its users see it: plansats.h and nothing else. */
#include "text/harfbuzz-library.h"
#include "unit/engine/library-fixture.h"

#define BODY                                                                                       \
    "  - section: {title: Rubrik, body: [{text: \"{{text}} med en fotnot^[noten].\"}]}\n"          \
    "  - table:\n      columns: [{header: Post, key: true}, {header: Belopp, align: decimal}]\n"   \
    "      rows: [{each: r in rader, cells: [\"{{r.a}}\", \"{{r.b}}\"]}]\n"
#define DATA "{text: text, tal: integer, rader: {of: {keys: {a: line, b: number}}}}"

/* ---- helpers ---- */

typedef struct {
    GByteArray *bytes;
    int calls, stop_at, pages;
} Collected;

static int collect(void *context, int page, const void *bytes, size_t size) {
    Collected *c = context;
    c->pages = MAX(c->pages, page);
    if (++c->calls == c->stop_at) {
        return 0;
    }
    g_byte_array_append(c->bytes, bytes, (guint)size);
    return 1;
}

/* Many words, so that two threads shape and write at the same time for a while. */
static void write_plan(Library *l, guint seed) {
    GString *values = g_string_new("text: |\n");
    for (guint i = 0; i < 300; i++) {
        g_string_append_printf(values, "  ord%u förvaltningsplan%u\n", i * seed, i % 7);
    }
    g_string_append(values, "rader:\n");
    for (guint i = 0; i < 200; i++) {
        g_string_append_printf(values, "  - {a: Post %u, b: %u.5}\n", i + seed, i * seed);
    }
    library_write(l, DATA, BODY, values->str);
    g_string_free(values, TRUE);
}

/* Renders with an engine of its own; NULL on failure. */
static GBytes *render_alone(const char *path, SatsFormat format) {
    Collected c = {.bytes = g_byte_array_new()};
    SatsEngine *engine = sats_engine_new(NULL, NULL);
    SatsPlan *plan = sats_plan_load(engine, path);
    SatsRenderOptions options = {.format = format, .dpi = 30};
    SatsStatus status = sats_plan_render(plan, &options, collect, &c);
    sats_plan_free(plan);
    sats_engine_free(engine);
    GBytes *bytes = g_byte_array_free_to_bytes(c.bytes);
    if (status != SATS_STATUS_DONE) {
        g_bytes_unref(bytes);
        return NULL;
    }
    return bytes;
}

typedef struct {
    const char *path;
    SatsFormat format;
    GBytes *wanted;
    guint wrong;
} Job;

static gpointer render_often(gpointer data) {
    Job *job = data;
    for (guint i = 0; i < 4; i++) {
        GBytes *bytes = render_alone(job->path, job->format);
        job->wrong += bytes == NULL || !g_bytes_equal(bytes, job->wanted) ? 1U : 0U;
        g_clear_pointer(&bytes, g_bytes_unref);
    }
    return NULL;
}

static char *read_file(const Library *l, const char *name) {
    g_autofree char *path = g_build_filename(l->folder, name, NULL);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

static guint count_files(const Library *l) {
    GDir *folder = g_dir_open(l->folder, 0, NULL);
    guint n = 0;
    while (g_dir_read_name(folder) != NULL) {
        n++;
    }
    g_dir_close(folder);
    return n;
}

static SatsStatus render_to(Library *l, const SatsRenderOptions *options, const char *name) {
    g_autofree char *path = g_build_filename(l->folder, name, NULL);
    return sats_plan_render_file(l->plan, options, path);
}

/* ---- threads ---- */

static void two_threads_with_an_engine_each_give_the_bytes_they_give_alone(void **state) {
    Library *l = *state;
    write_plan(l, 3);
    static const SatsFormat FORMATS[] = {SATS_FORMAT_PDF, SATS_FORMAT_PNG, SATS_FORMAT_SVG,
                                         SATS_FORMAT_PLAIN_PDF};
    for (guint f = 0; f < G_N_ELEMENTS(FORMATS); f++) {
        Job jobs[2] = {{l->path, FORMATS[f], NULL, 0}, {l->path, SATS_FORMAT_PDF, NULL, 0}};
        GThread *threads[2];
        for (guint i = 0; i < 2; i++) {
            jobs[i].wanted = render_alone(jobs[i].path, jobs[i].format);
            assert_non_null(jobs[i].wanted);
        }
        for (guint i = 0; i < 2; i++) {
            threads[i] = g_thread_new("render", render_often, &jobs[i]);
        }
        for (guint i = 0; i < 2; i++) {
            g_thread_join(threads[i]);
            g_bytes_unref(jobs[i].wanted);
        }
        assert_int_equal(jobs[0].wrong + jobs[1].wrong, 0);
    }
}

static void an_engine_used_before_gives_the_bytes_of_a_new_one(void **state) {
    Library *l = *state;
    for (guint seed = 1; seed < 5; seed++) {
        write_plan(l, seed);
        Collected c = {.bytes = g_byte_array_new()};
        assert_int_equal(sats_plan_render(library_load(l), NULL, collect, &c), SATS_STATUS_DONE);
        GBytes *used = g_byte_array_free_to_bytes(c.bytes);
        GBytes *fresh = render_alone(l->path, SATS_FORMAT_PDF);
        gboolean same = fresh != NULL && g_bytes_equal(used, fresh);
        g_bytes_unref(used);
        g_clear_pointer(&fresh, g_bytes_unref);
        assert_true(same);
    }
}

static void a_plan_rendered_twice_gives_the_same_bytes(void **state) {
    Library *l = *state;
    write_plan(l, 2);
    library_load(l);
    GBytes *made[2];
    for (guint i = 0; i < 2; i++) {
        Collected c = {.bytes = g_byte_array_new()};
        sats_string_free(sats_plan_dump(l->plan, "pages"));
        assert_int_equal(sats_plan_render(l->plan, NULL, collect, &c), SATS_STATUS_DONE);
        made[i] = g_byte_array_free_to_bytes(c.bytes);
    }
    gboolean same = g_bytes_equal(made[0], made[1]);
    g_bytes_unref(made[0]);
    g_bytes_unref(made[1]);
    assert_true(same);
}

/* ---- output ---- */

static void a_receiver_that_says_stop_stops_the_rendering(void **state) {
    Library *l = *state;
    write_plan(l, 1);
    static const SatsFormat FORMATS[] = {SATS_FORMAT_PDF, SATS_FORMAT_PNG, SATS_FORMAT_SVG,
                                         SATS_FORMAT_PLAIN_PDF};
    for (guint f = 0; f < G_N_ELEMENTS(FORMATS); f++) {
        gboolean paged = FORMATS[f] == SATS_FORMAT_PNG || FORMATS[f] == SATS_FORMAT_SVG;
        for (int stop = 1; stop <= (paged ? 2 : 1); stop++) {
            Collected c = {.bytes = g_byte_array_new(), .stop_at = stop};
            SatsRenderOptions options = {.format = FORMATS[f], .dpi = 20};
            SatsStatus status = sats_plan_render(library_load(l), &options, collect, &c);
            g_byte_array_unref(c.bytes);
            assert_int_equal(c.calls, stop);
            assert_int_equal(status, SATS_STATUS_SYSTEM);
            assert_true(*sats_plan_message(l->plan) != '\0');
        }
    }
}

static void pages_of_pictures_are_numbered_from_the_first_one_asked_for(void **state) {
    Library *l = *state;
    write_plan(l, 1);
    Collected c = {.bytes = g_byte_array_new()};
    SatsRenderOptions options = {.format = SATS_FORMAT_SVG, .first_page = 2, .last_page = 3};
    SatsStatus status = sats_plan_render(library_load(l), &options, collect, &c);
    g_byte_array_unref(c.bytes);
    assert_int_equal(status, SATS_STATUS_DONE);
    assert_int_equal(c.calls, 2);
    assert_int_equal(c.pages, 3);
}

static void a_plan_with_errors_leaves_the_old_file_and_no_other(void **state) {
    Library *l = *state;
    library_write(l, DATA, BODY, "tal: många\n");
    library_put(l, "ut.pdf", "gammal");
    guint before = count_files(l);
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DOCUMENT);
    assert_int_equal(sats_plan_errors(l->plan), 1);
    g_autofree char *text = read_file(l, "ut.pdf");
    assert_string_equal(text, "gammal");
    assert_int_equal(count_files(l), before);
}

static void a_folder_that_is_not_there_is_the_systems_fault(void **state) {
    Library *l = *state;
    write_plan(l, 1);
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ingen mapp/ut.pdf"), SATS_STATUS_SYSTEM);
    assert_non_null(strstr(sats_plan_message(l->plan), "ingen mapp/ut.pdf"));
}

static void options_that_cannot_be_are_wrong_usage(void **state) {
    Library *l = *state;
    write_plan(l, 1);
    SatsRenderOptions wrong[] = {{.first_page = 1000},
                                 {.first_page = 3, .last_page = 2},
                                 {.date = "igår"},
                                 {.date = "2024-02-30T"}};
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        library_load(l);
        assert_int_equal(render_to(l, &wrong[i], "ut.pdf"), SATS_STATUS_USAGE);
        g_autofree char *text = read_file(l, "ut.pdf");
        assert_null(text);
    }
}

static void a_file_is_left_alone_only_while_it_is_what_would_be_made(void **state) {
    Library *l = *state;
    write_plan(l, 1);
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    assert_false(sats_plan_unchanged(l->plan));
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    assert_true(sats_plan_unchanged(l->plan));
    assert_int_equal(render_to(l, &(SatsRenderOptions){.force = 1}, "ut.pdf"), SATS_STATUS_DONE);
    assert_false(sats_plan_unchanged(l->plan));
    write_plan(l, 2);
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    assert_false(sats_plan_unchanged(l->plan));
}

static const char *later_version(void) {
    return "99.0.1";
}

static void another_harfbuzz_makes_the_file_again(void **state) {
    Library *l = *state;
    write_plan(l, 1);
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    assert_true(sats_plan_unchanged(l->plan));
    sats_hb.version_string = later_version;
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    assert_false(sats_plan_unchanged(l->plan));
}

/* Each change is of the file as it was made: a byte at some part of its length, its end, or more
 * behind it. */
static void a_damaged_file_is_made_again(void **state) {
    Library *l = *state;
    write_plan(l, 1);
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    g_autofree char *path = g_build_filename(l->folder, "ut.pdf", NULL);
    g_autofree char *whole = NULL, *again = NULL;
    gsize size = 0, size_again = 0;
    assert_true(g_file_get_contents(path, &whole, &size, NULL));
    for (guint i = 0; i < 20; i++) {
        g_autofree char *damaged = g_memdup2(whole, size);
        gsize at = i == 19 ? size - 8 : size * i / 19; /* the last: in the digits of startxref */
        damaged[at] ^= 1;
        assert_true(g_file_set_contents(path, damaged, (gssize)size, NULL));
        library_load(l);
        assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
        assert_false(sats_plan_unchanged(l->plan));
    }
    assert_true(g_file_get_contents(path, &again, &size_again, NULL));
    assert_true(size == size_again && memcmp(whole, again, size) == 0);
    assert_true(g_file_set_contents(path, whole, (gssize)size - 6, NULL));
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    assert_false(sats_plan_unchanged(l->plan));
}

static void what_is_added_behind_a_file_leaves_it_up_to_date(void **state) {
    Library *l = *state;
    write_plan(l, 1);
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    g_autofree char *path = g_build_filename(l->folder, "ut.pdf", NULL);
    g_autofree char *whole = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(path, &whole, &size, NULL));
    /* so much that it is read in several pieces */
    g_autofree char *update = g_strnfill(600000, '%');
    GString *longer = g_string_new_len(whole, (gssize)size);
    g_string_append_printf(longer, "%s\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", update, size);
    assert_true(g_file_set_contents(path, longer->str, (gssize)longer->len, NULL));
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    assert_true(sats_plan_unchanged(l->plan));
    assert_true(g_file_set_contents(path, longer->str, (gssize)longer->len - 100, NULL));
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    assert_false(sats_plan_unchanged(l->plan));
    g_string_free(longer, TRUE);
}

static void a_final_document_shows_no_placeholders(void **state) {
    Library *l = *state;
    library_write(l, DATA, BODY, "text: \"[Skriv text]\"\n");
    library_load(l);
    assert_int_equal(render_to(l, &(SatsRenderOptions){.final_ = 1}, "ut.pdf"),
                     SATS_STATUS_DOCUMENT);
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
}

/* ---- asking ---- */

static void every_stage_can_be_dumped_in_any_order(void **state) {
    Library *l = *state;
    static const char *const STAGES[] = {"text", "values", "pages", "tags", "document"};
    static const char *const PARTS[] = {"noten", "rader", "page 2", "Document", "section"};
    write_plan(l, 1);
    library_load(l);
    for (guint i = 0; i < G_N_ELEMENTS(STAGES); i++) {
        assert_non_null(strstr(library_dump(l, STAGES[i]), PARTS[i]));
    }
    assert_null(sats_plan_dump(l->plan, "ingen"));
}

static void a_plan_that_is_not_there_can_be_asked_everything(void **state) {
    Library *l = *state;
    SatsPlan *plan = library_load(l);
    assert_true(*sats_plan_message(plan) != '\0');
    assert_int_equal(sats_plan_check(plan, 0), SATS_STATUS_SYSTEM);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_SYSTEM);
    assert_int_equal(sats_plan_pages(plan), 0);
    assert_null(sats_plan_dump(plan, "tags"));
    assert_null(sats_plan_text(plan, "titel"));
    char *report = sats_plan_report(plan, SATS_REPORT_JSON);
    assert_non_null(report);
    sats_string_free(report);
    char **inputs = sats_plan_inputs(plan);
    assert_string_equal(inputs[0], l->path);
    sats_strings_free(inputs);
}

static void findings_are_told_in_three_forms_and_two_languages(void **state) {
    Library *l = *state;
    library_write(l, DATA, BODY, "tex: x\n");
    library_load(l);
    assert_int_equal(sats_plan_check(l->plan, 0), SATS_STATUS_DOCUMENT);
    static const char *const PARTS[] = {"did you mean 'text'?", "\033[", "\"unknown-key\""};
    for (guint form = 0; form < 3; form++) {
        sats_string_free(l->text);
        l->text = sats_plan_report(l->plan, (SatsReportForm)form);
        assert_non_null(strstr(l->text, PARTS[form]));
    }
    sats_plan_free(g_steal_pointer(&l->plan));
    sats_engine_free(l->engine);
    l->engine = sats_engine_new(&(SatsEngineOptions){.swedish = 1}, NULL);
    library_load(l);
    sats_plan_check(l->plan, 0);
    sats_string_free(l->text);
    l->text = sats_plan_report(l->plan, SATS_REPORT_TEXT);
    assert_non_null(strstr(l->text, "menade du 'text'?"));
}

static void a_plans_texts_times_and_hash_can_be_asked_for(void **state) {
    Library *l = *state;
    write_plan(l, 1);
    library_load(l);
    assert_int_equal(render_to(l, NULL, "ut.pdf"), SATS_STATUS_DONE);
    sats_string_free(l->text);
    l->text = sats_plan_text(l->plan, "text");
    assert_non_null(strstr(l->text, "förvaltningsplan1"));
    assert_null(sats_plan_text(l->plan, "rader"));
    assert_null(sats_plan_text(l->plan, "rader.a"));
    const char *stage = NULL;
    double seconds = -1;
    int n = 0;
    while (sats_plan_timing(l->plan, n, &stage, &seconds)) {
        assert_true(seconds >= 0 && *stage != '\0');
        n++;
    }
    assert_true(n >= 6);
    assert_false(sats_plan_timing(l->plan, -1, &stage, &seconds));
    char **inputs = sats_plan_inputs(l->plan);
    char *now = sats_inputs_hash(l->engine, NULL, (const char *const *)inputs);
    char *read = sats_plan_hash(l->plan, NULL);
    char *other = sats_plan_hash(l->plan, &(SatsRenderOptions){.final_ = 1});
    write_plan(l, 2);
    char *later = sats_inputs_hash(l->engine, NULL, (const char *const *)inputs);
    gboolean told =
        g_strcmp0(now, read) == 0 && g_strcmp0(read, other) != 0 && g_strcmp0(now, later) != 0;
    sats_strings_free(inputs);
    sats_string_free(now);
    sats_string_free(read);
    sats_string_free(other);
    sats_string_free(later);
    assert_true(told);
}

static void no_engine_without_its_data(void **state) {
    Library *l = *state;
    char *message = NULL;
    SatsEngineOptions options = {.data_folder = l->folder};
    SatsEngine *engine = sats_engine_new(&options, &message);
    gboolean told = message != NULL && strstr(message, l->folder) != NULL;
    sats_string_free(message);
    assert_null(engine);
    assert_true(told);
    sats_engine_free(NULL);
    sats_plan_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        LIBRARY_TEST(two_threads_with_an_engine_each_give_the_bytes_they_give_alone),
        LIBRARY_TEST(an_engine_used_before_gives_the_bytes_of_a_new_one),
        LIBRARY_TEST(a_plan_rendered_twice_gives_the_same_bytes),
        LIBRARY_TEST(a_receiver_that_says_stop_stops_the_rendering),
        LIBRARY_TEST(pages_of_pictures_are_numbered_from_the_first_one_asked_for),
        LIBRARY_TEST(a_plan_with_errors_leaves_the_old_file_and_no_other),
        LIBRARY_TEST(a_folder_that_is_not_there_is_the_systems_fault),
        LIBRARY_TEST(options_that_cannot_be_are_wrong_usage),
        LIBRARY_TEST(a_file_is_left_alone_only_while_it_is_what_would_be_made),
        LIBRARY_TEST(another_harfbuzz_makes_the_file_again),
        LIBRARY_TEST(a_damaged_file_is_made_again),
        LIBRARY_TEST(what_is_added_behind_a_file_leaves_it_up_to_date),
        LIBRARY_TEST(a_final_document_shows_no_placeholders),
        LIBRARY_TEST(every_stage_can_be_dumped_in_any_order),
        LIBRARY_TEST(a_plan_that_is_not_there_can_be_asked_everything),
        LIBRARY_TEST(findings_are_told_in_three_forms_and_two_languages),
        LIBRARY_TEST(a_plans_texts_times_and_hash_can_be_asked_for),
        LIBRARY_TEST(no_engine_without_its_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
