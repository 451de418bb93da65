/* bind/figure.c: figures: images out of the plan, with caption and alternative text; those of a
 * template, and those that a section of the plan's own brings:
 *
 *     bild: {fil: karta.svg, rubrik: Linjenätet, alternativtext: Två linjer, id: karta} */
#include "bind/free.h"

#include <string.h>

/* The caption with the figure's number, to be followed by its text; NULL: there is neither. */
static SatsNode *begin_caption(SatsBinder *binder, SatsNode *node, gboolean numbered,
                               gboolean has_text) {
    SatsFigure *figure = node->as.figure;
    SatsNode *caption = NULL;
    if (numbered || has_text)
        caption = sats_bind_node(binder, node, SATS_NODE_CAPTION, node->place);
    figure->number =
        sats_bind_caption_number(binder, SATS_TARGET_FIGURE, node, caption, figure->id, numbered);
    return caption;
}

static void bind_caption(SatsBinder *binder, SatsNode *node, const SatsFigureBlock *spec) {
    node->as.figure->id = sats_bind_plain(binder, spec->id);
    gboolean has_text = spec->caption != NULL && spec->caption->n_pieces > 0;
    SatsNode *caption = begin_caption(binder, node, spec->numbered, has_text);
    if (caption == NULL)
        return;
    sats_bind_inline(binder, caption, spec->caption, 0);
    if (caption->n_runs == 0)
        sats_bind_drop_last(node, NULL);
}

/* ISO 14289-1, 7.3: a figure has alternative text; for want of its own, the caption's. */
static void bind_alt(SatsBinder *binder, SatsNode *node, const char *own) {
    node->alt = own;
    if (node->alt == NULL && node->first_child != NULL &&
        node->first_child->kind == SATS_NODE_CAPTION)
        node->alt =
            sats_bind_runs_text(binder, node->first_child, node->as.figure->number != NULL ? 1 : 0);
    if (node->alt != NULL && *node->alt != '\0')
        return;
    node->alt = node->as.figure->number != NULL ? node->as.figure->number : "–";
    sats_report_add(binder->report, SATS_WARNING, "missing-alt", &node->place,
                    "the figure has no alternative text", "figuren saknar alternativtext");
}

void sats_bind_figure(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    const SatsFigureBlock *spec = block->as.figure;
    SatsPlace place = block->guard.place;
    gboolean image = spec->kind == NULL || strcmp(spec->kind, "image") == 0;
    const char *path = NULL;
    if (image && spec->image != NULL) {
        SatsResult result = {0};
        sats_expr_eval(spec->image, binder->scope, binder->arena, binder->report, &result);
        if (result.kind != SATS_RESULT_EMPTY)
            path = sats_result_text(&result, binder->arena);
        if (result.value != NULL && result.value->place.source != NULL)
            place = result.value->place;
    }
    const SatsFigureData *data = image ? NULL : sats_bind_chart_data(binder, spec);
    if (image ? path == NULL || *path == '\0' : data == NULL)
        return; /* the plan has none */
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_FIGURE, place);
    node->keep = block->keep != FALSE;
    node->style = block->style;
    node->as.figure->image_path = path;
    node->as.figure->width_pt = spec->width_pt;
    bind_caption(binder, node, spec);
    if (image)
        bind_alt(binder, node, sats_bind_words(binder, spec->alt));
    else
        sats_bind_chart(binder, node, spec, data);
}

void sats_free_picture(SatsBinder *binder, SatsNode *parent, const SatsValue *map) {
    static const char *const words[] = {"fil", "rubrik", "alternativtext", "id", "numrerad", NULL};
    sats_free_keys(binder, map, words);
    const SatsValue *file = sats_value_lookup(map, "fil");
    if (!sats_free_is(binder, file, SATS_VALUE_TEXT) || file->length == 0 ||
        sats_text_is_placeholder(file->as.text))
        return;
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_FIGURE, file->place);
    node->as.figure->image_path = file->as.text;
    node->as.figure->id = sats_free_text(map, "id");
    const SatsValue *title = sats_value_lookup(map, "rubrik");
    gboolean has_text = sats_free_is(binder, title, SATS_VALUE_TEXT) && title->length > 0;
    gboolean numbered = sats_free_bool(map, "numrerad", has_text);
    SatsNode *caption = begin_caption(binder, node, numbered, has_text);
    if (has_text)
        sats_bind_value_inline(binder, caption, title, 0);
    bind_alt(binder, node, sats_free_text(map, "alternativtext"));
}
