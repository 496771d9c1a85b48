"""Where the load tests run: the repository, its jar, a JDK, processor cores and ports."""
import os
import pathlib
import re
import socket
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "loadtest"
JAR = ROOT / "target" / "cc-relay.jar"
CORES = os.cpu_count() or 1
SERVER_CORE, LOAD_CORE = "0", str(min(1, CORES - 1))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def java():
    homes = [os.environ.get("JAVA_HOME", "")] + sorted(str(p) for p in pathlib.Path("/usr/lib/jvm").glob("*"))
    for home in homes:
        candidate = pathlib.Path(home) / "bin" / "java"
        if home and candidate.exists():
            said = subprocess.run([candidate, "-version"], capture_output=True, text=True).stderr
            found = re.search(r'version "(\d+)', said)
            if found and int(found.group(1)) >= 25:
                return str(candidate)
    sys.exit("no JDK 25 found; set JAVA_HOME")


def children(pid):
    try:
        return [int(c) for c in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def free_ports(count):
    """Ports in one run, none in use now."""
    for first in range(20_000 + os.getpid() % 1000 * 10, 32_000, 60):
        try:
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
    sys.exit("no free ports")
