"""Near-duplicate development set: several extractors and text dumpers over the same WCXB pages; the page is the
cluster. The data stays in the scratch folder; the recipe is this file. A copy of a page with fewer than MIN_WORDS
words is left out: it says nothing about the page."""
import html.parser
import re

from harness import peers
from harness.task import Item

from . import pages

PAGES = 300
MIN_WORDS = 50
EXTRACTORS = ("trafilatura", "resiliparse", "jusText", "readability", "rs-trafilatura")


class Dumper(html.parser.HTMLParser):
    """All text outside of scripts and styles: what a naive text dump gives."""

    def __init__(self):
        super().__init__()
        self.out, self.skip = [], 0

    def handle_starttag(self, tag, attrs):
        self.skip += tag in ("script", "style", "noscript", "template")

    def handle_endtag(self, tag):
        self.skip -= tag in ("script", "style", "noscript", "template") and self.skip > 0

    def handle_data(self, data):
        if not self.skip:
            self.out.append(data)


def dump(page):
    dumper = Dumper()
    dumper.feed(page.read_text(encoding="utf-8", errors="replace"))
    return re.sub(r"\s*\n\s*", "\n", " ".join(dumper.out)).strip()


def items(data):
    task = pages.MainContent("", lambda record: record["type"] == "article")
    chosen = task.order(task.load(data))[:PAGES]
    copies = {"gold": {item.id: item.gold["text"] for item in chosen}, "dump": {item.id: dump(item.file) for item in chosen}}
    for name in EXTRACTORS:
        if not peers.ALL[name].why_not():
            copies[name] = task.ask(peers.ALL[name], chosen)
    return [Item(f"{page}/{name}", text=text, cluster=page) for name, texts in copies.items()
            for page, text in texts.items() if len(text.split()) >= MIN_WORDS]
