/* pdf/pdf.h: the official PDF: PDF/A-3a and PDF/UA-1 in one file.
 *
 * A PDF device writes the file as the pages are painted: a page's content leaves memory when the
 * page ends; what is left for the end is one small entry per structure element with content, the
 * fonts' used glyphs and the cross-reference stream. Bytes go to a SatsSink in order, in the thread
 * that paints; nothing is read back.
 *
 * Streams (contents, pictures, fonts, attachments, objects) are deflated in a second thread while
 * the caller paints on, when there is enough to do: pdf/deflate.h. A SatsPdf owns that thread and
 * joins it when freed; it is not seen from outside, and SatsPdfs in several threads share nothing.
 *
 * Life: new(document, options, sink) -> paint the pages on sats_pdf_device() -> finish -> free.
 * The same document and calls give the same bytes.
 */
#ifndef SATS_PDF_PDF_H
#define SATS_PDF_PDF_H

#include "paint/device.h"
#include "pdf/pack.h"

/* Where bytes go. FALSE from write stops the output with `error` set by the sink. */
typedef struct {
    gboolean (*write)(void *context, const void *bytes, gsize size, GError **error);
    void *context;
} SatsSink;

/* A file's bytes as a zlib stream (sats_pdf_pack()), and their MD5 in hexadecimal digits. */
typedef struct {
    const guint8 *bytes;
    gsize size;
    const char *md5;
} SatsPacked;

typedef struct {
    const char *name; /* file name in the attachment list */
    const char *mime_type;
    const char *description;
    const char *relationship; /* "Source", "Data", "Supplement" (ISO 32000-2, AFRelationship) */
    const guint8 *bytes;
    gsize size;
    SatsPacked packed; /* the same bytes, made ready before; all 0: here and now */
} SatsAttachment;

typedef enum { SATS_PDF_A3A_UA1, SATS_PDF_A2A_UA1 } SatsPdfProfile;

/* The second thread: where it pays (default); never; from the first byte on. */
typedef enum {
    SATS_PDF_THREADS_AUTO,
    SATS_PDF_THREADS_NEVER,
    SATS_PDF_THREADS_ALWAYS,
} SatsPdfThreads;

typedef struct {
    SatsPdfProfile profile; /* default A-3a; A-2a leaves attachments out */
    const SatsAttachment *attachments;
    guint n_attachments;
    const guint8 *icc_profile; /* sRGB */
    gsize icc_size;
    const char *created;    /* ISO 8601 date or date-time; NULL: no dates in the file */
    const char *creator;    /* "plansats 0.1.0" */
    const char *input_hash; /* kept in the XMP, for skipping unchanged plans; NULL none */
    int compression;        /* libdeflate level, SATS_PDF_COMPRESSION; 0 none, for reading by eye */
    SatsPdfThreads threads; /* says nothing of the bytes: they are the same */
} SatsPdfOptions;

/* Opens the libraries that a file's end needs, which it else would wait for. Any thread; FALSE with
 * SATS_SYSTEM_ERROR_INTERNAL where they are not on this machine. */
gboolean sats_pdf_load(GError **error);

typedef struct SatsPdf SatsPdf;
/* document, options' memory and painted images must outlive the SatsPdf. Never fails; errors
 * surface in finish. */
SatsPdf *sats_pdf_new(const SatsDocument *document, const SatsPdfOptions *options, SatsSink sink);
void sats_pdf_free(SatsPdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsPdf, sats_pdf_free)
SatsDevice *sats_pdf_device(SatsPdf *pdf);

/* Writes fonts, structure, outline, XMP, forms, attachments, cross-reference stream. FALSE when the
 * sink or a font failed. */
gboolean sats_pdf_finish(SatsPdf *pdf, GError **error);

#endif
