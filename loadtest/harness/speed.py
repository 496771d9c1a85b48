"""Hits and misses of a member beside those of a relay alone."""
import asyncio
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile

from harness.dialogue import request
from harness.machine import CORES, free_ports
from harness.relays import Cluster, Node, until
from harness.table import row


def wrk(node, seconds):
    payload, _ = request("hot")
    script = tempfile.NamedTemporaryFile("w", suffix=".lua")
    script.write(f'wrk.method="POST"\nwrk.body=[==[{payload.decode()}]==]\nwrk.headers["content-type"]="application/json"\n'
                 'wrk.headers["x-api-key"]="key-of-this-load"\nwrk.headers["anthropic-version"]="2023-06-01"\n')
    script.flush()
    before = cpu(node)
    out = subprocess.run(["taskset", "-c", str(CORES - 1), "wrk", "-t1", "-c32", f"-d{seconds}s", "-s", script.name,
                          f"http://{node.host}:{node.port}/v1/messages"], capture_output=True, text=True).stdout
    count = int(re.search(r"(\d+) requests in", out).group(1))
    return count / seconds, (cpu(node) - before) / count * 1e6


def cpu(node):
    times = pathlib.Path(f"/proc/{node.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")


async def single(upstream, core):
    port = free_ports(60) + 40
    home = pathlib.Path(tempfile.mkdtemp(prefix="ha-single-"))
    config = home / "single.yaml"
    config.write_text(f"server: {{listen: '127.0.0.1:{port}'}}\nmanagement: {{listen: '127.0.0.1:{port + 1}'}}\n"
                      "cache: {responses: {ttl: 1h}}\n"
                      f"providers: [{{name: load, type: anthropic, enabled: true, base_url: '{upstream.origin}'}}]\n")
    node = Node("single", config, "127.0.0.1", port, port + 1, core=core).start()
    await until(node.ready, 60)
    return node


async def timed(node, questions):
    values = []
    for question in questions:
        values.append(await node.ask(question))
    return values


async def speed(upstream):
    """Near hits and misses; the nodes that are not measured share the other core with the load."""
    alone = await single(upstream, "0")
    cluster = None
    try:
        cluster = await Cluster(upstream, cores=("0", str(CORES - 1), str(CORES - 1))).start()
        if shutil.which("wrk"):
            await near(alone, cluster.nodes[0])
        else:
            print("speed: wrk was not found: no throughput (apt-get install wrk)")
        await misses(alone, cluster.nodes[0])
    finally:
        alone.kill()
        if cluster:
            cluster.stop()


async def remote(upstream):
    """Hits that another node holds."""
    alone = await single(upstream, None)
    cluster = None
    try:
        cluster = await Cluster(upstream, lambda text: text.replace("replica_count: 2", "replica_count: 1") +
                                "  cluster: {near: {enabled: false}}\n").start()
        await remote_hits(alone, cluster)
    finally:
        alone.kill()
        if cluster:
            cluster.stop()


async def near(alone, member):
    rates, costs = {alone: [], member: []}, {alone: [], member: []}
    for node in rates:
        await node.ask("hot")
        await asyncio.to_thread(wrk, node, 12)  # until the compilers are done
    for _ in range(5):
        for node in rates:
            rate, cost = await asyncio.to_thread(wrk, node, 4)
            rates[node].append(rate)
            costs[node].append(cost)
    by_rate = statistics.median(m / a for m, a in zip(rates[member], rates[alone]))
    by_cost = statistics.median(a / m for m, a in zip(costs[member], costs[alone]))
    row("speed", "near hits/s: mode single, member of three", f"{statistics.median(rates[alone]):,.0f}, {statistics.median(rates[member]):,.0f}")
    row("speed", "near / single by rate, by processor time", f"{by_rate:.2f}, {by_cost:.2f}", ">= 0.9", by_rate >= 0.9)


async def misses(alone, member):
    """The same misses in turn: a write that has to reach another node must not be waited for."""
    times = {alone: [], member: []}
    for n in range(600):
        for node in times:
            answer = await node.ask(f"miss {n}")
            if n >= 200:
                times[node].append(answer.millis)
    p50 = {node: statistics.median(values) for node, values in times.items()}
    row("speed", "miss p50: mode single, member of three", f"{p50[alone]:.2f}, {p50[member]:.2f} ms")


async def remote_hits(alone, cluster):
    """One copy per entry, no near tier: two thirds of the look-ups go to another node, and are taken to be the slowest."""
    first = cluster.nodes[0]
    questions = [f"remote {n}" for n in range(1500)]
    for n, question in enumerate(questions):
        await cluster.nodes[n % 3].ask(question)
    for _ in range(3):
        answers = await timed(first, questions)
    kept = sum(answer.hit for answer in answers)
    values = sorted(answer.millis for answer in answers)[len(answers) // 3:]
    await timed(alone, ["remote 0"] * 1000)
    local = sorted(answer.millis for answer in await timed(alone, ["remote 0"] * 1000))
    p50, p99 = values[len(values) // 2], values[int(len(values) * .99)]
    row("remote", "remote hit p50", f"{p50:.2f} ms", "< 1 ms", p50 < 1)
    row("remote", "remote hit p99", f"{p99:.2f} ms", "< 5 ms", p99 < 5)
    row("remote", "for comparison, hit in mode single p50, p99", f"{local[500]:.2f}, {local[990]:.2f} ms")
    row("remote", "look-ups that hit", f"{kept} of {len(answers)}", "all", kept == len(answers))
