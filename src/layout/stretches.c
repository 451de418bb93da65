/* layout/stretches.c: threads take one stretch after the other, until none is left.
 *
 * What stretches have in common besides the page is the footnotes: the first call of a note places
 * it. Every thread places those that it meets first. When the galleys are joined, in the order of
 * the document, a stretch that has placed a note which an earlier one called is set once more, now
 * that this is known: seldom more often than there are threads, for a thread remembers its notes.
 * (To take the note out of the finished stretch would be quicker, but what was found while setting
 * it would remain, and its having been called where nothing was placed would be forgotten.)
 *
 * Findings, and the error that ends it all, are each stretch's own, for they are told in the order
 * of the document too. */
#include "layout/stretches.h"

#include "base/thread.h"
#include "layout/measure.h"

/* Setting this many nodes takes some ten times what starting a thread does. */
#define WORTH_A_THREAD 600U

typedef struct {
    const SatsNode *first, *end; /* children of the root; `end` is the next one's first, or NULL */
    const SatsPageKind *page;    /* in force where it begins */
    SatsGalley galley;
    SatsReport *report;
    GPtrArray *called; /* notes, for the first time as far as the thread knows */
    GError *error;
} Stretch;

typedef struct {
    GArray *stretches; /* of Stretch */
    int next;          /* stretch to be taken; atomic */
} Work;

typedef struct {
    Work *work;
    SatsContext *context;
} Setter;

static void clear_stretch(gpointer data) {
    Stretch *stretch = data;
    sats_galley_clear(&stretch->galley);
    sats_report_free(stretch->report);
    g_ptr_array_unref(stretch->called);
    g_clear_error(&stretch->error);
}

/* ---- where stretches begin ---- */

/* The kind of page after a block: a section turns back what it turned. */
static const SatsPageKind *page_after(const SatsContext *context, const SatsNode *node,
                                      const SatsPageKind *page) {
    if (node->kind == SATS_NODE_BREAK) {
        const char *kind = node->as.page_break == NULL ? NULL : node->as.page_break->page_kind;
        const SatsPageKind *turned = kind == NULL ? NULL : sats_theme_page(context->theme, kind);
        return turned == NULL ? page : turned;
    }
    for (const SatsNode *child = node->kind == SATS_NODE_SECTION ? NULL : node->first_child;
         child != NULL; child = child->next) {
        page = page_after(context, child, page);
    }
    return page;
}

static GArray *find_stretches(const SatsContext *context) {
    GArray *stretches = g_array_new(FALSE, TRUE, sizeof(Stretch));
    g_array_set_clear_func(stretches, clear_stretch);
    const SatsPageKind *page = context->page;
    for (const SatsNode *node = context->document->root->first_child; node != NULL;
         node = node->next) {
        if (stretches->len == 0 || node->kind == SATS_NODE_SECTION) {
            if (stretches->len > 0) {
                g_array_index(stretches, Stretch, stretches->len - 1).end = node;
            }
            Stretch stretch = {.first = node,
                               .page = page,
                               .report = sats_report_new_like(context->report),
                               .called = g_ptr_array_new()};
            g_array_append_val(stretches, stretch);
        }
        page = page_after(context, node, page);
    }
    return stretches;
}

/* ---- setting ---- */

static void set_stretch(SatsContext *context, Stretch *stretch) {
    SatsGalley *galley = &stretch->galley;
    sats_galley_init(galley, context->arena);
    sats_galley_box(galley, sats_arena_new_struct(context->arena, SatsBox), 0, NULL);
    context->report = stretch->report;
    context->called = stretch->called;
    context->page = stretch->page;
    context->place = context->document->root->place;
    context->past_front = stretch->first->kind == SATS_NODE_SECTION;
    SatsMeasure measure = sats_page_measure(context, stretch->page);
    sats_blocks_range_set(context, stretch->first, stretch->end, &measure, galley);
    stretch->error = g_steal_pointer(&context->error);
}

static void *set_stretches(void *data) {
    const Setter *setter = data;
    Work *work = setter->work;
    for (;;) {
        guint i = (guint)__atomic_fetch_add(&work->next, 1, __ATOMIC_RELAXED);
        if (i >= work->stretches->len) {
            return NULL;
        }
        set_stretch(setter->context, &g_array_index(work->stretches, Stretch, i));
    }
}

/* A thread that cannot be started leaves its part to the others. */
static void set_all(Work *work, SatsContext *contexts, guint n_contexts) {
    guint n = MIN(n_contexts, work->stretches->len);
    g_autofree Setter *setters = g_new(Setter, n + 1);
    g_autofree pthread_t *threads = g_new(pthread_t, n + 1);
    guint started = 1;
    setters[0] = (Setter){work, &contexts[0]};
    for (; started < n; started++) {
        setters[started] = (Setter){work, &contexts[started]};
        if (!sats_thread_start(&threads[started], set_stretches, &setters[started])) {
            break;
        }
    }
    set_stretches(&setters[0]);
    for (guint i = 1; i < started; i++) {
        pthread_join(threads[i], NULL);
    }
}

/* ---- joining ---- */

static gboolean calls_any(const Stretch *stretch, GHashTable *notes) {
    for (guint i = 0; i < stretch->called->len; i++) {
        if (g_hash_table_contains(notes, g_ptr_array_index(stretch->called, i))) {
            return TRUE;
        }
    }
    return FALSE;
}

static void set_again(SatsContext *context, Stretch *stretch) {
    sats_galley_clear(&stretch->galley);
    sats_report_free(stretch->report);
    stretch->report = sats_report_new_like(context->report);
    g_ptr_array_set_size(stretch->called, 0);
    g_clear_error(&stretch->error);
    set_stretch(context, stretch);
}

/* Adds a stretch to those before it, whose notes are the context's. */
static void join_stretch(SatsContext *context, Stretch *stretch, SatsGalley *galley) {
    SatsReport *report = context->report;
    if (calls_any(stretch, context->notes)) {
        set_again(context, stretch);
        context->report = report;
    }
    for (guint i = 0; i < stretch->called->len; i++) {
        g_hash_table_add(context->notes, g_ptr_array_index(stretch->called, i));
    }
    sats_galley_append(galley, &stretch->galley);
    sats_report_add_all(report, stretch->report);
    if (context->error == NULL) {
        context->error = g_steal_pointer(&stretch->error);
    }
}

/* One thread goes on with all contexts: tables set their heads again on later pages. They have the
 * page references of all in common, and the notes, of which none are known yet. */
static void join_contexts(SatsContext *contexts, guint n_contexts, const SatsContext *before) {
    g_autoptr(GHashTable) notes = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < n_contexts; i++) {
        SatsContext *context = &contexts[i];
        context->report = before->report;
        context->page = before->page;
        context->place = before->place;
        context->called = NULL;
        g_hash_table_unref(context->notes);
        context->notes = g_hash_table_ref(notes);
        if (i > 0) {
            g_ptr_array_extend_and_steal(before->page_refs, context->page_refs);
            context->page_refs = g_ptr_array_ref(before->page_refs);
        }
    }
}

void sats_stretches_set(SatsContext *contexts, guint n_contexts, SatsGalley *galley) {
    const SatsContext before = contexts[0];
    guint n_threads = before.document->n_nodes < WORTH_A_THREAD ? 1 : n_contexts;
    Work work = {.stretches = find_stretches(&before)};
    set_all(&work, contexts, n_threads);
    join_contexts(contexts, n_contexts, &before);
    for (guint i = 0; i < work.stretches->len; i++) {
        join_stretch(&contexts[0], &g_array_index(work.stretches, Stretch, i), galley);
    }
    contexts[0].called = NULL;
    contexts[0].page = before.page;
    contexts[0].place = before.place;
    g_array_unref(work.stretches);
}
