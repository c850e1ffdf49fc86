"""Web pages: main content and fields (WCXB), publication date (the pages of htmldate's authors)."""
import gzip
import json
import lzma
import re
import shutil
import tarfile

from harness import scratch, winnow
from harness.task import Item, Task
from scorers import content, fields


class Page(Item):
    """`file` holds the HTML, decompressed in the scratch folder; its stem is the id."""


def wcxb(data, keep=lambda record: True):
    folder, home = data / "clean" / "wcxb", scratch.folder("wcxb")
    items = []
    with lzma.open(folder / "gold.jsonl.xz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if not keep(record):
                continue
            page = home / f"wcxb-{record['id']}.html"
            if not page.exists():
                with gzip.open(folder / "html" / f"{record['id']}.html.gz") as packed, open(page, "wb") as plain:
                    shutil.copyfileobj(packed, plain)
            items.append(Page(page.stem, file=page, gold=record))
    return items


def document_of(documents):
    """{stem of the input file: document}"""
    out = {}
    for document in documents:
        found = re.search(r"([^/]+?)\.html", document.id) or re.search(r"([^/\"]+?)\.html", json.dumps(document.record.get("raw", "")))
        out[found.group(1) if found else document.id] = document
    return out


class Pages(Task):
    def winnow(self, items):
        """All pages in one run, cached within this process: several rows read the same run."""
        key = tuple(item.id for item in items)
        if key not in Pages.runs:
            Pages.runs[key] = document_of(winnow.run_documents(
                winnow.EVAL / "configs" / "clean.yaml", [item.file for item in items]))
        return {name: self.output(document) for name, document in Pages.runs[key].items()}

    runs = {}

    def request(self, item, peer):
        return {"file": str(item.file)}

    def nothing(self):
        return ""


class MainContent(Pages):
    metrics = content.METRICS
    peers = dict.fromkeys(["trafilatura", "rs-trafilatura", "resiliparse", "jusText"]) | {"readability": 300}
    quick = 200

    def __init__(self, name, keep):
        self.name, self.keep = name, keep

    def load(self, data):
        return wcxb(data, self.keep)

    def output(self, document):
        return document.text

    def reply(self, item, reply, peer):
        return reply.get("text") or ""

    def perfect(self, items):
        return {item.id: item.gold["text"] for item in items}

    def score(self, item, output):
        return content.vector(output, item.gold["text"], item.gold["with"], item.gold["without"])

    def misses(self, item, output):
        return content.misses(output, item.gold["text"])


class Field(Pages):
    quick = 200

    def __init__(self, name, key, same, peers):
        self.name, self.key, self.same, self.peers = name, key, same, peers
        self.metrics = fields.metrics(key)

    def load(self, data):
        """Articles; for dates those whose gold is a day, or none."""
        return wcxb(data, lambda record: record["type"] == "article" and (
            self.key != "date" or not record["published"] or fields.DAY.match(record["published"])))

    def gold(self, item):
        return item.gold.get({"date": "published"}.get(self.key, self.key)) or ""

    def output(self, document):
        value = document.meta.get({"date": "published"}.get(self.key, self.key)) or ""
        return ", ".join(value) if isinstance(value, list) else str(value)

    def reply(self, item, reply, peer):
        return reply.get(self.key) or ""

    def perfect(self, items):
        return {item.id: self.gold(item) for item in items}

    def score(self, item, output):
        return fields.vector(output, self.gold(item), self.same)

    def misses(self, item, output):
        return fields.misses(output, self.gold(item), self.same)


class PageDate(Field):
    def __init__(self):
        super().__init__("page date", "date", fields.same_day, {"htmldate": None, "trafilatura": None, "rs-trafilatura": None})

    def load(self, data):
        folder, home = data / "date" / "pages", scratch.folder("pages")
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        if not any(home.iterdir()):
            with tarfile.open(folder / "html-800.tar.xz") as packed:
                for member in packed:
                    if member.isfile():
                        with open(home / member.name.rsplit("/", 1)[1], "wb") as page:
                            shutil.copyfileobj(packed.extractfile(member), page)
        by_file = {g["file"]: g["date"] for g in gold.values()}  # two addresses may share a page
        return [Page(name.removesuffix(".html"), file=home / name, gold={"published": date})
                for name, date in by_file.items() if (home / name).exists()]


def tasks():
    some = ["trafilatura", "rs-trafilatura"]
    return [
        MainContent("main content, articles", lambda r: r["type"] == "article"),
        MainContent("main content, all pages", lambda r: True),
        Field("page title", "title", fields.same_title, dict.fromkeys([*some, "resiliparse"]) | {"readability": 300}),
        Field("page author", "author", fields.same_author, dict.fromkeys(some) | {"readability": 300}),
        Field("article date", "date", fields.same_day, dict.fromkeys(["htmldate", *some]) | {"readability": 300}),
        PageDate(),
    ]
