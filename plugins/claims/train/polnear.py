#!/usr/bin/env python3
"""PolNeAR (brat stand-off) as articles of the corpus: NNN.txt and NNN.ann.

    polnear.py FOLDER --to DIR     FOLDER holds text/ and attributions/, as train/ and dev/ of PolNeAR do

PolNeAR knows neither class nor stance nor speaker: every attribution becomes an asserted statement of "?". Where several
people annotated a text, the first by name counts."""
import argparse
import pathlib
import re

SPAN = re.compile(r"^(T\d+)\t(\w+) ([\d ;]+)\t")
EVENT = re.compile(r"^E\d+\t(.+)$")
ROLES = ("Source", "Cue", "Content")


def read(path):
    spans = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        m = SPAN.match(line)
        if m:
            spans[m.group(1)] = [tuple(map(int, p.split())) for p in m.group(3).split(";")]
        m = EVENT.match(line)
        if m:
            roles = {r: [] for r in ROLES}
            for argument in m.group(1).split():
                role, _, span = argument.partition(":")
                role = role.rstrip("0123456789")
                if role in roles:
                    roles[role] += spans.get(span, [])
            if roles["Cue"] and roles["Content"]:
                yield {r: sorted(p) for r, p in roles.items()}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=pathlib.Path)
    p.add_argument("--to", type=pathlib.Path, required=True)
    a = p.parse_args()
    a.to.mkdir(parents=True, exist_ok=True)
    done = set()
    for path in sorted((a.folder / "attributions").glob("*.ann")):
        stem = path.stem.rsplit("_", 1)[0]
        source = a.folder / "text" / f"{stem}.txt"
        if stem in done or not source.exists():
            continue
        done.add(stem)
        with open(source, encoding="utf-8", newline="") as f:
            text = f.read()
        at = [0]
        for c in text:
            at.append(at[-1] + len(c.encode()))
        with open(a.to / f"{stem}.txt", "w", encoding="utf-8", newline="") as f:
            f.write(text)
        with open(a.to / f"{stem}.ann", "w", encoding="utf-8") as f:
            f.write("# PolNeAR\n")
            for n, roles in enumerate(read(path), 1):
                fields = [",".join(f"{at[s]}-{at[e]}" for s, e in roles[r]) or "-" for r in ROLES]
                fields[1] = fields[1].split(",")[0]
                f.write("\t".join([str(n), "statement", "asserted", "?"] + fields) + "\n")


if __name__ == "__main__":
    main()
