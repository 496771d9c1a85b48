"""python3 loadtest/memory_test.py"""
import unittest

import memory

HOUR = 3600


def run(seconds, figures_at, step=None):
    step = step or seconds / 60
    return [(n * step, figures_at(n * step)) for n in range(int(seconds / step))]


def growing(verdict):
    return [name for name, (_, _, grows) in verdict.items() if grows]


class Judgement(unittest.TestCase):

    def test_a_steady_hour_grows_in_nothing(self):
        wobbling = run(HOUR, lambda second: (40 + second % 7 / 3, 200 + second % 11, 90 + second % 5, 30 + second % 2))
        self.assertEqual([], growing(memory.judge(wobbling, HOUR)))

    def test_what_fills_in_the_first_ten_minutes_is_no_growth(self):
        filling = run(HOUR, lambda second: (min(second, 590) / 10, 150 + min(second, 590) / 4, 90, 30))
        self.assertEqual([], growing(memory.judge(filling, HOUR)))

    def test_a_leak_of_fifty_bytes_a_request_shows_in_the_heap(self):
        leak = run(HOUR, lambda second: (40 + second * 200 * 50 / 2**20, 200, 90, 30))
        self.assertEqual(["live heap MB"], growing(memory.judge(leak, HOUR)))

    def test_a_leak_outside_the_heap_shows_in_the_resident_memory(self):
        leak = run(HOUR, lambda second: (40, 200 + second / 60, 90, 30))
        self.assertEqual(["RSS MB"], growing(memory.judge(leak, HOUR)))

    def test_connections_and_threads_that_stay_show(self):
        leak = run(HOUR, lambda second: (40, 200, 90 + second / 30, 30 + second / 100))
        self.assertEqual(["descriptors", "threads"], growing(memory.judge(leak, HOUR)))

    def test_one_high_sample_is_no_growth(self):
        peak = run(HOUR, lambda second: (400 if second == 3540 else 40, 200, 90, 30))
        self.assertEqual([], growing(memory.judge(peak, HOUR)))

    def test_a_short_run_is_judged_in_the_same_proportions(self):
        minute = run(60, lambda second: (40 + second, 200, 90, 30))
        self.assertEqual(10, memory.settled(60))
        self.assertEqual(["live heap MB"], growing(memory.judge(minute, 60)))

    def test_two_hours_are_judged_from_the_tenth_minute_on(self):
        self.assertEqual(600, memory.settled(2 * HOUR))

    def test_too_few_samples_are_no_acquittal(self):
        with self.assertRaises(ValueError):
            memory.judge(run(HOUR, lambda second: (40, 200, 90, 30), step=600), HOUR)
        with self.assertRaises(ValueError):
            memory.judge([], HOUR)

    def test_samples_that_end_early_are_no_acquittal(self):
        ended = [s for s in run(HOUR, lambda second: (40, 200, 90, 30)) if s[0] < 1800]
        with self.assertRaises(ValueError):
            memory.judge(ended, HOUR)


class Histogram(unittest.TestCase):

    def test_the_total_counts_without_fillers(self):
        said = """4711:
 num     #instances         #bytes  class name (module)
-------------------------------------------------------
   1:         26841        2359296  [B (java.base@25.0.3)
   2:          3096        2097152  java.lang.Class (java.base@25.0.3)
   3:          1077        1048576  [Ljdk.internal.vm.FillerElement; (java.base@25.0.3)
Total         31014        5505024
"""
        self.assertEqual(4.25, memory.live_mb(said))

    def test_a_heap_of_which_nothing_is_told_is_an_error(self):
        with self.assertRaises(ValueError):
            memory.live_mb("4711:\nCommand failed\n")


if __name__ == "__main__":
    unittest.main()
