#!/bin/sh
# Writes 200000 numbers in a scrambled order, which is always the same. Does nothing if the file already exists.
set -eu
[ -s numbers.txt ] && exit 0
awk 'BEGIN { for (n = 1; n <= 200000; ++n) print (n * 7919) % 200003 % 200000 + 1 }' >"numbers.txt.$$"
mv "numbers.txt.$$" numbers.txt
