/* bind/bind.h: a template and a plan's values become a document.
 *
 * bind walks the template's blocks with the plan's values in scope, puts values into its strings,
 * parses the small Markdown, numbers sections, tables and figures, resolves cross-references and
 * footnotes, and builds the semantic tree with its roles. Nothing after it invents structure.
 */
#ifndef SATS_BIND_BIND_H
#define SATS_BIND_BIND_H

#include "document/node.h"
#include "template/template.h"

typedef struct {
    gboolean final_; /* no draft marks, no watermark; placeholders are errors */
    guint8 *used;    /* by SatsDecl.index: set to 1 where the document shows what was declared;
                        SatsTemplate.n_decls of them, the caller's; NULL: not kept */
} SatsBindOptions;

/* Always returns a document, however poor; findings (unknown references, notes without text, text
 * without mark …) go to `report`. The template and values must outlive it. */
SatsDocument *sats_bind(const SatsTemplate *template_, const SatsValue *plan,
                        const SatsBindOptions *options, SatsReport *report);

#endif
