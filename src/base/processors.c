/* base/processors.c: how many processors there are for us. */
#include "base/processors.h"

#include <sched.h>

/* A container's share of the processors, as cgroups have it: "200000 100000" is two. */
static guint processor_share(void) {
    g_autofree char *text = NULL;
    char *end = NULL;
    if (!g_file_get_contents("/sys/fs/cgroup/cpu.max", &text, NULL, NULL))
        return G_MAXUINT;
    guint64 quota = g_ascii_strtoull(text, &end, 10);
    guint64 period = g_ascii_strtoull(end, NULL, 10);
    return quota == 0 || period == 0 ? G_MAXUINT : (guint)MAX((quota + period - 1) / period, 1);
}

guint sats_processors(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    gboolean known = sched_getaffinity(0, sizeof set, &set) == 0;
    guint allowed = known ? (guint)CPU_COUNT(&set) : g_get_num_processors();
    guint share = processor_share();
    return MAX(MIN(allowed, share), 1);
}
