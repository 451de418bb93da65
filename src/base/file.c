/* base/file.c: opens without waiting, checks what was opened, reads it within a limit. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/report.h"

#define FIRST_BYTES ((gsize)64 * 1024)

static int fail(GError **error, SatsSystemError code, const char *path, const char *what_en,
                const char *what_sv, int number) {
    const char *colon = number != 0 ? ": " : "";
    sats_error_set(error, SATS_SYSTEM_ERROR, (gint)code, "%s: %s%.0s%s%s%.0s", "%s: %.0s%s%s%.0s%s",
                   path, what_en, what_sv, colon, number != 0 ? g_strerror(number) : "",
                   number != 0 ? sats_error_reason(number) : "");
    return -1;
}

static int too_large(GError **error, const char *path, gsize max_bytes) {
    sats_error_set(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_LIMIT,
                   "%s: larger than %" G_GSIZE_FORMAT " bytes",
                   "%s: större än %" G_GSIZE_FORMAT " byte", path, max_bytes);
    return -1;
}

/* ---- opening ---- */

static int close_having(int descriptor, int result) {
    close(descriptor);
    return result;
}

/* What was opened, not what stands under that name now. */
static int open_checked(const char *path, gboolean may_wait, gsize max_bytes,
                        struct stat *out_status, GError **error) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (may_wait ? 0 : O_NONBLOCK));
    if (descriptor < 0) {
        /* a socket */
        SatsSystemError code = errno == ENOENT ? SATS_SYSTEM_ERROR_ABSENT : SATS_SYSTEM_ERROR_IO;
        return errno == ENXIO
                   ? fail(error, SATS_SYSTEM_ERROR_KIND, path, "not an ordinary file",
                          "ingen vanlig fil", 0)
                   : fail(error, code, path, "cannot be opened", "går inte att öppna", errno);
    }
    if (fstat(descriptor, out_status) != 0) {
        return close_having(descriptor, fail(error, SATS_SYSTEM_ERROR_IO, path, "cannot be read",
                                             "går inte att läsa", errno));
    }
    if (S_ISDIR(out_status->st_mode)) {
        return close_having(descriptor, fail(error, SATS_SYSTEM_ERROR_IO, path, "cannot be read",
                                             "går inte att läsa", EISDIR));
    }
    gboolean ordinary = S_ISREG(out_status->st_mode);
    if (!ordinary && !may_wait) {
        return close_having(descriptor, fail(error, SATS_SYSTEM_ERROR_KIND, path,
                                             "not an ordinary file", "ingen vanlig fil", 0));
    }
    if (ordinary && (guint64)MAX(out_status->st_size, 0) > max_bytes) {
        return close_having(descriptor, too_large(error, path, max_bytes));
    }
    return descriptor;
}

int sats_file_open(const char *path, gsize max_bytes, GError **error) {
    struct stat status;
    return open_checked(path, FALSE, max_bytes, &status, error);
}

/* ---- reading ---- */

/* The bytes with a NUL behind them, or NULL. One byte more than the limit tells that it is passed.
 */
static char *read_to_end(int descriptor, const char *path, gsize expected, gsize max_bytes,
                         gsize *out_length, GError **error) {
    gsize capacity = expected < FIRST_BYTES ? FIRST_BYTES : expected + 1;
    gsize length = 0;
    char *bytes = g_malloc(capacity + 1);
    for (;;) {
        if (length == capacity) {
            capacity *= 2;
            bytes = g_realloc(bytes, capacity + 1);
        }
        ssize_t n = read(descriptor, bytes + length, capacity - length);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            fail(error, SATS_SYSTEM_ERROR_IO, path, "cannot be read", "går inte att läsa", errno);
            break;
        }
        length += (gsize)n;
        if (length > max_bytes) {
            too_large(error, path, max_bytes);
            break;
        }
        if (n == 0) {
            bytes = g_realloc(bytes, length + 1);
            bytes[length] = '\0';
            *out_length = length;
            return bytes;
        }
    }
    g_free(bytes);
    return NULL;
}

static gboolean is_changed(int descriptor, const struct stat *before) {
    struct stat after;
    return S_ISREG(before->st_mode) &&
           (fstat(descriptor, &after) != 0 || after.st_size != before->st_size ||
            after.st_mtim.tv_sec != before->st_mtim.tv_sec ||
            after.st_mtim.tv_nsec != before->st_mtim.tv_nsec);
}

static char *read_checked(int descriptor, const char *path, const struct stat *status,
                          gsize max_bytes, gsize *out_length, GError **error) {
    gsize expected = S_ISREG(status->st_mode) ? (gsize)MAX(status->st_size, 0) : 0;
    char *bytes = read_to_end(descriptor, path, expected, max_bytes, out_length, error);
    if (bytes != NULL && is_changed(descriptor, status)) {
        fail(error, SATS_SYSTEM_ERROR_IO, path, "changed while it was read",
             "ändrades medan den lästes", 0);
        g_clear_pointer(&bytes, g_free);
    }
    close(descriptor);
    return bytes;
}

char *sats_file_read(const char *path, gsize max_bytes, gsize *out_length, GError **error) {
    struct stat status;
    int descriptor = open_checked(path, FALSE, max_bytes, &status, error);
    return descriptor < 0 ? NULL
                          : read_checked(descriptor, path, &status, max_bytes, out_length, error);
}

char *sats_file_read_stream(const char *path, gsize max_bytes, gsize *out_length, GError **error) {
    struct stat status;
    int descriptor = open_checked(path, TRUE, max_bytes, &status, error);
    return descriptor < 0 ? NULL
                          : read_checked(descriptor, path, &status, max_bytes, out_length, error);
}

/* ---- below a folder ---- */

/* Where the path leads when it leads out of the folder; NULL otherwise. Caller frees with free().
 */
static gboolean resolves_below(const char *folder, const char *path, struct stat *out_status) {
    char *real_folder = realpath(folder, NULL);
    char *real_path = realpath(path, NULL);
    gboolean below = FALSE;
    if (real_folder != NULL && real_path != NULL) {
        gsize length = g_str_equal(real_folder, "/") ? 0 : strlen(real_folder);
        below = strncmp(real_path, real_folder, length) == 0 && real_path[length] == '/' &&
                stat(real_path, out_status) == 0;
    }
    free(real_folder);
    free(real_path);
    return below;
}

char *sats_file_read_below(const char *folder, const char *path, gsize max_bytes, gsize *out_length,
                           GError **error) {
    struct stat opened, resolved;
    int descriptor = open_checked(path, FALSE, max_bytes, &opened, error);
    if (descriptor < 0) {
        return NULL;
    }
    /* what was opened is what the path leads to within the folder, also if links changed since */
    if (!resolves_below(folder, path, &resolved) || resolved.st_dev != opened.st_dev ||
        resolved.st_ino != opened.st_ino) {
        close(descriptor);
        fail(error, SATS_SYSTEM_ERROR_OUTSIDE, path, "leads out of the plan's folder",
             "leder ut ur planens mapp", 0);
        return NULL;
    }
    return read_checked(descriptor, path, &opened, max_bytes, out_length, error);
}
