"""What a lost, paused or restarted member costs."""
import asyncio
import collections
import os
import signal
import time

from harness.load import Load
from harness.relays import Cluster, QUESTIONS, both, until
from harness.table import row

PAUSE = int(os.environ.get("HA_SECONDS", "30"))


async def observe(scene, load, fault, end, strict=True):
    before, at_once = load.ratio(fault - 5, fault), load.ratio(fault, fault + 2)
    row(scene, "failed client requests", f"{len(load.failed)} of {len(load.samples)} {collections.Counter(load.failed) or ''}",
        "0", not load.failed)
    row(scene, "requests that asked the next relay", load.moved)
    row(scene, "normal latency after", f"{load.settled(fault, end):.1f} s",
        *(("<= 5 s", load.settled(fault, end) <= 5) if strict else ()))
    row(scene, "p99 before, in the 5 s after", f"{load.p(fault - 5, fault, .99):.1f}, {load.p(fault, fault + 5, .99):.1f} ms")
    row(scene, "hit ratio before, in the 2 s after", f"{before:.3f}, {at_once:.3f}",
        *((">= 90 %", at_once >= 0.9 * before) if strict else ()))


async def kill(upstream):
    cluster = await Cluster(upstream).start()
    try:
        await cluster.warm()
        for what in ("owner", "coordinator"):
            scene = f"kill -9 {what}"
            victim = await (cluster.owner() if what == "owner" else cluster.coordinator())
            left = [node for node in cluster.nodes if node is not victim]
            async with Load(cluster) as load:
                await asyncio.sleep(6)
                fault = time.monotonic()
                victim.kill()
                gone = await until(lambda: both(left, 2), 20)
                await asyncio.sleep(10)
                end = time.monotonic()
            await observe(scene, load, fault, end)
            row(scene, "out of the others' view after", f"{gone:.1f} s", "<= 8 s", gone <= 8)
            kept = await cluster.hits(left, [f"question {n}" for n in range(QUESTIONS)])
            row(scene, "lost entries", f"{2 * QUESTIONS - kept} of {2 * QUESTIONS} look-ups", "0", kept == 2 * QUESTIONS)
            await join(cluster, victim)
    finally:
        cluster.stop()


async def join(cluster, node):
    async with Load(cluster) as load:
        load.excused.add(node)
        await asyncio.sleep(1)
        begun = time.monotonic()
        node.start()
        ready = await until(node.ready, 60)
        load.excused.clear()
        view = await until(cluster.whole, 60)
        await asyncio.sleep(4)
    row("join", "ready after", f"{ready:.1f} s", "<= 15 s", ready <= 15)
    row("join", "one view after", f"{time.monotonic() - begun - 4 if view < 60 else view:.1f} s", "<= 15 s", ready + view <= 15)
    row("join", "failed client requests", f"{len(load.failed)} of {len(load.samples)}", "0", not load.failed)
    row("join", "hit ratio meanwhile", f"{load.ratio(begun, time.monotonic()):.3f}")


async def pause(upstream):
    cluster = await Cluster(upstream).start()
    scene = f"SIGSTOP {PAUSE} s"
    try:
        await cluster.warm()
        victim = await cluster.coordinator()
        left = [node for node in cluster.nodes if node is not victim]
        doomed = [f"purged {n}" for n in range(40)]
        short = [f"expiring {n}" for n in range(40)]
        stale = set()
        for n in range(40):
            stale.add((await victim.ask(doomed[n], "X-CC-Relay-Cache-Tags: doomed\r\n")).serial)
            stale.add((await victim.ask(short[n], "X-CC-Relay-Cache-TTL: 10\r\n")).serial)
        resident = sum([(await victim.ask(q)).hit for q in doomed + short])
        async with Load(cluster) as load:
            await asyncio.sleep(6)
            load.excused.add(victim)  # its listener is paused too: a load balancer's probe sees that
            fault = time.monotonic()
            victim.signal(signal.SIGSTOP)
            out = await until(lambda: both(left, 2), 20)
            asked = await left[0].purge(tag="doomed")
            await asyncio.sleep(max(1, PAUSE - (time.monotonic() - fault)))
            resumed = time.monotonic()
            victim.signal(signal.SIGCONT)
            victim.relay.forget()
            served = {answer.serial for answer in await asyncio.gather(*[victim.ask(q) for q in doomed + short])}
            at_once = len(served & stale)
            load.excused.clear()
            late = 0
            back = None
            while time.monotonic() - resumed < 20:
                for node in cluster.nodes:
                    late += len({(await node.ask(q)).serial for q in doomed[::4] + short[::4]} & stale)
                if back is None and await cluster.whole():
                    back = time.monotonic() - resumed
            end = time.monotonic()
        await observe(scene, load, fault, resumed)
        row(scene, "out of the others' view after", f"{out:.1f} s", "<= 8 s", out <= 8)
        row(scene, "purge meanwhile", f"matched {asked.get('matched')}, acknowledged by {len(asked.get('acknowledged', []))}")
        row(scene, "back in one view after", f"{back or float('inf'):.1f} s", "<= 15 s", bool(back) and back <= 15)
        row(scene, "purged or expired entries served afterwards", f"{at_once} at once, {late} later, of {resident}", "0",
            at_once + late == 0)
        row(scene, "hit ratio before, after it came back", f"{load.ratio(fault - 5, fault):.3f}, {load.ratio(end - 5, end):.3f}")
    finally:
        cluster.stop()


async def rolling(upstream):
    cluster = await Cluster(upstream).start()
    try:
        await cluster.warm()
        async with Load(cluster) as load:
            await asyncio.sleep(6)
            begun = time.monotonic()
            for node in list(cluster.nodes):
                node.signal(signal.SIGTERM)
                load.excused.add(node)  # readiness says 503 at once
                await asyncio.to_thread(node.process.wait, 60)
                code = node.process.returncode
                node.kill()
                node.start()
                ready = await until(cluster.whole, 60)
                load.excused.clear()
                row("rolling", f"{node.name}: exit code, one view after", f"{code}, {ready:.1f} s", "0, <= 15 s", code == 0 and ready <= 15)
                await asyncio.sleep(3)
            end = time.monotonic()
        row("rolling", "failed client requests", f"{len(load.failed)} of {len(load.samples)} {collections.Counter(load.failed) or ''}",
            "0", not load.failed)
        row("rolling", "requests that asked the next relay", load.moved)
        row("rolling", "hit ratio before, meanwhile", f"{load.ratio(begun - 5, begun):.3f}, {load.ratio(begun, end):.3f}")
        kept = await cluster.hits(cluster.nodes, [f"question {n}" for n in range(QUESTIONS)])
        row("rolling", "lost entries", f"{3 * QUESTIONS - kept} of {3 * QUESTIONS} look-ups", "0", kept == 3 * QUESTIONS)
    finally:
        cluster.stop()
