"""Main content of a page: word bags and 4-word shingles.

Word bag: per page precision, recall and F1 over the multiset of words (lower case, cut at white space), then the
mean over pages, as the WCXB authors do. Shingles: multisets of 4-word sequences, words without punctuation; precision and
recall averaged over pages, F1 of the two averages, as the article-extraction-benchmark does."""
import collections
import re

from .stats import Metric, f1, mean, prf, ratio

WORD = re.compile(r"\w+")
SHINGLE = 4


def words(text):
    return WORD.findall(text.lower())


def bag(text):
    return collections.Counter(text.lower().split())


def shingles(text):
    tokens = words(text)
    return collections.Counter(tuple(tokens[i:i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1)) if tokens)


def overlap(a, b):
    return sum((a & b).values())


def compare(a, b):
    return prf(overlap(a, b), sum(a.values()), sum(b.values()))


def snippets_in(snippets, text):
    flat = " ".join(text.split())
    return sum(" ".join(snippet.split()) in flat for snippet in snippets)


def vector(text, gold, wanted=(), unwanted=()):
    """[P, R, F1 of the bag, P, R of shingles, wanted snippets kept, asked, unwanted ones left in, asked]"""
    return [*compare(bag(text), bag(gold)), *compare(shingles(text), shingles(gold))[:2],
            snippets_in(wanted, text), len(wanted), snippets_in(unwanted, text), len(unwanted)]


METRICS = [
    mean("word F1", 2, main=True), mean("word P", 0), mean("word R", 1),
    Metric("shingle F1", lambda s, n: f1(ratio(s[3], n), ratio(s[4], n))),
    Metric("wanted snippets kept", lambda s, n: ratio(s[5], s[6])),
    Metric("unwanted snippets removed", lambda s, n: 1 - ratio(s[7], s[8])),
]


def misses(text, gold):
    """Lines of the gold that are lost, and of the output that are not in the gold: the five longest."""
    have, want = bag(text), bag(gold)
    out = []
    for kind, lines, other in (("lost", gold, have), ("extra", text, want)):
        for line in lines.splitlines():
            mine = bag(line)
            size = sum(mine.values())
            if size >= 5 and overlap(mine, other) < size / 2:
                out.append((size, kind, " ".join(line.split())))
    return [f"{kind}: {line[:160]}" for _, kind, line in sorted(out, reverse=True)[:5]]
