/* pdf/read-object.h: PDF objects as read: a small tree. Private to reading. */
#ifndef SATS_PDF_READ_OBJECT_H
#define SATS_PDF_READ_OBJECT_H

#include "base/arena.h"

typedef enum {
    SATS_OBJECT_NULL,
    SATS_OBJECT_NUMBER,
    SATS_OBJECT_NAME,
    SATS_OBJECT_STRING,
    SATS_OBJECT_ARRAY,
    SATS_OBJECT_DICT,
    SATS_OBJECT_REFERENCE,
} SatsObjectKind;

typedef struct SatsObject SatsObject;
struct SatsObject {
    SatsObjectKind kind;
    double number;      /* NUMBER; REFERENCE: the object's number */
    const char *text;   /* NAME, STRING: bytes, NUL-terminated too */
    guint length;       /* bytes; items of ARRAY; pairs of DICT */
    SatsObject **items; /* ARRAY; DICT: key, value, key, value … */
    gsize stream_at;    /* DICT of a stream: offset of its bytes in the buffer; 0 none */
};

/* A buffer being read. */
typedef struct {
    const guint8 *bytes;
    gsize size, at;
    guint depth;
    SatsArena *arena;
} SatsLexer;

/* Reads the object at `lexer->at` and moves past it; NULL when there is none that can be read. A
 * dictionary that "stream" follows gets its stream_at. */
SatsObject *sats_object_read(SatsLexer *lexer);
/* Moves past `word` if it stands here. */
gboolean sats_lexer_accept(SatsLexer *lexer, const char *word);
/* The value of a dictionary's key, NULL when missing (or not a dictionary, or NULL). */
SatsObject *sats_object_get(const SatsObject *dict, const char *key);
/* A number in range, else the fallback. */
gint64 sats_object_integer(const SatsObject *object, gint64 fallback);
gboolean sats_object_is_name(const SatsObject *object, const char *name);

#endif
