"""A headless Chromium, driven over a pair of pipes by its own protocol: no packages, no port."""
import json, os, select, shutil, subprocess, tempfile, time

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 120  # seconds for one answer


def program():
    return os.environ.get("BROWSER_PROGRAM") or next(filter(None, map(shutil.which, PROGRAMS)), None)


class Browser:
    def __init__(self, width=1400, height=1000):
        self.profile = tempfile.mkdtemp(prefix="browser-")
        their_end, self.to = os.pipe()
        self.come, my_end = os.pipe()
        options = ["--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu",
                   "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
                   "--no-proxy-server", "--user-data-dir=" + self.profile, f"--window-size={width},{height}"]
        if os.getuid() == 0:
            options.append("--no-sandbox")  # it refuses to be root with one
        # The protocol is spoken on the descriptors 3 and 4.
        words = ["sh", "-c", f'exec "$@" 3<&{their_end} 4>&{my_end}', "sh", program(), *options, "about:blank"]
        self.child = subprocess.Popen(words, pass_fds=(their_end, my_end), stdin=subprocess.DEVNULL,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(their_end)
        os.close(my_end)
        self.text, self.number, self.events, self.session = b"", 0, [], None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in "Page", "Network", "Runtime":
            self.ask(domain + ".enable")
        self.ask("Performance.enable", timeDomain="threadTicks")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.kill()
        self.child.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def message(self):
        until = time.monotonic() + PATIENCE
        while b"\0" not in self.text:
            ready, _, _ = select.select([self.come], [], [], max(0, until - time.monotonic()))
            more = os.read(self.come, 1 << 20) if ready else b""
            if not more:
                raise SystemExit("the browser does not answer")
            self.text += more
        line, self.text = self.text.split(b"\0", 1)
        return json.loads(line)

    def ask(self, method, **parameters):
        self.number += 1
        words = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            words["sessionId"] = self.session
        left = json.dumps(words).encode() + b"\0"
        while left:
            left = left[os.write(self.to, left):]
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, address):
        """Loads a page from scratch and returns when it has loaded."""
        self.ask("Page.navigate", url="about:blank")
        self.events.clear()
        self.ask("Page.navigate", url=address)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.message())
        while self.do("document.readyState") != "complete":
            pass

    def do(self, expression):
        """The value of an expression in the page; what it throws ends the test."""
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise SystemExit(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def press(self, key):
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        code = {"Enter": 13, "Escape": 27}.get(key, 0)
        for kind in "keyDown", "keyUp":
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code,
                     **({"text": text} if text and kind == "keyDown" else {}))

    def click(self, selector):
        place = self.do(f"(e => {{ e.scrollIntoView({{block: 'center'}}); const b = e.getBoundingClientRect(); "
                        f"return [b.x + b.width / 2, b.y + b.height / 2]; }})(document.querySelector({json.dumps(selector)}))")
        for kind in "mousePressed", "mouseReleased":
            self.ask("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def requests(self):
        return [event["params"]["request"]["url"] for event in self.events
                if event.get("method") == "Network.requestWillBeSent"]

    def media(self, kind="", **features):
        self.ask("Emulation.setEmulatedMedia", media=kind,
                 features=[{"name": name.replace("_", "-"), "value": value} for name, value in features.items()])

    def picture(self, name):
        import base64
        with open(name, "wb") as file:
            file.write(base64.b64decode(self.ask("Page.captureScreenshot")["data"]))
