#!/usr/bin/env python3
"""circles.py: in the core no file calls another that calls it back, directly or through others, and no folder calls one above it:
read from the symbols of the objects."""
import os, pathlib, re, shutil, subprocess, sys

SOURCE, BUILD = pathlib.Path(os.environ["srcdir"]), pathlib.Path(os.environ["builddir"])


def objects():
    """{file of the core without its suffix: the object that was made of it}."""
    found = {}
    for path in sorted((BUILD / "core").rglob("lib*_la-*.o")):
        folder = path.parent.parent if path.parent.name == ".libs" else path.parent
        name = folder.relative_to(BUILD) / re.sub(r"^lib\w+?_la-", "", path.stem)
        if (SOURCE / name).with_suffix(".c").exists():
            found[str(name)] = path
    return found


def symbols(path):
    """Names that the object defines for others, and those that it wants."""
    defined, wanted = set(), set()
    for line in subprocess.run(["nm", path], capture_output=True, text=True, check=True).stdout.splitlines():
        words = line.split()
        if words[-2] in "TDRBVW":
            defined.add(words[-1])
        elif words[-2] == "U":
            wanted.add(words[-1])
    return defined, wanted


def calls(files):
    known = {name: symbols(path) for name, path in files.items()}
    home = {symbol: name for name, (defined, _) in known.items() for symbol in defined}
    return {name: {home[s]: s for s in wanted if home.get(s, name) != name} for name, (_, wanted) in known.items()}


LAYERS = [{"util"}, {"guard", "text"}, {"document", "config"}, {"input"}, {"plan"}, {"store"}, {"state"}, {"results"}, {"engine"}, {"cmd"}]


def upwards(graph):
    """Calls from a folder to one above it, or beside it."""
    rank = {folder: i for i, layer in enumerate(LAYERS) for folder in layer}
    folder = lambda name: name.split("/")[1]
    return [f"{name} calls {symbol}() of {to}" for name, wanted in sorted(graph.items()) for to, symbol in sorted(wanted.items())
            if folder(name) != folder(to) and rank[folder(to)] >= rank[folder(name)]]


def circle(graph):
    """Files that call each other in a ring, or []: those that are left once files without calls to others that are left are gone."""
    left = dict(graph)
    while True:
        free = [name for name in left if not any(to in left for to in left[name])]
        if not free:
            break
        for name in free:
            del left[name]
    path, name = [], next(iter(sorted(left)), None)
    while name is not None and name not in path:
        path.append(name)
        name = next(to for to in sorted(left[name]) if to in left)
    return path[path.index(name):] if path else []


def main():
    if shutil.which("nm") is None:
        print("1..0 # SKIP no nm")
        return 0
    graph = calls(objects())
    ring = circle(graph)
    print(f"{'ok' if len(graph) > 50 else 'not ok'} 1 - the objects of the core are seen: {len(graph)}")
    print(f"{'not ok' if ring else 'ok'} 2 - no circle between files")
    for name, to in zip(ring, ring[1:] + ring[:1]):
        print(f"# {name} calls {graph[name][to]}() of {to}")
    wrong = upwards(graph)
    print(f"{'not ok' if wrong else 'ok'} 3 - no folder calls one above it")
    for line in wrong:
        print(f"# {line}")
    print("1..3")
    return bool(ring or wrong) or len(graph) <= 50


if __name__ == "__main__":
    sys.exit(main())
