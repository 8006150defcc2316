"""Runs blocks of one workload in a fresh ipykernel, when told to, and says how long their cells took, as the front end sees it.

Usage: driver.py WORKLOAD NOTEBOOK. The kernel's working folder is the notebook's; JUPYTER_RUNTIME_DIR says where connection files go.
Says "ready"; then answers each line "COUNT LEAD" of its input, which asks for so many cells after a lead of cells that are not measured, with one JSON
array of seconds. Ends with its input.
"""
import json
import os
import subprocess
import sys
import time

from jupyter_client.manager import KernelManager

SETUP_PANDAS = """
import numpy as np, pandas as pd
rng = np.random.default_rng(1)
frame = pd.DataFrame({"key": rng.integers(0, 1000, 150_000), "value": rng.normal(size=150_000), "size": rng.integers(1, 9, 150_000)})
"""
PANDAS = [
    "frame[\"ratio\"] = frame[\"value\"] / frame[\"size\"]\nby_key = frame.groupby(\"key\").agg({\"value\": [\"mean\", \"max\"], \"ratio\": \"median\"})\nby_key.head()",
    "ordered = frame.sort_values([\"key\", \"value\"])\nordered.head()",
    "both = frame.merge(by_key.droplevel(0, axis=1).iloc[:, :1], left_on=\"key\", right_index=True)\nprint(both.shape)",
    "frame[\"rank\"] = frame.groupby(\"key\")[\"value\"].rank()\nframe[\"rank\"].describe()",
]
WORKLOADS = {
    "tiny": ("", ["x = 1"]),
    "pandas": (SETUP_PANDAS, PANDAS),
    "print": ("", ["for _ in range(500_000):\n    print('0123456789' * 10)"]),
    "picture": (
        "import os\nfrom IPython.display import Image, display\nraw = os.urandom(15_000_000)",
        ["display(Image(data=raw, format='png'))"],
    ),
}


def run(client, code):
    """Sends a cell and waits until the kernel is idle again and has replied. Returns the seconds it took."""
    start = time.perf_counter()
    request = client.execute(code, store_history=True)
    while True:
        message = client.get_iopub_msg(timeout=120)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] == "error":
            raise SystemExit("cell failed: " + "\n".join(message["content"]["traceback"]))
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
    took = time.perf_counter() - start
    client.get_shell_msg(timeout=120)
    return took


def main():
    workload, notebook = sys.argv[1:3]
    setup, cells = WORKLOADS[workload]
    manager = KernelManager(kernel_name="python3")
    manager.kernel_spec.argv[0] = sys.executable
    runtime = os.environ["JUPYTER_RUNTIME_DIR"]
    manager.connection_file = os.path.join(runtime, "kernel-%032x.json" % int.from_bytes(os.urandom(16), "big"))
    # The same hash seed for all kernels: otherwise they differ from each other by more than what is measured here.
    environment = dict(os.environ, JPY_SESSION_NAME=notebook, PYTHONHASHSEED="0", PYDEVD_DISABLE_FILE_VALIDATION="1")
    manager.start_kernel(cwd=os.path.dirname(notebook), env=environment, stderr=subprocess.DEVNULL)
    try:
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=120)
        if setup:
            run(client, setup)
        print("ready", flush=True)
        at = 0
        for line in sys.stdin:
            count, lead = map(int, line.split())
            took = []
            for i in range(lead + count):
                took.append(run(client, cells[at % len(cells)]))
                at += 1
            print(json.dumps(took[lead:]), flush=True)
        client.stop_channels()
    finally:
        manager.shutdown_kernel(now=True)


main()
