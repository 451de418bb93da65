/* text/opportunity.c: where a word may be broken without adding anything: at its marks.
 *
 * After a hyphen or en dash between letters (IT-stöd), or before four letters or more after a digit
 * (12-månadersperiod); so never in 2024-12-31, RF24-12, 2024–2026 or covid-19. After a slash with
 * two characters on each side, of which one is a letter (och/eller, not 2024/25 or m/s). In web and
 * e-mail addresses after slashes and before points and other separators, where a reader will not
 * take the mark for the end of a sentence. */
#include <string.h>

#include "text/paragraph-private.h"

enum { PENALTY_HYPHEN = 5, PENALTY_SLASH = 10, PENALTY_SHORT = 60, PENALTY_ADDRESS = 30 };

static gboolean is_letter(const char *at, const char *end) {
    if (at >= end)
        return FALSE;
    if ((guchar)*at < 0x80)
        return g_ascii_isalpha(*at);
    return g_unichar_isalpha(g_utf8_get_char(at));
}

static gboolean is_digit(const char *at, const char *end) {
    return at < end && g_ascii_isdigit(*at);
}

/* Bytes of the hyphen or en dash at `at`; 0 when there is none. */
static guint hyphen_length(const char *at, const char *end) {
    if (*at == '-')
        return 1;
    gboolean dash = end - at >= 3 && (guchar)at[0] == 0xE2 && (guchar)at[1] == 0x80 &&
                    ((guchar)at[2] == 0x90 || (guchar)at[2] == 0x93);
    return dash ? 3 : 0;
}

static guint count_letters(const char *at, const char *end) {
    guint n = 0;
    for (; is_letter(at, end); at = g_utf8_next_char(at))
        n++;
    return n;
}

/* What a break after the hyphen costs; 0: not allowed. */
static guint hyphen_penalty(const char *text, const char *mark, const char *after,
                            const char *end) {
    if (mark == text)
        return 0;
    const char *before = g_utf8_find_prev_char(text, mark);
    guint letters = count_letters(after, end);
    if (is_letter(before, end) && letters >= 2)
        return before == text || letters < 3 ? PENALTY_SHORT : PENALTY_HYPHEN;
    if (is_digit(before, end) && letters >= 4)
        return PENALTY_SHORT;
    return 0;
}

static guint slash_penalty(const char *text, const char *mark, const char *end) {
    if (mark - text < 2 || end - mark < 3)
        return 0;
    const char *before = g_utf8_find_prev_char(text, mark);
    const char *after = mark + 1;
    gboolean left = is_letter(before, end) || is_digit(before, end) || *before == '-';
    gboolean right = is_letter(after, end) || is_digit(after, end);
    gboolean letter = is_letter(before, end) || is_letter(after, end);
    if (!left || !right || !letter)
        return 0;
    gboolean is_short = mark - text < 4 || count_letters(after, end) < 4;
    return is_short ? PENALTY_SHORT : PENALTY_SLASH;
}

static gboolean is_address(const char *text, guint length) {
    if (g_strstr_len(text, (gssize)length, "://") || (length > 4 && memcmp(text, "www.", 4) == 0))
        return TRUE;
    const char *at = memchr(text, '@', length);
    return at && at > text && memchr(at, '.', length - (gsize)(at - text));
}

static guint address_points(const char *text, guint length, SatsPoint *out) {
    guint n = 0;
    for (guint i = 2; i + 2 < length && n < SATS_MAX_POINTS; i++) {
        gboolean after = text[i - 1] == '/' && text[i] != '/';
        gboolean before = strchr(".@?&=#_%", text[i]) && g_ascii_isalnum(text[i + 1]);
        if (after || before)
            out[n++] = (SatsPoint){(guint16)i, PENALTY_ADDRESS, SATS_BREAK_MARK};
    }
    return n;
}

guint sats_opportunities(const char *text, guint length, SatsPoint *out) {
    if (is_address(text, length))
        return address_points(text, length, out);
    const char *end = text + length;
    guint n = 0;
    for (const char *at = text; at < end && n < SATS_MAX_POINTS;) {
        guint hyphen = hyphen_length(at, end);
        guint penalty = 0;
        const char *after = at + (hyphen ? hyphen : 1);
        if (hyphen)
            penalty = hyphen_penalty(text, at, after, end);
        else if (*at == '/')
            penalty = slash_penalty(text, at, end);
        if (penalty)
            out[n++] = (SatsPoint){(guint16)(after - text), (guint16)penalty, SATS_BREAK_MARK};
        at = after;
    }
    return n;
}
