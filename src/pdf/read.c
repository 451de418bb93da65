/* pdf/read.c: from the end of a PDF to its embedded files.
 *
 *   startxref ─▶ cross-reference sections, newest first (ISO 32000-1, 7.5.4, 7.5.8)
 *            ─▶ Root / Names / EmbeddedFiles ─▶ file specifications ─▶ streams
 */
#include "pdf/read.h"

#include <libdeflate.h>
#include <string.h>

#include "base/error.h"
#include "pdf/read-object.h"

#define MAX_OBJECTS      8000000
#define MAX_SECTIONS     1000
#define MAX_ROWS         ((guint64)MAX_OBJECTS)
#define MAX_STREAM_BYTES ((gsize)256 << 20)
#define MAX_BYTES        ((gsize)512 << 20) /* of all streams together, decoded */
#define MAX_FILES        2000U
#define MAX_IN_STREAM    100000U
#define MAX_NAME_DEPTH   32U
#define MAX_NAME_NODES   10000U

typedef struct {
    guint8 kind; /* 0 none, 1 at offset `a`, 2 in object stream `a` as number `b` */
    guint64 a;
    guint32 b;
} Entry;

typedef struct {
    const guint8 *bytes;
    gsize size;
    SatsArena *arena;
    GArray *entries;        /* Entry by object number */
    SatsObject *trailer;    /* the newest */
    GHashTable *containers; /* object stream number → Container */
    GArray *files;
    GHashTable *names; /* of the files */
    guint name_nodes;  /* of the name tree, visited so far */
    guint64 rows;      /* of cross-references, read so far */
    gsize bytes_left;  /* that may still be decoded */
    GError *error;
} Reader;

/* A decoded object stream: where its objects begin. */
typedef struct {
    const guint8 *bytes;
    gsize size;
    gint64 first;
    GArray *offsets; /* gint64 */
} Container;

static void container_free(gpointer data) {
    Container *container = data;
    g_array_unref(container->offsets);
    g_free(container);
}

static gboolean broken(Reader *reader, const char *what_en, const char *what_sv) {
    if (reader->error == NULL) {
        sats_error_set(&reader->error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_IO,
                       "not a PDF that can be read: %s%.0s", "ingen PDF som går att läsa: %.0s%s",
                       what_en, what_sv);
    }
    return FALSE;
}

static gboolean too_much(Reader *reader, const char *what_en, const char *what_sv) {
    if (reader->error == NULL) {
        sats_error_set(&reader->error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_LIMIT, "the PDF %s%.0s",
                       "PDF-filen %.0s%s", what_en, what_sv);
    }
    return FALSE;
}

/* Counts what was decoded; FALSE: too much in all. */
static gboolean spend(Reader *reader, gsize size) {
    if (size > reader->bytes_left) {
        return too_much(reader, "carries more than 512 MiB", "har mer än 512 MiB med sig");
    }
    reader->bytes_left -= size;
    return TRUE;
}

static SatsObject *resolve(Reader *reader, SatsObject *object);

/* ---- streams ---- */

/* Undoes PNG prediction (ISO 32000-1, 7.4.4.4): rows of a filter byte and `columns` bytes. */
static gsize unpredict(guint8 *bytes, gsize size, gsize columns) {
    gsize rows = size / (columns + 1);
    for (gsize row = 0; row < rows; row++) {
        guint8 kind = bytes[row * (columns + 1)];
        guint8 *line = bytes + row * columns;
        memmove(line, bytes + row * (columns + 1) + 1, columns);
        for (gsize i = 0; i < columns; i++) {
            guint up = row > 0 ? bytes[(row - 1) * columns + i] : 0;
            guint left = i > 0 ? line[i - 1] : 0;
            guint add = kind == 1 ? left : kind == 2 ? up : kind == 3 ? (left + up) / 2 : 0;
            line[i] = (guint8)(line[i] + add);
        }
    }
    return rows * columns;
}

static guint8 *inflate(Reader *reader, const guint8 *bytes, gsize size, gsize *out_size) {
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    guint8 *result = NULL;
    gsize most = MIN(MAX_STREAM_BYTES, reader->bytes_left);
    for (gsize room = MIN(MAX(size * 4, 4096), most); result == NULL; room = MIN(room * 4, most)) {
        guint8 *buffer = g_try_malloc(room);
        enum libdeflate_result status =
            buffer == NULL
                ? LIBDEFLATE_BAD_DATA
                : libdeflate_zlib_decompress(decompressor, bytes, size, buffer, room, out_size);
        if (status == LIBDEFLATE_SUCCESS) {
            result = sats_arena_memdup(reader->arena, buffer, MAX(*out_size, 1));
        }
        g_free(buffer);
        if (status == LIBDEFLATE_INSUFFICIENT_SPACE && room == most) {
            too_much(reader,
                     most == MAX_STREAM_BYTES ? "carries a file of more than 256 MiB"
                                              : "carries more than 512 MiB",
                     most == MAX_STREAM_BYTES ? "har en fil på mer än 256 MiB med sig"
                                              : "har mer än 512 MiB med sig");
        }
        if (status != LIBDEFLATE_INSUFFICIENT_SPACE || room == most) {
            break;
        }
    }
    libdeflate_free_decompressor(decompressor);
    return result;
}

/* The bytes of a stream, decoded; NULL having noted what is wrong. */
static const guint8 *stream_bytes(Reader *reader, const SatsObject *dict, gsize *out_size) {
    gint64 length = sats_object_integer(resolve(reader, sats_object_get(dict, "Length")), -1);
    if (dict->stream_at == 0 || length < 0 || (guint64)length > reader->size - dict->stream_at) {
        broken(reader, "a stream without its length", "en dataström utan sin längd");
        return NULL;
    }
    const guint8 *raw = reader->bytes + dict->stream_at;
    SatsObject *filter = resolve(reader, sats_object_get(dict, "Filter"));
    SatsObject *parameters = resolve(reader, sats_object_get(dict, "DecodeParms"));
    if (filter != NULL && filter->kind == SATS_OBJECT_ARRAY && filter->length == 1) {
        filter = filter->items[0];
        parameters =
            parameters != NULL && parameters->kind == SATS_OBJECT_ARRAY && parameters->length == 1
                ? parameters->items[0]
                : parameters;
    }
    if (filter == NULL || (filter->kind == SATS_OBJECT_ARRAY && filter->length == 0)) {
        *out_size = (gsize)length;
        return spend(reader, *out_size) ? raw : NULL;
    }
    guint8 *result = sats_object_is_name(filter, "FlateDecode")
                         ? inflate(reader, raw, (gsize)length, out_size)
                         : NULL;
    if (result == NULL) {
        broken(reader, "a stream that cannot be decoded", "en dataström som inte går att avkoda");
        return NULL;
    }
    if (!spend(reader, *out_size)) {
        return NULL;
    }
    if (sats_object_integer(sats_object_get(parameters, "Predictor"), 1) >= 10) {
        gint64 columns = sats_object_integer(sats_object_get(parameters, "Columns"), 1);
        *out_size =
            columns > 0 && columns < 100000 ? unpredict(result, *out_size, (gsize)columns) : 0;
    }
    return result;
}

/* ---- objects ---- */

static SatsObject *object_at(Reader *reader, guint64 offset) {
    if (offset >= reader->size) {
        return NULL;
    }
    SatsLexer lexer = {
        .bytes = reader->bytes, .size = reader->size, .at = (gsize)offset, .arena = reader->arena};
    SatsObject *number = sats_object_read(&lexer);
    SatsObject *generation = number == NULL ? NULL : sats_object_read(&lexer);
    return generation != NULL && sats_lexer_accept(&lexer, "obj") ? sats_object_read(&lexer) : NULL;
}

/* Pairs of number and offset come first (7.5.7). */
static void read_offsets(Reader *reader, const Container *in) {
    if (in->bytes == NULL || in->first < 0 || (guint64)in->first > in->size) {
        return;
    }
    SatsLexer lexer = {.bytes = in->bytes, .size = (gsize)in->first, .arena = reader->arena};
    while (in->offsets->len < MAX_IN_STREAM) {
        SatsObject *id = sats_object_read(&lexer);
        SatsObject *offset = id == NULL ? NULL : sats_object_read(&lexer);
        if (offset == NULL) {
            return;
        }
        gint64 at = sats_object_integer(offset, -1);
        g_array_append_val(in->offsets, at);
    }
}

static const Container *container(Reader *reader, guint64 number) {
    Container *known = g_hash_table_lookup(reader->containers, GSIZE_TO_POINTER((gsize)number));
    const Entry *entry =
        number < reader->entries->len ? &g_array_index(reader->entries, Entry, number) : NULL;
    if (known != NULL || entry == NULL || entry->kind != 1) {
        return known;
    }
    SatsObject *dict = object_at(reader, entry->a);
    known = g_new0(Container, 1);
    known->offsets = g_array_new(FALSE, FALSE, sizeof(gint64));
    known->first = -1; /* what leads back here while it is read finds nothing */
    g_hash_table_insert(reader->containers, GSIZE_TO_POINTER((gsize)number), known);
    known->bytes = dict == NULL || dict->kind != SATS_OBJECT_DICT
                       ? NULL
                       : stream_bytes(reader, dict, &known->size);
    known->first = sats_object_integer(sats_object_get(dict, "First"), -1);
    read_offsets(reader, known);
    return known;
}

/* Object `index` of an object stream. */
static SatsObject *object_in(Reader *reader, guint64 number, guint32 index) {
    const Container *in = container(reader, number);
    if (in == NULL || in->bytes == NULL || in->first < 0 || (guint64)in->first > in->size) {
        return NULL;
    }
    gint64 at = index < in->offsets->len ? g_array_index(in->offsets, gint64, index) : -1;
    if (at < 0 || (guint64)at + (guint64)in->first >= in->size) {
        return NULL;
    }
    SatsLexer lexer = {.bytes = in->bytes,
                       .size = in->size,
                       .at = (gsize)(at + in->first),
                       .arena = reader->arena};
    SatsObject *object = sats_object_read(&lexer);
    if (object != NULL) {
        object->stream_at = 0; /* there are no streams in streams */
    }
    return object;
}

static SatsObject *resolve(Reader *reader, SatsObject *object) {
    for (guint hops = 0; object != NULL && object->kind == SATS_OBJECT_REFERENCE; hops++) {
        gsize number = (gsize)object->number;
        if (hops > 20 || number >= reader->entries->len) {
            return NULL;
        }
        const Entry *entry = &g_array_index(reader->entries, Entry, number);
        object = entry->kind == 1   ? object_at(reader, entry->a)
                 : entry->kind == 2 ? object_in(reader, entry->a, entry->b)
                                    : NULL;
    }
    return object;
}

/* ---- cross-reference ---- */

/* Older sections do not override newer ones. */
static gboolean set_entry(Reader *reader, gint64 number, const Entry *entry) {
    if (number < 0 || number >= MAX_OBJECTS || ++reader->rows > MAX_ROWS) {
        return too_much(reader, "has too many objects", "har för många objekt");
    }
    if ((guint64)number >= reader->entries->len) {
        g_array_set_size(reader->entries, (guint)number + 1);
    }
    Entry *known = &g_array_index(reader->entries, Entry, number);
    if (known->kind == 0) {
        *known = *entry;
        known->kind = entry->kind == 0 ? 3 : entry->kind; /* 3: free, and stays so */
    }
    return TRUE;
}

static guint64 read_field(const guint8 *bytes, gint64 width, guint64 fallback) {
    guint64 value = width == 0 ? fallback : 0;
    for (gint64 i = 0; i < width; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static gboolean read_xref_rows(Reader *reader, const SatsObject *dict, const guint8 *rows,
                               gsize size) {
    SatsObject *w = sats_object_get(dict, "W");
    gint64 width[3] = {0, 0, 0};
    for (guint i = 0; w != NULL && w->kind == SATS_OBJECT_ARRAY && i < 3 && i < w->length; i++) {
        width[i] = sats_object_integer(w->items[i], -1);
    }
    gint64 row = width[0] + width[1] + width[2];
    if (width[0] < 0 || width[1] < 1 || width[2] < 0 || width[0] > 8 || width[1] > 8 ||
        width[2] > 8) {
        return broken(reader, "a cross-reference stream", "en korsreferensström");
    }
    SatsObject *index = sats_object_get(dict, "Index");
    if (index != NULL && index->kind != SATS_OBJECT_ARRAY) {
        return broken(reader, "a cross-reference stream", "en korsreferensström");
    }
    guint n_ranges = index != NULL ? index->length / 2 : 1;
    for (guint r = 0; r < n_ranges; r++) {
        gint64 first = index == NULL ? 0 : sats_object_integer(index->items[2 * (gsize)r], 0);
        gint64 count = sats_object_integer(
            index == NULL ? sats_object_get(dict, "Size") : index->items[2 * (gsize)r + 1], 0);
        for (gint64 i = 0; i < count && size >= (gsize)row; i++, rows += row, size -= (gsize)row) {
            Entry entry = {.kind = (guint8)read_field(rows, width[0], 1),
                           .a = read_field(rows + width[0], width[1], 0),
                           .b = (guint32)read_field(rows + width[0] + width[1], width[2], 0)};
            if (!set_entry(reader, first + i, &entry)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static SatsObject *read_xref_stream(Reader *reader, gsize offset) {
    SatsObject *dict = object_at(reader, offset);
    gsize size = 0;
    if (dict == NULL || !sats_object_is_name(sats_object_get(dict, "Type"), "XRef")) {
        broken(reader, "no cross-reference where one should be",
               "korsreferenser saknas där de ska stå");
        return NULL;
    }
    const guint8 *rows = stream_bytes(reader, dict, &size);
    return rows != NULL && read_xref_rows(reader, dict, rows, size) ? dict : NULL;
}

static SatsObject *read_xref_table(Reader *reader, SatsLexer *lexer) {
    while (!sats_lexer_accept(lexer, "trailer")) {
        SatsObject *first = sats_object_read(lexer);
        SatsObject *count = first == NULL ? NULL : sats_object_read(lexer);
        gint64 n = sats_object_integer(count, -1);
        for (gint64 i = 0; i < n; i++) {
            SatsObject *offset = sats_object_read(lexer);
            SatsObject *generation = offset == NULL ? NULL : sats_object_read(lexer);
            gboolean used = generation != NULL && sats_lexer_accept(lexer, "n");
            Entry entry = {.kind = used ? 1 : 0,
                           .a = (guint64)MAX(sats_object_integer(offset, 0), 0)};
            if (generation == NULL || (!used && !sats_lexer_accept(lexer, "f")) ||
                !set_entry(reader, sats_object_integer(first, -1) + i, &entry)) {
                broken(reader, "a cross-reference table", "en korsreferenstabell");
                return NULL;
            }
        }
        if (n < 0) {
            broken(reader, "a cross-reference table", "en korsreferenstabell");
            return NULL;
        }
    }
    return sats_object_read(lexer);
}

static gboolean read_sections(Reader *reader, gint64 offset) {
    gint64 before = G_MAXINT64; /* an update comes after what it updates */
    for (guint i = 0; offset >= 0; i++) {
        if (i > MAX_SECTIONS || (guint64)offset >= reader->size) {
            return broken(reader, "its cross-references lead nowhere",
                          "korsreferenserna leder ingenstans");
        }
        SatsLexer lexer = {.bytes = reader->bytes,
                           .size = reader->size,
                           .at = (gsize)offset,
                           .arena = reader->arena};
        SatsObject *trailer = sats_lexer_accept(&lexer, "xref")
                                  ? read_xref_table(reader, &lexer)
                                  : read_xref_stream(reader, (gsize)offset);
        if (trailer == NULL || trailer->kind != SATS_OBJECT_DICT) {
            return broken(reader, "a cross-reference section", "ett avsnitt av korsreferenser");
        }
        reader->trailer = reader->trailer == NULL ? trailer : reader->trailer;
        gint64 hybrid = sats_object_integer(sats_object_get(trailer, "XRefStm"), -1);
        if (hybrid >= 0 &&
            ((guint64)hybrid >= reader->size || read_xref_stream(reader, (gsize)hybrid) == NULL)) {
            return broken(reader, "a cross-reference stream", "en korsreferensström");
        }
        before = offset;
        offset = sats_object_integer(sats_object_get(trailer, "Prev"), -1);
        if (offset >= before) {
            return broken(reader, "its cross-references go round", "korsreferenserna går runt");
        }
    }
    return TRUE;
}

static gboolean read_start(Reader *reader) {
    if (reader->size < 32 || memcmp(reader->bytes, "%PDF-", 5) != 0) {
        return broken(reader, "it does not begin as one", "den börjar inte som en");
    }
    gsize tail = MIN(reader->size, 2048);
    const guint8 *end = reader->bytes + reader->size - tail;
    const guint8 *found = NULL;
    for (gsize i = 0; i + 9 <= tail; i++) {
        found = memcmp(end + i, "startxref", 9) == 0 ? end + i : found;
    }
    if (found == NULL) {
        return broken(reader, "it is cut short", "den är avklippt");
    }
    SatsLexer lexer = {.bytes = reader->bytes,
                       .size = reader->size,
                       .at = (gsize)(found - reader->bytes) + 9,
                       .arena = reader->arena};
    return read_sections(reader, sats_object_integer(sats_object_read(&lexer), -1));
}

/* ---- files ---- */

/* NULL: it is no such text. */
static char *text_of_utf16(const guint8 *bytes, gsize size) {
    g_autoptr(GArray) units = g_array_new(TRUE, FALSE, sizeof(gunichar2)); /* never NULL */
    for (gsize i = 0; i + 1 < size; i += 2) {
        gunichar2 unit = (gunichar2)(bytes[i] << 8 | bytes[i + 1]);
        g_array_append_val(units, unit);
    }
    return size % 2 != 0 ? NULL
                         : g_utf16_to_utf8((const gunichar2 *)(const void *)units->data,
                                           (glong)units->len, NULL, NULL, NULL);
}

static char *text_of_latin1(const guint8 *bytes, gsize size) {
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < size; i++) {
        g_string_append_unichar(text, bytes[i]);
    }
    return g_string_free(text, FALSE);
}

/* Text strings are UTF-16BE with a mark, else PDFDocEncoding, of which we use the part that is
 * Latin-1 (7.9.2.2). Read here: g_convert() would open a library for it, while others come. */
static char *text_of(const SatsObject *object) {
    if (object == NULL || object->kind != SATS_OBJECT_STRING) {
        return NULL;
    }
    const guint8 *bytes = (const guint8 *)object->text;
    if (object->length >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF) {
        return text_of_utf16(bytes + 2, object->length - 2);
    }
    if (g_utf8_validate(object->text, object->length, NULL)) {
        return g_strndup(object->text, object->length);
    }
    return text_of_latin1(bytes, object->length);
}

/* A name that may be made into a path below a folder. */
static gboolean is_safe(const char *name) {
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);
    for (char **part = parts; *part != NULL; part++) {
        if (**part == '\0' || g_str_equal(*part, ".") || g_str_equal(*part, "..")) {
            return FALSE;
        }
    }
    return *name != '\0' && strpbrk(name, "\\:\n\r") == NULL;
}

static gboolean add_file(Reader *reader, SatsObject *specification) {
    SatsObject *spec = resolve(reader, specification);
    SatsObject *streams = resolve(reader, sats_object_get(spec, "EF"));
    SatsObject *stream = resolve(reader, sats_object_get(streams, "UF"));
    stream = stream != NULL ? stream : resolve(reader, sats_object_get(streams, "F"));
    g_autofree char *name = text_of(resolve(reader, sats_object_get(spec, "UF")));
    if (name == NULL) {
        name = text_of(resolve(reader, sats_object_get(spec, "F")));
    }
    if (stream == NULL || stream->kind != SATS_OBJECT_DICT || name == NULL) {
        return broken(reader, "an embedded file without its name or bytes",
                      "en bifogad fil utan namn eller innehåll");
    }
    if (reader->files->len >= MAX_FILES) {
        return too_much(reader, "carries more than 2000 files", "har mer än 2000 filer med sig");
    }
    if (!is_safe(name) || !g_hash_table_add(reader->names, g_strdup(name))) {
        return broken(reader, "an embedded file with a name that cannot be used",
                      "en bifogad fil med ett namn som inte går att använda");
    }
    SatsObject *relationship = sats_object_get(spec, "AFRelationship");
    SatsEmbeddedFile file = {.name = sats_arena_strdup(reader->arena, name),
                             .relationship =
                                 relationship != NULL && relationship->kind == SATS_OBJECT_NAME
                                     ? relationship->text
                                     : ""};
    const guint8 *bytes = stream_bytes(reader, stream, &file.size);
    if (bytes == NULL) {
        return FALSE;
    }
    file.bytes = sats_arena_memdup(reader->arena, bytes, MAX(file.size, 1));
    g_array_append_val(reader->files, file);
    return TRUE;
}

static gboolean read_name_tree(Reader *reader, SatsObject *node, guint depth) {
    if (++reader->name_nodes > MAX_NAME_NODES) {
        return broken(reader, "a name tree without end", "ett namnträd utan slut");
    }
    SatsObject *names = resolve(reader, sats_object_get(node, "Names"));
    for (guint i = 0; names != NULL && names->kind == SATS_OBJECT_ARRAY && i + 1 < names->length;
         i += 2) {
        if (!add_file(reader, names->items[i + 1])) {
            return FALSE;
        }
    }
    SatsObject *kids = resolve(reader, sats_object_get(node, "Kids"));
    for (guint i = 0; depth < MAX_NAME_DEPTH && kids != NULL && kids->kind == SATS_OBJECT_ARRAY &&
                      i < kids->length;
         i++) {
        if (!read_name_tree(reader, resolve(reader, kids->items[i]), depth + 1)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sats_pdf_read_embedded(const guint8 *bytes, gsize size, SatsArena *arena,
                                SatsEmbeddedFile **out_files, guint *out_n, GError **error) {
    Reader reader = {.bytes = bytes, .size = size, .arena = arena, .bytes_left = MAX_BYTES};
    reader.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reader.entries = g_array_new(FALSE, TRUE, sizeof(Entry));
    reader.containers = g_hash_table_new_full(NULL, NULL, NULL, container_free);
    reader.files = g_array_new(FALSE, FALSE, sizeof(SatsEmbeddedFile));
    gboolean read = read_start(&reader);
    if (read) {
        SatsObject *root = resolve(&reader, sats_object_get(reader.trailer, "Root"));
        SatsObject *names = resolve(&reader, sats_object_get(root, "Names"));
        SatsObject *tree = resolve(&reader, sats_object_get(names, "EmbeddedFiles"));
        read = tree == NULL || read_name_tree(&reader, tree, 0);
    }
    if (read && reader.error == NULL) {
        *out_n = reader.files->len;
        *out_files = sats_arena_memdup(arena, reader.files->data,
                                       reader.files->len * sizeof(SatsEmbeddedFile));
    } else {
        read = FALSE;
        broken(&reader, "it is damaged", "den är skadad");
        g_propagate_error(error, reader.error);
    }
    g_array_unref(reader.entries);
    g_hash_table_unref(reader.containers);
    g_hash_table_unref(reader.names);
    g_array_unref(reader.files);
    return read;
}
