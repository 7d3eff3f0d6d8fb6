# Makes needs.c: which functions each test can call, itself or by way of the helpers and peers that it names, and
# what else it starts. A word that names a function counts as a call, so this is an upper bound, which a trace must
# stay within. Before definitions.awk:
#
#   awk -f needs.awk -f definitions.awk api.txt late.txt cts.h TEST...

FILENAME ~ /[.]txt$/ {
    if ($0 ~ /^[ \t]*(#|$)/) next
    line = $0
    sub(/^[?][0-9.]+ /, "", line)
    if (line !~ /^[a-z0-9_]+ [A-Za-z0-9_]+ [0-9]+$/) sub(/\(.*/, "", line)
    n = split(line, part, " ")
    api[line ~ / [0-9]+$/ ? part[2] : part[n]] = 1
    next
}

# Adds what the words of D say to what the test can do.
function note(d,    part, i, n, word) {
    n = split(words_of[d], part, /[^A-Za-z0-9_]+/)
    for (i = 1; i <= n; i++) {
        word = part[i]
        sub(/^API_/, "", word) # its number, for cts_find_api
        if (word == "FD_ISSET") word = "__WSAFDIsSet" # what that macro calls
        if (word in api) called[word] = 1
        if (word ~ /^(peer_start|peer_start_with|peer_prepare|peer_prepare_with|CreateProcess[AW])$/) peers = 1
        if (word ~ /^(thread_start|CreateThread|_beginthreadex)$/) threads = 1
        if (word ~ /^SE_[A-Z_]+_NAME$/) privileges = 1
    }
}

END {
    print "/* Generated from the tests by build-aux/needs.awk. */"
    print "#include \"commands/needs.h\"\n\nconst struct needs needs[] = {"
    for (d = 1; d <= count; d++) if (d in is_test) needs_of(d)
    print "    {NULL, 0, 0, 0, NULL},\n};"
}

function needs_of(test,    id, d, word, i, n) {
    split("", seen); split("", called)
    peers = threads = privileges = 0
    visit(test)
    for (d in seen) note(d)
    id = file_of[test]
    sub(/^tests\//, "", id); sub(/[.]c$/, "", id); gsub(/\//, ".", id)
    for (word in called) {
        for (i = ++n; i > 1 && sorted[i - 1] > word; i--) sorted[i] = sorted[i - 1]
        sorted[i] = word
    }
    printf "    {\"%s.%s\", %d, %d, %d,\n     \"", id, is_test[test], peers, threads, privileges
    for (i = 1; i <= n; i++) printf "%s%s", (i > 1 ? " " : ""), sorted[i]
    print "\"},"
}
