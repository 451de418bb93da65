/* data/yaml-syntax.c: libyaml's syntax errors in words that a planner understands.
 *
 * libyaml tells a problem, where it was seen, and often the construct it was in and where that
 * began. A table turns the pair into a message and a hint in both languages; a few problems with
 * more than one everyday cause are told apart by looking at the source line. */
#include "base/utf8.h"
#include "data/yaml-parts.h"

#include <string.h>

typedef struct {
    const char *en, *sv, *hint_en, *hint_sv;
} Words;

typedef struct {
    const char *problem; /* libyaml's, whole */
    const char *context; /* a part of libyaml's, or NULL for any */
    gboolean at_context; /* the place is where the construct began */
    const char *code;
    Words words;
} Problem;

static const Words quote_needed = {
    "the text can't stand without quotes here", "texten kan inte stå utan citattecken här",
    "text that begins with one of * & ! % @ ` | > [ ] { } must be in quotes",
    "text som börjar med något av * & ! % @ ` | > [ ] { } måste stå inom citattecken"};

static const Words braces = {
    "'{{' can't stand without quotes", "'{{' kan inte stå utan citattecken",
    "put the whole text in quotes: \"{{…}}\"", "sätt citattecken om hela texten: \"{{…}}\""};

static const Problem problems[] = {
    /* the first is also used by find_missing_colon() */
    {"could not find expected ':'",
     "simple key",
     TRUE,
     "yaml-syntax",
     {"colon missing after the key", "kolon saknas efter nyckeln", "write 'key: value'",
      "skriv 'nyckel: värde'"}},
    {"found unexpected end of stream",
     "quoted scalar",
     TRUE,
     "yaml-syntax",
     {"quote is never closed", "citattecknet avslutas aldrig", NULL, NULL}},
    {"found unexpected document indicator",
     "quoted scalar",
     TRUE,
     "yaml-syntax",
     {"quote is never closed", "citattecknet avslutas aldrig", NULL, NULL}},
    {"found unknown escape character",
     NULL,
     FALSE,
     "yaml-syntax",
     {"unknown escape in double quotes",
      "okänt tecken efter omvänt snedstreck inom dubbla citattecken",
      "write \\\\ for a backslash, or use single quotes",
      "skriv \\\\ för ett omvänt snedstreck, eller använd enkla citattecken"}},
    {"did not find expected hexdecimal number",
     NULL,
     FALSE,
     "yaml-syntax",
     {"hexadecimal digits missing after the backslash",
      "hexadecimala siffror saknas efter det omvända snedstrecket", NULL, NULL}},
    {"found invalid Unicode character escape code",
     NULL,
     FALSE,
     "yaml-syntax",
     {"no such Unicode character", "det finns inget sådant Unicode-tecken", NULL, NULL}},
    {"found character that cannot start any token",
     NULL,
     FALSE,
     "yaml-syntax",
     {"a value can't begin with this character", "ett värde kan inte börja med det här tecknet",
      "put the text in quotes", "sätt citattecken om texten"}},
    {"did not find expected alphabetic or numeric character",
     "alias",
     TRUE,
     "yaml-syntax",
     {"text that begins with '*' must be in quotes",
      "text som börjar med '*' måste stå inom citattecken", "write \"*…*\"", "skriv \"*…*\""}},
    {"did not find expected alphabetic or numeric character",
     "anchor",
     TRUE,
     "yaml-syntax",
     {"text that begins with '&' must be in quotes",
      "text som börjar med '&' måste stå inom citattecken",
      "is it an anchor? its name has a–z, A–Z, 0–9, '-' and '_' only",
      "är det ett ankare? namnet har bara a–z, A–Z, 0–9, '-' och '_'"}},
    {"block sequence entries are not allowed in this context",
     NULL,
     FALSE,
     "yaml-syntax",
     {"a list item can't begin here", "en listpunkt kan inte börja här",
      "begin the list on a line of its own", "börja listan på en egen rad"}},
    {"mapping keys are not allowed in this context",
     NULL,
     FALSE,
     "yaml-syntax",
     {"'?' can't stand here", "'?' kan inte stå här", "put the text in quotes",
      "sätt citattecken om texten"}},
    {"did not find expected comment or line break",
     "block scalar",
     FALSE,
     "yaml-syntax",
     {"after '|' or '>' the text begins on the next line",
      "efter '|' eller '>' börjar texten på nästa rad", NULL, NULL}},
    {"found an indentation indicator equal to 0",
     NULL,
     FALSE,
     "yaml-syntax",
     {"the indentation after '|' or '>' is 1 to 9", "indraget efter '|' eller '>' är 1 till 9",
      NULL, NULL}},
    {"did not find expected '-' indicator",
     NULL,
     FALSE,
     "yaml-syntax",
     {"list item expected", "här ska det stå en listpunkt",
      "begin the line with '- ', or check the indentation",
      "börja raden med '- ', eller kontrollera indraget"}},
    {"did not find expected ',' or ']'",
     NULL,
     FALSE,
     "yaml-syntax",
     {"',' or ']' expected", "här ska det stå ',' eller ']'",
      "close every bracket, and put text that holds [ ] { } in quotes",
      "stäng varje parentes, och sätt citattecken om text som innehåller [ ] { }"}},
    {"did not find expected ',' or '}'",
     NULL,
     FALSE,
     "yaml-syntax",
     {"',' or '}' expected", "här ska det stå ',' eller '}'",
      "close every bracket, and put text that holds [ ] { } in quotes",
      "stäng varje parentes, och sätt citattecken om text som innehåller [ ] { }"}},
    {"did not find expected node content",
     NULL,
     FALSE,
     "yaml-syntax",
     {"value expected", "här ska det stå ett värde", "put text that begins with , ] } in quotes",
      "sätt citattecken om text som börjar med , ] }"}},
    {"did not find expected <document start>",
     NULL,
     FALSE,
     "yaml-syntax",
     {"this doesn't belong to what stands above", "det här hör inte ihop med det som står ovanför",
      "check the indentation", "kontrollera indraget"}},
    {"found undefined tag handle",
     NULL,
     FALSE,
     "tag",
     {"unknown tag", "okänd tagg", "put text that begins with '!' in quotes",
      "sätt citattecken om text som börjar med '!'"}},
    {"did not find expected whitespace or line break",
     "tag",
     TRUE,
     "tag",
     {"unknown tag", "okänd tagg", "put text that begins with '!' in quotes",
      "sätt citattecken om text som börjar med '!'"}},
    {"did not find expected tag URI",
     NULL,
     TRUE,
     "tag",
     {"unknown tag", "okänd tagg", "put text that begins with '!' in quotes",
      "sätt citattecken om text som börjar med '!'"}},
    {"found incompatible YAML document",
     NULL,
     FALSE,
     "yaml-syntax",
     {"only YAML 1.1 and 1.2 are read", "bara YAML 1.1 och 1.2 läses", NULL, NULL}},
};

/* ---- looking at the line ---- */

typedef struct {
    const char *text;
    gsize length; /* of the line */
    gsize before; /* bytes before the problem */
} Around;

static Around look_around(const SatsSource *source, const SatsPlace *place) {
    Around around = {"", 0, 0};
    const char *text = sats_source_line(source, place->line, &around.length);
    if (text == NULL)
        return around;
    around.text = text;
    for (guint column = 1; column < place->column && around.before < around.length; column++)
        around.before += sats_utf8_read(text + around.before, text + around.length, NULL);
    return around;
}

static gboolean contains(const char *text, gsize length, const char *part) {
    return g_strstr_len(text, (gssize)length, part) != NULL;
}

/* "{{" follows a blank or begins the line, so that YAML sees a map in a map. */
static gboolean has_bare_braces(const Around *around) {
    const char *found = g_strstr_len(around->text, (gssize)around->length, "{{");
    return found != NULL && (found == around->text || found[-1] == ' ' || found[-1] == '[');
}

static char last_before(const Around *around) {
    gsize i = around->before;
    while (i > 0 && around->text[i - 1] == ' ')
        i--;
    return i > 0 ? around->text[i - 1] : '\0';
}

/* ---- problems with several causes ---- */

static Words explain_colon(const Around *around) {
    Words words = {"':' can't stand here", "':' kan inte stå här", NULL, NULL};
    if (contains(around->text, around->before, ": ")) {
        words.hint_en = "text with a colon and a space must be in quotes";
        words.hint_sv = "text med kolon och mellanslag måste stå inom citattecken";
    } else {
        words.hint_en =
            "check the indentation, and that the line above has its colon or its quotes";
        words.hint_sv = "kontrollera indraget, och att raden ovanför har sitt kolon eller sina "
                        "citattecken";
    }
    return words;
}

static Words explain_key(const Around *around) {
    Words words = {"this doesn't belong to the block above",
                   "det här hör inte till blocket ovanför", "check the indentation",
                   "kontrollera indraget"};
    char last = last_before(around);
    if (last == '"' || last == '\'') {
        words.en = "text after the closing quote";
        words.sv = "text efter det avslutande citattecknet";
        words.hint_en = "put the whole text in quotes, with the other kind around or '' inside";
        words.hint_sv = "sätt citattecken om hela texten, av det andra slaget eller med '' inuti";
    } else if (last == ']' || last == '}') {
        words.en = "text after the closing bracket";
        words.sv = "text efter den avslutande parentesen";
        words.hint_en = "put text that begins with [ or { in quotes";
        words.hint_sv = "sätt citattecken om text som börjar med [ eller {";
    }
    return words;
}

/* A value that begins with a character that no value may begin with. */
static Words explain_start(const Around *around, Words otherwise) {
    static const Words lines = {
        "a text of several lines can't stand within brackets",
        "en text på flera rader kan inte stå inom parentes",
        "write the keys on lines of their own instead of within {…}, or the text in quotes",
        "skriv nycklarna på egna rader i stället för inom {…}, eller texten inom citattecken"};
    char first = around->before < around->length ? around->text[around->before] : '\0';
    return first == '|' || first == '>' ? lines : otherwise;
}

static Words explain_open_bracket(gboolean list) {
    Words words = {
        list ? "'[' is never closed" : "'{' is never closed",
        list ? "'[' avslutas aldrig" : "'{' avslutas aldrig",
        "or put the text in quotes",
        "eller sätt citattecken om texten",
    };
    return words;
}

static const Words space_missing = {"space missing after the colon",
                                    "mellanslag saknas efter kolonet", "write 'key: value'",
                                    "skriv 'nyckel: värde'"};

static const Words wrong_space = {
    "the space after the colon is no ordinary one", "mellanslaget efter kolonet är inget vanligt",
    "it is a no-break space (U+00A0): write an ordinary space",
    "det är ett hårt mellanslag (U+00A0): skriv ett vanligt mellanslag"};

#define NO_BREAK_SPACE "\xC2\xA0"

static gboolean begins_with(const char *at, const char *end, const char *part) {
    gsize length = strlen(part);
    return (gsize)(end - at) >= length && memcmp(at, part, length) == 0;
}

/* A key whose colon stands right before its value, or with a no-break space between; an address or
 * a time of day is none. Puts the place, which is on the key's line, behind the colon then, and
 * says it. */
static gboolean find_tight_colon(const SatsSource *source, gsize from, SatsPlace *place,
                                 Words *out_words) {
    gsize length = 0;
    const char *line = sats_source_line(source, place->line, &length);
    const char *colon =
        line == NULL || from >= length ? NULL : memchr(line + from, ':', length - from);
    if (colon == NULL || colon == line + from || colon + 1 >= line + length ||
        strchr("-#\"'[{&*!|>", line[from]) != NULL)
        return FALSE;
    const char *behind = colon + 1, *end = line + length;
    gboolean time = g_ascii_isdigit(colon[-1]) && g_ascii_isdigit(*behind);
    if (*behind == ' ' || *behind == '\r' || time || begins_with(behind, end, "//"))
        return FALSE;
    *out_words = begins_with(behind, end, NO_BREAK_SPACE) ? wrong_space : space_missing;
    *place =
        sats_place(source, place->line, 1u + sats_utf8_columns(line, (gsize)(behind - line)), 1);
    return TRUE;
}

/* A colon that can't stand where it does is often one that is missing on the line above, or has no
 * space behind it there. Moves the place there then. */
static gboolean find_missing_colon(const SatsSource *source, const Around *around, SatsPlace *place,
                                   Words *out_words) {
    gsize length = 0;
    const char *line = place->line > 1 ? sats_source_line(source, place->line - 1, &length) : NULL;
    if (line == NULL || contains(around->text, around->before, ": "))
        return FALSE;
    gsize indent = 0, own = 0;
    while (indent < length && line[indent] == ' ')
        indent++;
    while (own < around->length && around->text[own] == ' ')
        own++;
    gsize key = indent + (begins_with(line + indent, line + length, "- ") ? 2 : 0);
    SatsPlace above = {.source = source, .line = place->line - 1};
    if (key == own && find_tight_colon(source, key, &above, out_words)) {
        *place = above;
        return TRUE;
    }
    if (indent != own || indent == length || memchr(line, ':', length) != NULL ||
        strchr("-#\"'[{&*!|>", line[indent]) != NULL)
        return FALSE;
    while (length > 0 && line[length - 1] == ' ')
        length--;
    *place = sats_place(source, place->line - 1, indent + 1,
                        sats_utf8_columns(line + indent, length - indent));
    *out_words = problems[0].words;
    return TRUE;
}

static const Words item_expected = {"list item expected", "här ska det stå en listpunkt",
                                    "begin the line with '- ', or check the indentation",
                                    "börja raden med '- ', eller kontrollera indraget"};

/* The line above is a list item with the same indentation. */
static gboolean follows_item(const SatsSource *source, const SatsPlace *place) {
    gsize length = 0;
    const char *line = place->line > 1 ? sats_source_line(source, place->line - 1, &length) : NULL;
    gsize indent = 0;
    while (line != NULL && indent < length && line[indent] == ' ')
        indent++;
    return line != NULL && indent + 1u == place->column && indent + 1 < length &&
           line[indent] == '-' && line[indent + 1] == ' ';
}

static const Problem *find_problem(const yaml_parser_t *parser) {
    const char *context = parser->context == NULL ? "" : parser->context;
    for (gsize i = 0; i < G_N_ELEMENTS(problems); i++)
        if (strcmp(parser->problem, problems[i].problem) == 0 &&
            (problems[i].context == NULL || strstr(context, problems[i].context) != NULL))
            return &problems[i];
    return NULL;
}

static SatsPlace place_of(const SatsSource *source, yaml_mark_t mark, gsize line_offset) {
    return sats_place(source, mark.line + 1 + line_offset, mark.column + 1, 1);
}

static void report_words(SatsReport *report, const SatsPlace *place, const char *code,
                         Words words) {
    gboolean swedish = sats_report_language(report) == SATS_LANGUAGE_SWEDISH;
    const char *hint = swedish ? words.hint_sv : words.hint_en;
    sats_report_add(report, SATS_ERROR, code, place, "%s", "%s", swedish ? words.sv : words.en);
    if (hint != NULL)
        sats_report_hint(report, "%s", "%s", hint);
}

/* The last bracket up to the place that has no partner; FALSE when there is none. */
static gboolean find_open_bracket(const SatsSource *source, SatsPlace *place, gboolean *out_list) {
    int closed = 0;
    for (guint32 number = place->line; number > 0; number--) {
        gsize length = 0;
        const char *line = sats_source_line(source, number, &length);
        for (gsize i = line == NULL ? 0 : length; i-- > 0;) {
            gboolean opens = line[i] == '[' || line[i] == '{';
            if (opens && closed == 0) {
                *place = sats_place(source, number, 1u + sats_utf8_columns(line, i), 1);
                *out_list = line[i] == '[';
                return TRUE;
            }
            closed += (line[i] == ']' || line[i] == '}') - opens;
        }
    }
    return FALSE;
}

/* Nothing but white space follows. */
static gboolean is_at_end(const SatsSource *source, const SatsPlace *place) {
    Around around = look_around(source, place);
    const char *end = source->text + source->length;
    gsize length = 0;
    gboolean beyond = sats_source_line(source, place->line, &length) == NULL;
    const char *at = beyond ? end : around.text + around.before;
    while (at < end && g_ascii_isspace(*at))
        at++;
    return at >= end;
}

static const Words open_quote = {"quote is not closed", "citattecknet avslutas inte",
                                 "the text goes on to the next quote, further down",
                                 "texten fortsätter till nästa citattecken, längre ner"};

/* Text stands right behind a quote that closes a text from a line above: a quote up there is not
 * closed, and the one here was meant to open another. Moves the place there then. */
static gboolean find_open_quote(const SatsSource *source, SatsPlace *place) {
    Around around = look_around(source, place);
    gsize at = around.before;
    char quote = at > 0 ? around.text[at - 1] : '\0';
    if ((quote != '"' && quote != '\'') || memchr(around.text, quote, at - 1) != NULL)
        return FALSE;
    for (guint32 number = place->line - 1; number > 0; number--) {
        gsize length = 0;
        const char *line = sats_source_line(source, number, &length);
        const char *found =
            line == NULL ? NULL : g_strrstr_len(line, (gssize)length, quote == '"' ? "\"" : "'");
        if (found == NULL)
            continue;
        *place = sats_place(source, number, 1u + sats_utf8_columns(line, (gsize)(found - line)), 1);
        return TRUE;
    }
    return FALSE;
}

/* Within brackets: something else than expected. Often the bracket was never closed. */
static Words explain_flow(const SatsSource *source, const Problem *problem,
                          const SatsPlace *context, SatsPlace *place) {
    if (find_open_quote(source, place))
        return open_quote;
    gboolean list = strstr(problem->problem, "]") != NULL;
    gboolean separator = strstr(problem->problem, "did not find expected ','") != NULL;
    if (separator && (place->line != context->line || is_at_end(source, place)))
        *place = *context;
    else if (separator || !is_at_end(source, place) || !find_open_bracket(source, place, &list))
        return problem->words;
    return explain_open_bracket(list);
}

static guint32 report_known(const SatsSource *source, const yaml_parser_t *parser,
                            gsize line_offset, SatsReport *report) {
    SatsPlace place = place_of(source, parser->problem_mark, line_offset);
    SatsPlace context = place_of(source, parser->context_mark, line_offset);
    Around around = look_around(source, &place);
    const Problem *problem = find_problem(parser);
    Words words = problem == NULL ? quote_needed : problem->words;
    const char *code = problem == NULL ? "yaml-syntax" : problem->code;
    if (strcmp(parser->problem, "mapping values are not allowed in this context") == 0) {
        words = explain_colon(&around);
        find_missing_colon(source, &around, &place, &words);
    } else if (strcmp(parser->problem, "did not find expected key") == 0) {
        words = find_open_quote(source, &place) ? open_quote : explain_key(&around);
    } else if (strcmp(parser->problem, "found character that cannot start any token") == 0) {
        words = explain_start(&around, words);
    } else if (problem != NULL && problem->at_context) {
        place = context;
        gsize key = look_around(source, &place).before;
        if (problem == &problems[0] && !find_tight_colon(source, key, &place, &words) &&
            follows_item(source, &place))
            words = item_expected;
    } else if (problem != NULL && parser->context != NULL &&
               strstr(parser->context, "parsing a flow") != NULL) {
        words = explain_flow(source, problem, &context, &place);
    }
    around = look_around(source, &place);
    if (has_bare_braces(&around))
        words = braces;
    report_words(report, &place, code, words);
    if (problem == NULL && words.en == quote_needed.en)
        sats_report_hint(report, "%s", "%s", parser->problem);
    return place.line;
}

guint32 sats_yaml_report_problem(const SatsSource *source, const yaml_parser_t *parser,
                                 gsize line_offset, SatsReport *report) {
    SatsPlace place = place_of(source, parser->problem_mark, line_offset);
    if (parser->problem == NULL || parser->error == YAML_READER_ERROR) {
        place = sats_place(source, line_offset + 1, 0, 0);
        sats_report_add(report, SATS_ERROR, "yaml-syntax", &place, "the file can't be read: %s",
                        "filen kan inte läsas: %s",
                        parser->problem == NULL ? "?" : parser->problem);
        return G_MAXUINT32;
    }
    Around around = look_around(source, &place);
    gboolean tab_there = around.before < around.length && around.text[around.before] == '\t';
    if (sats_yaml_line_has_tab(source, place.line)) {
        sats_yaml_report_tabs(source, place.line, report);
        return place.line;
    }
    if (tab_there) {
        static const Words words = {"tab in the wrong place", "tabb på fel plats", "use spaces",
                                    "använd mellanslag"};
        report_words(report, &place, "tab", words);
        return place.line;
    }
    return report_known(source, parser, line_offset, report);
}
