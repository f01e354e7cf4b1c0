"""Speed and memory against peers, all in one run: `python -m benchmarks`."""
