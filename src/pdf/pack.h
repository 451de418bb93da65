/* pdf/pack.h: bytes deflated once, for many files. */
#ifndef SATS_PDF_PACK_H
#define SATS_PDF_PACK_H

#include <glib.h>

/* The level of deflating; 6 makes files 1 % smaller and takes half as long again. */
#define SATS_PDF_COMPRESSION 5

/* A zlib stream, as a PDF of that level would hold. Caller unrefs. */
GByteArray *sats_pdf_pack(const void *bytes, gsize size);

#endif
