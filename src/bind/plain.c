/* bind/plain.c: the asterisks of bold and italic type, found by reading the text as bind does.
 *
 * md4c tells the stretches that are printed, and where type begins and ends between them: what lies
 * there is the asterisks. */
#include "bind/plain.h"

#include <md4c.h>
#include <string.h>

typedef struct {
    const char *text, *end;
    const char *printed; /* behind the last stretch that is printed */
    gboolean changed;    /* bold or italic began or ended since */
    GString *out;
    const char *kept; /* up to here the text is in `out` */
} Stripper;

static void leave_out(Stripper *s, const char *from, const char *to) {
    from = MAX(from, s->kept);
    if (from < to) {
        g_string_append_len(s->out, s->kept, from - s->kept);
        s->kept = to;
    }
}

/* What stands between the last stretch and `at`: asterisks behind the one and before the other. */
static void strip_between(Stripper *s, const char *at) {
    const char *last = s->printed;
    while (last < at && *last == '*')
        last++;
    leave_out(s, s->printed, last);
    const char *first = at;
    while (first > last && first[-1] == '*')
        first--;
    leave_out(s, first, at);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data) {
    Stripper *s = data;
    (void)type;
    if (text < s->text || text >= s->end)
        return 0; /* a line's end, which md4c says in words of its own */
    if (s->changed)
        strip_between(s, text);
    s->changed = FALSE;
    s->printed = text + size;
    return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *data) {
    Stripper *s = data;
    (void)detail;
    s->changed = s->changed || type == MD_SPAN_EM || type == MD_SPAN_STRONG;
    return 0;
}

static int on_block(MD_BLOCKTYPE type, void *detail, void *data) {
    Stripper *s = data;
    (void)type;
    (void)detail;
    if (s->changed) {
        const char *last = s->printed;
        while (last < s->end && *last == '*')
            last++;
        leave_out(s, s->printed, last);
        s->printed = last;
    }
    s->changed = FALSE;
    return 0;
}

char *sats_plain_text(const char *text, gsize length) {
    if (memchr(text, '*', length) == NULL)
        return NULL;
    Stripper s = {text, text + length, text, FALSE, g_string_new(NULL), text};
    const MD_PARSER parser = {
        .flags = MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_NOHTMLBLOCKS | MD_FLAG_NOHTMLSPANS,
        .enter_block = on_block,
        .leave_block = on_block,
        .enter_span = on_span,
        .leave_span = on_span,
        .text = on_text,
    };
    gboolean read = md_parse(text, (MD_SIZE)length, &parser, &s) == 0;
    gboolean stripped = s.kept > text;
    g_string_append_len(s.out, s.kept, s.end - s.kept);
    return g_string_free(s.out, !read || !stripped);
}
