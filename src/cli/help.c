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
            "var plansats egna mallar och teckensnitt finns"                                       \
    }
#define QUIET                                                                                      \
    { "quiet", "q", NULL, NULL, "only say what is wrong", "säg bara vad som är fel" }
#define FINAL                                                                                      \
    {                                                                                              \
        "final", NULL, NULL, NULL, "a final document: nothing may be missing",                     \
            "ett slutligt dokument: inget får saknas"                                             \
    }
#define ARCHIVE                                                                                    \
    {                                                                                              \
        "archive", NULL, "LEVEL", "NIVÅ", "a3a (default), or a2a: without attachments",            \
            "a3a (förval), eller a2a: utan bilagor"                                               \
    }
#define TO_FILE                                                                                    \
    {                                                                                              \
        "output", "o", "FILE", "FIL", "write to FILE, which must not be there yet",                \
            "skriv till FIL, som inte får finnas redan"                                           \
    }

static const Command commands[] = {
    {"render",
     "PLAN",
     "PLAN",
     "make the document: the official PDF, or pages to look at",
     "gör dokumentet: den officiella PDF:en, eller sidor att titta på",
     "PLAN is a YAML file, or a PDF made by plansats, which carries its plan. A PDF that is up to\n"
     "date is left alone; one that cannot be made leaves the old one as it was.\n",
     "PLAN är en YAML-fil, eller en PDF som plansats gjort, som bär sin plan med sig. En PDF som\n"
     "inte har ändrats lämnas; går den inte att göra är den gamla kvar som den var.\n",
     {{"output", "o", "FILE", "FIL",
       "default: the plan's name with .pdf, its folder's if that is plan.yaml;\n"
       "                          .png and .svg count as --format; in a FOLDER or FOLDER/: that "
       "name",
       "förval: planens namn med .pdf, mappens om det är plan.yaml;\n"
       "                          .png och .svg gäller som --format; i MAPP eller MAPP/: det "
       "namnet"},
      {"format", NULL, "FORMAT", "FORMAT",
       "pdf (default), png, svg, or plain-pdf: for the screen only",
       "pdf (förval), png, svg, eller plain-pdf: bara för skärmen"},
      {"pages", NULL, "N-M", "N-M", "only these pages: 3, 3-5, 3-, -5",
       "bara dessa sidor: 3, 3-5, 3-, -5"},
      {"dpi", NULL, "N", "N", "the resolution of png, 10 to 2400; default 96",
       "upplösningen för png, 10 till 2400; förval 96"},
      FINAL,
      ARCHIVE,
      {"date", NULL, "DATE", "DATUM", "the file's date: 2024-03-01 or 2024-03-01T12:00:00Z",
       "filens datum: 2024-03-01 eller 2024-03-01T12:00:00Z"},
      {"force", NULL, NULL, NULL, "also when the file is up to date",
       "även när filen inte har ändrats"},
      {"timings", NULL, NULL, NULL, "say how long each stage took",
       "säg hur lång tid varje steg tog"},
      QUIET,
      DATA}},
    {"check",
     "PLAN…",
     "PLAN…",
     "only say what is wrong",
     "säg bara vad som är fel",
     "All that is wrong is told, with file, line and column. 'plansats explain CODE' tells what "
     "the\n"
     "code in brackets means.\n",
     "Allt som är fel sägs, med fil, rad och kolumn. 'plansats explain KOD' säger vad koden inom\n"
     "hakparentes betyder.\n",
     {{"format", NULL, "FORMAT", "FORMAT", "text (default), json, or sarif: one log for all plans",
       "text (förval), json, eller sarif: en logg för alla planer"},
      FINAL,
      QUIET,
      DATA}},
    {"explain",
     "[CODE]",
     "[KOD]",
     "what the code of a finding means; without one, all of them",
     "vad ett fynds kod betyder; utan kod, alla koder",
     NULL,
     NULL,
     {DATA}},
    {"batch",
     "PLAN|FOLDER|@LIST…",
     "PLAN|MAPP|@LISTA…",
     "many plans at once",
     "många planer på en gång",
     "A folder stands for the plans in it, @LIST for a file with a plan on each line. A run that "
     "was\n"
     "stopped goes on where it was. 'plansats batch --merge FOLDER' joins what shards have made.\n",
     "En mapp står för planerna i den, @LISTA för en fil med en plan på varje rad. En avbruten\n"
     "körning fortsätter där den var. 'plansats batch --merge MAPP' för samman vad delar gjort.\n",
     {{"output", "o", "FOLDER", "MAPP", "where the PDFs go", "vart PDF:erna ska"},
      {"workers", "j", "N", "N", "at a time; default: as many as there are processors",
       "åt gången; förval: så många som det finns processorer"},
      {"timeout", NULL, "S", "S", "seconds for a plan, 0 none; default 120",
       "sekunder för en plan, 0 ingen gräns; förval 120"},
      {"memory", NULL, "MB", "MB", "megabytes for a plan, 0 no limit; default 2048",
       "megabyte för en plan, 0 ingen gräns; förval 2048"},
      {"pattern", NULL, "PATTERN", "MÖNSTER",
       "the PDFs' names, of the plans' data: {{förvaltning.kort}}.pdf",
       "PDF:ernas namn, av planernas data: {{förvaltning.kort}}.pdf"},
      {"shard", NULL, "I/N", "I/N", "only the I-th of N parts", "bara den I:te av N delar"},
      {"merge", NULL, "FOLDER", "MAPP", "join the parts there, and nothing else",
       "för samman delarna där, och inget annat"},
      FINAL,
      ARCHIVE,
      {"date", NULL, "DATE", "DATUM", "the files' date", "filernas datum"},
      {"force", NULL, NULL, NULL, "also what is up to date", "även det som inte har ändrats"},
      QUIET,
      DATA}},
    {"dump",
     "PLAN --stage STAGE",
     "PLAN --stage STEG",
     "a stage of the work as text",
     "ett steg i arbetet som text",
     NULL,
     NULL,
     {{"stage", NULL, "STAGE", "STEG",
       "values, document, pages, tags (what a screen reader meets), text",
       "values, document, pages, tags (det en skärmläsare möter), text"},
      DATA}},
    {"extract",
     "FILE.pdf",
     "FIL.pdf",
     "what a PDF was made from",
     "det som en PDF gjordes av",
     NULL,
     NULL,
     {{"output", "o", "FOLDER", "MAPP", "where to; default: the PDF's name",
       "vart; förval: PDF:ens namn"},
      QUIET}},
    {"new",
     "TEMPLATE",
     "MALL",
     "a plan to begin with: every key, its help, a placeholder",
     "en plan att börja med: varje nyckel, dess hjälp, en platshållare",
     NULL,
     NULL,
     {TO_FILE, DATA}},
    {"schema",
     "TEMPLATE",
     "MALL",
     "a JSON Schema of a template's plans, for editors",
     "ett JSON Schema för en malls planer, för redigerare",
     NULL,
     NULL,
     {TO_FILE, DATA}},
    {"reference",
     "TEMPLATE",
     "MALL",
     "a page in Markdown that tells each key",
     "en sida i Markdown om varje nyckel",
     NULL,
     NULL,
     {TO_FILE, DATA}},
    {"diff",
     "OLD NEW",
     "GAMMAL NY",
     "what has changed in the data",
     "vad som har ändrats i data",
     NULL,
     NULL,
     {{"output", "o", "FILE.pdf", "FIL.pdf", "the new document with the changes marked",
       "det nya dokumentet med ändringarna markerade"},
      {"format", NULL, "FORMAT", "FORMAT", "text (default) or json", "text (förval) eller json"},
      {"date", NULL, "DATE", "DATUM", "the file's date", "filens datum"},
      QUIET,
      DATA}},
    {"revise",
     "PLAN --note TEXT",
     "PLAN --note TEXT",
     "a new version, with a row in the history",
     "en ny utgåva, med en rad i historiken",
     NULL,
     NULL,
     {{"note", NULL, "TEXT", "TEXT", "what is new", "vad som är nytt"},
      {"date", NULL, "DATE", "DATUM", "of the version; default today", "utgåvans; förval i dag"},
      {"who", NULL, "WHO", "VEM", "who decided on it", "vem som beslutat den"},
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
            "plansats: sätter planeringsdokument från strukturerade data till officiell PDF\n\n"));
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
            "'plansats KOMMANDO --help' berättar om ett kommando och dess tillval.\n\n"
            "Planen nämner sin mall med nyckeln 'mall'. Mallar söks bredvid planen, i mapparna i\n"
            "PLANSATS_TEMPLATES (':' emellan) och bland plansats egna. SOURCE_DATE_EPOCH daterar\n"
            "filen när planen inte gör det.\n\n"
            "Slutkod: 0 klart, 1 dokumentet har fel, 2 fel användning, 3 systemet svek.\n"));
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
