"""Calls the methods of data frames, series, arrays and containers on small samples, and compares what the knowledge says with what happened.

Argument: the folder of the knowledge files. Prints a line for each contradiction, `missing LIBRARY`, and `tried NUMBER`.
A method counts as tried if one of the calls below went through without an exception.
"""
import collections
import contextlib
import inspect
import io
import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
os.environ.setdefault("MPLBACKEND", "Agg")
folder = sys.argv[1]
# Behaviours that the interpreter knows by name and that change the object.
CHANGING = {"dictUpdate", "dictPop", "setdefault", "insert", "framePop", "listRemove"}
# What would write files, draw, read the clipboard, or depend on the machine.
LEFT_OUT = {"to_clipboard", "to_gbq", "to_sql", "to_hdf", "to_pickle", "to_stata", "plot", "hist", "boxplot", "to_xarray", "dump",
            "tofile", "setfield", "newbyteorder", "setflags", "style"}

classes = {}
with open(os.path.join(folder, "index.json"), encoding="utf-8") as f:
    for name in json.load(f):
        with open(os.path.join(folder, name), encoding="utf-8") as g:
            for names, body in json.load(g).get("classes", {}).items():
                for each in names.split():
                    classes.setdefault(each, []).append(body)


def described(name):
    found = {}
    for body in classes[name]:
        if "extends" in body:
            found.update(described(body["extends"]))
    for body in classes[name]:
        for names, call in body.get("methods", {}).items():
            for method in names.split():
                found[method] = call if isinstance(call, dict) else {}
    return found


def default(name):
    for body in classes[name]:
        if "unlisted" in body:
            return body["unlisted"] if isinstance(body["unlisted"], dict) else {}
        if "extends" in body:
            return default(body["extends"])
    return {}


SAMPLES = {
    "builtins.list": (lambda: [3, 1, 2, [5]][:3], {
        "append": [9], "insert": [0, 9], "extend": [[9]], "remove": [1], "index": [1], "count": [1]}, repr),
    "builtins.set": (lambda: {1, 2, 3}, {
        "add": [9], "update": [{9}], "remove": [1], "discard": [1], "difference_update": [{1}], "intersection_update": [{1}],
        "symmetric_difference_update": [{1}], "union": [{9}], "intersection": [{1}], "difference": [{1}],
        "symmetric_difference": [{1}], "issubset": [{1}], "issuperset": [{1}], "isdisjoint": [{1}]}, lambda s: repr(sorted(s))),
    "builtins.dict": (lambda: {"a": 1, "b": 2}, {
        "get": ["a"], "setdefault": ["z", 0], "update": [{"z": 1}], "pop": ["a"], "fromkeys": [["q"]]}, repr),
    "builtins.bytearray": (lambda: bytearray(b"cab"), {
        "append": [1], "extend": [b"x"], "insert": [0, 1], "remove": [97], "count": [97], "find": [b"a"]}, repr),
    "collections.deque": (lambda: collections.deque([3, 1, 2]), {
        "append": [9], "appendleft": [9], "insert": [0, 9], "extend": [[9]], "extendleft": [[9]], "remove": [1], "rotate": [1],
        "index": [1], "count": [1]}, repr),
    "collections.OrderedDict": (lambda: collections.OrderedDict(a=1, b=2), {
        "get": ["a"], "setdefault": ["z", 0], "update": [{"z": 1}], "pop": ["a"], "move_to_end": ["a"], "fromkeys": [["q"]]}, repr),
    "collections.Counter": (lambda: collections.Counter("aab"), {
        "get": ["a"], "setdefault": ["z", 0], "update": ["z"], "subtract": ["a"], "pop": ["a"]}, repr),
}


def with_pandas():
    import numpy as np
    import pandas as pd

    def frame():
        return pd.DataFrame({"a": [3.0, None, 3.0], "b": [1, 2, 1], "c": ["x", "y", "x"]}, index=[2, 0, 1])

    def series():
        return pd.Series([3.0, None, 3.0], index=[2, 0, 1], name="s")

    def array():
        return np.array([[3.0, 1.0], [2.0, 4.0]])

    other = frame().fillna(0)
    args = {
        "fillna": [0], "drop": [[0]], "rename": [str], "rename_axis": ["i"], "set_axis": [[7, 8, 9]], "set_index": ["b"], "query": ["b > 1"],
        "eval": ["d = b + 1"], "replace": [3.0, 4.0], "clip": [0, 2], "sort_values": ["a"], "apply": [str], "applymap": [str],
        "map": [str], "transform": [lambda x: x], "agg": ["count"], "aggregate": ["count"], "assign": [], "insert": [0, "z", 1],
        "pop": ["a"], "isetitem": [0, 5], "update": [pd.DataFrame({"b": [7, 8, 9]})], "merge": [other], "melt": [], "groupby": ["b"], "nlargest": [1, "b"],
        "nsmallest": [1, "b"], "astype": [object], "isin": [[1]], "add_prefix": ["p"], "add_suffix": ["p"], "filter": [["a"]],
        "reindex": [[0]], "reindex_like": [other], "shift": [1], "diff": [], "rolling": [2], "ewm": [1], "get": ["a"], "take": [[0]], "xs": [0],
        "equals": [other], "align": [other], "combine_first": [other], "compare": [frame()], "explode": ["c"], "pivot_table": ["b", "c"],
        "corrwith": [other["b"]], "swapaxes": [0, 1], "select_dtypes": ["number"], "pipe": [lambda d: d.shape], "set_flags": [],
        "where": [frame().notna()], "mask": [frame().notna()], "asof": [1], "droplevel": [0], "join": [other.add_suffix("2")], "between": [0, 1],
        "from_dict": [{"a": [1]}], "from_records": [[(1,)]],
    }
    for name in "add sub mul div truediv floordiv mod pow radd rsub rmul rdiv rtruediv rfloordiv rmod rpow eq ne lt le gt ge multiply divide subtract".split():
        args[name] = [2]
    of_series = {**args, "replace": [3.0, 4.0], "sort_values": [], "map": [str], "apply": [str], "update": [pd.Series([7.0, 8.0], index=[2, 0])], "pop": [2],
                 "set_axis": [[7, 8, 9]], "where": [series().notna()], "mask": [series().notna()], "combine_first": [series()], "get": [2],
                 "nlargest": [1], "nsmallest": [1], "explode": [], "rename": ["t"], "groupby": [[1, 1, 2]], "align": [series()], "equals": [series()],
                 "reindex_like": [series()], "searchsorted": [1], "repeat": [2], "corr": [series()], "cov": [series()], "dot": [series()],
                 "compare": [pd.Series([3.0, 0, 3.0], index=[2, 0, 1])], "divmod": [2], "rdivmod": [2], "swapaxes": [0, 0], "agg": ["count"],
                 "aggregate": ["count"], "transform": [lambda x: x], "filter": [[0]]}
    of_array = {"reshape": [4], "astype": [int], "fill": [7], "put": [0, 9.0], "itemset": [0, 9.0], "resize": [(4,)], "partition": [0], "repeat": [2],
                "take": [0], "compress": [[True]], "clip": [0, 1], "dot": [array()], "searchsorted": [1], "swapaxes": [0, 1], "argpartition": [0],
                "choose": [[0, 1, 2, 3, 4]], "item": [0], "transpose": [], "view": [], "sort": [], "byteswap": [], "getfield": [np.float64]}

    def picture(d):
        if isinstance(d, pd.DataFrame):
            return repr((list(d.columns), list(d.index), d.index.name, d.columns.name, [[str(v) for v in d.iloc[:, i]] for i in range(d.shape[1])],
                         [str(t) for t in d.dtypes]))
        return repr((list(d.index), d.index.name, d.name, [str(v) for v in d], str(d.dtype)))

    SAMPLES["pandas.DataFrame"] = (frame, args, picture)
    SAMPLES["pandas.Series"] = (series, of_series, picture)
    # A resized array is another shape: the sample owns its memory.
    SAMPLES["numpy.ndarray"] = (array, of_array, lambda a: repr((a.shape, a.tolist(), str(a.dtype))))


def call(make, picture, method, arguments, keywords):
    """Whether the method changed the sample; None if the call failed."""
    sample = make()
    before = picture(sample)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            getattr(sample, method)(*arguments, **keywords)
    except Exception:
        return None
    return picture(sample) != before


try:
    with_pandas()
except ImportError as e:
    print("missing", e.name)

tried, untried = 0, []
for name, (make, table, picture) in SAMPLES.items():
    said, otherwise = described(name), default(name)
    for method in dir(make()):
        try:
            # Frames answer to the names of their columns as well.
            bound = getattr(type(make()), method, None)
        except Exception:
            continue
        if method.startswith("_") or method in LEFT_OUT or not callable(bound) or inspect.isclass(bound):
            continue
        entry = said.get(method, otherwise)
        changes = "self" in entry.get("mutates", "").split() or entry.get("special") in CHANGING
        changed = call(make, picture, method, table.get(method, []), {})
        if changed is None:
            untried.append(name + "." + method)
        else:
            tried += 1
            if changed and not changes:
                print("wrong", "%s.%s changes the object, but its entry does not say so" % (name, method))
            if changes and not changed and method not in ("update", "filter") and not entry.get("possible"):
                print("wrong", "%s.%s did not change the object, but its entry says so" % (name, method))
        if entry.get("inplace"):
            flagged = call(make, picture, method, table.get(method, []), {entry["inplace"]: True})
            if flagged is not None:
                tried += 1
                if not flagged and method not in ("ffill", "bfill", "pad", "backfill", "interpolate", "where"):
                    print("wrong", "%s.%s did not change the object with %s=True" % (name, method, entry["inplace"]))
if "-v" in sys.argv:
    print("untried", *untried)
print("tried", tried)
