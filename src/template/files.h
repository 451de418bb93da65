/* template/files.h: finding and reading templates, sections and themes.
 *
 * A name ("budget") is looked up as SUBFOLDER/budget.yaml in each folder in turn, first hit wins. A
 * path (with "/", or ending in ".yaml") is taken from the folder of the file that names it.
 */
#ifndef SATS_TEMPLATE_FILES_H
#define SATS_TEMPLATE_FILES_H

#include "data/value.h"

typedef struct {
    const char *path;
    const char *folder; /* of the file */
    guint index;        /* which of `folders` it was found in; their number for a path */
} SatsFile;

gboolean sats_files_is_path(const char *name);
const char *sats_files_join(const char *folder, const char *name, SatsArena *arena);

/* FALSE when there is none. `subfolder` may be "" . `from`: folders before it are passed over. */
gboolean sats_files_find(const char *const *folders, guint from, const char *subfolder,
                         const char *name, const char *beside, SatsArena *arena, SatsFile *out);

/* Reads and parses a file whole. NULL with findings: about what is in it, or at `place`, where it
 * is named (NULL nowhere), when it cannot be read. */
const SatsValue *sats_files_read(const SatsFile *file, SatsSources *sources, SatsArena *arena,
                                 SatsReport *report, const SatsPlace *place);

/* The names there are in `subfolder` of all folders, sorted, each once, NULL-terminated: for
 * suggestions. */
const char *const *sats_files_names(const char *const *folders, const char *subfolder,
                                    SatsArena *arena);

#endif
