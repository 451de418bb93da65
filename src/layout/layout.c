/* layout/layout.c: the driver: from document to pages.
 *
 *   document ─ blocks ─▶ galley ─ pages ─▶ placed boxes ─ running ─▶ heads, feet, watermark ─
 * resolve ─▶ page numbers
 */
#include "layout/layout.h"

#include "layout/context.h"
#include "layout/measure.h"
#include "layout/pages.h"
#include "layout/resolve.h"
#include "layout/running.h"

#define DEFAULT_MAX_PAGES 20000U

static void context_init(SatsContext *context, const SatsDocument *document, const SatsTheme *theme,
                         const SatsLayoutOptions *options, SatsReport *report) {
    *context = (SatsContext){.document = document,
                             .theme = theme,
                             .shaper = options->shaper,
                             .hyphenator = options->hyphenator,
                             .report = report,
                             .arena = sats_arena_new(),
                             .faces = g_hash_table_new(NULL, NULL),
                             .page_refs = g_ptr_array_new(),
                             .notes = g_hash_table_new(NULL, NULL),
                             .shared_widths = g_hash_table_new(g_str_hash, g_str_equal)};
    const char *kind = document->page_kind != NULL ? document->page_kind : "portrait";
    context->page = sats_theme_page(theme, kind);
    if (context->page == NULL) {
        context->page = sats_theme_page(theme, "portrait");
    }
}

static void context_clear(SatsContext *context) {
    g_hash_table_unref(context->faces);
    g_ptr_array_unref(context->page_refs);
    g_hash_table_unref(context->notes);
    g_hash_table_unref(context->shared_widths);
}

static SatsPages *take_pages(SatsContext *context, GArray *pages) {
    SatsPages *result = g_new0(SatsPages, 1);
    result->arena = context->arena;
    result->n_pages = pages->len;
    result->pages = (SatsPage *)(void *)g_array_free(pages, FALSE);
    return result;
}

/* Room kept for the number of pages (`PAGE_COUNT`) and page numbers is two digits; resolve.c gives
 * what they really are. */
SatsPages *sats_layout(const SatsDocument *document, const SatsTheme *theme,
                       const SatsLayoutOptions *options, SatsReport *report, GError **error) {
    SatsContext context;
    context_init(&context, document, theme, options, report);
    const SatsPageKind *first = context.page;
    SatsMeasure measure = sats_page_measure(&context, first);
    SatsGalley galley;
    sats_galley_init(&galley, context.arena);
    sats_block_set(&context, document->root, &measure, &galley);
    GArray *pages = g_array_new(FALSE, TRUE, sizeof(SatsPage));
    guint max_pages = options->max_pages > 0 ? options->max_pages : DEFAULT_MAX_PAGES;
    sats_pages_build(&context, &galley, first, max_pages, pages);
    sats_galley_clear(&galley);
    if (context.error == NULL && pages->len > max_pages) {
        g_set_error(&context.error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_LIMIT,
                    "the document has more than %u pages", max_pages);
    }
    SatsPages *result = take_pages(&context, pages);
    if (context.error == NULL) {
        sats_running_set(&context, result);
        sats_page_refs_resolve(&context, result);
    }
    context_clear(&context);
    if (context.error != NULL) {
        g_propagate_error(error, context.error);
        sats_pages_free(result);
        return NULL;
    }
    return result;
}

void sats_pages_free(SatsPages *pages) {
    if (pages == NULL) {
        return;
    }
    sats_arena_free(pages->arena);
    g_free(pages->pages);
    g_free(pages);
}
