/* data/xlsx-library.h: libzip and expat, loaded when a plan first names a sheet.
 *
 * Opened by name, once a process, so that a run that reads no sheet pays nothing for them. Members
 * are the libraries' functions without their prefix.
 */
#ifndef SATS_DATA_XLSX_LIBRARY_H
#define SATS_DATA_XLSX_LIBRARY_H

#include <expat.h>
#include <glib.h>
#include <zip.h>

#define SATS_ZIP_FUNCTIONS(X)                                                                      \
    X(discard)                                                                                     \
    X(error_fini)                                                                                  \
    X(error_init)                                                                                  \
    X(fclose)                                                                                      \
    X(fopen_index)                                                                                 \
    X(fread)                                                                                       \
    X(get_num_entries)                                                                             \
    X(name_locate)                                                                                 \
    X(open_from_source)                                                                            \
    X(source_buffer_create)                                                                        \
    X(source_free)                                                                                 \
    X(stat_index)

#define SATS_XML_FUNCTIONS(X)                                                                      \
    X(Parse)                                                                                       \
    X(ParserCreateNS)                                                                              \
    X(ParserFree)                                                                                  \
    X(SetCharacterDataHandler)                                                                     \
    X(SetElementHandler)                                                                           \
    X(SetStartDoctypeDeclHandler)                                                                  \
    X(SetUserData)                                                                                 \
    X(StopParser)

typedef struct {
#define SATS_ZIP_MEMBER(name) __typeof__(zip_##name) *name;
    SATS_ZIP_FUNCTIONS(SATS_ZIP_MEMBER)
#undef SATS_ZIP_MEMBER
} SatsLibzip;

typedef struct {
#define SATS_XML_MEMBER(name) __typeof__(XML_##name) *name;
    SATS_XML_FUNCTIONS(SATS_XML_MEMBER)
#undef SATS_XML_MEMBER
} SatsLibexpat;

/* To be called only after a load that said TRUE. */
extern SatsLibzip sats_libzip;
extern SatsLibexpat sats_libexpat;

/* Any thread may ask; never unloaded. FALSE with SATS_SYSTEM_ERROR_INTERNAL where one of them is
 * not on this machine. */
gboolean sats_xlsx_library_load(GError **error);

#endif
