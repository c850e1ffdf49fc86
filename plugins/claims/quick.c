/* quick.c: tags for the tier `fast`, from word lists and the looks of a word alone, and only for
 * sentences in which somebody may say something. */
#include "claims/syntax_internal.h"

/* A sentence is worth a look when it holds a quotation mark or a form of a verb of saying before or
 * behind which what is said may stand. */
bool may_attribute(const syntax *s, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last; i++) {
        if (s->a->token[i].kind == WN_TOKEN_QUOTE)
            return true;
        const cue *c = lexicon_cue(s->lexicon, s->word[i].verb);
        if (c != NULL && c->class == CUE_STATEMENT && (c->frames & FRAME_LEFT) != 0)
            return true;
    }
    return false;
}

static bool ends_in(const syntax *s, uint32_t i, char a, char b)
{
    const wn_token *t = &s->a->token[i];
    return t->end - t->start > 4 && s->text[t->end - 2] == a && s->text[t->end - 1] == b;
}

/* The tag of a word that a list has; WN_TAGS: none has it. */
static unsigned listed(const syntax *s, uint32_t i)
{
    static const struct {
        word_list list;
        wn_tag tag;
    } closed[] = {
        {LIST_DETERMINER, WN_TAG_DT}, {LIST_PRONOUN, WN_TAG_PRP},    {LIST_POSSESSIVE, WN_TAG_PRPS},
        {LIST_RELATIVE, WN_TAG_WH},   {LIST_CONJUNCTION, WN_TAG_CC}, {LIST_MODAL, WN_TAG_MD},
        {LIST_FUTURE, WN_TAG_MD},     {LIST_AUXILIARY, WN_TAG_VBD},  {LIST_NEGATION, WN_TAG_RB},
        {LIST_JOIN, WN_TAG_IN},       {LIST_PREPOSITION, WN_TAG_IN}, {LIST_SUBORDINATE, WN_TAG_IN},
    };
    for (unsigned k = 0; k < sizeof closed / sizeof *closed; k++)
        if (in_list(s, i, closed[k].list))
            return closed[k].tag;
    return WN_TAGS;
}

static wn_tag tag_word(const syntax *s, uint32_t first, uint32_t i)
{
    const wn_token *t = &s->a->token[i];
    bool capital = (t->flags & WN_TOKEN_CAPITAL) != 0;
    unsigned tag = listed(s, i);
    bool opens = i == first || t[-1].kind == WN_TOKEN_QUOTE;
    if (tag < WN_TAGS && (!capital || opens))
        return (wn_tag)tag;
    if (s->word[i].verb >= 0 && !capital)
        return ends_in(s, i, 'n', 'g') ? WN_TAG_VBG : WN_TAG_VBD;
    if (capital)
        return WN_TAG_NNP;
    if (ends_in(s, i, 'l', 'y'))
        return WN_TAG_RB;
    if (ends_in(s, i, 'n', 'g'))
        return WN_TAG_VBG;
    return ends_in(s, i, 'e', 'd') ? WN_TAG_VBD : WN_TAG_NN;
}

void quick_tags(syntax *s, uint32_t first, uint32_t last)
{
    static const uint8_t by_kind[] = {[WN_TOKEN_WORD] = WN_TAG_NN,
                                      [WN_TOKEN_NUMBER] = WN_TAG_CD,
                                      [WN_TOKEN_PUNCT] = WN_TAG_PUNCT,
                                      [WN_TOKEN_QUOTE] = WN_TAG_PUNCT,
                                      [WN_TOKEN_SYMBOL] = WN_TAG_SYMBOL};
    for (uint32_t i = first; i < last; i++) {
        bool word = s->a->token[i].kind == WN_TOKEN_WORD;
        s->tag[i] = word ? (uint8_t)tag_word(s, first, i) : by_kind[s->a->token[i].kind];
        if (word && word_is(s, i, "to"))
            s->tag[i] = WN_TAG_TO;
    }
}
