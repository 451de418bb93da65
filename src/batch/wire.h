/* batch/wire.h: messages over a socket: a length of four bytes (little end first), then the text.
 */
#ifndef SATS_BATCH_WIRE_H
#define SATS_BATCH_WIRE_H

#include <glib.h>

#define SATS_WIRE_MAX_BYTES (64U << 20)

/* Waits until all is sent. FALSE: the other end is gone. */
gboolean sats_wire_send(int descriptor, const char *text);
/* Waits for one message. NULL: the other end is gone. */
char *sats_wire_receive(int descriptor);

/* For the one who must not wait: takes what is there into `buffer`. FALSE: the other end is gone.
 */
gboolean sats_wire_read(int descriptor, GByteArray *buffer);
/* Takes the first whole message out of `buffer`; NULL: not all of it has come. *out_broken (may not
 * be NULL): what stands there is no message. */
char *sats_wire_take(GByteArray *buffer, gboolean *out_broken);

#endif
