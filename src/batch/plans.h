/* batch/plans.h: which plans a batch is about.
 *
 * Arguments are plan files, folders (all files *.yaml and *.yml below them with a key `mall` at the
 * margin; hidden folders and links to folders are passed over) and @LIST files with one of either a
 * line ("#" begins a comment; relative to the list's folder; "@-" is standard input).
 */
#ifndef SATS_BATCH_PLANS_H
#define SATS_BATCH_PLANS_H

#include <glib.h>

#define SATS_PLANS_MAX 1000000

typedef struct {
    char *path; /* as the user would write it: for messages and for opening */
    char *key;  /* seen from the batch's folder: for the manifest, sorting, sharding */
    goffset size;
} SatsBatchPlan;

/* Sorted by key, each once. USAGE when there are none or a folder cannot be read. A plan that is
 * named but not there is in the list: it will fail. */
GPtrArray *sats_plans_collect(const char *const *arguments, const char *folder, GError **error);

/* The template that a plan names, as far as a glance tells; NULL: none seen. Never waits. */
char *sats_plans_peek_template(const char *path);

/* A path seen from `folder`: relative when they share more than the root, else absolute. */
char *sats_path_from(const char *folder, const char *path);

#endif
