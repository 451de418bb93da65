/* engine/changes-numbers.c: the values of a plan as its pages print them: numbers, and text without
 * the asterisks of bold and italic type. */
#include "bind/plain.h"
#include "engine/changes.h"
#include "template/describe.h"
#include "template/eval.h"
#include "template/filter.h"
#include "template/free.h"

#define MAX_DEPTH 64U

typedef struct {
    GHashTable *numbers; /* SatsValue → its text, of the arena */
    SatsArena *arena;
    guint depth;
} Finder;

static void find(Finder *finder, const SatsDecl *decl, const SatsValue *value);

static void find_marks(Finder *finder, const SatsDecl *decl, const SatsValue *value) {
    gboolean marked = decl->type == SATS_TYPE_TEXT || decl->type == SATS_TYPE_LINE ||
                      decl->type == SATS_TYPE_AMOUNT || decl->type == SATS_TYPE_ANY;
    g_autofree char *text = marked ? sats_plain_text(value->as.text, value->length) : NULL;
    if (text != NULL) {
        g_hash_table_insert(finder->numbers, (gpointer)(guintptr)value,
                            sats_arena_strdup(finder->arena, text));
    }
}

static void find_number(Finder *finder, const SatsDecl *decl, const SatsValue *value) {
    SatsResult result = {0};
    sats_value_result(value, decl, finder->arena, &result);
    if (result.kind != SATS_RESULT_NUMBER) {
        find_marks(finder, decl, value);
    } else {
        g_hash_table_insert(finder->numbers, (gpointer)(guintptr)value,
                            (gpointer)(guintptr)sats_result_text(&result, finder->arena));
    }
}

/* Of a table of the plan's own: what is written as a number, but for what names its row. */
static void find_in_table(Finder *finder, const SatsValue *table) {
    static const SatsDecl AMOUNT = {.type = SATS_TYPE_AMOUNT};
    const SatsValue *columns = sats_free_columns(table);
    const SatsValue *rows = sats_free_rows(table, finder->arena);
    for (guint32 i = 0; rows != NULL && rows->kind == SATS_VALUE_LIST && i < rows->length; i++) {
        SatsRowKind kind;
        const SatsValue *cells = sats_free_row_cells(rows->as.items[i], &kind);
        for (guint32 c = 0; cells != NULL && c < cells->length; c++) {
            const SatsValue *cell = cells->as.items[c];
            if (cell->kind == SATS_VALUE_TEXT && !cell->quoted &&
                !sats_free_column_is_key(columns, c)) {
                find_number(finder, &AMOUNT, cell);
            } else if (cell->kind == SATS_VALUE_TEXT) {
                find_marks(finder, &AMOUNT, cell);
            }
        }
    }
}

static void find_inside(Finder *finder, const SatsDecl *decl, const SatsValue *value) {
    if (decl->type == SATS_TYPE_BLOCKS) {
        decl = sats_free_sections_decl();
    }
    if (decl->type == SATS_TYPE_TABLE && value->kind == SATS_VALUE_MAP) {
        find_in_table(finder, value);
    }
    for (guint32 i = 0; value->kind == SATS_VALUE_LIST && i < value->length; i++) {
        find(finder, decl->item, value->as.items[i]);
    }
    for (guint32 i = 0; value->kind == SATS_VALUE_MAP && i < value->length; i++) {
        const SatsEntry *entry = &value->as.entries[i];
        find(finder, sats_decl_key(decl, entry->key), entry->value);
    }
}

static void find(Finder *finder, const SatsDecl *decl, const SatsValue *value) {
    if (decl == NULL || value == NULL || finder->depth >= MAX_DEPTH) {
        return;
    }
    finder->depth++;
    if (value->kind == SATS_VALUE_TEXT) {
        find_number(finder, decl, value);
    } else {
        find_inside(finder, decl, value);
    }
    finder->depth--;
}

void sats_changes_numbers(const SatsDecl *data, const SatsValue *root, SatsArena *arena,
                          GHashTable *numbers) {
    Finder finder = {numbers, arena, 0};
    find(&finder, data, root);
}
