/* base/place.c: keeps the sources and finds their lines. */
#include "base/place.h"

#include <string.h>

struct SatsSources {
    GPtrArray *list;   /* SatsSource, owned */
    GPtrArray *sheets; /* the same */
    char *folder, *as; /* paths below the folder are shown as "as: REST"; NULL none */
};

static void free_source(gpointer data) {
    SatsSource *source = data;
    g_free((gpointer)(gsize)source->name);
    g_free((gpointer)(gsize)source->shown);
    g_free((gpointer)(gsize)source->text);
    g_free((gpointer)(gsize)source->line_starts);
    g_free((gpointer)(gsize)source->sheet);
    g_free(source);
}

SatsSources *sats_sources_new(void) {
    SatsSources *sources = g_new0(SatsSources, 1);
    sources->list = g_ptr_array_new_with_free_func(free_source);
    sources->sheets = g_ptr_array_new_with_free_func(free_source);
    return sources;
}

void sats_sources_free(SatsSources *sources) {
    if (sources == NULL)
        return;
    g_ptr_array_unref(sources->list);
    g_ptr_array_unref(sources->sheets);
    g_free(sources->folder);
    g_free(sources->as);
    g_free(sources);
}

void sats_sources_show_as(SatsSources *sources, const char *folder, const char *as) {
    g_free(sources->folder);
    g_free(sources->as);
    sources->folder = g_strdup(folder);
    sources->as = g_strdup(as);
}

static char *shown_name(const SatsSources *sources, const char *name) {
    gsize length = sources->folder != NULL ? strlen(sources->folder) : 0;
    gboolean below = sources->folder != NULL && strncmp(name, sources->folder, length) == 0 &&
                     name[length] == '/';
    return below ? g_strdup_printf("%s: %s", sources->as, name + length + 1) : g_strdup(name);
}

/* The next line's start, or `end` when this is the last. */
static const char *next_line(const char *text, const char *end) {
    const char *feed = memchr(text, '\n', (gsize)(end - text));
    const char *limit = feed == NULL ? end : feed;
    const char *carriage = memchr(text, '\r', (gsize)(limit - text));
    if (carriage != NULL)
        return carriage + 1 == feed ? feed + 1 : carriage + 1;
    return feed == NULL ? end : feed + 1;
}

static void index_lines(SatsSource *source) {
    if (source->length >= G_MAXUINT32)
        return;
    const char *end = source->text + source->length;
    guint32 *starts = NULL, n = 0;
    gsize room = 0;
    const char *line = source->text;
    for (;;) {
        if (n == room) {
            room = MAX(room * 2, 64u);
            starts = g_renew(guint32, starts, room);
        }
        starts[n++] = (guint32)(line - source->text);
        const char *next = next_line(line, end);
        if (next == end && (next == line || (next[-1] != '\n' && next[-1] != '\r')))
            break;
        line = next;
    }
    source->n_lines = n;
    source->line_starts = starts;
}

const SatsSource *sats_sources_take(SatsSources *sources, const char *name, char *text,
                                    gsize length) {
    SatsSource *source = g_new0(SatsSource, 1);
    source->name = g_strdup(name);
    source->shown = shown_name(sources, name);
    source->text = text;
    source->length = length;
    index_lines(source);
    g_ptr_array_add(sources->list, source);
    return source;
}

const SatsSource *sats_sources_add(SatsSources *sources, const char *name, const char *text,
                                   gsize length) {
    char *copy = g_malloc(length + 1);
    if (length > 0)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return sats_sources_take(sources, name, copy, length);
}

const SatsSource *sats_sources_add_sheet(SatsSources *sources, const SatsSource *file,
                                         const char *sheet) {
    SatsSource *source = g_new0(SatsSource, 1);
    source->name = g_strdup(file->name);
    source->shown = g_strdup(file->shown);
    source->text = g_strdup("");
    source->sheet = g_strdup(sheet);
    g_ptr_array_add(sources->sheets, source);
    return source;
}

guint sats_sources_count(const SatsSources *sources) {
    return sources->list->len;
}

const SatsSource *sats_sources_at(const SatsSources *sources, guint index) {
    return g_ptr_array_index(sources->list, index);
}

static const char *find_line(const SatsSource *source, guint32 line) {
    const char *end = source->text + source->length;
    if (source->line_starts != NULL)
        return line <= source->n_lines ? source->text + source->line_starts[line - 1] : NULL;
    const char *start = source->text;
    for (guint32 i = 1; i < line; i++) {
        const char *next = next_line(start, end);
        if (next == end && (next == start || (next[-1] != '\n' && next[-1] != '\r')))
            return NULL;
        start = next;
    }
    return start;
}

const char *sats_source_line(const SatsSource *source, guint32 line, gsize *out_length) {
    if (source == NULL || source->sheet != NULL || line == 0)
        return NULL;
    const char *start = find_line(source, line);
    if (start == NULL)
        return NULL;
    const char *end = source->text + source->length;
    const char *stop = end;
    if (source->line_starts == NULL)
        stop = next_line(start, end);
    else if (line < source->n_lines)
        stop = source->text + source->line_starts[line];
    if (stop > start && stop[-1] == '\n')
        stop--;
    if (stop > start && stop[-1] == '\r')
        stop--;
    if (line == 1 && stop - start >= 3 && memcmp(start, "\xEF\xBB\xBF", 3) == 0)
        start += 3;
    *out_length = (gsize)(stop - start);
    return start;
}

SatsPlace sats_place(const SatsSource *source, gsize line, gsize column, gsize length) {
    SatsPlace place = {
        .source = source,
        .line = (guint32)MIN(line, G_MAXUINT32),
        .column = (guint16)MIN(column, G_MAXUINT16),
        .length = (guint16)MIN(length, G_MAXUINT16),
    };
    return place;
}

/* "C7"; "C" or "7" when row or column is 0. */
static void append_cell(GString *out, guint32 row, guint32 column) {
    gssize start = (gssize)out->len;
    for (guint32 rest = column; rest > 0; rest = (rest - 1) / 26)
        g_string_insert_c(out, start, (char)('A' + (rest - 1) % 26));
    if (row > 0)
        g_string_append_printf(out, "%u", row);
}

/* As a formula names it: in quotes unless it is one word. */
static void append_sheet(GString *out, const char *sheet) {
    gboolean word = *sheet != '\0' && !g_ascii_isdigit(*sheet);
    for (const char *c = sheet; *c != '\0'; c++)
        word = word && (g_ascii_isalnum(*c) || *c == '_' || (guchar)*c >= 0x80);
    if (word) {
        g_string_append(out, sheet);
        return;
    }
    g_string_append_c(out, '\'');
    for (const char *c = sheet; *c != '\0'; c++) {
        g_string_append_c(out, *c);
        if (*c == '\'')
            g_string_append_c(out, '\'');
    }
    g_string_append_c(out, '\'');
}

void sats_place_append(GString *out, const SatsPlace *place) {
    if (place->source != NULL && place->source->sheet != NULL) {
        append_sheet(out, place->source->sheet);
        if (place->line > 0) {
            g_string_append_c(out, '!');
            append_cell(out, place->line, place->column);
        }
    } else if (place->line > 0) {
        g_string_append_printf(out, "%u", place->line);
        if (place->column > 0)
            g_string_append_printf(out, ":%u", place->column);
    }
}
