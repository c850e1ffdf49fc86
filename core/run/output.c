/* output.c: the run directory. Files are written in a hidden work folder inside it and get their
 * names together, when the run has succeeded; a lock keeps two runs out of one directory. */
#include "config.h"
#include "run/internal.h"
#include "util/alloc.h"
#include "util/hash.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define WORK ".winnow-work"
enum { BUFFER_SIZE = 256 * 1024, NAME_SIZE = 200 };

typedef struct output { /* behind wn_output */
    wn_output handle;   /* first member */
    struct output *next;
    char name[NAME_SIZE];
    int fd;
    char *buffer;
    size_t buffered;
    uint64_t size;
    hash_sum sum;
    char sha256[65];
    bool counts;        /* belongs to the digest */
} output;

struct outputs {
    char *dir, *work_dir;
    int fd, work_fd;
    bool made;          /* the directory was not there */
    bool working;       /* the work folder is there    */
    output *first;      /* ascending by name           */
};

static wn_status fail_errno(wn_error *err, const char *what, const char *path)
{
    return wn_fail(err, WN_E_IO, "cannot %s %s: %s", what, path, strerror(errno));
}

/* ---- The directory ---- */

/* f(name) for each entry; stops at false. */
static bool each_entry(int dir_fd, bool (*f)(int dir_fd, const char *name))
{
    int fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    struct dirent *e;
    bool all = true;
    if (d == NULL) {
        if (fd >= 0)
            (void)close(fd);
        return true;
    }
    while (all && (e = readdir(d)) != NULL)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            all = f(dir_fd, e->d_name);
    (void)closedir(d);
    return all;
}

static bool is_ours(int dir_fd, const char *name)
{
    (void)dir_fd;
    return strcmp(name, WORK) == 0;
}

static bool remove_entry(int dir_fd, const char *name)
{
    (void)unlinkat(dir_fd, name, 0);
    return true;
}

static void remove_work(outputs *o)
{
    if (o->work_fd >= 0) {
        (void)each_entry(o->work_fd, remove_entry);
        (void)close(o->work_fd);
        o->work_fd = -1;
    }
    if (o->working)
        (void)unlinkat(o->fd, WORK, AT_REMOVEDIR);
    o->working = false;
}

static wn_status open_dir(outputs *o, wn_error *err)
{
    o->made = mkdir(o->dir, 0777) == 0;
    if (!o->made && errno != EEXIST)
        return fail_errno(err, "make the run directory", o->dir);
    o->fd = open(o->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (o->fd < 0)
        return fail_errno(err, "open the run directory", o->dir);
    if (flock(o->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return wn_fail(err, WN_E_IO, "%s: another run is writing there; wait for it or take another --out", o->dir);
    if (faccessat(o->fd, "run.json", F_OK, 0) != 0 && !each_entry(o->fd, is_ours))
        return wn_fail(err, WN_E_CONFIG,
                       "%s holds files but no run.json, so it is no run directory; take another --out, or empty it",
                       o->dir);
    return WN_OK;
}

static wn_status open_work(outputs *o, wn_error *err)
{
    if (mkdirat(o->fd, WORK, 0777) != 0 && errno != EEXIST)
        return fail_errno(err, "make a work folder in", o->dir);
    o->working = true;
    o->work_fd = openat(o->fd, WORK, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (o->work_fd < 0)
        return fail_errno(err, "open the work folder", o->work_dir);
    (void)each_entry(o->work_fd, remove_entry); /* of a run that was killed */
    return WN_OK;
}

wn_status outputs_open(const char *dir, outputs **ret_outputs, wn_error *err)
{
    outputs *o = mem_alloc(sizeof *o);
    size_t len = strlen(dir) + sizeof "/" WORK;
    if (o == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    memset(o, 0, sizeof *o);
    o->fd = o->work_fd = -1;
    o->dir = strdup(dir);
    o->work_dir = malloc(len);
    wn_status status = WN_OK;
    if (o->dir == NULL || o->work_dir == NULL)
        status = wn_fail(err, WN_E_NOMEM, "out of memory");
    if (status == WN_OK) {
        (void)snprintf(o->work_dir, len, "%s/" WORK, dir);
        status = open_dir(o, err);
    }
    if (status == WN_OK)
        status = open_work(o, err);
    if (status != WN_OK) {
        outputs_close(o);
        return status;
    }
    *ret_outputs = o;
    return WN_OK;
}

const char *outputs_work_dir(const outputs *o)
{
    return o->work_dir;
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
    outputs_remove(o);
    if (o->fd >= 0)
        (void)close(o->fd);
    free(o->dir);
    free(o->work_dir);
    mem_free(o);
}

void outputs_remove(outputs *o)
{
    remove_work(o);
    if (o->made)
        (void)rmdir(o->dir); /* stays when it holds results */
}

/* ---- Files ---- */

static bool name_is_bad(const char *name)
{
    if (name == NULL || name[0] == '\0' || name[0] == '.' || strlen(name) >= NAME_SIZE)
        return true;
    for (const char *p = name; *p != '\0'; p++)
        if (*p == '/' || *p == '\\' || (unsigned char)*p < 0x20)
            return true;
    return false;
}

static wn_status check_name(const outputs *o, const char *name, wn_error *err)
{
    if (name_is_bad(name))
        return wn_fail(err, WN_E_STAGE, "\"%s\" cannot be the name of an output: take a plain file name",
                       name == NULL ? "" : name);
    for (const output *f = o->first; f != NULL; f = f->next)
        if (strcmp(f->name, name) == 0)
            return wn_fail(err, WN_E_CONFIG, "two outputs are called %s; give one of them another name", name);
    return WN_OK;
}

static void insert(outputs *o, output *f)
{
    output **at = &o->first;
    while (*at != NULL && strcmp((*at)->name, f->name) < 0)
        at = &(*at)->next;
    f->next = *at;
    *at = f;
}

wn_output *outputs_add(outputs *o, const char *name, wn_error *err)
{
    if (check_name(o, name, err) != WN_OK)
        return NULL;
    output *f = mem_alloc(sizeof *f);
    char *buffer = mem_alloc(BUFFER_SIZE);
    if (f == NULL || buffer == NULL) {
        mem_free(f);
        mem_free(buffer);
        (void)wn_fail(err, WN_E_NOMEM, "out of memory for output %s", name);
        return NULL;
    }
    memset(f, 0, sizeof *f);
    f->handle.host = &run_host;
    (void)snprintf(f->name, sizeof f->name, "%s", name);
    f->buffer = buffer;
    f->counts = strcmp(name, "stats.json") != 0 && strcmp(name, "run.json") != 0;
    hash_init(&f->sum);
    f->fd = openat(o->work_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (f->fd < 0) {
        (void)fail_errno(err, "create output", name);
        output_free(f);
        return NULL;
    }
    insert(o, f);
    return &f->handle;
}

static wn_status flush(output *f, wn_error *err)
{
    hash_add(&f->sum, f->buffer, f->buffered);
    wn_status status = write_all(f->fd, f->buffer, f->buffered, f->name, err);
    f->buffered = 0;
    return status;
}

wn_status host_output_write(wn_output *out, const void *bytes, size_t n, wn_error *err)
{
    output *f = (output *)out;
    const char *p = bytes;
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
    stage_run *s = stage_of(handle)->run;
    if (s == NULL || !s->begun) {
        (void)wn_fail(err, WN_E_STAGE, "wn_output_open is for begin(), write() and end() of a sink");
        return NULL;
    }
    if (name != NULL && (strcmp(name, "stats.json") == 0 || strcmp(name, "run.json") == 0)) {
        (void)wn_fail(err, WN_E_CONFIG, "%s is written by winnow itself; give the output another name", name);
        return NULL;
    }
    return outputs_add(s->run->outputs, name, err);
}

static int dump(const char *bytes, size_t n, void *arg)
{
    return host_output_write(((void **)arg)[0], bytes, n, ((void **)arg)[1]) == WN_OK ? 0 : -1;
}

wn_status outputs_write(outputs *o, const char *name, json_t *value, wn_error *err)
{
    void *arg[2] = {outputs_add(o, name, err), err};
    if (arg[0] == NULL)
        return err->status;
    if (value == NULL || json_dump_callback(value, dump, arg, JSON_INDENT(2) | JSON_REAL_PRECISION(15)) != 0)
        return wn_fail(err, WN_E_NOMEM, "out of memory while writing %s", name);
    return host_output_write(arg[0], "\n", 1, err);
}

/* ---- The end ---- */

static wn_status finish(output *f, wn_error *err)
{
    wn_status status = f->sha256[0] != '\0' ? WN_OK : flush(f, err);
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
        (void)json_object_set_new(all, f->name, json_pack("{s:I, s:s}", "bytes", (json_int_t)f->size,
                                                          "sha256", f->sha256));
    }
    hash_end(&sum, ret_digest);
    return all;
}

wn_status outputs_publish(outputs *o, wn_error *err)
{
    /* run.json last: while it is the old one, the run it tells of is the one before */
    for (int last = 0; last < 2; last++)
        for (const output *f = o->first; f != NULL; f = f->next)
            if ((strcmp(f->name, "run.json") == 0) == last && renameat(o->work_fd, f->name, o->fd, f->name) != 0)
                return fail_errno(err, "name the result", f->name);
    (void)fsync(o->fd);
    return WN_OK;
}
