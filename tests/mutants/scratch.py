"""A copy of the tree in which mutants are built and run, each test in a box of its own."""
import fcntl
import functools
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import time

FOLDERS = ("core", "plugins", "include", "tests", "configs", "build-aux", "m4")
# What is made of others comes after them, so that a copy does not look out of date.
FILES = ("configure.ac", "aclocal.m4", "config.h.in", "configure", "Makefile.am", "Makefile.in", "autogen.sh",
         "LICENSE", "CHANGES", "README.md", ".clang-format")
NOT_SOURCES = shutil.ignore_patterns("*.o", "*.lo", "*.la", ".libs", ".deps", ".dirstamp", "*.tmp", "*.log", "*.trs",
                                     "__pycache__", "work-*", "config-files", "mutants.tmp")
# A mutant may call kill(-1) or remove the wrong folder: it sees its own processes only, and can write nowhere else.
BOX = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"] + ([] if os.geteuid() == 0 else ["-r"])
SEAL = 'mount --bind "$1" "$1" && mount -o remount,bind,ro / && cd "$1" && shift && exec "$@"'
MEMORY = 6 << 30  # bytes of address space a test may have


class Scratch:
    def __init__(self, source, folder):
        self.source, self.root = pathlib.Path(source).resolve(), pathlib.Path(folder).resolve()
        self.env = os.environ | {"TMPDIR": str(self.root / "tmp")}
        for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKE_TERMOUT", "MAKE_TERMERR"):
            self.env.pop(name, None)

    def lock(self):
        """Two runs in one scratch would judge each other's mutants."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.held = (self.root / "lock").open("w")
        try:
            fcntl.flock(self.held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"mutants.py: {self.root} is in use by another run: wait for it, or take another --scratch")

    def fill(self):
        """Copy what is new or has changed; files removed from the source stay."""
        for folder in FOLDERS:
            shutil.copytree(self.source / folder, self.root / folder, ignore=NOT_SOURCES, dirs_exist_ok=True,
                            copy_function=copy_if_changed)
        for name in FILES:
            if (self.source / name).exists():
                copy_if_changed(self.source / name, self.root / name)
        (self.root / "tmp").mkdir(exist_ok=True)

    def configure(self):
        if not (self.root / "Makefile").exists():
            done = subprocess.run(["./configure", "--quiet", "CFLAGS=-O2 -g0"], cwd=self.root, env=self.env, check=False)
            if done.returncode:
                sys.exit(f"mutants.py: configure fails in {self.root}: see config.log there")
        error = self.make("Makefile")  # made anew now, so that `variable` hears of nothing else
        if error:
            sys.exit(f"mutants.py: no Makefile:\n{error}")

    def make(self, *targets, jobs=1):
        """The error output, or None when all went well."""
        done = subprocess.run(["make", "-s", f"-j{jobs}", *targets], cwd=self.root, env=self.env, text=True,
                              errors="replace", stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return done.stderr or "make failed" if done.returncode else None

    @functools.cache
    def variable(self, name):
        """The words of a variable of the Makefile."""
        done = subprocess.run(["make", "-s", f"--eval=show:;@:$(info $({name}))", "show"], cwd=self.root, env=self.env,
                              text=True, capture_output=True, check=True)
        return done.stdout.split()

    def text(self, name):
        return (self.root / name).read_text()

    def write(self, name, text):
        path = self.root / name
        if path.read_text() != text:
            path.write_text(text)

    def objects(self, name):
        """The object files of a source, one for each library it is in."""
        path = self.root / name
        found = sorted((path.parent / ".libs").glob(f"*-{path.stem}.o"))
        return found or sorted(path.parent.glob(f"*-{path.stem}.o")) or [path.with_suffix(".o")]

    def compile(self, objects):
        """Make these objects; the error output, or None."""
        root = self.root.resolve()
        targets = [o.parent.parent / (o.stem + ".lo") if o.parent.name == ".libs" else o for o in objects]
        return self.make(*(str(t.relative_to(root)) for t in targets))

    def run(self, test, cpu_seconds, seconds):
        """How a test ended ("passed", "failed", "time") and the seconds it took. cpu_seconds: of each process."""
        runner = {".sh": "sh ", ".py": "sh tests/python.sh "}.get(pathlib.Path(test).suffix, "")
        command = f"{' '.join(self.variable('AM_TESTS_ENVIRONMENT'))} exec {runner}./{test}"
        started = time.monotonic()
        with subprocess.Popen([*BOX, "sh", "-c", SEAL, "box", str(self.root), "sh", "-c", command], cwd=self.root,
                              env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              start_new_session=True, preexec_fn=lambda: limit(cpu_seconds)) as process:
            try:
                end = "passed" if process.wait(seconds) == 0 else "failed"
            except subprocess.TimeoutExpired:
                end = "time"
            finally:
                process.kill()  # and with it, by --kill-child, all in the box
        return end, time.monotonic() - started


def limit(cpu_seconds):
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds) + 1, int(cpu_seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def copy_if_changed(source, target):
    """A new file keeps its time (generated files stay newer than what they are made from); a changed one is new."""
    source, target = pathlib.Path(source), pathlib.Path(target)
    if not target.exists():
        shutil.copy2(source, target)
    elif source.read_bytes() != target.read_bytes():
        shutil.copy(source, target)
    return str(target)
