/* layout/layout.c: the driver: from document to pages.
 *
 *   document ─ stretches, blocks ─▶ galley ─ pages ─▶ placed boxes ─ running ─▶ heads, feet,
 * watermark ─ resolve ─▶ page numbers
 */
#include "layout/layout.h"

#include "layout/context.h"
#include "layout/pages.h"
#include "layout/resolve.h"
#include "layout/running.h"
#include "layout/stretches.h"

static void context_init(SatsContext *context, const SatsDocument *document, const SatsTheme *theme,
                         const SatsTypesetter *typesetter, SatsReport *report) {
    *context = (SatsContext){.document = document,
                             .theme = theme,
                             .typesetter = *typesetter,
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
    g_clear_error(&context->error);
}

/* The first context, with what the others have made. */
static SatsContext join(SatsContext *contexts, guint n_contexts) {
    SatsContext first = contexts[0];
    for (guint i = 1; i < n_contexts; i++) {
        sats_arena_adopt(first.arena, contexts[i].arena);
        if (first.error == NULL) {
            first.error = g_steal_pointer(&contexts[i].error);
        }
        context_clear(&contexts[i]);
    }
    return first;
}

static SatsPages *build_pages(SatsContext *contexts, guint n_contexts, guint max_pages) {
    SatsContext *context = &contexts[0];
    const SatsPageKind *first = context->page;
    SatsGalley galley;
    sats_galley_init(&galley, context->arena);
    sats_stretches_set(contexts, n_contexts, &galley);
    GArray *pages = g_array_new(FALSE, TRUE, sizeof(SatsPage));
    sats_pages_build(context, &galley, first, max_pages, pages);
    sats_galley_clear(&galley);
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
    guint n_contexts = 1 + options->n_more;
    g_autofree SatsContext *contexts = g_new(SatsContext, n_contexts);
    for (guint i = 0; i < n_contexts; i++) {
        context_init(&contexts[i], document, theme,
                     i == 0 ? &options->typesetter : &options->more[i - 1], report);
    }
    guint max_pages = options->max_pages > 0 ? options->max_pages : SATS_MAX_PAGES;
    SatsPages *result = build_pages(contexts, n_contexts, max_pages);
    SatsContext context = join(contexts, n_contexts);
    if (context.error == NULL && result->n_pages > max_pages) {
        g_set_error(&context.error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_LIMIT,
                    "the document has more than %u pages", max_pages);
    }
    if (context.error == NULL) {
        sats_running_set(&context, result);
        sats_page_refs_resolve(&context, result);
    }
    if (context.error != NULL) {
        g_propagate_error(error, g_steal_pointer(&context.error));
        g_clear_pointer(&result, sats_pages_free);
    }
    context_clear(&context);
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
