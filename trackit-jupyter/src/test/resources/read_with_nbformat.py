"""Reads notebooks with Python's nbformat and prints, one JSON object per line, what TrackIT's reader should find."""
import base64
import hashlib
import json
import sys
import warnings

import nbformat

warnings.simplefilter("ignore")

RANK = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "image/", "video/", "audio/",
        "application/pdf", "application/vnd.", "text/html", "text/markdown", "text/latex", "application/json",
        "application/javascript", "text/javascript"]


def rank(mime):
    for i, known in enumerate(RANK):
        if mime == known or known[-1] in "/." and mime.startswith(known):
            return i
    return len(RANK) + (mime == "text/plain")


def sha(data):
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode("utf-8")
    return hashlib.sha256(data).hexdigest()


def payload(mime, value):
    if isinstance(value, (dict, list)) and not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
        return None  # TrackIT digests the source text of JSON, which this program no longer has
    if isinstance(value, list):
        value = "".join(value)
    if mime.startswith(("image/", "audio/", "video/")) and not mime.startswith("image/svg") or mime == "application/pdf":
        return sha(base64.b64decode(value))
    return sha(value)


def outputs(cell):
    found = []
    for out in cell.get("outputs", []):
        kind = out["output_type"]
        if kind == "stream":
            if found and found[-1][0] == "stream" and found[-1][1] == out["name"]:
                found[-1][2] += out["text"]
            else:
                found.append(["stream", out["name"], out["text"]])
        elif kind == "error":
            found.append(["error", out["ename"], sha("\n".join(out["traceback"]))])
        else:
            data = out["data"]
            mime = min(data, key=lambda m: (rank(m), m)) if data else "text/plain"
            found.append([kind, mime, payload(mime, data[mime]) if data else sha("")])
    for out in found:
        if out[0] == "stream":
            out[2] = sha(out[2])
    return found


for line in sys.stdin:
    path = line.rstrip("\n")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    native = json.loads(text)["nbformat"]
    notebook = nbformat.reads(text, as_version=4)
    cells = []
    for cell in notebook.cells:
        # the upgrade from format 3 turns headings and HTML into Markdown
        prose = native < 4 and cell.cell_type != "code"
        cells.append({"type": "prose" if prose else cell.cell_type, "source": None if prose else sha(cell.source),
                      "count": cell.get("execution_count"), "outputs": outputs(cell)})
    print(json.dumps({"cells": cells}))
