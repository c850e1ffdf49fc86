#!/usr/bin/env python3
"""Learn data/speaker.weights: whom a pronoun means.

    speaker_train.py --gum DIR --corpus DIR -o WEIGHTS [--dump PROGRAM] [--cross]

DIR of --gum holds GUM_*.conllu with their coreference (MISC column, Entity=), DIR of --corpus marked files of the corpus
(GUIDE.md); of the latter those whose number is divisible by 3 are held back. A conditional log-linear model over the
candidates of each pronoun and "none" (speaker_dump -p), with L2 and AdaGrad, in a fixed order: the same input makes the same
file. As who was meant before is among the features, dumping and learning are done ROUNDS times. The thresholds are the least
lead at which PRECISION of the pronouns that get an entity are right, in cross-validation by document.

--cross: the precision and the rate of abstention at these thresholds, in cross-validation, by genre; nothing is written."""
import argparse
import glob
import math
import os
import random
import re
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import corpus  # noqa: E402
import speaker_measure as measure  # noqa: E402

ROUNDS, PASSES, FOLDS, RATE, L2, SCALE = 3, 12, 5, 0.2, 0.02, 100
PRECISION = {"person_speaker": 0.945, "many_speaker": 0.885, "thing_speaker": 0.85, "person": 0.82, "many": 0.75, "thing": 0.70}
# pronouns of the corpus are sources of news, those of GUM are all there are
CORPUS_WEIGHT = 2.0


# ---- GUM ----

def gum_text(path):
    """The text of a file and its mentions: (where the tokens of its head start, or its last token, entity, start, end)."""
    text, tokens, open_now, mentions, glue, paragraph = "", [], [], [], True, False
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newpar") and "block" not in line:
            paragraph = True
        if line.startswith("#") or not line.strip():
            continue
        f = line.rstrip("\n").split("\t")
        if "." in f[0]:
            continue
        misc = dict(x.split("=", 1) for x in f[9].split("|") if "=" in x)
        if "-" in f[0]:
            first, last = map(int, f[0].split("-"))
            word, inner = f[1], last - first + 1
            text, glue = joined(text, glue, paragraph and first == 1)
            paragraph = paragraph and first != 1
            span, at = (text, word, "SpaceAfter" in misc), 0
            waiting = inner
            continue
        if "waiting" in locals() and waiting > 0:
            base, word, tight = span
            start = len(base.encode()) + at
            size = len(f[1].encode())
            text = base + word
            tokens.append((start, start + size))
            at += size
            waiting -= 1
            glue = tight if waiting == 0 else True
        else:
            text, glue = joined(text, glue, paragraph)
            paragraph = False
            start = len(text.encode())
            text += f[1]
            tokens.append((start, len(text.encode())))
            glue = misc.get("SpaceAfter") == "No"
        read_entities(misc.get("Entity", ""), len(tokens) - 1, open_now, mentions)
    return text + "\n", [(frozenset(tokens[t][0] for t in head if t < len(tokens)) | {tokens[c][0]}, e, tokens[b][0],
                          tokens[c][1]) for head, e, b, c in mentions]


def joined(text, glue, paragraph):
    if paragraph and text:
        return text.rstrip(" ") + "\n\n", False
    return (text if glue or not text else text + " "), False


def read_entities(field, token, open_now, mentions):
    for opened, closed in re.findall(r"\(([^()]+)|([^()]*)\)", field):
        if opened:
            parts = opened.split("-")
            spans = [p for p in parts[1:] if re.fullmatch(r"\d+(,\d+)*", p)]
            open_now.append((parts[0], token, [int(x) for x in (spans[0] if spans else "1").split(",")]))
        else:
            close(open_now, mentions, closed or open_now[-1][0], token)


def close(open_now, mentions, which, token):
    for i in range(len(open_now) - 1, -1, -1):
        if open_now[i][0] == which:
            entity, first, head = open_now.pop(i)
            mentions.append(([first + h - 1 for h in head], entity, first, token))
            return


def gum_entity(mentions, byte):
    """The entity of the smallest mention whose head has the token at this byte."""
    best = None
    for head, entity, start, end in mentions:
        if byte in head and (best is None or end - start < best[1]):
            best = (entity, end - start)
    return best[0] if best else None


# ---- examples ----

class Example:
    def __init__(self, doc, genre, kind, speaker, candidates, right, weight, mute=()):
        # mute: candidates without a name, where a name was to be found: as good as none
        self.doc, self.genre, self.kind, self.speaker, self.mute = doc, genre, kind, speaker, mute
        self.candidates, self.right, self.weight = candidates, right, weight

    def keys(self, k):
        for f in self.candidates[k]:
            yield self.kind, f
            if self.speaker:
                yield self.kind + "_speaker", f


def pronouns(lines):
    """(file, (start, end), class, speaker, [(head, named, name, features)])"""
    now = None
    for f in lines:
        if f[0] == "P":
            if now:
                yield now
            now = (f[1], (int(f[2]), int(f[3])), f[4], f[5] == "1", [])
        elif f[0] == "C":
            now[4].append((int(f[1]), f[2] == "1", f[3], f[4:]))
    if now:
        yield now


def from_gum(folder, texts, program, weights):
    paths, gold = [], {}
    for path in sorted(glob.glob(os.path.join(folder, "GUM_*.conllu"))):
        name = os.path.basename(path)[:-7]
        if name.split("_")[1] in ("conversation", "vlog", "textbook", "essay", "court"):
            continue
        out = os.path.join(texts, name + ".txt")
        text, mentions = gum_text(path)
        with open(out, "w", encoding="utf-8", newline="") as f:
            f.write(text)
        paths.append(out)
        gold[out] = mentions
    for path, span, kind, speaker, candidates in pronouns(measure.dumped(paths, program, weights, ["-p"])):
        entity = gum_entity(gold[path], span[0])
        right = [k for k, c in enumerate(candidates[:-1]) if entity and gum_entity(gold[path], c[0]) == entity]
        yield Example(path, os.path.basename(path).split("_")[1], kind, speaker, [c[3] for c in candidates],
                      right or [len(candidates) - 1], 1.0)


def right_of(candidates, speaker):
    none = len(candidates) - 1
    if speaker == "-":
        right = [k for k, c in enumerate(candidates[:-1]) if not c[1]]
    elif speaker in ("?", "author"):
        right = []
    else:
        right = [k for k, c in enumerate(candidates[:-1]) if c[1] and measure.same(c[2], speaker)]
    return right or [none]


def from_corpus(folder, texts, program, weights):
    paths = []
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        name = os.path.basename(path)[:-4]
        if measure.held_back(path):
            continue
        try:
            corpus.write_packed(corpus.read_marked(path), texts, name)
            paths.append(os.path.join(texts, name + ".ann"))
        except (corpus.Bad, OSError):
            continue
    for more in (["-p", "-g"], ["-p"]):
        gold = {p: {(s, e): speaker for s, e, speaker in measure.gold_of(p).values()} for p in paths}
        for path, span, kind, speaker, candidates in pronouns(measure.dumped(paths, program, weights, more)):
            if span in gold[path]:
                yield Example(path, "corpus" if "-g" in more else "corpus by rules", kind, True,
                              [c[3] for c in candidates], right_of(candidates, gold[path][span]), CORPUS_WEIGHT / 2,
                              [] if gold[path][span] == "-" else [k for k, c in enumerate(candidates[:-1]) if not c[1]])


# ---- the model ----

def scores(w, x):
    return [sum(w.get(key, 0.0) for key in x.keys(k)) for k in range(len(x.candidates))]


def softmax(s):
    top = max(s)
    e = [math.exp(v - top) for v in s]
    total = sum(e)
    return [v / total for v in e]


def learn(examples):
    w, seen = {}, {}
    order = list(range(len(examples)))
    dice = random.Random(7)
    for _ in range(PASSES):
        for i in range(len(order) - 1, 0, -1):
            j = int(dice.random() * (i + 1))
            order[i], order[j] = order[j], order[i]
        for i in order:
            x = examples[i]
            p = softmax(scores(w, x))
            mass = sum(p[k] for k in x.right)
            for k in range(len(p)):
                slope = x.weight * (p[k] - (p[k] / mass if k in x.right else 0.0))
                if abs(slope) < 1e-4:
                    continue
                for key in x.keys(k):
                    g = slope + L2 * x.weight * w.get(key, 0.0) / 10
                    seen[key] = seen.get(key, 1.0) + g * g
                    w[key] = w.get(key, 0.0) - RATE * g / math.sqrt(seen[key])
    return {key: int(round(v * SCALE)) for key, v in w.items()}


def judged(w, x):
    """(lead, right) of the best candidate, or None when none is best."""
    s = scores(w, x)
    none, best = s[-1], max(range(len(s) - 1), key=lambda k: (s[k], -k), default=None)
    if best is None or best in x.mute:
        return None
    lead = s[best] - max([none] + [v for k, v in enumerate(s[:-1]) if k != best])
    return (lead, best in x.right)


def cross(examples):
    """Each example judged by a model that has not seen its document."""
    docs = sorted({x.doc for x in examples}, key=os.path.basename)
    fold = {d: i % FOLDS for i, d in enumerate(docs)}
    for f in range(FOLDS):
        w = learn([x for x in examples if fold[x.doc] != f])
        for x in examples:
            if fold[x.doc] == f:
                yield x, judged(w, x)


def class_of(x):
    return x.kind + ("_speaker" if x.speaker else "")


def threshold(judgements, precision):
    """The least lead from which on the right ones are `precision` of all."""
    found, right = 10 ** 6, 0
    leads = sorted((j for j in judgements if j and j[0] >= 0), reverse=True)
    for n, (lead, good) in enumerate(leads, 1):
        right += good
        if right >= precision * n and (n == len(leads) or leads[n][0] < lead):
            found = int(lead)
    return found


def thresholds(results):
    return {c: threshold([j for x, j in results if class_of(x) == c and
                          (c != "person_speaker" or x.genre.startswith("corpus"))], PRECISION[c])
            for c in PRECISION}


def report(results, limit):
    count = {}
    for x, j in results:
        can = x.right != [len(x.candidates) - 1]
        for genre in (x.genre, "all"):
            c = count.setdefault((class_of(x), genre), [0, 0, 0, 0])
            given = j is not None and j[0] >= limit[class_of(x)]
            c[0] += 1
            c[1] += given
            c[2] += given and j[1]
            c[3] += can
    print(f"{'class':16}{'genre':18}{'pronouns':>9}{'possible':>9}{'given':>7}{'right':>7}{'none':>7}")
    for (kind, genre), (n, given, right, can) in sorted(count.items()):
        print(f"{kind:16}{genre:18}{n:9}{can:9}{given:7}{100 * right / max(1, given):7.1f}{100 * (n - given) / n:7.1f}")


def write(path, w, limit):
    with open(path, "w", encoding="utf-8") as f:
        f.write("# Whom a pronoun means: weights of the features of entity/ranker_internal.h, made by\n"
                "# train/speaker_train.py from GUM (genres with a free licence) and the project's own corpus.\n"
                "# A line is CLASS.FEATURE NUMBER; CLASS.threshold is the least lead (README.md, \"Speakers\").\n")
        for c in sorted(PRECISION):
            f.write(f"{c}.threshold {limit.get(c, 0)}\n")
        for (c, feature), v in sorted(w.items()):
            if v:
                f.write(f"{c}.{feature} {v}\n")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--gum", required=True)
    p.add_argument("--corpus", required=True)
    p.add_argument("-o", required=True)
    p.add_argument("--dump", default="plugins/claims/train/speaker_dump")
    p.add_argument("--cross", action="store_true")
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as texts:
        weights, last = None, 1 if a.cross else ROUNDS
        if a.cross and os.path.getsize(a.o) > 0:
            weights = a.o
        for r in range(last):
            examples = list(from_gum(a.gum, texts, a.dump, weights)) + list(from_corpus(a.corpus, texts, a.dump, weights))
            results = list(cross(examples)) if a.cross or r + 1 == ROUNDS else []
            limit = thresholds(results) if results else {}
            if results:
                report(results, limit)
            if not a.cross:
                weights = os.path.join(texts, "weights")
                write(weights, learn(examples), limit)
        if not a.cross:
            with open(weights, encoding="utf-8") as f, open(a.o, "w", encoding="utf-8") as g:
                g.write(f.read())


if __name__ == "__main__":
    main()
