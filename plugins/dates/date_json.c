/* date_json.c: see date_json.h. */
#include "date_json.h"

static const char *const status_names[] = {"resolved", "inferred", "open"};

static void put(json_t *object, const char *key, const char *value)
{
    if (value != NULL && value[0] != '\0')
        (void)json_object_set_new(object, key, json_string(value));
}

static void put_day(json_t *object, const char *key, int64_t day)
{
    char text[40];
    day_format(day, text, sizeof text);
    put(object, key, text);
}

json_t *date_attributes(const date_value *v)
{
    static const char *const types[] = {[CLASS_DATE] = "DATE",
                                        [CLASS_TIME] = "TIME",
                                        [CLASS_DURATION] = "DURATION",
                                        [CLASS_SET] = "SET",
                                        [CLASS_RANGE] = "DATE"};
    static const char *const anchors[] = {"document", "mention", "none", "none", "mention"};
    json_t *o = json_object();
    if (o == NULL)
        return NULL;
    put(o, "type", types[v->type]);
    put(o, "value", v->value);
    if (v->zone != ZONE_UNKNOWN) {
        char zone[16];
        zone_format(v->zone, zone, sizeof zone);
        put(o, "zone", zone);
    }
    put(o, "mod", mod_name(v->mod));
    put(o, "quant", quant_name(v->quant));
    put(o, "freq", v->freq);
    if (v->has_days) {
        put_day(o, "since", v->begin);
        put_day(o, "until", v->end_day);
    }
    put(o, "status", status_names[v->status]);
    put(o, "reason", v->reason);
    put(o, "anchor", anchors[v->anchor]);
    put(o, "rule", v->rule);
    return o;
}

json_t *docdate_object(const docdate *d)
{
    json_t *o = json_object();
    if (o == NULL)
        return NULL;
    put(o, "value", d->value);
    put(o, "status", status_names[d->status]);
    put(o, "from", docdate_from_name(d->from));
    put(o, "reason", d->status == STATUS_OPEN ? d->reason : NULL);
    if (d->has_not_before)
        put_day(o, "not_before", d->not_before);
    if (d->has_not_after)
        put_day(o, "not_after", d->not_after);
    return o;
}
