/* bind/notes.c: footnotes, and the notes of a table with their calls. */
#include "bind/binder.h"

#include <string.h>

/* A NOTE with its mark and an empty paragraph for its text. */
static SatsNode *new_note(SatsBinder *binder, SatsNode *parent, const char *mark, SatsPlace place,
                          SatsNode **out_paragraph) {
    SatsNode *note = sats_bind_node(binder, parent, SATS_NODE_NOTE, place);
    note->as.note->mark = mark;
    if (mark != NULL) {
        SatsNode *label = sats_bind_node(binder, note, SATS_NODE_LABEL, place);
        sats_bind_add_run(binder, label, mark, 0, NULL, place);
    }
    *out_paragraph = sats_bind_node(binder, note, SATS_NODE_PARAGRAPH, place);
    return note;
}

SatsNode *sats_bind_footnote(SatsBinder *binder, SatsNode *block, SatsPlace place,
                             SatsNode **out_reference, const char **out_mark) {
    const char *mark = sats_arena_printf(binder->arena, "%u", binder->footnotes->len + 1);
    SatsNode *reference = sats_bind_node(binder, block, SATS_NODE_REFERENCE, place);
    SatsNode *paragraph = NULL;
    SatsNode *note = new_note(binder, block, mark, place, &paragraph);
    note->as.note->footnote = TRUE;
    note->as.note->call = reference;
    reference->as.link->note = note;
    reference->as.link->target = note;
    reference->alt =
        sats_arena_printf(binder->arena, "%s %s", sats_bind_word(binder, "fotnot", TRUE), mark);
    g_ptr_array_add(binder->footnotes, note);
    *out_reference = reference;
    *out_mark = mark;
    return paragraph;
}

SatsNode *sats_bind_note_call(SatsBinder *binder, SatsNode *block, const char *mark,
                              SatsPlace place) {
    SatsNode *reference = sats_bind_node(binder, block, SATS_NODE_REFERENCE, place);
    SatsNoteCall call = {reference, mark, place};
    if (binder->note_calls != NULL)
        g_array_append_val(binder->note_calls, call);
    else
        sats_report_add(binder->report, SATS_WARNING, "note-without-text", &place,
                        "the note mark '%s' stands outside a table",
                        "notmärket '%s' står utanför en tabell", mark);
    return reference;
}

SatsNode *sats_bind_table_note(SatsBinder *binder, SatsNode *notes, const char *mark,
                               SatsPlace place) {
    SatsNode *paragraph = NULL;
    new_note(binder, notes, mark, place, &paragraph);
    return paragraph;
}

void sats_bind_join_notes(SatsBinder *binder, GArray *calls, const SatsNode *notes) {
    g_autoptr(GHashTable) by_mark = g_hash_table_new(g_str_hash, g_str_equal);
    const SatsNode *first = notes == NULL ? NULL : notes->first_child;
    for (const SatsNode *note = first; note != NULL; note = note->next)
        if (note->as.note->mark != NULL)
            g_hash_table_insert(by_mark, (gpointer)(guintptr)note->as.note->mark,
                                (gpointer)(guintptr)note);
    for (guint i = 0; i < calls->len; i++) {
        const SatsNoteCall *call = &g_array_index(calls, SatsNoteCall, i);
        SatsNode *note = g_hash_table_lookup(by_mark, call->mark);
        if (note == NULL) {
            sats_report_add(binder->report, SATS_WARNING, "note-without-text", &call->place,
                            "the table has no note '%s'", "tabellen har ingen not med märket '%s'",
                            call->mark);
            continue;
        }
        call->reference->as.link->note = note;
        call->reference->as.link->target = note;
        call->reference->alt = call->mark;
        if (note->as.note->call == NULL)
            note->as.note->call = call->reference;
    }
    for (const SatsNode *note = first; note != NULL; note = note->next)
        if (note->as.note->mark != NULL && note->as.note->call == NULL &&
            !sats_text_is_placeholder(note->as.note->mark))
            sats_report_add(binder->report, SATS_WARNING, "text-without-mark", &note->place,
                            "nothing in the table calls the note '%s'",
                            "inget i tabellen hänvisar till noten '%s'", note->as.note->mark);
}
