"""Sentences: one is right when both its ends are. Ends are counted in characters that are not white space, so
that blanks at a border do not matter. Vector: [right, system, gold]."""
import itertools

from .stats import micro

METRICS = [micro("sentence F1", 0, main=True)]


def normal(spans, text):
    before = [0, *itertools.accumulate(not c.isspace() for c in text)]
    return {(before[s], before[e]): (s, e) for s, e in spans if before[s] < before[e]}


def vector(system, gold, text):
    s, g = normal(system, text), normal(gold, text)
    return [len(s.keys() & g.keys()), len(s), len(g)]


def misses(system, gold, text):
    have = normal(system, text)
    return [f"no sentence of its own: {' '.join(text[s:e].split())[:120]}"
            for key, (s, e) in normal(gold, text).items() if key not in have]
