/* base/place.h: where in the user's files something stands.
 *
 * A SatsSource is one file that was read: its path, its name as messages print it, and its text. A
 * SatsPlace points into it: at a line of text, or, when the source is a sheet of a spreadsheet, at
 * a cell, whose row and column are the place's line and column. Places are small and copied by
 * value; sources live in a SatsSources that outlives every place and report made from it.
 */
#ifndef SATS_BASE_PLACE_H
#define SATS_BASE_PLACE_H

#include <glib.h>

typedef struct {
    const char *name; /* its path as it was given, e.g. "plan.yaml" */
    const char
        *shown; /* as messages print it: the name, or what sats_sources_show_as() makes of it */
    const char *text;  /* whole file, NUL-terminated */
    gsize length;      /* bytes */
    const char *sheet; /* of a spreadsheet: places are its cells; NULL: lines of text */
    const guint32
        *line_starts; /* byte offsets, for quick look-ups; set by SatsSources, else NULL */
    guint32 n_lines;
} SatsSource;

/* line and column count from 1; column in characters (not bytes); length in characters, 0 unknown.
 * A NULL source means "no place": the finding is about the run as a whole. */
typedef struct {
    const SatsSource *source;
    guint32 line;
    guint16 column;
    guint16 length;
} SatsPlace;

typedef struct SatsSources SatsSources;

SatsSources *sats_sources_new(void);
void sats_sources_free(SatsSources *sources);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsSources, sats_sources_free)

/* From now on sources whose path lies below `folder` are shown as "as: REST": files that were taken
 * out of the file `as`, and lie in a folder that nobody knows. */
void sats_sources_show_as(SatsSources *sources, const char *folder, const char *as);

/* Takes a copy of the text and keeps it. Borrowed result. */
const SatsSource *sats_sources_add(SatsSources *sources, const char *name, const char *text,
                                   gsize length);

/* The same, but takes over `text` (from g_malloc(), with a NUL at text[length]). */
const SatsSource *sats_sources_take(SatsSources *sources, const char *name, char *text,
                                    gsize length);

/* A sheet of a file, as a source of its own with the file's name and no text. It is not one of the
 * sources below, as its file is. Borrowed result. */
const SatsSource *sats_sources_add_sheet(SatsSources *sources, const SatsSource *file,
                                         const char *sheet);

/* All sources in the order added (what is embedded in the PDF). Borrowed. */
guint sats_sources_count(const SatsSources *sources);
const SatsSource *sats_sources_at(const SatsSources *sources, guint index);

/* Appends a place within its source as messages give it: "41:14", "41" without a column,
 * "Blad1!C7" or "'Budget 2024'!C7" in a sheet (the sheet alone without a row); nothing without a
 * line. */
void sats_place_append(GString *out, const SatsPlace *place);

/* The bytes of line `line` without its line end (LF, CR LF or CR) and without a byte order mark;
 * *out_length in bytes. NULL when there is none, as in a sheet. */
const char *sats_source_line(const SatsSource *source, guint32 line, gsize *out_length);

/* A place; line, column and length are held within what a place can say. */
SatsPlace sats_place(const SatsSource *source, gsize line, gsize column, gsize length);

#endif
