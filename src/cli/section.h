/* cli/section.h: what the page of codes says of a code, as plain text for a terminal. */
#ifndef SATS_CLI_SECTION_H
#define SATS_CLI_SECTION_H

/* A section of the page, which is Markdown: its heading, the prose without marks on lines of at
 * most 80 columns, examples set in under a word of what they are, in the user's language. Caller
 * frees. */
char *sats_cli_section_text(const char *section);

#endif
