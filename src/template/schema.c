/* template/schema.c: declarations → JSON Schema. */
#include <string.h>

#include "base/report.h"
#include "template/compile.h"
#include "template/describe.h"

/* A number as base/decimal.h reads it from text: groups of three, comma or point. */
#define NUMBER_PATTERN                                                                             \
    "^ *[+−-]?([0-9]{1,18}|[0-9]{1,3}([ \\u00a0\\u202f][0-9]{3})+)([.,][0-9]{1,9})? *$"
#define INTEGER_PATTERN "^ *[+−-]?([0-9]{1,18}|[0-9]{1,3}([ \\u00a0\\u202f][0-9]{3})+) *$"
#define DATE_PATTERN    "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|\\\\[.*\\\\])$"

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

static void append_decl(GString *out, const SatsDecl *decl);

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

/* "type": what a scalar of a text type may be written as; an empty one is null. */
static void append_text_type(GString *out, const SatsDecl *decl) {
    gboolean must = sats_decl_must_stand(decl);
    g_string_append(out,
                    must ? "\"type\":[\"string\",\"number\",\"boolean\"],\"not\":{\"const\":\"\"}"
                         : "\"type\":[\"string\",\"number\",\"boolean\",\"null\"]");
}

static void append_number_type(GString *out, const SatsDecl *decl) {
    gboolean whole = decl->type == SATS_TYPE_INTEGER;
    g_string_append_printf(out, "\"anyOf\":[{\"type\":\"%s\"", whole ? "integer" : "number");
    append_range(out, decl, "minimum", "maximum");
    g_string_append_printf(out, "},{\"type\":\"string\",\"pattern\":\"%s\"}",
                           whole ? INTEGER_PATTERN : NUMBER_PATTERN);
    g_string_append(out,
                    sats_decl_must_stand(decl) ? "]" : ",{\"type\":\"null\"},{\"const\":\"\"}]");
}

static void append_choices(GString *out, const SatsDecl *decl) {
    g_string_append(out, "\"enum\":[");
    for (const char **choice = decl->choices; choice != NULL && *choice != NULL; choice++) {
        append_string(out, *choice);
        g_string_append_c(out, ',');
        if (strspn(*choice, "0123456789") == strlen(*choice) && **choice != '\0') {
            g_string_append_printf(out, "%s,",
                                   *choice); /* a choice of digits may be written bare */
        }
    }
    g_string_append(out, sats_decl_must_stand(decl) ? "\"\"]" : "\"\",null]");
}

static void append_map(GString *out, const SatsDecl *decl, gboolean root) {
    g_string_append(out, root || sats_decl_must_stand(decl)
                             ? "\"type\":\"object\",\"properties\":{"
                             : "\"type\":[\"object\",\"null\"],\"properties\":{");
    if (root) {
        g_string_append(out, "\"mall\":{\"type\":\"string\"},\"inkludera\":{\"type\":[\"string\","
                             "\"array\",\"null\"]}");
    }
    for (guint i = 0; i < decl->n_keys; i++) {
        g_string_append(out, i > 0 || root ? "," : "");
        append_string(out, decl->keys[i]->name);
        g_string_append_c(out, ':');
        append_decl(out, decl->keys[i]);
    }
    g_string_append_printf(out, "},\"additionalProperties\":%s", decl->open ? "true" : "false");
    GString *required = g_string_new(NULL);
    for (guint i = 0; i < decl->n_keys; i++) {
        if (sats_decl_must_stand(decl->keys[i])) {
            g_string_append(required, required->len > 0 ? "," : "");
            append_string(required, decl->keys[i]->name);
        }
    }
    if (root) {
        /* what is required may stand in an included file, which a schema cannot see */
        g_string_append_printf(out,
                               ",\"required\":[\"mall\"],\"if\":{\"not\":{\"required\":["
                               "\"inkludera\"]}},\"then\":{\"required\":[%s]}",
                               required->str);
    } else if (required->len > 0) {
        g_string_append_printf(out, ",\"required\":[%s]", required->str);
    }
    g_string_free(required, TRUE);
}

static void append_list(GString *out, const SatsDecl *decl) {
    g_string_append(out, sats_decl_must_stand(decl) ? "\"type\":\"array\",\"minItems\":1"
                                                    : "\"type\":[\"array\",\"null\"]");
    append_range(out, decl, "minItems", "maxItems");
    if (decl->item != NULL) {
        g_string_append(out, ",\"items\":");
        append_decl(out, decl->item);
    }
}

static void append_type(GString *out, const SatsDecl *decl) {
    switch (decl->type) {
    case SATS_TYPE_LINE:
    case SATS_TYPE_TEXT:
    case SATS_TYPE_ID:
    case SATS_TYPE_IMAGE:
    case SATS_TYPE_AMOUNT:
        append_text_type(out, decl);
        break;
    case SATS_TYPE_NUMBER:
    case SATS_TYPE_INTEGER:
        append_number_type(out, decl);
        break;
    case SATS_TYPE_DATE:
        g_string_append_printf(out, "\"type\":[\"string\"%s],\"pattern\":\"%s\"",
                               sats_decl_must_stand(decl) ? "" : ",\"null\"", DATE_PATTERN);
        break;
    case SATS_TYPE_BOOL:
        g_string_append(out, "\"enum\":[true,false,\"ja\",\"nej\",null]");
        break;
    case SATS_TYPE_CHOICE:
        append_choices(out, decl);
        break;
    case SATS_TYPE_LIST:
        append_list(out, decl);
        break;
    case SATS_TYPE_MAP:
        append_map(out, decl, FALSE);
        break;
    case SATS_TYPE_TABLE:
        g_string_append(out, "\"type\":[\"object\",\"null\"]");
        break;
    case SATS_TYPE_BLOCKS:
        g_string_append(out, "\"type\":[\"array\",\"object\",\"null\"]");
        break;
    case SATS_TYPE_ANY:
        g_string_append(out, "\"$comment\":\"any\"");
        break;
    }
}

static void append_decl(GString *out, const SatsDecl *decl) {
    g_string_append_c(out, '{');
    append_type(out, decl);
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

char *sats_template_schema(const SatsTemplate *template_) {
    GString *out = g_string_new("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"");
    append_member(out, "title", template_->title != NULL ? template_->title : template_->name);
    if (template_->description != NULL) {
        append_member(out, "description", template_->description);
    }
    g_string_append_c(out, ',');
    append_map(out, template_->data, TRUE);
    g_string_append(out, "}\n");
    return g_string_free(out, FALSE);
}
