/* engine/changes-where.c: where a change is, as a reader of the pages finds it.
 *
 * Values know their place in the files, and so do the words on the pages: the heading over the
 * first words that come from a value says where it is. What no page shows has no heading, and is
 * named by its whole path. */
#include <stdlib.h>
#include <string.h>

#include "engine/changes.h"

#define ELLIPSIS "…"

typedef struct {
    SatsPlace place;
    const SatsHeading *heading; /* NULL before the first section */
    guint order;
} Word;

struct SatsChangePlaces {
    GArray *words; /* of Word, by place, what comes first on the pages before the rest */
};

/* ---- what stands where ---- */

static int by_place(const SatsPlace *a, const SatsPlace *b) {
    if (a->source != b->source) {
        return (guintptr)a->source < (guintptr)b->source ? -1 : 1;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return (a->column > b->column) - (a->column < b->column);
}

static int by_word(const void *left, const void *right) {
    const Word *a = left;
    const Word *b = right;
    int order = by_place(&a->place, &b->place);
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static const SatsHeading *heading_of(const SatsNode *node, const SatsHeading *outer) {
    const SatsNode *first = node->kind == SATS_NODE_SECTION ? node->first_child : NULL;
    return first != NULL && first->kind == SATS_NODE_HEADING && first->as.heading != NULL &&
                   first->as.heading->title != NULL
               ? first->as.heading
               : outer;
}

static void collect(GArray *words, const SatsNode *node, const SatsHeading *heading) {
    heading = heading_of(node, heading);
    gboolean copied = node->kind == SATS_NODE_CONTENTS_ENTRY; /* from its heading */
    for (guint i = 0; !copied && i < node->n_runs; i++) {
        if (node->runs[i].place.source != NULL) {
            Word word = {node->runs[i].place, heading, words->len};
            g_array_append_val(words, word);
        }
    }
    for (const SatsNode *child = node->first_child; child != NULL; child = child->next) {
        collect(words, child, heading);
    }
}

SatsChangePlaces *sats_change_places_new(const SatsDocument *new_document,
                                         const SatsDocument *old_document) {
    SatsChangePlaces *places = g_new0(SatsChangePlaces, 1);
    places->words = g_array_new(FALSE, FALSE, sizeof(Word));
    collect(places->words, new_document->root, NULL);
    collect(places->words, old_document->root, NULL);
    if (places->words->len > 1) {
        qsort(places->words->data, places->words->len, sizeof(Word), by_word);
    }
    return places;
}

void sats_change_places_free(SatsChangePlaces *places) {
    if (places != NULL) {
        g_array_unref(places->words);
        g_free(places);
    }
}

static guint32 lines_of(const SatsValue *text) {
    guint32 n = 0;
    for (guint32 i = 0; i < text->length; i++) {
        n += text->as.text[i] == '\n' ? 1U : 0U;
    }
    return n;
}

/* The first words on a page that come from a text of the files. */
static const Word *word_of(const SatsChangePlaces *places, const SatsValue *text) {
    guint first = 0;
    guint after = places->words->len;
    while (first < after) {
        guint middle = first + (after - first) / 2;
        const Word *word = &g_array_index(places->words, Word, middle);
        if (by_place(&word->place, &text->place) < 0) {
            first = middle + 1;
        } else {
            after = middle;
        }
    }
    const Word *found =
        first < places->words->len ? &g_array_index(places->words, Word, first) : NULL;
    gboolean inside = found != NULL && found->place.source == text->place.source &&
                      found->place.line <= text->place.line + lines_of(text) &&
                      (text->quoted || found->place.column == text->place.column);
    return inside ? found : NULL;
}

static const Word *find(const SatsChangePlaces *places, const SatsValue *value) {
    if (value == NULL || value->kind == SATS_VALUE_NULL) {
        return NULL;
    }
    if (value->kind == SATS_VALUE_TEXT) {
        return word_of(places, value);
    }
    const Word *found = NULL;
    for (guint32 i = 0; found == NULL && i < value->length; i++) {
        found = find(places, value->kind == SATS_VALUE_MAP ? value->as.entries[i].value
                                                           : value->as.items[i]);
    }
    return found;
}

/* ---- saying it ---- */

/* Part of a path: a key, or what names an item of a list. */
typedef struct {
    const char *text;
    gsize length;
    gboolean item;
} Step;

static GArray *read_path(const char *path) {
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(Step));
    for (const char *at = path; *at != '\0';) {
        gboolean item = *at == '[';
        at += item || *at == '.' ? 1 : 0;
        const char *end = item ? strchr(at, ']') : at + strcspn(at, ".[");
        end = end != NULL ? end : at + strlen(at);
        Step step = {at, (gsize)(end - at), item};
        if (step.length > 0) {
            g_array_append_val(steps, step);
        }
        at = *end == ']' ? end + 1 : end;
    }
    return steps;
}

/* Whether the heading says it already, as far as the step does. */
static gboolean is_heading(const Step *step, const SatsHeading *heading) {
    gsize length = step->length;
    gsize dots = strlen(ELLIPSIS);
    if (length > dots && memcmp(step->text + length - dots, ELLIPSIS, dots) == 0) {
        length -= dots;
    }
    return strncmp(heading->title, step->text, length) == 0;
}

static gboolean is_position(const Step *step) {
    return step->item && step->text[0] != '\0' && strspn(step->text, "#0123456789") >= step->length;
}

/* With a heading: what names the items, and the last key. Without: all of it. */
static gboolean is_said(const GArray *steps, guint i, const SatsHeading *heading) {
    const Step *step = &g_array_index(steps, Step, i);
    gboolean last = i + 1 == steps->len;
    return heading == NULL ||
           (step->item ? !is_position(step) && !is_heading(step, heading) : last);
}

char *sats_change_holder(const char *path) {
    g_autoptr(GArray) steps = read_path(path);
    const Step *holder = NULL; /* what stands before the last item … */
    const Step *before = NULL; /* … and the item before it */
    for (guint i = 0; i < steps->len; i++) {
        const Step *step = &g_array_index(steps, Step, i);
        if (step->item) {
            holder = before != NULL ? before : i > 0 ? step - 1 : step;
            before = is_position(step) ? NULL : step;
        }
    }
    return holder == NULL ? g_strdup("") : g_strndup(holder->text, holder->length);
}

char *sats_change_where(const SatsChangePlaces *places, const SatsChange *change,
                        char **out_heading) {
    const Word *word = find(places, change->new_value);
    word = word != NULL ? word : find(places, change->old_value);
    const SatsHeading *heading = word != NULL ? word->heading : NULL;
    *out_heading = heading == NULL ? NULL
                   : heading->number == NULL
                       ? g_strdup(heading->title)
                       : g_strdup_printf("%s %s", heading->number, heading->title);
    GString *out = g_string_new(NULL);
    g_autoptr(GArray) steps = read_path(change->path);
    for (guint i = 0; i < steps->len; i++) {
        if (is_said(steps, i, heading)) {
            const Step *step = &g_array_index(steps, Step, i);
            g_string_append(out, out->len > 0 || heading != NULL ? "\u00A0› " : "");
            g_string_append_len(out, step->text, (gssize)step->length);
        }
    }
    return g_string_free(out, FALSE);
}
