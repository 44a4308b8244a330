# What all recipes share: the settings, and spans where somebody reads them.
. ./pipeline.conf
export READY_SECONDS
span() { # span NAME -- COMMAND...
  if command -v assay-span >/dev/null; then assay-span "$@"; else shift 2; "$@"; fi
}
mkdir -p out
