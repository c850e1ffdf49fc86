#!/usr/bin/env python3
"""plainness.py NAME FOLDER...: how plain the C in these folders is, as one line: functions, their length and complexity
(pmccabe), branches, comments, width. To be run over another project's tree too, and read side by side."""
import os
import re
import statistics
import subprocess
import sys

LEFT_OUT = {"train", "tests", ".libs", ".deps"}
NO_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
BRANCH = re.compile(r"\b(?:if|for|while|case)\b|&&|\|\||\?")
WIDTH = 100


def files_of(folders):
    for folder in folders:
        for path, folders_below, names in os.walk(folder):
            folders_below[:] = sorted(set(folders_below) - LEFT_OUT)
            yield from (os.path.join(path, name) for name in sorted(names) if name.endswith((".c", ".h")))


def code_of(text):
    """The text without comments and what stands in strings; its lines stay where they were."""
    return NO_CODE.sub(lambda m: "\n" * m[0].count("\n") if m[0][0] == "/" else '""', text)


def functions_of(files):
    """(complexity, lines) of each function."""
    out = subprocess.run(["pmccabe", *files], capture_output=True, text=True, errors="replace").stdout
    rows = (line.split("\t") for line in out.splitlines())
    return [(int(row[0]), int(row[4])) for row in rows if len(row) > 5]


def p90(values):
    return sorted(values)[int(len(values) * 0.9)]


def main():
    name, files = sys.argv[1], list(files_of(sys.argv[2:]))
    lines = code_lines = comment_lines = wide = branches = 0
    for file in files:
        with open(file, encoding="utf-8", errors="replace") as f:
            text = f.read()
        code = code_of(text)
        pairs = list(zip(text.split("\n"), code.split("\n")))
        lines += len(pairs)
        code_lines += sum(bool(c.strip()) for _, c in pairs)
        comment_lines += sum(bool(t.strip()) and not c.strip() for t, c in pairs)
        wide += sum(len(t.expandtabs(8)) > WIDTH for t, _ in pairs)
        branches += len(BRANCH.findall(code))
    functions = functions_of([f for f in files if f.endswith(".c")])
    complexity, length = [c for c, _ in functions], [n for _, n in functions]
    above = sum(c > 15 for c in complexity)
    print(f"{name}: {len(files)} files, {lines} lines, {len(functions)} functions; their lines median "
          f"{statistics.median(length):.0f}, p90 {p90(length)}; complexity median {statistics.median(complexity):.0f}, "
          f"p90 {p90(complexity)}, most {max(complexity)}, above 15: {above}; branches in 100 lines of code "
          f"{100 * branches / code_lines:.0f}; lines that are comment {100 * comment_lines / lines:.1f} %, "
          f"wider than {WIDTH} columns {100 * wide / lines:.1f} %")


if __name__ == "__main__":
    main()
