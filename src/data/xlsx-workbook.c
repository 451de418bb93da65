/* data/xlsx-workbook.c: from the package's relations to the workbook, its sheets, texts, formats.
 *
 * A package names its parts by relations: of its own (the workbook), and of the workbook (sheets,
 * shared texts, styles), each a type, an id and a path from the part that has it. */
#include "data/xlsx-parts.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_SHEETS = 1000, MAX_RELATIONS = 10000, MAX_FORMATS = 65536, MAX_STRINGS = 4000000 };

static gboolean is_true(const char *text) {
    return g_strcmp0(text, "1") == 0 || g_strcmp0(text, "true") == 0;
}

static guint32 read_count(const char *text) {
    guint64 number = text == NULL ? 0 : g_ascii_strtoull(text, NULL, 10);
    return (guint32)MIN(number, G_MAXUINT32);
}

static void end_nothing(void *context, const char *name) {
    (void)context, (void)name;
}

/* ---- relations ---- */

typedef struct {
    char *id, *type, *part;
} Relation;

typedef struct {
    SatsPackage *package;
    const char *folder; /* of the part that has them, with "/" at its end, or "" */
    GPtrArray *list;    /* Relation */
} Relations;

static void free_relation(gpointer data) {
    Relation *relation = data;
    g_free(relation->id);
    g_free(relation->type);
    g_free(relation->part);
    g_free(relation);
}

/* A target as the zip names it. Caller frees. */
static char *resolve_target(const char *folder, const char *target) {
    g_autofree char *whole = g_strconcat(*target == '/' ? "" : folder, target, NULL);
    g_auto(GStrv) steps = g_strsplit(whole, "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **step = steps; *step != NULL; step++) {
        if (strcmp(*step, "..") == 0)
            g_ptr_array_set_size(kept, MAX((gint)kept->len - 1, 0));
        else if (**step != '\0' && strcmp(*step, ".") != 0)
            g_ptr_array_add(kept, *step);
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv("/", (char **)kept->pdata);
}

static void start_relation(void *context, const char *name, const char **attributes) {
    const Relations *relations = context;
    const char *id = sats_part_attribute(attributes, "Id");
    const char *type = sats_part_attribute(attributes, "Type");
    const char *target = sats_part_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL ||
        g_strcmp0(sats_part_attribute(attributes, "TargetMode"), "External") == 0 ||
        relations->list->len >= MAX_RELATIONS)
        return;
    const char *kind = strrchr(type, '/');
    Relation *relation = g_new(Relation, 1);
    relation->id = g_strdup(id);
    relation->type = g_strdup(kind == NULL ? type : kind + 1);
    relation->part = resolve_target(relations->folder, target);
    g_ptr_array_add(relations->list, relation);
}

/* The relations of a part ("" the package itself); empty when it has none. FALSE after a finding.
 * Caller frees the list. */
static gboolean read_relations(SatsPackage *package, const char *part, GPtrArray **out_list) {
    static const SatsPartHandler handler = {start_relation, end_nothing, NULL};
    const char *base = strrchr(part, '/');
    base = base == NULL ? part : base + 1;
    g_autofree char *folder = g_strndup(part, (gsize)(base - part));
    g_autofree char *path = g_strdup_printf("%s_rels/%s.rels", folder, base);
    Relations relations = {package, folder, g_ptr_array_new_with_free_func(free_relation)};
    *out_list = relations.list;
    return sats_package_read(package, path, &handler, &relations) != SATS_PART_REFUSED;
}

static const Relation *find_relation(const GPtrArray *list, const char *id, const char *type) {
    for (guint i = 0; i < list->len; i++) {
        const Relation *relation = g_ptr_array_index(list, i);
        if ((id == NULL || strcmp(relation->id, id) == 0) &&
            (type == NULL || strcmp(relation->type, type) == 0))
            return relation;
    }
    return NULL;
}

/* ---- the workbook ---- */

typedef struct {
    SatsWorkbook *workbook;
    const GPtrArray *relations;
} Book;

static void free_sheet(gpointer data) {
    SatsSheet *sheet = data;
    g_free(sheet->name);
    g_free(sheet->part);
    if (sheet->cells != NULL)
        g_array_unref(sheet->cells);
    g_free(sheet);
}

static void start_book(void *context, const char *name, const char **attributes) {
    const Book *book = context;
    SatsWorkbook *workbook = book->workbook;
    if (strcmp(name, "workbookPr") == 0)
        workbook->date1904 = is_true(sats_part_attribute(attributes, "date1904"));
    const char *title = sats_part_attribute(attributes, "name");
    const char *id = sats_part_attribute(attributes, "id");
    if (strcmp(name, "sheet") != 0 || title == NULL || id == NULL ||
        workbook->sheets->len >= MAX_SHEETS)
        return;
    const char *state = sats_part_attribute(attributes, "state");
    const Relation *relation = find_relation(book->relations, id, "worksheet");
    SatsSheet *sheet = g_new0(SatsSheet, 1);
    sheet->name = g_strdup(title);
    sheet->part = relation == NULL ? NULL : g_strdup(relation->part);
    sheet->hidden = state != NULL && strcmp(state, "visible") != 0;
    g_ptr_array_add(workbook->sheets, sheet);
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
    static const SatsPartHandler handler = {start_book, end_nothing, NULL};
    Book book = {workbook, relations};
    SatsPartResult result = sats_package_read(&workbook->package, part, &handler, &book);
    if (result == SATS_PART_ABSENT || (result == SATS_PART_READ && workbook->sheets->len == 0))
        sats_package_refuse(&workbook->package, "the workbook has no sheets",
                            "arbetsboken har inga blad");
    if (result != SATS_PART_READ || workbook->sheets->len == 0)
        return FALSE;
    const Relation *strings = find_relation(relations, NULL, "sharedStrings");
    const Relation *styles = find_relation(relations, NULL, "styles");
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
    if (!read_relations(&workbook->package, "", &own))
        return FALSE;
    const Relation *book = find_relation(own, NULL, "officeDocument");
    if (book == NULL || g_str_has_suffix(book->part, ".bin")) {
        refuse_content(&workbook->package);
        return FALSE;
    }
    return read_relations(&workbook->package, book->part, &relations) &&
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
    g_ptr_array_unref(workbook->strings);
    g_array_unref(workbook->formats);
    g_free(workbook);
}

/* ---- reading ---- */

/* Excel has one name once, whatever its letters' size. */
static SatsSheet *find_sheet(const SatsWorkbook *workbook, const char *name) {
    g_autofree char *wanted = g_utf8_casefold(name, -1);
    for (guint i = 0; i < workbook->sheets->len; i++) {
        SatsSheet *sheet = g_ptr_array_index(workbook->sheets, i);
        g_autofree char *own = g_utf8_casefold(sheet->name, -1);
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

static SatsSheet *choose_sheet(const SatsWorkbook *workbook, const char *name,
                               const SatsPlace *place) {
    SatsSheet *sheet = *name == '\0' ? only_sheet(workbook) : find_sheet(workbook, name);
    guint n = workbook->sheets->len;
    if (sheet != NULL && sheet->part != NULL)
        return sheet;
    if (sheet != NULL) {
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-sheet", place,
                        "'%s' is no sheet of cells", "'%s' är inget blad med celler", sheet->name);
        return NULL;
    }
    g_autofree const char **names = g_new0(const char *, n + 1);
    for (guint i = 0; i < n; i++)
        names[i] = ((const SatsSheet *)g_ptr_array_index(workbook->sheets, i))->name;
    g_autofree char *all = g_strjoinv(", ", (char **)(gpointer)names);
    if (*name == '\0')
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-sheet", place,
                        "the workbook has several sheets: say which",
                        "arbetsboken har flera blad: ange vilket");
    else
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-sheet", place, "there is no sheet '%s'",
                        "det finns inget blad '%s'", name);
    sats_report_hint(workbook->report, "its sheets are: %.*s", "bladen heter: %.*s",
                     sats_utf8_cut(all, 300), all);
    sats_report_suggest(workbook->report, name, names, n);
    return NULL;
}

static gboolean read_range(const SatsWorkbook *workbook, const char *text, const SatsPlace *place,
                           SatsCellRange *out) {
    switch (sats_cell_range_parse(text, out)) {
    case SATS_RANGE_GOOD:
        return TRUE;
    case SATS_RANGE_NONE:
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-range", place,
                        "'%s' is no range of cells", "'%s' är inget cellområde", text);
        sats_report_hint(workbook->report, "a range is written as A3:F20, A:F or 3:20",
                         "ett område skrivs som A3:F20, A:F eller 3:20");
        break;
    case SATS_RANGE_OUTSIDE:
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-range", place,
                        "'%s' is outside what a sheet can have, A1 to XFD1048576",
                        "'%s' ligger utanför vad ett blad kan ha, A1 till XFD1048576", text);
        break;
    case SATS_RANGE_REVERSED:
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-range", place,
                        "'%s' ends before it begins", "'%s' slutar före sin början", text);
        break;
    }
    return FALSE;
}

const SatsValue *sats_workbook_read(SatsWorkbook *workbook, const char *reference,
                                    const SatsPlace *place, gsize max_nodes) {
    g_autofree char *name = NULL;
    g_autofree char *text = NULL;
    SatsCellRange range = {1, SATS_XLSX_ROWS, 1, SATS_XLSX_COLUMNS};
    if (!sats_reference_parse(reference, &name, &text)) {
        sats_report_add(workbook->report, SATS_ERROR, "xlsx-range", place, "'%s' names no sheet",
                        "'%s' anger inget blad", reference);
        sats_report_hint(workbook->report, "a name in quotes goes on to a quote: 'Budget 2024'!A:F",
                         "ett namn inom citattecken slutar med ett: 'Budget 2024'!A:F");
        return NULL;
    }
    SatsSheet *sheet = choose_sheet(workbook, name, place);
    if (sheet == NULL || (text != NULL && !read_range(workbook, text, place, &range)) ||
        !sats_sheet_load(workbook, sheet))
        return NULL;
    return sats_sheet_rows(workbook, sheet, range, text == NULL, max_nodes);
}
