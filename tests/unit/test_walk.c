/* What a search for input files leaves out, passes over and cannot read. */
#include "config.h"
#include "files.h"
#include "input/input.h"
#include "tap.h"
#include "util/alloc.h"
#include <sys/socket.h>
#include <sys/un.h>

static input_list list;
static char said[4096];

static void touch(const char *path)
{
    file_put(path, "x\n", 2);
}

/* The paths found, a problem behind its path; or the error. What was passed over goes to `said`. */
static const char *found(const char *a, const char *b, const char *out_dir)
{
    static strbuf paths = STRBUF_INIT;
    strbuf lines = STRBUF_INIT;
    const char *item[2] = {a, b};
    wn_error err = WN_ERROR_INIT;
    strbuf_clear(&paths);
    said[0] = '\0';
    strbuf_puts(&paths, "");
    if (input_expand(item, b != NULL ? 2 : 1, NULL, ".txt", out_dir, &list, &err) != WN_OK) {
        strbuf_puts(&paths, err.text);
        return paths.p;
    }
    for (size_t i = 0; i < list.n; i++)
        strbuf_printf(&paths, "%s%s%s%s", i > 0 ? " " : "", list.file[i].path,
                      list.file[i].problem != NULL ? ": " : "",
                      list.file[i].problem != NULL ? list.file[i].problem : "");
    input_passed_say(&list.passed, "", &lines);
    (void)snprintf(said, sizeof said, "%s", lines.p != NULL ? lines.p : "");
    strbuf_release(&lines);
    input_list_release(&list);
    return paths.p;
}

static void make_run(const char *path)
{
    char mark[300], file[300];
    (void)snprintf(mark, sizeof mark, "%s/.winnow", path);
    (void)snprintf(file, sizeof file, "%s/r.txt", path);
    CHECK(mkdir(path, 0777) == 0 && mkdir(mark, 0777) == 0);
    touch(file);
}

static void run_directories_are_left_out(void)
{
    CHECK(mkdir("r", 0777) == 0 && mkdir("r/sub", 0777) == 0);
    touch("r/a.txt"), touch("r/sub/b.txt");
    make_run("r/run"), make_run("r/sub/run");
    CHECK(mkdir("r/run/deep", 0777) == 0);
    touch("r/run/deep/d.txt");
    CHECK_STR(found("r", NULL, NULL), "r/a.txt r/sub/b.txt");
    CHECK_STR(said, "2 run directories left out; name one to read it\n");
    CHECK_STR(found("r/**", NULL, NULL), "r/a.txt r/sub/b.txt");
    CHECK_STR(said, "2 run directories left out; name one to read it\n");
    CHECK_STR(found("r/**/*.txt", "r", NULL), "r/a.txt r/sub/b.txt");
    CHECK_STR(said, "2 run directories left out; name one to read it\n"); /* each once */
    CHECK_STR(found("r/*/r.txt", NULL, NULL), "r/*/r.txt: the pattern matches no file");
    CHECK_STR(found("*/run/r.txt", NULL, NULL), "*/run/r.txt: the pattern matches no file");
    CHECK_STR(found("r/*/run/*.txt", "r/a.txt", NULL),
              "r/*/run/*.txt: the pattern matches no file");
}

static void what_is_named_is_read(void)
{
    CHECK_STR(found("r/run", NULL, NULL), "r/run/deep/d.txt r/run/r.txt");
    CHECK_STR(said, "");
    CHECK_STR(found("r/run/r.txt", NULL, "r/run"), "r/run/r.txt");
    CHECK_STR(found("r/run/*.txt", NULL, NULL), "r/run/r.txt"); /* the leading part names it */
    CHECK_STR(found("r/run/deep", NULL, NULL), "r/run/deep/d.txt");
    CHECK_STR(found("r", "r/run", NULL), "r/a.txt r/run/deep/d.txt r/run/r.txt r/sub/b.txt");
    CHECK_STR(said, "1 run directory left out; name one to read it\n");
}

static void the_directory_to_be_is_left_out(void)
{
    CHECK(mkdir("o", 0777) == 0 && mkdir("o/out", 0777) == 0 && symlink("out", "o/link") == 0);
    touch("o/a.txt"), touch("o/out/b.txt");
    CHECK_STR(found("o", NULL, NULL), "o/a.txt o/link/b.txt");
    CHECK_STR(found("o", NULL, "o/out"), "o/a.txt");
    CHECK_STR(found("o/**", NULL, "./o/../o/out"), "o/a.txt");
    CHECK_STR(found("o", NULL, "not/there"), "o/a.txt o/link/b.txt");
}

static void names_that_are_passed_over_are_counted(void)
{
    CHECK(mkdir("p", 0777) == 0 && mkdir("p/sub", 0777) == 0);
    touch("p/a.txt"), touch("p/one.pdf"), touch("p/sub/two.PDF"), touch("p/plain"),
        touch("p/.hidden"), touch("p/x.tar.gz");
    touch("p/a sentence. Not a suffix");
    CHECK_STR(found("p", NULL, NULL), "p/a.txt");
    CHECK_STR(said, "5 files passed over for their names (.pdf 2, .gz 1, none 1, others 1); name "
                    "them or use a pattern to take them\n");
    CHECK_STR(
        found("p", "p/sub", NULL),
        "p/sub: the folder holds no input (of 1 entries); this source takes files named .txt");
    CHECK_STR(found("p", "p/*", NULL),
              "p/a sentence. Not a suffix p/a.txt p/one.pdf p/plain p/x.tar.gz");
    CHECK_STR(said,
              "1 file passed over for its name (.pdf 1); name it or use a pattern to take it\n");
    /* twice the same folder: each counts once */
    CHECK_STR(found("p", "p/./", NULL), "p/a.txt");
    CHECK(strncmp(said, "5 files ", 8) == 0);
}

static void many_suffixes_are_bounded(void)
{
    input_passed p;
    strbuf line = STRBUF_INIT;
    memset(&p, 0, sizeof p);
    for (int i = 0; i < 5000; i++) {
        char name[40];
        (void)snprintf(name, sizeof name, "f.s%d", i % 500);
        passed_name(&p, name);
    }
    input_passed_say(&p, "> ", &line);
    CHECK_STR(line.p, "> 5000 files passed over for their names (others 4690, .s0 10, .s1 10, .s10 "
                      "10, .s11 10, .s12 10, and 260); name them or use a pattern to take them\n");
    json_t *all = input_passed_json(&p);
    CHECK_INT(json_integer_value(json_object_get(json_object_get(all, "names"), "others")), 4690);
    CHECK_INT(json_object_size(all), 1);
    json_decref(all);
    strbuf_release(&line);
}

static void what_is_no_file_is_counted(void)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX, .sun_path = "s/sock.txt"};
    CHECK(mkdir("s", 0777) == 0 && mkfifo("s/fifo.txt", 0777) == 0 &&
          symlink("/dev/null", "s/null.txt") == 0);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0);
    touch("s/a.txt");
    CHECK_STR(found("s", NULL, NULL), "s/a.txt");
    CHECK_STR(said, "3 entries passed over: a FIFO, a socket or a device is no input file\n");
    CHECK_STR(found("s/*.txt", NULL, NULL), "s/a.txt");
    CHECK_STR(said, "3 entries passed over: a FIFO, a socket or a device is no input file\n");
    (void)close(fd);
}

static void what_leads_nowhere_is_a_problem(void)
{
    CHECK(mkdir("n", 0777) == 0 && symlink("gone", "n/dead.txt") == 0 &&
          symlink("loop.txt", "n/loop.txt") == 0 && symlink("gone", "n/dead.pdf") == 0 &&
          symlink("gone", "n/dead") == 0);
    touch("n/a.txt");
    const char *want = "n/a.txt n/dead.txt: cannot be opened: No such file or directory "
                       "n/loop.txt: cannot be opened: Too many levels of symbolic links";
    CHECK_STR(found("n", NULL, NULL), want);
    CHECK_STR(said, "2 files passed over for their names (.pdf 1, none 1); name them or use a "
                    "pattern to take them\n"
                    "2 entries cannot be read and are each a reject\n");
    CHECK_STR(found("n/*.txt", "n", NULL), want);
    CHECK_STR(found("n/*/x.txt", "n/a.txt", NULL), "n/*/x.txt: the pattern matches no file");
}

/* As root nothing is forbidden: then as nobody. */
static void folders_that_cannot_be_read_are_a_problem(void)
{
    CHECK(mkdir("f", 0777) == 0 && mkdir("f/list", 0777) == 0 && mkdir("f/search", 0777) == 0);
    touch("f/a.txt"), touch("f/list/x.txt"), touch("f/search/y.txt"), touch("f/search/z");
    CHECK(chmod("f/list", 0) == 0 && chmod("f/search", 0444) == 0);
    bool root = geteuid() == 0;
    if (root && (chmod(".", 0755) != 0 || seteuid(65534) != 0))
        return;
    CHECK_STR(found("f", NULL, NULL),
              "f/a.txt f/list: the folder cannot be read: Permission denied "
              "f/search/y.txt: cannot be opened: Permission denied f/search/z: cannot be opened: "
              "Permission denied");
    CHECK_STR(found("f/**/*.txt", NULL, NULL),
              "f/a.txt f/list: the folder cannot be read: Permission denied "
              "f/search/y.txt: cannot be opened: Permission denied");
    CHECK_STR(found("f/list/*.txt", NULL, NULL),
              "f/list: the folder cannot be read: Permission denied");
    CHECK_STR(found("f/list", NULL, NULL), "f/list: the folder cannot be read: Permission denied");
    CHECK_INT(root ? seteuid(0) : 0, 0);
    CHECK(chmod("f/list", 0777) == 0 && chmod("f/search", 0777) == 0);
}

static void paths_that_are_too_long_are_a_problem(void)
{
    char name[251], path[600];
    CHECK(mkdir("long", 0777) == 0 && getcwd(path, sizeof path) != NULL);
    touch("long/a.txt");
    memset(name, 'd', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    CHECK_INT(chdir("long"), 0);
    for (int i = 0; i < 17; i++)
        CHECK(mkdir(name, 0777) == 0 && chdir(name) == 0);
    touch("b.txt");
    CHECK_INT(chdir(path), 0);
    const char *paths = found("long", NULL, NULL);
    CHECK(strncmp(paths, "long/a.txt long/ddd", 19) == 0);
    CHECK(strstr(paths, "d: the folder's entries cannot be read: File name too long") != NULL &&
          strstr(paths, "b.txt") == NULL);
}

/* Many folders and links to folders: each is entered once. */
static void links_to_folders_are_bounded(void)
{
    char path[64];
    CHECK(mkdir("k", 0777) == 0);
    for (int i = 0; i < 300; i++) {
        (void)snprintf(path, sizeof path, "k/%d", i);
        CHECK_INT(mkdir(path, 0777), 0);
        (void)snprintf(path, sizeof path, "k/%d/up", i);
        CHECK_INT(symlink("..", path), 0);
        (void)snprintf(path, sizeof path, "k/%d/next", i);
        CHECK_INT(symlink(i % 2 == 0 ? "../7" : "next", path), 0);
    }
    touch("k/7/f.txt");
    CHECK_STR(found("k", NULL, NULL), "k/0/next/f.txt");
}

int main(void)
{
    files_enter("walk");
    RUN(run_directories_are_left_out);
    RUN(what_is_named_is_read);
    RUN(the_directory_to_be_is_left_out);
    RUN(names_that_are_passed_over_are_counted);
    RUN(many_suffixes_are_bounded);
    RUN(what_is_no_file_is_counted);
    RUN(what_leads_nowhere_is_a_problem);
    RUN(folders_that_cannot_be_read_are_a_problem);
    RUN(paths_that_are_too_long_are_a_problem);
    RUN(links_to_folders_are_bounded);
    files_leave();
    return DONE();
}
