/* layout/path.c: free shapes in boxes. */
#include "layout/path.h"

#define CIRCLE_HANDLE 0.5522847F /* of the radius: a quarter circle as a Bézier curve */

void sats_path_item(SatsBoxBuilder *builder, const SatsNode *owner, guint order, int artifact,
                    const SatsPathStep *steps, guint n_steps, const SatsPathItem *look) {
    SatsPathItem *path = sats_arena_memdup(builder->arena, look, sizeof *look);
    path->steps = sats_arena_memdup(builder->arena, steps, n_steps * sizeof *steps);
    path->n_steps = n_steps;
    SatsItem item = {.kind = SATS_ITEM_PATH,
                     .artifact = artifact < 0 ? SATS_ITEM_CONTENT : (guint8)artifact,
                     .order = (guint16)MIN(order, G_MAXUINT16),
                     .owner = owner};
    item.as.path = path;
    sats_box_item(builder, &item);
}

static SatsPathStep quarter(float x, float y, float x1, float y1, float x2, float y2, float x3,
                            float y3) {
    return (SatsPathStep){
        .op = SATS_PATH_CURVE, .x = {x + x1, x + x2, x + x3}, .y = {y + y1, y + y2, y + y3}};
}

guint sats_path_circle(SatsPathStep *steps, float x, float y, float radius) {
    float r = radius;
    float k = r * CIRCLE_HANDLE;
    steps[0] = (SatsPathStep){.op = SATS_PATH_MOVE, .x = {x + r}, .y = {y}};
    steps[1] = quarter(x, y, r, k, k, r, 0, r);
    steps[2] = quarter(x, y, -k, r, -r, k, -r, 0);
    steps[3] = quarter(x, y, -r, -k, -k, -r, 0, -r);
    steps[4] = quarter(x, y, k, -r, r, -k, r, 0);
    steps[5] = (SatsPathStep){.op = SATS_PATH_CLOSE};
    return 6;
}

guint sats_path_polygon(SatsPathStep *steps, const float *points, guint n) {
    for (guint i = 0; i < n; i++, points += 2) {
        steps[i] = (SatsPathStep){
            .op = i == 0 ? SATS_PATH_MOVE : SATS_PATH_LINE, .x = {points[0]}, .y = {points[1]}};
    }
    steps[n] = (SatsPathStep){.op = SATS_PATH_CLOSE};
    return n + 1;
}
