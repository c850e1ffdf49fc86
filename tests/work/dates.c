/* dates.c: the date finder, whole, with its real rules. */
#include "dates/docdate.h"
#include "analysed.h"
#include "work/data.h"
#include "work/work.h"

static date_rules *english(void)
{
    static date_rules *rules;
    rules_error e;
    const work_data d = rules == NULL ? work_read("dates/data/en.dates") : (work_data){NULL, 0};
    if (rules != NULL)
        return rules;
    rules = date_rules_new();
    return rules != NULL && date_rules_load(rules, d.p, d.len, &e) && date_rules_finish(rules, &e)
               ? rules
               : NULL;
}

bool work_dates(const char *text, size_t len, wn_pulse *owner)
{
    static matches found, scratch;
    const date_rules *rules = english();
    docdate day;
    resolver r;
    const docdate_input in = {
        .text = text, .len = (uint32_t)len, .read_text = true, .read_url = true};
    found.pulse = owner;
    matches_clear(&found);
    if (rules == NULL || analysed(text, len, owner, NULL) == NULL ||
        !date_match(rules, text, (uint32_t)len, NULL, 0, &found) ||
        !docdate_find(rules, &in, &found, ORDER_AUTO, &scratch, &day))
        return false;
    resolver_start(&r, rules, &found,
                   &(resolve_options){.numeric_order = resolve_order(&found, ORDER_AUTO)});
    for (size_t i = 0; i < found.found.n && wn_beat(owner); i++) {
        date_value v;
        resolve_next(&r, ((const uint32_t *)found.found.item)[i], &v);
    }
    return true;
}
