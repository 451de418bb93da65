/* writer.c: objects and streams into the sink, object streams, cross-reference stream. */
#include "pdf/writer.h"

#include <libdeflate.h>

enum {
    OBJECTS_PER_STREAM = 200, /* readers inflate a whole object stream to see one object */
    SINK_CHUNK = 1 << 16,
};

/* An entry of the cross-reference stream (ISO 32000-1, table 18), packed: 0 free;
 * the lowest bit set: offset << 1 | 1; else object stream << 16 | index << 1. */
typedef guint64 Entry;

struct SatsWriter {
    SatsSink sink;
    GError *error;
    struct libdeflate_compressor *deflater; /* NULL: no compression */
    GChecksum *checksum;
    guint64 position; /* in the file, of the end of `chunk` */
    SatsOut chunk;    /* written but not yet given to the sink */
    SatsOut deflated, frame;
    GArray *entries; /* Entry, by object number */
    /* the object stream being collected */
    guint32 stream_number;
    guint n_objects;
    SatsOut index, objects;
    gboolean in_object;
};

static void send_chunk(SatsWriter *writer) {
    SatsOut *chunk = &writer->chunk;
    if (writer->error == NULL && chunk->length > 0) {
        g_checksum_update(writer->checksum, chunk->data, (gssize)chunk->length);
        GError *error = NULL;
        if (!writer->sink.write(writer->sink.context, chunk->data, chunk->length, &error)) {
            if (error == NULL)
                error = g_error_new_literal(SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO,
                                            "the PDF could not be written");
            sats_writer_fail(writer, error);
        }
    }
    chunk->length = 0;
}

static void put_bytes(SatsWriter *writer, const void *bytes, gsize size) {
    sats_out_bytes(&writer->chunk, bytes, size);
    writer->position += size;
    if (writer->chunk.length >= SINK_CHUNK)
        send_chunk(writer);
}

static void put_out(SatsWriter *writer, SatsOut *out) {
    put_bytes(writer, out->data, out->length);
    out->length = 0;
}

SatsWriter *sats_writer_new(SatsSink sink, int compression) {
    SatsWriter *writer = g_new0(SatsWriter, 1);
    writer->sink = sink;
    if (compression > 0)
        writer->deflater = libdeflate_alloc_compressor(MIN(compression, 12));
    writer->checksum = g_checksum_new(G_CHECKSUM_SHA256);
    writer->entries = g_array_new(FALSE, TRUE, sizeof(Entry));
    g_array_set_size(writer->entries, 1); /* object 0 is the head of the free list */
    static const char HEADER[] = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"; /* ISO 19005-3, 6.1.2 */
    put_bytes(writer, HEADER, sizeof HEADER - 1);
    return writer;
}

void sats_writer_free(SatsWriter *writer) {
    if (writer == NULL)
        return;
    g_clear_error(&writer->error);
    if (writer->deflater != NULL)
        libdeflate_free_compressor(writer->deflater);
    g_checksum_free(writer->checksum);
    g_array_unref(writer->entries);
    sats_out_clear(&writer->chunk);
    sats_out_clear(&writer->deflated);
    sats_out_clear(&writer->frame);
    sats_out_clear(&writer->index);
    sats_out_clear(&writer->objects);
    g_free(writer);
}

void sats_writer_fail(SatsWriter *writer, GError *error) {
    if (writer->error == NULL)
        writer->error = error;
    else
        g_error_free(error);
}

gboolean sats_writer_failed(const SatsWriter *writer) {
    return writer->error != NULL;
}

gboolean sats_writer_deflates(const SatsWriter *writer) {
    return writer->deflater != NULL;
}

guint32 sats_writer_reserve_many(SatsWriter *writer, guint32 count) {
    guint32 first = writer->entries->len;
    g_array_set_size(writer->entries, first + count);
    return first;
}

guint32 sats_writer_reserve(SatsWriter *writer) {
    return sats_writer_reserve_many(writer, 1);
}

static Entry *entry_at(SatsWriter *writer, guint32 number) {
    return &g_array_index(writer->entries, Entry, number);
}

/* Deflates into writer->deflated. */
static void deflate_bytes(SatsWriter *writer, const void *bytes, gsize size) {
    SatsOut *to = &writer->deflated;
    to->length = 0;
    gsize bound = libdeflate_zlib_compress_bound(writer->deflater, size);
    guint8 *target = sats_out_reserve(to, bound);
    to->length = libdeflate_zlib_compress(writer->deflater, bytes, size, target, bound);
}

static void put_stream(SatsWriter *writer, guint32 number, const char *entries, const void *bytes,
                       gsize size, SatsStreamKind kind) {
    *entry_at(writer, number) = writer->position << 1 | 1;
    gboolean deflate = kind == SATS_STREAM_DEFLATE && writer->deflater != NULL && size > 0;
    if (deflate) {
        deflate_bytes(writer, bytes, size);
        bytes = writer->deflated.data;
        size = writer->deflated.length;
    }
    SatsOut *frame = &writer->frame;
    sats_out_int(frame, number);
    sats_out_literal(frame, " 0 obj\n<<");
    sats_out_string(frame, entries);
    if (deflate)
        sats_out_literal(frame, "/Filter/FlateDecode");
    sats_out_literal(frame, "/Length ");
    sats_out_int(frame, (gint64)size);
    sats_out_literal(frame, ">>\nstream\n");
    put_out(writer, frame);
    put_bytes(writer, bytes, size);
    sats_out_literal(frame, "\nendstream\nendobj\n"); /* ISO 19005-3, 6.1.7.1 */
    put_out(writer, frame);
}

void sats_writer_stream(SatsWriter *writer, guint32 number, const char *entries, const void *bytes,
                        gsize size, SatsStreamKind kind) {
    if (writer->error == NULL)
        put_stream(writer, number, entries, bytes, size, kind);
}

static void flush_objects(SatsWriter *writer) {
    if (writer->n_objects == 0)
        return;
    gsize first = writer->index.length;
    sats_out_bytes(&writer->index, writer->objects.data, writer->objects.length);
    SatsOut entries = {0};
    sats_out_literal(&entries, "/Type/ObjStm/N ");
    sats_out_int(&entries, writer->n_objects);
    sats_out_literal(&entries, "/First ");
    sats_out_int(&entries, (gint64)first);
    sats_out_byte(&entries, 0);
    sats_writer_stream(writer, writer->stream_number, (const char *)entries.data,
                       writer->index.data, writer->index.length, SATS_STREAM_DEFLATE);
    sats_out_clear(&entries);
    writer->index.length = writer->objects.length = 0;
    writer->n_objects = 0;
}

SatsOut *sats_writer_begin(SatsWriter *writer, guint32 number) {
    g_assert(!writer->in_object);
    writer->in_object = TRUE;
    if (writer->n_objects == 0)
        writer->stream_number = sats_writer_reserve(writer);
    *entry_at(writer, number) = (Entry)writer->stream_number << 16 | writer->n_objects << 1;
    sats_out_int(&writer->index, number);
    sats_out_byte(&writer->index, ' ');
    sats_out_int(&writer->index, (gint64)writer->objects.length);
    sats_out_byte(&writer->index, ' ');
    return &writer->objects;
}

void sats_writer_end(SatsWriter *writer) {
    g_assert(writer->in_object);
    writer->in_object = FALSE;
    sats_out_byte(&writer->objects, '\n');
    if (++writer->n_objects == OBJECTS_PER_STREAM)
        flush_objects(writer);
}

static int bytes_needed(guint64 value) {
    int n = 1;
    while (value >>= 8)
        n++;
    return n;
}

/* Rows of `type, field 2 (width bytes), field 3`, each as the difference from the row above (PNG
 * predictor "up"): a few bytes an object become less than one. */
static void pack_entries(SatsWriter *writer, int width, SatsOut *out) {
    gsize columns = (gsize)width + 2;
    guint8 rows[2][16] = {{0}, {0}};
    for (guint i = 0; i < writer->entries->len; i++) {
        Entry entry = *entry_at(writer, i);
        guint8 *row = rows[i % 2], *above = rows[(i + 1) % 2];
        guint64 field = entry & 1 ? entry >> 1 : entry >> 16;
        row[0] = entry == 0 ? 0 : entry & 1 ? 1 : 2;
        for (int b = 0; b < width; b++)
            row[1 + b] = (guint8)(field >> (8 * (width - 1 - b)));
        row[columns - 1] = entry & 1 ? 0 : (guint8)((entry & 0xFFFF) >> 1);
        guint8 *to = sats_out_reserve(out, columns + 1);
        to[0] = 2;
        for (gsize c = 0; c < columns; c++)
            to[1 + c] = (guint8)(row[c] - above[c]);
        out->length += columns + 1;
    }
}

/* /ID (14.4): from everything that was written so far, so that the same content has the same. */
static void put_id(SatsWriter *writer, SatsOut *out) {
    g_autoptr(GChecksum) copy = g_checksum_copy(writer->checksum);
    g_checksum_update(copy, writer->chunk.data, (gssize)writer->chunk.length);
    const char *digest = g_checksum_get_string(copy);
    sats_out_literal(out, "/ID[");
    for (int i = 0; i < 2; i++) {
        sats_out_byte(out, '<');
        sats_out_bytes(out, digest, 32);
        sats_out_byte(out, '>');
    }
    sats_out_byte(out, ']');
}

static void put_cross_references(SatsWriter *writer, guint32 root, guint32 info) {
    guint32 number = sats_writer_reserve(writer);
    guint64 start = writer->position;
    *entry_at(writer, number) = start << 1 | 1;
    int width = MAX(bytes_needed(start), bytes_needed(number));
    SatsOut rows = {0}, entries = {0};
    pack_entries(writer, width, &rows);
    sats_out_literal(&entries, "/Type/XRef/Size ");
    sats_out_int(&entries, writer->entries->len);
    sats_out_literal(&entries, "/W[1 ");
    sats_out_int(&entries, width);
    sats_out_literal(&entries, " 1]/Root ");
    sats_out_ref(&entries, root);
    if (info != 0) {
        sats_out_literal(&entries, "/Info ");
        sats_out_ref(&entries, info);
    }
    put_id(writer, &entries);
    SatsOut filtered = {0};
    if (writer->deflater == NULL) /* the predictor belongs to a filter: stored blocks */
        sats_out_literal(&entries, "/Filter/FlateDecode");
    sats_out_literal(&entries, "/DecodeParms<</Predictor 12/Columns ");
    sats_out_int(&entries, width + 2);
    sats_out_literal(&entries, ">>");
    sats_out_byte(&entries, 0);
    if (writer->deflater == NULL) {
        struct libdeflate_compressor *stored = libdeflate_alloc_compressor(0);
        gsize bound = libdeflate_zlib_compress_bound(stored, rows.length);
        guint8 *to = sats_out_reserve(&filtered, bound);
        filtered.length = libdeflate_zlib_compress(stored, rows.data, rows.length, to, bound);
        libdeflate_free_compressor(stored);
    }
    const SatsOut *body = writer->deflater == NULL ? &filtered : &rows;
    put_stream(writer, number, (const char *)entries.data, body->data, body->length,
               writer->deflater == NULL ? SATS_STREAM_RAW : SATS_STREAM_DEFLATE);
    entries.length = 0;
    sats_out_literal(&entries, "startxref\n");
    sats_out_int(&entries, (gint64)start);
    sats_out_literal(&entries, "\n%%EOF\n");
    put_out(writer, &entries);
    sats_out_clear(&entries);
    sats_out_clear(&rows);
    sats_out_clear(&filtered);
}

gboolean sats_writer_close(SatsWriter *writer, guint32 root, guint32 info, GError **error) {
    g_assert(!writer->in_object);
    flush_objects(writer);
    if (writer->error == NULL) {
        put_cross_references(writer, root, info);
        send_chunk(writer);
    }
    if (writer->error == NULL)
        return TRUE;
    g_propagate_error(error, g_error_copy(writer->error));
    return FALSE;
}
