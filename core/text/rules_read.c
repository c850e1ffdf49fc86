/* rules_read.c: the lines of a rule file become words, see README.md. */
#include "text/rules_private.h"
#include "util/utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <winnow/status.h>

typedef struct reader {
    text_rules *rules;
    const char *p, *end; /* what is left of the line */
    const char *line_start;
    const char *word; /* the one at hand */
    size_t len;
    int line;
    const struct directive *now; /* NULL: none yet */
    bool has_language;           /* this file */
    text_rules_error *err;
} reader;

typedef struct directive {
    const char *name;
    unsigned kind;
    bool (*take)(reader *); /* looks at the word and adds it */
} directive;

static bool refuse(reader *rd, const char *fmt, ...) WN_PRINTF(2, 3);
static bool refuse(reader *rd, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(rd->err->text, sizeof rd->err->text, fmt, ap);
    va_end(ap);
    rd->err->line = rd->line;
    rd->err->column = (int)(rd->word - rd->line_start) + 1;
    return false;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The next word of the line; false: the line, or what is no comment of it, ends. */
static bool next_word(reader *rd)
{
    while (rd->p < rd->end && blank(*rd->p))
        rd->p++;
    rd->word = rd->p;
    while (rd->p < rd->end && !blank(*rd->p))
        rd->p++;
    rd->len = (size_t)(rd->p - rd->word);
    return rd->len > 0 && *rd->word != '#';
}

static bool add(reader *rd)
{
    const unsigned kind = rd->now->kind,
                   abbreviations = TEXT_TITLE | TEXT_ABBREVIATION | TEXT_NUMBERED;
    const unsigned apart = (kind & abbreviations) != 0 ? abbreviations : kind;
    const unsigned is = text_rules_word(rd->rules, rd->word, rd->len, apart);
    if (is == kind)
        return true;
    if (is != 0)
        return refuse(rd, "`%.*s` is a%s already: a word is one of title, abbreviation, numbered",
                      (int)rd->len, rd->word,
                      is == TEXT_TITLE          ? " title"
                      : is == TEXT_ABBREVIATION ? "n abbreviation"
                                                : " numbered one");
    if (rd->rules->n == TEXT_WORDS_MAX)
        return refuse(rd, "more than %d words of one language", TEXT_WORDS_MAX);
    if (text_rules_add(rd->rules, rd->word, rd->len, kind))
        return true;
    rd->err->text[0] = '\0';
    return false;
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

static size_t apostrophes(const reader *rd)
{
    size_t n = 0;
    for (size_t i = 0; i < rd->len; i++)
        n += rd->word[i] == '\'';
    return n;
}

/* Letters and figures, and between them what a word may hold: . - ' & */
static bool take_word(reader *rd)
{
    for (size_t i = 0; i < rd->len; i++) {
        const char c = rd->word[i];
        const bool inner = i > 0 && i + 1 < rd->len && strchr(".-'&", c) != NULL;
        if (c == '.' && i > 0 && i + 1 == rd->len)
            return refuse(rd, "write the word without its stop: `%.*s`", (int)i, rd->word);
        if (c == '\0' || (!letter(c) && !inner && !(c >= '0' && c <= '9')))
            return refuse(rd, "a word has letters, with . - ' & between them, and blanks around");
    }
    return add(rd);
}

static bool take_letter(reader *rd)
{
    if (rd->len != 1 || *rd->word < 'A' || *rd->word > 'Z')
        return refuse(rd, "expected a capital letter from A to Z");
    return add(rd);
}

static bool take_clitic(reader *rd)
{
    const char *mark = memchr(rd->word, '\'', rd->len);
    if (apostrophes(rd) != 1 || mark + 1 == rd->word + rd->len)
        return refuse(rd, "expected a clitic with its apostrophe: 's or n't");
    for (size_t i = 0; i < rd->len; i++)
        if (rd->word[i] != '\'' && !letter(rd->word[i]))
            return refuse(rd, "a clitic has letters and one apostrophe");
    if ((size_t)(mark - rd->word) > rd->rules->before_apostrophe)
        rd->rules->before_apostrophe = (size_t)(mark - rd->word);
    return add(rd);
}

static bool take_possessive(reader *rd)
{
    if (!letter(*rd->word) || utf8_count(rd->word, rd->len) != 1)
        return refuse(rd, "expected the last letter of words, one letter");
    return add(rd);
}

static bool take_language(reader *rd)
{
    bool good = rd->len >= 2 && rd->len <= TEXT_LANGUAGE_MAX;
    for (size_t i = 0; i < rd->len && good; i++)
        good = rd->word[i] >= 'a' && rd->word[i] <= 'z';
    if (!good)
        return refuse(rd, "a language is two to %d small letters, as BCP 47 has it: en",
                      TEXT_LANGUAGE_MAX);
    if (rd->has_language)
        return refuse(rd, "a file is of one language, and names it once");
    char *own = rd->rules->language;
    if (own[0] != '\0' && (strlen(own) != rd->len || memcmp(own, rd->word, rd->len) != 0))
        return refuse(rd, "the rules are for the language %s already", own);
    memcpy(own, rd->word, rd->len);
    own[rd->len] = '\0';
    rd->has_language = true;
    return true;
}

static const directive directives[] = {
    {"language", 0, take_language},
    {"title", TEXT_TITLE, take_word},
    {"abbreviation", TEXT_ABBREVIATION, take_word},
    {"numbered", TEXT_NUMBERED, take_word},
    {"final", TEXT_FINAL, take_word},
    {"letter", TEXT_LETTER, take_letter},
    {"starter", TEXT_STARTER, take_word},
    {"speech", TEXT_SPEECH, take_word},
    {"clitic", TEXT_CLITIC, take_clitic},
    {"possessive", TEXT_POSSESSIVE, take_possessive},
    {"elision", TEXT_ELISION, take_word},
};

static bool find_directive(reader *rd)
{
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (strlen(directives[i].name) == rd->len &&
            memcmp(directives[i].name, rd->word, rd->len) == 0) {
            rd->now = &directives[i];
            return rd->now->kind == 0 || rd->has_language ||
                   refuse(rd, "the first directive is the language: language en");
        }
    return refuse(rd, "unknown directive; known: language title abbreviation numbered final letter "
                      "starter speech clitic possessive elision");
}

static bool take_words(reader *rd)
{
    bool any = false;
    while (next_word(rd)) {
        if (rd->len > TEXT_WORD_MAX)
            return refuse(rd, "a word has at most %d bytes", TEXT_WORD_MAX);
        if (!utf8_valid(rd->word, rd->len))
            return refuse(rd, "not UTF-8");
        if (!rd->now->take(rd))
            return false;
        any = true;
    }
    return any || refuse(rd, "expected a word after `%s`", rd->now->name);
}

static bool take_line(reader *rd)
{
    const bool goes_on = rd->p < rd->end && blank(*rd->p);
    if (!next_word(rd))
        return true;
    if (!goes_on)
        return find_directive(rd) && take_words(rd);
    if (rd->now == NULL)
        return refuse(rd, "a line that starts with a blank goes on with a directive above");
    rd->p = rd->word;
    return take_words(rd);
}

static const char *line_end(const char *p, const char *end)
{
    const char *nl = memchr(p, '\n', (size_t)(end - p));
    return nl != NULL ? nl : end;
}

bool text_rules_load(text_rules *r, const char *bytes, size_t len, text_rules_error *err)
{
    const char *const end = bytes + len;
    reader rd = {.rules = r, .word = bytes, .line_start = bytes, .line = 1, .err = err};
    *err = (text_rules_error){1, 1, ""};
    if (len > TEXT_FILE_MAX)
        return refuse(&rd, "a file has at most %d bytes", TEXT_FILE_MAX);
    for (const char *p = bytes; p < end; p = rd.end + 1, rd.line++) {
        rd.p = rd.line_start = p;
        rd.end = line_end(p, end);
        if (!take_line(&rd))
            return false;
    }
    return rd.has_language || refuse(&rd, "the file names no language: language en");
}

void text_rules_file_language(const char *bytes, size_t len, char ret[TEXT_LANGUAGE_MAX + 1])
{
    static const char name[] = "language";
    const char *const end = bytes + len;
    ret[0] = '\0';
    for (const char *p = bytes; p < end; p = line_end(p, end) + 1) {
        reader rd = {.p = p, .end = line_end(p, end)};
        if (blank(*p) || !next_word(&rd))
            continue;
        if (rd.len != sizeof name - 1 || memcmp(rd.word, name, rd.len) != 0)
            return;
        if (next_word(&rd) && rd.len <= TEXT_LANGUAGE_MAX) {
            memcpy(ret, rd.word, rd.len);
            ret[rd.len] = '\0';
        }
        return;
    }
}
