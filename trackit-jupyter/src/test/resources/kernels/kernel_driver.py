"""Does to kernels what front ends do: one JSON command per line on standard input, one JSON answer per line on standard output."""
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

from jupyter_client import KernelManager

kernels = {}
server = None


class Kernel:
    def __init__(self, cwd, file, transport):
        self.manager = KernelManager(kernel_name="python3", transport=transport)
        if file:
            self.manager.connection_file = file
        self.manager.start_kernel(cwd=cwd)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=120)

    def run(self, codes, history=True, wait=True):
        ids = []
        for code in codes:
            ids.append(self.client.execute(code, store_history=history, stop_on_error=False))
            if wait:
                self.wait(ids[-1])
        return ids

    def wait(self, msg_id):
        while True:
            reply = self.client.get_shell_msg(timeout=120)
            if reply["parent_header"].get("msg_id") == msg_id:
                return reply["content"]["status"]


class Server:
    def __init__(self, folder, runtime):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        env = dict(os.environ, JUPYTER_RUNTIME_DIR=runtime, JUPYTER_PREFER_ENV_PATH="0")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
             f"--ServerApp.port={self.port}", "--ServerApp.token=driver", f"--ServerApp.root_dir={folder}"],
            env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                self.api("GET", "status")
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def api(self, method, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": "token driver", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def run(self, kernel_id, codes):
        return asyncio.run(self._run(kernel_id, codes))

    async def _run(self, kernel_id, codes):
        from tornado.websocket import websocket_connect
        url = f"ws://127.0.0.1:{self.port}/api/kernels/{kernel_id}/channels?token=driver"
        connection = await websocket_connect(url)
        ids = []
        for number, code in enumerate(codes):
            msg_id = f"{kernel_id}-{time.time_ns()}-{number}"
            ids.append(msg_id)
            await connection.write_message(json.dumps({
                "channel": "shell", "metadata": {"cellId": "cell"}, "buffers": [], "parent_header": {},
                "header": {"msg_id": msg_id, "msg_type": "execute_request", "username": "", "session": "front-end",
                           "version": "5.3", "date": "2026-01-01T00:00:00Z"},
                "content": {"code": code, "silent": False, "store_history": True, "user_expressions": {},
                            "allow_stdin": False, "stop_on_error": False}}))
            while True:
                message = json.loads(await connection.read_message())
                if (message["parent_header"].get("msg_id") == msg_id and message["msg_type"] == "status"
                        and message["content"]["execution_state"] == "idle"):
                    break
        connection.close()
        return ids


def do(command):
    global server
    op = command["op"]
    name = command.get("kernel", "k")
    if op == "start":
        kernels[name] = Kernel(command["cwd"], command.get("file"), command.get("transport", "tcp"))
        return {"file": kernels[name].manager.connection_file}
    if op == "server":
        server = Server(command["folder"], command["runtime"])
        return {}
    if op == "session":
        session = server.api("POST", "sessions", {"path": command["path"], "name": command["path"], "type": "notebook",
                                                  "kernel": {"name": "python3"}})
        return {"session": session["id"], "kernel": session["kernel"]["id"]}
    if op == "rename":
        server.api("PATCH", "sessions/" + command["session"], {"path": command["path"]})
        return {}
    if op == "serverrun":
        return {"ids": server.run(name, command["codes"])}
    if op == "nbclient":
        import nbformat
        from nbclient import NotebookClient
        notebook = nbformat.read(command["path"], as_version=4)
        NotebookClient(notebook, allow_errors=True,
                       resources={"metadata": {"path": os.path.dirname(command["path"])}}).execute()
        nbformat.write(notebook, command["path"])
        return {}
    kernel = kernels[name]
    if op == "run":
        return {"ids": kernel.run(command["codes"], command.get("history", True), command.get("wait", True))}
    if op == "wait":
        return {"status": kernel.wait(command["id"])}
    if op == "interrupt":
        kernel.manager.interrupt_kernel()
    elif op == "restart":
        kernel.manager.restart_kernel(now=command.get("now", False))
        kernel.client.wait_for_ready(timeout=120)
    elif op == "kill":
        os.kill(kernel.manager.provisioner.process.pid, signal.SIGKILL)
    elif op == "shutdown":
        kernel.manager.shutdown_kernel()
    return {}


def end():
    for kernel in kernels.values():
        kernel.manager.shutdown_kernel(now=True)
    if server:
        for running in server.api("GET", "kernels"):
            server.api("DELETE", "kernels/" + running["id"])
        server.process.terminate()
        server.process.wait()


try:
    for line in sys.stdin:
        print(json.dumps(do(json.loads(line))), flush=True)
finally:
    end()
