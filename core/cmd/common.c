/* common.c: what every command says the same way. */
#include "config.h"
#include "cmd/commands.h"
#include "util/show.h"
#include "util/utf8.h"
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int exit_status(wn_status status)
{
    switch (status) {
    case WN_OK: return EXIT_DONE;
    case WN_E_CONFIG:
    case WN_E_ABI: return EXIT_CONFIGURATION;
    case WN_E_DATA:
    case WN_E_LIMIT:
    case WN_E_STAGE: return EXIT_DATA;
    case WN_E_IO: return EXIT_IO;
    case WN_E_INTERRUPTED: return EXIT_INTERRUPTED;
    default: return EXIT_INTERNAL;
    }
}

void put_error(strbuf *out, const wn_error *err)
{
    if (err->where[0] != '\0')
        strbuf_printf(out, "%s:", err->where);
    if (err->where[0] != '\0' && err->line > 0)
        strbuf_printf(out, "%d:", err->line);
    if (err->where[0] != '\0' && err->line > 0 && err->column > 0)
        strbuf_printf(out, "%d:", err->column);
    if (err->where[0] != '\0')
        strbuf_putc(out, ' ');
    strbuf_puts(out,
                err->text[0] != '\0' ? err->text : "failed without a reason: please report this");
}

int report_error(const wn_error *err)
{
    strbuf text = STRBUF_INIT;
    (void)fflush(stdout);
    put_error(&text, err);
    show_printf(stderr, "winnow: %s\n", text.oom ? err->text : text.p);
    strbuf_release(&text);
    return exit_status(err->status);
}

int usage_error(const command *c, const char *fmt, ...)
{
    va_list ap;
    (void)fprintf(stderr, "winnow %s: ", c->name);
    va_start(ap, fmt);
    show_vprintf(stderr, fmt, ap);
    va_end(ap);
    (void)fprintf(stderr, "\nusage: winnow %s %s\n", c->name, c->arguments);
    return EXIT_USAGE;
}

int end_output(int status)
{
    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return status;
    (void)fprintf(stderr, "winnow: cannot write to standard output: %s\n", strerror(errno));
    return EXIT_IO;
}

bool work_folder(const char *what, char ret_dir[WORK_FOLDER], wn_error *err)
{
    const char *tmp = getenv("TMPDIR");
    if (tmp == NULL || *tmp == '\0')
        tmp = "/tmp";
    int n = snprintf(ret_dir, WORK_FOLDER, "%s/winnow-%s-XXXXXX", tmp, what);
    if (!utf8_valid(tmp, strlen(tmp))) { /* a document under such a name is a reject */
        (void)wn_fail(err, WN_E_IO,
                      "no work folder in %.200s: its name is not UTF-8; set TMPDIR to another",
                      tmp);
        return false;
    }
    if (n < WORK_FOLDER && mkdtemp(ret_dir) != NULL)
        return true;
    (void)wn_fail(err, WN_E_IO,
                  "no work folder in %.200s: %s; set TMPDIR to a folder that can be written", tmp,
                  strerror(n < WORK_FOLDER ? errno : ENAMETOOLONG));
    return false;
}

static int remove_entry(const char *path, const struct stat *st, int flag, struct FTW *where)
{
    (void)st, (void)flag, (void)where;
    return remove(path);
}

void remove_tree(const char *dir)
{
    enum { OPEN_FOLDERS = 16 };
    (void)nftw(dir, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}
