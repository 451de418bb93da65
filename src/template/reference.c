/* template/reference.c: declarations → a page that tells each key, in Markdown.
 *
 * A key with keys of its own that a section file declares gets a heading and a table; all others
 * stand in the first table, with the document. In a table a path tells where a key stands:
 * `grupper[].namn` is the key `namn` of each item of the list `grupper`.
 */
#include <string.h>

#include "template/compile.h"
#include "template/describe.h"

typedef struct {
    GString *out;
    GString *path; /* of the key being told */
    gboolean swedish;
} Page;

/* A macro, so that the compiler sees formats. */
#define SAY(page, en, sv) ((page)->swedish ? (sv) : (en))

/* Plain text within a table's cell. */
static void append_plain(GString *out, const char *text) {
    for (const char *c = text; *c != '\0'; c++) {
        if (strchr("\\|*_`<[", *c) != NULL) {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *c == '\n' ? ' ' : *c);
    }
}

/* Text as it is written in a plan. A bar ends a cell, also within a code span. */
static void append_code(GString *out, const char *text) {
    const char *fence = strchr(text, '`') != NULL ? "`` " : "`";
    g_string_append(out, fence);
    for (const char *c = text; *c != '\0'; c++) {
        g_string_append(out, *c == '|' ? "\\" : "");
        g_string_append_c(out, *c == '\n' ? ' ' : *c);
    }
    g_string_append(out, fence[1] == '`' ? " ``" : "`");
}

/* ---- the cells of a key's row ---- */

/* What messages call the type, without its article. */
static const char *type_name(const Page *page, const SatsDecl *decl) {
    static const char *const ARTICLES[] = {"a ", "an ", "en ", "ett "};
    const char *name = SAY(page, sats_type_name_en(decl->type), sats_type_name_sv(decl->type));
    for (guint i = 0; i < G_N_ELEMENTS(ARTICLES) && decl->type != SATS_TYPE_CHOICE; i++) {
        if (g_str_has_prefix(name, ARTICLES[i])) {
            return name + strlen(ARTICLES[i]);
        }
    }
    return name;
}

static void append_type(const Page *page, const SatsDecl *decl) {
    g_string_append(page->out, type_name(page, decl));
    const SatsDecl *item = decl->type == SATS_TYPE_LIST ? decl->item : NULL;
    if (item != NULL) {
        g_string_append_printf(page->out, ": %s", type_name(page, item));
    }
}

static void append_must(const Page *page, const SatsDecl *decl) {
    if (sats_decl_must_stand(decl)) {
        g_string_append(page->out, SAY(page, "yes", "ja"));
    } else if (decl->placeholder != NULL && decl->fallback == NULL) {
        g_string_append(page->out, SAY(page, "when final", "slutligt"));
    }
}

static void append_number(GString *out, SatsDecimal value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_dtostr(text, sizeof text, sats_decimal_to_double(value)));
}

/* "4–8 items", "at least 1" */
static void append_range(const Page *page, GString *out, const SatsDecl *decl) {
    if (decl->has_min && decl->has_max && sats_decimal_compare(decl->min, decl->max) == 0) {
        append_number(out, decl->min);
    } else if (decl->has_min && decl->has_max) {
        append_number(out, decl->min);
        g_string_append(out, "–");
        append_number(out, decl->max);
    } else if (decl->has_min) {
        g_string_append(out, SAY(page, "at least ", "minst "));
        append_number(out, decl->min);
    } else {
        g_string_append(out, SAY(page, "at most ", "högst "));
        append_number(out, decl->max);
    }
    if (decl->type == SATS_TYPE_LIST) {
        g_string_append(out, SAY(page, " items", " poster"));
    }
}

static void append_choices(GString *out, const SatsDecl *decl) {
    for (const char **choice = decl->choices; *choice != NULL; choice++) {
        g_string_append(out, choice > decl->choices ? ", " : "");
        append_code(out, *choice);
    }
}

/* "; ", but for the first part of a cell */
static GString *part(GString *cell) {
    return g_string_append(cell, cell->len > 0 ? "; " : "");
}

/* What may stand there: choices and limits, of a list's items as well. */
static void append_limits(const Page *page, GString *cell, const SatsDecl *decl) {
    if (decl->choices != NULL) {
        append_choices(part(cell), decl);
    }
    if (decl->has_min || decl->has_max) {
        append_range(page, part(cell), decl);
    }
    if (decl->open) {
        g_string_append(part(cell), SAY(page, "any further keys", "även andra nycklar"));
    }
    if (decl->type == SATS_TYPE_LIST && decl->item != NULL) {
        append_limits(page, cell, decl->item);
    }
}

static void append_values(const Page *page, const SatsDecl *decl) {
    const SatsDecl *item = decl->type == SATS_TYPE_LIST ? decl->item : NULL;
    const char *example = decl->example == NULL && item != NULL ? item->example : decl->example;
    const struct {
        const char *word, *value;
    } PARTS[] = {
        {SAY(page, "default ", "förval "), decl->fallback},
        {SAY(page, "until given ", "tills det anges "), decl->placeholder},
        {SAY(page, "such as ", "till exempel "),
         g_strcmp0(example, decl->fallback) == 0 ? NULL : example},
    };
    GString *cell = g_string_new(NULL);
    append_limits(page, cell, decl);
    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        if (PARTS[i].value != NULL) {
            g_string_append(part(cell), PARTS[i].word);
            append_code(cell, PARTS[i].value);
        }
    }
    g_string_append(page->out, cell->str);
    g_string_free(cell, TRUE);
}

static void append_row(const Page *page, const SatsDecl *decl) {
    g_string_append(page->out, "| ");
    append_code(page->out, page->path->str);
    g_string_append(page->out, " | ");
    append_type(page, decl);
    g_string_append(page->out, " | ");
    append_must(page, decl);
    g_string_append(page->out, " | ");
    append_plain(page->out, decl->help != NULL ? decl->help : "");
    g_string_append(page->out, " | ");
    append_values(page, decl);
    g_string_append(page->out, " |\n");
}

/* ---- tables ---- */

/* The map that a key holds, itself or in each of its items; NULL when there is none. */
static const SatsDecl *map_within(const SatsDecl *decl) {
    while (decl != NULL && decl->type == SATS_TYPE_LIST) {
        decl = decl->item;
    }
    return decl != NULL && decl->type == SATS_TYPE_MAP ? decl : NULL;
}

/* The key's row, and those of the keys below it. */
static void append_key(const Page *page, const SatsDecl *decl) {
    gsize outer = page->path->len;
    g_string_append(page->path, outer > 0 ? "." : "");
    g_string_append(page->path, decl->name);
    append_row(page, decl);
    const SatsDecl *map = map_within(decl);
    for (const SatsDecl *d = decl; d != map && d != NULL && map != NULL; d = d->item) {
        g_string_append(page->path, "[]");
    }
    for (guint i = 0; map != NULL && i < map->n_keys; i++) {
        append_key(page, map->keys[i]);
    }
    g_string_truncate(page->path, outer);
}

static void append_heads(const Page *page) {
    g_string_append(page->out, SAY(page,
                                   "\n| key | type | must | what it is | values |\n"
                                   "|---|---|---|---|---|\n",
                                   "\n| nyckel | typ | krävs | vad det är | värden |\n"
                                   "|---|---|---|---|---|\n"));
}

/* The name of the section file that declares the key; NULL for the document template. Caller
 * frees. */
static char *section_of(const SatsDecl *decl) {
    if (decl->place.source == NULL) {
        return NULL;
    }
    g_autofree char *folder = g_path_get_dirname(decl->place.source->name);
    g_autofree char *folder_name = g_path_get_basename(folder);
    if (strcmp(folder_name, "sections") != 0) {
        return NULL;
    }
    char *name = g_path_get_basename(decl->place.source->name);
    char *dot = strrchr(name, '.');
    if (dot != NULL) {
        *dot = '\0';
    }
    return name;
}

static gboolean stands_apart(const SatsDecl *decl) {
    g_autofree char *section = section_of(decl);
    return section != NULL && map_within(decl) != NULL;
}

static void append_apart(const Page *page, const SatsDecl *decl) {
    g_autofree char *section = section_of(decl);
    g_string_append_printf(page->out, "\n## %s\n", decl->name);
    g_string_append_printf(page->out, SAY(page, "Section `%s`.\n", "Avsnittet `%s`.\n"), section);
    append_heads(page);
    append_key(page, decl);
}

/* ---- what can be referred to ---- */

/* A title as it is when the plan says nothing: defaults put in, dots for what has none; what has
 * filters ("före:…") and no default is taken for a part that may be missing. */
static void append_title(GString *out, const SatsText *text) {
    for (guint i = 0; text != NULL && i < text->n_pieces; i++) {
        const SatsTextPiece *piece = &text->pieces[i];
        const SatsDecl *decl = piece->expr != NULL ? piece->expr->path.decl : NULL;
        const char *gap = piece->expr != NULL && piece->expr->n_filters > 0 ? "" : "…";
        append_plain(out, piece->literal != NULL                   ? piece->literal
                          : decl != NULL && decl->fallback != NULL ? decl->fallback
                                                                   : gap);
    }
}

static void append_target(const Page *page, GHashTable *seen, const SatsText *id, const char *kind,
                          const SatsText *title) {
    if (id == NULL || id->n_pieces != 1 || id->pieces[0].literal == NULL ||
        !g_hash_table_add(seen, (gpointer)(gsize)id->pieces[0].literal)) {
        return;
    }
    if (g_hash_table_size(seen) == 1) {
        g_string_append(page->out, SAY(page, "\n| id | | title |\n|---|---|---|\n",
                                       "\n| id | | rubrik |\n|---|---|---|\n"));
    }
    g_string_append(page->out, "| ");
    append_code(page->out, id->pieces[0].literal);
    g_string_append_printf(page->out, " | %s | ", kind);
    append_title(page->out, title);
    g_string_append(page->out, " |\n");
}

static void append_targets(const Page *page, GHashTable *seen, const SatsBlocks *blocks) {
    for (guint i = 0; i < blocks->n; i++) {
        const SatsBlock *block = blocks->items[i];
        if (block->kind == SATS_BLOCK_SECTION) {
            const SatsSectionBlock *section = block->as.section;
            append_target(page, seen, section->id, SAY(page, "section", "avsnitt"), section->title);
            append_targets(page, seen, &section->body);
        } else if (block->kind == SATS_BLOCK_TABLE) {
            append_target(page, seen, block->as.table->id, SAY(page, "table", "tabell"),
                          block->as.table->caption);
        } else if (block->kind == SATS_BLOCK_FIGURE) {
            append_target(page, seen, block->as.figure->id, SAY(page, "figure", "figur"),
                          block->as.figure->caption);
        } else if (block->kind == SATS_BLOCK_GROUP) {
            append_targets(page, seen, block->as.group);
        } else if (block->kind == SATS_BLOCK_COLUMNS) {
            for (guint j = 0; j < block->as.columns->n_columns; j++) {
                append_targets(page, seen, &block->as.columns->columns[j]);
            }
        }
    }
}

static void append_all_targets(const Page *page, const SatsTemplate *template_) {
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_string_append(
        page->out,
        SAY(page,
            "\n## What can be referred to\nIn a plan's text, `{{ref id}}` prints the number and "
            "`{{sidref id}}` the page, `[words](#id)` is a link.\n",
            "\n## Vad man kan hänvisa till\nI planens text ger `{{ref id}}` numret och "
            "`{{sidref id}}` sidan, `[ord](#id)` är en länk.\n"));
    append_targets(page, seen, &template_->body);
}

static void append_opening(const Page *page, const SatsTemplate *template_) {
    g_string_append_printf(page->out, "# %s\n",
                           template_->title != NULL ? template_->title : template_->name);
    if (template_->description != NULL) {
        g_string_append_printf(page->out, "\n%s\n", template_->description);
    }
    g_string_append_printf(
        page->out,
        SAY(page,
            "\nWhat a plan with `mall: %s` may hold. Written by `plansats reference %s` from the "
            "template's\ndeclarations; what the types mean, how numbers, texts and notes are "
            "written says `docs/plan-format.md`.\n"
            "\n*must*: `yes` is asked for whenever what it stands in is there; `when final` may "
            "wait, but shows a\nplaceholder until it is given. `a.b` is the key `b` in `a`, "
            "`a[].b` the key `b` in each item of the list `a`.\n"
            "\n## The document\n",
            "\nVad en plan med `mall: %s` kan innehålla. Sidan är skriven av `plansats reference "
            "%s` "
            "efter mallens\ndeklarationer. Vad typerna betyder och hur tal, text och noter skrivs "
            "står i `docs/plan-format.md`.\n"
            "\n*krävs*: `ja` så snart det som nyckeln står i finns; `slutligt` först i ett "
            "slutligt "
            "dokument, och tills dess\nvisas en platshållare. `a.b` är nyckeln `b` i `a`, "
            "`a[].b` nyckeln `b` i varje post i listan `a`.\n"
            "\n## Dokumentet\n"),
        template_->name, template_->name);
}

char *sats_template_reference(const SatsTemplate *template_, SatsLanguage language) {
    Page page = {g_string_new(NULL), g_string_new(NULL), language == SATS_LANGUAGE_SWEDISH};
    const SatsDecl *data = template_->data;
    append_opening(&page, template_);
    append_heads(&page);
    for (guint i = 0; i < data->n_keys; i++) {
        if (!stands_apart(data->keys[i])) {
            append_key(&page, data->keys[i]);
        }
    }
    for (guint i = 0; i < data->n_keys; i++) {
        if (stands_apart(data->keys[i])) {
            append_apart(&page, data->keys[i]);
        }
    }
    append_all_targets(&page, template_);
    g_string_free(page.path, TRUE);
    return g_string_free(page.out, FALSE);
}
