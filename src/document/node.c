/* document/node.c: makes nodes, numbers them, and reads their text. */
#include "document/node.h"

#include <string.h>

typedef struct {
    const char *name;
    SatsRole role;
    gsize size; /* of the particulars, 0 none */
} Kind;

static const Kind kinds[] = {
    [SATS_NODE_DOCUMENT] = {"document", SATS_ROLE_DOCUMENT, 0},
    [SATS_NODE_SECTION] = {"section", SATS_ROLE_SECT, sizeof(SatsSection)},
    [SATS_NODE_HEADING] = {"heading", SATS_ROLE_H1, sizeof(SatsHeading)},
    [SATS_NODE_PARAGRAPH] = {"paragraph", SATS_ROLE_P, 0},
    [SATS_NODE_LIST] = {"list", SATS_ROLE_L, sizeof(SatsList)},
    [SATS_NODE_ITEM] = {"item", SATS_ROLE_LI, 0},
    [SATS_NODE_LABEL] = {"label", SATS_ROLE_LBL, 0},
    [SATS_NODE_BODY] = {"body", SATS_ROLE_LBODY, 0},
    [SATS_NODE_TABLE] = {"table", SATS_ROLE_TABLE, sizeof(SatsTable)},
    [SATS_NODE_CAPTION] = {"caption", SATS_ROLE_CAPTION, 0},
    [SATS_NODE_ROW_GROUP] = {"row-group", SATS_ROLE_TBODY, sizeof(SatsRowGroup)},
    [SATS_NODE_ROW] = {"row", SATS_ROLE_TR, sizeof(SatsRow)},
    [SATS_NODE_CELL] = {"cell", SATS_ROLE_TD, sizeof(SatsCell)},
    [SATS_NODE_FIGURE] = {"figure", SATS_ROLE_FIGURE, sizeof(SatsFigure)},
    [SATS_NODE_CONTENTS] = {"contents", SATS_ROLE_TOC, sizeof(SatsContents)},
    [SATS_NODE_CONTENTS_ENTRY] = {"contents-entry", SATS_ROLE_TOCI, sizeof(SatsContentsEntry)},
    [SATS_NODE_COLUMNS] = {"columns", SATS_ROLE_DIV, sizeof(SatsColumns)},
    [SATS_NODE_COLUMN] = {"column", SATS_ROLE_DIV, 0},
    [SATS_NODE_SIGNATURES] = {"signatures", SATS_ROLE_DIV, sizeof(SatsSignatures)},
    [SATS_NODE_PARTY] = {"party", SATS_ROLE_DIV, sizeof(SatsParty)},
    [SATS_NODE_FIELDS] = {"fields", SATS_ROLE_DIV, sizeof(SatsFields)},
    [SATS_NODE_FIELD] = {"field", SATS_ROLE_DIV, sizeof(SatsField)},
    [SATS_NODE_TILES] = {"tiles", SATS_ROLE_DIV, sizeof(SatsTiles)},
    [SATS_NODE_GROUP] = {"group", SATS_ROLE_DIV, 0},
    [SATS_NODE_SPACE] = {"space", SATS_ROLE_NONE, sizeof(SatsSpace)},
    [SATS_NODE_BREAK] = {"break", SATS_ROLE_NONE, sizeof(SatsPageBreak)},
    [SATS_NODE_NOTES] = {"notes", SATS_ROLE_DIV, 0},
    [SATS_NODE_NOTE] = {"note", SATS_ROLE_NOTE, sizeof(SatsNoteData)},
    [SATS_NODE_LINK] = {"link", SATS_ROLE_LINK, sizeof(SatsLink)},
    [SATS_NODE_REFERENCE] = {"reference", SATS_ROLE_REFERENCE, sizeof(SatsLink)},
    [SATS_NODE_SPAN] = {"span", SATS_ROLE_SPAN, sizeof(SatsSpanData)},
    [SATS_NODE_FORM] = {"form", SATS_ROLE_FORM, sizeof(SatsForm)},
};

static const char *const roles[] = {
    [SATS_ROLE_NONE] = "none",
    [SATS_ROLE_DOCUMENT] = "Document",
    [SATS_ROLE_PART] = "Part",
    [SATS_ROLE_SECT] = "Sect",
    [SATS_ROLE_DIV] = "Div",
    [SATS_ROLE_H1] = "H1",
    [SATS_ROLE_H2] = "H2",
    [SATS_ROLE_H3] = "H3",
    [SATS_ROLE_H4] = "H4",
    [SATS_ROLE_H5] = "H5",
    [SATS_ROLE_H6] = "H6",
    [SATS_ROLE_P] = "P",
    [SATS_ROLE_L] = "L",
    [SATS_ROLE_LI] = "LI",
    [SATS_ROLE_LBL] = "Lbl",
    [SATS_ROLE_LBODY] = "LBody",
    [SATS_ROLE_TABLE] = "Table",
    [SATS_ROLE_CAPTION] = "Caption",
    [SATS_ROLE_THEAD] = "THead",
    [SATS_ROLE_TBODY] = "TBody",
    [SATS_ROLE_TFOOT] = "TFoot",
    [SATS_ROLE_TR] = "TR",
    [SATS_ROLE_TH] = "TH",
    [SATS_ROLE_TD] = "TD",
    [SATS_ROLE_TOC] = "TOC",
    [SATS_ROLE_TOCI] = "TOCI",
    [SATS_ROLE_REFERENCE] = "Reference",
    [SATS_ROLE_LINK] = "Link",
    [SATS_ROLE_NOTE] = "Note",
    [SATS_ROLE_FIGURE] = "Figure",
    [SATS_ROLE_FORM] = "Form",
    [SATS_ROLE_SPAN] = "Span",
    [SATS_ROLE_QUOTE] = "Quote",
};

SatsDocument *sats_document_new(void) {
    SatsDocument *document = g_new0(SatsDocument, 1);
    document->arena = sats_arena_new();
    return document;
}

void sats_document_free(SatsDocument *document) {
    if (document == NULL)
        return;
    sats_arena_free(document->arena);
    g_free(document);
}

static void *new_particulars(SatsDocument *document, SatsNodeKind kind) {
    if (kinds[kind].size == 0)
        return NULL;
    void *particulars = sats_arena_alloc(document->arena, kinds[kind].size);
    if (kind == SATS_NODE_CELL) {
        SatsCell *cell = particulars;
        cell->column_span = 1;
        cell->row_span = 1;
        cell->fill = -1;
    } else if (kind == SATS_NODE_ROW_GROUP) {
        SatsRowGroup *row_group = particulars;
        row_group->kind = SATS_ROWS_BODY;
    }
    return particulars;
}

SatsNode *sats_node_new(SatsDocument *document, SatsNode *parent, SatsNodeKind kind,
                        SatsPlace place) {
    g_assert((gsize)kind < G_N_ELEMENTS(kinds));
    SatsNode *node = sats_arena_new_struct(document->arena, SatsNode);
    node->kind = (guint8)kind;
    node->role = (guint8)kinds[kind].role;
    node->place = place;
    node->parent = parent;
    node->as.any = new_particulars(document, kind);
    if (parent == NULL) {
        if (kind == SATS_NODE_DOCUMENT)
            document->root = node;
    } else if (parent->last_child == NULL) {
        parent->first_child = parent->last_child = node;
    } else {
        parent->last_child->next = node;
        parent->last_child = node;
    }
    return node;
}

void sats_document_number(SatsDocument *document) {
    guint32 id = 0;
    SatsNode *node = document->root;
    while (node != NULL) {
        node->id = id++;
        if (node->first_child != NULL) {
            node = node->first_child;
            continue;
        }
        while (node != NULL && node->next == NULL)
            node = node->parent;
        if (node != NULL)
            node = node->next;
    }
    document->n_nodes = id;
}

const char *sats_role_name(SatsRole role) {
    g_assert((gsize)role < G_N_ELEMENTS(roles));
    return roles[role];
}

SatsRole sats_node_kind_role(SatsNodeKind kind) {
    g_assert((gsize)kind < G_N_ELEMENTS(kinds));
    return kinds[kind].role;
}

const char *sats_node_kind_name(SatsNodeKind kind) {
    g_assert((gsize)kind < G_N_ELEMENTS(kinds));
    return kinds[kind].name;
}

gboolean sats_node_is_inline(const SatsNode *node) {
    return node->kind == SATS_NODE_LINK || node->kind == SATS_NODE_REFERENCE ||
           node->kind == SATS_NODE_SPAN || node->kind == SATS_NODE_FORM;
}

/* ---- text ---- */

static gboolean is_within(const SatsNode *node, const SatsNode *ancestor) {
    while (node != NULL && node != ancestor)
        node = node->parent;
    return node != NULL;
}

/* The runs of a text block, those of one inline node (NULL: all). */
static void append_runs(GString *out, const SatsNode *block, const SatsNode *owner) {
    for (guint i = 0; i < block->n_runs; i++) {
        const SatsRun *run = &block->runs[i];
        if (owner != NULL && !is_within(run->owner, owner))
            continue;
        if (run->kind == SATS_RUN_BREAK)
            g_string_append_c(out, '\n');
        else
            g_string_append_len(out, run->text, run->length);
    }
}

static gboolean stands_beside(const SatsNode *node) {
    return node->kind == SATS_NODE_CELL || node->kind == SATS_NODE_LABEL ||
           node->kind == SATS_NODE_BODY;
}

static void append_text(GString *out, const SatsNode *node) {
    gsize start = out->len;
    append_runs(out, node, NULL);
    const SatsNode *before = NULL;
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        if (sats_node_is_inline(child))
            continue;
        gboolean beside = before != NULL && (stands_beside(before) || stands_beside(child));
        gsize length = out->len;
        if (length > start)
            g_string_append_c(out, beside ? ' ' : '\n');
        gsize joined = out->len;
        append_text(out, child);
        if (out->len == joined)
            g_string_truncate(out, length);
        before = child;
    }
}

char *sats_node_text(const SatsNode *node) {
    GString *out = g_string_new(NULL);
    const SatsNode *block = node;
    while (sats_node_is_inline(block) && block->parent != NULL)
        block = block->parent;
    if (block != node)
        append_runs(out, block, node);
    else
        append_text(out, node);
    return g_string_free(out, FALSE);
}
