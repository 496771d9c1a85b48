"""Load on a cluster as a load balancer spreads it, and what it saw."""
import asyncio
import collections
import time

from harness.relays import QUESTIONS

WORKERS = 8
Sample = collections.namedtuple("Sample", "at millis hit")


class Load:
    """Workers that ask one relay after the other, and the next one where one does not answer."""

    def __init__(self, cluster):
        self.cluster, self.samples, self.failed, self.moved, self.running = cluster, [], [], 0, True
        self.excused = set()

    async def __aenter__(self):
        self.tasks = [asyncio.create_task(self.work(n)) for n in range(WORKERS)]
        return self

    async def __aexit__(self, *_):
        self.running = False
        await asyncio.gather(*self.tasks)

    async def work(self, number):
        turn = number
        while self.running:
            turn += 1
            nodes = [node for node in self.cluster.nodes if node not in self.excused]
            await self.one(nodes, turn)
            await asyncio.sleep(0.01)

    async def one(self, nodes, turn):
        for attempt in range(len(nodes)):
            node = nodes[(turn + attempt) % len(nodes)]
            try:
                answer = await node.ask(f"question {turn * 7919 % QUESTIONS}")
                if answer.status == 200:
                    self.samples.append(Sample(time.monotonic(), answer.millis, answer.hit))
                    return
                reason = answer.status
            except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError) as failure:
                reason = repr(failure)
            self.moved += 1
        self.failed.append(reason)

    def between(self, start, end):
        return [s for s in self.samples if start <= s.at < end]

    def ratio(self, start, end):
        part = self.between(start, end)
        return sum(s.hit for s in part) / max(1, len(part))

    def p(self, start, end, rank):
        ordered = sorted(s.millis for s in self.between(start, end))
        return ordered[int(len(ordered) * rank)] if ordered else 0

    def settled(self, fault, end):
        """Seconds after the fault until two seconds in a row are as before: p90 of each half within twice, or 5 ms more."""
        normal = max(2 * self.p(fault - 5, fault, 0.9), self.p(fault - 5, fault, 0.9) + 5)
        at, calm = fault, 0
        while at < end and calm < 4:
            calm = calm + 1 if self.p(at, at + 0.5, 0.9) <= normal else 0
            at += 0.5
        return at - fault - calm * 0.5
