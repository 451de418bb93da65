/* The shape of free tables and free sections, as declarations. */
#include "template/free.h"

#define KEY(variable, key, kind) static SatsDecl variable = {.name = key, .type = kind}
#define LIST(variable, key, of)                                                                    \
    static SatsDecl variable = {.name = key, .type = SATS_TYPE_LIST, .item = of}
#define MAP(variable, of)                                                                          \
    static SatsDecl variable = {.type = SATS_TYPE_MAP, .keys = of, .n_keys = G_N_ELEMENTS(of)}

static SatsDecl any = {.type = SATS_TYPE_ANY};
static SatsDecl amount = {.type = SATS_TYPE_AMOUNT};
KEY(title, "rubrik", SATS_TYPE_LINE);
KEY(id, "id", SATS_TYPE_ID);
KEY(numbered, "numrerad", SATS_TYPE_BOOL);

/* ---- tables ---- */

static const char *align_choices[] = {"vänster", "höger", "mitten", "decimal", NULL};
KEY(upper, "under", SATS_TYPE_LINE);
KEY(width, "bredd", SATS_TYPE_ID);
static SatsDecl align = {.name = "justering", .type = SATS_TYPE_CHOICE, .choices = align_choices};
KEY(key, "nyckel", SATS_TYPE_BOOL);
KEY(summed, "summeras", SATS_TYPE_BOOL);
static SatsDecl *column_keys[] = {&title, &upper, &width, &align, &key, &summed};
MAP(column, column_keys);

LIST(cells, "celler", &amount);
LIST(subtotal, "delsumma", &amount);
LIST(total, "summa", &amount);
LIST(result, "resultat", &amount);
KEY(group, "grupp", SATS_TYPE_LINE);
KEY(row_text, "text", SATS_TYPE_LINE);
static SatsDecl *row_keys[] = {&cells, &subtotal, &total, &result, &group, &row_text};
MAP(row, row_keys);

KEY(mark, "märke", SATS_TYPE_ID);
static SatsDecl note_text = {.name = "text", .type = SATS_TYPE_LINE, .required = TRUE};
static SatsDecl *note_keys[] = {&mark, &note_text};
MAP(note, note_keys);

KEY(unit, "enhet", SATS_TYPE_LINE);
KEY(style, "stil", SATS_TYPE_ID);
static SatsDecl columns = {
    .name = "kolumner", .type = SATS_TYPE_LIST, .item = &any, .required = TRUE};
LIST(rows, "rader", &any);
LIST(notes, "noter", &any);
static SatsDecl *table_keys[] = {&title, &id, &unit, &style, &numbered, &columns, &rows, &notes};
MAP(table, table_keys);

/* ---- pictures ---- */

static SatsDecl picture_file = {.name = "fil", .type = SATS_TYPE_IMAGE, .required = TRUE};
KEY(alternative, "alternativtext", SATS_TYPE_ID);
static SatsDecl *picture_keys[] = {&picture_file, &title, &alternative, &id, &numbered};
static SatsDecl picture = {.name = "bild",
                           .type = SATS_TYPE_MAP,
                           .keys = picture_keys,
                           .n_keys = G_N_ELEMENTS(picture_keys)};

/* ---- sections ---- */

KEY(text, "text", SATS_TYPE_TEXT);
KEY(own_table, "tabell", SATS_TYPE_TABLE);
static SatsDecl table_item = {.type = SATS_TYPE_TABLE};
LIST(own_tables, "tabeller", &table_item);
KEY(sections, "underavsnitt", SATS_TYPE_BLOCKS);
KEY(in_contents, "innehåll", SATS_TYPE_BOOL);
KEY(new_page, "ny-sida", SATS_TYPE_BOOL);
KEY(page, "sida", SATS_TYPE_ID);
KEY(appendix, "bilaga", SATS_TYPE_BOOL);
KEY(number, "nummer", SATS_TYPE_ID);
static SatsDecl *section_keys[] = {&title,      &id,       &text,     &picture,     &own_table,
                                   &own_tables, &sections, &numbered, &in_contents, &new_page,
                                   &page,       &appendix, &number};
MAP(section, section_keys);
LIST(section_list, NULL, &section);

const SatsDecl *sats_free_table_decl(void) {
    return &table;
}

const SatsDecl *sats_free_column_decl(void) {
    return &column;
}

const SatsDecl *sats_free_row_decl(void) {
    return &row;
}

const SatsDecl *sats_free_note_decl(void) {
    return &note;
}

static const SatsValue *cells_of(const SatsValue *given, SatsArena *arena) {
    const SatsValue **items = sats_arena_new_array(arena, const SatsValue *, given->length);
    for (guint32 i = 0; i < given->length; i++)
        items[i] = given->as.entries[i].value;
    SatsValue *list = sats_arena_new_struct(arena, SatsValue);
    list->kind = SATS_VALUE_LIST;
    list->place = given->place;
    list->length = given->length;
    list->as.items = items;
    return list;
}

const SatsValue *sats_free_rows(const SatsValue *map, SatsArena *arena) {
    const SatsValue *given = sats_value_lookup(map, rows.name);
    if (!given || given->kind != SATS_VALUE_LIST || !given->tag)
        return given;
    const SatsValue **items = sats_arena_new_array(arena, const SatsValue *, given->length);
    for (guint32 i = 0; i < given->length; i++)
        items[i] = cells_of(given->as.items[i], arena);
    SatsValue *list = sats_arena_memdup(arena, given, sizeof *given);
    list->as.items = items;
    return list;
}

const SatsValue *sats_free_columns(const SatsValue *map) {
    const SatsValue *given = sats_value_lookup(map, columns.name);
    return given && given->kind == SATS_VALUE_LIST ? given : NULL;
}

gboolean sats_free_column_is_key(const SatsValue *list, guint index) {
    gboolean others = FALSE;
    for (guint32 i = 0; list && i < list->length; i++) {
        const SatsValue *item = list->as.items[i];
        gboolean own = FALSE;
        if (item->kind != SATS_VALUE_MAP ||
            !sats_value_bool(sats_value_lookup(item, key.name), &own) || !own)
            continue;
        if (i == index)
            return TRUE;
        others = TRUE;
    }
    return !others && index == 0 && list && list->length > 1;
}

const SatsValue *sats_free_column_head(const SatsValue *value) {
    const SatsValue *head =
        value->kind == SATS_VALUE_MAP ? sats_value_lookup(value, title.name) : value;
    return head && head->kind == SATS_VALUE_TEXT ? head : NULL;
}

const SatsValue *sats_free_column_upper(const SatsValue *value) {
    const SatsValue *head =
        value->kind == SATS_VALUE_MAP ? sats_value_lookup(value, upper.name) : NULL;
    return head && head->kind == SATS_VALUE_TEXT && !sats_value_is_empty(head) ? head : NULL;
}

gboolean sats_free_column_is_summed(const SatsValue *value) {
    gboolean flag;
    const SatsValue *given =
        value->kind == SATS_VALUE_MAP ? sats_value_lookup(value, summed.name) : NULL;
    return !sats_value_bool(given, &flag) || flag;
}

const SatsValue *sats_free_row_cells(const SatsValue *value, SatsRowKind *out_kind) {
    static const struct {
        const SatsDecl *decl;
        SatsRowKind kind;
    } kinds[] = {{&cells, SATS_ROW_BODY},
                 {&subtotal, SATS_ROW_SUBTOTAL},
                 {&total, SATS_ROW_TOTAL},
                 {&result, SATS_ROW_RESULT}};
    *out_kind = SATS_ROW_BODY;
    if (value->kind != SATS_VALUE_MAP)
        return value->kind == SATS_VALUE_LIST ? value : NULL;
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const SatsValue *given = sats_value_lookup(value, kinds[i].decl->name);
        if (given && given->kind == SATS_VALUE_LIST) {
            *out_kind = kinds[i].kind;
            return given;
        }
    }
    if (sats_value_lookup(value, group.name))
        *out_kind = SATS_ROW_GROUP;
    return NULL;
}

const SatsDecl *sats_free_sections_decl(void) {
    return &section_list;
}
