#!/bin/sh
# The recipe with a database: creates and fills it unless it is there, and asks it for a report. PostgreSQL itself is
# started by postgres.sh, once.
set -eu
. recipes/common.sh
PGHOST=$(cat "$ASSAY_ARM_DIR/postgres")
PGUSER=deploy
export PGHOST PGUSER
span ready -- sh recipes/ready.sh "$READY_MODE" psql -d postgres -c 'select 1'
if ! psql -d shop -c 'select 1' >/dev/null 2>&1; then
  span create -- createdb shop
  span migrate -- psql -d shop -q -v ON_ERROR_STOP=1 -f recipes/schema.sql
fi
span report -- psql -d shop -A -t -o out/store.txt -f recipes/report.sql
