"""train.py GOLD FEATURES NAMES MODEL [--half 0|1]: learn content.model.

GOLD: JSON lines with "id", "type" and "text" (WCXB's gold.jsonl, unpacked). FEATURES: what clean-features printed for the
pages, whose file names are ID.html. NAMES: what clean-features prints without pages. --half leaves out the pages with
even (0) or odd (1) numbers, to be judged on them. Needs numpy and lightgbm (not needed to build or use winnow).

A block is content as far as its words run in the gold text: four-word shingles for long blocks; for short ones a run of the
same words that no other block has claimed. Each block weighs its share of the page's words, so that every page counts
alike.
"""
import argparse
import collections
import json
import pathlib
import re

import lightgbm
import numpy

WORD = re.compile(r"\w+")
LONG = 8
HEADER = pathlib.Path(__file__).parent.parent / "data" / "content.model"


def labels(blocks, gold):
    words = WORD.findall(gold.lower())
    places = collections.defaultdict(list)
    for i, word in enumerate(words):
        places[word].append(i)
    shingles = set(zip(words, words[1:], words[2:], words[3:]))
    used = numpy.zeros(len(words) + 1, bool)
    tokens = [WORD.findall(block["t"].lower()) for block in blocks]
    out = numpy.zeros(len(blocks))
    for k, token in enumerate(tokens):
        if len(token) < LONG:
            continue
        mine = list(zip(token, token[1:], token[2:], token[3:]))
        out[k] = sum(s in shingles for s in mine) / len(mine)
        for i in places.get(token[0], ()) if out[k] > 0.5 else ():
            if not used[i] and words[i:i + len(token)] == token:
                used[i:i + len(token)] = True
                break
    for k, token in enumerate(tokens):
        if not 0 < len(token) < LONG:
            continue
        for i in places.get(token[0], ()):
            if words[i:i + len(token)] == token and not used[i:i + len(token)].any():
                used[i:i + len(token)] = True
                out[k] = 1
                break
    return out, numpy.array([len(t) for t in tokens], float)


def read(gold_path, features_path, half):
    gold = {}
    for line in open(gold_path, encoding="utf-8"):
        page = json.loads(line)
        gold[page["id"]] = page
    x, y, w = [], [], []
    for line in open(features_path, encoding="utf-8"):
        page = json.loads(line)
        name = pathlib.Path(page["page"]).stem
        if not page["blocks"] or (half is not None and int(name) % 2 == half):
            continue
        label, n = labels(page["blocks"], gold[name]["text"])
        size = max(50, len(WORD.findall(gold[name]["text"])))
        x.append(numpy.array([b["f"] for b in page["blocks"]], float))
        y.append(label)
        w.append(numpy.minimum((n + 0.5) / size, 1) * (1500 if gold[name]["type"] == "article" else 1000))
    return numpy.concatenate(x), numpy.concatenate(y), numpy.concatenate(w)


def learn(x, y, w, names):
    options = dict(objective="cross_entropy", num_leaves=24, learning_rate=0.1, min_data_in_leaf=40, lambda_l2=10,
                   min_sum_hessian_in_leaf=20, feature_fraction=0.4, bagging_fraction=0.7, bagging_freq=1, max_bin=127,
                   seed=7, deterministic=True, force_row_wise=True, num_threads=2, verbose=-1)
    return lightgbm.train(options, lightgbm.Dataset(x, label=y, weight=w, feature_name=names), 120)


def lines_of(tree, names):
    flat = []

    def walk(node):
        at = len(flat)
        flat.append(None)
        if "leaf_value" in node:
            flat[at] = "leaf %d" % round(node["leaf_value"] * 1000)
        else:
            left, right = walk(node["left_child"]), walk(node["right_child"])
            flat[at] = "%s %d %d %d" % (names[node["split_feature"]], int(numpy.floor(node["threshold"])), left, right)
        return at

    walk(tree["tree_structure"])
    return ["tree"] + flat


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "features", "names", "model"):
        parser.add_argument(name)
    parser.add_argument("--half", type=int, choices=(0, 1))
    args = parser.parse_args()
    names = open(args.names, encoding="utf-8").read().split()
    model = learn(*read(args.gold, args.features, args.half), names)
    header = [line for line in HEADER.read_text().splitlines() if line.startswith("#")]
    body = ["threshold 0"] + [line for tree in model.dump_model()["tree_info"] for line in lines_of(tree, names)]
    pathlib.Path(args.model).write_text("\n".join(header + body) + "\n")


if __name__ == "__main__":
    main()
