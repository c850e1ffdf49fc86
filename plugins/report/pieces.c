/* pieces.c: see pieces.h. */
#include "report/pieces.h"

#include <string.h>

void pieces_begin(piece_writer *p, piece_write *write, void *arg)
{
    p->write = write;
    p->arg = arg;
    p->refused = false;
    p->n = 0;
}

bool pieces_flush(piece_writer *p)
{
    p->refused = p->refused || !p->write(p->piece, p->n, p->arg);
    p->n = 0;
    return !p->refused;
}

void pieces_put(piece_writer *p, const char *bytes, size_t n)
{
    while (n > PIECE - p->n) {
        size_t room = PIECE - p->n;
        memcpy(p->piece + p->n, bytes, room);
        p->n = PIECE;
        bytes += room, n -= room;
        (void)pieces_flush(p);
    }
    if (n > 0)
        memcpy(p->piece + p->n, bytes, n);
    p->n += n;
}
