/* engine/changes.h: how a changed document is marked. Private to the engine's changes*.c.
 *
 * Both plans are bound, and the two documents are walked side by side: what reads is compared, with
 * its numbers written out and its references resolved. In the new document the words that came are
 * given to spans, the words that went are put in as spans, and what holds them gets a bar.
 *
 *   changes.c        the list of changes, as text and JSON
 *   changes-align.c  which node was which
 *   changes-mark.c   the words of one text block
 *   changes-front.c  the table of changes, before the first section
 *   changes-where.c  where a change is, as that table says it
 *   changes-numbers.c  the plans' numbers, as that table writes them
 */
#ifndef SATS_ENGINE_CHANGES_H
#define SATS_ENGINE_CHANGES_H

#include "data/diff.h"
#include "document/node.h"
#include "template/template.h"

/* Marks all of the new document. Copies what it takes from the old one. */
void sats_changes_align(const SatsDocument *old_document, SatsDocument *new_document);

/* What a text block reads as, for comparing: without numbers that the engine gave, page numbers and
 * calls of notes. Caller frees. */
char *sats_changes_text(const SatsNode *block);
/* Marks the words by which `block` differs from `old_block` (NULL: all of them came). FALSE: none.
 */
gboolean sats_changes_mark_words(SatsDocument *document, SatsNode *block,
                                 const SatsNode *old_block);
/* Gives `block`, which is empty, all the words of `old_block`, as ones that went. */
void sats_changes_mark_gone(SatsDocument *document, SatsNode *block, const SatsNode *old_block);

/* Adds to `numbers` what the declarations or a table of the plan's own print as a number, or with
 * bold and italic type: the SatsValue, borrowed, and its text as printed, in the arena. */
void sats_changes_numbers(const SatsDecl *data, const SatsValue *root, SatsArena *arena,
                          GHashTable *numbers);

/* Which headings the words of two documents stand under, by the words' places in the files. Borrows
 * from both documents. */
typedef struct SatsChangePlaces SatsChangePlaces;
SatsChangePlaces *sats_change_places_new(const SatsDocument *new_document,
                                         const SatsDocument *old_document);
void sats_change_places_free(SatsChangePlaces *places);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SatsChangePlaces, sats_change_places_free)
/* "5 Plan för genomförande" and " › RF24-26 › tidplan": the heading over the value, NULL for what
 * no page shows, and what names the items it is in, and its key; without a heading the whole path.
 * Caller frees both. */
char *sats_change_where(const SatsChangePlaces *places, const SatsChange *change,
                        char **out_heading);

/* What holds the list that a row is in: the name of the item, else the list's key. Caller frees. */
char *sats_change_holder(const char *path);

/* Puts a section with a table of the changes on pages of its own, before the first section, so that
 * the first page stays as it is. `numbers`: by the values of both plans, see above. */
void sats_changes_front(SatsDocument *document, const SatsDocument *old_document,
                        const SatsDiff *diff, GHashTable *numbers);

#endif
