/* layout/chart-status.c: what status marks mean, as a line under a plot or as a figure. */
#include "layout/chart-kinds.h"

static const SatsChartText key_look = {.style = "status"};

float sats_chart_draw_key(const SatsChartPen *pen, const SatsStatusWord *key, guint n, float width,
                          float y) {
    float size = sats_chart_length(pen, "status.size");
    float gap = sats_chart_length(pen, "status.gap");
    float x = 0;
    for (guint i = 0; i < n; i++) {
        float own = size + gap + sats_chart_text_width(pen, key[i].text, &key_look);
        if (x > 0 && x + own > width) {
            x = 0;
            y += sats_chart_leading(pen, &key_look) + 2.0F;
        }
        sats_chart_status_mark(pen, x, y, key[i].value);
        sats_chart_text(pen, x + size + gap, sats_chart_middle(pen, y, &key_look), key[i].text,
                        &key_look);
        x += own + sats_chart_length(pen, "status.key-gap");
    }
    return y;
}

float sats_chart_draw_status(const SatsChartPen *pen, float y) {
    const SatsStatusChart *chart = &pen->data->as.status;
    float half = sats_chart_leading(pen, &key_look) / 2;
    return sats_chart_draw_key(pen, chart->key, chart->n_key, pen->width_pt, y + half) + half;
}
