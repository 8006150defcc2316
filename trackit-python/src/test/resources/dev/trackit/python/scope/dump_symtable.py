"""Writes what CPython's symtable says of the standard library: for each file its path, its scopes, and an empty line.

A scope is one line: depth, kind, name, then names with L (lives here), G (global or builtin) or F (in an enclosing
function). From Python 3.12 on, comprehensions are merged into what surrounds them: only Python 3.8 to 3.11 show them.
"""
import os
import symtable
import sys
import sysconfig
import warnings

warnings.simplefilter("ignore")


def dump(table, depth):
    names = []
    for symbol in table.get_symbols():
        name = symbol.get_name()
        if name.startswith("."):
            continue
        if depth == 0 and not symbol.is_local() and not symbol.is_referenced():
            # a global statement in some function puts its names here
            continue
        kind = "F" if symbol.is_free() else "L" if symbol.is_local() else "G"
        names.append(name + ":" + kind)
    line = " ".join([str(depth), table.get_type(), table.get_name()] + sorted(names))
    # sorted, because symtable visits the clauses of a try statement in an order of its own
    children = [dump(child, depth + 1) for child in table.get_children() if child.get_name() != "_annotation"]
    return "\n".join([line] + sorted(children))


for base, folders, names in os.walk(sysconfig.get_paths()["stdlib"]):
    folders[:] = sorted(f for f in folders if f not in ("site-packages", "dist-packages", "test", "__pycache__"))
    for name in sorted(names):
        if not name.endswith(".py"):
            continue
        path = os.path.join(base, name)
        with open(path, "rb") as file:
            source = file.read()
        try:
            source.decode("utf-8")
            table = symtable.symtable(source, path, "exec")
        except (SyntaxError, ValueError, RecursionError):
            continue
        sys.stdout.write(path + "\n" + dump(table, 0) + "\n\n")
