"""Clusters: pairs of items that are together, and the adjusted Rand index.

Both follow from pair counts, which add up over items: each item brings half of the pairs that it is in.
Vector: [pairs together in both, in the system, in the gold]."""
import collections

from .stats import Metric, micro, micro_precision, micro_recall


def vectors(system, gold):
    """{item: vector}; system and gold map an item to its cluster, an item the system does not name is alone."""
    s = {item: system.get(item, ("alone", item)) for item in gold}
    size_s, size_g = collections.Counter(s.values()), collections.Counter(gold.values())
    both = collections.Counter((s[item], gold[item]) for item in gold)
    return {item: [(both[s[item], gold[item]] - 1) / 2, (size_s[s[item]] - 1) / 2, (size_g[gold[item]] - 1) / 2]
            for item in gold}


def adjusted_rand(sums, n):
    together, system, gold = sums[:3]
    pairs = n * (n - 1) / 2
    expected = system * gold / pairs if pairs else 0
    best = (system + gold) / 2
    return (together - expected) / (best - expected) if best != expected else 1.0


METRICS = [micro("pair F1", 0, main=True), micro_precision("pair P", 0), micro_recall("pair R", 0),
           Metric("adjusted Rand index", adjusted_rand)]


def misses(system, gold):
    """Neighbours of a cluster that are wrongly apart or together."""
    own = {item: system.get(item, ("alone", item)) for item in gold}
    return neighbours("apart", gold, own) + neighbours("together", own, gold)


def neighbours(word, one, other):
    members = collections.defaultdict(list)
    for item in sorted(one):
        members[one[item]].append(item)
    return [f"{word}: {a} {b}" for items in members.values() for a, b in zip(items, items[1:]) if other[a] != other[b]]
