/* layout/context.c: what the theme says, by the names that layout has for it. */
#include "layout/context.h"

const SatsTextStyle *sats_context_style(SatsContext *context, const SatsNode *node,
                                        const char *fallback) {
    const SatsTextStyle *style =
        node != NULL && node->style != NULL ? sats_theme_style(context->theme, node->style) : NULL;
    if (style == NULL) {
        style = sats_theme_style(context->theme, fallback);
    }
    if (style == NULL) {
        style = sats_theme_style(context->theme, "body");
    }
    g_assert(style != NULL);
    return style;
}

const SatsTextStyle *sats_context_page_style(const SatsContext *context, const SatsPageKind *page,
                                             const char *role) {
    char name[64];
    g_snprintf(name, sizeof name, "%s-%s", page->name, role);
    return sats_theme_style(context->theme, name);
}

const SatsTextStyle *sats_context_role(SatsContext *context, const SatsPageKind *page,
                                       const char *role) {
    const SatsTextStyle *style = sats_context_page_style(context, page, role);
    return style != NULL ? style : sats_context_style(context, NULL, role);
}

float sats_context_length_pt(const SatsContext *context, const char *name) {
    return (float)sats_theme_length_pt(context->theme, name);
}

guint32 sats_context_colour(const SatsContext *context, const char *name) {
    guint32 rgb = 0;
    sats_theme_colour(context->theme, name, &rgb);
    return rgb;
}
