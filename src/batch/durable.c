/* batch/durable.c: temporary files, atomic writes, locks. */
#include "batch/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRY_AGAIN_US 20000
#define TEMPORARY    ".plansats-batch"

/* ---- temporary files ---- */

char *sats_durable_temporary(const char *folder, const char *suffix, guint number) {
    return g_strdup_printf("%s/" TEMPORARY "%s.%d-%u.tmp", folder, suffix, (int)getpid(), number);
}

void sats_durable_clean(const char *folder, const char *suffix, gboolean all) {
    g_autofree char *start = g_strconcat(TEMPORARY, all ? "" : suffix, all ? "" : ".", NULL);
    GDir *entries = g_dir_open(folder, 0, NULL);
    if (entries == NULL) {
        return;
    }
    for (const char *name = g_dir_read_name(entries); name != NULL;
         name = g_dir_read_name(entries)) {
        if (g_str_has_prefix(name, start) && g_str_has_suffix(name, ".tmp")) {
            g_autofree char *path = g_build_filename(folder, name, NULL);
            unlink(path);
        }
    }
    g_dir_close(entries);
}

/* ---- whole files ---- */

static int write_and_flush(int descriptor, const char *bytes, gsize size) {
    while (size > 0) {
        ssize_t n = write(descriptor, bytes, size);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n < 0 ? errno : EIO;
        }
        bytes += n;
        size -= (gsize)n;
    }
    return fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
}

static int sync_path(const char *path, int flags) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | flags);
    if (descriptor < 0) {
        return errno;
    }
    int number = fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
    close(descriptor);
    return number;
}

int sats_durable_sync_folder(const char *folder) {
    return sync_path(folder, O_DIRECTORY);
}

int sats_durable_sync_file(const char *path) {
    return sync_path(path, 0);
}
int sats_durable_write(const char *path, const char *temporary, const char *bytes, gsize size) {
    int descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return errno;
    }
    int number = write_and_flush(descriptor, bytes, size);
    if (close(descriptor) != 0 && number == 0) {
        number = errno;
    }
    if (number == 0 && rename(temporary, path) != 0) {
        number = errno;
    }
    if (number != 0) {
        unlink(temporary);
        return number;
    }
    g_autofree char *folder = g_path_get_dirname(path);
    return sats_durable_sync_folder(folder);
}

static char *digest(int descriptor) {
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 buffer[65536];
    for (;;) {
        ssize_t n = read(descriptor, buffer, sizeof buffer);
        if (n == 0) {
            return g_strdup(g_checksum_get_string(sum));
        }
        if (n < 0 && errno != EINTR) {
            return NULL;
        }
        g_checksum_update(sum, buffer, MAX(n, 0));
    }
}

char *sats_durable_sha256(const char *path, gint64 size) {
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    char *sha256 = NULL;
    if (descriptor >= 0 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
        (size < 0 || status.st_size == size)) {
        sha256 = digest(descriptor);
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    return sha256;
}

/* ---- locks ---- */

static gboolean is_same_file(int descriptor, const char *path) {
    struct stat held;
    struct stat named;
    return fstat(descriptor, &held) == 0 && stat(path, &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

int sats_durable_lock(const char *path, gboolean shared, guint patience_ms) {
    gint64 until = g_get_monotonic_time() + (gint64)patience_ms * 1000;
    for (;;) {
        int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (descriptor < 0) {
            return -1;
        }
        gboolean held = flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 ||
                        errno == ENOLCK || errno == EOPNOTSUPP || errno == ENOSYS;
        if (held && is_same_file(descriptor, path)) {
            return descriptor;
        }
        int number = held ? EWOULDBLOCK : errno;
        close(descriptor);
        if (number != EWOULDBLOCK || g_get_monotonic_time() > until) {
            errno = number;
            return -1;
        }
        g_usleep(held ? 0 : TRY_AGAIN_US);
    }
}
