/* base/arena.h: memory that dies together.
 *
 * Each stage of the pipeline makes one product (values, document, pages) and puts all of it in one
 * arena. Nothing in an arena is freed alone; the stage's owner frees the arena. Under
 * AddressSanitizer every allocation is a block of its own, so that overruns are seen.
 *
 * Life: new -> alloc/strdup … -> free. An arena belongs to one thread at a time.
 */
#ifndef SATS_BASE_ARENA_H
#define SATS_BASE_ARENA_H

#include <glib.h>

typedef struct SatsArena SatsArena;

/* Makes an empty arena; free it with sats_arena_free(). */
SatsArena *sats_arena_new(void);
void sats_arena_free(SatsArena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsArena, sats_arena_free)

/* Returns `size` zeroed bytes, aligned for any type; never NULL. Owned by the arena. */
void *sats_arena_alloc(SatsArena *arena, gsize size);

/* Copies; `length` in bytes, the copy is NUL-terminated. NULL gives NULL. */
char *sats_arena_strndup(SatsArena *arena, const char *text, gsize length);
char *sats_arena_strdup(SatsArena *arena, const char *text);
char *sats_arena_printf(SatsArena *arena, const char *format, ...) G_GNUC_PRINTF(2, 3);
void *sats_arena_memdup(SatsArena *arena, const void *bytes, gsize size);

/* Takes over all that `other` holds, and frees `other` itself. */
void sats_arena_adopt(SatsArena *arena, SatsArena *other);

/* Bytes handed out so far, for limits and for --timings. */
gsize sats_arena_used(const SatsArena *arena);

#define sats_arena_new_struct(arena, Type) ((Type *)sats_arena_alloc((arena), sizeof(Type)))
#define sats_arena_new_array(arena, Type, count)                                                   \
    ((Type *)sats_arena_alloc((arena), sizeof(Type) * (gsize)(count)))

#endif
