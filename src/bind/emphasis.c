/* bind/emphasis.c: bold and italic type that is begun and never ended: its asterisks are printed.
 *
 * Asterisks that md4c leaves in a text are mostly meant: a product, a mark that calls a note by
 * hand ("Orsak**"), the note itself ("**Orsak enligt …"). What opens emphasis stands after a space
 * and before a word. One asterisk at the beginning of a line or a sentence may be a note all the
 * same, and so may several where as many stand after a word anywhere in the document. The rest is
 * told, once a paragraph. */
#include "bind/markdown.h"

#include <string.h>

#define MOST_ASTERISKS 3u /* of what means emphasis */

static gunichar char_before(const char *text, const char *at) {
    return at > text ? g_utf8_get_char(g_utf8_prev_char(at)) : 0;
}

static gboolean may_stand_before(gunichar c) {
    static const gunichar opening[] = {'(',    '[',    '|',    '"',  '\'',
                                       0x201C, 0x201D, 0x201E, 0xAB, 0xBB};
    for (guint i = 0; i < G_N_ELEMENTS(opening); i++)
        if (c == opening[i])
            return TRUE;
    return c == 0 || g_unichar_isspace(c);
}

/* A digit follows a sign of multiplication, too. */
static gboolean opens(gunichar before, gunichar after, gsize length) {
    return length <= MOST_ASTERISKS && may_stand_before(before) &&
           (g_unichar_isalpha(after) || (length > 1 && g_unichar_isdigit(after)));
}

static gboolean calls(gunichar before, gunichar after) {
    return before != 0 && !g_unichar_isspace(before) && !g_unichar_isalnum(after);
}

/* At the beginning of a line or of a sentence. */
static gboolean may_be_note(const char *text, const char *at) {
    while (at > text && at[-1] == ' ')
        at--;
    gunichar before = char_before(text, at);
    return before != ',' && !g_unichar_isalnum(before);
}

static void see(SatsReader *r, const char *from, gsize printed) {
    const char *text = r->prepared->text->str, *end = from + strspn(from, "*");
    while (from > text && from[-1] == '*')
        from--;
    gsize length = (gsize)(end - from);
    gunichar before = char_before(text, from), after = g_utf8_get_char(end);
    if (calls(before, after))
        r->binder->asterisks_called |= 1u << MIN(printed, 31u);
    guint bit = 1u << MIN(length, 31u);
    if (!opens(before, after, length) || (r->emphasis_seen & bit) != 0)
        return;
    r->emphasis_seen |= bit;
    SatsOpenEmphasis open = {.length = (guint)length,
                             .may_be_note = may_be_note(text, from),
                             .place = sats_reader_place(r, (guint32)(from - text))};
    open.place.length = (guint16)length;
    g_array_append_val(r->binder->open_emphasis, open);
}

void sats_reader_see_asterisks(SatsReader *r, const char *text, gsize length) {
    const char *end = text + length;
    if (text > r->prepared->text->str && text[-1] == '\\')
        return; /* meant as they stand */
    for (const char *at = memchr(text, '*', length); at != NULL;) {
        const char *after = at;
        while (after < end && *after == '*')
            after++;
        see(r, at, (gsize)(after - at));
        at = memchr(after, '*', (gsize)(end - after));
    }
}

void sats_bind_tell_open_emphasis(SatsBinder *binder) {
    static const struct {
        const char *en, *sv;
    } looks[] = {{"", ""}, {"italic", "kursiv"}, {"bold", "fet"}, {"bold italic", "fet kursiv"}};
    for (guint i = 0; i < binder->open_emphasis->len; i++) {
        const SatsOpenEmphasis *open = &g_array_index(binder->open_emphasis, SatsOpenEmphasis, i);
        gboolean called = (binder->asterisks_called & 1u << open->length) != 0;
        if (open->may_be_note && (open->length == 1 || called))
            continue;
        const char *stars = "***" + (MOST_ASTERISKS - open->length);
        sats_report_add(binder->report, SATS_WARNING, "emphasis", &open->place,
                        "'%s' begins %s%.0s type that never ends, and is printed as it stands",
                        "'%s' inleder %.0s%s stil som aldrig avslutas, och skrivs ut som det står",
                        stars, looks[open->length].en, looks[open->length].sv);
        sats_report_hint(binder->report,
                         "write '%s' right after its last word, in the same paragraph; a plain "
                         "asterisk is '\\*'",
                         "skriv '%s' direkt efter det sista ordet, i samma stycke; en vanlig "
                         "asterisk skrivs '\\*'",
                         stars);
    }
}
