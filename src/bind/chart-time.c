/* bind/chart-time.c: times in charts: as months, and as they are written. */
#include "bind/chart.h"

#include "base/when.h"

static const char *const short_names[12] = {"jan",  "feb", "mars", "april", "maj", "juni",
                                            "juli", "aug", "sep",  "okt",   "nov", "dec"};

gboolean sats_chart_time_parse(const char *text, gboolean end, double *out_months) {
    SatsWhen time;
    if (text == NULL || !sats_when_parse(text, &time))
        return FALSE;
    *out_months = sats_when_months(&time, end);
    return TRUE;
}

const char *sats_chart_time_text(const char *text, gboolean with_year, SatsArena *arena) {
    SatsWhen time;
    if (text == NULL || !sats_when_parse(text, &time))
        return text;
    const char *year = with_year ? sats_arena_printf(arena, " %d", time.year) : "";
    if (time.day > 0)
        return sats_arena_printf(arena, "%d" SATS_NBSP "%s%s", time.day,
                                 short_names[time.month - 1], year);
    if (time.month > 0)
        return sats_arena_printf(arena, "%s %d", short_names[time.month - 1], time.year);
    if (time.quarter > 0)
        return sats_arena_printf(arena, "kv %d %d", time.quarter, time.year);
    return sats_arena_printf(arena, "%d", time.year);
}
