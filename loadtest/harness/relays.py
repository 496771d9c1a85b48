"""Relays of the example files as processes: one, or three that share a cache."""
import asyncio
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from harness.dialogue import Line, request
from harness.machine import ROOT, free_ports

QUESTIONS = 200
RELAY = os.environ.get("HA_RELAY", str(ROOT / "bin" / "cc-relay"))


class Node:
    """A relay of ours as a process, ended by its own id."""

    def __init__(self, name, config, host, port, management, inside=(), core=None):
        self.name, self.config, self.inside, self.core = name, config, list(inside), core
        self.host, self.port = host, port
        self.relay, self.management = Line(host, port), Line(host, management)
        self.process, self.ready_after = None, None

    def start(self):
        self.log = open(self.config.with_suffix(".log"), "ab")
        pinned = ["taskset", "-c", self.core] if self.core else []
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [*self.inside, *pinned, RELAY, "serve", "--config", str(self.config)],
            stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True,
            env={**os.environ, "JAVA_OPTS": "-Xmx256m -XX:TieredStopAtLevel=" + ("4" if self.core else "1"),
                 "CC_RELAY_CLUSTER_SECRET": "the secret of this load test"})
        return self

    def signal(self, number):
        os.killpg(self.process.pid, number)

    def kill(self):
        if self.process and self.process.poll() is None:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGKILL)
            self.process.wait()
        self.relay.forget()
        self.management.forget()

    async def report(self):
        try:
            answer = await self.management.ask("GET", "/admin/cluster", patience=2)
            return json.loads(answer.body)
        except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError, ValueError):
            return {}

    async def members(self):
        return len((await self.report()).get("members", []))

    async def ready(self):
        try:
            return (await self.management.ask("GET", "/health/ready", patience=2)).status == 200
        except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError):
            return False

    async def ask(self, question, extra=""):
        return await self.relay.ask("POST", "/v1/messages", request(question)[0], extra)

    async def purge(self, **selector):
        answer = await self.management.ask("POST", "/admin/cache/purge", json.dumps(selector).encode())
        said = json.loads(answer.body)
        return {**said, **said.get("members", {})}


async def until(condition, seconds, pause=0.1):
    """Seconds until the condition held; infinity if it did not in time."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if await condition():
            return time.monotonic() - begun
        await asyncio.sleep(pause)
    return float("inf")


class Cluster:
    """Three relays from the example files, on ports of their own or in namespaces of their own."""

    def __init__(self, upstream, change=lambda text: text, spaces=None, cores=(None, None, None)):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="ha-"))
        first = free_ports(60) if not spaces else None
        self.nodes = []
        for i in range(3):
            text = (ROOT / "conf" / "ha" / f"node{i + 1}.yaml").read_text()
            if spaces:
                text = spaces.rewrite(text, i)
                http, management, host, inside = 8787 + i, 9090 + i, spaces.control(i), spaces.enter(i)
            else:
                text = re.sub(r"127\.0\.0\.1:(\d+)", lambda m: f"127.0.0.1:{self.moved(int(m.group(1)), first)}", text)
                http, management, host, inside = self.moved(8787 + i, first), self.moved(9090 + i, first), "127.0.0.1", ()
            text = change(text) + (
                f"  responses: {{ttl: 1h}}\n"
                f"providers: [{{name: load, type: anthropic, enabled: true, base_url: '{upstream.origin}'}}]\n"
                "logging: {format: text}\n")
            config = self.home / f"node{i + 1}.yaml"
            config.write_text(text)
            self.nodes.append(Node(f"node{i + 1}", config, host, http, management, inside, cores[i]))

    @staticmethod
    def moved(port, first):
        """Another place for a port of the example files, where each node has ten."""
        base = 3320 if port < 3400 else 8757 if port < 9000 else 9055
        return first + port - base

    async def start(self):
        for node in self.nodes:
            node.start()
        took = await until(self.whole, 120)
        if took == float("inf"):
            for node in self.nodes:
                print(node.name, await node.report(), node.config.with_suffix(".log").read_text()[-2000:])
            self.stop()
            sys.exit("the relays did not find each other")
        await asyncio.sleep(2)  # copies are where they belong
        return self

    async def whole(self):
        return all([await node.members() == 3 and await node.ready() for node in self.nodes])

    async def coordinator(self):
        name = (await self.nodes[0].report())["coordinator"]
        return await self.named(name)

    async def named(self, name):
        for node in self.nodes:
            if (await node.report()).get("self") == name:
                return node
        sys.exit(f"no relay is {name}")

    async def owner(self):
        members = (await self.nodes[0].report())["members"]
        return await self.named(max(members, key=lambda member: member["keys"])["name"])

    async def warm(self):
        for n in range(QUESTIONS):
            await self.nodes[n % 3].ask(f"question {n}")
        await asyncio.sleep(1)
        for node in self.nodes:
            for n in range(QUESTIONS):
                await node.ask(f"question {n}")

    async def hits(self, nodes, questions):
        """How many of the questions each of the nodes answers from the cache, in all."""
        return sum([(await node.ask(q)).hit for node in nodes for q in questions])

    def stop(self):
        for node in self.nodes:
            node.kill()


async def both(nodes, count):
    return all([await node.members() == count for node in nodes])
