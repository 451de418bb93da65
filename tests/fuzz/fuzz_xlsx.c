/* A workbook becomes rows, findings, or both. The input is a reference on its first line, then
 * either a whole file (it begins with "PK" or 0xD0), or the parts of one, to be zipped: each
 * "=NAME" on a line, then its text. What is not among the parts is taken from a plain workbook. */
#include "fuzz.h"

#include "data/xlsx.h"
#include "support/zip.h"

#define MAIN      "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
#define OFFICE    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "xmlns='http://schemas.openxmlformats.org/package/2006/relationships'"

static const char *const PARTS[][2] = {
    {"_rels/.rels", "<Relationships " RELATIONS "><Relationship Id='a' Type='" OFFICE
                    "/officeDocument' Target='xl/b.xml'/></Relationships>"},
    {"xl/b.xml",
     "<workbook " MAIN " xmlns:r='" OFFICE "'><sheets><sheet name='Blad1' sheetId='1' r:id='a'/>"
     "<sheet name='Blad 2' sheetId='2' r:id='a'/></sheets><definedNames><definedName name='Namn'>"
     "'Blad 2'!$A$1:$B$2</definedName></definedNames></workbook>"},
    {"xl/_rels/b.xml.rels",
     "<Relationships " RELATIONS "><Relationship Id='a' Type='" OFFICE
     "/worksheet' Target='s.xml'/>"
     "<Relationship Id='b' Type='" OFFICE "/sharedStrings' Target='t.xml'/>"
     "<Relationship Id='c' Type='" OFFICE "/styles' Target='f.xml'/></Relationships>"},
    {"xl/s.xml",
     "<worksheet " MAIN "><sheetData><row><c t='s'><v>0</v></c><c t='str'><v>b</v></c></row>"
     "<row><c s='1'><v>0.5</v></c><c s='2'><v>45000</v></c></row></sheetData></worksheet>"},
    {"xl/_rels/s.xml.rels", "<Relationships " RELATIONS "><Relationship Id='a' Type='" OFFICE
                            "/table' Target='tabell.xml'/></Relationships>"},
    {"xl/tabell.xml", "<table " MAIN " displayName='Tabell' ref='A1:B2'/>"},
    {"xl/t.xml", "<sst " MAIN "><si><t>a</t></si></sst>"},
    {"xl/f.xml", "<styleSheet " MAIN
                 "><cellXfs><xf numFmtId='0'/><xf numFmtId='10'/><xf numFmtId='14'/></cellXfs>"
                 "</styleSheet>"},
};

/* The text of a part among those of the input, or NULL. */
static const char *find_part(const char *text, const char *name, gsize *out_size) {
    g_autofree char *mark = g_strdup_printf("=%s\n", name);
    const char *start = strstr(text, mark);
    if (start == NULL) {
        return NULL;
    }
    start += strlen(mark);
    const char *end = strstr(start, "\n=");
    *out_size = end == NULL ? strlen(start) : (gsize)(end - start);
    return start;
}

static GByteArray *zip_parts(const char *text) {
    GByteArray *zip = g_byte_array_new(), *directory = g_byte_array_new();
    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        gsize size = 0;
        const char *part = find_part(text, PARTS[i][0], &size);
        if (part == NULL) {
            part = PARTS[i][1];
            size = strlen(part);
        }
        zip_add(zip, directory, PARTS[i][0], part, size);
    }
    zip_end(zip, directory, G_N_ELEMENTS(PARTS));
    return zip;
}

static void read_rows(const char *reference, const guint8 *bytes, gsize size) {
    SatsSources *sources = sats_sources_new();
    SatsArena *arena = sats_arena_new();
    SatsReport *report = sats_report_new(SATS_LANGUAGE_ENGLISH);
    GError *error = NULL;
    const SatsSource *file = sats_sources_add(sources, "b.xlsx", (const char *)bytes, size);
    SatsPlace place = sats_place(file, 0, 0, 0);
    SatsWorkbook *workbook = sats_workbook_open(sources, file, arena, report, &error);
    g_assert_no_error(error);
    g_assert(workbook != NULL || sats_report_count(report, SATS_ERROR) > 0);
    if (workbook != NULL) {
        const SatsValue *rows = sats_workbook_read(workbook, reference, &place, 20000);
        g_assert(rows != NULL || sats_report_count(report, SATS_ERROR) > 0);
        g_free(sats_value_dump(rows));
        sats_workbook_free(workbook);
    }
    g_free(sats_report_to_text(report, FALSE));
    g_free(sats_report_to_json(report));
    sats_report_free(report);
    sats_arena_free(arena);
    sats_sources_free(sources);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const uint8_t *line = size == 0 ? NULL : memchr(data, '\n', size);
    if (line == NULL) {
        return 0;
    }
    g_autofree char *raw = g_strndup((const char *)data, (gsize)(line - data));
    g_autofree char *reference = g_utf8_make_valid(raw, -1);
    const uint8_t *rest = line + 1;
    gsize left = size - (gsize)(rest - data);
    if (left > 0 && (*rest == 'P' || *rest == 0xD0)) {
        read_rows(reference, rest, left);
        return 0;
    }
    g_autofree char *text = g_strndup((const char *)rest, left);
    GByteArray *zip = zip_parts(text);
    read_rows(reference, zip->data, zip->len);
    g_byte_array_unref(zip);
    return 0;
}
