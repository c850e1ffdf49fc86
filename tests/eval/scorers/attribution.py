"""Attributions: who (source) says (cue) what (content).

An attribution is a dict role -> list of (start, end) in characters; a role may be missing or in several pieces.
Before comparing, white space, quotation marks and punctuation at the ends of a piece are cut off on both sides.

exact     the same pieces for a role
token     words covered by a role, over the whole document
overlap   a role's span overlaps some span of that role on the other side
triple    one to one, each role shares at least half of its words (Dice); a role absent in one must be absent in both
kind      direct (all in quotation marks), mixed (some), indirect (none): told from the content's text on both sides"""
import re

from .stats import Metric, f1, micro, ratio

ROLES = ("source", "cue", "content")
KINDS = ("direct", "mixed", "indirect")
EDGE = "\"\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019'` \t\r\n\u00a0.,;:!?\u2014\u2013-"
WORD = re.compile(r"\w+(?:['\u2019]\w+)?")
QUOTED = re.compile("[\"\u201c\u201d\u201e\u00ab][^\"\u201c\u201d\u00bb]*(?:[\"\u201d\u00bb]|$)|``.*?(?:''|$)")


def kind(text, pieces):
    """Of a content: its words lie in quotation marks all, in part, or not at all. Marks may stand just outside."""
    inside = outside = 0
    for start, end in pieces:
        wide = text[max(0, start - 1):end + 1]
        quoted = sum(len(WORD.findall(m.group())) for m in QUOTED.finditer(wide))
        inside += quoted
        outside += max(0, len(WORD.findall(text[start:end])) - quoted)
    return "indirect" if not inside else "mixed" if outside else "direct"


class Text:
    """A text with the positions of its words."""

    def __init__(self, text):
        self.text = text
        self.words = [m.span() for m in WORD.finditer(text)]

    def trim(self, start, end):
        while start < end and self.text[start] in EDGE:
            start += 1
        while end > start and self.text[end - 1] in EDGE:
            end -= 1
        return start, end

    def covered(self, pieces):
        return {i for i, (a, b) in enumerate(self.words) if any(a < e and s < b for s, e in pieces)}


class Attribution:
    def __init__(self, roles, view):
        trimmed = {r: sorted(view.trim(*p) for p in roles.get(r, [])) for r in ROLES}
        self.pieces = {r: tuple(p for p in pieces if p[0] < p[1]) for r, pieces in trimmed.items()}
        self.words = {r: view.covered(pieces) for r, pieces in self.pieces.items()}
        self.kind = kind(view.text, self.pieces["content"]) if self.pieces["content"] else None

    def agrees(self, other):
        return all(dice(self.words[r], other.words[r]) >= 0.5 for r in ROLES)

    def nearness(self, other):
        return sum(dice(self.words[r], other.words[r]) for r in ROLES)


def dice(a, b):
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def overlaps(a, b):
    return any(s < f and e < t for s, t in a for e, f in b)


def pair_up(system, gold):
    """One-to-one pairs that agree in every role, the nearest first."""
    candidates = sorted((-s.nearness(g), j, i) for i, s in enumerate(system) for j, g in enumerate(gold) if s.agrees(g))
    pairs, used_s, used_g = [], set(), set()
    for _, j, i in candidates:
        if i not in used_s and j not in used_g:
            pairs.append((i, j))
            used_s.add(i)
            used_g.add(j)
    return pairs


def role_counts(system, gold, role):
    """[exact, system, gold; shared words, system's, gold's; system spans that overlap, gold spans that overlap]"""
    s = {a.pieces[role] for a in system if a.pieces[role]}
    g = {a.pieces[role] for a in gold if a.pieces[role]}
    words_s = set().union(*(a.words[role] for a in system))
    words_g = set().union(*(a.words[role] for a in gold))
    return [len(s & g), len(s), len(g), len(words_s & words_g), len(words_s), len(words_g),
            sum(any(overlaps(a, b) for b in g) for a in s), sum(any(overlaps(b, a) for a in s) for b in g)]


def vector(system, gold, text):
    view = Text(text)
    system = [Attribution(a, view) for a in system]
    gold = [Attribution(a, view) for a in gold]
    out = [n for role in ROLES for n in role_counts(system, gold, role)]
    pairs = pair_up(system, gold)
    out += [len(pairs), len(system), len(gold)]
    for k in KINDS:
        out += [sum(gold[j].kind == k for _, j in pairs), sum(a.kind == k for a in system), sum(a.kind == k for a in gold)]
    return out


def overlap_f1(role, at):
    return Metric(f"{role} overlap F1", lambda s, n: f1(ratio(s[at + 6], s[at + 1]), ratio(s[at + 7], s[at + 2])))


def all_metrics():
    width = 8
    at = len(ROLES) * width
    out = [micro("triple F1", at, main=True)]
    out += [micro(f"triple F1, {k}", at + 3 + 3 * i) for i, k in enumerate(KINDS)]
    for i, role in enumerate(ROLES):
        out += [micro(f"{role} exact F1", i * width), micro(f"{role} token F1", i * width + 3), overlap_f1(role, i * width)]
    return out


METRICS = all_metrics()


def misses(system, gold, text):
    view = Text(text)
    s = [Attribution(a, view) for a in system]
    g = [Attribution(a, view) for a in gold]
    pairs = pair_up(s, g)
    got, had = {i for i, _ in pairs}, {j for _, j in pairs}
    lines = [f"missed {a.kind}: {show(a, text)}" for j, a in enumerate(g) if j not in had]
    return lines + [f"spurious {a.kind}: {show(a, text)}" for i, a in enumerate(s) if i not in got]


def show(a, text):
    return " | ".join(" ... ".join(" ".join(text[s:e].split()) for s, e in a.pieces[r])[:100] or "-" for r in ROLES)
