/* What stays with the number before it. */
#include "bind/units.h"

#include <string.h>

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

/* "1 234": the space parts thousands, and no year from a number ("2024 300"). */
static gboolean parts_thousands(const char *text, gsize length, gsize at) {
    gsize before = 0, after = 0;
    while (before < at && before < 4 && g_ascii_isdigit(text[at - 1 - before]))
        before++;
    while (at + 1 + after < length && after < 4 && g_ascii_isdigit(text[at + 1 + after]))
        after++;
    return text[at] == ' ' && before >= 1 && before <= 3 && after == 3;
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
