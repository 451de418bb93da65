/* engine/plan.c: a plan through the stages: values, template, document, pages. */
#include <string.h>

#include "base/error.h"
#include "check/check.h"
#include "check/unused.h"
#include "engine/engine-private.h"

#define MAX_PLAN_BYTES ((gsize)64 << 20)

void sats_plan_time(SatsPlan *plan, const char *stage, gint64 since) {
    double seconds = (double)(g_get_monotonic_time() - since) / 1e6;
    for (guint i = 0; i < plan->n_times; i++) {
        if (g_str_equal(plan->times[i].name, stage)) {
            plan->times[i].seconds += seconds;
            return;
        }
    }
    if (plan->n_times < SATS_PLAN_MAX_STAGES) {
        plan->times[plan->n_times++] = (SatsStageTime){stage, seconds};
    }
}

int sats_plan_timing(const SatsPlan *plan, int index, const char **out_stage, double *out_seconds) {
    if (index < 0 || (guint)index >= plan->n_times) {
        return 0;
    }
    *out_stage = plan->times[index].name;
    *out_seconds = plan->times[index].seconds;
    return 1;
}

/* Takes the error over. */
SatsStatus sats_plan_fail(SatsPlan *plan, GError *error) {
    g_free(plan->message);
    gboolean swedish = plan->engine->language == SATS_LANGUAGE_SWEDISH;
    plan->message = g_strdup(error != NULL ? sats_error_words(error, swedish) : "unknown failure");
    g_clear_error(&error);
    return SATS_STATUS_SYSTEM;
}

static void plan_file_free(gpointer data) {
    SatsPlanFile *file = data;
    g_free(file->name);
    g_free(file->bytes);
    g_clear_error(&file->error);
    g_free(file);
}

/* ---- load ---- */

static void load_template(SatsPlan *plan, const SatsSource *source) {
    const SatsValue *name = plan->root == NULL ? NULL : sats_value_lookup(plan->root, "mall");
    if (plan->root == NULL) {
        return;
    }
    if (name == NULL || name->kind != SATS_VALUE_TEXT || name->length == 0) {
        SatsPlace place =
            name != NULL ? name->place : (SatsPlace){.source = source, .line = 1, .column = 1};
        sats_report_add(plan->report, SATS_ERROR, "template-missing", &place,
                        "the plan does not name its template: 'mall: NAME' is missing",
                        "planen säger inte vilken mall den följer: 'mall: NAMN' saknas");
        return;
    }
    gint64 start = g_get_monotonic_time();
    SatsTemplateWish wish = {.name = name->as.text,
                             .place = &name->place,
                             .plan_folder = plan->folder,
                             .extracted = plan->extracted,
                             .pdf = plan->pdf};
    plan->loaded = sats_engine_template(plan->engine, &wish, plan->report);
    sats_plan_time(plan, "template", start);
}

/* Takes the error over. What it says in its own words names the file already. */
static void fail_to_read(SatsPlan *plan, const char *path, GError *error) {
    g_assert(error != NULL);
    g_autofree char *why = sats_why(plan->report, error);
    gboolean own =
        strcmp(why, error->message) == 0 || g_strcmp0(why, sats_error_swedish(error)) == 0;
    g_free(plan->message);
    plan->message = own ? g_strdup(why) : g_strdup_printf("%s: %s", path, why);
    g_error_free(error);
}

SatsPlan *sats_plan_load(SatsEngine *engine, const char *path) {
    SatsPlan *plan = g_new0(SatsPlan, 1);
    plan->engine = engine;
    plan->sources = sats_sources_new();
    plan->arena = sats_arena_new();
    plan->report = sats_report_new(engine->language);
    plan->files = g_ptr_array_new_with_free_func(plan_file_free);
    gint64 start = g_get_monotonic_time();
    GError *error = NULL;
    sats_engine_warm_up(engine);
    plan->pdf = sats_is_pdf(path) ? g_strdup(path) : NULL;
    plan->path = plan->pdf != NULL ? sats_plan_extract(plan, path, &error) : g_strdup(path);
    if (plan->extracted != NULL) {
        sats_sources_show_as(plan->sources, plan->extracted, path);
    }
    plan->folder = g_path_get_dirname(plan->path != NULL ? plan->path : path);
    const SatsSource *source =
        plan->path == NULL
            ? NULL
            : sats_source_read_stream(plan->sources, plan->path, MAX_PLAN_BYTES, &error);
    if (source == NULL) {
        fail_to_read(plan, path, error);
        return plan;
    }
    plan->facts.source = source;
    sats_engine_warm_up_with(engine, &plan->facts);
    plan->root = sats_yaml_read(source, NULL, plan->arena, plan->report);
    sats_plan_include(plan);
    sats_plan_read_tables(plan);
    sats_plan_time(plan, "read", start);
    load_template(plan, source);
    return plan;
}

void sats_plan_free(SatsPlan *plan) {
    if (plan == NULL) {
        return;
    }
    sats_engine_end_warm_up(plan->engine);
    sats_pages_free(plan->pages);
    sats_document_free(plan->document);
    sats_report_free(plan->report);
    sats_arena_free(plan->arena);
    sats_sources_free(plan->sources);
    g_ptr_array_unref(plan->files);
    sats_source_facts_clear(&plan->facts);
    sats_plan_remove_extracted(plan);
    g_free(plan->message);
    g_free(plan->folder);
    g_free(plan->path);
    g_free(plan->pdf);
    g_free(plan);
}

/* ---- check ---- */

static SatsStatus plan_status(const SatsPlan *plan) {
    if (plan->message != NULL) {
        return SATS_STATUS_SYSTEM;
    }
    return sats_report_count(plan->report, SATS_ERROR) > 0 ? SATS_STATUS_DOCUMENT
                                                           : SATS_STATUS_DONE;
}

/* What a plan lacks because a file could not be read would only be told again, in other words. */
static gboolean is_usable(const SatsPlan *plan) {
    return plan->root != NULL && !plan->incomplete && plan->loaded != NULL &&
           plan->loaded->template_ != NULL;
}

/* Data against declarations, then the template's own checks. Once. */
static SatsStatus check_data(SatsPlan *plan, gboolean final_) {
    SatsStatus status = plan_status(plan);
    if (status == SATS_STATUS_SYSTEM || !is_usable(plan)) {
        return status == SATS_STATUS_DONE ? SATS_STATUS_DOCUMENT : status;
    }
    if (!plan->checked) {
        plan->checked = TRUE;
        gint64 start = g_get_monotonic_time();
        sats_template_set_severities(plan->loaded->template_, final_, plan->report);
        sats_report_next_stage(plan->report);
        sats_template_validate(plan->loaded->template_, plan->root, plan->report);
        sats_report_next_stage(plan->report);
        plan->used = sats_arena_new_array(plan->arena, guint8, plan->loaded->template_->n_decls);
        sats_check(plan->loaded->template_, plan->root, final_, plan->used, plan->report);
        sats_plan_time(plan, "check", start);
    }
    return plan_status(plan);
}

/* A document says by itself whether it is a draft (its template's watermark): in one that is not,
 * nothing may be missing. A final document's own checks have told what is. */
static void check_status(SatsPlan *plan, gboolean final_) {
    const SatsDocument *document = plan->document;
    if (plan->loaded->template_->watermark_when != NULL && !document->draft && !final_ &&
        document->n_placeholders > 0) {
        sats_report_add(plan->report, SATS_ERROR, "status", &document->status_place,
                        document->n_placeholders == 1
                            ? "the plan says that it is no draft, but %u value is missing"
                            : "the plan says that it is no draft, but %u values are missing",
                        document->n_placeholders == 1
                            ? "planen säger att den inte är ett utkast, men %u uppgift saknas"
                            : "planen säger att den inte är ett utkast, men %u uppgifter saknas",
                        document->n_placeholders);
        sats_report_hint(plan->report, "'plansats check --final' lists them",
                         "'plansats check --final' räknar upp dem");
    }
}

SatsStatus sats_plan_make_document(SatsPlan *plan, gboolean final_) {
    SatsStatus status = check_data(plan, final_);
    if (status == SATS_STATUS_SYSTEM || !is_usable(plan) || plan->document != NULL) {
        return status;
    }
    gint64 start = g_get_monotonic_time();
    sats_report_next_stage(plan->report);
    plan->document =
        sats_bind(plan->loaded->template_, plan->root,
                  &(SatsBindOptions){.final_ = final_, .used = plan->used}, plan->report);
    sats_plan_time(plan, "bind", start);
    check_status(plan, final_);
    if (plan_status(plan) == SATS_STATUS_DONE) /* errors may have kept something from being shown */
        sats_check_unused(plan->loaded->template_, plan->root, plan->used, plan->report);
    start = g_get_monotonic_time();
    sats_plan_read_images(plan);
    sats_plan_time(plan, "images", start);
    return plan_status(plan);
}

/* A document that bind cut short, because it has no bounds, is not worth setting. */
static gboolean is_cut_short(const SatsPlan *plan) {
    for (guint i = 0; i < sats_report_length(plan->report); i++) {
        if (g_str_equal(sats_report_at(plan->report, i)->code, "document-limit")) {
            return TRUE;
        }
    }
    return FALSE;
}

/* More pages than there may be are the document's fault, not the system's. */
static SatsStatus fail_pages(SatsPlan *plan, GError *error) {
    if (!g_error_matches(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_LIMIT)) {
        return sats_plan_fail(plan, error);
    }
    SatsPlace place = plan->root->place;
    sats_report_add(plan->report, SATS_ERROR, "document-limit", &place,
                    "the document has more than %u pages", "dokumentet har fler än %u sidor",
                    SATS_MAX_PAGES);
    g_error_free(error);
    return SATS_STATUS_DOCUMENT;
}

SatsStatus sats_plan_make_pages(SatsPlan *plan, gboolean final_) {
    SatsStatus status = sats_plan_make_document(plan, final_);
    if (status == SATS_STATUS_SYSTEM || plan->document == NULL || plan->pages != NULL ||
        is_cut_short(plan)) {
        return status;
    }
    GError *error = NULL;
    gint64 start = g_get_monotonic_time();
    const SatsTheme *theme = plan->loaded->template_->theme;
    const SatsFontSet *fonts = sats_engine_fonts(plan->engine, theme, &error);
    sats_plan_time(plan, "fonts", start);
    if (fonts == NULL) {
        if (plan->extracted != NULL && *sats_theme_font_folders(theme) != NULL) {
            g_prefix_error(&error, "a PDF does not carry the fonts of its theme: ");
        }
        return sats_plan_fail(plan, error);
    }
    start = g_get_monotonic_time();
    SatsLayoutOptions options = {.typesetter = fonts->typesetters[0],
                                 .more = fonts->typesetters + 1,
                                 .n_more = fonts->n_typesetters - 1};
    plan->pages = sats_layout(plan->document, theme, &options, plan->report, &error);
    sats_plan_time(plan, "layout", start);
    return plan->pages == NULL ? fail_pages(plan, error) : plan_status(plan);
}

SatsStatus sats_plan_check(SatsPlan *plan, int final_) {
    return sats_plan_make_pages(plan, final_ != 0);
}

/* ---- report ---- */

char *sats_plan_report(const SatsPlan *plan, SatsReportForm form) {
    return form == SATS_REPORT_JSON ? sats_report_to_json(plan->report)
                                    : sats_report_to_text(plan->report, form == SATS_REPORT_COLOUR);
}

int sats_plan_errors(const SatsPlan *plan) {
    return (int)sats_report_count(plan->report, SATS_ERROR);
}

int sats_plan_warnings(const SatsPlan *plan) {
    return (int)sats_report_count(plan->report, SATS_WARNING);
}

const char *sats_plan_message(const SatsPlan *plan) {
    return plan->message == NULL ? "" : plan->message;
}

int sats_plan_pages(const SatsPlan *plan) {
    return plan->pages == NULL ? 0 : (int)plan->pages->n_pages;
}

int sats_plan_unchanged(const SatsPlan *plan) {
    return plan->unchanged;
}
