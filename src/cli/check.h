/* cli/check.h: `plansats check`: what is wrong; `plansats explain`: what a code means. */
#ifndef SATS_CLI_CHECK_H
#define SATS_CLI_CHECK_H

#include "cli/options.h"

/* Each gives the exit code. */
int sats_cli_check(const SatsCliOptions *options);
int sats_cli_explain(const SatsCliOptions *options);

#endif
