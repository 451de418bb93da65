/* Reads SVG path data, points and transforms, and draws the basic shapes as paths. */
#include "paint/svg-path.h"

#include "paint/device.h"

#include <math.h>
#include <string.h>

#define MAX_STEPS  1000000u
#define MAX_NUMBER 1e9
/* A quarter circle as one cubic. */
#define KAPPA 0.5522847498307936

/* ---- scanning ---- */

static const char *skip_space(const char *at) {
    while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r' || *at == '\f')
        at++;
    return at;
}

static const char *skip_separator(const char *at) {
    at = skip_space(at);
    return *at == ',' ? skip_space(at + 1) : at;
}

static const char *skip_digits(const char *at) {
    while (g_ascii_isdigit(*at))
        at++;
    return at;
}

/* Behind the number that begins at `at`, by SVG's grammar (no inf, nan, hexadecimal); NULL: none.
 */
static const char *number_end(const char *at) {
    if (*at == '+' || *at == '-')
        at++;
    const char *whole = at;
    at = skip_digits(at);
    gboolean digits = at > whole;
    if (*at == '.' && g_ascii_isdigit(at[1])) {
        digits = TRUE;
        at = skip_digits(at + 1);
    } else if (*at == '.' && digits) {
        at++;
    }
    if (!digits)
        return NULL;
    if (*at == 'e' || *at == 'E') {
        const char *exponent = at[1] == '+' || at[1] == '-' ? at + 2 : at + 1;
        if (g_ascii_isdigit(*exponent))
            at = skip_digits(exponent);
    }
    return at;
}

gboolean sats_svg_scan_number(const char **at, double *out) {
    const char *start = skip_separator(*at);
    const char *end = number_end(start);
    char buffer[64];
    if (end == NULL || (gsize)(end - start) >= sizeof buffer)
        return FALSE;
    memcpy(buffer, start, (gsize)(end - start));
    buffer[end - start] = '\0';
    double value = g_ascii_strtod(buffer, NULL);
    if (!isfinite(value) || fabs(value) > MAX_NUMBER)
        return FALSE;
    *out = value;
    *at = end;
    return TRUE;
}

static gboolean scan_numbers(const char **at, guint n, double *out) {
    for (guint i = 0; i < n; i++)
        if (!sats_svg_scan_number(at, &out[i]))
            return FALSE;
    return TRUE;
}

/* The flags of an arc are single digits that need no space behind them. */
static gboolean scan_flag(const char **at, double *out) {
    const char *start = skip_separator(*at);
    if (*start != '0' && *start != '1')
        return FALSE;
    *out = *start == '1' ? 1 : 0;
    *at = start + 1;
    return TRUE;
}

/* ---- steps ---- */

static void add_step(GArray *steps, guint8 op, double x, double y) {
    SatsSvgStep step = {.op = op, .x = {x}, .y = {y}};
    g_array_append_val(steps, step);
}

static void add_curve(GArray *steps, const double c[6]) {
    SatsSvgStep step = {.op = SATS_PATH_CURVE, .x = {c[0], c[2], c[4]}, .y = {c[1], c[3], c[5]}};
    g_array_append_val(steps, step);
}

void sats_svg_add_line(GArray *steps, double x1, double y1, double x2, double y2) {
    add_step(steps, SATS_PATH_MOVE, x1, y1);
    add_step(steps, SATS_PATH_LINE, x2, y2);
}

void sats_svg_add_ellipse(GArray *steps, double cx, double cy, double rx, double ry) {
    double kx = rx * KAPPA, ky = ry * KAPPA;
    add_step(steps, SATS_PATH_MOVE, cx + rx, cy);
    add_curve(steps, (double[]){cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry});
    add_curve(steps, (double[]){cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy});
    add_curve(steps, (double[]){cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry});
    add_curve(steps, (double[]){cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy});
    add_step(steps, SATS_PATH_CLOSE, 0, 0);
}

void sats_svg_add_rect(GArray *steps, double x, double y, double width, double height, double rx,
                       double ry) {
    double right = x + width, bottom = y + height;
    rx = MIN(rx, width / 2);
    ry = MIN(ry, height / 2);
    if (rx <= 0 || ry <= 0) {
        add_step(steps, SATS_PATH_MOVE, x, y);
        add_step(steps, SATS_PATH_LINE, right, y);
        add_step(steps, SATS_PATH_LINE, right, bottom);
        add_step(steps, SATS_PATH_LINE, x, bottom);
        add_step(steps, SATS_PATH_CLOSE, 0, 0);
        return;
    }
    double kx = rx * (1 - KAPPA), ky = ry * (1 - KAPPA);
    add_step(steps, SATS_PATH_MOVE, x + rx, y);
    add_step(steps, SATS_PATH_LINE, right - rx, y);
    add_curve(steps, (double[]){right - kx, y, right, y + ky, right, y + ry});
    add_step(steps, SATS_PATH_LINE, right, bottom - ry);
    add_curve(steps, (double[]){right, bottom - ky, right - kx, bottom, right - rx, bottom});
    add_step(steps, SATS_PATH_LINE, x + rx, bottom);
    add_curve(steps, (double[]){x + kx, bottom, x, bottom - ky, x, bottom - ry});
    add_step(steps, SATS_PATH_LINE, x, y + ry);
    add_curve(steps, (double[]){x, y + ky, x + kx, y, x + rx, y});
    add_step(steps, SATS_PATH_CLOSE, 0, 0);
}

/* ---- arcs (SVG 1.1, appendix F.6) ---- */

typedef struct {
    double rx, ry, cosine, sine; /* radii, and the ellipse's rotation */
    double cx, cy, start, sweep; /* centre, angles in radians */
} Arc;

/* Finds the centre; FALSE when the arc is a straight line. v: rx ry rotation large sweep x y. */
static gboolean arc_from_ends(double x0, double y0, const double v[7], Arc *arc) {
    double rx = fabs(v[0]), ry = fabs(v[1]);
    if (rx < 1e-12 || ry < 1e-12)
        return FALSE;
    double angle = v[2] * G_PI / 180;
    double cosine = cos(angle), sine = sin(angle);
    double dx = (x0 - v[5]) / 2, dy = (y0 - v[6]) / 2;
    double px = cosine * dx + sine * dy, py = -sine * dx + cosine * dy;
    double excess = px * px / (rx * rx) + py * py / (ry * ry);
    if (excess > 1) {
        rx *= sqrt(excess);
        ry *= sqrt(excess);
    }
    double a = rx * rx * py * py + ry * ry * px * px;
    if (a <= 0)
        return FALSE;
    double root = sqrt(MAX(0, (rx * rx * ry * ry - a) / a));
    if ((v[3] > 0) == (v[4] > 0))
        root = -root;
    double qx = root * rx * py / ry, qy = -root * ry * px / rx;
    double start = atan2((py - qy) / ry, (px - qx) / rx);
    double sweep = atan2((-py - qy) / ry, (-px - qx) / rx) - start;
    if (v[4] > 0 && sweep < 0)
        sweep += 2 * G_PI;
    else if (!(v[4] > 0) && sweep > 0)
        sweep -= 2 * G_PI;
    *arc = (Arc){rx,
                 ry,
                 cosine,
                 sine,
                 cosine * qx - sine * qy + (x0 + v[5]) / 2,
                 sine * qx + cosine * qy + (y0 + v[6]) / 2,
                 start,
                 sweep};
    return TRUE;
}

/* The point at `angle`, moved along the tangent by `along`. */
static void arc_point(const Arc *arc, double angle, double along, double *x, double *y) {
    double u = arc->rx * (cos(angle) - along * sin(angle));
    double v = arc->ry * (sin(angle) + along * cos(angle));
    *x = arc->cx + arc->cosine * u - arc->sine * v;
    *y = arc->cy + arc->sine * u + arc->cosine * v;
}

static void add_arc(GArray *steps, double x0, double y0, const double v[7]) {
    Arc arc;
    if (x0 == v[5] && y0 == v[6]) /* exactly no arc, as the standard has it */
        return;
    if (!arc_from_ends(x0, y0, v, &arc)) {
        add_step(steps, SATS_PATH_LINE, v[5], v[6]);
        return;
    }
    guint n = (guint)ceil(fabs(arc.sweep) / (G_PI / 2) - 1e-9);
    n = MAX(n, 1);
    double part = arc.sweep / n;
    double along = 4.0 / 3.0 * tan(part / 4);
    for (guint i = 0; i < n; i++) {
        double c[6];
        arc_point(&arc, arc.start + part * i, along, &c[0], &c[1]);
        arc_point(&arc, arc.start + part * (i + 1), -along, &c[2], &c[3]);
        arc_point(&arc, arc.start + part * (i + 1), 0, &c[4], &c[5]);
        if (i + 1 == n) {
            c[4] = v[5];
            c[5] = v[6];
        }
        add_curve(steps, c);
    }
}

/* ---- path data ---- */

typedef struct {
    GArray *steps;
    double x, y;                 /* current point */
    double start_x, start_y;     /* of the subpath */
    double control_x, control_y; /* last control point, for S and T */
    char last;                   /* last command, upper case */
} Pen;

static void pen_move_to(Pen *pen, guint8 op, double x, double y) {
    add_step(pen->steps, op, x, y);
    pen->x = x;
    pen->y = y;
    if (op == SATS_PATH_MOVE) {
        pen->start_x = x;
        pen->start_y = y;
    }
}

static void pen_curve_to(Pen *pen, const double c[6]) {
    add_curve(pen->steps, c);
    pen->control_x = c[2];
    pen->control_y = c[3];
    pen->x = c[4];
    pen->y = c[5];
}

static void pen_quadratic_to(Pen *pen, double qx, double qy, double x, double y) {
    double c[6] = {pen->x + 2.0 / 3.0 * (qx - pen->x),
                   pen->y + 2.0 / 3.0 * (qy - pen->y),
                   x + 2.0 / 3.0 * (qx - x),
                   y + 2.0 / 3.0 * (qy - y),
                   x,
                   y};
    pen_curve_to(pen, c);
    pen->control_x = qx;
    pen->control_y = qy;
}

/* The reflected control point, or the current point where the command before was of another kind.
 */
static void pen_reflect(const Pen *pen, const char *kinds, double *x, double *y) {
    gboolean smooth = pen->last != '\0' && strchr(kinds, pen->last) != NULL;
    *x = smooth ? 2 * pen->x - pen->control_x : pen->x;
    *y = smooth ? 2 * pen->y - pen->control_y : pen->y;
}

static guint argument_count(char command) {
    switch (command) {
    case 'M':
    case 'L':
    case 'T':
        return 2;
    case 'H':
    case 'V':
        return 1;
    case 'C':
        return 6;
    case 'S':
    case 'Q':
        return 4;
    case 'A':
        return 7;
    default:
        return 0;
    }
}

static gboolean scan_arguments(const char **at, char command, double v[7]) {
    if (command != 'A')
        return scan_numbers(at, argument_count(command), v);
    return scan_numbers(at, 3, v) && scan_flag(at, &v[3]) && scan_flag(at, &v[4]) &&
           scan_numbers(at, 2, v + 5);
}

static void make_absolute(const Pen *pen, char command, double v[7]) {
    if (command == 'H') {
        v[0] += pen->x;
    } else if (command == 'V') {
        v[0] += pen->y;
    } else {
        for (guint i = command == 'A' ? 5 : 0; i + 1 < argument_count(command); i += 2) {
            v[i] += pen->x;
            v[i + 1] += pen->y;
        }
    }
}

static void pen_draw(Pen *pen, char command, const double v[7]) {
    double cx, cy;
    switch (command) {
    case 'M':
        pen_move_to(pen, SATS_PATH_MOVE, v[0], v[1]);
        break;
    case 'H':
        pen_move_to(pen, SATS_PATH_LINE, v[0], pen->y);
        break;
    case 'V':
        pen_move_to(pen, SATS_PATH_LINE, pen->x, v[0]);
        break;
    case 'C':
        pen_curve_to(pen, v);
        break;
    case 'S':
        pen_reflect(pen, "CS", &cx, &cy);
        pen_curve_to(pen, (double[]){cx, cy, v[0], v[1], v[2], v[3]});
        break;
    case 'Q':
        pen_quadratic_to(pen, v[0], v[1], v[2], v[3]);
        break;
    case 'T':
        pen_reflect(pen, "QT", &cx, &cy);
        pen_quadratic_to(pen, cx, cy, v[0], v[1]);
        break;
    case 'A':
        add_arc(pen->steps, pen->x, pen->y, v);
        pen->x = v[5];
        pen->y = v[6];
        break;
    default:
        pen_move_to(pen, SATS_PATH_LINE, v[0], v[1]);
        break;
    }
    pen->last = command;
}

/* One command letter with all its repeated arguments. */
static gboolean parse_command(Pen *pen, const char **at) {
    char letter = **at;
    char command = g_ascii_toupper(letter);
    if (command == '\0' || strchr("MLHVCSQTAZ", command) == NULL ||
        (pen->last == '\0' && command != 'M'))
        return FALSE;
    *at += 1;
    if (command == 'Z') {
        add_step(pen->steps, SATS_PATH_CLOSE, 0, 0);
        pen->x = pen->start_x;
        pen->y = pen->start_y;
        pen->last = 'Z';
        return TRUE;
    }
    if (pen->last == 'Z' && command != 'M') /* a new subpath where the closed one began */
        pen_move_to(pen, SATS_PATH_MOVE, pen->x, pen->y);
    double v[7] = {0};
    if (!scan_arguments(at, command, v))
        return FALSE;
    for (;;) {
        if (g_ascii_islower(letter))
            make_absolute(pen, command, v);
        pen_draw(pen, command, v);
        if (command == 'M')
            command = 'L';
        const char *more = skip_separator(*at);
        if (*more == '\0' || g_ascii_isalpha(*more)) {
            *at = more;
            return TRUE;
        }
        if (pen->steps->len > MAX_STEPS || !scan_arguments(at, command, v))
            return FALSE;
    }
}

gboolean sats_svg_path_parse(const char *data, GArray *steps) {
    Pen pen = {.steps = steps};
    const char *at = skip_space(data);
    if (strncmp(at, "none", 4) == 0 && *skip_space(at + 4) == '\0')
        return TRUE;
    while (*at != '\0') {
        if (steps->len > MAX_STEPS || !parse_command(&pen, &at))
            return FALSE;
        at = skip_space(at);
    }
    return TRUE;
}

gboolean sats_svg_points_parse(const char *points, gboolean close, GArray *steps) {
    const char *at = skip_space(points);
    guint8 op = SATS_PATH_MOVE;
    while (*at != '\0') {
        double v[2];
        if (steps->len > MAX_STEPS || !scan_numbers(&at, 2, v))
            return FALSE;
        add_step(steps, op, v[0], v[1]);
        op = SATS_PATH_LINE;
        at = skip_space(at);
    }
    if (close && steps->len > 0)
        add_step(steps, SATS_PATH_CLOSE, 0, 0);
    return TRUE;
}

/* ---- transforms ---- */

SatsSvgMatrix sats_svg_matrix_multiply(const SatsSvgMatrix *inner, const SatsSvgMatrix *outer) {
    return (SatsSvgMatrix){
        .xx = inner->xx * outer->xx + inner->yx * outer->xy,
        .yx = inner->xx * outer->yx + inner->yx * outer->yy,
        .xy = inner->xy * outer->xx + inner->yy * outer->xy,
        .yy = inner->xy * outer->yx + inner->yy * outer->yy,
        .x0 = inner->x0 * outer->xx + inner->y0 * outer->xy + outer->x0,
        .y0 = inner->x0 * outer->yx + inner->y0 * outer->yy + outer->y0,
    };
}

void sats_svg_matrix_apply(const SatsSvgMatrix *matrix, double *x, double *y) {
    double px = *x, py = *y;
    *x = matrix->xx * px + matrix->xy * py + matrix->x0;
    *y = matrix->yx * px + matrix->yy * py + matrix->y0;
}

static SatsSvgMatrix rotation(double degrees, double cx, double cy) {
    double cosine = cos(degrees * G_PI / 180), sine = sin(degrees * G_PI / 180);
    return (SatsSvgMatrix){
        cosine, sine, -sine, cosine, cx - cosine * cx + sine * cy, cy - sine * cx - cosine * cy};
}

static gboolean named_transform(const char *name, gsize length, const double *v, guint n,
                                SatsSvgMatrix *out) {
    static const char *const names[] = {"matrix", "translate", "scale", "rotate", "skewX", "skewY"};
    guint kind = 0;
    while (kind < G_N_ELEMENTS(names) &&
           (strlen(names[kind]) != length || strncmp(names[kind], name, length) != 0))
        kind++;
    if (kind == 0 && n == 6)
        *out = (SatsSvgMatrix){v[0], v[1], v[2], v[3], v[4], v[5]};
    else if (kind == 1 && (n == 1 || n == 2))
        *out = (SatsSvgMatrix){1, 0, 0, 1, v[0], n == 2 ? v[1] : 0};
    else if (kind == 2 && (n == 1 || n == 2))
        *out = (SatsSvgMatrix){v[0], 0, 0, n == 2 ? v[1] : v[0], 0, 0};
    else if (kind == 3 && (n == 1 || n == 3))
        *out = rotation(v[0], n == 3 ? v[1] : 0, n == 3 ? v[2] : 0);
    else if (kind == 4 && n == 1)
        *out = (SatsSvgMatrix){1, 0, tan(v[0] * G_PI / 180), 1, 0, 0};
    else if (kind == 5 && n == 1)
        *out = (SatsSvgMatrix){1, tan(v[0] * G_PI / 180), 0, 1, 0, 0};
    else
        return FALSE;
    return TRUE;
}

gboolean sats_svg_transform_parse(const char *text, SatsSvgMatrix *out) {
    SatsSvgMatrix result = {1, 0, 0, 1, 0, 0};
    const char *at = skip_space(text);
    while (*at != '\0') {
        const char *name = at;
        while (g_ascii_isalpha(*at))
            at++;
        gsize length = (gsize)(at - name);
        at = skip_space(at);
        if (*at++ != '(')
            return FALSE;
        double v[6];
        guint n = 0;
        while (n < 6 && sats_svg_scan_number(&at, &v[n]))
            n++;
        at = skip_space(at);
        SatsSvgMatrix one;
        if (*at != ')' || !named_transform(name, length, v, n, &one))
            return FALSE;
        result = sats_svg_matrix_multiply(&one, &result);
        at = skip_separator(at + 1);
    }
    *out = result;
    return TRUE;
}
