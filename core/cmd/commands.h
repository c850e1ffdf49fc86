/* commands.h: the commands of winnow. To add one: write core/cmd/NAME.c with
 *     const command cmd_NAME = {"name", "ARGUMENTS", "what it does", "all about it", name_main};
 * add C(NAME) to COMMANDS below, and NAME.c to local.mk. */
#ifndef CORE_CMD_COMMANDS_H
#define CORE_CMD_COMMANDS_H
#include "util/strbuf.h"
#include <winnow/plugin.h>

typedef struct command {
    const char *name;
    const char *arguments; /* "CONFIG [INPUT ...] [--set KEY=VALUE]" */
    const char *summary;   /* one line, no full stop */
    const char *help;      /* the text of `winnow help NAME`, lines that end in \n */
    /* argv[0] is the command's name; answers an exit status */
    int (*main)(int argc, char **argv);
} command;

/* In the order of `winnow help`. */
#define COMMANDS(C) \
    C(run) \
    C(validate) \
    C(plan) \
    C(list) \
    C(inspect) \
    C(test) \
    C(verify) \
    C(why) \
    C(new_stage) \
    C(check_plugin)

#define COMMAND_DECLARE(name) extern const command cmd_##name;
COMMANDS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

/* Exit status, after sysexits(3). */
enum {
    EXIT_DONE = 0,
    EXIT_CHECK = 1, /* a gate or a check failed */
    EXIT_USAGE = 2,
    EXIT_DATA = 65,
    EXIT_INTERNAL = 70,
    EXIT_IO = 74,
    EXIT_CONFIGURATION = 78,
    EXIT_INTERRUPTED = 130
};

/* common.c */
/* "winnow: news.yaml:12:18: text" on standard error; returns the exit status. */
int report_error(const wn_error *err);
/* "winnow NAME: text", then how to call it; returns EXIT_USAGE. */
int usage_error(const command *c, const char *fmt, ...) WN_PRINTF(2, 3);
/* After printing: have the bytes left? Returns `status`, or EXIT_IO with a message. */
int end_output(int status);
/* "news.yaml:12:18: text", for a line of output. */
void put_error(strbuf *out, const wn_error *err);
enum { WORK_FOLDER = 4096 };
/* A new folder under TMPDIR or /tmp for the work of `what`, to be removed by the caller. false: err
 * says why there is none. */
bool work_folder(const char *what, char ret_dir[WORK_FOLDER], wn_error *err);
/* A folder and all in it, gone; symbolic links are not followed, failures not told. */
void remove_tree(const char *dir);
#endif
