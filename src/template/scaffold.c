/* template/scaffold.c: declarations → a plan to begin with. */
#include <string.h>

#include "template/describe.h"

#define INDENT    2U
#define MAX_DEPTH 12U

static void indent(GString *out, guint depth) {
    for (guint i = 0; i < depth * INDENT; i++) {
        g_string_append_c(out, ' ');
    }
}

/* A double-quoted YAML scalar. */
static void append_quoted(GString *out, const char *text) {
    g_string_append_c(out, '"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\n') {
            g_string_append(out, "\\n");
        } else {
            if (*c == '"' || *c == '\\') {
                g_string_append_c(out, '\\');
            }
            g_string_append_c(out, *c);
        }
    }
    g_string_append_c(out, '"');
}

static const char **choices_of(const SatsDecl *decl) {
    const SatsDecl *item = decl->type == SATS_TYPE_LIST ? decl->item : NULL;
    return item != NULL ? item->choices : decl->choices;
}

/* "# help (ett av: …) (exempel: …) – obligatorisk"; lines of help stay lines. */
static void append_help(GString *out, const SatsDecl *decl, guint depth) {
    const char **choices = choices_of(decl);
    if (decl->help == NULL && decl->example == NULL && !decl->required && choices == NULL) {
        return;
    }
    g_auto(GStrv) lines = g_strsplit(decl->help != NULL ? decl->help : decl->name, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (**line == '\0') {
            continue;
        }
        indent(out, depth);
        g_string_append_printf(out, "# %s", *line);
        if (line[1] == NULL || line[1][0] == '\0') {
            if (choices != NULL) {
                g_autofree char *all = g_strjoinv(", ", (char **)(guintptr)choices);
                g_string_append_printf(out, " (ett av: %s)", all);
            }
            g_autofree char *example =
                decl->example == NULL ? NULL : g_strdelimit(g_strdup(decl->example), "\n", ' ');
            if (example != NULL) {
                g_string_append_printf(out, " (exempel: %s)", example);
            }
            g_string_append(out, decl->required ? " – obligatorisk" : "");
        }
        g_string_append_c(out, '\n');
    }
}

static void append_placeholder(GString *out, const SatsDecl *decl) {
    g_autofree char *text =
        decl->placeholder != NULL
            ? g_strdup(decl->placeholder)
            : g_strdup_printf("[Skriv %s]", decl->type == SATS_TYPE_DATE ? "datum"
                                            : decl->name != NULL         ? decl->name
                                                                         : "text");
    append_quoted(out, text);
}

/* A number within its range: the least, or 0. */
static void append_number(GString *out, const SatsDecl *decl) {
    SatsDecimal zero = {0, 0};
    SatsDecimal value =
        decl->has_min && sats_decimal_compare(decl->min, zero) > 0 ? decl->min : zero;
    if (decl->has_max && sats_decimal_compare(decl->max, value) < 0) {
        value = decl->max;
    }
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_dtostr(text, sizeof text, sats_decimal_to_double(value)));
}

static void append_scalar(GString *out, const SatsDecl *decl) {
    switch (decl->type) {
    case SATS_TYPE_NUMBER:
    case SATS_TYPE_INTEGER:
        append_number(out, decl);
        break;
    case SATS_TYPE_AMOUNT:
        g_string_append_c(out, '0');
        break;
    case SATS_TYPE_BOOL:
        g_string_append(out, decl->fallback != NULL ? decl->fallback : "nej");
        break;
    case SATS_TYPE_CHOICE:
        append_quoted(out, decl->fallback != NULL                              ? decl->fallback
                           : decl->choices != NULL && decl->choices[0] != NULL ? decl->choices[0]
                                                                               : "");
        break;
    case SATS_TYPE_LINE:
    case SATS_TYPE_TEXT:
    case SATS_TYPE_ID:
    case SATS_TYPE_DATE:
    case SATS_TYPE_IMAGE:
    case SATS_TYPE_LIST:
    case SATS_TYPE_MAP:
    case SATS_TYPE_TABLE:
    case SATS_TYPE_BLOCKS:
    case SATS_TYPE_ANY:
        if (decl->fallback != NULL) {
            append_quoted(out, decl->fallback);
        } else {
            append_placeholder(out, decl);
        }
        break;
    }
}

gboolean sats_scaffold_gives(const SatsDecl *decl, const char *text) {
    g_autoptr(GString) given = g_string_new(NULL), quoted = g_string_new(NULL);
    append_scalar(given, decl);
    append_quoted(quoted, text);
    return strcmp(given->str, text) == 0 || strcmp(given->str, quoted->str) == 0;
}

/* Kinds that a scaffold can only show as a comment: they need a file, or words of their own. */
static gboolean is_optional_extra(const SatsDecl *decl) {
    return decl->type == SATS_TYPE_IMAGE || decl->type == SATS_TYPE_TABLE ||
           decl->type == SATS_TYPE_BLOCKS || decl->type == SATS_TYPE_ANY;
}

static void append_keys(GString *out, const SatsDecl *map, guint depth);

static void append_item(GString *out, const SatsDecl *item, guint depth) {
    if (item->type == SATS_TYPE_MAP && item->n_keys > 0 && depth < MAX_DEPTH) {
        GString *inner = g_string_new(NULL);
        append_keys(inner, item, depth + 1);
        indent(out, depth);
        g_string_append(out, "-\n");
        g_string_append(out, inner->str);
        g_string_free(inner, TRUE);
        return;
    }
    indent(out, depth);
    g_string_append(out, "- ");
    append_scalar(out, item);
    g_string_append_c(out, '\n');
}

static void append_list(GString *out, const SatsDecl *decl, guint depth) {
    guint n = 1;
    if (decl->has_min && sats_decimal_to_double(decl->min) > 1) {
        n = (guint)MIN(sats_decimal_to_double(decl->min), 20.0);
    }
    g_string_append_c(out, '\n');
    for (guint i = 0; i < n; i++) {
        append_item(out, decl->item, depth + 1);
    }
}

static void append_key(GString *out, const SatsDecl *decl, guint depth) {
    append_help(out, decl, depth);
    indent(out, depth);
    if (is_optional_extra(decl) && !decl->required) {
        g_string_append_printf(out, "# %s:\n", decl->name);
        return;
    }
    g_string_append_printf(out, "%s:", decl->name);
    if (decl->type == SATS_TYPE_MAP && decl->n_keys > 0 && depth < MAX_DEPTH) {
        g_string_append_c(out, '\n');
        append_keys(out, decl, depth + 1);
    } else if (decl->type == SATS_TYPE_LIST && decl->item != NULL &&
               !is_optional_extra(decl->item)) {
        append_list(out, decl, depth);
    } else if (decl->type == SATS_TYPE_MAP || decl->type == SATS_TYPE_TABLE) {
        g_string_append(out, " {}\n");
    } else if (decl->type == SATS_TYPE_LIST) {
        g_string_append(out, " []\n");
    } else {
        g_string_append_c(out, ' ');
        append_scalar(out, decl);
        g_string_append_c(out, '\n');
    }
}

static void append_keys(GString *out, const SatsDecl *map, guint depth) {
    for (guint i = 0; i < map->n_keys; i++) {
        if (depth == 0 && i > 0) {
            g_string_append_c(out, '\n');
        }
        append_key(out, map->keys[i], depth);
    }
}

/* Has a path only such characters as need no quotes, in YAML or a shell? */
static gboolean is_plain(const char *path) {
    for (; *path != '\0'; path++) {
        if (!g_ascii_isalnum(*path) && strchr("/._-", *path) == NULL && (guchar)*path < 0x80) {
            return FALSE;
        }
    }
    return TRUE;
}

char *sats_template_scaffold(const SatsTemplate *template_, const char *name) {
    GString *out = g_string_new(NULL);
    g_autofree char *in_shell = is_plain(name) ? g_strdup(name) : g_shell_quote(name);
    g_string_append_printf(out, "# yaml-language-server: $schema=%s.schema.json\n",
                           template_->name);
    g_string_append_printf(out, "# (schemat skrivs av: plansats schema %s -o %s.schema.json)\n",
                           in_shell, template_->name);
    g_string_append_printf(out, "# %s\n",
                           template_->title != NULL ? template_->title : template_->name);
    g_string_append(out, "mall: ");
    if (is_plain(name)) {
        g_string_append(out, name);
    } else {
        append_quoted(out, name);
    }
    g_string_append(out, "\n\n");
    append_keys(out, template_->data, 0);
    return g_string_free(out, FALSE);
}
