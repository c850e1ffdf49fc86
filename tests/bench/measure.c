/* measure SECONDS OUT COMMAND...: run a command, write "wall user system peak_kib status" to OUT.
 * A program of its own because a child's peak memory counts from the fork on: behind a large
 * parent, as an interpreter is, the figure would be the parent's. After SECONDS the command's
 * process group is killed. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t child;

static void expire(int signal_number)
{
    (void)signal_number;
    (void)kill(-(pid_t)child, SIGKILL);
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: measure SECONDS OUT COMMAND...\n");
        return 2;
    }
    struct sigaction on_alarm = {.sa_handler = expire};
    const double start = now();
    const pid_t pid = fork();
    if (pid == 0) {
        (void)setpgid(0, 0);
        (void)execvp(argv[3], argv + 3);
        perror(argv[3]);
        _exit(127);
    }
    child = (sig_atomic_t)pid;
    (void)sigaction(SIGALRM, &on_alarm, NULL);
    (void)alarm((unsigned)strtoul(argv[1], NULL, 10));
    int status = 0;
    struct rusage used;
    while (wait4(pid, &status, 0, &used) < 0)
        if (errno != EINTR)
            return 1;
    FILE *out = fopen(argv[2], "w");
    if (out == NULL) {
        perror(argv[2]);
        return 1;
    }
    fprintf(out, "%.6f %.6f %.6f %ld %d\n", now() - start, seconds(used.ru_utime),
            seconds(used.ru_stime), used.ru_maxrss,
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return fclose(out) == 0 ? 0 : 1;
}
