/* What stays with the number before it. */
#include "bind/units.h"

#include <string.h>

enum {
    GROUP_DIGITS = 3,
    MAX_GROUPS = 4, /* up to 999 999 999 999 */
};

struct SatsUnits {
    const char *words;
    guint8 first[256]; /* bytes that a word begins with */
};

const SatsUnits *sats_units_new(const char *words, SatsArena *arena) {
    SatsUnits *units = sats_arena_new_struct(arena, SatsUnits);
    units->words = words;
    for (const char *at = words; *at != '\0'; at++)
        if (*at != ' ' && (at == words || at[-1] == ' '))
            units->first[(guint8)*at] = 1;
    return units;
}

/* A sign such as % may be followed by anything; "kr" is not the beginning of "krona". */
static gboolean ends_here(const char *word, gsize length, const char *after, gsize left) {
    if (left == 0 || !g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(word + length))))
        return TRUE;
    gunichar next = g_utf8_get_char_validated(after, (gssize)left);
    return (gint32)next < 0 || !g_unichar_isalnum(next);
}

static gsize digits_before(const char *text, gsize at) {
    gsize n = 0;
    while (n < at && n <= GROUP_DIGITS && g_ascii_isdigit(text[at - 1 - n]))
        n++;
    return n;
}

static gsize digits_after(const char *text, gsize length, gsize at) {
    gsize n = 0;
    while (at + 1 + n < length && n <= GROUP_DIGITS && g_ascii_isdigit(text[at + 1 + n]))
        n++;
    return n;
}

/* "1 234": the space parts thousands, and no year from a number ("2024 300"). */
static gboolean parts_two(const char *text, gsize length, gsize at) {
    gsize before = digits_before(text, at);
    return text[at] == ' ' && before >= 1 && before <= GROUP_DIGITS &&
           digits_after(text, length, at) == GROUP_DIGITS;
}

/* More groups than a number has are numbers after each other: "101 102 103 104 105". */
static gboolean parts_thousands(const char *text, gsize length, gsize at) {
    if (!parts_two(text, length, at))
        return FALSE;
    guint groups = 2;
    for (gsize left = at; groups <= MAX_GROUPS && left > GROUP_DIGITS; groups++) {
        left -= GROUP_DIGITS + 1;
        if (!parts_two(text, length, left))
            break;
    }
    for (gsize right = at; groups <= MAX_GROUPS; groups++) {
        right += GROUP_DIGITS + 1;
        if (right >= length || !parts_two(text, length, right))
            break;
    }
    return groups <= MAX_GROUPS;
}

gboolean sats_units_follow(const SatsUnits *units, const char *text, gsize length, gsize at) {
    gsize left = length - at - 1;
    const char *next = text + at + 1;
    if (at == 0 || left == 0 || !g_ascii_isdigit(text[at - 1]))
        return FALSE;
    if (parts_thousands(text, length, at))
        return TRUE;
    if (!units->first[(guint8)*next])
        return FALSE;
    const char *word = units->words;
    while (*word != '\0') {
        gsize n = strcspn(word, " ");
        if (n > 0 && n <= left && memcmp(next, word, n) == 0 &&
            ends_here(word, n, next + n, left - n))
            return TRUE;
        word += n + strspn(word + n, " ");
    }
    return FALSE;
}
