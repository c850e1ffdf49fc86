/* elf.h: is a shared object whole? The system's loader maps what the headers of a file say without
 * a look at its size; the first touch of what is not there is a SIGBUS. */
#ifndef CORE_CONFIG_ELF_H
#define CORE_CONFIG_ELF_H
#include <stdbool.h>
#include <stdint.h>

/* Are all ranges that the headers of the ELF file name within it? false: *ret_size bytes are there
 * and at least *ret_need should be. A file that cannot be read, is no ELF file or is of the other
 * byte order: true, the loader has words for it. */
bool elf_is_whole(const char *path, uint64_t *ret_size, uint64_t *ret_need);
#endif
