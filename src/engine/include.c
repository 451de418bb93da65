/* engine/include.c: data files that a plan includes: `inkludera: siffror.yaml`, or a list of them.
 *
 * Two documents that share their figures (a report and its slides) keep them in one file. What the
 * plan says itself wins over what it includes, an earlier file over a later. Included files include
 * nothing in turn, and lie in the plan's folder or below it.
 */
#include <string.h>

#include "base/error.h"
#include "data/merge.h"
#include "engine/engine-private.h"
#include "paint/image.h"

#define MAX_INCLUDES       50U
#define MAX_INCLUDED_BYTES ((gsize)64 << 20)

gboolean sats_is_inside_folder(const char *path) {
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    return !g_path_is_absolute(path) && !g_strv_contains((const char *const *)parts, "..");
}

/* What has words in both languages; NULL: the error's own words say it. */
static const char *known_reason(const GError *error, gboolean swedish) {
    if (g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_OUTSIDE)) {
        return swedish ? "en länk leder ut ur planens mapp"
                       : "a link leads out of the plan's folder";
    }
    if (g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_KIND)) {
        return swedish ? "det är ingen vanlig fil" : "it is no ordinary file";
    }
    if (g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_ABSENT)) {
        return swedish ? "filen finns inte" : "there is no such file";
    }
    return NULL;
}

/* What kind of trouble it is. */
static const char *swedish_kind(const GError *error) {
    /* by SatsImageError */
    static const char *const IMAGES[] = {
        "bilden är skadad", "bilden har något som inte går att visa", "bilden är för stor"};
    return error->domain == SATS_IMAGE_ERROR ? IMAGES[error->code]
           : g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_LIMIT)
               ? "det är för stort"
               : "filen går inte att läsa";
}

char *sats_why(const SatsReport *report, const GError *error) {
    gboolean swedish = sats_report_language(report) == SATS_LANGUAGE_SWEDISH;
    const char *known = known_reason(error, swedish);
    const char *own = sats_error_swedish(error);
    return known != NULL            ? g_strdup(known)
           : swedish && own != NULL ? g_strdup(own)
           : swedish ? g_strdup_printf("%s (%s)", swedish_kind(error), error->message)
                     : g_strdup(error->message);
}

static void cannot(SatsPlan *plan, const SatsValue *name, const char *why_en, const char *why_sv) {
    sats_report_add(plan->report, SATS_ERROR, "include", &name->place, "cannot include '%s': %s",
                    "kan inte inkludera '%s': %s", name->as.text,
                    sats_report_language(plan->report) == SATS_LANGUAGE_SWEDISH ? why_sv : why_en);
}

/* FALSE: it could not be, which has been told. */
static gboolean include_file(SatsPlan *plan, const SatsValue *name) {
    if (name->kind != SATS_VALUE_TEXT || name->length == 0) {
        sats_report_add(plan->report, SATS_ERROR, "include", &name->place,
                        "'inkludera' takes file names", "'inkludera' tar filnamn");
        return FALSE;
    }
    if (!sats_is_inside_folder(name->as.text)) {
        cannot(plan, name, "it is outside the plan's folder", "den ligger utanför planens mapp");
        return FALSE;
    }
    GError *error = NULL;
    g_autofree char *path = g_build_filename(plan->folder, name->as.text, NULL);
    const SatsSource *source =
        sats_source_read_below(plan->sources, plan->folder, path, MAX_INCLUDED_BYTES, &error);
    if (source == NULL) {
        g_autofree char *why = sats_why(plan->report, error);
        cannot(plan, name, why, why);
        g_clear_error(&error);
        return FALSE;
    }
    const SatsValue *value = sats_yaml_read(source, NULL, plan->arena, plan->report);
    if (value == NULL) {
        return FALSE;
    }
    if (value->kind != SATS_VALUE_MAP) {
        cannot(plan, name, "it is no map of keys", "den innehåller inte nycklar med värden");
        return FALSE;
    }
    plan->root = sats_value_merge(plan->root, value, plan->arena);
    return TRUE;
}

void sats_plan_include(SatsPlan *plan) {
    const SatsValue *names = plan->root == NULL ? NULL : sats_value_lookup(plan->root, "inkludera");
    if (names == NULL || names->kind == SATS_VALUE_NULL) {
        return;
    }
    if (names->kind != SATS_VALUE_LIST) {
        plan->incomplete = !include_file(plan, names);
        return;
    }
    for (guint i = 0; i < names->length && i < MAX_INCLUDES; i++) {
        plan->incomplete = !include_file(plan, names->as.items[i]) || plan->incomplete;
    }
}
