#!/bin/sh
# sign-on.sh start|stop: the sign-on that all runs of an arm share, unless each has its own.
set -eu
. recipes/common.sh
[ "$SIGN_ON" != own ] || exit 0
folder=$ASSAY_ARM_DIR/sign-on
case $1 in
  start)
    mkdir -p "$folder"
    /usr/bin/python3 recipes/sign_on.py 0 "$folder/keys" >"$folder/address.part" 2>/dev/null &
    echo "$!" >"$folder/process"
    sh recipes/ready.sh poll test -s "$folder/address.part"
    mv "$folder/address.part" "$folder/address"
    ;;
  stop)
    kill "$(cat "$folder/process")"
    rm -rf "$folder"
    ;;
esac
