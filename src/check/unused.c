/* Data that a plan gives and its document makes nothing of. */
#include "check/unused.h"

#include "template/describe.h"
#include "template/filter.h"

typedef struct {
    const SatsTemplate *template_;
    const SatsSource *source; /* the plan's own file */
    const guint8 *used;
    guint8 *whole;  /* by index: all below it is used, or need not be */
    guint8 *partly; /* by index: something at or below it is */
    guint8 *told;
    SatsReport *report;
} Search;

/* Fills in `whole` and `partly`, from the leaves up. What is not declared key by key can't be
 * followed, and counts as used. */
static void sum_up(Search *search, const SatsDecl *decl, gboolean covered) {
    covered =
        covered || search->used[decl->index] || decl->unprinted || decl->type == SATS_TYPE_ANY;
    gboolean whole = TRUE, partly = covered;
    for (guint i = 0; i < decl->n_keys; i++) {
        sum_up(search, decl->keys[i], covered);
        whole = whole && search->whole[decl->keys[i]->index];
        partly = partly || search->partly[decl->keys[i]->index];
    }
    if (decl->item) {
        sum_up(search, decl->item, covered);
        whole = search->whole[decl->item->index];
        partly = partly || search->partly[decl->item->index];
    }
    search->whole[decl->index] = covered || (whole && (decl->item || decl->n_keys)) ? 1 : 0;
    search->partly[decl->index] = partly ? 1 : 0;
}

/* Empty, a placeholder, or what a plan begun from the template has before anyone has written. */
static gboolean says_nothing(const SatsDecl *decl, const SatsValue *value) {
    if (sats_value_is_empty(value))
        return TRUE;
    if (value->kind == SATS_VALUE_TEXT)
        return sats_text_is_placeholder(value->as.text) ||
               (decl && sats_scaffold_gives(decl, value->as.text));
    for (guint32 i = 0; value->kind == SATS_VALUE_LIST && i < value->length; i++)
        if (!says_nothing(decl ? decl->item : NULL, value->as.items[i]))
            return FALSE;
    for (guint32 i = 0; value->kind == SATS_VALUE_MAP && i < value->length; i++) {
        const SatsEntry *entry = &value->as.entries[i];
        if (!says_nothing(sats_decl_key(decl, entry->key), entry->value))
            return FALSE;
    }
    return TRUE;
}

static void look(Search *search, const SatsDecl *decl, const SatsValue *value);

static void look_at_key(Search *search, const SatsDecl *key, const SatsEntry *entry) {
    if (search->whole[key->index] || says_nothing(key, entry->value))
        return;
    if (search->partly[key->index]) {
        look(search, key, entry->value);
        return;
    }
    if (search->told[key->index] || entry->value->place.source != search->source)
        return;
    search->told[key->index] = 1;
    sats_report_add(search->report, SATS_WARNING, "unused", &entry->place,
                    "'%s' is given, but the document neither shows nor checks it",
                    "'%s' anges, men dokumentet varken visar eller kontrollerar det", entry->key);
}

static void look(Search *search, const SatsDecl *decl, const SatsValue *value) {
    if (search->whole[decl->index])
        return;
    for (guint32 i = 0; decl->item && value->kind == SATS_VALUE_LIST && i < value->length; i++)
        if (value->as.items[i])
            look(search, decl->item, value->as.items[i]);
    for (guint i = 0; value->kind == SATS_VALUE_MAP && i < decl->n_keys; i++) {
        const SatsDecl *key = decl->keys[i];
        if (search->whole[key->index] || search->told[key->index])
            continue;
        const SatsEntry *entry = sats_value_lookup_entry(value, key->name);
        if (entry)
            look_at_key(search, key, entry);
    }
}

/* `plansats revise` reads and writes these. */
static void use_revision(Search *search, guint8 *used) {
    const SatsRevisionSpec *revision = search->template_->revision;
    const char *const paths[] = {revision ? revision->version : NULL,
                                 revision ? revision->history : NULL};
    for (guint p = 0; p < G_N_ELEMENTS(paths); p++) {
        const SatsDecl *decl = paths[p] ? search->template_->data : NULL;
        g_auto(GStrv) steps = g_strsplit(paths[p] ? paths[p] : "", ".", -1);
        for (guint s = 0; decl && steps[s]; s++)
            decl = sats_decl_key(decl, steps[s]);
        if (decl)
            used[decl->index] = 1;
    }
}

void sats_check_unused(const SatsTemplate *template_, const SatsValue *plan, const guint8 *used,
                       SatsReport *report) {
    guint n = template_->n_decls;
    g_autofree guint8 *all_used = g_memdup2(used, n);
    g_autofree guint8 *whole = g_new0(guint8, n);
    g_autofree guint8 *partly = g_new0(guint8, n);
    g_autofree guint8 *told = g_new0(guint8, n);
    Search search = {template_, plan->place.source, all_used, whole, partly, told, report};
    use_revision(&search, all_used);
    all_used[template_->data->index] = 0;
    sum_up(&search, template_->data, FALSE);
    if (plan->kind == SATS_VALUE_MAP)
        look(&search, template_->data, plan);
}
