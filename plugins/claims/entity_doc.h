/* entity_doc.h: the layer `entity`. */
#ifndef PLUGINS_CLAIMS_ENTITY_DOC_H
#define PLUGINS_CLAIMS_ENTITY_DOC_H
#include "claims/entity/entity.h"
#include <winnow/plugin.h>

/* Write every mention of an entity to the layer `entity` (attributes: ../README.md). */
wn_status entity_layer(wn_doc *doc, const wn_analysis *a, const entity_set *e, const char *text,
                       wn_error *err);
#endif
