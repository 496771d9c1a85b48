"""The figures of a run and what was wanted of them."""

RESULTS = []


def row(scene, what, figure, wanted="", holds=None):
    RESULTS.append((scene, what, str(figure), wanted, {None: "", True: "yes", False: "NO"}[holds]))
    print(f"  {scene}: {what}: {figure} {f'(wanted: {wanted})' if wanted else ''}", flush=True)


def show(title):
    """Prints all rows; how many of them are not as wanted."""
    widths = [max(len(r[i]) for r in RESULTS) for i in range(5)] if RESULTS else []
    print(f"\n{title}")
    for r in RESULTS:
        print("  ".join(cell.ljust(width) for cell, width in zip(r, widths)).rstrip())
    return sum(r[4] == "NO" for r in RESULTS)
