/* passed.c: see passed.h. */
#include "config.h"
#include "input/passed.h"
#include <string.h>

static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

/* ".pdf"; "none" where there is none, "others" for what is hardly meant as one. */
static void suffix_of(const char *name, char *ret, size_t cap)
{
    const char *dot = strrchr(name, '.');
    size_t n = dot == NULL || dot == name ? 0 : strlen(dot);
    (void)snprintf(ret, cap, n < 2 ? "none" : "others");
    if (n < 2 || n >= cap)
        return;
    char lower[64] = ".";
    for (size_t i = 1; i < n; i++) {
        lower[i] = dot[i] >= 'A' && dot[i] <= 'Z' ? (char)(dot[i] + 32) : dot[i];
        if (!is_plain(lower[i]))
            return;
    }
    memcpy(ret, lower, n);
    ret[n] = '\0';
}

/* n_suffixes: it has none yet. */
static size_t place_of(const input_passed *p, const char *suffix)
{
    size_t i = 0;
    while (i < p->n_suffixes && strcmp(p->by_suffix[i].suffix, suffix) != 0)
        i++;
    return i;
}

void passed_name(input_passed *p, const char *name)
{
    char suffix[sizeof p->by_suffix[0].suffix];
    suffix_of(name, suffix, sizeof suffix);
    size_t i = place_of(p, suffix);
    if (i + 1 >= PASSED_SUFFIXES) { /* the last place is for all the others */
        (void)snprintf(suffix, sizeof suffix, "others");
        i = place_of(p, suffix);
    }
    if (i == p->n_suffixes) {
        memcpy(p->by_suffix[i].suffix, suffix, sizeof suffix);
        p->n_suffixes++;
    }
    p->by_suffix[i].n++;
    p->names++;
}

/* The commonest first. */
static void put_suffixes(const input_passed *p, strbuf *out)
{
    enum { SHOWN = 6 };
    bool shown[PASSED_SUFFIXES] = {false};
    size_t rest = p->names;
    for (size_t k = 0; k < SHOWN && k < p->n_suffixes; k++) {
        size_t best = PASSED_SUFFIXES;
        for (size_t i = 0; i < p->n_suffixes; i++)
            if (!shown[i] && (best == PASSED_SUFFIXES || p->by_suffix[i].n > p->by_suffix[best].n ||
                              (p->by_suffix[i].n == p->by_suffix[best].n &&
                               strcmp(p->by_suffix[i].suffix, p->by_suffix[best].suffix) < 0)))
                best = i;
        shown[best] = true;
        rest -= p->by_suffix[best].n;
        strbuf_printf(out, "%s%s %zu", k == 0 ? "" : ", ", p->by_suffix[best].suffix,
                      p->by_suffix[best].n);
    }
    if (rest > 0)
        strbuf_printf(out, ", and %zu", rest);
}

static const char *plural(size_t n, const char *one, const char *many)
{
    return n == 1 ? one : many;
}

static void say_names(const input_passed *p, const char *before, strbuf *out)
{
    const char *them = plural(p->names, "it", "them");
    strbuf_printf(out, "%s%zu %s (", before, p->names,
                  plural(p->names, "file passed over for its name",
                         "files passed over for their names"));
    put_suffixes(p, out);
    strbuf_printf(out, "); name %s or use a pattern to take %s\n", them, them);
}

void input_passed_say(const input_passed *p, const char *before, strbuf *out)
{
    if (p->names > 0)
        say_names(p, before, out);
    if (p->special > 0)
        strbuf_printf(out, "%s%zu %s passed over: a FIFO, a socket or a device is no input file\n",
                      before, p->special, plural(p->special, "entry", "entries"));
    if (p->runs > 0)
        strbuf_printf(out, "%s%zu %s left out; name one to read it\n", before, p->runs,
                      plural(p->runs, "run directory", "run directories"));
    if (p->broken > 0)
        strbuf_printf(out, "%s%zu %s cannot be read and %s a reject\n", before, p->broken,
                      plural(p->broken, "entry", "entries"), plural(p->broken, "is", "are each"));
}

json_t *input_passed_json(const input_passed *p)
{
    json_t *all = json_object(), *names = json_object();
    for (size_t i = 0; i < p->n_suffixes; i++)
        (void)json_object_set_new(names, p->by_suffix[i].suffix,
                                  json_integer((json_int_t)p->by_suffix[i].n));
    if (p->names > 0)
        (void)json_object_set(all, "names", names);
    if (p->special > 0)
        (void)json_object_set_new(all, "special", json_integer((json_int_t)p->special));
    if (p->runs > 0)
        (void)json_object_set_new(all, "run_directories", json_integer((json_int_t)p->runs));
    json_decref(names);
    return all;
}
