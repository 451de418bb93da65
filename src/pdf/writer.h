/* pdf/writer.h: numbered objects, streams and the cross-reference stream.
 *
 * Numbers are reserved before objects are written, so that objects can point at later ones. Plain
 * objects are collected, 200 to an object stream (ISO 32000-1, 7.5.7); streams go to the sink at
 * once. Nothing is kept of an object but 8 bytes that tell where it is.
 *
 * Failures of the sink are sticky: after one, nothing more is written, and close tells it.
 *
 * Life: new(sink) -> reserve, begin/end, stream … -> close -> free.
 */
#ifndef SATS_PDF_WRITER_H
#define SATS_PDF_WRITER_H

#include "pdf/deflate.h"

typedef struct SatsWriter SatsWriter;

/* Writes the file's header. compression: libdeflate level, 0 none. */
SatsWriter *sats_writer_new(SatsSink sink, int compression, SatsPdfThreads threads);
void sats_writer_free(SatsWriter *writer);

guint32 sats_writer_reserve(SatsWriter *writer);
/* `count` numbers in a row; the first. */
guint32 sats_writer_reserve_many(SatsWriter *writer, guint32 count);

/* Between begin and end the object's text is put into the returned buffer. Does not nest; reserving
 * and whole streams are allowed in between. */
SatsOut *sats_writer_begin(SatsWriter *writer, guint32 number);
void sats_writer_end(SatsWriter *writer);

/* Between begin and end the stream is filled in (pdf/deflate.h); what it is lent outlives the
 * writer. Does not nest. */
SatsStream *sats_writer_begin_stream(SatsWriter *writer, guint32 number);
void sats_writer_end_stream(SatsWriter *writer);
/* A whole stream, its bytes copied, with the dictionary's entries, e.g. "/Type/XObject". */
void sats_writer_stream(SatsWriter *writer, guint32 number, const char *entries, const void *bytes,
                        gsize size);

/* Keeps the first error, takes ownership of it. */
void sats_writer_fail(SatsWriter *writer, GError *error);
gboolean sats_writer_failed(const SatsWriter *writer);
gboolean sats_writer_deflates(const SatsWriter *writer);

/* Writes what is left and the cross-reference stream with Root, Info (0: none) and the /ID made of
 * the file's content. FALSE and the first error when anything failed. */
gboolean sats_writer_close(SatsWriter *writer, guint32 root, guint32 info, GError **error);

#endif
