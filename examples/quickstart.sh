#!/bin/sh
# From nothing to a recorded decision: installs what is missing, builds assay, and runs a real experiment that settles
# whether LC_ALL=C makes sort faster.   examples/quickstart.sh [LAB_FOLDER]
set -eu
cd "$(dirname "$0")/.."
project=$PWD
lab=${1:-$project/build/quickstart-lab}

assay=$(examples/assay.sh --build)

# A missing locale silently runs as C and would make both arms the same.
for locale in C.UTF-8 C; do
  charmap=$(LC_ALL=$locale locale charmap)
  case $locale:$charmap in
    C.UTF-8:UTF-8 | C:ANSI_X3.4-1968) ;;
    *) echo "quickstart.sh: the locale $locale is not usable here (its character map is $charmap)" >&2; exit 1 ;;
  esac
done

mkdir -p "$lab"
cd "$lab"
if [ ! -s words.txt ]; then
  echo "Making 20 MB of text"
  "$project/examples/sort-locale/make-words.sh" >words.txt.part
  mv words.txt.part words.txt
fi
[ -d .assay ] || "$assay" init .
cp "$project/examples/sort-locale/experiment.toml" sort-locale.toml

set +e
"$assay" run sort-locale.toml
code=$?
set -e
case $code in
  0) ;;
  5) echo "This lab has settled the question already; its record:" && "$assay" show sort-locale ;;
  *) exit $code ;;
esac
echo
echo "$lab/DECISIONS.md now says:"
echo
cat DECISIONS.md
