/* layout/resolve.c: which page each node begins on, and the numbers that say so. */
#include "layout/resolve.h"

#include <string.h>

#include "layout/text-block.h"

/* A node begins where its first content stands, and so do those it is in. */
static void mark_owner(guint *first_page, guint n_nodes, const SatsNode *owner, guint page) {
    for (; owner != NULL && owner->id < n_nodes && first_page[owner->id] == 0;
         owner = owner->parent) {
        first_page[owner->id] = page;
    }
}

static void mark_box(guint *first_page, guint n_nodes, const SatsBox *box, guint page) {
    for (guint i = 0; i < box->n_items; i++) {
        const SatsItem *item = &box->items[i];
        if (item->artifact != SATS_ITEM_CONTENT) {
            continue;
        }
        if (item->kind == SATS_ITEM_TURN) {
            mark_box(first_page, n_nodes, item->as.turn->box, page);
        }
        mark_owner(first_page, n_nodes, item->owner, page);
    }
}

static guint *find_first_pages(const SatsContext *context, const SatsPages *pages) {
    guint n_nodes = context->document->n_nodes;
    guint *first_page = g_new0(guint, n_nodes + 1);
    for (guint i = 0; i < pages->n_pages; i++) {
        for (guint j = 0; j < pages->pages[i].n_placed; j++) {
            mark_box(first_page, n_nodes, pages->pages[i].placed[j].box, pages->pages[i].number);
        }
    }
    return first_page;
}

static void fill_in(SatsContext *context, const SatsPageRef *ref, guint number) {
    SatsFragment *fragment = &ref->line->fragments[ref->fragment];
    char text[12];
    g_snprintf(text, sizeof text, "%u", number);
    fragment->shape = sats_shaper_shape(context->typesetter.shaper, fragment->span->face,
                                        fragment->span->features, text, strlen(text));
    float width = fragment->shape->width * fragment->span->size_pt / 1000.0F;
    float change = width - fragment->width_pt;
    fragment->width_pt = width;
    if (ref->right) {
        fragment->x_pt -= change;
        return;
    }
    for (guint i = ref->fragment + 1; i < ref->line->n_fragments; i++) {
        ref->line->fragments[i].x_pt += change;
    }
    ref->line->width_pt += change;
}

void sats_page_refs_resolve(SatsContext *context, SatsPages *pages) {
    if (context->page_refs->len == 0) {
        return;
    }
    g_autofree guint *first_page = find_first_pages(context, pages);
    for (guint i = 0; i < context->page_refs->len; i++) {
        const SatsPageRef *ref = g_ptr_array_index(context->page_refs, i);
        const SatsNode *target = ref->run->target != NULL ? ref->run->target : ref->owner;
        guint number =
            target != NULL && target->id < context->document->n_nodes ? first_page[target->id] : 1;
        if (ref->run->kind == SATS_RUN_PAGE_COUNT) {
            number = pages->n_pages;
        }
        fill_in(context, ref, MAX(number, 1));
    }
}
