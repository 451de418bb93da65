/* structure.c: which element each piece of a page belongs to (ISO 32000-1, 14.7.4). */
#include "pdf/internal.h"

#include <math.h>

gboolean sats_structure_has_inner_link(const SatsNode *node) {
    return node->kind == SATS_NODE_REFERENCE && node->role == SATS_ROLE_REFERENCE &&
           node->as.link != NULL &&
           (node->as.link->target != NULL || node->as.link->note != NULL ||
            node->as.link->uri != NULL);
}

const SatsNode *sats_structure_holder(const SatsNode *node) {
    while (node->role == SATS_ROLE_NONE && node->parent != NULL)
        node = node->parent;
    return node;
}

const SatsNode *sats_structure_next(const SatsNode *node) {
    if (node->first_child != NULL)
        return node->first_child;
    while (node != NULL && node->next == NULL)
        node = node->parent;
    return node != NULL ? node->next : NULL;
}

/* Reserves numbers in preorder, so that elements lie in the file in reading order. */
void sats_structure_init(SatsPdf *pdf) {
    SatsStructure *s = &pdf->structure;
    s->n_nodes = pdf->document->n_nodes;
    s->element = g_new0(guint32, s->n_nodes);
    s->kids = g_new0(guint32, s->n_nodes);
    s->store = g_array_new(FALSE, TRUE, sizeof(SatsKid));
    g_array_set_size(s->store, 1);
    s->parents = g_array_new(FALSE, FALSE, sizeof(guint32));
    s->page_elements = g_array_new(FALSE, FALSE, sizeof(guint32));
    s->boxes = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    s->root = sats_writer_reserve(pdf->writer);
    s->parent_tree = sats_writer_reserve(pdf->writer);
    for (const SatsNode *node = pdf->document->root; node != NULL;
         node = sats_structure_next(node)) {
        g_assert(node->id < s->n_nodes);
        if (node->role == SATS_ROLE_NONE && node->parent != NULL)
            s->element[node->id] = s->element[node->parent->id];
        else if (sats_structure_has_inner_link(node))
            s->element[node->id] = sats_writer_reserve_many(pdf->writer, 2) + 1;
        else
            s->element[node->id] = sats_writer_reserve(pdf->writer);
    }
}

void sats_structure_clear(SatsPdf *pdf) {
    SatsStructure *s = &pdf->structure;
    g_free(s->element);
    g_free(s->kids);
    g_array_unref(s->store);
    g_array_unref(s->parents);
    g_array_unref(s->page_elements);
    g_hash_table_unref(s->boxes);
}

guint32 sats_structure_element(const SatsPdf *pdf, const SatsNode *node) {
    return pdf->structure.element[node->id];
}

static void add_kid(SatsPdf *pdf, const SatsNode *owner, guint32 value, guint32 order) {
    SatsStructure *s = &pdf->structure;
    SatsKid kid = {
        .next = s->kids[owner->id], .page = sats_pages_index(pdf), .value = value, .order = order};
    s->kids[owner->id] = s->store->len;
    g_array_append_val(s->store, kid);
}

guint32 sats_structure_content(SatsPdf *pdf, const SatsNode *owner, guint order) {
    SatsStructure *s = &pdf->structure;
    guint32 mcid = s->page_elements->len;
    g_array_append_val(s->page_elements, s->element[owner->id]);
    add_kid(pdf, owner, mcid, MIN(order, SATS_KID_OBJECT - 1));
    return mcid;
}

guint32 sats_structure_new_key(SatsPdf *pdf, guint32 value) {
    g_array_append_val(pdf->structure.parents, value);
    return pdf->structure.parents->len - 1;
}

guint32 sats_structure_annotation(SatsPdf *pdf, const SatsNode *owner, guint32 number) {
    add_kid(pdf, owner, number, SATS_KID_OBJECT);
    return sats_structure_new_key(pdf, pdf->structure.element[owner->id]);
}

/* The page's part of the parent tree: elements by MCID. */
void sats_structure_end_page(SatsPdf *pdf, guint32 key) {
    SatsStructure *s = &pdf->structure;
    guint32 number = g_array_index(s->parents, guint32, key);
    SatsOut *out = sats_writer_begin(pdf->writer, number);
    sats_out_byte(out, '[');
    for (guint i = 0; i < s->page_elements->len; i++) {
        if (i > 0)
            sats_out_byte(out, ' ');
        sats_out_ref(out, g_array_index(s->page_elements, guint32, i));
    }
    sats_out_byte(out, ']');
    sats_writer_end(pdf->writer);
    g_array_set_size(s->page_elements, 0);
}

void sats_structure_measure(SatsPdf *pdf, const SatsNode *figure, const double box[4]) {
    gpointer key = GUINT_TO_POINTER(figure->id);
    guint32 page = sats_pages_index(pdf);
    SatsFigureBox *known = g_hash_table_lookup(pdf->structure.boxes, key);
    if (known == NULL) {
        known = g_new0(SatsFigureBox, 1);
        *known = (SatsFigureBox){page, FALSE, box[0], box[1], box[2], box[3]};
        g_hash_table_insert(pdf->structure.boxes, key, known);
        return;
    }
    known->several_pages |= known->page != page;
    known->x0 = fmin(known->x0, box[0]);
    known->y0 = fmin(known->y0, box[1]);
    known->x1 = fmax(known->x1, box[2]);
    known->y1 = fmax(known->y1, box[3]);
}

const SatsKid *sats_structure_first_kid(const SatsPdf *pdf, const SatsNode *node) {
    const SatsStructure *s = &pdf->structure;
    guint32 index = node->id < s->n_nodes ? s->kids[node->id] : 0;
    const SatsKid *first = NULL;
    for (; index != 0; index = first->next)
        first = &g_array_index(s->store, SatsKid, index);
    return first;
}
