/* htmlsniff.c: does a text look like a page? By its first tag, or by any known one. */
#include "clean/htmltree.h"
#include <string.h>
#include <strings.h>

static bool tag_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '/';
}

static bool tag_name_at(const char *s, size_t n)
{
    static const char *const common[] = {"html",    "head", "body",    "div",   "p",
                                         "a",       "span", "article", "table", "h1",
                                         "h2",      "br",   "ul",      "meta",  "script",
                                         "section", "main", "img",     "title", "link"};
    size_t w = 0;
    while (w < n && w < 8 && ((s[w] | 32) >= 'a' || (s[w] >= '0' && s[w] <= '9')) &&
           (s[w] | 32) <= 'z')
        w++;
    if (w == n || !(tag_space(s[w]) || s[w] == '>'))
        return false;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strlen(common[i]) == w && strncasecmp(common[i], s, w) == 0)
            return true;
    return false;
}

static bool begins_with(const char *s, size_t n, const char *with)
{
    size_t m = strlen(with);
    return n > m && strncasecmp(s, with, m) == 0;
}

static bool any_tag(const char *text, size_t len)
{
    size_t i = 0;
    for (const char *lt; i < len && (lt = memchr(text + i, '<', len - i)) != NULL;
         i = (size_t)(lt - text) + 1)
        if (tag_name_at(lt + 1, len - (size_t)(lt - text) - 1))
            return true;
    return false;
}

bool html_sniff(const char *text, size_t len, bool declared)
{
    enum { WINDOW = 4096 };
    static const char *const first[] = {"<html", "<head", "<body", "<!--"};
    size_t i = 0, n = len < WINDOW ? len : WINDOW;
    bool page = declared;
    while (i < n && tag_space(text[i]))
        i++;
    if (begins_with(text + i, n - i, "<!doctype html"))
        return true;
    for (size_t k = 0; k < sizeof first / sizeof *first && !page; k++)
        page = n - i > 5 && begins_with(text + i, n - i, first[k]);
    return page && any_tag(text + i, len - i);
}
