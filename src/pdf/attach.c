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

enum { LARGE = 1 << 22 }; /* bytes */

static void put_checksum(SatsOut *entries, const char *md5) {
    sats_out_literal(entries, "/CheckSum<");
    sats_out_string(entries, md5);
    sats_out_literal(entries, ">>>");
}

/* In either thread. */
static void make_checksum(SatsStream *stream) {
    g_autofree char *md5 =
        g_compute_checksum_for_data(G_CHECKSUM_MD5, stream->lent, stream->lent_size);
    put_checksum(&stream->entries, md5);
}

static void write_file(SatsPdf *pdf, guint32 number, const SatsAttachment *file) {
    SatsStream *stream = sats_writer_begin_stream(pdf->writer, number);
    SatsOut *entries = &stream->entries;
    sats_out_literal(entries, "/Type/EmbeddedFile/Subtype");
    sats_out_name(entries, file->mime_type != NULL ? file->mime_type : "application/octet-stream");
    sats_out_literal(entries, "/Params<</Size ");
    sats_out_int(entries, (gint64)file->size);
    if (pdf->options.created != NULL) {
        sats_out_literal(entries, "/ModDate");
        sats_metadata_put_date(entries, pdf->options.created);
    }
    if (file->packed.bytes != NULL && pdf->options.compression > 0) {
        put_checksum(entries, file->packed.md5);
        stream->lent_packed = file->packed.bytes;
        stream->lent_size = file->packed.size;
    } else {
        stream->lent = file->bytes != NULL ? file->bytes : (const guint8 *)"";
        stream->lent_size = file->size;
        stream->make = make_checksum;
    }
    sats_writer_end_stream(pdf->writer);
}

/* Whether a file is deflated before the first page: as many as the queue takes without anyone
 * waiting, and none that would keep pages waiting. */
static gboolean goes_first(const SatsAttachment *file, guint *n_before) {
    return file->size < LARGE && (*n_before)++ < SATS_DEFLATE_RING / 2;
}

static void write_files(SatsPdf *pdf, gboolean first) {
    guint n_before = 0;
    for (guint i = 0; pdf->attachment_numbers != NULL && i < pdf->options.n_attachments; i++) {
        const SatsAttachment *file = &pdf->options.attachments[i];
        if (goes_first(file, &n_before) == first)
            write_file(pdf, pdf->attachment_numbers[i], file);
    }
}

void sats_attach_init(SatsPdf *pdf) {
    guint n = pdf->options.n_attachments;
    if (pdf->options.profile != SATS_PDF_A3A_UA1 || n == 0)
        return;
    pdf->attachment_numbers = g_new(guint32, n);
    for (guint i = 0; i < n; i++)
        pdf->attachment_numbers[i] = sats_writer_reserve(pdf->writer);
    write_files(pdf, TRUE);
}

void sats_attach_write_rest(SatsPdf *pdf) {
    write_files(pdf, FALSE);
}

static guint32 write_specification(SatsPdf *pdf, guint32 stream, const SatsAttachment *file) {
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
    if (pdf->attachment_numbers == NULL)
        return FALSE;
    g_autofree Named *named = g_new0(Named, n);
    sats_out_literal(out_af, "/AF[");
    for (guint i = 0; i < n; i++) {
        named[i].number =
            write_specification(pdf, pdf->attachment_numbers[i], &pdf->options.attachments[i]);
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
