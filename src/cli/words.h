/* cli/words.h: what the program says, in the user's language. */
#ifndef SATS_CLI_WORDS_H
#define SATS_CLI_WORDS_H

#include <glib.h>

/* Swedish when the locale (LC_ALL, LC_MESSAGES, LANG) is Swedish. */
gboolean sats_cli_swedish(void);
/* The one of the two that the user reads. */
const char *sats_cli_say(const char *english, const char *swedish)
    __attribute__((format_arg(1), format_arg(2)));
/* "1 page", "3 pages": the word that the number takes, of the language that the user reads. Caller
 * frees. */
char *sats_cli_count(int n, const char *one_english, const char *more_english,
                     const char *one_swedish, const char *more_swedish);
/* Prints to stderr with the program's name before it. */
void sats_cli_complain(const char *english, const char *swedish, ...) G_GNUC_PRINTF(1, 3)
    G_GNUC_PRINTF(2, 3);

#endif
