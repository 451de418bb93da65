/* Parses SVG with GMarkup into a tree of elements, with its ids and style sheet. */
#include "paint/svg-tree.h"

#include "base/error.h"
#include "base/utf8.h"

#include "paint/image.h"

#include <string.h>

typedef struct {
    SatsSvgTree *tree;
    SatsArena *arena;
    SatsSvgNode *open; /* innermost open element */
    guint depth, n_elements;
    guint foreign_depth; /* open elements of other namespaces */
    char *prefix;        /* "svg:" where the root has one, else "" */
    GString *css;        /* text of the open style element, else NULL */
} Parser;

const char *sats_svg_attribute(const SatsSvgNode *node, const char *name) {
    for (guint i = 0; node->attributes[i] != NULL; i += 2)
        if (strcmp(node->attributes[i], name) == 0)
            return node->attributes[i + 1];
    return NULL;
}

static gboolean check_root(Parser *parser, const char *name, GError **error) {
    const char *colon = strchr(name, ':');
    const char *local = colon != NULL ? colon + 1 : name;
    if (strcmp(local, "svg") != 0) {
        sats_error_set(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_UNSUPPORTED,
                       "the image is XML but not SVG: its root is <%.*s>",
                       "bilden är XML men inte SVG: den börjar med <%.*s>", sats_utf8_cut(name, 60),
                       name);
        return FALSE;
    }
    parser->prefix = g_strndup(name, (gsize)(local - name));
    return TRUE;
}

static const char **copy_attributes(Parser *parser, const char **names, const char **values) {
    gsize n = 0;
    while (names[n] != NULL)
        n++;
    const char **copy = sats_arena_new_array(parser->arena, const char *, 2 * n + 1);
    for (gsize i = 0; i < n; i++) {
        copy[2 * i] = sats_arena_strdup(parser->arena, names[i]);
        copy[2 * i + 1] = sats_arena_strdup(parser->arena, values[i]);
    }
    return copy;
}

static void add_node(Parser *parser, const char *name, const char **names, const char **values,
                     int line) {
    SatsSvgNode *node = sats_arena_new_struct(parser->arena, SatsSvgNode);
    node->name = sats_arena_strdup(parser->arena, name);
    node->attributes = copy_attributes(parser, names, values);
    node->line = line;
    node->parent = parser->open;
    if (parser->open == NULL)
        parser->tree->root = node;
    else if (parser->open->last_child == NULL)
        parser->open->first_child = node;
    else
        parser->open->last_child->next = node;
    if (parser->open != NULL)
        parser->open->last_child = node;
    const char *id = sats_svg_attribute(node, "id");
    if (id != NULL && !g_hash_table_contains(parser->tree->ids, id))
        g_hash_table_insert(parser->tree->ids, g_strdup(id), node);
    parser->open = node;
}

static void on_start(GMarkupParseContext *context, const char *name, const char **names,
                     const char **values, gpointer data, GError **error) {
    Parser *parser = data;
    int line;
    g_markup_parse_context_get_position(context, &line, NULL);
    if (++parser->depth > SATS_SVG_MAX_DEPTH || ++parser->n_elements > SATS_SVG_MAX_ELEMENTS) {
        sats_error_set(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_LIMIT,
                       "line %d: SVG of more than %u elements, or deeper than %u",
                       "rad %d: SVG med mer än %u element, eller fler än %u nivåer", line,
                       SATS_SVG_MAX_ELEMENTS, SATS_SVG_MAX_DEPTH);
        return;
    }
    if (parser->prefix == NULL && !check_root(parser, name, error))
        return;
    gsize prefix_length = strlen(parser->prefix);
    gboolean is_ours = strncmp(name, parser->prefix, prefix_length) == 0 &&
                       strchr(name + prefix_length, ':') == NULL;
    if (parser->foreign_depth > 0 || !is_ours) {
        parser->foreign_depth++;
        return;
    }
    add_node(parser, name + prefix_length, names, values, line);
    if (strcmp(parser->open->name, "style") == 0 && parser->css == NULL)
        parser->css = g_string_new(NULL);
}

static void on_end(GMarkupParseContext *context, const char *name, gpointer data, GError **error) {
    Parser *parser = data;
    (void)context;
    (void)name;
    parser->depth--;
    if (parser->foreign_depth > 0) {
        parser->foreign_depth--;
        return;
    }
    if (strcmp(parser->open->name, "style") == 0 && parser->css != NULL) {
        g_autofree char *css = g_string_free(parser->css, FALSE);
        parser->css = NULL;
        if (!sats_svg_sheet_parse(parser->tree->sheet, css, error))
            sats_error_prefix(error, "line %d: <style>: ", "rad %d: <style>: ", parser->open->line);
    }
    parser->open = parser->open->parent;
}

static void on_text(GMarkupParseContext *context, const char *text, gsize length, gpointer data,
                    GError **error) {
    Parser *parser = data;
    (void)context;
    (void)error;
    if (parser->css != NULL)
        g_string_append_len(parser->css, text, (gssize)length);
}

static gboolean run_parser(Parser *parser, const char *text, gsize length, GError **error) {
    static const GMarkupParser callbacks = {
        .start_element = on_start, .end_element = on_end, .text = on_text};
    GMarkupParseContext *context =
        g_markup_parse_context_new(&callbacks, G_MARKUP_TREAT_CDATA_AS_TEXT, parser, NULL);
    GError *failure = NULL;
    gboolean done = g_markup_parse_context_parse(context, text, (gssize)length, &failure) &&
                    g_markup_parse_context_end_parse(context, &failure);
    g_markup_parse_context_free(context);
    if (!done && failure->domain == SATS_IMAGE_ERROR) {
        g_propagate_error(error, failure);
    } else if (!done) { /* GLib's message tells the line */
        sats_error_set(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_BROKEN, "broken SVG: %s",
                       "skadad SVG: %s", failure->message);
        g_error_free(failure);
    }
    return done;
}

gboolean sats_svg_tree_parse(const char *text, gsize length, SatsArena *arena, SatsSvgTree *tree,
                             GError **error) {
    *tree = (SatsSvgTree){.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                          .sheet = sats_svg_sheet_new()};
    if (length > SATS_SVG_MAX_BYTES) {
        sats_error_set(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_LIMIT,
                       "SVG of more than %u megabytes", "SVG på mer än %u megabyte",
                       SATS_SVG_MAX_BYTES >> 20);
        return FALSE;
    }
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    Parser parser = {.tree = tree, .arena = arena};
    gboolean done = run_parser(&parser, text, length, error);
    if (parser.css != NULL)
        g_string_free(parser.css, TRUE);
    g_free(parser.prefix);
    if (done && tree->root == NULL) {
        sats_error_set(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_BROKEN,
                       "broken SVG: it has no elements", "skadad SVG: den har inga element");
        return FALSE;
    }
    return done;
}

void sats_svg_tree_clear(SatsSvgTree *tree) {
    g_hash_table_unref(tree->ids);
    sats_svg_sheet_free(tree->sheet);
}
