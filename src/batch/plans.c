/* batch/plans.c: finds the plans. */
#include "batch/plans.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/error.h"

#define PEEK_BYTES     65536
#define MAX_DEPTH      32
#define MAX_LIST_DEPTH 8

typedef struct {
    const char *folder;
    GPtrArray *plans;
    GHashTable *seen; /* whole paths */
} Collector;

/* ---- paths ---- */

char *sats_path_from(const char *folder, const char *path) {
    g_autofree char *from = g_canonicalize_filename(folder, NULL);
    g_autofree char *to = g_canonicalize_filename(path, NULL);
    g_auto(GStrv) a = g_strsplit(from + 1, "/", -1);
    g_auto(GStrv) b = g_strsplit(to + 1, "/", -1);
    guint common = 0;
    while (a[common] != NULL && b[common] != NULL && *a[common] != '\0' &&
           g_str_equal(a[common], b[common])) {
        common++;
    }
    if (common == 0) {
        return g_steal_pointer(&to);
    }
    GString *out = g_string_new(NULL);
    for (guint i = common; a[i] != NULL; i++) {
        g_string_append(out, "../");
    }
    for (guint i = common; b[i] != NULL; i++) {
        g_string_append_printf(out, "%s%s", b[i], b[i + 1] != NULL ? "/" : "");
    }
    return g_string_free(out, FALSE);
}

/* ---- a glance into a file ---- */

/* The first bytes of an ordinary file; NULL for others, without waiting for them. */
static char *glance(const char *path) {
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    char *bytes = NULL;
    if (descriptor >= 0 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
        bytes = g_malloc(PEEK_BYTES + 1);
        ssize_t n = read(descriptor, bytes, PEEK_BYTES);
        bytes[MAX(n, 0)] = '\0';
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    return bytes;
}

char *sats_plans_peek_template(const char *path) {
    g_autofree char *bytes = glance(path);
    const char *line = bytes;
    while (line != NULL && !g_str_has_prefix(line, "mall:")) {
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    if (line == NULL) {
        return NULL;
    }
    line += strlen("mall:");
    g_autofree char *rest = g_strndup(line, strcspn(line, "\r\n#"));
    g_strstrip(rest);
    gsize length = strlen(rest);
    if (length >= 2 && strchr("'\"", rest[0]) != NULL && rest[length - 1] == rest[0]) {
        rest[length - 1] = '\0';
        return g_strdup(rest + 1);
    }
    return g_steal_pointer(&rest);
}

static gboolean is_yaml(const char *name) {
    return g_str_has_suffix(name, ".yaml") || g_str_has_suffix(name, ".yml");
}

static gboolean is_plan(const char *path) {
    g_autofree char *template_ = sats_plans_peek_template(path);
    return template_ != NULL;
}

/* ---- collecting ---- */

static gboolean add_plan(Collector *collector, const char *path, GError **error) {
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    if (!g_utf8_validate(whole, -1, NULL) || strpbrk(whole, "\n\r") != NULL) {
        g_autofree char *shown = g_utf8_make_valid(path, -1);
        return sats_batch_fail(error, SATS_BATCH_ERROR_USAGE,
                               "%s: the name is not UTF-8 on one line",
                               "%s: namnet är inte UTF-8 på en rad", shown);
    }
    if (!g_hash_table_add(collector->seen, g_strdup(whole))) {
        return TRUE;
    }
    if (collector->plans->len >= SATS_PLANS_MAX) {
        return sats_batch_fail(error, SATS_BATCH_ERROR_USAGE, "more than %d plans",
                               "fler än %d planer", SATS_PLANS_MAX);
    }
    struct stat status;
    SatsBatchPlan *plan = g_new0(SatsBatchPlan, 1);
    plan->path = g_strdup(path);
    plan->key = sats_path_from(collector->folder, whole);
    plan->size = stat(path, &status) == 0 ? status.st_size : 0;
    g_ptr_array_add(collector->plans, plan);
    return TRUE;
}

static gboolean add_folder(Collector *collector, const char *path, guint depth, GError **error);

static gboolean add_found(Collector *collector, const char *path, const char *name, guint depth,
                          GError **error) {
    struct stat status;
    struct stat target;
    if (*name == '.' || lstat(path, &status) != 0) {
        return TRUE;
    }
    if (S_ISDIR(status.st_mode)) {
        return depth >= MAX_DEPTH || add_folder(collector, path, depth + 1, error);
    }
    gboolean file = stat(path, &target) == 0 && S_ISREG(target.st_mode);
    return !file || !is_yaml(name) || !is_plan(path) || add_plan(collector, path, error);
}

static gboolean add_folder(Collector *collector, const char *path, guint depth, GError **error) {
    g_autoptr(GError) cause = NULL;
    GDir *folder = g_dir_open(path, 0, &cause);
    if (folder == NULL) {
        return sats_batch_fail(error, SATS_BATCH_ERROR_USAGE, "%s", "%s", cause->message);
    }
    gboolean done = TRUE;
    for (const char *name = g_dir_read_name(folder); name != NULL && done;
         name = g_dir_read_name(folder)) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        done = add_found(collector, child, name, depth, error);
    }
    g_dir_close(folder);
    return done;
}

static gboolean add_argument(Collector *collector, const char *argument, guint depth,
                             GError **error);

static char *read_stream(FILE *file) {
    GString *text = g_string_new(NULL);
    char buffer[4096];
    for (gsize n = fread(buffer, 1, sizeof buffer, file); n > 0;
         n = fread(buffer, 1, sizeof buffer, file)) {
        g_string_append_len(text, buffer, (gssize)n);
    }
    return g_string_free(text, FALSE);
}

static gboolean add_list(Collector *collector, const char *list, guint depth, GError **error) {
    gboolean standard = g_str_equal(list, "-");
    FILE *file = standard ? stdin : fopen(list, "rbe");
    if (file == NULL || depth > MAX_LIST_DEPTH) {
        int number = file == NULL ? errno : ELOOP;
        if (file != NULL && !standard) {
            (void)fclose(file);
        }
        return sats_batch_fail(error, SATS_BATCH_ERROR_USAGE, "@%s: %s", "@%s: %s", list,
                               g_strerror(number));
    }
    g_autofree char *text = read_stream(file);
    if (!standard) {
        (void)fclose(file);
    }
    g_autofree char *folder = standard ? g_strdup(".") : g_path_get_dirname(list);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        g_strstrip(*line);
        if (**line == '\0' || **line == '#') {
            continue;
        }
        g_autofree char *path = g_path_is_absolute(*line) || g_str_equal(folder, ".")
                                    ? g_strdup(*line)
                                    : g_build_filename(folder, *line, NULL);
        if (!add_argument(collector, path, depth + 1, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean add_argument(Collector *collector, const char *argument, guint depth,
                             GError **error) {
    if (*argument == '@') {
        return add_list(collector, argument + 1, depth, error);
    }
    if (g_file_test(argument, G_FILE_TEST_IS_DIR)) {
        return add_folder(collector, argument, 0, error);
    }
    return add_plan(collector, argument, error);
}

static void plan_file_free(gpointer data) {
    SatsBatchPlan *plan = data;
    g_free(plan->path);
    g_free(plan->key);
    g_free(plan);
}

static gint compare_keys(gconstpointer a, gconstpointer b) {
    const SatsBatchPlan *const *first = a;
    const SatsBatchPlan *const *second = b;
    return strcmp((*first)->key, (*second)->key);
}

GPtrArray *sats_plans_collect(const char *const *arguments, const char *folder, GError **error) {
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) plans = g_ptr_array_new_with_free_func(plan_file_free);
    Collector collector = {folder, plans, seen};
    for (; arguments != NULL && *arguments != NULL; arguments++) {
        if (!add_argument(&collector, *arguments, 0, error)) {
            return NULL;
        }
    }
    if (plans->len == 0) {
        sats_batch_fail(error, SATS_BATCH_ERROR_USAGE,
                        "there are no plans: none of the files has a key 'mall'",
                        "det finns inga planer: ingen av filerna har nyckeln 'mall'");
        return NULL;
    }
    g_ptr_array_sort(plans, compare_keys);
    return g_steal_pointer(&plans);
}
