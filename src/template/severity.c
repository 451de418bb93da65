/* How grave findings are, as templates set it by code: `severity: {code: warning}`. */
#include <string.h>

#include "base/codes.h"
#include "template/checks.h"
#include "template/library.h"

static const char *const levels[] = {"note", "warning", "error", "off", NULL};

static gboolean is_declared(const SatsCompiler *compiler, const char *code) {
    for (guint i = 0; i < compiler->template_->n_checks; i++)
        if (strcmp(compiler->template_->checks[i].code, code) == 0)
            return TRUE;
    return FALSE;
}

/* The program's codes and those of the template's checks, NULL-terminated. */
static const char *const *all_codes(const SatsCompiler *compiler) {
    const SatsTemplate *template_ = compiler->template_;
    guint n = 0, n_own = sats_code_count();
    const char **codes =
        sats_arena_new_array(compiler->arena, const char *, n_own + template_->n_checks + 1);
    for (guint i = 0; i < template_->n_checks; i++)
        codes[n++] = template_->checks[i].code;
    for (guint i = 0; i < n_own; i++)
        codes[n++] = sats_code_at(i)->code;
    return codes;
}

/* Some errors leave nothing that could be made into a document: those stay errors. */
static gboolean may_be(const SatsCompiler *compiler, const char *name, const SatsPlace *place,
                       SatsSeverity severity) {
    const SatsCode *code = sats_code_find(name);
    if (code == NULL || code->yields || severity == SATS_ERROR || is_declared(compiler, name))
        return TRUE;
    sats_report_add(compiler->report, SATS_ERROR, "severity", place, "'%s' is always an error",
                    "'%s' är alltid ett fel", name);
    return FALSE;
}

/* `map`'s word as a severity; FALSE when there is none, or one that cannot be. */
static gboolean read_level(const SatsCompiler *compiler, const SatsEntry *entry,
                           const SatsValue *map, const char *word, SatsSeverity *out) {
    const SatsValue *value = sats_value_lookup(map, word);
    if (!value)
        return FALSE;
    *out = (SatsSeverity)sats_spec_choice(compiler->report, map, word, levels, (int)SATS_ERROR);
    return may_be(compiler, entry->key, &value->place, *out);
}

static void compile_entry(const SatsCompiler *compiler, const SatsValue *map,
                          const SatsEntry *entry, GArray *specs) {
    static const char *const words[] = {"draft", "final", NULL};
    SatsSeveritySpec spec = {.code = entry->key};
    if (entry->value->kind == SATS_VALUE_MAP) {
        sats_spec_keys(compiler->report, entry->value, entry->key, entry->key, words);
        spec.in_draft = read_level(compiler, entry, entry->value, "draft", &spec.draft);
        spec.in_final = read_level(compiler, entry, entry->value, "final", &spec.final);
    } else {
        spec.in_draft = spec.in_final = read_level(compiler, entry, map, entry->key, &spec.draft);
        spec.final = spec.draft;
    }
    for (guint i = specs->len; i-- > 0;)
        if (strcmp(g_array_index(specs, SatsSeveritySpec, i).code, spec.code) == 0)
            g_array_remove_index(specs, i);
    g_array_append_val(specs, spec);
}

/* A template that is extended may speak of a check whose section is removed or replaced here. */
static gboolean is_known(const SatsCompiler *compiler, const SatsEntry *entry, gboolean extended) {
    if (sats_code_find(entry->key) || is_declared(compiler, entry->key))
        return TRUE;
    if (!extended)
        sats_spec_unknown(compiler->report, &entry->place, "unknown-code", "code", "okänd kod",
                          entry->key, all_codes(compiler));
    return FALSE;
}

void sats_compile_severities(SatsCompiler *compiler) {
    const SatsLibrary *library = compiler->library;
    g_autoptr(GArray) specs = g_array_new(FALSE, FALSE, sizeof(SatsSeveritySpec));
    for (guint i = library->n_definitions; i-- > 0;) {
        const SatsValue *map = sats_value_lookup(library->definitions[i].root, "severity");
        if (!map || map->kind == SATS_VALUE_NULL ||
            !sats_spec_is_map(compiler->report, map, "codes and what they are: missing-alt: error",
                              "koder och vad de är: missing-alt: error"))
            continue;
        for (guint32 k = 0; k < map->length; k++)
            if (is_known(compiler, &map->as.entries[k], i > 0))
                compile_entry(compiler, map, &map->as.entries[k], specs);
    }
    compiler->template_->n_severities = specs->len;
    compiler->template_->severities = sats_arena_memdup(
        compiler->arena, specs->data, sizeof(SatsSeveritySpec) * MAX(specs->len, 1u));
}

void sats_template_set_severities(const SatsTemplate *template_, gboolean final,
                                  SatsReport *report) {
    for (guint i = 0; i < template_->n_severities; i++) {
        const SatsSeveritySpec *spec = &template_->severities[i];
        if (final ? spec->in_final : spec->in_draft)
            sats_report_set_severity(report, spec->code, final ? spec->final : spec->draft);
    }
}
