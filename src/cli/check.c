/* cli/check.c: plans checked, for people and machines, and codes explained. */
#include "cli/check.h"

#include <stdio.h>
#include <string.h>

#include "base/codes.h"
#include "base/report.h"
#include "cli/engine.h"
#include "cli/section.h"
#include "cli/words.h"

/* ---- check ---- */

typedef enum { FOR_PEOPLE, AS_JSON, AS_SARIF } Form;

static gboolean parse_form(const char *format, Form *out) {
    static const char *const FORMS[] = {"text", "json", "sarif"};
    *out = FOR_PEOPLE;
    for (guint i = 0; i < G_N_ELEMENTS(FORMS) && format != NULL; i++) {
        if (g_str_equal(format, FORMS[i])) {
            *out = (Form)i;
            return TRUE;
        }
    }
    if (format != NULL) {
        sats_cli_complain("unknown format '%s': text, json or sarif",
                          "okänt format '%s': text, json eller sarif", format);
    }
    return format == NULL;
}

static void tell(const SatsPlan *plan, const char *path, gboolean clean, gboolean quiet) {
    sats_cli_report_print(plan);
    if (!quiet && clean && sats_plan_warnings(plan) == 0) {
        fprintf(stderr, sats_cli_say("%s: no errors\n", "%s: inga fel\n"), path);
    } else {
        sats_cli_counts_print(plan);
    }
}

static void print_json(const SatsPlan *plan) {
    char *json = sats_plan_report(plan, SATS_REPORT_JSON);
    puts(json);
    sats_string_free(json);
    if (*sats_plan_message(plan) != '\0') {
        sats_cli_complain("%s", "%s", sats_plan_message(plan));
    }
}

/* One log for all plans. */
static void add_to_log(SatsLog *log, const SatsPlan *plan) {
    sats_log_add(log, plan);
    if (*sats_plan_message(plan) != '\0') {
        sats_cli_complain("%s", "%s", sats_plan_message(plan));
    }
}

static int check_all(const SatsCliOptions *options, SatsEngine *engine, Form form) {
    int worst = SATS_STATUS_DONE;
    SatsLog *log = form == AS_SARIF ? sats_log_new(engine) : NULL;
    for (char **path = options->arguments; *path != NULL; path++) {
        SatsPlan *plan = sats_plan_load(engine, *path);
        int status = (int)sats_plan_check(plan, options->final_);
        if (log != NULL) {
            add_to_log(log, plan);
        } else if (form == AS_JSON) {
            print_json(plan);
        } else {
            tell(plan, *path, status == SATS_STATUS_DONE, options->quiet);
        }
        worst = MAX(worst, status);
        sats_plan_free(plan);
    }
    if (log != NULL) {
        char *text = sats_log_end(log);
        fputs(text, stdout);
        sats_string_free(text);
    }
    return worst;
}

int sats_cli_check(const SatsCliOptions *options) {
    Form form = FOR_PEOPLE;
    if (options->arguments == NULL) {
        sats_cli_complain("check takes one plan or more", "check tar en eller flera planer");
        return SATS_STATUS_USAGE;
    }
    if (!parse_form(options->format, &form)) {
        return SATS_STATUS_USAGE;
    }
    SatsEngine *engine = sats_cli_engine_open(options->data);
    if (engine == NULL) {
        return SATS_STATUS_SYSTEM;
    }
    int status = check_all(options, engine, form);
    sats_engine_free(engine);
    return status;
}

/* ---- explain ---- */

static int list_codes(void) {
    for (guint i = 0; i < sats_code_count(); i++) {
        const SatsCode *code = sats_code_at(i);
        printf("%-18s %s\n", code->code, sats_cli_swedish() ? code->swedish : code->english);
    }
    return SATS_STATUS_DONE;
}

/* The program has no such code: says so, with the nearest one that it has. */
static int complain_of_code(const char *word) {
    g_autoptr(SatsReport) report =
        sats_report_new(sats_cli_swedish() ? SATS_LANGUAGE_SWEDISH : SATS_LANGUAGE_ENGLISH);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < sats_code_count(); i++) {
        g_ptr_array_add(names, (gpointer)(gsize)sats_code_at(i)->code);
    }
    sats_report_add(report, SATS_ERROR, "unknown-code", NULL, "unknown code '%s'", "okänd kod '%s'",
                    word);
    sats_report_suggest(report, word, (const char *const *)names->pdata, names->len);
    const char *hint = sats_report_at(report, 0)->hint;
    sats_cli_complain("unknown code '%s'%s%s; 'plansats explain' lists the program's own, and a "
                      "template may have others",
                      "okänd kod '%s'%s%s; 'plansats explain' räknar upp programmets egna, och en "
                      "mall kan ha fler",
                      word, hint != NULL ? ": " : "", hint != NULL ? hint : "");
    return SATS_STATUS_USAGE;
}

int sats_cli_explain(const SatsCliOptions *options) {
    const char *code = options->arguments == NULL ? NULL : options->arguments[0];
    if (code == NULL) {
        return list_codes();
    }
    if (options->arguments[1] != NULL) {
        sats_cli_complain("explain takes one code", "explain tar en kod");
        return SATS_STATUS_USAGE;
    }
    SatsEngine *engine = sats_cli_engine_open(options->data);
    if (engine == NULL) {
        return SATS_STATUS_SYSTEM;
    }
    char *text = sats_engine_explain(engine, code);
    int status = text == NULL ? SATS_STATUS_SYSTEM : SATS_STATUS_DONE;
    if (text == NULL && sats_code_find(code) == NULL) {
        status = complain_of_code(code);
    } else if (text == NULL) {
        sats_cli_complain("docs/checks.md is missing among the program's files, or damaged",
                          "docs/checks.sv.md saknas bland programmets filer, eller är skadad");
    } else {
        g_autofree char *plain = sats_cli_section_text(text);
        fputs(plain, stdout);
    }
    sats_string_free(text);
    sats_engine_free(engine);
    return status;
}
