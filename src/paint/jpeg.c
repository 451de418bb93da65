/* paint/jpeg.c: decodes a JPEG for nothing but its mistakes. */
#include "paint/jpeg.h"

#include "paint/image.h"
#include "paint/jpeg-library.h"

#include <setjmp.h>

/* What changes between setjmp and longjmp lives here, not in locals. */
typedef struct {
    struct jpeg_error_mgr errors; /* first: libjpeg hands back a pointer to it */
    struct jpeg_progress_mgr progress;
    jmp_buf failed;
    struct jpeg_decompress_struct jpeg;
    guint8 *row;
    SatsImageError code;
    char message[JMSG_LENGTH_MAX];
} Checker;

static G_GNUC_NORETURN void failed(j_common_ptr jpeg) {
    Checker *checker = (Checker *)(void *)jpeg->err;
    checker->errors.format_message(jpeg, checker->message);
    longjmp(checker->failed, 1);
}

/* libjpeg goes on after a "warning", with grey where the picture is lost. Some are no loss. */
static void warned(j_common_ptr jpeg, int level) {
    static const int HARMLESS[] = {JWRN_ADOBE_XFORM, JWRN_EXTRANEOUS_DATA, JWRN_JFIF_MAJOR,
                                   JWRN_TOO_MUCH_DATA};
    if (level >= 0)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(HARMLESS); i++)
        if (jpeg->err->msg_code == HARMLESS[i])
            return;
    failed(jpeg);
}

static void count_scans(j_common_ptr jpeg) {
    Checker *checker = (Checker *)(void *)jpeg->err;
    if (checker->jpeg.input_scan_number > SATS_JPEG_MAX_SCANS) {
        checker->code = SATS_IMAGE_ERROR_LIMIT;
        g_snprintf(checker->message, sizeof checker->message, "more than %d scans",
                   SATS_JPEG_MAX_SCANS);
        longjmp(checker->failed, 1);
    }
}

static void begin(Checker *checker) {
    struct jpeg_decompress_struct *jpeg = &checker->jpeg;
    jpeg->err = sats_libjpeg.std_error(&checker->errors);
    checker->errors.error_exit = failed;
    checker->errors.emit_message = warned;
    checker->progress.progress_monitor = count_scans;
    checker->code = SATS_IMAGE_ERROR_BROKEN;
}

static gboolean decode(Checker *checker, const guint8 *bytes, gsize size) {
    struct jpeg_decompress_struct *jpeg = &checker->jpeg;
    if (setjmp(checker->failed))
        return FALSE;
    sats_libjpeg.CreateDecompress(jpeg, JPEG_LIB_VERSION, sizeof *jpeg);
    jpeg->progress = &checker->progress;
    sats_libjpeg.mem_src(jpeg, bytes, size);
    sats_libjpeg.read_header(jpeg, TRUE);
    if (jpeg->jpeg_color_space == JCS_RGB && !jpeg->saw_Adobe_marker) {
        /* told by the components' names alone, which PDF does not look at */
        checker->code = SATS_IMAGE_ERROR_UNSUPPORTED;
        g_strlcpy(checker->message, "RGB without an Adobe marker", sizeof checker->message);
        return FALSE;
    }
    jpeg->out_color_space = jpeg->jpeg_color_space;
    jpeg->scale_num = 1;
    jpeg->scale_denom = 8;
    jpeg->do_fancy_upsampling = FALSE;
    jpeg->do_block_smoothing = FALSE;
    sats_libjpeg.start_decompress(jpeg);
    checker->row = g_malloc((gsize)jpeg->output_width * (gsize)jpeg->output_components);
    while (jpeg->output_scanline < jpeg->output_height)
        sats_libjpeg.read_scanlines(jpeg, &checker->row, 1);
    sats_libjpeg.finish_decompress(jpeg);
    return TRUE;
}

gboolean sats_jpeg_check(const guint8 *bytes, gsize size, GError **error) {
    if (!sats_libjpeg_load(error))
        return FALSE;
    Checker *checker = g_new0(Checker, 1);
    begin(checker);
    gboolean whole = decode(checker, bytes, size);
    if (!whole)
        g_set_error(error, SATS_IMAGE_ERROR, (gint)checker->code, "%s JPEG: %s",
                    checker->code == SATS_IMAGE_ERROR_BROKEN ? "broken" : "unsuitable",
                    checker->message);
    sats_libjpeg.destroy_decompress(&checker->jpeg);
    g_free(checker->row);
    g_free(checker);
    return whole;
}
