"""One table: a row a metric, with winnow, the best peer, the difference and its interval, the other peers."""
import datetime
import pathlib
import platform
import re
import subprocess

from scorers import stats

from . import winnow


class System:
    """A system's vectors on a task; `note` says why there are none."""

    def __init__(self, name, vectors=None, note=""):
        self.name, self.vectors, self.note = name, vectors or {}, note


def rows(task, n_items, ours, others, metrics=None):
    """Cells of each metric of a task."""
    metrics = metrics or task.metrics
    drawn = {}

    def resampled(vectors):
        n = len(vectors)
        if n not in drawn:
            drawn[n] = stats.samples(n)
        return stats.resample(vectors, metrics, drawn[n])
    ids = sorted(ours.vectors)
    our_draws = resampled([ours.vectors[i] for i in ids]) if ids else {}
    out = []
    for metric in metrics:
        scores = [(metric.value(list(s.vectors.values())), s) for s in others if s.vectors]
        scores.sort(key=lambda pair: (-pair[0], pair[1].name))
        best = scores[0][1] if scores else None
        out.append([
            task.name, metric.name, str(len(ids) or n_items),
            with_interval(metric, [ours.vectors[i] for i in ids], our_draws) if ids else ours.note,
            cell(scores[0], n_items) if best else "none",
            difference(metric, ours, best, resampled) if best and ids else "",
            "; ".join(cell(s, n_items) for s in scores[1:]),
        ])
    return out


def with_interval(metric, vectors, draws):
    low, high = stats.interval(draws[metric.name])
    return f"{metric.value(vectors):.1f} [{low:.1f}, {high:.1f}]"


def cell(scored, n_items):
    value, system = scored
    n = len(system.vectors)
    return f"{system.name} {value:.1f}" + (f" ({n} of {n_items})" if n < n_items else "")


def difference(metric, ours, other, resampled):
    """Winnow less the peer, on the items both have, with the interval of the paired difference."""
    ids = sorted(ours.vectors.keys() & other.vectors.keys())
    a, b = [ours.vectors[i] for i in ids], [other.vectors[i] for i in ids]
    draws = [x - y for x, y in zip(resampled(a)[metric.name], resampled(b)[metric.name])]
    low, high = stats.interval(draws)
    return f"{metric.value(a) - metric.value(b):+.1f} [{low:+.1f}, {high:+.1f}]"


def markdown(header, lines):
    widths = [max(len(str(line[i])) for line in [header, *lines]) for i in range(len(header))]

    def row(cells):
        return "| " + " | ".join(str(c).ljust(w) for c, w in zip(cells, widths)) + " |"
    return "\n".join([row(header), "|" + "|".join("-" * (w + 2) for w in widths) + "|", *map(row, lines)])


def machine():
    cpu = next((line.split(":", 1)[1].strip() for line in read("/proc/cpuinfo").splitlines() if line.startswith("model name")), platform.machine())
    cores = sum(line.startswith("processor") for line in read("/proc/cpuinfo").splitlines())
    memory = re.search(r"MemTotal:\s+(\d+)", read("/proc/meminfo"))
    system = re.search(r'PRETTY_NAME="([^"]+)"', read("/etc/os-release"))
    return f"{cores} x {cpu}, {int(memory.group(1)) // 2**20 if memory else '?'} GiB, {system.group(1) if system else platform.system()}"


def read(path):
    try:
        return pathlib.Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def commit():
    def git(*args):
        try:
            done = subprocess.run(["git", "-C", str(winnow.EVAL), *args], capture_output=True, text=True, check=False)
        except OSError:
            return ""
        return done.stdout.strip()
    name = git("rev-parse", "--short", "HEAD") or "unknown"
    return name + (" with changes" if git("status", "--porcelain", "--untracked-files=no") else "")


def command(target, variable, argv):
    """The make command that repeats a run; paths of this machine are left out."""
    flags, skip = [], False
    for word in argv:
        if not skip and word not in ("--data", "--write"):
            flags.append(word)
        skip = word in ("--data", "--write")
    return f"make {target} EVAL_DATA=DIR" + (f" {variable}='{' '.join(flags)}'" if flags else "")


def provenance(command):
    return (f"{datetime.date.today().isoformat()} · commit {commit()} · {winnow.version()} · {machine()}\n\n"
            f"Made by `{command}`; the figures are not edited by hand.")
