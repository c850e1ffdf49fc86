"""Text routines: sentences (UD English web treebank), mojibake (ftfy's cases), character sets (chardet's files)."""
import codecs
import json
import re

from harness import winnow
from harness.task import Item, Task
from scorers import sentences, share

from . import jsonl


class Sentences(jsonl.TextTask):
    name = "sentences, UD-EWT dev"
    metrics = sentences.METRICS
    config = "dates.yaml"
    peers = {"spaCy": None, "CoreNLP ssplit": None}
    quick = 100

    def load(self, data):
        items, paragraphs = [], []
        path = next((data / "text" / "ud-ewt").glob("*dev*.conllu"))
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# newdoc"):
                items += self.item(paragraphs, len(items))
                paragraphs = []
            elif line.startswith("# newpar"):
                paragraphs.append([])
            elif line.startswith("# text = "):
                if not paragraphs:
                    paragraphs.append([])
                paragraphs[-1].append(line[9:])
        return items + self.item(paragraphs, len(items))

    @staticmethod
    def item(paragraphs, number):
        text, gold = "", []
        for paragraph in paragraphs:
            text += "\n\n" if text else ""
            for i, sentence in enumerate(paragraph):
                text += " " if i else ""
                gold.append((len(text), len(text) + len(sentence)))
                text += sentence
        return [Item(f"ewt-{number:04}", text=text, gold=gold)] if text else []

    def output(self, document, item):
        at = document.characters()
        return [(at(s.start), at(s.end)) for s in document.spans("sentence")]

    def reply(self, item, reply, peer):
        return [(s["start"], s["end"]) for s in reply["spans"]]

    def score(self, item, output):
        return sentences.vector(output, item.gold, item.text)

    def misses(self, item, output):
        return sentences.misses(output, item.gold, item.text)


class Mojibake(jsonl.TextTask):
    name = "mojibake, ftfy's cases"
    metrics = share.METRICS
    config = "mojibake.yaml"
    peers = {"ftfy": None}
    quick = 10**9

    def load(self, data):
        items = []
        for path in sorted((data / "text" / "ftfy").glob("*.json")):
            for i, case in enumerate(json.loads(path.read_text(encoding="utf-8"))):
                if case.get("expect", "pass") == "pass":
                    gold = case.get("fixed-encoding", case["fixed"])
                    items.append(Item(f"{path.stem}-{i:03}", text=case["original"], gold=gold))
        return items

    def output(self, document, item):
        return document.text

    def nothing(self):
        return ""

    def reply(self, item, reply, peer):
        return reply.get("text") or ""

    def score(self, item, output):
        return [int(share.same_text(output, item.gold))]

    def misses(self, item, output):
        return [] if self.score(item, output)[0] else [f"{item.text!r} became {output!r}, not {item.gold!r}"]


class Charsets(Task):
    """A file is right when its text is that of Python's decoder for the folder's character set, or for the superset
    that browsers take for it."""
    name = "character sets, chardet's files"
    metrics = share.METRICS
    peers = {"charset-normalizer": None, "chardet": None}
    quick = 10**9
    SUPERSET = {"shift_jis": "cp932", "gb2312": "gb18030", "big5": "cp950", "euc_kr": "cp949", "iso8859_11": "cp874",
                "iso8859_9": "cp1254", "iso8859_1": "cp1252", "ascii": "cp1252"}
    ALIAS = {"TIS-620": "iso8859_11", "EUC-TW": None, "MacCyrillic": "mac_cyrillic", "MacRoman": "mac_roman", "Johab": "johab"}

    def load(self, data):
        items = []
        for path in sorted((data / "text" / "charset").glob("*/*")):
            name = re.match(r"((?:windows|iso|utf)-[0-9a-zA-Z]+(?:-[0-9]+|-sig|-jp|-kr)?)", path.parent.name, re.I)
            name = self.ALIAS.get(path.parent.name, name.group(1) if name else path.parent.name)
            try:
                codec = codecs.lookup(name).name.replace("-", "_") if name else "none"
                decoded = [path.read_bytes().decode(c, "replace") for c in (codec, self.SUPERSET.get(codec, codec))]
            except LookupError:
                continue
            items.append(Item(f"{path.parent.name}/{path.name}", file=path, gold=decoded))
        return items

    def winnow(self, items):
        by_path = {str(item.file): item.id for item in items}
        documents = winnow.run_documents(winnow.EVAL / "configs" / "charset.yaml", [item.file for item in items])
        out = {}
        for document in documents:
            where = document.id + json.dumps(document.record.get("raw", ""))
            for path, name in by_path.items():
                if "/".join(path.rsplit("/", 2)[1:]) in where:
                    out[name] = document.text
        return out

    def nothing(self):
        return ""

    def perfect(self, items):
        return {item.id: item.gold[0] for item in items}

    def request(self, item, peer):
        return {"file": str(item.file)}

    def reply(self, item, reply, peer):
        return reply.get("text") or ""

    def score(self, item, output):
        return [int(any(share.same_decoding(output, text) for text in item.gold))]

    def misses(self, item, output):
        return [] if self.score(item, output)[0] else [f"{len(output)} characters, not those of {item.id.split('/')[0]}"]


def tasks():
    return [Sentences(), Mojibake(), Charsets()]
