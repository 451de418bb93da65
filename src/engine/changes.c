/* engine/changes.c: the list of changes between two plans, for people and for programs. */
#include <string.h>

#include "data/diff.h"
#include "data/words.h"
#include "engine/changes.h"
#include "engine/engine-private.h"

#define SUMMARY_CHARACTERS 100U
#define CONTEXT_CHARACTERS 24

/* ---- places and words ---- */

static const char *say(const SatsPlan *plan, const char *english, const char *swedish) {
    return plan->engine->language == SATS_LANGUAGE_SWEDISH ? swedish : english;
}

typedef struct {
    const SatsPlan *old_plan, *new_plan;
    GString *out;
    gboolean colour;
} Printer;

/* ---- for people ---- */

static void put_colour(const Printer *printer, const char *code) {
    if (printer->colour) {
        g_string_append(printer->out, code);
    }
}

/* Control characters would speak to the terminal. */
static void put_text(const Printer *printer, const char *text, gsize length) {
    for (gsize i = 0; i < length; i++) {
        guchar c = (guchar)text[i];
        g_string_append_c(printer->out, c < 0x20 || c == 0x7F ? ' ' : (char)c);
    }
}

/* What is kept between two changes: its beginning and end, when it is long. */
static void put_kept(const Printer *printer, const char *text, gsize length, gboolean first,
                     gboolean last) {
    glong characters = g_utf8_strlen(text, (gssize)length);
    glong keep = CONTEXT_CHARACTERS;
    if (characters <= 2 * keep + 1) {
        put_text(printer, text, length);
        return;
    }
    if (!first) {
        const char *end = g_utf8_offset_to_pointer(text, keep);
        put_text(printer, text, (gsize)(end - text));
    }
    g_string_append(printer->out, "…");
    if (!last) {
        const char *begin = g_utf8_offset_to_pointer(text, characters - keep);
        put_text(printer, begin, (gsize)(text + length - begin));
    }
}

static void put_word_changes(const Printer *printer, const SatsValue *before,
                             const SatsValue *after) {
    g_autoptr(GArray) words =
        sats_words_diff(before->as.text, before->length, after->as.text, after->length);
    for (guint i = 0; i < words->len; i++) {
        const SatsWords *item = &g_array_index(words, SatsWords, i);
        gboolean deleted = item->kind == SATS_WORDS_DELETED;
        const char *text = (deleted ? before : after)->as.text + item->start;
        if (item->kind == SATS_WORDS_KEPT) {
            put_kept(printer, text, item->length, i == 0, i + 1 == words->len);
            continue;
        }
        gsize bare = item->length;
        while (bare > 0 && g_ascii_isspace(text[bare - 1])) {
            bare--;
        }
        put_colour(printer, deleted ? "\033[31;9m" : "\033[32;4m");
        g_string_append(printer->out, deleted ? "[-" : "{+");
        put_text(printer, text, bare);
        g_string_append(printer->out, deleted ? "-]" : "+}");
        put_colour(printer, "\033[0m");
        put_text(printer, text + bare, item->length - bare);
    }
}

static void put_summary(const Printer *printer, const SatsValue *value) {
    g_autofree char *text = sats_value_summary(value, SUMMARY_CHARACTERS, NULL);
    put_text(printer, text, strlen(text));
}

static gboolean are_words(const SatsChange *change) {
    const SatsValue *a = change->old_value;
    const SatsValue *b = change->new_value;
    return a->kind == SATS_VALUE_TEXT && b->kind == SATS_VALUE_TEXT &&
           strchr(a->as.text, ' ') != NULL && strchr(b->as.text, ' ') != NULL &&
           sats_words_likeness(a->as.text, a->length, b->as.text, b->length, 0.2) > 0.2;
}

static void put_values(const Printer *printer, const SatsChange *change) {
    if (change->kind == SATS_CHANGE_MOVED) {
        gboolean swedish = printer->new_plan->engine->language == SATS_LANGUAGE_SWEDISH;
        if (change->old_path != NULL) {
            const char *rest = change->old_path + strlen(change->section);
            rest += *rest == '.' ? 1 : 0;
            g_string_append(printer->out, swedish ? "från " : "from ");
            put_text(printer, rest, strlen(rest));
            return;
        }
        g_string_append_printf(printer->out, swedish ? "från %u till %u" : "from %u to %u",
                               change->old_index, change->new_index);
    } else if (change->kind != SATS_CHANGE_CHANGED) {
        put_summary(printer,
                    change->kind == SATS_CHANGE_REMOVED ? change->old_value : change->new_value);
    } else if (are_words(change)) {
        put_word_changes(printer, change->old_value, change->new_value);
    } else {
        put_summary(printer, change->old_value);
        g_string_append(printer->out, " → ");
        put_summary(printer, change->new_value);
    }
}

static void put_line(const Printer *printer, const SatsChange *change) {
    static const char *const SIGNS[] = {"+", "-", "~", ">"};
    static const char *const COLOURS[] = {"\033[32m", "\033[31m", "\033[33m", "\033[36m"};
    const char *rest = change->path + strlen(change->section);
    g_string_append(printer->out, "  ");
    put_colour(printer, COLOURS[change->kind]);
    g_string_append(printer->out, SIGNS[change->kind]);
    put_colour(printer, "\033[0m");
    g_string_append_c(printer->out, ' ');
    rest += *rest == '.' ? 1 : 0;
    put_text(printer, rest, strlen(rest));
    g_string_append(printer->out, *rest != '\0' ? ": " : "");
    put_values(printer, change);
    gboolean gone = change->new_place.source == NULL;
    const SatsPlace *place = gone ? &change->old_place : &change->new_place;
    if (place->source != NULL) {
        SatsPlace line = {.source = place->source, .line = place->line};
        gboolean cell = place->source->sheet != NULL;
        g_string_append_printf(printer->out, "  (%s:%s", place->source->shown, cell ? " " : "");
        sats_place_append(printer->out, cell ? place : &line);
        g_string_append_c(printer->out, ')');
    }
    g_string_append_c(printer->out, '\n');
}

static void put_counts(const Printer *printer, const SatsDiff *diff) {
    static const char *const ENGLISH[] = {"added", "removed", "changed", "moved"};
    static const char *const SWEDISH[] = {"tillagda", "borttagna", "ändrade", "flyttade"};
    static const char *const SWEDISH_ONE[] = {"tillagd", "borttagen", "ändrad", "flyttad"};
    const char *comma = "";
    for (guint i = 0; i < 4; i++) {
        const char *swedish = diff->count[i] == 1 ? SWEDISH_ONE[i] : SWEDISH[i];
        if (diff->count[i] > 0) {
            g_string_append_printf(printer->out, "%s%u %s", comma, diff->count[i],
                                   say(printer->new_plan, ENGLISH[i], swedish));
            comma = ", ";
        }
    }
    g_string_append(printer->out,
                    *comma == '\0' ? say(printer->new_plan, "no changes", "inga ändringar") : "");
    g_string_append_c(printer->out, '\n');
}

/* A key's changes stand together, wherever the walk met them. */
static void put_list(const Printer *printer, const SatsDiff *diff) {
    const char *section = NULL;
    for (guint i = 0; i < diff->n_changes; i++) {
        const SatsChange *change = &diff->changes[i];
        if (section == NULL || !g_str_equal(section, change->section)) {
            section = change->section;
            put_colour(printer, "\033[1m");
            put_text(printer, section, strlen(section));
            put_colour(printer, "\033[0m");
            g_string_append_c(printer->out, '\n');
        }
        put_line(printer, change);
    }
    put_counts(printer, diff);
}

/* ---- for programs ---- */

static void put_json_string(GString *out, const char *text) {
    g_string_append_c(out, '"');
    for (const guchar *c = (const guchar *)text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            g_string_append_printf(out, "\\%c", *c);
        } else if (*c == '\n') {
            g_string_append(out, "\\n");
        } else if (*c < 0x20) {
            g_string_append_printf(out, "\\u%04x", *c);
        } else {
            g_string_append_c(out, (char)*c);
        }
    }
    g_string_append_c(out, '"');
}

static void put_json_value(GString *out, const SatsValue *value) {
    if (value == NULL || value->kind == SATS_VALUE_NULL) {
        g_string_append(out, "null");
        return;
    }
    if (value->kind == SATS_VALUE_TEXT) {
        put_json_string(out, value->as.text);
        return;
    }
    gboolean map = value->kind == SATS_VALUE_MAP;
    g_string_append_c(out, map ? '{' : '[');
    for (guint32 i = 0; i < value->length; i++) {
        g_string_append(out, i > 0 ? ", " : "");
        if (map) {
            put_json_string(out, value->as.entries[i].key);
            g_string_append(out, ": ");
        }
        put_json_value(out, map ? value->as.entries[i].value : value->as.items[i]);
    }
    g_string_append_c(out, map ? '}' : ']');
}

static void put_json_text(GString *out, const char *key, const char *text) {
    if (text != NULL) {
        g_string_append_printf(out, ", \"%s\": ", key);
        put_json_string(out, text);
    }
}

static void put_json_place(GString *out, const char *key, const SatsPlace *place) {
    if (place->source == NULL) {
        return;
    }
    g_string_append_printf(out, ", \"%s\": {\"file\": ", key);
    put_json_string(out, place->source->shown);
    g_string_append_printf(out, ", \"line\": %u, \"column\": %u", place->line, place->column);
    if (place->source->sheet != NULL) {
        g_autoptr(GString) cell = g_string_new(NULL);
        sats_place_append(cell, place);
        g_string_append(out, ", \"cell\": ");
        put_json_string(out, cell->str);
    }
    g_string_append_c(out, '}');
}

static void put_json_change(const Printer *printer, const SatsChange *change) {
    GString *out = printer->out;
    g_string_append_printf(out, "    {\"kind\": \"%s\"", sats_change_name(change->kind));
    put_json_text(out, "section", change->section);
    put_json_text(out, "path", change->path);
    put_json_text(out, "row", change->row);
    put_json_text(out, "column", change->column);
    if (change->kind == SATS_CHANGE_MOVED) {
        g_string_append_printf(out, ", \"from\": %u, \"to\": %u", change->old_index,
                               change->new_index);
        put_json_text(out, "from_path", change->old_path);
    } else {
        if (change->old_value != NULL) {
            g_string_append(out, ", \"old\": ");
            put_json_value(out, change->old_value);
        }
        if (change->new_value != NULL) {
            g_string_append(out, ", \"new\": ");
            put_json_value(out, change->new_value);
        }
    }
    put_json_place(out, "old_place", &change->old_place);
    put_json_place(out, "new_place", &change->new_place);
    g_string_append_c(out, '}');
}

static void put_json(const Printer *printer, const SatsDiff *diff) {
    g_string_append(printer->out, "{\n  \"counts\": {");
    for (guint i = 0; i < 4; i++) {
        g_string_append_printf(printer->out, "%s\"%s\": %u", i > 0 ? ", " : "",
                               sats_change_name((SatsChangeKind)i), diff->count[i]);
    }
    g_string_append(printer->out, "},\n  \"changes\": [");
    for (guint i = 0; i < diff->n_changes; i++) {
        g_string_append(printer->out, i > 0 ? ",\n" : "\n");
        put_json_change(printer, &diff->changes[i]);
    }
    g_string_append(printer->out, diff->n_changes > 0 ? "\n  ]\n}\n" : "]\n}\n");
}

char *sats_plan_changes(const SatsPlan *old_plan, const SatsPlan *new_plan, SatsReportForm form,
                        int *out_count) {
    g_autoptr(SatsArena) arena = sats_arena_new();
    const SatsDiff *diff = sats_diff(old_plan->root, new_plan->root, arena);
    Printer printer = {old_plan, new_plan, g_string_new(NULL), form == SATS_REPORT_COLOUR};
    if (form == SATS_REPORT_JSON) {
        put_json(&printer, diff);
    } else {
        put_list(&printer, diff);
    }
    if (out_count != NULL) {
        *out_count = (int)diff->n_changes;
    }
    return g_string_free(printer.out, FALSE);
}

/* ---- the marked document ---- */

SatsStatus sats_plan_render_changes(SatsPlan *old_plan, SatsPlan *new_plan,
                                    const SatsRenderOptions *options, const char *path) {
    static const SatsRenderOptions DEFAULTS = {0};
    SatsRenderOptions how = options != NULL ? *options : DEFAULTS;
    SatsStatus old_status = sats_plan_make_document(old_plan, FALSE);
    SatsStatus status = sats_plan_make_document(new_plan, how.final_ != 0);
    if (old_status != SATS_STATUS_DONE || status != SATS_STATUS_DONE) {
        return MAX(old_status, status);
    }
    if (sats_plan_reads(old_plan, path)) {
        return sats_plan_refuse_source(new_plan, path);
    }
    gint64 start = g_get_monotonic_time();
    g_autoptr(SatsArena) arena = sats_arena_new();
    const SatsDiff *diff = sats_diff(old_plan->root, new_plan->root, arena);
    sats_changes_align(old_plan->document, new_plan->document);
    g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
    sats_changes_numbers(old_plan->loaded->template_->data, old_plan->root, arena, numbers);
    sats_changes_numbers(new_plan->loaded->template_->data, new_plan->root, arena, numbers);
    sats_changes_front(new_plan->document, old_plan->document, diff, numbers);
    sats_document_number(new_plan->document);
    SatsMadeFrom old_files = {.arena = new_plan->arena};
    sats_plan_made_from(old_plan, &how, &old_files);
    new_plan->compared = old_files.hash;
    sats_plan_time(new_plan, "changes", start);
    how.force = 1;
    return sats_plan_render_file(new_plan, &how, path);
}
