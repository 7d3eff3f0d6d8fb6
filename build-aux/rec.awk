# The syntax of records, for catalogue.awk and expectations.awk; harness/base/rec.c reads the same in the
# same words. A kind of records is given by
#
#   known   its fields, separated by blanks; those that a record needs end in '!'
#   one_of[FIELD]   the values that there are, separated by blanks
#   judge_record()  what else is to be said of value[FIELD] at field_place[FIELD], or record_place
#
# rec_line() takes a line of a file of records, rec_end() the end of a file. A mistake is one line
# "file:line: what". Needs LC_ALL=C: characters are looked at byte by byte.

function complain(place, text) {
    print place ": " text > "/dev/stderr"
    mistakes++
}

function is_one_of(word, words) { return index(" " words " ", " " word " ") && word !~ / / }

function judge_syntax(    n, i, name, needed, field) {
    n = split(known, field, " ")
    for (i = 1; i <= n; i++) {
        name = field[i]
        needed = sub(/!$/, "", name)
        if (!(name in value)) {
            if (needed) { complain(record_place, "a record without " name); return 0 }
        } else if (value[name] == "") {
            complain(field_place[name], name " is empty"); return 0
        } else if ((name in one_of) && !is_one_of(value[name], one_of[name])) {
            complain(field_place[name], name " must be one of " one_of[name]); return 0
        }
    }
    return 1
}

function rec_end(    name) {
    if (rec_fields && !rec_broken && judge_syntax()) judge_record()
    for (name in value) delete value[name]
    rec_fields = rec_descriptor = rec_broken = 0
}

function rec_mistake(text) {
    complain(FILENAME ":" FNR, text)
    rec_broken = 1
}

function rec_line(    line, name) {
    line = $0
    sub(/\r$/, "", line)
    if (line !~ /^([^\200-\377]|[\302-\337][\200-\277]|\340[\240-\277][\200-\277]|[\341-\354\356\357][\200-\277][\200-\277]|\355[\200-\237][\200-\277]|\360[\220-\277][\200-\277][\200-\277]|[\361-\363][\200-\277][\200-\277][\200-\277]|\364[\200-\217][\200-\277][\200-\277])*$/) {
        rec_mistake("not UTF-8"); return
    }
    if (line ~ /[^\t\040-\176\200-\377]/) { rec_mistake("a control character"); return }
    sub(/[ \t]+$/, "", line)
    if (line == "") { rec_end(); return }
    if (line ~ /^#/) return
    if (line ~ /^[+]/) {
        if (rec_descriptor) return
        if (!rec_fields) { rec_mistake("continues no field"); return }
        sub(/^[+][ \t]*/, "", line)
        value[rec_last] = value[rec_last] (value[rec_last] == "" ? "" : " ") line
        return
    }
    if (line ~ /^%/ && !rec_fields) { rec_descriptor = 1; return }
    if (rec_descriptor || !match(line, /^[A-Za-z]+:/)) { rec_mistake("not 'Field: value'"); return }
    name = substr(line, 1, RLENGTH - 1)
    line = substr(line, RLENGTH + 1)
    sub(/^[ \t]+/, "", line)
    if (!rec_fields++) record_place = FILENAME ":" FNR
    rec_last = name
    if (!is_one_of(name, known) && !is_one_of(name "!", known)) rec_mistake("there is no field " name)
    else if (name in value) rec_mistake("a second " name " in one record")
    value[name] = line
    field_place[name] = FILENAME ":" FNR
}
