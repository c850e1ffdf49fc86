#!/usr/bin/env python3
"""The annotated corpus of attributions: check, convert, compare.

    corpus.py check FILE...             marked files: are they well formed? prints counts
    corpus.py plain FILE... --to DIR    the bare texts of marked files
    corpus.py pack FILE... --to DIR     marked files to NNN.txt and NNN.ann (stand-off)
    corpus.py mark FILE.ann... --to DIR stand-off to marked files, to edit them
    corpus.py agree DIR DIR             two annotations of the same texts: F1 of the spans, kappa
    corpus.py diff DIR DIR              what differs, one line each
    corpus.py learn DIR                 the files to learn from: those whose number three does not divide

The marked form is described in GUIDE.md. Stand-off (NNN.ann), tab-separated, byte offsets into
NNN.txt, half-open, pieces of a span joined by ",":

    #  genre: courts | style: tabloid | ...
    id  class  stance  speaker  source  cue  content
"""
import argparse
import os
import re
import sys

CLASSES = {"statement", "attitude", "decision", "silence"}
STANCES = {"asserted", "denied", "negated", "asked", "conditional", "reported_false", "hedged"}
ROLES = "SCT"
HEADER = re.compile(r"# genre: [\w ]+ \| style: [\w -]+ \| variety: (British|American) \| published: \d{4}-\d\d-\d\d$")


class Bad(Exception):
    pass


class Article:
    """One text with its attributions: {id: {"class", "stance", "speaker", "S", "C", "T"}}."""

    def __init__(self, header, text, attributions):
        self.header, self.text, self.attributions = header, text, attributions


def parse_body(body, where):
    """The bare text and the spans of each attribution, as byte offsets."""
    out, spans, stack, at = [], {}, [], 0
    mark = re.compile(r"\{([SCT])(\d+) ")
    i = 0
    while i < len(body):
        m = mark.match(body, i)
        if m:
            stack.append((m.group(1), int(m.group(2)), at))
            i = m.end()
            continue
        c = body[i]
        if c == "{":
            raise Bad(f"{where}: a brace that opens no span: {body[i:i + 30]!r}")
        if c == "}":
            if not stack:
                raise Bad(f"{where}: a brace closes nothing: {body[max(0, i - 30):i + 1]!r}")
            role, number, start = stack.pop()
            if at == start:
                raise Bad(f"{where}: {role}{number} is empty")
            spans.setdefault(number, {r: [] for r in ROLES})[role].append((start, at))
        else:
            out.append(c)
            at += len(c.encode())
        i += 1
    if stack:
        raise Bad(f"{where}: {stack[-1][0]}{stack[-1][1]} is never closed")
    return "".join(out), spans


def judge(number, spans, text, where):
    raw = text.encode()
    if len(spans["C"]) != 1:
        raise Bad(f"{where}: {number} has {len(spans['C'])} cues, must be one")
    if not spans["T"]:
        raise Bad(f"{where}: {number} has no content")
    every = sorted(p for r in ROLES for p in spans[r])
    for (_, end), (start, _) in zip(every, every[1:]):
        if start < end:
            raise Bad(f"{where}: spans of {number} overlap at {raw[start:start + 30]!r}")
    for role in ROLES:
        spans[role].sort()
        for s, e in spans[role]:
            piece = raw[s:e].decode()
            if piece != piece.strip():
                raise Bad(f"{where}: {role}{number} begins or ends with a blank: {piece[:40]!r}")
            if role == "C" and "\n\n" in piece:
                raise Bad(f"{where}: cue {number} goes over two paragraphs")


def read_marked(path):
    lines = open(path, encoding="utf-8").read().rstrip("\n").split("\n")
    if not HEADER.match(lines[0]):
        raise Bad(f"{path}:1: the first line must read like {HEADER.pattern}")
    if "----" not in lines:
        raise Bad(f"{path}: no line ---- before the table")
    cut = lines.index("----")
    text, spans = parse_body("\n".join(lines[1:cut]).strip("\n"), path)
    found = {}
    for n, line in enumerate(lines[cut + 1:], cut + 2):
        m = re.match(r"(\d+) (\w+) (\w+) \| (.+)$", line.strip())
        if not m or m.group(2) not in CLASSES or m.group(3) not in STANCES:
            raise Bad(f"{path}:{n}: not `NUMBER CLASS STANCE | SPEAKER`: {line!r}")
        number = int(m.group(1))
        if number in found:
            raise Bad(f"{path}:{n}: {number} twice")
        if number not in spans:
            raise Bad(f"{path}:{n}: {number} has no spans in the text")
        found[number] = {"class": m.group(2), "stance": m.group(3), "speaker": m.group(4).strip()}
    for number in spans:
        if number not in found:
            raise Bad(f"{path}: {number} is not in the table")
        judge(number, spans[number], text, path)
        found[number].update(spans[number])
        check_speaker(number, found[number]["speaker"], text, path)
    return Article(lines[0], text + "\n", found)


def check_speaker(number, speaker, text, where):
    if speaker in ("-", "?", "author"):
        return
    for name in speaker.split(" + "):
        if name not in text.replace("\n", " "):
            raise Bad(f"{where}: the speaker of {number}, {name!r}, does not stand in the text")


def join(pieces):
    return ",".join(f"{s}-{e}" for s, e in pieces) or "-"


def split(field):
    return [] if field == "-" else [tuple(map(int, p.split("-"))) for p in field.split(",")]


def read_packed(path):
    """NNN.ann beside its NNN.txt."""
    text = open(path[:-4] + ".txt", encoding="utf-8", newline="").read()
    lines = open(path, encoding="utf-8").read().rstrip("\n").split("\n")
    found = {}
    for n, line in enumerate(lines[1:], 2):
        f = line.split("\t")
        if len(f) != 7 or f[1] not in CLASSES or f[2] not in STANCES:
            raise Bad(f"{path}:{n}: not seven fields of an attribution")
        found[int(f[0])] = {"class": f[1], "stance": f[2], "speaker": f[3],
                            "S": split(f[4]), "C": split(f[5]), "T": split(f[6])}
        spans = found[int(f[0])]
        size = len(text.encode())
        for role in ROLES:
            for s, e in spans[role]:
                if not 0 <= s < e <= size:
                    raise Bad(f"{path}:{n}: {s}-{e} is not inside the text")
        judge(int(f[0]), spans, text, f"{path}:{n}")
        check_speaker(int(f[0]), f[3], text, f"{path}:{n}")
    return Article(lines[0], text, found)


def read(path):
    return read_packed(path) if path.endswith(".ann") else read_marked(path)


def by_place(article):
    """Attributions in the order of their cues, numbered anew."""
    order = sorted(article.attributions.values(), key=lambda a: (a["C"][0], a["T"]))
    return list(enumerate(order, 1))


def write_packed(article, folder, name):
    with open(os.path.join(folder, name + ".txt"), "w", encoding="utf-8", newline="") as f:
        f.write(article.text)
    with open(os.path.join(folder, name + ".ann"), "w", encoding="utf-8") as f:
        f.write(article.header + "\n")
        for n, a in by_place(article):
            f.write("\t".join([str(n), a["class"], a["stance"], a["speaker"], join(a["S"]),
                               join(a["C"]), join(a["T"])]) + "\n")


def write_marked(article, folder, name):
    """The marked form: outer spans open first and close last."""
    opens, closes = {}, {}
    numbered = by_place(article)
    spans = [(s, e, r, n) for n, a in numbered for r in ROLES for s, e in a[r]]
    spans.sort(key=lambda x: (x[0], -x[1], "TSC".index(x[2])))
    stack, out, raw = [], [], article.text.rstrip("\n").encode()
    cuts = sorted({p for s, e, _, _ in spans for p in (s, e)} | {0, len(raw)})
    for s, e, r, n in spans:
        opens.setdefault(s, []).append((e, r, n))
    for a, b in zip(cuts, cuts[1:] + [len(raw)]):
        while stack and stack[-1] <= a:
            out.append("}")
            stack.pop()
        for e, r, n in opens.get(a, []):
            if stack and e > stack[-1]:
                raise Bad(f"{name}: {r}{n} crosses another span")
            out.append("{%s%d " % (r, n))
            stack.append(e)
        out.append(raw[a:b].decode())
    out += ["}"] * len(stack)
    with open(os.path.join(folder, name + ".txt"), "w", encoding="utf-8") as f:
        f.write(article.header + "\n" + "".join(out) + "\n----\n")
        for n, a in numbered:
            f.write(f"{n} {a['class']} {a['stance']} | {a['speaker']}\n")


def name_of(path):
    return os.path.splitext(os.path.basename(path))[0]


def check(paths):
    total, words = {}, 0
    for path in paths:
        a = read(path)
        words += len(a.text.split())
        for x in a.attributions.values():
            for key in ("all", x["class"], x["stance"]):
                total[key] = total.get(key, 0) + 1
    print(f"{len(paths)} articles, {words} words;", ", ".join(f"{k} {v}" for k, v in sorted(total.items())))


def folder_of(path):
    ann = sorted(f for f in os.listdir(path) if f.endswith(".ann"))
    txt = sorted(f for f in os.listdir(path) if f.endswith(".txt"))
    return {name_of(f): os.path.join(path, f) for f in (ann or txt)}


def pairs(one, two):
    a, b = folder_of(one), folder_of(two)
    for name in sorted(set(a) & set(b)):
        x, y = read(a[name]), read(b[name])
        if x.text != y.text:
            raise Bad(f"{name}: the texts differ")
        yield name, x, y


def f1(hit, gold, found):
    return 200.0 * hit / (gold + found) if gold + found else 100.0


def matched(x, y):
    """Pairs of attributions whose cues overlap, each used once."""
    left = list(y.attributions.values())
    for a in sorted(x.attributions.values(), key=lambda v: v["C"]):
        (s, e), best = a["C"][0], None
        for b in left:
            t, f = b["C"][0]
            if s < f and t < e and (best is None or b["C"] == a["C"]):
                best = b
        if best is not None:
            left.remove(best)
            yield a, best


def agree(one, two):
    counts = {r: [0, 0, 0] for r in ROLES}
    same, both, total, words = {"class": 0, "stance": 0, "speaker": 0}, 0, [0, 0], [0, 0, 0, 0]
    for _, x, y in pairs(one, two):
        for r in ROLES:
            g = {p for a in x.attributions.values() for p in [tuple(a[r])] if p}
            h = {p for a in y.attributions.values() for p in [tuple(a[r])] if p}
            for i, v in enumerate((len(g & h), len(g), len(h))):
                counts[r][i] += v
        total[0] += len(x.attributions)
        total[1] += len(y.attributions)
        for a, b in matched(x, y):
            both += 1
            for k in same:
                same[k] += a[k] == b[k]
        raw = x.text.encode()
        for m in re.finditer(rb"\S+", raw):
            w = [any(s <= m.start() < e for a in z.attributions.values() for s, e in a["T"] + a["C"] + a["S"])
                 for z in (x, y)]
            words[2 * w[0] + w[1]] += 1
    for r, label in zip(ROLES, ("source", "cue", "content")):
        print(f"{label:8} exact F1 {f1(*counts[r]):5.1f}  ({counts[r][1]} / {counts[r][2]} spans)")
    print(f"attributions with overlapping cues: F1 {f1(both, *total):5.1f}  ({total[0]} / {total[1]})")
    for k, v in same.items():
        print(f"{k:8} equal in {100.0 * v / max(1, both):5.1f} % of them")
    n = sum(words)
    po = (words[0] + words[3]) / n
    pa, pb = (words[2] + words[3]) / n, (words[1] + words[3]) / n
    pe = pa * pb + (1 - pa) * (1 - pb)
    print(f"words inside an attribution: kappa {(po - pe) / (1 - pe):.3f}")


def show(raw, a):
    return " / ".join(" ... ".join(raw[s:e].decode() for s, e in a[r]) or "-" for r in ROLES).replace("\n", " ")


def diff(one, two):
    for name, x, y in pairs(one, two):
        raw, seen, partner = x.text.encode(), set(), {}
        for a, b in matched(x, y):
            partner[id(a)] = b
            seen.add(id(b))
        for a in sorted(x.attributions.values(), key=lambda v: v["C"]):
            b = partner.get(id(a))
            if b is None:
                print(f"{name} only 1: {show(raw, a)} [{a['class']} {a['stance']}]")
                continue
            if any(a[k] != b[k] for k in "SCT"):
                print(f"{name} spans: {show(raw, a)}\n{name}     2: {show(raw, b)}")
            for k in ("class", "stance", "speaker"):
                if a[k] != b[k]:
                    print(f"{name} {k}: {a[k]} | {b[k]}: {show(raw, a)[:120]}")
        for b in y.attributions.values():
            if id(b) not in seen:
                print(f"{name} only 2: {show(raw, b)} [{b['class']} {b['stance']}]")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("verb", choices=("check", "plain", "pack", "mark", "agree", "diff", "learn"))
    p.add_argument("paths", nargs="+")
    p.add_argument("--to")
    a = p.parse_args()
    try:
        if a.verb == "check":
            check(a.paths)
        elif a.verb == "learn":
            print("\n".join(p for n, p in sorted(folder_of(a.paths[0]).items()) if int(n) % 3))
        elif a.verb in ("agree", "diff"):
            {"agree": agree, "diff": diff}[a.verb](*a.paths)
        else:
            os.makedirs(a.to, exist_ok=True)
            for path in a.paths:
                article, name = read(path), name_of(path)
                if a.verb == "plain":
                    with open(os.path.join(a.to, name + ".txt"), "w", encoding="utf-8", newline="") as f:
                        f.write(article.text)
                else:
                    {"pack": write_packed, "mark": write_marked}[a.verb](article, a.to, name)
    except Bad as bad:
        sys.exit(f"corpus.py: {bad}")


if __name__ == "__main__":
    main()
