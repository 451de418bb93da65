/* layout/tall.c: what is taller than a page is cut, so that nothing is ever lost below its foot.
 *
 * The page builder can break any list but no box, and a footnote must stand on the page of its
 * call. Both promises are given up where a page cannot keep them, here and nowhere else:
 *
 * - A box that is taller than a page (a table's head or caption, fields, signatures of endless
 * names) is cut at heights that none of its lines and pictures straddles; rectangles and upright
 * rules are cut through. The cuts are forbidden breaks, which the page builder takes when it must.
 * - Footnotes that leave no room for the line that calls them go on at the foot of the next page.
 *   They are handed on by boxes without height that follow the calling one: to the page builder
 * these are boxes like any other, and where it breaks between them the note is continued.
 * - What a break would set again on the next page is left out where it takes most of the page.
 */
#include "layout/tall.h"

#define CALLED_PART 0.5  /* of a page that its first footnotes may take beside a calling line */
#define PIECE_PART  0.12 /* of a page: a piece of a divided footnote */
#define RESUME_PART 0.6  /* of a page that what is set again may take */
#define SLACK_PT    0.05F

typedef struct {
    SatsContext *context;
    SatsGalley *out;
    float room_pt; /* of the pages at hand */
    float notes_extra_pt;
    const SatsResume *resume; /* of the break behind the box at hand */
} Work;

/* ---- how far items reach ---- */

typedef struct {
    float top, bottom;
} Reach;

static Reach line_reach(const SatsLine *line) {
    Reach reach = {0, 0};
    for (guint i = 0; i < line->n_fragments; i++) {
        const SatsSpan *span = line->fragments[i].span;
        reach.top = MIN(reach.top, -span->rise_pt - span->size_pt * 0.8F);
        reach.bottom = MAX(reach.bottom, span->size_pt * 0.25F - span->rise_pt);
    }
    return reach;
}

static Reach path_reach(const SatsPathItem *path) {
    Reach reach = {G_MAXFLOAT, -G_MAXFLOAT};
    for (guint i = 0; i < path->n_steps; i++) {
        const SatsPathStep *step = &path->steps[i];
        guint n = step->op == SATS_PATH_CURVE ? 3 : step->op == SATS_PATH_CLOSE ? 0 : 1;
        for (guint j = 0; j < n; j++) {
            reach.top = MIN(reach.top, step->y[j]);
            reach.bottom = MAX(reach.bottom, step->y[j]);
        }
    }
    return reach.top > reach.bottom ? (Reach){0, 0} : reach;
}

/* Turned boxes stand on their x,y and reach upwards (turned heads) or hang about it. */
static Reach turned_reach(const SatsBox *box, float degrees) {
    return degrees < 0 ? (Reach){-box->width_pt, 0} : (Reach){0, box->width_pt};
}

static Reach item_reach(const SatsItem *item) {
    Reach reach = {0, 0};
    switch ((SatsItemKind)item->kind) {
    case SATS_ITEM_LINE:
        reach = line_reach(item->as.line);
        break;
    case SATS_ITEM_PATH:
        reach = path_reach(item->as.path);
        break;
    case SATS_ITEM_IMAGE:
        reach.bottom = item->as.image->height_pt;
        break;
    case SATS_ITEM_FIELD:
        reach.bottom = item->as.field->height_pt;
        break;
    case SATS_ITEM_FILL:
        reach.bottom = item->as.fill->height_pt;
        break;
    case SATS_ITEM_RULE:
        reach.bottom = item->as.rule->y2 - item->y;
        break;
    case SATS_ITEM_TURN:
        reach = turned_reach(item->as.turn->box, item->as.turn->degrees);
        break;
    }
    return (Reach){item->y + MIN(reach.top, reach.bottom), item->y + MAX(reach.top, reach.bottom)};
}

static gboolean is_divisible(const SatsItem *item) {
    return item->kind == SATS_ITEM_FILL || item->kind == SATS_ITEM_RULE;
}

/* ---- cutting a box ---- */

/* Moves a cut up (or down) until no line or picture straddles it. */
static float clear_cut(const SatsBox *box, const Reach *reaches, float cut, gboolean down) {
    for (gboolean moved = TRUE; moved;) {
        moved = FALSE;
        for (guint i = 0; i < box->n_items; i++) {
            const Reach *reach = &reaches[i];
            if (is_divisible(&box->items[i]) || reach->top >= cut - SLACK_PT ||
                reach->bottom <= cut + SLACK_PT) {
                continue;
            }
            cut = down ? reach->bottom : reach->top;
            moved = TRUE;
        }
    }
    return cut;
}

/* The part of a rectangle or rule between two heights; FALSE: none of it is there. */
static gboolean take_part(SatsItem *item, float top, float bottom, SatsArena *arena) {
    Reach reach = item_reach(item);
    float from = MAX(reach.top, top);
    float to = MIN(reach.bottom, bottom);
    if (to < from || (reach.bottom > reach.top && to - from < SLACK_PT)) {
        return FALSE;
    }
    if (item->kind == SATS_ITEM_FILL) {
        SatsFillItem fill = *item->as.fill;
        fill.height_pt = to - from;
        item->as.fill = sats_arena_memdup(arena, &fill, sizeof fill);
    } else {
        SatsRuleItem rule = *item->as.rule;
        rule.y2 = to;
        item->as.rule = sats_arena_memdup(arena, &rule, sizeof rule);
    }
    item->y = from;
    return TRUE;
}

/* Is it in the piece from top to bottom? By its middle, so that each item is in one. */
static gboolean is_in(const Reach *reach, float top, float bottom) {
    float middle = (reach->top + reach->bottom) / 2;
    return middle >= top && middle < bottom;
}

static const SatsBox *cut_piece(const SatsBox *box, const Reach *reaches, float top, float bottom,
                                SatsArena *arena) {
    gboolean first = top <= 0;
    gboolean last = bottom >= box->height_pt;
    SatsBoxBuilder builder;
    sats_box_builder_init(&builder, arena);
    for (guint i = 0; i < box->n_items; i++) {
        SatsItem item = box->items[i];
        float from = first ? -G_MAXFLOAT : top;
        float to = last ? G_MAXFLOAT : bottom;
        gboolean slanted = item.kind == SATS_ITEM_RULE && item.as.rule->x2 != item.x;
        gboolean taken = is_divisible(&item) && !slanted && reaches[i].bottom > reaches[i].top
                             ? take_part(&item, from, to, arena)
                             : is_in(&reaches[i], from, to);
        if (taken) {
            SatsBox one = {.items = &item, .n_items = 1};
            sats_box_merge(&builder, &one, 0, -top);
        }
    }
    const SatsBox *piece = sats_box_finish(&builder, box->width_pt, bottom - top);
    sats_box_builder_clear(&builder);
    return piece;
}

/* Pieces of at most `height_pt`, or more where a picture is taller than that. */
static GPtrArray *cut_box(const SatsBox *box, float height_pt, SatsArena *arena) {
    GPtrArray *pieces = g_ptr_array_new();
    g_autofree Reach *reaches = g_new(Reach, box->n_items + 1);
    for (guint i = 0; i < box->n_items; i++) {
        reaches[i] = item_reach(&box->items[i]);
    }
    float top = 0;
    while (top < box->height_pt - SLACK_PT || pieces->len == 0) {
        float bottom = box->height_pt;
        if (bottom - top > height_pt) {
            bottom = clear_cut(box, reaches, top + height_pt, FALSE);
            bottom =
                bottom > top + SLACK_PT ? bottom : clear_cut(box, reaches, top + height_pt, TRUE);
            bottom = MIN(bottom, box->height_pt);
        }
        g_ptr_array_add(pieces, (gpointer)(gsize)cut_piece(box, reaches, top, bottom, arena));
        top = bottom;
    }
    return pieces;
}

/* ---- what does not fit ---- */

static float notes_height(const SatsNoteBox *notes) {
    float height = 0;
    for (; notes != NULL; notes = notes->next) {
        height += notes->box->height_pt;
    }
    return height;
}

static gboolean is_tall(const Work *work, const SatsGalleyItem *item) {
    if (item->kind == SATS_GALLEY_BREAK) {
        return item->as.resume != NULL &&
               item->as.resume->height_pt > (float)RESUME_PART * work->room_pt;
    }
    if (item->kind != SATS_GALLEY_BOX) {
        return FALSE;
    }
    float notes = notes_height(item->notes);
    return item->height_pt + notes + (notes > 0 ? work->notes_extra_pt : 0) >
           work->room_pt + SLACK_PT;
}

static void report(Work *work, const SatsBox *box) {
    const SatsPlace *place = NULL;
    for (guint i = 0; i < box->n_items && place == NULL; i++) {
        const SatsNode *owner = box->items[i].owner;
        place = owner != NULL && owner->place.source != NULL ? &owner->place : NULL;
    }
    sats_report_add(work->context->report, SATS_WARNING, "overfull-page", place,
                    "what must stay together is taller than a page and was divided",
                    "det som ska hållas ihop är högre än en sida och har delats");
}

static void add_carrier(Work *work, const SatsNode *note, const SatsBox *box) {
    SatsNoteBox *piece = sats_arena_new_struct(work->context->arena, SatsNoteBox);
    piece->note = note;
    piece->box = box;
    SatsBox *carrier = sats_arena_new_struct(work->context->arena, SatsBox);
    sats_galley_break(work->out, SATS_PENALTY_NONE, work->resume);
    sats_galley_box(work->out, carrier, 0, piece);
}

/* The notes that stay with their line; those behind them, and what is left of one that is too tall
 * by itself, are handed on. */
static void hand_on_notes(Work *work, guint box_item, const SatsNoteBox *notes, float height_pt) {
    const SatsNoteBox *kept = NULL;
    const SatsNoteBox **tail = &kept;
    float used = height_pt + work->notes_extra_pt;
    gboolean handing = FALSE;
    for (; notes != NULL; notes = notes->next) {
        float room = (float)CALLED_PART * work->room_pt;
        handing =
            handing || used + notes->box->height_pt > MAX(room, height_pt + work->notes_extra_pt);
        if (!handing) {
            SatsNoteBox *copy = sats_arena_memdup(work->context->arena, notes, sizeof *notes);
            copy->next = NULL;
            *tail = copy;
            tail = &copy->next;
            used += notes->box->height_pt;
            continue;
        }
        float most = (float)PIECE_PART * work->room_pt;
        if (notes->box->height_pt > work->room_pt) {
            report(work, notes->box);
        }
        g_autoptr(GPtrArray) pieces = cut_box(notes->box, most, work->context->arena);
        for (guint i = 0; i < pieces->len; i++) {
            add_carrier(work, notes->note, g_ptr_array_index(pieces, i));
        }
    }
    work->out->items[box_item].notes = kept;
}

static void add_tall_box(Work *work, const SatsGalleyItem *item) {
    g_autoptr(GPtrArray) pieces = NULL;
    if (item->height_pt > work->room_pt + SLACK_PT) {
        pieces = cut_box(item->as.box, work->room_pt, work->context->arena);
        report(work, item->as.box);
    } else {
        pieces = g_ptr_array_new();
        g_ptr_array_add(pieces, (gpointer)(gsize)item->as.box);
    }
    for (guint i = 0; i < pieces->len; i++) {
        if (i > 0) {
            sats_galley_break(work->out, SATS_PENALTY_FORBIDDEN, NULL);
        }
        sats_galley_box(work->out, g_ptr_array_index(pieces, i), item->x_pt, NULL);
    }
    guint last = work->out->n_items - 1;
    hand_on_notes(work, last, item->notes, work->out->items[last].height_pt);
}

/* ---- the list ---- */

static void set_page(Work *work, const SatsPageKind *page, gboolean first) {
    double top = first ? MAX(page->top_pt, page->first_top_pt) : page->top_pt;
    work->room_pt = (float)(page->height_pt - top - page->bottom_pt);
}

/* What the next break sets again, when it stands right behind. */
static const SatsResume *resume_behind(const Work *work, const SatsGalley *galley, guint item) {
    const SatsGalleyItem *next = item + 1 < galley->n_items ? &galley->items[item + 1] : NULL;
    return next != NULL && next->kind == SATS_GALLEY_BREAK && !is_tall(work, next) ? next->as.resume
                                                                                   : NULL;
}

static void copy_item(Work *work, const SatsGalleyItem *item) {
    switch ((SatsGalleyKind)item->kind) {
    case SATS_GALLEY_BOX:
        sats_galley_box(work->out, item->as.box, item->x_pt, item->notes);
        break;
    case SATS_GALLEY_GLUE:
        if (item->fill) {
            sats_galley_fill(work->out);
        }
        sats_galley_space(work->out, item->height_pt);
        break;
    case SATS_GALLEY_BREAK:
        sats_galley_break(work->out, item->penalty, is_tall(work, item) ? NULL : item->as.resume);
        break;
    case SATS_GALLEY_EJECT:
        sats_galley_eject(work->out, item->as.eject);
        break;
    }
}

const SatsGalley *sats_tall_divide(SatsContext *context, const SatsGalley *galley,
                                   const SatsPageKind *first_page, SatsGalley *out) {
    Work work = {.context = context, .out = out};
    work.notes_extra_pt = (float)(sats_theme_length_pt(context->theme, "footnote.above") +
                                  sats_theme_length_pt(context->theme, "footnote.rule-gap"));
    gboolean any = FALSE;
    for (guint pass = 0; pass < 2 && (pass == 0 || any); pass++) {
        set_page(&work, first_page, TRUE);
        for (guint i = 0; i < galley->n_items; i++) {
            const SatsGalleyItem *item = &galley->items[i];
            if (item->kind == SATS_GALLEY_EJECT) {
                set_page(&work, item->as.eject->page, FALSE);
            }
            any = any || is_tall(&work, item);
            if (pass == 1 && item->kind == SATS_GALLEY_BOX && is_tall(&work, item)) {
                work.resume = resume_behind(&work, galley, i);
                add_tall_box(&work, item);
            } else if (pass == 1) {
                copy_item(&work, item);
            }
        }
    }
    return any ? out : galley;
}
