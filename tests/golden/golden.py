"""Whole runs, compared with what is expected: `python3 golden.py --update` writes that anew, to be read before it is committed.

Each folder here holds a pipeline.yaml with its inputs, and in expected/ the report, the documents, the rejects and
the words a reader of the page sees. The page's markup is not compared: its classes may change, its words may not."""
import difflib
import html.parser
import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
WINNOW = os.environ.get("WINNOW", "winnow")
SCRATCH = pathlib.Path(os.environ.get("builddir", ".")) / "tests" / "golden" / "golden.tmp"


class Words(html.parser.HTMLParser):
    """The text of a page, a line for each piece, without its styles and its script."""

    def __init__(self):
        super().__init__()
        self.lines, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("style", "script")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script")

    def handle_data(self, data):
        if not self.hidden and data.strip():
            self.lines.append(" ".join(data.split()))


def results(folder, out):
    run = subprocess.run([WINNOW, "run", "pipeline.yaml", "--out", str(out.resolve()), "--quiet", "--jobs", "2"], cwd=folder,
                         stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if run.returncode:
        return {"report.json": run.stderr}
    words = Words()
    words.feed((out / "report.html").read_text())
    lines = (json.loads(line) for name in ("documents.jsonl", "rejects.jsonl") for line in (out / name).open())
    return {
        "report.json": pretty(json.loads((out / "report.json").read_text())),
        "documents.txt": "\n".join(pretty(line) for line in lines),
        "page.txt": "\n".join(words.lines),
    }


def pretty(value):
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


def compare(number, folder, update):
    out = SCRATCH / folder.name
    shutil.rmtree(out, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    got, expected = results(folder, out), folder / "expected"
    if update:
        expected.mkdir(exist_ok=True)
        for name, text in got.items():
            (expected / name).write_text(text + "\n")
    changed = []
    for name, text in got.items():
        want = (expected / name).read_text().splitlines()
        changed += list(difflib.unified_diff(want, text.splitlines(), f"expected/{name}", name, lineterm="", n=1))
    print(f"{'not ok' if changed else 'ok'} {number} - {folder.name}")
    for line in changed[:40]:
        print("# " + line)
    return bool(changed)


def main():
    folders = sorted(p.parent for p in HERE.glob("*/pipeline.yaml"))
    bad = sum(compare(i, f, "--update" in sys.argv) for i, f in enumerate(folders, 1))
    print(f"1..{len(folders)}")
    if not bad:
        shutil.rmtree(SCRATCH, ignore_errors=True)
    return bad != 0


sys.exit(main())
