/* engine/changes-align.c: walks the old and the new document side by side.
 *
 * The children of two nodes that belong together are paired: those that read the same, wherever
 * they stand, then those that are most alike; cells by their column. A pair is walked in turn. What
 * only the new one has is all new; what only the old one had is put in, struck, where a paragraph,
 * an item or a row can be put without disturbing what is around it, else told by a bar and the
 * table in front.
 */
#include <string.h>

#include "data/pair.h"
#include "data/words.h"
#include "engine/changes.h"

#define MAX_LIKENESS_PAIRS 10000U
#define LEAST_LIKENESS     0.35
#define NONE               SATS_UNPAIRED

/* What a document's nodes read as, before anything is marked: all of it, one after the other, and
 * where in it each node's stands. */
typedef struct {
    GString *all;
    GHashTable *spans; /* SatsNode → Span */
    SatsArena *arena;
} Texts;

typedef struct {
    gsize start, length;
} Span;

typedef struct {
    SatsDocument *document; /* the new one */
    Texts old_texts, new_texts;
} Aligner;

typedef struct {
    SatsNode *node;
    char *text;
    guint hash;
    guint other; /* index among the other's; NONE */
} Child;

static void align(Aligner *aligner, const SatsNode *old_node, SatsNode *new_node);

/* ---- what reads ---- */

/* Space, breaks and lists of contents are not what the plan says. */
static gboolean is_compared(const SatsNode *node) {
    return !sats_node_is_inline(node) && node->kind != SATS_NODE_SPACE &&
           node->kind != SATS_NODE_BREAK && node->kind != SATS_NODE_CONTENTS;
}

static void add_text(Texts *texts, const SatsNode *node) {
    Span *span = sats_arena_new_struct(texts->arena, Span);
    span->start = texts->all->len;
    if (node->n_runs > 0) {
        g_autofree char *text = sats_changes_text(node);
        g_string_append(texts->all, text);
    }
    if (node->kind == SATS_NODE_FIGURE && node->alt != NULL) {
        g_string_append(texts->all, node->alt);
    }
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        if (is_compared(child)) {
            g_string_append_c(texts->all, ' ');
            add_text(texts, child);
        }
    }
    span->length = texts->all->len - span->start;
    g_hash_table_insert(texts->spans, (gpointer)(gsize)node, span);
}

static Texts texts_of(const SatsDocument *document) {
    Texts texts = {g_string_new(NULL), g_hash_table_new(NULL, NULL), sats_arena_new()};
    add_text(&texts, document->root);
    return texts;
}

static void texts_clear(Texts *texts) {
    g_string_free(texts->all, TRUE);
    g_hash_table_unref(texts->spans);
    sats_arena_free(texts->arena);
}

/* Caller frees. */
static char *text_of(const Texts *texts, const SatsNode *node) {
    const Span *span = g_hash_table_lookup(texts->spans, node);
    return g_strndup(texts->all->str + span->start, span->length);
}

static void child_clear(gpointer data) {
    g_free(((Child *)data)->text);
}

static GArray *children_of(const Texts *texts, const SatsNode *parent) {
    GArray *list = g_array_new(FALSE, FALSE, sizeof(Child));
    g_array_set_clear_func(list, child_clear);
    for (SatsNode *node = parent->first_child; node != NULL; node = node->next) {
        if (!is_compared(node)) {
            continue;
        }
        Child child = {node, text_of(texts, node), 0, NONE};
        child.hash = g_str_hash(child.text) * 64U + node->kind;
        g_array_append_val(list, child);
    }
    return list;
}

static Child *child_at(const GArray *list, guint index) {
    return &g_array_index(list, Child, index);
}

static gboolean reads_same(const Child *a, const Child *b) {
    return a->hash == b->hash && a->node->kind == b->node->kind && g_str_equal(a->text, b->text);
}

/* ---- pairing ---- */

static void pair(GArray *old_list, guint i, GArray *new_list, guint j) {
    child_at(old_list, i)->other = j;
    child_at(new_list, j)->other = i;
}

static void pair_ends(GArray *old_list, GArray *new_list) {
    guint n = MIN(old_list->len, new_list->len);
    if (n > 0 && child_at(old_list, 0)->node->kind == SATS_NODE_HEADING &&
        child_at(new_list, 0)->node->kind == SATS_NODE_HEADING) {
        pair(old_list, 0, new_list, 0); /* a section's heading, whatever it says */
    }
    guint head = 0;
    while (head < n && child_at(old_list, head)->other == head) {
        head++;
    }
    while (head < n && reads_same(child_at(old_list, head), child_at(new_list, head))) {
        pair(old_list, head, new_list, head);
        head++;
    }
    for (guint tail = 1; head + tail <= n; tail++) {
        guint i = old_list->len - tail;
        guint j = new_list->len - tail;
        if (!reads_same(child_at(old_list, i), child_at(new_list, j))) {
            break;
        }
        pair(old_list, i, new_list, j);
    }
}

/* First to first, of those that read the same. */
static void pair_same(GArray *old_list, GArray *new_list) {
    g_autoptr(GHashTable) first =
        g_hash_table_new(NULL, NULL); /* hash → index + 1 of the first one unpaired */
    g_autofree guint *next =
        g_new0(guint, (gsize)old_list->len + 1); /* the same, of the one after */
    for (guint i = old_list->len; i-- > 0;) {
        gpointer hash = GUINT_TO_POINTER(child_at(old_list, i)->hash);
        if (child_at(old_list, i)->other == NONE) {
            next[i] = GPOINTER_TO_UINT(g_hash_table_lookup(first, hash));
            g_hash_table_insert(first, hash, GUINT_TO_POINTER(i + 1));
        }
    }
    for (guint j = 0; j < new_list->len; j++) {
        Child *child = child_at(new_list, j);
        gpointer hash = GUINT_TO_POINTER(child->hash);
        guint found = child->other != NONE ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(first, hash));
        if (found > 0 && reads_same(child_at(old_list, found - 1), child)) {
            pair(old_list, found - 1, new_list, j);
            g_hash_table_insert(first, hash, GUINT_TO_POINTER(next[found - 1]));
        }
    }
}

/* A section, table or figure is known by its title. */
static const SatsNode *title_of(const SatsNode *node) {
    const SatsNode *first = node->first_child;
    gboolean titled =
        first != NULL && (first->kind == SATS_NODE_HEADING || first->kind == SATS_NODE_CAPTION);
    return titled ? first : NULL;
}

static gboolean same_title(const Child *a, const Child *b) {
    const SatsNode *old_title = title_of(a->node);
    const SatsNode *new_title = title_of(b->node);
    if (a->node->kind != b->node->kind || old_title == NULL || new_title == NULL) {
        return FALSE;
    }
    g_autofree char *x = sats_changes_text(old_title);
    g_autofree char *y = sats_changes_text(new_title);
    return g_str_equal(x, y);
}

/* What has one title belongs together, however much of it is new. */
static void pair_titled(GArray *old_list, GArray *new_list) {
    guint64 compared = 0;
    for (guint j = 0; j < new_list->len; j++) {
        for (guint i = 0; i < old_list->len && child_at(new_list, j)->other == NONE; i++) {
            if (child_at(old_list, i)->other == NONE && compared++ <= MAX_LIKENESS_PAIRS &&
                same_title(child_at(old_list, i), child_at(new_list, j))) {
                pair(old_list, i, new_list, j);
            }
        }
    }
}

/* 0 when it is not above `least`. */
static double likeness(const Child *a, const Child *b, double least) {
    if (a->node->kind != b->node->kind) {
        return 0;
    }
    return sats_words_likeness(a->text, strlen(a->text), b->text, strlen(b->text), least);
}

/* The one most like each new child, in turn; of several the first. */
static void pair_alike(GArray *old_list, GArray *new_list) {
    guint64 compared = 0;
    for (guint j = 0; j < new_list->len; j++) {
        double best = LEAST_LIKENESS;
        guint best_index = NONE;
        for (guint i = 0; i < old_list->len && child_at(new_list, j)->other == NONE; i++) {
            if (child_at(old_list, i)->other != NONE || compared++ > MAX_LIKENESS_PAIRS) {
                continue;
            }
            double how = likeness(child_at(old_list, i), child_at(new_list, j), best);
            if (how > best) {
                best = how;
                best_index = i;
            }
        }
        if (best_index != NONE) {
            pair(old_list, best_index, new_list, j);
        }
    }
}

/* What is of a kind between two pairs goes together in turn, when there is one of each. */
static void pair_alone(GArray *old_list, GArray *new_list) {
    for (guint j = 0; j < new_list->len; j++) {
        Child *child = child_at(new_list, j);
        guint i = j == 0                                     ? 0
                  : child_at(new_list, j - 1)->other == NONE ? NONE
                                                             : child_at(new_list, j - 1)->other + 1;
        gboolean container = child->node->n_runs == 0 && child->node->kind != SATS_NODE_ROW &&
                             child->node->kind != SATS_NODE_SECTION;
        if (child->other == NONE && container && i != NONE && i < old_list->len &&
            child_at(old_list, i)->other == NONE &&
            child_at(old_list, i)->node->kind == child->node->kind) {
            pair(old_list, i, new_list, j);
        }
    }
}

/* Cells by column; what has fixed parts by their order. */
static void pair_in_order(GArray *old_list, GArray *new_list, gboolean cells) {
    for (guint j = 0; j < new_list->len; j++) {
        for (guint i = 0; i < old_list->len; i++) {
            const Child *a = child_at(old_list, i);
            const Child *b = child_at(new_list, j);
            gboolean fits =
                cells && a->node->kind == SATS_NODE_CELL && b->node->kind == SATS_NODE_CELL
                    ? a->node->as.cell->column == b->node->as.cell->column
                    : a->node->kind == b->node->kind;
            if (fits && a->other == NONE && b->other == NONE) {
                pair(old_list, i, new_list, j);
            }
        }
    }
}

/* A key figure is a group of three paragraphs. */
static gboolean is_tile(const SatsNode *node) {
    return node->kind == SATS_NODE_GROUP && node->parent != NULL &&
           node->parent->kind == SATS_NODE_TILES;
}

static gboolean has_fixed_parts(const SatsNode *node) {
    return is_tile(node) || node->kind == SATS_NODE_ROW || node->kind == SATS_NODE_TABLE ||
           node->kind == SATS_NODE_ITEM || node->kind == SATS_NODE_FIELD ||
           node->kind == SATS_NODE_PARTY || node->kind == SATS_NODE_COLUMNS;
}

/* ---- new and gone ---- */

static void mark_row(SatsNode *node) {
    for (; node != NULL; node = node->parent) {
        if (node->kind == SATS_NODE_ROW) {
            node->changed = 1;
        }
    }
}

static void mark_new(Aligner *aligner, SatsNode *node) {
    if (node->kind == SATS_NODE_FIGURE) {
        node->changed = 1;
    }
    if (node->n_runs > 0 && node->kind != SATS_NODE_LABEL) {
        sats_changes_mark_words(aligner->document, node, NULL);
    }
    for (SatsNode *child = node->first_child; child != NULL; child = child->next) {
        if (is_compared(child)) {
            mark_new(aligner, child);
        }
    }
    mark_row(node);
}

/* Moves `node`, which was made last, after `tail`, to stand after `before` (NULL: first). */
static void put_after(SatsNode *parent, SatsNode *before, SatsNode *tail, SatsNode *node) {
    if (tail == NULL || tail == before) {
        return;
    }
    tail->next = NULL;
    parent->last_child = tail;
    node->next = before == NULL ? parent->first_child : before->next;
    if (before == NULL) {
        parent->first_child = node;
    } else {
        before->next = node;
    }
}

static SatsNode *copy_gone(Aligner *aligner, SatsNode *parent, const SatsNode *old_node) {
    SatsNode *copy =
        sats_node_new(aligner->document, parent, (SatsNodeKind)old_node->kind, parent->place);
    copy->role = old_node->role;
    copy->style = sats_arena_strdup(aligner->document->arena, old_node->style);
    copy->changed = 1;
    if (old_node->kind == SATS_NODE_CELL) {
        const SatsCell *cell = old_node->as.cell;
        copy->as.cell->column = cell->column;
        copy->as.cell->column_span = cell->column_span;
        copy->as.cell->align = cell->align;
        copy->as.cell->scope = cell->scope;
    } else if (old_node->kind == SATS_NODE_ROW) {
        copy->as.row->kind = old_node->as.row->kind;
        copy->as.row->rule_above = old_node->as.row->rule_above;
    }
    if (old_node->n_runs > 0) {
        sats_changes_mark_gone(aligner->document, copy, old_node);
    }
    for (const SatsNode *child = old_node->first_child; child != NULL; child = child->next) {
        if (is_compared(child)) {
            copy_gone(aligner, copy, child);
        }
    }
    return copy;
}

/* Every cell of the group is one row high, holds text, and needs no ids. */
static gboolean is_plain_group(const SatsNode *group) {
    for (const SatsNode *row = group->first_child; row != NULL; row = row->next) {
        for (const SatsNode *cell = row->first_child; cell != NULL; cell = cell->next) {
            if (cell->as.cell->row_span > 1 || cell->as.cell->headers != NULL ||
                cell->as.cell->header_id != NULL) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static gboolean holds_only_text(const SatsNode *node) {
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        gboolean text = sats_node_is_inline(child) || child->kind == SATS_NODE_PARAGRAPH ||
                        child->kind == SATS_NODE_LABEL || child->kind == SATS_NODE_BODY ||
                        child->kind == SATS_NODE_CELL;
        if (!text || !holds_only_text(child)) {
            return FALSE;
        }
    }
    return TRUE;
}

static const SatsTable *table_of(const SatsNode *group) {
    return group->parent != NULL && group->parent->kind == SATS_NODE_TABLE ? group->parent->as.table
                                                                           : NULL;
}

/* May rows of the one group be put into the other? */
static gboolean rows_fit(const SatsNode *old_group, const SatsNode *group) {
    const SatsTable *before = old_group->kind == SATS_NODE_ROW_GROUP ? table_of(old_group) : NULL;
    const SatsTable *after = group->kind == SATS_NODE_ROW_GROUP ? table_of(group) : NULL;
    return before != NULL && after != NULL && before->n_columns == after->n_columns &&
           is_plain_group(group) && is_plain_group(old_group);
}

static gboolean can_be_put_back(const SatsNode *old_node, const SatsNode *parent,
                                gboolean fitting_rows) {
    if (old_node->kind == SATS_NODE_ROW) {
        return fitting_rows && holds_only_text(old_node);
    }
    gboolean item = old_node->kind == SATS_NODE_ITEM && parent->kind == SATS_NODE_LIST;
    gboolean paragraph =
        old_node->kind == SATS_NODE_PARAGRAPH &&
        (parent->kind == SATS_NODE_SECTION ||
         (parent->kind == SATS_NODE_GROUP && !is_tile(parent)) || parent->kind == SATS_NODE_BODY);
    return (item || paragraph) && holds_only_text(old_node);
}

/* After the node that what stood before it became. */
static void put_gone(Aligner *aligner, const GArray *old_list, guint i, const GArray *new_list,
                     SatsNode *parent, gboolean fitting_rows, SatsNode **last) {
    const SatsNode *old_node = child_at(old_list, i)->node;
    SatsNode *before = i > 0 && child_at(old_list, i - 1)->other != NONE
                           ? child_at(new_list, child_at(old_list, i - 1)->other)->node
                       : i > 0 ? *last
                               : NULL;
    if (!can_be_put_back(old_node, parent, fitting_rows)) {
        SatsNode *beside = before != NULL      ? before
                           : new_list->len > 0 ? child_at(new_list, 0)->node
                                               : parent;
        beside->changed = 1;
        mark_row(beside);
        *last = before;
        return;
    }
    SatsNode *tail = parent->last_child;
    SatsNode *copy = copy_gone(aligner, parent, old_node);
    put_after(parent, before, tail, copy);
    *last = copy;
}

/* ---- the walk ---- */

static void mark_moved(const GArray *new_list) {
    g_autofree guint *old_of = g_new(guint, (gsize)new_list->len + 1);
    g_autofree gboolean *moved = g_new0(gboolean, (gsize)new_list->len + 1);
    for (guint j = 0; j < new_list->len; j++) {
        old_of[j] = child_at(new_list, j)->other;
    }
    sats_find_moves(old_of, new_list->len, moved);
    for (guint j = 0; j < new_list->len; j++) {
        child_at(new_list, j)->node->changed =
            (guint8)(child_at(new_list, j)->node->changed | (moved[j] ? 1 : 0));
    }
}

static void align_children(Aligner *aligner, const SatsNode *old_node, SatsNode *new_node) {
    g_autoptr(GArray) old_list = children_of(&aligner->old_texts, old_node);
    g_autoptr(GArray) new_list = children_of(&aligner->new_texts, new_node);
    if (has_fixed_parts(new_node)) {
        pair_in_order(old_list, new_list, new_node->kind == SATS_NODE_ROW);
    } else {
        pair_ends(old_list, new_list);
        pair_same(old_list, new_list);
        pair_titled(old_list, new_list);
        pair_alike(old_list, new_list);
        pair_alone(old_list, new_list);
        mark_moved(new_list);
    }
    for (guint j = 0; j < new_list->len; j++) {
        const Child *child = child_at(new_list, j);
        if (child->other == NONE) {
            mark_new(aligner, child->node);
        } else if (!reads_same(child_at(old_list, child->other), child)) {
            align(aligner, child_at(old_list, child->other)->node, child->node);
        }
    }
    SatsNode *last = NULL;
    gboolean fitting_rows = rows_fit(old_node, new_node);
    for (guint i = 0; i < old_list->len; i++) {
        if (child_at(old_list, i)->other == NONE) {
            put_gone(aligner, old_list, i, new_list, new_node, fitting_rows, &last);
        }
    }
}

static void align(Aligner *aligner, const SatsNode *old_node, SatsNode *new_node) {
    if (new_node->kind == SATS_NODE_FIGURE) {
        new_node->changed = g_strcmp0(old_node->alt, new_node->alt) != 0;
    }
    if (new_node->kind == SATS_NODE_LABEL) {
        return;
    }
    if (new_node->n_runs > 0 && sats_changes_mark_words(aligner->document, new_node, old_node)) {
        mark_row(new_node);
    }
    if (new_node->n_runs == 0 && old_node->n_runs > 0) {
        new_node->changed = 1;
        mark_row(new_node);
    }
    align_children(aligner, old_node, new_node);
}

/* Rows that were put back are counted. */
static void count_rows(SatsNode *node) {
    if (node->kind == SATS_NODE_TABLE) {
        guint index = 0;
        for (SatsNode *group = node->first_child; group != NULL; group = group->next) {
            for (SatsNode *row = group->kind == SATS_NODE_ROW_GROUP ? group->first_child : NULL;
                 row != NULL; row = row->next) {
                row->as.row->index = index++;
            }
        }
        node->as.table->n_rows = index;
    }
    for (SatsNode *child = node->first_child; child != NULL; child = child->next) {
        count_rows(child);
    }
}

void sats_changes_align(const SatsDocument *old_document, SatsDocument *new_document) {
    Aligner aligner = {new_document, texts_of(old_document), texts_of(new_document)};
    align(&aligner, old_document->root, new_document->root);
    texts_clear(&aligner.old_texts);
    texts_clear(&aligner.new_texts);
    count_rows(new_document->root);
}
