/* engine/changes-front.c: the table of changes in a marked document. */
#include <string.h>

#include "data/words.h"
#include "engine/changes.h"

#define CONTEXT_CHARACTERS 30
#define VALUE_CHARACTERS   200U

typedef struct {
    SatsDocument *document;
    gboolean swedish;
    GHashTable *numbers; /* by SatsValue: as the pages print them */
    const SatsChangePlaces *places;
} Maker;

static const char *say(const Maker *maker, const char *english, const char *swedish) {
    return maker->swedish ? swedish : english;
}

static void add_text(Maker *maker, SatsNode *block, const char *text, guint16 flags) {
    SatsArena *arena = maker->document->arena;
    if (*text == '\0') {
        return;
    }
    SatsRun *runs = sats_arena_new_array(arena, SatsRun, block->n_runs + 1);
    if (block->n_runs > 0) {
        memcpy(runs, block->runs, block->n_runs * sizeof(SatsRun));
    }
    SatsRun *run = &runs[block->n_runs++];
    run->text = sats_arena_strdup(arena, text);
    run->length = (guint32)strlen(text);
    run->flags = flags;
    block->runs = runs;
}

/* ---- what a row says ---- */

/* Words that both sides have: some of them beside what differs, whole words only. */
static void add_kept(GString *out, const char *text, gsize length, gboolean first, gboolean last) {
    glong characters = g_utf8_strlen(text, (gssize)length);
    if (characters <= 2L * CONTEXT_CHARACTERS) {
        g_string_append_len(out, text, (gssize)length);
        return;
    }
    if (!first) {
        const char *end = g_utf8_offset_to_pointer(text, CONTEXT_CHARACTERS);
        const char *space = g_strrstr_len(text, end - text, " ");
        g_string_append_len(out, text, (space != NULL ? space + 1 : end) - text);
    }
    g_string_append(out, "…");
    if (!last) {
        const char *tail = g_utf8_offset_to_pointer(text, characters - CONTEXT_CHARACTERS);
        const char *space = memchr(tail, ' ', length - (gsize)(tail - text));
        tail = space != NULL ? space : tail;
        g_string_append_len(out, tail, (gssize)(length - (gsize)(tail - text)));
    }
}

static const char *printed(const Maker *maker, const SatsValue *text) {
    const char *found = g_hash_table_lookup(maker->numbers, text);
    return found != NULL ? found : text->as.text;
}

/* The words of `own` that `other` has not, with some of what stands around them. */
static char *excerpt(const Maker *maker, const SatsValue *own_value, const SatsValue *other_value) {
    GString *out = g_string_new(NULL);
    const char *own = printed(maker, own_value);
    const char *other = printed(maker, other_value);
    g_autoptr(GArray) words = sats_words_diff(other, strlen(other), own, strlen(own));
    for (guint i = 0; i < words->len; i++) {
        const SatsWords *item = &g_array_index(words, SatsWords, i);
        const char *text = own + item->start;
        if (item->kind == SATS_WORDS_KEPT) {
            add_kept(out, text, item->length, i == 0, i + 1 == words->len);
        } else if (item->kind == SATS_WORDS_INSERTED) {
            g_string_append_len(out, text, item->length);
        }
    }
    g_string_replace(out, "\n- ", " • ", 0);
    g_strdelimit(out->str, "\r\n\t", ' ');
    return g_string_free(out, FALSE);
}

static char *side(const Maker *maker, const SatsChange *change, gboolean old_side) {
    const SatsValue *own = old_side ? change->old_value : change->new_value;
    const SatsValue *other = old_side ? change->new_value : change->old_value;
    if (change->kind == SATS_CHANGE_MOVED && change->old_path != NULL) {
        return sats_change_holder(old_side ? change->old_path : change->path);
    }
    if (change->kind == SATS_CHANGE_MOVED) {
        return g_strdup_printf("%u", old_side ? change->old_index : change->new_index);
    }
    if (change->kind == SATS_CHANGE_CHANGED && own->kind == SATS_VALUE_TEXT &&
        other->kind == SATS_VALUE_TEXT && own->length + other->length > VALUE_CHARACTERS / 2) {
        return excerpt(maker, own, other);
    }
    return sats_value_summary(own, VALUE_CHARACTERS, maker->numbers);
}

static const char *kind_word(const Maker *maker, SatsChangeKind kind) {
    static const char *const ENGLISH[] = {"added", "removed", "changed", "moved"};
    static const char *const SWEDISH[] = {"tillagt", "borttaget", "ändrat", "flyttat"};
    return (maker->swedish ? SWEDISH : ENGLISH)[kind];
}

/* ---- the table ---- */

static SatsNode *add_row(Maker *maker, SatsNode *table, SatsNode *group, SatsRowKind kind) {
    SatsNode *row = sats_node_new(maker->document, group, SATS_NODE_ROW, (SatsPlace){0});
    row->as.row->kind = kind;
    row->as.row->index = table->as.table->n_rows++;
    row->as.row->rule_above = kind == SATS_ROW_BODY ? SATS_RULE_HAIR : SATS_RULE_NONE;
    return row;
}

static SatsNode *add_cell(Maker *maker, SatsNode *row, guint16 column, const char *text,
                          SatsScope scope) {
    SatsNode *cell = sats_node_new(maker->document, row, SATS_NODE_CELL, (SatsPlace){0});
    cell->as.cell->column = column;
    cell->as.cell->scope = scope;
    cell->role = scope != SATS_SCOPE_NONE ? SATS_ROLE_TH : SATS_ROLE_TD;
    add_text(maker, cell, text, 0);
    return cell;
}

static void add_head(Maker *maker, SatsNode *table) {
    const char *const TITLES[] = {say(maker, "Where", "Var"), say(maker, "What", "Vad"),
                                  say(maker, "Before", "Tidigare"), say(maker, "Now", "Nu")};
    SatsNode *group = sats_node_new(maker->document, table, SATS_NODE_ROW_GROUP, (SatsPlace){0});
    group->as.row_group->kind = SATS_ROWS_HEAD;
    group->role = SATS_ROLE_THEAD;
    SatsNode *row = add_row(maker, table, group, SATS_ROW_HEAD);
    row->as.row->keep_with_next = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(TITLES); i++) {
        add_cell(maker, row, (guint16)i, TITLES[i], SATS_SCOPE_COLUMN);
    }
}

static void add_change(Maker *maker, SatsNode *table, SatsNode *group, const SatsChange *change) {
    SatsNode *row = add_row(maker, table, group, SATS_ROW_BODY);
    g_autofree char *heading = NULL;
    g_autofree char *place = sats_change_where(maker->places, change, &heading);
    g_autofree char *before = side(maker, change, TRUE);
    g_autofree char *after = side(maker, change, FALSE);
    SatsNode *where = add_cell(maker, row, 0, "", SATS_SCOPE_ROW);
    add_text(maker, where, heading != NULL ? heading : "", SATS_RUN_SEMIBOLD);
    add_text(maker, where, place, 0);
    add_cell(maker, row, 1, kind_word(maker, change->kind), SATS_SCOPE_NONE);
    add_cell(maker, row, 2, before, SATS_SCOPE_NONE);
    add_cell(maker, row, 3, after, SATS_SCOPE_NONE);
}

static void add_table(Maker *maker, SatsNode *section, const SatsDiff *diff) {
    static const double SHARES[] = {3, 0, 4, 4};
    SatsNode *table = sats_node_new(maker->document, section, SATS_NODE_TABLE, (SatsPlace){0});
    SatsTable *data = table->as.table;
    data->n_columns = G_N_ELEMENTS(SHARES);
    data->columns = sats_arena_new_array(maker->document->arena, SatsTableColumn, data->n_columns);
    data->summary = say(maker, "What has changed, in the order of the document",
                        "Vad som har ändrats, i dokumentets ordning");
    for (guint i = 0; i < data->n_columns; i++) {
        data->columns[i].width_kind = SHARES[i] > 0 ? SATS_WIDTH_SHARE : SATS_WIDTH_CONTENT;
        data->columns[i].width = SHARES[i];
        data->columns[i].hyphenate = TRUE;
        data->columns[i].key = i == 0;
    }
    add_head(maker, table);
    SatsNode *body = sats_node_new(maker->document, table, SATS_NODE_ROW_GROUP, (SatsPlace){0});
    for (guint i = 0; i < diff->n_changes; i++) {
        add_change(maker, table, body, &diff->changes[i]);
    }
}

/* ---- the section ---- */

static void add_heading(Maker *maker, SatsNode *section) {
    const char *title = say(maker, "Changes", "Ändringar");
    SatsNode *heading = sats_node_new(maker->document, section, SATS_NODE_HEADING, (SatsPlace){0});
    heading->as.heading->level = 1;
    heading->as.heading->title = title;
    add_text(maker, heading, title, 0);
}

/* Takes the children from `section` on, which are the last, to before the first section: what
 * stands there is the first page. */
static void move_to_front(SatsNode *root, SatsNode *before, SatsNode *section) {
    SatsNode *front = NULL; /* the last child that stays before it */
    SatsNode *next = root->first_child;
    while (next != section && next->kind != SATS_NODE_SECTION) {
        front = next;
        next = next->next;
    }
    if (next == section || before == NULL) {
        return;
    }
    before->next = NULL;
    root->last_child->next = next;
    root->last_child = before;
    if (front != NULL) {
        front->next = section;
    } else {
        root->first_child = section;
    }
}

static void add_turn(Maker *maker) {
    SatsDocument *document = maker->document;
    SatsNode *turn = sats_node_new(document, document->root, SATS_NODE_BREAK, (SatsPlace){0});
    turn->as.page_break->page_kind = document->page_kind;
}

static void add_section(Maker *maker, const SatsDiff *diff) {
    SatsDocument *document = maker->document;
    SatsNode *section = sats_node_new(document, document->root, SATS_NODE_SECTION, (SatsPlace){0});
    section->as.section->level = 1;
    section->as.section->new_page = TRUE;
    add_heading(maker, section);
    SatsNode *text = sats_node_new(document, section, SATS_NODE_PARAGRAPH, (SatsPlace){0});
    if (diff->n_changes == 0) {
        add_text(maker, text, say(maker, "Nothing has changed.", "Inget har ändrats."), 0);
        return;
    }
    add_text(maker, text,
             say(maker,
                 "What has changed has a bar in the margin. Inserted words are underlined, "
                 "deleted words are struck through.",
                 "Det som har ändrats har ett streck i marginalen. Infogade ord är "
                 "understrukna, borttagna ord är överstrukna."),
             0);
    add_table(maker, section, diff);
}

void sats_changes_front(SatsDocument *document, const SatsDocument *old_document,
                        const SatsDiff *diff, GHashTable *numbers) {
    g_autoptr(SatsChangePlaces) places = sats_change_places_new(document, old_document);
    Maker maker = {document,
                   document->language == NULL || g_str_has_prefix(document->language, "sv"),
                   numbers, places};
    SatsNode *before = document->root->last_child;
    add_section(&maker, diff);
    SatsNode *section = before != NULL ? before->next : document->root->first_child;
    add_turn(&maker);
    move_to_front(document->root, before, section);
}
