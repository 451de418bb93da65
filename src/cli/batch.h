/* cli/batch.h: the command `plansats batch`. */
#ifndef SATS_CLI_BATCH_H
#define SATS_CLI_BATCH_H

/* `argv[0]` is the command's name; NULL-terminated. Gives the exit code. */
int sats_cli_batch(char **argv);

#endif
