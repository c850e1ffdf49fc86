#!/usr/bin/env python3
"""The bench's own arithmetic, and that the generator keeps its promises."""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "eval" / "test")]
import tap

import generate
import measuring


def subject(*cpu):
    s = measuring.Subject("x", ["true"])
    s.runs = [measuring.Run(c * 2, c, 0.0, 2048, 0) for c in cpu]
    return s


def test_ratio_is_by_round(t):
    # the second round was twice as slow for both: the ratio does not move
    t.check(measuring.ratio(subject(3.0, 6.0, 3.0), subject(1.0, 2.0, 1.5)), (3.0, 2.0, 3.0))
    t.check(subject(3.0, 6.0, 3.0).cpu, 3.0)
    t.check(subject(1.0).peak, 2.0)


def test_exponent(t):
    t.check(measuring.exponent([10, 100, 1000], [2.0, 20.0, 200.0]), 1.0)
    t.check(measuring.exponent([10, 100, 1000], [1.0, 100.0, 10000.0]), 2.0)


def test_generator_repeats_itself(t):
    first = [generate.line(r) for r, _, _ in generate.records(generate.Maker("1"), 60, 0.1, 0.1)]
    again = [generate.line(r) for r, _, _ in generate.records(generate.Maker("1"), 60, 0.1, 0.1)]
    t.check(first, again)
    longer = [generate.line(r) for r, _, _ in generate.records(generate.Maker("1"), 80, 0.1, 0.1)]
    t.check(longer[:60], first)
    t.check(len({json.loads(line)["id"] for line in first}), 60)


def test_copies_are_what_they_say(t):
    maker, texts, kinds = generate.Maker("2"), {}, {"exact": 0, "near": 0}
    for record, first, kind in generate.records(maker, 200, 0.1, 0.2):
        texts[record["id"]] = record["sentences"]
        if first:
            kinds[kind] += 1
            same = sum(a == b for a, b in zip(record["sentences"], texts[first]))
            t.check(same == len(texts[first]) if kind == "exact" else 0.7 < same / len(texts[first]) < 1, True)
    t.check(10 < kinds["exact"] < 30 and 25 < kinds["near"] < 55, True)


def test_page_holds_the_text(t):
    record = generate.Maker("1").fresh(1)
    t.check(all(p in generate.page(record) for p in generate.paragraphs(record)), True)


tap.run(tap.tests_of(globals()))
