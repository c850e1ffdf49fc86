/* text.c: paragraphs, and the passes over them. */
#include "text/text_internal.h"
#include "util/alloc.h"
#include <string.h>

enum {
    LONG_LINE = 120, /* a text with a longer line was not wrapped: its line ends divide */
    SHORT_LINE = 40, /* a text of shorter lines is a list: its line ends divide too */
};

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* The line [start, end) without blanks around; returns where the next one starts. */
static size_t next_line(const char *text, size_t len, size_t at, wn_extent *ret_line)
{
    const char *nl = memchr(text + at, '\n', len - at);
    size_t end = nl != NULL ? (size_t)(nl - text) : len;
    size_t next = nl != NULL ? end + 1 : len;
    while (at < end && blank(text[at]))
        at++;
    while (end > at && blank(text[end - 1]))
        end--;
    *ret_line = (wn_extent){(uint32_t)at, (uint32_t)end};
    return next;
}

static size_t longest_line(const char *text, size_t len)
{
    size_t longest = 0;
    wn_extent line;
    for (size_t at = 0; at < len && longest <= LONG_LINE;) {
        at = next_line(text, len, at, &line);
        if (line.end - line.start > longest)
            longest = line.end - line.start;
    }
    return longest;
}

static size_t first_word(const char *text, wn_extent line)
{
    size_t at = line.start;
    while (at < line.end && !blank(text[at]))
        at++;
    return at - line.start;
}

static bool add_paragraph(text_analysis *a, wn_extent e)
{
    if (!MEM_GROW(a->paragraph, a->cap_paragraphs, a->n_paragraphs + 1))
        return false;
    a->paragraph[a->n_paragraphs++] = e;
    return true;
}

/* In wrapped text a line that had room for the next line's first word ended on purpose. */
static bool divide(text_analysis *a, const char *text, size_t len)
{
    size_t longest = longest_line(text, len);
    bool wrapped = longest <= LONG_LINE && longest > SHORT_LINE;
    wn_extent now = {0, 0}, line, before = {0, 0};
    for (size_t at = 0; at < len;) {
        at = next_line(text, len, at, &line);
        bool empty = line.start == line.end, open = now.end > now.start;
        bool joins = open && wrapped && !empty &&
                     (before.end - before.start) + 1 + first_word(text, line) > longest * 3 / 4;
        if ((open && !joins && !add_paragraph(a, now)) || !wn_beat(a->pulse))
            return false;
        now = joins ? (wn_extent){now.start, line.end} : line;
        before = line;
    }
    return now.end == now.start || add_paragraph(a, now);
}

static bool starts_with_quote(const char *text, wn_extent e)
{
    static const char *const marks[] = {"\"", "``", "\xE2\x80\x9C", "\xC2\xAB"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (e.end - e.start > strlen(marks[i]) &&
            memcmp(text + e.start, marks[i], strlen(marks[i])) == 0)
            return true;
    return false;
}

bool text_analyse(text_analysis *a, const char *text, size_t len, const wn_extent *paragraphs,
                  size_t n_paragraphs)
{
    a->n_tokens = a->n_paragraphs = a->n_sentences = a->n_quotations = 0;
    if (len >= UINT32_MAX)
        len = UINT32_MAX - 1;
    for (size_t i = 0; i < n_paragraphs; i++)
        if (paragraphs[i].start < paragraphs[i].end && paragraphs[i].end <= len &&
            !add_paragraph(a, paragraphs[i]))
            return false;
    if (n_paragraphs == 0 && !divide(a, text, len))
        return false;
    for (size_t i = 0; i < a->n_paragraphs; i++) {
        size_t first = a->n_tokens, first_quotation = a->n_quotations;
        bool quote_follows =
            i + 1 < a->n_paragraphs && starts_with_quote(text, a->paragraph[i + 1]);
        if (!text_tokenise(a, text, a->paragraph[i].start, a->paragraph[i].end) ||
            !text_pair_quotes(a, text, first, a->n_tokens, quote_follows) ||
            !text_split_sentences(a, text, first, a->n_tokens, first_quotation))
            return false;
    }
    return true;
}

void text_analysis_release(text_analysis *a)
{
    mem_free(a->token);
    mem_free(a->paragraph);
    mem_free(a->sentence);
    mem_free(a->quotation);
    mem_free(a->tag);
    *a = (text_analysis){.rules = a->rules};
}

wn_analysis text_view(const text_analysis *a)
{
    return (wn_analysis){.token = a->token,
                         .n_tokens = a->n_tokens,
                         .sentence = a->sentence,
                         .n_sentences = a->n_sentences,
                         .paragraph = a->paragraph,
                         .n_paragraphs = a->n_paragraphs,
                         .quotation = a->quotation,
                         .n_quotations = a->n_quotations};
}
