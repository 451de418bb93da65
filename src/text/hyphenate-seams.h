/* text/hyphenate-seams.h: the table of parts that compounds are made of, see its .c file. Not for
 * other folders. */
#ifndef SATS_TEXT_HYPHENATE_SEAMS_H
#define SATS_TEXT_HYPHENATE_SEAMS_H

/* UTF-8, lower case, NULL-terminated; the parts sorted by first letter. */
extern const char *const sats_seam_parts[];
extern const char *const sats_seam_links[];

#endif
