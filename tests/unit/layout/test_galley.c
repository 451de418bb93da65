/* The vertical list, and galleys side by side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout/galley.h"

typedef struct {
    SatsArena *arena;
    SatsGalley galleys[3];
} Fixture;

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    f->arena = sats_arena_new();
    for (guint i = 0; i < G_N_ELEMENTS(f->galleys); i++) {
        sats_galley_init(&f->galleys[i], f->arena);
    }
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    for (guint i = 0; i < G_N_ELEMENTS(f->galleys); i++) {
        sats_galley_clear(&f->galleys[i]);
    }
    sats_arena_free(f->arena);
    g_free(f);
    return 0;
}

/* A box with one rule in it, so that what becomes of it can be followed. */
static void add_box(Fixture *f, guint galley, float height, const SatsNoteBox *notes) {
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, f->arena);
    sats_box_rule(&builder, 0, height / 2, 10, height / 2, 1, 0);
    const SatsBox *box = sats_box_finish(&builder, 10, height);
    sats_box_builder_clear(&builder);
    sats_galley_box(&f->galleys[galley], box, 0, notes);
}

static const SatsGalleyItem *only(const SatsGalley *galley, SatsGalleyKind kind) {
    const SatsGalleyItem *found = NULL;
    for (guint i = 0; i < galley->n_items; i++) {
        if (galley->items[i].kind == kind) {
            assert_null(found);
            found = &galley->items[i];
        }
    }
    assert_non_null(found);
    return found;
}

/* ---- the list ---- */

static void space_between_blocks_is_the_larger_not_the_sum(void **state) {
    Fixture *f = *state;
    SatsGalley *galley = &f->galleys[0];
    add_box(f, 0, 10, NULL);
    sats_galley_space(galley, 6);
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_space(galley, 14);
    sats_galley_space(galley, 9);
    sats_galley_space(galley, 0);
    add_box(f, 0, 10, NULL);
    assert_float_equal((double)only(galley, SATS_GALLEY_GLUE)->height_pt, 14.0, 0);
    assert_float_equal((double)sats_galley_height_pt(galley), 34.0, 0);
}

static void between_two_boxes_is_one_break_and_the_dearer_counts(void **state) {
    Fixture *f = *state;
    SatsGalley *galley = &f->galleys[0];
    static const SatsResume resume = {.height_pt = 3};
    add_box(f, 0, 10, NULL);
    sats_galley_break(galley, SATS_PENALTY_BAD, &resume);
    sats_galley_space(galley, 5);
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    add_box(f, 0, 10, NULL);
    const SatsGalleyItem *item = only(galley, SATS_GALLEY_BREAK);
    assert_float_equal((double)item->penalty, (double)SATS_PENALTY_BAD, 0);
    assert_ptr_equal(item->as.resume, &resume);
    assert_ptr_equal(item, &galley->items[1]); /* before the glue, which vanishes with it */
}

static void what_is_kept_has_no_break_within_but_before_and_behind(void **state) {
    Fixture *f = *state;
    SatsGalley *galley = &f->galleys[0];
    add_box(f, 0, 10, NULL);
    guint first = galley->n_items;
    for (guint i = 0; i < 3; i++) {
        sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
        sats_galley_space(galley, 5);
        add_box(f, 0, 10, NULL);
    }
    sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
    sats_galley_keep(galley, first);
    static const float WANTED[] = {SATS_PENALTY_NONE, SATS_PENALTY_FORBIDDEN,
                                   SATS_PENALTY_FORBIDDEN, SATS_PENALTY_NONE};
    guint n = 0;
    for (guint i = 0; i < galley->n_items; i++) {
        if (galley->items[i].kind == SATS_GALLEY_BREAK) {
            assert_float_equal((double)galley->items[i].penalty, (double)WANTED[n++], 0);
        }
    }
    assert_int_equal(n, G_N_ELEMENTS(WANTED));
}

static void a_list_does_not_begin_with_a_break(void **state) {
    Fixture *f = *state;
    sats_galley_break(&f->galleys[0], SATS_PENALTY_NONE, NULL);
    assert_int_equal(f->galleys[0].n_items, 0);
}

static void of_two_ejects_with_nothing_between_the_last_counts(void **state) {
    Fixture *f = *state;
    SatsGalley *galley = &f->galleys[0];
    static const SatsPageKind first;
    static const SatsPageKind second;
    add_box(f, 0, 10, NULL);
    sats_galley_eject(galley, &(SatsEject){.page = &first});
    sats_galley_space(galley, 20);
    sats_galley_eject(galley, &(SatsEject){.page = &second});
    add_box(f, 0, 10, NULL);
    assert_ptr_equal(only(galley, SATS_GALLEY_EJECT)->as.eject->page, &second);
}

/* ---- side by side ---- */

static float total(const SatsSlice *slices, guint n) {
    float height = 0;
    for (guint i = 0; i < n; i++) {
        assert_float_equal((double)slices[i].top_pt, (double)height, 0.001);
        assert_float_equal((double)slices[i].box->height_pt,
                           (double)(slices[i].bottom_pt - slices[i].top_pt), 0.001);
        height = slices[i].bottom_pt;
    }
    return height;
}

static guint items(const SatsSlice *slices, guint n) {
    guint count = 0;
    for (guint i = 0; i < n; i++) {
        count += slices[i].box->n_items;
    }
    return count;
}

static void slices_add_up_and_hold_every_box_once(void **state) {
    Fixture *f = *state;
    for (guint i = 0; i < 30; i++) {
        add_box(f, 0, 10, NULL);
        sats_galley_break(&f->galleys[0], SATS_PENALTY_NONE, NULL);
    }
    for (guint i = 0; i < 17; i++) {
        add_box(f, 1, 13, NULL);
        sats_galley_space(&f->galleys[1], 3);
        sats_galley_break(&f->galleys[1], SATS_PENALTY_NONE, NULL);
    }
    SatsFlow flows[] = {{&f->galleys[0], 0, 4}, {&f->galleys[1], 50, 4}, {&f->galleys[2], 99, 4}};
    guint n = 0;
    SatsSlice *slices = sats_flows_slice(flows, 3, 320, FALSE, f->arena, &n);
    assert_true(n > 1);
    assert_float_equal((double)total(slices, n), 320.0, 0.001);
    assert_int_equal(items(slices, n), 47);
    for (guint i = 0; i < n; i++) {
        for (guint j = 0; j < slices[i].box->n_items; j++) {
            const SatsItem *item = &slices[i].box->items[j];
            assert_true(item->y >= 0 && item->y <= slices[i].box->height_pt);
        }
    }
}

static void no_cut_goes_through_a_box(void **state) {
    Fixture *f = *state;
    add_box(f, 0, 40, NULL);
    for (guint i = 0; i < 4; i++) {
        add_box(f, 1, 10, NULL);
        sats_galley_break(&f->galleys[1], SATS_PENALTY_NONE, NULL);
    }
    SatsFlow flows[] = {{&f->galleys[0], 0, 0}, {&f->galleys[1], 50, 0}};
    guint n = 0;
    SatsSlice *slices = sats_flows_slice(flows, 2, 40, FALSE, f->arena, &n);
    assert_int_equal(n, 1);
    assert_int_equal(items(slices, n), 5);
}

static void a_cut_costs_what_the_dearest_flow_says(void **state) {
    Fixture *f = *state;
    static const float PENALTIES[] = {SATS_PENALTY_POOR, SATS_PENALTY_BAD};
    for (guint g = 0; g < 2; g++) {
        add_box(f, g, 10, NULL);
        sats_galley_break(&f->galleys[g], PENALTIES[g], NULL);
        add_box(f, g, 10, NULL);
    }
    SatsFlow flows[] = {{&f->galleys[0], 0, 0}, {&f->galleys[1], 50, 0}};
    guint n = 0;
    SatsSlice *slices = sats_flows_slice(flows, 2, 20, FALSE, f->arena, &n);
    assert_int_equal(n, 2);
    assert_float_equal((double)slices[0].penalty, (double)SATS_PENALTY_BAD, 0);
    assert_float_equal((double)slices[1].penalty, 0, 0);
}

static void a_flow_without_breaks_is_not_cut(void **state) {
    Fixture *f = *state;
    for (guint i = 0; i < 3; i++) {
        add_box(f, 0, 10, NULL);
        add_box(f, 1, 10, NULL);
        sats_galley_break(&f->galleys[1], SATS_PENALTY_NONE, NULL);
    }
    SatsFlow flows[] = {{&f->galleys[0], 0, 0}, {&f->galleys[1], 50, 0}};
    guint n = 0;
    SatsSlice *slices = sats_flows_slice(flows, 2, 30, FALSE, f->arena, &n);
    for (guint i = 0; i + 1 < n; i++) {
        assert_true(slices[i].penalty >= SATS_PENALTY_FORBIDDEN);
    }
    slices = sats_flows_slice(flows, 2, 30, TRUE, f->arena, &n);
    assert_int_equal(n, 1);
    assert_int_equal(items(slices, n), 6);
}

static void footnotes_go_with_the_slice_of_their_box(void **state) {
    Fixture *f = *state;
    static const SatsNode nodes[2];
    static const SatsBox box = {.height_pt = 5};
    const SatsNoteBox notes[] = {{.note = &nodes[0], .box = &box},
                                 {.note = &nodes[1], .box = &box}};
    add_box(f, 0, 10, &notes[0]);
    sats_galley_break(&f->galleys[0], SATS_PENALTY_NONE, NULL);
    add_box(f, 0, 10, NULL);
    add_box(f, 1, 10, NULL);
    sats_galley_break(&f->galleys[1], SATS_PENALTY_NONE, NULL);
    add_box(f, 1, 10, &notes[1]);
    SatsFlow flows[] = {{&f->galleys[0], 0, 0}, {&f->galleys[1], 50, 0}};
    guint n = 0;
    SatsSlice *slices = sats_flows_slice(flows, 2, 20, FALSE, f->arena, &n);
    assert_int_equal(n, 2);
    assert_ptr_equal(slices[0].notes->note, &nodes[0]);
    assert_ptr_equal(slices[1].notes->note, &nodes[1]);
    slices = sats_flows_slice(flows, 2, 20, TRUE, f->arena, &n);
    assert_ptr_equal(slices[0].notes->note, &nodes[0]);
    assert_ptr_equal(slices[0].notes->next->note, &nodes[1]);
    assert_null(slices[0].notes->next->next);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* ---- joining ---- */

/* Each letter is a call: b box, s and S small and large space, f fill, k and K cheap and dear
 * break, r break with a resume, e eject. */
static void call(Fixture *f, guint galley, char letter) {
    static const SatsResume resume;
    SatsGalley *g = &f->galleys[galley];
    switch (letter) {
    case 'b':
        add_box(f, galley, 10, NULL);
        break;
    case 's':
    case 'S':
        sats_galley_space(g, letter == 's' ? 4 : 9);
        break;
    case 'f':
        sats_galley_fill(g);
        break;
    case 'e':
        sats_galley_eject(g, &(SatsEject){0});
        break;
    default:
        sats_galley_break(g, letter == 'K' ? SATS_PENALTY_BAD : 7, letter == 'r' ? &resume : NULL);
        break;
    }
}

static void assert_same_items(const SatsGalley *a, const SatsGalley *b) {
    assert_int_equal(a->n_items, b->n_items);
    for (guint i = 0; i < a->n_items; i++) {
        const SatsGalleyItem *x = &a->items[i], *y = &b->items[i];
        assert_int_equal(x->kind, y->kind);
        assert_int_equal(x->fill, y->fill);
        assert_float_equal(x->height_pt, y->height_pt, 0);
        assert_float_equal(x->penalty, y->penalty, 0);
        if (x->kind == SATS_GALLEY_BREAK) {
            assert_ptr_equal(x->as.resume, y->as.resume);
        }
    }
}

/* All pairs of calls before the join and behind it; at the very start, where nothing may be broken,
 * only those that leave something there. */
static void joined_galleys_are_as_if_made_in_one(void **state) {
    static const char LETTERS[] = "bsSfkKre";
    enum { N = sizeof LETTERS - 1, ALL = N * N * N * N };
    Fixture *f = *state;
    for (guint i = 0; i < ALL; i++) {
        const char before[] = {LETTERS[i % N], LETTERS[i / N % N]};
        const char behind[] = {LETTERS[i / N / N % N], LETTERS[i / N / N / N % N]};
        for (guint k = 0; k < G_N_ELEMENTS(f->galleys); k++) {
            sats_galley_clear(&f->galleys[k]);
        }
        sats_galley_box(&f->galleys[2], sats_arena_new_struct(f->arena, SatsBox), 0, NULL);
        for (guint k = 0; k < 2; k++) {
            call(f, 0, before[k]);
            call(f, 1, before[k]);
        }
        if (f->galleys[1].n_items == 0) {
            continue;
        }
        for (guint k = 0; k < 2; k++) {
            call(f, 0, behind[k]);
            call(f, 2, behind[k]);
        }
        call(f, 0, 'b');
        call(f, 2, 'b');
        call(f, 0, 'k');
        call(f, 2, 'k');
        sats_galley_append(&f->galleys[1], &f->galleys[2]);
        assert_same_items(&f->galleys[0], &f->galleys[1]);
    }
}

static void nothing_may_be_joined_to_nothing(void **state) {
    Fixture *f = *state;
    sats_galley_box(&f->galleys[1], sats_arena_new_struct(f->arena, SatsBox), 0, NULL);
    sats_galley_append(&f->galleys[0], &f->galleys[1]);
    assert_int_equal(f->galleys[0].n_items, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(space_between_blocks_is_the_larger_not_the_sum),
        TEST(between_two_boxes_is_one_break_and_the_dearer_counts),
        TEST(what_is_kept_has_no_break_within_but_before_and_behind),
        TEST(a_list_does_not_begin_with_a_break),
        TEST(of_two_ejects_with_nothing_between_the_last_counts),
        TEST(slices_add_up_and_hold_every_box_once),
        TEST(no_cut_goes_through_a_box),
        TEST(a_cut_costs_what_the_dearest_flow_says),
        TEST(a_flow_without_breaks_is_not_cut),
        TEST(footnotes_go_with_the_slice_of_their_box),
        TEST(joined_galleys_are_as_if_made_in_one),
        TEST(nothing_may_be_joined_to_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
