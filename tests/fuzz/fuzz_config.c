/* fuzz_config.c: a configuration out of any bytes. Behind a line "%%" stand --set options, one a
 * line. */
#include "unit/stub_host.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t cut_lines(char *text, const char **lines, size_t cap)
{
    size_t n = 0;
    for (char *p = text; p != NULL && *p != '\0' && n < cap;) {
        lines[n++] = p;
        p = strchr(p, '\n');
        if (p != NULL)
            *p++ = '\0';
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const inputs[] = {"x"};
    static bool ready;
    const char *set[16];
    if (!ready)
        use_test_plugins();
    ready = true;
    char *text = malloc(size + 1);
    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    char *mark = strstr(text, "\n%%\n");
    size_t n_set = mark == NULL ? 0 : cut_lines(mark + 4, set, 16);
    const config_args args = {.text = {text, mark == NULL ? size : (size_t)(mark - text)},
                              .set = set,
                              .n_set = n_set,
                              .inputs = inputs,
                              .n_inputs = size % 3 == 0,
                              .host = &stub_host};
    config *c = NULL;
    wn_error err = WN_ERROR_INIT;
    wn_status status = config_open(&args, &c, &err);
    if ((status == WN_OK) != (c != NULL) || (status != WN_OK && err.text[0] == '\0'))
        /* a verdict has a config or a reason (a newline of the input's in it is shown as \n, see
         * util/show.h) */
        abort();
    config_close(c);
    free(text);
    return 0;
}
