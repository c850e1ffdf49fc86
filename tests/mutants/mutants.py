#!/usr/bin/env python3
"""Mutation testing: how many small faults do the tests notice? See README.md beside."""
import argparse
import collections
import json
import pathlib
import signal
import sys
import time

import operators
from scratch import Scratch

HERE = pathlib.Path(__file__).resolve().parent
KILLED, TIME, SURVIVED, BUILD, SAME, KNOWN = "killed", "time", "survived", "no build", "same code", "equivalent"
BARS = {"core": 85, "plugins": 75}  # percent
NOT_MUTATED = {"core/text/tagger_train.c"}  # a developer's tool


def folder_of(name):
    return "/".join(name.split("/")[:2])


def rules(name):
    lines = (HERE / name).read_text().splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def tests_by_folder():
    return {words[0]: words[1:] for words in map(str.split, rules("tests.txt"))}


def equivalents():
    """What equivalent.txt names, with the reason."""
    found = {}
    for line in rules("equivalent.txt"):
        file, operator, text, change, why = (part.strip() for part in line.split(" | "))
        found[file, operator, text, change] = why
    return found


def key(mutant):
    return mutant.file, mutant.operator, mutant.text.strip(), f"{mutant.old} > {mutant.new}".strip()


def all_mutants(source, folders):
    for folder in folders:
        for path in sorted((source / folder).rglob("*.c")):
            name = path.relative_to(source).as_posix()
            if name not in NOT_MUTATED:
                yield from operators.mutants(name, path.read_text())


def check_folders(source, folders):
    """Say what is wrong with --source and --folders before anything is copied or built."""
    if not (source / "configure").exists():
        sys.exit(f"mutants.py: {source} has no configure script: run ./autogen.sh in it first")
    judged = set(tests_by_folder())
    for folder in folders:
        found = {folder_of(m.file) for m in all_mutants(source, [folder])}
        if not found:
            sys.exit(f"mutants.py: --folders {folder}: no C code in {source / folder}")
        if found - judged:
            sys.exit(f"mutants.py: no line of tests.txt says which tests judge {', '.join(sorted(found - judged))}")


def draw(source, folders, count, seed):
    """The first `count` of each part (core, plugins) in the order of the seed; then by file, so that little is compiled."""
    parts = collections.defaultdict(list)
    for mutant in all_mutants(source, folders):
        parts[mutant.file.split("/")[0]].append(mutant)
    drawn = []
    for part in sorted(parts):
        drawn += sorted(parts[part], key=lambda m: operators.rank(m, seed))[:count]
    return sorted(drawn, key=lambda m: (m.file, m.line, m.column, m.operator))


class Judge:
    def __init__(self, scratch):
        self.scratch, self.tests, self.times = scratch, tests_by_folder(), {}
        self.known, self.originals, self.sound = equivalents(), {}, set()

    def prepare(self, folders):
        """Build all; run each test once without a mutant: its time is the measure, and one that fails judges nothing."""
        used = dict.fromkeys(test for folder in folders for test in self.tests[folder])
        programs = [test for test in used if "." not in test]
        checks = [*programs, *self.scratch.variable("check_LTLIBRARIES")]
        error = self.scratch.make("all", jobs=2) or self.scratch.make(*checks, jobs=2) # "all" is a make of its own
        if error:
            sys.exit(f"mutants.py: the tree does not build:\n{error}")
        passed = {}
        for test in used:
            end, self.times[test] = self.scratch.run(test, 600, 600)
            passed[test] = end == "passed"
            print(f"# {test}: {end}, {self.times[test]:.1f} s", flush=True)
            if not passed[test]:
                print(f"mutants.py: {test} fails without a mutant: left out; fix it and judge again", file=sys.stderr, flush=True)
        self.sound = {test for test in used if passed[test]}

    def judge(self, mutant):
        """A verdict and the test that gave it."""
        if key(mutant) in self.known:
            return KNOWN, self.known[key(mutant)]
        scratch, file = self.scratch, mutant.file
        original = scratch.text(file)
        if file not in self.originals:
            objects = scratch.objects(file)
            if scratch.compile(objects):
                sys.exit(f"mutants.py: {file} does not compile without a mutant")
            self.originals[file] = {o: o.read_bytes() for o in objects}
        try:
            scratch.write(file, operators.apply(original, mutant))
            return self.build_and_run(mutant)
        finally:
            scratch.write(file, original)

    def build_and_run(self, mutant):
        originals = self.originals[mutant.file]
        if self.scratch.compile(originals):
            return BUILD, ""
        if all(o.read_bytes() == code for o, code in originals.items()):
            return SAME, ""
        for test in filter(self.sound.__contains__, self.tests[folder_of(mutant.file)]):
            if self.scratch.make(*self.targets(test)):
                return BUILD, test
            slack = self.times[test]
            end, _ = self.scratch.run(test, 5 * slack + 10, 10 * slack + 30)
            if end != "passed":
                return (TIME if end == "time" else KILLED), test
        return SURVIVED, ""

    def targets(self, test):
        return [test] if "." not in test else ["winnow", *self.scratch.variable("pkgplugin_LTLIBRARIES")]


def table(results):
    """Rows by folder and by part; the score counts what was judged: killed (in time or not) and survived."""
    counts = collections.defaultdict(collections.Counter)
    for r in results:
        for row in (folder_of(r["file"]), r["file"].split("/")[0]):
            counts[row][r["verdict"]] += 1
    columns = (KILLED, TIME, SURVIVED, BUILD, SAME, KNOWN)
    yield f"{'':16}" + "".join(f"{c:>12}" for c in columns) + f"{'score':>8}"
    for row in sorted(counts):
        yield f"{row:16}" + "".join(f"{counts[row][c]:>12}" for c in columns) + f"{score(counts[row]):>7.1f}%"


def score(counts):
    killed = counts[KILLED] + counts[TIME]
    return 100 * killed / max(1, killed + counts[SURVIVED])


def below_bar(results):
    for part, bar in BARS.items():
        counts = collections.Counter(r["verdict"] for r in results if r["file"].startswith(part + "/"))
        if counts and score(counts) < bar:
            yield f"{part}: {score(counts):.1f} % killed, the bar is {bar} %"


def told(r):
    return f"{r['file']}:{r['line']}:{r['column'] + 1}: {r['operator']}: `{r['old']}` -> `{r['new']}`\n    {r['text'].strip()}"


def remembered(path):
    """Verdicts of earlier runs that stand: the line and its place among equals have not changed."""
    known = {}
    if path.exists():
        for line in path.read_text().splitlines():
            r = json.loads(line)
            known[identity(r)] = r
    return known


def identity(r):
    return r["file"], r["operator"], r["text"], r["nth"], r["column"], r["new"]


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--source", default=str(HERE.parent.parent))
    p.add_argument("--scratch", default="mutants.tmp", help="the copy of the tree; kept, so that the next run starts fast")
    p.add_argument("--seed", default="winnow")
    p.add_argument("--count", type=int, default=150, help="mutants of core, and as many of plugins")
    p.add_argument("--folders", default="", help="comma-separated; default: all of tests.txt")
    p.add_argument("--again", choices=("survived", "all"), default="all",
                   help="survived: keep the other verdicts of the last run, if their line is the same")
    p.add_argument("--list", action="store_true", help="print the draw and stop")
    return p.parse_args()


def main():
    args = arguments()
    source, folders = pathlib.Path(args.source).resolve(), [f.rstrip("/") for f in args.folders.split(",") if f]
    folders = folders or list(tests_by_folder())
    check_folders(source, folders)
    drawn = draw(source, folders, args.count, args.seed)
    if args.list:
        print("\n".join(told(m._asdict()) for m in drawn))
        return 0
    scratch = Scratch(source, args.scratch)
    log = scratch.root / "results.jsonl"
    earlier = remembered(log) if args.again == "survived" else {}
    results, todo = [], []
    for mutant in drawn:
        old = earlier.get(identity(mutant._asdict()))
        if old and old["verdict"] not in (SURVIVED, BUILD):
            results.append(old | mutant._asdict())
        else:
            todo.append(mutant)
    scratch.lock()
    scratch.fill()
    scratch.configure()
    judge = Judge(scratch)
    judge.prepare(list(dict.fromkeys(folder_of(m.file) for m in todo)))
    with log.open("a") as out:
        for number, mutant in enumerate(todo, 1):
            started = time.monotonic()
            verdict, by = judge.judge(mutant)
            r = mutant._asdict() | {"verdict": verdict, "by": by}
            results.append(r)
            print(json.dumps(r), file=out, flush=True)
            print(f"{number}/{len(todo)} {verdict} {mutant.file}:{mutant.line} {mutant.operator} {by} "
                  f"{time.monotonic() - started:.1f} s", flush=True)
    survivors = [r for r in results if r["verdict"] == SURVIVED]
    print("\n" + "\n".join([told(r) for r in survivors] + [""] + list(table(results))))
    below = list(below_bar(results))
    for line in below:
        print("below the bar: " + line)
    return 1 if below else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what runs in a box ends too
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `--list | head` is no error
    sys.exit(main())
