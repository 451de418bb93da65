/* paint/jpeg-library.h: libjpeg, loaded when a document shows a JPEG. See cairo-library.h. */
#ifndef SATS_PAINT_JPEG_LIBRARY_H
#define SATS_PAINT_JPEG_LIBRARY_H

#include <glib.h>
#include <stdio.h>

#include <jerror.h>
#include <jpeglib.h>

#define SATS_JPEG_FUNCTIONS(X)                                                                     \
    X(CreateDecompress)                                                                            \
    X(destroy_decompress)                                                                          \
    X(finish_decompress)                                                                           \
    X(mem_src)                                                                                     \
    X(read_header)                                                                                 \
    X(read_scanlines)                                                                              \
    X(start_decompress)                                                                            \
    X(std_error)

typedef struct {
#define SATS_JPEG_MEMBER(name) __typeof__(jpeg_##name) *name;
    SATS_JPEG_FUNCTIONS(SATS_JPEG_MEMBER)
#undef SATS_JPEG_MEMBER
} SatsLibjpeg;

/* To be called only after a load that said TRUE. */
extern SatsLibjpeg sats_libjpeg;

/* Any thread may ask; never unloaded. FALSE with SATS_SYSTEM_ERROR_INTERNAL where there is none of
 * the kind that we were built for. */
gboolean sats_libjpeg_load(GError **error);

#endif
