"""Calls the functions of a student's file, asked in lines of JSON; `gradproof exercise` starts it.

{"do": "hello"}                                             -> {"python": "3.11.7", "numpy": "2.1.0" or null}
{"do": "load", "file": "my_dropout.py", "utilities": "..."} -> {"names": [...], "printed": "..."}
{"do": "call", "name": "predict", "args": [...], "seed": 1, "replaced": {...}} -> {"value": ...}
What the student's code raises                              -> {"failed": {"type", "message", "file", "line", "text"}}

Arrays are {"npy": base64 of a .npy file}, dictionaries {"dict": {...}}, numbers that JSON has not {"number": "nan"}, and what
has no form of these {"other": "function"}. A list that holds anything but numbers, such as a cache, arrives as a tuple.
"""
import sys

if sys.version_info < (3, 9):
    sys.exit("gradproof exercise needs Python 3.9 or later, this is Python %d.%d" % sys.version_info[:2])

import base64
import importlib.machinery
import importlib.util
import io
import json
import math
import os
import random
import traceback
import types

# Nothing is written beside the student's files, nor beside this one.
sys.dont_write_bytecode = True
try:
    import numpy as np
except ImportError:
    np = None
if np is not None:
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import gradproof_course as course

    del sys.path[0]

# Whatever the student's code does to the modules it shares with this one, these stay.
dumps, loads = json.JSONEncoder().encode, json.JSONDecoder().decode
if np is not None:
    seed_numpy, write_npy, read_npy = np.random.seed, np.lib.format.write_array, np.lib.format.read_array
seed_random, extract_tb, change_folder = random.seed, traceback.extract_tb, os.chdir

MOST_ENTRIES = 4000000
MOST_ITEMS = 100000
DEEPEST = 16
MOST_PRINTED = 4000

# Not all of SciPy: what computes has to be there.
PICTURES_AND_DATA = ("sklearn", "sklearn.datasets", "sklearn.linear_model", "scipy", "scipy.io", "h5py")

student = {"module": None, "folder": ""}


def main():
    """Takes the pipes for itself: what the student prints goes to standard error, and there is no input to read."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    streams = sys.stdout, sys.stderr
    os.environ.setdefault("MPLBACKEND", "Agg")
    if np is not None:
        sys.meta_path.append(CourseModules())
    do = {"hello": hello, "load": load, "call": call}
    read, write, flush = questions.readline, answers.write, answers.flush
    while True:
        line = read()
        if not line:
            break
        sys.stdout, sys.stderr = streams
        request = loads(line.decode("utf-8"))
        try:
            answer = do[request.pop("do")](**request)
        except BaseException as error:
            answer = {"failed": describe(error)}
        write(dumps(answer).encode("ascii") + b"\n")
        flush()
    # Threads of the student's would keep the process.
    os._exit(0)


def hello():
    return {"python": "%d.%d.%d" % sys.version_info[:3], "numpy": None if np is None else np.__version__}


def load(file, utilities):
    """Runs the file as a module. What it would run as a script only, under `if __name__ == "__main__"`, does not run."""
    file = os.path.abspath(file)
    forget()
    folder = os.path.dirname(file)
    student.update(module=None, folder=folder)
    sys.path.insert(0, folder)
    sys.argv[:] = [file]
    change_folder(folder)
    name = os.path.splitext(os.path.basename(file))[0]
    if not name.isidentifier() or name in sys.modules or name in sys.builtin_module_names:
        name = "solution"
    spec = importlib.util.spec_from_file_location(name, file, loader=importlib.machinery.SourceFileLoader(name, file))
    module = importlib.util.module_from_spec(spec)
    # An exported notebook asks its shell for pictures; here is none.
    module.get_ipython = Nothing()
    sys.modules[name] = module
    printed = Printed(sys.stdout)
    sys.stdout = printed
    try:
        spec.loader.exec_module(module)
    except SystemExit as end:
        if end.code not in (None, 0):
            raise
    finally:
        student["module"] = module
    names = [name for name, value in vars(module).items() if is_own(value)]
    for name, value in course.modules[utilities].items():
        vars(module).setdefault(name, value)
    return {"names": names, "printed": printed.text()}


def forget():
    """Removes the modules of the file before this one."""
    sys.path[:] = [path for path in sys.path if path != student["folder"]]
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name in course.modules or (isinstance(file, str) and is_students(file)):
            del sys.modules[name]


def is_own(value):
    """Whether it is a function of the student's: not a class, none of NumPy's, none of the course's utilities."""
    if not callable(value) or isinstance(value, (type, types.BuiltinFunctionType, Nothing)):
        return False
    if getattr(value, "__globals__", None) is vars(course):
        return False
    module = getattr(value, "__module__", None) or type(value).__module__
    return module.split(".")[0] not in ("numpy", "matplotlib", "scipy", "sklearn")


def call(name, args, seed=None, replaced=None):
    function = vars(student["module"])[name]
    values = [decode(value) for value in args]
    stand_ins = {other: stand_in(replacement) for other, replacement in (replaced or {}).items()}
    spaces = own_spaces(function)
    before = [{other: space[other] for other in stand_ins if other in space} for space in spaces]
    if seed is not None:
        seed_numpy(seed)
        seed_random(seed)
    try:
        for space in spaces:
            space.update(stand_ins)
        result = function(*values)
    finally:
        for space, values_before in zip(spaces, before):
            for other in stand_ins:
                space.pop(other, None)
            space.update(values_before)
    return {"value": encode(result, [MOST_ITEMS])}


def stand_in(replacement):
    """What is called in the place of a function of the student's."""
    if isinstance(replacement, str):
        return getattr(course, replacement)
    if "polynomial" in replacement:
        factors = replacement["polynomial"]
        return lambda x, theta: sum(factor * theta**k for k, factor in enumerate(factors))
    value = replacement["returns"]
    return lambda *args, **options: decode(value)


def own_spaces(function):
    """The names of the student's file, and of the files beside it that it imports."""
    found = [vars(student["module"])]
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and is_students(file) and module is not student["module"]:
            found.append(vars(module))
    return found


def decode(value):
    if isinstance(value, dict):
        if "npy" in value:
            return read_npy(io.BytesIO(base64.b64decode(value["npy"])), allow_pickle=False)
        if "number" in value:
            return float(value["number"])
        return {key: decode(inner) for key, inner in value["dict"].items()}
    if isinstance(value, list):
        values = [decode(inner) for inner in value]
        return values if all(isinstance(inner, (bool, int, float)) for inner in values) else tuple(values)
    return value


def encode(value, left, depth=0):
    """A value as JSON can hold it. `left` counts the values that may still be sent."""
    left[0] -= 1
    if left[0] < 0:
        raise ValueError("it returned more than %d values" % MOST_ITEMS)
    if value is None or isinstance(value, (bool, np.bool_)):
        return None if value is None else bool(value)
    if isinstance(value, str):
        return str(value[:1000])
    if isinstance(value, (int, np.integer)) and abs(int(value)) < 2**53:
        return int(value)
    if isinstance(value, (int, float, np.integer, np.floating)):
        return encode_number(value)
    if isinstance(value, np.ndarray):
        return encode_array(value)
    if depth < DEEPEST:
        if isinstance(value, (list, tuple)):
            return [encode(inner, left, depth + 1) for inner in value]
        if isinstance(value, dict):
            return {"dict": {str(key): encode(inner, left, depth + 1) for key, inner in value.items()}}
    return {"other": type(value).__name__}


def encode_number(value):
    try:
        number = float(value)
    except OverflowError:
        number = math.inf if value > 0 else -math.inf
    return number if math.isfinite(number) else {"number": repr(number)}


def encode_array(array):
    if array.dtype.kind not in "biuf":
        return {"other": "array of dtype %s" % array.dtype}
    if array.size > MOST_ENTRIES:
        raise ValueError("it returned an array of shape %s, of more than %d entries" % (array.shape, MOST_ENTRIES))
    known = array.dtype.itemsize <= 8 and array.dtype != np.float16
    plain = np.array(array, dtype=array.dtype.newbyteorder("<") if known else "<f8", order="C", subok=False)
    file = io.BytesIO()
    write_npy(file, plain, version=(1, 0), allow_pickle=False)
    return {"npy": base64.b64encode(file.getvalue()).decode("ascii")}


def describe(error):
    """What was raised, and the last line of the student's own code on the way there."""
    try:
        message = str(error)
    except BaseException:
        message = ""
    found = {"type": type(error).__name__, "message": message[:2000]}
    if isinstance(error, SyntaxError):
        found["message"] = str(error.msg)[:2000]
        if error.filename and error.lineno and is_students(error.filename):
            found.update(place(error.filename, error.lineno, error.text))
        return found
    frames = [frame for frame in extract_tb(error.__traceback__) if is_students(frame.filename)]
    if frames:
        found.update(place(frames[-1].filename, frames[-1].lineno, frames[-1].line))
    return found


def is_students(file):
    return os.path.dirname(os.path.abspath(file)) == student["folder"]


def place(file, line, text):
    return {"file": os.path.basename(file), "line": line, "text": (text or "").strip()[:200]}


class Printed(io.TextIOBase):
    """Standard output that remembers the beginning of what was written."""

    encoding = "utf-8"

    def __init__(self, stream):
        super().__init__()
        self.stream, self.parts, self.left = stream, [], MOST_PRINTED

    def write(self, text):
        if self.left > 0:
            self.parts.append(text[: self.left])
            self.left -= len(text)
        return self.stream.write(text)

    def flush(self):
        self.stream.flush()

    def fileno(self):
        return self.stream.fileno()

    def text(self):
        return "".join(self.parts) + ("" if self.left >= 0 else "\n...")


class Nothing:
    """Takes whatever is asked of it and does nothing: a notebook's shell, a plot where Matplotlib is not installed."""

    def __call__(self, *args, **options):
        return self

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __iter__(self):
        return iter((self, self))

    def __getitem__(self, key):
        return self

    def __setitem__(self, key, value):
        pass


class CourseModules:
    """The course's utility files (gc_utils, reg_utils, ...) where the student's folder has none, and what its notebooks import for
    pictures and data alone, where that is not installed. Asked last of all."""

    def find_spec(self, name, path=None, target=None):
        if name in course.modules:
            return importlib.machinery.ModuleSpec(name, self)
        if name.split(".")[0] == "matplotlib" or name in PICTURES_AND_DATA:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        if module.__name__ in course.modules:
            vars(module).update(course.modules[module.__name__], np=np)
        else:
            module.__getattr__ = Nothing().__getattr__


if __name__ == "__main__":
    main()
