/* bind/numbering.c: numbers of sections, tables and figures; cross-references; contents.
 *
 * Numbers are given as the walk meets things. What names a thing that may come later (a reference,
 * a contents list, the count of placeholders) is written empty and kept as pending;
 * sats_bind_resolve() fills all of it when the walk is done. */
#include "bind/binder.h"

#include <string.h>

const char *sats_bind_word(SatsBinder *binder, const char *name, gboolean capital) {
    const char *word = sats_theme_word(binder->theme, name);
    gunichar first = g_utf8_get_char(word);
    char utf8[7] = {0};
    g_unichar_to_utf8(capital ? g_unichar_toupper(first) : g_unichar_tolower(first), utf8);
    return sats_arena_printf(binder->arena, "%s%s", utf8, g_utf8_next_char(word));
}

/* ---- targets ---- */

static SatsTarget *add_target(SatsBinder *binder, SatsTarget target) {
    SatsTarget *kept = sats_arena_memdup(binder->arena, &target, sizeof target);
    g_ptr_array_add(binder->targets, kept);
    if (kept->id == NULL)
        return kept;
    if (g_hash_table_contains(binder->targets_by_id, kept->id))
        sats_report_add(binder->report, SATS_ERROR, "duplicate-id", &kept->node->place,
                        "the id '%s' is used twice", "id:t '%s' används två gånger", kept->id);
    else
        g_hash_table_insert(binder->targets_by_id, (gpointer)(guintptr)kept->id, kept);
    return kept;
}

/* ---- sections ---- */

/* "Bilaga 9 a" → "9a": what numbers below it begin with. */
static const char *short_number(SatsBinder *binder, const char *number) {
    const char *digit = number;
    while (*digit != '\0' && !g_ascii_isdigit(*digit))
        digit++;
    if (*digit == '\0')
        return NULL;
    GString *result = g_string_new(NULL);
    for (; *digit != '\0'; digit = g_utf8_next_char(digit))
        if (g_unichar_isalnum(g_utf8_get_char(digit)) || *digit == '.')
            g_string_append_unichar(result, g_utf8_get_char(digit));
    if (result->len > 0 && result->str[result->len - 1] == '.')
        g_string_truncate(result, result->len - 1);
    const char *kept = sats_arena_strdup(binder->arena, result->str);
    g_string_free(result, TRUE);
    return kept;
}

/* The number of the next section at `level`, and what the ones below begin with. */
static const char *count_section(SatsBinder *binder, int level, const SatsSectionOptions *options) {
    const char *number = options->number;
    if (number != NULL) {
        binder->prefix[level] = short_number(binder, number);
        return number;
    }
    if (options->appendix) {
        guint n = ++binder->n_appendices;
        /* "B1.1", for there is a section 1.1 too */
        binder->prefix[level] = sats_arena_printf(binder->arena, "B%u", n);
        return sats_arena_printf(binder->arena, "%s" SATS_NBSP "%u",
                                 sats_bind_word(binder, "bilaga", TRUE), n);
    }
    guint n = ++binder->counters[level];
    const char *above = NULL;
    for (int i = level - 1; i > 0 && above == NULL; i--)
        above = binder->prefix[i];
    if (above != NULL) {
        number = sats_arena_printf(binder->arena, "%s.%u", above, n);
        binder->prefix[level] = number;
        return number;
    }
    binder->prefix[level] = sats_arena_printf(binder->arena, "%u", n);
    gboolean stop = binder->template_->heading_number != NULL &&
                    g_str_has_suffix(binder->template_->heading_number, ".");
    return stop ? sats_arena_printf(binder->arena, "%u.", n) : binder->prefix[level];
}

static SatsRole heading_role(int level) {
    return (SatsRole)(SATS_ROLE_H1 + CLAMP(level, 1, 6) - 1);
}

/* ISO 14289-1, 7.4.2: no level is skipped on the way down. */
static SatsNode *new_heading(SatsBinder *binder, SatsNode *parent, int level, SatsPlace place) {
    SatsNode *heading = sats_bind_node(binder, parent, SATS_NODE_HEADING, place);
    heading->as.heading->level = CLAMP(level, 1, 6);
    level = CLAMP(level, 1, MIN(binder->heading_level + 1, 6));
    heading->role = (guint8)heading_role(level);
    binder->heading_level = level;
    return heading;
}

static SatsNode *section_node(SatsBinder *binder, SatsNode *parent, int level,
                              const SatsSectionOptions *options, SatsPlace place) {
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_SECTION, place);
    SatsSection *section = node->as.section;
    section->level = level;
    section->id = options->id;
    section->in_contents = options->in_contents;
    section->new_page = options->new_page;
    section->page_kind = options->page_kind;
    section->running = options->running;
    if (level == 0)
        node->role = SATS_ROLE_PART;
    return node;
}

SatsNode *sats_bind_section_begin(SatsBinder *binder, SatsNode *parent,
                                  const SatsSectionOptions *options, SatsPlace place,
                                  SatsNode **out_heading) {
    if (out_heading == NULL)
        return section_node(binder, parent, 0, options, place);
    binder->section_level++;
    int level = MIN(binder->section_level, 6);
    for (int i = level; i <= 6; i++) {
        binder->prefix[i] = NULL;
        if (i > level)
            binder->counters[i] = 0;
    }
    SatsNode *node = section_node(binder, parent, level, options, place);
    const char *number = options->numbered ? count_section(binder, level, options) : NULL;
    node->as.section->number = number;
    SatsNode *heading = new_heading(binder, node, level, place);
    heading->as.heading->number = number;
    if (number != NULL)
        sats_bind_add_run(binder, heading, sats_arena_printf(binder->arena, "%s ", number), 0, NULL,
                          place);
    *out_heading = heading;
    add_target(binder, (SatsTarget){.kind = SATS_TARGET_SECTION,
                                    .id = options->id,
                                    .number = number,
                                    .appendix = options->appendix || options->number != NULL,
                                    .in_contents = options->in_contents,
                                    .level = level,
                                    .node = heading,
                                    .text = heading,
                                    .skip_runs = heading->n_runs});
    return node;
}

void sats_bind_section_end(SatsBinder *binder) {
    binder->section_level = MAX(binder->section_level - 1, 0);
}

SatsNode *sats_bind_run_in_heading(SatsBinder *binder, SatsNode *parent, int below, int look,
                                   SatsPlace place) {
    SatsNode *heading = new_heading(binder, parent, binder->section_level + MAX(below, 1), place);
    heading->as.heading->level = CLAMP(look, 1, 6);
    heading->as.heading->run_in = TRUE;
    return heading;
}

/* ---- tables and figures ---- */

const char *sats_bind_caption_number(SatsBinder *binder, SatsTargetKind kind, SatsNode *node,
                                     SatsNode *caption, const char *id, gboolean numbered) {
    gboolean table = kind == SATS_TARGET_TABLE;
    const char *number = NULL, *label = NULL;
    if (numbered) {
        guint n = table ? ++binder->n_tables : ++binder->n_figures;
        number = sats_arena_printf(binder->arena, "%u", n);
        label = sats_arena_printf(binder->arena, "%s" SATS_NBSP "%s",
                                  sats_bind_word(binder, table ? "tabell" : "figur", TRUE), number);
    }
    if (label != NULL && caption != NULL) {
        const char *text = sats_arena_printf(binder->arena, "%s ", label);
        sats_bind_add_run(binder, caption, text, SATS_RUN_SEMIBOLD, NULL, caption->place);
    }
    add_target(binder, (SatsTarget){.kind = kind,
                                    .id = id,
                                    .number = number,
                                    .in_contents = number != NULL,
                                    .level = 1,
                                    .node = node,
                                    .text = caption,
                                    .skip_runs = caption != NULL ? caption->n_runs : 0});
    return label;
}

/* ---- references ---- */

static const char *target_title(SatsBinder *binder, const SatsTarget *target) {
    return target->text == NULL ? "" : sats_bind_runs_text(binder, target->text, target->skip_runs);
}

static const char *without_stop(SatsBinder *binder, const char *number) {
    gsize length = strlen(number);
    return length > 1 && number[length - 1] == '.'
               ? sats_arena_strndup(binder->arena, number, length - 1)
               : number;
}

/* "tabell 7", "avsnitt 3.1", "bilaga 9 a"; an unnumbered section's title. */
static const char *reference_text(SatsBinder *binder, const SatsTarget *target) {
    static const char *const words[] = {"avsnitt", "tabell", "figur"};
    if (target->number == NULL)
        return target_title(binder, target);
    const char *number = without_stop(binder, target->number);
    if (target->appendix) {
        gunichar first = g_unichar_tolower(g_utf8_get_char(number));
        char utf8[7] = {0};
        g_unichar_to_utf8(first, utf8);
        return sats_arena_printf(binder->arena, "%s%s", utf8, g_utf8_next_char(number));
    }
    return sats_arena_printf(binder->arena, "%s" SATS_NBSP "%s",
                             sats_bind_word(binder, words[target->kind], FALSE), number);
}

static void report_unknown(SatsBinder *binder, const SatsPending *pending) {
    guint n = 0;
    const char **ids = g_new0(const char *, g_hash_table_size(binder->targets_by_id) + 1);
    for (guint i = 0; i < binder->targets->len; i++) {
        const SatsTarget *target = g_ptr_array_index(binder->targets, i);
        if (target->id != NULL && g_hash_table_lookup(binder->targets_by_id, target->id) == target)
            ids[n++] = target->id;
    }
    sats_report_add(binder->report, SATS_ERROR, "unknown-reference", &pending->place,
                    "nothing has the id '%s'", "inget har id:t '%s'", pending->id);
    sats_report_suggest(binder->report, pending->id, ids, n);
    g_free(ids);
}

static void set_text(SatsRun *run, const char *text) {
    run->text = text;
    run->length = (guint32)strlen(text);
}

/* What the pending expression's filters make of a result. */
static const char *filtered(SatsBinder *binder, const SatsPending *pending, SatsResult result) {
    for (guint i = 0; pending->expr != NULL && i < pending->expr->n_filters; i++) {
        SatsFilterContext context = {.call = &pending->expr->filters[i],
                                     .fallback = pending->expr->path.spot,
                                     .arena = binder->arena,
                                     .report = binder->report};
        if (!sats_filter_apply(&context, &result))
            break;
    }
    return sats_result_text(&result, binder->arena);
}

static void resolve_reference(SatsBinder *binder, const SatsPending *pending) {
    const SatsTarget *target = g_hash_table_lookup(binder->targets_by_id, pending->id);
    SatsRun *run =
        pending->index < pending->block->n_runs ? &pending->block->runs[pending->index] : NULL;
    if (target == NULL) {
        report_unknown(binder, pending);
        if (run != NULL && !pending->keep_text) {
            run->kind = SATS_RUN_TEXT;
            run->flags |= SATS_RUN_PLACEHOLDER;
            set_text(run, "??");
        }
        return;
    }
    const char *text = reference_text(binder, target);
    if (pending->link != NULL) {
        pending->link->as.link->target = target->node;
        pending->link->alt = text;
    }
    if (run == NULL || pending->keep_text)
        return;
    if (pending->page)
        run->target = target->node;
    else
        set_text(run,
                 filtered(binder, pending, (SatsResult){.kind = SATS_RESULT_TEXT, .text = text}));
}

static void resolve_count(SatsBinder *binder, const SatsPending *pending) {
    SatsResult result = {.kind = SATS_RESULT_NUMBER,
                         .number = {.digits = binder->n_placeholders, .scale = 0},
                         .format = {.decimals = -1}};
    set_text(&pending->block->runs[pending->index], filtered(binder, pending, result));
}

/* ---- contents ---- */

static void add_entry(SatsBinder *binder, SatsNode *contents, const SatsTarget *target) {
    SatsPlace place = target->node->place;
    SatsNode *node = sats_bind_node(binder, contents, SATS_NODE_CONTENTS_ENTRY, place);
    node->as.entry->level = target->level;
    node->as.entry->title = target_title(binder, target);
    node->as.entry->target = target->node;
    node->as.entry->number = target->number;
    SatsNode *reference = sats_bind_node(binder, node, SATS_NODE_REFERENCE, place);
    reference->as.link->target = target->node;
    reference->alt = node->as.entry->title;
    const char *number = target->number;
    if (target->kind != SATS_TARGET_SECTION && number != NULL) {
        const char *word = target->kind == SATS_TARGET_TABLE ? "tabell" : "figur";
        number = sats_arena_printf(binder->arena, "%s" SATS_NBSP "%s",
                                   sats_bind_word(binder, word, TRUE), number);
        node->as.entry->number = number;
    }
    if (number != NULL) {
        reference->alt = sats_arena_printf(binder->arena, "%s %s", number, node->as.entry->title);
        number = sats_arena_printf(binder->arena, "%s ", number);
        sats_bind_add_run(binder, node, number, 0, reference, place);
    }
    for (guint i = target->skip_runs; target->text != NULL && i < target->text->n_runs; i++) {
        SatsRun run = target->text->runs[i];
        if (run.owner != NULL && run.owner->kind == SATS_NODE_REFERENCE &&
            (run.flags & SATS_RUN_NOTE_MARK) != 0)
            continue;
        if (run.kind == SATS_RUN_BREAK) {
            run.kind = SATS_RUN_TEXT;
            set_text(&run, " ");
        }
        run.owner = reference;
        *sats_bind_add_run(binder, node, "", 0, reference, place) = run;
    }
    sats_bind_add_run(binder, node, " ", 0, reference, place);
    SatsRun *page = sats_bind_add_run(binder, node, "", SATS_RUN_TABULAR, reference, place);
    page->kind = SATS_RUN_PAGE_NUMBER;
    page->target = target->node;
}

static void fill_contents(SatsBinder *binder, SatsNode *contents) {
    const SatsContents *spec = contents->as.contents;
    int depth = spec->depth > 0 ? spec->depth : 6;
    for (guint i = 0; i < binder->targets->len; i++) {
        const SatsTarget *target = g_ptr_array_index(binder->targets, i);
        if ((int)target->kind == (int)spec->kind && target->in_contents && target->level <= depth)
            add_entry(binder, contents, target);
    }
}

void sats_bind_resolve(SatsBinder *binder) {
    for (guint i = 0; i < binder->pending->len; i++) {
        const SatsPending *pending = &g_array_index(binder->pending, SatsPending, i);
        if (pending->id != NULL)
            resolve_reference(binder, pending);
        else
            resolve_count(binder, pending);
    }
    for (guint i = 0; i < binder->targets->len; i++) {
        const SatsTarget *target = g_ptr_array_index(binder->targets, i);
        if (target->kind == SATS_TARGET_SECTION)
            target->node->as.heading->title = target_title(binder, target);
    }
    for (guint i = 0; i < binder->contents->len; i++)
        fill_contents(binder, g_ptr_array_index(binder->contents, i));
}
