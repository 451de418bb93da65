/* base/sarif.h: findings as SARIF 2.1.0, which editors and code hosts read.
 *
 * One log holds one run, with the findings of any number of reports: each finding once, each code
 * that occurs as a rule. Files are named as the findings name them, percent-encoded; columns count
 * UTF-16 code units, and the log says so. A "did you mean" is told in the message and, where the
 * place holds just the word, given as a fix that an editor can make.
 *
 * Life: new -> add …, fail … -> end, which frees it. The reports need not outlive the add.
 */
#ifndef SATS_BASE_SARIF_H
#define SATS_BASE_SARIF_H

#include "base/report.h"

typedef struct SatsSarif SatsSarif;

/* `version`: the program's. `help`: the absolute URI of the page that has a section for each code;
 * NULL: rules name none. Both are copied. */
SatsSarif *sats_sarif_new(const char *version, const char *help, SatsLanguage language);

void sats_sarif_add(SatsSarif *sarif, const SatsReport *report);

/* What the system could not do: the run is then told to have failed. */
void sats_sarif_fail(SatsSarif *sarif, const char *message);

/* The log as JSON, and the end of `sarif`. Caller frees with g_free(). */
char *sats_sarif_end(SatsSarif *sarif);

#endif
