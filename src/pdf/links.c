/* links.c: link annotations (ISO 32000-1, 12.5.6.5; ISO 14289-1, 7.18.5).
 *
 * An area's page knows its number at once; the annotation itself is written at the end, when the
 * place it leads to is known.
 */
#include "pdf/internal.h"

void sats_links_add(SatsPdf *pdf, const SatsNode *owner, const SatsRect *rects, guint n_rects) {
    const SatsLink *link = owner->as.link;
    if (link == NULL || (link->uri == NULL && link->target == NULL && link->note == NULL))
        return;
    for (guint i = 0; i < n_rects; i++) {
        double box[4];
        sats_content_box(&pdf->content, rects[i].x_pt, rects[i].y_pt,
                         rects[i].x_pt + rects[i].width_pt, rects[i].y_pt + rects[i].height_pt,
                         box);
        SatsLinkArea area = {.owner = owner,
                             .page = sats_pages_index(pdf),
                             .x0 = sats_out_round(box[0]),
                             .y0 = sats_out_round(box[1]),
                             .x1 = sats_out_round(box[2]),
                             .y1 = sats_out_round(box[3])};
        area.number = sats_writer_reserve(pdf->writer);
        area.key = sats_structure_annotation(pdf, owner, area.number);
        g_array_append_val(pdf->links, area);
        g_array_append_val(pdf->pages.annotations, area.number);
    }
}

static gboolean within(const SatsNode *node, const SatsNode *outer) {
    while (node != NULL && node != outer)
        node = node->parent;
    return node != NULL;
}

/* The text that the node covers in its text block. */
static char *covered_text(const SatsNode *node) {
    const SatsNode *block = node;
    while (block->n_runs == 0 && block->parent != NULL)
        block = block->parent;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < block->n_runs; i++) {
        const SatsRun *run = &block->runs[i];
        if (run->length > 0 && (block == node || (run->owner != NULL && within(run->owner, node))))
            g_string_append_len(text, run->text, (gssize)run->length);
    }
    g_strstrip(text->str);
    return g_string_free(text, FALSE);
}

/* Contents (ISO 14289-1, 7.18.5): what a reader says of the link. */
static char *description(const SatsNode *owner) {
    if (owner->alt != NULL)
        return g_strdup(owner->alt);
    g_autofree char *text = covered_text(owner);
    const SatsNode *parent = owner->parent;
    if (parent != NULL && parent->kind == SATS_NODE_CONTENTS_ENTRY && parent->as.entry != NULL &&
        parent->as.entry->title != NULL) {
        const SatsContentsEntry *entry = parent->as.entry;
        return entry->number != NULL ? g_strdup_printf("%s %s", entry->number, entry->title)
                                     : g_strdup(entry->title);
    }
    if (owner->as.link->note != NULL)
        return g_strdup_printf("Not %s", text);
    if (text[0] != '\0')
        return g_steal_pointer(&text);
    return g_strdup(owner->as.link->uri != NULL ? owner->as.link->uri : "L\xC3\xA4nk");
}

static void put_area(const SatsLinkArea *area, SatsOut *out) {
    const gint64 edges[4] = {area->x0, area->y0, area->x1, area->y1};
    sats_out_literal(out, "/Rect[");
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            sats_out_byte(out, ' ');
        sats_out_hundredths(out, edges[i]);
    }
    sats_out_byte(out, ']');
}

/* URIs are ASCII (12.6.4.7): other bytes as %XX. */
static void put_uri(SatsOut *out, const char *uri) {
    g_autofree char *escaped = g_uri_escape_string(uri, "!#$%&'()*+,/:;=?@[]~", FALSE);
    sats_out_literal(out, "/A<</S/URI/URI");
    sats_out_byte_string(out, escaped, strlen(escaped));
    sats_out_literal(out, ">>");
}

static void write_area(SatsPdf *pdf, const SatsLinkArea *area, const char *contents) {
    const SatsLink *link = area->owner->as.link;
    SatsOut *out = sats_writer_begin(pdf->writer, area->number);
    sats_out_literal(out, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/P ");
    sats_out_ref(out, sats_pages_number(pdf, area->page));
    put_area(area, out);
    sats_out_literal(out, "/StructParent ");
    sats_out_int(out, area->key);
    sats_out_literal(out, "/Contents");
    sats_out_text_string(out, contents, strlen(contents));
    const SatsNode *target = link->target != NULL ? link->target : link->note;
    if (target != NULL) {
        SatsOut destination = {0};
        if (sats_pages_put_destination(pdf, target, &destination)) {
            sats_out_literal(out, "/Dest");
            sats_out_bytes(out, destination.data, destination.length);
        }
        sats_out_clear(&destination);
    } else {
        put_uri(out, link->uri);
    }
    sats_out_literal(out, ">>");
    sats_writer_end(pdf->writer);
}

void sats_links_write(SatsPdf *pdf) {
    for (guint i = 0; i < pdf->links->len; i++) {
        const SatsLinkArea *area = &g_array_index(pdf->links, SatsLinkArea, i);
        g_autofree char *contents = description(area->owner);
        write_area(pdf, area, contents);
    }
}
