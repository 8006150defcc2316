"""Starts kernels, runs a cell in each and says "ready"; then runs on orders. Ends them when its input ends. Usage: kernels.py COUNT FOLDER.

Order: "run N": N small cells in each kernel, all at the same time. Answers with the seconds that took.
"""
import os
import subprocess
import sys
import time

from jupyter_client.manager import KernelManager

count, folder = int(sys.argv[1]), sys.argv[2]
runtime = os.environ["JUPYTER_RUNTIME_DIR"]
managers, clients = [], []


def run(cells):
    for n in range(cells):
        for client in clients:
            client.execute("total = %d\nprint('step', total)" % n)
    for client in clients:
        for _ in range(cells):
            client.get_shell_msg(timeout=300)


try:
    for i in range(count):
        manager = KernelManager(kernel_name="python3")
        manager.kernel_spec.argv[0] = sys.executable
        manager.connection_file = os.path.join(runtime, "kernel-%032x.json" % int.from_bytes(os.urandom(16), "big"))
        notebook = os.path.join(folder, "bench-%d.ipynb" % i)
        manager.start_kernel(cwd=folder, env=dict(os.environ, JPY_SESSION_NAME=notebook, PYDEVD_DISABLE_FILE_VALIDATION="1"), stderr=subprocess.DEVNULL)
        managers.append(manager)
    for manager in managers:
        client = manager.client()
        client.start_channels(stdin=False, hb=False)
        client.wait_for_ready(timeout=600)
        clients.append(client)
    run(1)
    print("ready", flush=True)
    for order in sys.stdin:
        start = time.perf_counter()
        run(int(order.split()[1]))
        print(time.perf_counter() - start, flush=True)
finally:
    for client in clients:
        client.stop_channels()
    clients.clear()
    client = None
    for manager in managers:
        manager.shutdown_kernel(now=True)
