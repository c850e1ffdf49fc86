/* words.c: what a single token tells of whom it names. */
#include "claims/entity/entity_internal.h"
#include <string.h>

bool is_capital(const syntax *s, uint32_t i)
{
    return (s->a->token[i].flags & WN_TOKEN_CAPITAL) != 0;
}

bool is_person_noun(const syntax *s, uint32_t i)
{
    return in_lists(s, i, LIST_BIT(LIST_PERSON) | LIST_BIT(LIST_TITLE));
}

bool is_body_noun(const syntax *s, uint32_t i)
{
    return in_lists(s, i, LIST_BIT(LIST_GROUP) | LIST_BIT(LIST_BODY_NAME)) && !is_person_noun(s, i);
}

bool is_plural_noun(const syntax *s, uint32_t i)
{
    const wn_token *t = &s->a->token[i];
    const char *end = s->text + t->end;
    if (in_list(s, i, LIST_PLURAL))
        return true;
    return t->end - t->start > 3 && end[-1] == 's' && end[-2] != 's' && end[-2] != 'u';
}

bool same_word(const syntax *s, uint32_t i, uint32_t k)
{
    return s->a->token[i].hash == s->a->token[k].hash && s->a->token[i].hash != 0;
}

uint8_t noun_gender(const syntax *s, uint32_t i)
{
    return in_list(s, i, LIST_MALE)     ? GENDER_MALE
           : in_list(s, i, LIST_FEMALE) ? GENDER_FEMALE
                                        : GENDER_UNKNOWN;
}

uint8_t first_name_gender(const syntax *s, uint32_t i)
{
    return in_list(s, i, LIST_MALE_NAME)     ? GENDER_MALE
           : in_list(s, i, LIST_FEMALE_NAME) ? GENDER_FEMALE
                                             : GENDER_UNKNOWN;
}

bool is_owner_mark(const syntax *s, uint32_t i)
{
    return s->tag[i] == WN_TAG_POS || word_among(s, i, "'s ’s");
}

bool leaves_head(const syntax *s, uint32_t i)
{
    return tag_in(s, i, TAGS_TO | 1 << WN_TAG_VBG | 1 << WN_TAG_WH | 1 << WN_TAG_PUNCT);
}

bool closes_phrase(const syntax *s, uint32_t i)
{
    const wn_token *t = &s->a->token[i];
    return t->kind == WN_TOKEN_QUOTE ||
           (t->kind == WN_TOKEN_PUNCT && memchr(",.;:)!?", s->text[t->start], 7) != NULL);
}
