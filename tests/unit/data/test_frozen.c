/* Unit tests of frozen values: what is thawed is what reading gives, for just the same bytes. */
#include "data/frozen.h"

#include "unit/data/fixture.h"

static const SatsSource *add(Fixture *fixture, const char *text) {
    return sats_sources_add(fixture->sources, "f", text, strlen(text));
}

static void assert_same_place(SatsPlace a, SatsPlace b) {
    assert_ptr_equal(a.source, b.source);
    assert_int_equal(a.line, b.line);
    assert_int_equal(a.column, b.column);
    assert_int_equal(a.length, b.length);
}

static void assert_same(const SatsValue *a, const SatsValue *b) {
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->quoted, b->quoted);
    assert_int_equal(a->indexed, b->indexed);
    assert_int_equal(a->length, b->length);
    assert_same_place(a->place, b->place);
    assert_null(a->tag);
    if (a->kind == SATS_VALUE_TEXT || a->kind == SATS_VALUE_NULL)
        assert_string_equal(a->as.text, b->as.text);
    for (guint32 i = 0; a->kind == SATS_VALUE_LIST && i < a->length; i++)
        assert_same(a->as.items[i], b->as.items[i]);
    for (guint32 i = 0; a->kind == SATS_VALUE_MAP && i < a->length; i++) {
        const SatsEntry *x = &a->as.entries[i], *y = &b->as.entries[i];
        assert_string_equal(x->key, y->key);
        assert_same_place(x->place, y->place);
        assert_ptr_equal(sats_value_lookup(a, x->key), x->value);
        assert_same(x->value, y->value);
    }
}

/* What `text` reads as is what it thaws to. Returns the thawed values. */
static const SatsValue *thaw(Fixture *fixture, const char *text) {
    const SatsSource *source = add(fixture, text);
    GArray *words = sats_frozen_make(fixture->sources, &(SatsFreezing){0});
    const guint32 *kept =
        sats_arena_memdup(fixture->arena, words->data, (gsize)words->len * sizeof(guint32));
    g_array_unref(words);
    const SatsValue *thawed = sats_frozen_read(kept, source, fixture->arena);
    if (thawed != NULL)
        assert_same(thawed, sats_yaml_read(source, NULL, fixture->arena, fixture->report));
    return thawed;
}

static void values_of_all_kinds(void **state) {
    assert_non_null(thaw(*state, "a: text\n"
                                 "åäö: {tal: 1 234, tomt: , ja: true, '0': \"cit\\\"at\"}\n"
                                 "lista: [1, [], {}, ~, 'en ''till']\n"
                                 "block: |\n  en rad\n  två\n"
                                 "vikt: >\n  en\n  rad\n"
                                 "märkt: !!str 12\n"
                                 "\"ett\\ntvå\": x\n"));
    assert_non_null(thaw(*state, "bara text"));
    assert_non_null(thaw(*state, "[]"));
}

static void keys_are_one_and_aliases_shared(void **state) {
    const SatsValue *root = thaw(*state, "a: &x {k: 1}\nb: *x\nc: {k: 2, a: 3}\n");
    const SatsEntry *entries = root->as.entries;
    assert_ptr_equal(entries[0].value, entries[1].value);
    assert_ptr_equal(entries[0].value->as.entries[0].key, entries[2].value->as.entries[0].key);
    assert_ptr_equal(entries[0].key, entries[2].value->as.entries[1].key);
}

static void large_maps_have_their_index(void **state) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 100; i++)
        g_string_append_printf(text, "nyckel%d: %d\n", i, i);
    const SatsValue *map = thaw(*state, text->str);
    assert_true(map->indexed);
    assert_null(sats_value_lookup(map, "nyckel100"));
}

static void other_bytes_are_not_thawed(void **state) {
    Fixture *fixture = *state;
    add(fixture, "a: 1\n");
    add(fixture, "b: 22\n");
    GArray *words = sats_frozen_make(fixture->sources, &(SatsFreezing){0});
    const guint32 *frozen = (const guint32 *)(const void *)words->data;
    assert_non_null(sats_frozen_read(frozen, add(fixture, "b: 22\n"), fixture->arena));
    assert_null(sats_frozen_read(frozen, add(fixture, "a: 2\n"), fixture->arena));
    assert_null(sats_frozen_read(frozen, add(fixture, "a: 1\n\n"), fixture->arena));
    assert_null(sats_frozen_read(frozen, add(fixture, ""), fixture->arena));
    g_array_unref(words);
}

static void digests_are_of_the_bytes(void **state) {
    Fixture *fixture = *state;
    add(fixture, "a: 1\n");
    add(fixture, "a: [\n");
    sats_sources_add(fixture->sources, "b", "\0\377x", 3);
    GArray *words = sats_frozen_make(fixture->sources, &(SatsFreezing){0});
    const guint32 *frozen = (const guint32 *)(const void *)words->data;
    for (guint i = 0; i < sats_sources_count(fixture->sources); i++) {
        const SatsSource *source = sats_sources_at(fixture->sources, i);
        g_autofree char *digest = g_compute_checksum_for_data(
            G_CHECKSUM_SHA256, (const guchar *)source->text, source->length);
        SatsFrozenFacts facts;
        assert_true(sats_frozen_facts(frozen, source->text, source->length, &facts));
        assert_string_equal(facts.sha256, digest);
    }
    SatsFrozenFacts none;
    assert_false(sats_frozen_facts(frozen, "a: 2\n", 5, &none));
    g_array_unref(words);
}

static void findings_and_tags_are_not_frozen(void **state) {
    assert_null(thaw(*state, "a: 1\na: 2\n"));
    assert_null(thaw(*state, "a: [12,5]\n"));
    assert_null(thaw(*state, "a: [\n"));
    assert_null(thaw(*state, "a: !csv b.csv\n"));
    assert_null(thaw(*state, ""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        with_fixture(values_of_all_kinds),         with_fixture(keys_are_one_and_aliases_shared),
        with_fixture(large_maps_have_their_index), with_fixture(other_bytes_are_not_thawed),
        with_fixture(digests_are_of_the_bytes),    with_fixture(findings_and_tags_are_not_frozen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
