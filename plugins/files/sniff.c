/* sniff.c: see sniff.h: magic bytes of formats that are not text, then names, then tags. */
#include "files/sniff.h"
#include "common/ascii.h"
#include <stdbool.h>
#include <string.h>

static const struct {
    const char *magic;
    size_t n;
    const char *format;
} not_text[] = {
    {"%PDF-", 5, "PDF"},
    {"PK\003\004", 4, "ZIP (or an office document)"},
    {"\xd0\xcf\x11\xe0", 4, "an old office document"},
    {"\x89PNG", 4, "PNG"},
    {"\xff\xd8\xff", 3, "JPEG"},
    {"GIF8", 4, "GIF"},
    {"\177ELF", 4, "ELF"},
    {"BZh91AY", 7, "bzip2"},
    {"\375"
     "7zXZ",
     5, "xz"},
};

static bool same(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ascii_lower(a[i]) != b[i])
            return false;
    return true;
}

static bool named_html(const char *path)
{
    static const char *const suffix[] = {".html", ".htm", ".xhtml"};
    size_t len = strlen(path);
    if (len > 3 && same(path + len - 3, ".gz", 3))
        len -= 3;
    else if (len > 4 && same(path + len - 4, ".zst", 4))
        len -= 4;
    for (size_t i = 0; i < sizeof suffix / sizeof *suffix; i++) {
        size_t n = strlen(suffix[i]);
        if (len > n && same(path + len - n, suffix[i], n))
            return true;
    }
    return false;
}

/* The first bytes without what UTF-16 puts between, a byte order mark and white space in front. */
static size_t squeeze(const char *bytes, size_t len, char *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < len && n < cap; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == 0 || (n == 0 && (c <= ' ' || c == 0xef || c == 0xbb || c == 0xbf || c >= 0xfe)))
            continue;
        out[n++] = ascii_lower((char)c);
    }
    return n;
}

static bool starts_html(const char *bytes, size_t len)
{
    static const char *const tag[] = {"<!doctype html", "<html",  "<head",
                                      "<body",          "<title", "<meta"};
    char head[1024];
    size_t n = squeeze(bytes, len, head, sizeof head - 1);
    head[n] = '\0';
    if (strncmp(head, "<?xml", 5) == 0)
        return strstr(head, "<html") != NULL;
    for (size_t i = 0; i < sizeof tag / sizeof *tag; i++)
        if (strncmp(head, tag[i], strlen(tag[i])) == 0)
            return true;
    return strncmp(head, "<!--", 4) == 0 && strstr(head, "<html") != NULL;
}

const char *sniff_type(const char *path, const char *bytes, size_t len, const char **ret_format)
{
    for (size_t i = 0; i < sizeof not_text / sizeof *not_text; i++)
        if (len >= not_text[i].n && memcmp(bytes, not_text[i].magic, not_text[i].n) == 0) {
            *ret_format = not_text[i].format;
            return NULL;
        }
    return named_html(path) || starts_html(bytes, len) ? "text/html" : "text/plain";
}
