"""Run winnow as a user would, and read what it wrote."""
import json
import os
import pathlib
import subprocess
import tempfile

EVAL = pathlib.Path(__file__).resolve().parent.parent


def binary():
    """The program under test: $WINNOW, or the one beside the build's Makefile."""
    return os.environ.get("WINNOW", "winnow")


class Failed(Exception):
    pass


def run(config, inputs, out, settings=(), timeout=3600):
    """winnow run CONFIG INPUT... --out OUT; raises Failed with the program's last words."""
    command = [binary(), "run", str(config), *map(str, inputs), "--out", str(out)]
    for setting in settings:
        command += ["--set", setting]
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, check=False)
    except FileNotFoundError as error:
        raise Failed(f"no winnow binary: {error.filename}") from error
    except subprocess.TimeoutExpired as error:
        raise Failed(f"timed out after {timeout} s") from error
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Failed(f"exit status {done.returncode}: {words[-1] if words else 'no message'}")
    return pathlib.Path(out)


def run_documents(config, inputs, settings=(), timeout=3600):
    """Run in a temporary directory; the documents as a list of Document."""
    with tempfile.TemporaryDirectory(prefix="winnow-eval.") as out:
        run(config, inputs, pathlib.Path(out) / "run", settings, timeout)
        return read_documents(pathlib.Path(out) / "run" / "documents.jsonl")


def read_documents(path):
    with open(path, encoding="utf-8") as lines:
        return [Document(json.loads(line)) for line in lines]


def write_jsonl(path, records):
    with open(path, "w", encoding="utf-8") as lines:
        for record in records:
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")


def version():
    try:
        done = subprocess.run([binary(), "--version"], capture_output=True, timeout=60, check=False)
    except OSError:
        return "not built"
    return done.stdout.decode().split("\n")[0].strip() or "unknown"


class Span:
    """A span or a part of one: byte offsets in the text, raw ranges in the input."""

    def __init__(self, record, document):
        self.record, self.document = record, document
        self.start, self.end = record["start"], record["end"]
        self.raw = [(piece[0], piece[1]) for piece in record.get("raw", [])]

    def __getitem__(self, name):
        return self.record.get(name)

    @property
    def text(self):
        return self.document.bytes[self.start:self.end].decode("utf-8", "replace")

    def parts(self, role):
        return [Span(part, self.document) for part in self.record.get("parts", []) if part["role"] == role]

    def raw_overlaps(self, start, end):
        return any(a < end and start < b for a, b in self.raw)


class Document:
    """One line of documents.jsonl."""

    def __init__(self, record):
        self.record = record
        self.id = record["id"]
        self.bytes = record["text"].encode("utf-8")
        self.meta = record.get("metadata") or {}

    @property
    def text(self):
        return self.record["text"]

    def spans(self, layer):
        return [Span(record, self) for record in (self.record.get("spans") or {}).get(layer, [])]

    def layers(self):
        return sorted(self.record.get("spans") or {})

    def characters(self):
        """Function: byte offset in the text -> character offset."""
        table, at = {}, 0
        for i, character in enumerate(self.text):
            table[at] = i
            at += len(character.encode("utf-8"))
        table[at] = len(self.text)
        return table.__getitem__
