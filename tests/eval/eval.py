#!/usr/bin/env python3
"""eval.py [TASK ...]: winnow beside its peers on the same input, by the same scorers; one table.

  --data DIR       the evaluation data (default: $EVAL_DATA)
  --quick          a fixed sample of each task
  --errors         list every miss with its passage (of winnow, or of --errors-of PEER)
  --no-peers       winnow alone
  --peers-only     the peers alone
  --gold           the gold in winnow's place: every score must be 100
  --main           the main metric of each task only
  --write FILE     write the markdown there as well
  --list           the tasks and their peers
Peers are installed by tests/eval/peers/install.sh; their answers are kept in $EVAL_SCRATCH."""
import argparse
import os
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from harness import peers as registry
from harness import table, winnow
from tasks import catalogue


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("tasks", nargs="*")
    parser.add_argument("--data", default=os.environ.get("EVAL_DATA"))
    parser.add_argument("--errors-of", default=None)
    parser.add_argument("--write", type=pathlib.Path)
    for flag in ("--quick", "--errors", "--no-peers", "--peers-only", "--gold", "--main", "--list"):
        parser.add_argument(flag, action="store_true")
    return parser.parse_args()


def run_winnow(task, items):
    started = time.monotonic()
    try:
        outputs = task.winnow(items)
    except winnow.Failed as failure:
        return table.System("winnow", note=f"not run: {failure}"), {}
    print(f"  winnow: {len(items)} items in {time.monotonic() - started:.1f} s", file=sys.stderr)
    return table.System("winnow", task.vectors(items, outputs)), outputs


def run_first(task, items, args):
    if args.peers_only:
        return table.System("winnow", note="not asked"), {}
    if args.gold:
        outputs = task.perfect(items)
        return table.System("gold", task.vectors(items, outputs)), outputs
    return run_winnow(task, items)


def run_peer(task, peer, items, limit):
    why = peer.why_not()
    if why:
        return table.System(peer.name, note=why), {}
    some = items[:limit] if limit else items
    started = time.monotonic()
    outputs = task.ask(peer, some)
    print(f"  {peer.name}: {len(some)} items in {time.monotonic() - started:.1f} s", file=sys.stderr)
    return table.System(peer.name, task.vectors(some, outputs)), outputs


def list_errors(task, items, outputs):
    for item in items:
        if item.id in outputs:
            for line in task.misses(item, outputs[item.id]):
                print(f"{task.name}\t{item.id}\t{line}")


def evaluate(task, args):
    """Rows of one task, and the peers that could not be run with the reason."""
    print(f"{task.name}", file=sys.stderr)
    items = task.order(task.load(pathlib.Path(args.data)))
    if args.quick:
        items = items[:task.quick]
    ours, outputs = run_first(task, items, args)
    if args.errors and not args.errors_of:
        list_errors(task, items, outputs)
    others = []
    for name, limit in ({} if args.no_peers else task.peers).items():
        system, peer_outputs = run_peer(task, registry.ALL[name], items, limit)
        others.append(system)
        if args.errors_of == name:
            list_errors(task, items, peer_outputs)
    metrics = [m for m in task.metrics if m.main] if args.main else None
    return table.rows(task, len(items), ours, others, metrics), [(s.name, s.note) for s in others if s.note]


HEADER = ["task", "metric", "n", "winnow [95 %]", "best peer", "difference [95 %]", "other peers"]


def report(lines, missing, tasks, args):
    names = sorted({name for task in tasks for name in task.peers})
    ran = [] if args.no_peers else [f"{n} {registry.ALL[n].version()}" for n in names if not registry.ALL[n].why_not()]
    out = ["# Quality beside the peers", "", table.provenance(table.command("eval", "EVAL_FLAGS", sys.argv[1:])), "",
           "Percent; in brackets the 95 % bootstrap interval over items (seeded); the difference is paired. `(n of N)`: asked on a fixed sample only.", "",
           "These are development sets, not a contest: winnow's rules were written with a part of most of them in sight, and the block model of",
           "`clean` was learnt on the WCXB pages themselves (plugins/clean/README.md has its figures on pages it had not seen). The peers were not.", "",
           table.markdown(HEADER, lines), "",
           "Peers: " + (", ".join(ran) or "none") + ".", ""]
    out += [f"* not run: {name}: {note}" for name, note in sorted(set(missing))]
    return "\n".join(out).rstrip() + "\n"


def main():
    args = arguments()
    known = catalogue.tasks()
    if args.list:
        for name, task in known.items():
            print(f"{name:16} {', '.join(task.peers) or 'no peers'}")
        return 0
    if not args.data or not pathlib.Path(args.data).is_dir():
        print("eval.py: no evaluation data; name its folder with --data or EVAL_DATA", file=sys.stderr)
        return 77
    unknown = [name for name in args.tasks if name not in known]
    if unknown:
        print(f"eval.py: unknown task {unknown[0]}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    chosen = [known[name] for name in args.tasks or known]
    lines, missing = [], []
    for task in chosen:
        more, without = evaluate(task, args)
        lines += more
        missing += without
    text = report(lines, missing, chosen, args)
    if not args.errors:
        print(text)
    if args.write:
        args.write.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
