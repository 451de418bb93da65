/* base/dynamic.c: dlopen, in one place. */
#include "base/dynamic.h"

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <string.h>

#include "base/report.h"

typedef void (*Function)(void);

enum { MAX_OPENED = 16 }; /* libraries that we know how to open: fewer */

/* The objects [first, end) that came with a library, by number: none is ever unloaded. */
typedef struct {
    guint first, end;
    SatsDynamicUse use;
} Opened;

static struct {
    pthread_mutex_t lock;
    Opened opened[MAX_OPENED];
    guint n_opened;
} process = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* ISO C has no cast from an object's address to a function's, POSIX warrants the bytes. */
static gboolean look_up(void *handle, const char *name, Function *out) {
    void *symbol = dlsym(handle, name);
    memcpy(out, &symbol, sizeof symbol);
    return symbol != NULL;
}

static gboolean fill(SatsDynamic *library, void *handle) {
    Function *table = library->table;
    for (gsize i = 0; i < library->n_names; i++)
        if (!look_up(handle, library->names[i], &table[i]))
            return FALSE;
    return TRUE;
}

static void try(SatsDynamic *library) {
    void *handle = NULL;
    guint before = sats_objects_count();
    library->tried = TRUE;
    for (guint i = 0; handle == NULL && library->files[i] != NULL; i++)
        handle = dlopen(library->files[i], RTLD_LAZY | RTLD_LOCAL);
    if (handle == NULL || !fill(library, handle)) {
        const char *why = dlerror();
        library->trouble = g_strdup(why != NULL ? why : library->files[0]);
    }
    g_assert(process.n_opened < MAX_OPENED);
    process.opened[process.n_opened++] = (Opened){before, sats_objects_count(), library->use};
}

gboolean sats_dynamic_load(SatsDynamic *library, GError **error) {
    pthread_mutex_lock(&process.lock);
    if (!library->tried)
        try(library);
    pthread_mutex_unlock(&process.lock);
    if (library->trouble != NULL)
        g_set_error(error, SATS_SYSTEM_ERROR, SATS_SYSTEM_ERROR_INTERNAL,
                    "%s, could not be loaded: %s", library->what, library->trouble);
    return library->trouble == NULL;
}

/* ---- what is loaded ---- */

static int count_object(struct dl_phdr_info *object, size_t size, void *context) {
    (void)object;
    (void)size;
    ++*(guint *)context;
    return 0;
}

guint sats_objects_count(void) {
    guint n = 0;
    dl_iterate_phdr(count_object, &n);
    return n;
}

typedef struct {
    SatsDynamicUse use;
    guint n_first, number; /* of the next object */
    SatsObjectFunc func;
    void *context;
} Search;

static gboolean is_wanted(const Search *search, guint number) {
    for (guint i = 0; i < process.n_opened; i++) {
        const Opened *opened = &process.opened[i];
        if (number >= opened->first && number < opened->end)
            return opened->use == search->use;
    }
    return search->use == SATS_DYNAMIC_ALWAYS && number < search->n_first;
}

/* The note of an object that holds its build id. */
static void append_build_id(GString *out, const guint8 *notes, gsize size) {
    for (gsize at = 0; at + sizeof(ElfW(Nhdr)) <= size;) {
        ElfW(Nhdr) head;
        memcpy(&head, notes + at, sizeof head);
        gsize name = at + sizeof head;
        gsize id = name + (((gsize)head.n_namesz + 3) & ~(gsize)3);
        gsize end = id + (((gsize)head.n_descsz + 3) & ~(gsize)3);
        if (end > size)
            return;
        if (head.n_type == NT_GNU_BUILD_ID && head.n_namesz == 4 &&
            memcmp(notes + name, "GNU", 4) == 0) {
            for (gsize i = 0; i < head.n_descsz; i++)
                g_string_append_printf(out, "%02x", notes[id + i]);
        }
        at = end;
    }
}

static char *build_id(const struct dl_phdr_info *object) {
    GString *id = g_string_new(NULL);
    for (int i = 0; i < object->dlpi_phnum && strstr(object->dlpi_name, "vdso") == NULL; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type == PT_NOTE)
            append_build_id(id, (const guint8 *)(object->dlpi_addr + segment->p_vaddr),
                            segment->p_memsz);
    }
    return g_string_free(id, FALSE);
}

static int visit(struct dl_phdr_info *object, size_t size, void *context) {
    (void)size;
    Search *search = context;
    if (is_wanted(search, search->number++)) {
        g_autofree char *id = build_id(object);
        search->func(&(SatsObject){.path = object->dlpi_name, .build_id = id}, search->context);
    }
    return 0;
}

void sats_objects_each(SatsDynamicUse use, guint n_first, SatsObjectFunc func, void *context) {
    Search search = {use, n_first, 0, func, context};
    pthread_mutex_lock(&process.lock);
    dl_iterate_phdr(visit, &search);
    pthread_mutex_unlock(&process.lock);
}
