"""Statements: what the text says that somebody said, with the right class and stance, and by whom.

An attribution is a dict of the roles (see attribution.py) with `class`, `stance`, `speaker` and, of winnow's, `status`.

statement      winnow's statements that are asserted, denied or hedged, beside the gold's: a triple agrees as in attribution.py
direct         contents whose every piece begins with a quotation mark: a word shared with one on the other side
speaker        of direct contents that are found and whose speaker the gold names: the last name is part of winnow's speaker,
               right of those given; given of all
pronoun        sources that are one personal pronoun with a named speaker: right of those given; given of all"""
from . import attribution
from .stats import Metric, prf, ratio

SAID = ("asserted", "denied", "hedged")
MARKS = "\"'\u201c\u2018\u201e\u00ab"
PRONOUNS = {"he", "she", "they", "it", "his", "her", "their", "its"}
UNNAMED = ("-", "?", "author")


def said(a):
    return a["class"] == "statement" and a["stance"] in SAID


def direct(a, text):
    return bool(a.get("content")) and all(text[s] in MARKS for s, _ in a["content"])


def named(gold):
    return gold["speaker"] not in UNNAMED


def right(system, gold):
    """One of the gold's speakers by the last word of the name."""
    names = [name.split()[-1] for name in gold["speaker"].split(" + ")]
    return system["status"] != "unknown" and any(name in (system.get("speaker") or "") for name in names)


def shared(a, b):
    return len(a.words["content"] & b.words["content"])


def vector(system, gold, text):
    view = attribution.Text(text)
    s, g = [attribution.Attribution(a, view) for a in system], [attribution.Attribution(a, view) for a in gold]
    pairs = attribution.pair_up(s, g)
    told = [(i, j) for i, j in pairs if said(system[i])]
    agreed = sum(said(gold[j]) for _, j in told)
    unsaid = sum(gold[j]["stance"] not in SAID for _, j in told)
    sure = [i for i, a in enumerate(system) if said(a) and a["confidence"] != "low"]
    agreed_sure = sum(said(gold[j]) and i in sure for i, j in told)
    out = [agreed, sum(map(said, system)), sum(map(said, gold)), unsaid]
    ds = [i for i, a in enumerate(system) if direct(a, text)]
    dg = [j for j, a in enumerate(gold) if direct(a, text)]
    best = {j: max(ds, key=lambda i: shared(s[i], g[j]), default=None) for j in dg}
    hit = {j: i for j, i in best.items() if i is not None and shared(s[i], g[j])}
    out += [sum(any(shared(s[i], b) for b in g) for i in ds), len(ds), len(hit), len(dg)]
    asked = [(i, j) for j, i in hit.items() if named(gold[j])]
    told = [(i, j) for i, j in asked if system[i]["status"] != "unknown"]
    out += [sum(right(system[i], gold[j]) for i, j in told), len(told), len(asked)]
    pronouns = [(i, j) for i, j in pairs if source(system[i], text).lower() in PRONOUNS and named(gold[j])]
    given = [(i, j) for i, j in pronouns if system[i]["status"] != "unknown"]
    out += [sum(right(system[i], gold[j]) for i, j in given), len(given), len(pronouns)]
    out += [agreed_sure, len(sure), out[2]]
    return out


def source(a, text):
    return " ".join(text[s:e] for s, e in a.get("source", []))


def direct_f1(s, _):
    p, r = ratio(s[4], s[5]), ratio(s[6], s[7])
    return ratio(2 * p * r, p + r)


METRICS = [Metric("statement P", lambda s, n: prf(*s[:3])[0], True), Metric("statement R", lambda s, n: prf(*s[:3])[1]),
           Metric("statement P, high confidence", lambda s, n: prf(*s[14:17])[0]),
           Metric("statement R, high confidence", lambda s, n: prf(*s[14:17])[1]),
           Metric("never said, told as said", lambda s, n: ratio(s[3], s[1])),
           Metric("direct content, overlap F1", direct_f1), Metric("direct speaker right", lambda s, n: ratio(s[8], s[9])),
           Metric("direct speaker given", lambda s, n: ratio(s[9], s[10])),
           Metric("pronoun speaker right", lambda s, n: ratio(s[11], s[12])),
           Metric("pronoun speaker given", lambda s, n: ratio(s[12], s[13]))]


def misses(system, gold, text):
    view = attribution.Text(text)
    s, g = [attribution.Attribution(a, view) for a in system], [attribution.Attribution(a, view) for a in gold]
    pairs = dict(attribution.pair_up(s, g))
    lines = [f"spurious: {attribution.show(a, text)}" for i, a in enumerate(s)
             if said(system[i]) and not (i in pairs and said(gold[pairs[i]]))]
    had = set(pairs.values())
    return lines + [f"missed: {attribution.show(a, text)}" for j, a in enumerate(g) if said(gold[j]) and j not in had]
