/* pdf/read-object.c: bytes → PDF objects (ISO 32000-1, 7.2 and 7.3). */
#include "pdf/read-object.h"

#include <string.h>

#define MAX_DEPTH 64
#define MAX_ITEMS 200000U

static gboolean is_space(guint8 c) {
    return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static gboolean is_regular(guint8 c) {
    return !is_space(c) && strchr("()<>[]{}/%", c) == NULL;
}

static int peek(const SatsLexer *lexer, gsize ahead) {
    return lexer->size - lexer->at > ahead ? lexer->bytes[lexer->at + ahead] : -1;
}

/* Moves past white space and comments. */
static void skip_space(SatsLexer *lexer) {
    while (lexer->at < lexer->size) {
        if (lexer->bytes[lexer->at] == '%') {
            while (lexer->at < lexer->size && lexer->bytes[lexer->at] != '\n' &&
                   lexer->bytes[lexer->at] != '\r') {
                lexer->at++;
            }
        } else if (is_space(lexer->bytes[lexer->at])) {
            lexer->at++;
        } else {
            return;
        }
    }
}

gboolean sats_lexer_accept(SatsLexer *lexer, const char *word) {
    skip_space(lexer);
    gsize length = strlen(word);
    if (lexer->size - lexer->at < length || memcmp(lexer->bytes + lexer->at, word, length) != 0) {
        return FALSE;
    }
    lexer->at += length;
    return TRUE;
}

static SatsObject *new_object(const SatsLexer *lexer, SatsObjectKind kind) {
    SatsObject *object = sats_arena_new_struct(lexer->arena, SatsObject);
    object->kind = kind;
    return object;
}

static SatsObject *take_text(const SatsLexer *lexer, SatsObjectKind kind, GString *text) {
    SatsObject *object = new_object(lexer, kind);
    object->text = sats_arena_strndup(lexer->arena, text->str, text->len);
    object->length = (guint)text->len;
    g_string_free(text, TRUE);
    return object;
}

static SatsObject *read_name(SatsLexer *lexer) {
    GString *text = g_string_new(NULL);
    lexer->at++;
    while (lexer->at < lexer->size && is_regular(lexer->bytes[lexer->at])) {
        int high = peek(lexer, 0) == '#' ? g_ascii_xdigit_value((char)peek(lexer, 1)) : -1;
        int low = high >= 0 ? g_ascii_xdigit_value((char)peek(lexer, 2)) : -1;
        if (low >= 0) {
            g_string_append_c(text, (char)(high * 16 + low));
            lexer->at += 3;
        } else {
            g_string_append_c(text, (char)lexer->bytes[lexer->at++]);
        }
    }
    return take_text(lexer, SATS_OBJECT_NAME, text);
}

/* After a backslash: one character, an octal number, or nothing for a line end. */
static void read_escape(SatsLexer *lexer, GString *text) {
    static const char FROM[] = "nrtbf";
    static const char TO[] = "\n\r\t\b\f";
    int c = peek(lexer, 0);
    lexer->at++;
    const char *known = c > 0 ? strchr(FROM, c) : NULL;
    if (c >= '0' && c <= '7') {
        int value = c - '0';
        for (int i = 0; i < 2 && peek(lexer, 0) >= '0' && peek(lexer, 0) <= '7'; i++) {
            value = value * 8 + (peek(lexer, 0) - '0');
            lexer->at++;
        }
        g_string_append_c(text, (char)(guint8)value);
    } else if (c == '\r') {
        lexer->at += peek(lexer, 0) == '\n' ? 1 : 0;
    } else if (known != NULL) {
        g_string_append_c(text, TO[known - FROM]);
    } else if (c != '\n' && c >= 0) {
        g_string_append_c(text, (char)c);
    }
}

static SatsObject *read_string(SatsLexer *lexer) {
    GString *text = g_string_new(NULL);
    guint open = 1;
    lexer->at++;
    while (lexer->at < lexer->size) {
        guint8 c = lexer->bytes[lexer->at++];
        if (c == '\\') {
            read_escape(lexer, text);
            continue;
        }
        open += c == '(' ? 1U : 0U;
        open -= c == ')' ? 1U : 0U;
        if (open == 0) {
            return take_text(lexer, SATS_OBJECT_STRING, text);
        }
        g_string_append_c(text, (char)c);
    }
    g_string_free(text, TRUE);
    return NULL;
}

static SatsObject *read_hex_string(SatsLexer *lexer) {
    GString *text = g_string_new(NULL);
    int high = -1;
    lexer->at++;
    while (lexer->at < lexer->size) {
        guint8 c = lexer->bytes[lexer->at++];
        int digit = g_ascii_xdigit_value((char)c);
        if (c == '>') {
            if (high >= 0) {
                g_string_append_c(text, (char)(high * 16));
            }
            return take_text(lexer, SATS_OBJECT_STRING, text);
        }
        if (digit >= 0 && high >= 0) {
            g_string_append_c(text, (char)(high * 16 + digit));
            high = -1;
        } else if (digit >= 0) {
            high = digit;
        }
    }
    g_string_free(text, TRUE);
    return NULL;
}

static gboolean read_plain_number(SatsLexer *lexer, double *out) {
    char text[32];
    guint n = 0;
    while (n < sizeof text - 1 && lexer->at < lexer->size &&
           (g_ascii_isdigit(lexer->bytes[lexer->at]) ||
            strchr("+-.", lexer->bytes[lexer->at]) != NULL) &&
           lexer->bytes[lexer->at] != 0) {
        text[n++] = (char)lexer->bytes[lexer->at++];
    }
    text[n] = '\0';
    char *end = NULL;
    *out = g_ascii_strtod(text, &end);
    return n > 0 && *end == '\0';
}

/* "12" or "12 0 R". */
static SatsObject *read_number(SatsLexer *lexer) {
    double value = 0;
    if (!read_plain_number(lexer, &value)) {
        return NULL;
    }
    SatsObject *object = new_object(lexer, SATS_OBJECT_NUMBER);
    object->number = value;
    gsize after = lexer->at;
    double generation = 0;
    skip_space(lexer);
    if (value >= 0 && g_ascii_isdigit(peek(lexer, 0) < 0 ? 0 : (char)peek(lexer, 0)) &&
        read_plain_number(lexer, &generation)) {
        skip_space(lexer);
        if (peek(lexer, 0) == 'R' && (peek(lexer, 1) < 0 || !is_regular((guint8)peek(lexer, 1)))) {
            lexer->at++;
            object->kind = SATS_OBJECT_REFERENCE;
            return object;
        }
    }
    lexer->at = after;
    return object;
}

static SatsObject *read_items(SatsLexer *lexer, SatsObjectKind kind, const char *end) {
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    lexer->depth++;
    gboolean closed = FALSE;
    while (lexer->depth < MAX_DEPTH && items->len < MAX_ITEMS &&
           !(closed = sats_lexer_accept(lexer, end))) {
        SatsObject *item = sats_object_read(lexer);
        if (item == NULL) {
            break;
        }
        g_ptr_array_add(items, item);
    }
    lexer->depth--;
    if (!closed || (kind == SATS_OBJECT_DICT && items->len % 2 != 0)) {
        return NULL;
    }
    SatsObject *object = new_object(lexer, kind);
    object->length = kind == SATS_OBJECT_DICT ? items->len / 2 : items->len;
    object->items =
        sats_arena_memdup(lexer->arena, items->pdata, items->len * sizeof(SatsObject *));
    return object;
}

static SatsObject *read_dict(SatsLexer *lexer) {
    lexer->at += 2;
    SatsObject *dict = read_items(lexer, SATS_OBJECT_DICT, ">>");
    gsize after = lexer->at;
    if (dict != NULL && sats_lexer_accept(lexer, "stream")) {
        lexer->at += peek(lexer, 0) == '\r' ? 1 : 0;
        lexer->at += peek(lexer, 0) == '\n' ? 1 : 0;
        dict->stream_at = lexer->at;
    } else {
        lexer->at = after;
    }
    return dict;
}

SatsObject *sats_object_read(SatsLexer *lexer) {
    skip_space(lexer);
    int c = peek(lexer, 0);
    if (c == '/') {
        return read_name(lexer);
    }
    if (c == '(') {
        return read_string(lexer);
    }
    if (c == '<') {
        return peek(lexer, 1) == '<' ? read_dict(lexer) : read_hex_string(lexer);
    }
    if (c == '[') {
        lexer->at++;
        return read_items(lexer, SATS_OBJECT_ARRAY, "]");
    }
    if (c > 0 && (g_ascii_isdigit((char)c) || strchr("+-.", c) != NULL)) {
        return read_number(lexer);
    }
    static const char *const WORDS[] = {"null", "true", "false"};
    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++) {
        if (sats_lexer_accept(lexer, WORDS[i])) {
            SatsObject *object = new_object(lexer, i == 0 ? SATS_OBJECT_NULL : SATS_OBJECT_NUMBER);
            object->number = i == 1 ? 1 : 0;
            return object;
        }
    }
    return NULL;
}

SatsObject *sats_object_get(const SatsObject *dict, const char *key) {
    if (dict == NULL || dict->kind != SATS_OBJECT_DICT) {
        return NULL;
    }
    SatsObject *const *pair = dict->items;
    for (guint i = 0; i < dict->length; i++, pair += 2) {
        if (sats_object_is_name(pair[0], key)) {
            return pair[1];
        }
    }
    return NULL;
}

gint64 sats_object_integer(const SatsObject *object, gint64 fallback) {
    gboolean usable = object != NULL && object->kind == SATS_OBJECT_NUMBER &&
                      object->number > -9e15 && object->number < 9e15;
    return usable ? (gint64)object->number : fallback;
}

gboolean sats_object_is_name(const SatsObject *object, const char *name) {
    return object != NULL && object->kind == SATS_OBJECT_NAME && g_str_equal(object->text, name);
}
