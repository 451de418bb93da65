/* cli/engine.c: an engine by the user's environment, and reports on the terminal. */
#include "cli/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/words.h"

char **sats_cli_template_folders(void) {
    const char *variable = getenv("PLANSATS_TEMPLATES");
    g_auto(GStrv) folders = g_strsplit(variable != NULL ? variable : "", ":", -1);
    GPtrArray *used = g_ptr_array_new();
    for (char **folder = folders; *folder != NULL; folder++) {
        if (**folder != '\0') {
            g_ptr_array_add(used, g_strdup(*folder));
        }
    }
    g_ptr_array_add(used, NULL);
    return (char **)(void *)g_ptr_array_free(used, FALSE);
}

SatsEngine *sats_cli_engine_open(const char *data) {
    g_auto(GStrv) folders = sats_cli_template_folders();
    SatsEngineOptions options = {.data_folder = data,
                                 .template_folders = (const char *const *)folders,
                                 .swedish = sats_cli_swedish()};
    char *message = NULL;
    SatsEngine *engine = sats_engine_new(&options, &message);
    if (engine == NULL) {
        sats_cli_complain("%s", "%s", message);
    }
    sats_string_free(message);
    return engine;
}

void sats_cli_report_print(const SatsPlan *plan) {
    gboolean colour = isatty(STDERR_FILENO) && getenv("NO_COLOR") == NULL;
    char *text = sats_plan_report(plan, colour ? SATS_REPORT_COLOUR : SATS_REPORT_TEXT);
    fputs(text, stderr);
    sats_string_free(text);
    if (*sats_plan_message(plan) != '\0') {
        sats_cli_complain("%s", "%s", sats_plan_message(plan));
    }
}

char *sats_cli_counts_text(int errors, int warnings) {
    g_autofree char *wrong = sats_cli_count(errors, "error", "errors", "fel", "fel");
    g_autofree char *doubtful =
        sats_cli_count(warnings, "warning", "warnings", "varning", "varningar");
    return g_strconcat(wrong, ", ", doubtful, NULL);
}

void sats_cli_counts_print(const SatsPlan *plan) {
    int errors = sats_plan_errors(plan);
    int warnings = sats_plan_warnings(plan);
    if (errors + warnings > 0) {
        g_autofree char *text = sats_cli_counts_text(errors, warnings);
        fprintf(stderr, "%s\n", text);
    }
}
