/* engine/warm-up.c: fonts are opened and words shaped while the plan is read and checked.
 *
 * The first plan of an engine finds no fonts open, no patterns indexed and no word shaped: a third
 * of the time that a short plan takes, and none of it waits for what comes before. So a thread
 * begins with that when the plan is begun, with the fonts that nearly every theme uses and the
 * words of the plan's own values, until the document is ready to be set. What it has not come to is
 * done there and then, as always: the pages are the same without it.
 *
 * The engine's font sets are touched by the caller's thread only; the warm-up has a set of its own
 * until it has ended. */
#include "base/thread.h"
#include "engine/engine-private.h"

/* So many words take longer to shape than all stages before layout. */
#define MAX_WORDS 4000U

struct SatsWarmUp {
    pthread_t thread;
    const SatsEngine *engine;
    SatsFontSet *set; /* NULL: could not be made; tried again, and reported, where it is needed */
    pthread_mutex_t lock;
    pthread_cond_t given;
    const SatsValue *values; /* NULL not yet */
    int stop;                /* atomic */
    guint n_words;
};

static void warm_up_free(SatsWarmUp *self) {
    pthread_mutex_destroy(&self->lock);
    pthread_cond_destroy(&self->given);
    g_free(self);
}

static gboolean is_over(const SatsWarmUp *self) {
    return __atomic_load_n(&self->stop, __ATOMIC_RELAXED) || self->n_words >= MAX_WORDS;
}

static void shape_values(SatsWarmUp *self, const SatsValue *value) {
    if (value->kind == SATS_VALUE_TEXT && !is_over(self)) {
        self->n_words +=
            sats_shaper_prepare(self->set->prepared, value->as.text, MAX_WORDS - self->n_words);
    }
    for (guint i = 0; value->kind == SATS_VALUE_LIST && i < value->length && !is_over(self); i++) {
        shape_values(self, value->as.items[i]);
    }
    for (guint i = 0; value->kind == SATS_VALUE_MAP && i < value->length && !is_over(self); i++) {
        shape_values(self, value->as.entries[i].value);
    }
}

static const SatsValue *wait_for_values(SatsWarmUp *self) {
    pthread_mutex_lock(&self->lock);
    while (self->values == NULL && !is_over(self)) {
        pthread_cond_wait(&self->given, &self->lock);
    }
    const SatsValue *values = self->values;
    pthread_mutex_unlock(&self->lock);
    return values;
}

static void *run(void *data) {
    SatsWarmUp *self = data;
    self->set = sats_font_set_new(self->engine, NULL, NULL);
    const SatsValue *values = self->set == NULL ? NULL : wait_for_values(self);
    if (values != NULL) {
        shape_values(self, values);
    }
    return NULL;
}

void sats_engine_warm_up(SatsEngine *engine) {
    if (engine->threads < 2 || engine->warm_up != NULL || engine->font_sets->len > 0) {
        return;
    }
    SatsWarmUp *self = g_new0(SatsWarmUp, 1);
    self->engine = engine;
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->given, NULL);
    if (sats_thread_start(&self->thread, run, self)) {
        engine->warm_up = self;
    } else {
        warm_up_free(self);
    }
}

/* Gives the thread what it waits for. */
static void give(SatsWarmUp *self, const SatsValue *values, int stop) {
    pthread_mutex_lock(&self->lock);
    self->values = values;
    __atomic_store_n(&self->stop, stop, __ATOMIC_RELAXED);
    pthread_cond_signal(&self->given);
    pthread_mutex_unlock(&self->lock);
}

void sats_engine_warm_up_with(SatsEngine *engine, const SatsValue *values) {
    if (engine->warm_up != NULL) {
        give(engine->warm_up, values, FALSE);
    }
}

void sats_engine_end_warm_up(SatsEngine *engine) {
    SatsWarmUp *self = engine->warm_up;
    if (self == NULL) {
        return;
    }
    give(self, NULL, TRUE);
    pthread_join(self->thread, NULL);
    if (self->set != NULL) {
        g_ptr_array_add(engine->font_sets, self->set);
    }
    warm_up_free(self);
    engine->warm_up = NULL;
}
