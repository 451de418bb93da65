/* The trace device: writes down each call as a line of text that is stable and can be read. */
#include "paint/trace-device.h"

#include <math.h>
#include <string.h>

struct SatsTrace {
    SatsDevice device; /* first */
    GString *out;
    guint indent; /* levels */
};

static void begin_line(SatsTrace *self) {
    for (guint i = 0; i < self->indent; i++)
        g_string_append(self->out, "  ");
}

static void end_line(SatsTrace *self) {
    g_string_append_c(self->out, '\n');
}

/* One or two decimals, never "-0.0", whatever the locale. */
static void add_number(GString *out, double value) {
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    double rounded = round(value * 100) / 100;
    if (fabs(rounded) < 0.005)
        rounded = 0;
    g_ascii_formatd(buffer, sizeof buffer, "%.2f", rounded);
    gsize length = strlen(buffer);
    if (length > 3 && buffer[length - 1] == '0')
        buffer[length - 1] = '\0';
    g_string_append_c(out, ' ');
    g_string_append(out, buffer);
}

static void add_rgb(GString *out, guint32 rgb) {
    g_string_append_printf(out, " #%06X", rgb & 0xFFFFFFu);
}

static void add_rect(GString *out, const SatsRect *rect) {
    add_number(out, rect->x_pt);
    add_number(out, rect->y_pt);
    add_number(out, rect->width_pt);
    add_number(out, rect->height_pt);
}

static gboolean is_unseen(gunichar c) {
    return g_unichar_iscntrl(c) || c == 0xAD || c == 0x2011 || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202F) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
}

static void add_escaped(GString *out, const char *text, gsize length) {
    for (const char *at = text; at < text + length; at += g_utf8_skip[(guint8)*at]) {
        gunichar c = g_utf8_get_char(at);
        if (c == 0xA0)
            g_string_append_c(out, '~');
        else if (c == '"' || c == '\\' || c == '~')
            g_string_append_printf(out, "\\%c", (char)c);
        else if (is_unseen(c))
            g_string_append_printf(out, "\\u%04X", c);
        else
            g_string_append_unichar(out, c);
    }
}

static void add_quoted(GString *out, const char *text) {
    g_string_append(out, " \"");
    add_escaped(out, text, strlen(text));
    g_string_append_c(out, '"');
}

static void add_node(GString *out, const SatsNode *node) {
    g_string_append_printf(out, " #%u", node->id);
}

/* ---- pages and brackets ---- */

static void begin_page(SatsDevice *device, double width_pt, double height_pt, const char *label) {
    SatsTrace *self = (SatsTrace *)device;
    begin_line(self);
    g_string_append(self->out, "page");
    add_number(self->out, width_pt);
    add_number(self->out, height_pt);
    if (label != NULL) {
        g_string_append(self->out, " label");
        add_quoted(self->out, label);
    }
    end_line(self);
}

static void end_page(SatsDevice *device) {
    SatsTrace *self = (SatsTrace *)device;
    begin_line(self);
    g_string_append(self->out, "end page\n");
}

static void begin_content(SatsDevice *device, const SatsNode *owner, guint order) {
    SatsTrace *self = (SatsTrace *)device;
    begin_line(self);
    g_string_append_printf(self->out, "content %s #%u order %u\n",
                           sats_role_name((SatsRole)owner->role), owner->id, order);
    self->indent++;
}

static const char *artifact_name(SatsArtifact artifact) {
    switch (artifact) {
    case SATS_ARTIFACT_PAGINATION_HEADER:
        return "header";
    case SATS_ARTIFACT_PAGINATION_FOOTER:
        return "footer";
    case SATS_ARTIFACT_PAGINATION_WATERMARK:
        return "watermark";
    case SATS_ARTIFACT_PAGINATION:
        return "pagination";
    case SATS_ARTIFACT_LAYOUT:
        return "layout";
    case SATS_ARTIFACT_BACKGROUND:
        return "background";
    }
    return "?";
}

static void begin_artifact(SatsDevice *device, SatsArtifact artifact) {
    SatsTrace *self = (SatsTrace *)device;
    begin_line(self);
    g_string_append_printf(self->out, "artifact %s\n", artifact_name(artifact));
    self->indent++;
}

static void end_bracket(SatsDevice *device) {
    SatsTrace *self = (SatsTrace *)device;
    if (self->indent > 0)
        self->indent--;
    begin_line(self);
    g_string_append(self->out, "end\n");
}

/* ---- text ---- */

static gboolean differ(float a, float b) {
    return a < b || a > b;
}

static gboolean same_look(const SatsFragment *a, const SatsFragment *b) {
    const SatsSpan *s = a->span, *t = b->span;
    return s->face == t->face && s->rgb == t->rgb && !differ(s->size_pt, t->size_pt) &&
           !differ(s->rise_pt, t->rise_pt) && !differ(s->tracking, t->tracking);
}

static const char *reading(const SatsFragment *fragment) {
    return fragment->actual_text != NULL ? fragment->actual_text : fragment->shape->text;
}

/* The faces of a shape that needed fallback are all named: "SourceSans3-Regular+NotoSans". */
static void add_faces(GString *out, const SatsFragment *fragments, guint n) {
    const SatsFace *base = fragments[0].span->face;
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    g_string_append_printf(out, " %s", sats_face_info(base)->postscript_name);
    for (guint i = 0; i < n; i++) {
        for (guint k = 0; fragments[i].shape != NULL && k < fragments[i].shape->n_parts; k++) {
            const SatsFace *face = fragments[i].shape->parts[k].face;
            if (face == base || g_ptr_array_find(others, face, NULL))
                continue;
            g_ptr_array_add(others, (gpointer)(guintptr)face);
            g_string_append_printf(out, "+%s", sats_face_info(face)->postscript_name);
        }
    }
}

/* `n` fragments of one look, the first of which has a shape. */
static void add_stretch(SatsTrace *self, const SatsTextRun *run, guint first, guint n,
                        const char *word) {
    const SatsFragment *fragments = &run->fragments[first];
    const SatsSpan *span = fragments[0].span;
    GString *out = self->out;
    gboolean reads_otherwise = FALSE;
    begin_line(self);
    g_string_append(out, word);
    add_number(out, run->x_pt + (double)fragments[0].x_pt);
    add_number(out, run->y_pt);
    g_string_append(out, " \"");
    for (guint i = 0; i < n; i++) {
        if (fragments[i].shape == NULL)
            continue;
        add_escaped(out, fragments[i].shape->text, fragments[i].shape->length);
        reads_otherwise = reads_otherwise || fragments[i].actual_text != NULL;
    }
    g_string_append_c(out, '"');
    add_faces(out, fragments, n);
    add_number(out, (double)span->size_pt);
    add_rgb(out, span->rgb);
    if (differ(span->rise_pt, 0)) {
        g_string_append(out, " rise");
        add_number(out, (double)span->rise_pt);
    }
    if (differ(span->tracking, 0)) {
        g_string_append(out, " tracking");
        add_number(out, (double)span->tracking);
    }
    if (reads_otherwise) {
        g_string_append(out, " reads \"");
        for (guint i = 0; i < n; i++)
            if (fragments[i].shape != NULL)
                add_escaped(out, reading(&fragments[i]), strlen(reading(&fragments[i])));
        g_string_append_c(out, '"');
    }
    end_line(self);
}

static void text(SatsDevice *device, const SatsTextRun *run) {
    SatsTrace *self = (SatsTrace *)device;
    const char *word = "text";
    for (guint i = 0; i < run->n_fragments;) {
        guint next = i + 1;
        if (run->fragments[i].shape == NULL) {
            i = next;
            continue;
        }
        while (next < run->n_fragments && (run->fragments[next].shape == NULL ||
                                           same_look(&run->fragments[i], &run->fragments[next])))
            next++;
        add_stretch(self, run, i, next - i, word);
        word = "+";
        i = next;
    }
}

/* ---- drawings ---- */

static void add_steps(GString *out, const SatsPathStep *steps, guint n_steps) {
    for (guint i = 0; i < n_steps; i++) {
        g_string_append_printf(out, " %c", "MLCZ"[MIN(steps[i].op, SATS_PATH_CLOSE)]);
        guint n = steps[i].op == SATS_PATH_CLOSE ? 0 : steps[i].op == SATS_PATH_CURVE ? 3 : 1;
        for (guint k = 0; k < n; k++) {
            add_number(out, (double)steps[i].x[k]);
            add_number(out, (double)steps[i].y[k]);
        }
    }
}

static void path(SatsDevice *device, const SatsPathStep *steps, guint n_steps,
                 const SatsPathStyle *style) {
    SatsTrace *self = (SatsTrace *)device;
    GString *out = self->out;
    begin_line(self);
    g_string_append(out, "path");
    if (style->fill_rgb >= 0) {
        g_string_append(out, " fill");
        add_rgb(out, (guint32)style->fill_rgb);
        if (style->even_odd)
            g_string_append(out, " even-odd");
    }
    if (style->stroke_rgb >= 0) {
        g_string_append(out, " stroke");
        add_rgb(out, (guint32)style->stroke_rgb);
        add_number(out, (double)style->stroke_width_pt);
        if (style->n_dashes > 0)
            g_string_append(out, " dashes");
        for (guint i = 0; i < style->n_dashes; i++)
            add_number(out, (double)style->dashes_pt[i]);
        if (style->round)
            g_string_append(out, " round");
    }
    g_string_append_c(out, ':');
    add_steps(out, steps, n_steps);
    end_line(self);
}

static void image(SatsDevice *device, const SatsImage *picture, const SatsRect *rect) {
    static const char *const kinds[] = {"png", "jpeg", "svg"};
    SatsTrace *self = (SatsTrace *)device;
    begin_line(self);
    g_string_append(self->out, "image");
    add_rect(self->out, rect);
    add_quoted(self->out, picture->name != NULL ? picture->name : "");
    g_string_append_printf(self->out, " %s %ux%u%s", kinds[picture->kind], picture->width_px,
                           picture->height_px, picture->alpha != NULL ? " alpha" : "");
    end_line(self);
}

static void push_transform(SatsDevice *device, const double matrix[6]) {
    SatsTrace *self = (SatsTrace *)device;
    begin_line(self);
    g_string_append(self->out, "transform");
    for (guint i = 0; i < 6; i++) {
        if (i >= 4) {
            add_number(self->out, matrix[i]);
        } else { /* scales and sines need more than two decimals */
            char buffer[G_ASCII_DTOSTR_BUF_SIZE];
            double rounded = round(matrix[i] * 1e4) / 1e4;
            g_ascii_formatd(buffer, sizeof buffer, "%.4f", fabs(rounded) < 5e-5 ? 0 : rounded);
            g_string_append_printf(self->out, " %s", buffer);
        }
    }
    end_line(self);
    self->indent++;
}

/* ---- active areas ---- */

static void link_area(SatsDevice *device, const SatsNode *owner, const SatsRect *rects,
                      guint n_rects) {
    SatsTrace *self = (SatsTrace *)device;
    const SatsLink *to = owner->as.link;
    begin_line(self);
    g_string_append(self->out, "link");
    add_node(self->out, owner);
    if (to != NULL && to->uri != NULL) {
        g_string_append(self->out, " to");
        add_quoted(self->out, to->uri);
    } else if (to != NULL && (to->target != NULL || to->note != NULL)) {
        g_string_append(self->out, " to");
        add_node(self->out, to->target != NULL ? to->target : to->note);
    }
    for (guint i = 0; i < n_rects; i++) {
        g_string_append(self->out, i == 0 ? " at" : ",");
        add_rect(self->out, &rects[i]);
    }
    end_line(self);
}

static void signature_field(SatsDevice *device, const SatsNode *owner, const SatsRect *rect) {
    SatsTrace *self = (SatsTrace *)device;
    const SatsForm *form = owner->as.form;
    begin_line(self);
    g_string_append(self->out, "signature-field");
    add_node(self->out, owner);
    if (form != NULL && form->field_name != NULL)
        add_quoted(self->out, form->field_name);
    g_string_append(self->out, " at");
    add_rect(self->out, rect);
    end_line(self);
}

static void anchor(SatsDevice *device, const SatsNode *node, double x_pt, double y_pt) {
    SatsTrace *self = (SatsTrace *)device;
    begin_line(self);
    g_string_append(self->out, "anchor");
    add_node(self->out, node);
    add_number(self->out, x_pt);
    add_number(self->out, y_pt);
    end_line(self);
}

/* ---- life ---- */

static const SatsDeviceClass device_class = {
    .begin_page = begin_page,
    .end_page = end_page,
    .begin_content = begin_content,
    .end_content = end_bracket,
    .begin_artifact = begin_artifact,
    .end_artifact = end_bracket,
    .text = text,
    .path = path,
    .image = image,
    .push_transform = push_transform,
    .pop_transform = end_bracket,
    .link = link_area,
    .signature_field = signature_field,
    .anchor = anchor,
};

SatsTrace *sats_trace_new(void) {
    SatsTrace *trace = g_new0(SatsTrace, 1);
    trace->device.klass = &device_class;
    trace->out = g_string_new(NULL);
    return trace;
}

void sats_trace_free(SatsTrace *trace) {
    if (trace == NULL)
        return;
    g_string_free(trace->out, TRUE);
    g_free(trace);
}

SatsDevice *sats_trace_device(SatsTrace *trace) {
    return &trace->device;
}

const char *sats_trace_text(const SatsTrace *trace) {
    return trace->out->str;
}
