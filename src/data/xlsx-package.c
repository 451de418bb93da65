/* data/xlsx-package.c: a workbook's zip, and its parts from there straight into the XML parser.
 *
 * Nothing here trusts what the zip says of itself: a part is counted as it is unpacked, and given
 * up when it, all parts together, or its size against what it was packed in pass a limit. XML may
 * not have a document type, so that there are no entities and nothing outside is named. */
#include "data/xlsx-parts.h"

#include <string.h>

#define MAX_ENTRIES       10000
#define MAX_PART_BYTES    ((gsize)128 << 20)
#define MAX_PACKAGE_BYTES ((gsize)256 << 20)
/* A sheet packs to a tenth, one of empty cells to a hundredth; deflate ends at 1 : 1032. */
#define MAX_RATIO        300
#define RATIO_FROM_BYTES ((gsize)4 << 20)
#define CHUNK_BYTES      65536
/* Of XML: elements within elements, and how long a tag or comment may be. */
#define MAX_DEPTH       100
#define MAX_TOKEN_BYTES ((gsize)1 << 20)

void sats_package_refuse(const SatsPackage *package, const char *en, const char *sv) {
    SatsPlace place = sats_place(package->file, 0, 0, 0);
    sats_report_add(package->report, SATS_ERROR, "xlsx-file", &place, "%s", "%s",
                    sats_report_language(package->report) == SATS_LANGUAGE_SWEDISH ? sv : en);
}

/* ---- the zip ---- */

static gboolean begins_with(const SatsSource *file, const char *bytes, gsize length) {
    return file->length >= length && memcmp(file->text, bytes, length) == 0;
}

/* What is no zip is often an old workbook, or one that a password locks. */
static void refuse_other(const SatsPackage *package) {
    static const char packed[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    const SatsSource *file = package->file;
    if (!begins_with(file, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8)) {
        sats_package_refuse(package, "the file is no Excel workbook (.xlsx)",
                            "filen är ingen Excel-arbetsbok (.xlsx)");
        return;
    }
    if (memmem(file->text, file->length, packed, sizeof packed) != NULL) {
        sats_package_refuse(package, "the workbook is locked by a password",
                            "arbetsboken är låst med lösenord");
        sats_report_hint(package->report, "save it without one", "spara den utan");
        return;
    }
    sats_package_refuse(package, "the file is an old workbook (.xls)",
                        "filen är en äldre arbetsbok (.xls)");
    sats_report_hint(package->report, "save it as .xlsx", "spara den som .xlsx");
}

gboolean sats_package_open(SatsPackage *package, const SatsSource *file, SatsReport *report) {
    *package = (SatsPackage){.file = file, .report = report};
    if (!begins_with(file, "PK", 2)) {
        refuse_other(package);
        return FALSE;
    }
    zip_error_t error;
    sats_libzip.error_init(&error);
    zip_source_t *bytes = sats_libzip.source_buffer_create(file->text, file->length, 0, &error);
    package->zip = bytes == NULL ? NULL : sats_libzip.open_from_source(bytes, ZIP_RDONLY, &error);
    if (bytes != NULL && package->zip == NULL)
        sats_libzip.source_free(bytes);
    sats_libzip.error_fini(&error);
    if (package->zip == NULL || sats_libzip.get_num_entries(package->zip, 0) > MAX_ENTRIES) {
        sats_package_refuse(package, "the file is damaged: its zip cannot be read",
                            "filen är skadad: dess zip går inte att läsa");
        sats_package_close(package);
        return FALSE;
    }
    return TRUE;
}

void sats_package_close(SatsPackage *package) {
    if (package->zip != NULL)
        sats_libzip.discard(package->zip);
    package->zip = NULL;
}

/* Names of parts do not tell large letters from small. */
static zip_int64_t find_part(const SatsPackage *package, const char *part) {
    zip_int64_t index = sats_libzip.name_locate(package->zip, part, 0);
    return index >= 0 ? index : sats_libzip.name_locate(package->zip, part, ZIP_FL_NOCASE);
}

gboolean sats_package_has(const SatsPackage *package, const char *part) {
    return find_part(package, part) >= 0;
}

/* ---- XML ---- */

typedef struct {
    SatsPackage *package;
    const SatsPartHandler *handler;
    void *context;
    gboolean document_type;
    guint depth;
    gsize silent; /* bytes since the parser last told something */
} Part;

/* Behind the namespace, which the parser puts before a "|". */
static const char *local_name(const char *name) {
    const char *bar = strrchr(name, '|');
    return bar == NULL ? name : bar + 1;
}

/* Workbooks come in two sets of namespaces, transitional and strict. */
static const char *element_name(const char *name) {
    static const char *const spaces[] = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main|",
        "http://purl.oclc.org/ooxml/spreadsheetml/main|",
        "http://schemas.openxmlformats.org/package/2006/relationships|",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(spaces); i++)
        if (g_str_has_prefix(name, spaces[i]))
            return local_name(name);
    return "";
}

const char *sats_part_attribute(const char **attributes, const char *name) {
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(local_name(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

static void XMLCALL handle_start(void *data, const char *name, const char **attributes) {
    Part *part = data;
    part->silent = 0;
    if (++part->depth > MAX_DEPTH)
        sats_libexpat.StopParser(part->package->parser, XML_FALSE);
    else if (!part->package->cut_short)
        part->handler->start(part->context, element_name(name), attributes);
}

static void XMLCALL handle_end(void *data, const char *name) {
    Part *part = data;
    part->silent = 0;
    part->depth--;
    if (!part->package->cut_short && part->handler->end != NULL)
        part->handler->end(part->context, element_name(name));
}

static void XMLCALL handle_text(void *data, const char *bytes, int length) {
    Part *part = data;
    part->silent = 0;
    if (!part->package->cut_short && part->handler->text != NULL)
        part->handler->text(part->context, bytes, (gsize)length);
}

static void XMLCALL handle_document_type(void *data, const char *name, const char *system_id,
                                         const char *public_id, int has_subset) {
    (void)name, (void)system_id, (void)public_id, (void)has_subset;
    Part *part = data;
    part->document_type = TRUE;
    sats_libexpat.StopParser(part->package->parser, XML_FALSE);
}

void sats_package_stop(SatsPackage *package) {
    package->cut_short = TRUE;
    sats_libexpat.StopParser(package->parser, XML_FALSE);
}

/* ---- a part ---- */

static void refuse_part(const SatsPackage *package, const char *part, const char *en,
                        const char *sv) {
    SatsPlace place = sats_place(package->file, 0, 0, 0);
    gboolean swedish = sats_report_language(package->report) == SATS_LANGUAGE_SWEDISH;
    sats_report_add(package->report, SATS_ERROR, "xlsx-file", &place, "the file is damaged: %s: %s",
                    "filen är skadad: %s: %s", part, swedish ? sv : en);
}

static gboolean within_limits(SatsPackage *package, const char *name, gsize size, gsize packed) {
    gboolean bomb = size > RATIO_FROM_BYTES && size / MAX_RATIO > packed;
    if (!bomb && size <= MAX_PART_BYTES && package->unpacked <= MAX_PACKAGE_BYTES)
        return TRUE;
    SatsPlace place = sats_place(package->file, 0, 0, 0);
    sats_report_add(package->report, SATS_ERROR, "limit", &place,
                    "the workbook unpacks to too much: %s",
                    "arbetsboken blir för stor när den packas upp: %s", name);
    return FALSE;
}

/* FALSE after a finding. */
static gboolean parse_bytes(Part *part, const char *name, const char *bytes, int n) {
    SatsPackage *package = part->package;
    part->silent += (gsize)n;
    if (sats_libexpat.Parse(package->parser, bytes, n, n == 0) == XML_STATUS_OK &&
        part->silent <= MAX_TOKEN_BYTES)
        return TRUE;
    if (part->document_type)
        refuse_part(package, name, "it has a document type", "den har en dokumenttyp");
    else if (!package->cut_short)
        refuse_part(package, name, "its XML cannot be read", "dess XML går inte att läsa");
    return FALSE;
}

static gboolean parse_entry(Part *part, const char *name, zip_file_t *entry, gsize packed) {
    SatsPackage *package = part->package;
    g_autofree char *buffer = g_malloc(CHUNK_BYTES);
    gsize size = 0;
    zip_int64_t n = 0;
    while ((n = sats_libzip.fread(entry, buffer, CHUNK_BYTES)) > 0) {
        size += (gsize)n;
        package->unpacked += (gsize)n;
        if (!within_limits(package, name, size, packed) || !parse_bytes(part, name, buffer, (int)n))
            return FALSE;
    }
    if (n < 0) {
        refuse_part(package, name, "it cannot be unpacked", "den går inte att packa upp");
        return FALSE;
    }
    return parse_bytes(part, name, NULL, 0);
}

/* The entry's own word is good enough to refuse it by. */
static zip_file_t *open_entry(SatsPackage *package, const char *name, zip_uint64_t index,
                              zip_stat_t *status) {
    if (sats_libzip.stat_index(package->zip, index, 0, status) == 0 &&
        (status->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        status->encryption_method != ZIP_EM_NONE) {
        refuse_part(package, name, "it is locked by a password", "den är låst med lösenord");
        return NULL;
    }
    zip_file_t *entry = NULL;
    if ((status->valid & ZIP_STAT_COMP_SIZE) != 0 && (status->valid & ZIP_STAT_COMP_METHOD) != 0 &&
        (status->comp_method == ZIP_CM_DEFLATE || status->comp_method == ZIP_CM_STORE))
        entry = sats_libzip.fopen_index(package->zip, index, 0);
    if (entry == NULL)
        refuse_part(package, name, "it cannot be unpacked", "den går inte att packa upp");
    return entry;
}

SatsPartResult sats_package_read(SatsPackage *package, const char *name,
                                 const SatsPartHandler *handler, void *context) {
    Part part = {.package = package, .handler = handler, .context = context};
    zip_int64_t index = find_part(package, name);
    if (index < 0)
        return SATS_PART_ABSENT;
    zip_stat_t status = {0};
    zip_file_t *entry = open_entry(package, name, (zip_uint64_t)index, &status);
    if (entry == NULL)
        return SATS_PART_REFUSED;
    package->cut_short = FALSE;
    package->parser = sats_libexpat.ParserCreateNS(NULL, '|');
    if (package->parser == NULL)
        g_error("out of memory");
    sats_libexpat.SetUserData(package->parser, &part);
    sats_libexpat.SetElementHandler(package->parser, handle_start, handle_end);
    sats_libexpat.SetCharacterDataHandler(package->parser, handle_text);
    sats_libexpat.SetStartDoctypeDeclHandler(package->parser, handle_document_type);
    gboolean read = parse_entry(&part, name, entry, (gsize)status.comp_size);
    sats_libexpat.ParserFree(package->parser);
    package->parser = NULL;
    sats_libzip.fclose(entry);
    return read ? SATS_PART_READ : SATS_PART_REFUSED;
}
