/* engine/engine-private.h: what the engine's files share. */
#ifndef SATS_ENGINE_ENGINE_PRIVATE_H
#define SATS_ENGINE_ENGINE_PRIVATE_H

#include "bind/bind.h"
#include "data/frozen.h"
#include "data/value.h"
#include "layout/layout.h"
#include "pdf/pdf.h"
#include "plansats.h"
#include "template/template.h"

#define SATS_MAX_TYPESETTERS 4U

/* Fonts, and what each thread sets with them, for one set of font folders. */
typedef struct {
    char *key; /* the folders' paths */
    SatsFonts *fonts;
    SatsTypesetter typesetters[SATS_MAX_TYPESETTERS];
    guint n_typesetters;
} SatsFontSet;

typedef struct SatsWarmUp SatsWarmUp;

/* What a PDF tells of a source, made before it is needed: digests in hexadecimal digits, and the
 * bytes deflated. NULL: not made. */
typedef struct {
    const SatsSource *source;
    char *sha256, *md5;
    GByteArray *packed;
} SatsSourceFacts;

/* A template that loaded without errors, kept for the plans to come. */
typedef struct {
    char *key;    /* the name that plans give; "" when it has errors */
    char *folder; /* the plan folder that it was looked up from; NULL none */
    SatsArena *arena;
    SatsSources *sources;
    const SatsTemplate *template_;
    SatsReport *report; /* what is wrong in its files: every plan that uses it is told */
} SatsLoadedTemplate;

struct SatsEngine {
    char *data_folder;
    char **template_folders; /* NULL-terminated, the library's own last */
    SatsLanguage language;
    GPtrArray *font_sets; /* SatsFontSet */
    SatsWarmUp *warm_up;  /* going on; NULL none */
    GPtrArray *templates; /* SatsLoadedTemplate */
    guint threads;        /* that a plan may be set with */
    guint8 *icc;
    gsize icc_size;
    guint n_objects;     /* libraries that it began with */
    char *identity;      /* of the engine and these; NULL not asked for yet */
    GHashTable *digests; /* of files, by path: query.c */
};

#define SATS_PLAN_MAX_STAGES 12

typedef struct {
    const char *name;
    double seconds;
} SatsStageTime;

/* A file that a plan's picture came from. */
typedef struct {
    char *name;
    guint8 *bytes;
    gsize size;
    const void *image; /* SatsImage, decoded once for all places that show it; NULL not yet */
    GError *error;     /* why it could not be; NULL */
} SatsPlanFile;

struct SatsPlan {
    SatsEngine *engine;
    char *path, *folder;
    char *pdf;       /* that the plan was taken from; NULL none */
    char *extracted; /* folder that the PDF's files were written to; NULL none */
    SatsSources *sources;
    SatsSourceFacts facts; /* of the first of them; the warm-up's until that has ended */
    SatsArena *arena;
    SatsReport *report;
    const SatsValue *root; /* NULL: could not be read */
    const SatsLoadedTemplate *loaded;
    guint8 *used;           /* by SatsDecl.index: what checks and document make use of */
    SatsDocument *document; /* made on demand */
    SatsPages *pages;       /* made on demand */
    gboolean incomplete;    /* a file that belongs to the plan could not be read: told alone */
    gboolean checked, final_;
    const char *compared; /* input hash of the plan that changes are marked against; NULL none */
    gboolean unchanged;   /* the latest render_file had nothing to do */
    GPtrArray *files;     /* SatsPlanFile */
    char *message;
    SatsStageTime times[SATS_PLAN_MAX_STAGES];
    guint n_times;
};

/* ---- engine.c ---- */
gboolean sats_engine_icc(SatsEngine *engine, GError **error);
/* Folders of templates that a PDF can carry: "templates", and "2-templates" … for files of the same
 * name from further ones. Caller frees. */
#define SATS_EXTRACTED_FOLDERS 5U
char *sats_extracted_templates(const char *folder, guint index);
/* Which template, and for whom. */
typedef struct {
    const char *name;
    const SatsPlace *place;  /* where the plan names it; NULL nowhere */
    const char *plan_folder; /* NULL none */
    const char *extracted;   /* what a PDF carried: its templates come first, and are not kept for
                                other plans; NULL none */
    const char *pdf;         /* the PDF; NULL none */
} SatsTemplateWish;
const SatsLoadedTemplate *sats_engine_template(SatsEngine *engine, const SatsTemplateWish *wish,
                                               SatsReport *report);

/* ---- font-set.c ---- */
/* Of the engine's own fonts and those that the theme brings. Borrowed; NULL with an error. */
const SatsFontSet *sats_engine_fonts(SatsEngine *engine, const SatsTheme *theme, GError **error);
/* `more`: folders besides the engine's own; NULL none. Reads nothing of the engine that changes. */
SatsFontSet *sats_font_set_new(const SatsEngine *engine, const char *const *more, GError **error);
void sats_font_set_free(gpointer set);

/* ---- warm-up.c ---- */
/* Begins to open fonts in a thread, where the engine has none yet. */
void sats_engine_warm_up(SatsEngine *engine);
/* Facts of a source that are wanted, too, if there is time. They are the warm-up's until that has
 * ended. */
void sats_engine_warm_up_with(SatsEngine *engine, SatsSourceFacts *facts);
void sats_source_facts_clear(SatsSourceFacts *facts);
/* Waits for its end, and keeps what it has made. */
void sats_engine_end_warm_up(SatsEngine *engine);

/* ---- plan.c ---- */
/* Runs the stages up to the document or the pages, once. FALSE: errors in the report, or a failure.
 */
SatsStatus sats_plan_make_document(SatsPlan *plan, gboolean final_);
SatsStatus sats_plan_make_pages(SatsPlan *plan, gboolean final_);
SatsStatus sats_plan_fail(SatsPlan *plan, GError *error);
/* Fails, because `path`, which was to be written, is what the plan is made from. */
SatsStatus sats_plan_refuse_source(SatsPlan *plan, const char *path);
void sats_plan_time(SatsPlan *plan, const char *stage, gint64 since);

/* ---- images.c ---- */
/* Reads and decodes the document's pictures; what is wrong is reported. */
void sats_plan_read_images(SatsPlan *plan);

/* ---- include.c ---- */
/* Lays the plan over the data files that it includes. */
void sats_plan_include(SatsPlan *plan);

/* A relative path that does not lead out of the folder, as it is written; links are checked when
 * the file is read. */
gboolean sats_is_inside_folder(const char *path);
/* Why a file could not be read, in the report's language; the system's own words are English.
 * Caller frees. */
char *sats_why(const SatsReport *report, const GError *error);

/* ---- tables.c ---- */
/* Puts in the tables that the plan keeps in files of their own. */
void sats_plan_read_tables(SatsPlan *plan);

/* ---- extract.c ---- */
gboolean sats_is_pdf(const char *path);
/* Writes a PDF's files to a folder of the plan's own; the path of the plan among them, or NULL. */
char *sats_plan_extract(SatsPlan *plan, const char *path, GError **error);
void sats_plan_remove_extracted(SatsPlan *plan);

/* ---- attachments.c ---- */
/* What is known of some bytes: those of the program's own templates, and of the plan. FALSE: they
 * have to be looked at. */
gboolean sats_plan_facts(const SatsPlan *plan, const void *bytes, gsize size, SatsFrozenFacts *out);
/* The plan, its template and pictures as they are embedded, names without the folders they lie in.
 */
SatsAttachment *sats_plan_attachments(SatsPlan *plan, SatsArena *arena, guint *out_n);

/* ---- unchanged.c ---- */
/* What a PDF is made from, in the arena: the files that it embeds, and a hash of all that goes into
 * it; NULL as long as nobody has asked. Of one render, with its options. */
typedef struct {
    SatsArena *arena;
    SatsAttachment *files;
    guint n_files;
    const char *hash;
} SatsMadeFrom;

/* Fills in what is not known yet. */
void sats_plan_made_from(SatsPlan *plan, const SatsRenderOptions *options, SatsMadeFrom *in_out);
/* Does the file at `path` hold what a render would make? Needs the document. */
gboolean sats_plan_is_unchanged(SatsPlan *plan, const SatsRenderOptions *options, const char *path,
                                SatsMadeFrom *made_from);

/* ---- query.c ---- */
void sats_digest_free(gpointer digest);
/* The SHA-256 of bytes, in hexadecimal digits; caller frees. */
char *sats_bytes_digest(const void *bytes, gsize size);
/* A digest of what a path holds (a folder's files), "absent" where there is nothing; kept by the
 * engine while the file looks the same. Caller frees; NULL: it cannot be told. */
char *sats_engine_digest(SatsEngine *engine, const char *path);
/* The version, and a hash of the sources that this engine was built from. Static. */
const char *sats_engine_sources(void);
/* The one formula for what an output is made from: who makes it (the engine's identity, or its
 * sources) and how it is asked, then each thing that it reads. `options` may be NULL. Caller frees.
 */
GChecksum *sats_hash_begin(const char *who, const SatsRenderOptions *options);
void sats_hash_add(GChecksum *sum, const char *name, const char *digest);

/* ---- tags.c ---- */
char *sats_document_tags(const SatsDocument *document);

#endif
