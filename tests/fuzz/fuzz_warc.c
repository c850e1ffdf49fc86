/* The warc source over any bytes (plain, gzip, zstd), whole and in units: it ends, and each record
 * it gave is found again by its locator. */
#include "config.h"
#include "../unit/sources.h"
#include "warc/page.h"
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

extern const wn_plugin *winnow_plugin(void);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const types[] = {"response", "resource", "conversion"},
                         *const media[] = {"text/html", "text/plain"}, *const codes[] = {"200"};
static warc_options options = {{NULL, 0}, {types, 3}, {media, 2}, {codes, 1}};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    strbuf out = STRBUF_INIT;
    int fd = memfd_create("fuzz", 0);
    if (fd < 0 || (size > 0 && write(fd, data, size) != (ssize_t)size))
        abort();
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    source_run s = {.plugin = winnow_plugin(),
                    .options = &options,
                    .max_record = 100000,
                    .fetcher = fetcher_new(100000)};
    for (size_t parts = 1; parts <= 3; parts++) {
        source_read(&s, path, size / parts + 1, &out);
        if (s.wrong > 0 || s.documents + s.rejects > 4 * size + 16)
            abort();
    }
    fetcher_free(s.fetcher);
    strbuf_release(&out);
    (void)close(fd);
    return 0;
}
