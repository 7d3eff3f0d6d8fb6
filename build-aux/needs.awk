# Makes needs.c from harness/api.txt, harness/late.txt, harness/cts.h and the tests: which functions each test can
# call, itself or by way of the helpers and peers that it names, and what else it starts. A word that
# names a function counts as a call, so this is an upper bound, which a trace must stay within.
#
# A definition begins in the first column and ends with a line that begins with its closing brace, or
# with a line that ends with a semicolon and leaves no brace open.

function fail(text) {
    printf "%s:%d: %s\n", FILENAME, FNR, text > "/dev/stderr"
    failed = 1
    exit 1
}

# "tests/pipe/eof.c" of a path that leads there.
function short(path) {
    sub(/^.*tests\//, "tests/", path)
    return path
}

# Everything that stands in the definition of NAME in FILE goes there.
function define(name) {
    if (!((file, name) in words)) names[file] = names[file] " " name
    words[file, name] = words[file, name] " " text
}

# The words before the parameters, the brackets or the value are what a definition defines.
function defined_by(head,    part, i, count, word) {
    sub(/[(=].*/, "", head)
    gsub(/\[[^]]*\]/, "", head)
    count = split(head, part, /[^A-Za-z0-9_]+/)
    for (i = count; i > 0; i--)
        if (part[i] != "") return part[i]
    return ""
}

# Whether TEXT leaves no brace open.
function closed(text) {
    return gsub(/{/, "", text) == gsub(/}/, "", text)
}

function finish() {
    if (test != "") {
        tests[++test_count] = file SUBSEP test
    }
    define(test != "" ? test : name)
    open = 0; test = ""; name = ""; text = ""
}

FNR == 1 { file = short(FILENAME); open = in_comment = continued = 0; text = test = "" }

FILENAME ~ /\.txt$/ {
    if ($0 ~ /^[ \t]*(#|$)/) next
    line = $0
    sub(/^[?]/, "", line)
    if (line !~ /^[a-z0-9_]+ [A-Za-z0-9_]+ [0-9]+$/) sub(/\(.*/, "", line)
    count = split(line, part, " ")
    api[line ~ / [0-9]+$/ ? part[2] : part[count]] = 1
    next
}

{
    line = $0
    gsub(/"([^"\\]|\\.)*"/, " ", line)
    while (in_comment || line ~ /\/\*/) {
        if (in_comment) {
            if (!(at = index(line, "*/"))) { line = ""; break }
            line = substr(line, at + 2); in_comment = 0
        } else {
            at = index(line, "/*"); rest = substr(line, at + 2)
            if (end = index(rest, "*/")) line = substr(line, 1, at - 1) " " substr(rest, end + 2)
            else { line = substr(line, 1, at - 1); in_comment = 1; break }
        }
    }
    sub(/[ \t]+$/, "", line)
}

continued { text = text " " line; if (line !~ /\\$/) { continued = 0; finish() }; next }
!open && /^#define / {
    name = line; sub(/^#define +/, "", name); sub(/[^A-Za-z0-9_].*/, "", name)
    text = line; sub(/^#define +[A-Za-z0-9_]+/, "", text)
    if (line ~ /\\$/) continued = 1; else finish()
    next
}
/^#/ || (!open && line !~ /^[A-Za-z_]/) { next }

!open && line ~ /^(COVERS|COVERS_ROWS|TAKES|MUTANT|END_TEST|__attribute__)/ { next }
!open && line ~ /^START_TEST\(/ {
    test = line; sub(/^START_TEST\(/, "", test); sub(/\).*/, "", test)
    open = 1; text = ""
    next
}
!open && line ~ /^PEER\(/ {
    name = line; sub(/^PEER\(/, "", name); sub(/\).*/, "", name)
    open = 1; text = ""
    next
}
!open { open = 1; name = defined_by(line); text = "" }

{
    text = text " " line
    if (test != "" && line ~ /^}/) finish()
    else if (line ~ /^}.*[^;]$/ && line !~ /^}$/) { name = defined_by(substr(line, 2)) }
    else if (line ~ /^}/ || (line ~ /;$/ && closed(text))) {
        if (line ~ /^} *[A-Za-z_]/) name = defined_by(substr(line, 2))
        finish()
    }
}

function area_of(path) { sub(/\/[^\/]*$/, "", path); return path }

# The file that a word of FROM is defined in, "" when in none.
function home_of(word, from,    other, area) {
    if ((from, word) in words) return from
    area = area_of(from)
    for (other in names)
        if (other ~ /\.h$/ && area_of(other) == area && (other, word) in words) return other
    for (other in names)
        if (other ~ /\.h$/ && (other, word) in words) return other
    return ""
}

function visit(from, name,    part, i, count, word, home) {
    if ((from, name) in seen) return
    seen[from, name] = 1
    count = split(words[from, name], part, /[^A-Za-z0-9_]+/)
    for (i = 1; i <= count; i++) {
        word = part[i]
        sub(/^API_/, "", word) # its number, for cts_find_api
        if (word == "FD_ISSET") word = "__WSAFDIsSet" # what that macro calls
        if (word in api) called[word] = 1
        if (word ~ /^(peer_start|peer_start_with|peer_prepare|peer_prepare_with|CreateProcess[AW])$/) peers = 1
        if (word ~ /^(thread_start|CreateThread|_beginthreadex)$/) threads = 1
        if (word ~ /^SE_[A-Z_]+_NAME$/) privileges = 1
        if (word != "" && !(word in api) && !((from, word) in seen)) {
            home = home_of(word, from)
            if (home != "") visit(home, word)
        }
    }
}

END {
    if (failed) exit 1
    print "/* Generated from the tests by build-aux/needs.awk. */"
    print "#include \"needs.h\"\n\nconst struct needs needs[] = {"
    for (t = 1; t <= test_count; t++) {
        split(tests[t], place, SUBSEP)
        split("", seen); split("", called)
        peers = threads = privileges = 0
        visit(place[1], place[2])
        id = place[1]
        sub(/^tests\//, "", id); sub(/\.c$/, "", id); gsub(/\//, ".", id)
        count = 0
        for (word in called) {
            for (i = ++count; i > 1 && sorted[i - 1] > word; i--) sorted[i] = sorted[i - 1]
            sorted[i] = word
        }
        printf "    {\"%s.%s\", %d, %d, %d,\n     \"", id, place[2], peers, threads, privileges
        for (i = 1; i <= count; i++) printf "%s%s", (i > 1 ? " " : ""), sorted[i]
        print "\"},"
    }
    print "    {NULL, 0, 0, 0, NULL},\n};"
}
