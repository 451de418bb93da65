/* cli/help.h: the commands, their options, and the help that tells of them.
 *
 * The table of help.c is all that there is to say of the command line: an option that a command's
 * entry does not list is refused.
 */
#ifndef SATS_CLI_HELP_H
#define SATS_CLI_HELP_H

#include <glib.h>

/* In the table, and read by this name. */
gboolean sats_cli_help_knows(const char *command);
/* `option` without its hyphens: "output". */
gboolean sats_cli_help_takes(const char *command, const char *option);

/* What the program can do, or one command, in the user's language. Caller frees with g_free(). */
char *sats_cli_help_all(void);
char *sats_cli_help_of(const char *command);

#endif
