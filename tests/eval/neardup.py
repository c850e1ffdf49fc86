#!/usr/bin/env python3
"""neardup.py --data DIR [--out FILE]: write the near-duplicate development set: several extractors and a text dump over
the same WCXB pages, the page is the cluster. JSON lines of id, text, cluster; the data belongs outside of the repo."""
import argparse
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import scratch, winnow
from tasks import neardup


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--data", default=os.environ.get("EVAL_DATA"), type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path)
    args = parser.parse_args()
    items = neardup.items(args.data)
    out = args.out or scratch.root() / "neardup.jsonl"
    winnow.write_jsonl(out, ({"id": i.id, "text": i.text, "cluster": i.cluster} for i in items))
    print(f"{len(items)} documents, {len({i.cluster for i in items})} pages: {out}")


if __name__ == "__main__":
    main()
