/* layout/table-cell.c: one cell's content becomes lines or a galley.
 *
 * Most cells are a few words. They are *flat*: their lines are placed directly, which alone allows
 * numbers to be aligned on the comma and keeps a cell of a long table small. Their paragraphs are
 * prepared in scratch memory, and only the lines are copied to the pages. Anything else, lists,
 * several paragraphs, marks, goes through the same blocks as prose does, into a galley of its own.
 *
 * A number is set by its last digit before the comma. What hangs on it, a note mark, stands outside
 * and does not move the digits. Text in a column of numbers keeps to the column's right edge.
 */
#include <math.h>
#include <string.h>

#include "layout/table-cell.h"

#define UNBROKEN_PT 1.0e6F
#define TURNED_PART 0.4F                    /* of the page's height, for turned text */
#define ROUNDING_PT 0.05F                   /* a column as wide as its word must hold it */
#define NARROW_PT   (50.0F * SATS_TABLE_MM) /* narrower columns may divide words */

typedef enum { LINE_TEXT, LINE_NUMBER, LINE_DASH } LineClass;

/* ---- what a line is ---- */

/* Fragments of the line without note marks at its end. */
static guint fragments_without_mark(const SatsLine *line) {
    guint n = line->n_fragments;
    while (n > 0) {
        const SatsRun *run = line->fragments[n - 1].span->tag;
        if (run == NULL || (run->flags & (SATS_RUN_NOTE_MARK | SATS_RUN_SUPERSCRIPT)) == 0) {
            break;
        }
        n--;
    }
    return n > 0 ? n : line->n_fragments;
}

/* The line without the mark that hangs outside. */
static SatsLine line_without_mark(const SatsLine *line) {
    SatsLine bare = *line;
    bare.n_fragments = fragments_without_mark(line);
    if (bare.n_fragments < line->n_fragments) {
        const SatsFragment *last = &line->fragments[bare.n_fragments - 1];
        bare.width_pt = last->x_pt + last->width_pt;
    }
    return bare;
}

static gboolean is_space(gunichar c) {
    return c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009;
}

static gboolean is_sign(gunichar c) {
    return strchr("+-<>~=(", c < 0x80 ? (int)c : '\1') != NULL || c == 0x2212 || c == 0x2013 ||
           c == 0xB1 || c == 0x2264 || c == 0x2265 || c == 0x2248;
}

/* Optional sign, digits in groups, decimals, and at most a short unit: a number. */
static LineClass classify(const char *text) {
    const char *at = text;
    gunichar c = g_utf8_get_char(at);
    gboolean dash = FALSE;
    for (; c != 0 && (is_sign(c) || is_space(c)); c = g_utf8_get_char(at)) {
        dash = dash || c == 0x2013 || c == '-' || c == 0x2014;
        at = g_utf8_next_char(at);
    }
    if (c == 0) {
        return dash ? LINE_DASH : LINE_TEXT;
    }
    if (!g_unichar_isdigit(c)) {
        return LINE_TEXT;
    }
    for (; g_unichar_isdigit(c) || is_space(c) || c == ',' || c == '.'; c = g_utf8_get_char(at)) {
        at = g_utf8_next_char(at);
    }
    guint letters = 0;
    for (; c != 0; c = g_utf8_get_char(at)) {
        if (g_unichar_isdigit(c) || is_space(c) || ++letters > 6) {
            return LINE_TEXT;
        }
        at = g_utf8_next_char(at);
    }
    return LINE_NUMBER;
}

static LineClass line_class(const SatsLine *line) {
    char text[64];
    gsize length = 0;
    for (guint i = 0; i < line->n_fragments; i++) {
        const SatsShape *shape = line->fragments[i].shape;
        if (shape == NULL) {
            return LINE_TEXT;
        }
        if (length + shape->length >= sizeof text) {
            return LINE_TEXT;
        }
        memcpy(text + length, shape->text, shape->length);
        length += shape->length;
    }
    text[length] = '\0';
    return classify(text);
}

/* ---- what a cell is ---- */

static gboolean run_is_dash(const SatsNode *node) {
    if (node->n_runs != 1 || node->runs[0].kind != SATS_RUN_TEXT) {
        return FALSE;
    }
    const SatsRun *run = &node->runs[0];
    return (run->length == 1 && run->text[0] == '-') ||
           (run->length == 3 && (memcmp(run->text, "–", 3) == 0 || memcmp(run->text, "—", 3) == 0));
}

/* The text block of a flat cell, or its only or first paragraph; NULL when the cell is not flat. */
static const SatsNode *flat_text(const SatsNode *cell, gboolean numbers) {
    if (cell->n_runs > 0) {
        return cell;
    }
    const SatsNode *first = NULL;
    for (const SatsNode *child = cell->first_child; child != NULL; child = child->next) {
        if (sats_node_is_inline(child)) {
            continue;
        }
        if (child->kind != SATS_NODE_PARAGRAPH || (first != NULL && !numbers)) {
            return NULL;
        }
        first = first == NULL ? child : first;
    }
    return first;
}

/* Lines of these runs can be copied: nothing outside the line points into them. */
static gboolean is_simple(const SatsNode *text) {
    const guint drawn = SATS_RUN_PLACEHOLDER | SATS_RUN_INSERTED | SATS_RUN_DELETED;
    for (guint i = 0; i < text->n_runs; i++) {
        const SatsRun *run = &text->runs[i];
        if ((run->kind != SATS_RUN_TEXT && run->kind != SATS_RUN_BREAK) || run->owner != NULL ||
            (run->flags & drawn) != 0) {
            return FALSE;
        }
    }
    return TRUE;
}

SatsAlign sats_table_cell_align(const SatsTableSetting *setting, const SatsNode *cell,
                                gboolean head) {
    const SatsCell *data = cell->as.cell;
    SatsAlign align = data->align;
    if (align == SATS_ALIGN_INHERIT) {
        align = setting->grid->table->columns[data->column].align;
        gboolean number = align == SATS_ALIGN_DECIMAL || (head && align == SATS_ALIGN_RIGHT);
        if (data->column_span > 1 &&
            (number || (head && sats_table_head_is_group(setting->grid, cell)))) {
            align = data->column_span >= setting->n_columns ? SATS_ALIGN_LEFT : SATS_ALIGN_CENTER;
        }
    }
    if (align == SATS_ALIGN_INHERIT) {
        align = SATS_ALIGN_LEFT;
    }
    return head && align == SATS_ALIGN_DECIMAL ? SATS_ALIGN_RIGHT : align;
}

typedef struct {
    const SatsRowStyle *style;
    SatsAlign align;
    gboolean head;
    SatsTextOptions options;
} CellLook;

static CellLook cell_look(const SatsTableSetting *setting, const SatsTableRow *row,
                          const SatsNode *cell) {
    CellLook look = {.style = &setting->row_styles[sats_table_row_kind(row)]};
    look.head = sats_table_row_is_head(row);
    look.align = sats_table_cell_align(setting, cell, look.head);
    if (!look.head && (look.align == SATS_ALIGN_DECIMAL || look.align == SATS_ALIGN_RIGHT)) {
        look.options.add_flags |= SATS_RUN_TABULAR;
    }
    return look;
}

static const SatsTextStyle *look_style(const SatsTableSetting *setting, const CellLook *look,
                                       const SatsNode *text, const SatsNode *cell,
                                       gboolean divide) {
    if (text->style != NULL || cell->style != NULL) {
        return sats_context_style(setting->context, text->style != NULL ? text : cell,
                                  look->style->name);
    }
    return divide ? look->style->text : look->style->plain;
}

static SatsMeasure cell_measure_of(const SatsTableSetting *setting, const CellLook *look,
                                   const SatsNode *cell, float width_pt) {
    SatsMeasure measure = {.width_pt = width_pt,
                           .table_width_pt = width_pt,
                           .text_style = cell->style != NULL ? cell->style : look->style->name,
                           .in_cell = TRUE,
                           .flags = setting->measure.flags | look->options.add_flags,
                           .align =
                               look->align == SATS_ALIGN_DECIMAL ? SATS_ALIGN_RIGHT : look->align};
    return measure;
}

/* ---- measuring ---- */

static void measure_lines(SatsTableSetting *setting, const SatsTextBlock *block, SatsAlign align,
                          SatsCellMeasure *out) {
    SatsLines lines = sats_text_lines(setting->context, block, UNBROKEN_PT);
    for (guint i = 0; i < lines.n_lines; i++) {
        SatsLine bare = line_without_mark(&lines.lines[i]);
        LineClass class = line_class(&bare);
        if (class == LINE_TEXT) {
            continue;
        }
        out->hang_pt = MAX(out->hang_pt, lines.lines[i].width_pt - bare.width_pt);
        if (align == SATS_ALIGN_DECIMAL) {
            float integer = class == LINE_DASH ? bare.width_pt : sats_line_decimal_pt(&bare);
            out->integer_pt = MAX(out->integer_pt, integer);
            out->fraction_pt = MAX(out->fraction_pt, bare.width_pt - integer);
        }
    }
}

static void measure_text(SatsTableSetting *setting, const CellLook *look, const SatsNode *text,
                         const SatsNode *cell, SatsCellMeasure *out) {
    gboolean divide = !look->head && setting->divide >= SATS_DIVIDE_CELLS;
    SatsTextBlock block = sats_text_block(
        setting->context, text, look_style(setting, look, text, cell, divide), &look->options);
    out->min_pt = MAX(out->min_pt, block.min_width_pt);
    out->max_pt = MAX(out->max_pt, block.max_width_pt);
    if (!look->head && (look->align == SATS_ALIGN_DECIMAL || look->align == SATS_ALIGN_RIGHT)) {
        measure_lines(setting, &block, look->align, out);
    }
}

float sats_table_turned_most(const SatsTableSetting *setting) {
    const SatsPageKind *page = setting->context->page;
    return TURNED_PART * (float)(page->height_pt - page->top_pt - page->bottom_pt);
}

void sats_table_cell_measure(SatsTableSetting *setting, const SatsTableRow *row,
                             const SatsNode *cell, SatsCellMeasure *out) {
    memset(out, 0, sizeof *out);
    CellLook look = cell_look(setting, row, cell);
    gboolean numbers = (look.options.add_flags & SATS_RUN_TABULAR) != 0;
    const SatsNode *text = flat_text(cell, numbers);
    if (text == NULL) {
        SatsMeasure measure = cell_measure_of(setting, &look, cell, UNBROKEN_PT);
        for (const SatsNode *child = cell->first_child; child != NULL; child = child->next) {
            float min = 0;
            float max = 0;
            if (!sats_node_is_inline(child)) {
                sats_block_widths(setting->context, child, &measure, &min, &max);
            }
            out->min_pt = MAX(out->min_pt, min);
            out->max_pt = MAX(out->max_pt, max);
        }
        return;
    }
    for (; text != NULL; text = text == cell ? NULL : text->next) {
        if (!sats_node_is_inline(text)) {
            measure_text(setting, &look, text, cell, out);
        }
    }
    if (cell->as.cell->turned && row->group == SATS_ROWS_HEAD && cell->n_runs > 0) {
        float leading = (float)look.style->plain->leading_pt;
        float lines = out->max_pt > 1.6F * out->min_pt ? 2 : 1;
        lines = MAX(lines, ceilf(1.15F * out->max_pt / sats_table_turned_most(setting)));
        out->max_pt = out->min_pt = leading * lines;
    }
}

/* ---- setting flat cells ---- */

/* Cells of one plain run say nothing by their span but how they look: they share it. Where many
 * cells say the same ("ja", a unit's name, a percentage), they share their line too: of each look,
 * the last line to have been set in each of some places is remembered. */
enum { LINE_PLACES = 512, WORTH_REMEMBERING = 64, MAX_SHARED_FRAGMENTS = 3 };

typedef struct {
    SatsSpan span; /* first */
    guint n_lines;
    SatsLine **lines; /* LINE_PLACES; NULL for looks of few lines */
} SharedSpan;

static SharedSpan *shared_span(SatsTableSetting *setting, const SatsSpan *span) {
    for (guint i = 0; i < G_N_ELEMENTS(setting->spans); i++) {
        const SatsSpan *known = setting->spans[i];
        if (known != NULL && known->face == span->face && known->rgb == span->rgb &&
            known->features == span->features && known->size_pt == span->size_pt &&
            known->rise_pt == span->rise_pt && known->tracking == span->tracking) {
            return (SharedSpan *)(guintptr)known;
        }
    }
    SharedSpan *shared = sats_arena_new_struct(setting->arena, SharedSpan);
    shared->span = *span;
    shared->span.tag = NULL;
    shared->span.text = "";
    shared->span.length = 0;
    setting->spans[setting->next_span++ % G_N_ELEMENTS(setting->spans)] = &shared->span;
    return shared;
}

/* Where a line like this one would be remembered; NULL when such lines are not. Shapes are kept
 * once, so that the same words in one look have the same ones. */
static SatsLine **shared_line(SatsTableSetting *setting, const SatsLine *line) {
    if (line->n_fragments == 0 || line->n_fragments > MAX_SHARED_FRAGMENTS) {
        return NULL;
    }
    SharedSpan *look = shared_span(setting, line->fragments[0].span);
    guintptr hash = 0;
    for (guint i = 0; i < line->n_fragments; i++) {
        if (line->fragments[i].shape == NULL || line->fragments[i].actual_text != NULL) {
            return NULL;
        }
        hash = hash * 31 + ((guintptr)line->fragments[i].shape >> 4);
    }
    if (look->lines == NULL) {
        if (++look->n_lines < WORTH_REMEMBERING) {
            return NULL;
        }
        look->lines = sats_arena_new_array(setting->arena, SatsLine *, LINE_PLACES);
    }
    return &look->lines[(hash ^ hash >> 9) % LINE_PLACES];
}

/* Both of one look, and without alternative text. */
static gboolean same_line(const SatsLine *a, const SatsLine *b) {
    if (a->n_fragments != b->n_fragments || a->hyphenated != b->hyphenated) {
        return FALSE;
    }
    for (guint i = 0; i < a->n_fragments; i++) {
        const SatsFragment *x = &a->fragments[i];
        const SatsFragment *y = &b->fragments[i];
        if (x->shape != y->shape || x->x_pt != y->x_pt || x->width_pt != y->width_pt) {
            return FALSE;
        }
    }
    return a->width_pt == b->width_pt;
}

static const SatsSpan *span_copy(SatsSpan *to, const SatsSpan *from) {
    *to = *from;
    return to;
}

static guint count_spans(const SatsLine *lines, guint n) {
    guint n_spans = 0;
    const SatsSpan *last = NULL;
    for (guint i = 0; i < n; i++) {
        for (guint j = 0; j < lines[i].n_fragments; j++) {
            n_spans += lines[i].fragments[j].span != last ? 1U : 0U;
            last = lines[i].fragments[j].span;
        }
    }
    return n_spans;
}

/* Copies lines, with what they point at, out of scratch memory: one piece, since there are many. */
static SatsLine *copy_lines(SatsTableSetting *setting, const SatsLine *lines, guint n,
                            gboolean one_run) {
    SatsLine **place = one_run && n == 1 ? shared_line(setting, &lines[0]) : NULL;
    if (place != NULL && *place != NULL && same_line(*place, &lines[0])) {
        return *place;
    }
    guint n_fragments = 0;
    for (guint i = 0; i < n; i++) {
        n_fragments += lines[i].n_fragments;
    }
    guint n_spans = one_run ? 0 : count_spans(lines, n);
    char *piece =
        sats_arena_alloc(setting->arena, n * sizeof(SatsLine) + n_fragments * sizeof(SatsFragment) +
                                             n_spans * sizeof(SatsSpan));
    SatsLine *copies = (SatsLine *)(void *)piece;
    SatsFragment *fragments = (SatsFragment *)(void *)(piece + n * sizeof(SatsLine));
    SatsSpan *spans = (SatsSpan *)(void *)(fragments + n_fragments);
    const SatsSpan *last = NULL;
    const SatsSpan *copy = NULL;
    for (guint i = 0; i < n; i++) {
        copies[i] = lines[i];
        copies[i].fragments = fragments;
        for (guint j = 0; j < lines[i].n_fragments; j++, fragments++) {
            *fragments = lines[i].fragments[j];
            if (fragments->span != last) {
                last = fragments->span;
                copy = one_run ? &shared_span(setting, last)->span : span_copy(spans++, last);
            }
            fragments->span = copy;
            fragments->actual_text = sats_arena_strdup(setting->arena, fragments->actual_text);
        }
    }
    if (place != NULL) {
        *place = copies;
    }
    return copies;
}

/* x of a line in its content box. */
static float line_x(const SatsTableSetting *setting, const SatsTableCell *cell,
                    const SatsLine *line, SatsAlign align) {
    float right = cell->x_pt + cell->width_pt;
    if (align == SATS_ALIGN_CENTER) {
        return cell->x_pt + MAX(0, (cell->width_pt - line->width_pt) / 2);
    }
    if (align != SATS_ALIGN_RIGHT && align != SATS_ALIGN_DECIMAL) {
        return cell->x_pt;
    }
    SatsLine bare = line_without_mark(line);
    LineClass class = line_class(&bare);
    if (class == LINE_TEXT) {
        return right - line->width_pt;
    }
    if (align == SATS_ALIGN_RIGHT) {
        return right - bare.width_pt;
    }
    float point = sats_table_decimal_x(&setting->columns[cell->first], right);
    return point - (class == LINE_DASH ? bare.width_pt : sats_line_decimal_pt(&bare));
}

static void add_lines(SatsTableSetting *setting, const CellLook *look, const SatsNode *text,
                      SatsArena *scratch, SatsTableCell *cell) {
    SatsContext *context = setting->context;
    CellLook here = *look;
    here.options.add_flags |=
        setting->measure.flags | (run_is_dash(text) && !look->head ? SATS_RUN_MUTED : 0U);
    gboolean divide =
        !look->head && (cell->width_pt < NARROW_PT || setting->divide >= SATS_DIVIDE_CELLS ||
                        setting->columns[cell->first].column->hyphenate);
    gboolean simple = is_simple(text);
    SatsArena *pages = context->arena;
    context->arena = simple ? scratch : pages;
    const SatsTextStyle *style = look_style(setting, &here, text, cell->node, divide);
    SatsTextBlock block = sats_text_block(context, text, style, &here.options);
    SatsLines lines = sats_text_lines(context, &block, cell->width_pt + ROUNDING_PT);
    context->arena = pages;
    SatsLine *kept =
        simple ? copy_lines(setting, lines.lines, lines.n_lines, text->n_runs == 1) : lines.lines;

    SatsCellLine *all = sats_arena_new_array(scratch, SatsCellLine, cell->n_lines + lines.n_lines);
    if (cell->n_lines > 0) {
        memcpy(all, cell->lines, cell->n_lines * sizeof *all);
    }
    for (guint i = 0; i < lines.n_lines; i++) {
        all[cell->n_lines + i] =
            (SatsCellLine){.line = &kept[i],
                           .owner = text,
                           .style = style,
                           .x_pt = line_x(setting, cell, &kept[i], look->align),
                           .top_pt = cell->height_pt,
                           .height_pt = lines.leading_pt,
                           .baseline_pt = lines.baseline_pt,
                           .notes = simple ? NULL : sats_line_notes(context, &kept[i])};
        cell->height_pt += lines.leading_pt;
    }
    cell->lines = all;
    cell->n_lines += lines.n_lines;
}

static void set_blocks(SatsTableSetting *setting, const CellLook *look, SatsTableCell *cell) {
    SatsMeasure measure = cell_measure_of(setting, look, cell->node, cell->width_pt + ROUNDING_PT);
    sats_galley_init(&cell->galley, setting->arena);
    for (const SatsNode *child = cell->node->first_child; child != NULL; child = child->next) {
        if (!sats_node_is_inline(child)) {
            sats_block_set(setting->context, child, &measure, &cell->galley);
        }
    }
    SatsGalley *galley = &cell->galley;
    while (galley->n_items > 0 && galley->items[galley->n_items - 1].kind != SATS_GALLEY_BOX) {
        galley->n_items--;
    }
    cell->height_pt = sats_galley_height_pt(galley);
}

void sats_table_cell_set(SatsTableSetting *setting, const SatsTableRow *row, const SatsNode *node,
                         SatsArena *scratch, SatsTableCell *out) {
    CellLook look = cell_look(setting, row, node);
    const SatsColumnBox *first = &setting->columns[out->first];
    const SatsColumnBox *last = &setting->columns[out->last];
    out->node = node;
    out->again = first->again || setting->columns[node->as.cell->column].hidden;
    out->x_pt = first->x_pt + first->pad_left_pt;
    out->width_pt = last->x_pt + last->width_pt - last->pad_right_pt - out->x_pt;
    if (out->first != out->last && look.head && look.align == SATS_ALIGN_CENTER) {
        out->x_pt = first->x_pt;
        out->width_pt = last->x_pt + last->width_pt - first->x_pt;
    }
    out->width_pt -= out->trim_pt;
    gboolean numbers = (look.options.add_flags & SATS_RUN_TABULAR) != 0;
    const SatsNode *text = flat_text(node, numbers);
    if (text == NULL && !sats_table_cell_is_empty(node)) {
        set_blocks(setting, &look, out);
        return;
    }
    out->flat = TRUE;
    for (; text != NULL; text = text == node ? NULL : text->next) {
        if (!sats_node_is_inline(text)) {
            add_lines(setting, &look, text, scratch, out);
        }
    }
}

void sats_table_cell_clear(SatsTableCell *cell) {
    if (!cell->flat) {
        sats_galley_clear(&cell->galley);
    }
}
