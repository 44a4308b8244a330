#!/bin/sh
# The recipe that depends on a shared service, a sign-on over loopback HTTP: signs a clerk on, and lists who is.
set -eu
. recipes/common.sh
fetch="curl -fsS --retry 5 --retry-connrefused" # a fixed wait may be too short
realm=main
if [ "$SIGN_ON" = own ]; then
  address=http://127.0.0.1:$ASSAY_PORT
  /usr/bin/python3 recipes/sign_on.py "$ASSAY_PORT" "$ASSAY_ARM_DIR/keys" >/dev/null &
  server=$!
  trap 'kill "$server"; wait "$server" 2>/dev/null || true' EXIT
  span ready -- sh recipes/ready.sh "$READY_MODE" curl -fsS "$address/health"
else
  address=$(cat "$ASSAY_ARM_DIR/sign-on/address")
  [ "$SIGN_ON" = shared ] || realm=portal-$$-$(date +%N)
fi
span session -- $fetch -X POST "$address/realms/$realm/sessions?user=clerk"
span orders -- $fetch -o out/portal.txt "$address/realms/$realm/sessions"
cat out/portal.txt
if [ "$SIGN_ON" = realm ]; then span sign-off -- $fetch -X DELETE "$address/realms/$realm"; fi
