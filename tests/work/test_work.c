/* Work grows with the text and no faster, on texts made to hurt (tests/bench/hostile.py measures
 * the same in seconds, with more of them), and the owner is asked often enough whether to go on.
 * Counted in basic blocks: the same on every machine. */
#include "work/work.h"
#include "align/grouping.h"
#include "tap.h"
#include <stdlib.h>

/* head, units, tail; rest: repeated as often as the unit, after all units */
typedef struct pattern {
    const char *unit, *head, *tail, *rest;
} pattern;

#define U(unit) \
    { \
        unit, NULL, NULL, NULL \
    }
#define SEVENTY(s) S7(S5(s) S5(s)) /* a sentence just short enough to be read */
#define S7(s) s s s s s s s
#define S5(s) s s s s s
static const pattern texts[] = {
    U("the "),
    U("the a an this "),
    U("that "),
    U("not "),
    U("not very soon told "),
    U("big old new "),
    U("her his "),
    U("Orr's "),
    U("he she "),
    U("who which "),
    U("of in "),
    U("has been "),
    U("to "),
    U("said "),
    U("he said that "),
    U("He said so. "),
    U("claim that "),
    {"estimates that ", "The scholars ", NULL, NULL},
    U("according to the mayor, "),
    {"spring, he said, ", "In ", NULL, NULL},
    U("In " SEVENTY("spring, he said, ") "it ends. "),
    U("he said, adding that "),
    U("She declined to comment. "),
    U("Mr Mrs Dr "),
    U("Ann Orr "),
    U("Ann Orr said so. Orr said no. "),
    U("The mayor, Ann Orr, spoke. The mayor said so. "),
    U("NATO EU "),
    U("“a "),
    {"“", NULL, NULL, "”"},
    U("“so,” he said. "),
    U("\"a "),
    U("'dogs' cats' "),
    {"it was so. ", "He said, “", "”", NULL},
    {"it is so. ", "He said that he said that he said that “", "”", NULL},
    {"(", NULL, NULL, ")"},
    {"! ", "a ", "a b", NULL},
    U("... "),
    U("Mr. "),
    {") ", "Mr. ", NULL, NULL},
    U("No. "),
    U(", "),
    U("a-b-"),
    U("a/b/"),
    {"5 big ", NULL, "dogs", NULL},
    {"5 ", NULL, "dogs", NULL},
    U("one two "),
    U("5-6 "),
    U("$5 "),
    {"million ", "5 ", NULL, NULL},
    U("worth $5 "),
    U("3rd "),
    U("1"),
    U("2024 "),
    U("May "),
    U("May 3, 2024 "),
    U("2024-05-03 "),
    U("3/5/24 "),
    U("10 a.m. "),
    U("since "),
    U("from May to June "),
    U("the day after "),
    U("every Monday "),
    U("two days ago "),
    U("a\n"),
    U("a\n\n"),
    U("\n"),
    U("- item\n"),
    U("By Ann Orr\n"),
    U("By Ann Orr and Bo Quay, Staff Writer\n"),
    U("SKAGEN, May 30 (Northern Wire) - It rained.\n"),
    {"(Reuters)\nNORTHERN WIRE\n", "It rained in the town.\n", NULL, NULL},
    U("AP\n"),
    U("Published: May 3, 2024\n"),
    U("Home\nNews\nSport\n"),
    U("The ferry is late\n"),
    U("a"),
    U("a b "),
    U("e\u0301"),
    {"\u0301", "e", NULL, NULL},
    U("新闻。"),
    U("😀"),
    U("Ã©"),
    U("a\x01"),
    U("a\u00a0"),
    U("a\u2028"),
    {"\u201d", "a.", NULL, NULL},
};

static const pattern pages[] = {
    U("<div>"),
    U("<div>a "),
    {"<div>", NULL, NULL, "</b>"},
    {"<b><i>", NULL, NULL, "<p>a</p>"},
    U("<p>a</p>"),
    U("<b>a</b>"),
    U("a<br>"),
    U("<div class=\"date\"> "),
    U("<time> "),
    U("<h1> <div>"),
    U("<table><tr><td>a"),
    U("<ul><li>a"),
    U("&amp;"),
    U("<!-- a -->"),
    {"<script>a</script>", "<div class=\"byline\">", NULL, NULL},
    U("<p class=\"article-body related\" id=\"a\">a b</p>"),
    U("<a href=\"/a\">read more</a> "),
    U("<time datetime=\"2024-05-03\">May 3</time>"),
    U("<span class=\"byline\">By Ann Orr</span>"),
    U("<a rel=\"author\">Ann Orr</a>"),
    U("<div itemprop=\"author\">"),
    U("<meta name=\"author\" content=\"Ann Orr\">"),
    {"<meta property=\"og:title\" content=\"The ferry is late\">", NULL, NULL,
     "<h1>Another title here</h1>"},
    U("<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"Ann "
      "Orr\"},"
      "\"headline\":\"The ferry\"}</script>"),
    {"{\"@type\":\"NewsArticle\",\"headline\":\"The "
     "f\\u00e9rry\",\"datePublished\":\"2024-05-\\u0030\\u0033\"},",
     "<script type=\"application/ld+json\">[", "{}]</script>", NULL},
    {"{\"@type\":\"NewsArticle\",\"headline\":\"The ferry is late\"},",
     "<script type=\"application/ld+json\">{\"@graph\":[", "{}]}</script>", NULL},
    U("<"),
    U("<a "),
    U("<select><option>a"),
    U("<blockquote><q>a"),
    U("<h1>The ferry</h1>"),
};

static size_t copies(char *out, const char *s, size_t n)
{
    size_t len = s != NULL ? strlen(s) : 0;
    for (size_t i = 0; i < n; i++)
        memcpy(out + i * len, s, len);
    return n * len;
}

/* About `size` bytes of the pattern. */
static char *make(const pattern *p, size_t size, size_t *ret_len)
{
    size_t times = size / (strlen(p->unit) + (p->rest != NULL ? strlen(p->rest) : 0)) + 1;
    char *text = malloc(2 * size + 4096);
    if (text == NULL)
        exit(1);
    size_t n = copies(text, p->head, p->head != NULL);
    n += copies(text + n, p->unit, times);
    n += copies(text + n, p->rest, p->rest != NULL ? times : 0);
    n += copies(text + n, p->tail, p->tail != NULL);
    *ret_len = n;
    return text;
}

/* the most work between two questions */
typedef struct watch {
    uint64_t since, longest;
} watch;

static int ask(void *with)
{
    watch *w = with;
    uint64_t gap = work_done - w->since;
    w->longest = gap > w->longest ? gap : w->longest;
    w->since = work_done;
    return 0;
}

/* Work a byte, in hundredths; 0: the pass failed. */
static uint64_t work_per_byte(work_pass *pass, const pattern *p, size_t size, uint64_t *ret_gap)
{
    size_t len;
    char *text = make(p, size, &len);
    uint64_t before = work_done;
    watch w = {before, 0};
    wn_pulse owner = {ask, &w, 0, 0};
    bool ok = pass(text, len, &owner);
    (void)ask(&w);
    free(text);
    *ret_gap = w.longest;
    return ok ? (work_done - before) * 100 / len + 1 : 0;
}

enum {
    SMALL = 12000,
    LARGE = 4 * SMALL,
    MOST_GROWTH = 123,    /* percent: 4 to the power of 0.15 */
    MOST_PER_BYTE = 3500, /* blocks of about 0.3 ns each */
    MOST_GAP = 3000000,   /* blocks between two questions */
    SET_UP = 100          /* hundredths of a block a byte */
};

static bool bad(const char *stage, work_pass *pass, const pattern *p, uint64_t worst[2])
{
    uint64_t gap, small = work_per_byte(pass, p, SMALL, &gap),
                  large = work_per_byte(pass, p, LARGE, &gap);
    bool grows = large > small * MOST_GROWTH / 100 + SET_UP, slow = large > MOST_PER_BYTE * 100,
         deaf = gap > MOST_GAP;
    worst[0] = large / 100 > worst[0] ? large / 100 : worst[0];
    worst[1] = gap > worst[1] ? gap : worst[1];
    if (small != 0 && large != 0 && !grows && !slow && !deaf)
        return false;
    printf("# %s: \"%.40s\": %llu blocks a byte, %llu of four times the text, at most %llu between "
           "two questions\n",
           stage, p->unit, (unsigned long long)small / 100, (unsigned long long)large / 100,
           (unsigned long long)gap);
    return true;
}

static void check(const char *stage, work_pass *pass, const pattern *p, size_t n)
{
    uint64_t gap, worst[2] = {0, 0};
    (void)work_per_byte(pass, p, 1000, &gap); /* reads its data */
    for (size_t i = 0; i < n; i++)
        CHECK(!bad(stage, pass, &p[i], worst));
    printf("# %s: at most %llu blocks a byte, %llu between two questions\n", stage,
           (unsigned long long)worst[0], (unsigned long long)worst[1]);
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void clean_is_linear_on_pages(void)
{
    check("pages", work_pages, pages, COUNT(pages));
}
static void clean_is_linear_on_texts(void)
{
    check("clean", work_clean, texts, COUNT(texts));
}
static void dates_is_linear(void)
{
    check("dates", work_dates, texts, COUNT(texts));
}
static void claims_is_linear(void)
{
    check("claims", work_claims, texts, COUNT(texts));
}
static void dedup_is_linear(void)
{
    check("dedup", work_dedup, texts, COUNT(texts));
}
static void align_is_linear(void)
{
    check("align", work_align, texts, COUNT(texts));
}

/* A text of sentences of `words` words, in some order, with a number behind each of them or
 * none. */
static char *sentences_of(const char *head, unsigned words, bool numbers, size_t size,
                          size_t *ret_len)
{
    char *text = malloc(size + 8192);
    size_t n = 0;
    uint32_t state = 1;
    if (text == NULL)
        exit(1);
    while (n < size) {
        n += (size_t)sprintf(text + n, "%s", state >> 31 != 0 ? head : "Somebody says");
        for (unsigned i = 0; i < words; i++) {
            state = state * 1664525u + 1013904223u;
            unsigned w = state >> 16;
            n += (size_t)sprintf(text + n, " v%c%c%c%c", 'a' + (int)(w % 20),
                                 'a' + (int)(w / 20 % 20), 'k' + (int)(w % 5), 'b' + (int)(w % 7));
            if (numbers)
                n += (size_t)sprintf(text + n, " $%u", 10 + state % 100000);
        }
        n += (size_t)sprintf(text + n, ". ");
    }
    *ret_len = n;
    return text;
}

static uint64_t findings_per_byte(const char *head, unsigned words, bool numbers, size_t size)
{
    size_t len;
    char *text = sentences_of(head, words, numbers, size, &len);
    uint64_t before = work_done;
    CHECK(work_findings(text, len, NULL));
    free(text);
    return (work_done - before) / len;
}

/* Within one event, whatever its documents hold: up to the bounds of align's README a number is set
 * against each sentence, not each number, of the others. */
static void findings_cost_little(void)
{
    (void)findings_per_byte("Nobody says", 8, false, 4000); /* reads its data */
    uint64_t numbers = findings_per_byte("Somebody says", 100, true, 40000),
             denials = findings_per_byte("Nobody says", 8, false, 1400000);
    printf("# findings: %llu blocks a byte of numbers, %llu of denials\n",
           (unsigned long long)numbers, (unsigned long long)denials);
    CHECK(numbers < MOST_PER_BYTE);
    CHECK(denials < MOST_PER_BYTE);
}

static uint32_t alike(void *self, uint32_t a, uint32_t b)
{
    (void)self, (void)a, (void)b;
    return 100;
}

/* Blocks an item: each one joins the cluster of all behind it. */
static uint64_t grouping_per_item(uint32_t n)
{
    const grouping_rules rules = {50, NULL, alike, NULL};
    scored_pair *pairs = malloc(n * sizeof *pairs);
    uint32_t *group = malloc(n * sizeof *group);
    if (pairs == NULL || group == NULL)
        exit(1);
    for (uint32_t i = 0; i + 1 < n; i++)
        pairs[i] = (scored_pair){1000 + i, i, i + 1};
    uint64_t before = work_done;
    CHECK(group_by_average_link(n, pairs, n - 1, &rules, group));
    before = work_done - before;
    CHECK(group[0] == 0 && group[n / 2] == 0 && group[n - 1] == 0);
    free(pairs);
    free(group);
    return before / n;
}

static void grouping_is_linear(void)
{
    uint64_t few = grouping_per_item(10000), many = grouping_per_item(80000);
    printf("# grouping: %llu blocks an item of few, %llu of many\n", (unsigned long long)few,
           (unsigned long long)many);
    CHECK(many < few + few / 4);
}

static int refuse(void *with)
{
    (void)with;
    return -5;
}

/* Told to stop, a pass answers false, and soon. */
static void every_stage_stops(void)
{
    static work_pass *const passes[] = {work_clean, work_dates, work_claims, work_dedup,
                                        work_align};
    static const pattern prose =
        U("The mayor of Skagen said on Monday, May 3, that it rained — and “so what”?\n\n");
    size_t len;
    char *text = make(&prose, 2000000, &len);
    for (size_t i = 0; i < COUNT(passes); i++) {
        wn_pulse owner = {refuse, NULL, 0, 0};
        uint64_t before = work_done;
        CHECK(!passes[i](text, len, &owner));
        CHECK_INT(owner.stopped, -5);
        CHECK(work_done - before < 20 * MOST_GAP);
    }
    free(text);
}

int main(void)
{
#ifdef WN_ARENA_DEBUG
    printf("1..0 # SKIP sanitizers make blocks of their own\n");
    return 0;
#endif
    RUN(clean_is_linear_on_pages);
    RUN(clean_is_linear_on_texts);
    RUN(dates_is_linear);
    RUN(claims_is_linear);
    RUN(dedup_is_linear);
    RUN(align_is_linear);
    RUN(findings_cost_little);
    RUN(grouping_is_linear);
    RUN(every_stage_stops);
    return DONE();
}
