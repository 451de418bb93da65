/* cli/revision.h: `plansats diff` and `plansats revise`. */
#ifndef SATS_CLI_REVISION_H
#define SATS_CLI_REVISION_H

/* argv[0] is the command's name. Returns the exit code. */
int sats_cli_diff(char **argv);
int sats_cli_revise(char **argv);

#endif
