/* engine/changes-mark.c: marks the words that came and went in one text block.
 *
 * A block's runs are laid end to end as *pieces*; the words are compared on that text, and the new
 * runs are cut out of the pieces. Each stretch is a span, whose replacement text says in words what
 * underline and strike say to the eye.
 */
#include <string.h>

#include "data/words.h"
#include "engine/changes.h"

#define CALL "\357\277\274" /* stands for what cannot be compared: a note's call, a page number */

typedef struct {
    const SatsRun *run;
    gsize start, length; /* in the text */
    gboolean whole;      /* is not cut, nor marked */
} Piece;

typedef struct {
    GString *text;
    GArray *pieces; /* Piece */
} Strip;

/* ---- a block as one text ---- */

static gboolean is_whole(const SatsRun *run) {
    return run->kind != SATS_RUN_TEXT ||
           (run->owner != NULL && run->owner->kind == SATS_NODE_REFERENCE);
}

/* Runs that begin a heading or caption and are its number. */
static guint number_runs(const SatsNode *block) {
    const SatsNode *parent = block->parent;
    const char *number = NULL;
    if (block->kind == SATS_NODE_HEADING && block->as.heading != NULL) {
        number = block->as.heading->number;
    } else if (block->kind == SATS_NODE_CAPTION && parent != NULL &&
               parent->kind == SATS_NODE_TABLE) {
        number = parent->as.table->number;
    } else if (block->kind == SATS_NODE_CAPTION && parent != NULL &&
               parent->kind == SATS_NODE_FIGURE) {
        number = parent->as.figure->number;
    }
    gboolean first = number != NULL && block->n_runs > 0 &&
                     block->runs[0].length >= strlen(number) &&
                     strncmp(block->runs[0].text, number, strlen(number)) == 0;
    return first ? 1 : 0;
}

static Strip strip_of(const SatsNode *block) {
    Strip strip = {g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(Piece))};
    for (guint i = number_runs(block); i < block->n_runs; i++) {
        const SatsRun *run = &block->runs[i];
        Piece piece = {run, strip.text->len, 0, is_whole(run)};
        if (run->kind == SATS_RUN_BREAK) {
            g_string_append_c(strip.text, ' ');
        } else if (piece.whole && run->kind != SATS_RUN_MARK) {
            g_string_append(strip.text, CALL);
        } else {
            g_string_append_len(strip.text, run->text, (gssize)run->length);
        }
        piece.length = strip.text->len - piece.start;
        g_array_append_val(strip.pieces, piece);
    }
    return strip;
}

static void strip_clear(Strip *strip) {
    g_string_free(strip->text, TRUE);
    g_array_unref(strip->pieces);
}

char *sats_changes_text(const SatsNode *block) {
    Strip strip = strip_of(block);
    g_array_unref(strip.pieces);
    return g_string_free(strip.text, FALSE);
}

/* ---- new runs ---- */

typedef struct {
    SatsDocument *document;
    SatsNode *block;
    GArray *runs; /* SatsRun */
    gboolean marked;
} Maker;

static gboolean is_swedish(const SatsDocument *document) {
    return document->language == NULL || g_str_has_prefix(document->language, "sv");
}

/* The words that a screen reader says in place of the stretch's own. */
static SatsNode *new_span(Maker *maker, gboolean deleted, const char *text, gsize length) {
    SatsNode *span =
        sats_node_new(maker->document, maker->block, SATS_NODE_SPAN, maker->block->place);
    gboolean swedish = is_swedish(maker->document);
    const char *word =
        deleted ? (swedish ? "struket" : "deleted") : (swedish ? "infogat" : "inserted");
    span->as.span->deleted = deleted;
    span->as.span->inserted = !deleted;
    span->alt = sats_arena_printf(maker->document->arena, "[%s: %.*s]", word, (int)length, text);
    return span;
}

/* Whole pieces by their start; of others what lies between. */
static void copy_pieces(Maker *maker, const Strip *strip, gsize start, gsize end, guint16 flags,
                        SatsNode *span) {
    for (guint i = 0; i < strip->pieces->len; i++) {
        const Piece *piece = &g_array_index(strip->pieces, Piece, i);
        gsize from = MAX(start, piece->start);
        gsize to = MIN(end, piece->start + piece->length);
        SatsRun run = *piece->run;
        if (piece->whole && piece->start >= start && piece->start < end) {
            g_array_append_val(maker->runs, run);
        }
        if (piece->whole || from >= to) {
            continue;
        }
        run.text = piece->run->text + (from - piece->start);
        run.length = (guint32)(to - from);
        run.flags = (guint16)(run.flags | flags);
        run.owner = run.owner == NULL ? span : run.owner;
        g_array_append_val(maker->runs, run);
    }
}

/* Spaces around what is marked are not marked themselves. */
static void add_space(Maker *maker) {
    const SatsRun *last =
        maker->runs->len == 0 ? NULL : &g_array_index(maker->runs, SatsRun, maker->runs->len - 1);
    gboolean apart =
        last == NULL || (last->length > 0 && strchr(" \n", last->text[last->length - 1]) != NULL);
    if (!apart) {
        SatsRun run = {
            .kind = SATS_RUN_TEXT, .text = " ", .length = 1, .place = maker->block->place};
        g_array_append_val(maker->runs, run);
    }
}

/* What the old words looked like. */
static guint16 looks_at(const Strip *strip, gsize offset) {
    const guint16 looks =
        SATS_RUN_STRONG | SATS_RUN_EMPHASIS | SATS_RUN_TABULAR | SATS_RUN_SEMIBOLD | SATS_RUN_LIGHT;
    for (guint i = 0; i < strip->pieces->len; i++) {
        const Piece *piece = &g_array_index(strip->pieces, Piece, i);
        if (piece->start <= offset && offset < piece->start + piece->length) {
            return (guint16)(piece->run->flags & looks);
        }
    }
    return 0;
}

/* What went, without what cannot be shown twice; apart from the words around it. */
static void add_deleted(Maker *maker, const Strip *old_strip, const SatsWords *item,
                        gboolean more) {
    g_autofree char *raw = g_strndup(old_strip->text->str + item->start, item->length);
    g_auto(GStrv) parts = g_strsplit(raw, CALL, -1);
    g_autofree char *text = g_strjoinv("", parts);
    g_strdelimit(text, "\n\r\t", ' ');
    gboolean before = *text == ' ';
    g_strstrip(text);
    gsize length = strlen(text);
    if (length == 0) {
        return;
    }
    if (before) {
        add_space(maker);
    }
    gsize first = item->start + strspn(old_strip->text->str + item->start, " \n");
    SatsRun run = {.kind = SATS_RUN_TEXT,
                   .flags = (guint16)(SATS_RUN_DELETED | looks_at(old_strip, first)),
                   .length = (guint32)length,
                   .text = sats_arena_strndup(maker->document->arena, text, length),
                   .place = maker->block->place};
    run.owner = new_span(maker, TRUE, text, length);
    g_array_append_val(maker->runs, run);
    if (more) {
        add_space(maker);
    }
    maker->marked = TRUE;
}

static void add_inserted(Maker *maker, const Strip *strip, const SatsWords *item) {
    const char *text = strip->text->str + item->start;
    gsize length = item->length;
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    if (length > 0) {
        SatsNode *span = new_span(maker, FALSE, text, length);
        copy_pieces(maker, strip, item->start, item->start + length, SATS_RUN_INSERTED, span);
        maker->marked = TRUE;
    }
    copy_pieces(maker, strip, item->start + length, item->start + item->length, 0, NULL);
}

/* ---- the block ---- */

static SatsNode *child_above(const SatsNode *block, SatsNode *owner) {
    while (owner != NULL && owner->parent != block) {
        owner = owner->parent;
    }
    return owner;
}

/* Inline children in the order that their runs are read; those without runs last, as they were. */
static void order_children(SatsNode *block) {
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < block->n_runs; i++) {
        SatsNode *child = child_above(block, block->runs[i].owner);
        if (child != NULL && g_hash_table_add(seen, child)) {
            g_ptr_array_add(order, child);
        }
    }
    for (SatsNode *child = block->first_child; child != NULL; child = child->next) {
        gboolean unused = child->kind == SATS_NODE_SPAN && child->as.span->inserted;
        if (!unused && g_hash_table_add(seen, child)) {
            g_ptr_array_add(order, child);
        }
    }
    block->first_child = block->last_child = NULL;
    for (guint i = 0; i < order->len; i++) {
        SatsNode *child = g_ptr_array_index(order, i);
        child->next = NULL;
        if (block->last_child == NULL) {
            block->first_child = child;
        } else {
            block->last_child->next = child;
        }
        block->last_child = child;
    }
}

static void take_runs(Maker *maker) {
    maker->block->runs = sats_arena_memdup(maker->document->arena, maker->runs->data,
                                           maker->runs->len * sizeof(SatsRun));
    maker->block->n_runs = maker->runs->len;
    order_children(maker->block);
}

static void mark_strips(Maker *maker, const Strip *old_strip, const Strip *strip) {
    g_autoptr(GArray) words = sats_words_diff(old_strip->text->str, old_strip->text->len,
                                              strip->text->str, strip->text->len);
    for (guint i = 0; i < words->len; i++) {
        const SatsWords *item = &g_array_index(words, SatsWords, i);
        if (item->kind == SATS_WORDS_KEPT) {
            copy_pieces(maker, strip, item->start, item->start + item->length, 0, NULL);
        } else if (item->kind == SATS_WORDS_INSERTED) {
            add_inserted(maker, strip, item);
        } else {
            gboolean more =
                i + 1 < words->len &&
                strchr(",.;:!?)", strip->text->str[g_array_index(words, SatsWords, i + 1).start]) ==
                    NULL;
            add_deleted(maker, old_strip, item, more);
        }
    }
}

gboolean sats_changes_mark_words(SatsDocument *document, SatsNode *block,
                                 const SatsNode *old_block) {
    Strip strip = strip_of(block);
    Strip old_strip = {g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(Piece))};
    if (old_block != NULL) {
        strip_clear(&old_strip);
        old_strip = strip_of(old_block);
    }
    Maker maker = {document, block, g_array_new(FALSE, FALSE, sizeof(SatsRun)), FALSE};
    if (!g_str_equal(strip.text->str, old_strip.text->str)) {
        g_array_append_vals(maker.runs, block->runs, number_runs(block));
        mark_strips(&maker, &old_strip, &strip);
    }
    if (maker.marked) {
        take_runs(&maker);
        block->changed = 1;
    }
    g_array_unref(maker.runs);
    strip_clear(&strip);
    strip_clear(&old_strip);
    return maker.marked;
}

void sats_changes_mark_gone(SatsDocument *document, SatsNode *block, const SatsNode *old_block) {
    Strip old_strip = strip_of(old_block);
    Maker maker = {document, block, g_array_new(FALSE, FALSE, sizeof(SatsRun)), FALSE};
    SatsWords all = {SATS_WORDS_DELETED, 0, (guint32)old_strip.text->len};
    if (all.length > 0) {
        add_deleted(&maker, &old_strip, &all, FALSE);
    }
    take_runs(&maker);
    block->changed = 1;
    g_array_unref(maker.runs);
    strip_clear(&old_strip);
}
