"use strict";
/* Everything is made from the JSON above, as text: nothing in it is ever taken for HTML. */
const data = JSON.parse(document.getElementById("data").textContent);
const $ = id => document.getElementById(id);
const LETTERS = { "FAIL": "F", "XPASS": "X", "UNRESOLVED": "R", "NOT RUN": "N", "XFAIL": "K", "LATE": "L", "UNSUPPORTED": "U", "PASS": "P" };
const MEANS = { "FAIL": "fails", "XPASS": "passes, though it is known to deviate", "UNRESOLVED": "could not be judged", "NOT RUN": "was not run",
    "XFAIL": "known deviation", "LATE": "passes with more time", "UNSUPPORTED": "needs what is not there", "PASS": "passes" };
const WORST_FIRST = Object.keys(LETTERS);
const KINDS = { "seen on Windows": "seen", "page only": "page", "page and Windows differ": "differ" };
const AT_ONCE = 60; /* rows that are unfolded at first */

/* Control characters and those that turn the direction of text are shown as numbers. */
const plain = text => String(text).replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    c => "\\u" + c.codePointAt(0).toString(16).padStart(4, "0"));

function make(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(properties || {}))
        if (key === "text") element.textContent = plain(value);
        else if (key === "label") element.dataset.label = value;
        else if (key in element) element[key] = value;
        else element.setAttribute(key, value);
    element.append(...children.filter(child => child !== null));
    return element;
}

/* ---- Rows: assertions, each with its cases; cases without any are rows of their own */

function cellOf(cell) {
    return typeof cell === "number" ? { label: "PASS", verdict: "PASS", expected: true, seconds: cell } : cell;
}

const cases = data.cases.map(([id, covers, cells]) => ({ id, covers, cells: cells.map(cellOf) }));
const rows = [];

function addRow(id, about, of) {
    const [area, topic] = id.split(".");
    const row = { id, about, cases: of, area, topic: area + "." + topic, columns: [] };
    for (let i = 0; i < data.columns.length; i++) {
        const cells = of.map(one => one.cells[i]).filter(cell => cell);
        const label = WORST_FIRST.find(name => cells.some(cell => cell.label === name)) || "";
        row.columns.push({ label, all: cells.length, such: cells.filter(cell => cell.label === label).length,
            unexpected: cells.some(cell => !cell.expected && cell.label !== "NOT RUN") });
    }
    row.unexpected = row.columns.some(column => column.unexpected);
    row.differs = of.some(one => new Set(one.cells.filter(cell => cell && cell.label !== "NOT RUN")
        .map(cell => cell.verdict + (cell.cause || ""))).size > 1);
    rows.push(row);
}

{
    const byAssertion = new Map();
    for (const one of cases) {
        if (!one.covers.length) addRow(one.id, null, [one]);
        for (const id of one.covers) byAssertion.set(id, (byAssertion.get(id) || []).concat(one));
    }
    for (const [id, of] of byAssertion) addRow(id, data.assertions[id] || {}, of);
    const order = row => row.topic + " " + row.id;
    rows.sort((a, b) => order(a) < order(b) ? -1 : 1);
}

function haystack(row) {
    row.text = row.text || [row.id, ...Object.values(row.about || {}), ...row.cases.flatMap(one => [one.id, ...one.cells.map(cell =>
        cell ? [cell.label, cell.cause, cell.message, cell.reason].join(" ") : "")])].join("\n").toLowerCase();
    return row.text;
}

/* ---- Filters */

function chosen() {
    const words = $("text").value.toLowerCase().split(/\s+/).filter(word => word);
    const named = $("function").value.trim().toLowerCase();
    const is = (id, value) => !$(id).value || $(id).value === value;
    const fits = rows.filter(row => {
        const about = row.about || {};
        return is("area", row.area) && is("level", about.level) && is("kind", about.kind) &&
            (!named || about.function === named) && words.every(word => haystack(row).includes(word)) &&
            (!$("verdict").value || row.cases.some(one => one.cells.some(cell => cell && cell.label === $("verdict").value)));
    });
    const notable = fits.filter(row => row.unexpected || row.differs);
    return { fits, notable, shown: $("view").value === "all" ? fits : notable };
}

function addOptions(id, values) {
    for (const value of values) $(id).append(make("option", { value, text: value }));
}

/* ---- The table */

function columnName(column) {
    const on = column.implementation;
    return plain(on.family + " " + on.version + (column.run.label ? " " + column.run.label : ""));
}

function countChips(of) {
    const count = {};
    for (const label of of) if (label) count[label] = (count[label] || 0) + 1;
    return WORST_FIRST.filter(label => count[label]).map(label =>
        make("span", { className: "chip", label, title: label + ": " + MEANS[label], text: LETTERS[label] + " " + count[label] }));
}

function configuration(column) {
    const run = column.run, said = ["-j" + run.jobs];
    if (run.timeout_scale !== 1) said.push("--timeout-scale=" + run.timeout_scale);
    if (run.repeat !== 1) said.push("--repeat=" + run.repeat);
    if (run.mutant) said.push("--mutant=" + run.mutant);
    if (run.lacks.length) said.push("without " + run.lacks.join(", "));
    if (!run.complete) said.push("CUT SHORT");
    return said.join(" ");
}

const ABOUT = [
    ["File", column => column.file],
    ["Build", column => column.implementation.build],
    ["Architecture", column => column.implementation.arch],
    ["Claims Windows", column => column.implementation.claims],
    ["Configuration", configuration],
    ["Host", column => column.implementation.host],
    ["Date", column => column.run.start],
    ["Suite", column => column.suite.version + " " + column.suite.revision],
    ["Missing functions", column => column.run.missing.join(" ")],
    ["Stale expectations", column => (column.run.stale || []).join("; ")],
];

function aboutColumns() {
    const body = make("tbody", { className: "about" });
    for (const [name, says] of ABOUT.filter(([, says]) => data.columns.some(says)))
        body.append(make("tr", {}, make("th", { colSpan: 2, scope: "row", text: name }),
            ...data.columns.map(column => make("td", { className: "column", text: says(column) }))));
    for (const level of ["required", "conflict", "open"]) {
        const of = rows.filter(row => row.about && row.about.level === level);
        if (of.length)
            body.append(make("tr", {}, make("th", { colSpan: 2, scope: "row", text: "Assertions: " + level }),
                ...data.columns.map((column, i) => make("td", { className: "column" }, ...countChips(of.map(row => row.columns[i].label))))));
    }
    return body;
}

function groupRow(kind, name, of, open, toggle) {
    const button = make("button", { type: "button", tabIndex: -1, "aria-expanded": open, text: name, onclick: toggle });
    return make("tr", { className: kind }, make("th", { colSpan: 2, scope: "rowgroup" }, button, make("span", { text: of.length })),
        ...data.columns.map((column, i) => make("td", { className: "column" }, ...countChips(of.map(row => row.columns[i].label)))));
}

function cellButton(row, i) {
    const { label, all, such, unexpected } = row.columns[i];
    const says = label ? label + ": " + MEANS[label] + (unexpected ? ", unexpected" : "") : "not in this record";
    return make("button", { type: "button", tabIndex: -1, className: "cell" + (unexpected ? " unexpected" : ""), label, title: says,
        "aria-label": columnName(data.columns[i]) + ", " + says, disabled: !label, onclick: () => go(row, i),
        text: label ? LETTERS[label] + (all > 1 ? " " + such + "/" + all : "") : "\u2013" });
}

function rowElement(row) {
    const about = row.about || {};
    const says = make("button", { type: "button", tabIndex: -1, className: "says", text: about.says || row.id, onclick: () => go(row) });
    if (about.says) says.append(make("small", { text: row.id + (about.level === "required" ? "" : " (" + about.level + ")") }));
    const element = make("tr", { className: "row", id: (row.about ? "assertion:" : "case:") + row.id }, make("th", { scope: "row" }, says),
        make("td", { title: about.kind || "", text: KINDS[about.kind] || "" }),
        ...row.columns.map((column, i) => make("td", { className: "column" }, cellButton(row, i))));
    element.row = row;
    return element;
}

const folded = new Map(); /* what was opened or closed by hand: name -> open */

function draw() {
    const { fits, notable, shown } = chosen();
    const areas = new Map();
    for (const row of shown) {
        if (!areas.has(row.area)) areas.set(row.area, new Map());
        const topics = areas.get(row.area);
        topics.set(row.topic, (topics.get(row.topic) || []).concat(row));
    }
    const table = make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col", text: "Documented" }), make("th", { scope: "col", text: "Windows" }),
        ...data.columns.map(column => make("th", { scope: "col", text: columnName(column) }, make("small", { text: column.implementation.arch }))))), aboutColumns());
    let unfolded = 0;
    const narrowed = shown.length < rows.length;
    const isOpen = (name, size) => folded.has(name) ? folded.get(name) : narrowed && unfolded + size <= AT_ONCE;
    for (const [area, topics] of areas) {
        const of = [...topics.values()].flat(), body = make("tbody");
        const open = folded.has(area) ? folded.get(area) : narrowed && unfolded < AT_ONCE;
        const toggle = (name, was) => () => { folded.set(name, !was); redraw(name); };
        body.append(groupRow("area", area, of, open, toggle(area, open)));
        for (const [topic, list] of open ? topics : []) {
            const openTopic = isOpen(topic, list.length);
            body.append(groupRow("topic", topic, list, openTopic, toggle(topic, openTopic)));
            if (openTopic) body.append(...list.map(rowElement));
            unfolded += openTopic ? list.length : 0;
        }
        table.append(body);
    }
    $("table").replaceChildren(table);
    const first = table.querySelector("tbody:not(.about) button");
    if (first) first.tabIndex = 0;
    $("status").textContent = shown.length + " of " + rows.length + " assertions; " + notable.length + " of " + fits.length +
        " that match are unexpected or differ. ";
    if (!shown.length && fits.length)
        $("status").append(make("button", { type: "button", id: "show-all", text: "Show all " + fits.length + " that match", onclick: () => { $("view").value = "all"; draw(); } }));
}

function redraw(name) {
    draw();
    const button = [...document.querySelectorAll("tr > th > button[aria-expanded]")].find(one => one.textContent === name);
    if (button) button.focus();
}

/* ---- Evidence */

function field(list, name, value, asBlock) {
    if (value === undefined || value === null || value === "") return;
    const shown = value instanceof Node ? value : asBlock || String(value).includes("\n") ? make("pre", { text: value }) : document.createTextNode(plain(value));
    list.append(make("dt", { text: name }), make("dd", {}, shown));
}

function knownOf(id) {
    return (data.known[id] || []).map(one => [one.family, one.versions, one.arch].filter(part => part).join(" ") + ": " + one.verdict +
        (one.cause && one.cause !== "assertion" ? ", " + one.cause : "") + "; " + one.reason + (one.bug ? "; " + one.bug : "")).join("\n");
}

function elsewhere(one, i) {
    return data.columns.map((column, k) => k === i || !one.cells[k] ? null : columnName(column) + " " + column.implementation.arch + ": " + one.cells[k].label +
        (one.cells[k].cause ? ", " + one.cells[k].cause : "")).filter(text => text).join("\n");
}

function caseBlock(one, i) {
    const cell = one.cells[i], list = make("dl");
    field(list, "verdict", make("span", { className: "chip" + (cell.expected ? "" : " unexpected"), label: cell.label,
        text: LETTERS[cell.label] + " " + cell.label + (cell.cause ? ", " + cell.cause : "") + (cell.expected ? "" : ", unexpected") }));
    field(list, "message", cell.message);
    field(list, "first", cell.first);
    field(list, "expected", cell.reason);
    field(list, "needs", cell.needs);
    field(list, "at", cell.place);
    field(list, "checkpoint", cell.checkpoint);
    for (const [key, value] of Object.entries(cell.recorded || {})) field(list, "recorded", key + ": " + value);
    field(list, "output", cell.output, true);
    field(list, "trace", cell.trace, true);
    field(list, "known", knownOf(one.id));
    field(list, "elsewhere", elsewhere(one, i));
    field(list, "took", cell.seconds.toFixed(2) + " s");
    field(list, "rerun", make("code", { text: "winipc-cts run --trace " + one.id }));
    return [make("h3", {}, make("a", { href: "#case:" + one.id, text: one.id })), list];
}

let opener = null;

function showPanel(row, column, only) {
    const about = row.about || {}, list = make("dl"), panel = $("panel");
    field(list, "documented", about.says);
    if (about.link) field(list, "page", make("a", { href: about.link, rel: "noreferrer", text: about.page + (about.heading ? ", " + about.heading : "") + (about.revision ? " @ " + about.revision : "") }));
    field(list, "level", about.level);
    field(list, "since", about.since);
    field(list, "Windows", about.kind && about.kind + (about.evidence && about.evidence !== "page only" ? ": " + about.evidence : ""));
    const parts = [];
    for (const i of column === undefined ? data.columns.keys() : [column]) {
        const on = data.columns[i], of = row.cases.filter(one => one.cells[i] && (!only || one.id === only));
        of.sort((a, b) => WORST_FIRST.indexOf(a.cells[i].label) - WORST_FIRST.indexOf(b.cells[i].label));
        if (of.length) parts.push(make("h2", { className: "on", text: columnName(on) + ", " + on.implementation.arch }), ...of.flatMap(one => caseBlock(one, i)));
    }
    panel.replaceChildren(make("button", { type: "button", className: "close", text: "Close", onclick: () => closePanel() }),
        make("h2", { tabIndex: -1 }, make("a", { href: "#" + (row.about ? "assertion:" : "case:") + row.id, text: row.id })), list, ...parts);
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.querySelector("h2").focus({ preventScroll: true });
}

function closePanel() {
    $("panel").hidden = true;
    history.replaceState(null, "", location.pathname + location.search);
    for (const old of document.querySelectorAll("tr.chosen")) old.classList.remove("chosen");
    if (opener && opener.isConnected) opener.focus();
}

/* ---- Fragments: #assertion:ID, #case:ID, and /N for the Nth column */

function go(row, column) {
    opener = document.activeElement;
    const fragment = "#" + (row.about ? "assertion:" : "case:") + row.id + (column === undefined ? "" : "/" + (column + 1));
    if (location.hash === fragment) follow(); else location.hash = fragment;
}

function follow() {
    const [, kind, id, number] = /^#(?:(assertion|case):)?([a-z0-9_.]+)(?:\/([0-9]+))?$/.exec(location.hash) || [];
    if (!id) return;
    const row = (kind !== "case" && rows.find(one => one.id === id && one.about)) || rows.find(one => one.cases.some(of => of.id === id));
    const column = number === undefined ? undefined : number - 1;
    if (!row || (column !== undefined && !data.columns[column])) {
        $("status").textContent = "Nothing here is called " + id + (number ? "/" + number : "") + ".";
        return;
    }
    const element = () => document.getElementById((row.about ? "assertion:" : "case:") + row.id);
    if (!element()) {
        if (!chosen().shown.includes(row)) { $("filters").reset(); $("view").value = "all"; }
        folded.set(row.area, true).set(row.topic, true);
        draw();
    }
    for (const old of document.querySelectorAll("tr.chosen")) old.classList.remove("chosen");
    element().classList.add("chosen");
    if (!opener || !opener.isConnected || !element().contains(opener)) {
        element().scrollIntoView({ block: "center" });
        opener = element().querySelector("button");
    }
    showPanel(row, column, row.id === id ? null : id);
}

/* ---- CSV */

function csv() {
    /* What begins like a formula must not be one for a spreadsheet. */
    const quoted = value => '"' + plain(value === undefined || value === null ? "" : value).replace(/^[=+\-@\t]/, "'$&").replace(/"/g, '""') + '"';
    const lines = [["assertion", "case", "level", "Windows", "function", "says", "page", ...data.columns.map(column => columnName(column) + " " + column.implementation.arch)]];
    for (const row of chosen().shown)
        for (const one of row.cases) {
            const about = row.about || {};
            lines.push([row.about ? row.id : "", one.id, about.level, about.kind, about.function, about.says, about.page,
                ...one.cells.map(cell => cell ? cell.label + (cell.cause ? " " + cell.cause : "") + (cell.expected ? "" : " unexpected") : "")]);
        }
    return lines.map(line => line.map(quoted).join(",") + "\r\n").join("");
}

function download() {
    const link = make("a", { href: URL.createObjectURL(new Blob([csv()], { type: "text/csv" })), download: "winipc-cts.csv" });
    link.click();
    URL.revokeObjectURL(link.href);
}

/* ---- Keyboard: one stop for Tab in the table, arrows within it */

function step(down, right) {
    const lines = [...document.querySelectorAll("tbody:not(.about) tr")].map(line => [...line.querySelectorAll("button:not(:disabled)")]);
    const at = lines.findIndex(line => line.includes(document.activeElement));
    if (at < 0) return false;
    const place = lines[at].indexOf(document.activeElement), line = lines[at + down];
    const next = line && line[Math.max(0, Math.min(place + right, line.length - 1))];
    if (next) next.focus();
    return true;
}

function toUnexpected(way) {
    const all = [...document.querySelectorAll(".cell.unexpected")];
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    all[at < 0 ? (way > 0 ? 0 : all.length - 1) : (at + way + all.length) % all.length].focus();
}

function key(event) {
    const typing = /^(INPUT|SELECT)$/.test(event.target.tagName), name = event.key;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (name === "Escape" && !$("panel").hidden) { closePanel(); event.preventDefault(); return; }
    if (typing) return;
    const arrow = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[name];
    const does = { "/": () => $("text").focus(), "n": () => toUnexpected(1), "p": () => toUnexpected(-1), "?": () => { $("legend").open = !$("legend").open; },
        "a": () => { $("view").value = $("view").value === "all" ? "notable" : "all"; draw(); } }[name];
    if (arrow ? step(...arrow) : does) event.preventDefault();
    if (does) does();
}

function theme() {
    const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
}

addOptions("verdict", WORST_FIRST.filter(label => cases.some(one => one.cells.some(cell => cell && cell.label === label))));
addOptions("level", ["required", "conflict", "open"]);
addOptions("kind", Object.keys(KINDS));
addOptions("area", [...new Set(rows.map(row => row.area))]);
addOptions("functions", [...new Set(rows.map(row => row.about && row.about.function).filter(name => name))].sort());
for (const label of WORST_FIRST)
    $("letters").append(make("span", {}, make("span", { className: "chip", label, text: LETTERS[label] }), label + ": " + MEANS[label]));
$("letters").append(make("span", {}, make("span", { className: "chip", label: "", text: "\u2013" }), "not in this record"));
document.title = "winipc-cts: " + data.columns.map(columnName).join(", ");
$("filters").addEventListener("input", draw);
$("filters").addEventListener("submit", event => event.preventDefault());
$("clear").onclick = () => { $("filters").reset(); draw(); };
$("csv").onclick = download;
$("theme").onclick = theme;
document.addEventListener("keydown", key);
$("table").addEventListener("focusin", event => {
    for (const old of $("table").querySelectorAll("[tabindex='0']")) old.tabIndex = -1;
    event.target.tabIndex = 0;
});
addEventListener("hashchange", follow);
draw();
follow();
document.documentElement.dataset.ready = Math.round(performance.now());
