/* base/arena.c: blocks that are filled from both ends and freed together.
 *
 * Structs are taken from the front of the newest block, aligned; strings from its back, unaligned,
 * so that short texts cost their bytes and no more. What is handed out is zeroed then, not by the
 * block: it is about to be written to, and copies need it not. Blocks double from 16 KiB up to 1
 * MiB; what is larger than a quarter of a block gets one of its own. With SATS_ARENA_DEBUG (set by
 * itself under AddressSanitizer) every allocation is a block of its own. */
#include "base/arena.h"

#include <stddef.h>
#include <string.h>

#include "base/sanitized.h"

#if !defined(SATS_ARENA_DEBUG) && SATS_HAS_ASAN
#define SATS_ARENA_DEBUG 1
#endif

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024 };

#define ALIGNMENT (_Alignof(max_align_t))

typedef struct Block Block;
struct Block {
    Block *next;
    _Alignas(max_align_t) char bytes[];
};

struct SatsArena {
    Block *blocks;      /* all, in no order */
    char *front, *back; /* the free part of the newest shared block */
    gsize block_size;   /* of the next shared block */
    gsize used;
};

SatsArena *sats_arena_new(void) {
    SatsArena *arena = g_new0(SatsArena, 1);
    arena->block_size = FIRST_BLOCK;
    return arena;
}

void sats_arena_free(SatsArena *arena) {
    if (arena == NULL)
        return;
    Block *block = arena->blocks;
    while (block != NULL) {
        Block *next = block->next;
        g_free(block);
        block = next;
    }
    g_free(arena);
}

static char *add_block(SatsArena *arena, gsize size) {
    g_assert(size <= G_MAXSIZE - sizeof(Block));
    Block *block = g_malloc(sizeof(Block) + size);
    block->next = arena->blocks;
    arena->blocks = block;
    return block->bytes;
}

#ifdef SATS_ARENA_DEBUG

static void *alloc_struct(SatsArena *arena, gsize size) {
    arena->used += size;
    return add_block(arena, size);
}

static char *alloc_text(SatsArena *arena, gsize size) {
    arena->used += size;
    return add_block(arena, size);
}

#else

static void add_shared_block(SatsArena *arena) {
    arena->front = add_block(arena, arena->block_size);
    arena->back = arena->front + arena->block_size;
    arena->block_size = MIN(arena->block_size * 2, LARGEST_BLOCK);
}

static void *alloc_struct(SatsArena *arena, gsize size) {
    g_assert(size <= G_MAXSIZE - ALIGNMENT);
    size = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    arena->used += size;
    if (size > arena->block_size / 4)
        return add_block(arena, size);
    if (arena->front == NULL || (gsize)(arena->back - arena->front) < size)
        add_shared_block(arena);
    char *result = arena->front;
    arena->front += size;
    return result;
}

static char *alloc_text(SatsArena *arena, gsize size) {
    arena->used += size;
    if (size > arena->block_size / 4)
        return add_block(arena, size);
    if (arena->front == NULL || (gsize)(arena->back - arena->front) < size)
        add_shared_block(arena);
    arena->back -= size;
    return arena->back;
}

#endif

void *sats_arena_alloc(SatsArena *arena, gsize size) {
    return memset(alloc_struct(arena, size), 0, size);
}

char *sats_arena_strndup(SatsArena *arena, const char *text, gsize length) {
    if (text == NULL)
        return NULL;
    g_assert(length < G_MAXSIZE);
    char *copy = alloc_text(arena, length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *sats_arena_strdup(SatsArena *arena, const char *text) {
    return text == NULL ? NULL : sats_arena_strndup(arena, text, strlen(text));
}

char *sats_arena_printf(SatsArena *arena, const char *format, ...) {
    char text[256]; /* room for most; what is longer is printed again */
    va_list arguments;
    va_start(arguments, format);
    int length = g_vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length >= 0 && (gsize)length < sizeof text)
        return sats_arena_strndup(arena, text, (gsize)length);
    va_start(arguments, format);
    g_autofree char *long_text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return sats_arena_strdup(arena, long_text);
}

void *sats_arena_memdup(SatsArena *arena, const void *bytes, gsize size) {
    if (bytes == NULL)
        return NULL;
    void *copy = alloc_struct(arena, size);
    if (size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

void sats_arena_adopt(SatsArena *arena, SatsArena *other) {
    Block **end = &other->blocks;
    while (*end != NULL)
        end = &(*end)->next;
    *end = arena->blocks;
    arena->blocks = other->blocks;
    arena->used += other->used;
    g_free(other);
}

gsize sats_arena_used(const SatsArena *arena) {
    return arena->used;
}
