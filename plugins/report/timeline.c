/* timeline.c: days as SVG. Days stand in order, evenly spaced (a true scale would squeeze a week of
 * news against one mention of 1979); the year is written where it changes. */
#include "report/html.h"

#include <string.h>

enum { MAX_DAYS = 40, STEP = 92, HEIGHT = 132, AXIS = 84, LEFT = 48 };

typedef struct day {
    const char *begin, *end;
    size_t mentions, published;
} day;

static int two_digits(const char *s)
{
    return (s[0] - '0') * 10 + s[1] - '0';
}

/* Does the stretch [begin, end) hold one day? Days of publication come without an end. */
static bool one_day(const char *begin, const char *end)
{
    if (strlen(begin) < 10 || strlen(end) < 10)
        return true;
    int days = two_digits(end + 8) - two_digits(begin + 8);
    return (days == 1 && strncmp(begin, end, 7) == 0) ||
           (two_digits(end + 8) == 1 && two_digits(begin + 8) >= 28);
}

static int by_time(const day *d, const char *begin, const char *end)
{
    int c = strncmp(d->begin, begin, 10);
    if (c != 0 || (one_day(d->begin, d->end) && one_day(begin, end)))
        return c;
    return strcmp(d->end, end);
}

static size_t note_day(day *d, size_t n, const html_day *new, bool published, size_t *left_out)
{
    const char *begin = new->since, *end = new->until;
    size_t i = 0;
    while (i < n && by_time(&d[i], begin, end) < 0)
        i++;
    if (i == n || by_time(&d[i], begin, end) != 0) {
        if (n == MAX_DAYS) {
            *left_out += new->mentions;
            return n;
        }
        memmove(&d[i + 1], &d[i], (n - i) * sizeof *d);
        d[i] = (day){begin, end, 0, 0};
        n++;
    }
    *(published ? &d[i].published : &d[i].mentions) += new->mentions;
    return n;
}

static size_t collect_days(const html_writer *w, const char *event, day *d, size_t *left_out)
{
    size_t i, n = 0, n_days;
    json_t *e;
    *left_out = 0;
    json_array_foreach(html_of_event(w, "documents", event), i,
                       e) if (strlen(member(e, "published")) >= 10) n =
        note_day(d, n, &(html_day){event, member(e, "published"), "", 1}, true, left_out);
    const html_day *days = html_days(w, event, &n_days);
    for (i = 0; i < n_days; i++)
        n = note_day(d, n, &days[i], false, left_out);
    return n;
}

/* begin and end are ISO days, half-open: a year, a month and a single day are said as such. */
static void day_words(html_writer *w, const day *d)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (strlen(d->begin) < 10)
        return;
    int month = two_digits(d->begin + 5), date = two_digits(d->begin + 8);
    /* where the next day begins that is not meant; 0: not said */
    bool ends = strlen(d->end) >= 10;
    int end_month = ends ? two_digits(d->end + 5) : 0, end_date = ends ? two_digits(d->end + 8) : 0;
    const char *name = month >= 1 && month <= 12 ? months[month - 1] : "?";
    bool whole_months = date == 1 && end_date == 1;
    if (whole_months && month == 1 && end_month == 1)
        html_raw(w, "all year");
    else if (whole_months && end_month == month % 12 + 1)
        html_raw(w, "%s", name);
    else if (end_month == month && end_date - date > 1)
        html_raw(w, "%d\xe2\x80\x93%d %s", date, end_date - 1, name);
    else
        html_raw(w, "%d %s", date, name);
}

static void label(html_writer *w, int x, const day *d, const char *previous)
{
    if (strncmp(previous, d->begin, 4) != 0) {
        html_raw(w, "<text class=\"year\" x=\"%d\" y=\"22\">", x);
        html_text(w, d->begin, strcspn(d->begin, "-"));
        html_raw(w, "</text>\n");
    }
    html_raw(w, "<text x=\"%d\" y=\"%d\">", x, AXIS + 26);
    day_words(w, d);
    html_raw(w, "</text>\n");
}

static void draw_day(html_writer *w, int x, const day *d)
{
    if (d->mentions > 0) {
        int r = 5 + (d->mentions > 6 ? 6 : (int)d->mentions);
        html_raw(w, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\"><title>%zu mention(s) of ", x, AXIS, r,
                 d->mentions);
        html_text(w, d->begin, strlen(d->begin));
        html_raw(w, "</title></circle>\n");
    }
    if (d->published > 0)
        html_raw(w,
                 "<path class=\"pub\" d=\"M%d %dl7 7l-7 7l-7 -7z\"><title>%zu document(s) "
                 "published</title></path>\n",
                 x, AXIS - 36, d->published);
}

void timeline_svg(html_writer *w, const char *event)
{
    day d[MAX_DAYS + 1];
    size_t left_out, n = collect_days(w, event, d, &left_out);
    if (n < 2)
        return;
    int width = LEFT * 2 + STEP * (int)(n - 1);
    html_raw(w,
             "<div class=\"scroll\"><svg class=\"timeline\" role=\"img\" aria-label=\"timeline\" "
             "viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n",
             width, HEIGHT, width, HEIGHT);
    html_raw(w, "<line x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", AXIS, width, AXIS);
    for (size_t i = 0; i < n; i++) {
        int x = LEFT + STEP * (int)i;
        draw_day(w, x, &d[i]);
        label(w, x, &d[i], i > 0 ? d[i - 1].begin : "");
    }
    html_raw(w, "</svg></div>\n<p class=\"legend\"><span class=\"dot\"></span>day mentioned <span "
                "class=\"diamond\"></span>published. Days in order, not to scale.</p>\n");
    if (left_out > 0)
        html_raw(w, "<p class=\"more\">%zu mentions of further days in report.json</p>\n",
                 left_out);
}
