/* Conditions and loops: `when: a == "x" and not (b or c > 3)`, `each: rad, nr in budget.rader`. */
#include <string.h>

#include "template/compile.h"

/* ---- when ---- */

typedef struct {
    SatsScanner scanner;
    guint depth, n_terms;
    gboolean failed;
} Parser;

#define SATS_MAX_TERMS 256u

static SatsCondition *parse_or(Parser *parser);

static SatsCondition *node_new(Parser *parser, int kind, SatsCondition *first,
                               SatsCondition *second) {
    SatsCondition *node = sats_arena_new_struct(parser->scanner.compiler->arena, SatsCondition);
    node->kind = kind;
    node->first = first;
    node->second = second;
    return node;
}

static void fail(Parser *parser, const char *english, const char *swedish) {
    if (parser->failed)
        return;
    SatsPlace place = sats_scan_place(&parser->scanner, parser->scanner.at);
    sats_report_add(parser->scanner.compiler->report, SATS_ERROR, "template-syntax", &place,
                    "%s%.0s", "%.0s%s", english, swedish);
    parser->failed = TRUE;
}

/* Takes a keyword ("and") when it is next. */
static gboolean take_word(Parser *parser, const char *word) {
    SatsScanner *scanner = &parser->scanner;
    sats_scan_space(scanner);
    gsize n = strlen(word);
    if ((gsize)(scanner->end - scanner->at) < n || strncmp(scanner->at, word, n) != 0)
        return FALSE;
    const char *after = scanner->at + n;
    if (after < scanner->end && !g_ascii_isspace(*after) && *after != '(')
        return FALSE;
    scanner->at = after;
    return TRUE;
}

static gboolean take(Parser *parser, const char *sign) {
    SatsScanner *scanner = &parser->scanner;
    sats_scan_space(scanner);
    gsize n = strlen(sign);
    if ((gsize)(scanner->end - scanner->at) < n || strncmp(scanner->at, sign, n) != 0)
        return FALSE;
    scanner->at += n;
    return TRUE;
}

static gboolean take_operator(Parser *parser, SatsCondition *node) {
    static const struct {
        const char *sign;
        int op;
    } operators[] = {{"==", SATS_EQ}, {"!=", SATS_NE}, {"<=", SATS_LE},
                     {">=", SATS_GE}, {"<", SATS_LT},  {">", SATS_GT}};
    for (guint i = 0; i < G_N_ELEMENTS(operators); i++)
        if (take(parser, operators[i].sign)) {
            node->op = operators[i].op;
            return TRUE;
        }
    SatsScanner *scanner = &parser->scanner;
    if (scanner->at < scanner->end && *scanner->at == '=')
        fail(parser, "equality is written ==", "likhet skrivs ==");
    return FALSE;
}

/* A choice compared with a word that is none of its choices can never hold. */
static void check_literal(Parser *parser, const SatsCondition *node, const char *at) {
    SatsCompiler *compiler = parser->scanner.compiler;
    const SatsDecl *decl = node->left->n_filters == 0 ? node->left->path.decl : NULL;
    if (!decl)
        return;
    SatsDecimal unused;
    gboolean number = sats_decimal_parse(node->literal, strlen(node->literal), &unused);
    if ((decl->type == SATS_TYPE_NUMBER || decl->type == SATS_TYPE_INTEGER) && !number &&
        *node->literal) {
        SatsPlace place = sats_scan_place(&parser->scanner, at);
        sats_report_add(compiler->report, SATS_ERROR, "condition-type", &place,
                        "'%s' is a number and cannot be compared with '%s'",
                        "'%s' är ett tal och kan inte jämföras med '%s'",
                        decl->name ? decl->name : "?", node->literal);
    } else if (decl->type == SATS_TYPE_CHOICE && decl->choices && *node->literal) {
        const char *const *choices = (const char *const *)decl->choices;
        for (guint i = 0; choices[i]; i++)
            if (strcmp(choices[i], node->literal) == 0)
                return;
        SatsPlace place = sats_scan_place(&parser->scanner, at);
        sats_spec_unknown(compiler->report, &place, "condition-type", "choice", "okänt val",
                          node->literal, choices);
    }
}

/* The right side: "text", 12,5, true/ja/false/nej, or another path. */
static void parse_right(Parser *parser, SatsCondition *node) {
    SatsScanner *scanner = &parser->scanner;
    sats_scan_space(scanner);
    const char *at = scanner->at;
    node->literal = sats_scan_quoted(scanner);
    if (!node->literal) {
        while (scanner->at < scanner->end &&
               (g_ascii_isdigit(*scanner->at) || strchr("-+.,", *scanner->at)))
            scanner->at++;
        if (scanner->at > at && (scanner->at == scanner->end || !g_ascii_isalpha(*scanner->at)))
            node->literal =
                sats_arena_strndup(scanner->compiler->arena, at, (gsize)(scanner->at - at));
        else
            scanner->at = at;
    }
    static const char *const words[] = {"true", "false", "ja", "nej"};
    for (guint i = 0; !node->literal && i < G_N_ELEMENTS(words); i++)
        if (take_word(parser, words[i]))
            node->literal = words[i];
    if (node->literal) {
        check_literal(parser, node, at);
        return;
    }
    SatsStatic unused;
    node->right = sats_scan_expr(scanner, &unused);
    if (!node->right)
        parser->failed = TRUE;
}

static SatsCondition *parse_term(Parser *parser) {
    if (++parser->n_terms > SATS_MAX_TERMS) {
        fail(parser, "the condition is too long", "villkoret är för långt");
        return NULL;
    }
    if (take_word(parser, "not"))
        return node_new(parser, SATS_WHEN_NOT, parse_term(parser), NULL);
    if (take(parser, "(")) {
        if (++parser->depth > SATS_TEMPLATE_MAX_DEPTH) {
            fail(parser, "too many parentheses", "för många parenteser");
            return NULL;
        }
        SatsCondition *inner = parse_or(parser);
        parser->depth--;
        if (!take(parser, ")"))
            fail(parser, "')' was expected here", "här ska det stå ')'");
        return inner;
    }
    SatsStatic type;
    SatsExpr *left = sats_scan_expr(&parser->scanner, &type);
    if (!left) {
        parser->failed = TRUE;
        return NULL;
    }
    if (left->path.kind != SATS_PATH_DATA && left->path.kind != SATS_PATH_LOOP_NUMBER)
        fail(parser, "page numbers are not known when conditions are tried",
             "sidnummer är inte kända när villkor prövas");
    SatsCondition *node = node_new(parser, SATS_WHEN_TRUTH, NULL, NULL);
    node->left = left;
    if (take_operator(parser, node)) {
        node->kind = SATS_WHEN_COMPARE;
        parse_right(parser, node);
    }
    return node;
}

static SatsCondition *parse_and(Parser *parser) {
    SatsCondition *first = parse_term(parser);
    while (!parser->failed && take_word(parser, "and"))
        first = node_new(parser, SATS_WHEN_AND, first, parse_term(parser));
    return first;
}

static SatsCondition *parse_or(Parser *parser) {
    SatsCondition *first = parse_and(parser);
    while (!parser->failed && take_word(parser, "or"))
        first = node_new(parser, SATS_WHEN_OR, first, parse_and(parser));
    return first;
}

const SatsCondition *sats_compile_condition(SatsCompiler *compiler, const SatsValue *value) {
    if (!value)
        return NULL;
    if (value->kind != SATS_VALUE_TEXT) {
        sats_report_add(compiler->report, SATS_ERROR, "template-type", &value->place,
                        "a condition was expected here, such as status == \"utkast\"",
                        "här ska det stå ett villkor, till exempel status == \"utkast\"");
        return NULL;
    }
    Parser parser = {.scanner = sats_scan_begin(compiler, value)};
    parser.scanner.condition = TRUE;
    const SatsCondition *condition = parse_or(&parser);
    sats_scan_space(&parser.scanner);
    if (!parser.failed && parser.scanner.at < parser.scanner.end)
        fail(&parser, "'and', 'or' or the end of the condition was expected here",
             "här ska det stå 'and', 'or' eller villkorets slut");
    return parser.failed ? NULL : condition;
}

/* ---- each ---- */

static void each_syntax(SatsCompiler *compiler, const SatsPlace *place) {
    sats_report_add(compiler->report, SATS_ERROR, "template-syntax", place,
                    "a loop is written 'name in path' or 'name, number in path'",
                    "en slinga skrivs 'namn in sökväg' eller 'namn, nummer in sökväg'");
}

static const SatsVariable *declare(SatsCompiler *compiler, const char *name, int slot,
                                   const SatsDecl *decl, gboolean counter) {
    SatsVariable *variable = sats_arena_new_struct(compiler->arena, SatsVariable);
    *variable = (SatsVariable){name, slot, counter, decl, compiler->variables};
    return variable;
}

/* Only lists can be looped over; what is not declared is seen when the plan is. */
static gboolean check_list(SatsCompiler *compiler, const SatsPath *path) {
    const SatsDecl *decl = path->decl;
    if (path->kind == SATS_PATH_DATA &&
        (path->many || !decl || decl->type == SATS_TYPE_LIST || decl->type == SATS_TYPE_ANY))
        return TRUE;
    SatsPlace place = sats_spot_place(path->spot);
    sats_report_add(compiler->report, SATS_ERROR, "each-type", &place,
                    "each goes through lists, and this is %s%.0s",
                    "each går igenom listor, men det här är %.0s%s",
                    decl ? sats_type_name_en(decl->type) : "a number",
                    decl ? sats_type_name_sv(decl->type) : "ett tal");
    return FALSE;
}

static const SatsEach *compile_each(SatsCompiler *compiler, const SatsValue *value) {
    if (value->kind != SATS_VALUE_TEXT) {
        each_syntax(compiler, &value->place);
        return NULL;
    }
    SatsScanner scanner = sats_scan_begin(compiler, value);
    SatsEach *each = sats_arena_new_struct(compiler->arena, SatsEach);
    sats_scan_space(&scanner);
    each->variable = sats_scan_word(&scanner, FALSE);
    sats_scan_space(&scanner);
    if (scanner.at < scanner.end && *scanner.at == ',') {
        scanner.at++;
        sats_scan_space(&scanner);
        each->counter = sats_scan_word(&scanner, FALSE);
        sats_scan_space(&scanner);
    }
    const char *in = sats_scan_word(&scanner, FALSE);
    sats_scan_space(&scanner);
    gboolean ok = each->variable && in && strcmp(in, "in") == 0;
    if (!ok) {
        each_syntax(compiler, &value->place);
        if (!each->variable)
            return NULL;
        scanner.at = scanner.end; /* the variable is declared all the same: one finding is enough */
    }
    SatsStatic unused;
    ok = ok && sats_scan_path(&scanner, &each->list, &unused) && check_list(compiler, &each->list);
    sats_scan_space(&scanner);
    if (ok && scanner.at < scanner.end) {
        SatsPlace place = sats_scan_place(&scanner, scanner.at);
        each_syntax(compiler, &place);
        ok = FALSE;
    }
    const SatsDecl *decl = ok ? each->list.decl : NULL;
    if (decl && decl->type == SATS_TYPE_LIST)
        decl = decl->item;
    SatsTemplate *template_ = compiler->template_;
    if (template_->n_slots >= SATS_TEMPLATE_MAX_SLOTS) {
        sats_report_add(compiler->report, SATS_ERROR, "template-limit", &value->place,
                        "more than %u loops in one template", "fler än %u slingor i en mall",
                        SATS_TEMPLATE_MAX_SLOTS);
        return NULL;
    }
    each->slot = (int)template_->n_slots++;
    compiler->variables = declare(compiler, each->variable, each->slot, decl, FALSE);
    if (each->counter)
        compiler->variables = declare(compiler, each->counter, each->slot, NULL, TRUE);
    return each;
}

SatsGuard sats_guard_enter(SatsCompiler *compiler, const SatsValue *map,
                           const SatsVariable **out_outer) {
    SatsGuard guard = {NULL, NULL, map->place};
    *out_outer = compiler->variables;
    if (map->kind != SATS_VALUE_MAP)
        return guard;
    const SatsValue *each = sats_value_lookup(map, "each");
    if (each)
        guard.each = compile_each(compiler, each);
    guard.when = sats_compile_condition(compiler, sats_value_lookup(map, "when"));
    return guard;
}

void sats_guard_leave(SatsCompiler *compiler, const SatsVariable *outer) {
    compiler->variables = outer;
}
