/* pdf/pack.c: bytes deflated once, for many files. */
#include "pdf/pack.h"

#include <libdeflate.h>

GByteArray *sats_pdf_pack(const void *bytes, gsize size) {
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(SATS_PDF_COMPRESSION);
    g_assert(compressor != NULL);
    gsize bound = libdeflate_zlib_compress_bound(compressor, size);
    GByteArray *packed = g_byte_array_sized_new((guint)bound);
    g_byte_array_set_size(packed, (guint)bound);
    gsize length = libdeflate_zlib_compress(compressor, bytes, size, packed->data, bound);
    g_byte_array_set_size(packed, (guint)length);
    libdeflate_free_compressor(compressor);
    return packed;
}
