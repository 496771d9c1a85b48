"""What a network costs that falls apart: two relays against one."""
import asyncio
import os
import re
import shutil
import subprocess
import time

from harness.dialogue import Upstream
from harness.faults import observe
from harness.load import Load
from harness.relays import Cluster, both, until
from harness.table import row

SPLIT = int(os.environ.get("HA_SECONDS", "60"))


class Spaces:
    """Three network namespaces: one bridge for the cluster, which can be cut, one for clients and upstream."""

    def __init__(self):
        self.tag = f"cc{os.getpid() % 10_000}"
        self.net = f"10.{200 + os.getpid() % 50}"
        for bridge in ("a", "b"):
            run("ip", "link", "add", self.tag + bridge, "type", "bridge")
            run("ip", "link", "set", self.tag + bridge, "up")
        run("ip", "addr", "add", f"{self.net}.2.254/24", "dev", self.tag + "b")
        for i in range(3):
            run("ip", "netns", "add", f"{self.tag}n{i}")
            run("ip", "-n", f"{self.tag}n{i}", "link", "set", "lo", "up")
            for number, bridge in ((1, "a"), (2, "b")):
                link = f"{self.tag}{bridge}{i}"
                run("ip", "link", "add", link, "type", "veth", "peer", "name", f"eth{bridge}", "netns", f"{self.tag}n{i}")
                run("ip", "link", "set", link, "master", self.tag + bridge, "up")
                run("ip", "-n", f"{self.tag}n{i}", "addr", "add", f"{self.net}.{number}.{i + 1}/24", "dev", f"eth{bridge}")
                run("ip", "-n", f"{self.tag}n{i}", "link", "set", f"eth{bridge}", "up")

    def control(self, i):
        return f"{self.net}.2.{i + 1}"

    def enter(self, i):
        return ["ip", "netns", "exec", f"{self.tag}n{i}"]

    def rewrite(self, text, i):
        """The cluster's ports on one network, listeners on the other."""
        text = re.sub(r"127\.0\.0\.1:(33)([234])(\d)", lambda m: f"{self.net}.1.{int(m.group(2)) - 1}:33{m.group(2)}{m.group(3)}", text)
        return text.replace("127.0.0.1:", f"{self.control(i)}:").replace(
            f"  listen: {self.control(i)}:909", f"  token: t\n  listen: {self.control(i)}:909")

    def cut(self, i):
        run("ip", "link", "set", f"{self.tag}a{i}", "nomaster")

    def heal(self, i):
        run("ip", "link", "set", f"{self.tag}a{i}", "master", self.tag + "a")

    def remove(self):
        for i in range(3):
            run("ip", "netns", "del", f"{self.tag}n{i}")
        for bridge in ("a", "b"):
            run("ip", "link", "del", self.tag + bridge)


def run(*command):
    subprocess.run(command, check=True, capture_output=True)


async def split(_):
    if os.geteuid() != 0 or not shutil.which("ip"):
        print("split: skipped, it needs root and ip (iproute2) for network namespaces")
        return
    try:
        spaces = Spaces()
    except subprocess.CalledProcessError as refused:
        print(f"split: skipped, no network namespaces here: {refused.stderr.decode().strip()}")
        return
    cluster = None
    try:
        upstream = await Upstream().start(f"{spaces.net}.2.254")
        cluster = Cluster(upstream, spaces=spaces)
        for node in cluster.nodes:
            ask = node.management.ask
            node.management.ask = lambda *args, ask=ask, **named: ask(
                *args, **{**named, "extra": "Authorization: Bearer t\r\n"})
        await cluster.start()
        await cluster.warm()
        await split_in(cluster, spaces)
    finally:
        if cluster:
            cluster.stop()
        spaces.remove()


async def split_in(cluster, spaces):
    scene = f"split 2|1 {SPLIT} s"
    one, two, three = cluster.nodes
    doomed = {"one": [f"purged on one {n}" for n in range(20)], "three": [f"purged on three {n}" for n in range(20)]}
    stale = set()
    for side, questions in doomed.items():
        for node in cluster.nodes:
            for question in questions:
                stale.add((await node.ask(question, f"X-CC-Relay-Cache-Tags: {side}\r\n")).serial)
    both_sides = [f"written on both sides {n}" for n in range(40)]
    async with Load(cluster) as load:
        await asyncio.sleep(6)
        fault = time.monotonic()
        spaces.cut(2)
        early = asyncio.create_task(two.purge(prefix="/nowhere"))
        noticed = await until(lambda: both([one, two], 2), 20)
        alone = await until(lambda: both([three], 1), 20) + noticed
        early = await early
        purges = [await one.purge(tag="one"), await three.purge(tag="three")]
        served = [sum([(await node.ask(q)).serial in stale for q in doomed[side]])
                  for node, side in ((one, "one"), (two, "one"), (three, "three"))]
        differing = 0
        for question in both_sides:
            differing += (await one.ask(question)).serial != (await three.ask(question)).serial
        await asyncio.sleep(max(1, SPLIT - (time.monotonic() - fault)))
        healed = time.monotonic()
        spaces.heal(2)
        resurrected, view = 0, None
        while time.monotonic() - healed < 40 and (view is None or time.monotonic() - healed < view + 8):
            for node in cluster.nodes:
                for side, questions in doomed.items():
                    resurrected += sum([(await node.ask(q)).serial in stale for q in questions[::4]]) \
                        if view or (side == "one") == (node is not three) else 0
            if view is None and await cluster.whole():
                view = time.monotonic() - healed
        end = time.monotonic()
    for question in both_sides:
        await one.ask(question)  # what was dropped is fetched anew
    await asyncio.sleep(1)
    differ = sum([len({(await node.ask(q)).serial for node in cluster.nodes}) > 1 for q in both_sides])
    await observe(scene, load, fault, healed, strict=False)
    row(scene, "noticed by the two, by the one", f"{noticed:.1f}, {alone:.1f} s")
    row(scene, "purge at once: acknowledged, missing", f"{len(early.get('acknowledged', []))}, {len(early.get('missing', []))}", "2, 1",
        len(early.get("missing", [])) == 1)
    row(scene, "purges on the two, on the one: acknowledged by", [len(p.get("acknowledged", [])) for p in purges])
    row(scene, "purged entries served by the two, by the one", served, "0", not any(served))
    row(scene, "keys that differed during the split", f"{differing} of {len(both_sides)}")
    row(scene, "one view after healing", f"{view or float('inf'):.1f} s", "<= 30 s", bool(view) and view <= 30)
    row(scene, "differing keys afterwards", f"{differ} of {len(both_sides)}", "0", differ == 0)
    row(scene, "resurrected keys", resurrected, "0", resurrected == 0)
    row(scene, "hit ratio before, after healing", f"{load.ratio(fault - 5, fault):.3f}, {load.ratio(end - 5, end):.3f}")
