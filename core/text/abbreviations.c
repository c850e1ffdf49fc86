/* abbreviations.c: words whose stop belongs to them. Ordered by bytes within a kind, so that a
 * search can halve; single capitals and "U.S." shapes need no entry. */
#include "text/text_internal.h"
#include <string.h>

static const char titles[][10] = {
    "Adm",   "Amb",    "Archbp", "Atty",   "Bp",   "Brig", "Capt", "Cdr",  "Cmdr", "Col",   "Cpl",
    "Dr",    "Fr",     "Ft",     "Gen",    "Gens", "Gov",  "Govs", "Hon",  "Insp", "Lieut", "Lt",
    "Maj",   "Messrs", "Mme",    "Mr",     "Mrs",  "Ms",   "Mt",   "Mx",   "Pfc",  "Pres",  "Prof",
    "Profs", "Pvt",    "Rep",    "Reps",   "Rev",  "Sec",  "Sen",  "Sens", "Sgt",  "Sr",    "St",
    "Ste",   "Supt",   "Treas",  "approx", "ca",   "cf",   "esp",  "incl", "viz",  "vs",
};
static const char plain[][10] = {
    "Ala",  "Apr",  "Ariz", "Ark",  "Assn", "Aug",  "Ave",  "Blvd", "Bros", "Calif", "Co",   "Colo",
    "Conn", "Corp", "Ct",   "Dak",  "Dec",  "Del",  "Dept", "Dist", "Esq",  "Feb",   "Fla",  "Gmbh",
    "Hwy",  "Inc",  "Ind",  "Intl", "Jan",  "Jr",   "Jul",  "Jun",  "Kan",  "Ky",    "La",   "Ltd",
    "Mass", "Md",   "Mfg",  "Mich", "Minn", "Mont", "Neb",  "Nev",  "Nov",  "Oct",   "Okla", "Ont",
    "Ore",  "Penn", "Pty",  "Rd",   "Sept", "Tenn", "Tex",  "Univ", "Va",   "Vt",    "Wash", "Wis",
    "Wyo",  "al",   "bn",   "cu",   "dept", "est",  "etc",  "hrs",  "mins", "ph",    "sq",   "yrs",
};
static const char numbered[][10] = {
    "Art", "Fig", "Figs", "Fri", "Mar", "Mon",  "No", "Nos", "Para", "Sat",  "Sep", "Sun", "Thu",
    "Tue", "Vol", "Wed",  "art", "fig", "figs", "no", "nos", "p",    "para", "pp",  "sec", "vol",
};

static bool among(const char (*list)[10], size_t n, const char *word, size_t len)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = strncmp(word, list[mid], len);
        if (order == 0 && list[mid][len] == 0)
            return true;
        if (order > 0)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

enum { LONGEST = 6 };

enum abbreviation text_abbreviation(const char *word, size_t len)
{
    if (len == 0 || len > LONGEST)
        return ABBREVIATION_NONE;
    if (among(titles, sizeof titles / sizeof *titles, word, len))
        return ABBREVIATION_TITLE;
    if (among(plain, sizeof plain / sizeof *plain, word, len))
        return ABBREVIATION_PLAIN;
    return among(numbered, sizeof numbered / sizeof *numbered, word, len) ? ABBREVIATION_NUMBERED
                                                                          : ABBREVIATION_NONE;
}
