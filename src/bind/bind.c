/* bind/bind.c: the driver: a template's blocks are walked with the plan's values in scope. */
#include "bind/binder.h"

#include <string.h>

/* ---- nodes ---- */

SatsNode *sats_bind_node(SatsBinder *binder, SatsNode *parent, SatsNodeKind kind, SatsPlace place) {
    if (G_UNLIKELY(++binder->n_nodes > SATS_BIND_MAX_NODES && !binder->full)) {
        binder->full = TRUE;
        sats_report_add(binder->report, SATS_ERROR, "document-limit", &place,
                        "the document has more than %u parts; the rest is left out",
                        "dokumentet har fler än %u delar; resten utelämnas", SATS_BIND_MAX_NODES);
    }
    return sats_node_new(binder->document, parent, kind, place);
}

void sats_bind_drop_last(SatsNode *parent, SatsNode *before) {
    if (before == NULL)
        parent->first_child = NULL;
    else
        before->next = NULL;
    parent->last_child = before;
}

SatsNode *sats_bind_loose_block(SatsBinder *binder, SatsPlace place) {
    SatsNode *node = sats_bind_node(binder, NULL, SATS_NODE_PARAGRAPH, place);
    node->role = SATS_ROLE_NONE;
    return node;
}

static guint capacity(guint n) {
    guint result = 1;
    while (result < n)
        result *= 2;
    return n == 0 ? 0 : result;
}

SatsRun *sats_bind_reserve_runs(SatsBinder *binder, SatsNode *block, guint extra) {
    guint n = block->n_runs;
    if (n + extra > capacity(n)) {
        SatsRun *runs = sats_arena_new_array(binder->arena, SatsRun, capacity(n + extra));
        if (n > 0)
            memcpy(runs, block->runs, n * sizeof *runs);
        block->runs = runs;
    }
    return block->runs + n;
}

SatsRun *sats_bind_add_run(SatsBinder *binder, SatsNode *block, const char *text, guint16 flags,
                           SatsNode *owner, SatsPlace place) {
    SatsRun *run = sats_bind_reserve_runs(binder, block, 1);
    block->n_runs++;
    *run = (SatsRun){.kind = SATS_RUN_TEXT,
                     .flags = flags,
                     .length = (guint32)strlen(text),
                     .text = text,
                     .owner = owner,
                     .place = place};
    return run;
}

const char *sats_bind_runs_text(SatsBinder *binder, const SatsNode *block, guint skip) {
    GString *text = g_string_new(NULL);
    for (guint i = skip; i < block->n_runs; i++) {
        const SatsRun *run = &block->runs[i];
        if (run->kind == SATS_RUN_BREAK)
            g_string_append_c(text, ' ');
        else if ((run->flags & SATS_RUN_NOTE_MARK) == 0)
            g_string_append_len(text, run->text, run->length);
    }
    const char *result = sats_arena_strdup(binder->arena, g_strstrip(text->str));
    g_string_free(text, TRUE);
    return result;
}

/* ---- guards ---- */

static void one_turn(SatsBinder *binder, const SatsGuard *guard, SatsBindFunc func,
                     gconstpointer item, gpointer data) {
    if (guard->when == NULL ||
        sats_condition_holds(guard->when, binder->scope, binder->arena, binder->report))
        func(binder, item, data);
}

void sats_bind_each(SatsBinder *binder, const SatsGuard *guard, SatsBindFunc func,
                    gconstpointer item, gpointer data) {
    if (guard->each == NULL) {
        one_turn(binder, guard, func, item, data);
        return;
    }
    const SatsValue *const *values = NULL;
    guint n = sats_each_values(guard->each, binder->scope, binder->arena, &values);
    SatsPlace outer = binder->item_place;
    for (guint i = 0; i < n && !binder->full; i++) {
        sats_scope_set(binder->scope, guard->each, values[i], i + 1);
        if (values[i] != NULL && values[i]->place.source != NULL)
            binder->item_place = values[i]->place;
        one_turn(binder, guard, func, item, data);
    }
    binder->item_place = outer;
}

/* ---- metadata, running lines ---- */

static SatsRunningLine running_line(SatsBinder *binder, const SatsRunningSpec *spec) {
    const SatsText *texts[2] = {spec->left, spec->right};
    const SatsNode *nodes[2] = {NULL, NULL};
    for (guint i = 0; i < 2; i++) {
        if (texts[i] == NULL || texts[i]->n_pieces == 0)
            continue;
        SatsNode *node = sats_bind_loose_block(binder, texts[i]->place);
        binder->uncounted++; /* said again on every page: not one more */
        sats_bind_inline(binder, node, texts[i], 0);
        binder->uncounted--;
        nodes[i] = node->n_runs > 0 ? node : NULL;
    }
    return (SatsRunningLine){nodes[0], nodes[1]};
}

SatsRunningLine sats_bind_running(SatsBinder *binder, const SatsRunningSpecs *specs) {
    for (guint i = 0; i < specs->n; i++)
        if (sats_condition_holds(specs->items[i].when, binder->scope, binder->arena,
                                 binder->report))
            return running_line(binder, &specs->items[i]);
    return (SatsRunningLine){NULL, NULL};
}

static void bind_metadata(SatsBinder *binder) {
    const SatsTemplate *template_ = binder->template_;
    SatsDocument *document = binder->document;
    document->language = template_->language != NULL ? template_->language : "sv-SE";
    document->title = sats_bind_words(binder, template_->document_title);
    if (document->title == NULL)
        document->title = template_->title != NULL ? template_->title : template_->name;
    document->author = sats_bind_words(binder, template_->author);
    document->subject = sats_bind_words(binder, template_->subject);
    document->date = sats_bind_plain(binder, template_->date);
    document->page_kind = template_->page_kind;
    SatsMetadataItem *items =
        sats_arena_new_array(binder->arena, SatsMetadataItem, template_->n_metadata + 1);
    guint n = 0;
    for (guint i = 0; i < template_->n_metadata; i++) {
        const char *value = sats_bind_words(binder, template_->metadata[i].value);
        if (value != NULL)
            items[n++] = (SatsMetadataItem){template_->metadata[i].key, value};
    }
    document->metadata = items;
    document->n_metadata = n;
}

/* Where the plan says what a condition first asks for; the plan's beginning when it does not. */
static SatsPlace condition_place(SatsBinder *binder, const SatsCondition *condition) {
    while (condition->first != NULL)
        condition = condition->first;
    SatsResult result = {0};
    if (condition->left != NULL)
        sats_expr_eval(condition->left, binder->scope, binder->arena, binder->report, &result);
    gboolean given = result.value != NULL && result.value->place.source != NULL;
    return given ? result.value->place : binder->document->root->place;
}

static void bind_watermark(SatsBinder *binder) {
    const SatsTemplate *template_ = binder->template_;
    if (template_->watermark_when != NULL)
        binder->document->status_place = condition_place(binder, template_->watermark_when);
    if (template_->watermark == NULL ||
        !sats_condition_holds(template_->watermark_when, binder->scope, binder->arena,
                              binder->report))
        return;
    if (binder->final_ && template_->watermark_when != NULL) {
        sats_report_add(binder->report, SATS_ERROR, "status", &binder->document->status_place,
                        "the plan says that it is a draft, and a final document was asked for",
                        "planen säger att den är ett utkast, men ett slutligt dokument begärdes");
        return;
    }
    binder->document->draft = TRUE;
    binder->document->watermark = sats_bind_words(binder, template_->watermark);
}

static void bind_running(SatsBinder *binder) {
    const SatsTemplate *t = binder->template_;
    SatsDocument *document = binder->document;
    document->head = sats_bind_running(binder, &t->head);
    document->foot = sats_bind_running(binder, &t->foot);
    document->first_foot = sats_bind_running(binder, &t->first_foot);
}

/* ---- the whole ---- */

static void binder_init(SatsBinder *binder, const SatsTemplate *template_, const SatsValue *plan,
                        const SatsBindOptions *options, SatsReport *report) {
    SatsDocument *document = sats_document_new();
    *binder = (SatsBinder){
        .template_ = template_,
        .theme = template_->theme,
        .document = document,
        .arena = document->arena,
        .report = report,
        .final_ = options != NULL && options->final_,
        .targets = g_ptr_array_new(),
        .targets_by_id = g_hash_table_new(g_str_hash, g_str_equal),
        .pending = g_array_new(FALSE, TRUE, sizeof(SatsPending)),
        .open_emphasis = g_array_new(FALSE, TRUE, sizeof(SatsOpenEmphasis)),
        .contents = g_ptr_array_new(),
        .footnotes = g_ptr_array_new(),
        .placeholders = g_hash_table_new(g_int64_hash, g_int64_equal),
    };
    binder->units = sats_units_new(sats_theme_word(binder->theme, "enheter"), binder->arena);
    binder->scope = sats_scope_new(template_, plan, binder->arena);
    binder->scope->used = options != NULL ? options->used : NULL;
}

static void binder_clear(SatsBinder *binder) {
    g_ptr_array_free(binder->targets, TRUE);
    g_hash_table_destroy(binder->targets_by_id);
    g_array_free(binder->pending, TRUE);
    g_array_free(binder->open_emphasis, TRUE);
    g_ptr_array_free(binder->contents, TRUE);
    g_ptr_array_free(binder->footnotes, TRUE);
    g_hash_table_unref(binder->placeholders);
}

SatsDocument *sats_bind(const SatsTemplate *template_, const SatsValue *plan,
                        const SatsBindOptions *options, SatsReport *report) {
    SatsBinder binder;
    binder_init(&binder, template_, plan, options, report);
    SatsDocument *document = binder.document;
    SatsPlace place = plan != NULL ? plan->place : (SatsPlace){0};
    SatsNode *root = sats_bind_node(&binder, NULL, SATS_NODE_DOCUMENT, place);
    bind_metadata(&binder);
    bind_watermark(&binder);
    sats_bind_blocks(&binder, root, &template_->body);
    bind_running(&binder);
    sats_bind_resolve(&binder);
    sats_bind_tell_open_emphasis(&binder);
    document->n_placeholders = binder.n_placeholders;
    document->n_notes = binder.footnotes->len;
    document->notes = sats_arena_memdup(binder.arena, binder.footnotes->pdata,
                                        sizeof(SatsNode *) * MAX(binder.footnotes->len, 1u));
    binder_clear(&binder);
    sats_document_number(document);
    return document;
}
