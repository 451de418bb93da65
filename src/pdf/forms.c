/* forms.c: empty signature fields (ISO 32000-1, 12.7.4.5; ISO 14289-1, 7.18.4).
 *
 * A signing service fills one by an incremental update. So that the file passes before and after,
 * the widget has what PDF/A and PDF/UA ask of it from the start: an appearance stream (empty), the
 * print flag, a name for people (TU), and its place in a Form element. No NeedAppearances, no
 * actions.
 */
#include "pdf/internal.h"

/* A partial field name holds no full stop and is used once (12.7.3.2). */
static char *field_name(SatsPdf *pdf, const SatsForm *form) {
    g_autofree char *base = g_strdup(form->field_name != NULL ? form->field_name : "underskrift");
    g_strdelimit(base, ".", '_');
    char *name = g_strdup(base);
    for (guint n = 2; g_hash_table_contains(pdf->field_names, name); n++) {
        g_free(name);
        name = g_strdup_printf("%s-%u", base, n);
    }
    g_hash_table_add(pdf->field_names, name);
    return name;
}

static guint32 write_appearance(SatsPdf *pdf, gint64 width, gint64 height) {
    guint32 number = sats_writer_reserve(pdf->writer);
    SatsStream *stream = sats_writer_begin_stream(pdf->writer, number);
    sats_out_literal(&stream->entries, "/Type/XObject/Subtype/Form/BBox[0 0 ");
    sats_out_hundredths(&stream->entries, width);
    sats_out_byte(&stream->entries, ' ');
    sats_out_hundredths(&stream->entries, height);
    sats_out_literal(&stream->entries, "]/Resources<<>>");
    sats_writer_end_stream(pdf->writer);
    return number;
}

void sats_forms_add(SatsPdf *pdf, const SatsNode *owner, const SatsRect *rect) {
    static const SatsForm NAMELESS = {NULL, NULL};
    const SatsForm *form = owner->as.form != NULL ? owner->as.form : &NAMELESS;
    double box[4];
    sats_content_box(&pdf->content, rect->x_pt, rect->y_pt, rect->x_pt + rect->width_pt,
                     rect->y_pt + rect->height_pt, box);
    gint64 edges[4];
    for (int i = 0; i < 4; i++)
        edges[i] = sats_out_round(box[i]);
    guint32 appearance = write_appearance(pdf, edges[2] - edges[0], edges[3] - edges[1]);
    guint32 number = sats_writer_reserve(pdf->writer);
    guint32 key = sats_structure_annotation(pdf, owner, number);
    const char *name = field_name(pdf, form);
    const char *tooltip = form->tooltip != NULL ? form->tooltip : name;
    SatsOut *out = sats_writer_begin(pdf->writer, number);
    sats_out_literal(out, "<</Type/Annot/Subtype/Widget/FT/Sig/F 4/T");
    sats_out_text_string(out, name, strlen(name));
    sats_out_literal(out, "/TU");
    sats_out_text_string(out, tooltip, strlen(tooltip));
    sats_out_literal(out, "/P ");
    sats_out_ref(out, pdf->pages.number);
    sats_out_literal(out, "/Rect[");
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            sats_out_byte(out, ' ');
        sats_out_hundredths(out, edges[i]);
    }
    sats_out_literal(out, "]/StructParent ");
    sats_out_int(out, key);
    sats_out_literal(out, "/AP<</N ");
    sats_out_ref(out, appearance);
    sats_out_literal(out, ">>>>");
    sats_writer_end(pdf->writer);
    g_array_append_val(pdf->fields, number);
    g_array_append_val(pdf->pages.annotations, number);
}

/* SigFlags 1: there are signature fields (table 219); 2 is for the service that signs. */
void sats_forms_put(const SatsPdf *pdf, SatsOut *out) {
    sats_out_literal(out, "/AcroForm<</SigFlags 1/Fields[");
    for (guint i = 0; i < pdf->fields->len; i++) {
        sats_out_ref(out, g_array_index(pdf->fields, guint32, i));
        sats_out_byte(out, ' ');
    }
    sats_out_literal(out, "]>>");
}
