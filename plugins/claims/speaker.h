/* speaker.h: whom a source means: a surname its full name, a pronoun the person before it. */
#ifndef PLUGINS_CLAIMS_SPEAKER_H
#define PLUGINS_CLAIMS_SPEAKER_H
#include "claims/extract.h"

/* Set speaker, speaker_status and speaker_reason of every claim. What cannot be resolved is unknown
 * or unnamed, with the reason; nothing is guessed in silence. false: out of memory, or the pulse
 * says to stop. */
bool speakers_resolve(const syntax *s, claim_list *claims);
#endif
