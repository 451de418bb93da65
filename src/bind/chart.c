/* bind/chart.c: figures drawn from data. */
#include "bind/binder.h"

void sats_bind_chart(SatsBinder *binder, SatsNode *figure, const SatsFigureBlock *spec,
                     SatsPlace place) {
    figure->as.figure->data = NULL;
    sats_report_add(binder->report, SATS_ERROR, "figure-kind", &place,
                    "figures of kind '%s' are not available", "figurer av slaget '%s' finns inte",
                    spec->kind);
}
