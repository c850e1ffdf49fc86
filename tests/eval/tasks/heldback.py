"""The articles of our own corpus (plugins/claims/train) from which nothing is learnt: every third."""
import importlib.util
import pathlib

from harness.task import Item
from scorers import attribution, statements

from .jsonl import TextTask

TRAIN = pathlib.Path(__file__).resolve().parents[3] / "plugins" / "claims" / "train"
ROLE = {"source": "S", "cue": "C", "content": "T"}


def corpus():
    spec = importlib.util.spec_from_file_location("corpus", TRAIN / "corpus.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def characters(text):
    """From byte offsets to characters."""
    at, n = {}, 0
    for i, c in enumerate(text):
        at[n] = i
        n += len(c.encode())
    at[n] = len(text)
    return at


class Statements(TextTask):
    name = "attributions, our held-back texts"
    metrics = statements.METRICS
    config = "claims.yaml"
    peers = {}

    def load(self, data):
        read, items = corpus(), []
        for path in sorted((TRAIN / "corpus").glob("*.ann")):
            if int(path.stem) % 3 == 0:
                article = read.read(str(path))
                at = characters(article.text)
                gold = [{"class": a["class"], "stance": a["stance"], "speaker": a["speaker"], "status": "named", "confidence": "high",
                         **{role: [(at[s], at[e]) for s, e in a[key]] for role, key in ROLE.items()}}
                        for a in article.attributions.values()]
                items.append(Item(path.stem, text=article.text, gold=gold))
        return items

    def output(self, document, item):
        at = document.characters()
        return [{"class": c["class"], "stance": c["stance"], "speaker": c["speaker"], "status": c["speaker_status"], "confidence": c["confidence"],
                 **{role: [(at(p.start), at(p.end)) for p in c.parts(role)] for role in attribution.ROLES}}
                for c in document.spans("claim") if c["type"] != "no_comment"]

    def score(self, item, output):
        return statements.vector(output, item.gold, item.text)

    def misses(self, item, output):
        return statements.misses(output, item.gold, item.text)


def tasks():
    return [Statements()]
