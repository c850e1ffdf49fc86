"""Suites of single expressions: timenorm's phrases, the date-time specs of Recognizers-Text.

A case is right when the values found are those asked for. Of the specs those count whose results are dates,
date ranges and durations with a TIMEX that TIMEX3 has too (no brackets, no open year)."""
import json
import re

from harness.task import Item
from scorers import share

from .jsonl import TextTask
from .timeml import split_interval


class Cases(TextTask):
    metrics = share.METRICS
    config = "dates.yaml"
    peers = dict.fromkeys(["HeidelTime", "SUTime", "Recognizers-Text", "chrono-node"])
    quick = 300

    def output(self, document, item):
        at = document.characters()
        return [t for span in document.spans("date") for t in split_interval(span, at)]

    def reply(self, item, reply, peer):
        return [(s["start"], s["end"], s["type"], s["value"]) for s in reply["spans"]]

    def perfect(self, items):
        return {item.id: [(0, 0, "", value) for value in item.gold] for item in items}

    def score(self, item, output):
        return [int(sorted(value for *_, value in output) == item.gold)]

    def misses(self, item, output):
        return [] if self.score(item, output)[0] else [f"{item.text!r} at {item.dct}: {[v for *_, v in output]}, not {item.gold}"]


class Timenorm(Cases):
    """Blocks of phrase, type, value; the first line of a block is its document's date."""
    name = "single phrases, timenorm"

    def load(self, data):
        items, dct = [], None
        for number, line in enumerate((data / "date" / "cases" / "timenorm-train.tsv").read_text(encoding="utf-8").splitlines()):
            cells = line.split("\t")
            if len(cells) != 3:
                dct = None
            elif dct is None:
                dct = (re.match(r"\d{4}-\d{2}-\d{2}", cells[2]) or re.match("", "")).group() or "1970-01-01"
            else:
                items.append(Item(f"timenorm-{number:04}", text=cells[0], gold=[cells[2]], dct=dct, meta={"published": dct}))
        return items


class Recognizers(Cases):
    name = "single sentences, Recognizers-Text specs"
    KINDS = {"datetimeV2.date", "datetimeV2.daterange", "datetimeV2.duration"}

    def load(self, data):
        items = []
        cases = json.loads((data / "date" / "cases" / "DateTimeModel.json").read_text(encoding="utf-8-sig"))
        for number, case in enumerate(cases):
            dct = case.get("Context", {}).get("ReferenceDateTime", "")[:10]
            values = [self.value(result) for result in case["Results"]]
            if dct and values and None not in values:
                items.append(Item(f"spec-{number:04}", text=case["Input"], gold=sorted(values), dct=dct, meta={"published": dct}))
        return items

    def value(self, result):
        values = {v.get("timex") for v in result.get("Resolution", {}).get("values", [])}
        timex = values.pop() if len(values) == 1 else None
        return timex if result.get("TypeName") in self.KINDS and timex and not re.search(r"[(X,]", timex) else None


def tasks():
    return [Timenorm(), Recognizers()]
