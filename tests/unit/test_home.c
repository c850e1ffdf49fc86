/* test_home.c: where a program finds its plugins and data without being told. */
#include "config/home.h"
#include "tap.h"
#include <stdlib.h>
#include <sys/stat.h>

static arena *memory;
static char top[] = "/tmp/winnow-home-XXXXXX";

static const char *in_top(const char *name)
{
    char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", top, name);
    return arena_strndup(memory, path, strlen(path));
}

static void put(const char *name)
{
    FILE *f = fopen(in_top(name), "w");
    CHECK(f != NULL && fclose(f) == 0);
}

static void folder(const char *name)
{
    CHECK_INT(mkdir(in_top(name), 0700), 0);
}

static void a_tree_that_was_moved(void)
{
    CHECK_STR(home_moved("/a/b/bin", "/usr/local/bin", "/usr/local/lib/winnow/plugins", memory),
              "/a/b/lib/winnow/plugins");
    CHECK_STR(home_moved("/stage/usr/bin", "/usr/bin", "/usr/share/winnow", memory),
              "/stage/usr/share/winnow");
    CHECK_STR(home_moved("/stage/usr/bin", "/usr/bin", "/opt/winnow", memory), "/stage/opt/winnow");
    /* one inside the other */
    CHECK_STR(home_moved("/a/bin", "/usr/bin", "/usr/bin/winnow", memory), "/a/bin/winnow");
    CHECK_STR(home_moved("/a/bin", "/usr/bin", "/usr/binaries", memory), "/a/binaries");
    CHECK(home_moved("/a/tools", "/usr/bin", "/usr/share/winnow", memory) == NULL);
    CHECK(home_moved("/bin", "/usr/local/sbin", "/usr/local/lib", memory) == NULL);
}

static void a_build_tree(void)
{
    home h;
    CHECK(home_of(in_top("winnow"), memory, &h) && h.plugins == NULL && h.data == NULL);
    folder("plugins");
    /* any folder of that name */
    CHECK(home_of(in_top("winnow"), memory, &h) && h.plugins == NULL);
    put("config.status");
    /* its sources lie elsewhere */
    CHECK(home_of(in_top("winnow"), memory, &h) && h.built && h.data == NULL);
    CHECK_STR(h.plugins, in_top("plugins"));
    put("plugins/README.md");
    CHECK(home_of(in_top("winnow"), memory, &h));
    CHECK_STR(h.data, in_top("plugins"));
}

static void this_program(void)
{
    home h;
    CHECK(home_find(memory, &h)); /* a test: no tree of its own */
    CHECK(home_of("winnow", memory, &h) && h.plugins == NULL);
}

int main(void)
{
    memory = arena_new(0);
    CHECK(memory != NULL && mkdtemp(top) != NULL);
    RUN(a_tree_that_was_moved);
    RUN(a_build_tree);
    RUN(this_program);
    (void)remove(in_top("plugins/README.md"));
    (void)remove(in_top("plugins"));
    (void)remove(in_top("config.status"));
    (void)remove(top);
    arena_free(memory);
    return DONE();
}
