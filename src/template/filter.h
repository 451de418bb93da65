/* template/filter.h: the filters of `{{path | filter:argument}}`, and the results they work on.
 *
 * A result is what an expression has come to so far: a number (kept exact, with how it is to be
 * written), a text, a list of results, a map, or empty. Filters take one and give one; which kinds
 * a filter takes is in its declaration, so that the template's compiler refuses what cannot work.
 * What only the data can show (words where a number is needed) is a finding at the value's place.
 *
 *   - A filter on numbers or text that meets a list works on each item.
 *   - Empty stays empty through all filters but `eller`, `streck` and `antal`; a sum of nothing is
 * empty.
 *   - Placeholders ("[Skriv datum]") and the words of an `amount` pass number and date filters
 * unchanged.
 */
#ifndef SATS_TEMPLATE_FILTER_H
#define SATS_TEMPLATE_FILTER_H

#include "template/template.h"

typedef enum {
    SATS_RESULT_EMPTY,
    SATS_RESULT_NUMBER,
    SATS_RESULT_TEXT,
    SATS_RESULT_LIST,
    SATS_RESULT_MAP, /* only as an item, for `summa:fält` and its like: `value` */
} SatsResultKind;

typedef struct SatsResult SatsResult;
struct SatsResult {
    SatsResultKind kind;
    gboolean markdown; /* what it prints is Markdown (declared line, text or amount); else plain */
    gboolean blocks;   /* TEXT: declared `text`: block Markdown */
    gboolean placeholder;     /* TEXT: the declaration's placeholder, or one that the plan holds */
    gboolean words;           /* TEXT: of an `amount`: stands where a number may */
    gboolean part;            /* of the item above it in its list: counts in no sum */
    gboolean computed;        /* a filter made it: `value` is only where it came from */
    SatsDecimal number;       /* NUMBER */
    SatsDecimalFormat format; /* NUMBER: how it is written */
    const char *suffix;       /* NUMBER: what follows it, with its space ("\u00a0tkr"); NULL none */
    const char *note; /* NUMBER: the call of a note the plan put after it ("{*}"); NULL none */
    const char *text; /* TEXT: NUL-terminated; borrowed from the value, or in the arena */
    const SatsResult *items; /* LIST */
    guint n_items;
    const SatsValue *value; /* where it comes from; NULL: nowhere in the plan (a default) */
    const SatsDecl *decl;   /* of `value`; NULL not declared */
};

typedef enum {
    SATS_FILTER_ANY,
    SATS_FILTER_NUMBER,
    SATS_FILTER_TEXT,
    SATS_FILTER_LIST,
} SatsFilterType;

typedef struct {
    const SatsFilterCall *call;
    SatsSpot fallback; /* the expression, where the value has no place */
    SatsArena *arena;
    SatsReport *report; /* NULL: no findings */
} SatsFilterContext;

struct SatsFilter {
    const char *name;
    guint min_arguments, max_arguments;
    gboolean number_argument; /* its argument is a number: checked when the template is loaded */
    SatsFilterType input, output; /* output ANY: as the input */
    const char *help, *example;   /* for the reference page: Swedish, and "in → out" */
    gboolean (*apply)(const SatsFilterContext *context, SatsResult *in_out);
};

/* The filter of that name, or NULL. */
const SatsFilter *sats_filter_lookup(const char *name);
/* All of them, in the reference's order. */
const SatsFilter *sats_filter_at(guint index);
guint sats_filter_count(void);

/* Runs one filter. FALSE: a finding was made, and the result is left as it was. */
gboolean sats_filter_apply(const SatsFilterContext *context, SatsResult *in_out);

/* A result as it is printed: numbers Swedish, a list as "a, b och c", empty as "". Never NULL. When
 * `result->markdown` the text is Markdown, else plain. */
const char *sats_result_text(const SatsResult *result, SatsArena *arena);

/* A result that is, or reads as, a number. */
gboolean sats_result_number(const SatsResult *result, SatsDecimal *out);

/* A number as plans may write one: with calls of notes after it, "1 250 {*}". *out_note is in the
 * arena, or NULL when there is none. */
gboolean sats_number_with_note(const char *text, SatsArena *arena, SatsDecimal *out_number,
                               const char **out_note);

/* A number as cells of a plan's own tables hold one: alone, or emphasised from end to end, with or
 * without calls of notes. */
gboolean sats_number_of_cell(const char *text, SatsArena *arena, SatsDecimal *out_number);

/* A warning where words with figures in them may have been meant to count ("100 (varav 20)",
 * "1.250,5"). `report` may be NULL. */
void sats_filter_warn_not_counted(SatsReport *report, const SatsResult *item);

/* Is all of the text one placeholder, "[Skriv datum]"? */
gboolean sats_text_is_placeholder(const char *text);

/* A cross-reference that a plan's text holds, "{{ref id}}" or "{{sidref id}}". */
typedef struct {
    const char *id; /* within the text, `id_length` bytes */
    gsize id_length;
    gboolean page; /* sidref: the page's number */
} SatsTextReference;
/* The length in bytes of the one that `text` begins with, braces and all; 0 when it begins with
 * none, *out untouched then. */
gsize sats_text_reference(const char *text, gsize length, SatsTextReference *out);

/* Plain text with the characters that Markdown would take escaped. */
const char *sats_markdown_escape(const char *text, SatsArena *arena);

#endif
