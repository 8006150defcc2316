"""Holds the knowledge files against the libraries that are installed here.

Arguments: the folder of the knowledge files, and a file of names that exist in other versions only.
Prints a line for each thing that is wrong, `missing LIBRARY` for each library that is not installed, and `checked NUMBER`.
"""
import importlib
import inspect
import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
os.environ.setdefault("MPLBACKEND", "Agg")
folder, other_versions = sys.argv[1], sys.argv[2]

with open(other_versions, encoding="utf-8") as f:
    elsewhere = {line.split("#")[0].strip() for line in f} - {""}
with open(os.path.join(folder, "index.json"), encoding="utf-8") as f:
    files = json.load(f)

documents, classes = {}, {}
for name in files:
    with open(os.path.join(folder, name), encoding="utf-8") as f:
        document = json.load(f)
    documents[name] = document
    for names, body in document.get("classes", {}).items():
        for each in names.split():
            classes.setdefault(each, []).append((name, body))

missing, checked, used_elsewhere = set(), 0, set()
# Libraries that are only looked at here if they are installed; their parts that need more are left out.
SKIPPED = {"ConfigParser", "BeautifulSoup", "Image", "cPickle", "simplejson", "dill", "toml", "urllib2", "dbm", "pylab",
           "sklearn.cross_validation", "sklearn.grid_search", "sklearn.externals", "sklearn.externals.joblib",
           "matplotlib.pyplot.style", "matplotlib.pyplot.cm", "pandas.tools.plotting", "tqdm_notebook", "xml.etree.cElementTree",
           "regex", "lxml", "lxml.html", "lxml.etree", "psycopg2", "bs4", "PIL", "yaml", "IPython.html"}


def wrong(text):
    print("wrong", text)


def importable(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        # "statsmodels.api.datasets" and "numpy.add" are not modules, but attributes of one.
        head, _, tail = name.rpartition(".")
        return getattr(importable(head), tail, None) if head else None


def each_call(group):
    for names, call in (group or {}).items():
        for name in names.split():
            yield name, call if isinstance(call, dict) else {"returns": call}


def has(owner, name):
    try:
        return hasattr(owner, name)
    except ImportError:
        # Experimental parts of scikit-learn say so when they are asked for.
        return True


def absent(owner, name, place):
    """Whether the name is not there, and not known to be in other versions."""
    global checked
    checked += 1
    full = place + "." + name
    if any(has(o, name) for o in owner):
        if full in elsewhere:
            wrong(full + " exists here: remove it from the list of names in other versions")
        return False
    if full in elsewhere:
        used_elsewhere.add(full)
        return True
    wrong(full + " does not exist")
    return True


def places(function, call, place, bound):
    """Checks where the parameters stand that the knowledge names."""
    params = call.get("params", "").split()
    try:
        signature = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return
    if bound and signature and signature[0].name == "self":
        signature = signature[1:]
    # A decorated function may hide its own signature behind *args.
    if any(p.kind == p.VAR_POSITIONAL for p in signature[:1]):
        return
    positional = [p.name for p in signature if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    for i, name in enumerate(params):
        if name in positional and positional.index(name) != i:
            wrong("%s: the parameter %s stands at place %d, not %d" % (place, name, positional.index(name), i))
    named = {p.name for p in signature}
    open_ended = any(p.kind == p.VAR_KEYWORD for p in signature)
    for field in ("inplace", "out", "seed"):
        name = call.get(field)
        if name and name not in named and not open_ended and field == "inplace":
            wrong("%s: claims the parameter %s, which is not in its signature" % (place, name))


def check_modules(file, names, body):
    """What is said of several modules at once must be in one of them."""
    present, known = [], []
    for dotted in names:
        if dotted.endswith("*") or dotted in SKIPPED:
            known.append(dotted)
            continue
        module = importable(dotted)
        if module is not None:
            present.append(module)
        elif importable(dotted.split(".")[0]) is None:
            missing.add(dotted.split(".")[0])
            known.append(dotted)
        else:
            wrong(file + ": the module " + dotted + " does not exist")
    if not present:
        return
    place = names[0]
    for name, call in each_call(body.get("functions")):
        if known and not any(has(m, name) for m in present):
            continue
        if not absent(present, name, place):
            for module in present:
                function = getattr(module, name, None)
                if inspect.isroutine(function):
                    places(function, call, place + "." + name, False)
    for entry in body.get("classes", "").split():
        shown = entry.split("=")[0] if "=" in entry else entry.rsplit(".", 1)[-1]
        if not known or any(has(m, shown) for m in present):
            absent(present, shown, place)
    for kind in ("constants", "hidden"):
        for group in body.get(kind, {}):
            for name in group.split():
                if not known or any(has(m, name) for m in present):
                    absent(present, name, place)


for file in files:
    for names, body in documents[file].get("modules", {}).items():
        check_modules(file, names.split(), body)


def all_of(name):
    """Methods and attributes of a class, its parents' included: the last one that is said counts."""
    methods, attributes = {}, {}
    for _, body in classes[name]:
        if "extends" in body:
            parent = body["extends"] if body["extends"] in classes else name.rsplit(".", 1)[0] + "." + body["extends"]
            inherited = all_of(parent)
            methods = {**inherited[0], **methods}
            attributes = {**inherited[1], **attributes}
    for _, body in classes[name]:
        methods.update(each_call(body.get("methods")))
        attributes.update(each_call(body.get("attributes")))
    return methods, attributes


def own(name):
    methods, attributes = {}, {}
    for _, body in classes[name]:
        methods.update(each_call(body.get("methods")))
        attributes.update(each_call(body.get("attributes")))
    return methods, attributes


def representatives():
    """For each described class, the Python classes or objects that it stands for."""
    import collections, io, pathlib, random, re
    found = {
        "builtins.list": [list, collections.deque, set],
        "builtins.tuple": [tuple, collections.namedtuple("T", "a")],
        "builtins.set": [set], "builtins.dict": [dict, collections.OrderedDict, collections.Counter],
        "builtins.str": [str], "builtins.bytearray": [bytearray], "pathlib.Path": [pathlib.Path],
        "io.StringIO": [io.StringIO, io.BytesIO], "random.Random": [random.Random],
        "collections.Counter": [collections.Counter], "re.Pattern": [re.Pattern],
    }
    try:
        import pandas as pd
        text, dates, kinds = pd.Series(["a"]), pd.Series(pd.to_datetime(["2020-01-01"])), pd.Series(["a"]).astype("category")
        spans, months = pd.Series(pd.to_timedelta(["1s"])), dates.dt.to_period("M")
        frame = pd.DataFrame({"a": [1, 2], "b": [1, 1]})
        groups = [frame.groupby("b"), frame.groupby("b")["a"], frame.set_index(pd.date_range("2020", periods=2)).resample("D")]
        windows = [frame.rolling(2), frame.expanding(), frame.ewm(1)]
        found.update({
            "pandas.NDFrame": [pd.DataFrame, pd.Series], "pandas.DataFrame": [pd.DataFrame], "pandas.Series": [pd.Series],
            "pandas.Index": [pd.Index, pd.MultiIndex, pd.DatetimeIndex, pd.CategoricalIndex, pd.PeriodIndex, pd.IntervalIndex],
            "pandas.Accessor": [text.str, dates.dt, kinds.cat, spans.dt, months.dt],
            "pandas.GroupBy": groups + windows, "pandas.Window": windows, "pandas.ExcelFile": [pd.ExcelFile],
        })
    except ImportError:
        missing.add("pandas")
    try:
        import numpy as np
        found.update({"numpy.ndarray": [np.ndarray], "numpy.matrix": [np.matrix],
                      "numpy.random.RandomState": [np.random.RandomState, np.random.Generator]})
    except ImportError:
        missing.add("numpy")
    try:
        import scipy.sparse as sp
        import scipy.stats as st
        found.update({"scipy.Density": [st.gaussian_kde([1, 2, 3])],
                      "scipy.Distribution": [st.norm, st.norm(), st.poisson, st.rv_continuous, st.gaussian_kde],
                      "scipy.SparseMatrix": [getattr(sp, k + "_matrix") for k in "csr csc coo lil dok dia bsr".split()]
                                            + [sp.csr_matrix([[1]]), sp.coo_matrix([[1]]), sp.dia_matrix([[1]]), sp.lil_matrix([[1]])]})
    except ImportError:
        missing.add("scipy")
    try:
        import matplotlib.axes, matplotlib.figure
        found.update({"matplotlib.Figure": [matplotlib.figure.Figure, matplotlib.figure.Figure()]})
    except ImportError:
        missing.add("matplotlib")
    try:
        from sklearn.utils import all_estimators
        from sklearn.experimental import enable_halving_search_cv, enable_iterative_imputer  # noqa: F401
        import sklearn.model_selection
        found["sklearn.Estimator"] = [c for _, c in all_estimators()] + [sklearn.model_selection.KFold]
    except ImportError:
        missing.add("sklearn")
    return found


found = representatives()
for name, owners in found.items():
    methods, attributes = own(name)
    for method, call in methods.items():
        if not absent(owners, method, name):
            for owner in owners:
                function = getattr(owner, method, None)
                if function is not None and inspect.isclass(owner) and name.startswith(("pandas.", "numpy.")):
                    # An attribute of one class may be a method of another.
                    places(function, call, name + "." + method, True)
    for attribute in attributes:
        if not attribute.endswith("_"):
            absent(owners, attribute, name)

# Whatever takes `inplace` must be described as taking it.
for name in ("pandas.DataFrame", "pandas.Series", "pandas.Accessor"):
    methods, _ = all_of(name)
    for owner in found.get(name, []):
        for method in dir(owner):
            function = getattr(owner, method, None)
            if method.startswith("_") or not inspect.isroutine(function):
                continue
            try:
                takes = "inplace" in inspect.signature(function).parameters
            except (TypeError, ValueError):
                continue
            checked += 1
            if takes and not methods.get(method, {}).get("inplace"):
                wrong("%s.%s takes inplace, but its entry does not say so" % (name, method))

for name in sorted(missing):
    print("missing", name)
print("checked", checked)
