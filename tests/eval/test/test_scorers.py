#!/usr/bin/env python3
"""The scorers on cases small enough to be worked by hand."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tap

from scorers import attribution, clusters, content, fields, sentences, share, stats, timex


def scores(metrics, vectors):
    return {m.name: m.value(vectors) for m in metrics}


def test_word_bag(t):
    # "a b b c" against "a b d": a and one b are shared: P 2/4, R 2/3, F1 4/7
    v = content.vector("a b b c", "A b\nd")
    t.check(v[:3], [2 / 4, 2 / 3, 4 / 7])


def test_shingles(t):
    # 1 2 3 4, 2 3 4 5 against 2 3 4 5, 3 4 5 6: one of two is shared on both sides
    v = content.vector("1 2 3 4 5", "2 3 4 5 6")
    t.check(v[3:5], [0.5, 0.5])
    # fewer than four words are one shingle
    t.check(content.vector("x y", "x y")[3:5], [1.0, 1.0])


def test_content_mean(t):
    # one page perfect, one empty: the mean of the F1 is 50, P and R average to 50 as well
    found = scores(content.METRICS, [content.vector("red fox", "red fox"), content.vector("", "red fox")])
    t.check(found["word F1"], 50.0)
    t.check(found["shingle F1"], 50.0)


def test_snippets(t):
    v = content.vector("one two\nthree", "", wanted=["two three", "four"], unwanted=["one", "nine"])
    t.check(v[5:], [1, 2, 1, 2])


def test_content_misses(t):
    lost = content.misses("alpha beta", "alpha beta\nthis whole line of words is lost")
    t.check(lost, ["lost: this whole line of words is lost"])


def test_fields(t):
    t.check(fields.vector("Wolves return - The Daily", "Wolves return", fields.same_title), [1, 1, 1, 1])
    t.check(fields.vector("Wolves return", "Wolves leave", fields.same_title), [0, 1, 1, 0])
    t.check(fields.vector("By Roe, Jane", "Jane Roe", fields.same_author), [1, 1, 1, 1])
    t.check(fields.vector("2020-05-01T10:00", "2020-05-01", fields.same_day), [1, 1, 1, 1])
    t.check(fields.vector("2020-05", "2020-05-01", fields.same_day), [0, 1, 1, 0])
    t.check(fields.vector("", "", fields.same_day), [0, 0, 0, 1])


def test_field_scores(t):
    # right, wrong, missing, rightly absent: P 1/2, R 1/3, F1 2/5, accuracy 2/4
    pairs = [("2020-01-01", "2020-01-01"), ("2020-01-02", "2020-01-03"), ("", "2020-01-04"), ("", "")]
    found = scores(fields.metrics("date"), [fields.vector(a, b, fields.same_day) for a, b in pairs])
    t.check([found["date P"], found["date R"], found["date F1"], found["date accuracy"]], [50.0, 100 / 3, 40.0, 50.0])


def test_timex(t):
    gold = [(0, 6, "DATE", "2020-05"), (10, 16, "DATE", "2020"), (20, 28, "DURATION", "P2D")]
    system = [(0, 6, "DATE", "2020-05"), (13, 16, "DATE", "2021"), (40, 44, "DATE", "1999")]
    # strict 1 of 3 and 3; relaxed 2; value 1; type 2
    t.check(timex.vector(system, gold), [1, 3, 3, 2, 3, 3, 1, 3, 3, 2, 3, 3])
    found = scores(timex.METRICS, [timex.vector(system, gold)])
    t.check([found["strict F1"], found["relaxed F1"], found["value F1"]], [100 / 3, 200 / 3, 100 / 3])


def test_timex_equal_spans_first(t):
    # the longer span must not take the gold that has a span of its own
    system = [(0, 12, "DATE", "x"), (5, 12, "DATE", "2020")]
    t.check(timex.match(system, [(5, 12, "DATE", "2020")]), [(1, 0)])
    # one system span over two gold ones matches once
    t.check(len(timex.match([(0, 20, "DATE", "x")], [(0, 5, "DATE", "a"), (8, 12, "DATE", "b")])), 1)


def test_timex_misses(t):
    lines = timex.misses([(7, 10, "DATE", "2021")], [(3, 10, "DATE", "2020")], "on the day x")
    t.check(lines, ["span 'day', value 2021 (DATE 2020): on [the day] x"])


SAID = 'Rain fell, she said. He called it "a wet day" there.'
#       0          11   15           22   27      34


def roles(source, cue, *contents):
    return {"source": [source], "cue": [cue], "content": list(contents)}


def test_attribution_gold_is_perfect(t):
    gold = [roles((11, 14), (15, 19), (0, 9)), roles((21, 23), (24, 30), (31, 45))]
    found = scores(attribution.METRICS, [attribution.vector(gold, gold, SAID)])
    t.check(sorted(set(found.values())), [100.0])


def test_attribution_kinds(t):
    t.check(attribution.kind('"all of it"', [(0, 11)]), "direct")
    t.check(attribution.kind('"all of it"', [(1, 10)]), "direct")
    t.check(attribution.kind("\u201call of it,\u201d \u201cand more\u201d", [(0, 12), (13, 23)]), "direct")
    t.check(attribution.kind('called it "a wet day" there', [(7, 27)]), "mixed")
    t.check(attribution.kind("it's raining", [(0, 12)]), "indirect")


def test_attribution_edges(t):
    # a comma or a blank more at the end of a piece is the same piece
    gold, system = [roles((11, 14), (15, 19), (0, 9))], [roles((11, 14), (15, 20), (0, 10))]
    v = attribution.vector(system, gold, SAID)
    t.check([v[0], v[8], v[16], v[24]], [1, 1, 1, 1])


def test_attribution_triple(t):
    gold = [roles((11, 14), (15, 19), (0, 9))]
    # content "fell" is one of two words: Dice 2/3, agrees; a wrong source does not
    t.check(attribution.vector([roles((11, 14), (15, 19), (5, 9))], gold, SAID)[24:27], [1, 1, 1])
    t.check(attribution.vector([roles((21, 23), (15, 19), (0, 9))], gold, SAID)[24:27], [0, 1, 1])
    # a source that is missing on one side only does not agree
    t.check(attribution.vector([{"cue": [(15, 19)], "content": [(0, 9)]}], gold, SAID)[24:27], [0, 1, 1])


def test_attribution_tokens(t):
    # content of one word for two: 1 shared, 1 given, 2 in the gold; it overlaps
    v = attribution.vector([roles((11, 14), (15, 19), (5, 9))], [roles((11, 14), (15, 19), (0, 9))], SAID)
    t.check(v[16:24], [0, 1, 1, 1, 1, 2, 1, 1])


def test_clusters(t):
    gold = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}
    system = {"a": 1, "b": 1, "c": 2, "d": 2}
    # gold pairs ab ac bc de, system pairs ab cd, shared ab; e is alone
    v = list(clusters.vectors(system, gold).values())
    t.check(stats.total(v), [1.0, 2.0, 4.0])
    found = scores(clusters.METRICS, v)
    t.check([found["pair P"], found["pair R"], found["pair F1"]], [50.0, 25.0, 100 / 3])
    # ten pairs: expected 2*4/10 = 0.8, best 3, (1 - 0.8) / (3 - 0.8)
    t.check(found["adjusted Rand index"], 100 * 0.2 / 2.2)


def test_clusters_gold_is_perfect(t):
    gold = {"a": 1, "b": 1, "c": 2}
    found = scores(clusters.METRICS, list(clusters.vectors(dict(gold), gold).values()))
    t.check(sorted(set(found.values())), [100.0])
    t.check(clusters.misses({"a": 1, "c": 1}, gold), ["apart: a b", "together: a c"])


def test_sentences(t):
    text = "One two.  Three.\nFour"
    gold = [(0, 8), (10, 16), (17, 21)]
    t.check(sentences.vector([(0, 10), (10, 16), (17, 21)], gold, text), [3, 3, 3])
    t.check(sentences.vector([(0, 16), (17, 21)], gold, text), [1, 2, 3])
    t.check(sentences.misses([(0, 16), (17, 21)], gold, text)[0], "no sentence of its own: One two.")


def test_share(t):
    t.check(share.same_text("cafe\u0301 ", "caf\u00e9"), True)
    t.check(share.same_text("caf?", "caf\u00e9"), False)
    t.check(share.same_decoding("a\ufffd b", "a b"), True)


def test_nothing_asked_nothing_given(t):
    t.check(stats.prf(0, 0, 0), (1.0, 1.0, 1.0))
    t.check(stats.prf(0, 0, 3), (0.0, 0.0, 0.0))


def test_bootstrap(t):
    metric = stats.mean("share", 0)
    always = stats.resample([[1]] * 5, [metric], stats.samples(5, 50))
    t.check(stats.interval(always["share"]), (100.0, 100.0))
    mixed = [[1], [0]] * 20
    again = [stats.interval(stats.resample(mixed, [metric], stats.samples(40, 200))["share"]) for _ in range(2)]
    t.check(again[0], again[1])
    low, high = again[0]
    # the standard error of a share of 1/2 over 40 is 7.9 points
    t.check(30 < low < 40 and 60 < high < 70, True)


tap.run(tap.tests_of(globals()))
