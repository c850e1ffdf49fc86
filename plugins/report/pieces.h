/* pieces.h: a long text written in large pieces, so that it never lies in memory as a whole. One
 * owner. */
#ifndef PLUGINS_REPORT_PIECES_H
#define PLUGINS_REPORT_PIECES_H
#include <stdbool.h>
#include <stddef.h>

enum { PIECE = 32 * 1024 };

/* Takes the next piece; true: go on. */
typedef bool piece_write(const char *bytes, size_t n, void *arg);

typedef struct piece_writer {
    piece_write *write;
    void *arg;
    bool refused; /* sticks: nothing is written any more */
    size_t n;
    char piece[PIECE];
} piece_writer;

/* Bytes go to write(.., arg) in pieces of PIECE bytes, the rest with pieces_flush. Once a piece was
 * refused, what follows is lost. */
void pieces_begin(piece_writer *p, piece_write *write, void *arg);
bool pieces_flush(piece_writer *p); /* false: this piece or one before was refused */
void pieces_put(piece_writer *p, const char *bytes, size_t n);
static inline void pieces_char(piece_writer *p, char c)
{
    if (p->n == PIECE)
        (void)pieces_flush(p);
    p->piece[p->n++] = c;
}
#endif
