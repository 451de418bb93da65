/* The shape of free tables and free sections, as declarations. */
#include "template/free.h"

#define DECL(variable, key, kind, ...)                                                             \
    static SatsDecl variable = {.name = key, .type = kind, __VA_ARGS__}

DECL(line, NULL, SATS_TYPE_LINE, .required = FALSE);
DECL(cell, NULL, SATS_TYPE_AMOUNT, .required = FALSE);
DECL(row, NULL, SATS_TYPE_LIST, .item = &cell);
DECL(title, SATS_FREE_TITLE, SATS_TYPE_LINE, .required = FALSE);
DECL(id, SATS_FREE_ID, SATS_TYPE_ID, .required = FALSE);
DECL(unit, SATS_FREE_UNIT, SATS_TYPE_LINE, .required = FALSE);
DECL(columns, SATS_FREE_COLUMNS, SATS_TYPE_LIST, .required = TRUE, .item = &line);
DECL(rows, SATS_FREE_ROWS, SATS_TYPE_LIST, .required = TRUE, .item = &row);
DECL(notes, SATS_FREE_NOTES, SATS_TYPE_LIST, .item = &line);
static SatsDecl *table_keys[] = {&title, &id, &unit, &columns, &rows, &notes};
static const SatsDecl table = {
    .type = SATS_TYPE_MAP, .keys = table_keys, .n_keys = G_N_ELEMENTS(table_keys)};

DECL(section_title, SATS_FREE_TITLE, SATS_TYPE_LINE, .required = TRUE, .example = "Våra egna mål");
DECL(text, SATS_FREE_TEXT, SATS_TYPE_TEXT, .required = FALSE);
DECL(section_table, SATS_FREE_TABLE, SATS_TYPE_TABLE, .required = FALSE);
DECL(sections, SATS_FREE_SECTIONS, SATS_TYPE_BLOCKS, .required = FALSE);
static SatsDecl *section_keys[] = {&section_title, &id, &text, &section_table, &sections};
static SatsDecl section = {
    .type = SATS_TYPE_MAP, .keys = section_keys, .n_keys = G_N_ELEMENTS(section_keys)};
static const SatsDecl section_list = {.type = SATS_TYPE_LIST, .item = &section};

const SatsDecl *sats_free_table_decl(void) {
    return &table;
}

const SatsDecl *sats_free_sections_decl(void) {
    return &section_list;
}
