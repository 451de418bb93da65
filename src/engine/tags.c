/* engine/tags.c: the logical structure as text, as the PDF's structure tree will have it. */
#include "engine/engine-private.h"

static void append_cell(GString *out, const SatsCell *cell) {
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

/* Words at the right end of a caption or a group's title, that are read after it. */
static const char *words_after(const SatsNode *node) {
    const SatsNode *parent = node->parent;
    if (node->kind == SATS_NODE_CAPTION && parent != NULL && parent->kind == SATS_NODE_TABLE) {
        return parent->as.table->unit;
    }
    return node->kind == SATS_NODE_CELL && parent != NULL && parent->first_child == node
               ? parent->as.row->remark
               : NULL;
}

/* The block's own text: that of notes called in it stands with the notes. */
static void append_text(GString *out, const SatsNode *node) {
    const char *after = words_after(node);
    if (node->n_runs == 0 && after == NULL) {
        return;
    }
    g_string_append(out, " \"");
    for (guint i = 0; i < node->n_runs; i++) {
        const SatsRun *run = &node->runs[i];
        if (run->kind == SATS_RUN_BREAK) {
            g_string_append_c(out, '|');
        } else if (run->text != NULL) {
            g_string_append_len(out, run->text, (gssize)run->length);
        }
    }
    g_string_append_printf(out, "%s%s\"", after != NULL ? " " : "", after != NULL ? after : "");
}

static void append_node(GString *out, const SatsNode *node, guint depth) {
    gboolean shown = node->role != SATS_ROLE_NONE;
    if (shown) {
        g_string_append_printf(out, "%*s%s", (int)depth * 2, "",
                               sats_role_name((SatsRole)node->role));
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

char *sats_document_tags(const SatsDocument *document) {
    GString *out = g_string_new(NULL);
    append_node(out, document->root, 0);
    return g_string_free(out, FALSE);
}
