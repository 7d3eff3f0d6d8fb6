# Makes late-slots.c from harness/api.txt and harness/late.txt: see harness/case/late.h. A function of
# api.txt has its number in `enum api` here, too; an optional one has no symbol to be linked by.

# Bytes of parameters on the stack of 32-bit x86, which are part of a function's symbol there.
function bytes_of(parameters,    part, i, count, bytes) {
    count = parameters == "void" ? 0 : split(parameters, part, /, */)
    for (i = 1; i <= count; i++)
        bytes += part[i] ~ /^(ULONG64|LARGE_INTEGER) [A-Za-z]+/ ? 8 : 4
    return bytes + 0
}

function fail(text) {
    printf "%s:%d: %s\n", FILENAME, FNR, text > "/dev/stderr"
    failed = 1
    exit 1
}

/^[ \t]*(#|$)/ { next }

# A function of late.txt that has become the subject of a test stands in api.txt, too.
/^[a-z0-9_]+ [A-Za-z0-9_]+ [0-9]+$/ {
    if (known[$2]++) next
    module[++n] = $1; name[n] = $2; bytes[n] = $3
    next
}

{ optional[++n] = sub(/^[?][0-9.]+ /, "") }

{
    split($0, word, /[ (]/)
    module[n] = word[1]; name[n] = word[3]
    if (known[name[n]]++) fail(name[n] " is listed twice")
    list = $0
    sub(/^[^(]*\(/, "", list)
    sub(/\)$/, "", list)
    bytes[n] = bytes_of(list)
}

END {
    if (failed) exit 1
    print "/* Generated from harness/api.txt and harness/late.txt by build-aux/late.awk. */"
    print "#include \"case/late.h\"\n"
    print "const struct late late[] = {"
    for (k = 1; k <= n; k++)
        printf "    {\"%s.dll\", \"%s\", %s},\n", module[k], name[k], optional[k] ? "true" : "false"
    print "};\nconst size_t late_count = sizeof(late) / sizeof(late[0]);\n"
    print "__asm__(LATE_SLOTS_BEGIN"
    for (k = 1; k <= n; k++)
        printf optional[k] ? "    LATE_SLOT_UNNAMED(\"%d\")\n" : "    LATE_SLOT(\"%d\", \"%s\", \"%d\")\n", k - 1, name[k], bytes[k]
    print "    LATE_STUBS_BEGIN"
    for (k = 1; k <= n; k++) printf "    LATE_STUB(\"%d\")\n", k - 1
    print "    LATE_CODE_BEGIN"
    for (k = 1; k <= n; k++) {
        if (!optional[k]) printf "    LATE_JUMP(\"%s\", \"%d\")\n", name[k], bytes[k]
        printf "    LATE_MISSING(\"%d\")\n", k - 1
    }
    print ");"
}
