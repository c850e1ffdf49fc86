/* elf.c: see elf.h. */
#include "config/elf.h"
#include <elf.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct image {
    int fd;
    bool wide; /* ELF of 64 bits */
    uint64_t size, need;
} image;

/* What a header says of a range, of both classes alike. */
typedef struct range {
    uint64_t offset, length;
} range;

/* What the file header says of its tables. */
typedef struct tables {
    range programs, sections; /* length: of one entry */
    uint64_t n_programs, n_sections;
} tables;

static void need(image *f, range r)
{
    uint64_t end = r.length > UINT64_MAX - r.offset ? UINT64_MAX : r.offset + r.length;
    if (r.length > 0)
        f->need = end > f->need ? end : f->need;
}

/* false: it is not all there, and then the file is known to be cut. */
static bool read_at(image *f, uint64_t offset, void *to, size_t n)
{
    need(f, (range){offset, n});
    return f->need <= f->size && pread(f->fd, to, n, (off_t)offset) == (ssize_t)n;
}

static bool read_tables(image *f, tables *ret)
{
    union {
        Elf64_Ehdr wide;
        Elf32_Ehdr narrow;
    } h;
    if (!read_at(f, 0, &h, f->wide ? sizeof h.wide : sizeof h.narrow))
        return false;
    *ret = f->wide ? (tables){{h.wide.e_phoff, h.wide.e_phentsize},
                              {h.wide.e_shoff, h.wide.e_shentsize},
                              h.wide.e_phnum,
                              h.wide.e_shnum}
                   : (tables){{h.narrow.e_phoff, h.narrow.e_phentsize},
                              {h.narrow.e_shoff, h.narrow.e_shentsize},
                              h.narrow.e_phnum,
                              h.narrow.e_shnum};
    return true;
}

static bool read_program(image *f, uint64_t at)
{
    union {
        Elf64_Phdr wide;
        Elf32_Phdr narrow;
    } h;
    if (!read_at(f, at, &h, f->wide ? sizeof h.wide : sizeof h.narrow))
        return false;
    need(f, f->wide ? (range){h.wide.p_offset, h.wide.p_filesz}
                    : (range){h.narrow.p_offset, h.narrow.p_filesz});
    return true;
}

static bool read_section(image *f, uint64_t at)
{
    union {
        Elf64_Shdr wide;
        Elf32_Shdr narrow;
    } h;
    if (!read_at(f, at, &h, f->wide ? sizeof h.wide : sizeof h.narrow))
        return false;
    uint32_t type = f->wide ? h.wide.sh_type : h.narrow.sh_type;
    if (type != SHT_NOBITS && type != SHT_NULL)
        need(f, f->wide ? (range){h.wide.sh_offset, h.wide.sh_size}
                        : (range){h.narrow.sh_offset, h.narrow.sh_size});
    return true;
}

static void read_table(image *f, range entry, uint64_t n, bool (*read_one)(image *f, uint64_t at))
{
    if (entry.offset == 0)
        return;
    need(f, (range){entry.offset, n * entry.length});
    for (uint64_t i = 0; i < n && f->need <= f->size; i++)
        if (!read_one(f, entry.offset + i * entry.length))
            return;
}

static void read_all(image *f)
{
    unsigned char ident[EI_NIDENT];
    const uint16_t one = 1;
    const unsigned char order = *(const unsigned char *)&one == 1 ? ELFDATA2LSB : ELFDATA2MSB;
    tables t;
    if (f->size < SELFMAG || pread(f->fd, ident, SELFMAG, 0) != SELFMAG ||
        memcmp(ident, ELFMAG, SELFMAG) != 0)
        return;
    if (!read_at(f, 0, ident, sizeof ident) || ident[EI_DATA] != order)
        return;
    f->wide = ident[EI_CLASS] == ELFCLASS64;
    if ((!f->wide && ident[EI_CLASS] != ELFCLASS32) || !read_tables(f, &t))
        return;
    read_table(f, t.programs, t.n_programs, read_program);
    read_table(f, t.sections, t.n_sections, read_section);
}

bool elf_is_whole(const char *path, uint64_t *ret_size, uint64_t *ret_need)
{
    struct stat st;
    image f = {.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (f.fd < 0)
        return true;
    if (fstat(f.fd, &st) == 0 && S_ISREG(st.st_mode)) {
        f.size = (uint64_t)st.st_size;
        read_all(&f);
    }
    (void)close(f.fd);
    *ret_size = f.size;
    *ret_need = f.need;
    return f.need <= f.size;
}
