/* document/dump.c: the tree as text, a node a line, for --stage=document and golden tests.
 *
 *     heading H2 level=2 number="3.1" "Mål och uppdrag"
 *     paragraph "Se " {1}"avsnitt 2" " och " strong"detta" <break>
 *       reference {1} to section "2"
 *
 * A kind, its role when it is not the usual one, what is particular and not as usual, then the
 * runs. A run that belongs to an inline node carries that node's number within its text block.
 * Nothing depends on addresses or on nodes' ids, so that an inserted paragraph changes one line. */
#include "document/node.h"

#include "base/utf8.h"
#include "document/figure.h"

#include <string.h>

/* ---- small parts ---- */

static void add_text(GString *out, const char *name, const char *text) {
    if (text == NULL)
        return;
    g_string_append_printf(out, " %s=", name);
    sats_utf8_quote(out, text, strlen(text));
}

static void add_flag(GString *out, const char *name, gboolean flag) {
    if (flag)
        g_string_append_printf(out, " %s", name);
}

static void add_count(GString *out, const char *name, guint count, guint usual) {
    if (count != usual)
        g_string_append_printf(out, " %s=%u", name, count);
}

/* At most three decimals, none needless. */
static void append_measure(GString *out, double value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%.3f", value);
    gsize length = strlen(text);
    while (length > 0 && text[length - 1] == '0')
        length--;
    if (length > 0 && text[length - 1] == '.')
        length--;
    text[length] = '\0';
    g_string_append(out, strcmp(text, "-0") == 0 ? "0" : text);
}

static void add_measure(GString *out, const char *name, double value) {
    if (value > 0 || value < 0) {
        g_string_append_printf(out, " %s=", name);
        append_measure(out, value);
    }
}

/* A name out of a list; the first is usual and not written. */
static void add_choice(GString *out, const char *name, guint index, const char *const *names,
                       guint n_names) {
    if (index > 0 && index < n_names)
        g_string_append_printf(out, " %s%s", name, names[index]);
}
#define ADD_CHOICE(out, name, index, names)                                                        \
    add_choice((out), (name), (guint)(index), (names), G_N_ELEMENTS(names))

static const char *number_of(const SatsNode *node) {
    switch (node->kind) {
    case SATS_NODE_SECTION:
        return node->as.section->number != NULL ? node->as.section->number : node->as.section->id;
    case SATS_NODE_HEADING:
        return node->as.heading->number != NULL ? node->as.heading->number
                                                : node->as.heading->title;
    case SATS_NODE_TABLE:
        return node->as.table->number != NULL ? node->as.table->number : node->as.table->id;
    case SATS_NODE_FIGURE:
        return node->as.figure->number != NULL ? node->as.figure->number : node->as.figure->id;
    case SATS_NODE_NOTE:
        return node->as.note->mark;
    default:
        return NULL;
    }
}

/* A node elsewhere, by kind and what it is called; by its text else. */
static void add_target(GString *out, const char *word, const SatsNode *target) {
    if (target == NULL)
        return;
    g_string_append_printf(out, " %s %s ", word, sats_node_kind_name((SatsNodeKind)target->kind));
    const char *number = number_of(target);
    g_autofree char *text = number == NULL ? sats_node_text(target) : NULL;
    const char *shown = number == NULL ? text : number;
    sats_utf8_quote(out, shown, strlen(shown));
}

/* ---- runs ---- */

/* The inline node's number in its text block, from 1 in preorder. */
static gboolean count_inline(const SatsNode *node, const SatsNode *wanted, guint *count) {
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        if (!sats_node_is_inline(child))
            continue;
        (*count)++;
        if (child == wanted || count_inline(child, wanted, count))
            return TRUE;
    }
    return FALSE;
}

static guint number_inline(const SatsNode *wanted) {
    const SatsNode *block = wanted;
    while (sats_node_is_inline(block) && block->parent != NULL)
        block = block->parent;
    guint count = 0;
    return count_inline(block, wanted, &count) ? count : 0;
}

static void append_mark(GString *out, const SatsMark *mark) {
    static const char *const names[] = {
        [SATS_MARK_STATUS] = "status", [SATS_MARK_CROSS] = "cross",
        [SATS_MARK_TREND] = "trend",   [SATS_MARK_CHIP] = "chip",
        [SATS_MARK_BAR] = "bar",       [SATS_MARK_CHECKBOX] = "checkbox",
    };
    g_string_append(out, mark == NULL ? "mark" : names[mark->kind]);
    if (mark == NULL || mark->kind == SATS_MARK_CROSS || mark->kind == SATS_MARK_CHECKBOX)
        return;
    g_string_append_c(out, ' ');
    append_measure(out, mark->value);
    if (mark->kind == SATS_MARK_BAR) {
        g_string_append_c(out, '/');
        append_measure(out, mark->limit);
    }
    add_text(out, "label", mark->label);
    add_text(out, "number", mark->number);
}

static void append_flags(GString *out, guint16 flags) {
    static const char *const names[] = {
        "strong", "emphasis",  "superscript", "subscript", "placeholder", "inserted", "deleted",
        "muted",  "note-mark", "accent",      "tabular",   "semibold",    "light"};
    gboolean first = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        if ((flags & (1u << i)) == 0)
            continue;
        g_string_append_printf(out, "%s%s", first ? "" : "+", names[i]);
        first = FALSE;
    }
}

static void append_run(GString *out, const SatsRun *run) {
    g_string_append_c(out, ' ');
    if (run->owner != NULL)
        g_string_append_printf(out, "{%u}", number_inline(run->owner));
    append_flags(out, run->flags);
    switch ((SatsRunKind)run->kind) {
    case SATS_RUN_TEXT:
        break;
    case SATS_RUN_BREAK:
        g_string_append(out, "<break>");
        return;
    case SATS_RUN_PAGE_NUMBER:
        g_string_append(out, "<page");
        add_target(out, "of", run->target);
        g_string_append_c(out, '>');
        return;
    case SATS_RUN_PAGE_COUNT:
        g_string_append(out, "<pages>");
        return;
    case SATS_RUN_SECTION:
        g_string_append(out, "<section>");
        return;
    case SATS_RUN_MARK:
        g_string_append_c(out, '<');
        append_mark(out, run->mark);
        g_string_append_c(out, '>');
        break;
    }
    sats_utf8_quote(out, run->text == NULL ? "" : run->text, run->text == NULL ? 0 : run->length);
}

/* ---- particulars ---- */

static void add_section(GString *out, const SatsSection *section) {
    g_string_append_printf(out, " level=%d", section->level);
    add_text(out, "number", section->number);
    add_text(out, "id", section->id);
    add_flag(out, "in-contents", section->in_contents);
    add_text(out, "page-kind", section->page_kind);
    add_flag(out, "new-page", section->new_page);
    add_text(out, "running", section->running);
}

static void add_list(GString *out, const SatsList *list) {
    static const char *const names[] = {"bullet", "dash", "decimal", "alpha", "none"};
    g_string_append_printf(out, " %s", names[list->kind]);
    if (list->start != 0 && list->start != 1)
        g_string_append_printf(out, " start=%d", list->start);
    add_flag(out, "tight", list->tight);
    if (list->depth != 0)
        g_string_append_printf(out, " depth=%d", list->depth);
}

static const char *const aligns[] = {"inherit", "left", "right", "center", "decimal"};

static void append_column(GString *out, const SatsTableColumn *column) {
    g_string_append(out, " (");
    g_string_append(out, column->id == NULL ? "-" : column->id);
    if (column->width_kind != SATS_WIDTH_CONTENT)
        add_measure(out, column->width_kind == SATS_WIDTH_FIXED ? "width" : "share", column->width);
    add_measure(out, "min", column->min_width_pt);
    ADD_CHOICE(out, "", column->align, aligns);
    add_flag(out, "tint", column->tint);
    add_flag(out, "key", column->key);
    add_measure(out, "gap", column->gap_before_pt);
    add_flag(out, "hyphenate", column->hyphenate);
    g_string_append_c(out, ')');
}

static void add_table(GString *out, const SatsTable *table) {
    add_text(out, "number", table->number);
    add_text(out, "id", table->id);
    add_text(out, "unit", table->unit);
    add_text(out, "style", table->style);
    add_text(out, "widths-group", table->widths_group);
    add_flag(out, "transport", table->transport);
    add_text(out, "summary", table->summary);
    g_string_append_printf(out, " rows=%u columns=%u", table->n_rows, table->n_columns);
    for (guint i = 0; i < table->n_columns && table->columns != NULL; i++)
        append_column(out, &table->columns[i]);
}

static void add_row(GString *out, const SatsRow *row) {
    static const char *const row_kinds[] = {"head",     "body",  "group",  "subgroup",
                                            "subtotal", "total", "result", "block-head"};
    static const char *const rules[] = {"none", "dotted", "hair", "thin", "heavy"};
    g_string_append_printf(out, " %s", row_kinds[row->kind]);
    ADD_CHOICE(out, "rule=", row->rule_above, rules);
    add_flag(out, "keep-with-next", row->keep_with_next);
    add_measure(out, "height", row->height_pt);
    add_text(out, "remark", row->remark);
    add_flag(out, "continued-label", row->continued_label);
}

static void add_cell(GString *out, const SatsCell *cell) {
    static const char *const scopes[] = {"none", "column", "row", "both"};
    g_string_append_printf(out, " column=%u", cell->column);
    add_count(out, "column-span", cell->column_span, 1);
    add_count(out, "row-span", cell->row_span, 1);
    ADD_CHOICE(out, "scope=", cell->scope, scopes);
    ADD_CHOICE(out, "", cell->align, aligns);
    add_flag(out, "turned", cell->turned);
    if (cell->fill >= 0)
        g_string_append_printf(out, " fill=#%06x", (guint)cell->fill);
    add_text(out, "id", cell->header_id);
    for (gsize i = 0; cell->headers != NULL && cell->headers[i] != NULL; i++)
        add_text(out, "header", cell->headers[i]);
    add_flag(out, "repeat-label", cell->repeat_label);
}

static void add_figure(GString *out, const SatsFigure *figure) {
    add_text(out, "number", figure->number);
    add_text(out, "id", figure->id);
    add_text(out, "image", figure->image_path);
    add_measure(out, "width", figure->width_pt);
    add_flag(out, "chart", figure->data != NULL);
}

static void add_columns(GString *out, const SatsColumns *columns) {
    g_string_append_printf(out, " %u", columns->n_columns);
    for (guint i = 0; i < columns->n_columns && columns->shares != NULL; i++) {
        g_string_append_c(out, i == 0 ? ' ' : ':');
        append_measure(out, columns->shares[i]);
    }
    add_measure(out, "gap", columns->gap_pt);
    add_flag(out, "balanced", columns->balanced);
}

static void add_link(GString *out, const SatsLink *link) {
    add_text(out, "uri", link->uri);
    add_target(out, "to", link->target);
    add_target(out, "calls", link->note);
}

static void add_field_name(GString *out, const char *name, const char *tooltip) {
    add_text(out, "name", name);
    add_text(out, "tooltip", tooltip);
}

static void add_block_particulars(GString *out, const SatsNode *node) {
    static const char *const contents[] = {"sections", "tables", "figures"};
    static const char *const row_groups[] = {"head", "body", "foot"};
    switch (node->kind) {
    case SATS_NODE_SECTION:
        add_section(out, node->as.section);
        break;
    case SATS_NODE_HEADING:
        g_string_append_printf(out, " level=%d", node->as.heading->level);
        add_text(out, "number", node->as.heading->number);
        add_flag(out, "run-in", node->as.heading->run_in);
        break;
    case SATS_NODE_LIST:
        add_list(out, node->as.list);
        break;
    case SATS_NODE_FIGURE:
        add_figure(out, node->as.figure);
        break;
    case SATS_NODE_CONTENTS:
        g_string_append_printf(out, " %s", contents[node->as.contents->kind]);
        add_count(out, "depth", (guint)node->as.contents->depth, 0);
        break;
    case SATS_NODE_CONTENTS_ENTRY:
        g_string_append_printf(out, " level=%d", node->as.entry->level);
        add_text(out, "number", node->as.entry->number);
        add_text(out, "title", node->as.entry->title);
        add_target(out, "to", node->as.entry->target);
        break;
    case SATS_NODE_TABLE:
        add_table(out, node->as.table);
        break;
    case SATS_NODE_ROW_GROUP:
        g_string_append_printf(out, " %s", row_groups[node->as.row_group->kind]);
        break;
    case SATS_NODE_ROW:
        add_row(out, node->as.row);
        break;
    case SATS_NODE_CELL:
        add_cell(out, node->as.cell);
        break;
    default:
        break;
    }
}

static void add_other_particulars(GString *out, const SatsNode *node) {
    switch (node->kind) {
    case SATS_NODE_COLUMNS:
        add_columns(out, node->as.columns);
        break;
    case SATS_NODE_SIGNATURES:
        add_count(out, "per-row", node->as.signatures->per_row, 0);
        break;
    case SATS_NODE_PARTY:
        add_field_name(out, node->as.party->field_name, node->as.party->tooltip);
        break;
    case SATS_NODE_FIELDS:
        add_count(out, "per-row", node->as.fields->per_row, 0);
        add_flag(out, "document-control", node->as.fields->document_control);
        break;
    case SATS_NODE_FIELD:
        add_count(out, "span", node->as.field->span, 1);
        break;
    case SATS_NODE_SPACE:
        add_measure(out, "height", node->as.space->height_pt);
        add_flag(out, "fill", node->as.space->fill);
        break;
    case SATS_NODE_BREAK:
        add_text(out, "page-kind", node->as.page_break->page_kind);
        add_flag(out, "only-kind", node->as.page_break->only_kind);
        break;
    case SATS_NODE_NOTE:
        add_text(out, "mark", node->as.note->mark);
        add_flag(out, "footnote", node->as.note->footnote);
        break;
    case SATS_NODE_LINK:
    case SATS_NODE_REFERENCE:
        add_link(out, node->as.link);
        break;
    case SATS_NODE_SPAN:
        add_text(out, "language", node->as.span->language);
        add_flag(out, "inserted", node->as.span->inserted);
        add_flag(out, "deleted", node->as.span->deleted);
        break;
    case SATS_NODE_FORM:
        add_field_name(out, node->as.form->field_name, node->as.form->tooltip);
        break;
    default:
        break;
    }
}

/* ---- nodes ---- */

/* What bind gives a node of the kind when nothing is special. */
static SatsRole usual_role(const SatsNode *node) {
    static const SatsRole row_groups[] = {SATS_ROLE_THEAD, SATS_ROLE_TBODY, SATS_ROLE_TFOOT};
    if (node->kind == SATS_NODE_HEADING && node->as.heading->level >= 1 &&
        node->as.heading->level <= 6)
        return (SatsRole)(SATS_ROLE_H1 + node->as.heading->level - 1);
    if (node->kind == SATS_NODE_ROW_GROUP)
        return row_groups[node->as.row_group->kind];
    if (node->kind == SATS_NODE_CELL)
        return node->as.cell->scope == SATS_SCOPE_NONE ? SATS_ROLE_TD : SATS_ROLE_TH;
    return sats_node_kind_role((SatsNodeKind)node->kind);
}

static void append_node(GString *out, const SatsNode *node, guint depth) {
    for (guint i = 0; i < depth; i++)
        g_string_append(out, "  ");
    g_string_append(out, sats_node_kind_name((SatsNodeKind)node->kind));
    if (node->role != usual_role(node))
        g_string_append_printf(out, " %s", sats_role_name((SatsRole)node->role));
    if (sats_node_is_inline(node))
        g_string_append_printf(out, " {%u}", number_inline(node));
    add_block_particulars(out, node);
    add_other_particulars(out, node);
    add_flag(out, "keep", node->keep);
    add_flag(out, "changed", node->changed);
    add_text(out, "text-style", node->style);
    add_text(out, "alt", node->alt);
    for (guint i = 0; i < node->n_runs; i++)
        append_run(out, &node->runs[i]);
    g_string_append_c(out, '\n');
    if (node->kind == SATS_NODE_FIGURE && node->as.figure->data != NULL)
        sats_figure_data_dump(node->as.figure->data, 2 * (depth + 1), out);
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next)
        append_node(out, child, depth + 1);
}

/* ---- the document ---- */

static void append_property(GString *out, const char *name, const char *text) {
    if (text == NULL)
        return;
    g_string_append_printf(out, "%s: ", name);
    sats_utf8_quote(out, text, strlen(text));
    g_string_append_c(out, '\n');
}

static void append_running(GString *out, const char *name, const SatsRunningLine *line) {
    const SatsNode *parts[] = {line->left, line->right};
    static const char *const sides[] = {"left", "right"};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i] == NULL)
            continue;
        g_string_append_printf(out, "%s %s:", name, sides[i]);
        for (guint j = 0; j < parts[i]->n_runs; j++)
            append_run(out, &parts[i]->runs[j]);
        g_string_append_c(out, '\n');
    }
}

char *sats_document_dump(const SatsDocument *document) {
    GString *out = g_string_new(NULL);
    append_property(out, "language", document->language);
    append_property(out, "title", document->title);
    append_property(out, "author", document->author);
    append_property(out, "subject", document->subject);
    append_property(out, "keywords", document->keywords);
    append_property(out, "date", document->date);
    for (guint i = 0; i < document->n_metadata; i++)
        append_property(out, document->metadata[i].key, document->metadata[i].value);
    append_property(out, "page-kind", document->page_kind);
    append_property(out, "watermark", document->watermark);
    if (document->draft)
        g_string_append(out, "draft\n");
    if (document->n_placeholders > 0)
        g_string_append_printf(out, "placeholders: %u\n", document->n_placeholders);
    append_running(out, "head", &document->head);
    append_running(out, "foot", &document->foot);
    append_running(out, "first foot", &document->first_foot);
    if (document->root != NULL)
        append_node(out, document->root, 0);
    return g_string_free(out, FALSE);
}
