"""Dates in text: TimeML with TIMEX3 (news, tweets), WikiWars."""
import re
import xml.etree.ElementTree as ET

from harness.task import Item
from scorers import timex

from .jsonl import TextTask


def flatten(node, at=0):
    """Text of a node and its TIMEX3 as (start, end, type, value), nested ones too."""
    text, spans = node.text or "", []
    for child in node:
        inner, found = flatten(child, at + len(text))
        spans += found
        if child.tag == "TIMEX3":
            spans.append((at + len(text), at + len(text) + len(inner), child.get("type", ""), child.get("value", "")))
        text += inner + (child.tail or "")
    return text, spans


def read(path):
    """(text, TIMEX3 of the text, document date) of a TimeML file; None where it cannot be parsed."""
    source = path.read_text(encoding="utf-8", errors="replace")
    source = re.sub(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)", "&amp;", source)
    try:
        root = ET.fromstring(source)
    except ET.ParseError:
        return None
    created = next((t.get("value") for t in root.iter("TIMEX3") if t.get("functionInDocument") in ("CREATION_TIME", "PUBLICATION_TIME")), None)
    body = root if root.find("TEXT") is None else root.find("TEXT")
    text, spans = flatten(body)
    dct = re.match(r"\d{4}-\d{2}-\d{2}", created or "")
    return text, sorted(s for s in spans if s[0] < s[1]), dct.group() if dct else None


def split_interval(span, at):
    """A span "May 31 to June 4" with the value A/B becomes its two ends, as TIMEX3 has them."""
    if "/" not in str(span["value"]):
        return [(at(span.start), at(span.end), span["type"] or "", span["value"] or "")]
    values = dict(zip(("begin", "end"), span["value"].split("/", 1)))
    parts = [(p, values[role]) for role in ("begin", "end") for p in span.parts(role)]
    return [(at(p.start), at(p.end), span["type"] or "", value) for p, value in parts] or \
        [(at(span.start), at(span.end), span["type"] or "", span["value"])]


class TimeML(TextTask):
    metrics = timex.METRICS
    config = "dates.yaml"
    peers = {"HeidelTime": None, "SUTime": None, "Recognizers-Text": None, "chrono-node": None, "dateparser": None}
    quick = 80

    def __init__(self, name, folder, kind, peers=None):
        self.name, self.folder, self.kind = name, folder, kind
        self.peers = peers or self.peers

    def load(self, data):
        items = []
        for path in sorted((data / "date" / self.folder).rglob("*.tml")):
            found = read(path)
            if found:
                text, gold, dct = found
                items.append(Item(path.stem, text=text, gold=gold, dct=dct, meta={"published": dct} if dct else {}))
        return items

    def request(self, item, peer):
        request = super().request(item, peer)
        return request | {"kind": self.kind} if peer == "HeidelTime" else request

    def output(self, document, item):
        at = document.characters()
        return sorted(t for span in document.spans("date") for t in split_interval(span, at))

    def reply(self, item, reply, peer):
        return sorted((s["start"], s["end"], s["type"], s["value"]) for s in reply["spans"])

    def score(self, item, output):
        return timex.vector(output, item.gold)

    def misses(self, item, output):
        return timex.misses(output, item.gold, item.text)


def tasks():
    return [
        TimeML("dates, TimeBank+AQUAINT corrected", "ta-corrected", "news"),
        TimeML("dates, TimeBank", "timebank", "news"),
        TimeML("dates, AQUAINT", "aquaint", "news"),
        TimeML("dates, tweets", "tweets", "colloquial"),
    ]
