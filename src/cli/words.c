/* cli/words.c: Swedish or English by locale. */
#include "cli/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

gboolean sats_cli_swedish(void) {
    static const char *const VARIABLES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (guint i = 0; i < G_N_ELEMENTS(VARIABLES); i++) {
        const char *value = getenv(VARIABLES[i]);
        if (value != NULL && *value != '\0') {
            return g_str_has_prefix(value, "sv");
        }
    }
    return FALSE;
}

const char *sats_cli_say(const char *english, const char *swedish) {
    return sats_cli_swedish() ? swedish : english;
}

char *sats_cli_count(int n, const char *one_english, const char *more_english,
                     const char *one_swedish, const char *more_swedish) {
    const char *one = sats_cli_swedish() ? one_swedish : one_english;
    const char *more = sats_cli_swedish() ? more_swedish : more_english;
    return g_strdup_printf("%d %s", n, n == 1 ? one : more);
}

void sats_cli_complain(const char *english, const char *swedish, ...) {
    va_list arguments;
    va_start(arguments, swedish);
    g_autofree char *text = g_strdup_vprintf(sats_cli_swedish() ? swedish : english, arguments);
    g_autofree char *visible = sats_utf8_visible(text, TRUE);
    fprintf(stderr, "plansats: %s\n", visible);
    va_end(arguments);
}
