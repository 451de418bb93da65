/* layout/stretches.c: threads take one stretch after the other, until none is left.
 *
 * What stretches could have in common besides the page is the footnotes: the first call of a note
 * places it. Every thread places those that it meets first, and when the galleys are joined, in
 * the order of the document, what an earlier stretch has placed is taken out of the later ones. */
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
} Stretch;

typedef struct {
    GArray *stretches; /* of Stretch */
    int next;          /* stretch to be taken; atomic */
} Work;

typedef struct {
    Work *work;
    SatsContext *context;
} Setter;

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
    const SatsPageKind *page = context->page;
    SatsLanguage language = sats_report_language(context->report);
    for (const SatsNode *node = context->document->root->first_child; node != NULL;
         node = node->next) {
        if (stretches->len == 0 || node->kind == SATS_NODE_SECTION) {
            if (stretches->len > 0) {
                g_array_index(stretches, Stretch, stretches->len - 1).end = node;
            }
            Stretch stretch = {.first = node, .page = page, .report = sats_report_new(language)};
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
    context->page = stretch->page;
    context->place = context->document->root->place;
    context->past_front = stretch->first->kind == SATS_NODE_SECTION;
    SatsMeasure measure = sats_page_measure(context, stretch->page);
    sats_blocks_range_set(context, stretch->first, stretch->end, &measure, galley);
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

static gboolean all_new(const SatsNoteBox *notes, GHashTable *placed) {
    for (; notes != NULL; notes = notes->next) {
        if (g_hash_table_contains(placed, notes->note)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A copy without the notes that are placed already. */
static const SatsNoteBox *drop_placed(const SatsNoteBox *notes, GHashTable *placed,
                                      SatsArena *arena) {
    const SatsNoteBox *first = NULL;
    const SatsNoteBox **tail = &first;
    for (; notes != NULL; notes = notes->next) {
        if (!g_hash_table_contains(placed, notes->note)) {
            SatsNoteBox *copy = sats_arena_memdup(arena, notes, sizeof *notes);
            copy->next = NULL;
            *tail = copy;
            tail = &copy->next;
        }
    }
    return first;
}

/* Takes out what earlier stretches have placed; then what this one places counts as placed. */
static void place_notes(const SatsGalley *galley, GHashTable *placed) {
    for (guint i = 0; i < galley->n_items; i++) {
        SatsGalleyItem *item = &galley->items[i];
        if (!all_new(item->notes, placed)) {
            item->notes = drop_placed(item->notes, placed, galley->arena);
        }
    }
    for (guint i = 0; i < galley->n_items; i++) {
        for (const SatsNoteBox *note = galley->items[i].notes; note != NULL; note = note->next) {
            g_hash_table_add(placed, (gpointer)(gsize)note->note);
        }
    }
}

static void join_stretches(const GArray *stretches, SatsGalley *galley, SatsReport *report) {
    g_autoptr(GHashTable) placed = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < stretches->len; i++) {
        Stretch *stretch = &g_array_index(stretches, Stretch, i);
        place_notes(&stretch->galley, placed);
        sats_galley_append(galley, &stretch->galley);
        sats_galley_clear(&stretch->galley);
        sats_report_add_all(report, stretch->report);
        sats_report_free(stretch->report);
    }
}

/* One thread goes on with all of them: tables set their heads again on later pages. */
static void join_contexts(SatsContext *contexts, guint n_contexts, const SatsContext *before) {
    GPtrArray *page_refs = contexts[0].page_refs;
    for (guint i = 0; i < n_contexts; i++) {
        SatsContext *context = &contexts[i];
        context->report = before->report;
        context->page = before->page;
        context->place = before->place;
        if (i > 0) {
            g_ptr_array_extend_and_steal(page_refs, context->page_refs);
            context->page_refs = g_ptr_array_ref(page_refs);
        }
    }
}

void sats_stretches_set(SatsContext *contexts, guint n_contexts, SatsGalley *galley) {
    const SatsContext before = contexts[0];
    guint n_threads = before.document->n_nodes < WORTH_A_THREAD ? 1 : n_contexts;
    Work work = {.stretches = find_stretches(&before)};
    set_all(&work, contexts, n_threads);
    join_contexts(contexts, n_contexts, &before);
    join_stretches(work.stretches, galley, before.report);
    g_array_unref(work.stretches);
}
