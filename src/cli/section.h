/* cli/section.h: what docs/checks.md says of a code, as plain text for a terminal. */
#ifndef SATS_CLI_SECTION_H
#define SATS_CLI_SECTION_H

#include "base/codes.h"

/* A section of the page, which is Markdown: its heading and what the code means in the user's
 * language, the prose without marks, examples set in under a word of what they are. Caller frees.
 */
char *sats_cli_section_text(const SatsCode *code, const char *section);

#endif
