# Reads C sources as definitions: what each defines, which words it uses, and its text. For needs.awk and
# sources.awk. Ours are formatted by clang-format, which is what this relies on: a definition begins in the first column
# and ends with a line that begins with its closing brace, or with a line that ends with a semicolon and
# leaves no brace open.
#
#   count                       definitions so far; D is one's number
#   file_of[D] line_of[D]       where it begins
#   text_of[D] words_of[D]      as it stands, with the comment right before it; without comments and texts
#   named[FILE, NAME]           the numbers of those in FILE that define NAME
#   is_test[D]                  the name of the test that it is
#   is_tag[D, NAME]             NAME is the tag of a struct, union or enum there
#   is_macro[D]                 it is a #define
#   base first_base             the files that all others stand on: those that are not below tests/
#   includes[FILE] system[FILE] what FILE includes: "NAME", <NAME>

# "tests/pipe/eof.c" of a path that leads there.
function short(path) {
    if (sub(/^.*tests\//, "tests/", path)) return path
    sub(/^.*harness\//, "harness/", path)
    sub(/^.*bare\//, "bare/", path)
    return path
}

function add_name(name) {
    if (name != "" && index(named[file, name] " ", " " count " ") == 0) named[file, name] = named[file, name] " " count
}

function last_word(text,    part, i) {
    gsub(/\[[^]]*\]/, "", text)
    for (i = split(text, part, /[^A-Za-z0-9_]+/); i > 0; i--)
        if (part[i] != "") return part[i]
    return ""
}

function first_word(text) {
    sub(/^[^A-Za-z0-9_]+/, "", text)
    sub(/[^A-Za-z0-9_].*/, "", text)
    return text
}

# What stands behind the brace that closes the first one.
function after_braces(text,    at, depth, c) {
    at = index(text, "{")
    for (depth = 1; depth && ++at <= length(text);) {
        c = substr(text, at, 1)
        depth += (c == "{") - (c == "}")
    }
    return substr(text, at + 1)
}

function names_of(text,    head, body, part, i, n) {
    gsub(/__attribute__\(\([^)]*\)\)/, "", text)
    gsub(/CTS_PRINTF\([^)]*\)/, "", text)
    head = text
    sub(/[{;=].*/, "", head)
    if (match(head, /(struct|union|enum) +[A-Za-z0-9_]+ *$/) && text ~ /^[^;=]*[{]/) {
        add_name(last_word(head))
        is_tag[count, last_word(head)] = 1
    }
    if (head ~ /\(/) {
        # "HANDLE open(...)", or "HANDLE (*open)(...)"
        if (!match(head, /^[^(]*\((WINAPI|CALLBACK|PASCAL)? ?\*[A-Za-z0-9_]+/)) match(head, /^[^(]*/)
        add_name(last_word(substr(head, 1, RLENGTH)))
        return
    }
    if (head ~ /(^| )enum( |$)/ && text ~ /^[^;=]*[{]/) {
        body = substr(text, index(text, "{") + 1)
        sub(/[}].*/, "", body)
        n = split(body, part, ",")
        for (i = 1; i <= n; i++) add_name(first_word(part[i]))
    }
    if (text ~ /^[^;=]*[{]/ && head ~ /(struct|union|enum)( |$)/) text = after_braces(text)
    # Several may stand in one line, each with what it begins with.
    while (gsub(/[{][^{}]*[}]/, "", text)) {}
    while (gsub(/[(][^()]*[)]/, "", text)) {}
    gsub(/=[^,;]*/, "", text)
    sub(/;.*/, "", text)
    n = split(text, part, ",")
    for (i = 1; i <= n; i++) add_name(last_word(part[i]))
}

function begin() {
    open = 1
    count++
    file_of[count] = file
    line_of[count] = FNR - comment_lines
    text_of[count] = comment
    words_of[count] = ""
    comment = ""; comment_lines = 0
}

function finish() {
    if (kind == "macro" || kind == "conditions") is_macro[count] = 1
    if (kind == "define" || kind == "plain") names_of(words_of[count])
    open = 0
    kind = ""
}

# Whether TEXT leaves no brace open.
function closed(text) {
    return gsub(/{/, "", text) == gsub(/}/, "", text)
}

# A line without its texts and comments.
function bare_line(line,    at, end, rest) {
    gsub(/"([^"\\]|\\.)*"/, " ", line)
    gsub(/'([^'\\]|\\.)'/, " ", line)
    while (in_comment || line ~ /\/\*/) {
        if (in_comment) {
            if (!(at = index(line, "*/"))) return ""
            line = substr(line, at + 2)
            in_comment = 0
        } else {
            at = index(line, "/*")
            rest = substr(line, at + 2)
            if (end = index(rest, "*/")) line = substr(line, 1, at - 1) " " substr(rest, end + 2)
            else {
                line = substr(line, 1, at - 1)
                in_comment = 1
            }
            if (in_comment) break
        }
    }
    sub(/[ \t]+$/, "", line)
    return line
}

FNR == 1 {
    file = short(FILENAME)
    is_file[file] = 1
    if (file !~ /^tests\//) {
        is_base[file] = 1
        base = base " " file
        if (file ~ /^bare\//) first_base = file
    }
    open = in_comment = conditions = 0
    comment = kind = ""
    comment_lines = 0
}

{
    sub(/\r$/, "")
    was_in_comment = in_comment
    line = bare_line($0)
}

# A comment that stands right before a definition belongs to it.
!open && line == "" {
    if (was_in_comment || $0 ~ /^\/\*/) {
        comment = comment $0 "\n"
        comment_lines++
    } else {
        comment = ""
        comment_lines = 0
    }
    next
}

!open && /^#include/ {
    name = $2
    gsub(/["<>]/, "", name)
    if ($2 ~ /^"/) includes[file] = includes[file] " " name
    else system_of[file] = system_of[file] " " name
    comment = ""; comment_lines = 0
    next
}
# Conditions stand with all that they are about; but for the one that keeps a header from being read twice.
!open && /^#if/ && !/_H$/ {
    begin()
    kind = "conditions"
    conditions = 0
}
kind == "conditions" {
    text_of[count] = text_of[count] $0 "\n"
    words_of[count] = words_of[count] " " line
    if (line ~ /^#define /) add_name($2 ~ /\(/ ? first_word($2) : $2)
    conditions += (line ~ /^#if/) - (line ~ /^#endif/)
    if (conditions == 0) finish()
    next
}
!open && /^#define / && !/_H$/ {
    begin()
    kind = "macro"
    name = $2
    sub(/\(.*/, "", name)
    add_name(name)
}
kind == "macro" {
    text_of[count] = text_of[count] $0 "\n"
    words_of[count] = words_of[count] " " line
    if (line !~ /\\$/) finish()
    next
}
!open && (/^#/ || line !~ /^[A-Za-z_]/ || line ~ /^(COVERS|COVERS_ROWS|TAKES|MUTANT|END_TEST)/) {
    comment = ""; comment_lines = 0
    next
}
!open {
    begin()
    kind = "plain"
    raw = $0
    if (line ~ /^(START_TEST|PEER)\(/) {
        name = line
        sub(/^[A-Z_]+\(/, "", name)
        sub(/\).*/, "", name)
        add_name(name)
        kind = line ~ /^START/ ? "test" : "peer"
        if (kind == "test") is_test[count] = name
        else is_peer[count] = name
        raw = "static void " name "(int _i)"
        line = ""
    }
    text_of[count] = text_of[count] raw "\n"
    words_of[count] = line
    if (line ~ /;$/ && closed(line)) finish()
    next
}
{
    text_of[count] = text_of[count] $0 "\n"
    words_of[count] = words_of[count] " " line
    if (line ~ /^}/ && (kind != "plain" || line ~ /;$/ || line == "}")) finish()
    else if (kind == "plain" && line ~ /;$/ && closed(words_of[count])) finish()
}

# ---- What a definition needs

# The file that FROM includes as NAME, "" for one that was not read.
function included(from, name,    dir) {
    dir = from
    sub(/[^\/]*$/, "", dir)
    if ((dir name) in is_file) return dir name
    if (("tests/" name) in is_file) return "tests/" name
    return ""
}

# FILE, and before it all that it includes, with a blank before each.
function order_of(from,    part, i, n, other, all) {
    if (from in ordered) return ordered[from]
    ordered[from] = "" # for files that include each other
    n = split(includes[from], part, " ")
    for (i = 1; i <= n; i++)
        if ((other = included(from, part[i])) != "") all = add_words(all, order_of(other))
    return ordered[from] = add_words(all, from)
}

# TEXT and those words of MORE that it has not.
function add_words(text, more,    part, i, n) {
    n = split(more, part, " ")
    for (i = 1; i <= n; i++)
        if (index(text " ", " " part[i] " ") == 0) text = text " " part[i]
    return text
}

# The definitions of WORD as FROM knows it: its own, those of what it includes, the last first, or those
# of `base`, which stands before all.
function meaning(word, from,    part, i, n, all) {
    if (!(from in is_base)) {
        n = split(order_of(from), part, " ")
        for (i = n; i > 0; i--)
            if ((part[i], word) in named) return named[part[i], word]
    }
    if ((first_base, word) in named) return named[first_base, word]
    n = split(base, part, " ")
    for (i = 1; i <= n; i++)
        if ((part[i], word) in named) all = add_words(all, named[part[i], word])
    return all
}

# The definitions that this one names.
function needed_by(d,    text, part, i, n, name, all, did) {
    if (d in needed) return needed[d]
    text = words_of[d]
    while (match(text, /(optional_api|api_exists|CTS_API_NUMBER)\([A-Za-z0-9_]+\)/)) {
        name = substr(text, RSTART, RLENGTH)
        gsub(/^.*\(|\)$/, "", name)
        text = substr(text, 1, RSTART - 1) " " substr(text, RSTART, RLENGTH - length(name) - 2) " " name " API_" name " " substr(text, RSTART + RLENGTH)
    }
    n = split(text, part, /[^A-Za-z0-9_]+/)
    for (i = 1; i <= n; i++)
        if (part[i] != "" && !(part[i] in did)) {
            did[part[i]] = 1
            all = add_words(all, meaning(part[i], file_of[d]))
        }
    return needed[d] = all
}

# Leaves D, and all that it needs, in seen.
function visit(d,    part, i, n) {
    if (d in seen) return
    seen[d] = 1
    n = split(needed_by(d), part, " ")
    for (i = 1; i <= n; i++) visit(part[i])
}
