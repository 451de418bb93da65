/* layout/chart-room.c: where labels can stand without covering one another or the data. */
#include "layout/chart-room.h"

typedef struct {
    float x1, y1, x2, y2;
} Line;

void sats_chart_room_init(SatsChartRoom *room, const SatsChartRect *within) {
    room->taken = g_array_new(FALSE, FALSE, sizeof(SatsChartRect));
    room->lines = g_array_new(FALSE, FALSE, sizeof(Line));
    room->within = *within;
}

void sats_chart_room_clear(SatsChartRoom *room) {
    g_array_free(room->taken, TRUE);
    g_array_free(room->lines, TRUE);
}

void sats_chart_room_take(SatsChartRoom *room, const SatsChartRect *rect) {
    g_array_append_vals(room->taken, rect, 1);
}

void sats_chart_room_line(SatsChartRoom *room, float x1, float y1, float x2, float y2) {
    Line line = {x1, y1, x2, y2};
    g_array_append_val(room->lines, line);
}

static gboolean overlap(const SatsChartRect *a, const SatsChartRect *b) {
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
           b->y < a->y + a->height;
}

/* Cuts the part [*from, *to] of a line down to where its coordinate is between low and high. */
static gboolean clip(float start, float delta, float low, float high, float *from, float *to) {
    if (delta == 0)
        return start >= low && start <= high;
    float a = (low - start) / delta, b = (high - start) / delta;
    *from = MAX(*from, MIN(a, b));
    *to = MIN(*to, MAX(a, b));
    return *from <= *to;
}

static gboolean crosses(const Line *line, const SatsChartRect *rect) {
    float from = 0, to = 1;
    return clip(line->x1, line->x2 - line->x1, rect->x, rect->x + rect->width, &from, &to) &&
           clip(line->y1, line->y2 - line->y1, rect->y, rect->y + rect->height, &from, &to);
}

/* 0: free. */
static float cost_of(const SatsChartRoom *room, const SatsChartRect *rect) {
    float cost = 0;
    for (guint i = 0; i < room->taken->len; i++)
        if (overlap(rect, &g_array_index(room->taken, SatsChartRect, i)))
            cost += SATS_ROOM_TAKEN;
    for (guint i = 0; i < room->lines->len; i++)
        if (crosses(&g_array_index(room->lines, Line, i), rect))
            cost += SATS_ROOM_LINE;
    const SatsChartRect *within = &room->within;
    if (rect->x < within->x || rect->y < within->y ||
        rect->x + rect->width > within->x + within->width ||
        rect->y + rect->height > within->y + within->height)
        cost += SATS_ROOM_OUTSIDE;
    return cost;
}

int sats_chart_room_choose(SatsChartRoom *room, const SatsChartRect *candidates, guint n,
                           float most) {
    int best = -1;
    float least = 0;
    for (guint i = 0; i < n; i++) {
        float cost = cost_of(room, &candidates[i]);
        if (best < 0 || cost < least) {
            best = (int)i;
            least = cost;
        }
    }
    if (best < 0 || least > most)
        return -1;
    sats_chart_room_take(room, &candidates[best]);
    return best;
}

/* ---- spreading ---- */

/* Places that touch move as one group, about the mean of where they wanted to stand. */
typedef struct {
    guint first, n;
    float sum; /* of wanted places, each less its offset in the group */
} Group;

static float group_start(const Group *group, float distance, float low, float high) {
    float start = group->sum / (float)group->n;
    float length = (float)(group->n - 1) * distance;
    return MAX(MIN(start, high - length), low);
}

/* Indexes in the order of their places; they are few. */
static void sort_places(guint *order, guint n, const float *at) {
    for (guint i = 0; i < n; i++) {
        guint j = i;
        for (; j > 0 && at[order[j - 1]] > at[i]; j--)
            order[j] = order[j - 1];
        order[j] = i;
    }
}

void sats_chart_spread(float *at, guint n, float distance, float low, float high) {
    if (n == 0)
        return;
    g_autofree guint *order = g_new(guint, n);
    g_autofree Group *groups = g_new(Group, n);
    sort_places(order, n, at);
    guint n_groups = 0;
    for (guint i = 0; i < n; i++) {
        groups[n_groups++] = (Group){i, 1, at[order[i]]};
        while (n_groups > 1) {
            Group *last = &groups[n_groups - 1], *before = &groups[n_groups - 2];
            float end = group_start(before, distance, low, high) + (float)before->n * distance;
            if (group_start(last, distance, low, high) >= end)
                break;
            before->sum += last->sum - (float)last->n * (float)before->n * distance;
            before->n += last->n;
            n_groups--;
        }
    }
    for (guint g = 0; g < n_groups; g++)
        for (guint i = 0; i < groups[g].n; i++)
            at[order[groups[g].first + i]] =
                group_start(&groups[g], distance, low, high) + (float)i * distance;
}
