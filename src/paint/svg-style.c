/* Reads SVG colours, lengths, presentation properties and the simple style sheets of drawing tools.
 */
#include "paint/svg-style.h"

#include "base/error.h"
#include "base/utf8.h"
#include "paint/image.h"

#include "paint/svg-path.h"

#include <math.h>
#include <string.h>

#define MAX_RULES 500u

const SatsSvgStyle sats_svg_initial_style = {
    .fill = {SATS_SVG_COLOUR, 0x000000, 1},
    .fill_opacity = 1,
    .stroke_opacity = 1,
    .opacity = 1,
    .stroke_width = 1,
};

/* ---- colours and lengths ---- */

static const struct {
    const char *name;
    guint32 rgb;
} colour_names[] = {
    /* clang-format off */
    {"aliceblue", 0xF0F8FF}, {"antiquewhite", 0xFAEBD7}, {"aqua", 0x00FFFF},
    {"aquamarine", 0x7FFFD4}, {"azure", 0xF0FFFF}, {"beige", 0xF5F5DC}, {"bisque", 0xFFE4C4},
    {"black", 0x000000}, {"blanchedalmond", 0xFFEBCD}, {"blue", 0x0000FF},
    {"blueviolet", 0x8A2BE2}, {"brown", 0xA52A2A}, {"burlywood", 0xDEB887},
    {"cadetblue", 0x5F9EA0}, {"chartreuse", 0x7FFF00}, {"chocolate", 0xD2691E},
    {"coral", 0xFF7F50}, {"cornflowerblue", 0x6495ED}, {"cornsilk", 0xFFF8DC},
    {"crimson", 0xDC143C}, {"cyan", 0x00FFFF}, {"darkblue", 0x00008B}, {"darkcyan", 0x008B8B},
    {"darkgoldenrod", 0xB8860B}, {"darkgray", 0xA9A9A9}, {"darkgreen", 0x006400},
    {"darkgrey", 0xA9A9A9}, {"darkkhaki", 0xBDB76B}, {"darkmagenta", 0x8B008B},
    {"darkolivegreen", 0x556B2F}, {"darkorange", 0xFF8C00}, {"darkorchid", 0x9932CC},
    {"darkred", 0x8B0000}, {"darksalmon", 0xE9967A}, {"darkseagreen", 0x8FBC8F},
    {"darkslateblue", 0x483D8B}, {"darkslategray", 0x2F4F4F}, {"darkslategrey", 0x2F4F4F},
    {"darkturquoise", 0x00CED1}, {"darkviolet", 0x9400D3}, {"deeppink", 0xFF1493},
    {"deepskyblue", 0x00BFFF}, {"dimgray", 0x696969}, {"dimgrey", 0x696969},
    {"dodgerblue", 0x1E90FF}, {"firebrick", 0xB22222}, {"floralwhite", 0xFFFAF0},
    {"forestgreen", 0x228B22}, {"fuchsia", 0xFF00FF}, {"gainsboro", 0xDCDCDC},
    {"ghostwhite", 0xF8F8FF}, {"gold", 0xFFD700}, {"goldenrod", 0xDAA520}, {"gray", 0x808080},
    {"green", 0x008000}, {"greenyellow", 0xADFF2F}, {"grey", 0x808080}, {"honeydew", 0xF0FFF0},
    {"hotpink", 0xFF69B4}, {"indianred", 0xCD5C5C}, {"indigo", 0x4B0082}, {"ivory", 0xFFFFF0},
    {"khaki", 0xF0E68C}, {"lavender", 0xE6E6FA}, {"lavenderblush", 0xFFF0F5},
    {"lawngreen", 0x7CFC00}, {"lemonchiffon", 0xFFFACD}, {"lightblue", 0xADD8E6},
    {"lightcoral", 0xF08080}, {"lightcyan", 0xE0FFFF}, {"lightgoldenrodyellow", 0xFAFAD2},
    {"lightgray", 0xD3D3D3}, {"lightgreen", 0x90EE90}, {"lightgrey", 0xD3D3D3},
    {"lightpink", 0xFFB6C1}, {"lightsalmon", 0xFFA07A}, {"lightseagreen", 0x20B2AA},
    {"lightskyblue", 0x87CEFA}, {"lightslategray", 0x778899}, {"lightslategrey", 0x778899},
    {"lightsteelblue", 0xB0C4DE}, {"lightyellow", 0xFFFFE0}, {"lime", 0x00FF00},
    {"limegreen", 0x32CD32}, {"linen", 0xFAF0E6}, {"magenta", 0xFF00FF}, {"maroon", 0x800000},
    {"mediumaquamarine", 0x66CDAA}, {"mediumblue", 0x0000CD}, {"mediumorchid", 0xBA55D3},
    {"mediumpurple", 0x9370DB}, {"mediumseagreen", 0x3CB371}, {"mediumslateblue", 0x7B68EE},
    {"mediumspringgreen", 0x00FA9A}, {"mediumturquoise", 0x48D1CC}, {"mediumvioletred", 0xC71585},
    {"midnightblue", 0x191970}, {"mintcream", 0xF5FFFA}, {"mistyrose", 0xFFE4E1},
    {"moccasin", 0xFFE4B5}, {"navajowhite", 0xFFDEAD}, {"navy", 0x000080}, {"oldlace", 0xFDF5E6},
    {"olive", 0x808000}, {"olivedrab", 0x6B8E23}, {"orange", 0xFFA500}, {"orangered", 0xFF4500},
    {"orchid", 0xDA70D6}, {"palegoldenrod", 0xEEE8AA}, {"palegreen", 0x98FB98},
    {"paleturquoise", 0xAFEEEE}, {"palevioletred", 0xDB7093}, {"papayawhip", 0xFFEFD5},
    {"peachpuff", 0xFFDAB9}, {"peru", 0xCD853F}, {"pink", 0xFFC0CB}, {"plum", 0xDDA0DD},
    {"powderblue", 0xB0E0E6}, {"purple", 0x800080}, {"red", 0xFF0000}, {"rosybrown", 0xBC8F8F},
    {"royalblue", 0x4169E1}, {"saddlebrown", 0x8B4513}, {"salmon", 0xFA8072},
    {"sandybrown", 0xF4A460}, {"seagreen", 0x2E8B57}, {"seashell", 0xFFF5EE}, {"sienna", 0xA0522D},
    {"silver", 0xC0C0C0}, {"skyblue", 0x87CEEB}, {"slateblue", 0x6A5ACD}, {"slategray", 0x708090},
    {"slategrey", 0x708090}, {"snow", 0xFFFAFA}, {"springgreen", 0x00FF7F},
    {"steelblue", 0x4682B4}, {"tan", 0xD2B48C}, {"teal", 0x008080}, {"thistle", 0xD8BFD8},
    {"tomato", 0xFF6347}, {"turquoise", 0x40E0D0}, {"violet", 0xEE82EE}, {"wheat", 0xF5DEB3},
    {"white", 0xFFFFFF}, {"whitesmoke", 0xF5F5F5}, {"yellow", 0xFFFF00}, {"yellowgreen", 0x9ACD32},
    /* clang-format on */
};

static gboolean name_to_rgb(const char *name, guint32 *out_rgb) {
    gsize low = 0, high = G_N_ELEMENTS(colour_names);
    while (low < high) {
        gsize middle = (low + high) / 2;
        int order = g_ascii_strcasecmp(name, colour_names[middle].name);
        if (order == 0) {
            *out_rgb = colour_names[middle].rgb;
            return TRUE;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return FALSE;
}

static gboolean hex_to_rgb(const char *text, guint32 *out_rgb) {
    gsize length = strspn(text, "0123456789abcdefABCDEF");
    if ((length != 3 && length != 6) || text[length] != '\0')
        return FALSE;
    guint32 rgb = 0;
    for (gsize i = 0; i < length; i++) {
        guint32 digit = (guint32)g_ascii_xdigit_value(text[i]);
        rgb = length == 3 ? rgb << 8 | digit * 0x11 : rgb << 4 | digit;
    }
    *out_rgb = rgb;
    return TRUE;
}

static gboolean is_blank(const char *text) {
    return text[strspn(text, " \t\r\n\f")] == '\0';
}

/* "12, 34, 56)" or "12 34 56 / 0.5)", numbers of 255 or percentages. */
static gboolean function_to_rgb(const char *at, guint32 *out_rgb, double *out_alpha) {
    double v[4] = {0, 0, 0, 1};
    guint n = 0;
    while (n < 4 && sats_svg_scan_number(&at, &v[n])) {
        if (*at == '%') {
            v[n] *= n < 3 ? 2.55 : 0.01;
            at++;
        }
        at += strspn(at, n == 2 ? " \t\r\n\f/" : "");
        n++;
    }
    at += strspn(at, " \t\r\n\f");
    if (n < 3 || *at != ')' || !is_blank(at + 1))
        return FALSE;
    guint32 rgb = 0;
    for (guint i = 0; i < 3; i++)
        rgb = rgb << 8 | (guint32)lround(CLAMP(v[i], 0, 255));
    *out_rgb = rgb;
    *out_alpha = CLAMP(v[3], 0, 1);
    return TRUE;
}

gboolean sats_svg_colour_parse(const char *text, guint32 *out_rgb, double *out_alpha) {
    g_autofree char *colour = g_strstrip(g_strdup(text));
    double alpha = 1;
    gboolean done;
    if (colour[0] == '#')
        done = hex_to_rgb(colour + 1, out_rgb);
    else if (g_ascii_strncasecmp(colour, "rgb(", 4) == 0)
        done = function_to_rgb(colour + 4, out_rgb, &alpha);
    else if (g_ascii_strncasecmp(colour, "rgba(", 5) == 0)
        done = function_to_rgb(colour + 5, out_rgb, &alpha);
    else
        done = name_to_rgb(colour, out_rgb);
    if (done)
        *out_alpha = alpha;
    return done;
}

gboolean sats_svg_length_parse(const char *text, double percent_of, double *out_px) {
    static const struct {
        const char *unit;
        double px;
    } units[] = {{"", 1},           {"px", 1},         {"pt", 96.0 / 72}, {"pc", 16},
                 {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}};
    const char *at = text;
    double value;
    if (strchr(text, ',') != NULL || !sats_svg_scan_number(&at, &value))
        return FALSE;
    g_autofree char *unit = g_strstrip(g_strdup(at));
    if (strcmp(unit, "%") == 0) {
        *out_px = value / 100 * percent_of;
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        if (g_ascii_strcasecmp(unit, units[i].unit) == 0) {
            *out_px = value * units[i].px;
            return TRUE;
        }
    }
    return FALSE;
}

/* ---- properties ---- */

static gboolean set_paint(SatsSvgPaint *paint, const char *value) {
    if (strcmp(value, "none") == 0 || strcmp(value, "transparent") == 0)
        *paint = (SatsSvgPaint){.kind = SATS_SVG_NO_PAINT};
    else if (g_ascii_strcasecmp(value, "currentColor") == 0)
        *paint = (SatsSvgPaint){.kind = SATS_SVG_CURRENT_COLOUR, .alpha = 1};
    else if (sats_svg_colour_parse(value, &paint->rgb, &paint->alpha))
        paint->kind = SATS_SVG_COLOUR;
    else
        return FALSE;
    return TRUE;
}

static gboolean set_opacity(double *opacity, const char *value) {
    double number;
    if (!sats_svg_length_parse(value, 1, &number))
        return FALSE;
    *opacity = CLAMP(number, 0, 1);
    return TRUE;
}

/* The device takes four; one stands for itself twice, three would be six. */
static gboolean set_dashes(SatsSvgStyle *style, const char *value) {
    style->n_dashes = 0;
    if (strcmp(value, "none") == 0)
        return TRUE;
    g_auto(GStrv) parts = g_strsplit_set(value, ", \t\r\n", -1);
    double sum = 0;
    for (guint i = 0; parts[i] != NULL; i++) {
        if (parts[i][0] == '\0')
            continue;
        double dash;
        if (style->n_dashes == 4 || !sats_svg_length_parse(parts[i], NAN, &dash) || !(dash >= 0))
            return FALSE;
        style->dashes[style->n_dashes++] = dash;
        sum += dash;
    }
    if (style->n_dashes == 3)
        return FALSE;
    if (!(sum > 0))
        style->n_dashes = 0;
    return TRUE;
}

/* The position of `value` in a NULL-terminated list of keywords, into *out. */
static gboolean set_keyword(guint *out, const char *value, const char *const *keywords) {
    for (guint i = 0; keywords[i] != NULL; i++) {
        if (strcmp(value, keywords[i]) == 0) {
            *out = i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean set_line_property(SatsSvgStyle *style, const char *name, const char *value,
                                  gboolean *out_known) {
    static const char *const caps[] = {"butt", "round", "square", NULL};
    static const char *const joins[] = {"miter", "round", "bevel", NULL};
    guint keyword = 0;
    double number;
    *out_known = TRUE;
    if (strcmp(name, "stroke-width") == 0) {
        if (!sats_svg_length_parse(value, NAN, &number) || !(number >= 0))
            return FALSE;
        style->stroke_width = number;
        return TRUE;
    }
    if (strcmp(name, "stroke-linecap") == 0) {
        gboolean done = set_keyword(&keyword, value, caps);
        style->cap = (SatsSvgCap)keyword;
        return done;
    }
    if (strcmp(name, "stroke-linejoin") == 0) {
        gboolean done = set_keyword(&keyword, value, joins);
        style->join = (SatsSvgJoin)keyword;
        return done;
    }
    if (strcmp(name, "stroke-dasharray") == 0)
        return set_dashes(style, value);
    if (strcmp(name, "stroke-dashoffset") == 0)
        return sats_svg_length_parse(value, 1, &number) && fabs(number) < 1e-9;
    *out_known = FALSE;
    return TRUE;
}

/* Properties that change the picture but have no counterpart: only these values are let through. */
static gboolean value_is_harmless(const char *name, const char *value) {
    static const struct {
        const char *name, *harmless;
    } properties[] = {
        {"clip-path", "none"},     {"filter", "none"},
        {"mask", "none"},          {"marker", "none"},
        {"marker-start", "none"},  {"marker-mid", "none"},
        {"marker-end", "none"},    {"mix-blend-mode", "normal"},
        {"vector-effect", "none"}, {"paint-order", "normal"},
        {"clip", "auto"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(properties); i++)
        if (strcmp(name, properties[i].name) == 0)
            return strcmp(value, properties[i].harmless) == 0;
    return TRUE;
}

static gboolean set_property(SatsSvgStyle *style, const char *name, const char *value) {
    static const char *const rules[] = {"nonzero", "evenodd", NULL};
    if (strcmp(value, "inherit") == 0) /* `style` began as the parent's */
        return strcmp(name, "opacity") != 0;
    if (strcmp(name, "fill") == 0)
        return set_paint(&style->fill, value);
    if (strcmp(name, "stroke") == 0)
        return set_paint(&style->stroke, value);
    if (strcmp(name, "color") == 0) {
        double alpha;
        return g_ascii_strcasecmp(value, "currentColor") == 0 ||
               sats_svg_colour_parse(value, &style->colour, &alpha);
    }
    if (strcmp(name, "fill-opacity") == 0)
        return set_opacity(&style->fill_opacity, value);
    if (strcmp(name, "stroke-opacity") == 0)
        return set_opacity(&style->stroke_opacity, value);
    if (strcmp(name, "opacity") == 0)
        return set_opacity(&style->opacity, value);
    if (strcmp(name, "fill-rule") == 0) {
        guint rule = 0;
        gboolean done = set_keyword(&rule, value, rules);
        style->even_odd = rule == 1;
        return done;
    }
    if (strcmp(name, "visibility") == 0) {
        style->hidden = strcmp(value, "visible") != 0;
        return TRUE;
    }
    if (strcmp(name, "display") == 0) {
        style->not_displayed = strcmp(value, "none") == 0;
        return TRUE;
    }
    gboolean known;
    gboolean done = set_line_property(style, name, value, &known);
    return known ? done : value_is_harmless(name, value);
}

/* "name: value; name: value". */
static gboolean refuse(const char *name, const char *value, GError **error) {
    sats_error_set(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_UNSUPPORTED,
                   "%s '%.*s' cannot be drawn", "%s '%.*s' går inte att rita", name,
                   sats_utf8_cut(value, 60), value);
    return FALSE;
}

static gboolean set_declarations(SatsSvgStyle *style, const char *text, GError **error) {
    g_auto(GStrv) declarations = g_strsplit(text, ";", -1);
    for (guint i = 0; declarations[i] != NULL; i++) {
        char *declaration = g_strstrip(declarations[i]);
        if (declaration[0] == '\0')
            continue;
        char *colon = strchr(declaration, ':');
        if (colon == NULL) {
            sats_error_set(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_UNSUPPORTED,
                           "malformed style '%.*s'", "felskriven stil '%.*s'",
                           sats_utf8_cut(declaration, 60), declaration);
            return FALSE;
        }
        *colon = '\0';
        const char *name = g_strstrip(declaration);
        const char *value = g_strstrip(colon + 1);
        gboolean is_transform = strcmp(name, "transform") == 0 && strcmp(value, "none") != 0;
        if (is_transform || !set_property(style, name, value))
            return refuse(name, value, error);
    }
    return TRUE;
}

/* ---- style sheets ---- */

/* One selector of a rule. kind: '*', 'e' element, '.' class, '#' id. */
typedef struct {
    char kind;
    char *name;
    char *declarations;
} Rule;

struct SatsSvgSheet {
    GArray *rules;
};

static void clear_rule(gpointer data) {
    Rule *rule = data;
    g_free(rule->name);
    g_free(rule->declarations);
}

SatsSvgSheet *sats_svg_sheet_new(void) {
    SatsSvgSheet *sheet = g_new(SatsSvgSheet, 1);
    sheet->rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    g_array_set_clear_func(sheet->rules, clear_rule);
    return sheet;
}

void sats_svg_sheet_free(SatsSvgSheet *sheet) {
    if (sheet == NULL)
        return;
    g_array_unref(sheet->rules);
    g_free(sheet);
}

static char *without_comments(const char *text) {
    GString *result = g_string_new(NULL);
    for (;;) {
        const char *open = strstr(text, "/*");
        if (open == NULL) {
            g_string_append(result, text);
            break;
        }
        g_string_append_len(result, text, open - text);
        const char *end = strstr(open + 2, "*/");
        if (end == NULL)
            break;
        text = end + 2;
    }
    return g_string_free(result, FALSE);
}

static gboolean add_rules(SatsSvgSheet *sheet, const char *selectors, const char *declarations,
                          GError **error) {
    g_auto(GStrv) parts = g_strsplit(selectors, ",", -1);
    for (guint i = 0; parts[i] != NULL; i++) {
        const char *selector = g_strstrip(parts[i]);
        char kind = selector[0];
        gboolean marked = kind == '.' || kind == '#';
        const char *name = marked ? selector + 1 : selector;
        gboolean universal = strcmp(selector, "*") == 0;
        if (sheet->rules->len >= MAX_RULES) {
            sats_error_set(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_UNSUPPORTED,
                           "more than %u style sheet rules", "mer än %u stilregler", MAX_RULES);
            return FALSE;
        }
        if (!universal && (name[0] == '\0' || strpbrk(name, " \t\r\n.#:>+~[]*@()") != NULL)) {
            sats_error_set(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_UNSUPPORTED,
                           "style sheet selector '%.*s' is not understood",
                           "stilmallens väljare '%.*s' går inte att tyda",
                           sats_utf8_cut(selector, 60), selector);
            return FALSE;
        }
        Rule rule = {.kind = universal ? '*'
                             : marked  ? kind
                                       : 'e',
                     .name = g_strdup(name),
                     .declarations = g_strdup(declarations)};
        g_array_append_val(sheet->rules, rule);
    }
    return TRUE;
}

gboolean sats_svg_sheet_parse(SatsSvgSheet *sheet, const char *text, GError **error) {
    g_autofree char *css = without_comments(text);
    char *at = css;
    while (!is_blank(at)) {
        char *open = strchr(at, '{');
        char *close = open != NULL ? strchr(open, '}') : NULL;
        if (close == NULL) {
            sats_error_set(error, SATS_IMAGE_ERROR, SATS_IMAGE_ERROR_UNSUPPORTED,
                           "malformed style sheet", "felskriven stilmall");
            return FALSE;
        }
        *open = *close = '\0';
        if (!add_rules(sheet, at, open + 1, error))
            return FALSE;
        at = close + 1;
    }
    return TRUE;
}

static const char *attribute(const char *const *attributes, const char *name) {
    for (guint i = 0; attributes[i] != NULL; i += 2)
        if (strcmp(attributes[i], name) == 0)
            return attributes[i + 1];
    return NULL;
}

static gboolean has_word(const char *words, const char *word) {
    gsize length = strlen(word);
    for (const char *at = words; at != NULL && *at != '\0';) {
        at += strspn(at, " \t\r\n");
        gsize here = strcspn(at, " \t\r\n");
        if (here == length && strncmp(at, word, length) == 0)
            return TRUE;
        at += here;
    }
    return FALSE;
}

static gboolean rule_matches(const Rule *rule, const char *element, const char *classes,
                             const char *id) {
    switch (rule->kind) {
    case '*':
        return TRUE;
    case 'e':
        return strcmp(rule->name, element) == 0;
    case '.':
        return has_word(classes, rule->name);
    default:
        return id != NULL && strcmp(rule->name, id) == 0;
    }
}

/* Less specific kinds first, then in the order written. */
static gboolean set_from_sheet(SatsSvgStyle *style, const SatsSvgSheet *sheet, const char *element,
                               const char *const *attributes, GError **error) {
    const char *classes = attribute(attributes, "class");
    const char *id = attribute(attributes, "id");
    for (const char *kind = "*e.#"; *kind != '\0'; kind++) {
        for (guint i = 0; i < sheet->rules->len; i++) {
            const Rule *rule = &g_array_index(sheet->rules, Rule, i);
            if (rule->kind == *kind && rule_matches(rule, element, classes, id) &&
                !set_declarations(style, rule->declarations, error))
                return FALSE;
        }
    }
    return TRUE;
}

gboolean sats_svg_style_element(SatsSvgStyle *style, const char *element,
                                const char *const *attributes, const SatsSvgSheet *sheet,
                                GError **error) {
    double outer_opacity = style->opacity;
    style->opacity = 1;
    style->not_displayed = FALSE;
    for (guint i = 0; attributes[i] != NULL; i += 2) {
        g_autofree char *value = g_strstrip(g_strdup(attributes[i + 1]));
        if (!set_property(style, attributes[i], value))
            return refuse(attributes[i], value, error);
    }
    if (!set_from_sheet(style, sheet, element, attributes, error))
        return FALSE;
    const char *own = attribute(attributes, "style");
    if (own != NULL && !set_declarations(style, own, error))
        return FALSE;
    style->opacity *= outer_opacity;
    return TRUE;
}
