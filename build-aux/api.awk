# Makes api.h (want=header) or api-hooks.c (want=source) from harness/api.txt.
# Any line it cannot read stops the build with one message.

function fail(text) {
    printf "%s:%d: %s\n", FILENAME, FNR, text > "/dev/stderr"
    failed = 1
    exit 1
}

# How the trace prints a parameter of this type on the way in.
function class_of(type) {
    if (type ~ /^(HANDLE|HWND|SOCKET|WSAEVENT)$/) return "handle"
    if (type == "BOOL") return "bool"
    if (type ~ /^(LPCWSTR|LPWSTR)$/) return "wide"
    if (type ~ /^(LPCSTR|LPSTR)$/) return "text"
    if (type == "LPSECURITY_ATTRIBUTES") return "security"
    if (type == "const struct sockaddr*") return "sockaddr"
    if (type ~ /^(LPDWORD|PDWORD|PULONG|LPLONG|LPINT|int\*|u_long\*)$/) return "dword_at"
    if (type ~ /^(PHANDLE|LPHANDLE)$/) return "handle_at"
    if (type ~ /\*$/ || type ~ /^(LP|P)[A-Z]/) return "pointer"
    if (type ~ /^(DWORD|UINT|ULONG|WORD|UCHAR|INT|LONG|int|u_int|long|SIZE_T|DWORD_PTR|ULONG_PTR|ULONG64|GROUP|u_long|u_short)$/) return "number"
    if (type == "const PTIMEVAL") return "pointer"
    if (type == "LARGE_INTEGER") return "large"
    if (type == "struct in_addr") return "in_addr"
    fail("no trace format for the type '" type "'")
}

# How the trace prints a result of this type.
function result_class(type) {
    if (type ~ /^BOOL(EAN)?$/) return "bool"
    if (type ~ /^(HANDLE|SOCKET|WSAEVENT)$/) return "handle"
    if (type ~ /^(LPVOID|LPC?W?STR|LPHOSTENT|LPSERVENT|LPPROTOENT|PTP_IO)$/) return "pointer"
    if (type == "int") return "int"
    if (type ~ /^(DWORD|SIZE_T|u_long|u_short)$/) return "number"
    fail("no trace format for the result type '" type "'")
}

/^[ \t]*(#|$)/ { next }

{
    line = $0
    since_when = ""
    if (sub(/^[?]/, "", line)) {
        if (!match(line, /^[0-9]+[.][0-9]+([.][0-9]+)? /)) fail("'?' and no version, such as '?6.2 '")
        since_when = substr(line, 1, RLENGTH - 1)
        line = substr(line, RLENGTH + 1)
    }
    if (!match(line, /^[a-z0-9_]+ [A-Za-z_]+ [A-Za-z0-9_]+\(.*\)$/)) fail("not 'module result name(type parameter, ...)'")
    split(line, word, /[ (]/)
    if (word[3] in known) fail(word[3] " is listed twice")
    known[word[3]] = 1
    module[++n] = word[1]; result[n] = word[2]; name[n] = word[3]; since[n] = since_when
    list = line
    sub(/^[^(]*\(/, "", list)
    sub(/\)$/, "", list)
    count[n] = (list == "void") ? 0 : split(list, part, /, */)
    for (i = 1; i <= count[n]; i++) {
        p = part[i]
        set[n, i] = ""
        if (match(p, /[{][A-Z_]+[}]$/)) {
            set[n, i] = substr(p, RSTART + 1, RLENGTH - 2)
            p = substr(p, 1, RSTART - 1)
        }
        if (!match(p, /[A-Za-z0-9_]+$/)) fail("a parameter without a name: '" p "'")
        parameter[n, i] = substr(p, RSTART)
        type[n, i] = substr(p, 1, RSTART - 1)
        sub(/ +$/, "", type[n, i])
        class_of(type[n, i])
    }
    if (result[n] != "void") result_class(result[n])
}

function parameters(k, with_types,    i, s) {
    for (i = 1; i <= count[k]; i++)
        s = s (i > 1 ? ", " : "") (with_types ? type[k, i] " " : "") parameter[k, i]
    return (s == "" && with_types) ? "void" : s
}

function header(    k) {
    print "/* Generated from harness/api.txt by build-aux/api.awk. */"
    print "#ifndef CTS_API_H\n#define CTS_API_H\n"
    print "/* The numbers of the functions under test. */\nenum {"
    for (k = 1; k <= n; k++) printf "    API_%s,\n", name[k]
    print "    API_COUNT\n};\n\n#endif"
}

function source(    k, i, c) {
    print "/* Generated from harness/api.txt by build-aux/api.awk. */"
    print "#include \"cts.h\"\n#include \"case/interpose.h\"\n#include \"case/trace.h\"\n"
    print "/* As cts.h declares them, by their types in the headers. */"
    for (k = 1; k <= n; k++) {
        printf "typedef %s(WINAPI *fn_%s)(%s);\n", result[k], name[k], parameters(k, 1)
        printf "extern __typeof__(&%s) real_%s;\n__typeof__(&%s) real_%s;\n", name[k], name[k], name[k], name[k]
        printf "extern const unsigned api_%s;\nconst unsigned api_%s = API_%s;\n\n", name[k], name[k], name[k]
    }
    for (k = 1; k <= n; k++) {
        printf "static %s WINAPI hook_%s(%s)\n{\n", result[k], name[k], parameters(k, 1)
        printf "    (void)sizeof(%s(%s), 0); /* the parameters are those in the headers */\n", name[k], parameters(k, 0)
        print "    struct trace_call call;"
        printf "    trace_begin(&call, \"%s\");\n", name[k]
        for (i = 1; i <= count[k]; i++) {
            if (set[k, i] != "")
                printf "    trace_flags(&call, \"%s\", (DWORD)%s, %s);\n", parameter[k, i], parameter[k, i], set[k, i]
            else {
                c = class_of(type[k, i])
                if (c ~ /_at$/) c = "pointer"
                printf "    trace_%s(&call, \"%s\", %s%s);\n", c, parameter[k, i], cast_of(c), parameter[k, i]
            }
        }
        print "    trace_calling(&call);"
        printf "    %s((fn_%s)interposed[API_%s].target)(%s);\n", result[k] == "void" ? "" : result[k] " result = ", name[k], name[k], parameters(k, 0)
        print "    trace_returned(&call);"
        if (result[k] == "void") {
            print "    trace_end(&call);\n}\n"
            continue
        }
        printf "    trace_result_%s(&call, %sresult);\n", result_class(result[k]), cast_of(result_class(result[k]))
        for (i = 1; i <= count[k]; i++) {
            c = class_of(type[k, i])
            if (c ~ /_at$/) printf "    trace_%s(&call, \"%s\", %s);\n", c, parameter[k, i], parameter[k, i]
        }
        print "    trace_end(&call);\n    return result;\n}\n"
    }
    for (k = 1; k <= n; k++) {
        printf "static void zeros_%s(FARPROC function)\n{\n    ((fn_%s)function)(", name[k], name[k]
        for (i = 1; i <= count[k]; i++)
            printf "%s(%s){0}", (i > 1 ? ", " : ""), type[k, i]
        print ");\n}\n"
    }
    print "struct interposed interposed[API_COUNT] = {"
    for (k = 1; k <= n; k++)
        printf "    {.module = \"%s.dll\", .name = \"%s\", .hook = (FARPROC)hook_%s, .call_with_zeros = zeros_%s, .real = (any_function *)&real_%s, .optional = %s, .since = \"%s\"},\n", module[k], name[k], name[k], name[k], name[k], since[k] == "" ? "false" : "true", since[k] == "" ? "6.1" : since[k]
    print "};"
}

function cast_of(class) {
    if (class == "handle") return "(UINT_PTR)"
    if (class == "number") return "(uint64_t)"
    if (class == "pointer") return "(const void *)"
    return ""
}

END {
    if (failed) exit 1
    if (want == "header") header(); else source()
}
