#include "engine/engine-private.h"
SatsStatus sats_plan_render_changes(SatsPlan *old_plan, SatsPlan *new_plan, const SatsRenderOptions *options, const char *path)
{
    (void)old_plan;
    return sats_plan_render_file(new_plan, options, path);
}
