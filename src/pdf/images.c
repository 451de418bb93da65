/* images.c: pictures as image XObjects: JPEG as it is, PNG's pixels deflated. */
#include "pdf/internal.h"

/* Each row is predicted from the row above and the pixel to the left, and the filter of least sum
 * of differences is taken, as PNG's own writers do (RFC 2083, 9.6). */
enum { FILTER_NONE, FILTER_SUB, FILTER_UP, FILTER_AVERAGE, FILTER_PAETH, N_FILTERS };

static guint8 paeth(int a, int b, int c) {
    int p = a + b - c;
    int pa = ABS(p - a), pb = ABS(p - b), pc = ABS(p - c);
    return (guint8)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

static guint64 filter_row(int filter, const guint8 *row, const guint8 *above, gsize size,
                          gsize pixel, guint8 *out) {
    guint64 sum = 0;
    for (gsize i = 0; i < size; i++) {
        int left = i >= pixel ? row[i - pixel] : 0;
        int up = above != NULL ? above[i] : 0;
        int corner = above != NULL && i >= pixel ? above[i - pixel] : 0;
        int guess = 0;
        if (filter == FILTER_SUB)
            guess = left;
        else if (filter == FILTER_UP)
            guess = up;
        else if (filter == FILTER_AVERAGE)
            guess = (left + up) / 2;
        else if (filter == FILTER_PAETH)
            guess = paeth(left, up, corner);
        out[i] = (guint8)(row[i] - guess);
        sum += (guint64)ABS((int)(gint8)out[i]);
    }
    return sum;
}

static void put_filtered(SatsOut *out, const guint8 *pixels, gsize row_size, guint n_rows,
                         gsize pixel) {
    g_autofree guint8 *trial = g_malloc(row_size + 1);
    for (guint y = 0; y < n_rows; y++) {
        const guint8 *row = pixels + y * row_size;
        const guint8 *above = y > 0 ? row - row_size : NULL;
        guint8 *best = sats_out_reserve(out, row_size + 1);
        guint64 best_sum = G_MAXUINT64;
        for (int filter = 0; filter < N_FILTERS; filter++) {
            guint64 sum = filter_row(filter, row, above, row_size, pixel, trial);
            if (sum < best_sum) {
                best_sum = sum;
                best[0] = (guint8)filter;
                memcpy(best + 1, trial, row_size);
            }
        }
        out->length += row_size + 1;
    }
}

static void put_entries(SatsOut *out, const SatsImage *image, guint components) {
    sats_out_literal(out, "/Type/XObject/Subtype/Image/Width ");
    sats_out_int(out, image->width_px);
    sats_out_literal(out, "/Height ");
    sats_out_int(out, image->height_px);
    sats_out_literal(out, "/BitsPerComponent 8/ColorSpace");
    sats_out_string(out, components == 1 ? "/DeviceGray" : "/DeviceRGB");
}

/* In either thread. */
static void filter_pixels(SatsStream *stream) {
    const SatsImage *image = stream->context;
    put_filtered(&stream->body, image->pixels, (gsize)image->width_px * image->components,
                 image->height_px, image->components);
}

static void filter_alpha(SatsStream *stream) {
    const SatsImage *image = stream->context;
    put_filtered(&stream->body, image->alpha, image->width_px, image->height_px, 1);
}

/* The picture, or its alpha. */
static void write_pixels(SatsPdf *pdf, guint32 number, const SatsImage *image, gboolean alpha,
                         guint32 mask) {
    guint components = alpha ? 1 : image->components;
    SatsStream *stream = sats_writer_begin_stream(pdf->writer, number);
    SatsOut *entries = &stream->entries;
    put_entries(entries, image, components);
    if (mask != 0) {
        sats_out_literal(entries, "/SMask ");
        sats_out_ref(entries, mask);
    }
    gsize size = (gsize)image->width_px * components * image->height_px;
    if (sats_writer_deflates(pdf->writer)) {
        sats_out_literal(entries, "/DecodeParms<</Predictor 15/Colors ");
        sats_out_int(entries, components);
        sats_out_literal(entries, "/Columns ");
        sats_out_int(entries, image->width_px);
        sats_out_literal(entries, ">>");
        stream->make = alpha ? filter_alpha : filter_pixels;
        stream->context = image;
        stream->expected = size;
    } else {
        stream->lent = alpha ? image->alpha : image->pixels;
        stream->lent_size = size;
    }
    sats_writer_end_stream(pdf->writer);
}

static void write_image(SatsPdf *pdf, guint32 number, const SatsImage *image) {
    if (image->kind == SATS_IMAGE_PNG && image->pixels != NULL) {
        guint32 mask = image->alpha != NULL ? sats_writer_reserve(pdf->writer) : 0;
        if (mask != 0)
            write_pixels(pdf, mask, image, TRUE, 0);
        write_pixels(pdf, number, image, FALSE, mask);
    } else if (image->kind == SATS_IMAGE_JPEG &&
               (image->components == 1 || image->components == 3)) {
        SatsStream *stream = sats_writer_begin_stream(pdf->writer, number);
        put_entries(&stream->entries, image, image->components);
        sats_out_literal(&stream->entries, "/Filter/DCTDecode");
        stream->lent = image->bytes;
        stream->lent_size = image->size;
        stream->raw = TRUE;
        sats_writer_end_stream(pdf->writer);
    } else { /* DeviceCMYK has no place beside an sRGB output intent (ISO 19005-3, 6.2.4.3) */
        sats_writer_fail(pdf->writer,
                         g_error_new(SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_INTERNAL,
                                     "%s: the image is of a kind that cannot be embedded",
                                     image->name));
    }
}

guint32 sats_images_use(SatsPdf *pdf, const SatsImage *image) {
    guint32 index = GPOINTER_TO_UINT(g_hash_table_lookup(pdf->image_index, image));
    if (index == 0) {
        SatsPdfImage entry = {image, sats_writer_reserve(pdf->writer), 0};
        write_image(pdf, entry.number, image);
        g_array_append_val(pdf->images, entry);
        index = pdf->images->len;
        g_hash_table_insert(pdf->image_index, (gpointer)(guintptr)image, GUINT_TO_POINTER(index));
    }
    index--;
    SatsPdfImage *entry = &g_array_index(pdf->images, SatsPdfImage, index);
    guint32 page = pdf->pages.numbers->len;
    if (entry->page != page)
        g_array_append_val(pdf->pages.images, index);
    entry->page = page;
    return index;
}

guint32 sats_images_number(const SatsPdf *pdf, guint32 index) {
    return g_array_index(pdf->images, SatsPdfImage, index).number;
}
