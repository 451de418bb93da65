/* base/error.c: the Swedish words lie in what GLib keeps before an extended error. */
#include "base/error.h"

#include <errno.h>

#include "base/report.h"

typedef struct {
    char *swedish;
} Words;

/* As G_DEFINE_EXTENDED_ERROR() finds it; one for all of our domains. */
static Words *words_of(const GError *error) {
    const gsize alignment = 2 * sizeof(gsize);
    const gsize size = (sizeof(Words) + alignment - 1) / alignment * alignment;
    return (Words *)(gpointer)((guint8 *)(guintptr)error - size);
}

static void words_init(GError *error) {
    words_of(error)->swedish = NULL;
}

static void words_copy(const GError *from, GError *to) {
    words_of(to)->swedish = g_strdup(words_of(from)->swedish);
}

static void words_clear(GError *error) {
    g_clear_pointer(&words_of(error)->swedish, g_free);
}

GQuark sats_error_domain(const char *name) {
    g_assert(g_str_has_prefix(name, "sats-"));
    return g_error_domain_register(name, sizeof(Words), words_init, words_copy, words_clear);
}

void sats_error_set(GError **error, GQuark domain, gint code, const char *format_en,
                    const char *format_sv, ...) {
    if (error == NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format_sv);
    GError *made = g_error_new_valist(domain, code, format_en, arguments);
    va_end(arguments);
    va_start(arguments, format_sv);
    words_of(made)->swedish = g_strdup_vprintf(format_sv, arguments);
    va_end(arguments);
    g_propagate_error(error, made);
}

static void put_before(char **text, const char *format, va_list arguments) {
    g_autofree char *before = g_strdup_vprintf(format, arguments);
    g_autofree char *old = *text;
    *text = g_strconcat(before, old, NULL);
}

void sats_error_prefix(GError **error, const char *format_en, const char *format_sv, ...) {
    if (error == NULL || *error == NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format_sv);
    put_before(&(*error)->message, format_en, arguments);
    va_end(arguments);
    if (sats_error_swedish(*error) != NULL) {
        va_start(arguments, format_sv);
        put_before(&words_of(*error)->swedish, format_sv, arguments);
        va_end(arguments);
    }
}

const char *sats_error_swedish(const GError *error) {
    gboolean ours = error->domain == SATS_SYSTEM_ERROR ||
                    g_str_has_prefix(g_quark_to_string(error->domain), "sats-");
    return ours ? words_of(error)->swedish : NULL;
}

const char *sats_error_words(const GError *error, gboolean swedish) {
    const char *words = swedish ? sats_error_swedish(error) : NULL;
    return words != NULL ? words : error->message;
}

/* ---- files ---- */

const char *sats_error_reason(int number) {
    switch (number) {
    case ENOENT:
        return "filen finns inte";
    case EACCES:
    case EPERM:
        return "åtkomst nekad";
    case EISDIR:
        return "det är en mapp";
    case ENOSPC:
    case EDQUOT:
        return "det finns inget utrymme kvar";
    case EROFS:
        return "där går det inte att skriva";
    case ENAMETOOLONG:
        return "namnet är för långt";
    default:
        return g_strerror(number);
    }
}

void sats_error_set_unwritten(GError **error, const char *path, int number) {
    g_autofree char *folder = g_path_get_dirname(path);
    if ((number == ENOENT || number == ENOTDIR) && !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        sats_error_set(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO,
                       "%s: there is no folder '%s'", "%s: det finns ingen mapp '%s'", path,
                       folder);
        return;
    }
    sats_error_set(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO, "%s: %s%.0s", "%s: %.0s%s", path,
                   g_strerror(number), sats_error_reason(number));
}
