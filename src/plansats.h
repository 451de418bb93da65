/* plansats.h: the library: a plan and its template in, the official PDF and a report out.
 *
 * An engine holds what many plans share: fonts, words already shaped, compiled templates. A plan is
 * one file read with one engine. There are no globals: any number of threads may each have an
 * engine of their own. Threads that the library starts are joined before the call returns, but for
 * one that begins with sats_plan_load() and has ended when the plan is freed: who forks, forks
 * without plans. All strings are UTF-8; strings returned by a function that says "caller
 * frees" are freed with sats_string_free(), all others are borrowed from the object they came from.
 *
 *     SatsEngine *engine = sats_engine_new(NULL, &message);
 *     SatsPlan *plan = sats_plan_load(engine, "plan.yaml");
 *     SatsStatus status = sats_plan_render_file(plan, NULL, "plan.pdf");
 *     char *report = sats_plan_report(plan, SATS_REPORT_TEXT);
 *     …
 *     sats_string_free(report);
 *     sats_plan_free(plan);
 *     sats_engine_free(engine);
 */
#ifndef PLANSATS_H
#define PLANSATS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef SATS_API
#define SATS_API __attribute__((visibility("default")))
#endif

typedef struct SatsEngine SatsEngine;
typedef struct SatsPlan SatsPlan;

/* What became of a call; also the program's exit codes. */
typedef enum {
    SATS_STATUS_DONE = 0,
    SATS_STATUS_DOCUMENT =
        1, /* the plan or template has errors: see the report; nothing was written */
    SATS_STATUS_USAGE = 2,  /* options that cannot be */
    SATS_STATUS_SYSTEM = 3, /* disk, memory, fonts: see sats_plan_message() */
} SatsStatus;

/* Zero-initialise; every field may be left at 0. */
typedef struct {
    const char *data_folder; /* holds templates/ and fonts/; found by itself when NULL */
    const char *const *template_folders; /* searched before the library's; NULL-terminated */
    int swedish;                         /* messages in Swedish, else English */
    int threads; /* that fonts are opened and a plan is set with, the caller's among them: of 1 it
                    is the only one; 0: as many as there are processors. At most 4 are used. Streams
                    of a PDF may be deflated in one more. What comes out is the same. */
} SatsEngineOptions;

typedef enum {
    SATS_FORMAT_PDF,
    SATS_FORMAT_PNG,
    SATS_FORMAT_SVG,
    SATS_FORMAT_PLAIN_PDF
} SatsFormat;

typedef struct {
    SatsFormat format;
    int first_page, last_page; /* from 1; 0: from the first, to the last */
    double dpi;                /* PNG; 0: 96 */
    int final_;                /* refuse placeholders, set no watermark */
    int archive_a2a;           /* PDF/A-2a without attachments in place of A-3a */
    const char *date; /* ISO date or date-time of the file; NULL: the plan's own, or none */
    int force;        /* render_file: also when the file is up to date */
} SatsRenderOptions;

SATS_API const char *sats_version(void);
SATS_API void sats_string_free(char *string);

/* NULL when fonts or templates cannot be found; *out_message (may be NULL) then says why, caller
 * frees. */
SATS_API SatsEngine *sats_engine_new(const SatsEngineOptions *options, char **out_message);
SATS_API void sats_engine_free(SatsEngine *engine);

/* The names of the templates that there are, sorted, with ", " between them. Caller frees. */
SATS_API char *sats_engine_templates(SatsEngine *engine);

/* What a template's declarations of data say. SCHEMA: a JSON Schema (2020-12) for editors.
 * SCAFFOLD: a plan to begin with, every key with its help, that renders at once as a draft.
 * REFERENCE: a page in Markdown that tells each key, in the engine's language. The template's name
 * is as a plan in `plan_folder` (NULL: the working folder) has it: a path is from there. Caller
 * frees. NULL when the template cannot be used; *out_message (may be NULL) then holds the findings.
 */
typedef enum {
    SATS_DESCRIBE_SCHEMA,
    SATS_DESCRIBE_SCAFFOLD,
    SATS_DESCRIBE_REFERENCE
} SatsDescription;
SATS_API char *sats_engine_describe(SatsEngine *engine, const char *template_name,
                                    const char *plan_folder, SatsDescription what,
                                    char **out_message);

/* Writes what a PDF made by plansats carries (the plan, templates, pictures) below `folder`. Files
 * that are there already and differ are not written over: that is a failure before anything is
 * written. *out_plan is the path of the plan, *out_message why not, in Swedish or English; both may
 * be NULL, caller frees.
 */
SATS_API SatsStatus sats_pdf_extract(const char *path, const char *folder, int swedish,
                                     char **out_plan, char **out_message);

/* Reads a plan (or a PDF made by plansats, from what it carries), its template and checks the one
 * against the other. Never NULL: what is wrong is in the report. The plan borrows the engine. */
SATS_API SatsPlan *sats_plan_load(SatsEngine *engine, const char *path);
SATS_API void sats_plan_free(SatsPlan *plan);

/* All checks there are, without rendering. With `final_`, what a draft may have is an error. */
SATS_API SatsStatus sats_plan_check(SatsPlan *plan, int final_);

/* Receives the output: the whole PDF in pieces (page 0), or each page of PNG or SVG whole (page
 * from 1). Returns 0 to stop, which gives SATS_STATUS_SYSTEM. */
typedef int (*SatsWriteFunc)(void *context, int page, const void *bytes, size_t size);
SATS_API SatsStatus sats_plan_render(SatsPlan *plan, const SatsRenderOptions *options,
                                     SatsWriteFunc write, void *context);

/* Renders to a file: written beside it, flushed to disk, renamed; a failure leaves an old file as
 * it was. A PDF that is up to date is left alone (sats_plan_unchanged()). Several pages of PNG or
 * SVG become PATH with "-01" … before the ending. */
SATS_API SatsStatus sats_plan_render_file(SatsPlan *plan, const SatsRenderOptions *options,
                                          const char *path);

/* A stage's product as text: "values", "document", "pages", "tags", "text". NULL for an unknown
 * stage or when the plan is not usable. Caller frees. */
SATS_API char *sats_plan_dump(SatsPlan *plan, const char *stage);

typedef enum { SATS_REPORT_TEXT, SATS_REPORT_COLOUR, SATS_REPORT_JSON } SatsReportForm;
/* The findings so far. Caller frees. */
SATS_API char *sats_plan_report(const SatsPlan *plan, SatsReportForm form);
SATS_API int sats_plan_errors(const SatsPlan *plan);
SATS_API int sats_plan_warnings(const SatsPlan *plan);
/* Why the latest call gave SATS_STATUS_SYSTEM; "" otherwise. */
SATS_API const char *sats_plan_message(const SatsPlan *plan);
SATS_API int sats_plan_pages(const SatsPlan *plan);
/* Had the latest render_file nothing to do, because the file is what it would have made? */
SATS_API int sats_plan_unchanged(const SatsPlan *plan);

/* Time spent so far, by stage: name and seconds, in order; FALSE past the last. */
SATS_API int sats_plan_timing(const SatsPlan *plan, int index, const char **out_stage,
                              double *out_seconds);

/* The findings of any number of plans as one SARIF 2.1.0 log, which editors and code hosts read.
 * The log borrows the engine; a plan may be freed when it is added. sats_log_end frees the log;
 * its text is freed by the caller. */
typedef struct SatsLog SatsLog;
SATS_API SatsLog *sats_log_new(const SatsEngine *engine);
SATS_API void sats_log_add(SatsLog *log, const SatsPlan *plan);
SATS_API char *sats_log_end(SatsLog *log);

/* What docs/checks.md says of a finding's code, or docs/checks.sv.md when the engine speaks
 * Swedish, as Markdown: what it means, an example, how to mend it; also of the codes of our own
 * templates' checks. NULL when the page has no such code. Caller frees. */
SATS_API char *sats_engine_explain(const SatsEngine *engine, const char *code);

/* ---- revisions ---- */

/* What differs between the data of two plans that were read: for people (in the engine's language)
 * or as JSON. *out_count (may be NULL) is how many changes there are. Caller frees. */
SATS_API char *sats_plan_changes(const SatsPlan *old_plan, const SatsPlan *new_plan,
                                 SatsReportForm form, int *out_count);

/* Renders the new plan with what has changed since the old one marked: bars in the margin, words
 * that came underlined and words that went struck, a table of the changes in front. Needs plans
 * that nothing has been made of yet; the new one is good for nothing else afterwards. What is wrong
 * with either plan stands in its own report. */
SATS_API SatsStatus sats_plan_render_changes(SatsPlan *old_plan, SatsPlan *new_plan,
                                             const SatsRenderOptions *options, const char *path);

/* A new version of a plan: its number raised by one and a row in its history, where the template
 * says that these stand. Comments and layout of the file stay as they are. */
typedef struct {
    const char *note; /* what is new */
    const char *date; /* ISO; NULL: none is written */
    const char *by;   /* who decided; NULL: none */
} SatsRevision;
/* *out_version (may be NULL) is the new version, caller frees. DOCUMENT: what is wrong stands in
 * the report, and the file is as it was. */
SATS_API SatsStatus sats_plan_revise(SatsPlan *plan, const SatsRevision *revision,
                                     char **out_version);

/* ---- for those who make many plans ---- */

/* Compiles a template ahead, for all plans to come that name it; FALSE when it cannot be found or
 * has errors, which a plan that names it will then report. Touches no fonts and starts no threads,
 * so that a process may do it before it forks. */
SATS_API int sats_engine_preload(SatsEngine *engine, const char *template_name);

/* The plan's text at a path of keys, such as "förvaltning.kort", or its declared default; NULL when
 * there is none, or a list or a map. Caller frees. */
SATS_API char *sats_plan_text(const SatsPlan *plan, const char *path);

/* The paths that the plan's output depends on: its files, pictures and templates, the fonts'
 * folders, and files that are not there but would be used if they were. Whole after rendering.
 * NULL-terminated; freed with sats_strings_free(). */
SATS_API char **sats_plan_inputs(const SatsPlan *plan);
SATS_API void sats_strings_free(char **strings);

/* Would an output at `path` be written over one of these? Not when nothing is there. Nothing that
 * the library writes is. */
SATS_API int sats_plan_reads(const SatsPlan *plan, const char *path);

/* A hash of the engine, the options and what was read: as long as it is the same, so is the output.
 * sats_inputs_hash tells it from the paths as they are on disk now, without reading a plan. NULL
 * when one of them cannot be read. Caller frees. */
SATS_API char *sats_plan_hash(const SatsPlan *plan, const SatsRenderOptions *options);
SATS_API char *sats_inputs_hash(SatsEngine *engine, const SatsRenderOptions *options,
                                const char *const *inputs);

#ifdef __cplusplus
}
#endif

#endif
