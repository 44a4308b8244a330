#!/bin/sh
# Writes 200000 numbers in a scrambled order, the same each time; whoever comes second finds them there.
set -eu
[ -s numbers.txt ] && exit 0
awk 'BEGIN { for (n = 1; n <= 200000; ++n) print (n * 7919) % 200003 % 200000 + 1 }' >"numbers.txt.$$"
mv "numbers.txt.$$" numbers.txt
