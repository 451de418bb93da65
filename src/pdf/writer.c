/* writer.c: objects and streams into the sink, object streams, cross-reference stream. */
#include "pdf/writer.h"

#include <libdeflate.h>

#include "pdf/made-from.h"

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
    SatsDeflate *queue;
    GChecksum *checksum; /* of all that was written, streams' bytes by their own checks */
    guint64 position;    /* in the file, of the end of `chunk` */
    guint32 crc;         /* CRC-32 of the file up to there */
    SatsOut chunk;       /* written but not yet given to the sink */
    SatsOut frame;
    GArray *entries; /* Entry, by object number */
    /* the object stream being collected */
    guint32 stream_number;
    guint n_objects;
    SatsOut index, objects;
    gboolean in_object, in_stream;
};

static void send_chunk(SatsWriter *writer) {
    SatsOut *chunk = &writer->chunk;
    if (writer->error == NULL && chunk->length > 0) {
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
    if (size > 0) /* of NULL it is that of nothing at all */
        writer->crc = libdeflate_crc32(writer->crc, bytes, size);
    if (writer->chunk.length >= SINK_CHUNK)
        send_chunk(writer);
}

static void put_out(SatsWriter *writer, SatsOut *out) {
    g_checksum_update(writer->checksum, out->data, (gssize)out->length);
    put_bytes(writer, out->data, out->length);
    out->length = 0;
}

SatsWriter *sats_writer_new(SatsSink sink, int compression, SatsPdfThreads threads) {
    SatsWriter *writer = g_new0(SatsWriter, 1);
    writer->sink = sink;
    writer->queue = sats_deflate_new(compression, threads);
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
    sats_deflate_free(writer->queue);
    g_checksum_free(writer->checksum);
    g_array_unref(writer->entries);
    sats_out_clear(&writer->chunk);
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
    return sats_deflate_is_on(writer->queue);
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

/* ---- streams ---- */

static void put_stream(SatsWriter *writer, const SatsStream *stream) {
    *entry_at(writer, stream->number) = writer->position << 1 | 1;
    SatsOut *frame = &writer->frame;
    sats_out_int(frame, stream->number);
    sats_out_literal(frame, " 0 obj\n<<");
    sats_out_bytes(frame, stream->entries.data, stream->entries.length);
    if (stream->deflated)
        sats_out_literal(frame, "/Filter/FlateDecode");
    sats_out_literal(frame, "/Length ");
    sats_out_int(frame, (gint64)stream->size);
    sats_out_literal(frame, ">>\nstream\n");
    put_out(writer, frame);
    put_bytes(writer, stream->bytes, stream->size);
    for (int i = 0; i < 2; i++) {
        guint32 check = GUINT32_TO_LE(stream->check[i]);
        g_checksum_update(writer->checksum, (const guchar *)&check, sizeof check);
    }
    sats_out_literal(frame, "\nendstream\nendobj\n"); /* ISO 19005-3, 6.1.7.1 */
    put_out(writer, frame);
}

/* Writes the streams that are done, and so many more that there is room for one, or all. */
static void drain(SatsWriter *writer, gboolean all) {
    SatsStream *stream;
    while ((stream = sats_deflate_oldest(writer->queue,
                                         all || sats_deflate_is_full(writer->queue))) != NULL) {
        if (stream->error != NULL)
            sats_writer_fail(writer, g_steal_pointer(&stream->error));
        if (writer->error == NULL)
            put_stream(writer, stream);
        sats_deflate_release(writer->queue);
    }
}

SatsStream *sats_writer_begin_stream(SatsWriter *writer, guint32 number) {
    g_assert(!writer->in_stream);
    writer->in_stream = TRUE;
    drain(writer, FALSE);
    SatsStream *stream = sats_deflate_begin(writer->queue);
    stream->number = number;
    return stream;
}

void sats_writer_end_stream(SatsWriter *writer) {
    g_assert(writer->in_stream);
    writer->in_stream = FALSE;
    if (writer->error == NULL)
        sats_deflate_submit(writer->queue);
}

void sats_writer_stream(SatsWriter *writer, guint32 number, const char *entries, const void *bytes,
                        gsize size) {
    SatsStream *stream = sats_writer_begin_stream(writer, number);
    sats_out_string(&stream->entries, entries);
    sats_out_bytes(&stream->body, bytes, size);
    sats_writer_end_stream(writer);
}

/* ---- objects ---- */

static void flush_objects(SatsWriter *writer) {
    if (writer->n_objects == 0)
        return;
    SatsStream *stream = sats_writer_begin_stream(writer, writer->stream_number);
    sats_out_literal(&stream->entries, "/Type/ObjStm/N ");
    sats_out_int(&stream->entries, writer->n_objects);
    sats_out_literal(&stream->entries, "/First ");
    sats_out_int(&stream->entries, (gint64)writer->index.length);
    sats_out_bytes(&stream->body, writer->index.data, writer->index.length);
    sats_out_bytes(&stream->body, writer->objects.data, writer->objects.length);
    sats_writer_end_stream(writer);
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
    const char *digest = g_checksum_get_string(copy);
    sats_out_literal(out, "/ID[");
    for (int i = 0; i < 2; i++) {
        sats_out_byte(out, '<');
        sats_out_bytes(out, digest, 32);
        sats_out_byte(out, '>');
    }
    sats_out_byte(out, ']');
}

/* Without compression in stored blocks (RFC 1951, 3.2.4): the predictor belongs to the filter. */
static void put_stored(SatsOut *out, const SatsOut *bytes) {
    const gsize most = 0xFFFF;
    guint32 a = 1, b = 0; /* RFC 1950, 9: Adler-32 */
    sats_out_literal(out, "\x78\x01");
    for (gsize at = 0, size; at < bytes->length; at += size) {
        size = MIN(bytes->length - at, most);
        const guint8 head[5] = {at + size == bytes->length, (guint8)size, (guint8)(size >> 8),
                                (guint8)~size, (guint8)(~size >> 8)};
        sats_out_bytes(out, head, sizeof head);
        sats_out_bytes(out, bytes->data + at, size);
    }
    for (gsize i = 0; i < bytes->length; i++) {
        a = (a + bytes->data[i]) % 65521;
        b = (b + a) % 65521;
    }
    const guint8 sum[4] = {(guint8)(b >> 8), (guint8)b, (guint8)(a >> 8), (guint8)a};
    sats_out_bytes(out, sum, sizeof sum);
}

/* The last lines (7.5.5), and before them the comment that tells damage. */
static void put_end(SatsWriter *writer, guint64 start) {
    SatsOut end = {0}, *check = &writer->frame;
    sats_out_literal(&end, "startxref\n");
    sats_out_int(&end, (gint64)start);
    sats_out_literal(&end, "\n%%EOF\n");
    sats_out_literal(check, SATS_PDF_CHECK);
    sats_out_hex(check, libdeflate_crc32(writer->crc, end.data, end.length), 8);
    sats_out_byte(check, '\n');
    put_out(writer, check);
    put_out(writer, &end);
    sats_out_clear(&end);
}

static void put_cross_references(SatsWriter *writer, guint32 root, guint32 info) {
    guint32 number = sats_writer_reserve(writer);
    guint64 start = writer->position;
    *entry_at(writer, number) = start << 1 | 1;
    int width = MAX(bytes_needed(start), bytes_needed(number));
    SatsStream *stream = sats_writer_begin_stream(writer, number);
    SatsOut *entries = &stream->entries;
    sats_out_literal(entries, "/Type/XRef/Size ");
    sats_out_int(entries, writer->entries->len);
    sats_out_literal(entries, "/W[1 ");
    sats_out_int(entries, width);
    sats_out_literal(entries, " 1]/Root ");
    sats_out_ref(entries, root);
    if (info != 0) {
        sats_out_literal(entries, "/Info ");
        sats_out_ref(entries, info);
    }
    put_id(writer, entries);
    if (sats_writer_deflates(writer)) {
        pack_entries(writer, width, &stream->body);
    } else {
        SatsOut rows = {0};
        pack_entries(writer, width, &rows);
        put_stored(&stream->body, &rows);
        sats_out_clear(&rows);
        sats_out_literal(entries, "/Filter/FlateDecode");
    }
    sats_out_literal(entries, "/DecodeParms<</Predictor 12/Columns ");
    sats_out_int(entries, width + 2);
    sats_out_literal(entries, ">>");
    sats_writer_end_stream(writer);
    drain(writer, TRUE);
    put_end(writer, start);
}

gboolean sats_writer_close(SatsWriter *writer, guint32 root, guint32 info, GError **error) {
    g_assert(!writer->in_object);
    flush_objects(writer);
    drain(writer, TRUE);
    if (writer->error == NULL) {
        put_cross_references(writer, root, info);
        send_chunk(writer);
    }
    if (writer->error == NULL)
        return TRUE;
    g_propagate_error(error, g_error_copy(writer->error));
    return FALSE;
}
