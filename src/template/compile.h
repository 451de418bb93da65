/* template/compile.h: the compiler's state and parts; for the .c files of this folder only.
 *
 *   load.c     finds files, resolves `extends` and edits, gathers declarations, drives the rest
 *   decl.c     declarations
 *   expr.c     strings, paths and filters      condition.c  `when` and `each`
 *   blocks.c   blocks                          block-parts.c  lists, fields, tiles, signatures …
 *   tables.c   tables: columns, cells, notes   rows.c       tables' rows
 *   chart.c    figures drawn from data
 *   checks.c   checks                              severity.c  how grave findings are
 */
#ifndef SATS_TEMPLATE_COMPILE_H
#define SATS_TEMPLATE_COMPILE_H

#include "template/names.h"
#include "template/spec.h"
#include "template/template.h"

#define SATS_TEMPLATE_MAX_DEPTH   24u /* blocks in blocks, includes in includes */
#define SATS_TEMPLATE_MAX_EXTENDS 8u
#define SATS_TEMPLATE_MAX_SLOTS   4096u

/* A loop variable, or its counter, in force where something is compiled. */
typedef struct SatsVariable SatsVariable;
struct SatsVariable {
    const char *name;
    int slot;
    gboolean counter;
    const SatsDecl *decl; /* of the items; NULL not declared */
    const SatsVariable *outer;
};

/* A section file being compiled, and the names that it takes from around it: from the data (NULL)
 * or from a loop that it stands in. Where they mean the same again, its blocks are the same. */
typedef struct SatsSectionUse SatsSectionUse;
struct SatsSectionUse {
    const SatsVariable *base; /* in force around the section */
    SatsNames names;          /* name -> SatsVariable */
    SatsSectionUse *outer;
};

typedef struct SatsSectionFile SatsSectionFile; /* load.c */
typedef struct SatsLibrary SatsLibrary;         /* load.c */

typedef struct {
    SatsArena *arena;
    SatsReport *report;
    SatsTemplate *template_;
    const SatsTheme *theme;
    const SatsDecl *data;
    const SatsVariable *variables;
    SatsLibrary *library;
    SatsSectionUse *use; /* innermost; NULL: in no section file */
    guint depth;
    int level;           /* of the section around */
    gboolean running;    /* in a head or foot */
    gboolean columns;    /* in columns, which no page may end in */
    const char *folder;  /* of the file being compiled, for paths */
    const char *section; /* name of the section file being compiled; NULL: none */
    gboolean lacks_data; /* a section could not be read: not all is known that plans may have */
} SatsCompiler;

/* ---- declarations (decl.c) ---- */

/* Compiles a `data:` map. Never NULL. */
SatsDecl *sats_decl_compile_map(SatsCompiler *compiler, const SatsValue *map);
/* Adds what `more` declares to `into`; maps key by key. A key that both declare keeps `into`'s
 * declaration; where the types differ that is a finding, unless `quiet`. */
void sats_decl_merge(SatsCompiler *compiler, SatsDecl *into, const SatsDecl *more, gboolean quiet);
const char *const *sats_decl_key_names(const SatsDecl *map, SatsArena *arena);
/* Is it an error when a map that stands in the plan lacks this key? */
gboolean sats_decl_must_stand(const SatsDecl *decl);
/* Gives the declaration, and all below it, indices from *in_out_next on. */
void sats_decl_number(SatsDecl *decl, guint *in_out_next);
/* "ett tal": what a type is called in messages. */
const char *sats_type_name_en(SatsType type);
const char *sats_type_name_sv(SatsType type);

/* ---- names in force (expr.c) ---- */

/* The innermost variable of that name; NULL when there is none. Section files being compiled note
 * the name when it comes from around them. */
const SatsVariable *sats_variable_find(SatsCompiler *compiler, const char *name);

/* ---- strings (expr.c) ---- */

/* Compiles a template string; NULL for a missing or null value. */
SatsText *sats_compile_text(SatsCompiler *compiler, const SatsValue *value);
SatsText *sats_compile_text_key(SatsCompiler *compiler, const SatsValue *map, const char *key);
/* A bare expression ("budget.intäkter.belopp | summa"), or one in {{ }}. NULL with findings. */
SatsExpr *sats_compile_expr(SatsCompiler *compiler, const SatsValue *value);

/* What the checker knows of a value before there is one. */
typedef enum {
    SATS_STATIC_ANY,
    SATS_STATIC_NUMBER,
    SATS_STATIC_TEXT,
    SATS_STATIC_MAP
} SatsStaticType;
typedef struct {
    SatsStaticType type;
    gboolean list;
} SatsStatic;

/* Reads text from `at` to `end` within one scalar. */
typedef struct {
    SatsCompiler *compiler;
    const SatsValue *value;
    const char *start, *at, *end;
    gboolean condition; /* filter arguments end at white space and operators */
} SatsScanner;

/* At the beginning of a text. */
SatsScanner sats_scan_begin(SatsCompiler *compiler, const SatsValue *value);

void sats_scan_space(SatsScanner *scanner);
SatsPlace sats_scan_place(const SatsScanner *scanner, const char *at);
/* A word of letters, digits, "-" and "_" (with `dots` also "."); NULL when there is none. */
const char *sats_scan_word(SatsScanner *scanner, gboolean dots);
/* Is all of the text one word, without dots? */
gboolean sats_scan_is_word(const char *text);
gboolean sats_scan_path(SatsScanner *scanner, SatsPath *out_path, SatsStatic *out_static);
/* Path and filters. */
SatsExpr *sats_scan_expr(SatsScanner *scanner, SatsStatic *out_static);
/* '…' or "…"; NULL when none begins here. */
const char *sats_scan_quoted(SatsScanner *scanner);

/* ---- guards (condition.c) ---- */

const SatsCondition *sats_compile_condition(SatsCompiler *compiler, const SatsValue *value);
/* Reads `each` and `when` of a map; the loop's variable is in force until sats_guard_leave. */
SatsGuard sats_guard_enter(SatsCompiler *compiler, const SatsValue *map,
                           const SatsVariable **out_outer);
void sats_guard_leave(SatsCompiler *compiler, const SatsVariable *outer);

/* ---- blocks, tables, checks ---- */

/* Compiles a list of blocks; a missing one is empty. */
SatsBlocks sats_compile_blocks(SatsCompiler *compiler, const SatsValue *list);
/* The body of a section file, or what the edits of an extending template make of it (load.c). */
void sats_compile_include(SatsCompiler *compiler, const SatsValue *name, GPtrArray *out_blocks);
/* Compiles `block` as the edits of an extending template will have it (load.c). */
void sats_compile_edited(SatsCompiler *compiler, const SatsValue *block, GPtrArray *out_blocks);
void sats_compile_block(SatsCompiler *compiler, const SatsValue *value, GPtrArray *out_blocks);

/* A head or foot: left, right, when; or a list of them. A missing one is none. `key` names it. */
SatsRunningSpecs sats_compile_running(SatsCompiler *compiler, const SatsValue *value,
                                      const char *key);
void *sats_compile_list(SatsCompiler *compiler, const SatsValue *value);
void *sats_compile_fields(SatsCompiler *compiler, const SatsValue *value);
void *sats_compile_tiles(SatsCompiler *compiler, const SatsValue *value);
void *sats_compile_signatures(SatsCompiler *compiler, const SatsValue *value);
void *sats_compile_contents(SatsCompiler *compiler, const SatsValue *value);
void *sats_compile_columns(SatsCompiler *compiler, const SatsValue *value);
void *sats_compile_figure(SatsCompiler *compiler, const SatsValue *value);
/* A figure drawn from data, as SatsChartSpec (template/chart.h); `kind` is one of a chart's. */
void *sats_compile_chart(SatsCompiler *compiler, const SatsValue *map, const char *kind);
void *sats_compile_table(SatsCompiler *compiler, const SatsValue *value);
SatsRowSpec *sats_compile_rows(SatsCompiler *compiler, const SatsValue *list, guint *out_n);
SatsCellSpec *sats_compile_cells(SatsCompiler *compiler, const SatsValue *list, guint *out_n);
/* `extended`: another template extends the one that they stand in, and may have taken sections
 * away: checks of what these declared go with them. */
void sats_compile_checks(SatsCompiler *compiler, const SatsValue *list, gboolean extended,
                         GArray *out_checks);
/* What the definitions' `severity` says; the checks must be compiled. */
void sats_compile_severities(SatsCompiler *compiler);

/* A style name checked against the theme; NULL when missing or unknown. */
const char *sats_compile_style(SatsCompiler *compiler, const SatsValue *map, const char *key);

#endif
