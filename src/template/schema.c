/* template/schema.c: declarations → JSON Schema. */
#include <string.h>

#include "base/report.h"
#include "template/compile.h"
#include "template/describe.h"
#include "template/free.h"

/* What strings may be, as regular expressions that JSON Schema's own dialect and others share. */
#define PLACEHOLDER "\\s*\\[[^\\[\\]]+\\]\\s*"
/* A number as base/decimal.h reads it: groups of three, comma or point; then a table note's call.
 */
#define DIGITS "[+−-]?([0-9]{1,18}|[0-9]{1,3}([ \u00a0\u202f][0-9]{3})+)"
#define NOTE   "( *\\{[^{}]*\\})* *"
#define NUMBER DIGITS "([.,][0-9]{1,9})?" NOTE
#define WHOLE  DIGITS "([.,]0{1,9})?" NOTE
#define DATE   "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
#define TRUTH  "[jJ][aA]|[nN][eE][jJ]"
#define IMAGE                                                                                      \
    "(?!/)(?!(.*/)?\\.\\.(/|$))(?!.*\\\\)(?!.*://"                                                 \
    ").*\\.([pP][nN][gG]|[jJ][pP][eE]?[gG]|[sS][vV][gG])"
/* What !csv and !xlsx name; the tag itself is not seen. */
#define TABLE_FILE "\\.([cC][sS][vV]|[xX][lL][sS][xXmM](#.*)?)$"

static void append_string(GString *out, const char *text) {
    g_string_append_c(out, '"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            g_string_append_c(out, '\\');
            g_string_append_c(out, *c);
        } else if ((guchar)*c < 0x20) {
            g_string_append_printf(out, "\\u%04x", (guint)(guchar)*c);
        } else {
            g_string_append_c(out, *c);
        }
    }
    g_string_append_c(out, '"');
}

static void append_member(GString *out, const char *key, const char *text) {
    g_string_append_printf(out, ",\"%s\":", key);
    append_string(out, text);
}

/* Where a map stands: what is required of a plan's own maps may stand in an included file, which is
 * merged into them and which a schema cannot see; those in lists are whole. */
typedef enum { PLACE_ROOT, PLACE_MERGED, PLACE_WHOLE } Place;

static void append_decl(GString *out, const SatsDecl *decl);
static void append_placed(GString *out, const SatsDecl *decl, Place place);

static void append_range(GString *out, const SatsDecl *decl, const char *min, const char *max) {
    const struct {
        gboolean has;
        SatsDecimal value;
        const char *word;
    } ENDS[] = {{decl->has_min, decl->min, min}, {decl->has_max, decl->max, max}};
    for (guint i = 0; i < G_N_ELEMENTS(ENDS); i++) {
        if (ENDS[i].has) {
            char text[G_ASCII_DTOSTR_BUF_SIZE];
            g_ascii_dtostr(text, sizeof text, sats_decimal_to_double(ENDS[i].value));
            g_string_append_printf(out, ",\"%s\":%s", ENDS[i].word, text);
        }
    }
}

static void append_pattern(GString *out, const char *pattern) {
    append_member(out, "pattern", pattern);
}

/* "type": the names, and null when the value may be missing. */
static void append_types(GString *out, const SatsDecl *decl, const char *names) {
    g_string_append_printf(out, "\"type\":[%s%s]", names,
                           sats_decl_must_stand(decl) ? "" : ",\"null\"");
}

/* ---- scalars ---- */

/* A scalar of a text type may be written as anything that YAML takes for one value. */
static void append_text(GString *out, const SatsDecl *decl) {
    gboolean must = sats_decl_must_stand(decl);
    append_types(out, decl,
                 decl->type == SATS_TYPE_IMAGE ? "\"string\""
                                               : "\"string\",\"number\",\"boolean\"");
    if (decl->type == SATS_TYPE_AMOUNT) {
        append_range(out, decl, "minimum", "maximum");
    }
    if (decl->type == SATS_TYPE_LINE) {
        append_pattern(out, must ? "^[^\\n]*\\S[^\\n]*\\n?$" : "^[^\\n]*\\n?$");
    } else if (decl->type == SATS_TYPE_IMAGE) {
        append_pattern(out, "^(" IMAGE "|" PLACEHOLDER ")$");
    } else if (must) {
        append_pattern(out, "\\S");
    }
}

static void append_number(GString *out, const SatsDecl *decl) {
    gboolean whole = decl->type == SATS_TYPE_INTEGER;
    append_types(out, decl, whole ? "\"integer\",\"string\"" : "\"number\",\"string\"");
    append_range(out, decl, "minimum", "maximum");
    append_pattern(out, whole ? "^(" WHOLE "|" PLACEHOLDER ")$" : "^(" NUMBER "|" PLACEHOLDER ")$");
}

/* A choice of digits, or ja's relatives, may be written bare. */
static gboolean may_be_bare(const char *choice) {
    gsize digits = strspn(choice, "0123456789");
    return (digits > 0 && choice[digits] == '\0' && (*choice != '0' || digits == 1)) ||
           g_str_equal(choice, "true") || g_str_equal(choice, "false");
}

static void append_enum(GString *out, const SatsDecl *decl) {
    g_string_append(out, "\"enum\":[");
    for (const char **choice = decl->choices; choice != NULL && *choice != NULL; choice++) {
        g_string_append(out, choice == decl->choices ? "" : ",");
        append_string(out, *choice);
        if (may_be_bare(*choice)) {
            g_string_append_printf(out, ",%s", *choice);
        }
    }
    g_string_append(out, sats_decl_must_stand(decl) ? "]" : ",null]");
}

static void append_choices(GString *out, const SatsDecl *decl) {
    g_string_append(out, "\"anyOf\":[{");
    append_enum(out, decl);
    g_string_append(out, "},{\"type\":\"string\"");
    append_pattern(out, "^" PLACEHOLDER "$");
    g_string_append(out, "}]");
}

/* ---- maps and lists ---- */

static void append_map(GString *out, const SatsDecl *decl, Place place);

/* A row of a free table: cells of one kind, or a group's title. */
static void append_row(GString *out) {
    const SatsDecl *row = sats_free_row_decl();
    g_string_append(out, "{\"anyOf\":[{\"type\":\"null\"}");
    for (guint i = 0; i < row->n_keys; i++) {
        const SatsDecl *key = row->keys[i];
        gboolean group = g_str_equal(key->name, "grupp");
        if (group || key->type == SATS_TYPE_LIST) {
            g_string_append_printf(
                out, ",{\"required\":[\"%s\"],\"properties\":{\"%s\":{\"type\":%s}}}", key->name,
                key->name, group ? "[\"string\",\"number\",\"boolean\"]" : "\"array\"");
        }
    }
    g_string_append(out, "],");
    append_map(out, row, PLACE_WHOLE);
    g_string_append_c(out, '}');
}

/* Items that may be given short (a line, a list of cells), or as a map. */
static void append_short_or_map(GString *out, const SatsDecl *key) {
    static SatsDecl amount = {.type = SATS_TYPE_AMOUNT};
    static const SatsDecl line = {.type = SATS_TYPE_LINE};
    static const SatsDecl cells = {.type = SATS_TYPE_LIST, .item = &amount};
    gboolean rows = g_str_equal(key->name, "rader");
    append_types(out, key, rows ? "\"array\",\"string\"" : "\"array\"");
    if (rows) {
        append_pattern(out, TABLE_FILE);
    }
    g_string_append(out, sats_decl_must_stand(key) ? ",\"minItems\":1" : "");
    g_string_append(out, ",\"items\":{\"anyOf\":[");
    if (rows) {
        append_decl(out, &cells);
        g_string_append_c(out, ',');
        append_row(out);
    } else {
        gboolean column = g_str_equal(key->name, "kolumner");
        append_decl(out, &line);
        g_string_append_c(out, ',');
        append_decl(out, column ? sats_free_column_decl() : sats_free_note_decl());
    }
    g_string_append(out, "]}");
}

/* What the layout of a free table asks for, above its declarations; FALSE for other keys. */
static gboolean append_column_key(GString *out, const SatsDecl *key) {
    if (g_str_equal(key->name, "bredd")) {
        g_string_append(out, "{\"type\":[\"string\",\"number\",\"null\"],\"exclusiveMinimum\":0");
        append_pattern(out, "^(innehåll|" DIGITS "([.,][0-9]{1,9})?(fr)?)$");
    } else if (g_str_equal(key->name, "justering")) {
        g_string_append_c(out, '{');
        append_enum(out, key);
    } else {
        return FALSE;
    }
    g_string_append_c(out, '}');
    return TRUE;
}

/* A free table's columns, rows and notes are declared as anything. */
static void append_key(GString *out, const SatsDecl *map, const SatsDecl *key, Place place) {
    append_string(out, key->name);
    g_string_append_c(out, ':');
    if (map == sats_free_column_decl() && append_column_key(out, key))
        return;
    if (map == sats_free_table_decl() && key->type == SATS_TYPE_LIST) {
        g_string_append_c(out, '{');
        append_short_or_map(out, key);
        g_string_append_c(out, '}');
    } else {
        append_placed(out, key, place == PLACE_WHOLE ? PLACE_WHOLE : PLACE_MERGED);
    }
}

/* "required": the keys that must stand. */
static void append_required(GString *out, const SatsDecl *map) {
    g_string_append(out, "\"required\":[");
    gboolean any = FALSE;
    for (guint i = 0; i < map->n_keys; i++) {
        if (sats_decl_must_stand(map->keys[i])) {
            g_string_append(out, any ? "," : "");
            append_string(out, map->keys[i]->name);
            any = TRUE;
        }
    }
    g_string_append_c(out, ']');
}

/* What a plan that includes nothing must hold, through all of its own maps. */
static void append_whole(GString *out, const SatsDecl *map) {
    append_required(out, map);
    g_string_append(out, ",\"properties\":{");
    gboolean any = FALSE;
    for (guint i = 0; i < map->n_keys; i++) {
        const SatsDecl *key = map->keys[i];
        if (key->type != SATS_TYPE_MAP) {
            continue;
        }
        g_string_append(out, any ? "," : "");
        append_string(out, key->name);
        g_string_append(out, sats_decl_must_stand(key) ? ":{\"minProperties\":1," : ":{");
        append_whole(out, key);
        g_string_append_c(out, '}');
        any = TRUE;
    }
    g_string_append_c(out, '}');
}

static void append_map(GString *out, const SatsDecl *decl, Place place) {
    if (place == PLACE_ROOT) {
        g_string_append(out, "\"type\":\"object\",\"properties\":{\"mall\":{\"type\":\"string\","
                             "\"minLength\":1},\"inkludera\":{\"type\":[\"string\",\"array\","
                             "\"null\"]}");
    } else {
        append_types(out, decl, "\"object\"");
        gboolean filled = place == PLACE_WHOLE && sats_decl_must_stand(decl);
        g_string_append(out, filled ? ",\"minProperties\":1" : "");
        g_string_append(out, ",\"properties\":{");
    }
    for (guint i = 0; i < decl->n_keys; i++) {
        g_string_append(out, i > 0 || place == PLACE_ROOT ? "," : "");
        append_key(out, decl, decl->keys[i], place);
    }
    g_string_append_printf(out, "},\"additionalProperties\":%s", decl->open ? "true" : "false");
    if (place == PLACE_ROOT) {
        g_string_append(out, ",\"required\":[\"mall\"],\"if\":{\"not\":{\"required\":["
                             "\"inkludera\"]}},\"then\":{");
        append_whole(out, decl);
        g_string_append_c(out, '}');
    } else if (place == PLACE_WHOLE) {
        g_string_append_c(out, ',');
        append_required(out, decl);
    }
}

/* The rows of a list may come from a file: a tagged string. */
static void append_list(GString *out, const SatsDecl *decl) {
    append_types(out, decl, "\"array\",\"string\"");
    append_pattern(out, TABLE_FILE);
    gboolean must = sats_decl_must_stand(decl);
    append_range(out, decl, "minItems", "maxItems");
    g_string_append(out, must && !decl->has_min ? ",\"minItems\":1" : "");
    if (decl->item != NULL) {
        g_string_append(out, ",\"items\":");
        append_decl(out, decl->item);
    }
}

/* What a template declares as `table` and `blocks` is the same everywhere, and may hold itself. */
static void append_free(GString *out, const SatsDecl *decl) {
    gboolean table = decl->type == SATS_TYPE_TABLE;
    g_string_append(out, table ? "\"$ref\":\"#/$defs/tabell\"" : "\"$ref\":\"#/$defs/avsnitt\"");
    if (sats_decl_must_stand(decl)) {
        g_string_append(out, table ? ",\"type\":\"object\",\"minProperties\":1"
                                   : ",\"type\":[\"array\",\"string\"],\"minItems\":1");
    }
}

static void append_definitions(GString *out) {
    const SatsDecl *sections = sats_free_sections_decl();
    g_string_append(out, ",\"$defs\":{\"tabell\":{");
    append_map(out, sats_free_table_decl(), PLACE_WHOLE);
    g_string_append(out, "},\"avsnitt\":{\"type\":[\"array\",\"string\",\"null\"]");
    append_pattern(out, "^" PLACEHOLDER "$");
    g_string_append(out, ",\"items\":");
    append_decl(out, sections->item);
    g_string_append(out, "}}");
}

static void append_type(GString *out, const SatsDecl *decl, Place place) {
    switch (decl->type) {
    case SATS_TYPE_LINE:
    case SATS_TYPE_TEXT:
    case SATS_TYPE_ID:
    case SATS_TYPE_IMAGE:
    case SATS_TYPE_AMOUNT:
        append_text(out, decl);
        break;
    case SATS_TYPE_NUMBER:
    case SATS_TYPE_INTEGER:
        append_number(out, decl);
        break;
    case SATS_TYPE_DATE:
        append_types(out, decl, "\"string\"");
        append_pattern(out, "^(" DATE "|" PLACEHOLDER ")$");
        break;
    case SATS_TYPE_BOOL:
        append_types(out, decl, "\"boolean\",\"string\"");
        append_pattern(out, "^(" TRUTH "|" PLACEHOLDER ")$");
        break;
    case SATS_TYPE_CHOICE:
        append_choices(out, decl);
        break;
    case SATS_TYPE_LIST:
        append_list(out, decl);
        break;
    case SATS_TYPE_MAP:
        append_map(out, decl, place);
        break;
    case SATS_TYPE_TABLE:
    case SATS_TYPE_BLOCKS:
        append_free(out, decl);
        break;
    case SATS_TYPE_ANY:
        g_string_append(out, sats_decl_must_stand(decl) ? "\"not\":{\"enum\":[null,\"\",[],{}]}"
                                                        : "\"$comment\":\"any\"");
        break;
    }
}

static void append_placed(GString *out, const SatsDecl *decl, Place place) {
    g_string_append_c(out, '{');
    append_type(out, decl, place);
    if (decl->help != NULL) {
        append_member(out, "description", decl->help);
    }
    if (decl->example != NULL) {
        g_string_append(out, ",\"examples\":[");
        append_string(out, decl->example);
        g_string_append_c(out, ']');
    }
    if (decl->fallback != NULL) {
        append_member(out, "default", decl->fallback);
    }
    g_string_append_c(out, '}');
}

static void append_decl(GString *out, const SatsDecl *decl) {
    append_placed(out, decl, PLACE_WHOLE);
}

char *sats_template_schema(const SatsTemplate *template_) {
    GString *out = g_string_new("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"");
    append_member(out, "title", template_->title != NULL ? template_->title : template_->name);
    if (template_->description != NULL) {
        append_member(out, "description", template_->description);
    }
    g_string_append_c(out, ',');
    append_map(out, template_->data, PLACE_ROOT);
    append_definitions(out);
    g_string_append(out, "}\n");
    return g_string_free(out, FALSE);
}
