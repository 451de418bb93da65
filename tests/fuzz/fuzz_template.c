/* The text of a template is compiled, or its mistakes are told; what is compiled can be used. */
#include "fuzz.h"

#include "plansats.h"

enum { MAX_SIZE = 1 << 15 };

static const char PLAN[] = "mall: ./mall.yaml\ntitel: Plan\ntext: \"Text med *betoning*^[och "
                           "not].\"\ntal: 12.5\ndag: 2024-03-01\n"
                           "lista: [ett, två]\nrader: [{a: x, b: 1}, {a: y, b: 2}]\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > MAX_SIZE) {
        return 0;
    }
    fuzz_put("mall.yaml", "", data, size);
    fuzz_put("plan.yaml", PLAN, "", 0);
    g_autofree char *path = g_build_filename(fuzz_folder(), "plan.yaml", NULL);
    SatsEngine *engine = sats_engine_new(NULL, NULL); /* keeps templates: a new one each time */
    SatsPlan *plan = sats_plan_load(engine, path);
    SatsStatus status = sats_plan_check(plan, 0);
    g_assert(status == SATS_STATUS_DONE || status == SATS_STATUS_DOCUMENT);
    sats_string_free(sats_plan_dump(plan, "document"));
    sats_string_free(sats_plan_report(plan, SATS_REPORT_JSON));
    sats_plan_free(plan);
    sats_engine_free(engine);
    return 0;
}
