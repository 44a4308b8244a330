#!/bin/sh
# cold.sh make|prove: takes away what earlier runs of this recipe left, or fails if some of it is there.
set -eu
case $RECIPE in
  page) left=$ASSAY_ARM_DIR/site ;;
  build) left=$ASSAY_ARM_DIR/objects ;;
  portal) left=$ASSAY_ARM_DIR/keys ;;
  store)
    PGHOST=$(cat "$ASSAY_ARM_DIR/postgres")
    PGUSER=deploy
    export PGHOST PGUSER
    if [ "$1" = make ]; then exec dropdb --if-exists shop; fi
    if psql -d shop -c 'select 1' >/dev/null 2>&1; then exit 1; fi
    exit 0
    ;;
esac
if [ "$1" = make ]; then exec rm -rf "$left"; fi
[ ! -e "$left" ]
