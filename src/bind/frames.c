/* bind/frames.c: the framed parts of a page: labelled fields, key figures, signatures.
 *
 * Their children stand in a fixed order, so that layout knows them by place as well as by style:
 *   FIELDS  [PARAGRAPH left, PARAGRAPH right,] FIELD … each PARAGRAPH label, PARAGRAPH value
 *   TILES   [PARAGRAPH title,] GROUP … each PARAGRAPH value, unit, text
 *   PARTY   PARAGRAPH name, label, place, date; FORM; PARAGRAPH label, label, person, role
 * One that has no text is there without runs and has no structure element. */
#include "bind/binder.h"

#include <string.h>

static SatsNode *add_paragraph(SatsBinder *binder, SatsNode *parent, const SatsText *text,
                               const char *style, SatsPlace place) {
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_PARAGRAPH, place);
    node->style = style;
    sats_bind_inline(binder, node, text, 0);
    if (node->n_runs == 0)
        node->role = SATS_ROLE_NONE;
    return node;
}

/* ---- fields ---- */

static void bind_field(SatsBinder *binder, gconstpointer item, gpointer data) {
    const SatsFieldSpec *spec = item;
    SatsNode *field = sats_bind_node(binder, data, SATS_NODE_FIELD, spec->guard.place);
    field->as.field->span = MAX(spec->span, 1u);
    add_paragraph(binder, field, spec->label, "field-label", spec->guard.place);
    add_paragraph(binder, field, spec->value, "field-value", spec->guard.place);
}

void sats_bind_fields(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    const SatsFieldsBlock *spec = block->as.fields;
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_FIELDS, block->guard.place);
    node->style = block->style;
    node->keep = TRUE;
    node->as.fields->per_row = MAX(spec->per_row, 1u);
    if (spec->left != NULL || spec->right != NULL) {
        node->as.fields->document_control = TRUE;
        add_paragraph(binder, node, spec->left, "block-left", block->guard.place);
        add_paragraph(binder, node, spec->right, "block-right", block->guard.place);
    }
    for (guint i = 0; i < spec->n_fields; i++)
        sats_bind_each(binder, &spec->fields[i].guard, bind_field, &spec->fields[i], node);
}

/* ---- tiles ---- */

/* With a space before it: it stands on one line with the value, also where both are copied. */
static void add_unit(SatsBinder *binder, SatsNode *tile, const SatsText *text, SatsPlace place) {
    SatsNode *unit = sats_bind_node(binder, tile, SATS_NODE_PARAGRAPH, place);
    unit->style = "tile-unit";
    sats_bind_add_run(binder, unit, SATS_NBSP, 0, NULL, place);
    sats_bind_inline(binder, unit, text, 0);
    if (unit->n_runs == 1) {
        unit->n_runs = 0;
        unit->role = SATS_ROLE_NONE;
    }
}

static void bind_tile(SatsBinder *binder, gconstpointer item, gpointer data) {
    const SatsTileSpec *spec = item;
    SatsNode *group = sats_bind_node(binder, data, SATS_NODE_GROUP, spec->guard.place);
    add_paragraph(binder, group, spec->value, "tile-value", spec->guard.place);
    add_unit(binder, group, spec->unit, spec->guard.place);
    add_paragraph(binder, group, spec->text, "tile-text", spec->guard.place);
}

void sats_bind_tiles(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    const SatsTilesBlock *spec = block->as.tiles;
    SatsNode *before = parent->last_child;
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_TILES, block->guard.place);
    node->style = block->style;
    node->keep = TRUE;
    node->as.tiles->per_row = MAX(spec->per_row, 1u);
    if (spec->title != NULL)
        add_paragraph(binder, node, spec->title, "tile-title", block->guard.place);
    const SatsNode *title = node->last_child;
    for (guint i = 0; i < spec->n_tiles; i++)
        sats_bind_each(binder, &spec->tiles[i].guard, bind_tile, &spec->tiles[i], node);
    if (node->last_child == title)
        sats_bind_drop_last(parent, before);
}

/* ---- signatures ---- */

/* Lower-case ASCII letters and digits with hyphens between: "region-vastmanland". */
static char *ascii_name(const char *text) {
    g_autofree char *ascii = g_str_to_ascii(text, "C");
    GString *name = g_string_new(NULL);
    for (const char *c = ascii; *c != '\0' && name->len < 60; c++) {
        if (g_ascii_isalnum(*c))
            g_string_append_c(name, g_ascii_tolower(*c));
        else if (name->len > 0 && name->str[name->len - 1] != '-')
            g_string_append_c(name, '-');
    }
    if (name->len > 0 && name->str[name->len - 1] == '-')
        g_string_truncate(name, name->len - 1);
    return g_string_free(name, FALSE);
}

static void add_label(SatsBinder *binder, SatsNode *party, const char *word, SatsPlace place) {
    SatsNode *node = sats_bind_node(binder, party, SATS_NODE_PARAGRAPH, place);
    node->style = "signature-label";
    sats_bind_add_run(binder, node, sats_theme_word(binder->theme, word), 0, NULL, place);
}

static void name_field(SatsBinder *binder, SatsNode *party, SatsNode *form, const SatsNode *name,
                       const SatsNode *person) {
    guint n = ++binder->n_signatures;
    const char *words = sats_bind_runs_text(binder, name, 0);
    const char *who = sats_bind_runs_text(binder, person, 0);
    g_autofree char *ascii = ascii_name(words);
    const char *label = sats_bind_word(binder, "underskrift", TRUE);
    party->as.party->field_name =
        sats_arena_printf(binder->arena, "underskrift-%u%s%s", n, *ascii != '\0' ? "-" : "", ascii);
    GString *tooltip = g_string_new(label);
    if (*words != '\0')
        g_string_append_printf(tooltip, ", %s", words);
    if (*who != '\0')
        g_string_append_printf(tooltip, ", %s", who);
    party->as.party->tooltip = sats_arena_strdup(binder->arena, tooltip->str);
    g_string_free(tooltip, TRUE);
    form->as.form->field_name = party->as.party->field_name;
    form->as.form->tooltip = party->as.party->tooltip;
    form->alt = party->as.party->tooltip;
}

static void bind_party(SatsBinder *binder, gconstpointer item, gpointer data) {
    const SatsPartySpec *spec = item;
    SatsPlace place = spec->guard.place;
    SatsNode *party = sats_bind_node(binder, data, SATS_NODE_PARTY, place);
    party->keep = TRUE;
    SatsNode *name = add_paragraph(binder, party, spec->name, "signature-party", place);
    add_label(binder, party, "ort-datum", place);
    add_paragraph(binder, party, spec->place, "signature-place", place);
    add_paragraph(binder, party, spec->date, "signature-place", place);
    SatsNode *form = sats_bind_node(binder, party, SATS_NODE_FORM, place);
    add_label(binder, party, "underskrift", place);
    add_label(binder, party, "namnförtydligande", place);
    SatsNode *person = add_paragraph(binder, party, spec->person, "signature-name", place);
    add_paragraph(binder, party, spec->role, "signature-role", place);
    name_field(binder, party, form, name, person);
}

void sats_bind_signatures(SatsBinder *binder, SatsNode *parent, const SatsBlock *block) {
    const SatsSignaturesBlock *spec = block->as.signatures;
    SatsNode *before = parent->last_child;
    SatsNode *node = sats_bind_node(binder, parent, SATS_NODE_SIGNATURES, block->guard.place);
    node->style = block->style;
    node->keep = TRUE;
    node->as.signatures->per_row = MAX(spec->per_row, 1u);
    for (guint i = 0; i < spec->n_parties; i++)
        sats_bind_each(binder, &spec->parties[i].guard, bind_party, &spec->parties[i], node);
    if (node->first_child == NULL)
        sats_bind_drop_last(parent, before);
}
