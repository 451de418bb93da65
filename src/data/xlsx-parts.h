/* data/xlsx-parts.h: what the files of the workbook reader share; nobody else includes it.
 *
 *   xlsx-package.c    the zip and its parts, unpacked straight into the XML parser
 *   xlsx-relations.c  which part belongs to which
 *   xlsx-workbook.c   which parts there are: sheets, texts, number formats
 *   xlsx-names.c      names of ranges, and tables
 *   xlsx-sheet.c      a sheet's cells; a range of them as rows
 *   xlsx-format.c     what a number in a format shows
 *   xlsx-reference.c  "Blad1!A3:F20"
 */
#ifndef SATS_DATA_XLSX_PARTS_H
#define SATS_DATA_XLSX_PARTS_H

#include "data/xlsx-library.h"
#include "data/xlsx.h"

/* ---- xlsx-package.c ---- */

typedef struct {
    const SatsSource *file;
    SatsReport *report;
    zip_t *zip;
    gsize unpacked;     /* bytes so far, of all parts */
    XML_Parser parser;  /* while a part is read */
    gboolean cut_short; /* sats_package_stop() was called */
} SatsPackage;

/* What is told of a part's XML. Names are without namespace; elements of other namespaces than the
 * workbook's have the name "". `end` and `text` may be NULL. */
typedef struct {
    void (*start)(void *context, const char *name, const char **attributes);
    void (*end)(void *context, const char *name);
    void (*text)(void *context, const char *bytes, gsize length);
} SatsPartHandler;

typedef enum { SATS_PART_READ, SATS_PART_ABSENT, SATS_PART_REFUSED } SatsPartResult;

/* Opens the zip. FALSE after a finding: no zip, another kind of file, too many entries. The
 * libraries must be loaded. */
gboolean sats_package_open(SatsPackage *package, const SatsSource *file, SatsReport *report);
void sats_package_close(SatsPackage *package);
gboolean sats_package_has(const SatsPackage *package, const char *part);

/* Unpacks and parses a part. ABSENT is not reported, REFUSED is. */
SatsPartResult sats_package_read(SatsPackage *package, const char *part,
                                 const SatsPartHandler *handler, void *context);
/* From a handler that has reported why: the part is read no further, and refused. */
void sats_package_stop(SatsPackage *package);

/* Reports "xlsx-file" about the file as a whole. */
void sats_package_refuse(const SatsPackage *package, const char *en, const char *sv);

/* The value of an attribute, whatever its namespace; NULL none. */
const char *sats_part_attribute(const char **attributes, const char *name);

/* ---- xlsx-relations.c ---- */

typedef struct {
    char *id, *type, *part; /* the type's last word; the part as the zip names it */
} SatsRelation;

/* The relations of a part ("" the package itself); empty when it has none. FALSE after a finding.
 * Caller frees the list. */
gboolean sats_relations_read(SatsPackage *package, const char *part, GPtrArray **out_list);
/* The first of the id and the type, where they are not NULL; NULL none. */
const SatsRelation *sats_relations_find(const GPtrArray *list, const char *id, const char *type);

/* ---- xlsx-format.c ---- */

typedef enum { SATS_SHOWS_NUMBER, SATS_SHOWS_GENERAL, SATS_SHOWS_TIME } SatsCellShows;

typedef struct {
    SatsCellShows shows;
    guint8 least_decimals, most_decimals; /* of NUMBER */
    gint8 shift;                          /* of NUMBER: powers of ten, 2 for %, -3 for thousands */
    gboolean date, clock, elapsed;        /* of TIME */
} SatsFormatSection;

/* A number format: for positive numbers, negative ones and zero. */
typedef struct {
    SatsFormatSection sections[3];
} SatsCellFormat;

/* Reads a format's code, such as "#,##0.00;[Red]-#,##0.00" or "yyyy\-mm\-dd". Any code gives some
 * format. */
SatsCellFormat sats_cell_format_read(const char *code);
/* The code of a format that is told by number alone; "General" for what is none. */
const char *sats_cell_format_builtin(guint id);

/* Appends what a number, as the file has it ("0.30000000000000004", "1.5E-3"), shows in a format.
 * FALSE, and nothing appended: it is no number, or one with more than 18 digits, or no day that
 * there is. */
gboolean sats_cell_format_apply(const SatsCellFormat *format, const char *number, gboolean date1904,
                                GString *out);

/* ---- xlsx-reference.c ---- */

enum { SATS_XLSX_ROWS = 1048576, SATS_XLSX_COLUMNS = 16384 };

/* Rows and columns from 1, the last ones included. */
typedef struct {
    guint32 first_row, last_row, first_column, last_column;
} SatsCellRange;

typedef enum {
    SATS_RANGE_GOOD,
    SATS_RANGE_NONE,     /* no shape of a range */
    SATS_RANGE_OUTSIDE,  /* beyond XFD1048576, or row 0 */
    SATS_RANGE_REVERSED, /* ends before it begins */
} SatsRangeResult;

/* "A3:F20", "A3", "A:F" (all rows), "3:20" (all columns), also with "$". */
SatsRangeResult sats_cell_range_parse(const char *text, SatsCellRange *out);
/* Parts a reference at its "!". The sheet's name without quotes ("" none); the range, NULL none.
 * FALSE: an unclosed quote, or text behind it. Caller frees both. */
gboolean sats_reference_parse(const char *reference, char **out_sheet, char **out_range);

/* ---- xlsx-workbook.c ---- */

typedef enum {
    SATS_CELL_NUMBER,
    SATS_CELL_SHARED,
    SATS_CELL_TEXT,
    SATS_CELL_BOOL,
    SATS_CELL_ERROR,
    SATS_CELL_DATE,
    SATS_CELL_OTHER,
} SatsCellType;

typedef struct {
    guint32 row;
    guint16 column;
    guint8 type; /* SatsCellType */
    gboolean formula;
    guint32 style;
    const char *text; /* as the file has it; NULL none */
} SatsCell;

typedef struct {
    char *name, *part; /* NULL part: no worksheet (a chart) */
    gboolean hidden;
    const SatsSource *source; /* NULL until its cells are read */
    GArray *cells;            /* SatsCell, by row and column; those that hold something */
    gboolean refused;         /* its part could not be read; told already */
} SatsSheet;

/* A name of a range, or a table. */
typedef struct {
    char *name, *folded; /* the latter to compare */
    SatsSheet *scope;    /* whose own name it is; NULL the workbook's */
    GString *formula;    /* what it stands for, as far as a range can be long */
    SatsSheet *table_on; /* of a table: its sheet, and `formula` names none */
    guint32 totals;      /* of a table: its last rows, which are no data */
    gboolean headless;   /* of a table: without a row of names */
} SatsRangeName;

struct SatsWorkbook {
    SatsPackage package;
    SatsSources *sources;
    SatsArena *arena;
    SatsReport *report;
    gboolean date1904;
    GPtrArray *sheets;   /* SatsSheet */
    GPtrArray *names;    /* SatsRangeName */
    guint n_tables;      /* parts of tables read, for a limit */
    gboolean has_tables; /* theirs are among the names */
    GPtrArray *strings;  /* const char, in the arena */
    GArray *formats;     /* SatsCellFormat, by a cell's style */
};

/* Excel has one name once, whatever its letters' size; whether their marks are characters of their
 * own depends on the system that a plan is written on. NULL none. */
SatsSheet *sats_workbook_sheet(const SatsWorkbook *workbook, const char *name);

/* ---- xlsx-names.c ---- */

void sats_range_name_free(gpointer name);
/* Keeps a name by the attributes of its element, which stands after the sheets; its text follows.
 * The workbook's own; NULL: not one to keep. */
SatsRangeName *sats_names_add(SatsWorkbook *workbook, const char **attributes);
void sats_names_extend(SatsRangeName *name, const char *bytes, gsize length);
/* What a name stands for, as seen from a sheet (NULL: from anywhere). FALSE, and nothing told:
 * there is none, or several sheets have one each. TRUE: *out_sheet is NULL after a finding. */
gboolean sats_names_resolve(SatsWorkbook *workbook, const SatsSheet *from, const char *name,
                            const SatsPlace *place, SatsSheet **out_sheet,
                            SatsCellRange *out_range);
/* Those that can be told, "Blad1!Namn" those of a sheet; a NULL behind. Caller frees all. */
char **sats_names_list(const SatsWorkbook *workbook);

/* ---- xlsx-sheet.c ---- */

/* Reads the sheet's cells, once. FALSE after findings. */
gboolean sats_sheet_load(SatsWorkbook *workbook, SatsSheet *sheet);
/* The rows of a range; `used`: only the columns that hold something. */
const SatsValue *sats_sheet_rows(const SatsWorkbook *workbook, const SatsSheet *sheet,
                                 SatsCellRange range, gboolean used, gsize max_nodes);

#endif
