/* cli/help.c: the table of the commands, and how it is printed. */
#include "cli/help.h"

#include <string.h>

#include "base/utf8.h"
#include "cli/words.h"

enum { OPTION_COLUMNS = 24, COMMAND_COLUMNS = 30, MAX_OPTIONS = 14 };

typedef struct {
    const char *name, *letter;    /* "output", "o"; NULL none */
    const char *value, *value_sv; /* NULL: takes none */
    const char *english, *swedish;
} Option;

typedef struct {
    const char *name;
    const char *arguments, *arguments_sv;
    const char *english, *swedish; /* what it does, in a line */
    const char *more, *more_sv;    /* lines below it, each with its end; NULL none */
    Option options[MAX_OPTIONS];
} Command;

#define DATA                                                                                       \
    {                                                                                              \
        "data", NULL, "FOLDER", "MAPP", "where plansats' own templates and fonts are",             \
            "mappen med plansats egna mallar och teckensnitt"                                      \
    }
#define QUIET                                                                                      \
    { "quiet", "q", NULL, NULL, "only say what is wrong", "visa bara det som är fel" }
#define FINAL                                                                                      \
    {                                                                                              \
        "final", NULL, NULL, NULL, "a final document: nothing may be missing",                     \
            "slutligt dokument: inget får saknas"                                                 \
    }
#define ARCHIVE                                                                                    \
    {                                                                                              \
        "archive", NULL, "LEVEL", "NIVÅ", "a3a (default), or a2a: without attachments",            \
            "a3a (förval) eller a2a: utan inbäddade filer"                                       \
    }
#define TO_FILE                                                                                    \
    {                                                                                              \
        "output", "o", "FILE", "FIL", "write to FILE, which must not be there yet",                \
            "skriv till FIL, som inte får finnas sedan tidigare"                                  \
    }

static const Command commands[] = {
    {"render",
     "PLAN",
     "PLAN",
     "make the document: the official PDF, or pages to look at",
     "gör dokumentet: den officiella PDF:en eller bilder av sidorna",
     "PLAN is a YAML file, or a PDF made by plansats, which carries its plan. A PDF that is up to\n"
     "date is left alone; one that cannot be made leaves the old one as it was.\n",
     "PLAN är en YAML-fil, eller en PDF som plansats har gjort: den bär sin plan med sig. En PDF "
     "som\n"
     "redan är aktuell lämnas orörd. Går den nya inte att göra finns den gamla kvar som den var.\n",
     {{"output", "o", "FILE", "FIL",
       "default: the plan's name with .pdf, its folder's if that is plan.yaml;\n"
       "                          .png and .svg count as --format; in a FOLDER or FOLDER/: that "
       "name",
       "förval: planens namn med .pdf, eller mappens om planen heter plan.yaml;\n"
       "                          .png och .svg gäller som --format; i MAPP eller MAPP/: samma "
       "namn"},
      {"format", NULL, "FORMAT", "FORMAT",
       "pdf (default), png, svg, or plain-pdf: for the screen only",
       "pdf (förval), png, svg eller plain-pdf: bara för skärmen"},
      {"pages", NULL, "N-M", "N-M", "only these pages: 3, 3-5, 3-, -5",
       "bara de här sidorna: 3, 3-5, 3-, -5"},
      {"dpi", NULL, "N", "N", "the resolution of png, 10 to 2400; default 96",
       "upplösning för png, 10 till 2400; förval 96"},
      FINAL,
      ARCHIVE,
      {"date", NULL, "DATE", "DATUM", "the file's date: 2024-03-01 or 2024-03-01T12:00:00Z",
       "filens datum: 2024-03-01 eller 2024-03-01T12:00:00Z"},
      {"force", NULL, NULL, NULL, "also when the file is up to date",
       "gör filen även när den är aktuell"},
      {"timings", NULL, NULL, NULL, "say how long each stage took",
       "visa hur lång tid varje steg tog"},
      QUIET,
      DATA}},
    {"check",
     "PLAN…",
     "PLAN…",
     "only say what is wrong",
     "visa vad som är fel, utan att göra dokumentet",
     "All that is wrong is told, with file, line and column. 'plansats explain CODE' tells what "
     "the\n"
     "code in brackets means.\n",
     "Alla fel visas på en gång, med fil, rad och kolumn. 'plansats explain KOD' förklarar koden "
     "inom\n"
     "hakparentes.\n",
     {{"format", NULL, "FORMAT", "FORMAT", "text (default), json, or sarif: one log for all plans",
       "text (förval), json eller sarif: en logg för alla planer"},
      FINAL,
      QUIET,
      DATA}},
    {"explain",
     "[CODE]",
     "[KOD]",
     "what a finding's code means; without one, all of the program's own",
     "förklara koden i ett meddelande; utan KOD: programmets alla koder",
     NULL,
     NULL,
     {DATA}},
    {"batch",
     "PLAN|FOLDER|@LIST…",
     "PLAN|MAPP|@LISTA…",
     "many plans at once",
     "gör dokument av många planer på en gång",
     "A folder stands for the plans in it, @LIST for a file with a plan on each line. A run that "
     "was\n"
     "stopped goes on where it was. 'plansats batch --merge FOLDER' joins what shards have made.\n",
     "MAPP står för planerna i mappen, @LISTA för en fil med en plan på varje rad. En avbruten "
     "körning\n"
     "fortsätter där den var. 'plansats batch --merge MAPP' för samman det som delarna har "
     "gjort.\n",
     {{"output", "o", "FOLDER", "MAPP", "where the PDFs go", "mappen som PDF-filerna ska till"},
      {"workers", "j", "N", "N", "at a time; default: as many as there are processors",
       "antal planer åt gången; förval: antalet processorer"},
      {"timeout", NULL, "S", "S", "seconds for a plan, 0 none; default 120",
       "högst så många sekunder för en plan, 0: ingen gräns; förval 120"},
      {"memory", NULL, "MB", "MB", "megabytes for a plan, 0 no limit; default 2048",
       "högst så många megabyte för en plan, 0: ingen gräns; förval 2048"},
      {"pattern", NULL, "PATTERN", "MÖNSTER",
       "the PDFs' names, of the plans' data: {{förvaltning.kort}}.pdf",
       "PDF-filernas namn, ur planernas data: {{förvaltning.kort}}.pdf"},
      {"shard", NULL, "I/N", "I/N", "only the I-th of N parts", "bara del I av N"},
      {"merge", NULL, "FOLDER", "MAPP", "join the parts there, and nothing else",
       "för samman delarna i MAPP och gör inget annat"},
      FINAL,
      ARCHIVE,
      {"date", NULL, "DATE", "DATUM", "the files' date", "filernas datum"},
      {"force", NULL, NULL, NULL, "also what is up to date", "gör även de filer som är aktuella"},
      QUIET,
      DATA}},
    {"dump",
     "PLAN --stage STAGE",
     "PLAN --stage STEG",
     "a stage of the work as text",
     "visa ett arbetssteg som text",
     NULL,
     NULL,
     {{"stage", NULL, "STAGE", "STEG",
       "values, document, pages, tags (what a screen reader meets), text",
       "values, document, pages, tags (det som en skärmläsare möter) eller text"},
      DATA}},
    {"extract",
     "FILE.pdf",
     "FIL.pdf",
     "what a PDF was made from",
     "ta ut det som en PDF är gjord av",
     NULL,
     NULL,
     {{"output", "o", "FOLDER", "MAPP", "where to; default: the PDF's name",
       "mappen som det ska till; förval: PDF-filens namn"},
      QUIET}},
    {"new",
     "TEMPLATE",
     "MALL",
     "a plan to begin with: every key, its help, a placeholder",
     "skriv en plan att börja med: varje nyckel med förklaring",
     NULL,
     NULL,
     {TO_FILE, DATA}},
    {"schema",
     "TEMPLATE",
     "MALL",
     "a JSON Schema of a template's plans, for editors",
     "skriv ett JSON Schema för mallens planer, till textredigerare",
     NULL,
     NULL,
     {TO_FILE, DATA}},
    {"reference",
     "TEMPLATE",
     "MALL",
     "a page in Markdown that tells each key",
     "skriv en sida i Markdown om mallens alla nycklar",
     NULL,
     NULL,
     {TO_FILE, DATA}},
    {"diff",
     "OLD NEW",
     "GAMMAL NY",
     "what has changed in the data",
     "visa vad som har ändrats mellan två planer",
     NULL,
     NULL,
     {{"output", "o", "FILE.pdf", "FIL.pdf", "the new document with the changes marked",
       "det nya dokumentet, med ändringarna markerade"},
      {"format", NULL, "FORMAT", "FORMAT", "text (default) or json", "text (förval) eller json"},
      {"date", NULL, "DATE", "DATUM", "the file's date", "filens datum"},
      QUIET,
      DATA}},
    {"revise",
     "PLAN --note TEXT",
     "PLAN --note TEXT",
     "a new version, with a row in the history",
     "ge planen en ny utgåva, med en rad i historiken",
     NULL,
     NULL,
     {{"note", NULL, "TEXT", "TEXT", "what is new", "vad som är nytt i utgåvan"},
      {"date", NULL, "DATE", "DATUM", "of the version; default today",
       "utgåvans datum; förval: i dag"},
      {"who", NULL, "WHO", "VEM", "who decided on it", "vem som har beslutat utgåvan"},
      QUIET,
      DATA}},
};

static const Command *find(const char *name) {
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (g_str_equal(commands[i].name, name)) {
            return &commands[i];
        }
    }
    return NULL;
}

gboolean sats_cli_help_knows(const char *command) {
    return find(command) != NULL;
}

gboolean sats_cli_help_takes(const char *command, const char *option) {
    const Command *known = find(command);
    for (guint i = 0; known != NULL && i < MAX_OPTIONS && known->options[i].name != NULL; i++) {
        if (g_str_equal(known->options[i].name, option)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* ---- printing ---- */

static const char *say(const char *english, const char *swedish) {
    return sats_cli_swedish() ? swedish : english;
}

/* Two columns; what is wider than the first has a line of its own. */
static void append_line(GString *out, const char *left, guint columns, const char *right) {
    guint width = sats_utf8_columns(left, strlen(left));
    g_string_append_printf(out, "  %s", left);
    if (width + 1 > columns) {
        g_string_append_c(out, '\n');
        width = 0;
        g_string_append(out, "  ");
    }
    g_string_append_printf(out, "%*s%s\n", (int)(columns - width), "", right);
}

char *sats_cli_help_all(void) {
    GString *out = g_string_new(
        say("plansats: typesets planning documents from structured data to official PDF\n\n",
            "plansats: gör officiella PDF-filer av planeringsdokument i strukturerad form\n\n"));
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
        const Command *command = &commands[i];
        g_autofree char *usage = g_strdup_printf("plansats %s %s", command->name,
                                                 say(command->arguments, command->arguments_sv));
        append_line(out, usage, COMMAND_COLUMNS, say(command->english, command->swedish));
    }
    g_string_append(out, "  plansats --version\n\n");
    g_string_append(
        out,
        say("'plansats COMMAND --help' tells of a command and its options.\n\n"
            "The plan names its template with the key 'mall'. Templates are looked up beside\n"
            "the plan, in the folders of PLANSATS_TEMPLATES (':' between) and in plansats' own.\n"
            "SOURCE_DATE_EPOCH dates the file when the plan does not.\n\n"
            "Exit: 0 done, 1 the document has errors, 2 wrong usage, 3 the system failed.\n",
            "'plansats KOMMANDO --help' beskriver ett kommando och dess tillval.\n\n"
            "Planen anger sin mall med nyckeln 'mall'. Mallar söks bredvid planen, i mapparna i\n"
            "PLANSATS_TEMPLATES (':' emellan) och bland plansats egna. SOURCE_DATE_EPOCH ger "
            "filen\n"
            "dess datum när planen inte gör det.\n\n"
            "Slutkod: 0 klart, 1 fel i dokumentet, 2 fel i kommandot, 3 fel i systemet.\n"));
    return g_string_free(out, FALSE);
}

static void append_option(GString *out, const Option *option) {
    g_autoptr(GString) left = g_string_new(NULL);
    if (option->letter != NULL) {
        g_string_append_printf(left, "-%s, ", option->letter);
    }
    g_string_append_printf(left, "--%s", option->name);
    if (option->value != NULL) {
        g_string_append_printf(left, " %s", say(option->value, option->value_sv));
    }
    append_line(out, left->str, OPTION_COLUMNS, say(option->english, option->swedish));
}

char *sats_cli_help_of(const char *name) {
    const Command *command = find(name);
    g_return_val_if_fail(command != NULL, NULL);
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "plansats %s %s %s\n%s\n", command->name,
                           say(command->arguments, command->arguments_sv),
                           say("[OPTION…]", "[TILLVAL…]"), say(command->english, command->swedish));
    if (command->more != NULL) {
        g_string_append_printf(out, "\n%s", say(command->more, command->more_sv));
    }
    g_string_append_c(out, '\n');
    for (guint i = 0; i < MAX_OPTIONS && command->options[i].name != NULL; i++) {
        append_option(out, &command->options[i]);
    }
    return g_string_free(out, FALSE);
}
