#!/bin/sh
# One of 81 tests: it computes for a while, more for some numbers than for others. Test 41 needs what test 40 leaves
# behind at its end, so it passes only if the two run one after the other. In order.sh it is mended.
number=$1
. tests/order.sh
[ "$number" = 1 ] && rm -f "$ASSAY_ARM_DIR/left-by-40"
[ "$number" = 41 ] && needs_order && { test -e "$ASSAY_ARM_DIR/left-by-40" || exit 1; }
turns=$(((number * 7 % 10 + 1) * 400))
[ "$number" = 40 ] && turns=20000
while [ "$turns" -gt 0 ]; do turns=$((turns - 1)); done
[ "$number" = 40 ] && : >"$ASSAY_ARM_DIR/left-by-40"
exit 0
