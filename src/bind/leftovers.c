/* Markup that is printed as it stands: begun and never ended, or of another Markdown than ours. */
#include "bind/leftovers.h"

#include <string.h>

#include "base/utf8.h"

#define MOST_TAG_BYTES   10u /* of an element's name */
#define MOST_SHOWN_BYTES 40  /* of what is left over */
#define FEWEST_BARS      3u  /* of a table's row that ends with one */

void sats_leftovers_add(GArray **leftovers, SatsLeftoverKind kind, guint32 at, guint32 length) {
    SatsLeftover leftover = {kind, at, length};
    if (*leftovers == NULL)
        *leftovers = g_array_new(FALSE, FALSE, sizeof(SatsLeftover));
    g_array_append_val(*leftovers, leftover);
}

void sats_leftovers_see_bracket(GArray **leftovers, const char *raw, guint32 at,
                                const SatsBracket *bracket) {
    if (bracket->kind == SATS_BRACKET_OPEN_LINK)
        sats_leftovers_add(leftovers, SATS_LEFTOVER_LINK, at, bracket->close + 2 - at);
    else if (bracket->kind == SATS_BRACKET_NOTE)
        sats_leftovers_add(leftovers, SATS_LEFTOVER_NOTE_CALL, at, bracket->end - at);
    else if (bracket->kind == SATS_BRACKET_OPEN &&
             g_unichar_isalpha(g_utf8_get_char(raw + at + 1))) /* not [0, 5[ */
        sats_leftovers_add(leftovers, SATS_LEFTOVER_BRACKET, at, 1);
}

static gunichar char_before(const char *raw, guint32 at) {
    return at > 0 ? g_utf8_get_char(g_utf8_prev_char(raw + at)) : 0;
}

/* Do two of the sign end a word later in the paragraph? */
static gboolean ends_later(const char *raw, guint32 from, guint32 end, char sign, gint64 *budget) {
    for (guint32 i = from; i + 1 < end && *budget > 0; i++, (*budget)--) {
        if (raw[i] == '\n' && raw[i + 1] == '\n')
            return FALSE;
        if (raw[i] == sign && raw[i + 1] == sign)
            return !g_ascii_isspace(raw[i - 1]);
    }
    return FALSE;
}

void sats_leftovers_see_doubled(GArray **leftovers, const char *raw, guint32 at, guint32 end,
                                gint64 *budget) {
    char sign = raw[at];
    gboolean opens = at + 2 < end && g_unichar_isalnum(g_utf8_get_char(raw + at + 2)) &&
                     !g_unichar_isalnum(char_before(raw, at));
    if (opens && ends_later(raw, at + 2, end, sign, budget))
        sats_leftovers_add(leftovers, sign == '~' ? SATS_LEFTOVER_STRUCK : SATS_LEFTOVER_BOLD, at,
                           2);
}

/* ---- HTML ---- */

static gboolean is_element(const char *name, gsize length) {
    static const char *const elements[] = {
        "a",     "b",     "big", "blockquote", "br",    "center", "code", "dd",     "del",
        "div",   "dl",    "dt",  "em",         "font",  "h1",     "h2",   "h3",     "h4",
        "h5",    "h6",    "hr",  "i",          "img",   "ins",    "li",   "mark",   "ol",
        "p",     "pre",   "s",   "span",       "small", "sub",    "sup",  "strike", "strong",
        "table", "tbody", "td",  "th",         "thead", "tr",     "u",    "ul"};
    for (guint i = 0; i < G_N_ELEMENTS(elements); i++)
        if (strlen(elements[i]) == length && g_ascii_strncasecmp(elements[i], name, length) == 0)
            return TRUE;
    return FALSE;
}

/* Where the tag whose name ends at `at` ends, or 0: after blanks, a stroke, or attributes. */
static guint32 tag_end(const char *raw, guint32 at, guint32 end) {
    guint32 i = at;
    while (i < end && raw[i] == ' ')
        i++;
    guint32 word = i;
    while (i < end && (g_ascii_isalpha(raw[i]) || raw[i] == '-'))
        i++;
    if (i > word && i < end && raw[i] == '=') {
        const char *close = memchr(raw + i, '>', MIN(end - i, 1000u));
        return close != NULL ? (guint32)(close - raw) + 1 : 0;
    }
    i = word + (word < end && raw[word] == '/' ? 1 : 0);
    return i < end && raw[i] == '>' ? i + 1 : 0;
}

void sats_leftovers_see_tag(GArray **leftovers, const char *raw, guint32 at, guint32 end) {
    if (end - at > 4 && memcmp(raw + at, "<!--", 4) == 0) {
        sats_leftovers_add(leftovers, SATS_LEFTOVER_TAG, at, 4);
        return;
    }
    guint32 name = at + 1 < end && raw[at + 1] == '/' ? at + 2 : at + 1, after = name;
    while (after < end && after - name < MOST_TAG_BYTES && g_ascii_isalnum(raw[after]))
        after++;
    guint32 close = is_element(raw + name, after - name) ? tag_end(raw, after, end) : 0;
    if (close != 0)
        sats_leftovers_add(leftovers, SATS_LEFTOVER_TAG, at, close - at);
}

/* ---- tables ---- */

/* A row of a table, or the line under its head: "| a | b |", "|---|---|", "--- | ---". */
static gboolean is_row(const char *line, gsize length) {
    guint bars = 0;
    gboolean rule = TRUE;
    while (length > 0 && line[length - 1] == ' ')
        length--;
    for (gsize i = 0; i < length; i++) {
        bars += line[i] == '|' ? 1u : 0u;
        rule = rule && strchr("|-: ", line[i]) != NULL;
    }
    gboolean framed = length > 0 && line[0] == '|' && line[length - 1] == '|';
    return (framed && bars >= FEWEST_BARS) ||
           (rule && bars > 0 && g_strstr_len(line, (gssize)length, "---") != NULL);
}

void sats_reader_see_table(SatsReader *r, const char *text, gsize length) {
    const GString *all = r->prepared->text;
    const char *line = text, *end = all->str + all->len;
    if (r->table_seen || text < all->str || text >= end ||
        (*text != '|' && memchr(text, '|', length) == NULL))
        return;
    while (line > all->str && line[-1] == ' ')
        line--;
    if (line > all->str && line[-1] != '\n')
        return;
    const char *eol = memchr(text, '\n', (gsize)(end - text));
    if (!is_row(text, (gsize)((eol != NULL ? eol : end) - text)))
        return;
    r->table_seen = TRUE;
    guint32 from = (guint32)(text - all->str);
    sats_leftovers_add(r->leftovers, SATS_LEFTOVER_TABLE, sats_prepared_raw(r->prepared, from), 1);
}

/* ---- telling ---- */

/* After what is left over, in quotes; then what to write instead. */
typedef struct {
    const char *en, *sv, *hint_en, *hint_sv;
} Words;

static const Words words[] = {
    [SATS_LEFTOVER_LINK] = {"begins a link that never ends, and is printed as it stands",
                            "inleder en länk som aldrig avslutas, och skrivs ut som det står",
                            "write ')' right after its address, in the same paragraph",
                            "skriv ')' direkt efter adressen, i samma stycke"},
    [SATS_LEFTOVER_BRACKET] =
        {"is closed nowhere, and is printed as it stands",
         "stängs aldrig, och skrivs ut som det står",
         "write ']' where it ends, in the same paragraph; a plain bracket is '\\['",
         "skriv ']' där det slutar, i samma stycke; en vanlig hakparentes skrivs '\\['"},
    [SATS_LEFTOVER_FOOTNOTE] = {"begins a footnote that never ends, and is printed as it stands",
                                "inleder en fotnot som aldrig avslutas, och skrivs ut som det står",
                                "write ']' right after its last word, in the same paragraph",
                                "skriv ']' direkt efter dess sista ord, i samma stycke"},
    [SATS_LEFTOVER_NOTE_IN_NOTE] = {"begins a footnote within another, and is printed as it stands",
                                    "inleder en fotnot i en annan, och skrivs ut som det står",
                                    "end the first footnote before the second begins",
                                    "avsluta den första fotnoten innan den andra börjar"},
    [SATS_LEFTOVER_NOTE_CALL] = {"calls no footnote, and is printed as it stands",
                                 "ger ingen fotnot, och skrivs ut som det står",
                                 "a footnote is written where it belongs: ^[its text]",
                                 "en fotnot skrivs där den hör hemma: ^[dess text]"},
    [SATS_LEFTOVER_STRUCK] = {"strikes nothing out, and is printed as it stands",
                              "stryker inte över något, och skrivs ut som det står",
                              "leave out what holds no more; plain tildes are '\\~\\~'",
                              "ta bort det som inte gäller längre; vanliga tilde skrivs '\\~\\~'"},
    [SATS_LEFTOVER_BOLD] = {"makes nothing bold, and is printed as it stands",
                            "gör inget fetstilt, och skrivs ut som det står",
                            "bold type is **words**; plain underscores are '\\_\\_'",
                            "fet stil skrivs **ord**; vanliga understreck skrivs '\\_\\_'"},
    [SATS_LEFTOVER_TAG] = {"is HTML, and is printed as it stands",
                           "är HTML, och skrivs ut som det står",
                           "bold type is **words**, italic *words*, a new line '\\' at a line's "
                           "end; a plain sign is '\\<'",
                           "fet stil skrivs **ord**, kursiv *ord*, ny rad '\\' sist på raden; ett "
                           "vanligt tecken skrivs '\\<'"},
    [SATS_LEFTOVER_TABLE] =
        {"begins a row of a table, and is printed as text",
         "inleder en tabellrad, och skrivs ut som text",
         "a table has an empty line above it, and |---|---| under its head",
         "en tabell har en tom rad ovanför sig, och |---|---| under sitt huvud"},
};

void sats_leftovers_tell(SatsBinder *binder, const SatsComposed *composed,
                         const GArray *leftovers) {
    guint32 told_until[G_N_ELEMENTS(words)] = {0}; /* the end of the line that has one told */
    for (guint i = 0; leftovers != NULL && i < leftovers->len; i++) {
        const SatsLeftover *leftover = &g_array_index(leftovers, SatsLeftover, i);
        const char *text = composed->raw->str + leftover->at;
        const Words *say = &words[leftover->kind];
        if (leftover->at < told_until[leftover->kind])
            continue;
        told_until[leftover->kind] = leftover->at + (guint32)strcspn(text, "\n");
        SatsPlace place = sats_composed_place(composed, leftover->at);
        place.length = (guint16)MIN(sats_utf8_columns(text, leftover->length), G_MAXUINT16);
        g_autofree char *shown = g_strdelimit(g_strndup(text, leftover->length), "\n", ' ');
        int length = sats_utf8_cut(shown, MOST_SHOWN_BYTES);
        sats_report_add(binder->report, SATS_WARNING, "markup", &place, "'%.*s' %s%.0s",
                        "'%.*s' %.0s%s", length, shown, say->en, say->sv);
        sats_report_hint(binder->report, "%s%.0s", "%.0s%s", say->hint_en, say->hint_sv);
    }
}
