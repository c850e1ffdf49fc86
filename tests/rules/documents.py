#!/usr/bin/env python3
"""documents.py: what the documents say of the tree is so. Every `path` in backquotes of a README, CONTRIBUTING.md or a manual page that
looks like a file or folder of the source exists: from the top, beside the document, or, for a file's name alone, somewhere in the
folder that the document stands for; every relative link leads somewhere."""
import os, pathlib, re, sys

TOP = pathlib.Path(os.environ.get("srcdir", ".")).resolve()
SKIP = {".git", "autom4te.cache", "build-aux", "m4"}
MADE = {"configure", "config.h", "Makefile", "winnow", "winnow-out"}  # by the build, or by a run
FILE = re.compile(r"^[A-Za-z0-9_.*-]+\.(c|h|py|sh|mk|md|css|js|txt|words|dates|hints|model|boilerplate|am|ac)$")
WORD = re.compile(r"^[A-Za-z0-9_.][A-Za-z0-9_./*-]*$")


def documents():
    for path in sorted(TOP.rglob("*.md")):
        parts = path.relative_to(TOP).parts
        if not SKIP & set(parts) and not any(p.startswith("winnow-0") or p.endswith(".tmp") for p in parts):
            yield path


def found(name, document):
    """Is there such a file (NAME: of any name)? Of `a/b` also where only b's beginning is told: `util/alloc` is alloc.c and alloc.h."""
    name = name.rstrip("/").removeprefix("./").replace("NAME", "*")
    for base in (TOP, document.parent, TOP / "core", TOP / "plugins", TOP / "include"):
        if any(base.glob(name)) or any(base.glob(name + ".*")):
            return True
    return "/" not in name and (any(document.parent.rglob(name)) or any(TOP.rglob(name)))


def says(text):
    """Names in backquotes outside of code blocks, and links."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    text = re.sub(r"^    .*$", "", text, flags=re.M)
    for quoted in re.findall(r"`([^`\n]+)`", text):
        if WORD.match(quoted) and quoted not in MADE and not quoted.startswith(("/", "..", ".winnow")):
            first = quoted.split("/")[0]
            if FILE.match(quoted) or ("/" in quoted and (quoted.endswith("/") or (TOP / first).is_dir() or (TOP / "core" / first).is_dir())):
                yield quoted
    for link in re.findall(r"\]\(([^)#\s]+)\)", text):
        if "://" not in link and not link.startswith("mailto:"):
            yield link


def main():
    bad = 0
    count = 0
    for count, document in enumerate(documents(), 1):
        wrong = sorted({name for name in says(document.read_text(encoding="utf-8")) if not found(name, document)})
        bad += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {count} - {document.relative_to(TOP)}")
        for name in wrong:
            print(f"# there is no {name}")
    print(f"1..{count}")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
