#!/bin/sh
# A gate on this machine: six pull requests against one base. Ends with 1 if a request is judged otherwise than it
# should be.   examples/ci-gate/story.sh [ASSAY [FOLDER]]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
needs="git"
. "$here/../begin.sh"
repository=$lab/app

mkdir -p "$repository/bench" "$repository/.assay"
cd "$repository"
git init --quiet --initial-branch=main
git config user.name "A. Maintainer"
git config user.email maintainer@example.org
cp "$here/gate.toml" .assay/gate.toml
mkdir -p .github/workflows .github/actions
cp "$here/gate.yml" "$here/gate-comment.yml" .github/workflows/
cp -R "$here/assay-gate" .github/actions/

# The program: its work is a number in a file.
cat > work.sh <<'END'
#!/bin/sh
read -r amount < amount
n=0
while [ $n -lt "$amount" ]; do n=$((n + 1)); done
echo "done $n"
END
chmod +x work.sh
echo 100000 > amount
cat > bench/check.sh <<'END'
cd .. && ./work.sh | grep -q "^done"
END
cat > bench/work.toml <<'END'
[experiment]
id = "work"
hypothesis = "The work does not get slower"

[variable]
kind = "revision"
control = "main"
treatment = "HEAD"

[[workload]]
name = "work"
command = ["sh", "-c", "cd .. && ./work.sh"]

[[metric]]
name = "cpu"
role = "primary"
margin = "3%"

[[check]]
name = "still works"
kind = "command"
command = ["sh", "check.sh"]

[protocol]
max_blocks = 120
END
git add --all
git commit --quiet --message "The base, with a gate"

# request NAME CODE: commits what was changed as a pull request of its own, judges it, and holds the exit code against
# the one that is expected.
wrong=
request() {
  git checkout --quiet -b "$1"
  git add --all
  git commit --quiet --message "$1"
  code=0
  "$assay" gate --base main --change "$1" --quiet || code=$?
  echo "exit $code"
  echo "$1 $code" >> "$lab/codes"
  [ "$code" = "$2" ] || wrong="$wrong; $1 ended with $code, and $2 was expected"
  git checkout --quiet main
}

say "A pull request that changes words"
echo "read me" > README
request words 0

say "One that does half as much work again"
echo 150000 > amount
request slower 2

say "One that does, and says that a loss of 900 % is fine"
echo 150000 > amount
sed -i 's/"3%"/"900%"/' bench/work.toml
sed -i 's/"10%"/"900%"/' .assay/gate.toml
request slower-and-wider 2

say "One that breaks the work, and deletes the check"
sed -i 's/echo "done/echo "broken/' work.sh
sed -i '/\[\[check\]\]/,/^$/d' bench/work.toml
request broken-and-unchecked 4

say "One that is slower, and empties the experiment file"
echo 150000 > amount
: > bench/work.toml
request slower-and-empty 2

say "One that changes words, while others made the base twice as fast"
echo 50000 > amount
git commit --quiet --all --message "Half the work"
git checkout --quiet -b words-behind HEAD~
echo "read me, too" > README
request words-behind-its-base 0

say "The end"
if [ -n "$wrong" ]; then
  echo "story.sh: ${wrong#; }" >&2
  exit 1
fi
