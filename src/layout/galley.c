/* layout/galley.c: the vertical list, and building the boxes that stand in it. */
#include "layout/galley.h"

#include <string.h>

void sats_galley_init(SatsGalley *galley, SatsArena *arena) {
    memset(galley, 0, sizeof *galley);
    galley->arena = arena;
}

void sats_galley_clear(SatsGalley *galley) {
    g_clear_pointer(&galley->items, g_free);
    galley->n_items = galley->capacity = 0;
}

static void galley_reserve(SatsGalley *galley, guint more) {
    guint least = galley->n_items + more;
    if (least > galley->capacity) {
        galley->capacity = MAX(least, galley->capacity == 0 ? 16 : galley->capacity * 2);
        galley->items = g_renew(SatsGalleyItem, galley->items, galley->capacity);
    }
}

static SatsGalleyItem *galley_add(SatsGalley *galley, SatsGalleyKind kind) {
    galley_reserve(galley, 1);
    SatsGalleyItem *item = &galley->items[galley->n_items++];
    memset(item, 0, sizeof *item);
    item->kind = (guint8)kind;
    return item;
}

void sats_galley_box(SatsGalley *galley, const SatsBox *box, float x_pt, const SatsNoteBox *notes) {
    SatsGalleyItem *item = galley_add(galley, SATS_GALLEY_BOX);
    item->height_pt = box->height_pt;
    item->x_pt = x_pt;
    item->as.box = box;
    item->notes = notes;
}

/* The glue since the last box, if any: break points may stand between. */
static SatsGalleyItem *trailing_glue(SatsGalley *galley) {
    for (guint i = galley->n_items; i-- > 0;) {
        SatsGalleyItem *item = &galley->items[i];
        if (item->kind == SATS_GALLEY_GLUE) {
            return item->fill ? NULL : item;
        }
        if (item->kind != SATS_GALLEY_BREAK) {
            return NULL;
        }
    }
    return NULL;
}

void sats_galley_space(SatsGalley *galley, float height_pt) {
    if (height_pt <= 0) {
        return;
    }
    SatsGalleyItem *glue = trailing_glue(galley);
    if (glue == NULL) {
        glue = galley_add(galley, SATS_GALLEY_GLUE);
    }
    glue->height_pt = MAX(glue->height_pt, height_pt);
}

void sats_galley_fill(SatsGalley *galley) {
    galley_add(galley, SATS_GALLEY_GLUE)->fill = TRUE;
}

/* Between two boxes stands at most one break point, before the glue: what asks for a break there
 * joins it, and the dearer counts, so that a keep from either side holds. */
static SatsGalleyItem *break_since_box(SatsGalley *galley) {
    guint i = galley->n_items;
    while (i > 0 && galley->items[i - 1].kind == SATS_GALLEY_GLUE) {
        i--;
    }
    if (i > 0 && galley->items[i - 1].kind == SATS_GALLEY_BREAK) {
        return &galley->items[i - 1];
    }
    galley_add(galley, SATS_GALLEY_BREAK);
    memmove(&galley->items[i + 1], &galley->items[i],
            (galley->n_items - 1 - i) * sizeof(SatsGalleyItem));
    memset(&galley->items[i], 0, sizeof(SatsGalleyItem));
    galley->items[i].kind = SATS_GALLEY_BREAK;
    return &galley->items[i];
}

void sats_galley_break(SatsGalley *galley, float penalty, const SatsResume *resume) {
    if (galley->n_items == 0) {
        return;
    }
    SatsGalleyItem *item = break_since_box(galley);
    item->penalty = MAX(item->penalty, penalty);
    item->as.resume = resume != NULL ? resume : item->as.resume;
}

/* Does what stands before item `end` stand on such pages already? */
static gboolean is_in_force(const SatsGalley *galley, guint end, const SatsEject *eject) {
    while (end > 0 && galley->items[end - 1].kind != SATS_GALLEY_EJECT) {
        end--;
    }
    const SatsEject *now = end > 0 ? galley->items[end - 1].as.eject : NULL;
    return now != NULL && now->page == eject->page && now->head == eject->head &&
           now->again == NULL && eject->again == NULL;
}

/* At the very start, or after another, an eject only says which kind of page follows. */
void sats_galley_eject(SatsGalley *galley, const SatsEject *eject) {
    guint i = galley->n_items;
    while (i > 0 && galley->items[i - 1].kind != SATS_GALLEY_BOX &&
           galley->items[i - 1].kind != SATS_GALLEY_EJECT) {
        i--;
    }
    if (i > 0 && galley->items[i - 1].kind == SATS_GALLEY_EJECT) {
        gboolean turned_back =
            eject->soft && galley->items[i - 1].as.eject->soft && is_in_force(galley, i - 1, eject);
        galley->n_items = turned_back ? i - 1 : i;
        if (turned_back) {
            sats_galley_break(galley, SATS_PENALTY_NONE, NULL);
            return;
        }
    } else {
        galley_add(galley, SATS_GALLEY_EJECT);
    }
    SatsGalleyItem *item = &galley->items[galley->n_items - 1];
    item->as.eject = sats_arena_memdup(galley->arena, eject, sizeof *eject);
}

/* Up to the first box items join what stands at the end, as they do when they are made. */
void sats_galley_append(SatsGalley *galley, const SatsGalley *other) {
    guint i = 1;
    for (; i < other->n_items && other->items[i].kind != SATS_GALLEY_BOX; i++) {
        const SatsGalleyItem *item = &other->items[i];
        if (item->kind == SATS_GALLEY_BREAK) {
            sats_galley_break(galley, item->penalty, item->as.resume);
        } else if (item->kind == SATS_GALLEY_EJECT) {
            sats_galley_eject(galley, item->as.eject);
        } else if (item->fill) {
            sats_galley_fill(galley);
        } else {
            sats_galley_space(galley, item->height_pt);
        }
    }
    guint n = other->n_items - i;
    galley_reserve(galley, n);
    if (n > 0) {
        memcpy(&galley->items[galley->n_items], &other->items[i], n * sizeof *other->items);
        galley->n_items += n;
    }
}

void sats_galley_keep(SatsGalley *galley, guint first) {
    guint last = galley->n_items;
    while (last > first && galley->items[last - 1].kind != SATS_GALLEY_BOX) {
        last--;
    }
    while (first < last && galley->items[first].kind != SATS_GALLEY_BOX) {
        first++;
    }
    for (guint i = first; i < last; i++) {
        SatsGalleyItem *item = &galley->items[i];
        if (item->kind == SATS_GALLEY_BREAK) {
            item->penalty = MAX(item->penalty, SATS_PENALTY_FORBIDDEN);
        }
    }
}

float sats_galley_height_pt(const SatsGalley *galley) {
    float height = 0;
    for (guint i = 0; i < galley->n_items; i++) {
        height += galley->items[i].height_pt;
    }
    return height;
}

/* ---- boxes ---- */

void sats_box_builder_init(SatsBoxBuilder *builder, SatsArena *arena) {
    builder->items = g_array_new(FALSE, FALSE, sizeof(SatsItem));
    builder->arena = arena;
}

void sats_box_builder_clear(SatsBoxBuilder *builder) {
    g_array_unref(builder->items);
    builder->items = NULL;
}

void sats_box_item(SatsBoxBuilder *builder, const SatsItem *item) {
    g_array_append_vals(builder->items, item, 1);
}

void sats_box_artifact_line(SatsBoxBuilder *builder, int artifact, const SatsNode *owner,
                            SatsLine *line, float x, float y) {
    SatsItem item = {.kind = SATS_ITEM_LINE,
                     .artifact = artifact < 0 ? SATS_ITEM_CONTENT : (guint8)artifact,
                     .x = x,
                     .y = y,
                     .owner = owner};
    item.as.line = line;
    sats_box_item(builder, &item);
}

void sats_box_line(SatsBoxBuilder *builder, const SatsNode *owner, SatsLine *line, float x,
                   float y) {
    sats_box_artifact_line(builder, -1, owner, line, x, y);
}

static void add_rule(SatsBoxBuilder *builder, float x, float y, const SatsRuleItem *rule) {
    SatsItem item = {.kind = SATS_ITEM_RULE, .artifact = SATS_ARTIFACT_LAYOUT, .x = x, .y = y};
    item.as.rule = sats_arena_memdup(builder->arena, rule, sizeof *rule);
    sats_box_item(builder, &item);
}

void sats_box_rule(SatsBoxBuilder *builder, float x, float y, float x2, float y2, float width_pt,
                   guint32 rgb) {
    add_rule(builder, x, y, &(SatsRuleItem){.x2 = x2, .y2 = y2, .width_pt = width_pt, .rgb = rgb});
}

void sats_box_dotted(SatsBoxBuilder *builder, float x, float y, float x2, float width_pt,
                     guint32 rgb) {
    add_rule(builder, x, y,
             &(SatsRuleItem){.x2 = x2,
                             .y2 = y,
                             .width_pt = width_pt,
                             .rgb = rgb,
                             .dash_on_pt = 0.6F,
                             .dash_off_pt = 1.8F});
}

void sats_box_fill(SatsBoxBuilder *builder, float x, float y, float width, float height,
                   guint32 rgb) {
    SatsFillItem fill = {
        .width_pt = width, .height_pt = height, .fill_rgb = (gint32)rgb, .stroke_rgb = -1};
    SatsItem item = {.kind = SATS_ITEM_FILL, .artifact = SATS_ARTIFACT_LAYOUT, .x = x, .y = y};
    item.as.fill = sats_arena_memdup(builder->arena, &fill, sizeof fill);
    sats_box_item(builder, &item);
}

/* Copies an item moved by dx, dy; a rule's far end moves along. */
static void merge_item(SatsBoxBuilder *builder, const SatsItem *source, float dx, float dy) {
    SatsItem item = *source;
    item.x += dx;
    item.y += dy;
    if (item.kind == SATS_ITEM_RULE && (dx != 0 || dy != 0)) {
        SatsRuleItem rule = *item.as.rule;
        rule.x2 += dx;
        rule.y2 += dy;
        item.as.rule = sats_arena_memdup(builder->arena, &rule, sizeof rule);
    }
    sats_box_item(builder, &item);
}

void sats_box_merge(SatsBoxBuilder *builder, const SatsBox *box, float dx, float dy) {
    for (guint i = 0; i < box->n_items; i++) {
        merge_item(builder, &box->items[i], dx, dy);
    }
}

SatsBox *sats_box_finish(SatsBoxBuilder *builder, float width_pt, float height_pt) {
    SatsBox *box = sats_arena_new_struct(builder->arena, SatsBox);
    box->width_pt = width_pt;
    box->height_pt = height_pt;
    box->n_items = builder->items->len;
    if (box->n_items > 0) {
        box->items = sats_arena_memdup(builder->arena, builder->items->data,
                                       box->n_items * sizeof(SatsItem));
    }
    g_array_set_size(builder->items, 0);
    return box;
}
