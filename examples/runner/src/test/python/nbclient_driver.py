"""Runs notebooks as nbclient does, and writes down what its client saw: the truth that the log is compared with.

Usage: nbclient_driver.py NOTEBOOK TRUTH.json [--allow-errors] [--save-each]

The notebook is executed in its own folder and saved at the end, as nbconvert --execute --inplace does.
"""

import json
import os
import sys

import nbformat
from nbclient import NotebookClient

path, truth = sys.argv[1], sys.argv[2]
notebook = nbformat.read(path, as_version=4)
folder = os.path.dirname(os.path.abspath(path))
client = NotebookClient(
    notebook, timeout=300, kernel_name="python3", allow_errors=True, resources={"metadata": {"path": folder}}
)
client.execute()
nbformat.write(notebook, path)
cells = []
for index, cell in enumerate(notebook.cells):
    if cell.cell_type != "code" or not cell.source.strip():
        continue
    failed = any(o.output_type == "error" for o in cell.outputs)
    cells.append(
        {
            "index": index,
            "id": cell.get("id"),
            "code": cell.source,
            "count": cell.execution_count,
            "status": "error" if failed else "ok",
            "stdout": "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stdout"),
            "outputs": [o.output_type for o in cell.outputs],
        }
    )
with open(truth, "w", encoding="utf-8") as out:
    json.dump(cells, out)
