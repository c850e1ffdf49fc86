"""nlp.py textacy|spaCy: direct quotations with speaker and cue; sentences. Offsets in characters."""
import json
import sys
import time

import spacy

what = sys.argv[1]
names = [m for m in spacy.util.get_installed_models() if m.startswith("en")]
nlp = spacy.load(names[0], disable=["ner"])


def span(s):
    return [s.start_char, s.end_char]


def quotations(doc):
    from textacy.extract.triples import direct_quotations
    out = []
    for found in direct_quotations(doc):
        out.append({"source": [span(doc[t.i:t.i + 1]) for t in found.speaker] if found.speaker else [],
                    "cue": [span(doc[t.i:t.i + 1]) for t in found.cue] if found.cue else [], "content": [span(found.content)]})
    for one in out:
        for role in ("source", "cue"):
            if one[role]:
                one[role] = [[one[role][0][0], one[role][-1][1]]]
    return {"attributions": out}


for line in sys.stdin:
    request = json.loads(line)
    reply = {"id": request["id"]}
    started = time.process_time()
    try:
        doc = nlp(request["text"])
        reply.update(quotations(doc) if what == "textacy" else {"spans": [{"start": s.start_char, "end": s.end_char} for s in doc.sents]})
    except Exception as error:
        reply["error"] = repr(error)[:200]
    reply["cpu"] = time.process_time() - started
    print(json.dumps(reply), flush=True)
