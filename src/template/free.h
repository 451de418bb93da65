/* template/free.h: the shape of free tables and free sections in a plan's data.
 *
 * Declarations of the types `table` and `blocks` say no more; what such a value holds is the same
 * in every plan and declared here, as if a template had.
 */
#ifndef SATS_TEMPLATE_FREE_H
#define SATS_TEMPLATE_FREE_H

#include "template/template.h"

#define SATS_FREE_TITLE    "rubrik"
#define SATS_FREE_ID       "id"
#define SATS_FREE_TEXT     "text"
#define SATS_FREE_TABLE    "tabell"
#define SATS_FREE_SECTIONS "underavsnitt"
#define SATS_FREE_UNIT     "enhet"
#define SATS_FREE_COLUMNS  "kolumner"
#define SATS_FREE_ROWS     "rader"
#define SATS_FREE_NOTES    "noter"

/* A MAP: {rubrik, enhet, id, kolumner: [line], rader: [[amount]], noter: [line]}. */
const SatsDecl *sats_free_table_decl(void);
/* A LIST of MAPs: {rubrik, id, text, tabell, underavsnitt}. */
const SatsDecl *sats_free_sections_decl(void);

#endif
