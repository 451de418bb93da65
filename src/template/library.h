/* template/library.h: the files a template is made of, and how an extending one edits them.
 *
 * A document template may extend another: it takes over all of it and then edits it, by the names
 * of its sections (an include's name, or a section's id). Edits are applied where the blocks are
 * compiled, from the template extended last to the one asked for, so nothing is copied.
 */
#ifndef SATS_TEMPLATE_LIBRARY_H
#define SATS_TEMPLATE_LIBRARY_H

#include "template/compile.h"
#include "template/files.h"

struct SatsSectionFile {
    const char *name;
    SatsFile file;
    const SatsValue *root;
    gboolean gathered; /* its declarations are merged */
    gboolean used;     /* its body is compiled at least once: its checks count */
    gboolean in_use;   /* being compiled: including it again would never end */
    SatsBlocks blocks; /* as compiled without findings, when `shared` */
    gboolean shared;
    SatsNames names; /* what its blocks take from around: name -> SatsVariable, NULL the data */
    int level;
    guint depth;
};

typedef struct {
    const char *name;
    SatsFile file;
    const SatsValue *root;
} SatsDefinition;

struct SatsLibrary {
    const char **folders;
    const char *const *common; /* of them, those that are not beside plan or template */
    SatsSources *sources;
    SatsArena *arena;
    SatsReport *report;
    SatsDefinition definitions[SATS_TEMPLATE_MAX_EXTENDS]; /* [0] the template asked for, then what
                                                              it extends */
    guint n_definitions;
    SatsNames sections; /* path -> SatsSectionFile */
    SatsNames seen;     /* names of sections that there are, for suggestions */
    SatsNames edited;   /* "0/replace/name": edits that found their section */
};

/* What the edits make of a named section. */
typedef struct {
    gboolean removed;
    const SatsValue *replacement; /* the name of another section; NULL: as it is */
    const char *replacement_folder;
    const SatsValue *before[SATS_TEMPLATE_MAX_EXTENDS], *after[SATS_TEMPLATE_MAX_EXTENDS];
    const char *before_folder[SATS_TEMPLATE_MAX_EXTENDS], *after_folder[SATS_TEMPLATE_MAX_EXTENDS];
    guint n_before, n_after;
} SatsEdit;

/* Reads the template and what it extends into `definitions`. FALSE with findings. */
gboolean sats_library_open(SatsLibrary *library, const char *name, const char *beside,
                           const SatsPlace *place);
SatsEdit sats_library_edit(SatsLibrary *library, const char *name);
/* Findings for edits of sections that there are not. */
void sats_library_check_edits(SatsLibrary *library);
/* The section file of that name, read once; its `root` is NULL when it cannot be. Findings stand at
 * the name; with `quiet` there is none that there is no such file. */
SatsSectionFile *sats_library_section(SatsLibrary *library, const SatsValue *name,
                                      const char *beside, gboolean quiet);
/* A key's value in the nearest definition that has it; out_folder (may be NULL) is that file's. */
const SatsValue *sats_library_value(const SatsLibrary *library, const char *map, const char *key,
                                    const char **out_folder);

#endif
