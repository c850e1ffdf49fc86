/* generation.c: see generation.h. */
#include "config.h"
#include "results/generation.h"
#include "guard/guard.h"
#include "util/alloc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOME ".winnow"
#define LINK_PREFIX HOME "/current/"

struct generation {
    char *path, *home, *work; /* DIR, DIR/.winnow, DIR/.winnow/scratch */
    int fd, home_fd, gen_fd;
    char gen[32]; /* name of the generation */
    bool made, published;
};

static wn_status fail_errno(wn_error *err, const char *what, const char *path)
{
    return wn_fail(err, WN_E_IO, "cannot %s %s: %s", what, path, strerror(errno));
}

/* ---- Entries of folders ---- */

/* f(dir_fd, name, arg) for each entry; stops at false. Returns whether all were true; a folder that
 * cannot be read has none. */
static bool each_entry(int dir_fd, bool (*f)(int dir_fd, const char *name, const void *arg),
                       const void *arg)
{
    int fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    bool all = true;
    if (d == NULL && fd >= 0)
        (void)close(fd);
    for (struct dirent *e; d != NULL && all && (e = readdir(d)) != NULL;)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            all = f(dir_fd, e->d_name, arg);
    if (d != NULL)
        (void)closedir(d);
    return all;
}

static bool remove_file(int dir_fd, const char *name, const void *unused)
{
    (void)unused;
    (void)unlinkat(dir_fd, name, 0);
    return true;
}

/* A folder that holds files only. */
static void remove_folder(int dir_fd, const char *name)
{
    int fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)each_entry(fd, remove_file, NULL);
    (void)close(fd);
    (void)unlinkat(dir_fd, name, AT_REMOVEDIR);
}

static bool starts(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

/* Everything in .winnow but `keep`, the current generation. */
static bool remove_stale(int home_fd, const char *name, const void *keep)
{
    if (strcmp(name, "current") != 0 && strcmp(name, keep) != 0) {
        remove_folder(home_fd, name);
        (void)unlinkat(home_fd, name, 0);
    }
    return true;
}

/* The target of a symbolic link; empty: it is none, or not there. */
static void target_of(int dir_fd, const char *name, char *target, size_t cap)
{
    ssize_t n = readlinkat(dir_fd, name, target, cap - 1);
    target[n > 0 ? n : 0] = '\0';
}

static bool is_our_link(int dir_fd, const char *name)
{
    char target[400];
    target_of(dir_fd, name, target, sizeof target);
    return starts(target, LINK_PREFIX) && strcmp(target + strlen(LINK_PREFIX), name) == 0;
}

static bool is_ours(int dir_fd, const char *name, const void *unused)
{
    (void)unused;
    return strcmp(name, HOME) == 0 || is_our_link(dir_fd, name);
}

/* A name of an earlier generation, or of a run that did not come to its end. */
static bool remove_dangling(int dir_fd, const char *name, const void *unused)
{
    (void)unused;
    if (is_our_link(dir_fd, name) && faccessat(dir_fd, name, F_OK, 0) != 0 && errno == ENOENT)
        (void)unlinkat(dir_fd, name, 0);
    return true;
}

/* ---- Taking over ---- */

static wn_status join(const char *dir, const char *name, char **ret_path, wn_error *err)
{
    size_t size = strlen(dir) + strlen(name) + 2;
    *ret_path = malloc(size);
    if (*ret_path == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    (void)snprintf(*ret_path, size, "%s/%s", dir, name);
    return WN_OK;
}

/* The run directory, which is there: ours, or empty. */
static wn_status open_dir(generation *d, wn_error *err)
{
    d->fd = open(d->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (d->fd < 0)
        return fail_errno(err, "open the run directory", d->path);
    if (faccessat(d->fd, HOME, F_OK, AT_SYMLINK_NOFOLLOW) != 0 && !each_entry(d->fd, is_ours, NULL))
        return wn_fail(err, WN_E_CONFIG,
                       "%s holds files and is no run directory (it has no " HOME "); take another "
                       "--out, or empty it",
                       d->path);
    return WN_OK;
}

static wn_status make_dir(generation *d, wn_error *err)
{
    d->made = mkdir(d->path, 0777) == 0;
    if (!d->made && errno != EEXIST)
        return fail_errno(err, "make the run directory", d->path);
    wn_status status = open_dir(d, err);
    if (status == WN_OK && flock(d->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return wn_fail(err, WN_E_IO,
                       "%s: another run is writing there; wait for it or take another --out",
                       d->path);
    return status;
}

/* The next number behind the current generation's. */
static void name_generation(generation *d, const char *current)
{
    unsigned long n = starts(current, "gen-") ? strtoul(current + 4, NULL, 10) : 0;
    (void)snprintf(d->gen, sizeof d->gen, "gen-%lu", n + 1);
}

static wn_status open_home(generation *d, wn_error *err)
{
    char current[64];
    if (mkdirat(d->fd, HOME, 0777) != 0 && errno != EEXIST)
        return fail_errno(err, "make " HOME " in", d->path);
    d->home_fd = openat(d->fd, HOME, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (d->home_fd < 0)
        return fail_errno(err, "open", d->home);
    target_of(d->home_fd, "current", current, sizeof current);
    (void)each_entry(d->home_fd, remove_stale, current);
    (void)each_entry(d->fd, remove_dangling, NULL);
    name_generation(d, current);
    if (mkdirat(d->home_fd, "scratch", 0777) != 0 || mkdirat(d->home_fd, d->gen, 0777) != 0)
        return fail_errno(err, "make a folder in", d->home);
    d->gen_fd = openat(d->home_fd, d->gen, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return d->gen_fd < 0 ? fail_errno(err, "open a folder in", d->home) : WN_OK;
}

/* Should this process die, its parent clears up. */
static void leave_a_will(const generation *d)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", d->home, d->gen) >= (int)sizeof path)
        return;
    guard_sweep_unless_locked(d->path);
    guard_sweep(d->work, true);
    guard_sweep(path, true);
    guard_sweep(d->home, false); /* stays when it holds a generation */
    if (snprintf(path, sizeof path, "%s/current", d->home) < (int)sizeof path)
        guard_commits_by(path, d->gen);
    if (d->made)
        guard_sweep(d->path, false);
}

static wn_status for_dir(const char *dir, generation **ret, wn_error *err)
{
    generation *d = *ret = mem_zeroed(sizeof *d);
    if (d == NULL)
        return wn_fail(err, WN_E_NOMEM, "out of memory");
    d->fd = d->home_fd = d->gen_fd = -1;
    d->path = strdup(dir);
    return d->path == NULL ? wn_fail(err, WN_E_NOMEM, "out of memory")
                           : join(dir, HOME, &d->home, err);
}

/* Can a folder of this name be made? */
static wn_status could_make(const char *dir, wn_error *err)
{
    char parent[4096];
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/')
        n--;
    while (n > 0 && dir[n - 1] != '/')
        n--;
    if (n >= sizeof parent)
        errno = ENAMETOOLONG;
    else
        (void)snprintf(parent, sizeof parent, "%.*s", n > 0 ? (int)n : 1, n > 0 ? dir : ".");
    if (n >= sizeof parent || faccessat(AT_FDCWD, parent, W_OK | X_OK, AT_EACCESS) != 0)
        return fail_errno(err, "make the run directory", dir);
    return WN_OK;
}

wn_status generation_look(const char *dir, generation **ret_dir, wn_error *err)
{
    struct stat st;
    generation *d = NULL;
    *ret_dir = NULL;
    if (stat(dir, &st) != 0) /* a link that leads nowhere is there, and no folder */
        return errno == ENOENT && lstat(dir, &st) != 0
                   ? could_make(dir, err)
                   : fail_errno(err, "open the run directory", dir);
    wn_status status = for_dir(dir, &d, err);
    if (status == WN_OK)
        status = open_dir(d, err);
    if (status == WN_OK && faccessat(d->fd, ".", W_OK | X_OK, AT_EACCESS) != 0)
        status = fail_errno(err, "write in the run directory", dir);
    if (status == WN_OK && fstatat(d->fd, HOME, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
        !S_ISDIR(st.st_mode)) {
        errno = ENOTDIR;
        status = fail_errno(err, "open", d->home);
    }
    if (status == WN_OK)
        *ret_dir = d;
    else
        generation_end(d);
    return status;
}

wn_status generation_begin(const char *dir, generation **ret_dir, wn_error *err)
{
    generation *d = NULL;
    wn_status status = for_dir(dir, &d, err);
    if (status == WN_OK)
        status = join(dir, HOME "/scratch", &d->work, err);
    if (status == WN_OK)
        status = make_dir(d, err);
    if (status == WN_OK)
        status = open_home(d, err);
    if (status != WN_OK) {
        generation_end(d);
        return status;
    }
    leave_a_will(d);
    *ret_dir = d;
    return WN_OK;
}

const char *generation_work(const generation *d)
{
    return d->work;
}

int generation_create(generation *d, const char *name, wn_error *err)
{
    int fd = openat(d->gen_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        (void)fail_errno(err, "create output", name);
    return fd;
}

wn_status generation_may_name(const generation *d, const char *name, wn_error *err)
{
    struct stat st;
    if (fstatat(d->fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || is_our_link(d->fd, name))
        return WN_OK;
    return wn_fail(
        err, WN_E_CONFIG,
        "%s/%s is in the way: no run has put it there; move it, or take another --out or name",
        d->path, name);
}

/* ---- Publishing ---- */

/* The links stand before the switch: until then a new name leads nowhere, as if it were not
 * there. */
static wn_status link_names(const generation *d, const char *const *names, size_t n, wn_error *err)
{
    char target[400];
    for (size_t i = 0; i < n; i++) {
        wn_status status = generation_may_name(d, names[i], err);
        if (status != WN_OK)
            return status;
        (void)snprintf(target, sizeof target, LINK_PREFIX "%s", names[i]);
        if (symlinkat(target, d->fd, names[i]) != 0 && errno != EEXIST)
            return wn_fail(
                err, WN_E_IO,
                "cannot name the result %s/%s: %s (results are symbolic links: does the file "
                "system know them?)",
                d->path, names[i], strerror(errno));
    }
    return fsync(d->fd) == 0 || errno == EINVAL ? WN_OK : fail_errno(err, "save", d->path);
}

/* Somebody may have cleared up by hand, or a run that no lock kept out: results that are gone must
 * not be published. */
static wn_status check_presence(const generation *d, const char *const *names, size_t n,
                                wn_error *err)
{
    struct stat ours, named;
    for (size_t i = 0; i < n; i++)
        if (faccessat(d->gen_fd, names[i], F_OK, AT_SYMLINK_NOFOLLOW) != 0)
            return wn_fail(err, WN_E_IO,
                           "%s/%s/%s went away while the run was at work; nothing was published",
                           d->home, d->gen, names[i]);
    if (fstat(d->gen_fd, &ours) != 0 ||
        fstatat(d->home_fd, d->gen, &named, AT_SYMLINK_NOFOLLOW) != 0 ||
        ours.st_dev != named.st_dev || ours.st_ino != named.st_ino)
        return wn_fail(err, WN_E_IO,
                       "%s/%s went away while the run was at work; nothing was published", d->home,
                       d->gen);
    return WN_OK;
}

static wn_status switch_generation(generation *d, wn_error *err)
{
    if (fsync(d->gen_fd) != 0 && errno != EINVAL)
        return fail_errno(err, "save a folder in", d->home);
    if (symlinkat(d->gen, d->home_fd, "next") != 0)
        return fail_errno(err, "make a link in", d->home);
    if (fsync(d->home_fd) != 0 && errno != EINVAL)
        return fail_errno(err, "save", d->home);
    if (renameat(d->home_fd, "next", d->home_fd, "current") != 0)
        return fail_errno(err, "name the results in", d->home);
    d->published = true;
    guard_commit();
    (void)fsync(d->home_fd); /* should it fail: the old results are as whole as the new */
    return WN_OK;
}

wn_status generation_publish(generation *d, const char *const *names, size_t n, wn_error *err)
{
    wn_status status = check_presence(d, names, n, err);
    if (status == WN_OK)
        status = link_names(d, names, n, err);
    return status == WN_OK ? switch_generation(d, err) : status;
}

void generation_end(generation *d)
{
    char current[64] = "";
    if (d == NULL)
        return;
    if (d->home_fd >= 0) {
        target_of(d->home_fd, "current", current, sizeof current);
        (void)each_entry(d->home_fd, remove_stale, current);
        (void)each_entry(d->fd, remove_dangling, NULL);
        (void)unlinkat(d->fd, HOME, AT_REMOVEDIR); /* stays when it holds a generation */
        (void)close(d->home_fd);
    }
    if (d->gen_fd >= 0)
        (void)close(d->gen_fd);
    if (d->fd >= 0)
        (void)close(d->fd);
    if (d->made && !d->published)
        (void)rmdir(d->path);
    if (!d->published)
        guard_sweep_none();
    free(d->path);
    free(d->home);
    free(d->work);
    mem_free(d);
}
