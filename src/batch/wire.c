/* batch/wire.c: length and text over a socket. */
#include "batch/wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#define HEAD_BYTES 4

static gboolean send_all(int descriptor, const void *bytes, gsize size) {
    const guint8 *at = bytes;
    while (size > 0) {
        ssize_t n = send(descriptor, at, size, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return FALSE;
        }
        at += n;
        size -= (gsize)n;
    }
    return TRUE;
}

static gboolean receive_all(int descriptor, void *bytes, gsize size) {
    guint8 *at = bytes;
    while (size > 0) {
        ssize_t n = recv(descriptor, at, size, 0);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return FALSE;
        }
        at += n;
        size -= (gsize)n;
    }
    return TRUE;
}

gboolean sats_wire_send(int descriptor, const char *text) {
    gsize length = strlen(text);
    if (length > SATS_WIRE_MAX_BYTES) {
        return FALSE;
    }
    guint32 head = GUINT32_TO_LE((guint32)length);
    return send_all(descriptor, &head, sizeof head) && send_all(descriptor, text, length);
}

char *sats_wire_receive(int descriptor) {
    guint32 head = 0;
    if (!receive_all(descriptor, &head, sizeof head) ||
        GUINT32_FROM_LE(head) > SATS_WIRE_MAX_BYTES) {
        return NULL;
    }
    gsize length = GUINT32_FROM_LE(head);
    g_autofree char *text = g_malloc(length + 1);
    text[length] = '\0';
    return receive_all(descriptor, text, length) ? g_steal_pointer(&text) : NULL;
}

gboolean sats_wire_read(int descriptor, GByteArray *buffer) {
    guint8 bytes[16384];
    for (;;) {
        ssize_t n = recv(descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
        if (n > 0) {
            g_byte_array_append(buffer, bytes, (guint)n);
            if ((gsize)n < sizeof bytes || buffer->len > SATS_WIRE_MAX_BYTES + HEAD_BYTES) {
                return TRUE;
            }
        } else if (n == 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)) {
            return FALSE;
        } else if (errno != EINTR) {
            return TRUE;
        }
    }
}

char *sats_wire_take(GByteArray *buffer, gboolean *out_broken) {
    guint32 head = 0;
    *out_broken = FALSE;
    if (buffer->len < HEAD_BYTES) {
        return NULL;
    }
    memcpy(&head, buffer->data, sizeof head);
    guint32 length = GUINT32_FROM_LE(head);
    *out_broken = length > SATS_WIRE_MAX_BYTES;
    if (*out_broken || buffer->len - HEAD_BYTES < length) {
        return NULL;
    }
    char *text = g_strndup((const char *)buffer->data + HEAD_BYTES, length);
    g_byte_array_remove_range(buffer, 0, HEAD_BYTES + length);
    return text;
}
