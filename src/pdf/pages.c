/* pages.c: pages, the page tree, page labels, and where things stand. */
#include "pdf/internal.h"

enum { TREE_WIDTH = 64 }; /* kids of a page tree node */

void sats_pages_init(SatsPdf *pdf) {
    SatsPages *pages = &pdf->pages;
    pages->numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
    pages->parents = g_array_new(FALSE, FALSE, sizeof(guint32));
    pages->labels = g_array_new(FALSE, FALSE, sizeof(SatsLabelRange));
    pages->annotations = g_array_new(FALSE, FALSE, sizeof(guint32));
    pages->images = g_array_new(FALSE, FALSE, sizeof(guint32));
    pages->anchors = g_hash_table_new_full(NULL, NULL, NULL, g_free);
}

void sats_pages_clear(SatsPdf *pdf) {
    SatsPages *pages = &pdf->pages;
    for (guint i = 0; i < pages->labels->len; i++)
        g_free(g_array_index(pages->labels, SatsLabelRange, i).text);
    g_array_unref(pages->numbers);
    g_array_unref(pages->parents);
    g_array_unref(pages->labels);
    g_array_unref(pages->annotations);
    g_array_unref(pages->images);
    g_hash_table_unref(pages->anchors);
}

guint32 sats_pages_index(const SatsPdf *pdf) {
    return pdf->pages.numbers->len - 1;
}

guint32 sats_pages_number(const SatsPdf *pdf, guint32 index) {
    return g_array_index(pdf->pages.numbers, guint32, index);
}

/* The number that a label like "12" is; 0 when it is none. */
static guint32 decimal_label(const char *label) {
    guint64 value = 0;
    if (label[0] < '1' || label[0] > '9' || strlen(label) > 8)
        return 0;
    for (const char *p = label; *p != '\0'; p++) {
        if (*p < '0' || *p > '9')
            return 0;
        value = value * 10 + (guint64)(*p - '0');
    }
    return (guint32)value;
}

static void add_label(SatsPages *pages, guint32 index, const char *label) {
    guint32 value = label != NULL ? decimal_label(label) : index + 1;
    if (value == 0 || value != pages->next_label) {
        SatsLabelRange range = {index, value, value == 0 ? g_strdup(label) : NULL};
        g_array_append_val(pages->labels, range);
    }
    pages->next_label = value == 0 ? 0 : value + 1;
}

void sats_pages_begin(SatsPdf *pdf, double width_pt, double height_pt, const char *label) {
    SatsPages *pages = &pdf->pages;
    g_assert(!pages->open);
    guint32 index = pages->numbers->len;
    if (index % TREE_WIDTH == 0) {
        guint32 parent = sats_writer_reserve(pdf->writer);
        g_array_append_val(pages->parents, parent);
    }
    pages->number = sats_writer_reserve(pdf->writer);
    g_array_append_val(pages->numbers, pages->number);
    pages->structure_key = sats_structure_new_key(pdf, sats_writer_reserve(pdf->writer));
    pages->open = TRUE;
    pages->width_pt = width_pt;
    pages->height_pt = height_pt;
    g_array_set_size(pages->annotations, 0);
    g_array_set_size(pages->images, 0);
    add_label(pages, index, label);
    pdf->fonts.page = index + 1;
    sats_content_begin(&pdf->content, height_pt);
}

static void put_images(const SatsPdf *pdf, SatsOut *out) {
    const GArray *images = pdf->pages.images;
    if (images->len == 0)
        return;
    sats_out_literal(out, "/XObject<<");
    for (guint i = 0; i < images->len; i++) {
        guint32 index = g_array_index(images, guint32, i);
        sats_out_literal(out, "/I");
        sats_out_int(out, index);
        sats_out_byte(out, ' ');
        sats_out_ref(out, sats_images_number(pdf, index));
    }
    sats_out_literal(out, ">>");
}

static void put_annotations(const SatsPdf *pdf, SatsOut *out) {
    const GArray *annotations = pdf->pages.annotations;
    if (annotations->len == 0)
        return;
    sats_out_literal(out, "/Annots[");
    for (guint i = 0; i < annotations->len; i++) {
        sats_out_ref(out, g_array_index(annotations, guint32, i));
        sats_out_byte(out, ' ');
    }
    sats_out_byte(out, ']');
}

void sats_pages_end(SatsPdf *pdf) {
    SatsPages *pages = &pdf->pages;
    g_assert(pages->open);
    pages->open = FALSE;
    guint32 content = sats_writer_reserve(pdf->writer);
    SatsStream *stream = sats_writer_begin_stream(pdf->writer, content);
    SatsOut painted = pdf->content.out; /* buffers change places */
    pdf->content.out = stream->body;
    stream->body = painted;
    sats_writer_end_stream(pdf->writer);
    SatsOut *out = sats_writer_begin(pdf->writer, pages->number);
    sats_out_literal(out, "<</Type/Page/Parent ");
    sats_out_ref(out, g_array_index(pages->parents, guint32, pages->parents->len - 1));
    sats_out_literal(out, "/MediaBox[0 0 ");
    sats_out_hundredths(out, sats_out_round(pages->width_pt));
    sats_out_byte(out, ' ');
    sats_out_hundredths(out, sats_out_round(pages->height_pt));
    sats_out_literal(out, "]/Contents ");
    sats_out_ref(out, content);
    sats_out_literal(out, "/Resources<</Font<<");
    sats_glyph_fonts_put_resources(&pdf->fonts, out);
    sats_out_literal(out, ">>");
    put_images(pdf, out);
    sats_out_literal(out, ">>/StructParents ");
    sats_out_int(out, pages->structure_key);
    sats_out_literal(out, "/Tabs/S"); /* ISO 14289-1, 7.18.3 */
    put_annotations(pdf, out);
    sats_out_literal(out, ">>");
    sats_writer_end(pdf->writer);
    sats_structure_end_page(pdf, pages->structure_key);
}

/* ---- where things stand ---- */

void sats_pages_anchor(SatsPdf *pdf, const SatsNode *node, double x_pt, double y_pt) {
    if (g_hash_table_contains(pdf->pages.anchors, node))
        return; /* the first place counts */
    double box[4];
    sats_content_box(&pdf->content, x_pt, y_pt, x_pt, y_pt, box);
    SatsAnchor *anchor = g_new(SatsAnchor, 1);
    *anchor = (SatsAnchor){box[0], box[1], sats_pages_index(pdf)};
    g_hash_table_insert(pdf->pages.anchors, (gpointer)(guintptr)node, anchor);
}

static const SatsAnchor *find_anchor(const SatsPdf *pdf, const SatsNode *node, SatsAnchor *room) {
    const SatsAnchor *anchor = g_hash_table_lookup(pdf->pages.anchors, node);
    if (anchor != NULL)
        return anchor;
    const SatsKid *kid = sats_structure_first_kid(pdf, node);
    if (kid != NULL) {
        *room = (SatsAnchor){-1, -1, kid->page};
        return room;
    }
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        anchor = find_anchor(pdf, child, room);
        if (anchor != NULL)
            return anchor;
    }
    return NULL;
}

gboolean sats_pages_put_destination(const SatsPdf *pdf, const SatsNode *node, SatsOut *out) {
    SatsAnchor room;
    const SatsAnchor *anchor = find_anchor(pdf, node, &room);
    if (anchor == NULL)
        return FALSE;
    sats_out_byte(out, '[');
    sats_out_ref(out, sats_pages_number(pdf, anchor->page));
    if (anchor == &room) {
        sats_out_literal(out, "/Fit]");
        return TRUE;
    }
    sats_out_literal(out, "/XYZ ");
    sats_out_real(out, anchor->x_pt, 1);
    sats_out_byte(out, ' ');
    sats_out_real(out, anchor->y_pt, 1);
    sats_out_literal(out, " 0]");
    return TRUE;
}

/* ---- page tree (7.7.3) and labels (12.4.2) ---- */

static void write_node(SatsPdf *pdf, guint32 number, guint32 parent, const guint32 *kids,
                       guint n_kids, guint n_pages) {
    SatsOut *out = sats_writer_begin(pdf->writer, number);
    sats_out_literal(out, "<</Type/Pages/Count ");
    sats_out_int(out, n_pages);
    if (parent != 0) {
        sats_out_literal(out, "/Parent ");
        sats_out_ref(out, parent);
    }
    sats_out_literal(out, "/Kids[");
    for (guint i = 0; i < n_kids; i++) {
        if (i > 0)
            sats_out_byte(out, ' ');
        sats_out_ref(out, kids[i]);
    }
    sats_out_literal(out, "]>>");
    sats_writer_end(pdf->writer);
}

/* Level by level from the leaves up; a kid of `level` spans `span` pages. */
guint32 sats_pages_write_tree(SatsPdf *pdf) {
    const SatsPages *pages = &pdf->pages;
    guint n_pages = pages->numbers->len;
    g_autoptr(GArray) kids = g_array_copy(pages->numbers);
    g_autoptr(GArray) level = g_array_copy(pages->parents);
    if (level->len == 0) {
        guint32 number = sats_writer_reserve(pdf->writer);
        write_node(pdf, number, 0, NULL, 0, 0);
        return number;
    }
    for (guint span = 1;; span *= TREE_WIDTH) {
        g_autoptr(GArray) above = g_array_new(FALSE, FALSE, sizeof(guint32));
        if (level->len > 1) {
            guint n = (level->len + TREE_WIDTH - 1) / TREE_WIDTH;
            guint32 first = sats_writer_reserve_many(pdf->writer, n);
            for (guint i = 0; i < n; i++, first++)
                g_array_append_val(above, first);
        }
        for (guint i = 0; i < level->len; i++) {
            guint first = i * TREE_WIDTH, n = MIN(TREE_WIDTH, kids->len - first);
            guint32 parent = above->len > 0 ? g_array_index(above, guint32, i / TREE_WIDTH) : 0;
            guint before = first * span, covered = MIN(n * span, n_pages - before);
            write_node(pdf, g_array_index(level, guint32, i), parent,
                       &g_array_index(kids, guint32, first), n, covered);
        }
        if (above->len == 0)
            return g_array_index(level, guint32, 0);
        g_array_unref(kids);
        kids = g_steal_pointer(&level);
        level = g_steal_pointer(&above);
    }
}

void sats_pages_put_labels(const SatsPdf *pdf, SatsOut *out) {
    sats_out_literal(out, "<</Nums[");
    for (guint i = 0; i < pdf->pages.labels->len; i++) {
        const SatsLabelRange *range = &g_array_index(pdf->pages.labels, SatsLabelRange, i);
        sats_out_int(out, range->page);
        if (range->text != NULL) {
            sats_out_literal(out, "<</P");
            sats_out_text_string(out, range->text, strlen(range->text));
        } else {
            sats_out_literal(out, "<</S/D");
            if (range->start != 1) {
                sats_out_literal(out, "/St ");
                sats_out_int(out, range->start);
            }
        }
        sats_out_literal(out, ">>");
    }
    sats_out_literal(out, "]>>");
}
