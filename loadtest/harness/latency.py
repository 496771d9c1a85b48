"""What the relay adds to misses and to the events of streams."""
import re
import time

from harness.asking import HEADERS, body, kept_connection, percentiles, post
from harness.servers import own, relay


def miss():
    upstream, count = own("upstream"), 4000
    server = relay(upstream.port)
    try:
        lines = {"direct": kept_connection(upstream.port), "relay": kept_connection(server.port)}
        times = {name: [] for name in lines}
        for number in range(-8 * count, count):  # negative numbers warm up; the two ways alternate
            for name, connection in lines.items():
                payload = body(prompt=f"{name} {number}")
                begun = time.perf_counter()
                post(connection, payload)
                if number >= 0:
                    times[name].append((time.perf_counter() - begun) * 1000)
    finally:
        server.stop()
        upstream.stop()
    direct, through = percentiles(times["direct"]), percentiles(times["relay"])
    print(f"\nMiss overhead, {count} distinct requests each way, one connection, alternating (ms)")
    print(f"{'':<10}{'p50':>10}{'p99':>10}")
    print(f"{'direct':<10}{direct[0]:>10.3f}{direct[1]:>10.3f}")
    print(f"{'relay':<10}{through[0]:>10.3f}{through[1]:>10.3f}")
    print(f"{'added':<10}{through[0] - direct[0]:>10.3f}{through[1] - direct[1]:>10.3f}")


def stream_times(connection, payload, delay=10):
    """First byte and, for each event, the time since the upstream wrote it (one clock, CLOCK_MONOTONIC)."""
    begun = time.monotonic_ns()
    connection.request("POST", "/v1/messages", payload, {**HEADERS, "x-load-delay-ms": str(delay)})
    answer = connection.getresponse()
    first, delays = None, []
    while line := answer.readline():
        now = time.monotonic_ns()
        first = first or now - begun
        if found := re.search(rb"sent (\d+) ", line):
            delays.append((now - int(found.group(1))) / 1e6)
    return first / 1e6, delays


def stream():
    upstream, count = own("upstream"), 60
    server = relay(upstream.port, streaming=True)
    ways = {"direct": kept_connection(upstream.port), "relay": kept_connection(server.port)}
    for number in range(4000):  # warm-up: the way to the upstream, then the streams
        post(ways["relay"], body(prompt=f"warm {number}"))
    for number in range(600):
        for name, connection in ways.items():
            stream_times(connection, body(True, f"warm {name} {number}"), delay=1)
    firsts, events = {"direct": [], "relay": []}, {"direct": [], "relay": []}
    try:
        for number in range(count):
            for name, connection in ways.items():
                first, delays = stream_times(connection, body(True, f"{name} {number}"))
                firsts[name].append(first)
                events[name].extend(delays)
    finally:
        server.stop()
        upstream.stop()
    print(f"\nStreams, {count} each way, 23 events 10 ms apart (ms)")
    print(f"{'':<10}{'first byte p50':>16}{'p99':>10}{'event p50':>14}{'p99':>10}")
    rows = {n: (*percentiles(firsts[n]), *percentiles(events[n])) for n in firsts}
    rows["added"] = tuple(a - b for a, b in zip(rows["relay"], rows["direct"]))
    for name, row in rows.items():
        print(f"{name:<10}{row[0]:>16.3f}{row[1]:>10.3f}{row[2]:>14.3f}{row[3]:>10.3f}")
