"""Scratch space: where peers live and what they once answered."""
import hashlib
import json
import os
import pathlib
import sqlite3
import tempfile


def root():
    path = pathlib.Path(os.environ.get("EVAL_SCRATCH") or pathlib.Path(tempfile.gettempdir()) / "winnow-eval")
    path.mkdir(parents=True, exist_ok=True)
    return path


def folder(name):
    path = root() / name
    path.mkdir(parents=True, exist_ok=True)
    return path


class Cache:
    """Answers by (peer with version, request); a request that names a file counts with the file's bytes."""

    def __init__(self):
        self.db = sqlite3.connect(root() / "cache.sqlite", timeout=60)
        self.db.execute("create table if not exists answer (key text primary key, reply text)")

    @staticmethod
    def key(peer, request):
        digest = hashlib.sha256(f"{peer}\n{json.dumps(request, sort_keys=True)}".encode())
        if "file" in request:
            digest.update(pathlib.Path(request["file"]).read_bytes())
        return digest.hexdigest()

    def get(self, key):
        row = self.db.execute("select reply from answer where key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, key, reply):
        self.db.execute("insert or replace into answer values (?, ?)", (key, json.dumps(reply)))
        self.db.commit()
