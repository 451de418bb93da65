/* engine/warm-up.c: fonts are opened while the plan is read and checked.
 *
 * The first plan of an engine finds no fonts open and no patterns indexed, and neither waits for
 * what comes before. So a thread begins with that when the plan is begun, with the fonts that
 * nearly every theme uses, and then makes of the plan's own file what the PDF will want of it. What
 * it has not come to is done there and then, as always: the pages are the same without it.
 *
 * The engine's font sets are touched by the caller's thread only; the warm-up has a set of its own
 * until it has ended. */
#include "base/thread.h"
#include "engine/engine-private.h"
#include "pdf/pack.h"

/* More than that takes longer than all that goes on meanwhile. */
#define MOST_BYTES ((gsize)1 << 18)

struct SatsWarmUp {
    pthread_t thread;
    const SatsEngine *engine;
    SatsFontSet *set; /* NULL: could not be made; tried again, and reported, where it is needed */
    SatsSourceFacts *facts; /* NULL not given yet; atomic */
};

static void make_facts(SatsSourceFacts *facts) {
    const guchar *bytes = (const guchar *)facts->source->text;
    gsize size = facts->source->length;
    facts->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, size);
    facts->md5 = g_compute_checksum_for_data(G_CHECKSUM_MD5, bytes, size);
    facts->packed = sats_pdf_pack(bytes, size);
}

void sats_source_facts_clear(SatsSourceFacts *facts) {
    g_free(facts->sha256);
    g_free(facts->md5);
    g_clear_pointer(&facts->packed, g_byte_array_unref);
}

static void *run(void *data) {
    SatsWarmUp *self = data;
    self->set = sats_font_set_new(self->engine, NULL, NULL);
    SatsSourceFacts *facts = __atomic_load_n(&self->facts, __ATOMIC_ACQUIRE);
    if (facts != NULL && facts->source->length <= MOST_BYTES) {
        make_facts(facts);
    }
    sats_pdf_load(NULL);
    return NULL;
}

void sats_engine_warm_up(SatsEngine *engine) {
    if (engine->threads < 2 || engine->warm_up != NULL || engine->font_sets->len > 0) {
        return;
    }
    SatsWarmUp *self = g_new0(SatsWarmUp, 1);
    self->engine = engine;
    if (sats_thread_start(&self->thread, run, self)) {
        engine->warm_up = self;
    } else {
        g_free(self);
    }
}

void sats_engine_warm_up_with(SatsEngine *engine, SatsSourceFacts *facts) {
    if (engine->warm_up != NULL) {
        __atomic_store_n(&engine->warm_up->facts, facts, __ATOMIC_RELEASE);
    }
}

void sats_engine_end_warm_up(SatsEngine *engine) {
    SatsWarmUp *self = engine->warm_up;
    if (self == NULL) {
        return;
    }
    pthread_join(self->thread, NULL);
    if (self->set != NULL) {
        g_ptr_array_add(engine->font_sets, self->set);
    }
    g_free(self);
    engine->warm_up = NULL;
}
