/* pdf/made-from.c: looks through a file for a hash and for the comment with its CRC-32. */
#include "pdf/made-from.h"

#include <errno.h>
#include <libdeflate.h>
#include <string.h>
#include <unistd.h>

#include "text/harfbuzz-library.h"

#define PIECE_BYTES ((gsize)1 << 18)
/* More than the hash in its element, or the comment and all that follows it, is long. */
#define KEPT_BYTES   ((gsize)256)
#define END          "%%EOF"
#define CHECK_DIGITS ((gsize)8)

char *sats_pdf_libraries(void) {
    return g_strdup_printf("HarfBuzz %s, libdeflate %s",
                           sats_harfbuzz_load(NULL) ? sats_hb.version_string() : "is missing",
                           LIBDEFLATE_VERSION_STRING);
}

typedef struct {
    guint8 *bytes;      /* of the file, from behind what is counted in `crc` */
    gsize size;         /* of them, as yet */
    guint64 before;     /* so many bytes of the file have been taken in */
    guint64 own_end;    /* where the file ends that we wrote, once it is `whole` */
    const char *wanted; /* the hash in its element, as pdf/metadata.c writes it */
    guint32 crc;
    gboolean found, whole;
} Search;

/* From offset `from` to `to`; where `text` begins, or `to`. */
static gsize find(const Search *search, gsize from, gsize to, const char *text) {
    const guint8 *at =
        from < to ? memmem(search->bytes + from, to - from, text, strlen(text)) : NULL;
    return at != NULL ? (gsize)(at - search->bytes) : to;
}

static void count(Search *search, gsize from, gsize to) {
    search->crc = libdeflate_crc32(search->crc, search->bytes + from, to - from);
}

/* Does the comment at `at` have the CRC-32 of all before it and of the lines after it? Then our
 * file ends with them. */
static gboolean agrees(Search *search, gsize at) {
    gsize digits = at + strlen(SATS_PDF_CHECK), rest = digits + CHECK_DIGITS + 1;
    gsize limit = MIN(search->size, at + KEPT_BYTES), end = find(search, rest, limit, END "\n");
    if (end >= limit) {
        return FALSE;
    }
    gsize size = end + strlen(END "\n") - rest;
    g_autofree char *line =
        g_strdup_printf("%08X\n", libdeflate_crc32(search->crc, search->bytes + rest, size));
    search->own_end = search->before + rest + size;
    return memcmp(search->bytes + digits, line, CHECK_DIGITS + 1) == 0;
}

/* Takes in the first `counted` bytes; what begins there may end behind them. */
static void take_in(Search *search, gsize counted) {
    gsize size = search->size, at = 0;
    search->found = search->found || find(search, 0, size, search->wanted) < size;
    for (gsize check = find(search, 0, size, SATS_PDF_CHECK); check < counted;
         check = find(search, at + 1, size, SATS_PDF_CHECK)) {
        count(search, at, check);
        at = check;
        search->whole = search->whole || (search->found && agrees(search, at));
    }
    count(search, at, counted);
    search->before += counted;
    search->size -= counted;
    memmove(search->bytes, search->bytes + counted, search->size);
}

static gsize skip_spaces_back(const guint8 *bytes, gsize at) {
    while (at > 0 && g_ascii_isspace((char)bytes[at - 1])) {
        at--;
    }
    return at;
}

static gboolean ends_with(const guint8 *bytes, gsize size, const char *text) {
    gsize length = strlen(text);
    return size >= length && memcmp(bytes + size - length, text, length) == 0;
}

/* Where the file's last lines (ISO 32000-1, 7.5.5) say that its cross-references are; 0: it does
 * not end with such lines, and nothing behind them but white space. */
static guint64 last_references(const Search *search) {
    const guint8 *bytes = search->bytes;
    gsize at = skip_spaces_back(bytes, search->size);
    if (!ends_with(bytes, at, END)) {
        return 0;
    }
    at = skip_spaces_back(bytes, at - strlen(END));
    guint64 offset = 0, unit = 1;
    for (guint n = 0; at > 0 && g_ascii_isdigit((char)bytes[at - 1]) && n < 18; at--, n++) {
        offset += unit * (guint64)(bytes[at - 1] - '0');
        unit *= 10;
    }
    return ends_with(bytes, skip_spaces_back(bytes, at), "startxref") ? offset : 0;
}

/* Is the file just what we wrote, or that and an update of it (7.5.6), which has cross-references
 * of its own? */
static gboolean is_ours(const Search *search, guint64 references) {
    gboolean updated = references >= search->own_end && references < search->before;
    return search->whole && (updated || search->before == search->own_end);
}

gboolean sats_pdf_is_made_from(int descriptor, const char *input_hash) {
    g_autofree char *wanted = g_strconcat("inputHash>", input_hash, "<", NULL);
    g_autofree guint8 *bytes = g_malloc(PIECE_BYTES);
    Search search = {.bytes = bytes, .wanted = wanted};
    for (;;) {
        ssize_t n = read(descriptor, bytes + search.size, PIECE_BYTES - search.size);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            guint64 references = last_references(&search);
            take_in(&search, search.size);
            return n == 0 && is_ours(&search, references);
        }
        search.size += (gsize)n;
        take_in(&search, search.size - MIN(search.size, KEPT_BYTES));
    }
}
