/* engine/tags.c: the logical structure as text, as the PDF's structure tree will have it. */
#include "engine/engine-private.h"

static void append_cell(GString *out, const SatsCell *cell)
{
    static const char *const SCOPES[] = {"", "Column", "Row", "Both"};
    if (cell->scope != SATS_SCOPE_NONE) {
        g_string_append_printf(out, " Scope=%s", SCOPES[cell->scope]);
    }
    if (cell->column_span > 1) {
        g_string_append_printf(out, " ColSpan=%d", cell->column_span);
    }
    if (cell->row_span > 1) {
        g_string_append_printf(out, " RowSpan=%d", cell->row_span);
    }
    if (cell->header_id != NULL) {
        g_string_append_printf(out, " ID=%s", cell->header_id);
    }
    if (cell->headers != NULL && cell->headers[0] != NULL) {
        g_autofree char *all = g_strjoinv(",", (char **)(gsize)cell->headers);
        g_string_append_printf(out, " Headers=%s", all);
    }
}

static void append_text(GString *out, const SatsNode *node)
{
    if (node->n_runs == 0) {
        return;
    }
    g_autofree char *text = sats_node_text(node);
    g_strdelimit(text, "\n", '|');
    g_string_append_printf(out, " \"%s\"", text);
}

static void append_node(GString *out, const SatsNode *node, guint depth)
{
    gboolean shown = node->role != SATS_ROLE_NONE;
    if (shown) {
        g_string_append_printf(out, "%*s%s", (int)depth * 2, "", sats_role_name((SatsRole)node->role));
        if (node->kind == SATS_NODE_CELL && node->as.cell != NULL) {
            append_cell(out, node->as.cell);
        }
        if (node->alt != NULL) {
            g_string_append_printf(out, " Alt=\"%s\"", node->alt);
        }
        append_text(out, node);
        g_string_append_c(out, '\n');
    }
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        append_node(out, child, shown ? depth + 1 : depth);
    }
}

char *sats_document_tags(const SatsDocument *document)
{
    GString *out = g_string_new(NULL);
    append_node(out, document->root, 0);
    return g_string_free(out, FALSE);
}
