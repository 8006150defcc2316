"""Starts kernels, says "ready", and ends them when its input ends. Usage: kernels.py COUNT FOLDER."""
import os
import subprocess
import sys

from jupyter_client.manager import KernelManager

count, folder = int(sys.argv[1]), sys.argv[2]
runtime = os.environ["JUPYTER_RUNTIME_DIR"]
managers = []
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
        client.start_channels()
        client.wait_for_ready(timeout=300)
        client.execute("x = 1")
        client.get_shell_msg(timeout=120)
        client.stop_channels()
    print("ready", flush=True)
    sys.stdin.read()
finally:
    for manager in managers:
        manager.shutdown_kernel(now=True)
