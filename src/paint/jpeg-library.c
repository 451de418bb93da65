/* Opens libjpeg and looks its functions up. */
#include "paint/jpeg-library.h"

#include "base/dynamic.h"

SatsLibjpeg sats_libjpeg;

/* How its structures are laid out differs between these. */
#if JPEG_LIB_VERSION >= 80
#define LIBJPEG "libjpeg.so.8"
#else
#define LIBJPEG "libjpeg.so.62"
#endif

#define NAME(name) "jpeg_" #name,
static const char *const jpeg_names[] = {SATS_JPEG_FUNCTIONS(NAME)};
#undef NAME
static SatsDynamic jpeg = SATS_DYNAMIC(SATS_DYNAMIC_SOMETIMES, jpeg_names, sats_libjpeg,
                                       "libjpeg, which reads this picture", LIBJPEG);

gboolean sats_libjpeg_load(GError **error) {
    return sats_dynamic_load(&jpeg, error);
}
