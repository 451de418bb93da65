/* data/yaml-parts.h: what the files of the YAML reader share; nobody else includes it.
 *
 *   yaml-scan.c    the bytes before libyaml sees them: UTF-8, control characters, tabs
 *   yaml-syntax.c  libyaml's syntax errors in clear words
 *   yaml.c         events to values
 *   yaml-index.c   the hash index of large maps
 */
#ifndef SATS_DATA_YAML_PARTS_H
#define SATS_DATA_YAML_PARTS_H

#include "data/value.h"

#include <yaml.h>

typedef struct {
    const char *text; /* what libyaml reads: the source without its byte order mark, or `patched` */
    gsize length;
    char *patched;   /* a copy with the refused characters replaced, of the same columns; or NULL */
    gboolean broken; /* text was lost: the values can't be trusted */
    gboolean useless; /* not text at all: don't parse */
} SatsYamlText;

/* Reports broken UTF-8, control characters and unusual line separators. g_free(patched). */
SatsYamlText sats_yaml_scan(const SatsSource *source, SatsReport *report);

/* The line has a tab among the white space that begins it. Line from 1. */
gboolean sats_yaml_line_has_tab(const SatsSource *source, guint32 line);
/* Reports every line from `line` on that is indented with tabs, outside block scalars. */
void sats_yaml_report_tabs(const SatsSource *source, guint32 line, SatsReport *report);

/* Reports the parser's error; `line_offset` is added to its lines. Returns the line reported. */
guint32 sats_yaml_report_problem(const SatsSource *source, const yaml_parser_t *parser,
                                 gsize line_offset, SatsReport *report);

/* Makes room for a map's `length` entries and the index that large ones have behind them. */
SatsEntry *sats_yaml_new_entries(SatsArena *arena, SatsValue *map);
/* Fills the index, when the entries are there: at most so many as there is room for. */
void sats_yaml_index(SatsValue *map);
const SatsEntry *sats_yaml_index_find(const SatsEntry *entries, guint32 n_entries, const char *key);

#endif
