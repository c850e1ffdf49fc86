"""Tasks whose input is plain text with metadata: handed to winnow as JSON lines, to the peers as requests."""
import pathlib
import tempfile

from harness import winnow
from harness.task import Task


def run(config, items, settings=()):
    """{item id: Document}; an item has `text` and may have `meta`."""
    with tempfile.TemporaryDirectory(prefix="winnow-eval.") as scratch:
        source = pathlib.Path(scratch) / "input.jsonl"
        winnow.write_jsonl(source, ({"id": i.id, "text": i.text, "metadata": getattr(i, "meta", {})} for i in items))
        documents = winnow.run_documents(winnow.EVAL / "configs" / config, [source], settings)
    return {document.id: document for document in documents}


class TextTask(Task):
    config = ""

    def winnow(self, items):
        found = run(self.config, items)
        return {item.id: self.output(found[item.id], item) for item in items if item.id in found}

    def request(self, item, peer):
        request = {"text": item.text}
        if getattr(item, "dct", None):
            request["dct"] = item.dct
        return request
