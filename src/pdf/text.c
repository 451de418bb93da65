/* text.c: lines of shaped words as text operators.
 *
 * A run is one Td and, as long as face, size, rise and colour stay, one TJ: the glyphs' codes, with
 * a number only where the next glyph does not stand where the font's width would put it (kerning,
 * the space that a line's alignment needs, tracking). The position that a viewer computes is
 * followed, so that rounding does not add up: a number is written when the two are a whole
 * thousandth of an em apart.
 */
#include "pdf/content.h"

#include <math.h>

/* ---- showing ---- */

static void open_show(SatsContent *content) {
    content->show_start = content->out.length;
    sats_out_byte(&content->out, '[');
    content->show_open = TRUE;
    content->string_open = content->adjusted = FALSE;
}

static void close_string(SatsContent *content) {
    if (content->string_open)
        sats_out_byte(&content->out, content->hexadecimal ? '>' : ')');
    content->string_open = FALSE;
}

static void close_show(SatsContent *content) {
    if (!content->show_open)
        return;
    close_string(content);
    if (content->adjusted) {
        sats_out_literal(&content->out, "]TJ\n");
    } else {
        content->out.data[content->show_start] = ' '; /* a lone string needs no array */
        sats_out_literal(&content->out, "Tj\n");
    }
    content->show_open = FALSE;
}

static void begin_text(SatsContent *content) {
    if (content->in_text)
        return;
    sats_content_settle(content);
    sats_out_literal(&content->out, "BT\n");
    content->in_text = TRUE;
    content->line_x = content->line_y = 0;
}

void sats_content_end_text(SatsContent *content) {
    if (!content->in_text)
        return;
    close_show(content);
    sats_out_literal(&content->out, "ET\n");
    content->in_text = FALSE;
}

void sats_content_begin_span(SatsContent *content, const char *text, gsize length) {
    close_show(content);
    sats_out_literal(&content->out, "/Span<</ActualText");
    sats_out_text_string(&content->out, text, length);
    sats_out_literal(&content->out, ">>BDC\n");
}

static void end_span(SatsContent *content) {
    close_show(content);
    sats_out_literal(&content->out, "EMC\n");
}

static void put_adjustment(SatsContent *content, int thousandths) {
    if (!content->show_open)
        open_show(content);
    close_string(content);
    sats_out_int(&content->out, -thousandths);
    content->adjusted = TRUE;
}

static guint8 *put_code_byte(guint8 *to, guint8 byte) {
    if (byte == '(' || byte == ')' || byte == '\\') {
        *to++ = '\\';
        *to++ = byte;
    } else if (byte == '\r') {
        *to++ = '\\';
        *to++ = 'r';
    } else {
        *to++ = byte;
    }
    return to;
}

static inline void put_code(SatsContent *content, guint16 glyph) {
    if (!content->show_open)
        open_show(content);
    SatsOut *out = &content->out;
    guint8 *to = sats_out_reserve(out, 8);
    guint8 *start = to;
    if (!content->string_open) {
        *to++ = content->hexadecimal ? '<' : '(';
        content->string_open = TRUE;
    }
    if (content->hexadecimal) {
        out->length += (gsize)(to - start);
        sats_out_hex(out, glyph, 4);
        return;
    }
    to = put_code_byte(to, (guint8)(glyph >> 8));
    to = put_code_byte(to, (guint8)glyph);
    out->length += (gsize)(to - start);
}

/* ---- state ---- */

static void move_to(SatsContent *content, double x_pt, double y_pt) {
    close_show(content);
    gint64 x = sats_out_round(x_pt), y = sats_out_round(content->height_pt - y_pt);
    SatsOut *out = &content->out;
    sats_out_hundredths(out, x - content->line_x);
    sats_out_byte(out, ' ');
    sats_out_hundredths(out, y - content->line_y);
    sats_out_literal(out, " Td\n");
    content->line_x = x;
    content->line_y = y;
    content->pen_pt = (double)x / 100.0;
}

static void set_font(SatsContent *content, guint index, float size_pt) {
    SatsGraphics *state = &content->state;
    if (state->font == (int)index && fabsf(state->size_pt - size_pt) < 0.0005f)
        return;
    close_show(content);
    state->font = (int)index;
    state->size_pt = size_pt;
    sats_out_literal(&content->out, "/F");
    sats_out_int(&content->out, index);
    sats_out_byte(&content->out, ' ');
    sats_out_real(&content->out, (double)size_pt, 3);
    sats_out_literal(&content->out, " Tf\n");
}

static void set_rise(SatsContent *content, float rise_pt) {
    if (fabsf(content->state.rise_pt - rise_pt) < 0.005f)
        return;
    close_show(content);
    content->state.rise_pt = rise_pt;
    sats_out_real(&content->out, (double)rise_pt, 2);
    sats_out_literal(&content->out, " Ts\n");
}

/* ---- glyphs ---- */

typedef struct {
    SatsContent *content;
    SatsGlyphFonts *fonts;
    SatsGlyphFont *font;
    const SatsShape *shape;
    const SatsSpan *span;
    double em, x_pt; /* points in a thousandth of an em; where the next glyph belongs */
    gboolean spans;  /* clusters may have an ActualText of their own */
} Show;

static void show_glyph(Show *show, const SatsGlyph *glyph) {
    SatsContent *content = show->content;
    SatsGlyphUse *use = &show->font->glyphs[glyph->glyph];
    if (G_UNLIKELY(!use->used))
        sats_glyph_font_add(show->font, glyph->glyph);
    float rise = show->span->rise_pt;
    double x_pt = show->x_pt;
    if (G_UNLIKELY(show->shape->shifted)) {
        SatsGlyphShift shift = sats_shape_shift(show->shape, (guint)(glyph - show->shape->glyphs));
        rise += shift.dy * (float)show->em;
        x_pt += (double)shift.dx * show->em;
    }
    set_rise(content, rise);
    double apart = (x_pt - content->pen_pt) / show->em;
    if (apart >= 1.0 || apart <= -1.0) {
        int thousandths = (int)lrint(CLAMP(apart, -1e8, 1e8));
        put_adjustment(content, thousandths);
        content->pen_pt += thousandths * show->em;
    }
    put_code(content, glyph->glyph);
    content->pen_pt += (double)use->width * show->em;
    show->x_pt += ((double)glyph->advance + (double)show->span->tracking) * show->em;
}

/* Whether the single glyph reads as the cluster's text through ToUnicode; makes it so when nothing
 * is against it. */
static gboolean reads_as(Show *show, guint glyph, guint64 text) {
    SatsGlyphUse *use = &show->font->glyphs[glyph];
    if (G_LIKELY(use->text == text && !use->weak))
        return TRUE;
    if (use->text != 0 && !use->weak)
        return FALSE;
    use->text = text;
    use->weak = FALSE;
    return TRUE;
}

/* A cluster of several glyphs has its text in ActualText; still every glyph must have a text in
 * ToUnicode (ISO 19005-3, 6.2.11.7.2). */
static void give_weak_text(Show *show, const SatsGlyph *glyphs, guint n, guint64 text) {
    for (guint i = 0; i < n; i++) {
        SatsGlyphUse *use = &show->font->glyphs[glyphs[i].glyph];
        if (use->text == 0) {
            use->text = text;
            use->weak = TRUE;
        }
    }
}

static void show_cluster(Show *show, const SatsGlyph *glyphs, guint n, guint start, guint end) {
    const char *text = show->shape->text + start;
    guint64 key = sats_glyph_fonts_text_key(show->fonts, text, end - start);
    gboolean plain = n == 1 && reads_as(show, glyphs[0].glyph, key);
    if (!plain)
        give_weak_text(show, glyphs, n, key);
    if (key == SATS_TEXT_KEY_SPACE && plain) {
        show->content->space_face = show->font->face;
        show->content->space_glyph = glyphs[0].glyph;
    }
    gboolean span = !plain && show->spans;
    if (span)
        sats_content_begin_span(show->content, text, end - start);
    for (guint i = 0; i < n; i++)
        show_glyph(show, &glyphs[i]);
    if (span)
        end_span(show->content);
}

static void show_part(Show *show, const SatsShapePart *part) {
    const SatsGlyph *glyphs = show->shape->glyphs + part->first;
    guint i = 0;
    while (i < part->count) {
        guint n = 1;
        while (i + n < part->count && glyphs[i + n].cluster == glyphs[i].cluster)
            n++;
        guint end = i + n < part->count ? glyphs[i + n].cluster : part->end;
        if (G_LIKELY(end > glyphs[i].cluster && glyphs[i + n - 1].glyph < show->font->n_glyphs))
            show_cluster(show, glyphs + i, n, glyphs[i].cluster, end);
        i += n;
    }
}

static void show_fragment(SatsContent *content, SatsGlyphFonts *fonts, const SatsFragment *fragment,
                          double x_pt) {
    const SatsShape *shape = fragment->shape;
    Show show = {.content = content,
                 .fonts = fonts,
                 .shape = shape,
                 .span = fragment->span,
                 .em = (double)fragment->span->size_pt / 1000.0,
                 .x_pt = x_pt};
    gboolean span = fragment->actual_text != NULL && !content->no_spans;
    show.spans = !span && !content->no_spans;
    if (content->state.fill != (gint32)fragment->span->rgb) {
        close_show(content);
        sats_content_fill(content, (gint32)fragment->span->rgb);
    }
    if (span)
        sats_content_begin_span(content, fragment->actual_text, strlen(fragment->actual_text));
    for (guint i = 0; i < shape->n_parts; i++) {
        show.font = sats_glyph_fonts_use(fonts, shape->parts[i].face);
        set_font(content, show.font->info->index, fragment->span->size_pt);
        show_part(&show, &shape->parts[i]);
    }
    if (span)
        end_span(content);
}

void sats_content_text(SatsContent *content, SatsGlyphFonts *fonts, const SatsTextRun *run) {
    gboolean placed = FALSE;
    for (guint i = 0; i < run->n_fragments; i++) {
        const SatsFragment *fragment = &run->fragments[i];
        if (fragment->shape == NULL || fragment->shape->n_glyphs == 0 ||
            !(fragment->span->size_pt > 0.01f))
            continue;
        double x_pt = run->x_pt + (double)fragment->x_pt;
        if (!placed) {
            begin_text(content);
            move_to(content, x_pt, run->y_pt);
            placed = TRUE;
        }
        show_fragment(content, fonts, fragment, x_pt);
    }
    close_show(content);
}

/* A space that stands for a drawing: programs that take text out of a file give an ActualText only
 * where there is text for it to replace (and leave out invisible text, rendering mode 3). Any space
 * that was shown before will do. */
void sats_content_space(SatsContent *content, SatsGlyphFonts *fonts, double x_pt, double y_pt) {
    if (content->space_face == NULL)
        return;
    SatsGlyphFont *font = sats_glyph_fonts_use(fonts, content->space_face);
    begin_text(content);
    set_font(content, font->info->index,
             content->state.size_pt > 0.01f ? content->state.size_pt : 10.0f);
    set_rise(content, 0.0f);
    move_to(content, x_pt, y_pt);
    put_code(content, content->space_glyph);
    close_show(content);
}
