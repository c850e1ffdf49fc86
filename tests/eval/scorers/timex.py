"""TIMEX3, as TempEval-3 scores it: strict (same span), relaxed (spans overlap), and among the relaxed
matches those with the same value and the same type.

An expression is (start, end, type, value), offsets in characters. A gold expression is matched once: equal spans
first, then overlapping ones in order of the text."""
from .stats import micro, micro_precision, micro_recall


def match(system, gold):
    """Pairs (system index, gold index)."""
    pairs, used_s, used_g = [], set(), set()

    def take(i, j):
        pairs.append((i, j))
        used_s.add(i)
        used_g.add(j)

    for same in (lambda s, g: s[:2] == g[:2], lambda s, g: s[0] < g[1] and g[0] < s[1]):
        for j, g in enumerate(gold):
            for i, s in enumerate(system):
                if i not in used_s and j not in used_g and same(s, g):
                    take(i, j)
    return pairs


def vector(system, gold):
    """(matched, system, gold) for strict, relaxed, value, type."""
    pairs = match(system, gold)
    counts = [
        sum(system[i][:2] == gold[j][:2] for i, j in pairs),
        len(pairs),
        sum(system[i][3] == gold[j][3] for i, j in pairs),
        sum(system[i][2] == gold[j][2] for i, j in pairs),
    ]
    return [n for count in counts for n in (count, len(system), len(gold))]


METRICS = [micro("value F1", 6, main=True), micro("strict F1", 0), micro("relaxed F1", 3), micro_precision("relaxed P", 3),
           micro_recall("relaxed R", 3), micro("type F1", 9)]


def misses(system, gold, text):
    """Every expression that is not right, with the words around it."""
    by_gold = {j: i for i, j in match(system, gold)}
    out = []
    for j, g in enumerate(gold):
        problems = ["missed"] if j not in by_gold else differences(system[by_gold[j]], g, text)
        if problems:
            out.append((g[0], f"{', '.join(problems)} ({g[2]} {g[3]}): {passage(text, g)}"))
    for i, s in enumerate(system):
        if i not in by_gold.values():
            out.append((s[0], f"spurious ({s[2]} {s[3]}): {passage(text, s)}"))
    return [line for _, line in sorted(out)]


def differences(s, g, text):
    return ([f"span {text[s[0]:s[1]]!r}"] if s[:2] != g[:2] else []) \
        + ([f"value {s[3]}"] if s[3] != g[3] else []) + ([f"type {s[2]}"] if s[2] != g[2] else [])


def passage(text, span, around=40):
    before, after = text[max(0, span[0] - around):span[0]], text[span[1]:span[1] + around]
    return " ".join(f"{before}[{text[span[0]:span[1]]}]{after}".split())
