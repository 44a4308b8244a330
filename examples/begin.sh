# How every story begins. story.sh sources it after it sets
#   here    its own folder
#   needs   the programs that it runs, each as PROGRAM or PROGRAM=PACKAGE if Debian's package has another name; a path
#           may be a pattern
# and it sets
#   assay   the absolute path of the program: the story's first argument, or what assay.sh finds or builds
#   lab     the absolute path of the folder to work in: the second argument, or a temporary folder
#   say     a function that ends a stage with the time that it took, and begins the next one
# It installs what is missing (as root, or through sudo), or ends the story with a line that names the packages.

missing=
for need in $needs; do
  for program in ${need%%=*}; do break; done # the first file that a pattern matches
  command -v "$program" >/dev/null || missing="$missing ${need#*=}"
done
if [ -n "$missing" ]; then
  if [ -x "$here/../../tests/support/install_packages.sh" ]; then
    "$here/../../tests/support/install_packages.sh" -- $missing
  else
    echo "story.sh: these packages are missing; install them first:$missing" >&2
    exit 1
  fi
fi
assay=$("$here/../assay.sh" "${1:-}")
lab=$(realpath -m "${2:-$(mktemp -d)/lab}")

# The stories have people and machines of their own: settings of yours must not take their place.
unset ASSAY ASSAY_ACTOR CI GITHUB_ACTIONS GITHUB_STEP_SUMMARY GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL EMAIL
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

story_began=$(date +%s)
stage_began=
say() {
  now=$(date +%s)
  [ -z "$stage_began" ] || printf '   (%s s, %s s in all)\n' "$((now - stage_began))" "$((now - story_began))"
  printf '\n== %s\n' "$*"
  stage_began=$now
}
printf 'assay  %s\nlab    %s\n' "$assay" "$lab"
