/* Template strings: `literal {{path | filter:argument}} literal`, each path and filter checked
 * against the declarations and the loop variables in force. */
#include <string.h>

#include "template/compile.h"
#include "template/filter.h"

#define SATS_MAX_STEPS   32u
#define SATS_MAX_FILTERS 16u

/* ---- scanning ---- */

SatsScanner sats_scan_begin(SatsCompiler *compiler, const SatsValue *value) {
    return (SatsScanner){.compiler = compiler,
                         .value = value,
                         .start = value->as.text,
                         .at = value->as.text,
                         .end = value->as.text + value->length};
}

void sats_scan_space(SatsScanner *scanner) {
    while (scanner->at < scanner->end && g_ascii_isspace(*scanner->at))
        scanner->at++;
}

SatsPlace sats_scan_place(const SatsScanner *scanner, const char *at) {
    SatsPlace place = sats_value_place_at(scanner->value, (gsize)(at - scanner->start));
    return place;
}

/* What has been read from `from` on. */
static SatsSpot spot_from(const SatsScanner *scanner, const char *from) {
    return (SatsSpot){scanner->value, (guint32)(from - scanner->start),
                      (guint32)(scanner->at - from)};
}

static SatsPlace place_from(const SatsScanner *scanner, const char *from) {
    return sats_spot_place(spot_from(scanner, from));
}

/* What follows the word at `at`, before `end`. */
static const char *skip_word(const char *at, const char *end, gboolean dots) {
    while (at < end) {
        if (g_ascii_isalnum(*at) || *at == '-' || *at == '_' || (dots && *at == '.'))
            at++;
        else if ((guchar)*at >= 0x80 && g_unichar_isalnum(g_utf8_get_char(at)))
            at = g_utf8_next_char(at);
        else
            break;
    }
    return at;
}

const char *sats_scan_word(SatsScanner *scanner, gboolean dots) {
    const char *from = scanner->at;
    scanner->at = skip_word(from, scanner->end, dots);
    if (scanner->at == from)
        return NULL;
    return sats_arena_strndup(scanner->compiler->arena, from, (gsize)(scanner->at - from));
}

gboolean sats_scan_is_word(const char *text) {
    const char *end = text + strlen(text);
    return end > text && skip_word(text, end, FALSE) == end;
}

const char *sats_scan_quoted(SatsScanner *scanner) {
    if (scanner->at >= scanner->end || (*scanner->at != '"' && *scanner->at != '\''))
        return NULL;
    const char *close =
        memchr(scanner->at + 1, *scanner->at, (gsize)(scanner->end - scanner->at - 1));
    if (!close)
        return NULL;
    const char *text = sats_arena_strndup(scanner->compiler->arena, scanner->at + 1,
                                          (gsize)(close - scanner->at - 1));
    scanner->at = close + 1;
    return text;
}

/* ---- paths ---- */

static SatsStatic static_of(const SatsDecl *decl) {
    if (!decl)
        return (SatsStatic){SATS_STATIC_ANY, FALSE};
    switch (decl->type) {
    case SATS_TYPE_NUMBER:
    case SATS_TYPE_INTEGER:
        return (SatsStatic){SATS_STATIC_NUMBER, FALSE};
    case SATS_TYPE_LINE:
    case SATS_TYPE_TEXT:
    case SATS_TYPE_ID:
    case SATS_TYPE_DATE:
    case SATS_TYPE_CHOICE:
    case SATS_TYPE_IMAGE:
    case SATS_TYPE_BOOL:
        return (SatsStatic){SATS_STATIC_TEXT, FALSE};
    case SATS_TYPE_LIST:
        return (SatsStatic){static_of(decl->item).type, TRUE};
    case SATS_TYPE_MAP:
    case SATS_TYPE_TABLE:
    case SATS_TYPE_BLOCKS:
        return (SatsStatic){SATS_STATIC_MAP, FALSE};
    case SATS_TYPE_AMOUNT:
    case SATS_TYPE_ANY:
    default:
        return (SatsStatic){SATS_STATIC_ANY, FALSE};
    }
}

/* Notes the name with the section files that take it from around them. */
static void note_use(SatsCompiler *compiler, const char *name, const SatsVariable *found) {
    const SatsVariable *v = compiler->variables;
    for (SatsSectionUse *use = compiler->use; use; use = use->outer) {
        for (; v != use->base; v = v->outer)
            if (v == found)
                return;
        sats_names_put(&use->names, name, (void *)(gsize)found);
    }
}

const SatsVariable *sats_variable_find(SatsCompiler *compiler, const char *name) {
    const SatsVariable *found = compiler->variables;
    while (found && strcmp(found->name, name) != 0)
        found = found->outer;
    note_use(compiler, name, found);
    return found;
}

static void unknown_path(SatsScanner *scanner, const char *from, const char *step,
                         const SatsDecl *map, const char *owner) {
    gboolean root = owner == NULL;
    SatsCompiler *compiler = scanner->compiler;
    SatsPlace place = place_from(scanner, from);
    if (root && compiler->lacks_data)
        return;
    guint n_variables = 0;
    for (const SatsVariable *v = root ? compiler->variables : NULL; v; v = v->outer)
        n_variables++;
    guint n_keys = map ? map->n_keys : 0, n = 0;
    const char **known =
        sats_arena_new_array(compiler->arena, const char *, n_keys + n_variables + 1);
    for (const SatsVariable *v = root ? compiler->variables : NULL; v; v = v->outer)
        known[n++] = v->name;
    for (guint i = 0; i < n_keys; i++)
        known[n++] = map->keys[i]->name;
    if (root)
        sats_report_add(compiler->report, SATS_ERROR, "unknown-path", &place,
                        "unknown path: no data and no loop variable is called '%s'",
                        "okänd sökväg: inga data och ingen slingvariabel heter '%s'", step);
    else
        sats_report_add(compiler->report, SATS_ERROR, "unknown-path", &place,
                        "unknown path: '%s' has no key '%s'",
                        "okänd sökväg: '%s' har ingen nyckel '%s'", owner, step);
    sats_report_suggest(compiler->report, step, known, n);
}

/* One step down from *decl, which `owner` names. FALSE: a finding was made. */
static gboolean step_into(SatsScanner *scanner, const char *from, const char *step,
                          const char *owner, SatsPath *path, const SatsDecl **decl) {
    const SatsDecl *in = *decl;
    while (in && in->type == SATS_TYPE_LIST) {
        path->many = TRUE;
        in = in->item;
    }
    if (!in || in->type == SATS_TYPE_ANY || in->type == SATS_TYPE_TABLE ||
        in->type == SATS_TYPE_BLOCKS) {
        *decl = NULL;
        return TRUE;
    }
    if (in->type != SATS_TYPE_MAP) {
        SatsPlace place = place_from(scanner, from);
        sats_report_add(scanner->compiler->report, SATS_ERROR, "unknown-path", &place,
                        "'%s' is %s%.0s and has no keys", "'%s' är %.0s%s och har inga nycklar",
                        owner, sats_type_name_en(in->type), sats_type_name_sv(in->type));
        return FALSE;
    }
    const SatsDecl *key = sats_decl_key(in, step);
    if (!key && !in->open) {
        unknown_path(scanner, from, step, in, owner);
        return FALSE;
    }
    *decl = key;
    return TRUE;
}

static gboolean resolve_first(SatsScanner *scanner, const char *from, const char *step,
                              SatsPath *path, const SatsDecl **decl) {
    SatsCompiler *compiler = scanner->compiler;
    const SatsVariable *variable = sats_variable_find(compiler, step);
    path->slot = -1;
    if (variable) {
        path->slot = variable->slot;
        path->kind = variable->counter ? SATS_PATH_LOOP_NUMBER : SATS_PATH_DATA;
        *decl = variable->decl;
        return TRUE;
    }
    const SatsDecl *key = sats_decl_key(compiler->data, step);
    if (!key && !(compiler->data && compiler->data->open)) {
        unknown_path(scanner, from, step, compiler->data, NULL);
        return FALSE;
    }
    path->steps[path->n_steps++] = step;
    *decl = key;
    return TRUE;
}

gboolean sats_scan_path(SatsScanner *scanner, SatsPath *out_path, SatsStatic *out_static) {
    SatsCompiler *compiler = scanner->compiler;
    const char *begin = scanner->at;
    const char *steps[SATS_MAX_STEPS];
    SatsPath path = {.slot = -1, .steps = steps};
    const SatsDecl *decl = NULL;
    const char *owner = NULL, *step = NULL;
    gboolean ok = TRUE;
    for (;;) {
        const char *from = scanner->at;
        owner = step;
        step = sats_scan_word(scanner, FALSE);
        if (!step || path.n_steps == SATS_MAX_STEPS) {
            SatsPlace place = place_from(scanner, from);
            sats_report_add(compiler->report, SATS_ERROR, "template-syntax", &place,
                            "a path was expected here, such as budget.summa",
                            "här ska det stå en sökväg, till exempel budget.summa");
            return FALSE;
        }
        if (ok && !owner) {
            ok = resolve_first(scanner, from, step, &path, &decl);
        } else if (ok && path.kind == SATS_PATH_LOOP_NUMBER) {
            unknown_path(scanner, from, step, NULL, owner);
            ok = FALSE;
        } else if (ok) {
            ok = step_into(scanner, from, step, owner, &path, &decl);
            path.steps[path.n_steps++] = step;
        }
        if (scanner->at >= scanner->end || *scanner->at != '.')
            break;
        scanner->at++;
    }
    path.decl = decl;
    path.spot = spot_from(scanner, begin);
    path.steps = sats_arena_memdup(compiler->arena, steps, sizeof *steps * MAX(path.n_steps, 1u));
    *out_path = path;
    *out_static = path.kind == SATS_PATH_LOOP_NUMBER ? (SatsStatic){SATS_STATIC_NUMBER, FALSE}
                                                     : static_of(decl);
    out_static->list = out_static->list || path.many;
    return ok;
}

static gboolean is_known_after_layout(SatsPathKind kind) {
    return kind == SATS_PATH_PAGE || kind == SATS_PATH_PAGES || kind == SATS_PATH_SECTION;
}

static gboolean is_in_running_line(const SatsScanner *scanner, SatsSpot spot) {
    if (scanner->compiler->running)
        return TRUE;
    SatsPlace place = sats_spot_place(spot);
    sats_report_add(scanner->compiler->report, SATS_ERROR, "unknown-path", &place,
                    "@avsnitt is of pages: it can only stand in a head or foot",
                    "@avsnitt hör till sidor: det kan bara stå i ett sidhuvud eller en sidfot");
    return FALSE;
}

/* `@sida`, `@sidor`, `@avsnitt`, `@platshållare`; the "@" is next. */
static gboolean scan_built_in(SatsScanner *scanner, SatsPath *out_path) {
    static const char *const names[] = {"sida", "sidor", "platshållare", "avsnitt", NULL};
    static const SatsPathKind kinds[] = {SATS_PATH_PAGE, SATS_PATH_PAGES, SATS_PATH_PLACEHOLDERS,
                                         SATS_PATH_SECTION};
    const char *from = scanner->at++;
    const char *word = sats_scan_word(scanner, FALSE);
    out_path->slot = -1;
    out_path->spot = spot_from(scanner, from);
    for (guint i = 0; word && names[i]; i++)
        if (strcmp(names[i], word) == 0) {
            out_path->kind = kinds[i];
            return kinds[i] != SATS_PATH_SECTION || is_in_running_line(scanner, out_path->spot);
        }
    SatsPlace place = sats_spot_place(out_path->spot);
    sats_spec_unknown(scanner->compiler->report, &place, "unknown-path", "built-in value",
                      "okänt inbyggt värde", word ? word : "", names);
    return FALSE;
}

/* `ref id`, `sidref id`, `ref (path)`; scanner stands after the word. */
static gboolean scan_reference(SatsScanner *scanner, SatsPath *out_path) {
    SatsCompiler *compiler = scanner->compiler;
    const char *from = scanner->at;
    SatsPathKind kind = out_path->kind;
    if (scanner->at < scanner->end && *scanner->at == '(') {
        SatsStatic unused;
        scanner->at++;
        sats_scan_space(scanner);
        if (!sats_scan_path(scanner, out_path, &unused))
            return FALSE;
        out_path->kind = kind;
        sats_scan_space(scanner);
        if (scanner->at < scanner->end && *scanner->at == ')') {
            scanner->at++;
            return TRUE;
        }
    } else {
        out_path->slot = -1;
        out_path->reference = sats_scan_word(scanner, TRUE);
        out_path->spot = spot_from(scanner, from);
        if (out_path->reference)
            return TRUE;
    }
    SatsPlace place = place_from(scanner, from);
    sats_report_add(compiler->report, SATS_ERROR, "template-syntax", &place,
                    "a reference is written {{ref id}} or {{ref (path)}}",
                    "en hänvisning skrivs {{ref id}} eller {{ref (sökväg)}}");
    return FALSE;
}

/* ---- filters ---- */

static const char *scan_argument(SatsScanner *scanner) {
    const char *quoted = sats_scan_quoted(scanner);
    if (quoted)
        return quoted;
    const char *from = scanner->at;
    const char *stop = scanner->condition ? ":|<>=!() \t\n" : ":|";
    while (scanner->at < scanner->end && !strchr(stop, *scanner->at))
        scanner->at++;
    const char *to = scanner->at;
    while (to > from && g_ascii_isspace(to[-1]))
        to--;
    return sats_arena_strndup(scanner->compiler->arena, from, (gsize)(to - from));
}

static void check_arguments(SatsScanner *scanner, const SatsFilterCall *call,
                            const SatsDecl *item) {
    const SatsFilter *filter = call->filter;
    SatsReport *report = scanner->compiler->report;
    if (call->n_arguments < filter->min_arguments || call->n_arguments > filter->max_arguments) {
        const char *some[] = {"no", "inga"};
        if (filter->max_arguments > 0 && filter->min_arguments == 0)
            some[0] = "at most one", some[1] = "högst ett";
        else if (filter->max_arguments > 0)
            some[0] = "one", some[1] = "ett";
        SatsPlace place = sats_spot_place(call->spot);
        sats_report_add(report, SATS_ERROR, "filter-argument", &place,
                        "filter '%s' takes %s%.0s argument, not %u",
                        "filtret '%s' tar %.0s%s argument, inte %u", filter->name, some[0], some[1],
                        call->n_arguments);
        if (filter->example)
            sats_report_hint(report, "for example: %s", "till exempel: %s", filter->example);
        return;
    }
    if (call->n_arguments == 0)
        return;
    SatsDecimal unused;
    if (filter->number_argument &&
        !sats_decimal_parse(call->arguments[0], strlen(call->arguments[0]), &unused)) {
        SatsPlace place = sats_spot_place(call->spot);
        sats_report_add(report, SATS_ERROR, "filter-argument", &place,
                        "filter '%s' takes a number, not '%s'",
                        "filtret '%s' tar ett tal, inte '%s'", filter->name, call->arguments[0]);
    }
    /* `summa:fält` and its like: the field must be declared. */
    if (filter->input == SATS_FILTER_LIST && !filter->number_argument && item &&
        item->type == SATS_TYPE_MAP && !item->open && !sats_decl_key(item, call->arguments[0])) {
        SatsPlace place = sats_spot_place(call->spot);
        sats_report_add(report, SATS_ERROR, "unknown-path", &place, "the items have no key '%s'",
                        "posterna har ingen nyckel '%s'", call->arguments[0]);
        const char *const *names = sats_decl_key_names(item, scanner->compiler->arena);
        sats_report_suggest(report, call->arguments[0], names, item->n_keys);
    }
}

static void wrong_input(SatsScanner *scanner, const SatsFilterCall *call, const char *need_en,
                        const char *need_sv) {
    SatsPlace place = sats_spot_place(call->spot);
    sats_report_add(scanner->compiler->report, SATS_ERROR, "filter-type", &place,
                    "filter '%s' works on %s%.0s", "filtret '%s' arbetar på %.0s%s",
                    call->filter->name, need_en, need_sv);
}

/* What the filter makes of the type; findings where it cannot take it. */
static void check_types(SatsScanner *scanner, const SatsFilterCall *call, SatsStatic *type) {
    const SatsFilter *filter = call->filter;
    gboolean field = filter->input == SATS_FILTER_LIST && call->n_arguments > 0;
    if (filter->input == SATS_FILTER_LIST) {
        if (!type->list && type->type != SATS_STATIC_ANY)
            wrong_input(scanner, call, "lists", "listor");
        type->list = FALSE;
    }
    gboolean any_items = filter->max_arguments == 0 && filter->output == SATS_FILTER_NUMBER;
    if (filter->input != SATS_FILTER_ANY && type->type == SATS_STATIC_MAP && !field && !any_items)
        wrong_input(scanner, call, "values, not on maps of keys", "värden, inte på nycklar");
    gboolean numbers = filter->input == SATS_FILTER_NUMBER ||
                       (filter->input == SATS_FILTER_LIST && filter->output == SATS_FILTER_NUMBER &&
                        !any_items && !field);
    if (numbers && type->type == SATS_STATIC_TEXT)
        wrong_input(scanner, call, "numbers, and this is text", "tal, men det här är text");
    if (field)
        type->type = SATS_STATIC_ANY;
    if (filter->output == SATS_FILTER_NUMBER)
        type->type = SATS_STATIC_NUMBER;
    else if (filter->output == SATS_FILTER_TEXT)
        type->type = SATS_STATIC_TEXT;
}

static gboolean scan_filter(SatsScanner *scanner, SatsFilterCall *call) {
    const char *from = scanner->at;
    const char *name = sats_scan_word(scanner, FALSE);
    call->spot = spot_from(scanner, from);
    if (!name) {
        SatsPlace place = sats_spot_place(call->spot);
        sats_report_add(scanner->compiler->report, SATS_ERROR, "template-syntax", &place,
                        "the name of a filter was expected after '|'",
                        "efter '|' ska det stå ett filters namn");
        return FALSE;
    }
    call->filter = sats_filter_lookup(name);
    while (scanner->at < scanner->end && *scanner->at == ':') {
        scanner->at++;
        const char *argument = scan_argument(scanner);
        if (call->n_arguments < G_N_ELEMENTS(call->arguments))
            call->arguments[call->n_arguments++] = argument;
    }
    if (call->filter)
        return TRUE;
    guint n = sats_filter_count();
    const char **names = sats_arena_new_array(scanner->compiler->arena, const char *, n + 1);
    for (guint i = 0; i < n; i++)
        names[i] = sats_filter_at(i)->name;
    SatsPlace place = sats_spot_place(call->spot);
    sats_spec_unknown(scanner->compiler->report, &place, "unknown-filter", "filter", "okänt filter",
                      name, names);
    return FALSE;
}

static gboolean at_filter(SatsScanner *scanner) {
    sats_scan_space(scanner);
    return scanner->at < scanner->end && *scanner->at == '|';
}

static gboolean scan_filters(SatsScanner *scanner, SatsExpr *expr, SatsStatic *type) {
    SatsFilterCall calls[SATS_MAX_FILTERS];
    guint n = 0;
    gboolean ok = TRUE;
    if (!at_filter(scanner))
        return TRUE;
    memset(calls, 0, sizeof calls);
    while (n < SATS_MAX_FILTERS && at_filter(scanner)) {
        scanner->at++;
        sats_scan_space(scanner);
        if (!scan_filter(scanner, &calls[n])) {
            calls[n] = (SatsFilterCall){0};
            ok = FALSE;
            type->type = SATS_STATIC_ANY;
            continue;
        }
        const SatsDecl *item = n == 0 ? expr->path.decl : NULL;
        if (item && item->type == SATS_TYPE_LIST)
            item = item->item;
        check_arguments(scanner, &calls[n], item);
        if (ok)
            check_types(scanner, &calls[n], type);
        n++;
    }
    expr->filters = sats_arena_memdup(scanner->compiler->arena, calls, sizeof *calls * MAX(n, 1u));
    expr->n_filters = n;
    return ok;
}

/* ---- expressions and texts ---- */

static SatsPathKind reference_kind(SatsScanner *scanner) {
    static const struct {
        const char *word;
        SatsPathKind kind;
    } words[] = {{"ref", SATS_PATH_REF}, {"sidref", SATS_PATH_PAGE_REF}};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        gsize n = strlen(words[i].word);
        if ((gsize)(scanner->end - scanner->at) > n &&
            strncmp(scanner->at, words[i].word, n) == 0 && g_ascii_isspace(scanner->at[n])) {
            const char *back = scanner->at;
            scanner->at += n;
            sats_scan_space(scanner);
            if (scanner->at < scanner->end && *scanner->at != '|')
                return words[i].kind;
            scanner->at = back;
        }
    }
    return SATS_PATH_DATA;
}

SatsExpr *sats_scan_expr(SatsScanner *scanner, SatsStatic *out_static) {
    SatsExpr *expr = sats_arena_new_struct(scanner->compiler->arena, SatsExpr);
    SatsStatic type = {SATS_STATIC_TEXT, FALSE};
    gboolean ok;
    sats_scan_space(scanner);
    expr->path.kind = scanner->condition ? SATS_PATH_DATA : reference_kind(scanner);
    if (expr->path.kind != SATS_PATH_DATA)
        ok = scan_reference(scanner, &expr->path);
    else if (scanner->at < scanner->end && *scanner->at == '@')
        ok = scan_built_in(scanner, &expr->path);
    else
        ok = sats_scan_path(scanner, &expr->path, &type);
    if (!ok)
        type = (SatsStatic){SATS_STATIC_ANY, FALSE};
    else if (expr->path.kind == SATS_PATH_PLACEHOLDERS)
        type = (SatsStatic){SATS_STATIC_NUMBER, FALSE};
    gboolean filters = scan_filters(scanner, expr, &type);
    *out_static = type;
    SatsPathKind kind = expr->path.kind;
    if (ok && expr->n_filters > 0 && is_known_after_layout(kind)) {
        SatsPlace place = sats_spot_place(expr->path.spot);
        sats_report_add(scanner->compiler->report, SATS_ERROR, "filter-type", &place,
                        "this is known only after the pages are made, and takes no filters",
                        "detta är känt först när sidorna är gjorda och tar inga filter");
        return NULL;
    }
    return ok && filters ? expr : NULL;
}

static void check_printable(SatsScanner *scanner, const SatsExpr *expr, SatsStatic type) {
    SatsReport *report = scanner->compiler->report;
    if (!type.list && type.type != SATS_STATIC_MAP)
        return;
    SatsPlace place = sats_spot_place(expr->path.spot);
    if (type.list) {
        sats_report_add(report, SATS_ERROR, "prints-list", &place, "this is a list of values",
                        "detta är en lista av värden");
        sats_report_hint(report, "say how it is set: each, or | lista, | rader, | summa, | antal",
                         "ange hur den ska sättas: each, eller | lista, | rader, | summa, | antal");
    } else {
        sats_report_add(report, SATS_ERROR, "prints-map", &place,
                        "this is a map of keys, not one value",
                        "detta är nycklar med värden, inte ett värde");
        if (expr->path.decl && expr->path.decl->n_keys > 0)
            sats_report_hint(report, "name one of its keys, such as .%s",
                             "ange en av nycklarna, till exempel .%s",
                             expr->path.decl->keys[0]->name);
    }
}

/* The next "{{" or "}}"; NULL when there is none. */
static const char *find_braces(const char *at, const char *end, char brace) {
    for (; end - at > 1; at++) {
        at = memchr(at, brace, (gsize)(end - at) - 1);
        if (!at || at[1] == brace)
            return at;
    }
    return NULL;
}

/* An expression and what stands before it, for each "{{", and what stands after the last. */
static guint most_pieces(const SatsScanner *scanner) {
    guint n = 1;
    for (const char *at = scanner->start; (at = find_braces(at, scanner->end, '{')); at += 2)
        n += 2;
    return n;
}

static void add_literal(SatsCompiler *compiler, SatsText *text, const char *from, const char *to) {
    if (to > from)
        text->pieces[text->n_pieces++].literal =
            sats_arena_strndup(compiler->arena, from, (gsize)(to - from));
}

/* From "{{" on; returns where the text goes on. */
static const char *add_expression(SatsScanner *scanner, SatsText *text, const char *open) {
    const char *text_end = scanner->end;
    const char *close = find_braces(open, text_end, '}');
    if (!close) {
        SatsPlace place = sats_scan_place(scanner, open);
        sats_report_add(scanner->compiler->report, SATS_ERROR, "template-syntax", &place,
                        "'{{' without '}}'", "'{{' utan '}}'");
        return text_end;
    }
    SatsStatic type;
    scanner->at = open + 2;
    scanner->end = close;
    guint errors = sats_report_count(scanner->compiler->report, SATS_ERROR);
    SatsExpr *expr = sats_scan_expr(scanner, &type);
    sats_scan_space(scanner);
    if (expr && scanner->at < scanner->end) {
        SatsPlace place = sats_scan_place(scanner, scanner->at);
        sats_report_add(scanner->compiler->report, SATS_ERROR, "template-syntax", &place,
                        "'|' or '}}' was expected here", "här ska det stå '|' eller '}}'");
    } else if (expr && sats_report_count(scanner->compiler->report, SATS_ERROR) == errors) {
        check_printable(scanner, expr, type);
    }
    if (expr)
        text->pieces[text->n_pieces++].expr = expr;
    scanner->end = text_end;
    return close + 2;
}

SatsText *sats_compile_text(SatsCompiler *compiler, const SatsValue *value) {
    if (!value || value->kind == SATS_VALUE_NULL)
        return NULL;
    SatsText *text = sats_arena_new_struct(compiler->arena, SatsText);
    text->place = value->place;
    if (value->kind != SATS_VALUE_TEXT) {
        sats_report_add(compiler->report, SATS_ERROR, "template-type", &value->place,
                        "a text was expected here", "här ska det stå en text");
        sats_report_hint(compiler->report, "a text with {{…}} needs quotes",
                         "en text med {{…}} behöver citattecken");
        return text;
    }
    SatsScanner scanner = sats_scan_begin(compiler, value);
    text->pieces = sats_arena_new_array(compiler->arena, SatsTextPiece, most_pieces(&scanner));
    const char *from = scanner.start;
    for (const char *open = from; (open = find_braces(open, scanner.end, '{')) != NULL;) {
        if (open > from && open[-1] == '\\') { /* \{{ is set as it stands */
            add_literal(compiler, text, from, open - 1);
            from = open;
            open += 2;
            continue;
        }
        add_literal(compiler, text, from, open);
        from = open = add_expression(&scanner, text, open);
    }
    add_literal(compiler, text, from, scanner.end);
    return text;
}

SatsText *sats_compile_text_key(SatsCompiler *compiler, const SatsValue *map, const char *key) {
    return sats_compile_text(compiler, sats_value_lookup(map, key));
}

SatsExpr *sats_compile_expr(SatsCompiler *compiler, const SatsValue *value) {
    if (!value || value->kind != SATS_VALUE_TEXT) {
        if (value)
            sats_report_add(compiler->report, SATS_ERROR, "template-type", &value->place,
                            "a path was expected here, such as budget.summa",
                            "här ska det stå en sökväg, till exempel budget.summa");
        return NULL;
    }
    SatsScanner scanner = sats_scan_begin(compiler, value);
    sats_scan_space(&scanner);
    gsize left = (gsize)(scanner.end - scanner.at);
    if (left >= 4 && strncmp(scanner.at, "{{", 2) == 0) {
        const char *close = find_braces(scanner.at, scanner.end, '}');
        scanner.at += 2;
        if (close)
            scanner.end = close;
    }
    SatsStatic unused;
    SatsExpr *expr = sats_scan_expr(&scanner, &unused);
    sats_scan_space(&scanner);
    const char *rest = scanner.at;
    if (expr && rest < scanner.end) {
        SatsPlace place = sats_scan_place(&scanner, rest);
        sats_report_add(compiler->report, SATS_ERROR, "template-syntax", &place,
                        "one path was expected, and no more",
                        "här ska det stå en sökväg och inget mer");
        return NULL;
    }
    return expr;
}
