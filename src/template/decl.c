/* Declarations: what a plan may hold, read from a template's `data:`. */
#include <string.h>

#include "template/compile.h"

static const char *const type_words[] = {"line",  "text",   "id",     "number", "integer", "amount",
                                         "date",  "bool",   "choice", "image",  "list",    "map",
                                         "table", "blocks", "any",    NULL};

const char *sats_type_name_en(SatsType type) {
    static const char *const names[] = {"a line of text",
                                        "a text",
                                        "an identifier",
                                        "a number",
                                        "a whole number",
                                        "a number, words or a dash",
                                        "a date",
                                        "true or false",
                                        "one of the choices",
                                        "a path to an image",
                                        "a list",
                                        "a map of keys",
                                        "a table",
                                        "a list of sections",
                                        "anything"};
    return names[type];
}

const char *sats_type_name_sv(SatsType type) {
    static const char *const names[] = {"en rad text",   "en text",
                                        "en beteckning", "ett tal",
                                        "ett heltal",    "ett tal, ord eller ett streck",
                                        "ett datum",     "ja eller nej",
                                        "ett av valen",  "en sökväg till en bild",
                                        "en lista",      "nycklar med värden",
                                        "en tabell",     "en lista med avsnitt",
                                        "vad som helst"};
    return names[type];
}

SatsDecl *sats_decl_key(const SatsDecl *map, const char *key) {
    for (guint i = 0; map && i < map->n_keys; i++)
        if (*map->keys[i]->name == *key && strcmp(map->keys[i]->name, key) == 0)
            return map->keys[i];
    return NULL;
}

gboolean sats_decl_must_stand(const SatsDecl *decl) {
    return decl->required && decl->fallback == NULL && decl->placeholder == NULL;
}

const char *const *sats_decl_key_names(const SatsDecl *map, SatsArena *arena) {
    guint n = map ? map->n_keys : 0;
    const char **names = sats_arena_new_array(arena, const char *, n + 1);
    for (guint i = 0; i < n; i++)
        names[i] = map->keys[i]->name;
    return names;
}

static SatsDecl *compile_decl(SatsCompiler *compiler, const char *name, const SatsValue *value,
                              const SatsDecl *parent);

static void add_key(SatsCompiler *compiler, SatsDecl *map, SatsDecl *key) {
    SatsDecl **keys = sats_arena_new_array(compiler->arena, SatsDecl *, map->n_keys + 1);
    for (guint i = 0; i < map->n_keys; i++)
        keys[i] = map->keys[i];
    keys[map->n_keys] = key;
    map->keys = keys;
    map->n_keys++;
}

static void compile_keys(SatsCompiler *compiler, SatsDecl *decl, const SatsValue *map) {
    if (!map || !sats_spec_is_map(compiler->report, map, "declarations", "deklarationer"))
        return;
    decl->keys = sats_arena_new_array(compiler->arena, SatsDecl *, map->length + 1);
    for (guint32 i = 0; i < map->length; i++) {
        const SatsEntry *entry = &map->as.entries[i];
        if (!sats_scan_is_word(entry->key)) {
            sats_report_add(compiler->report, SATS_ERROR, "declaration", &entry->place,
                            "'%s' cannot be a key: letters, digits, - and _ only",
                            "'%s' kan inte vara en nyckel: bara bokstäver, siffror, - och _",
                            entry->key);
            continue;
        }
        SatsDecl *key = compile_decl(compiler, entry->key, entry->value, decl);
        key->place = entry->place;
        decl->keys[decl->n_keys++] = key;
    }
}

static gboolean compile_type(SatsCompiler *compiler, SatsDecl *decl, const SatsValue *value) {
    if (!value || value->kind != SATS_VALUE_TEXT) {
        sats_report_add(compiler->report, SATS_ERROR, "declaration", value ? &value->place : NULL,
                        "a type is a word, such as line or list",
                        "en typ är ett ord, till exempel line eller list");
        return FALSE;
    }
    for (int i = 0; type_words[i]; i++)
        if (strcmp(type_words[i], value->as.text) == 0) {
            decl->type = (SatsType)i;
            return TRUE;
        }
    sats_spec_unknown(compiler->report, &value->place, "unknown-type", "type", "okänd typ",
                      value->as.text, type_words);
    return FALSE;
}

static void compile_choices(SatsCompiler *compiler, SatsDecl *decl, const SatsValue *map) {
    const SatsValue *list = sats_value_lookup(map, "choices");
    if (!list) {
        if (decl->type == SATS_TYPE_CHOICE)
            sats_report_add(compiler->report, SATS_ERROR, "declaration", &map->place,
                            "a choice needs 'choices'", "typen choice kräver 'choices'");
        return;
    }
    if (!sats_spec_is_list(compiler->report, list, "choices", "val"))
        return;
    guint n = 0;
    decl->choices = sats_arena_new_array(compiler->arena, const char *, list->length + 1);
    for (guint32 i = 0; i < list->length; i++)
        if (list->as.items[i]->kind == SATS_VALUE_TEXT)
            decl->choices[n++] = list->as.items[i]->as.text;
}

static gboolean compile_bound(SatsCompiler *compiler, const SatsValue *map, const char *key,
                              SatsDecimal *out) {
    const SatsValue *value = sats_value_lookup(map, key);
    if (!value)
        return FALSE;
    if (sats_value_number(value, out))
        return TRUE;
    sats_report_add(compiler->report, SATS_ERROR, "declaration", &value->place,
                    "'%s' should be a number", "'%s' ska vara ett tal", key);
    return FALSE;
}

/* Words that only some types have. */
static void check_fit(SatsCompiler *compiler, const SatsDecl *decl, const SatsValue *map) {
    static const struct {
        const char *word;
        SatsType type;
    } fits[] = {{"of", SATS_TYPE_LIST},
                {"parts", SATS_TYPE_LIST},
                {"keys", SATS_TYPE_MAP},
                {"open", SATS_TYPE_MAP},
                {"choices", SATS_TYPE_CHOICE}};
    for (guint i = 0; i < G_N_ELEMENTS(fits); i++) {
        const SatsEntry *entry = sats_value_lookup_entry(map, fits[i].word);
        if (entry && decl->type != fits[i].type)
            sats_report_add(compiler->report, SATS_ERROR, "declaration", &entry->place,
                            "'%s' belongs to the type %s", "'%s' hör till typen %s", fits[i].word,
                            type_words[fits[i].type]);
    }
    if (decl->parts && decl->item && !sats_decl_key(decl->item, decl->parts))
        sats_report_add(compiler->report, SATS_ERROR, "declaration", &map->place,
                        "'parts' names a key of the items, and '%s' is none",
                        "'parts' anger en nyckel i posterna, och '%s' är ingen", decl->parts);
    if (decl->type == SATS_TYPE_LIST && !decl->item)
        sats_report_add(compiler->report, SATS_ERROR, "declaration", &map->place,
                        "a list needs 'of': what its items are",
                        "typen list kräver 'of': vad posterna är");
}

static void compile_words(SatsCompiler *compiler, SatsDecl *decl, const SatsValue *map) {
    static const char *const words[] = {
        "type", "required", "help", "example", "placeholder", "default", "choices", "of",
        "keys", "open",     "min",  "max",     "unprinted",   "parts",   NULL};
    SatsReport *report = compiler->report;
    sats_spec_keys(report, map, "data", "'data'", words);
    const SatsValue *type = sats_value_lookup(map, "type");
    const SatsValue *of = sats_value_lookup(map, "of");
    if (!type && sats_value_lookup(map, "keys"))
        decl->type = SATS_TYPE_MAP;
    else if (!type && of)
        decl->type = SATS_TYPE_LIST;
    else if (!type && sats_value_lookup(map, "choices"))
        decl->type = SATS_TYPE_CHOICE;
    else
        compile_type(compiler, decl, type ? type : map);
    decl->required = sats_spec_bool(report, map, "required", FALSE);
    decl->open = sats_spec_bool(report, map, "open", FALSE);
    decl->unprinted = sats_spec_bool(report, map, "unprinted", FALSE);
    decl->parts = sats_spec_string(report, map, "parts", NULL);
    decl->help = sats_spec_string(report, map, "help", NULL);
    decl->placeholder = sats_spec_string(report, map, "placeholder", NULL);
    decl->fallback = sats_spec_string(report, map, "default", NULL);
    const SatsValue *example = sats_value_lookup(map, "example");
    if (example && example->kind == SATS_VALUE_TEXT)
        decl->example = example->as.text;
    compile_choices(compiler, decl, map);
    decl->has_min = compile_bound(compiler, map, "min", &decl->min);
    decl->has_max = compile_bound(compiler, map, "max", &decl->max);
    if (of)
        decl->item = compile_decl(compiler, NULL, of, decl);
    compile_keys(compiler, decl, sats_value_lookup(map, "keys"));
    check_fit(compiler, decl, map);
}

static SatsDecl *compile_decl(SatsCompiler *compiler, const char *name, const SatsValue *value,
                              const SatsDecl *parent) {
    SatsDecl *decl = sats_arena_new_struct(compiler->arena, SatsDecl);
    decl->name = name;
    decl->parent = parent;
    decl->place = value->place;
    decl->type = SATS_TYPE_ANY;
    if (value->kind == SATS_VALUE_MAP) {
        compile_words(compiler, decl, value);
    } else if (compile_type(compiler, decl, value)) {
        if (decl->type == SATS_TYPE_LIST || decl->type == SATS_TYPE_CHOICE) {
            sats_report_add(compiler->report, SATS_ERROR, "declaration", &value->place,
                            "the type %s needs the long form: {type: %s, …}",
                            "typen %s behöver den långa formen: {type: %s, …}", value->as.text,
                            value->as.text);
            decl->type = SATS_TYPE_ANY;
        } else if (decl->type == SATS_TYPE_MAP) {
            decl->open = TRUE;
        }
    }
    return decl;
}

SatsDecl *sats_decl_compile_map(SatsCompiler *compiler, const SatsValue *map) {
    SatsDecl *decl = sats_arena_new_struct(compiler->arena, SatsDecl);
    decl->type = SATS_TYPE_MAP;
    if (map && map->kind != SATS_VALUE_NULL) {
        decl->place = map->place;
        compile_keys(compiler, decl, map);
    }
    return decl;
}

void sats_decl_merge(SatsCompiler *compiler, SatsDecl *into, const SatsDecl *more, gboolean quiet) {
    for (guint i = 0; i < more->n_keys; i++) {
        SatsDecl *theirs = more->keys[i];
        SatsDecl *ours = sats_decl_key(into, theirs->name);
        if (!ours) {
            add_key(compiler, into, theirs);
        } else if (ours->type == SATS_TYPE_MAP && theirs->type == SATS_TYPE_MAP) {
            ours->open = ours->open || theirs->open;
            sats_decl_merge(compiler, ours, theirs, quiet);
        } else if (ours->type == SATS_TYPE_LIST && theirs->type == SATS_TYPE_LIST && ours->item &&
                   theirs->item && ours->item->type == SATS_TYPE_MAP &&
                   theirs->item->type == SATS_TYPE_MAP) {
            sats_decl_merge(compiler, ours->item, theirs->item, quiet);
        } else if (ours->type != theirs->type && !quiet) {
            sats_report_add(compiler->report, SATS_ERROR, "declaration", &theirs->place,
                            "'%s' is %s here but %s elsewhere (%s:%u)%.0s%.0s",
                            "'%s'%.0s%.0s är deklarerad som annat än på annat ställe (%s:%u): här "
                            "%s, där %s",
                            theirs->name, sats_type_name_en(theirs->type),
                            sats_type_name_en(ours->type),
                            ours->place.source ? ours->place.source->shown : "", ours->place.line,
                            sats_type_name_sv(theirs->type), sats_type_name_sv(ours->type));
        }
    }
}

void sats_decl_number(SatsDecl *decl, guint *in_out_next) {
    decl->index = (*in_out_next)++;
    if (decl->item)
        sats_decl_number(decl->item, in_out_next);
    for (guint i = 0; i < decl->n_keys; i++)
        sats_decl_number(decl->keys[i], in_out_next);
}
