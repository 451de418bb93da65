/* layout/chart-room.h: where labels can stand without covering one another or the data.
 *
 * A room knows what is taken (labels, points, bars) and which lines run through it. A label names
 * the places it could stand, the best first, and gets the one that costs least.
 */
#ifndef SATS_LAYOUT_CHART_ROOM_H
#define SATS_LAYOUT_CHART_ROOM_H

#include "layout/chart-pen.h"

/* A label over another costs more than any number of lines through it. */
#define SATS_ROOM_LINE    1.0F
#define SATS_ROOM_OUTSIDE 50.0F
#define SATS_ROOM_TAKEN   100.0F

typedef struct {
    GArray *taken; /* SatsChartRect */
    GArray *lines; /* float x 4 */
    SatsChartRect within;
} SatsChartRoom;

void sats_chart_room_init(SatsChartRoom *room, const SatsChartRect *within);
void sats_chart_room_clear(SatsChartRoom *room);
void sats_chart_room_take(SatsChartRoom *room, const SatsChartRect *rect);
void sats_chart_room_line(SatsChartRoom *room, float x1, float y1, float x2, float y2);
/* Index of the cheapest candidate, the first of equals, which is then taken; -1 when the cheapest
 * costs more than `most`. */
int sats_chart_room_choose(SatsChartRoom *room, const SatsChartRect *candidates, guint n,
                           float most);

/* Moves places along a line apart to at least `distance`, as little as can be, within low … high
 * where there is room for all. Their order stays; `at` need not be sorted. */
void sats_chart_spread(float *at, guint n, float distance, float low, float high);

#endif
