"""Checks of what the document stages found: cleaning, dates, claims, quantities."""
import re

from .places import flatten, pattern

SLACK = 12  # a span may take a preposition or an article more than the words of the expectation


def check_all(tally, expected, seen):
    for name, check in (("removed", removed), ("kept", kept), ("headings", heading), ("metadata", metadata),
                        ("dates", date), ("not_before", not_before), ("claims", claim), ("quantities", quantity)):
        for entry in expected[name]:
            if entry["file"] in seen:
                article, document = seen[entry["file"]]
                tally.check(name, label(entry), check(entry, article, document))
            else:
                tally.check(name, label(entry), ["no document"])
    for number, (article, document) in seen.items():
        tally.check("bytes", number, provenance(article, document))
        tally.check("dedup", f"{number} is its own origin",
                    ["marked as a duplicate"] if document.meta.get("duplicate") else [])


def label(entry):
    words = entry.get("words") or entry.get("at") or entry.get("cue") or entry.get("key") or entry.get("value") or entry.get("lines")
    return f"{entry['file']} {words}"


# ---- cleaning

def removed(entry, article, document):
    article.find(entry["words"])  # the expectation itself must be right
    n = len(re.findall(pattern(entry["words"]), document.bytes))
    return [f"still {n} times in the body"] if n > entry.get("at_most", 0) else []


def kept(entry, article, document):
    body, problems = flatten(document.text), []
    for number in entry["lines"]:
        line = flatten(article.line(number))
        if "after" in entry:
            line = line.split(flatten(entry["after"]), 1)[1].strip()
        if "before" in entry:
            line = line.rsplit(flatten(entry["before"]), 1)[0].strip()
        for sentence in re.split(r'(?<=[.!?]["\'])\s+|(?<=[.!?])\s+', line):
            if sentence not in body:
                problems.append(f"line {number} lost: {sentence[:40]!r}")
    return problems


def heading(entry, article, document):
    marked = {flatten(span.text) for span in document.spans("heading")}
    return [f"line {n} is not marked as a heading" for n in entry["lines"] if flatten(article.line(n)) not in marked]


def metadata(entry, article, document):
    value = entry["value"]
    want = article.line(value["line"]) if isinstance(value, dict) else value
    got = document.meta.get(entry["key"])
    if isinstance(got, list):
        got = ", ".join(map(str, got))
    if entry["key"] == "published" and isinstance(got, str):
        got = got[:10]
    if got is None or flatten(str(got)) != flatten(want):
        return [f"is {got!r}, not {want[:50]!r}"]
    return []


def provenance(article, document):
    """Raw ranges of every span hold the span's characters; the text is made of the file's in their order."""
    problems = []
    if not document.layers():
        problems.append("no layers")
    for layer in document.layers():
        for span in document.spans(layer):
            raw = b"".join(article.raw[a:b] for a, b in span.raw).decode("utf-8", "replace")
            if not span.raw or squeeze(raw) != squeeze(span.text):
                problems.append(f"{layer} {span.text[:30]!r} comes from {raw[:30]!r}")
    if not subsequence(squeeze(document.text), squeeze(article.raw.decode("utf-8"))):
        problems.append("the text has characters that are not in the file")
    return problems[:3]


def squeeze(text):
    return flatten(text).replace(" ", "")


def subsequence(short, long):
    rest = iter(long)
    return all(character in rest for character in short)


# ---- dates

def overlapping(document, layer, where):
    return [span for span in document.spans(layer) if span.raw_overlaps(*where)]


def fits(span, where):
    """The span holds the words and takes little more."""
    if not span.raw:
        return False
    start, end = span.raw[0][0], span.raw[-1][1]
    return start <= where[0] and end >= where[1] and where[0] - start <= SLACK and end - where[1] <= SLACK


def date(entry, article, document):
    where = article.find(entry["at"], entry.get("nth", 1))
    spans = overlapping(document, "date", where)
    if entry.get("not"):
        return [f"{s.text!r} taken for a date, {s['value']}" for s in spans if s["value"] != entry.get("unless", "")]
    if not spans:
        return ["not found"]
    span = spans[0]
    problems = []
    if len(spans) > 1:
        problems.append("several spans: " + ", ".join(s.text for s in spans))
    if not fits(span, where):
        problems.append(f"extent {span.text!r}")
    if entry.get("open"):
        if span["status"] != "open" or not span["reason"]:
            problems.append(f"status {span['status']}, value {span['value']}, reason {span['reason']}")
    elif span["value"] != entry["value"]:
        problems.append(f"value {span['value']}, not {entry['value']}")
    if entry.get("mod") != span["mod"] and "mod" in entry:
        problems.append(f"mod {span['mod']}, not {entry['mod']}")
    return problems


def not_before(entry, _article, document):
    own = document.meta.get("document_date") or {}
    bound = str(own.get("not_before", ""))
    problems = [] if bound.startswith(entry["value"]) else [f"bound is {bound or 'missing'}"]
    if own.get("status") == "resolved":
        problems.append(f"document date resolved to {own.get('value')}")
    return problems


# ---- claims

def claim(entry, article, document):
    at_cue = article.find(entry["cue"])
    candidates = [c for c in document.spans("claim") if any(p.raw_overlaps(*at_cue) for p in c.parts("cue"))]
    if not candidates:
        return ["no claim with this cue"]
    return min((claim_problems(entry, article, document, c) for c in candidates), key=len)


def claim_problems(entry, article, document, found):
    problems = []
    at_source = article.find(entry["source"])
    if not any(p.raw_overlaps(*at_source) for p in found.parts("source")):
        problems.append("source " + repr([p.text for p in found.parts("source")]))
    if found["type"] not in several(entry["type"]):
        problems.append(f"type {found['type']}, not {entry['type']}")
    if "content" in entry:
        problems += content_problems(entry, article, found)
    if "speaker" in entry and entry["speaker"] not in flatten(str(found["speaker"])):
        problems.append(f"speaker {found['speaker']!r}")
    if "within" in entry:
        outer = [c["id"] for c in overlapping_cue(document, article.find(entry["within"]))]
        if found["parent"] is None or found["parent"] not in outer:
            problems.append(f"parent {found['parent']}, not {outer}")
    if "nested_source" in entry and not nested(document, found, article.find(entry["nested_source"])):
        problems.append("the nested source is missing")
    return problems


def several(value):
    return value if isinstance(value, list) else [value]


def overlapping_cue(document, where):
    return [c for c in document.spans("claim") if any(p.raw_overlaps(*where) for p in c.parts("cue"))]


def nested(document, found, where):
    """Another claim with that source, tied to this one by parent, either way round."""
    return any(any(p.raw_overlaps(*where) for p in c.parts("source"))
               and (c["parent"] == found["id"] or found["parent"] == c["id"])
               for c in document.spans("claim") if c["id"] != found["id"])


def content_problems(entry, article, found):
    contents = found.parts("content")
    if not contents:
        return ["no content"]
    wanted = [article.find(place)[0] for place in several(entry["content"])]
    start = min((p.raw[0][0] for p in contents if p.raw), default=-1)
    problems = []
    if not any(-6 <= start - at <= 5 for at in wanted):  # with or without a quotation mark or "that"
        problems.append(f"content starts {contents[0].text[:30]!r}")
    if "covers" in entry and not any(p.raw_overlaps(*article.find(entry["covers"])) for p in contents):
        problems.append("the second part is missing")
    return problems


# ---- quantities

def quantity(entry, article, document):
    where = article.find(entry["at"])
    spans = overlapping(document, "quantity", where)
    if not spans:
        return ["not found"]
    span, problems = spans[0], []
    if len(spans) > 1:
        problems.append("several spans: " + ", ".join(s.text for s in spans))
    for key in ("value", "unit", "qualifier"):
        if span[key] != entry[key]:
            problems.append(f"{key} {span[key]}, not {entry[key]}")
    if not any(word in str(span["head"] or "") for word in entry["head"]):
        problems.append(f"head {span['head']!r}")
    return problems
