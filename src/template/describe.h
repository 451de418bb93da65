/* template/describe.h: what a template's declarations say, for people and editors.
 *
 * All come from the one declaration of the data, as validation does; nothing is declared twice.
 */
#ifndef SATS_TEMPLATE_DESCRIBE_H
#define SATS_TEMPLATE_DESCRIBE_H

#include "base/report.h"
#include "template/template.h"

/* A JSON Schema (2020-12) that accepts what sats_template_validate() accepts, as far as a schema
 * can tell. Caller frees with g_free(). */
char *sats_template_schema(const SatsTemplate *template_);

/* A plan with every key, its help and an example, that renders at once as a draft full of visible
 * placeholders. `name` is what it calls its template. Comments in Swedish, the language of plans.
 * Caller frees with g_free(). */
char *sats_template_scaffold(const SatsTemplate *template_, const char *name);

/* Is this the scalar that a scaffold gives for the declaration: its default, a placeholder, 0, the
 * first of the choices …? */
gboolean sats_scaffold_gives(const SatsDecl *decl, const char *text);

/* The reference page, in Markdown: each key with its type, obligation, help, limits, default and
 * example. Help stands as the template has it, the page's own words in `language`. Caller frees
 * with g_free(). */
char *sats_template_reference(const SatsTemplate *template_, SatsLanguage language);

#endif
