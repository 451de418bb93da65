/* What the fuzz targets share: the entry, and a folder for those that need files. */
#ifndef SATS_TESTS_FUZZ_H
#define SATS_TESTS_FUZZ_H

#include <glib.h>
#include <glib/gstdio.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A folder of this process, made at the first call and removed with its files at the end. */
static char *fuzz_folder_path;

static inline void fuzz_folder_remove(void) {
    static const char *const NAMES[] = {"plan.yaml", "mall.yaml"};
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_autofree char *path = g_build_filename(fuzz_folder_path, NAMES[i], NULL);
        g_remove(path);
    }
    g_rmdir(fuzz_folder_path);
    g_clear_pointer(&fuzz_folder_path, g_free);
}

static inline const char *fuzz_folder(void) {
    if (fuzz_folder_path == NULL) {
        fuzz_folder_path = g_dir_make_tmp("plansats-fuzz-XXXXXX", NULL);
        g_assert(fuzz_folder_path != NULL);
        atexit(fuzz_folder_remove);
    }
    return fuzz_folder_path;
}

/* Writes a file of that folder: `head`, then the bytes. */
static inline void fuzz_put(const char *name, const char *head, const void *bytes, size_t size) {
    g_autofree char *path = g_build_filename(fuzz_folder(), name, NULL);
    g_autoptr(GString) text = g_string_new(head);
    g_string_append_len(text, bytes, (gssize)size);
    gboolean put = g_file_set_contents_full(path, text->str, (gssize)text->len,
                                            G_FILE_SET_CONTENTS_NONE, 0600, NULL);
    g_assert(put);
}

#endif
