"""A task: items with gold, how winnow and the peers are asked, how answers are scored."""
import random

from . import peers, winnow

ORDER_SEED = 7


class Task:
    name = ""        # of the row
    metrics = []
    peers = {}       # peer name -> how many items at most (None: all); the rest of the items is not asked
    quick = 100      # items with --quick

    def load(self, data):
        """All items; each has an `id`."""
        raise NotImplementedError

    def winnow(self, items):
        """{item id: output}; raises winnow.Failed."""
        raise NotImplementedError

    def request(self, item, peer):
        """The request for a runner, without the id."""
        raise NotImplementedError

    def reply(self, item, reply, peer):
        """A runner's reply as an output."""
        raise NotImplementedError

    def nothing(self):
        """The output that stands for a failure."""
        return []

    def perfect(self, items):
        """Outputs that equal the gold: they must score 100."""
        return {item.id: item.gold for item in items}

    def score(self, item, output):
        raise NotImplementedError

    def misses(self, item, output):
        return []

    # ---- what the tasks have in common

    def order(self, items):
        """A fixed shuffle, so that a sample is the beginning of the list."""
        items = sorted(items, key=lambda item: item.id)
        random.Random(ORDER_SEED).shuffle(items)
        return items

    def ask(self, peer, items):
        requests = [{"id": item.id, **self.request(item, peer.name)} for item in items]
        replies = peer.ask(requests)
        return {item.id: self.convert(item, replies.get(item.id), peer) for item in items}

    def convert(self, item, reply, peer):
        if reply is None or reply.get("error"):
            return self.nothing()
        return self.reply(item, reply, peer.name)

    def vectors(self, items, outputs):
        return {item.id: self.score(item, outputs.get(item.id, self.nothing())) for item in items}


class Item:
    def __init__(self, id, **fields):
        self.id = id
        self.__dict__.update(fields)


def registered(name):
    return peers.ALL[name]


Failed = winnow.Failed
