/* attach.c: the plan's sources as associated files (ISO 19005-3, 6.8 and annex E).
 *
 * A file's bytes are a stream of their own, its specification an object of an object stream. Both
 * are reached through the name tree EmbeddedFiles, one leaf in the catalog: what reads our own
 * files back needs no more than catalog, tree, specification, stream.
 */
#include "pdf/internal.h"

typedef struct {
    SatsOut key; /* in the name tree, as a PDF string */
    guint32 number;
} Named;

static guint32 write_file(SatsPdf *pdf, const SatsAttachment *file) {
    SatsOut entries = {0};
    sats_out_literal(&entries, "/Type/EmbeddedFile/Subtype");
    sats_out_name(&entries, file->mime_type != NULL ? file->mime_type : "application/octet-stream");
    sats_out_literal(&entries, "/Params<</Size ");
    sats_out_int(&entries, (gint64)file->size);
    if (pdf->options.created != NULL) {
        sats_out_literal(&entries, "/ModDate");
        sats_metadata_put_date(&entries, pdf->options.created);
    }
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_MD5, file->bytes, file->size);
    sats_out_literal(&entries, "/CheckSum<");
    sats_out_string(&entries, sum);
    sats_out_literal(&entries, ">>>");
    sats_out_byte(&entries, 0);
    guint32 number = sats_writer_reserve(pdf->writer);
    sats_writer_stream(pdf->writer, number, (const char *)entries.data, file->bytes, file->size,
                       SATS_STREAM_DEFLATE);
    sats_out_clear(&entries);
    return number;
}

static guint32 write_specification(SatsPdf *pdf, const SatsAttachment *file) {
    guint32 stream = write_file(pdf, file);
    guint32 number = sats_writer_reserve(pdf->writer);
    SatsOut *out = sats_writer_begin(pdf->writer, number);
    sats_out_literal(out, "<</Type/Filespec/F");
    sats_out_text_string(out, file->name, strlen(file->name));
    sats_out_literal(out, "/UF");
    sats_out_text_string(out, file->name, strlen(file->name));
    if (file->description != NULL) {
        sats_out_literal(out, "/Desc");
        sats_out_text_string(out, file->description, strlen(file->description));
    }
    sats_out_literal(out, "/AFRelationship");
    sats_out_name(out, file->relationship != NULL ? file->relationship : "Unspecified");
    sats_out_literal(out, "/EF<</F ");
    sats_out_ref(out, stream);
    sats_out_literal(out, "/UF ");
    sats_out_ref(out, stream);
    sats_out_literal(out, ">>>>");
    sats_writer_end(pdf->writer);
    return number;
}

static int compare_named(const void *a, const void *b) {
    const Named *x = a, *y = b;
    int order = memcmp(x->key.data, y->key.data, MIN(x->key.length, y->key.length));
    return order != 0 ? order : (x->key.length > y->key.length) - (x->key.length < y->key.length);
}

/* Names in the tree are sorted by their bytes and unique (7.9.6); the file's own name is in the
 * specification, so that a second file of one name may have a number here. */
static void put_key(SatsOut *key, const SatsAttachment *files, guint index) {
    guint n_same = 1;
    for (guint i = 0; i < index; i++)
        n_same += strcmp(files[i].name, files[index].name) == 0;
    g_autofree char *name = n_same == 1 ? g_strdup(files[index].name)
                                        : g_strdup_printf("%s (%u)", files[index].name, n_same);
    sats_out_text_string(key, name, strlen(name));
}

gboolean sats_attach_write(SatsPdf *pdf, SatsOut *out_af, SatsOut *out_names) {
    guint n = pdf->options.n_attachments;
    if (pdf->options.profile != SATS_PDF_A3A_UA1 || n == 0)
        return FALSE;
    g_autofree Named *named = g_new0(Named, n);
    sats_out_literal(out_af, "/AF[");
    for (guint i = 0; i < n; i++) {
        named[i].number = write_specification(pdf, &pdf->options.attachments[i]);
        put_key(&named[i].key, pdf->options.attachments, i);
        sats_out_ref(out_af, named[i].number);
        sats_out_byte(out_af, ' ');
    }
    sats_out_byte(out_af, ']');
    qsort(named, n, sizeof *named, compare_named);
    sats_out_literal(out_names, "/Names<</EmbeddedFiles<</Names[");
    for (guint i = 0; i < n; i++) {
        sats_out_bytes(out_names, named[i].key.data, named[i].key.length);
        sats_out_ref(out_names, named[i].number);
        sats_out_byte(out_names, ' ');
        sats_out_clear(&named[i].key);
    }
    sats_out_literal(out_names, "]>>>>");
    return TRUE;
}
