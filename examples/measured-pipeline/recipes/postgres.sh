#!/bin/sh
# postgres.sh start|stop: a PostgreSQL of the arm's own, which listens on a socket in a folder of its own. It does not
# run as root, so that folder is not in the arm's, which only its owner may enter.
set -eu
programs=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
note=$ASSAY_ARM_DIR/postgres
as_server() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}
case $1 in
  start)
    folder=$(mktemp -d /tmp/postgres.XXXXXX)
    echo "$folder" >"$note"
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    cd "$folder"
    as_server "$programs/initdb" --pgdata data --auth trust --username deploy --no-sync >/dev/null
    as_server "$programs/pg_ctl" --pgdata data --log log --wait --silent \
      --options "-k $folder -c listen_addresses=" start
    ;;
  stop)
    folder=$(cat "$note")
    cd "$folder"
    as_server "$programs/pg_ctl" --pgdata data --mode fast --wait --silent stop
    cd /
    rm -rf "$folder" "$note"
    ;;
esac
