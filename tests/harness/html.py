"""Drives the pages that html.tap has made; prints a line "yes" or "no", a blank and the fact, for each check."""
import base64, json, os, pathlib, sys, time
from browser import Browser

work, pictures = pathlib.Path(sys.argv[1]).resolve(), os.environ.get("PICTURES")
page = lambda name: (work / name).as_uri()


def check(fact, holds, seen=""):
    print("yes" if holds else "no", fact, "" if holds or seen == "" else f"(seen: {seen!r})", flush=True)


with Browser() as b:
    def shown():
        return b.do("[...document.querySelectorAll('tr.row')].map(row => row.id)")

    def choose(control, value):
        b.do(f"$('{control}').value = {json.dumps(value)}; $('{control}').dispatchEvent(new Event('input', {{bubbles: true}}))")

    def clear():
        b.click("#clear")

    def everything():
        clear()
        choose("view", "all")

    # What it says, with WANTED in it if that comes: the page hears of keys and addresses a moment later.
    def panel(wanted=""):
        for _ in range(50):
            text = b.do("$('panel').hidden ? '' : $('panel').innerText")
            if wanted in text:
                break
            time.sleep(0.1)
        return text

    def focused():
        return b.do("document.activeElement.id || document.activeElement.className || document.activeElement.tagName")

    def picture(name):
        if pictures:
            b.picture(os.path.join(pictures, name + ".png"))

    # ---- One run with a wrong behaviour planted
    broken = "assertion:pipe.create.size_zero_default"
    b.open(page("run.html"))
    picture("run")
    requests = b.requests()
    check("the page of a run opens from a file and asks for nothing else", requests == [page("run.html")], requests)
    check("the first view is what is unexpected", broken in shown() and
          b.do("rows.filter(row => row.unexpected).length") == len(shown()) < b.do("rows.length"), shown())
    check("the column states implementation, version, architecture, configuration, host, date and revision",
          b.do("""(text => { const c = data.columns[0], on = c.implementation; return [on.family + ' ' + on.version, on.arch, '-j' + c.run.jobs,
              '--mutant=' + c.run.mutant, on.host, c.run.start, c.suite.revision].every(part => text.includes(part)); })($('table').innerText)"""))
    check("totals stand by level, and none is a percentage", b.do("$('table').innerText.includes('Assertions: required')") and
          "%" not in b.do("document.body.innerText"))
    cell = f"[id='{broken}'] .cell"
    check("a cell has a letter, a colour and a name", b.do(f"""(cell => cell.innerText[0] === 'F' && cell.getAttribute('aria-label').includes('unexpected') &&
          getComputedStyle(cell).backgroundColor !== 'rgba(0, 0, 0, 0)')(document.querySelector("{cell}"))"""))
    b.click(cell)
    picture("evidence")
    seen = panel()
    check("a click on it opens the evidence", all(part in seen for part in (
        "CreatePipe takes nSize 0", "createpipe", "seen on Windows" if "seen on" in seen else "page only", "expected success",
        "tests/pipe/create.c:", "CreatePipe(hReadPipe=", "winipc-cts run --trace pipe.create.takes_size.zero")), seen)
    check("... under an address of its own", b.do("location.hash") == f"#{broken}/1", b.do("location.hash"))
    b.press("Escape")
    check("Esc closes it, and the cell has the focus again", panel() == "" and "cell" in focused(), focused())

    # ---- Filters
    everything()
    b.do("for (const row of rows) folded.set(row.area, true).set(row.topic, true); draw()")
    all_rows = b.do("rows.length")
    check("everything can be shown", len(shown()) == all_rows, len(shown()))
    choose("text", "SIZE_zero")
    check("filter by text", shown() == [broken], shown())
    everything()
    for control, value, which in (("verdict", "FAIL", "row.cases.some(one => one.cells[0].label === 'FAIL')"), ("level", "open", "row.about.level === 'open'"),
                                  ("kind", "page only", "row.about.kind === 'page only'"), ("area", "pipe", "row.area === 'pipe'"),
                                  ("function", "createpipe", "row.about.function === 'createpipe'")):
        choose(control, value)
        wanted = b.do(f"rows.filter(row => {which}).map(row => 'assertion:' + row.id)")
        check(f"filter by {control}", sorted(shown()) == sorted(wanted) and 0 < len(wanted) < all_rows, (shown(), wanted))
        everything()
    clear()
    choose("area", "stdio")
    check("where nothing unexpected matches, what does is one click away", b.do("!!$('show-all')"))
    b.click("#show-all")
    check("... and comes", len(shown()) > 0 or b.do("chosen().shown.length") > 0)

    # ---- Addresses
    b.open(page("run.html") + "#case:pipe.create.takes_size.one_byte")
    check("a case has an address, though it passed", "pipe.create.takes_size.one_byte" in panel("pipe.create.takes_size.one_byte") and "takes_size.zero" not in panel(), panel())
    b.open(page("run.html") + f"#{broken}")
    check("an assertion has one", "takes_size.zero" in panel("takes_size.zero"), panel())
    b.open(page("run.html") + "#case:no.such.case")
    check("an address of nothing is said to be", "Nothing here is called no.such.case" in b.do("$('status').innerText"))

    # ---- Keyboard
    b.open(page("run.html"))
    b.press("/")
    check("/ goes to the text", focused() == "text", focused())
    b.do("document.activeElement.blur()")
    b.press("n")
    check("n goes to an unexpected cell", "unexpected" in focused(), focused())
    b.press("Enter")
    check("Enter opens the evidence", "documented" in panel("documented"), panel())
    b.press("Escape")
    b.press("ArrowLeft")
    check("an arrow goes to what is beside it", focused() == "says", focused())
    b.press("ArrowUp")
    check("... and to what is above", b.do("document.activeElement.closest('tr').className") in ("topic", "row"))
    before = len(shown())
    b.press("a")
    check("a shows everything", b.do("$('view').value") == "all")
    check("Tab stops once in the table", b.do("$('table').querySelectorAll(\"[tabindex='0']\").length") == 1)

    # ---- Dark, light, print
    colour = lambda: b.do("getComputedStyle(document.body).backgroundColor")
    b.media(prefers_color_scheme="light")
    light = colour()
    b.media(prefers_color_scheme="dark")
    dark = colour()
    check("dark where dark is preferred", light == "rgb(255, 255, 255)" and dark == "rgb(13, 17, 23)", (light, dark))
    b.click(".area button") if not shown() else None
    picture("dark")
    b.click("#theme")
    check("... and light at a click", colour() == light, colour())
    b.media("print")
    check("controls are not printed", b.do("getComputedStyle($('filters')).display") == "none")
    check("it prints", len(base64.b64decode(b.ask("Page.printToPDF")["data"])) > 5000)
    b.media()

    # ---- Hostile texts
    b.open(page("hostile.html"))
    everything()
    picture("hostile")
    check("hostile texts start nothing", b.do("window.hit === undefined && document.querySelectorAll('script').length === 2 && !document.querySelector('img, b.hit')"))
    check("... load nothing", b.requests() == [page("hostile.html")], b.requests())
    b.open(page("hostile.html") + "#case:harness.verdicts.passes/1")
    seen = panel()
    check("... and are shown", "</script><script>window.hit = 1</script>" in seen and "\\u001b[31m" in seen and "\\u202e" in seen and "\u202e" not in seen, seen)
    check("a megabyte of output is shortened", 1000 < len(seen) < 200000 and "bytes are left out here" in seen, len(seen))
    text = b.do("csv()")
    check("CSV is no formula", '"\'=1+1' in text and '\n"=' not in text and '\r\n"' in text, text[:300])

    # ---- Several records. The time is that of the page's thread: how busy the machine is does not count.
    spent = []
    for _ in range(3):
        b.open(page("matrix.html"))
        spent += [m["value"] for m in b.ask("Performance.getMetrics")["metrics"] if m["name"] == "TaskDuration"]
    size = (work / "matrix.html").stat().st_size
    print("#", size, "bytes; the page's thread worked", [round(1000 * one) for one in spent], "ms until the first view, the last after",
          b.do("document.documentElement.dataset.ready"), "ms")
    picture("matrix")
    check("2,500 cases on 6 implementations take no more than 6 MB", b.do("[cases.length, data.columns.length].join()") == "2500,6" and size <= 6e6, size)
    check("... and one second of work until the first view is there", min(spent) < 1, spent)
    check("the first view has rows, each unexpected or different", 0 < len(shown()) and
          b.do("[...document.querySelectorAll('tr.row')].every(one => one.row.unexpected || one.row.differs)"))
    b.click(".cell[data-label='FAIL']")
    picture("matrix-evidence")
    check("evidence says what the others did", "elsewhere" in panel("elsewhere") and "wine 8.1 x86_64: PASS" in panel("wine 8.1 x86_64: PASS"), panel())
    choose("text", "")
    check("CSV has a line for each case of what is shown", b.do("csv().trim().split('\\r\\n').length - 1") ==
          b.do("chosen().shown.reduce((sum, row) => sum + row.cases.length, 0)"))
    b.do("window.saved = null; HTMLAnchorElement.prototype.click = function () { window.saved = this.download; }")
    b.click("[aria-label='Dark or light']")
    b.press("Escape")
    b.click("#csv")
    check("... and a button saves it", b.do("window.saved") == "winipc-cts.csv")
