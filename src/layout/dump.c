/* layout/dump.c: pages as text, for --stage=pages and golden tests: what stands where. */
#include "layout/layout.h"

static void append_number(GString *out, double value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_formatd(text, sizeof text, "%.1f", value + 0.0));
}

static void append_point(GString *out, double x, double y) {
    g_string_append_c(out, ' ');
    append_number(out, x);
    g_string_append_c(out, ' ');
    append_number(out, y);
}

static void append_line_text(GString *out, const SatsLine *line) {
    g_string_append(out, " \"");
    for (guint i = 0; i < line->n_fragments; i++) {
        const SatsFragment *fragment = &line->fragments[i];
        if (fragment->shape != NULL) {
            g_string_append_len(out, fragment->shape->text, fragment->shape->length);
        }
    }
    g_string_append_c(out, '"');
}

static void append_box(GString *out, const SatsBox *box, double dx, double dy);

static void append_item(GString *out, const SatsItem *item, double dx, double dy) {
    static const char *const KINDS[] = {"line", "rule", "fill", "path", "image", "field", "turn"};
    double x = (double)item->x + dx;
    double y = (double)item->y + dy;
    g_string_append_printf(out, "  %s%s", item->artifact == SATS_ITEM_CONTENT ? "" : "~",
                           KINDS[item->kind]);
    append_point(out, x, y);
    if (item->kind == SATS_ITEM_LINE) {
        append_line_text(out, item->as.line);
    } else if (item->kind == SATS_ITEM_RULE) {
        append_point(out, (double)item->as.rule->x2 + dx, (double)item->as.rule->y2 + dy);
        g_string_append_c(out, ' ');
        append_number(out, (double)item->as.rule->width_pt);
    } else if (item->kind == SATS_ITEM_FILL) {
        append_point(out, (double)item->as.fill->width_pt, (double)item->as.fill->height_pt);
    }
    g_string_append_c(out, '\n');
    if (item->kind == SATS_ITEM_TURN) {
        append_box(out, item->as.turn->box, x, y);
    }
}

static void append_box(GString *out, const SatsBox *box, double dx, double dy) {
    for (guint i = 0; i < box->n_items; i++) {
        append_item(out, &box->items[i], dx, dy);
    }
}

char *sats_pages_dump(const SatsPages *pages) {
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < pages->n_pages; i++) {
        const SatsPage *page = &pages->pages[i];
        g_string_append_printf(out, "page %u %s\n", page->number, page->kind->name);
        for (guint j = 0; j < page->n_placed; j++) {
            append_box(out, page->placed[j].box, (double)page->placed[j].x_pt,
                       (double)page->placed[j].y_pt);
        }
    }
    return g_string_free(out, FALSE);
}
