/* test_validate.c: validate = run. Thousands of configurations, made from a good one by a fixed
 * sequence of mutations: `validate` and the start of `run` give the same verdict and say the same.
 * Some hundred of them go through the program itself, with a real run. */
#include "cmd/commands.h"
#include "stub_host.h"
#include "tap.h"
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 8192, IN_PROCESS = 3000, THROUGH_PROGRAM = 200 };

static const char good[] =
    "version: 1\n"
    "vars: {SHARE: 0.25}\n"
    "input:\n"
    "  use: files\n"
    "  with:\n"
    "    path: [page.txt]\n"
    "stages:\n"
    "  - t_probe\n"
    "  - use: t_probe\n"
    "    id: second\n"
    "    on_error: fail\n"
    "    with:\n"
    "      flag: false\n"
    "      whole: 7\n"
    "      size: 2MiB\n"
    "      real: ${SHARE}\n"
    "      choice: far\n"
    "      list: [x, y]\n"
    "  - use: dedup\n"
    "    with: {threshold: 0.8, keep: all}\n"
    "output:\n"
    "  - jsonl\n"
    "  - {use: jsonl, id: short, with: {spans: false, name: short.jsonl}}\n"
    "limits: {max_record: 1MB, max_rejects: 10}\n"
    "tests:\n"
    "  - {name: one, input: [page.txt], expect: [{file: documents.jsonl, lines: 1}]}\n";

static char folder[4096], config_path[4200], log_path[4200], out_dir[4200];
static uint32_t seed = 20260101;

static uint32_t pick(size_t n)
{
    seed ^= seed << 13, seed ^= seed >> 17, seed ^= seed << 5;
    return n == 0 ? 0 : seed % (uint32_t)n;
}

/* Replace `len` bytes at `at` by `with`. */
static void swap_in(char *text, size_t at, size_t len, const char *with)
{
    size_t old = strlen(text), n = strlen(with);
    if (at + len > old || old + n >= MOST)
        return;
    memmove(text + at + n, text + at + len, old - at - len + 1);
    memcpy(text + at, with, n);
}

static size_t line_start(const char *text, size_t *ret_len)
{
    size_t lines = 0;
    for (const char *p = text; *p != '\0'; p++)
        lines += *p == '\n';
    const char *p = text;
    for (size_t i = pick(lines); i > 0; i--)
        p = strchr(p, '\n') + 1;
    *ret_len = strcspn(p, "\n") + (strchr(p, '\n') != NULL);
    return (size_t)(p - text);
}

static void mutate_line(char *text, uint32_t how)
{
    size_t len, at = line_start(text, &len);
    char line[512];
    (void)snprintf(line, sizeof line, "%.*s", (int)len, text + at);
    switch (how) {
    case 0: swap_in(text, at, len, ""); break;
    case 1: swap_in(text, at, 0, line); break;
    case 2: swap_in(text, at, 0, pick(3) == 0 ? "\t" : " "); break;
    case 3: swap_in(text, at, text[at] == ' ' ? 2 : 0, ""); break;
    default:
        swap_in(text, at, len, "");
        at = line_start(text, &len);
        swap_in(text, at, 0, line);
    }
}

static void mutate_word(char *text)
{
    size_t at = pick(strlen(text));
    while (text[at] != '\0' && (text[at] < 'a' || text[at] > 'z'))
        at++;
    if (text[at] == '\0')
        return;
    const char letter[2] = {(char)('a' + pick(26)), '\0'};
    swap_in(text, at, pick(2), pick(3) == 0 ? "" : letter);
}

static void mutate_value(char *text)
{
    static const char *const values[] = {
        "yes",        "",      "99999999999", "-1",   "[a]",     "{a: b}",   "~",
        "${WN_NONE}", "'0.5'", "1e999",       "true", "t_probe", "bad_open", "bad_major",
        "*x",         "&x 1",  "no-such",     "\"\"", "64K",     "${SHARE}", "reject",
        "jsonl",      "[[1]]", "page*.txt",   "7",    "0.5",     "---",      "documents.jsonl",
        "../up"};
    size_t len, at = line_start(text, &len);
    const char *colon = memchr(text + at, ':', len), *item = memchr(text + at, '-', len),
               *from = colon == NULL ? item : colon;
    if (from == NULL)
        return;
    size_t start = (size_t)(from - text) + 1;
    char value[64];
    (void)snprintf(value, sizeof value, " %s\n", values[pick(sizeof values / sizeof values[0])]);
    swap_in(text, start, at + len - start, value);
}

static void mutate(char *text)
{
    static const char *const noise[] = {"{",    "}",  "[",  "]",  ":", "#",   "\"",
                                        "\xff", "${", "- ", ", ", "|", "<<: "};
    (void)snprintf(text, MOST, "%s", good);
    for (uint32_t times = 1 + pick(10) / 7; times > 0; times--) {
        uint32_t how = pick(10);
        if (how < 5)
            mutate_line(text, how);
        else if (how < 7)
            mutate_word(text);
        else if (how < 9)
            mutate_value(text);
        else
            swap_in(text, pick(strlen(text)), pick(2), noise[pick(sizeof noise / sizeof noise[0])]);
    }
}

static void write_text(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    CHECK(f != NULL && fputs(text, f) >= 0);
    if (f != NULL)
        (void)fclose(f);
}

static void read_log(char *ret, size_t size)
{
    FILE *f = fopen(log_path, "r");
    size_t n = f == NULL ? 0 : fread(ret, 1, size - 1, f);
    ret[n] = '\0';
    if (f != NULL)
        (void)fclose(f);
}

/* The exit status of a command in this process; what it says on standard error goes to `said`. */
static int call(const command *c, char **argv, char *said, size_t size)
{
    int argc = 0;
    while (argv[argc] != NULL)
        argc++;
    (void)fflush(NULL);
    int out = dup(1), err = dup(2), log = open(log_path, O_WRONLY | O_CREAT | O_TRUNC, 0666),
        null = open("/dev/null", O_WRONLY);
    (void)dup2(null, 1);
    (void)dup2(log, 2);
    int status = c->main(argc, argv);
    (void)fflush(NULL);
    (void)dup2(out, 1);
    (void)dup2(err, 2);
    (void)close(out), (void)close(err), (void)close(log), (void)close(null);
    read_log(said, size);
    return status;
}

#define WORD(s) ((char[]){s}) /* argv may be changed */

extern char **environ;

static int spawn(char **argv, char *said, size_t size)
{
    posix_spawn_file_actions_t actions;
    pid_t pid;
    int status = -1;
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    (void)posix_spawn_file_actions_addopen(&actions, 2, log_path, O_WRONLY | O_CREAT | O_TRUNC,
                                           0666);
    if (posix_spawn(&pid, argv[0], &actions, NULL, argv, environ) == 0)
        (void)waitpid(pid, &status, 0);
    (void)posix_spawn_file_actions_destroy(&actions);
    read_log(said, size);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void compare(int i, const char *text, int validate, const char *said, int run,
                    const char *run_said)
{
    bool same = (validate == EXIT_DONE) == (run == EXIT_DONE) && strcmp(said, run_said) == 0;
    if (validate != EXIT_DONE &&
        (validate != EXIT_CONFIGURATION || run != validate || said[0] == '\0'))
        same = false;
    CHECK(same);
    if (!same)
        printf("# mutation %d: validate %d, run %d\n# %s# %s# of:\n%s\n", i, validate, run, said,
               run_said, text);
}

static void in_process(void)
{
    char text[MOST], said[2048], run_said[2048];
    int accepted = 0;
    for (int i = 0; i < IN_PROCESS; i++) {
        mutate(text);
        write_text(config_path, text);
        int validate =
            call(&cmd_validate, (char *[]){WORD("validate"), config_path, NULL}, said, sizeof said);
        int run = call(&cmd_run, (char *[]){WORD("run"), WORD("--dry-run"), config_path, NULL},
                       run_said, sizeof run_said);
        compare(i, text, validate, said, run, run_said);
        accepted += validate == EXIT_DONE;
    }
    printf("# %d of %d accepted\n", accepted, IN_PROCESS);
    CHECK(accepted > IN_PROCESS / 50 && accepted < IN_PROCESS / 2);
}

static void through_the_program(void)
{
    char text[MOST], said[2048], run_said[2048], *program = getenv("WINNOW");
    int accepted = 0;
    for (int i = 0; i < THROUGH_PROGRAM && program != NULL; i++) {
        mutate(text);
        write_text(config_path, text);
        int validate =
            spawn((char *[]){program, WORD("validate"), config_path, NULL}, said, sizeof said);
        int run = spawn((char *[]){program, WORD("run"), WORD("--quiet"), WORD("--out"), out_dir,
                                   config_path, NULL},
                        run_said, sizeof run_said);
        compare(i, text, validate, said, run, run_said);
        accepted += validate == EXIT_DONE;
    }
    printf("# %d of %d accepted\n", accepted, THROUGH_PROGRAM);
}

int main(void)
{
    const char *builddir = getenv("builddir");
    char path[9000];
    if (builddir == NULL)
        builddir = ".";
    (void)snprintf(path, sizeof path, "%s/plugins:%s/tests/plugins", builddir, builddir);
    (void)setenv("WINNOW_PLUGIN_PATH", path, 1);
    (void)snprintf(folder, sizeof folder, "%s/tests/unit/config-files", builddir);
    (void)mkdir(folder, 0777);
    (void)snprintf(config_path, sizeof config_path, "%s/mutated.yaml", folder);
    (void)snprintf(log_path, sizeof log_path, "%s/mutated.log", folder);
    (void)snprintf(out_dir, sizeof out_dir, "%s/mutated-out", folder);
    (void)snprintf(path, sizeof path, "%s/page.txt", folder);
    write_text(path, "A page about a bridge.\n");
    RUN(in_process);
    RUN(through_the_program);
    return DONE();
}
