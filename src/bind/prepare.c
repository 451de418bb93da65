/* bind/prepare.c: our small Markdown and typography → what md4c is to read.
 *
 * md4c reads CommonMark: more than a plan may use in places, less in others. Rather than patch its
 * output, the text is rewritten before md4c sees it:
 *
 *   - What CommonMark would take for markup and we don't is escaped: `_`, backquotes, `>` quotes,
 * rules
 *     ("---"), underlined headings, link definitions, images; in text of one line, and in values
 *     declared `line`, all block marks too, so that a cell with "11. Öka …" or "-" stays as
 * written.
 *   - What we add becomes a token: one byte SATS_TOKEN_BYTE, which md4c passes on as a letter, and
 * an entry in a table found by its offset: fields, footnotes, note calls, sub- and superscript,
 *     placeholders.
 *   - "a) " becomes "1) ", and "– " a "+ " list; markdown.c looks at the raw text to tell them
 *     apart. So does "➢ ", whose sign is set aside as the item's label, as is "{H.}" in "- {H.} ".
 *   - Spaces that must not break become U+00A0: after §, and between a number and its unit
 *     (units.h).
 *
 * Parsing the extras out of md4c's events was tried on paper first: a footnote with emphasis or a
 * link in it then arrives as nested events that need a second parser to undo. */
#include "bind/leftovers.h"
#include "template/brackets.h"

#include <string.h>

#define MOST_LABEL_BYTES 24  /* of a label in braces */
#define MOST_MARKS       64U /* of items at the beginning of one line */

typedef struct {
    const SatsComposed *in;
    const char *raw;
    guint32 at, end;
    guint segment; /* index of the one at `at` */
    const SatsSegment *now;
    guint32 segment_end;
    gboolean inline_, in_note;
    gboolean line_start, item_start; /* item_start: a bullet was just read */
    guint n_marks;                   /* that the line at whose end … */
    guint32 marked_line;             /* … this is has begun with */
    gboolean literal_line;           /* a line of dashes: all of it is escaped */
    guint32 link_close;              /* the bracket that ends a link's text; 0 none */
    guint32 link_end;
    gint64 budget;       /* bytes left to look ahead over: keeps the whole linear */
    guint32 flag_end[3]; /* where sub, sup, placeholder end; 0 none */
    SatsPrepared *out;
} Preparer;

static const guint flag_of[3] = {SATS_RUN_SUBSCRIPT, SATS_RUN_SUPERSCRIPT, SATS_RUN_PLACEHOLDER};

/* ---- writing ---- */

static void map_to(Preparer *p, guint32 raw_at) {
    GArray *map = p->out->map;
    guint32 at = (guint32)p->out->text->len;
    if (map->len > 0) {
        SatsMapEntry *last = &g_array_index(map, SatsMapEntry, map->len - 1);
        if (last->raw + (at - last->at) == raw_at)
            return;
        if (last->at == at) {
            last->raw = raw_at;
            return;
        }
    }
    SatsMapEntry entry = {at, raw_at};
    g_array_append_val(map, entry);
}

static void put(Preparer *p, char c, guint32 raw_at) {
    map_to(p, raw_at);
    g_string_append_c(p->out->text, c);
}

static void put_escaped(Preparer *p) {
    put(p, '\\', p->at);
    put(p, p->raw[p->at], p->at);
    p->at++;
}

static void put_token(Preparer *p, SatsTokenKind kind, guint32 a, guint32 b) {
    SatsToken token = {(guint32)p->out->text->len, kind, a, b};
    g_array_append_val(p->out->tokens, token);
    put(p, SATS_TOKEN_BYTE, p->at);
}

static void copy(Preparer *p, guint32 until) {
    map_to(p, p->at);
    g_string_append_len(p->out->text, p->raw + p->at, (gssize)(until - p->at));
    p->at = until;
}

static char peek(const Preparer *p, guint32 ahead) {
    return p->at + ahead < p->end ? p->raw[p->at + ahead] : '\0';
}

/* A call stands at its word, whatever was typed between. */
static void drop_space(Preparer *p) {
    GString *text = p->out->text;
    const GArray *map = p->out->map;
    if (text->len > 0 && text->str[text->len - 1] == ' ' && map->len > 0 &&
        g_array_index(map, SatsMapEntry, map->len - 1).at < text->len)
        g_string_truncate(text, text->len - 1);
}

/* ---- looking ahead ---- */

/* Where a `~sub~` or `^sup^` that opens here ends, or 0. */
static guint32 find_script(const Preparer *p, char c) {
    for (guint32 i = p->at + 1; i < p->end && i - p->at < 40; i++) {
        if (p->raw[i] == c)
            return i > p->at + 1 ? i : 0;
        if (p->raw[i] == ' ' || p->raw[i] == '\n')
            return 0;
    }
    return 0;
}

/* Length of a call "{*}", "{1)}" here, braces included, or 0. */
static guint32 call_length(const Preparer *p) {
    gboolean mark = FALSE;
    for (guint32 i = p->at + 1; i < p->end && i - p->at <= 8; i++) {
        unsigned char c = (unsigned char)p->raw[i];
        if (c == '}')
            return mark && i > p->at + 1 ? i - p->at + 1 : 0;
        if (c == '*' || c == ')' || c >= 0x80)
            mark = TRUE;
        else if (!g_ascii_isalnum(c))
            return 0;
    }
    return 0;
}

static guint32 line_end(const Preparer *p) {
    const char *end = memchr(p->raw + p->at, '\n', p->end - p->at);
    return end == NULL ? p->end : (guint32)(end - p->raw);
}

static gboolean is_only(const Preparer *p, guint32 until, const char *bytes) {
    for (guint32 i = p->at; i < until; i++)
        if (strchr(bytes, p->raw[i]) == NULL || p->raw[i] == '\0')
            return FALSE;
    return until > p->at;
}

static gboolean space_or_end(const Preparer *p, guint32 at) {
    return at >= p->end || p->raw[at] == ' ' || p->raw[at] == '\n' || p->raw[at] == '\t';
}

/* ---- the beginning of a line ---- */

/* A list mark at `at` whose text begins `width` bytes later: is there any text? */
static gboolean has_text_after(const Preparer *p, guint32 width, guint32 eol) {
    for (guint32 i = p->at + width; i < eol; i++)
        if (p->raw[i] != ' ')
            return TRUE;
    return FALSE;
}

static void put_list_mark(Preparer *p, guint32 width, gboolean is_list) {
    if (is_list) {
        copy(p, p->at + width);
        p->line_start = TRUE;
    } else {
        copy(p, p->at + width - 1);
        put_escaped(p);
    }
}

static void line_number(Preparer *p, guint32 eol, gboolean markup) {
    guint32 digits = 0;
    while (g_ascii_isdigit(peek(p, digits)))
        digits++;
    char after = peek(p, digits);
    if ((after == '.' || after == ')') && space_or_end(p, p->at + digits + 1))
        put_list_mark(p, digits + 1, markup && digits <= 3 && has_text_after(p, digits + 1, eol));
}

static void give_label(Preparer *p, guint32 start, guint32 end) {
    SatsGivenLabel label = {(guint32)p->out->text->len, start, end};
    g_array_append_val(p->out->labels, label);
}

/* Length of a sign that begins an item as typed and is its label; 0 none. "•" is no such sign, it
 * begins an item of the theme's bullets. */
static guint32 sign_length(const Preparer *p, guint32 eol) {
    static const char *const signs[] = {"•", "➢", "➤", "►", "▶", "▸", "‣", "▪", "■",
                                        "□", "◦", "○", "●", "→", "✓", "✔", "☐"};
    for (guint i = 0; i < G_N_ELEMENTS(signs); i++) {
        guint32 length = (guint32)strlen(signs[i]);
        if (p->at + length < eol && memcmp(p->raw + p->at, signs[i], length) == 0 &&
            space_or_end(p, p->at + length) && has_text_after(p, length, eol))
            return length;
    }
    return 0;
}

static void put_sign(Preparer *p, guint32 length) {
    gboolean bullet = memcmp(p->raw + p->at, "•", length) == 0;
    put(p, bullet ? '-' : '+', p->at);
    if (!bullet)
        give_label(p, p->at, p->at + length);
    p->at += length;
    p->line_start = TRUE;
}

/* "{H.} " after a bullet. */
static gboolean take_label(Preparer *p, guint32 eol) {
    const char *close = memchr(p->raw + p->at, '}', eol - p->at);
    guint32 end = close == NULL ? 0 : (guint32)(close - p->raw);
    if (end <= p->at + 1 || end - p->at > MOST_LABEL_BYTES || !space_or_end(p, end + 1) ||
        !has_text_after(p, end + 1 - p->at, eol))
        return FALSE;
    give_label(p, p->at + 1, end);
    p->at = end + 1;
    while (peek(p, 0) == ' ')
        p->at++;
    return TRUE;
}

static gboolean is_dash_item(const Preparer *p, guint32 eol) {
    return eol - p->at > 4 && memcmp(p->raw + p->at, "– ", 4) == 0 &&
           !g_ascii_isdigit(p->raw[p->at + 4]) && has_text_after(p, 4, eol);
}

/* How many marks the line has begun with so far, with the one that may stand here: the rest of
 * thousands is text, as looking at each takes as long as the line is. */
static guint count_mark(Preparer *p, guint32 eol) {
    p->n_marks = p->marked_line == eol ? p->n_marks + 1 : 1;
    p->marked_line = eol;
    return p->n_marks;
}

static void begin_line(Preparer *p) {
    gboolean item_start = p->item_start;
    p->line_start = p->item_start = FALSE;
    while (peek(p, 0) == ' ')
        copy(p, p->at + 1);
    if (p->at >= p->end)
        return;
    guint32 eol = line_end(p);
    gboolean markup =
        !p->inline_ && p->now->kind == SATS_SEGMENT_BLOCKS && count_mark(p, eol) <= MOST_MARKS;
    char c = p->raw[p->at];
    if (item_start && c == '{' && take_label(p, eol))
        return;
    p->literal_line = is_only(p, eol, "-=*_ ");
    if (p->literal_line)
        return;
    if (c == '-' || c == '*') {
        if (space_or_end(p, p->at + 1)) {
            put_list_mark(p, 1, markup);
            p->item_start = markup;
        }
    } else if (c == '>' || c == '+' || (c == '#' && !markup)) {
        put_escaped(p);
    } else if (g_ascii_isdigit(c)) {
        line_number(p, eol, markup);
    } else if (markup && c >= 'a' && c <= 'z' && peek(p, 1) == ')' && peek(p, 2) == ' ') {
        put(p, '1', p->at++);
        put_list_mark(p, 1, TRUE);
    } else if (markup && is_dash_item(p, eol)) {
        put(p, '+', p->at);
        p->at += 3;
        p->line_start = p->item_start = TRUE;
    } else if (markup && sign_length(p, eol) > 0) {
        put_sign(p, sign_length(p, eol));
    }
}

/* ---- within a line ---- */

/* A number and its unit, a § and its number: the space between does not break. */
static gboolean is_tight(const Preparer *p, guint32 at) {
    gboolean section = at >= 2 && memcmp(p->raw + at - 2, "§", 2) == 0 && at + 1 < p->end;
    return section || sats_units_follow(p->in->units, p->raw, p->end, at);
}

static void put_tight_space(Preparer *p, guint32 at) {
    put(p, SATS_NBSP[0], at);
    put(p, SATS_NBSP[1], at);
}

static void space(Preparer *p) {
    guint32 at = p->at;
    if (is_tight(p, at)) {
        put_tight_space(p, at);
        p->at++;
    } else {
        copy(p, at + 1);
    }
}

static void newline(Preparer *p) {
    gboolean hard = p->now->kind == SATS_SEGMENT_PLAIN;
    guint32 at = p->at;
    if (!hard && sats_units_follow(p->in->units, p->raw, p->end, at)) {
        put_tight_space(p, at);
        p->at++;
        return;
    }
    if (p->inline_ || hard) {
        while (p->at < p->end && strchr("\r\n\t ", p->raw[p->at]) != NULL && p->raw[p->at] != '\0')
            p->at++;
        if (p->at >= p->end || p->out->text->len == 0)
            return;
        if (hard)
            put(p, '\\', at);
        put(p, '\n', at);
    } else {
        put(p, '\n', at);
        p->at++;
    }
    p->line_start = TRUE;
}

static void bracket_open(Preparer *p) {
    SatsBracket bracket = sats_bracket_read(p->raw, p->at, p->end, &p->budget);
    if (bracket.kind == SATS_BRACKET_LINK && p->link_close == 0) {
        p->link_close = bracket.close;
        p->link_end = bracket.end;
        copy(p, p->at + 1);
        return;
    }
    if (bracket.kind == SATS_BRACKET_PLACEHOLDER && p->flag_end[2] == 0) {
        p->flag_end[2] = bracket.end;
        put_token(p, SATS_TOKEN_FLAG_ON, SATS_RUN_PLACEHOLDER, 0);
    }
    sats_leftovers_see_bracket(&p->out->leftovers, p->raw, p->at, &bracket);
    put_escaped(p);
}

static void bracket_close(Preparer *p) {
    if (p->at == p->link_close && p->link_close != 0) {
        copy(p, p->link_end);
        p->link_close = 0;
    } else {
        put_escaped(p);
    }
}

static void footnote(Preparer *p) {
    guint32 close =
        p->in_note ? 0 : sats_bracket_close(p->raw, p->at + 1, p->end, '[', ']', &p->budget);
    if (close != 0) {
        drop_space(p);
        put_token(p, SATS_TOKEN_FOOTNOTE, p->at + 2, close);
        p->at = close + 1;
        return;
    }
    sats_leftovers_add(&p->out->leftovers,
                       p->in_note ? SATS_LEFTOVER_NOTE_IN_NOTE : SATS_LEFTOVER_FOOTNOTE, p->at, 2);
    put_escaped(p);
    put_escaped(p);
}

static void caret_or_tilde(Preparer *p, char c) {
    guint which = c == '~' ? 0 : 1;
    guint32 end = p->flag_end[which] == 0 ? find_script(p, c) : 0;
    if (end == 0) {
        put_escaped(p);
        return;
    }
    p->flag_end[which] = end;
    put_token(p, SATS_TOKEN_FLAG_ON, flag_of[which], 0);
    p->at++;
}

/* "~~" and "__", which strike out and embolden elsewhere. */
static void doubled(Preparer *p) {
    sats_leftovers_see_doubled(&p->out->leftovers, p->raw, p->at, p->end, &p->budget);
    put_escaped(p);
    put_escaped(p);
}

/* A plan's text may refer as a template does, and no more than that. */
static gboolean reference(Preparer *p) {
    SatsTextReference found;
    guint32 until = MIN(p->end, p->segment_end);
    gsize length =
        p->now->from_plan ? sats_text_reference(p->raw + p->at, until - p->at, &found) : 0;
    if (length == 0)
        return FALSE;
    guint32 id = (guint32)(found.id - p->raw);
    put_token(p, found.page ? SATS_TOKEN_PAGE_REFERENCE : SATS_TOKEN_REFERENCE, id,
              id + (guint32)found.id_length);
    p->at += (guint32)length;
    return TRUE;
}

static void brace(Preparer *p) {
    if (reference(p))
        return;
    guint32 braces = 1;
    while (peek(p, braces) == '{')
        braces++;
    guint32 length = braces == 1 ? call_length(p) : 0; /* "{{år}}" calls no note "år" */
    if (length == 0) {
        copy(p, p->at + braces);
        return;
    }
    drop_space(p);
    put_token(p, SATS_TOKEN_CALL, p->at + 1, p->at + length - 1);
    p->at += length;
}

static void angle(Preparer *p) {
    guint32 close = g_ascii_isalpha(peek(p, 1))
                        ? sats_bracket_close(p->raw, p->at, p->end, '<', '>', &p->budget)
                        : 0;
    gsize length = close - p->at;
    if (close != 0 && memchr(p->raw + p->at, ' ', length) == NULL &&
        (memchr(p->raw + p->at, ':', length) != NULL ||
         memchr(p->raw + p->at, '@', length) != NULL)) {
        copy(p, close + 1);
        return;
    }
    sats_leftovers_see_tag(&p->out->leftovers, p->raw, p->at, p->end);
    put_escaped(p);
}

static void markdown_byte(Preparer *p, char c) {
    switch (c) {
    case '[':
        bracket_open(p);
        break;
    case ']':
        bracket_close(p);
        break;
    case '^':
        if (peek(p, 1) == '[')
            footnote(p);
        else
            caret_or_tilde(p, c);
        break;
    case '~':
        if (peek(p, 1) == '~')
            doubled(p);
        else
            caret_or_tilde(p, c);
        break;
    case '{':
        brace(p);
        break;
    case '<':
        angle(p);
        break;
    case '_':
        if (peek(p, 1) == '_')
            doubled(p);
        else
            put_escaped(p);
        break;
    case '`':
        put_escaped(p);
        break;
    case '!':
        if (peek(p, 1) == '[')
            put_escaped(p);
        else
            copy(p, p->at + 1);
        break;
    case '|':
        if (p->now->kind == SATS_SEGMENT_BLOCKS)
            copy(p, p->at + 1);
        else
            put_escaped(p);
        break;
    case '\\':
        if (peek(p, 1) != '\0' && g_ascii_ispunct(peek(p, 1)))
            copy(p, p->at + 2);
        else
            copy(p, p->at + 1);
        break;
    default:
        copy(p, p->at + 1);
        break;
    }
}

/* ---- the walk ---- */

/* Ends what ends here; moves to the next segment. */
static void at_boundaries(Preparer *p) {
    for (guint i = 0; i < 3; i++) {
        guint32 end = p->flag_end[i];
        if (end == 0 || p->at < end)
            continue;
        p->flag_end[i] = 0;
        put_token(p, SATS_TOKEN_FLAG_OFF, flag_of[i], 0);
        if (i < 2 && p->at == end)
            p->at++;
    }
    while (p->at >= p->segment_end && p->segment + 1 < p->in->segments->len) {
        p->segment++;
        p->now = &g_array_index(p->in->segments, SatsSegment, p->segment);
        p->segment_end = p->segment + 1 < p->in->segments->len
                             ? g_array_index(p->in->segments, SatsSegment, p->segment + 1).start
                             : (guint32)p->in->raw->len;
        if (p->now->placeholder && p->flag_end[2] == 0) {
            p->flag_end[2] = p->segment_end;
            put_token(p, SATS_TOKEN_FLAG_ON, SATS_RUN_PLACEHOLDER, 0);
        }
    }
}

static void one_byte(Preparer *p) {
    char c = p->raw[p->at];
    if (p->now->kind == SATS_SEGMENT_FIELD) {
        put_token(p, SATS_TOKEN_FIELD, p->segment, 0);
        p->at++;
    } else if (c == '\n') {
        newline(p);
    } else if (c == ' ') {
        space(p);
    } else if ((guint8)c < 0x20) {
        put(p, ' ', p->at++);
    } else if (p->literal_line || p->now->kind == SATS_SEGMENT_PLAIN) {
        if (g_ascii_ispunct(c))
            put_escaped(p);
        else
            copy(p, p->at + 1);
    } else {
        markdown_byte(p, c);
    }
}

/* Bytes that are copied as they are. */
static guint32 ordinary_until(const Preparer *p) {
    guint32 limit = MIN(p->end, p->segment_end);
    for (guint i = 0; i < 3; i++)
        if (p->flag_end[i] != 0)
            limit = MIN(limit, p->flag_end[i]);
    guint32 i = p->at;
    while (i < limit && ((guint8)p->raw[i] >= 0x80 || g_ascii_isalnum(p->raw[i])))
        i++;
    return i;
}

static void prepare(Preparer *p) {
    p->segment = sats_composed_segment(p->in, p->at);
    p->now = &g_array_index(p->in->segments, SatsSegment, p->segment);
    p->segment_end = p->at; /* at_boundaries() then opens it */
    p->segment--;
    at_boundaries(p);
    while (p->at < p->end) {
        if (p->line_start && p->now->kind != SATS_SEGMENT_FIELD) {
            begin_line(p);
            at_boundaries(p);
            continue;
        }
        p->line_start = FALSE;
        guint32 until = p->now->kind == SATS_SEGMENT_FIELD ? p->at : ordinary_until(p);
        if (until > p->at)
            copy(p, until);
        else
            one_byte(p);
        if (p->line_start)
            p->literal_line = FALSE;
        at_boundaries(p);
    }
    for (guint i = 0; i < 3; i++)
        if (p->flag_end[i] != 0)
            put_token(p, SATS_TOKEN_FLAG_OFF, flag_of[i], 0);
}

void sats_prepared_init(SatsPrepared *prepared, const SatsComposed *composed, guint32 start,
                        guint32 end, gboolean inline_, gboolean in_note) {
    prepared->text = g_string_sized_new(end - start + 32);
    prepared->map = g_array_new(FALSE, FALSE, sizeof(SatsMapEntry));
    prepared->tokens = g_array_new(FALSE, FALSE, sizeof(SatsToken));
    prepared->labels = g_array_new(FALSE, FALSE, sizeof(SatsGivenLabel));
    prepared->leftovers = NULL;
    if (composed->segments->len == 0)
        return;
    Preparer p = {.in = composed,
                  .raw = composed->raw->str,
                  .at = start,
                  .end = end,
                  .inline_ = inline_,
                  .in_note = in_note,
                  .line_start = TRUE,
                  .budget = sats_bracket_budget(end - start),
                  .out = prepared};
    prepare(&p);
}

void sats_prepared_clear(SatsPrepared *prepared) {
    g_string_free(prepared->text, TRUE);
    g_array_free(prepared->map, TRUE);
    g_array_free(prepared->tokens, TRUE);
    g_array_free(prepared->labels, TRUE);
    g_clear_pointer(&prepared->leftovers, g_array_unref);
}

guint32 sats_prepared_raw(const SatsPrepared *prepared, guint32 at) {
    guint low = 0, high = prepared->map->len;
    if (high == 0)
        return 0;
    while (high - low > 1) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(prepared->map, SatsMapEntry, middle).at <= at)
            low = middle;
        else
            high = middle;
    }
    const SatsMapEntry *entry = &g_array_index(prepared->map, SatsMapEntry, low);
    return entry->raw + (at - entry->at);
}

const SatsToken *sats_prepared_token(const SatsPrepared *prepared, guint32 at) {
    guint low = 0, high = prepared->tokens->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const SatsToken *token = &g_array_index(prepared->tokens, SatsToken, middle);
        if (token->at == at)
            return token;
        if (token->at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
