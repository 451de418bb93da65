/* Walks an SVG tree and draws its shapes into a flat list of paths (svg-shape.c).
 *
 * The walk carries a state down the tree: the matrix from the element's coordinates to points from
 * the picture's top left, the inherited style, and the size of the viewport that percentages refer
 * to. References (use) are followed on the spot, so what is painted holds no structure any more.
 */
#include "paint/svg.h"

#include "base/error.h"
#include "base/utf8.h"

#include "paint/image.h"
#include "paint/svg-shape.h"
#include "paint/svg-tree.h"

#include <math.h>
#include <string.h>

#define MAX_NESTED 256u /* elements deep, followed references included */
#define PT_PER_PX  0.75

typedef struct {
    SatsSvgTree tree;
    SatsSvgCanvas canvas;
    guint n_visited;
    GError **error;
} Reader;

typedef struct {
    SatsSvgMatrix matrix;
    SatsSvgStyle style;
    double viewport_width, viewport_height;
} State;

static gboolean fail(Reader *reader, const SatsSvgNode *node, SatsImageError code,
                     const char *format_en, const char *format_sv, ...) G_GNUC_PRINTF(4, 6)
    G_GNUC_PRINTF(5, 6);
static gboolean visit(Reader *reader, const SatsSvgNode *node, const State *outer, guint depth);

/* Says where the error arose. */
static gboolean fail_at(Reader *reader, const SatsSvgNode *node) {
    sats_error_prefix(reader->error, "line %d: <%.*s>: ", "rad %d: <%.*s>: ", node->line,
                      sats_utf8_cut(node->name, 60), node->name);
    return FALSE;
}

static gboolean fail(Reader *reader, const SatsSvgNode *node, SatsImageError code,
                     const char *format_en, const char *format_sv, ...) {
    va_list arguments;
    va_start(arguments, format_sv);
    g_autofree char *english = g_strdup_vprintf(format_en, arguments);
    va_end(arguments);
    va_start(arguments, format_sv);
    g_autofree char *swedish = g_strdup_vprintf(format_sv, arguments);
    va_end(arguments);
    sats_error_set(reader->error, SATS_IMAGE_ERROR, (gint)code, "%s%.0s", "%.0s%s", english,
                   swedish);
    return fail_at(reader, node);
}

/* ---- attributes ---- */

/* A length in user units; *out stays as it is when the attribute is missing or "auto". */
static gboolean read_length(Reader *reader, const SatsSvgNode *node, const char *name,
                            double percent_of, double *out) {
    const char *text = sats_svg_attribute(node, name);
    if (text == NULL || strcmp(text, "auto") == 0)
        return TRUE;
    if (!sats_svg_length_parse(text, percent_of, out))
        return fail(reader, node, SATS_IMAGE_ERROR_UNSUPPORTED, "%s '%.*s' is not understood",
                    "%s '%.*s' går inte att tyda", name, sats_utf8_cut(text, 60), text);
    return TRUE;
}

typedef struct {
    const char *name;
    char axis; /* what "%" refers to: x width, y height, else the diagonal */
    double value;
} Length;

static gboolean read_lengths(Reader *reader, const SatsSvgNode *node, const State *state,
                             Length *lengths, guint n) {
    double width = state->viewport_width, height = state->viewport_height;
    for (guint i = 0; i < n; i++) {
        char axis = lengths[i].axis;
        double percent_of = axis == 'x'   ? width
                            : axis == 'y' ? height
                                          : sqrt((width * width + height * height) / 2);
        if (!read_length(reader, node, lengths[i].name, percent_of, &lengths[i].value))
            return FALSE;
    }
    return TRUE;
}

/* *out_present FALSE when there is no viewBox. */
static gboolean read_view_box(Reader *reader, const SatsSvgNode *node, double box[4],
                              gboolean *out_present) {
    const char *text = sats_svg_attribute(node, "viewBox");
    *out_present = text != NULL;
    if (text == NULL)
        return TRUE;
    const char *at = text;
    for (guint i = 0; i < 4; i++)
        if (!sats_svg_scan_number(&at, &box[i]))
            return fail(reader, node, SATS_IMAGE_ERROR_BROKEN, "malformed viewBox",
                        "felskriven viewBox");
    if (box[2] <= 0 || box[3] <= 0)
        return fail(reader, node, SATS_IMAGE_ERROR_UNSUPPORTED, "empty viewBox", "tom viewBox");
    return TRUE;
}

/* Where the viewBox stands in a viewport of width × height, by preserveAspectRatio. */
static gboolean fit_view_box(Reader *reader, const SatsSvgNode *node, const double box[4],
                             double width, double height, SatsSvgMatrix *out) {
    const char *text = sats_svg_attribute(node, "preserveAspectRatio");
    double sx = width / box[2], sy = height / box[3];
    double align_x = 0.5, align_y = 0.5;
    if (text != NULL && strstr(text, "slice") != NULL)
        return fail(reader, node, SATS_IMAGE_ERROR_UNSUPPORTED,
                    "preserveAspectRatio '%.*s' cannot be drawn",
                    "preserveAspectRatio '%.*s' går inte att rita", sats_utf8_cut(text, 60), text);
    if (text == NULL || strncmp(text, "none", 4) != 0) {
        sx = sy = MIN(sx, sy);
        if (text != NULL)
            align_x = strstr(text, "xMin") ? 0 : strstr(text, "xMax") ? 1 : 0.5;
        if (text != NULL)
            align_y = strstr(text, "YMin") ? 0 : strstr(text, "YMax") ? 1 : 0.5;
    }
    *out = (SatsSvgMatrix){.xx = sx,
                           .yy = sy,
                           .x0 = (width - box[2] * sx) * align_x - box[0] * sx,
                           .y0 = (height - box[3] * sy) * align_y - box[1] * sy};
    return TRUE;
}

/* ---- shapes ---- */

static gboolean emit(Reader *reader, const SatsSvgNode *node, const State *state) {
    return sats_svg_canvas_emit(&reader->canvas, &state->style, &state->matrix, reader->error) ||
           fail_at(reader, node);
}

static gboolean draw_path(Reader *reader, const SatsSvgNode *node, const State *state) {
    const char *data = sats_svg_attribute(node, "d");
    if (data != NULL && !sats_svg_path_parse(data, reader->canvas.steps))
        return fail(reader, node, SATS_IMAGE_ERROR_BROKEN, "malformed path data",
                    "felskriven linje (d)");
    return emit(reader, node, state);
}

static gboolean draw_poly(Reader *reader, const SatsSvgNode *node, const State *state) {
    const char *points = sats_svg_attribute(node, "points");
    gboolean close = strcmp(node->name, "polygon") == 0;
    if (points != NULL && !sats_svg_points_parse(points, close, reader->canvas.steps))
        return fail(reader, node, SATS_IMAGE_ERROR_BROKEN, "malformed points",
                    "felskrivna punkter (points)");
    return emit(reader, node, state);
}

static gboolean draw_rect(Reader *reader, const SatsSvgNode *node, const State *state) {
    Length v[] = {{"x", 'x', 0},      {"y", 'y', 0},    {"width", 'x', 0},
                  {"height", 'y', 0}, {"rx", 'x', NAN}, {"ry", 'y', NAN}};
    if (!read_lengths(reader, node, state, v, G_N_ELEMENTS(v)))
        return FALSE;
    double rx = v[4].value, ry = v[5].value;
    rx = isnan(rx) ? (isnan(ry) ? 0 : ry) : rx;
    ry = isnan(ry) ? rx : ry;
    if (v[2].value <= 0 || v[3].value <= 0)
        return TRUE;
    sats_svg_add_rect(reader->canvas.steps, v[0].value, v[1].value, v[2].value, v[3].value, rx, ry);
    return emit(reader, node, state);
}

static gboolean draw_ellipse(Reader *reader, const SatsSvgNode *node, const State *state) {
    Length v[] = {
        {"cx", 'x', 0}, {"cy", 'y', 0}, {"rx", 'x', NAN}, {"ry", 'y', NAN}, {"r", 'd', 0}};
    if (!read_lengths(reader, node, state, v, G_N_ELEMENTS(v)))
        return FALSE;
    gboolean circle = strcmp(node->name, "circle") == 0;
    double rx = v[2].value, ry = v[3].value;
    rx = circle ? v[4].value : isnan(rx) ? (isnan(ry) ? 0 : ry) : rx;
    ry = circle ? v[4].value : isnan(ry) ? rx : ry;
    if (rx <= 0 || ry <= 0)
        return TRUE;
    sats_svg_add_ellipse(reader->canvas.steps, v[0].value, v[1].value, rx, ry);
    return emit(reader, node, state);
}

static gboolean draw_line(Reader *reader, const SatsSvgNode *node, const State *state) {
    Length v[] = {{"x1", 'x', 0}, {"y1", 'y', 0}, {"x2", 'x', 0}, {"y2", 'y', 0}};
    if (!read_lengths(reader, node, state, v, G_N_ELEMENTS(v)))
        return FALSE;
    State stroked = *state;
    stroked.style.fill.kind = SATS_SVG_NO_PAINT;
    sats_svg_add_line(reader->canvas.steps, v[0].value, v[1].value, v[2].value, v[3].value);
    return emit(reader, node, &stroked);
}

/* ---- the walk ---- */

static gboolean visit_children(Reader *reader, const SatsSvgNode *node, const State *state,
                               guint depth) {
    for (const SatsSvgNode *child = node->first_child; child != NULL; child = child->next)
        if (!visit(reader, child, state, depth + 1))
            return FALSE;
    return TRUE;
}

/* A nested svg, or a symbol that use shows: a viewport of its own at x, y. */
static gboolean visit_viewport(Reader *reader, const SatsSvgNode *node, const State *state,
                               const Length at[4], guint depth) {
    State inner = *state;
    double box[4];
    gboolean has_box;
    double width = at[2].value, height = at[3].value;
    if (width <= 0 || height <= 0)
        return TRUE;
    if (!read_view_box(reader, node, box, &has_box))
        return FALSE;
    SatsSvgMatrix fit = {1, 0, 0, 1, 0, 0};
    if (has_box && !fit_view_box(reader, node, box, width, height, &fit))
        return FALSE;
    fit.x0 += at[0].value;
    fit.y0 += at[1].value;
    inner.matrix = sats_svg_matrix_multiply(&fit, &state->matrix);
    inner.viewport_width = has_box ? box[2] : width;
    inner.viewport_height = has_box ? box[3] : height;
    return visit_children(reader, node, &inner, depth);
}

static gboolean visit_svg(Reader *reader, const SatsSvgNode *node, const State *state,
                          guint depth) {
    Length at[] = {{"x", 'x', 0},
                   {"y", 'y', 0},
                   {"width", 'x', state->viewport_width},
                   {"height", 'y', state->viewport_height}};
    return read_lengths(reader, node, state, at, G_N_ELEMENTS(at)) &&
           visit_viewport(reader, node, state, at, depth);
}

static gboolean visit_symbol(Reader *reader, const SatsSvgNode *use, const SatsSvgNode *symbol,
                             const State *state, guint depth) {
    Length at[] = {{"x", 'x', 0},
                   {"y", 'y', 0},
                   {"width", 'x', state->viewport_width},
                   {"height", 'y', state->viewport_height}};
    /* The use's own size wins over the symbol's; its x and y have been applied. */
    if (!read_lengths(reader, symbol, state, at, G_N_ELEMENTS(at)) ||
        !read_lengths(reader, use, state, at + 2, 2))
        return FALSE;
    State inner = *state;
    if (!sats_svg_style_element(&inner.style, symbol->name, symbol->attributes, reader->tree.sheet,
                                reader->error))
        return fail_at(reader, symbol);
    return inner.style.not_displayed || visit_viewport(reader, symbol, &inner, at, depth);
}

static gboolean visit_use(Reader *reader, const SatsSvgNode *node, const State *state,
                          guint depth) {
    const char *href = sats_svg_attribute(node, "href");
    if (href == NULL)
        href = sats_svg_attribute(node, "xlink:href");
    const SatsSvgNode *target = NULL;
    if (href != NULL && href[0] == '#')
        target = g_hash_table_lookup(reader->tree.ids, href + 1);
    if (target == NULL)
        return fail(reader, node, SATS_IMAGE_ERROR_UNSUPPORTED, "there is no element '%.*s'",
                    "det finns inget element '%.*s'", href != NULL ? sats_utf8_cut(href, 60) : 0,
                    href != NULL ? href : "");
    for (const SatsSvgNode *above = node; above != NULL; above = above->parent)
        if (above == target)
            return fail(reader, node, SATS_IMAGE_ERROR_BROKEN, "refers to itself",
                        "hänvisar till sig självt");
    Length at[] = {{"x", 'x', 0}, {"y", 'y', 0}};
    if (!read_lengths(reader, node, state, at, G_N_ELEMENTS(at)))
        return FALSE;
    State inner = *state;
    SatsSvgMatrix move = {1, 0, 0, 1, at[0].value, at[1].value};
    inner.matrix = sats_svg_matrix_multiply(&move, &state->matrix);
    if (strcmp(target->name, "symbol") == 0)
        return visit_symbol(reader, node, target, &inner, depth + 1);
    return visit(reader, target, &inner, depth + 1);
}

static const struct {
    const char *name;
    gboolean (*draw)(Reader *, const SatsSvgNode *, const State *);
    gboolean (*walk)(Reader *, const SatsSvgNode *, const State *, guint depth);
} elements[] = {
    {"path", draw_path, NULL},
    {"g", NULL, visit_children},
    {"rect", draw_rect, NULL},
    {"circle", draw_ellipse, NULL},
    {"ellipse", draw_ellipse, NULL},
    {"line", draw_line, NULL},
    {"polyline", draw_poly, NULL},
    {"polygon", draw_poly, NULL},
    {"use", NULL, visit_use},
    {"svg", NULL, visit_svg},
    {"a", NULL, visit_children},
    /* Never drawn where they stand. A gradient or mask that is used is told at its user. */
    {"defs", NULL, NULL},
    {"symbol", NULL, NULL},
    {"title", NULL, NULL},
    {"desc", NULL, NULL},
    {"metadata", NULL, NULL},
    {"style", NULL, NULL},
    {"linearGradient", NULL, NULL},
    {"radialGradient", NULL, NULL},
    {"pattern", NULL, NULL},
    {"clipPath", NULL, NULL},
    {"mask", NULL, NULL},
    {"filter", NULL, NULL},
    {"marker", NULL, NULL},
};

/* The element's own style and transform on top of what it inherits. */
static gboolean enter(Reader *reader, const SatsSvgNode *node, State *state) {
    if (!sats_svg_style_element(&state->style, node->name, node->attributes, reader->tree.sheet,
                                reader->error))
        return fail_at(reader, node);
    const char *transform = sats_svg_attribute(node, "transform");
    SatsSvgMatrix own;
    if (transform == NULL)
        return TRUE;
    if (sats_svg_attribute(node, "transform-origin") != NULL)
        return fail(reader, node, SATS_IMAGE_ERROR_UNSUPPORTED, "transform-origin cannot be drawn",
                    "transform-origin går inte att rita");
    if (!sats_svg_transform_parse(transform, &own))
        return fail(reader, node, SATS_IMAGE_ERROR_BROKEN, "malformed transform",
                    "felskriven transform");
    state->matrix = sats_svg_matrix_multiply(&own, &state->matrix);
    return TRUE;
}

static gboolean visit(Reader *reader, const SatsSvgNode *node, const State *outer, guint depth) {
    guint kind = 0;
    while (kind < G_N_ELEMENTS(elements) && strcmp(elements[kind].name, node->name) != 0)
        kind++;
    if (kind == G_N_ELEMENTS(elements))
        return fail(reader, node, SATS_IMAGE_ERROR_UNSUPPORTED,
                    "this element cannot be drawn; turn it into paths",
                    "elementet går inte att rita; gör om det till banor");
    if (elements[kind].draw == NULL && elements[kind].walk == NULL)
        return TRUE;
    if (depth > MAX_NESTED)
        return fail(reader, node, SATS_IMAGE_ERROR_LIMIT,
                    "elements refer to each other in a circle or nest too deep",
                    "element hänvisar till varandra runt, eller ligger för djupt i varandra");
    if (++reader->n_visited > SATS_SVG_MAX_ELEMENTS)
        return fail(reader, node, SATS_IMAGE_ERROR_LIMIT, "more than %u elements are drawn",
                    "mer än %u element ritas", SATS_SVG_MAX_ELEMENTS);
    State state = *outer;
    if (!enter(reader, node, &state))
        return FALSE;
    if (state.style.not_displayed)
        return TRUE;
    if (elements[kind].walk != NULL)
        return elements[kind].walk(reader, node, &state, depth);
    g_array_set_size(reader->canvas.steps, 0);
    return elements[kind].draw(reader, node, &state);
}

/* ---- the picture ---- */

/* Its size in pixels: width and height, what is missing by the viewBox. */
static gboolean read_size(Reader *reader, const SatsSvgNode *root, const double box[4],
                          gboolean has_box, double *out_width, double *out_height) {
    double width = NAN, height = NAN;
    if (!read_length(reader, root, "width", NAN, &width) ||
        !read_length(reader, root, "height", NAN, &height))
        return FALSE;
    if (has_box && isnan(width))
        width = isnan(height) ? box[2] : height * box[2] / box[3];
    if (has_box && isnan(height))
        height = width * box[3] / box[2];
    if (isnan(width) || isnan(height))
        return fail(reader, root, SATS_IMAGE_ERROR_UNSUPPORTED,
                    "neither a viewBox nor width and height tell its size",
                    "varken viewBox eller width och height säger hur stor den är");
    if (!(width > 1e-3 && height > 1e-3 && width < 1e6 && height < 1e6))
        return fail(reader, root, SATS_IMAGE_ERROR_UNSUPPORTED, "its size is out of range",
                    "storleken är orimlig");
    *out_width = width;
    *out_height = height;
    return TRUE;
}

static gboolean draw_root(Reader *reader) {
    const SatsSvgNode *root = reader->tree.root;
    double box[4], width = 0, height = 0;
    gboolean has_box;
    if (!read_view_box(reader, root, box, &has_box) ||
        !read_size(reader, root, box, has_box, &width, &height))
        return FALSE;
    reader->canvas.width_pt = width * PT_PER_PX;
    reader->canvas.height_pt = height * PT_PER_PX;
    SatsSvgMatrix fit = {1, 0, 0, 1, 0, 0};
    if (has_box && !fit_view_box(reader, root, box, width, height, &fit))
        return FALSE;
    SatsSvgMatrix to_points = {PT_PER_PX, 0, 0, PT_PER_PX, 0, 0};
    State state = {.matrix = sats_svg_matrix_multiply(&fit, &to_points),
                   .style = sats_svg_initial_style,
                   .viewport_width = has_box ? box[2] : width,
                   .viewport_height = has_box ? box[3] : height};
    if (!enter(reader, root, &state))
        return FALSE;
    return state.style.not_displayed || visit_children(reader, root, &state, 0);
}

const SatsSvg *sats_svg_read(const guint8 *bytes, gsize size, SatsArena *arena,
                             double *out_width_pt, double *out_height_pt, GError **error) {
    g_autoptr(SatsArena) nodes = sats_arena_new();
    Reader reader = {.error = error};
    SatsSvg *svg = NULL;
    sats_svg_canvas_init(&reader.canvas, arena);
    if (sats_svg_tree_parse((const char *)bytes, size, nodes, &reader.tree, error) &&
        draw_root(&reader)) {
        svg = sats_svg_canvas_finish(&reader.canvas);
        *out_width_pt = reader.canvas.width_pt;
        *out_height_pt = reader.canvas.height_pt;
    }
    sats_svg_tree_clear(&reader.tree);
    sats_svg_canvas_clear(&reader.canvas);
    return svg;
}
