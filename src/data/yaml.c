/* data/yaml.c: libyaml's events become values.
 *
 * Open lists and maps lie on a stack of frames; what they hold is gathered on two shared stacks and
 * copied to the arena in exact size when they close. An alias is the anchored value itself: its
 * number of nodes and its height are kept with the anchor, so that the limits hold for the expanded
 * tree without expanding it. */
#include "base/utf8.h"
#include "data/yaml-parts.h"

#include <string.h>

enum { LARGE_MAP = 16, MAX_RESUMES = 20, MAX_CANDIDATES = 200 };

typedef struct {
    const SatsValue *value; /* NULL while it is open */
    guint64 nodes;
    guint height;
} Anchor;

typedef struct {
    SatsValueKind kind;
    gboolean has_key; /* map: the next value is a key's */
    gboolean is_flow;
    const char *key; /* NULL: the key was refused, the value goes */
    SatsPlace key_place, place;
    const char *tag;
    Anchor *anchor;
    guint start;   /* in the stack of items or entries */
    guint64 nodes; /* below and with it */
    guint height;
    GHashTable *seen; /* key -> number of the entry; large maps only */
    SatsPlace text;   /* flow map: the bare text that was the last value; no line: none … */
    gsize text_end;   /* … and the column behind the last key without a value after it; 0 none */
} Frame;

typedef struct {
    const SatsSource *source;
    SatsReport *report;
    SatsArena *arena;
    SatsReadLimits limits;
    GArray *frames;      /* Frame */
    GPtrArray *items;    /* const SatsValue */
    GArray *entries;     /* SatsEntry */
    GHashTable *anchors; /* name -> Anchor */
    GHashTable *keys;    /* the one copy of each key */
    const SatsValue *root;
    guint64 nodes;
    gboolean stopped;
    SatsPlace known; /* of known_at: the last place looked up, since events go forward */
    const char *known_at;
    yaml_mark_t number_end; /* where a plain scalar ending in a digit ended */
} Reader;

/* ---- places ---- */

static SatsPlace place_between(const Reader *reader, yaml_mark_t start, yaml_mark_t end) {
    gsize length =
        start.line == end.line && end.column > start.column ? end.column - start.column : 0;
    return sats_place(reader->source, start.line + 1, start.column + 1, length);
}

/* The byte of a place; NULL beyond what places can say. */
static const char *find_byte(Reader *reader, SatsPlace place) {
    gsize length = 0;
    const char *at = sats_source_line(reader->source, place.line, &length);
    guint column = 1;
    if (at == NULL || place.column == G_MAXUINT16)
        return NULL;
    const char *end = at + length;
    if (reader->known.line == place.line && reader->known.column <= place.column) {
        at = reader->known_at;
        column = reader->known.column;
    }
    for (; column < place.column && at < end; column++)
        at += sats_utf8_read(at, end, NULL);
    reader->known = place;
    reader->known_at = at;
    return at;
}

/* The place behind "&anchor" and "!tag", which libyaml counts to the node. */
static SatsPlace skip_properties(Reader *reader, SatsPlace place) {
    gsize length = 0;
    guint32 line = place.line;
    const char *start = find_byte(reader, place);
    const char *text = sats_source_line(reader->source, line, &length);
    gsize column = place.column;
    for (const char *at = start; at != NULL;) {
        const char *end = text + length, *from = at;
        while (at < end && (*at == '&' || *at == '!'))
            while (at < end && *at != ' ')
                at++;
        while (at < end && *at == ' ')
            at++;
        column += sats_utf8_columns(from, (gsize)(at - from));
        if (at < end && *at != '&' && *at != '!' && *at != '#') {
            gsize stop = (gsize)place.column + place.length;
            gboolean same = place.length > 0 && line == place.line && stop > column;
            return sats_place(reader->source, line, column, same ? stop - column : 0);
        }
        if (at >= end || *at == '#') {
            text = at = sats_source_line(reader->source, ++line, &length);
            column = 1;
        }
    }
    return place;
}

/* ---- limits ---- */

static void stop_at_limit(Reader *reader, const SatsPlace *place, const char *en, const char *sv,
                          guint64 limit) {
    gboolean swedish = sats_report_language(reader->report) == SATS_LANGUAGE_SWEDISH;
    sats_report_add(reader->report, SATS_ERROR, "limit", place, "%s: more than %" G_GUINT64_FORMAT,
                    "%s: mer än %" G_GUINT64_FORMAT, swedish ? sv : en, limit);
    reader->stopped = TRUE;
}

/* Counts a node or an alias with all below it. */
static void count_nodes(Reader *reader, const SatsPlace *place, guint64 nodes, guint height) {
    reader->nodes += nodes;
    if (reader->nodes > reader->limits.max_nodes)
        stop_at_limit(reader, place, "too many values", "för många värden",
                      reader->limits.max_nodes);
    else if (reader->frames->len + height > reader->limits.max_depth)
        stop_at_limit(reader, place, "nested too deep", "för många nivåer",
                      reader->limits.max_depth);
}

/* ---- keys ---- */

static Frame *top_frame(const Reader *reader) {
    guint length = reader->frames->len;
    return length == 0 ? NULL : &g_array_index(reader->frames, Frame, length - 1);
}

/* Some systems write "å" as "a" and a ring: the same key. NULL: it stands composed already, as all
 * does below U+0300, whose first byte is 0xCC. */
static char *compose(const char *key) {
    for (const char *at = key; *at != '\0'; at++)
        if ((guchar)*at >= 0xCC)
            return g_utf8_normalize(key, -1, G_NORMALIZE_NFC);
    return NULL;
}

static const char *intern(Reader *reader, const char *key) {
    const char *known = g_hash_table_lookup(reader->keys, key);
    if (known != NULL)
        return known;
    char *copy = sats_arena_strdup(reader->arena, key);
    g_hash_table_add(reader->keys, copy);
    return copy;
}

/* The entry of an interned key in the open map, or NULL. */
static const SatsEntry *find_open_entry(const Reader *reader, Frame *frame, const char *key) {
    const SatsEntry *entries = (const SatsEntry *)(const void *)reader->entries->data;
    guint length = reader->entries->len;
    if (length - frame->start < LARGE_MAP) {
        for (guint i = frame->start; i < length; i++)
            if (entries[i].key == key)
                return &entries[i];
        return NULL;
    }
    if (frame->seen == NULL) {
        frame->seen = g_hash_table_new(g_direct_hash, g_direct_equal);
        for (guint i = frame->start; i < length; i++)
            g_hash_table_insert(frame->seen, (gpointer)(gsize)entries[i].key,
                                GUINT_TO_POINTER(i + 1));
    }
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(frame->seen, key));
    return number == 0 ? NULL : &entries[number - 1];
}

static void refuse_duplicate(Reader *reader, const SatsPlace *place, const SatsEntry *first) {
    sats_report_add(reader->report, SATS_ERROR, "duplicate-key", place, "key '%s' stands twice",
                    "nyckeln '%s' står två gånger", first->key);
    sats_report_hint(reader->report, "the first stands on line %u, column %u",
                     "den första står på rad %u, kolumn %u", first->place.line,
                     first->place.column);
}

static void refuse_merge(Reader *reader, const SatsPlace *place) {
    sats_report_add(reader->report, SATS_ERROR, "merge-key", place,
                    "the merge key '<<' is not supported",
                    "sammanslagningsnyckeln '<<' stöds inte");
    sats_report_hint(reader->report,
                     "write the keys out, or give the whole map by an alias: 'key: *name'",
                     "skriv ut nycklarna, eller ge hela värdet med ett alias: 'nyckel: *namn'");
}

static void refuse_complex_key(Reader *reader, const SatsPlace *place) {
    gsize length = 0;
    const char *line = sats_source_line(reader->source, place->line, &length);
    gboolean braces = line != NULL && g_strstr_len(line, (gssize)length, "{{") != NULL;
    sats_report_add(reader->report, SATS_ERROR, "complex-key", place, "a key must be a plain text",
                    "en nyckel måste vara en enkel text");
    if (braces)
        sats_report_hint(reader->report, "put the whole text in quotes: \"{{…}}\"",
                         "sätt citattecken om hela texten: \"{{…}}\"");
}

static void take_key(Reader *reader, Frame *frame, const yaml_event_t *event, SatsPlace place) {
    const char *text = (const char *)event->data.scalar.value;
    gboolean plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    frame->has_key = TRUE;
    frame->key = NULL;
    frame->key_place = place;
    if (plain && strcmp(text, "<<") == 0) {
        refuse_merge(reader, &place);
    } else if (*text == '\0') {
        sats_report_add(reader->report, SATS_ERROR, "empty-key", &place, "key is empty",
                        "nyckeln är tom");
    } else {
        g_autofree char *composed = compose(text);
        const char *key = intern(reader, composed != NULL ? composed : text);
        const SatsEntry *first = find_open_entry(reader, frame, key);
        if (first != NULL)
            refuse_duplicate(reader, &place, first);
        else
            frame->key = key;
    }
}

/* ---- commas in a text ---- */

/* "{post: Löner, pensioner}" is a text and a key without a value to YAML. Said when what follows
 * shows where such a text ends. */
static void end_text(Reader *reader, Frame *frame) {
    SatsPlace text = frame->text;
    gsize end = frame->text_end;
    frame->text = (SatsPlace){0};
    frame->text_end = 0;
    if (end == 0)
        return;
    text.length = (guint16)MIN(end - text.column, G_MAXUINT16);
    sats_report_add(reader->report, SATS_WARNING, "comma", &text, "the text ends at the comma",
                    "texten slutar vid kommat");
    gsize length = 0;
    const char *line = sats_source_line(reader->source, text.line, &length);
    const char *from = line, *stop = line + length;
    for (guint column = 1; column < text.column && from < stop; column++)
        from += sats_utf8_read(from, stop, NULL);
    const char *to = from;
    for (guint i = 0; i < text.length && to < stop; i++)
        to += sats_utf8_read(to, stop, NULL);
    sats_report_hint(reader->report, "put the text in quotes: \"%.*s\"",
                     "sätt citattecken om texten: \"%.*s\"", (int)(to - from), from);
}

/* The key has neither colon nor quotes. */
static gboolean is_bare(Reader *reader, SatsPlace key) {
    gsize length = 0;
    const char *line = sats_source_line(reader->source, key.line, &length);
    const char *at = find_byte(reader, key);
    if (line == NULL || at == NULL || key.length == 0 || *at == '"' || *at == '\'')
        return FALSE;
    key.column = (guint16)MIN((guint)key.column + key.length, G_MAXUINT16);
    at = find_byte(reader, key);
    while (at != NULL && at < line + length && *at == ' ')
        at++;
    return at != NULL && (at == line + length || *at != ':');
}

static void watch_text(Reader *reader, Frame *frame, const SatsValue *value) {
    SatsPlace key = frame->key_place, place = value->place;
    if (value->kind == SATS_VALUE_NULL && frame->text.line > 0 && key.line == frame->text.line &&
        is_bare(reader, key)) {
        frame->text_end = (gsize)key.column + key.length;
        return;
    }
    end_text(reader, frame);
    gboolean own = place.line == key.line && place.column > key.column; /* not an alias's */
    if (own && value->kind == SATS_VALUE_TEXT && value->quoted == SATS_STYLE_PLAIN &&
        value->tag == NULL && place.length > 0)
        frame->text = place;
}

/* ---- building ---- */

static void add_entry(Reader *reader, Frame *frame, const SatsValue *value) {
    SatsEntry entry = {.key = frame->key, .place = frame->key_place, .value = value};
    g_array_append_val(reader->entries, entry);
    if (frame->seen != NULL)
        g_hash_table_insert(frame->seen, (gpointer)(gsize)entry.key,
                            GUINT_TO_POINTER(reader->entries->len));
}

/* Gives a finished value to what is open around it. */
static void attach(Reader *reader, const SatsValue *value, guint64 nodes, guint height) {
    Frame *frame = top_frame(reader);
    if (frame == NULL) {
        reader->root = value;
        return;
    }
    frame->nodes += nodes;
    frame->height = MAX(frame->height, height + 1);
    if (frame->kind == SATS_VALUE_LIST) {
        g_ptr_array_add(reader->items, (gpointer)(gsize)value);
    } else if (!frame->has_key) {
        refuse_complex_key(reader, &value->place);
        frame->has_key = TRUE;
        frame->key = NULL;
    } else {
        if (frame->is_flow)
            watch_text(reader, frame, value);
        if (frame->key != NULL)
            add_entry(reader, frame, value);
        frame->has_key = FALSE;
    }
}

static SatsValue *new_value(Reader *reader, SatsValueKind kind, SatsPlace place, const char *tag) {
    SatsValue *value = sats_arena_new_struct(reader->arena, SatsValue);
    value->kind = kind;
    value->place = place;
    value->tag = tag;
    value->as.text = "";
    return value;
}

static Anchor *open_anchor(Reader *reader, const yaml_char_t *name) {
    if (name == NULL)
        return NULL;
    /* The old anchor of the name may still be open: it lives in the arena. */
    Anchor *anchor = sats_arena_new_struct(reader->arena, Anchor);
    g_hash_table_insert(reader->anchors, g_strdup((const char *)name), anchor);
    return anchor;
}

static void close_anchor(Anchor *anchor, const SatsValue *value, guint64 nodes, guint height) {
    if (anchor == NULL)
        return;
    anchor->value = value;
    anchor->nodes = nodes;
    anchor->height = height;
}

/* ---- tags ---- */

static const char yaml_tag_prefix[] = "tag:yaml.org,2002:";

/* The tag to keep, or NULL; *out_text when it makes a text of anything. */
static const char *read_tag(Reader *reader, const yaml_char_t *name, const SatsPlace *place,
                            gboolean *out_text) {
    static const char *const kept[] = {"!csv", "!xlsx"};
    static const char *const standard[] = {"int", "float", "bool", "null", "seq", "map"};
    const char *tag = (const char *)name;
    if (tag == NULL)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(kept); i++)
        if (strcmp(tag, kept[i]) == 0)
            return kept[i];
    gboolean is_standard = g_str_has_prefix(tag, yaml_tag_prefix);
    const char *shown = is_standard ? tag + sizeof yaml_tag_prefix - 1 : tag;
    *out_text = strcmp(tag, "!") == 0 || (is_standard && strcmp(shown, "str") == 0);
    if (*out_text)
        return NULL;
    for (gsize i = 0; is_standard && i < G_N_ELEMENTS(standard); i++)
        if (strcmp(shown, standard[i]) == 0)
            return NULL;
    sats_report_add(reader->report, SATS_ERROR, "tag", place, "unknown tag '%s%s'",
                    "okänd tagg '%s%s'", is_standard ? "!!" : "", shown);
    sats_report_hint(reader->report, "put text that begins with '!' in quotes",
                     "sätt citattecken om text som börjar med '!'");
    sats_report_suggest(reader->report, shown, kept, G_N_ELEMENTS(kept));
    return NULL;
}

/* ---- events ---- */

static guint8 style_of(const yaml_event_t *event, gboolean as_text) {
    switch (event->data.scalar.style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return SATS_STYLE_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return SATS_STYLE_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE:
        return SATS_STYLE_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE:
        return SATS_STYLE_FOLDED;
    case YAML_ANY_SCALAR_STYLE:
    case YAML_PLAIN_SCALAR_STYLE:
    default:
        return as_text ? SATS_STYLE_TAGGED : SATS_STYLE_PLAIN;
    }
}

static gboolean is_null(const char *text) {
    return *text == '\0' || strcmp(text, "~") == 0 || strcmp(text, "null") == 0 ||
           strcmp(text, "Null") == 0 || strcmp(text, "NULL") == 0;
}

/* "[12,5]" is two values to YAML. Has it been said? */
static gboolean watch_comma(Reader *reader, const yaml_event_t *event) {
    const char *text = (const char *)event->data.scalar.value;
    gsize length = event->data.scalar.length;
    yaml_mark_t before = reader->number_end;
    gboolean plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && length > 0;
    gboolean parted = plain && g_ascii_isdigit(text[0]) && before.index > 0 &&
                      event->start_mark.index == before.index + 1 &&
                      event->start_mark.line == before.line;
    if (parted) {
        SatsPlace place = sats_place(reader->source, before.line + 1, before.column + 1, 1);
        sats_report_add(reader->report, SATS_WARNING, "comma", &place,
                        "the comma separates two values", "kommat skiljer två värden åt");
        sats_report_hint(reader->report,
                         "write a decimal point within {…} and […], or a space after the comma",
                         "skriv decimalpunkt inom {…} och […], eller ett mellanslag efter kommat");
    }
    reader->number_end = (yaml_mark_t){0};
    if (plain && g_ascii_isdigit(text[length - 1]))
        reader->number_end = event->end_mark;
    return parted;
}

/* Escapes can bring in what a file can't hold. */
static gboolean has_control(const yaml_event_t *event) {
    const yaml_char_t *text = event->data.scalar.value;
    for (gsize i = 0; i < event->data.scalar.length; i++)
        if ((text[i] < 0x20 && text[i] != '\n' && text[i] != '\t') || text[i] == 0x7F)
            return TRUE;
    return FALSE;
}

static void refuse_control(Reader *reader, const SatsPlace *place) {
    sats_report_add(reader->report, SATS_ERROR, "control-character", place,
                    "the text holds a control character", "texten innehåller ett styrtecken");
}

static void read_scalar(Reader *reader, const yaml_event_t *event) {
    SatsPlace place = place_between(reader, event->start_mark, event->end_mark);
    const yaml_char_t *name = event->data.scalar.tag;
    gboolean as_text = FALSE;
    const char *tag = read_tag(reader, name, &place, &as_text);
    if (name != NULL || event->data.scalar.anchor != NULL)
        place = skip_properties(reader, place);
    const char *text = (const char *)event->data.scalar.value;
    gsize length = event->data.scalar.length;
    gboolean parted = watch_comma(reader, event);
    if (event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE && has_control(event)) {
        refuse_control(reader, &place);
        length = strlen(text);
    }
    Frame *frame = top_frame(reader);
    if (frame != NULL && frame->kind == SATS_VALUE_MAP && !frame->has_key) {
        if (parted)
            frame->text = (SatsPlace){0};
        take_key(reader, frame, event, place);
        return;
    }
    count_nodes(reader, &place, 1, 0);
    guint8 style = style_of(event, as_text);
    gboolean null = style == SATS_STYLE_PLAIN && is_null(text);
    SatsValue *value = new_value(reader, null ? SATS_VALUE_NULL : SATS_VALUE_TEXT, place, tag);
    if (!null) {
        value->quoted = style;
        value->length = (guint32)length;
        value->as.text = sats_arena_strndup(reader->arena, text, length);
    }
    close_anchor(open_anchor(reader, event->data.scalar.anchor), value, 1, 0);
    attach(reader, value, 1, 0);
}

static void read_alias(Reader *reader, const yaml_event_t *event) {
    SatsPlace place = place_between(reader, event->start_mark, event->end_mark);
    const char *name = (const char *)event->data.alias.anchor;
    const Anchor *anchor = g_hash_table_lookup(reader->anchors, name);
    if (anchor != NULL && anchor->value != NULL) {
        Frame *frame = top_frame(reader);
        gboolean is_key = frame != NULL && frame->kind == SATS_VALUE_MAP && !frame->has_key;
        count_nodes(reader, &place, anchor->nodes, anchor->height);
        const SatsValue *refused = is_key ? new_value(reader, SATS_VALUE_NULL, place, NULL) : NULL;
        attach(reader, is_key ? refused : anchor->value, anchor->nodes, anchor->height);
        return;
    }
    if (anchor != NULL) {
        sats_report_add(reader->report, SATS_ERROR, "alias-cycle", &place,
                        "'*%s' stands within what it repeats",
                        "'*%s' står inuti det som den upprepar", name);
    } else {
        g_autofree const char **names =
            (gpointer)g_hash_table_get_keys_as_array(reader->anchors, NULL);
        sats_report_add(reader->report, SATS_ERROR, "unknown-alias", &place,
                        "there is no '&%s' above", "det finns inget '&%s' ovanför", name);
        sats_report_hint(reader->report, "put text that begins with '*' in quotes",
                         "sätt citattecken om text som börjar med '*'");
        guint n_names = g_hash_table_size(reader->anchors);
        sats_report_suggest(reader->report, name, names, MIN(n_names, MAX_CANDIDATES));
    }
    count_nodes(reader, &place, 1, 0);
    attach(reader, new_value(reader, SATS_VALUE_NULL, place, NULL), 1, 0);
}

static void open_frame(Reader *reader, const yaml_event_t *event) {
    gboolean list = event->type == YAML_SEQUENCE_START_EVENT;
    const yaml_char_t *name = list ? event->data.sequence_start.tag : event->data.mapping_start.tag;
    const yaml_char_t *anchor =
        list ? event->data.sequence_start.anchor : event->data.mapping_start.anchor;
    gboolean as_text = FALSE;
    Frame frame = {
        .kind = list ? SATS_VALUE_LIST : SATS_VALUE_MAP,
        .is_flow = list ? event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
                        : event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
        .place = place_between(reader, event->start_mark, event->end_mark),
        .start = list ? reader->items->len : reader->entries->len,
        .nodes = 1,
        .height = 0,
    };
    frame.tag = read_tag(reader, name, &frame.place, &as_text);
    if (name != NULL || anchor != NULL)
        frame.place = skip_properties(reader, frame.place);
    frame.place.length = 0;
    frame.anchor = open_anchor(reader, anchor);
    count_nodes(reader, &frame.place, 1, 1);
    g_array_append_val(reader->frames, frame);
}

static void copy_entries(Reader *reader, const Frame *frame, SatsValue *value) {
    guint length = reader->entries->len - frame->start;
    value->length = length;
    SatsEntry *entries = sats_yaml_new_entries(reader->arena, value);
    if (length > 0)
        memcpy(entries, &g_array_index(reader->entries, SatsEntry, frame->start),
               length * sizeof(SatsEntry));
    sats_yaml_index(value);
    g_array_set_size(reader->entries, frame->start);
}

static void copy_items(Reader *reader, const Frame *frame, SatsValue *value) {
    guint length = reader->items->len - frame->start;
    value->length = length;
    if (length > 0)
        value->as.items = sats_arena_memdup(reader->arena, reader->items->pdata + frame->start,
                                            length * sizeof(gpointer));
    g_ptr_array_set_size(reader->items, (gint)frame->start);
}

static void forget_keys(const Frame *frame) {
    if (frame->seen != NULL)
        g_hash_table_unref(frame->seen);
}

static void close_frame(Reader *reader, const yaml_event_t *event) {
    end_text(reader, top_frame(reader));
    Frame frame = *top_frame(reader);
    if (frame.is_flow && event->end_mark.line + 1 == frame.place.line)
        frame.place.length =
            (guint16)MIN(event->end_mark.column + 1 - frame.place.column, G_MAXUINT16);
    SatsValue *value = new_value(reader, frame.kind, frame.place, frame.tag);
    if (frame.kind == SATS_VALUE_LIST)
        copy_items(reader, &frame, value);
    else
        copy_entries(reader, &frame, value);
    forget_keys(&frame);
    g_array_set_size(reader->frames, reader->frames->len - 1);
    guint height = MAX(frame.height, 1);
    close_anchor(frame.anchor, value, frame.nodes, height);
    attach(reader, value, frame.nodes, height);
}

static void refuse_document(Reader *reader, const yaml_event_t *event) {
    SatsPlace place =
        sats_place(reader->source, event->start_mark.line + 1, event->start_mark.column + 1, 3);
    sats_report_add(reader->report, SATS_ERROR, "several-documents", &place,
                    "the file holds more than one document",
                    "filen innehåller mer än ett dokument");
    sats_report_hint(reader->report, "what stands after '---' is not read",
                     "det som står efter '---' läses inte");
    reader->stopped = TRUE;
}

static void read_event(Reader *reader, const yaml_event_t *event, gboolean *out_more_refused) {
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (reader->root != NULL) {
            refuse_document(reader, event);
            *out_more_refused = TRUE;
        }
        break;
    case YAML_ALIAS_EVENT:
        read_alias(reader, event);
        break;
    case YAML_SCALAR_EVENT:
        read_scalar(reader, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        open_frame(reader, event);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_frame(reader, event);
        break;
    case YAML_STREAM_END_EVENT:
        reader->stopped = TRUE;
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    default:
        break;
    }
}

/* ---- after a syntax error ---- */

/* The next line after `line` that begins a key or an item at the margin; 0 none. */
static guint32 find_margin(const SatsSource *source, guint32 line) {
    gsize length = 0;
    const char *text;
    while (line < G_MAXUINT32 && (text = sats_source_line(source, ++line, &length)) != NULL) {
        if (length == 0 || strchr(" \t#%]}", *text) != NULL)
            continue;
        if (length >= 3 && (strncmp(text, "---", 3) == 0 || strncmp(text, "...", 3) == 0))
            return 0;
        return line;
    }
    return 0;
}

/* Only looks for more syntax errors; the values are lost anyway. */
static void resume(const Reader *reader, const SatsYamlText *text, guint32 line) {
    gsize cut = reader->source->length - text->length; /* the byte order mark */
    for (int i = 0; i < MAX_RESUMES && (line = find_margin(reader->source, line)) != 0; i++) {
        gsize length = 0;
        const char *start = sats_source_line(reader->source, line, &length);
        gsize offset = (gsize)(start - reader->source->text) - cut;
        yaml_parser_t parser;
        yaml_event_t event = {.type = YAML_NO_EVENT};
        if (!yaml_parser_initialize(&parser))
            return;
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&parser, (const guchar *)text->text + offset,
                                     text->length - offset);
        gboolean good = TRUE;
        while (good && event.type != YAML_STREAM_END_EVENT) {
            yaml_event_delete(&event);
            good = yaml_parser_parse(&parser, &event);
        }
        yaml_event_delete(&event);
        guint32 next =
            good ? G_MAXUINT32
                 : sats_yaml_report_problem(reader->source, &parser, line - 1, reader->report);
        yaml_parser_delete(&parser);
        line = MAX(line, next);
    }
}

/* ---- the whole ---- */

static gboolean read_events(Reader *reader, const SatsYamlText *text) {
    yaml_parser_t parser;
    gboolean usable = TRUE;
    if (!yaml_parser_initialize(&parser))
        g_error("out of memory");
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const guchar *)text->text, text->length);
    while (!reader->stopped) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            guint32 line = sats_yaml_report_problem(reader->source, &parser, 0, reader->report);
            resume(reader, text, line);
            usable = FALSE;
            break;
        }
        gboolean ended = event.type == YAML_STREAM_END_EVENT;
        gboolean more_refused = FALSE;
        read_event(reader, &event, &more_refused);
        yaml_event_delete(&event);
        usable = !reader->stopped || ended || more_refused;
    }
    yaml_parser_delete(&parser);
    return usable;
}

static void clear_reader(Reader *reader) {
    for (guint i = 0; i < reader->frames->len; i++)
        forget_keys(&g_array_index(reader->frames, Frame, i));
    g_array_free(reader->frames, TRUE);
    g_ptr_array_free(reader->items, TRUE);
    g_array_free(reader->entries, TRUE);
    g_hash_table_unref(reader->anchors);
    g_hash_table_unref(reader->keys);
}

static SatsReadLimits with_defaults(const SatsReadLimits *limits) {
    SatsReadLimits result = {0};
    if (limits != NULL)
        result = *limits;
    if (result.max_bytes == 0)
        result.max_bytes = (gsize)64 * 1024 * 1024;
    if (result.max_depth == 0)
        result.max_depth = 64;
    if (result.max_nodes == 0)
        result.max_nodes = 4000000;
    return result;
}

static const SatsValue *read_text(Reader *reader, const SatsYamlText *text) {
    reader->frames = g_array_new(FALSE, FALSE, sizeof(Frame));
    reader->items = g_ptr_array_new();
    reader->entries = g_array_new(FALSE, FALSE, sizeof(SatsEntry));
    reader->anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reader->keys = g_hash_table_new(g_str_hash, g_str_equal);
    gboolean usable = read_events(reader, text);
    clear_reader(reader);
    if (usable && reader->root == NULL) {
        SatsPlace place = sats_place(reader->source, 1, 0, 0);
        sats_report_add(reader->report, SATS_ERROR, "empty", &place, "the file is empty",
                        "filen är tom");
    }
    return usable && !text->broken ? reader->root : NULL;
}

const SatsValue *sats_yaml_read(const SatsSource *source, const SatsReadLimits *limits,
                                SatsArena *arena, SatsReport *report) {
    Reader reader = {
        .source = source, .report = report, .arena = arena, .limits = with_defaults(limits)};
    if (source->length > reader.limits.max_bytes) {
        SatsPlace place = sats_place(source, 1, 0, 0);
        stop_at_limit(&reader, &place, "too many bytes", "för många byte", reader.limits.max_bytes);
        return NULL;
    }
    SatsYamlText text = sats_yaml_scan(source, report);
    const SatsValue *root = text.useless ? NULL : read_text(&reader, &text);
    g_free(text.patched);
    return root;
}
