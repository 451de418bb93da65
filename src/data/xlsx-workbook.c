/* data/xlsx-workbook.c: from the package's relations to the workbook, its sheets, texts, formats.
 */
#include "data/xlsx-parts.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_SHEETS = 1000, MAX_FORMATS = 65536, MAX_STRINGS = 4000000 };

static gboolean is_true(const char *text) {
    return g_strcmp0(text, "1") == 0 || g_strcmp0(text, "true") == 0;
}

static guint32 read_count(const char *text) {
    guint64 number = text == NULL ? 0 : g_ascii_strtoull(text, NULL, 10);
    return (guint32)MIN(number, G_MAXUINT32);
}

/* ---- the workbook ---- */

typedef struct {
    SatsWorkbook *workbook;
    const GPtrArray *relations;
    SatsRangeName *name; /* whose text is being read; NULL none */
} Book;

static void free_sheet(gpointer data) {
    SatsSheet *sheet = data;
    g_free(sheet->name);
    g_free(sheet->part);
    if (sheet->cells != NULL)
        g_array_unref(sheet->cells);
    g_free(sheet);
}

static void start_sheet(const Book *book, const char **attributes) {
    SatsWorkbook *workbook = book->workbook;
    const char *title = sats_part_attribute(attributes, "name");
    const char *id = sats_part_attribute(attributes, "id");
    if (title == NULL || id == NULL || workbook->sheets->len >= MAX_SHEETS)
        return;
    const char *state = sats_part_attribute(attributes, "state");
    const SatsRelation *relation = sats_relations_find(book->relations, id, "worksheet");
    SatsSheet *sheet = g_new0(SatsSheet, 1);
    sheet->name = g_strdup(title);
    sheet->part = relation == NULL ? NULL : g_strdup(relation->part);
    sheet->hidden = state != NULL && strcmp(state, "visible") != 0;
    g_ptr_array_add(workbook->sheets, sheet);
}

static void start_book(void *context, const char *name, const char **attributes) {
    Book *book = context;
    if (strcmp(name, "workbookPr") == 0)
        book->workbook->date1904 = is_true(sats_part_attribute(attributes, "date1904"));
    else if (strcmp(name, "sheet") == 0)
        start_sheet(book, attributes);
    else if (strcmp(name, "definedName") == 0)
        book->name = sats_names_add(book->workbook, attributes);
}

static void end_book(void *context, const char *name) {
    (void)name;
    ((Book *)context)->name = NULL;
}

static void text_book(void *context, const char *bytes, gsize length) {
    const Book *book = context;
    if (book->name != NULL)
        sats_names_extend(book->name, bytes, length);
}

/* ---- shared texts ---- */

typedef struct {
    SatsWorkbook *workbook;
    GString *text;
    guint phonetic; /* depth within readings, which are not shown */
    gboolean in_text;
} Strings;

static void start_string(void *context, const char *name, const char **attributes) {
    (void)attributes;
    Strings *strings = context;
    if (strcmp(name, "si") == 0)
        g_string_truncate(strings->text, 0);
    strings->phonetic += strcmp(name, "rPh") == 0;
    strings->in_text = strcmp(name, "t") == 0 && strings->phonetic == 0;
}

static void end_string(void *context, const char *name) {
    Strings *strings = context;
    SatsWorkbook *workbook = strings->workbook;
    strings->in_text = FALSE;
    strings->phonetic -= strcmp(name, "rPh") == 0 && strings->phonetic > 0;
    if (strcmp(name, "si") == 0 && workbook->strings->len < MAX_STRINGS)
        g_ptr_array_add(workbook->strings, sats_arena_strndup(workbook->arena, strings->text->str,
                                                              strings->text->len));
}

static void text_string(void *context, const char *bytes, gsize length) {
    const Strings *strings = context;
    if (strings->in_text)
        g_string_append_len(strings->text, bytes, (gssize)length);
}

static gboolean read_strings(SatsWorkbook *workbook, const char *part) {
    static const SatsPartHandler handler = {start_string, end_string, text_string};
    Strings strings = {.workbook = workbook, .text = g_string_new(NULL)};
    SatsPartResult result = sats_package_read(&workbook->package, part, &handler, &strings);
    g_string_free(strings.text, TRUE);
    return result != SATS_PART_REFUSED;
}

/* ---- formats ---- */

typedef struct {
    SatsWorkbook *workbook;
    GHashTable *codes; /* id -> char, owned */
    gboolean in_cells; /* within cellXfs */
} Styles;

static void start_style(void *context, const char *name, const char **attributes) {
    Styles *styles = context;
    guint32 id = read_count(sats_part_attribute(attributes, "numFmtId"));
    const char *code = sats_part_attribute(attributes, "formatCode");
    if (strcmp(name, "numFmt") == 0 && code != NULL &&
        g_hash_table_size(styles->codes) < MAX_FORMATS)
        g_hash_table_replace(styles->codes, GUINT_TO_POINTER(id), g_strdup(code));
    styles->in_cells |= strcmp(name, "cellXfs") == 0;
    if (strcmp(name, "xf") != 0 || !styles->in_cells ||
        styles->workbook->formats->len >= MAX_FORMATS)
        return;
    const char *own = g_hash_table_lookup(styles->codes, GUINT_TO_POINTER(id));
    SatsCellFormat format = sats_cell_format_read(own != NULL ? own : sats_cell_format_builtin(id));
    g_array_append_val(styles->workbook->formats, format);
}

static void end_style(void *context, const char *name) {
    Styles *styles = context;
    if (strcmp(name, "cellXfs") == 0)
        styles->in_cells = FALSE;
}

static gboolean read_styles(SatsWorkbook *workbook, const char *part) {
    static const SatsPartHandler handler = {start_style, end_style, NULL};
    Styles styles = {.workbook = workbook};
    styles.codes = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    SatsPartResult result = sats_package_read(&workbook->package, part, &handler, &styles);
    g_hash_table_unref(styles.codes);
    return result != SATS_PART_REFUSED;
}

/* ---- opening ---- */

static gboolean read_parts(SatsWorkbook *workbook, const char *part, const GPtrArray *relations) {
    static const SatsPartHandler handler = {start_book, end_book, text_book};
    Book book = {.workbook = workbook, .relations = relations};
    SatsPartResult result = sats_package_read(&workbook->package, part, &handler, &book);
    if (result == SATS_PART_ABSENT || (result == SATS_PART_READ && workbook->sheets->len == 0))
        sats_package_refuse(&workbook->package, "the workbook has no sheets",
                            "arbetsboken har inga blad");
    if (result != SATS_PART_READ || workbook->sheets->len == 0)
        return FALSE;
    const SatsRelation *strings = sats_relations_find(relations, NULL, "sharedStrings");
    const SatsRelation *styles = sats_relations_find(relations, NULL, "styles");
    return (strings == NULL || read_strings(workbook, strings->part)) &&
           (styles == NULL || read_styles(workbook, styles->part));
}

/* A zip that holds something else. */
static void refuse_content(const SatsPackage *package) {
    gboolean open_document =
        sats_package_has(package, "mimetype") && sats_package_has(package, "content.xml");
    sats_package_refuse(package,
                        open_document ? "the file is an OpenDocument file (.ods)"
                                      : "the file is no Excel workbook (.xlsx)",
                        open_document ? "filen är en OpenDocument-fil (.ods)"
                                      : "filen är ingen Excel-arbetsbok (.xlsx)");
    if (open_document)
        sats_report_hint(package->report, "save it as .xlsx", "spara den som .xlsx");
}

static gboolean read_workbook(SatsWorkbook *workbook) {
    g_autoptr(GPtrArray) own = NULL;
    g_autoptr(GPtrArray) relations = NULL;
    if (!sats_relations_read(&workbook->package, "", &own))
        return FALSE;
    const SatsRelation *book = sats_relations_find(own, NULL, "officeDocument");
    if (book == NULL || g_str_has_suffix(book->part, ".bin")) {
        refuse_content(&workbook->package);
        return FALSE;
    }
    return sats_relations_read(&workbook->package, book->part, &relations) &&
           read_parts(workbook, book->part, relations);
}

SatsWorkbook *sats_workbook_open(SatsSources *sources, const SatsSource *file, SatsArena *arena,
                                 SatsReport *report, GError **error) {
    if (!sats_xlsx_library_load(error))
        return NULL;
    SatsWorkbook *workbook = g_new0(SatsWorkbook, 1);
    workbook->sources = sources;
    workbook->arena = arena;
    workbook->report = report;
    workbook->sheets = g_ptr_array_new_with_free_func(free_sheet);
    workbook->names = g_ptr_array_new_with_free_func(sats_range_name_free);
    workbook->strings = g_ptr_array_new();
    workbook->formats = g_array_new(FALSE, FALSE, sizeof(SatsCellFormat));
    if (!sats_package_open(&workbook->package, file, report) || !read_workbook(workbook)) {
        sats_workbook_free(workbook);
        return NULL;
    }
    return workbook;
}

void sats_workbook_free(SatsWorkbook *workbook) {
    if (workbook == NULL)
        return;
    sats_package_close(&workbook->package);
    g_ptr_array_unref(workbook->sheets);
    g_ptr_array_unref(workbook->names);
    g_ptr_array_unref(workbook->strings);
    g_array_unref(workbook->formats);
    g_free(workbook);
}

/* ---- reading ---- */

SatsSheet *sats_workbook_sheet(const SatsWorkbook *workbook, const char *name) {
    g_autofree char *wanted = sats_utf8_fold(name);
    for (guint i = 0; i < workbook->sheets->len; i++) {
        SatsSheet *sheet = g_ptr_array_index(workbook->sheets, i);
        g_autofree char *own = sats_utf8_fold(sheet->name);
        if (strcmp(own, wanted) == 0)
            return sheet;
    }
    return NULL;
}

/* The only sheet that shows; NULL when there are several, or none. */
static SatsSheet *only_sheet(const SatsWorkbook *workbook) {
    SatsSheet *only = NULL;
    for (guint i = 0; i < workbook->sheets->len; i++) {
        SatsSheet *sheet = g_ptr_array_index(workbook->sheets, i);
        if (!sheet->hidden && only != NULL)
            return NULL;
        only = sheet->hidden ? only : sheet;
    }
    return only;
}

static char **list_sheets(const SatsWorkbook *workbook) {
    char **names = g_new0(char *, workbook->sheets->len + 1U);
    for (guint i = 0; i < workbook->sheets->len; i++)
        names[i] = g_strdup(((const SatsSheet *)g_ptr_array_index(workbook->sheets, i))->name);
    return names;
}

/* Hints what might have been meant by a word: a sheet or else a range, or a name of one. */
static void hint_choices(const SatsWorkbook *workbook, const char *word, gboolean sheet,
                         gboolean name) {
    g_auto(GStrv) sheets = sheet ? list_sheets(workbook) : g_new0(char *, 1);
    g_auto(GStrv) names = name ? sats_names_list(workbook) : g_new0(char *, 1);
    g_autofree char *all_sheets = g_strjoinv(", ", sheets);
    g_autofree char *all_names = g_strjoinv(", ", names);
    int size = sats_utf8_cut(all_sheets, 300), names_size = sats_utf8_cut(all_names, 300);
    if (sheet && *names == NULL)
        sats_report_hint(workbook->report, "its sheets are: %.*s", "bladen heter: %.*s", size,
                         all_sheets);
    else if (sheet)
        sats_report_hint(workbook->report, "its sheets are: %.*s; its names are: %.*s",
                         "bladen heter: %.*s; namnen är: %.*s", size, all_sheets, names_size,
                         all_names);
    else if (*names == NULL)
        sats_report_hint(workbook->report, "a range is written as A3:F20, A:F or 3:20",
                         "ett område skrivs som A3:F20, A:F eller 3:20");
    else
        sats_report_hint(
            workbook->report, "a range is written as A3:F20, A:F or 3:20; its names are: %.*s",
            "ett område skrivs som A3:F20, A:F eller 3:20; namnen är: %.*s", names_size, all_names);
    sats_report_suggest(workbook->report, word, (const char *const *)sheets, g_strv_length(sheets));
    sats_report_suggest(workbook->report, word, (const char *const *)names, g_strv_length(names));
}

/* What stands before "!", "" the only one; NULL after a finding. */
static SatsSheet *choose_sheet(const SatsWorkbook *workbook, const char *name,
                               const SatsPlace *place) {
    SatsSheet *sheet = *name == '\0' ? only_sheet(workbook) : sats_workbook_sheet(workbook, name);
    if (sheet != NULL)
        return sheet;
    if (*name == '\0')
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-sheet", place,
                        "the workbook has several sheets: say which",
                        "arbetsboken har flera blad: ange vilket");
    else
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-sheet", place, "there is no sheet '%s'",
                        "det finns inget blad '%s'", name);
    hint_choices(workbook, name, TRUE, FALSE);
    return NULL;
}

/* "Blad1", "Namn" or "", all of a sheet or a range with a name. FALSE after a finding. */
static gboolean read_word(SatsWorkbook *workbook, const char *word, const SatsPlace *place,
                          SatsSheet **out_sheet, SatsCellRange *out_range, gboolean *out_all) {
    *out_sheet =
        *word == '\0' ? choose_sheet(workbook, "", place) : sats_workbook_sheet(workbook, word);
    *out_range = (SatsCellRange){1, SATS_XLSX_ROWS, 1, SATS_XLSX_COLUMNS};
    *out_all = *out_sheet != NULL;
    if (*out_all || *word == '\0' ||
        sats_names_resolve(workbook, NULL, word, place, out_sheet, out_range))
        return *out_sheet != NULL;
    sats_report_add(workbook->report, SATS_ERROR, "xlsx-sheet", place,
                    "there is no sheet '%s', nor a table or name of the workbook that is called so",
                    "det finns inget blad '%s', och inte heller någon tabell eller något namn i "
                    "arbetsboken som heter så",
                    word);
    hint_choices(workbook, word, TRUE, TRUE);
    return FALSE;
}

static void refuse_range(const SatsWorkbook *workbook, SatsRangeResult why, const char *text,
                         const SatsPlace *place) {
    if (why == SATS_RANGE_NONE) {
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-range", place,
                        "'%s' is no range of cells", "'%s' är inget cellområde", text);
    } else if (why == SATS_RANGE_OUTSIDE) {
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-range", place,
                        "'%s' is outside what a sheet can have, A1 to XFD1048576",
                        "'%s' ligger utanför vad ett blad kan ha, A1 till XFD1048576", text);
    } else {
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-range", place,
                        "'%s' ends before it begins", "'%s' slutar före sin början", text);
    }
    hint_choices(workbook, text, FALSE, TRUE);
}

/* "Blad1!A3:F20", "!A3:F20" or "Blad1!Namn", whose range may be on another sheet. A name may look
 * like a cell that no sheet has ("Budget2025"). FALSE after a finding. */
static gboolean read_range(SatsWorkbook *workbook, const char *sheet, const char *text,
                           const SatsPlace *place, SatsSheet **out_sheet,
                           SatsCellRange *out_range) {
    SatsSheet *from = choose_sheet(workbook, sheet, place);
    if (from == NULL)
        return FALSE;
    SatsRangeResult result = sats_cell_range_parse(text, out_range);
    if (result == SATS_RANGE_GOOD) {
        *out_sheet = from;
        return TRUE;
    }
    if (sats_names_resolve(workbook, from, text, place, out_sheet, out_range))
        return *out_sheet != NULL;
    refuse_range(workbook, result, text, place);
    return FALSE;
}

const SatsValue *sats_workbook_read(SatsWorkbook *workbook, const char *reference,
                                    const SatsPlace *place, gsize max_nodes) {
    g_autofree char *name = NULL;
    g_autofree char *text = NULL;
    SatsSheet *sheet = NULL;
    SatsCellRange range;
    gboolean all = FALSE;
    if (!sats_reference_parse(reference, &name, &text)) {
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-range", place, "'%s' names no sheet",
                        "'%s' anger inget blad", reference);
        sats_report_hint(workbook->report, "a name in quotes goes on to a quote: 'Budget 2024'!A:F",
                         "ett namn inom citattecken slutar med ett: 'Budget 2024'!A:F");
        return NULL;
    }
    if (!(text == NULL ? read_word(workbook, name, place, &sheet, &range, &all)
                       : read_range(workbook, name, text, place, &sheet, &range)))
        return NULL;
    if (sheet->part == NULL) {
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-sheet", place,
                        "'%s' is no sheet of cells", "'%s' är inget blad med celler", sheet->name);
        return NULL;
    }
    return sats_sheet_load(workbook, sheet)
               ? sats_sheet_rows(workbook, sheet, range, all, max_nodes)
               : NULL;
}
