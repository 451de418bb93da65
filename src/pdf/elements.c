/* elements.c: the structure tree, from the document's nodes and what was painted of them.
 *
 * An element's kids are its content and its child elements in reading order. Content has its place
 * in `order`: in a text block the number of the run it shows. An inline child (a link, a footnote
 * call) stands where its own first run stands in the same text block; any other child, and an
 * inline one that was never painted, stands right after the child before it, the first one before
 * all content. A figure's own picture is the exception: it comes before its caption. A child
 * without an element hands its kids on.
 */
#include "pdf/internal.h"

typedef enum { KID_ELEMENT, KID_CONTENT, KID_OBJECT } KidKind;

typedef struct {
    KidKind kind;
    guint32 page;  /* index */
    guint32 value; /* element or annotation: object number; content: MCID */
} Kid;

typedef struct {
    char *id;
    guint32 element;
} Identified;

typedef struct {
    SatsPdf *pdf;
    GArray *kids;       /* Kid; of the element being written */
    GArray *identified; /* Identified */
} Elements;

/* ---- reading order ---- */

static const SatsKid *kid_at(const SatsPdf *pdf, guint32 index) {
    return &g_array_index(pdf->structure.store, SatsKid, index);
}

/* Least order of content in an inline node; G_MAXUINT32 when nothing of it was painted. */
static guint32 least_order(const SatsPdf *pdf, const SatsNode *node) {
    guint32 least = G_MAXUINT32;
    for (guint32 i = pdf->structure.kids[node->id]; i != 0; i = kid_at(pdf, i)->next)
        least = MIN(least, kid_at(pdf, i)->order);
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        if (sats_node_is_inline(child)) {
            guint32 inner = least_order(pdf, child);
            least = MIN(least, inner);
        }
    }
    return least;
}

static int compare_content(const void *a, const void *b, gpointer pdf) {
    guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
    guint32 order_x = kid_at(pdf, x)->order, order_y = kid_at(pdf, y)->order;
    if (order_x != order_y)
        return order_x < order_y ? -1 : 1;
    return x < y ? -1 : x > y; /* later pieces have later indexes */
}

static void add_content(Elements *elements, guint32 index) {
    const SatsKid *kid = kid_at(elements->pdf, index);
    Kid entry = {kid->order == SATS_KID_OBJECT ? KID_OBJECT : KID_CONTENT, kid->page, kid->value};
    g_array_append_val(elements->kids, entry);
}

static void collect(Elements *elements, const SatsNode *node);

static void add_child(Elements *elements, const SatsNode *child) {
    if (child->role == SATS_ROLE_NONE) {
        collect(elements, child);
        return;
    }
    guint32 number = sats_structure_element(elements->pdf, child);
    Kid entry = {KID_ELEMENT, 0, sats_structure_has_inner_link(child) ? number - 1 : number};
    g_array_append_val(elements->kids, entry);
}

static void collect(Elements *elements, const SatsNode *node) {
    SatsPdf *pdf = elements->pdf;
    guint32 newest = pdf->structure.kids[node->id];
    if (newest != 0 && kid_at(pdf, newest)->next == 0 && node->first_child == NULL) {
        add_content(elements, newest);
        return;
    }
    if (newest == 0) {
        for (const SatsNode *child = node->first_child; child != NULL; child = child->next)
            add_child(elements, child);
        return;
    }
    g_autoptr(GArray) content = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 i = newest; i != 0; i = kid_at(pdf, i)->next)
        g_array_append_val(content, i);
    g_array_sort_with_data(content, compare_content, pdf);
    guint next = 0;
    guint32 place = node->kind == SATS_NODE_FIGURE ? SATS_KID_OBJECT : 0;
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        guint32 order = sats_node_is_inline(child) ? least_order(pdf, child) : G_MAXUINT32;
        if (order != G_MAXUINT32)
            place = order;
        while (next < content->len &&
               kid_at(pdf, g_array_index(content, guint32, next))->order < place)
            add_content(elements, g_array_index(content, guint32, next++));
        add_child(elements, child);
    }
    while (next < content->len)
        add_content(elements, g_array_index(content, guint32, next++));
}

/* ---- attributes ---- */

/* Ids of header cells are unique within their table; in the file, with the table's number. */
static char *cell_id(const SatsNode *cell, const char *id) {
    const SatsNode *table = cell;
    while (table->kind != SATS_NODE_TABLE && table->parent != NULL)
        table = table->parent;
    return g_strdup_printf("t%u-%s", table->id, id);
}

static void put_id(Elements *elements, SatsOut *out, const SatsNode *node) {
    Identified entry = {NULL, sats_structure_element(elements->pdf, node)};
    if (node->role == SATS_ROLE_NOTE) /* ISO 14289-1, 7.9 */
        entry.id = g_strdup_printf("n%u", node->id);
    else if (node->kind == SATS_NODE_CELL && node->as.cell->header_id != NULL)
        entry.id = cell_id(node, node->as.cell->header_id);
    if (entry.id == NULL)
        return;
    sats_out_literal(out, "/ID");
    sats_out_byte_string(out, entry.id, strlen(entry.id));
    g_array_append_val(elements->identified, entry);
}

/* Table attributes of cells (14.8.5.7). */
static void put_cell_attributes(SatsOut *out, const SatsNode *node) {
    static const char *const SCOPES[] = {NULL, "/Scope/Column", "/Scope/Row", "/Scope/Both"};
    const SatsCell *cell = node->as.cell;
    const char *scope = node->role == SATS_ROLE_TH ? SCOPES[cell->scope] : NULL;
    gboolean headers = cell->headers != NULL && cell->headers[0] != NULL;
    if (scope == NULL && cell->column_span <= 1 && cell->row_span <= 1 && !headers)
        return;
    sats_out_literal(out, "/A<</O/Table");
    if (scope != NULL)
        sats_out_string(out, scope);
    if (cell->column_span > 1) {
        sats_out_literal(out, "/ColSpan ");
        sats_out_int(out, cell->column_span);
    }
    if (cell->row_span > 1) {
        sats_out_literal(out, "/RowSpan ");
        sats_out_int(out, cell->row_span);
    }
    if (headers) {
        sats_out_literal(out, "/Headers[");
        for (const char **header = cell->headers; *header != NULL; header++) {
            g_autofree char *id = cell_id(node, *header);
            sats_out_byte_string(out, id, strlen(id));
        }
        sats_out_byte(out, ']');
    }
    sats_out_literal(out, ">>");
}

/* ListNumbering (14.8.5.5); a dash is a mark as a disc is one. */
static void put_list_attributes(SatsOut *out, const SatsNode *node) {
    static const char *const NUMBERINGS[] = {"Disc", "Disc", "Decimal", "LowerAlpha", "None"};
    sats_out_literal(out, "/A<</O/List/ListNumbering/");
    sats_out_string(out, NUMBERINGS[node->as.list->kind]);
    sats_out_literal(out, ">>");
}

static void put_figure_attributes(SatsPdf *pdf, SatsOut *out, const SatsNode *node) {
    const SatsFigureBox *box =
        g_hash_table_lookup(pdf->structure.boxes, GUINT_TO_POINTER(node->id));
    if (box == NULL || box->several_pages) /* 14.8.5.4.3: BBox is of one page */
        return;
    const double edges[4] = {box->x0, box->y0, box->x1, box->y1};
    sats_out_literal(out, "/A<</O/Layout/Placement/Block/BBox[");
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            sats_out_byte(out, ' ');
        sats_out_real(out, edges[i], 2);
    }
    sats_out_literal(out, "]>>");
}

static void put_span_attributes(SatsOut *out, const SatsNode *node) {
    const SatsSpanData *span = node->as.span;
    if (span->language != NULL) {
        sats_out_literal(out, "/Lang");
        sats_out_text_string(out, span->language, strlen(span->language));
    }
    if (node->alt != NULL) { /* a change says what it is (14.9.4) */
        sats_out_literal(out, "/ActualText");
        sats_out_text_string(out, node->alt, strlen(node->alt));
    }
    if (span->deleted)
        sats_out_literal(out, "/A<</O/Layout/TextDecorationType/LineThrough>>");
    else if (span->inserted)
        sats_out_literal(out, "/A<</O/Layout/TextDecorationType/Underline>>");
}

static void put_alt(SatsOut *out, const SatsNode *node) {
    const char *alt = node->alt;
    if (alt == NULL && node->kind == SATS_NODE_FORM && node->as.form != NULL)
        alt = node->as.form->tooltip != NULL ? node->as.form->tooltip : node->as.form->field_name;
    if (alt == NULL && node->kind == SATS_NODE_FIGURE && node->as.figure != NULL)
        alt = node->as.figure->number;
    if (alt == NULL)
        alt = node->role == SATS_ROLE_FIGURE ? "Figur" : "Underskrift";
    sats_out_literal(out, "/Alt");
    sats_out_text_string(out, alt, strlen(alt));
}

static void put_attributes(Elements *elements, SatsOut *out, const SatsNode *node) {
    if (node->role == SATS_ROLE_FIGURE || node->role == SATS_ROLE_FORM)
        put_alt(out, node);
    if (node->role == SATS_ROLE_FIGURE)
        put_figure_attributes(elements->pdf, out, node);
    if (node->as.any == NULL)
        return;
    put_id(elements, out, node);
    if (node->kind == SATS_NODE_CELL) {
        put_cell_attributes(out, node);
    } else if (node->role == SATS_ROLE_L && node->kind == SATS_NODE_LIST) {
        put_list_attributes(out, node);
    } else if (node->kind == SATS_NODE_SPAN) {
        put_span_attributes(out, node);
    } else if (node->role == SATS_ROLE_TABLE && node->kind == SATS_NODE_TABLE &&
               node->as.table->summary != NULL) {
        sats_out_literal(out, "/A<</O/Table/Summary");
        sats_out_text_string(out, node->as.table->summary, strlen(node->as.table->summary));
        sats_out_literal(out, ">>");
    }
}

/* ---- elements ---- */

static void put_kid(Elements *elements, SatsOut *out, const Kid *kid, gint64 page) {
    gboolean same_page = kid->page == page;
    if (kid->kind == KID_ELEMENT) {
        sats_out_ref(out, kid->value);
        return;
    }
    if (kid->kind == KID_CONTENT && same_page) {
        sats_out_int(out, kid->value);
        return;
    }
    sats_out_string(out, kid->kind == KID_CONTENT ? "<</Type/MCR" : "<</Type/OBJR");
    if (!same_page) {
        sats_out_literal(out, "/Pg ");
        sats_out_ref(out, sats_pages_number(elements->pdf, kid->page));
    }
    if (kid->kind == KID_CONTENT) {
        sats_out_literal(out, "/MCID ");
        sats_out_int(out, kid->value);
    } else {
        sats_out_literal(out, "/Obj ");
        sats_out_ref(out, kid->value);
    }
    sats_out_literal(out, ">>");
}

/* /Pg and /K (table 323): the page is that of the first kid on a page. */
static void put_kids(Elements *elements, SatsOut *out) {
    const GArray *kids = elements->kids;
    if (kids->len == 0)
        return;
    gint64 page = -1;
    for (guint i = 0; i < kids->len && page < 0; i++)
        if (g_array_index(kids, Kid, i).kind != KID_ELEMENT)
            page = g_array_index(kids, Kid, i).page;
    if (page >= 0) {
        sats_out_literal(out, "/Pg ");
        sats_out_ref(out, sats_pages_number(elements->pdf, (guint32)page));
    }
    sats_out_string(out, kids->len > 1 ? "/K[" : "/K ");
    for (guint i = 0; i < kids->len; i++) {
        if (i > 0)
            sats_out_byte(out, ' ');
        put_kid(elements, out, &g_array_index(kids, Kid, i), page);
    }
    if (kids->len > 1)
        sats_out_byte(out, ']');
}

static gboolean has_annotation(const Elements *elements) {
    for (guint i = 0; i < elements->kids->len; i++)
        if (g_array_index(elements->kids, Kid, i).kind == KID_OBJECT)
            return TRUE;
    return FALSE;
}

static SatsOut *begin_element(Elements *elements, guint32 number, const char *role,
                              guint32 parent) {
    SatsOut *out = sats_writer_begin(elements->pdf->writer, number);
    sats_out_literal(out, "<</S/");
    sats_out_string(out, role);
    sats_out_literal(out, "/P ");
    sats_out_ref(out, parent);
    return out;
}

static void end_element(Elements *elements, SatsOut *out) {
    sats_out_literal(out, ">>");
    sats_writer_end(elements->pdf->writer);
}

static guint32 parent_element(const SatsPdf *pdf, const SatsNode *node) {
    return node->parent != NULL ? sats_structure_element(pdf, node->parent) : pdf->structure.root;
}

static void write_element(Elements *elements, const SatsNode *node) {
    SatsPdf *pdf = elements->pdf;
    guint32 number = sats_structure_element(pdf, node), parent = parent_element(pdf, node);
    const char *role = sats_role_name((SatsRole)node->role);
    g_array_set_size(elements->kids, 0);
    collect(elements, node);
    gboolean linked = has_annotation(elements);
    if (sats_structure_has_inner_link(node)) {
        SatsOut *outer = begin_element(elements, number - 1, role, parent);
        sats_out_literal(outer, "/K ");
        sats_out_ref(outer, number);
        end_element(elements, outer);
        parent = number - 1;
        role = linked ? "Link" : "Span";
    } else if (node->role == SATS_ROLE_LINK && !linked) {
        role = "Span"; /* a link that leads nowhere is none (14.8.4.4.2) */
    }
    SatsOut *out = begin_element(elements, number, role, parent);
    put_attributes(elements, out, node);
    put_kids(elements, out);
    end_element(elements, out);
}

/* ---- trees (7.9.6, 7.9.7) ---- */

static int compare_ids(const void *a, const void *b) {
    const Identified *x = a, *y = b;
    return strcmp(x->id, y->id);
}

/* One leaf; viewers read it whole anyhow. */
static guint32 write_id_tree(Elements *elements) {
    if (elements->identified->len == 0)
        return 0;
    g_array_sort(elements->identified, compare_ids);
    guint32 number = sats_writer_reserve(elements->pdf->writer);
    SatsOut *out = sats_writer_begin(elements->pdf->writer, number);
    sats_out_literal(out, "<</Names[");
    for (guint i = 0; i < elements->identified->len; i++) {
        const Identified *entry = &g_array_index(elements->identified, Identified, i);
        sats_out_byte_string(out, entry->id, strlen(entry->id));
        sats_out_ref(out, entry->element);
        sats_out_byte(out, ' ');
    }
    sats_out_literal(out, "]>>");
    sats_writer_end(elements->pdf->writer);
    return number;
}

/* Leaves of 200 keys under one root. */
static void write_parent_tree(SatsPdf *pdf) {
    const guint LEAF = 200;
    const GArray *parents = pdf->structure.parents;
    SatsOut kids = {0};
    for (guint first = 0; first < parents->len; first += LEAF) {
        guint last = MIN(first + LEAF, parents->len) - 1;
        guint32 leaf = sats_writer_reserve(pdf->writer);
        SatsOut *out = sats_writer_begin(pdf->writer, leaf);
        sats_out_literal(out, "<</Limits[");
        sats_out_int(out, first);
        sats_out_byte(out, ' ');
        sats_out_int(out, last);
        sats_out_literal(out, "]/Nums[");
        for (guint key = first; key <= last; key++) {
            sats_out_int(out, key);
            sats_out_byte(out, ' ');
            sats_out_ref(out, g_array_index(parents, guint32, key));
            sats_out_byte(out, ' ');
        }
        sats_out_literal(out, "]>>");
        sats_writer_end(pdf->writer);
        sats_out_ref(&kids, leaf);
        sats_out_byte(&kids, ' ');
    }
    SatsOut *out = sats_writer_begin(pdf->writer, pdf->structure.parent_tree);
    sats_out_string(out, parents->len > 0 ? "<</Kids[" : "<</Nums[");
    sats_out_bytes(out, kids.data, kids.length);
    sats_out_literal(out, "]>>");
    sats_writer_end(pdf->writer);
    sats_out_clear(&kids);
}

void sats_structure_write(SatsPdf *pdf) {
    const SatsNode *root = pdf->document->root;
    Elements elements = {.pdf = pdf};
    elements.kids = g_array_new(FALSE, FALSE, sizeof(Kid));
    elements.identified = g_array_new(FALSE, FALSE, sizeof(Identified));
    for (const SatsNode *node = root; node != NULL; node = sats_structure_next(node))
        if (node->role != SATS_ROLE_NONE || node == root)
            write_element(&elements, node);
    write_parent_tree(pdf);
    guint32 ids = write_id_tree(&elements);
    SatsOut *out = sats_writer_begin(pdf->writer, pdf->structure.root);
    sats_out_literal(out, "<</Type/StructTreeRoot/K ");
    sats_out_ref(out, sats_structure_element(pdf, root));
    sats_out_literal(out, "/ParentTree ");
    sats_out_ref(out, pdf->structure.parent_tree);
    sats_out_literal(out, "/ParentTreeNextKey ");
    sats_out_int(out, pdf->structure.parents->len);
    if (ids != 0) {
        sats_out_literal(out, "/IDTree ");
        sats_out_ref(out, ids);
    }
    sats_out_literal(out, ">>");
    sats_writer_end(pdf->writer);
    for (guint i = 0; i < elements.identified->len; i++)
        g_free(g_array_index(elements.identified, Identified, i).id);
    g_array_unref(elements.identified);
    g_array_unref(elements.kids);
}
