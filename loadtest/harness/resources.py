"""Start-up, memory, and what a large body does to an event loop."""
import http.client
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from harness.asking import HEADERS, body, post
from harness.machine import HERE, JAR, ROOT, java
from harness.servers import POLICY, own, relay


def started(settings):
    """Seconds from the start of the process to its open port."""
    begun = time.monotonic()
    server = relay(1, settings=settings)
    seconds = time.monotonic() - begun
    server.stop()
    return seconds


def documents(count=1000):
    home = pathlib.Path(tempfile.mkdtemp(prefix="bench-documents-"))
    lines = []
    for number in range(count):
        (home / f"{number}.xml").write_text(POLICY.replace("preferences-", f"preferences-{number}-"))
        lines.append(f"  - {{{{name: a{number}, path: /a{number}, backend: 'http://127.0.0.1:1', policy: {home}/{number}.xml}}}}\n")
    times = {"with": [], "without": []}
    for _ in range(3):
        times["with"].append(started("apis:\n" + "".join(lines)))
        times["without"].append(started(re.sub(", policy: [^}]*", "", "apis:\n" + "".join(lines))))
    shutil.rmtree(home)
    with_, without = statistics.median(times["with"]), statistics.median(times["without"])
    print(f"\nStart with {count} APIs on one core: {with_:.2f} s with a policy document for each, {without:.2f} s without;"
          f" {with_ - without:.2f} s for {count} documents")


def peak_rss(server, work):
    peak, running = [server.rss_mb()], [True]

    def watch():
        while running[0]:
            peak.append(server.rss_mb())
            time.sleep(0.005)

    watcher = threading.Thread(target=watch)
    watcher.start()
    result = work()
    running[0] = False
    watcher.join()
    return max(peak), result


LARGE = '{"model":"m%d","max_tokens":1,"messages":[{"role":"user","content":"' + "y" * 20_000_000 + '"}]}'
# A process of its own: a thread here would wait for the interpreter, not for the relay.
CANARY = """
import http.client, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
line, slowest = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1])), 0
try:
    while True:
        at = time.perf_counter()
        line.request("GET", "/health")
        line.getresponse().read()
        slowest = max(slowest, (time.perf_counter() - at) * 1000)
        time.sleep(0.002)
except KeyboardInterrupt:
    print(slowest)
"""


def large_bodies(server, connection):
    """Resident memory before and at its peak for each of five bodies of 20 MB; the slowest /health meanwhile."""
    canary = subprocess.Popen([sys.executable, "-c", CANARY, str(server.port)], stdout=subprocess.PIPE, text=True)
    peaks = []
    for number in range(5):
        payload = LARGE % number
        before = server.rss_mb()
        peak, _ = peak_rss(server, lambda: post(connection, payload))
        peaks.append((before, peak))
    canary.send_signal(signal.SIGINT)
    return peaks, float(canary.communicate()[0])


def idle_readers(server, connection):
    """What resident memory grows by while 100 clients do not read a cached answer of 5 MB."""
    size = {"x-load-bytes": "5000000"}
    payload = body(prompt="five")
    post(connection, payload, size)
    before = server.rss_mb()
    head = "".join(f"{k}: {v}\r\n" for k, v in {**HEADERS, **size}.items())
    request = f"POST /v1/messages HTTP/1.1\r\nhost: x\r\n{head}content-length: {len(payload)}\r\n\r\n{payload}".encode()
    readers = []
    for _ in range(100):
        reader = socket.create_connection(("127.0.0.1", server.port))
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.sendall(request)
        readers.append(reader)
    time.sleep(5)
    grown = server.rss_mb() - before
    for reader in readers:
        reader.close()
    return grown


def memory():
    upstream = own("upstream")
    begun = time.monotonic()
    server = relay(upstream.port)
    first = http.client.HTTPConnection("127.0.0.1", server.port)
    post(first, body())
    start = time.monotonic() - begun
    time.sleep(2)
    idle = server.rss_mb()
    try:
        peaks, stall = large_bodies(server, first)
        grown = idle_readers(server, first)
    finally:
        server.stop()
        upstream.stop()
    print("\nMemory and start-up")
    print(f"start to first answered request     {start:8.2f} s")
    print(f"idle RSS                            {idle:8.0f} MB")
    top = max(peak for _, peak in peaks)
    print(f"RSS peak, five bodies of 20 MB      {top:8.0f} MB  (+{top - idle:.0f} MB over idle, {(top - idle) / 20:.1f} x the body;"
          f" each alone at most +{max(p - b for b, p in peaks):.0f} MB)")
    print(f"slowest /health meanwhile           {stall:8.1f} ms")
    print(f"100 clients not reading 5 MB hits   {grown:+8.0f} MB RSS")


def loop():
    print("\nEvent loops while bodies of 20 MB pass")
    subprocess.run(
        [java(), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx2g",
         "-cp", str(JAR), str(HERE / "servers" / "LoopProbe.java")],
        cwd=ROOT, check=True)
