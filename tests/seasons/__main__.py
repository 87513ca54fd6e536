"""The large run: N seasons, what their last weeks' products say, and where that is not so.

    python -m tests.seasons N [SEED]

Season number n of a run is drawn from SEED + n. Exit status 1 if anything was not so.
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.seasons.drawing import seasons
from tests.seasons.judging import contradictions

_PROCESSES = 2
_SHOWN = 5  # of one product


def part(first: int, number: int) -> list[tuple[int, str]]:
    """(seed, contradiction) of some seasons."""
    return [(seed, fault) for seed, season in seasons(number, first) for fault in contradictions(season)]


def main(number: int, seed: int) -> int:
    step = -(-number // (_PROCESSES * 8))
    starts = range(seed, seed + number, step)
    with ProcessPoolExecutor(_PROCESSES) as pool:
        counts = [min(step, seed + number - start) for start in starts]
        found = [each for some in pool.map(part, starts, counts) for each in some]
    by_product = Counter(fault.partition(":")[0] for _, fault in found)
    print(f"{number} seasons, {len(found)} contradictions in {len({seed for seed, _ in found})} of them")
    for product, count in by_product.most_common():
        print(f"  {product}: {count}")
        for at, fault in [each for each in found if each[1].startswith(f"{product}:")][:_SHOWN]:
            print(f"    {at}: {fault}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
