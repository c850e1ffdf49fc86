"""Whole processes measured through ./measure; rounds interleaved, so that drift of the machine hits all alike."""
import collections
import os
import pathlib
import statistics
import subprocess
import tempfile

Run = collections.namedtuple("Run", "wall user system peak status")
MEASURE = os.environ.get("MEASURE", str(pathlib.Path(os.environ.get("builddir", ".")) / "tests" / "bench" / "measure"))


class Subject:
    """One command to measure. `prepare` runs before each round, outside of the clock."""

    def __init__(self, name, command, stdin=None, seconds=600, prepare=None, env=None):
        self.name, self.command, self.stdin, self.seconds = name, [str(c) for c in command], stdin, seconds
        self.prepare, self.env = prepare, env
        self.runs, self.failed = [], ""

    def once(self):
        if self.failed:
            return
        if self.prepare:
            self.prepare()
        with tempfile.NamedTemporaryFile("r") as out, open(self.stdin or os.devnull, "rb") as stdin:
            done = subprocess.run([MEASURE, str(self.seconds), out.name, *self.command], stdin=stdin, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, env=os.environ | (self.env or {}), check=False)
            fields = out.read().split()
        if not fields or int(fields[4]) != 0:
            words = done.stderr.decode("utf-8", "replace").strip().splitlines()
            self.failed = f"status {fields[4] if fields else '?'}: {words[-1][:120] if words else ''}"
            return
        self.runs.append(Run(*map(float, fields[:3]), int(fields[3]), int(fields[4])))

    def median(self, of):
        return statistics.median(of(run) for run in self.runs)

    @property
    def cpu(self):
        return self.median(lambda r: r.user + r.system)

    @property
    def wall(self):
        return self.median(lambda r: r.wall)

    @property
    def peak(self):
        """MiB"""
        return self.median(lambda r: r.peak) / 1024


def interleave(subjects, rounds):
    for _ in range(rounds):
        for subject in subjects:
            subject.once()


def ratio(subject, base, of=lambda r: r.user + r.system):
    """Median of the ratios of the rounds, with the least and the greatest: survives a machine that drifts."""
    pairs = [of(a) / max(of(b), 1e-9) for a, b in zip(subject.runs, base.runs)]
    return (statistics.median(pairs), min(pairs), max(pairs)) if pairs else (0.0, 0.0, 0.0)


def exponent(sizes, costs):
    """Slope of log cost over log size, by least squares."""
    from math import log
    xs, ys = [log(s) for s in sizes], [log(max(c, 1e-9)) for c in costs]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)
