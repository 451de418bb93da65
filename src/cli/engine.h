/* cli/engine.h: what the commands that read plans have in common: an engine, a report printed. */
#ifndef SATS_CLI_ENGINE_H
#define SATS_CLI_ENGINE_H

#include <glib.h>

#include "plansats.h"

/* The folders of PLANSATS_TEMPLATES. NULL-terminated; caller frees with g_strfreev(). */
char **sats_cli_template_folders(void);

/* An engine that speaks the user's language. `data`: --data, or NULL. NULL, having complained, when
 * there can be none. */
SatsEngine *sats_cli_engine_open(const char *data);

/* The plan's findings, and what the system could not do, to stderr; in colour on a terminal. */
void sats_cli_report_print(const SatsPlan *plan);
/* "1 error, 2 warnings". Caller frees. */
char *sats_cli_counts_text(int errors, int warnings);
/* How many errors and warnings, when there are any. */
void sats_cli_counts_print(const SatsPlan *plan);

#endif
