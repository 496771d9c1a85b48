"""What a process holds, looked at during a long run, and whether it grows for ever.

Pure but for `held`; `python3 loadtest/memory_test.py` tests it.
"""
import os
import pathlib
import re
import statistics
import subprocess

SETTLED = 600  # seconds after which a relay has met everything of a steady load: compiled, pooled, cache full
FIGURES = {"live heap MB": 4, "RSS MB": 12, "descriptors": 16, "threads": 8}  # and how much of each is noise
SHARE = 1.05  # a twentieth more than in the beginning is noise as well


def held(pid, jcmd):
    """The figures of a Java process, in the order of FIGURES. The heap is what a collection leaves, counted at its end: what
    is allocated until one asks again is no part of it."""
    said = subprocess.run([jcmd, str(pid), "GC.class_histogram"], capture_output=True, text=True, check=True, timeout=60).stdout
    process = pathlib.Path(f"/proc/{pid}")
    status = (process / "status").read_text()
    return (live_mb(said), int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024,
            len(os.listdir(process / "fd")), int(re.search(r"Threads:\s+(\d+)", status).group(1)))


def live_mb(histogram):
    """Megabytes of all live objects as jcmd GC.class_histogram adds them up, without what fills gaps between them."""
    total = re.search(r"^Total +\d+ +(\d+)$", histogram, re.M)
    if not total:
        raise ValueError(f"no total in: {histogram[-500:]}")
    fillers = re.findall(r"^ *\d+: +\d+ +(\d+) +\S*jdk\.internal\.vm\.Filler", histogram, re.M)
    return (int(total.group(1)) - sum(map(int, fillers))) / 2**20


def settled(seconds):
    """From which second of a run of so many it is judged: SETTLED, of a run too short for that a sixth."""
    return min(SETTLED, seconds / 6)


def judge(samples, seconds):
    """Of each figure its median in the first and in the last quarter of the judged time, and whether that is growth.

    samples: pairs of the second and the figures. Returns {name: (early, late, grows)}; ValueError if quarters are too thin
    to have a median worth the name, which is no acquittal.
    """
    begin = settled(seconds)
    quarter = (seconds - begin) / 4
    early = [figures for second, figures in samples if begin <= second < begin + quarter]
    late = [figures for second, figures in samples if second >= seconds - quarter]
    if min(len(early), len(late)) < 3:
        raise ValueError(f"{len(early)} samples in the first quarter of the judged time, {len(late)} in the last: too few")
    verdict = {}
    for place, (name, noise) in enumerate(FIGURES.items()):
        before, after = (statistics.median(f[place] for f in part) for part in (early, late))
        verdict[name] = (before, after, after > before * SHARE + noise)
    return verdict
