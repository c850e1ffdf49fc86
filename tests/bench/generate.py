#!/usr/bin/env python3
"""generate.py N [--seed S] [--exact P] [--near P] [--html DIR] [--gold FILE]: N synthetic news documents as JSON lines on stdout.

Own vocabulary, own sentences: dates, quotations with speakers, sums of money, names that tell of shared events.
--exact, --near: share of documents that copy an earlier one word for word, or with a tenth of the sentences changed.
--gold: document, the one it copies, `exact` or `near`. --html: pages with a menu and a footer into DIR instead.
Document i depends on the seed and i alone; the same call gives the same bytes anywhere."""
import argparse
import bisect
import itertools
import json
import pathlib
import random
import sys

SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo zu bran clor dest fren gild hask jorn kelp lim marn nost prel quin rast stel trov und velt wenz".split()
FUNCTION = "the of and to in a that for on with as at by from it an be this which or had has".split()
FIRST = "Alda Boris Celia Dunstan Edda Fabio Greta Hanno Isolde Jonas Katja Lothar Mirela Nestor Oda Petra Quirin Rosa Stefan Tilda".split()
ROLES = ["minister", "spokeswoman", "director", "mayor", "analyst", "engineer", "union leader", "judge", "professor", "coach"]
CUES = ["said", "told reporters", "announced", "warned", "added", "argued", "confirmed", "denied"]
WHEN = ["on Monday", "last week", "in {month} {year}", "on {day} {month} {year}", "two years ago", "this month", "yesterday",
        "between {year} and 2023", "in the past six months", "late last year", "on {month} {day}"]
MONTHS = "January February March April May June July August September October November December".split()
POOL = 20000
SENTENCES = 16


class Maker:
    def __init__(self, seed):
        self.seed = seed
        rng = random.Random(f"{seed}/words")
        made = {"".join(rng.choices(SYLLABLES, k=rng.choice((1, 2, 2, 3, 3, 4)))) for _ in range(30000)}
        self.words = FUNCTION + sorted(made)
        rng.shuffle(self.words)
        # Frequencies after Zipf, function words first.
        self.words.sort(key=lambda word: word not in FUNCTION)
        self.cumulative = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        rng = random.Random(f"{seed}/pool")
        self.pool = [self.sentence(rng) for _ in range(POOL)]

    def phrase(self, rng, low, high):
        top = self.cumulative[-1]
        return " ".join(self.words[bisect.bisect(self.cumulative, rng.random() * top)] for _ in range(rng.randint(low, high)))

    def name(self, rng):
        return f"{rng.choice(FIRST)} {rng.choice(self.words[40:2000]).capitalize()}"

    def when(self, rng):
        return rng.choice(WHEN).format(month=rng.choice(MONTHS), year=rng.randint(1985, 2024), day=rng.randint(1, 28))

    def sentence(self, rng):
        kind = rng.random()
        body = self.phrase(rng, 8, 22)
        if kind < 0.12:
            return f"\u201c{body.capitalize()},\u201d {rng.choice(ROLES)} {self.name(rng)} {rng.choice(CUES)} {self.when(rng)}."
        if kind < 0.2:
            return f"{self.name(rng)} {rng.choice(CUES)} that {body}."
        if kind < 0.3:
            return f"{body.capitalize()} {self.when(rng)}."
        if kind < 0.36:
            return f"{body.capitalize()} worth ${rng.randint(1, 900)} million."
        return f"{body.capitalize()}."

    def fresh(self, i):
        rng = random.Random(f"{self.seed}/doc/{i}")
        event = random.Random(f"{self.seed}/event/{rng.randint(0, 10**9) % max(1, i // 5 + 1)}")
        place, actor = event.choice(self.words[2000:]).capitalize(), self.name(event)
        title = f"{actor} {self.phrase(rng, 3, 6)} {place}".title()
        lead = f"{place.upper()} \u2014 {actor} {self.phrase(rng, 6, 14)} in {place} {self.when(rng)}."
        return {"id": f"doc-{i:07}", "title": title, "sentences": [lead, *rng.choices(self.pool, k=rng.randint(SENTENCES // 2, 2 * SENTENCES))],
                "published": f"{rng.randint(2015, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}", "publisher": f"The {place} Post"}

    def near(self, i, record):
        rng = random.Random(f"{self.seed}/near/{i}")
        sentences = list(record["sentences"])
        for _ in range(max(1, len(sentences) // 10)):
            sentences[rng.randrange(len(sentences))] = self.sentence(rng)
        return record | {"sentences": sentences}


def records(maker, n, exact, near):
    """(record, id of the one it copies, kind); a copy copies a fresh document of the last thousand."""
    fresh = []
    for i in range(n):
        rng = random.Random(f"{maker.seed}/kind/{i}")
        dice = rng.random()
        if fresh and dice < exact + near:
            first = fresh[rng.randrange(max(0, len(fresh) - 1000), len(fresh))]
            kind = "exact" if dice < exact else "near"
            record = maker.near(i, maker.fresh(first)) if kind == "near" else maker.fresh(first)
            yield record | {"id": f"doc-{i:07}"}, f"doc-{first:07}", kind
        else:
            fresh.append(i)
            yield maker.fresh(i), None, None


def paragraphs(record):
    sentences = record["sentences"]
    return [" ".join(sentences[i:i + 4]) for i in range(0, len(sentences), 4)]


def line(record):
    return json.dumps({"id": record["id"], "text": "\n\n".join(paragraphs(record)), "metadata": {
        "title": record["title"], "published": record["published"], "publisher": record["publisher"]}}, ensure_ascii=False)


def page(record):
    menu = "".join(f'<li><a href="/s/{i}">Section {i}</a></li>' for i in range(30))
    body = "".join(f"<p>{p}</p>\n" for p in paragraphs(record))
    return (f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{record["title"]} | {record["publisher"]}</title>'
            f'<meta property="article:published_time" content="{record["published"]}"><style>{"p{margin:0}" * 200}</style></head>'
            f'<body><nav><ul>{menu}</ul></nav><article><h1>{record["title"]}</h1>\n{body}</article><aside>{menu}</aside>'
            f'<footer>All rights reserved. <a href="/about">About us</a></footer><script>{"var x=1;" * 500}</script></body></html>')


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("n", type=int)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--exact", type=float, default=0.05)
    parser.add_argument("--near", type=float, default=0.08)
    parser.add_argument("--html", type=pathlib.Path)
    parser.add_argument("--gold", type=pathlib.Path)
    args = parser.parse_args()
    gold = args.gold.open("w", encoding="utf-8") if args.gold else None
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False)
    for record, first, kind in records(Maker(args.seed), args.n, args.exact, args.near):
        if args.html:
            args.html.mkdir(parents=True, exist_ok=True)
            (args.html / f"{record['id']}.html").write_text(page(record), encoding="utf-8")
        else:
            out.write(line(record) + "\n")
        if gold and first:
            gold.write(f"{record['id']}\t{first}\t{kind}\n")


if __name__ == "__main__":
    main()
