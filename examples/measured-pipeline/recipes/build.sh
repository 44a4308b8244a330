#!/bin/sh
# The heavy recipe: compiles a program of three sources, and runs it.
set -eu
. recipes/common.sh
compiler=g++
if [ "$BUILD_CACHE" = on ]; then
  compiler="ccache g++"
  CCACHE_DIR=$ASSAY_ARM_DIR/ccache
  export CCACHE_DIR
fi
mkdir -p "$ASSAY_ARM_DIR/objects"
span compile -- make --silent --directory program OBJECTS="$ASSAY_ARM_DIR/objects" CXX="$compiler"
span test -- sh -c '"$1" >out/build.txt' sh "$ASSAY_ARM_DIR/objects/report"
