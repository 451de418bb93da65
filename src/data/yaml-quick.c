/* data/yaml-quick.c: reads the YAML that plans and templates are written in, many times faster than
 * libyaml.
 *
 * It knows block and flow collections, plain and quoted scalars, block scalars, anchors, aliases and
 * short tags in their ordinary forms, and gives the events that libyaml would give. At the first
 * thing that is not ordinary (an odd escape, a complex key, "---", a tab) or not right it stops:
 * the reader then runs libyaml from the beginning, passes over as many events as were given here,
 * and goes on. So what YAML is, and every syntax error, stay libyaml's to say; nothing here reports.
 *
 * Two rules keep the two alike. An event is given only when what follows on its line can no longer
 * change it: libyaml makes a scalar or a collection a key when it meets the ':' behind. And where a
 * form might be something else, it is not ordinary. tests/unit/data/test_yaml_quick.c holds the two
 * against each other, over the project's own files and over thousands of broken ones.
 *
 * All functions give FALSE for "stop here". */
#include "base/utf8.h"
#include "data/yaml-parts.h"

#include <string.h>

enum { MAX_DEPTH = 60, MAX_KEY = 1000, MAX_NAME = 63 };

typedef struct {
    const char *text, *end, *at;
    gsize line;
    const char *line_start;
    const char *counted; /* up to here columns are counted */
    gsize column;
    gssize indent;            /* of the line at hand, where a block node may begin; -1 at the end */
    const char *checked_line; /* has no flow collection as a key */
    GString *buffer;          /* the scalar read last */
    SatsYamlTake *take;
    void *context;
    gsize n_events;
    guint depth;
} Quick;

typedef struct {
    yaml_mark_t start, end;
    yaml_scalar_style_t style;
    gboolean one_line;
} Scalar;

/* What may stand before a node. */
typedef struct {
    gboolean any;
    yaml_mark_t start;
    char anchor[MAX_NAME + 1], tag[MAX_NAME + 1];
} Properties;

/* ---- characters and places ---------------------------------------------------------------------
 */

static char peek(const Quick *quick, gsize ahead) {
    return (gsize)(quick->end - quick->at) > ahead ? quick->at[ahead] : '\n';
}

static inline gboolean is_one_of(char c, const char *set) {
    for (; *set != '\0'; set++)
        if (*set == c)
            return TRUE;
    return FALSE;
}

static gboolean is_flow_sign(char c) {
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

static gboolean ends_word(char c) {
    return c == ' ' || c == '\n';
}

static yaml_mark_t mark_at(Quick *quick, const char *at) {
    if (quick->counted < quick->line_start || quick->counted > at) {
        quick->counted = quick->line_start;
        quick->column = 0;
    }
    quick->column += sats_utf8_columns(quick->counted, (gsize)(at - quick->counted));
    quick->counted = at;
    return (yaml_mark_t){(gsize)(at - quick->text), quick->line, quick->column};
}

static void skip_blanks(Quick *quick) {
    while (quick->at < quick->end && *quick->at == ' ')
        quick->at++;
}

static void skip_comment(Quick *quick) {
    const char *feed = memchr(quick->at, '\n', (gsize)(quick->end - quick->at));
    quick->at = feed == NULL ? quick->end : feed;
}

static void begin_line(Quick *quick, const char *start) {
    quick->line++;
    quick->at = quick->line_start = start;
}

/* "---", "..." or "%" at the margin, or what looks like it. */
static gboolean at_marker(const Quick *quick) {
    return quick->at == quick->line_start && quick->at < quick->end &&
           (*quick->at == '%' || (*quick->at == '-' && peek(quick, 1) == '-') || *quick->at == '.');
}

/* To the next text from the beginning of a line. */
static gboolean find_text(Quick *quick) {
    for (;;) {
        skip_blanks(quick);
        if (peek(quick, 0) == '#')
            skip_comment(quick);
        quick->indent = quick->at == quick->end ? -1 : quick->at - quick->line_start;
        if (quick->at == quick->end || *quick->at != '\n')
            return !at_marker(quick);
        begin_line(quick, quick->at + 1);
    }
}

/* Nothing more may stand on the line but a comment; then to the next text. */
static gboolean finish_line(Quick *quick) {
    const char *from = quick->at;
    skip_blanks(quick);
    if (peek(quick, 0) == '#' && quick->at > from)
        skip_comment(quick);
    if (peek(quick, 0) != '\n')
        return FALSE;
    if (quick->at < quick->end)
        begin_line(quick, quick->at + 1);
    return find_text(quick);
}

/* ---- events ------------------------------------------------------------------------------------
 */

static gboolean give(Quick *quick, const yaml_event_t *event) {
    quick->n_events++;
    return quick->take(quick->context, event);
}

static yaml_char_t *name_or_null(const char *name) {
    return *name == '\0' ? NULL : (yaml_char_t *)(gsize)name;
}

static gboolean give_scalar(Quick *quick, const Scalar *scalar, const Properties *properties) {
    yaml_event_t event = {.type = YAML_SCALAR_EVENT,
                          .start_mark = scalar->start,
                          .end_mark = scalar->end};
    event.data.scalar.value = (yaml_char_t *)quick->buffer->str;
    event.data.scalar.length = quick->buffer->len;
    event.data.scalar.style = scalar->style;
    if (properties->any) {
        event.start_mark = properties->start;
        event.data.scalar.anchor = name_or_null(properties->anchor);
        event.data.scalar.tag = name_or_null(properties->tag);
    }
    return give(quick, &event);
}

static gboolean give_empty(Quick *quick, yaml_mark_t mark) {
    g_string_truncate(quick->buffer, 0);
    Scalar scalar = {mark, mark, YAML_PLAIN_SCALAR_STYLE, TRUE};
    return give_scalar(quick, &scalar, &(Properties){0});
}

static gboolean give_start(Quick *quick, yaml_event_type_t type, gboolean flow, yaml_mark_t mark,
                           const Properties *properties) {
    yaml_event_t event = {.type = type, .start_mark = mark, .end_mark = mark};
    if (properties->any)
        event.start_mark = properties->start;
    yaml_char_t *anchor = name_or_null(properties->anchor), *tag = name_or_null(properties->tag);
    if (type == YAML_SEQUENCE_START_EVENT) {
        event.data.sequence_start.anchor = anchor;
        event.data.sequence_start.tag = tag;
        event.data.sequence_start.style =
            flow ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE;
    } else {
        event.data.mapping_start.anchor = anchor;
        event.data.mapping_start.tag = tag;
        event.data.mapping_start.style = flow ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE;
    }
    return give(quick, &event);
}

static gboolean give_end(Quick *quick, yaml_event_type_t type, yaml_mark_t end) {
    yaml_event_t event = {.type = type, .start_mark = end, .end_mark = end};
    return give(quick, &event);
}

/* ---- plain scalars -----------------------------------------------------------------------------
 */

static gboolean at_plain(const Quick *quick, gboolean flow) {
    char c = peek(quick, 0), next = peek(quick, 1);
    if (c == '-')
        return !ends_word(next) && !(flow && is_flow_sign(next));
    return c != '\n' && !is_one_of(c, "?:,[]{}#&*!|>'\"%@`");
}

/* Where the plain text on this line ends, without the blanks behind it; NULL: stop. */
static const char *plain_end(const Quick *quick, gboolean flow) {
    const char *last = quick->at;
    for (const char *p = quick->at; p < quick->end && *p != '\n'; p++) {
        if (*p == ' ')
            continue;
        if (*p == '#' && p[-1] == ' ')
            break;
        if (*p == ':') {
            char next = p + 1 < quick->end ? p[1] : '\n';
            if (ends_word(next))
                break;
            if (flow && (next == '?' || is_flow_sign(next)))
                return NULL;
        }
        if (flow && *p == '?')
            return NULL;
        if (flow && is_flow_sign(*p))
            break;
        last = p + 1;
    }
    return last;
}

static void append_fold(GString *out, gsize breaks) {
    if (breaks == 1)
        g_string_append_c(out, ' ');
    for (gsize i = 1; i < breaks; i++)
        g_string_append_c(out, '\n');
}

/* The scalar may go on at `least` columns or more; in flow anywhere. */
static gboolean read_plain(Quick *quick, gboolean flow, gssize least, Scalar *out) {
    const char *from = quick->at, *end = plain_end(quick, flow);
    if (end == NULL)
        return FALSE;
    *out = (Scalar){.style = YAML_PLAIN_SCALAR_STYLE, .one_line = TRUE};
    out->start = mark_at(quick, from);
    g_string_truncate(quick->buffer, 0);
    for (;;) {
        g_string_append_len(quick->buffer, from, end - from);
        quick->at = end;
        out->end = mark_at(quick, end);
        if (!ends_word(peek(quick, 0)))
            return TRUE;
        Quick ahead = *quick;
        skip_blanks(&ahead);
        gsize breaks = 0;
        while (ahead.at < ahead.end && *ahead.at == '\n') {
            begin_line(&ahead, ahead.at + 1);
            skip_blanks(&ahead);
            breaks++;
        }
        if (breaks == 0 || ahead.at == ahead.end || *ahead.at == '#' ||
            (!flow && ahead.at - ahead.line_start < least))
            return TRUE;
        from = ahead.at;
        if (at_marker(&ahead) || (end = plain_end(&ahead, flow)) == NULL)
            return FALSE;
        if (end == from)
            return TRUE;
        *quick = ahead;
        append_fold(quick->buffer, breaks);
        out->one_line = FALSE;
    }
}

/* ---- quoted scalars ----------------------------------------------------------------------------
 */

/* "\u00AD": a character that can't be typed. */
static gboolean read_code(Quick *quick) {
    gunichar c = 0;
    for (gsize i = 2; i < 6; i++) {
        int digit = g_ascii_xdigit_value(peek(quick, i));
        if (digit < 0)
            return FALSE;
        c = c * 16 + (gunichar)digit;
    }
    if (c < 0xA0 || (c >= 0xD800 && c < 0xE000))
        return FALSE;
    g_string_append_unichar(quick->buffer, c);
    quick->at += 6;
    return TRUE;
}

static gboolean read_escape(Quick *quick) {
    static const char codes[] = "\"\\/nt", bytes[] = "\"\\/\n\t";
    char code = peek(quick, 1);
    if (code == 'u')
        return read_code(quick);
    if (!is_one_of(code, codes))
        return FALSE;
    g_string_append_c(quick->buffer, bytes[strchr(codes, code) - codes]);
    quick->at += 2;
    return TRUE;
}

/* At a line end: `solid` bytes of the buffer are not blanks before it. */
static gboolean fold_quoted(Quick *quick, gsize solid) {
    g_string_truncate(quick->buffer, solid);
    gsize breaks = 0;
    while (quick->at < quick->end && *quick->at == '\n') {
        begin_line(quick, quick->at + 1);
        if (at_marker(quick))
            return FALSE;
        skip_blanks(quick);
        breaks++;
    }
    append_fold(quick->buffer, breaks);
    return TRUE;
}

static gboolean read_quoted(Quick *quick, Scalar *out) {
    char quote = *quick->at;
    *out = (Scalar){.one_line = TRUE};
    out->style = quote == '"' ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_SINGLE_QUOTED_SCALAR_STYLE;
    out->start = mark_at(quick, quick->at);
    quick->at++;
    g_string_truncate(quick->buffer, 0);
    gsize solid = 0;
    while (quick->at < quick->end) {
        const char *from = quick->at;
        while (quick->at < quick->end && *quick->at != quote && *quick->at != '\n' &&
               (*quick->at != '\\' || quote == '\''))
            quick->at++;
        g_string_append_len(quick->buffer, from, quick->at - from);
        const char *text_end = quick->at;
        while (text_end > from && text_end[-1] == ' ')
            text_end--;
        if (text_end > from)
            solid = quick->buffer->len - (gsize)(quick->at - text_end);
        char c = peek(quick, 0);
        if (quick->at == quick->end) {
            return FALSE;
        } else if (c == '\n') {
            out->one_line = FALSE;
            if (!fold_quoted(quick, solid))
                return FALSE;
            solid = quick->buffer->len;
        } else if (c == '\\') {
            if (!read_escape(quick))
                return FALSE;
            solid = quick->buffer->len;
        } else if (quote == '\'' && peek(quick, 1) == '\'') {
            g_string_append_c(quick->buffer, '\'');
            quick->at += 2;
            solid = quick->buffer->len;
        } else {
            quick->at++;
            out->end = mark_at(quick, quick->at);
            return TRUE;
        }
    }
    return FALSE;
}

/* ---- block scalars -----------------------------------------------------------------------------
 */

static gsize count_spaces(const Quick *quick, gsize most) {
    gsize left = (gsize)(quick->end - quick->at), count = 0;
    while (count < most && count < left && quick->at[count] == ' ')
        count++;
    return count;
}

/* Passes over empty lines, at the beginning of a line; their number. */
static gsize pass_empty_lines(Quick *quick, gsize indent, gsize *out_widest) {
    gsize lines = 0;
    for (;;) {
        gsize spaces = count_spaces(quick, indent);
        if (quick->at + spaces >= quick->end || quick->at[spaces] != '\n')
            return lines;
        *out_widest = MAX(*out_widest, spaces);
        begin_line(quick, quick->at + spaces + 1);
        lines++;
    }
}

static void append_breaks(GString *out, gsize breaks) {
    for (gsize i = 0; i < breaks; i++)
        g_string_append_c(out, '\n');
}

/* The lines of the scalar, all indented by `indent`. */
static void read_block_lines(Quick *quick, gsize indent, gsize breaks, gboolean folded, char chomp) {
    gboolean after_break = FALSE, after_blank = FALSE;
    gsize widest = 0;
    while (count_spaces(quick, indent) == indent && quick->at + indent < quick->end) {
        quick->at += indent;
        const char *from = quick->at;
        gboolean blank = *from == ' ';
        if (folded && after_break && !after_blank && !blank) {
            if (breaks == 0)
                g_string_append_c(quick->buffer, ' ');
        } else if (after_break) {
            g_string_append_c(quick->buffer, '\n');
        }
        append_breaks(quick->buffer, breaks);
        breaks = 0;
        after_blank = blank;
        skip_comment(quick); /* to the line's end */
        g_string_append_len(quick->buffer, from, quick->at - from);
        after_break = quick->at < quick->end;
        if (!after_break)
            break;
        begin_line(quick, quick->at + 1);
        breaks = pass_empty_lines(quick, indent, &widest);
    }
    if (after_break && chomp != '-')
        g_string_append_c(quick->buffer, '\n');
    if (chomp == '+')
        append_breaks(quick->buffer, breaks);
}

/* In a collection that begins at column `parent`. Ends at the next text. */
static gboolean read_block_scalar(Quick *quick, gssize parent, Scalar *out) {
    gboolean folded = *quick->at == '>';
    out->style = folded ? YAML_FOLDED_SCALAR_STYLE : YAML_LITERAL_SCALAR_STYLE;
    out->one_line = FALSE;
    out->start = mark_at(quick, quick->at);
    quick->at++;
    char chomp = peek(quick, 0);
    if (is_one_of(chomp, "+-"))
        quick->at++;
    const char *from = quick->at;
    skip_blanks(quick);
    if (peek(quick, 0) == '#' && quick->at > from)
        skip_comment(quick);
    if (quick->at == quick->end || *quick->at != '\n')
        return FALSE;
    begin_line(quick, quick->at + 1);
    out->end = mark_at(quick, quick->at);
    gsize widest = 0;
    gsize breaks = pass_empty_lines(quick, G_MAXSIZE, &widest);
    gsize indent = count_spaces(quick, G_MAXSIZE);
    if ((gssize)indent <= parent || widest > indent || quick->at + indent == quick->end)
        return FALSE;
    g_string_truncate(quick->buffer, 0);
    read_block_lines(quick, indent, breaks, folded, chomp);
    return find_text(quick);
}

/* ---- anchors, aliases, tags --------------------------------------------------------------------
 */

static gboolean read_name(Quick *quick, char *out) {
    gsize length = 0;
    while (g_ascii_isalnum(peek(quick, length)) || is_one_of(peek(quick, length), "_-"))
        if (++length > MAX_NAME)
            return FALSE;
    memcpy(out, quick->at, length);
    out[length] = '\0';
    quick->at += length;
    return length > 0;
}

static gboolean read_tag(Quick *quick, char *out) {
    gsize length = 1;
    while (g_ascii_islower(peek(quick, length)))
        if (++length > MAX_NAME)
            return FALSE;
    memcpy(out, quick->at, length);
    out[length] = '\0';
    quick->at += length;
    return length > 1;
}

static gboolean read_properties(Quick *quick, Properties *out) {
    out->any = FALSE;
    out->anchor[0] = out->tag[0] = '\0';
    while (is_one_of(peek(quick, 0), "&!")) {
        if (!out->any)
            out->start = mark_at(quick, quick->at);
        out->any = TRUE;
        gboolean anchor = *quick->at == '&';
        if ((anchor ? out->anchor : out->tag)[0] != '\0')
            return FALSE;
        if (anchor)
            quick->at++;
        if (!(anchor ? read_name(quick, out->anchor) : read_tag(quick, out->tag)) ||
            !ends_word(peek(quick, 0)))
            return FALSE;
        skip_blanks(quick);
    }
    return TRUE;
}

/* At "*". Reads the name into the buffer. */
static gboolean read_alias(Quick *quick, yaml_event_t *out, char *out_name) {
    *out = (yaml_event_t){.type = YAML_ALIAS_EVENT};
    out->start_mark = mark_at(quick, quick->at);
    quick->at++;
    if (!read_name(quick, out_name))
        return FALSE;
    out->end_mark = mark_at(quick, quick->at);
    out->data.alias.anchor = (yaml_char_t *)out_name;
    return is_one_of(peek(quick, 0), " \n,]}");
}

/* ---- flow collections --------------------------------------------------------------------------
 */

static gboolean read_flow(Quick *quick, const Properties *properties);

/* Over blanks, line ends and comments. */
static gboolean flow_space(Quick *quick) {
    for (;;) {
        const char *from = quick->at;
        skip_blanks(quick);
        if (peek(quick, 0) == '#') {
            if (quick->at == from && quick->at > quick->line_start)
                return FALSE;
            skip_comment(quick);
        }
        if (quick->at == quick->end)
            return FALSE;
        if (*quick->at != '\n')
            return !at_marker(quick);
        begin_line(quick, quick->at + 1);
    }
}

/* What follows a node in a flow collection: it was not a key. */
static gboolean flow_next(Quick *quick, char close) {
    return flow_space(quick) && (*quick->at == ',' || *quick->at == close);
}

static gboolean read_flow_node(Quick *quick, char close) {
    Properties properties;
    Scalar scalar;
    if (!read_properties(quick, &properties) || quick->at == quick->end)
        return FALSE;
    char c = *quick->at;
    if (c == '[' || c == '{')
        return read_flow(quick, &properties) && flow_next(quick, close);
    if (c == '*') {
        yaml_event_t event;
        char name[MAX_NAME + 1];
        return !properties.any && read_alias(quick, &event, name) && flow_next(quick, close) &&
               give(quick, &event);
    }
    gboolean read = c == '"' || c == '\'' ? read_quoted(quick, &scalar)
                    : at_plain(quick, TRUE) ? read_plain(quick, TRUE, 0, &scalar)
                                            : FALSE;
    return read && flow_next(quick, close) && give_scalar(quick, &scalar, &properties);
}

static gboolean read_key(Quick *quick, gboolean flow, Scalar *out) {
    char c = peek(quick, 0);
    gboolean read = c == '"' || c == '\''     ? read_quoted(quick, out)
                    : at_plain(quick, flow) ? read_plain(quick, flow, G_MAXSSIZE, out)
                                            : FALSE;
    if (!read || !out->one_line)
        return FALSE;
    skip_blanks(quick);
    return peek(quick, 0) == ':' && ends_word(peek(quick, 1)) &&
           (gsize)(quick->at - quick->text) - out->start.index < MAX_KEY;
}

static gboolean read_flow_entry(Quick *quick, char close) {
    if (close == '}') {
        Scalar key;
        if (!read_key(quick, TRUE, &key) || !give_scalar(quick, &key, &(Properties){0}))
            return FALSE;
        quick->at++;
        if (!flow_space(quick))
            return FALSE;
    }
    return read_flow_node(quick, close);
}

/* In a flow collection: the end of the quoted scalar at `p`, on its line or at the line's end. */
static const char *pass_quoted(const Quick *quick, const char *p) {
    char quote = *p++;
    while (p < quick->end && *p != quote && *p != '\n')
        p += quote == '"' && *p == '\\' && p + 1 < quick->end && p[1] != '\n' ? 2 : 1;
    return p;
}

/* A collection with ':' behind it on its line is a key, and that is known too late. */
static gboolean may_hold_keys(Quick *quick) {
    if (quick->checked_line == quick->line_start)
        return FALSE;
    quick->checked_line = quick->line_start;
    char before = '['; /* the last sign that was no blank, but for a ':' within a word */
    for (const char *p = quick->at; p < quick->end && *p != '\n'; p++) {
        if (is_one_of(*p, "\"'") && is_one_of(before, "[{,:")) {
            p = pass_quoted(quick, p);
            if (p >= quick->end || *p == '\n')
                return FALSE;
            before = 'a';
        } else if (*p == ':' && is_one_of(before, "]}")) {
            return TRUE;
        } else if (*p != ' ') {
            gboolean in_word = *p == ':' && p + 1 < quick->end && p[1] != ' ';
            before = in_word ? 'a' : *p;
        }
    }
    return FALSE;
}

static gboolean read_flow(Quick *quick, const Properties *properties) {
    gboolean list = *quick->at == '[';
    char close = list ? ']' : '}';
    if (quick->depth >= MAX_DEPTH || may_hold_keys(quick) ||
        !give_start(quick, list ? YAML_SEQUENCE_START_EVENT : YAML_MAPPING_START_EVENT, TRUE,
                    mark_at(quick, quick->at), properties))
        return FALSE;
    quick->depth++;
    quick->at++;
    if (!flow_space(quick))
        return FALSE;
    while (*quick->at != close) {
        if (!read_flow_entry(quick, close))
            return FALSE;
        if (*quick->at != ',')
            break;
        quick->at++;
        if (!flow_space(quick) || *quick->at == close)
            return FALSE;
    }
    quick->at++;
    quick->depth--;
    return give_end(quick, list ? YAML_SEQUENCE_END_EVENT : YAML_MAPPING_END_EVENT,
                    mark_at(quick, quick->at));
}

/* ---- block collections -------------------------------------------------------------------------
 */

static gboolean read_value(Quick *quick, gssize column, gboolean in_list);

static gboolean at_item(const Quick *quick) {
    return peek(quick, 0) == '-' && ends_word(peek(quick, 1));
}

/* `bare`: in a map, at the column of its keys. */
static gboolean read_list(Quick *quick, gssize column, gboolean bare, const Properties *properties) {
    if (quick->depth >= MAX_DEPTH ||
        !give_start(quick, YAML_SEQUENCE_START_EVENT, FALSE, mark_at(quick, quick->at), properties))
        return FALSE;
    quick->depth++;
    quick->indent = column;
    while (quick->indent == column && at_item(quick)) {
        quick->at++;
        if (!read_value(quick, column, TRUE))
            return FALSE;
    }
    if (quick->indent > column || (quick->indent == column && !bare))
        return FALSE;
    quick->depth--;
    return give_end(quick, YAML_SEQUENCE_END_EVENT, mark_at(quick, quick->at));
}

/* The first key is read. */
static gboolean read_map(Quick *quick, gssize column, Scalar *key, const Properties *properties) {
    if (quick->depth >= MAX_DEPTH ||
        !give_start(quick, YAML_MAPPING_START_EVENT, FALSE, key->start, properties))
        return FALSE;
    quick->depth++;
    for (;;) {
        if (!give_scalar(quick, key, &(Properties){0}))
            return FALSE;
        quick->at++;
        if (!read_value(quick, column, FALSE))
            return FALSE;
        if (quick->indent != column)
            break;
        if (!read_key(quick, FALSE, key))
            return FALSE;
    }
    if (quick->indent > column)
        return FALSE;
    quick->depth--;
    return give_end(quick, YAML_MAPPING_END_EVENT, mark_at(quick, quick->at));
}

/* A scalar, or the map that it is the first key of. */
static gboolean read_scalar_or_map(Quick *quick, gssize parent, gboolean may_open,
                                   const Properties *properties) {
    gssize column = quick->at - quick->line_start;
    Scalar scalar;
    char c = *quick->at;
    gboolean read = c == '"' || c == '\''      ? read_quoted(quick, &scalar)
                    : at_plain(quick, FALSE) ? read_plain(quick, FALSE, parent + 1, &scalar)
                                             : FALSE;
    if (!read)
        return FALSE;
    const char *behind = quick->at;
    skip_blanks(quick);
    if (peek(quick, 0) == ':') {
        gboolean key = may_open && scalar.one_line && ends_word(peek(quick, 1)) &&
                       (gsize)(quick->at - quick->text) - scalar.start.index < MAX_KEY;
        return key && read_map(quick, column, &scalar, properties);
    }
    quick->at = behind;
    return finish_line(quick) && give_scalar(quick, &scalar, properties);
}

/* A node in the collection at column `parent`. `may_open`: a block collection may begin here. */
static gboolean read_node(Quick *quick, gssize parent, gboolean may_open,
                          const Properties *properties) {
    char c = *quick->at;
    Scalar scalar;
    if (at_item(quick))
        return may_open && read_list(quick, quick->at - quick->line_start, FALSE, properties);
    if (c == '[' || c == '{')
        return read_flow(quick, properties) && finish_line(quick);
    if (c == '|' || c == '>')
        return read_block_scalar(quick, parent, &scalar) && give_scalar(quick, &scalar, properties);
    if (c == '*') {
        yaml_event_t event;
        char name[MAX_NAME + 1];
        return !properties->any && read_alias(quick, &event, name) && finish_line(quick) &&
               give(quick, &event);
    }
    return read_scalar_or_map(quick, parent, may_open, properties);
}

/* What stands behind "-" or "key:" of the collection at `column`. */
static gboolean read_value(Quick *quick, gssize column, gboolean in_list) {
    Properties properties;
    yaml_mark_t mark = mark_at(quick, quick->at);
    skip_blanks(quick);
    if (!read_properties(quick, &properties))
        return FALSE;
    char c = peek(quick, 0);
    if (c != '\n' && c != '#')
        return read_node(quick, column, in_list && !properties.any, &properties);
    if (c == '#')
        quick->at--; /* a blank, which finish_line wants */
    if (!finish_line(quick))
        return FALSE;
    if (quick->indent > column)
        return !is_one_of(*quick->at, "|>&!") && read_node(quick, column, TRUE, &properties);
    if (!in_list && quick->indent == column && at_item(quick))
        return read_list(quick, column, TRUE, &properties);
    /* libyaml takes a block scalar at the margin */
    return !is_one_of(peek(quick, 0), "|>") && !properties.any && give_empty(quick, mark);
}

gsize sats_yaml_quick(const SatsYamlText *text, SatsYamlTake *take, void *context,
                      gboolean *out_whole) {
    Quick quick = {.text = text->text,
                   .end = text->text + text->length,
                   .at = text->text,
                   .line_start = text->text,
                   .take = take,
                   .context = context,
                   .n_events = 2}; /* the stream and the document begin */
    *out_whole = FALSE;
    if (memchr(text->text, '\t', text->length) != NULL ||
        memchr(text->text, '\r', text->length) != NULL)
        return 0;
    quick.buffer = g_string_sized_new(256);
    *out_whole = find_text(&quick) && quick.indent == 0 && !is_one_of(*quick.at, "[{|>*") &&
                 read_node(&quick, -1, TRUE, &(Properties){0}) && quick.indent == -1;
    g_string_free(quick.buffer, TRUE);
    return quick.n_events > 2 ? quick.n_events : 0;
}
