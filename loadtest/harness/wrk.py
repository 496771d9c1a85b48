"""Throughput: the load generator wrk, rounds in turn and their comparison."""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from harness.asking import HEADERS
from harness.machine import LOAD_CORE

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
CONNECTIONS = 64


def wrk_post(payload):
    headers = "".join(f'wrk.headers["{k}"]="{v}"\n' for k, v in HEADERS.items())
    return f'wrk.method="POST"\nwrk.body=[==[{payload}]==]\n{headers}wrk.path="/v1/messages"\n'


def wrk_get(path="/page", fields=None):
    # What a browser sends, in short.
    fields = {"accept": "text/html,application/json;q=0.9,*/*;q=0.8", "user-agent": "bench/1.0", **(fields or {})}
    return f'wrk.path="{path}"\n' + "".join(f'wrk.headers["{k}"]="{v}"\n' for k, v in fields.items())


def unlike(request):
    """The same request with an id that no other has, so that a server has to read each."""
    return request + """local sent = 0
request = function() sent = sent + 1; wrk.headers["x-request-id"] = sent; return wrk.format() end
"""


def wrk(port, seconds, request):
    script = tempfile.NamedTemporaryFile("w", suffix=".lua", delete=False)
    script.write(request)
    script.close()
    out = subprocess.run(
        ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", script.name,
         f"http://127.0.0.1:{port}"], capture_output=True, text=True).stdout
    os.unlink(script.name)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    if not rate:
        sys.exit("wrk failed:\n" + out)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    p50 = re.search(r"^\s+50%\s+(\S+)", out, re.M)
    p99 = re.search(r"^\s+99%\s+(\S+)", out, re.M)
    count = int(re.search(r"(\d+) requests in", out).group(1))
    return float(rate.group(1)), count, int(bad.group(1)) if bad else 0, p50.group(1), p99.group(1)


def have_wrk(what):
    if shutil.which("wrk"):
        return True
    print(f"{what}: wrk was not found (apt-get install wrk)")
    return False


def warm_up(server, request):
    """Until the compilers are done, which on a busy machine takes requests, not seconds."""
    served, deadline = 0, time.monotonic() + 90
    while served < 500_000 and time.monotonic() < deadline:
        served += wrk(server.port, 10, request)[1]


def rounds(servers, requests):
    """Interleaved rounds: rate, processor time of a request in microseconds, and latency of each server."""
    rates, costs, latency = {n: [] for n in servers}, {n: [] for n in servers}, {}
    for name, server in servers.items():
        warm_up(server, requests[name])
    for _ in range(ROUNDS):
        for name, server in servers.items():
            before = server.cpu_seconds()
            rate, count, bad, p50, p99 = wrk(server.port, SECONDS, requests[name])
            if bad:
                sys.exit(f"{name}: {bad} answers that were no success")
            rates[name].append(rate)
            costs[name].append((server.cpu_seconds() - before) / count * 1e6)
            latency[name] = (p50, p99)
    return rates, costs, latency


def compare(rates, costs, latency, base):
    print(f"{'server':<12}{'req/s':>10}{'ratio to ' + base:>18}{'cpu us/request':>16}{'ratio to ' + base:>18}{'p50':>10}{'p99':>10}")
    for name, values in rates.items():
        ratio = statistics.median(v / b for v, b in zip(values, rates[base]))
        by_cost = statistics.median(b / c for c, b in zip(costs[name], costs[base]))
        print(f"{name:<12}{statistics.median(values):>10,.0f}{ratio:>18.2f}{statistics.median(costs[name]):>16.1f}{by_cost:>18.2f}"
              f"{latency[name][0]:>10}{latency[name][1]:>10}")


def against(other, package, rates, costs):
    if other in rates:
        by_rate = statistics.median(r / n for r, n in zip(rates["relay"], rates[other]))
        by_cost = statistics.median(n / r for r, n in zip(costs["relay"], costs[other]))
        print(f"relay / {other}: {by_rate:.2f} by rate, {by_cost:.2f} by processor time")
    else:
        print(f"{other} was not found: no comparison (apt-get install {package})")


def hits(upstream, servers, request, title):
    """Equal requests to all servers; to the relay also such whose ids differ, as the row "relay, read"."""
    servers = {s.name: s for s in servers if s}
    requests = {name: request for name in servers}
    if "relay" in servers:
        servers["relay, read"], requests["relay, read"] = servers["relay"], unlike(request)
    try:
        measured = rounds(servers, requests)
    finally:
        for server in {*servers.values(), upstream}:
            server.stop()
    print(f"\n{title}, one core, {CONNECTIONS} connections, {ROUNDS} interleaved rounds of {SECONDS} s")
    compare(*measured, "bare")
    return measured
