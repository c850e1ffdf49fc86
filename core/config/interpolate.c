/* interpolate.c: ${VAR} in string leaves, after parsing, so that a value can never change the
 * structure of the file. */
#include "config/node.h"
#include "util/utf8.h"
#include <stdlib.h>
#include <string.h>

typedef struct expansion {
    const node *at;
    const node *vars;
    const char *variable; /* environment variable used, or NULL */
    strbuf out;
    wn_error *err;
} expansion;

static bool name_byte(char c, bool first)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           (!first && c >= '0' && c <= '9');
}

/* The value of a variable, and the environment's variable that gave it: itself, or the one behind
 * an entry of `vars`. */
static const char *look_up(expansion *x, const char *name, const char **ret_variable)
{
    const node *own = node_get(x->vars, name);
    *ret_variable = own != NULL ? own->variable : name;
    return own != NULL ? own->text : getenv(name);
}

/* One ${...}; *p stands on the dollar sign and ends behind the brace. */
/* "${NAME}", "${NAME:-word}", "${NAME:?word}" in pieces. */
typedef struct reference {
    const char *start, *end; /* of the name */
    char mode;               /* '-', '?' or '\0' */
    const char *word, *close;
} reference;

static int at_most(ptrdiff_t n, int most)
{
    return n > most ? most : (int)n;
}

static wn_status read_reference(const expansion *x, const char *start, reference *r)
{
    const char *end = start, *close = strchr(start, '}');
    if (close == NULL)
        return node_fail(x->at, x->err, "`${` is not closed; write `$$` for a dollar sign");
    while (name_byte(*end, end == start))
        end++;
    if (end == start || end - start > 255)
        return node_fail(x->at, x->err,
                         "`${%.*s}` is not a variable name; write `$$` for a dollar sign",
                         at_most(close - start, 60), start);
    *r = (reference){start, end, '\0', close, close};
    if (end[0] == ':' && (end[1] == '-' || end[1] == '?'))
        r->mode = end[1], r->word = end + 2;
    else if (end != close)
        return node_fail(x->at, x->err,
                         "`${%.*s}`: after the name comes `:-default` or `:?message`",
                         at_most(close - start, 60), start);
    if (memchr(r->word, '$', (size_t)(close - r->word)) != NULL)
        return node_fail(x->at, x->err, "no variables inside the default of `${%.*s}`",
                         (int)(end - start), start);
    return WN_OK;
}

static wn_status expand_one(expansion *x, const char **p, arena *memory)
{
    reference r = {0};
    wn_status status = read_reference(x, *p + 2, &r);
    if (status != WN_OK)
        return status;
    const char *name = arena_strndup(memory, r.start, (size_t)(r.end - r.start));
    if (name == NULL)
        return out_of_memory(x->err);
    const char *variable, *value = look_up(x, name, &variable);
    if (value != NULL && (value[0] != '\0' || r.mode == '\0')) {
        strbuf_puts(&x->out, value);
        if (variable != NULL)
            x->variable = variable;
    } else if (r.mode == '-') {
        strbuf_add(&x->out, r.word, (size_t)(r.close - r.word));
    } else if (r.mode == '?') {
        return node_fail(x->at, x->err, "%s: %.*s", name, at_most(r.close - r.word, 200), r.word);
    } else {
        return node_fail(
            x->at, x->err,
            "the environment variable %.60s is not set; set it, or write ${%.60s:-default}", name,
            name);
    }
    *p = r.close + 1;
    return WN_OK;
}

static wn_status expand(expansion *x, arena *memory)
{
    for (const char *p = x->at->text; *p != '\0';) {
        if (p[0] == '$' && p[1] == '{') {
            wn_status status = expand_one(x, &p, memory);
            if (status != WN_OK)
                return status;
        } else {
            strbuf_putc(&x->out, *p);
            p += p[0] == '$' && p[1] == '$' ? 2 : 1;
        }
        if (x->out.len > NODE_MAX_TEXT)
            return node_fail(x->at, x->err, "with its variables this value is longer than 64 KiB");
    }
    return x->out.oom ? out_of_memory(x->err) : WN_OK;
}

static wn_status interpolate_leaf(node *n, const node *vars, arena *memory, wn_error *err)
{
    if (n->literal || strchr(n->text, '$') == NULL)
        return WN_OK;
    expansion x = {.at = n, .vars = vars, .out = STRBUF_INIT, .err = err};
    wn_status status = expand(&x, memory);
    if (status == WN_OK && x.variable != NULL && !utf8_valid(x.out.p, x.out.len))
        status = node_fail(n, err, "the environment variable %s is not valid UTF-8", x.variable);
    if (status == WN_OK) {
        const char *text = arena_strndup(memory, x.out.p == NULL ? "" : x.out.p, x.out.len);
        n->variable = x.variable;
        n->written = x.variable != NULL ? n->text : NULL;
        if (text == NULL)
            status = out_of_memory(err);
        else
            n->text = text;
        n->quoted = false; /* "${THRESHOLD}" may become a number */
        n->literal = n->made = true;
    }
    strbuf_release(&x.out);
    return status;
}

wn_status node_interpolate(node *root, const node *vars, arena *memory, wn_error *err)
{
    if (root->kind == NODE_SCALAR)
        return interpolate_leaf(root, vars, memory, err);
    wn_status status = WN_OK;
    for (size_t i = 0; i < root->n && status == WN_OK; i++)
        status = node_interpolate(root->item[i], vars, memory, err);
    return status;
}
