/* What a theme with nothing under it lacks of the names that the engine asks a theme for.
 *
 * No list of those names stands in C: the standard theme that came with the program has them all,
 * and is at hand as it was when we were built. */
#include <string.h>

#include "template/built-in.h"
#include "template/theme-parts.h"

typedef struct {
    gsize offset;    /* of the SatsNames in a theme */
    const char *key; /* of the theme's map */
    const char *english, *swedish;
} Kind;

static const Kind kinds[] = {
    {G_STRUCT_OFFSET(SatsTheme, colours), "colours", "colour", "färgen"},
    {G_STRUCT_OFFSET(SatsTheme, pages), "pages", "page", "sidan"},
    {G_STRUCT_OFFSET(SatsTheme, styles), "styles", "style", "stilen"},
    {G_STRUCT_OFFSET(SatsTheme, tables), "tables", "table style", "tabellstilen"},
    {G_STRUCT_OFFSET(SatsTheme, lists), "lists", "list", "listan"},
    {G_STRUCT_OFFSET(SatsTheme, lengths), "lengths", "length", "måttet"},
    {G_STRUCT_OFFSET(SatsTheme, numbers), "numbers", "number", "talet"},
    {G_STRUCT_OFFSET(SatsTheme, words), "words", "word", "ordet"},
};

static SatsNames *names_of(SatsTheme *theme, const Kind *kind) {
    return G_STRUCT_MEMBER_P(theme, kind->offset);
}

static gboolean is_standard(const SatsValue *root) {
    const SatsValue *name =
        root && root->kind == SATS_VALUE_MAP ? sats_value_lookup(root, "theme") : NULL;
    return name && name->kind == SATS_VALUE_TEXT && strcmp(name->as.text, "standard") == 0 &&
           !sats_value_lookup(root, "template"); /* a template says which theme it has */
}

/* The standard theme that came with the program. */
static SatsTheme *built_in_theme(SatsArena *arena) {
    const SatsValue *root = NULL;
    for (guint i = 0; i < sats_frozen_count(sats_built_in) && !is_standard(root); i++)
        root = sats_frozen_at(sats_built_in, i, arena);
    g_assert(is_standard(root));
    g_autoptr(SatsReport) unused = sats_report_new(SATS_LANGUAGE_ENGLISH);
    SatsThemeReader reader = {
        .theme = sats_theme_new("standard", arena), .arena = arena, .report = unused};
    sats_theme_apply(&reader, root, "");
    return reader.theme;
}

/* `first` and n - 1 more of that kind are not there. */
static void report(SatsThemeReader *reader, const Kind *kind, const char *first, guint n) {
    gboolean swedish = sats_report_language(reader->report) == SATS_LANGUAGE_SWEDISH;
    const char *what = swedish ? kind->swedish : kind->english;
    const SatsValue *map = sats_value_lookup(reader->root, kind->key);
    const SatsPlace *place = map ? &map->place : &reader->root->place;
    if (n == 1)
        sats_report_add(reader->report, SATS_ERROR, "theme-names", place,
                        "theme '%s' lacks the %s '%s'", "temat '%s' saknar %s '%s'",
                        reader->theme->name, what, first);
    else
        sats_report_add(reader->report, SATS_ERROR, "theme-names", place,
                        "theme '%s' lacks the %s '%s' and %u more",
                        "temat '%s' saknar %s '%s' och %u till", reader->theme->name, what, first,
                        n - 1);
    sats_report_hint(reader->report,
                     "it stands on no other theme, and the file may be cut short or older than "
                     "this version of plansats",
                     "det bygger på inget annat tema, och filen kan vara avkortad eller äldre än "
                     "den här versionen av plansats");
}

/* Puts in the names that `theirs` has and `own` does not; their number. */
static guint take_missing(SatsNames *own, const SatsNames *theirs, const char **out_first) {
    guint n = 0;
    for (guint i = 0; i < theirs->n; i++) {
        if (sats_names_get(own, theirs->keys[i]))
            continue;
        if (n++ == 0)
            *out_first = theirs->keys[i];
        sats_names_put(own, theirs->keys[i], theirs->values[i]);
    }
    return n;
}

void sats_theme_complete(SatsThemeReader *reader) {
    const SatsSource *source = reader->root->place.source;
    SatsFrozenFacts unused;
    if (is_standard(reader->root) &&
        sats_frozen_facts(sats_built_in, source->text, source->length, &unused))
        return;
    /* a PDF of an older version was made without what has come since */
    gboolean carried = strcmp(source->name, source->shown) != 0;
    SatsTheme *built_in = built_in_theme(reader->arena);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const char *first = NULL;
        guint n =
            take_missing(names_of(reader->theme, &kinds[i]), names_of(built_in, &kinds[i]), &first);
        if (n > 0 && !carried)
            report(reader, &kinds[i], first, n);
    }
}
