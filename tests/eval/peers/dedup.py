"""dedup.py PEER: near-duplicates of a corpus, each peer with its own defaults and pipeline.
{"id", "file": JSON lines of id and text} -> {"id", "clusters": {document: cluster}, "cpu"}; documents left out are alone.

datasketch and rensa are libraries: word 5-grams, 128 permutations and the threshold of their README (0.8); every pair
that the index returns counts."""
import contextlib
import json
import os
import pathlib
import pickle
import re
import subprocess
import sys
import tempfile
import time


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def shingles(text, n=5):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i:i + n]) for i in range(max(1, len(words) - n + 1))}


class Union:
    def __init__(self):
        self.parent = {}

    def find(self, x):
        while self.parent.setdefault(x, x) != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def join(self, a, b):
        a, b = sorted((self.find(a), self.find(b)))
        self.parent[b] = a

    def clusters(self):
        return {x: self.find(x) for x in list(self.parent)}


def datasketch_(path):
    from datasketch import MinHash, MinHashLSH
    index, union = MinHashLSH(threshold=0.8, num_perm=128), Union()
    for record in read(path):
        signature = MinHash(num_perm=128)
        signature.update_batch([s.encode() for s in shingles(record["text"])])
        for other in index.query(signature):
            union.join(record["id"], other)
        index.insert(record["id"], signature)
    return union.clusters()


def rensa_(path):
    from rensa import RMinHash, RMinHashLSH
    index, union, names = RMinHashLSH(threshold=0.8, num_perm=128, num_bands=16), Union(), []
    for i, record in enumerate(read(path)):
        signature = RMinHash(num_perm=128, seed=42)
        signature.update(sorted(shingles(record["text"])))
        for other in index.query(signature):
            union.join(record["id"], names[other])
        names.append(record["id"])
        index.insert(i, signature)
    return union.clusters()


def datatrove_(path):
    from datatrove.executor.local import LocalPipelineExecutor
    from datatrove.pipeline.dedup.minhash import (MinhashConfig, MinhashDedupBuckets, MinhashDedupCluster,
                                                  MinhashDedupFilter, MinhashDedupSignature)
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter
    config = MinhashConfig()
    with tempfile.TemporaryDirectory() as scratch:
        def run(*steps, tasks=1):
            LocalPipelineExecutor(pipeline=list(steps), tasks=tasks, workers=1, logging_dir=f"{scratch}/log{len(os.listdir(scratch))}").run()
        os.mkdir(f"{scratch}/in")
        pathlib.Path(f"{scratch}/in/corpus.jsonl").write_bytes(pathlib.Path(path).read_bytes())
        reader = JsonlReader(f"{scratch}/in")
        run(reader, MinhashDedupSignature(f"{scratch}/signatures", config=config))
        run(MinhashDedupBuckets(f"{scratch}/signatures", f"{scratch}/buckets", config=config), tasks=config.num_buckets)
        run(MinhashDedupCluster(f"{scratch}/buckets", f"{scratch}/remove", config=config, save_cluster_id=True))
        excluded = JsonlWriter(f"{scratch}/removed", compression=None)
        run(JsonlReader(f"{scratch}/in"), MinhashDedupFilter(f"{scratch}/remove", exclusion_writer=excluded, load_cluster_ids=True),
            JsonlWriter(f"{scratch}/kept", compression=None))
        records = [r for name in ("kept", "removed") for p in pathlib.Path(f"{scratch}/{name}").rglob("*.jsonl") for r in read(p)]
    return {r["id"]: str(r["metadata"]["minhash_cluster_id"]) for r in records if r["metadata"].get("minhash_cluster_id", -1) not in (-1, None)}


def text_dedup_(path):
    names = [record["id"] for record in read(path)]
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", path, "--split", "train",
                        "--cache_dir", f"{scratch}/cache", "--output", f"{scratch}/out", "--column", "text", "--debug", "--num_proc", "1"],
                       check=True, stdout=sys.stderr, cwd=scratch, env=os.environ | {"HF_HOME": f"{scratch}/hf", "HF_DATASETS_OFFLINE": "1"})
        with open(f"{scratch}/out/uf.pkl", "rb") as dump:
            union = pickle.load(dump)
    parents = union if isinstance(union, dict) else union.parent
    top = Union()
    for child, parent in parents.items():
        top.join(int(child), int(parent))
    return {names[i]: str(c) for i, c in top.clusters().items()}


run = {"datasketch": datasketch_, "rensa": rensa_, "datatrove": datatrove_, "text-dedup": text_dedup_}[sys.argv[1]]
for line in sys.stdin:
    request = json.loads(line)
    reply = {"id": request["id"]}
    started = time.process_time()
    try:
        with contextlib.redirect_stdout(sys.stderr):
            reply["clusters"] = {name: str(cluster) for name, cluster in run(request["file"]).items()}
    except Exception as error:
        reply["error"] = repr(error)[:300]
    reply["cpu"] = time.process_time() - started
    print(json.dumps(reply), flush=True)
