"""Writes what CPython's ast says of Python files, one line for the path and one for the tree of each.

Usage: dump_ast.py FOLDER      every *.py below the folder
       dump_ast.py --stdlib    every *.py of the standard library of this Python
       dump_ast.py --cells     sources as JSON strings, one a line, from standard input
"""
import ast
import json
import os
import re
import struct
import sys
import sysconfig
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(20000)
FIELDS = {}
EXTRA = {
    "FunctionDef": ("name", "args", "body", "decorator_list", "returns", "type_params"),
    "AsyncFunctionDef": ("name", "args", "body", "decorator_list", "returns", "type_params"),
    "ClassDef": ("name", "bases", "keywords", "body", "decorator_list", "type_params"),
    "Constant": ("value",),
    "For": ("target", "iter", "body", "orelse"),
    "AsyncFor": ("target", "iter", "body", "orelse"),
    "With": ("items", "body"),
    "AsyncWith": ("items", "body"),
    "Assign": ("targets", "value"),
    "arg": ("arg", "annotation"),
    "Module": ("body",),
    "TypeVar": ("name", "bound", "default_value"),
    "TypeVarTuple": ("name", "default_value"),
    "ParamSpec": ("name", "default_value"),
    "Interpolation": ("value", "conversion", "format_spec"),
}
POSITIONS_IN_F_STRINGS = sys.version_info >= (3, 12)
PLAIN = re.compile(r"[A-Za-z0-9_.]*\Z")
ODD = re.compile(r"[^A-Za-z0-9_.]")


def unit(match):
    data = match.group().encode("utf-16-be", "surrogatepass")
    return "".join("\\%02x%02x" % (data[i], data[i + 1]) for i in range(0, len(data), 2))


def text(value):
    return "'" + (value if PLAIN.match(value) else ODD.sub(unit, value)) + "'"


def constant(value):
    if value is None or value is True or value is False:
        return str(value)
    if value is Ellipsis:
        return "..."
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bytes):
        return "b" + text(value.decode("latin-1"))
    if isinstance(value, int):
        return "i%x" % value
    if isinstance(value, float):
        return "f" + struct.pack(">d", value).hex()
    return "c" + struct.pack(">d", value.imag).hex()


def dump(node, out, positions):
    kind = type(node)
    if kind is list:
        out.append("[")
        for item in node:
            dump(item, out, positions)
        out.append("]")
    elif isinstance(node, ast.AST):
        name = kind.__name__
        fields = FIELDS.get(name)
        if fields is None:
            fields = FIELDS[name] = EXTRA.get(name, kind._fields)
        out.append("(" + name)
        if positions and hasattr(node, "lineno"):
            out.append("%d:%d-%d:%d" % (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))
        if name == "Constant" or name == "MatchSingleton":
            out.append(constant(node.value))
        else:
            inner = positions and (POSITIONS_IN_F_STRINGS or name != "JoinedStr")
            if name == "JoinedStr":
                # Python 3.12 has empty constants at the end of some format specifications
                node.values = [v for v in node.values if getattr(v, "value", None) != ""]
            for field in fields:
                dump(getattr(node, field, [] if field == "type_params" else None), out, inner)
        out.append(")")
    elif kind is str:
        out.append(text(node))
    else:
        out.append("~" if node is None else constant(node))


def write(path, tree):
    out = []
    dump(tree, out, True)
    sys.stdout.write(path + "\n" + " ".join(out) + "\n")


def cells():
    for line in sys.stdin:
        try:
            tree = ast.parse(json.loads(line).encode("utf-8", "surrogatepass"))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            tree = None
        write("cell", tree)


def files(folder):
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in ("site-packages", "dist-packages", "__pycache__"))
        for name in sorted(names):
            path = os.path.join(base, name)
            if not name.endswith(".py"):
                continue
            with open(path, "rb") as file:
                source = file.read()
            try:
                source.decode("utf-8")
                tree = ast.parse(source)
            except (SyntaxError, ValueError, RecursionError):
                continue
            write(path, tree)


print("positions" if POSITIONS_IN_F_STRINGS else "no-positions", "%d.%d" % sys.version_info[:2])
if sys.argv[1] == "--cells":
    cells()
else:
    files(sysconfig.get_paths()["stdlib"] if sys.argv[1] == "--stdlib" else sys.argv[1])
