/* outputs.c: the files that a run writes: buffered, summed, saved; generation.c gives them their
 * names. */
#include "config.h"
#include "results/outputs.h"
#include "store/workfile.h"
#include "results/generation.h"
#include "util/alloc.h"
#include "util/hash.h"
#include "util/utf8.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_SIZE = 256 * 1024, NAME_SIZE = 200, MOST_OUTPUTS = 1000 };

/* behind wn_output */
typedef struct output {
    wn_output handle; /* first member */
    struct output *next;
    char name[NAME_SIZE];
    const stage *by; /* who writes it; NULL: winnow itself */
    int fd;
    char *buffer;
    size_t buffered;
    uint64_t size;
    hash_sum sum;
    /* the first write that failed: from then on all fail, whatever the sink made of it */
    wn_error broken;
    pthread_t writer;    /* the one thread that may write: buffer and sum have no lock */
    atomic_bool misused; /* another tried */
    char sha256[65];
    bool counts; /* belongs to the digest */
} output;

struct outputs {
    generation *dir;
    const wn_host *host;
    output *first; /* ascending by name */
};

static wn_status fail_errno(wn_error *err, const char *what, const char *path)
{
    return wn_fail(err, WN_E_IO, "cannot %s %s: %s", what, path, strerror(errno));
}

/* The names that are known. A name that only begins those of a sink's files is looked at too: it
 * costs nothing, and is in the way of nobody who writes results there. */
static wn_status check_names(const plan *p, const generation *d, wn_error *err)
{
    wn_status status = WN_OK;
    for (size_t i = 0; i < p->n_outputs && status == WN_OK; i++)
        if (p->output[i].name != NULL)
            status = generation_may_name(d, p->output[i].name, err);
    return status;
}

wn_status outputs_check(const plan *p, wn_error *err)
{
    generation *d = NULL;
    wn_status status = generation_look(p->out_dir, &d, err);
    if (status == WN_OK && d != NULL)
        status = check_names(p, d, err);
    generation_end(d);
    return status;
}

wn_status outputs_open(const plan *p, const wn_host *host, outputs **ret_outputs, wn_error *err)
{
    outputs *o = mem_zeroed(sizeof *o);
    if (o == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    o->host = host;
    wn_status status = generation_begin(p->out_dir, &o->dir, err);
    if (status == WN_OK)
        status = check_names(p, o->dir, err);
    if (status != WN_OK)
        outputs_close(o);
    else
        *ret_outputs = o;
    return status;
}

const char *outputs_work_dir(const outputs *o)
{
    return generation_work(o->dir);
}

static void output_free(output *f)
{
    if (f->fd >= 0)
        (void)close(f->fd);
    mem_free(f->buffer);
    mem_free(f);
}

void outputs_close(outputs *o)
{
    if (o == NULL)
        return;
    while (o->first != NULL) {
        output *next = o->first->next;
        output_free(o->first);
        o->first = next;
    }
    generation_end(o->dir);
    mem_free(o);
}

/* ---- Files ---- */

static bool name_is_bad(const char *name)
{
    if (name == NULL || name[0] == '\0' || name[0] == '.' || strlen(name) >= NAME_SIZE ||
        !utf8_valid(name, strlen(name)))
        return true;
    for (const char *p = name; *p != '\0'; p++)
        if (*p == '/' || *p == '\\' || (unsigned char)*p < 0x20)
            return true;
    return false;
}

static wn_status check_name(const outputs *o, const char *name, wn_error *err)
{
    if (name_is_bad(name))
        return wn_fail(err, WN_E_STAGE,
                       "\"%s\" cannot be the name of an output: take a plain file name",
                       name == NULL ? "" : name);
    for (const output *f = o->first; f != NULL; f = f->next)
        if (strcmp(f->name, name) == 0)
            return wn_fail(err, WN_E_CONFIG,
                           "two outputs are called %s; give one of them another name", name);
    return generation_may_name(o->dir, name, err);
}

static size_t count(const outputs *o)
{
    size_t n = 0;
    for (const output *f = o->first; f != NULL; f = f->next)
        n++;
    return n;
}

static void insert(outputs *o, output *f)
{
    output **at = &o->first;
    while (*at != NULL && strcmp((*at)->name, f->name) < 0)
        at = &(*at)->next;
    f->next = *at;
    *at = f;
}

wn_output *outputs_add(outputs *o, const char *name, const stage *by, wn_error *err)
{
    if (check_name(o, name, err) != WN_OK)
        return NULL;
    if (count(o) == MOST_OUTPUTS) {
        (void)wn_fail(err, WN_E_LIMIT, "more than %d outputs", MOST_OUTPUTS);
        return NULL;
    }
    output *f = mem_alloc(sizeof *f);
    char *buffer = mem_alloc(BUFFER_SIZE);
    if (f == NULL || buffer == NULL) {
        mem_free(f);
        mem_free(buffer);
        (void)wn_fail(err, WN_E_NOMEM, "out of memory for output %s", name);
        return NULL;
    }
    memset(f, 0, sizeof *f);
    f->handle.host = o->host;
    f->writer = pthread_self();
    (void)snprintf(f->name, sizeof f->name, "%s", name);
    f->buffer = buffer;
    f->by = by;
    f->counts = strcmp(name, "stats.json") != 0 && strcmp(name, "run.json") != 0;
    hash_init(&f->sum);
    f->fd = generation_create(o->dir, name, err);
    if (f->fd < 0) {
        output_free(f);
        return NULL;
    }
    insert(o, f);
    return &f->handle;
}

static void name_writer(const output *f, wn_error *err)
{
    if (err != NULL && err->where[0] == '\0' && f->by != NULL)
        (void)snprintf(err->where, sizeof err->where, "output %.150s", f->by->id);
}

static wn_status still_broken(const output *f, wn_error *err)
{
    name_writer(f, err);
    return wn_fail(err, f->broken.status, "%s", f->broken.text);
}

static wn_status misuse(output *f, wn_error *err)
{
    atomic_store(&f->misused, true);
    name_writer(f, err);
    return wn_fail(err, WN_E_STAGE,
                   "output %s is written by a thread of the stage's or in render(); "
                   "wn_output_write is for begin(), write() and end()",
                   f->name);
}

static wn_status flush(output *f, wn_error *err)
{
    hash_add(&f->sum, f->buffer, f->buffered);
    wn_status status = write_all(f->fd, f->buffer, f->buffered, f->name, &f->broken);
    f->buffered = 0;
    return status == WN_OK ? WN_OK : still_broken(f, err);
}

wn_status host_output_write(wn_output *out, const void *bytes, size_t n, wn_error *err)
{
    output *f = (output *)out;
    const char *p = bytes;
    if (!pthread_equal(f->writer, pthread_self()))
        return misuse(f, err);
    if (f->broken.status != WN_OK)
        return still_broken(f, err);
    f->size += n;
    while (n > 0) {
        size_t room = BUFFER_SIZE - f->buffered;
        size_t now = n < room ? n : room;
        memcpy(f->buffer + f->buffered, p, now);
        f->buffered += now;
        p += now;
        n -= now;
        wn_status status = f->buffered == BUFFER_SIZE ? flush(f, err) : WN_OK;
        if (status != WN_OK)
            return status;
    }
    return WN_OK;
}

wn_output *host_output_open(wn_stage *handle, const char *name, wn_error *err)
{
    const stage *by = stage_of(handle);
    const stage_run *s = by->run;
    if (s == NULL || !s->begun) {
        (void)wn_fail(err, WN_E_STAGE,
                      "wn_output_open is for begin(), write() and end() of a sink");
        return NULL;
    }
    if (name != NULL && (strcmp(name, "stats.json") == 0 || strcmp(name, "run.json") == 0)) {
        (void)wn_fail(err, WN_E_CONFIG,
                      "%s is written by winnow itself; give the output another name", name);
        return NULL;
    }
    return outputs_add(s->run->outputs, name, by, err);
}

static int dump(const char *bytes, size_t n, void *arg)
{
    return host_output_write(((void **)arg)[0], bytes, n, ((void **)arg)[1]) == WN_OK ? 0 : -1;
}

wn_status outputs_write(outputs *o, const char *name, json_t *value, wn_error *err)
{
    void *arg[2] = {outputs_add(o, name, NULL, err), err};
    if (arg[0] == NULL)
        return err->status;
    if (value == NULL ||
        json_dump_callback(value, dump, arg, JSON_INDENT(2) | JSON_REAL_PRECISION(15)) != 0)
        return wn_fail(err, WN_E_NOMEM, "out of memory while writing %s", name);
    return host_output_write(arg[0], "\n", 1, err);
}

/* ---- The end ---- */

static wn_status finish(output *f, wn_error *err)
{
    wn_status status = f->sha256[0] != '\0'        ? WN_OK
                       : f->broken.status != WN_OK ? still_broken(f, err)
                                                   : flush(f, err);
    if (status == WN_OK && atomic_load(&f->misused))
        status = misuse(f, err);
    if (status != WN_OK || f->sha256[0] != '\0')
        return status;
    hash_end(&f->sum, f->sha256);
    if (fsync(f->fd) != 0 && errno != EINVAL)
        return fail_errno(err, "save", f->name);
    if (close(f->fd) != 0) {
        f->fd = -1;
        return fail_errno(err, "save", f->name);
    }
    f->fd = -1;
    return WN_OK;
}

wn_status outputs_finish(outputs *o, wn_error *err)
{
    wn_status status = WN_OK;
    for (output *f = o->first; f != NULL && status == WN_OK; f = f->next)
        status = finish(f, err);
    return status;
}

json_t *outputs_digests(const outputs *o, char ret_digest[65])
{
    json_t *all = json_object();
    hash_sum sum;
    hash_init(&sum);
    for (const output *f = o->first; f != NULL; f = f->next) {
        if (!f->counts)
            continue;
        hash_add(&sum, f->name, strlen(f->name) + 1);
        hash_add(&sum, f->sha256, sizeof f->sha256 - 1);
        (void)json_object_set_new(all, f->name,
                                  json_pack("{s:I, s:s, s:s, s:s}", "bytes", (json_int_t)f->size,
                                            "sha256", f->sha256, "stage",
                                            f->by == NULL ? "winnow" : f->by->id, "plugin",
                                            f->by == NULL ? "winnow" : f->by->plugin->name));
    }
    hash_end(&sum, ret_digest);
    return all;
}

wn_status outputs_publish(outputs *o, wn_error *err)
{
    const char *list[MOST_OUTPUTS];
    size_t n = 0;
    for (const output *f = o->first; f != NULL; f = f->next)
        list[n++] = f->name;
    return generation_publish(o->dir, list, n, err);
}
