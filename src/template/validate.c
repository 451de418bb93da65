/* A plan's data against the template's declarations. */
#include <string.h>

#include "base/utf8.h"
#include "template/compile.h"
#include "template/filter.h"
#include "template/free.h"
#include "template/misread.h"

#define MAX_KEYS_NAMED  6u  /* in a hint */
#define MAX_BRACES_TOLD 10u /* of one text */

typedef struct {
    SatsReport *report;
    SatsArena *arena;
    const SatsDecl *data; /* all that the plan may have */
    gboolean in_table;    /* within rows that were read from a file of a table */
} Validator;

static void check(Validator *validator, const SatsDecl *decl, const char *name,
                  const SatsValue *value);

/* ---- findings ---- */

static void add_example(Validator *validator, const SatsDecl *decl) {
    static const char *const examples[] = {[SATS_TYPE_NUMBER] = "1 234,5",
                                           [SATS_TYPE_INTEGER] = "12",
                                           [SATS_TYPE_DATE] = "2024-12-31",
                                           [SATS_TYPE_BOOL] = "ja",
                                           [SATS_TYPE_IMAGE] = "bilder/karta.png"};
    const char *example = decl->example;
    if (!example && (gsize)decl->type < G_N_ELEMENTS(examples))
        example = examples[decl->type];
    if (example)
        sats_report_hint(validator->report, "for example: %s", "till exempel: %s", example);
    else if (decl->help)
        sats_report_hint(validator->report, "%s", "%s", decl->help);
}

/* What a text that is no number, or no date, was meant as. FALSE: unknown. */
static gboolean add_meant(Validator *validator, const SatsDecl *decl, const SatsValue *value) {
    if (value->kind != SATS_VALUE_TEXT)
        return FALSE;
    if (decl->type == SATS_TYPE_DATE)
        return sats_misread_hint_date(validator->report, value->as.text);
    return (decl->type == SATS_TYPE_NUMBER || decl->type == SATS_TYPE_INTEGER) &&
           sats_misread_hint_number(validator->report, value->as.text);
}

/* How a list or a map is written, for those who wrote something else. */
static void add_shape(Validator *validator, const SatsDecl *decl) {
    if (decl->type == SATS_TYPE_LIST) {
        sats_report_hint(validator->report, "each item of a list begins with '- '",
                         "varje post i en lista inleds med '- '");
        return;
    }
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < MIN(decl->n_keys, MAX_KEYS_NAMED); i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", decl->keys[i]->name);
    g_string_append(names, decl->n_keys > MAX_KEYS_NAMED ? " …" : "");
    sats_report_hint(validator->report, "its keys stand further in on lines of their own: %s",
                     "dess nycklar ska stå längre in, på egna rader: %s", names->str);
    g_string_free(names, TRUE);
}

static void wrong_type(Validator *validator, const SatsDecl *decl, const char *name,
                       const SatsValue *value) {
    SatsReport *report = validator->report;
    const char *need_en = sats_type_name_en(decl->type), *need_sv = sats_type_name_sv(decl->type);
    if (value->kind == SATS_VALUE_TEXT)
        sats_report_add(report, SATS_ERROR, "wrong-type", &value->place,
                        "'%s' should be %s%.0s, not '%.*s'", "'%s' ska vara %.0s%s, inte '%.*s'",
                        name, need_en, need_sv, sats_utf8_cut(value->as.text, 40), value->as.text);
    else if (value->kind == SATS_VALUE_LIST)
        sats_report_add(report, SATS_ERROR, "wrong-type", &value->place,
                        "'%s' should be %s%.0s, not a list", "'%s' ska vara %.0s%s, inte en lista",
                        name, need_en, need_sv);
    else
        sats_report_add(report, SATS_ERROR, "wrong-type", &value->place,
                        "'%s' should be %s%.0s, not a map of keys",
                        "'%s' ska vara %.0s%s, inte nycklar med värden", name, need_en, need_sv);
    if (value->kind == SATS_VALUE_LIST && decl->type != SATS_TYPE_MAP && value->length > 0 &&
        value->as.items[0]->kind == SATS_VALUE_TEXT && value->length == 1)
        sats_report_hint(report, "a placeholder in brackets needs quotes: \"[%s]\"",
                         "en platshållare inom hakparenteser behöver citattecken: \"[%s]\"",
                         value->as.items[0]->as.text);
    else if (decl->type == SATS_TYPE_LIST || (decl->type == SATS_TYPE_MAP && decl->n_keys > 0))
        add_shape(validator, decl);
    else if (!add_meant(validator, decl, value))
        add_example(validator, decl);
}

/* ---- scalars ---- */

static void check_range(Validator *validator, const SatsDecl *decl, const char *name,
                        const SatsPlace *place, SatsDecimal number) {
    SatsDecimalFormat format = {.decimals = -1};
    if (decl->has_min && sats_decimal_compare(number, decl->min) < 0) {
        g_autofree char *limit = sats_decimal_format(decl->min, &format);
        sats_report_add(validator->report, SATS_ERROR, "out-of-range", place,
                        "'%s' is less than %s", "'%s' är mindre än %s", name, limit);
    }
    if (decl->has_max && sats_decimal_compare(number, decl->max) > 0) {
        g_autofree char *limit = sats_decimal_format(decl->max, &format);
        sats_report_add(validator->report, SATS_ERROR, "out-of-range", place,
                        "'%s' is more than %s", "'%s' är mer än %s", name, limit);
    }
}

/* In YAML, which people write: programs, which write tables, know no such habit. */
static void check_thousands(Validator *validator, const SatsValue *value) {
    const char *text = value->as.text;
    if (validator->in_table || !sats_misread_thousands(text))
        return;
    const char *point = strchr(text, '.');
    sats_report_add(validator->report, SATS_WARNING, "thousands", &value->place,
                    "%s has three decimals: a point is a decimal mark",
                    "%s har tre decimaler: en punkt är ett decimaltecken", text);
    sats_report_hint(validator->report, "did you mean %.*s%s?", "menade du %.*s%s?",
                     (int)(point - text), text, point + 1);
}

static void check_number(Validator *validator, const SatsDecl *decl, const char *name,
                         const SatsValue *value) {
    SatsDecimal number;
    const char *note;
    if (!sats_number_with_note(value->as.text, validator->arena, &number, &note)) {
        if (decl->type != SATS_TYPE_AMOUNT)
            wrong_type(validator, decl, name, value);
        return;
    }
    SatsDecimal whole = sats_decimal_round(number, 0);
    if (decl->type == SATS_TYPE_INTEGER && sats_decimal_compare(whole, number) != 0)
        wrong_type(validator, decl, name, value);
    else
        check_range(validator, decl, name, &value->place, number);
    check_thousands(validator, value);
}

static void check_choice(Validator *validator, const SatsDecl *decl, const char *name,
                         const SatsValue *value) {
    const char *const *choices = (const char *const *)decl->choices;
    for (guint i = 0; choices && choices[i]; i++)
        if (strcmp(choices[i], value->as.text) == 0)
            return;
    if (!choices)
        return;
    g_autofree char *all = g_strjoinv(", ", (char **)(guintptr)decl->choices);
    sats_report_add(validator->report, SATS_ERROR, "unknown-choice", &value->place,
                    "'%s' cannot be '%.*s': one of %s", "'%s' kan inte vara '%.*s': välj bland %s",
                    name, sats_utf8_cut(value->as.text, 40), value->as.text, all);
    sats_report_suggest(validator->report, value->as.text, choices, sats_spec_n(choices));
}

/* Pictures lie in the plan's folder or below it, so that a plan can be moved and archived whole. */
static void check_image(Validator *validator, const char *name, const SatsValue *value) {
    const char *path = value->as.text;
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    gboolean leaves = g_path_is_absolute(path) || strchr(path, '\\') || strstr(path, "://");
    for (guint i = 0; parts[i]; i++)
        leaves = leaves || strcmp(parts[i], "..") == 0;
    if (leaves) {
        sats_report_add(validator->report, SATS_ERROR, "image-path", &value->place,
                        "'%s' must be a file in the plan's folder or below it",
                        "'%s' måste vara en fil i planens mapp eller under den", name);
        return;
    }
    static const char *const kinds[] = {".png", ".jpg", ".jpeg", ".svg"};
    g_autofree char *lower = g_ascii_strdown(path, -1);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_has_suffix(lower, kinds[i]))
            return;
    sats_report_add(validator->report, SATS_ERROR, "image-path", &value->place,
                    "'%s' should be a PNG, JPEG or SVG file",
                    "'%s' ska vara en PNG-, JPEG- eller SVG-fil", name);
}

static void tell_braces(Validator *validator, const SatsValue *value, const char *at,
                        gboolean closed) {
    SatsPlace place = sats_value_place_at(value, (gsize)(at - value->as.text));
    if (closed)
        sats_report_add(validator->report, SATS_WARNING, "braces", &place,
                        "'{{…}}' is for templates, and is printed as it stands",
                        "'{{…}}' hör hemma i mallar, och skrivs ut som det står");
    else
        sats_report_add(validator->report, SATS_WARNING, "braces", &place,
                        "no '}}' closes this '{{', and it is printed as it stands",
                        "ingen '}}' avslutar denna '{{', och den skrivs ut som den står");
    sats_report_hint(validator->report,
                     "a reference to a table or section is written {{ref id}}, or [words](#id)",
                     "en hänvisning till en tabell eller ett avsnitt skrivs {{ref id}}, eller "
                     "[ord](#id)");
}

/* Paths are for templates: in a plan's text they are printed as they stand, but for references. */
static void check_braces(Validator *validator, const SatsValue *value) {
    const char *text = value->as.text, *end = text + value->length;
    const char *at = strstr(text, "{{"), *close = strstr(text, "}}");
    guint told = 0;
    while (at != NULL && told < MAX_BRACES_TOLD) {
        SatsTextReference unused;
        gsize length = sats_text_reference(at, (gsize)(end - at), &unused);
        const char *next = strstr(at + MAX(length, 2u), "{{");
        if (close != NULL && close < at)
            close = strstr(at, "}}");
        gboolean closed = close != NULL && (next == NULL || close < next);
        if (length == 0) {
            tell_braces(validator, value, at, closed);
            told++;
        }
        at = next;
    }
}

/* Markdown's pictures: text here, and so a "!" and a link. */
static void check_picture(Validator *validator, const SatsValue *value) {
    const char *text = value->as.text;
    const char *at = strstr(text, "![");
    while (at != NULL && ((at > text && at[-1] == '\\') || strstr(at, "](") == NULL))
        at = strstr(at + 2, "![");
    if (at == NULL)
        return;
    SatsPlace place = sats_value_place_at(value, (gsize)(at - text));
    sats_report_add(validator->report, SATS_WARNING, "picture-in-text", &place,
                    "a text can hold no picture; this is printed as a link",
                    "en text kan inte innehålla bilder; det här skrivs ut som en länk");
    sats_report_hint(validator->report,
                     "a section of your own can have one: bild: {fil: …, alternativtext: …}",
                     "ett eget avsnitt kan ha en: bild: {fil: …, alternativtext: …}");
}

static void check_scalar(Validator *validator, const SatsDecl *decl, const char *name,
                         const SatsValue *value) {
    int year, month, day;
    gboolean flag;
    if (sats_text_is_placeholder(value->as.text))
        return;
    if (decl->type == SATS_TYPE_LINE || decl->type == SATS_TYPE_TEXT ||
        decl->type == SATS_TYPE_AMOUNT)
        check_braces(validator, value);
    if (decl->type == SATS_TYPE_LINE || decl->type == SATS_TYPE_TEXT)
        check_picture(validator, value);
    switch (decl->type) {
    case SATS_TYPE_NUMBER:
    case SATS_TYPE_INTEGER:
    case SATS_TYPE_AMOUNT:
        check_number(validator, decl, name, value);
        break;
    case SATS_TYPE_DATE:
        if (!sats_date_parse(value->as.text, &year, &month, &day))
            wrong_type(validator, decl, name, value);
        break;
    case SATS_TYPE_BOOL:
        if (!sats_value_bool(value, &flag))
            wrong_type(validator, decl, name, value);
        break;
    case SATS_TYPE_CHOICE:
        check_choice(validator, decl, name, value);
        break;
    case SATS_TYPE_IMAGE:
        check_image(validator, name, value);
        break;
    case SATS_TYPE_LINE: {
        const char *end = strchr(value->as.text, '\n');
        if (end && end[1] != '\0')
            wrong_type(validator, decl, name, value);
        break;
    }
    case SATS_TYPE_LIST:
    case SATS_TYPE_MAP:
    case SATS_TYPE_TABLE:
    case SATS_TYPE_BLOCKS:
        wrong_type(validator, decl, name, value);
        break;
    case SATS_TYPE_TEXT:
    case SATS_TYPE_ID:
    case SATS_TYPE_ANY:
    default:
        break;
    }
}

/* ---- lists and maps ---- */

static void check_length(Validator *validator, const SatsDecl *decl, const char *name,
                         const SatsValue *value) {
    SatsDecimal n = {(gint64)value->length, 0};
    gboolean few = decl->has_min && sats_decimal_compare(n, decl->min) < 0;
    gboolean many = decl->has_max && sats_decimal_compare(n, decl->max) > 0;
    gboolean one = value->length == 1;
    if (!few && !many)
        return;
    SatsDecimalFormat format = {.decimals = 0};
    g_autofree char *limit = sats_decimal_format(few ? decl->min : decl->max, &format);
    if (few)
        sats_report_add(validator->report, SATS_ERROR, "out-of-range", &value->place,
                        one ? "'%s' has %u item, it must have at least %s"
                            : "'%s' has %u items, it must have at least %s",
                        one ? "'%s' har %u post, minst %s krävs"
                            : "'%s' har %u poster, minst %s krävs",
                        name, value->length, limit);
    else
        sats_report_add(validator->report, SATS_ERROR, "out-of-range", &value->place,
                        one ? "'%s' has %u item, it may have at most %s"
                            : "'%s' has %u items, it may have at most %s",
                        one ? "'%s' har %u post, högst %s får finnas"
                            : "'%s' har %u poster, högst %s får finnas",
                        name, value->length, limit);
}

/* Rows of a table whose range begins below its names, so that a row of data gives them: no name is
 * a key, or near one. Told once, not of each name. */
static gboolean check_first_row(Validator *validator, const SatsDecl *decl,
                                const SatsValue *table) {
    const SatsValue *row = table->length > 0 ? table->as.items[0] : NULL;
    if (!row || row->kind != SATS_VALUE_MAP || row->length == 0 || !decl ||
        decl->type != SATS_TYPE_MAP || decl->open || decl->n_keys == 0)
        return TRUE;
    const char *const *names = sats_decl_key_names(decl, validator->arena);
    for (guint32 i = 0; i < row->length; i++)
        if (sats_report_nearest(row->as.entries[i].key, names, decl->n_keys))
            return TRUE;
    g_autofree char *all = g_strjoinv(", ", (char **)(guintptr)names);
    sats_report_add(validator->report, SATS_ERROR, "unknown-key", &row->as.entries[0].place,
                    "the first row of the range should give the keys (%s)",
                    "första raden i området ska ge nycklarna (%s)", all);
    sats_report_hint(validator->report, "does the range begin below its headings?",
                     "börjar området nedanför sina rubriker?");
    return FALSE;
}

static void check_list(Validator *validator, const SatsDecl *decl, const char *name,
                       const SatsValue *value) {
    if (value->kind != SATS_VALUE_LIST) {
        wrong_type(validator, decl, name, value);
        return;
    }
    check_length(validator, decl, name, value);
    gboolean outer = validator->in_table, table = value->tag != NULL;
    if (table && !check_first_row(validator, decl->item, value))
        return;
    validator->in_table = outer || table;
    for (guint32 i = 0; decl->item && i < value->length; i++)
        check(validator, decl->item, name, value->as.items[i]);
    validator->in_table = outer;
}

static gboolean is_missing(const SatsValue *value) {
    if (!value || value->kind == SATS_VALUE_NULL)
        return TRUE;
    if (value->kind != SATS_VALUE_TEXT)
        return value->length == 0;
    for (const char *p = value->as.text; *p; p++)
        if (!g_ascii_isspace(*p))
            return FALSE;
    return TRUE;
}

/* What was meant to be it is told of: a key that is misspelt, a value that cannot be read. */
static gboolean is_told(const Validator *validator, const SatsDecl *decl, const SatsEntry *entry,
                        const GPtrArray *meant) {
    for (guint i = 0; meant && i < meant->len; i++)
        if (strcmp(g_ptr_array_index(meant, i), decl->name) == 0)
            return TRUE;
    return entry && entry->value &&
           sats_report_has_error_at(validator->report, &entry->value->place);
}

/* `meant`: names of keys that are misspelt; NULL none. */
static void check_required(Validator *validator, const SatsDecl *map_decl, const SatsValue *map,
                           const GPtrArray *meant) {
    for (guint i = 0; i < map_decl->n_keys; i++) {
        const SatsDecl *decl = map_decl->keys[i];
        const SatsEntry *entry = sats_value_lookup_entry(map, decl->name);
        if (!sats_decl_must_stand(decl) || !is_missing(entry ? entry->value : NULL) ||
            is_told(validator, decl, entry, meant))
            continue;
        if (entry)
            sats_report_add(validator->report, SATS_ERROR, "missing", &entry->place,
                            "'%s' is empty and must have a value",
                            "'%s' är tom och måste ha ett värde", decl->name);
        else
            sats_report_add(validator->report, SATS_ERROR, "missing", &map->place,
                            "'%s' is missing", "'%s' saknas", decl->name);
        if (decl->help && decl->example)
            sats_report_hint(validator->report, "%s: %s (%s)", "%s: %s (%s)", decl->name,
                             decl->example, decl->help);
        else
            add_example(validator, decl);
    }
}

/* Keys of a plan that are the engine's, not the template's. */
static gboolean is_reserved(const char *key) {
    return strcmp(key, "mall") == 0 || strcmp(key, "inkludera") == 0;
}

/* Counts the maps that have the key, and leaves the path of one of them in *out_owner. */
static guint count_owners(const SatsDecl *decl, const char *key, GString *path,
                          GString *out_owner) {
    while (decl && decl->type == SATS_TYPE_LIST)
        decl = decl->item;
    if (!decl || decl->type != SATS_TYPE_MAP)
        return 0;
    gsize length = path->len;
    guint n = 0;
    if (sats_decl_key(decl, key)) {
        g_string_assign(out_owner, path->str);
        n++;
    }
    for (guint i = 0; i < decl->n_keys; i++) {
        g_string_append_printf(path, "%s%s", length > 0 ? "." : "", decl->keys[i]->name);
        n += count_owners(decl->keys[i], key, path, out_owner);
        g_string_truncate(path, length);
    }
    return n;
}

/* Gives the name of the key that seems to be meant, or NULL. */
static const char *unknown_key(Validator *validator, const SatsDecl *map, const SatsEntry *entry) {
    SatsReport *report = validator->report;
    GString *path = g_string_new(NULL), *owner = g_string_new(NULL);
    sats_report_add(report, SATS_ERROR, "unknown-key", &entry->place, "unknown key '%s'",
                    "okänd nyckel '%s'", entry->key);
    if (sats_report_omitted(report) == 0 &&
        count_owners(validator->data, entry->key, path, owner) == 1) {
        if (owner->len > 0)
            sats_report_hint(report, "'%s' is a key of '%s': is it indented as the keys there?",
                             "'%s' är en nyckel i '%s': är den indragen som nycklarna där?",
                             entry->key, owner->str);
        else
            sats_report_hint(report, "'%s' is one of the plan's own keys: it stands furthest left",
                             "'%s' är en av planens egna nycklar: den ska stå längst till vänster",
                             entry->key);
    }
    g_string_free(path, TRUE);
    g_string_free(owner, TRUE);
    return sats_report_suggest(report, entry->key, sats_decl_key_names(map, validator->arena),
                               map->n_keys);
}

static void check_map(Validator *validator, const SatsDecl *decl, const char *name,
                      const SatsValue *value, gboolean root) {
    if (value->kind != SATS_VALUE_MAP) {
        wrong_type(validator, decl, name, value);
        return;
    }
    g_autoptr(GPtrArray) meant = NULL;
    for (guint32 i = 0; i < value->length; i++) {
        const SatsEntry *entry = &value->as.entries[i];
        const SatsDecl *key = sats_decl_key(decl, entry->key);
        if (key) {
            check(validator, key, entry->key, entry->value);
        } else if (!decl->open && !(root && is_reserved(entry->key))) {
            const char *other = unknown_key(validator, decl, entry);
            if (other && !meant)
                meant = g_ptr_array_new();
            if (other)
                g_ptr_array_add(meant, (gpointer)(guintptr)other);
        }
    }
    check_required(validator, decl, value, meant);
}

/* ---- free tables and sections ---- */

/* Items that may be given short (a line, a list of cells), or as a map. */
static void check_short_or_map(Validator *validator, const SatsDecl *map_decl, SatsType short_type,
                               const char *name, const SatsValue *list) {
    const SatsDecl amount = {.type = SATS_TYPE_AMOUNT};
    SatsDecl item = {.type = short_type};
    if (short_type == SATS_TYPE_LIST)
        item.item = sats_arena_memdup(validator->arena, &amount, sizeof amount);
    gboolean outer = validator->in_table;
    validator->in_table = outer || (list && list->tag != NULL);
    for (guint32 i = 0; list && list->kind == SATS_VALUE_LIST && i < list->length; i++)
        check(validator, list->as.items[i]->kind == SATS_VALUE_MAP ? map_decl : &item, name,
              list->as.items[i]);
    validator->in_table = outer;
}

/* A row's cells, whether it is a list or a map with one. */
static const SatsValue *row_cells(const SatsValue *row) {
    for (guint32 i = 0; row->kind == SATS_VALUE_MAP && i < row->length; i++)
        if (row->as.entries[i].value->kind == SATS_VALUE_LIST)
            return row->as.entries[i].value;
    return row->kind == SATS_VALUE_LIST ? row : NULL;
}

/* A cell left out in the middle moves all that follow it into columns that they are not meant for.
 */
static void too_short(Validator *validator, const SatsValue *row, guint cells, guint columns) {
    sats_report_add(validator->report, SATS_WARNING, "row-short", &row->place,
                    cells == 1 ? "a row of %u cell in a table of %u columns"
                               : "a row of %u cells in a table of %u columns",
                    cells == 1 ? "en rad med %u cell i en tabell med %u kolumner"
                               : "en rad med %u celler i en tabell med %u kolumner",
                    cells, columns);
    sats_report_hint(validator->report, "write empty cells, too: \"\"",
                     "skriv också tomma celler: \"\"");
}

static void check_table(Validator *validator, const SatsDecl *decl, const char *name,
                        const SatsValue *value) {
    if (value->kind != SATS_VALUE_MAP) {
        wrong_type(validator, decl, name, value);
        return;
    }
    check_map(validator, sats_free_table_decl(), name, value, FALSE);
    const SatsValue *columns = sats_value_lookup(value, "kolumner");
    const SatsValue *rows = sats_free_rows(value, validator->arena);
    check_short_or_map(validator, sats_free_column_decl(), SATS_TYPE_LINE, "kolumner", columns);
    check_short_or_map(validator, sats_free_row_decl(), SATS_TYPE_LIST, "rader", rows);
    check_short_or_map(validator, sats_free_note_decl(), SATS_TYPE_LINE, "noter",
                       sats_value_lookup(value, "noter"));
    if (!columns || columns->kind != SATS_VALUE_LIST || !rows || rows->kind != SATS_VALUE_LIST)
        return;
    for (guint32 i = 0; i < rows->length; i++) {
        const SatsValue *cells = row_cells(rows->as.items[i]);
        if (cells && cells->length > columns->length)
            sats_spec_too_wide(validator->report, &rows->as.items[i]->place, cells->length,
                               columns->length);
        else if (cells && cells->length > 0 && cells->length < columns->length)
            too_short(validator, rows->as.items[i], cells->length, columns->length);
    }
}

static void check(Validator *validator, const SatsDecl *decl, const char *name,
                  const SatsValue *value) {
    if (!value || value->kind == SATS_VALUE_NULL || decl->type == SATS_TYPE_ANY)
        return;
    if (decl->type == SATS_TYPE_LIST)
        check_list(validator, decl, name, value);
    else if (decl->type == SATS_TYPE_MAP)
        check_map(validator, decl, name, value, FALSE);
    else if (decl->type == SATS_TYPE_TABLE)
        check_table(validator, decl, name, value);
    else if (decl->type == SATS_TYPE_BLOCKS && value->kind == SATS_VALUE_LIST)
        check_list(validator, sats_free_sections_decl(), name, value);
    else if (value->kind == SATS_VALUE_TEXT)
        check_scalar(validator, decl, name, value);
    else
        wrong_type(validator, decl, name, value);
}

void sats_template_validate(const SatsTemplate *template_, const SatsValue *plan,
                            SatsReport *report) {
    g_autoptr(SatsArena) arena = sats_arena_new();
    Validator validator = {report, arena, template_->data, FALSE};
    if (plan && plan->kind != SATS_VALUE_NULL)
        check_map(&validator, template_->data, "planen", plan, TRUE);
    else
        sats_report_add(report, SATS_ERROR, "missing", plan ? &plan->place : NULL,
                        "the plan is empty", "planen är tom");
}
