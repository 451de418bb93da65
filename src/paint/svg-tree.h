/* paint/svg-tree.h: an SVG file as a tree of elements, before it is drawn.
 *
 * Life: parse -> walk -> free of the arena and of the tree. Elements of other namespaces (editors'
 * own) and all below them are left out, and the svg prefix, if any, is taken off the names.
 */
#ifndef SATS_PAINT_SVG_TREE_H
#define SATS_PAINT_SVG_TREE_H

#include "base/arena.h"
#include "paint/svg-style.h"

#define SATS_SVG_MAX_BYTES    (8u << 20)
#define SATS_SVG_MAX_DEPTH    64u
#define SATS_SVG_MAX_ELEMENTS 50000u

typedef struct SatsSvgNode SatsSvgNode;
struct SatsSvgNode {
    const char *name;
    const char *const *attributes; /* name, value, …, NULL */
    SatsSvgNode *parent, *first_child, *last_child, *next;
    int line;
};

typedef struct {
    SatsSvgNode *root;
    GHashTable *ids; /* id -> node */
    SatsSvgSheet *sheet;
} SatsSvgTree;

/* Nodes live in the arena; ids and sheet are freed with sats_svg_tree_clear(), also on failure. */
gboolean sats_svg_tree_parse(const char *text, gsize length, SatsArena *arena, SatsSvgTree *tree,
                             GError **error);
void sats_svg_tree_clear(SatsSvgTree *tree);
/* NULL when the element does not have it. */
const char *sats_svg_attribute(const SatsSvgNode *node, const char *name);

#endif
