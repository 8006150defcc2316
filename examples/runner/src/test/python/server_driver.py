"""Drives a real Jupyter server over its REST and WebSocket interface, as a browser would, on orders from standard input.

Usage: server_driver.py FOLDER

Starts a jupyter_server on FOLDER, then reads one JSON order a line and answers each with one JSON line:

  {"do": "open", "notebook": "a.ipynb"}                    creates a session and its kernel
  {"do": "run", "notebook": "a.ipynb", "code": "1 + 1"}    executes, waits for idle, answers with the truth
  {"do": "run", ..., "interrupt_after": 0.5}               interrupts while it runs
  {"do": "send", "notebook": ..., "codes": [...]}          sends all at once without waiting, then waits for all
  {"do": "save", "notebook": ..., "cells": [{"id", "source", "count"}]}  saves (and "type": "markdown") through the contents API
  {"do": "restart", ...}  {"do": "kill", ...}  {"do": "close", ...}
  {"do": "rename", "notebook": "a.ipynb", "to": "b.ipynb"}
  {"do": "quit"}
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid

import tornado.gen
import tornado.ioloop
import tornado.util
import tornado.websocket


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Driver:
    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        self.port = free_port()
        self.token = uuid.uuid4().hex
        self.base = f"http://127.0.0.1:{self.port}"
        self.server = subprocess.Popen(
            [
                sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser",
                f"--ServerApp.port={self.port}", f"--ServerApp.token={self.token}", "--ServerApp.password=",
                f"--ServerApp.root_dir={self.folder}", "--ServerApp.iopub_msg_rate_limit=0",
                "--ServerApp.iopub_data_rate_limit=0", "--ServerApp.disable_check_xsrf=True",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        self.sessions = {}
        self.sockets = {}
        self.wait_until_up()

    def wait_until_up(self):
        for _ in range(600):
            try:
                self.call("GET", "/api/status")
                return
            except OSError:
                if self.server.poll() is not None:
                    raise RuntimeError("the server ended")
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.base + path, method=method)
        request.add_header("Authorization", "token " + self.token)
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, data, timeout=60) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    async def open(self, notebook):
        if not os.path.exists(os.path.join(self.folder, notebook)):
            self.save(notebook, [])
        session = self.call(
            "POST", "/api/sessions",
            {"path": notebook, "name": os.path.basename(notebook), "type": "notebook", "kernel": {"name": "python3"}},
        )
        self.sessions[notebook] = session
        await self.connect(notebook)
        return {"kernel": session["kernel"]["id"]}

    async def connect(self, notebook):
        kernel = self.sessions[notebook]["kernel"]["id"]
        ws = await tornado.websocket.websocket_connect(
            tornado.httpclient.HTTPRequest(
                f"ws://127.0.0.1:{self.port}/api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}",
                headers={"Authorization": "token " + self.token},
                request_timeout=60,
            ),
            max_message_size=1 << 30,
        )
        self.sockets[notebook] = ws
        # As front ends do: ask for kernel_info until it answers, so that nothing is sent to a kernel that is not up. A server may answer
        # from its memory while the kernel starts again, so the kernel's own "idle" is what counts.
        for _ in range(60):
            message = self.message("kernel_info_request", {})
            await ws.write_message(json.dumps(message))
            if await self.answered(ws, message["header"]["msg_id"], 3):
                return
        raise RuntimeError("the kernel does not answer")

    async def answered(self, ws, key, seconds):
        deadline = time.monotonic() + seconds
        missing = {"reply", "idle"}
        while missing and time.monotonic() < deadline:
            try:
                seen = json.loads(await self.read(ws, deadline - time.monotonic()))
            except tornado.util.TimeoutError:
                return False
            if seen.get("parent_header", {}).get("msg_id") == key:
                if seen["msg_type"] == "kernel_info_reply":
                    missing.discard("reply")
                elif seen["msg_type"] == "status" and seen["content"]["execution_state"] == "idle":
                    missing.discard("idle")
        return not missing

    async def read(self, ws, seconds=120):
        text = await tornado.gen.with_timeout(
            tornado.ioloop.IOLoop.current().time() + seconds, ws.read_message()
        )
        if text is None:
            raise RuntimeError("the channel was closed")
        return text

    def message(self, kind, content, cell=None):
        return {
            "header": {
                "msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "driver", "session": "driver",
                "version": "5.3", "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            },
            "parent_header": {}, "metadata": {"cellId": cell} if cell else {}, "content": content,
            "channel": "shell", "buffers": [],
        }

    async def send(self, notebook, codes, interrupt_after=None, stop_on_error=False):
        ws = self.sockets[notebook]
        truths, order = {}, []
        for code in codes:
            message = self.message(
                "execute_request",
                {"code": code, "silent": False, "store_history": True, "user_expressions": {},
                 "allow_stdin": False, "stop_on_error": stop_on_error},
            )
            key = message["header"]["msg_id"]
            truths[key] = {"id": key, "code": code, "stdout": 0, "text": "", "outputs": [], "count": None, "status": None}
            order.append(key)
            await ws.write_message(json.dumps(message))
        if interrupt_after is not None:
            tornado.ioloop.IOLoop.current().call_later(interrupt_after, self.interrupt, notebook)
        open_keys = {(k, s) for k in order for s in ("idle", "reply")}
        while open_keys:
            message = json.loads(await self.read(ws))
            key = message.get("parent_header", {}).get("msg_id")
            if key not in truths:
                continue
            self.note(truths[key], message, open_keys, key)
        return [truths[k] for k in order]

    @staticmethod
    def note(truth, message, open_keys, key):
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            open_keys.discard((key, "idle"))
        elif kind == "execute_reply":
            open_keys.discard((key, "reply"))
            truth["status"] = content["status"]
            truth["count"] = content.get("execution_count", truth["count"])
        elif kind == "execute_input":
            truth["ran"] = True
            truth["count"] = content["execution_count"]
        elif kind == "stream":
            truth["stdout"] += len(content["text"].encode())
            if len(truth["text"]) < 1000:
                truth["text"] += content["text"][:1000]
        elif kind in ("display_data", "execute_result", "error"):
            truth["outputs"].append(kind)

    def interrupt(self, notebook):
        self.call("POST", f"/api/kernels/{self.sessions[notebook]['kernel']['id']}/interrupt")

    async def restart(self, notebook):
        self.call("POST", f"/api/kernels/{self.sessions[notebook]['kernel']['id']}/restart")
        self.sockets.pop(notebook).close()
        await self.connect(notebook)
        return {}

    def kernel_process(self, notebook):
        kernel = self.sessions[notebook]["kernel"]["id"]
        for name in os.listdir("/proc"):
            if name.isdigit():
                try:
                    with open(f"/proc/{name}/cmdline", "rb") as f:
                        if f"kernel-{kernel}.json".encode() in f.read():
                            return int(name)
                except OSError:
                    pass
        raise RuntimeError("no process for kernel " + kernel)

    async def kill(self, notebook, code):
        """Kills the kernel while a cell runs; the server starts it again by itself."""
        ws = self.sockets[notebook]
        message = self.message("execute_request", {"code": code, "silent": False, "store_history": True,
                                                   "user_expressions": {}, "allow_stdin": False, "stop_on_error": True})
        key = message["header"]["msg_id"]
        await ws.write_message(json.dumps(message))
        while True:
            seen = json.loads(await self.read(ws))
            if seen["msg_type"] == "execute_input" and seen["parent_header"].get("msg_id") == key:
                break
        os.kill(self.kernel_process(notebook), signal.SIGKILL)
        while True:
            seen = json.loads(await self.read(ws))
            if seen["msg_type"] == "status" and seen["content"]["execution_state"] in ("restarting", "dead"):
                break
        self.sockets.pop(notebook).close()
        await self.connect(notebook)
        return {"id": key, "code": code}

    def save(self, notebook, cells):
        content = {
            "nbformat": 4, "nbformat_minor": 5,
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
                         "language_info": {"name": "python"}},
            "cells": [
                {"cell_type": "markdown", "id": c["id"], "metadata": {}, "source": c["source"]}
                if c.get("type") == "markdown" else
                {"cell_type": "code", "id": c["id"], "metadata": {}, "source": c["source"],
                 "execution_count": c.get("count"), "outputs": c.get("outputs", [])}
                for c in cells
            ],
        }
        self.call("PUT", "/api/contents/" + notebook, {"type": "notebook", "format": "json", "content": content})
        return {}

    def rename(self, notebook, to):
        self.call("PATCH", "/api/contents/" + notebook, {"path": to})
        session = self.sessions.pop(notebook)
        self.call("PATCH", "/api/sessions/" + session["id"], {"path": to})
        self.sessions[to] = session
        self.sockets[to] = self.sockets.pop(notebook)
        return {}

    def close(self, notebook):
        self.sockets.pop(notebook).close()
        self.call("DELETE", "/api/sessions/" + self.sessions.pop(notebook)["id"])
        return {}

    async def obey(self, order):
        what, notebook = order["do"], order.get("notebook")
        if what == "open":
            return await self.open(notebook)
        if what == "run":
            return (await self.send(notebook, [order["code"]], order.get("interrupt_after")))[0]
        if what == "send":
            return await self.send(notebook, order["codes"], None, order.get("stop_on_error", False))
        if what == "save":
            return self.save(notebook, order["cells"])
        if what == "restart":
            return await self.restart(notebook)
        if what == "kill":
            return await self.kill(notebook, order["code"])
        if what == "rename":
            return self.rename(notebook, order["to"])
        if what == "close":
            return self.close(notebook)
        raise ValueError("unknown order " + what)

    def quit(self):
        for notebook in list(self.sessions):
            try:
                self.close(notebook)
            except Exception:  # noqa: BLE001 a kernel that is gone already is fine
                pass
        self.server.terminate()
        try:
            self.server.wait(20)
        except subprocess.TimeoutExpired:
            self.server.kill()


async def main():
    driver = Driver(sys.argv[1])
    print(json.dumps({"port": driver.port}), flush=True)
    try:
        loop = tornado.ioloop.IOLoop.current()
        while True:
            line = await loop.run_in_executor(None, sys.stdin.readline)
            if not line:
                return
            order = json.loads(line)
            if order["do"] == "quit":
                return
            try:
                print(json.dumps({"ok": await driver.obey(order)}), flush=True)
            except Exception as e:  # noqa: BLE001 the test shall see what went wrong
                print(json.dumps({"failed": repr(e)}), flush=True)
    finally:
        driver.quit()


tornado.ioloop.IOLoop.current().run_sync(main)
