/* pdf/internal.h: what the files of src/pdf share: the SatsPdf and its parts.
 *
 *   pdf.c        the device and the order of things at the end; catalog
 *   content.c    a page's graphics, text.c its text      -> content stream
 *   pages.c      pages, page tree, labels
 *   structure.c  marked content -> structure elements; elements.c writes them
 *   fonts.c      which glyphs are used and what they read as; font-file.c writes them
 *   images.c links.c forms.c outline.c attach.c metadata.c
 *
 * Numbers of structure elements are reserved for the whole tree at the start: a page's entry in the
 * parent tree is written when the page ends, and nothing of a page stays in memory but 16 bytes for
 * each piece of its content.
 */
#ifndef SATS_PDF_INTERNAL_H
#define SATS_PDF_INTERNAL_H

#include "pdf/content.h"
#include "pdf/fonts.h"
#include "pdf/writer.h"

/* ---- structure ---- */

enum { SATS_KID_OBJECT = G_MAXUINT32 }; /* `order` of an annotation: after the content */

/* A kid of an element that is no element: marked content, or an annotation. */
typedef struct {
    guint32 next;  /* index of the owner's kid before this one; 0 none */
    guint32 page;  /* index */
    guint32 value; /* MCID, or the annotation's object number */
    guint32 order; /* among the owner's kids; SATS_KID_OBJECT */
} SatsKid;

typedef struct {
    guint32 *element; /* by node id: object number of the node's element, or of its parent's */
    guint32 *kids;    /* by node id: newest SatsKid; 0 none */
    guint32 n_nodes;
    guint32 root, parent_tree;
    GArray *store;   /* SatsKid; 0 is not used */
    GArray *parents; /* by structure parent key: object number (array of a page, or an element) */
    GArray *page_elements; /* of the open page, by MCID: element */
    GHashTable *boxes;     /* figure's node id -> SatsFigureBox */
} SatsStructure;

typedef struct {
    guint32 page;
    gboolean several_pages;
    double x0, y0, x1, y1; /* points, y up */
} SatsFigureBox;

/* ---- pages ---- */

typedef struct {
    double x_pt, y_pt; /* y up */
    guint32 page;
} SatsAnchor;

typedef struct {
    guint32 page;  /* first page of the range */
    guint32 start; /* decimal number; 0: `text` */
    char *text;
} SatsLabelRange;

typedef struct {
    GArray *numbers;    /* object number by page index */
    GArray *parents;    /* leaf nodes of the page tree */
    GArray *labels;     /* SatsLabelRange */
    guint32 next_label; /* decimal label that would continue the last range; 0 none */
    gboolean open;
    guint32 number; /* the open page's object */
    guint32 structure_key;
    double width_pt, height_pt;
    GArray *annotations; /* of the open page: object numbers */
    GArray *images;      /* of the open page: indexes of SatsPdf.images */
    GHashTable *anchors; /* node -> SatsAnchor */
} SatsPages;

typedef struct {
    const SatsNode *owner;
    guint32 number, key, page;
    gint64 x0, y0, x1, y1; /* hundredths of a point, y up */
} SatsLinkArea;

typedef struct {
    const SatsImage *image;
    guint32 number;
    guint32 page; /* last page that shows it, plus 1 */
} SatsPdfImage;

/* ---- the document ---- */

struct SatsPdf {
    SatsDevice device; /* first */
    const SatsDocument *document;
    SatsPdfOptions options;
    SatsWriter *writer;
    SatsContent content;
    SatsGlyphFonts fonts;
    SatsStructure structure;
    SatsPages pages;
    GArray *links;  /* SatsLinkArea: destinations may be on later pages */
    GArray *fields; /* object numbers */
    GHashTable *field_names;
    GArray *images;              /* SatsPdfImage */
    GHashTable *image_index;     /* image -> index + 1 */
    guint32 *attachment_numbers; /* of their streams */
    /* the open bracket: see pdf.c */
    int bracket, wanted;
    gboolean ended, alternative;
    gboolean drawn; /* paths, but no text, in the alternative; from where */
    double drawn_x_pt, drawn_y_pt;
    const SatsNode *owner;
    guint order;
    SatsArtifact artifact;
    const SatsNode *figure; /* its box is being measured */
    gboolean finished;
};

/* structure.c */
void sats_structure_init(SatsPdf *pdf);
void sats_structure_clear(SatsPdf *pdf);
guint32 sats_structure_element(const SatsPdf *pdf, const SatsNode *node);
/* The node whose element holds what `node` owns. */
const SatsNode *sats_structure_holder(const SatsNode *node);
/* The node after `node` in preorder; NULL after the last. */
const SatsNode *sats_structure_next(const SatsNode *node);
/* A REFERENCE that is a link has a Link element inside (PDF/UA-1, 7.18.5). */
gboolean sats_structure_has_inner_link(const SatsNode *node);
/* New marked content on the open page; its MCID. */
guint32 sats_structure_content(SatsPdf *pdf, const SatsNode *owner, guint order);
/* A new key of the parent tree whose value is the owner's element, which gets `number` as kid. */
guint32 sats_structure_annotation(SatsPdf *pdf, const SatsNode *owner, guint32 number);
guint32 sats_structure_new_key(SatsPdf *pdf, guint32 value);
void sats_structure_end_page(SatsPdf *pdf, guint32 key);
void sats_structure_measure(SatsPdf *pdf, const SatsNode *figure, const double box[4]);
const SatsKid *sats_structure_first_kid(const SatsPdf *pdf, const SatsNode *node);
/* elements.c: writes all elements and the trees; the root is pdf->structure.root. */
void sats_structure_write(SatsPdf *pdf);

/* pages.c */
void sats_pages_init(SatsPdf *pdf);
void sats_pages_clear(SatsPdf *pdf);
void sats_pages_begin(SatsPdf *pdf, double width_pt, double height_pt, const char *label);
void sats_pages_end(SatsPdf *pdf);
guint32 sats_pages_index(const SatsPdf *pdf);
/* Object number of page `index`. */
guint32 sats_pages_number(const SatsPdf *pdf, guint32 index);
void sats_pages_anchor(SatsPdf *pdf, const SatsNode *node, double x_pt, double y_pt);
/* "[12 0 R/XYZ 56 700 0]"; FALSE and nothing written when the node is on no page. */
gboolean sats_pages_put_destination(const SatsPdf *pdf, const SatsNode *node, SatsOut *out);
/* Writes the page tree; its root's number. */
guint32 sats_pages_write_tree(SatsPdf *pdf);
void sats_pages_put_labels(const SatsPdf *pdf, SatsOut *out);

/* images.c: the image's name on the page is /I<index>. */
guint32 sats_images_use(SatsPdf *pdf, const SatsImage *image);
guint32 sats_images_number(const SatsPdf *pdf, guint32 index);

/* links.c, forms.c */
void sats_links_add(SatsPdf *pdf, const SatsNode *owner, const SatsRect *rects, guint n_rects);
void sats_links_write(SatsPdf *pdf);
void sats_forms_add(SatsPdf *pdf, const SatsNode *owner, const SatsRect *rect);
void sats_forms_put(const SatsPdf *pdf, SatsOut *out);

/* outline.c; metadata.c, below: object number, 0 when there is nothing to write */
guint32 sats_outline_write(SatsPdf *pdf);

/* attach.c */
/* Hands the attachments on to be deflated: most of them before the first page, while it is being
 * set; large ones, which would keep pages waiting, and what is too many, after the last. */
void sats_attach_init(SatsPdf *pdf);
void sats_attach_write_rest(SatsPdf *pdf);
/* Puts "/AF[…]" and "/Names<<…>>"; FALSE and nothing when there are no attachments. */
gboolean sats_attach_write(SatsPdf *pdf, SatsOut *out_af, SatsOut *out_names);
/* A date as a PDF string: "(D:20200301)". */
void sats_metadata_put_date(SatsOut *out, const char *iso);
guint32 sats_metadata_write(SatsPdf *pdf);
guint32 sats_metadata_write_info(SatsPdf *pdf);

#endif
