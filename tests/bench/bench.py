#!/usr/bin/env python3
"""bench.py [--quick] [--rounds N] [--data DIR] [--write FILE] [PART ...]: speed and memory of winnow beside its peers.

Parts: pairs (whole processes on the same input, interleaved), stages (cost of each stage), cores (1 and 2 workers),
size (10 and 100 times the documents: the exponent). Input is synthetic (generate.py); pages are those of --data
(default $EVAL_DATA) when it is there. Ratios are medians over rounds of peer by winnow; CPU is user and system time."""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "eval")]
from harness import peers as registry
from harness import scratch, table, winnow
from measuring import Subject, exponent, interleave, ratio

CONFIGS = HERE / "configs"


class Bench:
    def __init__(self, args):
        self.args, self.home = args, scratch.folder("bench")
        self.rows, self.missing = [], []

    # ---- inputs

    def documents(self, n):
        path = self.home / f"synthetic-{n}.jsonl"
        if not path.exists():
            with open(path, "wb") as out:
                subprocess.run([sys.executable, str(HERE / "generate.py"), str(n)], stdout=out, check=True)
        return path

    def pages(self, n):
        """Real pages where there are some, else synthetic ones."""
        folder = self.home / (f"pages-{n}" if self.args.data else f"synthetic-pages-{n}")
        if not folder.exists():
            if self.args.data:
                from tasks import pages
                found = sorted(item.file for item in pages.wcxb(pathlib.Path(self.args.data)))
                folder.mkdir()
                for page in random.Random(7).sample(found, min(n, len(found))):
                    (folder / page.name).symlink_to(page)
            else:
                subprocess.run([sys.executable, str(HERE / "generate.py"), str(n), "--html", str(folder)], check=True)
        return sorted(folder.glob("*.html"))

    def requests(self, name, records):
        path = self.home / f"requests-{name}.jsonl"
        with open(path, "w", encoding="utf-8") as out:
            for record in records:
                out.write(json.dumps(record) + "\n")
        return path

    # ---- subjects

    def ours(self, name, config, inputs, jobs=1, seconds=600):
        out = self.home / f"run-{os.getpid()}"
        clean = ["rm", "-rf", str(out)]
        return Subject(name, [winnow.binary(), "run", CONFIGS / config, *inputs, "--out", out, "--jobs", jobs],
                       prepare=lambda: subprocess.run(clean, check=True), seconds=seconds)

    def peer(self, name, requests, seconds=300):
        peer = registry.ALL[name]
        why = peer.why_not()
        if why:
            self.missing.append((name, why))
            return None
        return Subject(name, peer.command(), stdin=requests, seconds=seconds)

    # ---- parts

    def pairs(self):
        """Each peer with winnow on the same input; the slow ones on a tenth of it."""
        n_pages, n_docs = (100, 300) if self.args.quick else (300, 1000)
        pages = self.pages(n_pages)
        for some, names in ((pages, ["trafilatura", "rs-trafilatura", "resiliparse", "jusText"]), (pages[:n_pages // 10], ["readability"])):
            asked = self.requests(f"pages-{len(some)}", ({"id": p.stem, "file": str(p)} for p in some))
            self.compare("main content and fields", f"{len(some)} pages", sum(p.stat().st_size for p in some),
                         self.ours("winnow", "clean.yaml", some), names, asked)
        for n, names in ((n_docs, ["chrono-node", "Recognizers-Text", "dateparser"]), (n_docs // 10, ["SUTime", "HeidelTime"])):
            self.texts("dates", "dates.yaml", n, names)
        for n, names in ((n_docs // 10, ["textacy"]), (n_docs // 50, ["CoreNLP quote"])):
            self.texts("attributions", "claims.yaml", n, names)
        documents = self.documents(n_docs)
        self.compare("near-duplicates", f"{n_docs} documents", documents.stat().st_size, self.ours("winnow", "dedup.yaml", [documents]),
                     ["datatrove", "text-dedup", "datasketch", "rensa"], self.requests("corpus", [{"id": "corpus", "file": str(documents)}]))

    def texts(self, what, config, n, names):
        documents = self.documents(n)
        records = map(json.loads, documents.read_text(encoding="utf-8").splitlines())
        asked = self.requests(f"texts-{n}", ({"id": r["id"], "text": r["text"], "dct": r["metadata"]["published"]} for r in records))
        self.compare(what, f"{n} documents", documents.stat().st_size, self.ours("winnow", config, [documents]), names, asked)

    def compare(self, what, how_many, size, ours, names, requests):
        print(f"{what}: {how_many}", file=sys.stderr)
        others = [s for s in (self.peer(name, requests) for name in names) if s]
        interleave([ours, *others], self.args.rounds)
        if ours.failed:
            self.missing.append((f"winnow, {what}", ours.failed))
            return
        megabytes = size / 1e6
        self.row(what, how_many, ours, megabytes, "1", "1")
        for s in others:
            if s.failed:
                self.missing.append((f"{s.name}, {what}", s.failed))
                continue
            cpu, low, high = ratio(s, ours)
            self.row(what, how_many, s, megabytes, f"{cpu:.1f} [{low:.1f}, {high:.1f}]", f"{s.peak / ours.peak:.1f}")

    def row(self, what, how_many, s, megabytes, by_cpu, by_peak):
        self.rows.append([what, how_many, s.name, f"{s.wall:.2f}", f"{s.cpu:.2f}", f"{s.cpu / megabytes:.4f}", f"{megabytes / s.cpu:.1f}",
                          f"{s.peak:.0f}", f"{s.peak / megabytes:.2f}", by_cpu, by_peak])

    def stages(self):
        """A chain with one stage less a chain with none, on the same documents."""
        n = 1000 if self.args.quick else 10000
        documents = self.documents(n)
        names = ["none", "clean", "dedup", "dates", "claims", "align", "chain"]
        subjects = {name: self.ours(name, "cleantext.yaml" if name == "clean" else f"{name}.yaml", [documents]) for name in names}
        interleave(list(subjects.values()), self.args.rounds)
        megabytes = documents.stat().st_size / 1e6
        base = {"claims": "dates", "align": "claims"}
        for name, s in subjects.items():
            if s.failed:
                self.missing.append((f"winnow, stage {name}", s.failed))
                continue
            under = subjects[base.get(name, "none")]
            own = s.cpu - under.cpu if name not in ("none", "chain") and under.runs else s.cpu
            label = {"none": "reading and writing", "chain": "the whole chain"}.get(name, f"stage {name}, by itself")
            self.rows.append([label, f"{n} documents", "winnow", f"{s.wall:.2f}", f"{own:.2f}", f"{own / megabytes:.4f}",
                              f"{megabytes / max(own, 1e-9):.1f}", f"{s.peak:.0f}", f"{s.peak / megabytes:.2f}", "", ""])

    def cores(self):
        n = 2000 if self.args.quick else 20000
        documents = self.documents(n)
        one, two = (self.ours(f"winnow --jobs {j}", "chain.yaml", [documents], jobs=j) for j in (1, 2))
        interleave([one, two], self.args.rounds)
        if one.failed or two.failed:
            self.missing.append(("winnow, cores", one.failed or two.failed))
            return
        megabytes = documents.stat().st_size / 1e6
        faster, low, high = ratio(one, two, of=lambda r: r.wall)
        self.row("cores", f"{n} documents", one, megabytes, "", "")
        self.row(f"cores: {faster:.2f} [{low:.2f}, {high:.2f}] times as fast with 2", f"{n} documents", two, megabytes, "", f"{two.peak / one.peak:.1f}")

    def size(self):
        """CPU time and memory over 1, 10, 100 times the documents."""
        sizes = [100, 1000, 10000] if self.args.quick else [1000, 10000, 100000]
        subjects = [self.ours(f"winnow, {n}", "chain.yaml", [self.documents(n)], jobs=2, seconds=1800) for n in sizes]
        interleave(subjects, 1)
        done = [(n, s) for n, s in zip(sizes, subjects) if not s.failed]
        self.missing += [(s.name, s.failed) for s in subjects if s.failed]
        for n, s in done:
            self.row("size", f"{n} documents", s, self.documents(n).stat().st_size / 1e6, "", f"{s.peak / done[0][1].peak:.1f}")
        if len(done) > 1:
            slope = exponent([n for n, _ in done], [s.cpu for _, s in done])
            memory = exponent([n for n, _ in done], [s.peak for _, s in done])
            self.rows.append([f"size: CPU grows as n^{slope:.2f}, memory as n^{memory:.2f}", f"{done[0][0]} to {done[-1][0]}", *[""] * 9])


HEADER = ["what", "input", "who", "wall s", "CPU s", "CPU s/MB", "MB/CPU s", "peak MiB", "MiB/MB", "CPU, times winnow", "memory, times winnow"]


def report(bench, args):
    out = ["# Speed and memory", "", table.provenance(table.command("bench", "BENCH_FLAGS", sys.argv[1:])), "",
           f"Whole processes with start-up, medians of {args.rounds} interleaved rounds, one worker unless said; ratios are medians of the rounds'"
           " ratios with the least and the greatest in brackets. `size` is one round with two workers. Pages are "
           + ("real ones (WCXB)." if args.data else "synthetic.") + f" Load at the end: {os.getloadavg()[0]:.1f}.", "",
           table.markdown(HEADER, bench.rows), ""]
    out += [f"* not run: {name}: {note}" for name, note in dict(bench.missing).items()]
    return "\n".join(out).rstrip() + "\n"


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("parts", nargs="*", default=[])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--data", default=os.environ.get("EVAL_DATA"))
    parser.add_argument("--write", type=pathlib.Path)
    args = parser.parse_args()
    args.rounds = args.rounds or (2 if args.quick else 3)
    bench = Bench(args)
    for part in args.parts or ["pairs", "stages", "cores", "size"]:
        getattr(bench, part)()
    text = report(bench, args)
    print(text)
    if args.write:
        args.write.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
