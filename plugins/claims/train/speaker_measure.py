#!/usr/bin/env python3
"""How often the speakers of the annotated corpus are found, by kind of source.

    speaker_measure.py FILE.ann... [--dump PROGRAM] [--weights FILE] [--rules] [--wrong KIND]
    speaker_measure.py FILE.ann... --jsonl documents.jsonl

FILE.ann are packed files of the corpus (corpus.py pack). The sources are those of the annotation, unless --jsonl gives the
output of winnow for the texts beside them (the id of a document being NNN): then sources are those whose span overlaps.
Files whose number is divisible by 3 are held back: nothing is learnt from them, and they are counted apart.

For each kind: how many sources; `given`: a name, or rightly none ("-": the article never names it); how many of those are
right; how many of the right ones are the annotated words exactly. `none`: unknown, or unnamed where a name was to be found."""
import argparse
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import corpus  # noqa: E402

DROPPED = {"the", "a", "an", "mr", "mrs", "ms", "dr", "sir"}


def words(name):
    plain = name.lower().replace("’s", "").replace("'s", "")
    return [w for w in re.sub(r"[^\w\s&-]", "", plain).split() if w not in DROPPED]


def same(name, gold):
    """Do both name one: the same words, or the words of one within the other, its first or last among them?"""
    a, b = words(name), [w for part in gold.split(" + ") for w in words(part)]
    if not a or not b:
        return False
    if " + " in gold:
        return set(b) <= set(a)
    short, whole = sorted((a, b), key=len)
    return set(short) <= set(whole) and (short[-1] == whole[-1] or short[0] == whole[0])


def held_back(path):
    return int(re.match(r"\d+", os.path.basename(path)).group()) % 3 == 0


def gold_of(path):
    """{id: (source start, source end, speaker)} of a packed file."""
    found = {}
    for number, a in corpus.read_packed(path).attributions.items():
        if a["S"]:
            found[number] = (a["S"][0][0], a["S"][0][1], a["speaker"])
    return found


def dumped(paths, program, weights, more=()):
    """Lines of speaker_dump as lists of fields."""
    command = [program, *more] + (["-w", weights] if weights else []) + list(paths)
    out = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return [line.split("\t") for line in out.splitlines()]


def by_dump(paths, a):
    gold = {p: gold_of(p) for p in paths}
    for f in dumped(paths, a.dump, a.weights, ["-g"]):
        if f[0] == "S" and int(f[2]) in gold[f[1]]:
            yield f[1], int(f[2]), f[5], f[6], f[7], f[8], gold[f[1]][int(f[2])][2]


def kind_of(text):
    low = text.lower()
    if low in {"he", "she", "they", "it", "his", "her", "its", "their", "him"}:
        return "pronoun"
    if low in {"who", "which", "that", "whose"}:
        return "relative"
    if low in {"i", "we", "my", "our", "you", "your"}:
        return "first"
    if " " not in text and text[:1].isupper():
        return "surname"
    return "name" if re.search(r"[A-Z]\w+ [A-Z]\w+", text) else "role"


def by_jsonl(paths, a):
    docs = {}
    for line in open(a.jsonl, encoding="utf-8"):
        d = json.loads(line)
        docs[str(d["id"])] = d
    for p in paths:
        d = docs.get(os.path.basename(p)[:-4])
        if d is None:
            continue
        raw = d["text"].encode()
        claims = d.get("spans", {}).get("claim", [])
        for number, (start, end, speaker) in gold_of(p).items():
            for c in claims:
                part = [x for x in c["parts"] if x["role"] == "source" and x["start"] < end and start < x["end"]]
                if part and part[0]["end"] == end:
                    yield (p, number, c["speaker_status"], kind_of(raw[start:end].decode()), c.get("speaker", "-"),
                           c.get("speaker_reason", "-"), speaker)
                    break


def verdict(status, name, gold):
    """given and right, given and wrong, or none"""
    if status == "unknown":
        return "right" if gold in ("?", "author") else "none"
    if status == "unnamed":
        return "right" if gold == "-" else "none"
    if gold in ("-", "?", "author"):
        return "wrong"
    return "right" if same(name, gold) else "wrong"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="+")
    p.add_argument("--dump", default="plugins/claims/train/speaker_dump")
    p.add_argument("--weights", default="plugins/claims/data/speaker.weights")
    p.add_argument("--jsonl")
    p.add_argument("--wrong", help="print the sources of this kind that are wrong or none; of files learnt from only")
    a = p.parse_args()
    count = {}
    for path, number, status, kind, name, reason, gold in (by_jsonl if a.jsonl else by_dump)(a.files, a):
        result, part = verdict(status, name, gold), "held back" if held_back(path) else "learnt"
        for k in (kind, "all"):
            c = count.setdefault((part, k), {"right": 0, "wrong": 0, "none": 0, "exact": 0, "named": 0})
            c[result] += 1
            c["named"] += gold not in ("-", "?", "author")
            c["exact"] += result == "right" and (name == gold or gold in ("-", "?", "author"))
        if a.wrong in (kind, "all") and result != "right" and part == "learnt":
            print(f"{os.path.basename(path)} {number} {result}: {name} | gold {gold} | {status}: {reason}")
    print(f"{'files':10}{'source':10}{'sources':>8}{'given':>7}{'right':>7}{'exact':>7}{'none':>7}")
    for (part, kind), c in sorted(count.items()):
        n, given = sum(c[k] for k in ("right", "wrong", "none")), c["right"] + c["wrong"]
        print(f"{part:10}{kind:10}{n:8}{given:7}{100 * c['right'] / max(1, given):7.1f}"
              f"{100 * c['exact'] / max(1, c['right']):7.1f}{100 * c['none'] / max(1, n):7.1f}")


if __name__ == "__main__":
    main()
