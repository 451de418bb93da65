/* engine/revise.c: a new version of a plan: two small edits of its text, and nothing else.
 *
 * The values know where they stand, so the version's number is replaced where it is written, and
 * the new row is put before the history's newest in the style that one is written in. What comes
 * out is read again and compared with what was there: unless the only differences are the number
 * and the row, the file is left alone. It is written beside, flushed and renamed.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/new-file.h"
#include "data/diff.h"
#include "engine/engine-private.h"

/* An edit of the text: `length` bytes at `offset` become `text`. */
typedef struct {
    gsize offset, length;
    char *text;
} Edit;

typedef struct {
    SatsPlan *plan;
    const SatsRevisionSpec *spec;
    const SatsRevision *revision;
    const SatsSource *source; /* the plan's own file */
    const SatsValue *root;    /* as that file alone says */
    const char *line_end;
    char *version; /* the new one */
    Edit number, row;
} Reviser;

/* ---- finding ---- */

static const SatsEntry *entry_at(const SatsValue *root, const char *path) {
    g_auto(GStrv) steps = g_strsplit(path, ".", -1);
    const SatsEntry *entry = NULL;
    const SatsValue *value = root;
    for (char **step = steps; *step != NULL; step++) {
        entry = value != NULL && value->kind == SATS_VALUE_MAP
                    ? sats_value_lookup_entry(value, *step)
                    : NULL;
        value = entry != NULL ? entry->value : NULL;
    }
    return entry;
}

/* The byte that a place of the plan's own file stands at. */
static gsize offset_of(const Reviser *reviser, const SatsPlace *place) {
    gsize length = 0;
    const char *line = place->source == reviser->source
                           ? sats_source_line(place->source, place->line, &length)
                           : NULL;
    if (line == NULL) {
        return G_MAXSIZE;
    }
    const char *at = line;
    for (guint column = 1; column < place->column && at < line + length; column++) {
        at = g_utf8_next_char(at);
    }
    return (gsize)(at - reviser->source->text);
}

static gsize line_start(const Reviser *reviser, gsize offset) {
    while (offset > 0 && reviser->source->text[offset - 1] != '\n') {
        offset--;
    }
    return offset;
}

static gboolean refuse(const Reviser *reviser, const SatsPlace *place, const char *english,
                       const char *swedish) {
    sats_report_add(reviser->plan->report, SATS_ERROR, "revision", place, "%s", "%s",
                    reviser->plan->engine->language == SATS_LANGUAGE_SWEDISH ? swedish : english);
    return FALSE;
}

/* ---- the number ---- */

/* "2" → "3", "1.1" → "1.2", "1.09" → "1.10": the last number and one; NULL when it does not end so.
 */
static char *next_version(const char *version) {
    gsize end = strlen(version);
    gsize start = end;
    while (start > 0 && g_ascii_isdigit(version[start - 1])) {
        start--;
    }
    if (start == end || end - start > 9) {
        return NULL;
    }
    guint64 number = g_ascii_strtoull(version + start, NULL, 10) + 1;
    return g_strdup_printf("%.*s%0*" G_GUINT64_FORMAT, (int)start, version, (int)(end - start),
                           number);
}

static gboolean edit_number(Reviser *reviser) {
    const SatsEntry *entry = entry_at(reviser->root, reviser->spec->version);
    if (entry == NULL || entry->value->kind != SATS_VALUE_TEXT || entry->value->length == 0) {
        sats_report_add(reviser->plan->report, SATS_ERROR, "revision", &reviser->root->place,
                        "the plan's own file has no version: '%s' is missing",
                        "planens egen fil har ingen utgåva: '%s' saknas", reviser->spec->version);
        return FALSE;
    }
    const SatsValue *value = entry->value;
    reviser->version = next_version(value->as.text);
    if (reviser->version == NULL) {
        return refuse(reviser, &value->place, "the version does not end in a number",
                      "utgåvan slutar inte med ett tal");
    }
    gsize offset = offset_of(reviser, &value->place);
    const char *text = reviser->source->text;
    gboolean quoted = offset != G_MAXSIZE && (text[offset] == '"' || text[offset] == '\'');
    offset += quoted ? 1 : 0;
    if (offset >= reviser->source->length ||
        strncmp(text + offset, value->as.text, value->length) != 0) {
        return refuse(reviser, &value->place,
                      "the version is written in a way that cannot be changed by itself",
                      "utgåvan är skriven på ett sätt som inte kan ändras automatiskt");
    }
    reviser->number = (Edit){offset, value->length, g_strdup(reviser->version)};
    return TRUE;
}

/* ---- the row ---- */

static gboolean is_plain_safe(const char *text) {
    static const char *const WORDS[] = {"true", "false", "null", "yes", "no",
                                        "ja",   "nej",   "on",   "off", NULL};
    gunichar first = g_utf8_get_char(text);
    g_autofree char *lower = g_ascii_strdown(text, -1);
    if (!g_unichar_isalpha(first) || g_strv_contains(WORDS, lower) || g_str_has_suffix(text, " ")) {
        return FALSE;
    }
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar code = g_utf8_get_char(c);
        if (!g_unichar_isalnum(code) && (code > 0x7F || strchr(" .()-/%§", (int)code) == NULL)) {
            return FALSE;
        }
    }
    return TRUE;
}

static char *yaml_text(const char *text, gboolean quoted) {
    if (!quoted && is_plain_safe(text)) {
        return g_strdup(text);
    }
    GString *out = g_string_new("\"");
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar code = g_utf8_get_char(c);
        gboolean breaks = code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 ||
                          code == 0x2029 || code == 0xFEFF;
        if (code == '"' || code == '\\') {
            g_string_append_printf(out, "\\%c", (char)code);
        } else if (code == '\n') {
            g_string_append(out, "\\n");
        } else if (breaks) {
            g_string_append_printf(out, "\\u%04X", code);
        } else {
            g_string_append_unichar(out, code);
        }
    }
    g_string_append_c(out, '"');
    return g_string_free(out, FALSE);
}

/* The row's fields, `between` before all but the first. */
static char *row_text(const Reviser *reviser, const char *between) {
    const SatsRevisionSpec *spec = reviser->spec;
    const struct {
        const char *key, *text;
        gboolean quoted;
    } FIELDS[] = {
        {spec->row_version, reviser->version, TRUE},
        {spec->row_date, reviser->revision->date, FALSE},
        {spec->row_change, reviser->revision->note, FALSE},
        {spec->row_by, reviser->revision->by, FALSE},
    };
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(FIELDS); i++) {
        if (FIELDS[i].key == NULL || FIELDS[i].text == NULL || *FIELDS[i].text == '\0') {
            continue;
        }
        gboolean date = FIELDS[i].text == reviser->revision->date;
        g_autofree char *value =
            date ? g_strdup(FIELDS[i].text) : yaml_text(FIELDS[i].text, FIELDS[i].quoted);
        g_string_append_printf(out, "%s%s: %s", out->len > 0 ? between : "", FIELDS[i].key, value);
    }
    return g_string_free(out, FALSE);
}

/* "- a: 1" with the rest of the fields below, or "- {a: 1}", as the neighbour is. */
static char *block_row(const Reviser *reviser, const char *indent, const char *dash,
                       gboolean braces) {
    if (braces) {
        g_autofree char *fields = row_text(reviser, ", ");
        return g_strdup_printf("%s%s{%s}%s", indent, dash, fields, reviser->line_end);
    }
    g_autofree char *blanks = g_strnfill(strlen(dash), ' ');
    g_autofree char *between = g_strconcat(reviser->line_end, indent, blanks, NULL);
    g_autofree char *fields = row_text(reviser, between);
    return g_strconcat(indent, dash, fields, reviser->line_end, NULL);
}

/* Where the lines of a block item end: before the next line that is not indented deeper than its
 * dash, not counting empty lines and comments after it. */
static gsize item_end(const Reviser *reviser, gsize start, gsize indent) {
    const char *text = reviser->source->text;
    gsize end = start;
    for (gsize at = start; text[at] != '\0';) {
        const char *feed = strchr(text + at, '\n');
        gsize next = feed == NULL ? reviser->source->length : (gsize)(feed - text) + 1;
        gsize blanks = strspn(text + at, " ");
        gboolean content = strchr("\r\n#", text[at + blanks]) == NULL && text[at + blanks] != '\0';
        if (at > start && content && blanks <= indent) {
            break;
        }
        end = at == start || content ? next : end;
        at = next;
    }
    return end;
}

/* Beside the newest item of a list of "- …" lines. */
static gboolean edit_block_list(Reviser *reviser, const SatsValue *list) {
    const SatsValue *item = list->as.items[reviser->spec->newest_last ? list->length - 1 : 0];
    const char *text = reviser->source->text;
    gsize at = offset_of(reviser, &item->place);
    gsize start = at == G_MAXSIZE ? 0 : line_start(reviser, at);
    gsize blanks = at == G_MAXSIZE ? 0 : strspn(text + start, " ");
    gsize dash = start + blanks;
    if (at == G_MAXSIZE || item->kind != SATS_VALUE_MAP || text[dash] != '-' ||
        strspn(text + dash + 1, " ") != at - dash - 1) {
        return refuse(reviser, &item->place,
                      "the history is written in a way that cannot be changed by itself",
                      "historiken är skriven på ett sätt som inte kan ändras automatiskt");
    }
    g_autofree char *indent = g_strndup(text + start, blanks);
    g_autofree char *lead = g_strndup(text + dash, at - dash);
    gsize offset = reviser->spec->newest_last ? item_end(reviser, start, blanks) : start;
    reviser->row = (Edit){offset, 0, block_row(reviser, indent, lead, text[at] == '{')};
    if (offset > 0 && text[offset - 1] != '\n') { /* the file's last line has no end */
        char *row = g_strconcat(reviser->line_end, reviser->row.text, NULL);
        g_free(reviser->row.text);
        reviser->row.text = row;
    }
    return TRUE;
}

/* After the bracket of "[…]"; only an empty list or one whose newest comes first. */
static gboolean edit_flow_list(Reviser *reviser, const SatsValue *list, gsize at) {
    if (list->length > 0 && reviser->spec->newest_last) {
        return refuse(reviser, &list->place, "write the history as a list of lines",
                      "skriv historiken som en lista av rader");
    }
    g_autofree char *fields = row_text(reviser, ", ");
    reviser->row =
        (Edit){at + 1, 0, g_strdup_printf("{%s}%s", fields, list->length > 0 ? ", " : "")};
    return TRUE;
}

/* A history that is not there yet begins at the end of the file. */
static gboolean begin_history(Reviser *reviser) {
    g_auto(GStrv) steps = g_strsplit(reviser->spec->history, ".", -1);
    const char *text = reviser->source->text;
    gsize end = reviser->source->length;
    if (sats_value_lookup_entry(reviser->root, steps[0]) != NULL || strstr(text, "\n...") != NULL) {
        return refuse(reviser, &reviser->root->place,
                      "the history has no rows yet; write its first one by hand",
                      "historiken har inga rader än; skriv den första för hand");
    }
    GString *out = g_string_new(end > 0 && text[end - 1] != '\n' ? reviser->line_end : "");
    g_autoptr(GString) indent = g_string_new(NULL);
    g_string_append(out, reviser->line_end);
    for (char **step = steps; *step != NULL; step++) {
        g_string_append_printf(out, "%s%s:%s", indent->str, *step, reviser->line_end);
        g_string_append(indent, "  ");
    }
    g_autofree char *row = block_row(reviser, indent->str, "- ", FALSE);
    g_string_append(out, row);
    reviser->row = (Edit){end, 0, g_string_free(out, FALSE)};
    return TRUE;
}

static gboolean edit_row(Reviser *reviser) {
    const SatsEntry *entry = entry_at(reviser->root, reviser->spec->history);
    if (entry == NULL || (entry->value->kind != SATS_VALUE_LIST)) {
        return begin_history(reviser);
    }
    gsize at = offset_of(reviser, &entry->value->place);
    if (at != G_MAXSIZE && reviser->source->text[at] == '[') {
        return edit_flow_list(reviser, entry->value, at);
    }
    return entry->value->length > 0 ? edit_block_list(reviser, entry->value)
                                    : begin_history(reviser);
}

/* ---- the new text ---- */

static char *edited_text(const Reviser *reviser) {
    const Edit *first =
        reviser->number.offset < reviser->row.offset ? &reviser->number : &reviser->row;
    const Edit *second = first == &reviser->number ? &reviser->row : &reviser->number;
    const char *text = reviser->source->text;
    GString *out = g_string_new_len(text, (gssize)first->offset);
    g_string_append(out, first->text);
    gsize at = first->offset + first->length;
    g_string_append_len(out, text + at, (gssize)(second->offset - at));
    g_string_append(out, second->text);
    at = second->offset + second->length;
    g_string_append_len(out, text + at, (gssize)(reviser->source->length - at));
    return g_string_free(out, FALSE);
}

/* Read again, the text says the same but for the number and one row more. */
static gboolean is_as_meant(const Reviser *reviser, const char *text) {
    g_autoptr(SatsArena) arena = sats_arena_new();
    g_autoptr(SatsReport) report = sats_report_new(SATS_LANGUAGE_ENGLISH);
    SatsSources *sources = sats_sources_new();
    const SatsSource *source = sats_sources_add(sources, reviser->source->name, text, strlen(text));
    const SatsValue *root = sats_yaml_read(source, NULL, arena, report);
    const SatsDiff *diff = sats_diff(reviser->root, root, arena);
    const SatsEntry *number = root == NULL ? NULL : entry_at(root, reviser->spec->version);
    const SatsEntry *history = root == NULL ? NULL : entry_at(root, reviser->spec->history);
    const SatsValue *list =
        history == NULL || history->value->kind != SATS_VALUE_LIST ? NULL : history->value;
    const SatsValue *row = list == NULL || list->length == 0
                               ? NULL
                               : list->as.items[reviser->spec->newest_last ? list->length - 1 : 0];
    const SatsValue *note = row == NULL ? NULL : sats_value_lookup(row, reviser->spec->row_change);
    const SatsValue *of = row == NULL ? NULL : sats_value_lookup(row, reviser->spec->row_version);
    gboolean as_meant = sats_report_count(report, SATS_ERROR) == 0 && diff->n_changes == 2 &&
                        diff->count[SATS_CHANGE_CHANGED] == 1 &&
                        diff->count[SATS_CHANGE_ADDED] == 1 && number != NULL &&
                        g_strcmp0(number->value->as.text, reviser->version) == 0 && of != NULL &&
                        g_strcmp0(of->as.text, reviser->version) == 0 && note != NULL &&
                        g_strcmp0(note->as.text, reviser->revision->note) == 0;
    sats_sources_free(sources);
    return as_meant;
}

/* ---- the file ---- */

static gboolean write_whole(int descriptor, const char *text, gsize length) {
    while (length > 0) {
        gssize n = write(descriptor, text, length);
        if (n < 0 && errno != EINTR) {
            return FALSE;
        }
        text += MAX(n, 0);
        length -= (gsize)MAX(n, 0);
    }
    return TRUE;
}

/* Beside the file (a link's target), with its rights, then in its place. */
static SatsStatus replace_file(SatsPlan *plan, const char *text) {
    char *real = realpath(plan->path, NULL);
    g_autofree char *path = g_strdup(real != NULL ? real : plan->path);
    free(real);
    SatsNewFile file;
    gboolean done = sats_new_file_open(&file, path) &&
                    write_whole(file.descriptor, text, strlen(text)) &&
                    sats_new_file_flush(&file) && sats_new_file_name(&file);
    int failed = done ? 0 : errno;
    sats_new_file_discard(&file);
    if (done) {
        return SATS_STATUS_DONE;
    }
    GError *error = NULL;
    sats_error_set_unwritten(&error, path, failed);
    return sats_plan_fail(plan, error);
}

/* ---- all of it ---- */

static gboolean can_be_revised(const Reviser *reviser) {
    const SatsPlan *plan = reviser->plan;
    SatsPlace top = {.source = reviser->source, .line = 1, .column = 1};
    if (plan->extracted != NULL) {
        return refuse(reviser, &top, "a PDF cannot be revised; revise the plan it was made from",
                      "en PDF kan inte revideras; revidera planen som den gjordes av");
    }
    if (reviser->spec == NULL) {
        return refuse(
            reviser, &top,
            "the template does not say where a plan's version and history are ('revision')",
            "mallen säger inte var en plans utgåva och historik finns ('revision')");
    }
    return TRUE;
}

static SatsStatus revise(Reviser *reviser) {
    SatsPlan *plan = reviser->plan;
    if (!can_be_revised(reviser) || !edit_number(reviser) || !edit_row(reviser)) {
        return SATS_STATUS_DOCUMENT;
    }
    g_autofree char *text = edited_text(reviser);
    if (!is_as_meant(reviser, text)) {
        refuse(reviser, &reviser->root->place,
               "the plan cannot be changed without changing more than its version; do it by hand",
               "planen kan inte ändras utan att mer än utgåvan ändras; gör det för hand");
        return SATS_STATUS_DOCUMENT;
    }
    return replace_file(plan, text);
}

SatsStatus sats_plan_revise(SatsPlan *plan, const SatsRevision *revision, char **out_version) {
    gboolean usable = plan->message == NULL && plan->root != NULL && plan->loaded != NULL &&
                      plan->loaded->template_ != NULL;
    if (!usable || sats_report_count(plan->report, SATS_ERROR) > 0) {
        return plan->message != NULL ? SATS_STATUS_SYSTEM : SATS_STATUS_DOCUMENT;
    }
    const char *const TEXTS[] = {revision->note, revision->date, revision->by};
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        if ((i == 0 && TEXTS[i] == NULL) ||
            (TEXTS[i] != NULL && !g_utf8_validate(TEXTS[i], -1, NULL))) {
            return SATS_STATUS_USAGE;
        }
    }
    g_autoptr(SatsReport) unused = sats_report_new(plan->engine->language);
    Reviser reviser = {.plan = plan,
                       .spec = plan->loaded->template_->revision,
                       .revision = revision,
                       .source = sats_sources_at(plan->sources, 0)};
    reviser.root = sats_yaml_read(reviser.source, NULL, plan->arena, unused);
    reviser.line_end = strstr(reviser.source->text, "\r\n") != NULL ? "\r\n" : "\n";
    SatsStatus status = reviser.root == NULL ? SATS_STATUS_DOCUMENT : revise(&reviser);
    if (status == SATS_STATUS_DONE && out_version != NULL) {
        *out_version = g_strdup(reviser.version);
    }
    g_free(reviser.version);
    g_free(reviser.number.text);
    g_free(reviser.row.text);
    return status;
}
