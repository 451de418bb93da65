/* bind/plain.h: a text of the plan's without the asterisks that make it bold or italic. */
#ifndef SATS_BIND_PLAIN_H
#define SATS_BIND_PLAIN_H

#include <glib.h>

/* The text as it is written, but for the asterisks of bold and italic type: what is printed as an
 * asterisk stays, and so do list marks and all else. NULL: there are none to leave out. Caller
 * frees. */
char *sats_plain_text(const char *text, gsize length);

#endif
