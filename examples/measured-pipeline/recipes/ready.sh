# ready.sh MODE COMMAND...: waits for a fixed time, or until the command succeeds, for 10 s at most.
mode=$1
shift
if [ "$mode" = sleep ]; then exec sleep "$READY_SECONDS"; fi
tries=500
until "$@" >/dev/null 2>&1; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || exit 1
  sleep 0.02
done
