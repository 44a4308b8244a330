#!/bin/sh
# Installs the Debian packages that assay needs, and only those that are missing.
#   install_packages.sh build          what the program is built with
#   install_packages.sh build tests    and what its tests are built and run with
#   install_packages.sh ... bench      and what the benches compare with
#   install_packages.sh ... lint       and the formatter and linter
#   install_packages.sh ... package    and what the Debian packages are made and tried with
#   install_packages.sh -- PACKAGE...  the packages named
# As root, or through sudo.
set -eu

build='g++ cmake ninja-build pkg-config libboost-dev libboost-program-options-dev libeigen3-dev nlohmann-json3-dev
  libfmt-dev libtomlplusplus-dev libvalijson-dev libsqlitecpp-dev libsqlite3-dev libsodium-dev libpugixml-dev libre2-dev
  libmd4c-dev libsimdjson-dev libjs-vega'
tests='libgtest-dev libgmock-dev libbenchmark-dev librapidcheck-dev python3 python3-yaml git curl busybox make gcc binutils
  faketime chromium zsh fish man-db mandoc groff-base slurmctld slurmd slurm-client munge
  ministat libbenchmark-tools python3-scipy golang-golang-x-tools'
bench='hyperfine linux-perf python3-scipy r-cran-boot'
package='file fakeroot dpkg-dev lintian debootstrap'
lint='clang-format-14 clang-tidy-14 clang-14 libclang-rt-14-dev'

wanted=
while [ $# -gt 0 ]; do
  case $1 in
    build) wanted="$wanted $build" ;;
    tests) wanted="$wanted $tests" ;;
    bench) wanted="$wanted $bench" ;;
    lint) wanted="$wanted $lint" ;;
    package) wanted="$wanted $package" ;;
    --) shift; wanted="$wanted $*"; break ;;
    *) echo "install_packages.sh: \"$1\" is no group; groups are build, tests, bench, lint and package" >&2; exit 1 ;;
  esac
  shift
done

missing=
for package in $wanted; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null; then
  as_root=sudo
else
  echo "install_packages.sh: these packages are missing, and neither root nor sudo is at hand to install them:$missing" >&2
  exit 1
fi

echo "Installing:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
$as_root env DEBIAN_FRONTEND=noninteractive sh -c '
  apt-get update -q && apt-get install -y -q --no-install-recommends "$@"
' sh $missing >"$log" 2>&1 </dev/null || { cat "$log" >&2; exit 1; }
