"""Whole-corpus tasks: duplicates (Reuters exact, near-duplicates of WCXB pages), documents of one event (ECB+)."""
import collections
import json
import lzma

from harness import scratch, winnow
from harness.task import Item, Task
from scorers import clusters

from . import jsonl


class Grouping(Task):
    """The output is one map item -> cluster."""
    metrics = clusters.METRICS
    quick = 10**9

    def nothing(self):
        return None

    def perfect(self, items):
        return {item.id: item.cluster for item in items}

    def vectors(self, items, outputs):
        return clusters.vectors(outputs, {item.id: item.cluster for item in items})

    def ask(self, peer, items):
        corpus = scratch.folder("corpora") / f"{self.name.replace(' ', '-').replace(',', '')}.jsonl"
        winnow.write_jsonl(corpus, ({"id": item.id, "text": item.text} for item in sorted(items, key=lambda i: i.id)))
        reply = peer.ask([{"id": "corpus", "file": str(corpus)}])["corpus"]
        if reply.get("error"):
            raise winnow.Failed(reply["error"])
        return reply["clusters"]

    def misses(self, item, output):
        return []


class Duplicates(Grouping):
    config = "dedup.yaml"
    peers = dict.fromkeys(["datatrove", "text-dedup", "datasketch", "rensa"])

    def winnow(self, items):
        found = jsonl.run(self.config, items)
        return {name: document.meta["duplicate"]["group"] for name, document in found.items() if document.meta.get("duplicate")}


class Reuters(Duplicates):
    name = "exact duplicates, Reuters"

    def load(self, data):
        folder = data / "dedup"
        home = {}
        for line in (folder / "reuters_apte_exact.tsv").read_text(encoding="utf-8").splitlines():
            for member in line.split("\t"):
                home[member.removeprefix("reuters/")] = line
        with lzma.open(folder / "reuters.jsonl.xz", "rt", encoding="utf-8") as lines:
            records = map(json.loads, lines)
            return [Item(r["id"], text=r["text"], cluster=home.get(r["id"], r["id"])) for r in records]


class NearDuplicates(Duplicates):
    """The set of tasks/neardup.py; tests/eval/neardup.py writes it out."""
    name = "near-duplicates, WCXB extractions"

    def load(self, data):
        from . import neardup
        return neardup.items(data)


class Events(Grouping):
    name = "documents of one event, ECB+"
    config = "align.yaml"

    def load(self, data):
        words = collections.OrderedDict()
        for part in ("Train", "Dev"):
            for line in (data / "align" / f"ECB_{part}_corpus.txt").read_text(encoding="utf-8").splitlines():
                if line.strip():
                    doc, sentence, _, word = line.split("\t")[:4]
                    words.setdefault(doc, collections.OrderedDict()).setdefault(sentence, []).append(word)
        return [Item(doc, text="\n".join(detokenize(s) for s in sentences.values()), cluster=subtopic(doc))
                for doc, sentences in words.items()]

    def winnow(self, items):
        found = jsonl.run(self.config, items)
        return {name: document.meta["event"] for name, document in found.items() if document.meta.get("event")}


def subtopic(doc):
    """2_11ecb -> 2 ecb, 2_11ecbplus -> 2 ecbplus"""
    topic, rest = doc.split("_", 1)
    return topic + rest.lstrip("0123456789")


def detokenize(words):
    text = " ".join(words)
    for mark in (",", ".", ";", ":", "!", "?", "'s", "n't", "%", ")", "''"):
        text = text.replace(" " + mark, mark)
    return text.replace("`` ", '"').replace("``", '"').replace("''", '"').replace("( ", "(").replace("$ ", "$")


def tasks():
    return [Reuters(), NearDuplicates(), Events()]
