"""The pictures of docs/sample.md: sample.py MATRIX.html RUN.html FOLDER, pages of `matrix` and of `run --html`."""
import os, pathlib, sys, time
from browser import Browser

matrix, run = (pathlib.Path(name).resolve().as_uri() for name in sys.argv[1:3])
folder = sys.argv[3]

with Browser(1400, 800) as b:
    def picture(name):
        time.sleep(0.5)  # the page hears of an address a moment later
        b.picture(os.path.join(folder, name + ".png"))

    def choose(control, value):
        b.do(f"$('{control}').value = '{value}'; $('{control}').dispatchEvent(new Event('input', {{bubbles: true}}))")

    b.open(matrix)
    picture("matrix")
    b.open(matrix + "#case:npipe.create.first_instance_of_existing_name")
    picture("matrix-evidence")
    b.media(prefers_color_scheme="dark")
    b.open(run)
    choose("view", "all")
    choose("text", "impersonat")
    picture("run-dark")
