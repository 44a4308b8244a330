#!/bin/bash
# Makes the Debian packages of a build, asks lintian, installs assay in a fresh minimal Debian 12, and settles the
# quickstart's question there.   package_test.sh BUILD SCRATCH
# Needs root, for the fresh root: otherwise it ends with 77, which ctest reports as skipped.
set -euo pipefail
build=$1 scratch=$2
[ "$(id -u)" = 0 ] || { echo "a fresh root needs root"; exit 77; }

root=$(mktemp -d /var/tmp/assay-package.XXXXXX)
leave() {
  for mount in proc dev/shm dev sys; do
    if mountpoint -q "$root/$mount"; then umount -l "$root/$mount"; fi
  done
  rm -rf --one-file-system "$root" "$root.log" "$root.times" "$root.files"
}
trap leave EXIT
fail() { echo "package_test.sh: $*" >&2; exit 1; }

rm -rf "$scratch"
(cd "$build" && cpack -B "$scratch") >"$root.log" 2>&1 || { cat "$root.log" >&2; exit 1; }
rm -rf "$scratch/_CPack_Packages"
program=$(ls "$scratch"/assay_*.deb) library=$(ls "$scratch"/libassay-dev_*.deb)

lintian --allow-root --fail-on error "$program" "$library" || fail "lintian found errors"

debootstrap --variant=minbase bookworm "$root" >"$root.log" 2>&1 || { tail -5 "$root.log" >&2; exit 1; }
chmod 755 "$root"
cp /etc/resolv.conf "$root/etc/resolv.conf"
for mount in proc dev sys; do mount --bind "/$mount" "$root/$mount"; done
mkdir -p "$root/dev/shm"
mount -t tmpfs tmpfs "$root/dev/shm"
cp "$program" "$root/root/"

in_root() {
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb LANG=C.UTF-8 chroot "$root" bash -euc "$1"
}
in_root "apt-get install -y -q --no-install-recommends /root/$(basename "$program")" >"$root.log" 2>&1 ||
  { tail -20 "$root.log" >&2; exit 1; }

# A newcomer's first verdict: from the installed package to a recorded decision. A minute of processor time is the most;
# the time on the wall is only printed, since it is that of whatever else this machine does.
first_verdict='mkdir /root/lab; cd /root/lab
  examples=/usr/share/doc/assay/examples/sort-locale
  sh $examples/make-words.sh >words.txt
  assay init . >/dev/null
  cp $examples/experiment.toml sort-locale.toml
  assay run --quiet sort-locale.toml
  grep -q sort-locale DECISIONS.md
  assay verify'
TIMEFORMAT='%0U %0S %0R'
{ time in_root "$first_verdict" >"$root.log" 2>&1 || { cat "$root.log" >&2; fail "the first verdict failed"; }; } \
  2>"$root.times" || { cat "$root.times" >&2; exit 1; }
read -r user system wall < <(tail -n 1 "$root.times")
cat "$root.log"
echo "first verdict after $wall s ($((user + system)) s of processor time)"
[ $((user + system)) -lt 60 ] || fail "the first verdict took more than a minute of processor time"

version=$(dpkg-deb -f "$program" Version)
in_root 'test -s /usr/share/assay/experiment.schema.json
  test -s /usr/share/man/man1/assay-run.1.gz || grep -q "path-exclude=/usr/share/man" /etc/dpkg/dpkg.cfg.d/*
  bash -n /usr/share/bash-completion/completions/assay
  test -s /usr/share/zsh/vendor-completions/_assay
  test -s /usr/share/fish/vendor_completions.d/assay.fish' || fail "a file of the package is missing"
dpkg-deb -c "$program" | grep -q ' ./usr/share/man/man5/assay-experiment.5.gz$' || fail "the manual pages are missing"
dpkg-deb -c "$program" | awk '{print $6}' >"$root.files"
grep -oE '\]\([^):#]+' "$(dirname "$0")/../../README.md" | cut -c 3- | while read -r link; do
  grep -qxE "\./usr/share/doc/assay/${link%/}/?" "$root.files" || { echo "README.md links to $link" >&2; exit 1; }
done || fail "a document is missing"
in_root 'apt-get purge -y -q assay' >"$root.log" 2>&1 || { tail -5 "$root.log" >&2; exit 1; }
in_root '! ls /usr/share/assay /usr/share/doc/assay' 2>/dev/null || fail "purging left files"
echo "assay $version installs, runs and is purged"
