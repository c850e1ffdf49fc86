#!/usr/bin/env python3
"""seeds.py [--out DIR] [--without STAGE,...] [-v]: run winnow over the seed articles and check every expectation.

Reads $EVAL_SEEDS (default: ../shared/seeds beside the source). Prints each line that fails and `N of M`;
with -v also those that hold. --out: a finished run directory to check instead of running. Exit status 1: something failed, 77: no seeds."""
import argparse
import collections
import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from harness import winnow
from seeds import chain, report
from seeds.places import Article

EXPECTED = HERE / "seeds" / "expected.json"


class Tally:
    def __init__(self, verbose):
        self.verbose, self.held, self.total = verbose, 0, 0
        self.by_group = collections.OrderedDict()

    def check(self, group, what, problems):
        """One expectation; `problems` is a list of what is wrong with it."""
        self.total += 1
        counts = self.by_group.setdefault(group, [0, 0])
        counts[1] += 1
        if not problems:
            self.held += 1
            counts[0] += 1
            if self.verbose:
                print(f"ok    {group:<10} {what}")
        else:
            print(f"FAILS {group:<10} {what}: {'; '.join(problems)}")

    def close(self):
        print("".join(f"{group} {held}/{total}  " for group, (held, total) in self.by_group.items()).rstrip())
        print(f"{self.held} of {self.total}")
        return 0 if self.held == self.total else 1


def find_documents(documents, articles):
    """Document of each article, by the article's number in the document's id or locator."""
    found = {}
    for document in documents:
        where = document.id + " " + json.dumps(document.record.get("raw", ""))
        for article in articles.values():
            if article.path.name in where or article.path.stem in where:
                found[article.number] = document
    return found


def without(stages, scratch):
    """The configuration less some stages, for a build that does not have them yet."""
    lines = (HERE / "seeds.yaml").read_text(encoding="utf-8").splitlines()
    path = pathlib.Path(scratch) / "seeds.yaml"
    path.write_text("\n".join(line for line in lines if line.strip(" -") not in stages) + "\n", encoding="utf-8")
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out")
    parser.add_argument("--without", default="", type=lambda names: names.split(","))
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    folder = pathlib.Path(os.environ.get("EVAL_SEEDS") or HERE.parent.parent.parent / "shared" / "seeds")
    paths = sorted(folder.glob("0*.txt"))
    if not paths:
        print(f"seeds.py: no articles in {folder}; set EVAL_SEEDS", file=sys.stderr)
        return 77
    articles = {path.name[:3]: Article(path) for path in paths}
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="winnow-seeds.") as scratch:
        out = pathlib.Path(args.out) if args.out else pathlib.Path(scratch) / "run"
        if not args.out:
            try:
                winnow.run(without(args.without, scratch), paths, out, timeout=600)
            except winnow.Failed as failure:
                print(f"seeds.py: {failure}")
                return 1
        documents = find_documents(winnow.read_documents(out / "documents.jsonl"), articles)
        tally = Tally(args.verbose)
        for number in articles:
            tally.check("documents", number, [] if number in documents else ["the document did not come out"])
        seen = {number: (articles[number], documents[number]) for number in articles if number in documents}
        chain.check_all(tally, expected, seen)
        report.check_all(tally, expected, seen, out)
        return tally.close()


if __name__ == "__main__":
    sys.exit(main())
