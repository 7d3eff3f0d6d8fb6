# Sourced by the TAP scripts of this folder. They run in the top build directory or know where it is
# (top_builddir), and use only relative file names there: what runs the programs may not know others.
# shellcheck shell=sh
set -u

: "${top_builddir:=.}" "${srcdir:=.}" "${EXEEXT=.exe}" "${AWK:=awk}"
case $srcdir in /*) ;; *) srcdir=$(pwd)/$srcdir ;; esac
cd "$top_builddir" || exit 99
# shellcheck disable=SC2034 # for the scripts
suite=./winipc-cts$EXEEXT
# shellcheck disable=SC2034
harness_suite=./harness-tests$EXEEXT
work=tap-$$.tmp
mkdir "$work" || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

n=0 # checks so far

# ok DESCRIPTION COMMAND...: a check that holds when COMMAND succeeds; otherwise what `run` saw is
# shown.
ok() {
    n=$((n + 1))
    description=$1
    shift
    if "$@"; then
        printf 'ok %d - %s\n' $n "$description"
    else
        printf 'not ok %d - %s\n' $n "$description"
        printf '# %s\n' "checked: $*" "last command: $command"
        echo "# exit status $status, standard output and error (the end):"
        tail -n 40 "$work/out" "$work/err" 2> /dev/null | cut -c1-300 | sed 's/^/#   /'
    fi
}

# skip DESCRIPTION REASON
skip() {
    n=$((n + 1))
    echo "ok $n - $1 # SKIP $2"
}

# The plan, last.
plan() {
    echo "1..$n"
}

# run PROGRAM ARGUMENT...: through the launcher; leaves status, $work/out and $work/err.
run() {
    command=$*
    ./launch "$@" > "$work/out" 2> "$work/err"
    status=$?
}

# shell COMMAND...: the same for a command of this machine.
shell() {
    command=$*
    "$@" > "$work/out" 2> "$work/err"
    status=$?
}
command='' status=0

# stopped STATUS REGEX: that exit status, nothing on standard output, and exactly one line on
# standard error, which matches.
stopped() {
    test "$status" = "$1" && ! test -s "$work/out" &&
        test "$(wc -l < "$work/err")" -eq 1 && grep -Eq -- "$2" "$work/err"
}

# ended STATUS REGEX: that exit status, and a line of standard output that matches.
ended() {
    test "$status" = "$1" && grep -Eq -- "$2" "$work/out"
}

# A runner that is not to be trusted fails everything alike: said once.
./launch "$suite" --version > "$work/out" 2> "$work/err" || {
    echo "Bail out! $(head -n 1 "$work/err")"
    exit 99
}
