/* outline.c: bookmarks from the headings (ISO 32000-1, 12.3.3). */
#include "pdf/internal.h"

typedef struct {
    const SatsNode *node;
    int level;
    guint parent; /* index; 0 is the root */
    guint first, last, next, previous;
    guint n_kids;
    guint32 number;
} Item;

enum { OPEN_LEVELS = 1 }; /* levels whose kids are shown when the file is opened */

static Item *item_at(GArray *items, guint index) {
    return &g_array_index(items, Item, index);
}

static void add_item(GArray *items, const SatsNode *node) {
    Item item = {.node = node, .level = node->as.heading->level};
    guint parent = items->len - 1; /* the deepest open one of a higher level */
    while (parent != 0 && item_at(items, parent)->level >= item.level)
        parent = item_at(items, parent)->parent;
    item.parent = parent;
    guint index = items->len;
    Item *above = item_at(items, parent);
    item.previous = above->last;
    if (above->last != 0)
        item_at(items, above->last)->next = index;
    else
        above->first = index;
    above->last = index;
    above->n_kids++;
    g_array_append_val(items, item);
}

static void put_pointer(GArray *items, SatsOut *out, const char *key, guint index) {
    if (index == 0)
        return;
    sats_out_string(out, key);
    sats_out_ref(out, item_at(items, index)->number);
}

static void put_title(SatsOut *out, const SatsHeading *heading) {
    g_autofree char *title = heading->number != NULL
                                 ? g_strdup_printf("%s %s", heading->number, heading->title)
                                 : g_strdup(heading->title);
    sats_out_literal(out, "/Title");
    sats_out_text_string(out, title, strlen(title));
}

static void write_item(SatsPdf *pdf, GArray *items, guint index) {
    const Item *item = item_at(items, index);
    SatsOut destination = {0};
    if (index > 0)
        sats_pages_put_destination(pdf, item->node, &destination);
    SatsOut *out = sats_writer_begin(pdf->writer, item->number);
    sats_out_literal(out, "<<");
    if (index == 0)
        sats_out_literal(out, "/Type/Outlines");
    else
        put_title(out, item->node->as.heading);
    if (index > 0) {
        sats_out_literal(out, "/Parent ");
        sats_out_ref(out, item_at(items, item->parent)->number);
    }
    put_pointer(items, out, "/First ", item->first);
    put_pointer(items, out, "/Last ", item->last);
    put_pointer(items, out, "/Next ", item->next);
    put_pointer(items, out, "/Prev ", item->previous);
    if (item->n_kids > 0) {
        guint shown = item->n_kids;
        for (guint kid = item->first; index == 0 && kid != 0; kid = item_at(items, kid)->next)
            shown += item_at(items, kid)->level <= OPEN_LEVELS ? item_at(items, kid)->n_kids : 0;
        sats_out_literal(out, "/Count ");
        sats_out_int(out, item->level <= OPEN_LEVELS ? (gint64)shown : -(gint64)shown);
    }
    if (destination.length > 0) {
        sats_out_literal(out, "/Dest");
        sats_out_bytes(out, destination.data, destination.length);
    }
    sats_out_literal(out, ">>");
    sats_writer_end(pdf->writer);
    sats_out_clear(&destination);
}

guint32 sats_outline_write(SatsPdf *pdf) {
    g_autoptr(GArray) items = g_array_new(FALSE, TRUE, sizeof(Item));
    g_array_set_size(items, 1);
    for (const SatsNode *node = pdf->document->root; node != NULL;
         node = sats_structure_next(node)) {
        if (node->kind == SATS_NODE_HEADING && node->as.heading != NULL &&
            node->as.heading->title != NULL && !node->as.heading->run_in)
            add_item(items, node);
    }
    if (items->len == 1)
        return 0;
    for (guint i = 0; i < items->len; i++)
        item_at(items, i)->number = sats_writer_reserve(pdf->writer);
    for (guint i = 0; i < items->len; i++)
        write_item(pdf, items, i);
    return item_at(items, 0)->number;
}
