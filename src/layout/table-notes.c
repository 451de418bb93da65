/* layout/table-notes.c: the caption line over a table, and the notes under it.
 *
 * Notes with a mark hang by it; a note without one runs on. When there are many, and they are
 * short, they stand in columns, read downwards, as one box.
 */
#include "layout/table-rows.h"
#include "layout/text-block.h"

#define MANY_NOTES         8
#define NOTE_COLUMN_GAP_PT (6.0F * SATS_TABLE_MM)
#define WIDE_PT            (200.0F * SATS_TABLE_MM)
#define WHOLE_NOTES_PT     160.0F

/* ---- caption ---- */

float sats_table_right_words(SatsTableSetting *setting, const char *words, const char *style,
                             const SatsNode *owner, gboolean again, SatsBoxBuilder *builder,
                             float baseline_y) {
    SatsContext *context = setting->context;
    /* a space, so that it is not read as the end of the word before */
    g_autofree char *spaced = g_strconcat(" ", words, NULL);
    SatsTextBlock text =
        sats_text_words(context, spaced, sats_context_style(context, NULL, style), 0);
    SatsLines lines = sats_text_lines(context, &text, text.max_width_pt + 1);
    SatsItem item = {.kind = SATS_ITEM_LINE,
                     .artifact = again ? SATS_ARTIFACT_PAGINATION : SATS_ITEM_CONTENT,
                     .x = setting->width_pt - lines.lines[0].width_pt,
                     .y = baseline_y,
                     .owner = owner};
    item.as.line = &lines.lines[0];
    sats_box_item(builder, &item);
    return lines.lines[0].width_pt;
}

typedef struct {
    SatsTableSetting *setting;
    SatsBoxBuilder builder;
    const SatsTextStyle *style;
    gboolean again;
    const SatsNoteBox *notes;
    float x, right, y; /* where text goes on */
} CaptionWork;

static void draw_lines(CaptionWork *work, const SatsNode *node, guint first, guint count,
                       float left) {
    SatsContext *context = work->setting->context;
    if (count == 0) {
        return;
    }
    SatsTextBlock text = sats_text_block_range(context, node, first, count, work->style, NULL);
    SatsLines lines = sats_text_lines(context, &text, work->right - left);
    for (guint i = 0; i < lines.n_lines; i++) {
        work->y += i > 0 ? lines.leading_pt : 0;
        sats_line_draw(context, &work->builder, node, &lines.lines[i], work->style, left,
                       work->y + lines.baseline_pt, work->again ? SATS_ARTIFACT_PAGINATION : -1);
        work->x = left + lines.lines[i].width_pt;
        const SatsNoteBox *more = work->again ? NULL : sats_line_notes(context, &lines.lines[i]);
        work->notes = sats_table_join_notes(work->notes, more, work->setting->arena);
    }
}

static void draw_continued(CaptionWork *work) {
    SatsContext *context = work->setting->context;
    SatsTextBlock words = sats_text_words(context, sats_theme_word(context->theme, "forts"),
                                          work->style, SATS_RUN_MUTED);
    SatsLines lines = sats_text_lines(context, &words, words.max_width_pt + 1);
    float gap = sats_context_length_pt(work->setting->context, "caption.continued-gap");
    if (work->x + gap + words.max_width_pt > work->right + 0.01F) {
        work->x = 0;
        work->y += lines.leading_pt;
        gap = 0;
    }
    sats_box_artifact_line(&work->builder, SATS_ARTIFACT_PAGINATION, NULL, &lines.lines[0],
                           work->x + gap, work->y + lines.baseline_pt);
}

static void draw_caption(CaptionWork *work, const SatsNode *caption) {
    SatsTableSetting *setting = work->setting;
    const char *number = setting->grid->table->number;
    gboolean labelled =
        number != NULL && caption->n_runs > 1 && (caption->runs[0].flags & SATS_RUN_SEMIBOLD) != 0;
    float left = 0;
    if (labelled) {
        draw_lines(work, caption, 0, 1, 0);
        left = work->x + sats_context_length_pt(setting->context, "caption.label-gap");
    }
    draw_lines(work, caption, labelled ? 1 : 0, caption->n_runs - (labelled ? 1 : 0), left);
}

const SatsBox *sats_table_caption_set(SatsTableSetting *setting, gboolean again,
                                      const SatsNoteBox **out_notes) {
    const SatsTableGrid *grid = setting->grid;
    const SatsNode *caption = grid->caption;
    const char *unit = grid->table->unit;
    *out_notes = NULL;
    if ((caption == NULL || caption->n_runs == 0) && unit == NULL) {
        return NULL;
    }
    SatsContext *context = setting->context;
    CaptionWork work = {.setting = setting, .again = again, .right = setting->width_pt};
    work.style = sats_context_style(context, caption, setting->style->caption_style);
    sats_box_builder_init(&work.builder, setting->arena);
    if (unit != NULL) {
        const SatsTextStyle *style = sats_context_style(context, NULL, "caption-unit");
        work.right -= sats_text_words(context, unit, style, 0).max_width_pt +
                      sats_context_length_pt(setting->context, "caption.unit-gap");
    }
    if (caption != NULL && caption->n_runs > 0) {
        draw_caption(&work, caption);
    }
    float baseline = sats_style_baseline_pt(context, work.style);
    if (unit != NULL) {
        const SatsNode *owner = caption != NULL ? caption : grid->node;
        sats_table_right_words(setting, unit, "caption-unit", owner, again, &work.builder,
                               baseline);
    }
    if (again) {
        draw_continued(&work);
    }
    double half_lead = (work.style->leading_pt - work.style->size_pt) / 2;
    float height =
        work.y + (float)(work.style->leading_pt + MAX(0, work.style->below_pt - half_lead));
    const SatsBox *box = sats_box_finish(&work.builder, setting->width_pt, height);
    sats_box_builder_clear(&work.builder);
    *out_notes = work.notes;
    return box;
}

/* ---- notes ---- */

typedef struct {
    SatsTableSetting *setting;
    const SatsTextStyle *style, *mark_style;
    float hang;
} NoteWork;

static const SatsNode *label_of(const SatsNode *note) {
    for (const SatsNode *child = note->first_child; child != NULL; child = child->next) {
        if (child->kind == SATS_NODE_LABEL) {
            return child;
        }
    }
    return NULL;
}

static float draw_note_text(NoteWork *work, const SatsNode *text, SatsBoxBuilder *builder,
                            float left, float width, float y, const SatsNoteBox **notes) {
    SatsContext *context = work->setting->context;
    const SatsTextStyle *style =
        text->style != NULL ? sats_context_style(context, text, "note") : work->style;
    SatsTextBlock block = sats_text_block(context, text, style, NULL);
    SatsLines lines = sats_text_lines(context, &block, width - left);
    for (guint i = 0; i < lines.n_lines; i++) {
        sats_line_draw(context, builder, text, &lines.lines[i], style, left, y + lines.baseline_pt,
                       -1);
        *notes = sats_table_join_notes(*notes, sats_line_notes(context, &lines.lines[i]),
                                       work->setting->arena);
        y += lines.leading_pt;
    }
    return y;
}

/* One note as one box. */
static const SatsBox *note_box(NoteWork *work, const SatsNode *note, float width,
                               const SatsNoteBox **notes) {
    SatsContext *context = work->setting->context;
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, work->setting->arena);
    const SatsNode *label = label_of(note);
    float left = 0;
    if (label != NULL && label->n_runs > 0) {
        SatsTextOptions options = {.add_flags = SATS_RUN_SEMIBOLD};
        SatsTextBlock block = sats_text_block(context, label, work->mark_style, &options);
        SatsLines lines = sats_text_lines(context, &block, block.max_width_pt + 1);
        sats_line_draw(context, &builder, label, &lines.lines[0], work->mark_style, 0,
                       lines.baseline_pt, -1);
        left = MAX(work->hang, lines.lines[0].width_pt + 3);
    }
    float y = 0;
    if (note->n_runs > 0) {
        y = draw_note_text(work, note, &builder, left, width, y, notes);
    }
    for (const SatsNode *child = note->first_child; child != NULL; child = child->next) {
        if (child != label && !sats_node_is_inline(child) && child->n_runs > 0) {
            y = draw_note_text(work, child, &builder, left, width, y, notes);
        }
    }
    const SatsBox *box = sats_box_finish(&builder, width, MAX(y, (float)work->style->leading_pt));
    sats_box_builder_clear(&builder);
    return box;
}

static guint count_notes(const SatsNode *notes, guint *out_marked) {
    guint n = 0;
    *out_marked = 0;
    for (const SatsNode *note = notes->first_child; note != NULL; note = note->next) {
        n += note->kind == SATS_NODE_NOTE ? 1 : 0;
        *out_marked += note->kind == SATS_NODE_NOTE && label_of(note) != NULL ? 1 : 0;
    }
    return n;
}

/* Balanced: a column is full when it holds its part of the whole height. */
static const SatsBox *columns_box(NoteWork *work, const SatsBox **boxes, guint n, guint n_columns,
                                  float width, float gap) {
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, work->setting->arena);
    float total = 0;
    for (guint i = 0; i < n; i++) {
        total += boxes[i]->height_pt + gap;
    }
    float y = 0;
    float deepest = 0;
    guint column = 0;
    float before = 0; /* height of the columns that are full */
    for (guint i = 0; i < n; i++) {
        float middle = before + y + boxes[i]->height_pt / 2;
        if (column + 1 < n_columns && middle > total * (float)(column + 1) / (float)n_columns) {
            before += y;
            y = 0;
            column++;
        }
        sats_box_merge(&builder, boxes[i], (float)column * (width + NOTE_COLUMN_GAP_PT), y);
        y += boxes[i]->height_pt + gap;
        deepest = MAX(deepest, y - gap);
    }
    const SatsBox *box = sats_box_finish(&builder, work->setting->width_pt, deepest);
    sats_box_builder_clear(&builder);
    return box;
}

/* Many short notes as one box; NULL when they are too long for that. */
static const SatsBox *notes_in_columns(NoteWork *work, guint n, const SatsNoteBox **calls) {
    SatsTableSetting *setting = work->setting;
    guint n_columns = setting->width_pt >= WIDE_PT ? 3 : 2;
    float width =
        (setting->width_pt - NOTE_COLUMN_GAP_PT * (float)(n_columns - 1)) / (float)n_columns;
    g_autofree const SatsBox **boxes = g_new0(const SatsBox *, n);
    guint i = 0;
    float total = 0;
    for (const SatsNode *note = setting->grid->notes->first_child; note != NULL && i < n;
         note = note->next) {
        if (note->kind == SATS_NODE_NOTE) {
            boxes[i] = note_box(work, note, width, calls);
            total += boxes[i++]->height_pt;
        }
    }
    if (total / (float)n_columns > WHOLE_NOTES_PT) {
        return NULL;
    }
    return columns_box(work, boxes, i, n_columns, width, 0);
}

static void set_note_list(NoteWork *work, SatsGalley *galley) {
    SatsTableSetting *setting = work->setting;
    gboolean first = TRUE;
    for (const SatsNode *note = setting->grid->notes->first_child; note != NULL;
         note = note->next) {
        if (note->kind != SATS_NODE_NOTE) {
            continue;
        }
        if (!first) {
            sats_galley_break(galley, SATS_PENALTY_BAD, NULL);
        }
        const SatsNoteBox *calls = NULL;
        const SatsBox *box = note_box(work, note, setting->width_pt, &calls);
        sats_galley_box(galley, box, setting->measure.table_x_pt, calls);
        first = FALSE;
    }
}

gboolean sats_table_notes_set(SatsTableSetting *setting, SatsGalley *galley) {
    guint marked = 0;
    guint n = setting->grid->notes == NULL ? 0 : count_notes(setting->grid->notes, &marked);
    if (n == 0) {
        return FALSE;
    }
    NoteWork work = {.setting = setting,
                     .hang = sats_context_length_pt(setting->context, "note.hang")};
    work.style = sats_context_style(setting->context, NULL, setting->style->note_style);
    SatsTextStyle *mark = sats_arena_memdup(setting->arena, work.style, sizeof *mark);
    mark->rgb = work.style->number_rgb;
    work.mark_style = mark;
    float half_lead = (float)(work.style->leading_pt - work.style->size_pt) / 2;
    sats_galley_space(galley, sats_context_length_pt(setting->context, "note.above") - half_lead);
    if (n > MANY_NOTES && marked >= n - 2) {
        const SatsNoteBox *calls = NULL;
        const SatsBox *box = notes_in_columns(&work, n, &calls);
        if (box != NULL) {
            sats_galley_box(galley, box, setting->measure.table_x_pt, calls);
            return TRUE;
        }
    }
    set_note_list(&work, galley);
    return TRUE;
}
