#!/bin/sh
# The light recipe: renders a site unless it is there, serves it, waits until it answers, and fetches it.
set -eu
. recipes/common.sh
fetch="curl -fsS --retry 5 --retry-connrefused" # a fixed wait may be too short
site=$ASSAY_ARM_DIR/site
address=http://127.0.0.1:$ASSAY_PORT
[ -d "$site" ] || span render -- sh recipes/render.sh "$site"
busybox httpd -f -p "127.0.0.1:$ASSAY_PORT" -h "$site" &
server=$!
trap 'kill "$server"; wait "$server" 2>/dev/null || true' EXIT
span ready -- sh recipes/ready.sh "$READY_MODE" curl -fsS "$address/"
if [ "$COMPRESS" = on ]; then
  span compress -- gzip -9 -k -f "$site/report.csv"
  span fetch -- $fetch -o out/report.csv.gz "$address/report.csv.gz"
  span expand -- gzip -d -f out/report.csv.gz
else
  span fetch -- $fetch -o out/report.csv "$address/report.csv"
fi
