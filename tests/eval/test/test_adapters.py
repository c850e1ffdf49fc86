#!/usr/bin/env python3
"""The adapters: gold formats, winnow's JSON lines, places in the seed articles; on samples of our own."""
import json
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tap

from harness import table, winnow
from harness.task import Item, Task
from scorers import clusters, share
from seeds.places import Article, flatten
from tasks import groups, polnear, text, timeml


SCRATCH = tempfile.TemporaryDirectory(prefix="eval-adapters.", dir=os.environ.get("builddir"))


def written(name, content):
    path = pathlib.Path(SCRATCH.name) / name
    path.write_text(content, encoding="utf-8")
    return path


def test_timeml(t):
    path = written("a.tml", '<?xml version="1.0"?><TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2020-05-04" '
                   'functionInDocument="CREATION_TIME">May 4</TIMEX3></DCT><TEXT>In <TIMEX3 tid="t1" type="DATE" value="2020-04">'
                   '<EVENT>A</EVENT>pril</TIMEX3> caf\u00e9s &amp; bars <TIMEX3 tid="t2" type="DURATION" value="P2D">two days</TIMEX3>.</TEXT></TimeML>')
    body, gold, dct = timeml.read(path)
    t.check(body, "In April caf\u00e9s & bars two days.")
    t.check([(body[s:e], kind, value) for s, e, kind, value in gold], [("April", "DATE", "2020-04"), ("two days", "DURATION", "P2D")])
    t.check(dct, "2020-05-04")


def document(body, **layers):
    return winnow.Document({"id": "d", "text": body, "metadata": {}, "spans": layers})


def test_byte_offsets(t):
    d = document("caf\u00e9 today", date=[{"start": 6, "end": 11, "raw": [[6, 11]], "value": "2020"}])
    span = d.spans("date")[0]
    t.check(span.text, "today")
    t.check(d.characters()(span.start), 5)
    t.check([span.raw_overlaps(10, 20), span.raw_overlaps(11, 20)], [True, False])


def test_interval_is_split(t):
    d = document("May 31 to June 4", date=[{"start": 0, "end": 16, "type": "DATE", "value": "2020-05-31/2020-06-04", "parts": [
        {"role": "begin", "start": 0, "end": 6}, {"role": "end", "start": 10, "end": 16}]}])
    t.check(timeml.split_interval(d.spans("date")[0], d.characters()),
            [(0, 6, "DATE", "2020-05-31"), (10, 16, "DATE", "2020-06-04")])


def test_polnear(t):
    path = written("a_x.ann", "T1\tSource 0 3\tAnn\nT2\tCue 4 8\tsaid\nT3\tContent 9 11;14 16\tit is\nT4\tAttribution 4 8\tsaid\n"
                   "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\nT5\tSource 20 23\tBob\nE2\tAttribution:T4 Source:T5\n")
    t.check(polnear.read(path), [{"content": [(9, 11), (14, 16)], "cue": [(4, 8)], "source": [(0, 3)]}])


def test_ecb_words(t):
    t.check(groups.detokenize("`` It 's here , '' he said .".split()), "\"It's here,\" he said.")
    t.check([groups.subtopic("2_11ecb"), groups.subtopic("2_3ecbplus")], ["2ecb", "2ecbplus"])


def test_sentence_items(t):
    item = text.Sentences.item([["One.", "Two."], ["Three."]], 3)[0]
    t.check(item.text, "One. Two.\n\nThree.")
    t.check([item.text[s:e] for s, e in item.gold], ["One.", "Two.", "Three."])


def test_places(t):
    article = Article(written("007_x.txt", "The mayor\u2019s plan\u00a0costs \u201ca lot\u201d.\nThe plan is new.\n"))
    t.check(article.raw[slice(*article.find("mayor's [plan] costs"))], b"plan")
    t.check(article.find("[plan]", 2), (article.raw.rindex(b"plan"), article.raw.rindex(b"plan") + 4))
    t.check(article.raw[slice(*article.find('["a lot'))].decode(), "\u201ca lot")
    t.check(flatten(article.line(1)), 'The mayor\'s plan costs "a lot".')


class Toy(Task):
    name, metrics = "toy", share.METRICS


def test_table(t):
    ours = table.System("winnow", {i: [1] for i in range(4)})
    others = [table.System("b", {0: [0], 1: [1]}), table.System("a", {i: [i % 2] for i in range(4)}), table.System("c", note="no")]
    row = table.rows(Toy(), 4, ours, others)[0]
    t.check(row[:5], ["toy", "share right", "4", "100.0 [100.0, 100.0]", "a 50.0"])
    t.check(row[5].split()[0], "+50.0")
    t.check(row[6], "b 50.0 (2 of 4)")


def test_command_hides_paths(t):
    t.check(table.command("eval", "F", ["--data", "/x", "--quick", "timeml", "--write", "/y"]), "make eval EVAL_DATA=DIR F='--quick timeml'")
    t.check(table.command("eval", "F", []), "make eval EVAL_DATA=DIR")


def test_sample_is_fixed(t):
    items = [Item(f"i{n}") for n in range(20)]
    first = [i.id for i in Toy().order(items)]
    t.check([i.id for i in Toy().order(items[::-1])], first)
    t.check(first != sorted(first), True)


def test_alone_items(t):
    vectors = clusters.vectors({}, {"a": 1, "b": 2})
    t.check(json.dumps(list(vectors.values())), "[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]")


tap.run(tap.tests_of(globals()))
