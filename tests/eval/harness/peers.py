"""The peers: how each is run, which version it is, why it could not be run.

A runner reads requests as JSON lines on stdin and answers each with one line, in order. One that dies or is silent
for too long fails that request and is started again for the rest."""
import hashlib
import json
import pathlib
import queue
import re
import subprocess
import threading

from . import scratch

HERE = pathlib.Path(__file__).resolve().parent.parent / "peers"
RESTARTS = 20


class Peer:
    def __init__(self, name, group, package, runner, args=(), seconds=120):
        self.name, self.group, self.package = name, group, package
        self.runner, self.args, self.seconds = runner, list(args), seconds

    @property
    def home(self):
        return scratch.root() / "peers" / self.group

    def command(self):
        if self.group == "java":
            return ["java", "-Xmx5g", "-cp", f"{self.home}/classes:{self.home}/lib/*", "Peers", *self.args]
        if self.group == "node":
            return ["node", str(HERE / self.runner), str(self.home), *self.args]
        if self.group == "rust":
            return [str(self.home / "target/release/eval-peers"), *self.args]
        return [str(self.home / "bin/python"), str(HERE / self.runner), *self.args]

    def why_not(self):
        """None, or the reason why it cannot be run."""
        if (scratch.root() / "peers" / f"{self.group}.ok").exists():
            return None
        why = scratch.root() / "peers" / f"{self.group}.why"
        return why.read_text(encoding="utf-8").strip() if why.exists() else "not installed (tests/eval/peers/install.sh)"

    def version(self):
        if self.group == "java":
            names = [p.name for p in (self.home / "lib").glob(f"{self.package}-*.jar")]
            found = re.search(r"-([0-9.]+)\.jar$", sorted(names, key=len)[0]) if names else None
        elif self.group == "node":
            return json.loads((self.home / "node_modules" / self.package / "package.json").read_text())["version"]
        elif self.group == "rust":
            found = re.search(rf'name = "{self.package}"\nversion = "([^"]+)"', (self.home / "Cargo.lock").read_text())
        else:
            pattern = re.compile(re.escape(self.package.replace("-", "_")) + r"-([^-]+)\.dist-info$", re.I)
            found = next((m for m in (pattern.match(p.name) for p in self.home.glob("lib/*/site-packages/*.dist-info")) if m), None)
        return found.group(1) if found else "?"

    def identity(self):
        """What the cache knows it by: version and the adapter's source."""
        source = hashlib.sha256((HERE / self.runner).read_bytes()).hexdigest()[:12]
        return f"{self.name} {self.version()} {source} {' '.join(self.args)}"

    def ask(self, requests):
        """{id: reply} for all requests; from the cache where it is known."""
        cache, identity, replies, open_requests = scratch.Cache(), self.identity(), {}, []
        for request in requests:
            key = cache.key(identity, request)
            known = cache.get(key)
            if known is None:
                open_requests.append((key, request))
            else:
                replies[request["id"]] = known
        for key, request, reply in self.run(open_requests):
            if not reply.get("crashed"):  # on a quieter machine it may do
                cache.put(key, reply)
            replies[request["id"]] = reply
        return replies

    def run(self, pending):
        for _ in range(RESTARTS):
            if not pending:
                return
            answered = 0
            for reply in self.session([request for _, request in pending]):
                yield (*pending[answered], reply)
                answered += 1
            pending = pending[answered:]
            if pending:
                yield (*pending[0], {"id": pending[0][1]["id"], "error": "crashed or timed out", "crashed": True})
                pending = pending[1:]

    def session(self, requests):
        """Replies of one process, as long as they keep coming."""
        lines = queue.Queue()
        log = scratch.root() / f"{self.name.replace('/', '_')}.stderr"
        with open(log, "wb") as errors, subprocess.Popen(self.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors) as process:
            def feed():
                try:
                    for request in requests:
                        process.stdin.write((json.dumps(request) + "\n").encode())
                    process.stdin.close()
                except OSError:
                    pass

            def drain():
                for line in process.stdout:
                    lines.put(line)
                lines.put(None)
            for work in (feed, drain):
                threading.Thread(target=work, daemon=True).start()
            try:
                for _ in requests:
                    line = lines.get(timeout=self.seconds)
                    if line is None:
                        return
                    yield json.loads(line)
            except queue.Empty:
                return
            finally:
                process.kill()


def python(name, group, package, runner, **more):
    return Peer(name, group, package, runner, [name], **more)


ALL = {peer.name: peer for peer in [
    python("trafilatura", "extract", "trafilatura", "extract.py"),
    python("resiliparse", "extract", "resiliparse", "extract.py"),
    python("jusText", "extract", "justext", "extract.py"),
    python("htmldate", "extract", "htmldate", "extract.py"),
    Peer("readability", "node", "@mozilla/readability", "node.js", ["readability"]),
    Peer("rs-trafilatura", "rust", "rs-trafilatura", "rust/src/main.rs"),
    Peer("HeidelTime", "java", "heideltime", "java/Heidel.java", ["heideltime"]),
    Peer("SUTime", "java", "stanford-corenlp", "java/Stanford.java", ["sutime"]),
    Peer("CoreNLP quote", "java", "stanford-corenlp", "java/Stanford.java", ["quote"], seconds=300),
    Peer("CoreNLP ssplit", "java", "stanford-corenlp", "java/Stanford.java", ["ssplit"]),
    python("dateparser", "dates", "dateparser", "dates.py"),
    Peer("chrono-node", "node", "chrono-node", "node.js", ["chrono"]),
    Peer("Recognizers-Text", "node", "@microsoft/recognizers-text-date-time", "node.js", ["recognizers"]),
    python("textacy", "spacy", "textacy", "nlp.py"),
    python("spaCy", "spacy", "spacy", "nlp.py"),
    python("datatrove", "dedup", "datatrove", "dedup.py", seconds=1800),
    python("datasketch", "dedup", "datasketch", "dedup.py", seconds=1800),
    python("rensa", "dedup", "rensa", "dedup.py", seconds=1800),
    python("text-dedup", "textdedup", "text-dedup", "dedup.py", seconds=1800),
    python("ftfy", "text", "ftfy", "text.py"),
    python("charset-normalizer", "text", "charset-normalizer", "text.py"),
    python("chardet", "text", "chardet", "text.py"),
]}
