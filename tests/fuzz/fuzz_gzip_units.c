/* Lines of any bytes (plain, gzip, zstd) in units of several sizes: reading ends; what does not
 * start like a compressed file gives the same lines for every size. The first byte chooses: the
 * bytes as they are, or packed in members. */
#include "config.h"
#include "../unit/files.h"
#include "../unit/opened.h"
#include <sys/mman.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const wn_host host = {.struct_size = sizeof host};

static wn_status sync_line(wn_stage *stage, wn_input *in, wn_error *err)
{
    wn_record r;
    (void)stage;
    return input_line(in, &r, err);
}

static const wn_plugin lines = {WN_PLUGIN_HEAD, .name = "lines", .sync = sync_line};

/* Did the unit end where the next begins? Else the run would end with an error instead of doubled
 * records. */
static bool read_unit(const opened *o, size_t unit, strbuf *out)
{
    input *in = NULL;
    wn_error err = WN_ERROR_INIT;
    wn_record r;
    if (input_open(&host, o->files, unit, 1000, &in, &err) != WN_OK ||
        input_sync(in, &lines, NULL, &err) != WN_OK)
        abort();
    for (size_t n = 0; input_in_unit(input_handle(in)); n++) {
        err = (wn_error)WN_ERROR_INIT;
        wn_status status = input_line(input_handle(in), &r, &err);
        if (status == WN_OK)
            strbuf_add(out, r.bytes.p, r.bytes.len);
        strbuf_printf(out, "\n%d;", (int)status);
        if (n > 100000000)
            abort();
    }
    bool overran = input_overran(in);
    input_close(in);
    input_files_done(o->files, unit);
    return !overran;
}

static bool read_all(const char *path, size_t split, strbuf *out)
{
    opened o;
    wn_error err = WN_ERROR_INIT;
    strbuf_clear(out);
    if (opened_make(&o, path, true, split, &err) != WN_OK)
        abort();
    bool agree = true;
    for (size_t i = 0; i < o.n; i++)
        agree = read_unit(&o, i, out) && agree;
    opened_end(&o);
    return agree;
}

static void check(const char *bytes, size_t size, bool same)
{
    char path[64];
    strbuf want = STRBUF_INIT, got = STRBUF_INIT;
    int fd = memfd_create("fuzz", 0);
    if (fd < 0 || (size > 0 && write(fd, bytes, size) != (ssize_t)size))
        abort();
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    (void)read_all(path, size + 1, &want);
    for (size_t parts = 2; parts < 9; parts += 3) {
        bool agree = read_all(path, size / parts + 1, &got);
        if (same && agree &&
            (got.len != want.len || (got.len > 0 && memcmp(got.p, want.p, got.len) != 0)))
            abort();
    }
    strbuf_release(&want), strbuf_release(&got);
    (void)close(fd);
}

static bool looks_packed(const uint8_t *p, size_t n)
{
    return n >= 2 && ((p[0] == 0x1f && p[1] == 0x8b) || p[0] == 0x28 || (p[0] & 0xf0) == 0x50);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    strbuf packed = STRBUF_INIT;
    if (size == 0)
        return 0;
    const char *bytes = (const char *)data + 1;
    if (data[0] % 4 < 2) {
        check(bytes, size - 1, !looks_packed(data + 1, size - 1));
    } else {
        pack(&packed, data[0] % 4 == 3, bytes, size - 1, 1 + data[0] / 4);
        check(packed.p, packed.len, true);
    }
    strbuf_release(&packed);
    return 0;
}
