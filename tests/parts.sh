# What tests/run and tests/run-long share: parts, counted and timed.
#
# A part is a function part_NAME.  It writes to build/tests/NAME.log, in which
# tests/collect counts.  A part that cannot run has failed: nothing is
# skipped.
[ -d .node/bin ] && PATH=$PWD/.node/bin:$PATH
export PATH
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
python=/usr/bin/python3         # Debian's, whose modules the tests use
logs=$PWD/build/tests
passed=0 failed=0

# compile DIRECTORY COMPILER OPTION...
compile()
{
	local dir=$1 compiler=$2
	shift 2
	[ -f "$dir/build.ninja" ] || CC=$compiler meson setup "$dir" "$@" ||
	    CC=$compiler meson setup --wipe "$dir" "$@" || return 1
	ninja -C "$dir" -j "$(nproc)" &&
	    ln -sf src/app/fjouwer "$dir/fjouwer"
}

# The counts are in Meson's own log; what it prints is marked, so that nothing
# is counted twice.
unit()
{
	meson test -C "$1" --no-rebuild --quiet --print-errorlogs "${@:2}" |
	    sed 's/^/| /'
	tests/collect --meson "$1/meson-logs/testlog.json"
}

# Run a part, count, and show the end of its log when something failed.
run_part()
{
	local name=$1 log=$logs/$1.log start=$SECONDS counts
	"part_$name" >"$log" 2>&1 </dev/null
	counts=$(tests/collect --exit $? "$log")
	read -r p f <<<"$counts"
	printf '%-18s %5d passed %4d failed  %5d s\n' "$name" "$p" "$f" \
	    $((SECONDS - start))
	[ "$f" = 0 ] || tail -n 60 "$log" | sed 's/^/    /'
	passed=$((passed + p)) failed=$((failed + f))
}

# run_parts NAME...; true when nothing failed
run_parts()
{
	local name
	mkdir -p "$logs"
	for name in "$@"; do
		run_part "$name"
	done
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ]
}
