/* extract.h: claims of a text: who says what, by which cue. Rules over the light syntax; README.md
 * lists them. Knows no plugin type. */
#ifndef PLUGINS_CLAIMS_EXTRACT_H
#define PLUGINS_CLAIMS_EXTRACT_H
#include "claims/syntax.h"

enum { CLAIM_CONTENTS = 12 }; /* pieces of one claim's content */

enum claim_type { CLAIM_DIRECT, CLAIM_MIXED, CLAIM_INDIRECT, CLAIM_NO_COMMENT };
enum speaker_status { SPEAKER_NAMED, SPEAKER_RESOLVED, SPEAKER_UNNAMED, SPEAKER_UNKNOWN };

/* How the text holds that the source says the content. */
enum claim_stance {
    STANCE_ASSERTED,
    STANCE_DENIED,         /* the source says that it is not so */
    STANCE_NEGATED,        /* the source did not say it */
    STANCE_ASKED,          /* "Did X say ...?" */
    STANCE_CONDITIONAL,    /* "if X says", "X may say", "X will say" */
    STANCE_REPORTED_FALSE, /* "contrary to reports that", "X falsely claimed" */
    STANCE_HEDGED          /* "X reportedly said", "it is thought that" */
};

typedef struct claim {
    /* claim_type; cue_class: statement, attitude or decision; speaker_status */
    uint8_t type, class, speaker_status;
    uint8_t stance;                /* claim_stance */
    bool denied;                   /* by the cue's own meaning, turned by a negation */
    bool doubtful;                 /* learnt only, by a narrow margin: not to be quoted by */
    const char *lemma, *rule;      /* of the lexicon, NULL: not in it; the rule's name */
    range source, cue;             /* tokens; an empty source: none found */
    uint32_t head;                 /* the word of the cue that carries it */
    range content[CLAIM_CONTENTS]; /* ascending, apart */
    unsigned n_contents;
    int32_t parent; /* the claim whose content holds this one's cue, or -1 */
    /* by speakers_resolve(): the words that name the speaker, or empty; where those of a resolved
     * one stand, or empty; the entity, or UINT32_MAX; why, or why not, or NULL */
    range name, speaker;
    uint32_t entity;
    const char *speaker_reason;
} claim;

typedef struct claim_list {
    claim *item;
    size_t n, cap;
} claim_list;

typedef struct extract_options {
    size_t max_sentence;   /* tokens; longer ones are left out */
    bool attitudes;        /* also what sources think and want */
    const wn_extent *skip; /* ascending: headings and the like */
    size_t n_skip;
} extract_options;

/* Claims of a document that syntax_document() has seen, in order of their cues, parents set,
 * speakers not. ret_left_out: sentences longer than max_sentence. false: out of memory, or the
 * pulse of the analysis says to stop. */
bool claims_extract(syntax *s, const extract_options *o, claim_list *ret, size_t *ret_left_out);
void claim_list_release(claim_list *l); /* zeros again */

/* direct, mixed or indirect, by the quotation marks in its contents. */
void claim_set_type(const syntax *s, claim *c);
/* Set the parent of every claim; they are in the order of their cues. */
void find_parents(claim_list *l);
/* Is the sentence a heading, or a line that is no prose? next: of o->skip, 0 before the first
 * sentence of a document. */
bool sentence_skipped(const syntax *s, const extract_options *o, size_t *next, uint32_t first,
                      uint32_t last);
#endif
