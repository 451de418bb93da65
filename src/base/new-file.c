/* base/new-file.c: files without a name, linked when they are whole. */
#include "base/new-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"

#define RIGHTS 0666
#define TRIES  100U
#define SUFFIX ".XXXXXX"

/* Linking goes by /proc, which a container may lack. */
static int open_nameless(const char *path) {
    g_autofree char *folder = g_path_get_dirname(path);
    if (access("/proc/self/fd", F_OK) != 0) {
        return -1;
    }
    return open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, RIGHTS);
}

/* A name beside the file's own that begins as it does, where that leaves room. */
static char *temporary_name(const char *path, const char *suffix) {
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    int kept = sats_utf8_cut(base, NAME_MAX - (int)strlen(SUFFIX));
    return g_strdup_printf("%.*s%s", (int)(base - path) + kept, path, suffix);
}

/* What stands there may be for few to read, or for a group to write. Others' files get no rights
 * for a group that is not theirs. */
static gboolean keep_rights(int descriptor, const char *path) {
    struct stat old;
    if (stat(path, &old) != 0 || !S_ISREG(old.st_mode)) {
        return TRUE;
    }
    mode_t rights = old.st_mode & 0777;
    if (fchown(descriptor, old.st_uid, old.st_gid) != 0 &&
        fchown(descriptor, (uid_t)-1, old.st_gid) != 0) {
        rights = (rights & 0707U) | (rights & 07U) << 3;
    }
    return fchmod(descriptor, rights) == 0 || errno == EPERM || errno == ENOTSUP;
}

gboolean sats_new_file_open(SatsNewFile *file, const char *path) {
    *file = (SatsNewFile){.descriptor = open_nameless(path), .path = g_strdup(path)};
    if (file->descriptor < 0) {
        file->temporary = temporary_name(path, SUFFIX);
        file->descriptor =
            g_mkstemp_full(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, RIGHTS);
    }
    if (file->descriptor < 0) {
        g_clear_pointer(&file->temporary, g_free);
    }
    if (file->descriptor < 0 || !keep_rights(file->descriptor, path)) {
        sats_new_file_discard(file);
        return FALSE;
    }
    return TRUE;
}

gboolean sats_new_file_flush(const SatsNewFile *file) {
    return fsync(file->descriptor) == 0 || errno == EINVAL || errno == EROFS;
}

/* Gives a nameless file a name of its own: only rename() can put it over another. */
static gboolean give_temporary(SatsNewFile *file) {
    char source[64];
    g_snprintf(source, sizeof source, "/proc/self/fd/%d", file->descriptor);
    for (guint i = 0; i < TRIES; i++) {
        char suffix[sizeof SUFFIX];
        g_snprintf(suffix, sizeof suffix, ".%06X", g_random_int() & 0xFFFFFFU);
        g_autofree char *name = temporary_name(file->path, suffix);
        if (linkat(AT_FDCWD, source, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0) {
            file->temporary = g_steal_pointer(&name);
            return TRUE;
        }
        if (errno != EEXIST) {
            return FALSE;
        }
    }
    return FALSE;
}

gboolean sats_new_file_close(SatsNewFile *file) {
    if (file->temporary == NULL && !give_temporary(file)) {
        return FALSE;
    }
    int descriptor = file->descriptor;
    file->descriptor = -1;
    return descriptor < 0 || close(descriptor) == 0;
}

gboolean sats_new_file_name(SatsNewFile *file) {
    if (!sats_new_file_close(file) || rename(file->temporary, file->path) != 0) {
        return FALSE;
    }
    g_clear_pointer(&file->temporary, g_free);
    g_clear_pointer(&file->path, g_free);
    return TRUE;
}

void sats_new_file_discard(SatsNewFile *file) {
    int number = errno;
    if (file->descriptor >= 0) {
        close(file->descriptor);
    }
    if (file->temporary != NULL) {
        unlink(file->temporary);
    }
    g_free(file->temporary);
    g_free(file->path);
    *file = (SatsNewFile){.descriptor = -1};
    errno = number;
}
