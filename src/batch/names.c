/* batch/names.c: patterns for output names, and safe names. */
#include "batch/names.h"

#include <string.h>

#include "batch/error.h"

#define MAX_NAME_BYTES 200

/* Literal texts and fields in turn. */
typedef struct {
    char *text;
    gboolean field;
} Piece;

struct SatsPattern {
    char *text;
    GPtrArray *pieces; /* Piece */
    gboolean fields;
};

/* ---- safe names ---- */

static gboolean is_refused(gunichar c) {
    return c < 0x20 || c == 0x7F || (c < 0x80 && strchr("/\\:*?\"<>|", (int)c) != NULL) ||
           (c >= 0x80 && c < 0xA0) || g_unichar_type(c) == G_UNICODE_FORMAT ||
           g_unichar_type(c) == G_UNICODE_LINE_SEPARATOR ||
           g_unichar_type(c) == G_UNICODE_PARAGRAPH_SEPARATOR;
}

static gboolean is_device(const char *name) {
    static const char *const DEVICES[] = {"con", "prn", "aux", "nul", "com", "lpt"};
    g_autofree char *lower = g_ascii_strdown(name, -1);
    gsize stem = strcspn(lower, ".");
    for (guint i = 0; i < G_N_ELEMENTS(DEVICES); i++) {
        gboolean numbered = i >= 4;
        if (strncmp(lower, DEVICES[i], 3) == 0 &&
            (numbered ? stem == 4 && g_ascii_isdigit(lower[3]) : stem == 3)) {
            return TRUE;
        }
    }
    return FALSE;
}

static void trim(GString *name) {
    while (name->len > 0 && strchr(". ", name->str[name->len - 1]) != NULL) {
        g_string_truncate(name, name->len - 1);
    }
    gsize from = strspn(name->str, ". ");
    g_string_erase(name, 0, (gssize)from);
}

char *sats_name_safe(const char *text) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
    GString *name = g_string_new(NULL);
    for (const char *at = composed; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (is_refused(c)) {
            g_string_append_c(name, '-');
        } else if (g_unichar_isspace(c)) {
            g_string_append_c(name, ' ');
        } else {
            g_string_append_unichar(name, c);
        }
    }
    if (name->len > MAX_NAME_BYTES) {
        const char *cut = g_utf8_find_prev_char(name->str, name->str + MAX_NAME_BYTES + 1);
        g_string_truncate(name, (gsize)(cut - name->str));
    }
    trim(name);
    if (is_device(name->str)) {
        g_string_prepend_c(name, '_');
    }
    return g_string_free(name, FALSE);
}

/* ---- patterns ---- */

static void piece_free(gpointer data) {
    Piece *piece = data;
    g_free(piece->text);
    g_free(piece);
}

static void add_piece(SatsPattern *pattern, const char *start, const char *end, gboolean field) {
    if (end > start) {
        Piece *piece = g_new(Piece, 1);
        *piece = (Piece){g_strndup(start, (gsize)(end - start)), field};
        g_ptr_array_add(pattern->pieces, piece);
    }
    pattern->fields = pattern->fields || field;
}

static gboolean add_field(SatsPattern *pattern, const char *start, const char *end) {
    g_autofree char *inside = g_strndup(start, (gsize)(end - start));
    g_strstrip(inside);
    if (*inside == '\0' || strpbrk(inside, "{}|/") != NULL) {
        return FALSE;
    }
    add_piece(pattern, inside, inside + strlen(inside), TRUE);
    return TRUE;
}

static gboolean split(SatsPattern *pattern) {
    const char *at = pattern->text;
    for (;;) {
        const char *open = strstr(at, "{{");
        const char *literal_end = open != NULL ? open : at + strlen(at);
        g_autofree char *literal = g_strndup(at, (gsize)(literal_end - at));
        if (strstr(literal, "}}") != NULL) {
            return FALSE;
        }
        add_piece(pattern, at, literal_end, FALSE);
        if (open == NULL) {
            return TRUE;
        }
        const char *close = strstr(open, "}}");
        if (close == NULL || !add_field(pattern, open + 2, close)) {
            return FALSE;
        }
        at = close + 2;
    }
}

static gboolean is_path_inside(const char *text) {
    g_auto(GStrv) parts = g_strsplit(text, "/", -1);
    for (char **part = parts; *part != NULL; part++) {
        if (**part == '\0' || g_str_equal(*part, ".") || g_str_equal(*part, "..")) {
            return FALSE;
        }
    }
    return parts[0] != NULL;
}

/* FALSE: the pattern cannot be. */
static gboolean compile(SatsPattern *pattern, GError **error) {
    const char *text = pattern->text;
    if (!g_utf8_validate(text, -1, NULL) || !split(pattern)) {
        return sats_batch_fail(
            error, SATS_BATCH_ERROR_USAGE,
            "--pattern '%s': fields are written {{key}} or {{key.key}}, without filters",
            "--pattern '%s': fält skrivs {{nyckel}} eller {{nyckel.nyckel}}, utan filter", text);
    }
    return is_path_inside(text) ||
           sats_batch_fail(error, SATS_BATCH_ERROR_USAGE, "--pattern '%s' leads out of the folder",
                           "--pattern '%s' leder ut ur mappen", text);
}

SatsPattern *sats_pattern_new(const char *text, GError **error) {
    SatsPattern *pattern = g_new0(SatsPattern, 1);
    pattern->pieces = g_ptr_array_new_with_free_func(piece_free);
    pattern->text = g_strdup(text);
    if (text != NULL && !compile(pattern, error)) {
        sats_pattern_free(pattern);
        return NULL;
    }
    return pattern;
}

void sats_pattern_free(SatsPattern *pattern) {
    if (pattern != NULL) {
        g_ptr_array_unref(pattern->pieces);
        g_free(pattern->text);
        g_free(pattern);
    }
}

gboolean sats_pattern_has_fields(const SatsPattern *pattern) {
    return pattern->fields;
}

const char *sats_pattern_text(const SatsPattern *pattern) {
    return pattern->text;
}

/* ---- names ---- */

static char *default_stem(const char *plan_path) {
    g_autofree char *whole = g_canonicalize_filename(plan_path, NULL);
    g_autofree char *base = g_path_get_basename(whole);
    char *dot = strrchr(base, '.');
    if (dot != NULL && dot != base) {
        *dot = '\0';
    }
    if (g_str_equal(base, "plan")) {
        g_autofree char *folder = g_path_get_dirname(whole);
        g_free(base);
        base = g_path_get_basename(folder);
    }
    return g_steal_pointer(&base);
}

/* Each folder and the file, safe; the ending once. */
static char *finish(const char *name) {
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);
    GString *path = g_string_new(NULL);
    for (char **part = parts; *part != NULL; part++) {
        gboolean last = part[1] == NULL;
        if (last && g_str_has_suffix(*part, ".pdf")) {
            (*part)[strlen(*part) - 4] = '\0';
        }
        g_autofree char *safe = sats_name_safe(*part);
        if (*safe == '\0') {
            g_string_free(path, TRUE);
            return NULL;
        }
        g_string_append_printf(path, "%s%s", path->len > 0 ? "/" : "", safe);
    }
    g_string_append(path, ".pdf");
    return g_string_free(path, FALSE);
}

char *sats_pattern_name(const SatsPattern *pattern, const char *plan_path, SatsPatternLookup lookup,
                        void *context, char **out_missing) {
    if (pattern->text == NULL) {
        g_autofree char *stem = default_stem(plan_path);
        g_autofree char *safe = sats_name_safe(stem);
        return g_strconcat(*safe != '\0' ? safe : "plan", ".pdf", NULL);
    }
    g_autoptr(GString) name = g_string_new(NULL);
    for (guint i = 0; i < pattern->pieces->len; i++) {
        const Piece *piece = g_ptr_array_index(pattern->pieces, i);
        g_autofree char *found =
            piece->field ? lookup(context, piece->text) : g_strdup(piece->text);
        if (piece->field && found != NULL) {
            g_strstrip(g_strdelimit(found, "/\\", '-'));
        }
        if (found == NULL || *found == '\0') {
            if (out_missing != NULL) {
                *out_missing = g_strdup(piece->text);
            }
            return NULL;
        }
        g_string_append(name, found);
    }
    char *path = finish(name->str);
    if (path == NULL && out_missing != NULL) {
        *out_missing = g_strdup(pattern->text);
    }
    return path;
}
