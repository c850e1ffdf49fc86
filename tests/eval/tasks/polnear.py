"""Attributions: PolNeAR, brat stand-off. Where several annotators did a text, the first by name counts. It marks the outermost
attributions only, so claims within another one's content are left out on winnow's side too."""
import csv
import re

from harness.task import Item
from scorers import attribution

from .jsonl import TextTask

SPAN = re.compile(r"^(T\d+)\t(\w+) ([\d ;]+)\t")
EVENT = re.compile(r"^E\d+\t(.+)$")


def read(path):
    """Attributions of a .ann file as role -> pieces."""
    spans, out = {}, []
    for line in path.read_text(encoding="utf-8").split("\n"):
        found = SPAN.match(line)
        if found:
            pieces = [tuple(map(int, piece.split())) for piece in found.group(3).split(";")]
            spans[found.group(1)] = pieces
        found = EVENT.match(line)
        if found:
            roles = {}
            for argument in found.group(1).split():
                role, _, span = argument.partition(":")
                name = role.rstrip("0123456789").lower()
                if name in attribution.ROLES:
                    roles.setdefault(name, []).extend(spans.get(span, []))
            if roles.get("content"):
                out.append(roles)
    return out


def split(data, part):
    folder = data / "claims" / "polnear"
    with open(folder / "metadata.tsv", encoding="utf-8") as table:
        published = {row["filename"]: row["publication_date"] for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)}
    items = {}
    for path in sorted((folder / part / "attributions").glob("*.ann")):
        stem = path.stem.rsplit("_", 1)[0]
        text = folder / part / "text" / f"{stem}.txt"
        if stem not in items and text.exists():
            with open(text, encoding="utf-8", newline="") as source:
                items[stem] = Item(stem, text=source.read(), gold=read(path), meta={"published": published.get(stem, "")})
    return list(items.values())


class Attributions(TextTask):
    metrics = attribution.METRICS
    config = "claims.yaml"
    quick = 40

    def __init__(self, name, part, peers):
        self.name, self.part, self.peers = name, part, peers

    def load(self, data):
        return split(data, self.part)

    def output(self, document, item):
        at = document.characters()
        out = []
        for claim in document.spans("claim"):
            if claim.parts("content") and not claim["parent"]:
                out.append({role: [(at(p.start), at(p.end)) for p in claim.parts(role)] for role in attribution.ROLES})
        return out

    def reply(self, item, reply, peer):
        if peer == "textacy":
            return [{role: [tuple(p) for p in one.get(role, [])] for role in attribution.ROLES} for one in reply["attributions"]]
        out = []
        for quote in reply["spans"]:
            source = quote.get("source")
            out.append({"source": [(source["start"], source["end"])] if source else [], "content": [(quote["start"], quote["end"])]})
        return out

    def score(self, item, output):
        return attribution.vector(output, item.gold, item.text)

    def misses(self, item, output):
        return attribution.misses(output, item.gold, item.text)


def tasks():
    return [Attributions("attributions, PolNeAR dev", "dev", {"CoreNLP quote": 40, "textacy": None}),
            Attributions("attributions, PolNeAR train", "train", {"textacy": 200})]
