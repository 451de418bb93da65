/* layout/text-block.c: a node's runs become spans, lines, and what is drawn with them. */
#include "layout/text-block.h"

#include <string.h>

#include "text/font.h"

#define RAISED_SIZE      0.66F /* of superscripts and note marks, of the text's size */
#define RAISED_RISE      0.36F /* of the text's size */
#define LOWERED_RISE     (-0.14F)
#define NOTE_MARK_GAP_PT 1.0F

/* Digits that keep the place of a page number until it is known. */
static const char PAGE_NUMBER_SPACE[] = "00";

static int run_weight(const SatsTextStyle *style, guint32 flags) {
    if ((flags & SATS_RUN_STRONG) != 0) {
        return MAX(style->weight, 700);
    }
    if ((flags & (SATS_RUN_SEMIBOLD | SATS_RUN_NOTE_MARK)) != 0) {
        return MAX(style->weight, 600);
    }
    return (flags & SATS_RUN_LIGHT) != 0 ? 300 : style->weight;
}

/* No face for a style: says where the theme asks for it. Takes the error over. */
static void fail_face(SatsContext *context, const SatsTextStyle *style, GError *error) {
    const SatsPlace *place = sats_theme_style_place(context->theme, style->name);
    if (place != NULL && place->source != NULL) {
        g_prefix_error(&error, "%s:%u:%u: style '%s': ", place->source->shown, place->line,
                       place->column, style->name);
    }
    if (context->error == NULL) {
        context->error = g_steal_pointer(&error);
    }
    g_clear_error(&error);
}

/* Looked up once for each family, weight and slant. */
static const SatsFace *face_of(SatsContext *context, const SatsTextStyle *style, guint32 flags) {
    int weight = run_weight(style, flags);
    gboolean italic = style->italic || (flags & SATS_RUN_EMPHASIS) != 0;
    gsize key = ((gsize)style->family << 11) | ((gsize)(weight / 100) << 1) | (italic ? 1U : 0U);
    const SatsFace *face = g_hash_table_lookup(context->faces, GSIZE_TO_POINTER(key));
    if (face == NULL) {
        GError *error = NULL;
        face = sats_fonts_face(sats_shaper_fonts(context->typesetter.shaper), style->family, weight,
                               italic, &error);
        if (face == NULL) {
            fail_face(context, style, error);
        }
        g_hash_table_insert(context->faces, GSIZE_TO_POINTER(key), (gpointer)(gsize)face);
    }
    return face;
}

static guint32 run_colour(const SatsContext *context, const SatsTextStyle *style, guint32 flags,
                          const SatsNode *owner) {
    if ((flags & SATS_RUN_PLACEHOLDER) != 0) {
        return sats_context_colour(context, "placeholder");
    }
    if ((flags & (SATS_RUN_NOTE_MARK | SATS_RUN_ACCENT)) != 0) {
        return sats_context_colour(context, "accent");
    }
    if ((flags & SATS_RUN_MUTED) != 0) {
        return sats_context_colour(context, "muted");
    }
    if (owner != NULL && owner->kind == SATS_NODE_LINK) {
        return sats_context_colour(context, "accent");
    }
    return (flags & SATS_RUN_STRONG) != 0 ? style->strong_rgb : style->rgb;
}

static gboolean is_raised_mark(const SatsRun *run, guint32 flags) {
    return (flags & SATS_RUN_NOTE_MARK) != 0 && run->length > 0 && run->text[0] != '*';
}

/* Size, rise and features of a run that is above, on or below the line. */
static void set_position(SatsSpan *span, const SatsRun *run, const SatsTextStyle *style,
                         guint32 flags) {
    span->size_pt = (float)style->size_pt;
    if ((flags & SATS_RUN_SUPERSCRIPT) != 0 || is_raised_mark(run, flags)) {
        span->rise_pt = RAISED_RISE * span->size_pt;
        span->size_pt *= RAISED_SIZE;
    } else if ((flags & SATS_RUN_SUBSCRIPT) != 0) {
        span->rise_pt = LOWERED_RISE * span->size_pt;
        span->size_pt *= RAISED_SIZE;
    }
    if (style->tabular || (flags & SATS_RUN_TABULAR) != 0) {
        span->features |= SATS_FEATURE_TABULAR;
    }
}

static void set_box(SatsContext *context, SatsSpan *span, const SatsRun *run,
                    const SatsTextStyle *style) {
    span->is_box = TRUE;
    sats_mark_size(context, run->mark, style, &span->box_width_pt, &span->box_height_pt,
                   &span->box_depth_pt);
}

/* What a run reads as before breaking. */
static void set_text(SatsSpan *span, const SatsRun *run) {
    span->text = run->text;
    span->length = run->length;
    if (run->kind == SATS_RUN_BREAK) {
        span->text = "\n";
        span->length = 1;
    } else if (run->kind == SATS_RUN_PAGE_NUMBER || run->kind == SATS_RUN_PAGE_COUNT) {
        span->text = PAGE_NUMBER_SPACE;
        span->length = strlen(PAGE_NUMBER_SPACE);
        span->features |= SATS_FEATURE_TABULAR;
    }
}

static void run_to_span(SatsContext *context, const SatsRun *run, const SatsTextStyle *style,
                        guint32 add_flags, SatsSpan *span) {
    guint32 flags = run->flags | add_flags;
    *span = (SatsSpan){.tag = run,
                       .face = face_of(context, style, flags),
                       .tracking = (float)style->tracking,
                       .rgb = run_colour(context, style, flags, run->owner)};
    set_position(span, run, style, flags);
    set_text(span, run);
    span->no_break = (flags & SATS_RUN_NOTE_MARK) != 0;
    if (run->kind == SATS_RUN_MARK && run->mark != NULL) {
        set_box(context, span, run, style);
    }
}

SatsTextBlock sats_text_block_range(SatsContext *context, const SatsNode *node, guint first,
                                    guint count, const SatsTextStyle *style,
                                    const SatsTextOptions *options) {
    static const SatsTextOptions NO_OPTIONS = {0};
    options = options != NULL ? options : &NO_OPTIONS;
    SatsSpan few[8];
    const gsize room = 2 * (gsize)count; /* a mark and the words beside it are two spans */
    g_autofree SatsSpan *many = room > G_N_ELEMENTS(few) ? g_new(SatsSpan, room) : NULL;
    SatsSpan *spans = many != NULL ? many : few;
    guint n = 0;
    for (guint i = first; i < first + count; i++) {
        const SatsRun *run = &node->runs[i];
        SatsSpan *span = &spans[n];
        run_to_span(context, run, style, options->add_flags, span);
        if (run->kind == SATS_RUN_MARK && i + 1 < first + count) { /* words beside it */
            span->box_width_pt += sats_context_length_pt(context, "mark.gap");
        }
        if (span->no_break && i > first && run->kind == SATS_RUN_TEXT) {
            SatsSpan gap = *span;
            gap.is_box = TRUE;
            gap.text = "";
            gap.length = 0;
            gap.box_width_pt = NOTE_MARK_GAP_PT;
            spans[n + 1] = spans[n];
            spans[n] = gap;
            n++;
        }
        n++;
    }
    SatsTextBlock block = {.style = style, .node = node};
    if (context->error != NULL) {
        n = 0; /* a font is missing: nothing can be set, and the run ends with that error */
    }
    SatsParagraphOptions how = {.hyphenate = options->hyphenate || style->hyphenate};
    block.paragraph =
        sats_paragraph_build(spans, n, &how, context->typesetter.shaper,
                             how.hyphenate ? context->typesetter.hyphenator : NULL, context->arena);
    block.min_width_pt = sats_paragraph_min_width_pt(block.paragraph);
    block.max_width_pt = sats_paragraph_max_width_pt(block.paragraph);
    return block;
}

SatsTextBlock sats_text_block(SatsContext *context, const SatsNode *node,
                              const SatsTextStyle *style, const SatsTextOptions *options) {
    return sats_text_block_range(context, node, 0, node->n_runs, style, options);
}

SatsTextBlock sats_text_words(SatsContext *context, const char *text, const SatsTextStyle *style,
                              guint32 flags) {
    SatsRun *run = sats_arena_new_struct(context->arena, SatsRun);
    run->kind = SATS_RUN_TEXT;
    run->flags = (guint16)flags;
    run->text = sats_arena_strdup(context->arena, text);
    run->length = (guint32)strlen(text);
    run->place = context->place;
    SatsSpan span;
    run_to_span(context, run, style, 0, &span);
    SatsTextBlock block = {.style = style};
    SatsParagraphOptions how = {0};
    block.paragraph = sats_paragraph_build(&span, context->error != NULL ? 0 : 1, &how,
                                           context->typesetter.shaper, NULL, context->arena);
    block.min_width_pt = sats_paragraph_min_width_pt(block.paragraph);
    block.max_width_pt = sats_paragraph_max_width_pt(block.paragraph);
    return block;
}

/* ---- findings ---- */

/* The place of a character: its run's place, moved along the run's line. */
static SatsPlace place_in_run(const SatsRun *run, const char *character) {
    SatsPlace place = run->place;
    const char *found = g_strstr_len(run->text, (gssize)run->length, character);
    if (found != NULL && place.column > 0) {
        place.column = (guint16)(place.column + g_utf8_pointer_to_offset(run->text, found));
    }
    place.length = 1;
    return place;
}

static void report_unknown(SatsContext *context, const SatsFragment *fragment) {
    int offset = sats_shape_first_unknown(fragment->shape);
    const SatsRun *run = fragment->span->tag;
    if (offset < 0) {
        return;
    }
    char character[8] = {0};
    gunichar code = g_utf8_get_char(fragment->shape->text + offset);
    g_unichar_to_utf8(code, character);
    SatsPlace place = place_in_run(run, character);
    sats_report_add(context->report, SATS_ERROR, "glyph", &place,
                    "no font has the character '%s' (U+%04X)",
                    "inget teckensnitt har tecknet '%s' (U+%04X)", character, code);
}

SatsLines sats_text_lines(SatsContext *context, const SatsTextBlock *block, float width_pt) {
    SatsLines lines = {.leading_pt = (float)block->style->leading_pt};
    guint forced = 0;
    lines.lines = sats_paragraph_break(block->paragraph, width_pt, 0, context->arena,
                                       &lines.n_lines, &forced);
    lines.baseline_pt = sats_style_baseline_pt(context, block->style);
    lines.height_pt = (float)lines.n_lines * lines.leading_pt;
    /* a placeholder is not what will stand there */
    gboolean written =
        block->node != NULL &&
        (block->node->n_runs == 0 || (block->node->runs[0].flags & SATS_RUN_PLACEHOLDER) == 0);
    if (forced > 0 && written) {
        const SatsPlace *place =
            block->node->n_runs > 0 ? &block->node->runs[0].place : &block->node->place;
        sats_report_add(context->report, SATS_WARNING, "overfull", place,
                        "a word is wider than its column and was divided",
                        "ett ord är bredare än sin kolumn och har delats");
    }
    for (guint i = 0; i < lines.n_lines; i++) {
        for (guint j = 0; j < lines.lines[i].n_fragments; j++) {
            const SatsFragment *fragment = &lines.lines[i].fragments[j];
            if (fragment->shape != NULL && fragment->shape->n_unknown > 0) {
                report_unknown(context, fragment);
            }
        }
    }
    return lines;
}

float sats_style_baseline_pt(SatsContext *context, const SatsTextStyle *style) {
    const SatsFace *face = face_of(context, style, 0);
    if (face == NULL) {
        return (float)(style->leading_pt * 0.75);
    }
    const SatsFaceInfo *info = sats_face_info(face);
    double ascent = info->ascender * style->size_pt / 1000.0;
    double descent = -info->descender * style->size_pt / 1000.0;
    return (float)((style->leading_pt - ascent - descent) / 2.0 + ascent);
}

/* ---- drawing ---- */

static guint32 fragment_flags(const SatsFragment *fragment) {
    const SatsRun *run = fragment->span->tag;
    return run == NULL ? 0 : run->flags;
}

static gboolean is_weblink(const SatsFragment *fragment) {
    const SatsRun *run = fragment->span->tag;
    return run != NULL && run->owner != NULL && run->owner->kind == SATS_NODE_LINK;
}

/* What is drawn along a stretch of fragments of one kind. */
static guint32 decoration(const SatsFragment *fragment) {
    return (fragment_flags(fragment) &
            (SATS_RUN_PLACEHOLDER | SATS_RUN_INSERTED | SATS_RUN_DELETED)) |
           (is_weblink(fragment) ? SATS_RUN_ACCENT : 0U);
}

static void draw_decoration(SatsContext *context, SatsBoxBuilder *builder, guint32 kind, float x1,
                            float x2, float baseline, const SatsTextStyle *style) {
    float size = (float)style->size_pt;
    if ((kind & SATS_RUN_PLACEHOLDER) != 0) {
        float out = 0.1F * size; /* half a word space: it does not touch the word beside it */
        sats_box_fill(builder, x1 - out, baseline - 0.86F * size, x2 - x1 + 2 * out, 1.12F * size,
                      sats_context_colour(context, "placeholder-fill"));
        sats_box_rule(builder, x1 - out, baseline + 0.26F * size, x2 + out, baseline + 0.26F * size,
                      0.8F, sats_context_colour(context, "placeholder"));
    }
    if ((kind & (SATS_RUN_INSERTED | SATS_RUN_ACCENT)) != 0) {
        float weight = (kind & SATS_RUN_INSERTED) != 0 ? 0.9F : 0.4F;
        sats_box_rule(builder, x1, baseline + 0.14F * size, x2, baseline + 0.14F * size, weight,
                      sats_context_colour(context, "accent"));
    }
    if ((kind & SATS_RUN_DELETED) != 0) {
        sats_box_rule(builder, x1, baseline - 0.24F * size, x2, baseline - 0.24F * size, 0.7F,
                      sats_context_colour(context, "ink"));
    }
}

static void draw_decorations(SatsContext *context, SatsBoxBuilder *builder, const SatsLine *line,
                             const SatsTextStyle *style, float x, float baseline) {
    guint i = 0;
    while (i < line->n_fragments) {
        guint32 kind = decoration(&line->fragments[i]);
        guint first = i++;
        while (i < line->n_fragments && decoration(&line->fragments[i]) == kind) {
            i++;
        }
        const SatsFragment *last = &line->fragments[i - 1];
        float end = MIN(last->x_pt + last->width_pt, line->width_pt);
        if (kind != 0 && end > line->fragments[first].x_pt) {
            draw_decoration(context, builder, kind, x + line->fragments[first].x_pt, x + end,
                            baseline, style);
        }
    }
}

static void note_page_ref(SatsContext *context, const SatsRun *run, SatsLine *line, guint fragment,
                          const SatsNode *owner) {
    SatsPageRef *ref = sats_arena_new_struct(context->arena, SatsPageRef);
    ref->run = run;
    ref->line = line;
    ref->fragment = fragment;
    ref->owner = owner;
    ref->right = owner != NULL && owner->kind == SATS_NODE_CONTENTS_ENTRY;
    g_ptr_array_add(context->page_refs, ref);
}

void sats_line_draw(SatsContext *context, SatsBoxBuilder *builder, const SatsNode *owner,
                    SatsLine *line, const SatsTextStyle *style, float x, float baseline_y,
                    int artifact) {
    gboolean has_text = FALSE;
    gboolean decorated = FALSE;
    for (guint i = 0; i < line->n_fragments; i++) {
        const SatsFragment *fragment = &line->fragments[i];
        const SatsRun *run = fragment->span->tag;
        has_text = has_text || fragment->shape != NULL;
        decorated = decorated || decoration(fragment) != 0;
        if (run != NULL &&
            (run->kind == SATS_RUN_PAGE_NUMBER || run->kind == SATS_RUN_PAGE_COUNT)) {
            note_page_ref(context, run, line, i, owner);
        }
    }
    if (decorated) {
        draw_decorations(context, builder, line, style, x, baseline_y);
    }
    for (guint i = 0; i < line->n_fragments; i++) {
        const SatsRun *run = line->fragments[i].span->tag;
        if (line->fragments[i].shape == NULL && run != NULL && run->kind == SATS_RUN_MARK) {
            sats_mark_draw(context, builder, owner, run, style, x + line->fragments[i].x_pt,
                           baseline_y, artifact);
        }
    }
    if (has_text) {
        sats_box_artifact_line(builder, artifact, owner, line, x, baseline_y);
    }
}

/* ---- footnotes ---- */

#define LABEL_GAP_EM 0.6F /* between a footnote's number and its text, at least */

static const SatsNode *label_of(const SatsNode *note) {
    const SatsNode *child = note->first_child;
    while (child != NULL && child->kind != SATS_NODE_LABEL) {
        child = child->next;
    }
    return child;
}

/* Draws a footnote's number; returns where its text begins: with the prose, where that leaves the
 * number room. */
static float set_label(SatsContext *context, SatsBoxBuilder *builder, const SatsNode *note,
                       const SatsTextStyle *style) {
    float left = (float)context->page->prose_left_pt;
    const SatsNode *label = label_of(note);
    if (label == NULL) {
        return left;
    }
    SatsTextBlock block =
        sats_text_block(context, label, style, &(SatsTextOptions){.add_flags = SATS_RUN_SEMIBOLD});
    SatsLines lines = sats_text_lines(context, &block, block.max_width_pt + 1);
    sats_line_draw(context, builder, label, &lines.lines[0], style, 0, lines.baseline_pt, -1);
    return MAX(left, lines.lines[0].width_pt + LABEL_GAP_EM * (float)style->size_pt);
}

static const SatsBox *note_box(SatsContext *context, const SatsNode *note) {
    const SatsTextStyle *style = sats_context_role(context, context->page, "footnote");
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, context->arena);
    float left = set_label(context, &builder, note, style);
    float width =
        (float)(context->page->width_pt - context->page->left_pt - context->page->right_pt) - left;
    SatsMeasure measure = {
        .width_pt = width, .table_width_pt = width, .text_style = style->name, .in_cell = TRUE};
    SatsGalley galley;
    sats_galley_init(&galley, context->arena);
    for (const SatsNode *child = note->first_child; child != NULL; child = child->next) {
        if (child->kind != SATS_NODE_LABEL && !sats_node_is_inline(child)) {
            sats_block_set(context, child, &measure, &galley);
        }
    }
    if (note->n_runs > 0) {
        sats_paragraph_set(context, note, style, &measure, &galley);
    }
    float y = 0;
    for (guint i = 0; i < galley.n_items; i++) {
        if (galley.items[i].kind == SATS_GALLEY_BOX) {
            sats_box_merge(&builder, galley.items[i].as.box, left + galley.items[i].x_pt, y);
        }
        y += galley.items[i].height_pt;
    }
    sats_galley_clear(&galley);
    const SatsBox *box = sats_box_finish(&builder, left + width,
                                         MAX(y, (float)style->leading_pt) + (float)style->below_pt);
    sats_box_builder_clear(&builder);
    return box;
}

const SatsNoteBox *sats_line_notes(SatsContext *context, const SatsLine *line) {
    const SatsNoteBox *first = NULL;
    const SatsNoteBox **tail = &first;
    for (guint i = 0; i < line->n_fragments; i++) {
        const SatsRun *run = line->fragments[i].span->tag;
        const SatsNode *owner = run != NULL ? run->owner : NULL;
        const SatsNode *note =
            owner != NULL && owner->kind == SATS_NODE_REFERENCE && owner->as.link != NULL
                ? owner->as.link->note
                : NULL;
        if (note == NULL || !note->as.note->footnote ||
            !g_hash_table_add(context->notes, (gpointer)(gsize)note)) {
            continue;
        }
        if (context->called != NULL) {
            g_ptr_array_add(context->called, (gpointer)(gsize)note);
        }
        SatsNoteBox *set = sats_arena_new_struct(context->arena, SatsNoteBox);
        set->note = note;
        set->box = note_box(context, note);
        *tail = set;
        tail = &set->next;
    }
    return first;
}
