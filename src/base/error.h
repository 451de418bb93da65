/* base/error.h: GErrors with words in both languages.
 *
 * Where an error arises, nobody knows the user's language: such an error carries both, and who
 * shows it chooses. Its `message` is the English one, so that it is an ordinary GError to all
 * others; copies keep both.
 */
#ifndef SATS_BASE_ERROR_H
#define SATS_BASE_ERROR_H

#include <glib.h>

/* Makes a domain whose errors can have words in both languages; `name` begins with "sats-", as no
 * other domain's does. */
GQuark sats_error_domain(const char *name);

/* As g_set_error(), of such a domain. Both formats take the same arguments in the same order. */
void sats_error_set(GError **error, GQuark domain, gint code, const char *format_en,
                    const char *format_sv, ...) G_GNUC_PRINTF(4, 6) G_GNUC_PRINTF(5, 6);

/* Puts words before those of an error, if there is one, of such a domain. */
void sats_error_prefix(GError **error, const char *format_en, const char *format_sv, ...)
    G_GNUC_PRINTF(2, 4) G_GNUC_PRINTF(3, 4);

/* The Swedish words; NULL: it has none. Borrowed from the error. */
const char *sats_error_swedish(const GError *error);
/* The Swedish words when `swedish` and it has some, else its message. Borrowed from the error. */
const char *sats_error_words(const GError *error, gboolean swedish);

/* errno's `number` in Swedish, where a user can do something about it; else the system's words. */
const char *sats_error_reason(int number);
/* Why a file could not be written, SATS_SYSTEM_ERROR_IO: "NAME: …", by errno's `number`; that its
 * folder is missing, where it is. */
void sats_error_set_unwritten(GError **error, const char *path, int number);

#endif
