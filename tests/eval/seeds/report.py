"""Checks of report.json over all seed articles: events, origins, differences, timeline, what is not known."""
import json
import pathlib
import re

from .places import flatten


def check_all(tally, expected, seen, out):
    path = pathlib.Path(out) / "report.json"
    if not path.exists():
        tally.check("report", "report.json", ["there is none"])
        return
    report = json.loads(path.read_text(encoding="utf-8"))
    numbers = {document.id: number for number, (_, document) in seen.items()}
    view = View(report, numbers, seen)
    events(tally, expected, view)
    differences(tally, expected, view)
    tally.check("report", "timeline in order, with document and bytes", timeline(view, seen))
    unknown(tally, expected, view, seen)


class View:
    """report.json by article number."""

    def __init__(self, report, numbers, seen):
        self.report, self.numbers, self.seen = report, numbers, seen
        self.events = [(sorted(self.number(d) for d in event.get("docs", [])), event) for event in report.get("events", [])]
        self.clusters = [(sorted({self.number(c["doc"]) for c in cluster.get("claims", [])}), cluster)
                         for cluster in report.get("clusters", [])]

    def number(self, doc):
        if isinstance(doc, dict):
            doc = doc.get("doc") or doc.get("id")
        return self.numbers.get(doc, str(doc))


def events(tally, expected, view):
    groups = [docs for docs, _ in view.events]
    want = [entry["files"] for entry in expected["events"]]
    tally.check("report", f"{len(want)} events, never merged", merged(groups, want))
    for entry in expected["events"]:
        found = [event for docs, event in view.events if docs == entry["files"]]
        problems = [] if found else [f"no event of exactly {entry['files']}; there are {groups}"]
        if found and found[0].get("origins") != entry["origins"]:
            problems.append(f"origins {found[0].get('origins')}, not {entry['origins']}")
        tally.check("report", f"{entry['what']}: {entry['origins']} origin(s)", problems)
    reason = expected["shared_reason"]
    found = [cluster for docs, cluster in view.clusters
             if docs == reason["files"] and mentions(view, cluster, reason["words"])]
    problems = [] if found else ["no such cluster; of three documents there are "
                                 + str([c.get("label") for docs, c in view.clusters if len(docs) == 3])]
    if found and not any(c.get("origins") == reason["origins"] for c in found):
        problems.append(f"origins {[c.get('origins') for c in found]}")
    tally.check("report", f"{reason['what']}: reported by {reason['origins']} origins", problems)


def mentions(view, cluster, words):
    text = flatten(" ".join([str(cluster.get("label")), *(str(c.get("text", "")) for c in cluster["claims"])]))
    return all(word in text for word in words)


def merged(groups, want):
    owner = {number: i for i, files in enumerate(want) for number in files}
    bad = [docs for docs in groups if len({owner.get(d) for d in docs}) > 1]
    problems = [f"merged: {docs}" for docs in bad]
    if len(groups) != len(want):
        problems.append(f"{len(groups)} events: {groups}")
    return problems


def sides(difference, view):
    return [(view.number(difference[side].get("doc")), flatten(str(difference[side].get("text", "")))) for side in ("a", "b")]


def differences(tally, expected, view):
    found = view.report.get("differences", [])
    home = {number: i for i, entry in enumerate(expected["events"]) for number in entry["files"]}
    false = [d for d in found if d.get("relation") == "conflict" and len({home.get(n) for n, _ in sides(d, view)}) > 1]
    tally.check("report", "another event's reason is no contradiction",
                [f"conflict between {sides(d, view)}" for d in false])
    want = expected["side_by_side"]
    pairs = [d for d in found if is_pair(sides(d, view), want)]
    problems = [] if pairs else ["not in the differences"]
    problems += [f"relation {d.get('relation')}" for d in pairs if d.get("relation") != want["relation"]]
    tally.check("report", f"{want['a']['words']} and {want['b']['words']}: {want['relation']}", problems)
    same = expected["same_quantity"]
    tally.check("report", f"{same['words']} has {same['origins']} origins", quantity_origins(view, same))


def is_pair(pair, want):
    def side(one, spec):
        return one[0] in spec["file"] and spec["words"] in one[1]
    return any(side(x, want["a"]) and side(y, want["b"]) for x, y in (pair, pair[::-1]))


def quantity_origins(view, same):
    """Somewhere in the report the quantity stands with its origins: a list `quantities`, or a cluster."""
    for item in view.report.get("quantities", []):
        places = item.get("mentions") or item.get("docs") or []
        numbers = sorted({view.number(p) for p in places})
        if numbers == same["files"]:
            return [] if item.get("origins") == same["origins"] else [f"origins {item.get('origins')}"]
    for docs, cluster in view.clusters:
        if docs == same["files"] and mentions(view, cluster, [same["words"]]):
            return [] if cluster.get("origins") == same["origins"] else [f"origins {cluster.get('origins')}"]
    return ["no entry that joins these documents"]


def day(entry):
    return str(entry.get("since") or entry.get("value") or entry.get("date") or "")


def timeline(view, seen):
    entries = view.report.get("timeline", [])
    problems = [] if entries else ["no timeline"]
    days = [day(e) for e in entries]
    if days != sorted(days):
        problems.append("not in order")
    for entry in entries:
        number, raw = view.number(entry.get("doc")), entry.get("raw")
        if number not in seen or not raw:
            problems.append(f"{day(entry)} has no document or bytes")
    resolved = sum(1 for _, document in seen.values() for s in document.spans("date")
                   if s["status"] == "resolved" and re.match(r"\d{4}", str(s["value"])))
    if len(entries) < resolved:
        problems.append(f"{len(entries)} entries for {resolved} resolved dates")
    return problems[:3]


def unknown(tally, expected, view, seen):
    said = json.dumps(view.report.get("unknown", {}), ensure_ascii=False)
    for number in expected["undated"]:
        name = seen[number][1].id if number in seen else number
        tally.check("report", f"{number} has no date of its own", [] if name in said else ["not said"])
    items = list(leaves(view.report.get("unknown", {})))
    for entry in expected["open_dates"]:
        hits = [i for i in items if view.number(i.get("doc")) == entry["file"]
                and flatten(str(i.get("text", ""))).startswith(entry["words"]) and i.get("reason")]
        tally.check("report", f"{entry['file']} {entry['words']}: unresolved, with the reason",
                    [] if hits else ["not said"])


def leaves(value):
    """Every object below, whatever the grouping."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from leaves(item)
