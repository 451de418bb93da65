/* data/words.c: the longest common run of words, after what is equal at both ends is taken off. */
#include "data/words.h"

#include <string.h>

#define MAX_CELLS  4000000U /* of the table between the first and the last change */
#define JOIN_BYTES 3U /* kept words shorter than this between two changes are not worth keeping */

typedef struct {
    guint32 start, length; /* with trailing spaces */
    guint32 bare;          /* without */
    guint32 hash;
} Word;

static gboolean is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static gboolean is_end_mark(char c) {
    return c != '\0' && strchr(",.;:!?)", c) != NULL;
}

static guint32 hash_bytes(const char *text, gsize length) {
    guint32 hash = 2166136261U;
    for (gsize i = 0; i < length; i++)
        hash = (hash ^ (guint8)text[i]) * 16777619U;
    return hash;
}

static void add_word(GArray *words, const char *text, gsize start, gsize bare_end, gsize end) {
    Word word = {(guint32)start, (guint32)(end - start), (guint32)(bare_end - start),
                 hash_bytes(text + start, bare_end - start)};
    g_array_append_val(words, word);
}

static GArray *split(const char *text, gsize length) {
    GArray *words = g_array_new(FALSE, FALSE, sizeof(Word));
    gsize at = 0;
    while (at < length) {
        gsize start = at;
        while (at < length && !is_space(text[at]))
            at++;
        gsize bare_end = at;
        while (at < length && is_space(text[at]))
            at++;
        gsize mark = bare_end;
        while (mark > start + 1 && is_end_mark(text[mark - 1]))
            mark--;
        if (mark < bare_end) {
            add_word(words, text, start, mark, mark);
            start = mark;
        }
        add_word(words, text, start, bare_end, at);
    }
    return words;
}

static gboolean same(const char *old_text, const Word *a, const char *new_text, const Word *b) {
    return a->hash == b->hash && a->bare == b->bare &&
           memcmp(old_text + a->start, new_text + b->start, a->bare) == 0;
}

/* ---- putting together ---- */

static void append(GArray *out, SatsWordsKind kind, const Word *word) {
    SatsWords *last = out->len > 0 ? &g_array_index(out, SatsWords, out->len - 1) : NULL;
    if (last != NULL && last->kind == kind) {
        last->length = word->start + word->length - last->start;
        return;
    }
    SatsWords item = {kind, word->start, word->length};
    g_array_append_val(out, item);
}

typedef struct {
    const char *old_text, *new_text;
    const Word *old_words, *new_words; /* between the ends */
    guint n_old, n_new;
} Middle;

/* Cell i,j: words in common from old i and new j on. */
static guint16 *common_table(const Middle *m) {
    gsize width = (gsize)m->n_new + 1;
    guint16 *table = g_new0(guint16, ((gsize)m->n_old + 1) * width);
    for (guint i = m->n_old; i-- > 0;)
        for (guint j = m->n_new; j-- > 0;) {
            guint16 *cell = &table[i * width + j];
            if (same(m->old_text, &m->old_words[i], m->new_text, &m->new_words[j]))
                *cell = (guint16)(cell[width + 1] + 1);
            else
                *cell = MAX(cell[width], cell[1]);
        }
    return table;
}

static void append_middle(GArray *out, const Middle *m) {
    guint i = 0;
    guint j = 0;
    if ((guint64)m->n_old * m->n_new <= MAX_CELLS && m->n_old < G_MAXUINT16 && m->n_old > 0 &&
        m->n_new > 0) {
        g_autofree guint16 *table = common_table(m);
        gsize width = (gsize)m->n_new + 1;
        while (i < m->n_old && j < m->n_new) {
            if (same(m->old_text, &m->old_words[i], m->new_text, &m->new_words[j])) {
                append(out, SATS_WORDS_KEPT, &m->new_words[j++]);
                i++;
            } else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) {
                append(out, SATS_WORDS_DELETED, &m->old_words[i++]);
            } else {
                append(out, SATS_WORDS_INSERTED, &m->new_words[j++]);
            }
        }
    }
    while (i < m->n_old)
        append(out, SATS_WORDS_DELETED, &m->old_words[i++]);
    while (j < m->n_new)
        append(out, SATS_WORDS_INSERTED, &m->new_words[j++]);
}

/* ---- tidying: between two kept stretches, one deletion and then one insertion ---- */

typedef struct {
    GArray *out;
    const char *old_text, *new_text;
    gboolean deleting, inserting;
    guint32 deleted_start, deleted_end, inserted_start, inserted_end;
} Tidy;

static void widen(gboolean *any, guint32 *start, guint32 *end, guint32 from, guint32 to) {
    *start = *any ? *start : from;
    *end = to;
    *any = TRUE;
}

/* What went after the last word of a text takes the space before it along. */
static void take_space_before(Tidy *tidy) {
    const SatsWords *last =
        tidy->out->len > 0 ? &g_array_index(tidy->out, SatsWords, tidy->out->len - 1) : NULL;
    if (last == NULL || last->length == 0 ||
        is_space(tidy->new_text[last->start + last->length - 1]))
        return;
    while (tidy->deleted_start > 0 && is_space(tidy->old_text[tidy->deleted_start - 1]))
        tidy->deleted_start--;
}

static void flush(Tidy *tidy) {
    if (tidy->deleting) {
        take_space_before(tidy);
        SatsWords gone = {SATS_WORDS_DELETED, tidy->deleted_start,
                          tidy->deleted_end - tidy->deleted_start};
        g_array_append_val(tidy->out, gone);
    }
    if (tidy->inserting) {
        SatsWords come = {SATS_WORDS_INSERTED, tidy->inserted_start,
                          tidy->inserted_end - tidy->inserted_start};
        g_array_append_val(tidy->out, come);
    }
    tidy->deleting = tidy->inserting = FALSE;
}

static GArray *tidy_up(const GArray *raw, const char *old_text, const char *new_text) {
    Tidy tidy = {.out = g_array_new(FALSE, FALSE, sizeof(SatsWords)),
                 .old_text = old_text,
                 .new_text = new_text};
    for (guint i = 0; i < raw->len; i++) {
        const SatsWords *item = &g_array_index(raw, SatsWords, i);
        guint32 end = item->start + item->length;
        if (item->kind == SATS_WORDS_DELETED) {
            widen(&tidy.deleting, &tidy.deleted_start, &tidy.deleted_end, item->start, end);
        } else if (item->kind == SATS_WORDS_INSERTED) {
            widen(&tidy.inserting, &tidy.inserted_start, &tidy.inserted_end, item->start, end);
        } else {
            /* a lone mark between two changes on both sides goes with them */
            gboolean lone = tidy.deleting && tidy.inserting && i + 2 < raw->len &&
                            item->length < JOIN_BYTES && is_end_mark(new_text[item->start]) &&
                            g_array_index(raw, SatsWords, i + 1).kind == SATS_WORDS_DELETED &&
                            g_array_index(raw, SatsWords, i + 2).kind == SATS_WORDS_INSERTED;
            if (lone) {
                tidy.inserted_end = end;
                continue;
            }
            flush(&tidy);
            g_array_append_val(tidy.out, *item);
        }
    }
    flush(&tidy);
    return tidy.out;
}

static GArray *diff_words(const char *old_text, const GArray *old_words, const char *new_text,
                          const GArray *new_words) {
    const Word *a = (const Word *)(const void *)old_words->data;
    const Word *b = (const Word *)(const void *)new_words->data;
    guint from = 0;
    guint n_old = old_words->len;
    guint n_new = new_words->len;
    while (from < n_old && from < n_new && same(old_text, &a[from], new_text, &b[from]))
        from++;
    guint tail = 0;
    while (from + tail < n_old && from + tail < n_new &&
           same(old_text, &a[n_old - 1 - tail], new_text, &b[n_new - 1 - tail]))
        tail++;
    g_autoptr(GArray) raw = g_array_new(FALSE, FALSE, sizeof(SatsWords));
    for (guint i = 0; i < from; i++)
        append(raw, SATS_WORDS_KEPT, &b[i]);
    Middle middle = {old_text,           new_text, a + from, b + from, n_old - from - tail,
                     n_new - from - tail};
    append_middle(raw, &middle);
    for (guint i = n_new - tail; i < n_new; i++)
        append(raw, SATS_WORDS_KEPT, &b[i]);
    return tidy_up(raw, old_text, new_text);
}

GArray *sats_words_diff(const char *old_text, gsize old_length, const char *new_text,
                        gsize new_length) {
    g_autoptr(GArray) old_words = split(old_text, old_length);
    g_autoptr(GArray) new_words = split(new_text, new_length);
    return diff_words(old_text, old_words, new_text, new_words);
}

/* ---- likeness ---- */

/* Bytes of the new words that the old ones have, too, in any order: no diff keeps more. */
static gsize most_kept(const GArray *old_words, const GArray *new_words) {
    g_autoptr(GHashTable) counts = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < old_words->len; i++) {
        gpointer hash = GUINT_TO_POINTER(g_array_index(old_words, Word, i).hash);
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, hash));
        g_hash_table_insert(counts, hash, GUINT_TO_POINTER(count + 1));
    }
    gsize kept = 0;
    for (guint i = 0; i < new_words->len; i++) {
        const Word *word = &g_array_index(new_words, Word, i);
        gpointer hash = GUINT_TO_POINTER(word->hash);
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, hash));
        if (count > 0) {
            g_hash_table_insert(counts, hash, GUINT_TO_POINTER(count - 1));
            kept += word->length;
        }
    }
    return kept;
}

double sats_words_likeness(const char *old_text, gsize old_length, const char *new_text,
                           gsize new_length, double least) {
    gsize most = MAX(old_length, new_length);
    if (most == 0)
        return 1;
    g_autoptr(GArray) old_words = split(old_text, old_length);
    g_autoptr(GArray) new_words = split(new_text, new_length);
    if ((double)most_kept(old_words, new_words) <= least * (double)most)
        return 0;
    g_autoptr(GArray) words = diff_words(old_text, old_words, new_text, new_words);
    gsize kept = 0;
    for (guint i = 0; i < words->len; i++) {
        const SatsWords *item = &g_array_index(words, SatsWords, i);
        kept += item->kind == SATS_WORDS_KEPT ? item->length : 0;
    }
    return (double)kept / (double)most;
}
