/* main.c: argv to a command, its status to the exit code, in a guarded process; nothing else. */
#include "cmd/commands.h"
#include "config/node.h"
#include "guard/guard.h"
#include "util/alloc.h"
#include "util/show.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <winnow/version.h>

#define COMMAND_ROW(name) &cmd_##name,
static const command *const commands[] = {COMMANDS(COMMAND_ROW)};
enum { N_COMMANDS = sizeof commands / sizeof commands[0] };

static const command *find(const char *name)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int unknown(const char *name)
{
    const char *names[N_COMMANDS];
    for (size_t i = 0; i < N_COMMANDS; i++)
        names[i] = commands[i]->name;
    const char *near = suggest(name, names, N_COMMANDS);
    show_printf(stderr, "winnow: no command `%s`", name);
    if (near != NULL)
        (void)fprintf(stderr, "; did you mean `%s`?", near);
    (void)fprintf(stderr, "\nTry: winnow help\n");
    return EXIT_USAGE;
}

static int help(void)
{
    printf("winnow: clean, deduplicated, dated text and sourced claims out of scraped pages\n\n"
           "usage: winnow COMMAND [ARGUMENTS]\n\n");
    for (size_t i = 0; i < N_COMMANDS; i++)
        printf("  %-13s %s\n", commands[i]->name, commands[i]->summary);
    printf("\n`winnow help COMMAND` tells more.\n");
    return end_output(EXIT_DONE);
}

static int help_on(const command *c)
{
    printf("usage: winnow %s %s\n\n%s.\n\n%s", c->name, c->arguments, c->summary, c->help);
    return end_output(EXIT_DONE);
}

static bool is(const char *word, const char *a, const char *b)
{
    return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

static bool asks_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (is(argv[i], "--help", "-h"))
            return true;
    return false;
}

/* Documents and reports are trees of small pieces, freed together: glibc's fast bins make it join
 * them twice. What a huge document needs is a page of its own and goes back when it is freed; left
 * alone, glibc keeps ever larger blocks (121 MB where 73 are in use). */
static void tune_memory(void)
{
#ifdef __GLIBC__
    enum { LARGE = 1 << 20, KEPT = 4 << 20 };
    (void)mallopt(M_MXFAST, 0);
    (void)mallopt(M_MMAP_THRESHOLD, LARGE);
    (void)mallopt(M_TRIM_THRESHOLD, KEPT);
#endif
}

static int run_command(int argc, char **argv)
{
    if (argc < 2) {
        (void)help();
        return EXIT_USAGE;
    }
    if (is(argv[1], "--version", "-V")) {
        printf("winnow %s\n", WINNOW_VERSION);
        return end_output(EXIT_DONE);
    }
    if (is(argv[1], "--help", "-h") || strcmp(argv[1], "help") == 0) {
        if (argc < 3)
            return help();
        const command *about = find(argv[2]);
        return about == NULL ? unknown(argv[2]) : help_on(about);
    }
    const command *c = find(argv[1]);
    if (c == NULL)
        return unknown(argv[1]);
    return asks_help(argc - 1, argv + 1) ? help_on(c) : c->main(argc - 1, argv + 1);
}

typedef struct words {
    int argc;
    char **argv;
} words;

static int in_child(void *arg)
{
    const words *w = arg;
    return run_command(w->argc, w->argv);
}

/* Plugins are foreign code: they run in a child process, so that whatever ends it is told of. */
int main(int argc, char **argv)
{
    words w = {argc, argv};
    guard_standard_streams();
    json_set_alloc_funcs(mem_alloc, mem_free); /* before all else: see mem_failures */
    tune_memory();
    /* a closed pipe is a write error, with a message and a status */
    (void)signal(SIGPIPE, SIG_IGN);
    if (getenv("WINNOW_ONE_PROCESS") != NULL) /* for debuggers and instruction counts */
        return in_child(&w);
    guard_end end = guard_run(in_child, &w);
    return guard_tell(&end);
}
