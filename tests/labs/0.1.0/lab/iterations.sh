#!/bin/sh
# 60 made-up times, of which the first ten are a warm-up.
awk -v fast="${FAST-0}" 'BEGIN {
  srand(7); printf "{\"seconds\": [";
  for (n = 0; n < 60; ++n) printf "%s%.4f", n ? ", " : "", (n < 10 ? 3 : 1) * (fast ? 0.8 : 1) * (1 + 0.01 * rand());
  print "]}" }'
