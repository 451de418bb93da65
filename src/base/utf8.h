/* base/utf8.h: what GLib's UTF-8 functions leave out. */
#ifndef SATS_BASE_UTF8_H
#define SATS_BASE_UTF8_H

#include <glib.h>

/* Edit distance in characters after case folding (insert, delete, replace, swap two neighbours);
 * `limit` + 1 when it is above `limit`. */
guint sats_utf8_distance(const char *a, const char *b, guint limit);

/* What two names have in common that people and programs take for one: case folded, composed. Valid
 * UTF-8 only. Caller frees. */
char *sats_utf8_fold(const char *name);

/* Reads the character at `text` (before `end`): its bytes, and itself in *out (may be NULL). A
 * broken byte is one byte and SATS_UTF8_BROKEN. */
#define SATS_UTF8_BROKEN ((gunichar)-1)
gsize sats_utf8_read(const char *text, const char *end, gunichar *out);

/* Displayed columns are characters: the number of characters in the first `length` bytes. */
guint sats_utf8_columns(const char *text, gsize length);

/* How many of the first `most` bytes of a text are whole characters: for "%.*s". */
int sats_utf8_cut(const char *text, int most);

/* Appends the text in double quotes with JSON's escapes; spaces and marks that can't be seen
 * (U+00A0, U+202F, U+00AD …) as \uXXXX, broken bytes as U+FFFD. For dumps and JSON. */
void sats_utf8_quote(GString *out, const char *text, gsize length);

/* The text with what a terminal must not be told (control characters, what turns the direction of
 * writing) as \xNN or \u{…}, broken bytes as \xNN. Line feeds stay when `lines`. Caller frees. */
char *sats_utf8_visible(const char *text, gboolean lines);

/* ISO date "2024-02-29": TRUE and the parts when it is a real day (the parts may be NULL). */
gboolean sats_date_parse(const char *text, int *out_year, int *out_month, int *out_day);

#endif
