"""What all scorers share: counts that add up over items, scores made of their sums, bootstrap intervals.

A scorer gives each item (a page, a document, a case) a vector of numbers. Every score is a function of the
sum of the vectors over the items, so that resampling items resamples the score. Scores are in percent."""
import random

RESAMPLES = 1000
SEED = 20240229


def ratio(a, b):
    return a / b if b else 0.0


def f1(precision, recall):
    return ratio(2 * precision * recall, precision + recall)


def prf(matched, system, gold):
    """Precision, recall and F1 of counts; nothing asked and nothing given is right."""
    if not system and not gold:
        return 1.0, 1.0, 1.0
    precision, recall = ratio(matched, system), ratio(matched, gold)
    return precision, recall, f1(precision, recall)


class Metric:
    """A named score: `of(sums, n)` from the summed vectors of n items."""

    def __init__(self, name, of, main=False):
        self.name, self.of, self.main = name, of, main

    def value(self, vectors):
        return 100 * self.of(total(vectors), len(vectors)) if vectors else 0.0


def mean(name, index, main=False):
    return Metric(name, lambda s, n: ratio(s[index], n), main)


def micro(name, index, main=False):
    """F1 of (matched, system, gold) at vector[index:index + 3]."""
    return Metric(name, lambda s, n: prf(*s[index:index + 3])[2], main)


def micro_precision(name, index):
    return Metric(name, lambda s, n: prf(*s[index:index + 3])[0])


def micro_recall(name, index):
    return Metric(name, lambda s, n: prf(*s[index:index + 3])[1])


def total(vectors):
    return [sum(column) for column in zip(*vectors)]


def samples(n, resamples=RESAMPLES, seed=SEED):
    """The same resampled index lists for every system, so that differences are paired."""
    rng = random.Random(seed)
    return [rng.choices(range(n), k=n) for _ in range(resamples)]


def interval(values):
    """The middle 95 % of resampled scores."""
    values = sorted(values)
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]


def resample(vectors, metrics, drawn):
    """Scores of each metric in each resample: {metric name: [value]}."""
    out = {metric.name: [] for metric in metrics}
    columns = list(zip(*vectors))
    n = len(vectors)
    for picks in drawn:
        sums = [sum(map(column.__getitem__, picks)) for column in columns]
        for metric in metrics:
            out[metric.name].append(100 * metric.of(sums, n))
    return out
