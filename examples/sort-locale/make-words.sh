#!/bin/sh
# Prints 20 MB of words, always the same.
exec awk 'BEGIN {
  srand(20240607)
  for (bytes = 0; bytes < 20000000; bytes += length(line) + 1) {
    line = ""
    for (words = 1 + int(6 * rand()); words > 0; --words) {
      word = ""
      for (letters = 1 + int(9 * rand()); letters > 0; --letters) word = word sprintf("%c", 97 + int(26 * rand()))
      line = line (line == "" ? "" : " ") word
    }
    print line
  }
}'
