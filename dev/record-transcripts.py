#!/usr/bin/env python3
"""Records what a kernel of ipykernel publishes, for trackit-testkit: dev/record-transcripts.py FOLDER

One file for each session, one message a line: topic, header, parent header, metadata and content, the last four as the JSON that was
on the wire, between tabs (JSON holds none). Needs jupyter_client, ipykernel and pandas.
"""
import getpass
import json
import queue
import platform
import sys
import tempfile
from pathlib import Path

import zmq
from jupyter_client.manager import start_new_kernel

SESSIONS = {
    "cleaning": [
        "import pandas as pd",
        "df = pd.DataFrame({'name': ['ann', 'bob', 'cy'], 'age': [31, None, 27]})\ndf",
        "df['age'] = df['ages'].fillna(0)",
        "df['age'] = df['age'].fillna(0)\nprint('mean age:', df['age'].mean())",
        "df['age'] = df['age'].replace(0, df['age'].median())\nprint('mean age:', df['age'].mean())",
        "df.shape",
    ],
    "outputs": [
        "import sys, time\nfor i in range(3):\n    print('line', i)\nprint('careful', file=sys.stderr)",
        "from IPython.display import clear_output, display, HTML\nprint('gone')\nclear_output()\nprint('stays')",
        "handle = display(HTML('<b>one</b>'), display_id='shown')",
        "handle.update(HTML('<b>two</b>'))",
        "",
        "1 / 0",
    ],
    "restart": ["a = 1", "a + 1", None, "a", "a = 2\na"],
}


def record(cells, out):
    manager, client = start_new_kernel(kernel_name="python3", cwd=tempfile.mkdtemp(), startup_timeout=60)
    socket = zmq.Context.instance().socket(zmq.SUB)
    socket.subscribe(b"")
    socket.connect(f"tcp://{manager.ip}:{manager.iopub_port}")
    while not socket.poll(200):
        client.kernel_info()
    while socket.poll(500):
        socket.recv_multipart()

    def take():
        frames = socket.recv_multipart()
        topic, rest = client.session.feed_identities(frames)
        out.write("\t".join([topic[-1].decode()] + [part.decode() for part in rest[1:5]]) + "\n")
        return json.loads(rest[1])["msg_type"], json.loads(rest[2]).get("msg_id"), json.loads(rest[4])

    def until_idle(message_id):
        while socket.poll(20_000):
            kind, parent, content = take()
            if kind == "status" and content["execution_state"] == "idle" and parent == message_id:
                return
        raise queue.Empty("the kernel fell silent")

    for cell in cells:
        if cell is None:
            manager.restart_kernel(now=False)
            while socket.poll(2_000):
                take()
            client.wait_for_ready(timeout=60)
        else:
            until_idle(client.execute(cell, allow_stdin=False, stop_on_error=False))
    socket.close()
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def main():
    folder = Path(sys.argv[1])
    for name, cells in SESSIONS.items():
        file = folder / f"{name}.tsv"
        with file.open("w", encoding="utf-8") as out:
            record(cells, out)
        text = file.read_text(encoding="utf-8")
        for private in (getpass.getuser(), platform.node()):
            text = text.replace(f'"{private}"', '"user"')
        file.write_text(text, encoding="utf-8")
        print(f"{file}: {text.count(chr(10))} messages")


if __name__ == "__main__":
    main()
