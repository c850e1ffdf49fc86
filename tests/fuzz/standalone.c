/* standalone.c: main for a fuzz target without libFuzzer: runs it over files, and over
 * the files of folders; then over each of them cut short and with bytes changed in a fixed way.
 * libFuzzer's own options (-runs=0) are passed over. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long runs;

static void run_copy(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1); /* exact size, so that ASan sees overruns */
    if (copy == NULL)
        exit(99);
    memcpy(copy, data, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    runs++;
}

static void run_variants(uint8_t *data, size_t size)
{
    uint32_t x = 2463534242u;
    run_copy(data, size);
    for (size_t cut = 1; cut < size; cut += 1 + size / 16)
        run_copy(data, cut);
    for (int i = 0; i < 64 && size > 0; i++) {
        x ^= x << 13, x ^= x >> 17, x ^= x << 5;
        size_t at = x % size;
        uint8_t old = data[at];
        data[at] = (uint8_t)(x >> 24);
        run_copy(data, size);
        data[at] = old;
    }
}

static void run_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        perror(path);
        exit(99);
    }
    static uint8_t buffer[1 << 22];
    size_t n = fread(buffer, 1, sizeof buffer, f);
    (void)fclose(f);
    run_variants(buffer, n);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct stat st;
        if (argv[i][0] == '-')
            continue;
        if (stat(argv[i], &st) != 0) {
            perror(argv[i]);
            return 99;
        }
        if (!S_ISDIR(st.st_mode)) {
            run_file(argv[i]);
            continue;
        }
        DIR *d = opendir(argv[i]);
        for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
            char path[4096];
            if (e->d_name[0] == '.' ||
                snprintf(path, sizeof path, "%s/%s", argv[i], e->d_name) >= (int)sizeof path)
                continue;
            run_file(path);
        }
        if (d != NULL)
            (void)closedir(d);
    }
    run_copy((const uint8_t *)"", 0);
    printf("ok 1 - %lu inputs\n1..1\n", runs);
    return 0;
}
