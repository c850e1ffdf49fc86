#!/usr/bin/env python3
"""hostile.py [--stage NAME] [--pattern WORD] [--size BYTES] [--rounds N]: is every stage linear on texts made to hurt?

Each pattern of hostile_patterns.py goes through each stage alone (input -> STAGE -> jsonl) at one, two, four and eight
times a size. Where a stage needs others before it, the run without it is taken off. Told for each pair: CPU seconds for one
megabyte, the exponent of the growth, and the memory above that of an empty run for each megabyte of input. Exit status 1
when one is above its bar."""
import argparse
import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]
from hostile_patterns import HTML, TEXT
from measuring import Subject, exponent

MEGABYTE = 1_000_000
BARS = {"seconds": 1.0, "exponent": 1.15, "memory": 64.0}
STEPS = (1, 2, 4, 8)
FLOOR = 0.05   # seconds: below it a cost is the clock's noise, and no growth is told from it
SPREAD = 2000  # bytes of a document when the pattern is spread over many
STAGES = {  # name: stages, spread over many documents too, HTML too, and whose cost is taken off
    "read": ([], False, True, None),
    "clean": (["clean"], False, True, None),
    "dedup": (["dedup"], True, False, None),
    "dates": (["dates"], False, False, None),
    "claims": (["claims"], False, False, None),
    "before": (["dates", "claims"], False, False, None),
    "align": (["dates", "claims", "align"], True, False, "before"),
    "report": (["dates", "claims", "align"], True, False, "align"),
}


def write_config(path, stages, report):
    outputs = ["jsonl", "report"] if report else ["jsonl"]
    path.write_text("version: 1\ninput: {use: %s, with: {path: ['*']}}\nstages: [%s]\noutput: [%s]\nlimits:\n  max_document_seconds: 600\n"
                    % ("files" if path.stem.endswith("-files") else "jsonl", ", ".join(stages), ", ".join(outputs)))


def write_spread(path, text):
    """Documents of SPREAD bytes each, one a line."""
    with open(path, "w", encoding="utf-8") as out:
        for i, at in enumerate(range(0, len(text), SPREAD)):
            out.write(json.dumps({"id": str(i), "text": text[at:at + SPREAD]}, ensure_ascii=False) + "\n")


class Hostile:
    def __init__(self, args, home):
        self.args, self.home, self.empty = args, home, {}
        self.winnow = os.environ.get("WINNOW", "winnow")

    def config(self, stage, kind):
        path = self.home / f"{stage}-{kind}.yaml"
        if not path.exists():
            write_config(path, STAGES[stage][0], stage == "report")
        return path

    def run(self, stage, kind, path, rounds=1):
        """Least CPU seconds and peak MiB of the rounds; None when the run fails."""
        command = [self.winnow, "run", self.config(stage, kind), path, "--out", self.home / "out", "--jobs", "1"]
        subject = Subject(stage, command, seconds=self.args.patience)
        for _ in range(rounds):
            subject.once()
        if subject.failed:
            return subject.failed
        return min(r.user + r.system for r in subject.runs), min(r.peak for r in subject.runs) / 1024

    def base(self, stage, kind):
        if (stage, kind) not in self.empty:
            path = self.home / "empty.txt"
            path.write_text('{"id": "a", "text": "a"}\n')
            self.empty[stage, kind] = self.run(stage, kind, path, 5)
        return self.empty[stage, kind]

    def costs(self, stage, kind, make, size, rounds):
        base, rows = self.base(stage, kind), []
        for step in STEPS:
            suffix = {"page": ".html", "text": ".txt", "spread": ".jsonl"}[kind.split("-")[0]]
            path = self.home / ("pattern" + suffix)
            text = make(size * step)
            if suffix == ".jsonl":
                write_spread(path, text)
            else:
                path.write_text(text, encoding="utf-8", newline="")
            got = self.run(stage, kind, path, rounds)
            off = self.run(STAGES[stage][3], kind, path, rounds) if STAGES[stage][3] else base
            if isinstance(got, str) or isinstance(off, str):
                return got if isinstance(got, str) else off
            rows.append((path.stat().st_size, max(got[0] - off[0], 1e-4), max(got[1] - base[1], 0)))
        return rows

    def judge(self, stage, kind, make):
        """{seconds, exponent, memory}; measured again, with more rounds and at greater sizes, while it looks bad."""
        size, best = self.args.size, None
        for rounds in (1, self.args.rounds):
            rows = self.costs(stage, kind, make, size, rounds)
            if isinstance(rows, str):
                return rows
            got = {"seconds": min(r[1] / (r[0] / MEGABYTE) for r in rows[-2:]),
                   "exponent": exponent([r[0] for r in rows], [max(r[1], FLOOR / 8) for r in rows]) if rows[-1][1] > FLOOR else 0.0,
                   "memory": min(r[2] / (r[0] / MEGABYTE) for r in rows[-2:])}
            best = got if best is None else {k: min(best[k], got[k]) for k in got}
            if all(best[k] <= BARS[k] for k in BARS):
                break
            if got["exponent"] > BARS["exponent"] and rows[-1][1] < 1:
                size *= 4
        return best


def pairs(args):
    for stage, (_, spreads, html, _) in STAGES.items():
        if stage == "before" or (args.stage and stage not in args.stage):
            continue
        for name, make in TEXT.items():
            yield stage, "text-files", name, make
            if spreads:
                yield stage, "spread-jsonl", name, make
        for name, make in HTML.items() if html else ():
            yield stage, "page-files", name, make


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stage", action="append", choices=list(STAGES))
    parser.add_argument("--pattern", action="append", default=[], help="only patterns with this in their name")
    parser.add_argument("--size", type=int, default=MEGABYTE // 8, help="bytes of the smallest input (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--patience", type=int, default=60, help="seconds for one run (%(default)s)")
    parser.add_argument("--all", action="store_true", help="print every pair, not only those above a bar")
    args = parser.parse_args()
    worst, above, done = dict.fromkeys(BARS, (0.0, "")), 0, 0
    print(f"{'stage':8} {'input':12} {'pattern':28} {'s/MB':>7} {'exponent':>8} {'MiB/MB':>7}")
    with tempfile.TemporaryDirectory(prefix="winnow-hostile.") as folder:
        hostile = Hostile(args, pathlib.Path(folder))
        for stage, kind, name, make in pairs(args):
            if args.pattern and not any(word in name for word in args.pattern):
                continue
            got, done = hostile.judge(stage, kind, make), done + 1
            if isinstance(got, str):
                above += 1
                print(f"{stage:8} {kind:12} {name:28} {got}", flush=True)
                continue
            bad = [k for k in BARS if got[k] > BARS[k]]
            above += bool(bad)
            for k in BARS:
                worst[k] = max(worst[k], (got[k], f"{stage} {kind} {name}"))
            if bad or args.all:
                told = "  above: " + ", ".join(bad) if bad else ""
                print(f"{stage:8} {kind:12} {name:28} {got['seconds']:7.3f} {got['exponent']:8.2f} {got['memory']:7.1f}{told}", flush=True)
    print(f"# {done} pairs, {above} above a bar; worst: " + "; ".join(f"{k} {v:.2f} ({where})" for k, (v, where) in worst.items()))
    return above > 0


if __name__ == "__main__":
    sys.exit(main())
