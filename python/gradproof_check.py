"""Is this backward pass right; if not, where is it wrong, and why?

With a `cost` and its `gradients`, written with NumPy, two lines say it, in a script or a notebook:

    from gradproof_check import check
    print(check(cost, gradients, parameters))

One layer by itself, and both in pytest:

    print(check_layer(forward, backward, {"x": x, "w": w, "b": b}))
    assert_gradients(cost, gradients, parameters)
    assert_layer(forward, backward, {"x": x, "w": w, "b": b})

This file needs NumPy, Python 3.9 or newer, and the command `gradproof` (Node.js 20, 22 or 24, then
`npm install gradproof`), which it starts and talks to over pipes. `gradproof check --python` prints this file.

All four functions take these options, which are the flags of `gradproof check`:

    tolerance       relative error of a block that counts as correct (default: what the noise of the cost allows)
    blocks          names of the parameters to check, such as ["W1", "b1"] (default: all)
    budget          most evaluations of the cost
    verdict_only    True: no search for the places in wrong blocks
    mode            "directions" (default); "exhaustive", every entry; "textbook", (J(θ + ε) - J(θ - ε)) / 2ε
    seed            of the random directions (default 1)
    training_steps  check again after so many steps of Adam along the gradient under test
    timeout         seconds that one call of your functions may take (default: any)

How it decides, and what it does not prove: docs/gradient-checking.md of gradproof.
"""

from __future__ import annotations

import base64
import contextlib
import copy
import difflib
import html
import inspect
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["GradproofError", "Report", "assert_gradients", "assert_layer", "check", "check_layer"]

PROTOCOL = 2


class GradproofError(RuntimeError):
    """There is no verdict: the command is missing, does not fit this file, or has failed."""


class Report:
    """What a check has found. `print(report)` shows it; a notebook shows a table with pictures.

    It is neither true nor false, so that `assert check(...)` cannot pass by mistake: ask `report.correct`.
    """

    verdict: str
    """`"correct"`, `"wrong"`, or `"undecided"`, and then the report says why and what to do."""
    blocks: dict[str, dict[str, Any]]
    """By the name of the parameter: verdict, shape, explanation, entries, as `gradproof check --json` has them."""
    notes: list[str]
    """What holds for the check as a whole."""
    data: dict[str, Any]
    """The whole report as `gradproof check --json` prints it."""

    def __init__(
        self, data: dict[str, Any], text: str, fragment: str | None = None, remarks: Sequence[str] = ()
    ) -> None:
        self.data = {**data, "notes": [*data["notes"], *remarks]}
        self.verdict = data["verdict"]
        self.blocks = {block["name"]: block for block in data["blocks"]}
        self.notes = self.data["notes"]
        wrapped = [textwrap.fill(f"note: {remark}", 80, subsequent_indent="      ") for remark in remarks]
        self._text = "\n\n".join([text.rstrip("\n"), *wrapped])
        self._html = fragment and fragment + "".join(f"<p>{html.escape(remark)}</p>" for remark in remarks)

    @property
    def correct(self) -> bool:
        """Whether every block is correct."""
        return self.verdict == "correct"

    def __bool__(self) -> bool:
        raise TypeError("a report is neither true nor false; ask report.correct, or report.verdict")

    def __str__(self) -> str:
        return self._text

    __repr__ = __str__

    def _repr_html_(self) -> str | None:
        return self._html


def check(cost: Callable[[Any], Any], gradients: Callable[[Any], Any], parameters: Any, **options: Any) -> Report:
    """Checks the gradient of a cost against differences of the cost.

    `parameters` is an array, or a dictionary, list or tuple of arrays and numbers, nested as you like.
    `cost(parameters)` returns a number, `gradients(parameters)` the structure of the parameters; in a dictionary
    the gradient of `W1` is called `dW1` or `W1`, and other entries are passed over. Both functions get copies.
    An exception that they raise at the given parameters is raised here; elsewhere the cost has no value.

    >>> w = np.array([1.0, 2.0])
    >>> check(lambda w: np.sum(w**2), lambda w: 2 * w, w).verdict
    'correct'
    >>> check(lambda w: np.sum(w**2), lambda w: w, w).blocks["theta"]["explanation"]
    'dtheta is 0.500 × the numerical gradient in all 2 entries: a factor 2 is missing'
    """
    return _run(_Problem(cost, gradients, parameters), options)


def check_layer(
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    inputs: Any,
    *,
    dout: Any = None,
    **options: Any,
) -> Report:
    """Checks the backward pass of one layer: from dout, the derivatives by its outputs, to those by its inputs.

    `inputs` is a dictionary or a tuple, of x and the parameters alike, for `forward(**inputs)` or `forward(*inputs)`.
    Arrays of floats are checked. Whole numbers, truth values and anything else, such as labels, indices and
    `{"stride": 1}`, are handed on. A float that is no array, and floats in a dictionary among the inputs, are
    checked where backward gives a gradient for them. Forward and backward may be written as

    - `out, cache = forward(x, w, b)` and `dx, dw, db = backward(dout, cache)`, also `h, c, cache = forward(…)` and
      `backward(dh, dc, cache)`;
    - `out = forward(x, w, b)` and `backward(dout, x, w, b)` with these names, or `backward(dout)`.

    Backward returns a tuple in the order of the inputs, or a dictionary of `dx` or `x`. `dout` is random by default.

    >>> def forward(x, w):
    ...     return x @ w, (x, w)
    >>> def backward(dout, cache):
    ...     x, w = cache
    ...     return dout @ w.T, x.T @ dout
    >>> report = check_layer(forward, backward, {"x": np.ones((2, 3)), "w": np.arange(6.0).reshape(3, 2)})
    >>> [name + " " + block["verdict"] for name, block in report.blocks.items()]
    ['x correct', 'w correct']
    """
    return _run(_Layer(forward, backward, inputs, dout), options)


def assert_gradients(
    cost: Callable[[Any], Any], gradients: Callable[[Any], Any], parameters: Any, **options: Any
) -> Report:
    """`check` for pytest: raises an AssertionError with the report unless every block is correct.

    >>> w = np.array([1.0, 2.0])
    >>> assert_gradients(lambda w: np.sum(w**2), lambda w: 2 * w, w).correct
    True
    """
    __tracebackhide__ = True
    return _asserted(check(cost, gradients, parameters, **options))


def assert_layer(
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    inputs: Any,
    *,
    dout: Any = None,
    **options: Any,
) -> Report:
    """`check_layer` for pytest: raises an AssertionError with the report unless every block is correct.

    >>> assert_layer(lambda x: x**2, lambda dout, x: 2 * x * dout, {"x": np.array([1.0, -2.0])}).correct
    True
    """
    __tracebackhide__ = True
    return _asserted(check_layer(forward, backward, inputs, dout=dout, **options))


def _asserted(report: Report) -> Report:
    __tracebackhide__ = True
    if not report.correct:
        raise AssertionError(f"the gradient is {report.verdict}\n\n{report}")
    return report


# Arrays, and the structures they stand in -------------------------------------------------------------------


def _array(name: str, value: Any) -> np.ndarray:
    """A value as an array of real numbers."""
    if isinstance(value, np.matrix):
        raise TypeError(
            f"{name} is an np.matrix, always 2-D and with * for the product of matrices; use np.array, and @"
        )
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError) as error:
        raise TypeError(f"{name} must be an array of numbers, got {_kind(value)} ({error})") from None
    if array.dtype.kind == "c":
        raise TypeError(f"{name} is complex; give its real and imaginary parts as two arrays")
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must be an array of numbers, got {_kind(value)}")
    return array


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    return f"{type(value).__name__} {value!r:.60}"


def _is_list(value: Any) -> bool:
    """Whether a value holds arrays one after the other; a list of numbers, or of lists of them, is itself one."""
    return isinstance(value, (list, tuple)) and not _holds_numbers(value)


def _holds_numbers(value: Sequence[Any]) -> bool:
    return all(
        _holds_numbers(entry) if isinstance(entry, (list, tuple)) else isinstance(entry, (int, float))
        for entry in value
    )


class _Leaf:
    """An array of a structure: where it stands, what it holds at the start, and as what your functions get it."""

    def __init__(self, name: str, path: tuple[Any, ...], value: Any) -> None:
        array = _array(name, value)
        self.name = name
        self.path = path
        self.dtype = array.dtype if array.dtype.kind == "f" else np.dtype(float)
        self.start = np.array(array, dtype=float)  # holds every float32
        self.is_array = array.ndim > 0 or isinstance(value, np.ndarray)
        self.is_plain = not self.is_array and not isinstance(value, np.generic)

    @property
    def is_short(self) -> bool:
        """Whether it stores less than 64 bits a number."""
        return self.dtype.itemsize < 8

    def build(self, numbers: np.ndarray, exact: bool) -> Any:
        """Numbers as your functions get them: a copy, of the kind of the parameter."""
        dtype = np.dtype(float) if exact and self.is_short else self.dtype
        if self.is_array:
            return np.array(numbers, dtype=dtype)
        return float(numbers) if self.is_plain else dtype.type(numbers)


class _Structure:
    """Arrays in dictionaries, lists and tuples, by name; and the way back."""

    def __init__(self, value: Any, is_leaf: Callable[[Any], bool]) -> None:
        self.value = value
        self.leaves: dict[str, _Leaf] = {}

        def collect(value: Any, name: str, path: tuple[Any, ...], above: tuple[int, ...]) -> None:
            if id(value) in above:
                raise ValueError(f"{name} contains itself")
            children = _children(value)
            for key, child in children or ():
                collect(child, _name_in(name, value, key), (*path, key), (*above, id(value)))
            if children is None and is_leaf(value):
                leaf = _Leaf(name or "theta", path, value)
                if leaf.name in self.leaves:
                    raise ValueError(f"two of them are both called {leaf.name}")
                self.leaves[leaf.name] = leaf

        collect(value, "", (), ())

    def description(self) -> dict[str, Any]:
        return {
            name: _encode(leaf.start.astype(np.float32) if leaf.is_short else leaf.start)
            for name, leaf in self.leaves.items()
        }

    @property
    def has_short(self) -> bool:
        return any(leaf.is_short for leaf in self.leaves.values())

    def is_start(self, numbers: Mapping[str, np.ndarray]) -> bool:
        return all(np.array_equal(numbers[name], leaf.start) for name, leaf in self.leaves.items())

    def build(self, numbers: Mapping[str, np.ndarray], exact: bool, hand_on: Callable[[Any], Any]) -> Any:
        """The structure anew with these numbers.

        exact: 64 bits a number also where the parameter stores fewer, so that differences of it are not rounded away
        hand_on: makes what your functions get of what is no array
        """
        built = {leaf.path: leaf.build(numbers[name], exact) for name, leaf in self.leaves.items()}

        def rebuild(value: Any, path: tuple[Any, ...]) -> Any:
            children = _children(value)
            if children is None:
                return built[path] if path in built else hand_on(value)
            parts = {key: rebuild(child, (*path, key)) for key, child in children}
            if isinstance(value, Mapping):
                whole = copy.copy(value) if isinstance(value, dict) else {}
                whole.update(parts)
                return whole
            return type(value)(*parts.values()) if hasattr(value, "_fields") else type(value)(parts.values())

        return rebuild(self.value, ())

    def changed(self, built: Any, numbers: Mapping[str, np.ndarray], exact: bool) -> list[str]:
        """Names of what no longer holds the numbers that `build` put there."""
        return [
            name
            for name, leaf in self.leaves.items()
            if not np.array_equal(_at(built, leaf.path), leaf.build(numbers[name], exact), equal_nan=True)
        ]


def _children(value: Any) -> list[tuple[Any, Any]] | None:
    """What a dictionary, a list or a tuple holds, by key or position; None of anything else."""
    if isinstance(value, Mapping):
        return list(value.items())
    return list(enumerate(value)) if _is_list(value) else None


def _name_in(name: str, parent: Any, key: Any) -> str:
    """`W1`, `layer1.W`, `layers[0].W`; what has no name is called theta, as in textbooks."""
    if isinstance(parent, Mapping):
        return f"{name}.{key}" if name else str(key)
    return f"{name or 'theta'}[{key}]"


def _at(value: Any, path: Sequence[Any]) -> Any:
    for key in path:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _gradient_in(gradients: Mapping[Any, Any], key: Any) -> tuple[Any, ...]:
    """The gradient of a parameter, alone; nothing where there is none."""
    return tuple(gradients[name] for name in (key, f"d{key}") if name in gradients)[:1]


def _names(keys: Any) -> str:
    names = [str(key) for key in keys]
    return ", ".join(names[:8]) + (", …" if len(names) > 8 else "") if names else "nothing"


def _encode(array: np.ndarray) -> Any:
    """An array as JSON: a number, or the bytes of a .npy file."""
    if array.ndim == 0:
        return float(array)
    buffer = io.BytesIO()
    little_endian = array.astype(array.dtype.newbyteorder("<"), order="C", copy=False)
    np.lib.format.write_array(buffer, little_endian, version=(1, 0), allow_pickle=False)
    return {"npy": base64.b64encode(buffer.getbuffer()).decode("ascii")}


def _encode_result(name: str, value: Any) -> Any:
    """What a function of yours returned: None, or an array, of 32 bits where it has no more."""
    if value is None:
        return None
    array = _array(name, value)
    is_short = array.dtype.kind == "f" and array.dtype.itemsize < 8
    return _encode(array.astype(np.float32 if is_short else float, copy=False))


def _decode(value: Any) -> np.ndarray:
    if isinstance(value, dict):
        return np.load(io.BytesIO(base64.b64decode(value["npy"])), allow_pickle=False)
    return np.array(value, dtype=float)


# What the command may ask -----------------------------------------------------------------------------------


class _Subject:
    """Functions under test, and the arrays they are tested at."""

    structure: _Structure

    def __init__(self, expected: str, **functions: Any) -> None:
        for name, function in functions.items():
            if not callable(function):
                raise TypeError(f"{name} must be a function, got {_kind(function)}; expected {expected}")
        # Of parameters in 32 bits the cost is taken in 64: its differences would drown in their rounding.
        self.exact = True
        self.remarks: dict[str, str] = {}

    def cost(self, numbers: Mapping[str, np.ndarray], exact: bool) -> float:
        raise NotImplementedError

    def derivatives(self, numbers: Mapping[str, np.ndarray]) -> Mapping[str, Any]:
        """The gradient under test, by the names of the parameters."""
        raise NotImplementedError

    def answer(self, request: Mapping[str, Any]) -> Any:
        """What your function says, or that it has no value there. At the start its exception is yours to see."""
        if request["do"] == "parameters":
            return {"protocol": PROTOCOL, "parameters": self.structure.description()}
        numbers = {name: _decode(value) for name, value in request["parameters"].items()}
        value = self._gradients if request["do"] == "gradients" else self._cost
        if self.structure.is_start(numbers):
            return value(numbers, True)
        # A logarithm of 0 on the way says nothing about your code.
        ignored: Any = {kind: "ignore" for kind, how in np.geterr().items() if how in ("warn", "print")}
        try:
            with np.errstate(**ignored):
                return value(numbers, False)
        except Exception as error:
            return {"error": f"{type(error).__name__}: {error}"}

    def _cost(self, numbers: Mapping[str, np.ndarray], at_start: bool) -> float:
        try:
            return self.cost(numbers, self.exact)
        except Exception:
            if not (at_start and self.exact and self.structure.has_short):
                raise
            # Not every function that was written for float32 takes float64.
            value = self.cost(numbers, False)
            self.exact = False
            return value

    def _gradients(self, numbers: Mapping[str, np.ndarray], at_start: bool) -> dict[str, Any]:
        found = self.derivatives(numbers)
        names = self.structure.leaves
        d = "" if any(f"d{name}" in names for name in names) else "d"
        return {d + name: _encode_result(f"the gradient of {name}", found.get(name)) for name in names}

    def watch(self, function: str, changed: Sequence[str]) -> None:
        if changed:
            what = f"{function}() changes {_names(changed)}. The check hands out copies; training may not."
            self.remarks.setdefault(function, what)


class _Problem(_Subject):
    """A cost, its parameters and the gradient under test."""

    def __init__(self, cost: Any, gradients: Any, parameters: Any) -> None:
        super().__init__("check(cost, gradients, parameters)", cost=cost, gradients=gradients)
        self.functions = {"cost": cost, "gradients": gradients}
        self.structure = _Structure(parameters, _is_parameter)
        if not self.structure.leaves:
            raise ValueError(f"parameters must hold arrays of numbers, got {_kind(parameters)}")

    def cost(self, numbers: Mapping[str, np.ndarray], exact: bool) -> float:
        return _cost_of(self._call("cost", numbers, exact))

    def derivatives(self, numbers: Mapping[str, np.ndarray]) -> Mapping[str, Any]:
        return _gradients_of(self.structure, self._call("gradients", numbers, False))

    def _call(self, name: str, numbers: Mapping[str, np.ndarray], exact: bool) -> Any:
        given = self.structure.build(numbers, exact, lambda value: value)
        value = self.functions[name](given)
        self.watch(name, self.structure.changed(given, numbers, exact))
        return value


def _is_parameter(value: Any) -> bool:
    """Numbers are; a text, a truth value, a function or nothing among them is handed on."""
    if value is None or callable(value) or isinstance(value, (str, bytes, bool, np.bool_)):
        return False
    return not (isinstance(value, np.ndarray) and value.dtype.kind in "bSU")


def _cost_of(value: Any) -> float:
    if isinstance(value, tuple):
        raise TypeError("cost() must return a number, got a tuple; if it comes first in it: lambda p: cost(p)[0]")
    array = _array("what cost() returns", value)
    if array.size != 1:
        raise TypeError(f"cost() must return a number, got {_kind(array)}; is a sum or a mean missing?")
    return float(array.reshape(()))


def _gradients_of(structure: _Structure, gradients: Any) -> dict[str, Any]:
    """The gradients by the names of their parameters, each found where its parameter stands."""
    found: dict[str, Any] = {}
    names = {leaf.path: name for name, leaf in structure.leaves.items()}

    def visit(value: Any, given: Any, name: str, path: tuple[Any, ...]) -> None:
        if path in names:
            found[names[path]] = given
            return
        wanted = {
            key: child
            for key, child in _children(value) or ()
            if any(leaf[: len(path) + 1] == (*path, key) for leaf in names)
        }
        of = f" for {name}" if name else ""
        if isinstance(value, Mapping) and isinstance(given, Mapping):
            for key, child in wanted.items():
                parts = _gradient_in(given, key)
                if not parts:
                    raise ValueError(f"gradients() returned neither {key} nor d{key}{of}, but {_names(given)}")
                visit(child, parts[0], _name_in(name, value, key), (*path, key))
        elif isinstance(given, (list, tuple)) and len(given) == len(wanted):
            for (key, child), part in zip(wanted.items(), given):
                visit(child, part, _name_in(name, value, key), (*path, key))
        else:
            count = f"{type(given).__name__} of {len(given)}" if isinstance(given, (list, tuple)) else _kind(given)
            raise TypeError(f"gradients() must return a {type(value).__name__} of {len(wanted)}{of}, got {count}")

    visit(structure.value, gradients, "", ())
    return found


class _Layer(_Subject):
    """A layer as a problem: backward should give for dout the derivatives of the cost Σ dout ∘ out by the inputs.

    Both functions are called once before the check, which tells how they are to be called.
    """

    def __init__(self, forward: Any, backward: Any, inputs: Any, dout: Any) -> None:
        super().__init__("check_layer(forward, backward, inputs)", forward=forward, backward=backward)
        self.forward = forward
        self.by_name = isinstance(inputs, Mapping)
        if not self.by_name:
            values = inputs if isinstance(inputs, (list, tuple)) else (inputs,)
            inputs = dict(zip(_names_for(forward, len(values)), values))
        self.inputs: dict[str, Any] = dict(inputs)
        self.structure = _Structure(self.inputs, _is_differentiable)
        start = {name: leaf.start for name, leaf in self.structure.leaves.items()}
        result = self._forward(start, False)[0]
        self.backward = _Backward(backward, result, self.inputs)
        outputs = self.backward.outputs(result)
        self.douts = _random_douts(outputs) if dout is None else _given_douts(dout, outputs)
        found = self.derivatives(start)
        for name, leaf in self.structure.leaves.items():
            if leaf.is_array and name not in found and any(other.startswith(f"{leaf.path[0]}.") for other in found):
                self.remarks[name] = f"backward() gives no gradient for {name}, which was not checked."
        self.structure.leaves = {
            name: leaf
            for name, leaf in self.structure.leaves.items()
            if found.get(name) is not None or _is_required(leaf)
        }
        if not self.structure.leaves:
            raise ValueError(
                "there is nothing to check: no input is an array of floats, and whole numbers are handed on; "
                "give x as floats, such as np.array([[1.0, 2.0]])"
            )

    def cost(self, numbers: Mapping[str, np.ndarray], exact: bool) -> float:
        outputs = self.backward.outputs(self._forward(numbers, exact)[0])
        return float(sum(np.sum(dout * outputs[name]) for name, dout in self.douts.items()))

    def derivatives(self, numbers: Mapping[str, np.ndarray]) -> Mapping[str, Any]:
        result, given = self._forward(numbers, False)
        outputs = self.backward.outputs(result)
        douts = {
            name: dout.astype(outputs[name].dtype if outputs[name].dtype.kind == "f" else float)
            for name, dout in self.douts.items()
        }
        taken = {name: dout.copy() for name, dout in douts.items()}
        gradients = self.backward.call(taken, result, given)
        changed = self.structure.changed(given, numbers, False)
        if not all(np.array_equal(taken[name], dout) for name, dout in douts.items()):
            changed.append("dout")
        self.watch("backward", changed)
        return self._found(gradients)

    def _forward(self, numbers: Mapping[str, np.ndarray], exact: bool) -> tuple[Any, dict[str, Any]]:
        """What forward returns, and what it was given."""
        given = self.structure.build(numbers, exact, _copied)
        by_name = self.by_name and _takes_names(self.forward, given)
        result = self.forward(**given) if by_name else self.forward(*given.values())
        self.watch("forward", self.structure.changed(given, numbers, exact))
        return result, given

    def _found(self, gradients: Any) -> dict[str, Any]:
        """The gradients that backward gave, by the names of the inputs they are of."""
        leaves = self.structure.leaves
        required = [name for name, leaf in leaves.items() if _is_required(leaf)]
        found: dict[str, Any] = {}
        if isinstance(gradients, Mapping):
            for name in self.inputs.keys() | leaves.keys():
                path = leaves[name].path if name in leaves else (name,)
                parts = _gradient_in(gradients, path[-1]) or _gradient_in(
                    _gradient_of_group(gradients, path), path[-1]
                )
                if parts:
                    found[name] = parts[0]
                elif name in required:
                    raise ValueError(f"backward() returned neither d{name} nor {name}, but {_names(gradients)}")
        else:
            parts = tuple(gradients) if isinstance(gradients, (list, tuple)) else (gradients,)
            whole = [name for name, leaf in leaves.items() if len(leaf.path) == 1]
            names = next((names for names in (required, whole, list(self.inputs)) if len(names) == len(parts)), None)
            if names is None:
                expected = _names(f"d{name}" for name in required)
                raise ValueError(f"backward() returned {len(parts)} gradients, expected {len(required)}: {expected}")
            found = dict(zip(names, parts))
        for name in found.keys() - leaves.keys():
            if found[name] is not None and not isinstance(found[name], Mapping):
                what = f"{name} holds no floats and was left alone; give it as floats to check d{name}."
                self.remarks.setdefault(name, what)
        return found


def _is_differentiable(value: Any) -> bool:
    """Floats are; whole numbers are labels, indices or sizes."""
    if isinstance(value, (list, tuple)):
        return len(value) > 0 and np.asarray(value).dtype.kind in "fc"
    if isinstance(value, (np.ndarray, np.generic)):
        return value.dtype.kind in "fc"
    return isinstance(value, float)


def _is_required(leaf: _Leaf) -> bool:
    """Whether backward must give its gradient: an array among the inputs, but not a number such as eps = 1e-5."""
    return leaf.is_array and len(leaf.path) == 1


def _gradient_of_group(gradients: Mapping[Any, Any], path: Sequence[Any]) -> Mapping[Any, Any]:
    """Gradients in a dictionary of their own, as the parameters."""
    for key in path[:-1]:
        gradients = (*_gradient_in(gradients, key), None)[0] if isinstance(gradients, Mapping) else None
    return gradients if isinstance(gradients, Mapping) and len(path) > 1 else {}


def _copied(value: Any) -> Any:
    """A copy for every call: batch norm writes its averages into it, and a generator of random numbers goes on."""
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


def _random_douts(outputs: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    random = np.random.RandomState(1)
    return {
        name: random.standard_normal(output.shape) * (output.dtype.kind == "f") for name, output in outputs.items()
    }


def _given_douts(dout: Any, outputs: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    parts = dout if isinstance(dout, Mapping) else dict(zip(outputs, dout if _is_list(dout) else (dout,)))
    douts = {name: np.array(_array("dout", part), dtype=float) for name, part in parts.items()}
    shapes, expected = ({name: array.shape for name, array in arrays.items()} for arrays in (douts, outputs))
    if shapes != expected:
        raise ValueError(f"dout must have the shapes of what forward() returns, {expected}, got {shapes}")
    return douts


def _positional(function: Callable[..., Any]) -> list[inspect.Parameter]:
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    try:
        return [parameter for parameter in inspect.signature(function).parameters.values() if parameter.kind in kinds]
    except (TypeError, ValueError):  # some functions in C
        return []


def _names_for(forward: Callable[..., Any], count: int) -> list[str]:
    """Names of inputs that were given without: those of forward's parameters."""
    names = [parameter.name for parameter in _positional(forward)]
    return names[:count] if len(names) >= count else [f"input{k}" for k in range(count)]


def _takes_names(function: Callable[..., Any], inputs: Mapping[str, Any]) -> bool:
    try:
        inspect.signature(function).bind(**inputs)
    except TypeError:
        return False
    except ValueError:
        return True
    return True


class _Backward:
    """How backward is to be called, as its parameters and what forward returned tell.

    backward(dout, x, w, b)      parameters named as inputs: these, by name
    backward(dh, dc, cache)      forward returned (h, c, cache), or more outputs that have no derivative to hand on
    backward(dout, …)            forward returned one array: with the inputs, or alone
    """

    def __init__(self, function: Callable[..., Any], result: Any, inputs: Mapping[str, Any]) -> None:
        self.function = function
        parameters = _positional(function)
        needed = [parameter.name for parameter in parameters if parameter.default is inspect.Parameter.empty]
        self.by_name = [parameter.name for parameter in parameters if parameter.name in inputs]
        self.several = isinstance(result, Mapping) or _is_list(result)
        count = len(result) if self.several else 1
        # A cache may have the name of the input that it holds: return out, x and backward(dout, x).
        if _is_list(result) and needed[-1:] == self.by_name and len(needed) == count and _is_cache(
            result[-1], inputs[needed[-1]]
        ):
            self.by_name = []
        leading = len([name for name in needed if name not in self.by_name])
        self.cached = _is_list(result) and not self.by_name and count > 1
        self.by_position = not self.by_name and not self.cached and len(needed) != 1
        if self.cached:
            leading = leading - 1 if parameters else count - 1
        # All derivatives in one dictionary or tuple, where forward returned one.
        self.together = isinstance(result, Mapping) or (
            self.several and leading == 1 and not self.cached and _are_outputs(result)
        )
        self.count = count if self.together else leading if self.several else 1
        self.alone = self.count == 1 and not self.together
        if not 1 <= self.count <= count - self.cached:
            raise TypeError(
                f"backward() takes ({', '.join(needed)}), and forward() returns {count} values; expected "
                "(out, cache) and backward(dout, cache), or backward(dout, x, w, b) with the names of the inputs"
            )

    def outputs(self, result: Any) -> dict[str, np.ndarray]:
        """What forward returned and backward takes a derivative by."""
        if isinstance(result, Mapping):
            named = {str(name): part for name, part in result.items()}
        elif self.alone:
            named = {"out": result[0] if self.several else result}
        else:
            named = {f"out[{k}]": part for k, part in enumerate(result[: self.count])}
        return {name: _array(f"{name} of forward()", part) for name, part in named.items()}

    def call(self, douts: Mapping[str, np.ndarray], result: Any, given: Mapping[str, Any]) -> Any:
        parts: Sequence[Any] = list(douts.values())
        if self.together:
            parts = [dict(zip(result, parts)) if isinstance(result, Mapping) else type(result)(parts)]
        if self.cached:
            return self.function(*parts, result[-1])
        if self.by_position:
            return self.function(*parts, *given.values())
        return self.function(*parts, **{name: given[name] for name in self.by_name})


def _is_cache(part: Any, value: Any) -> bool:
    """Whether what forward returned last is no output: no array, or the input itself."""
    if not _are_outputs([part]):
        return True
    return np.shape(part) == np.shape(value) and np.array_equal(part, value)


def _are_outputs(result: Sequence[Any]) -> bool:
    return all(isinstance(part, (np.ndarray, np.floating, float)) for part in result)


# The command ------------------------------------------------------------------------------------------------

_FLAGS = ("tolerance", "blocks", "budget", "verdict_only", "mode", "seed", "training_steps", "timeout")


def _flags(options: Mapping[str, Any]) -> list[str]:
    flags: list[str] = []
    for name, value in {"mode": "directions", **options}.items():
        if name not in _FLAGS:
            near = difflib.get_close_matches(name, _FLAGS, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are {_names(_FLAGS)}"
            raise TypeError(f"there is no option {name}; {hint}")
        flag = "--" + name.replace("_", "-")
        if value is True:
            flags.append(flag)
        elif value is not None and value is not False:
            flags += [flag, ",".join(value) if isinstance(value, (list, tuple, set)) else str(value)]
    return flags


def _command() -> list[str]:
    """The words that start gradproof: those of GRADPROOF, the command on the PATH, or that of a node_modules above."""
    node = shutil.which("node")
    words = _words_of(os.environ.get("GRADPROOF") or _found())
    if not words:
        first = "" if node else "Node.js 20, 22 or 24 (https://nodejs.org) and then "
        raise GradproofError(
            f"the command gradproof was not found. Install {first}the package, in this folder or one above it: "
            "npm install gradproof; or for all: npm install --global gradproof. "
            "If it is elsewhere, set the environment variable GRADPROOF to its path."
        )
    script = _script_of(Path(words[0]))
    if script is not None:
        words = ["node", str(script), *words[1:]]
    if node is None and (words[0] == "node" or _is_for_node(words[0])):
        raise GradproofError(
            "gradproof runs on Node.js, which is not on the PATH. Install Node.js 20, 22 or 24: https://nodejs.org"
        )
    return words


def _words_of(command: str) -> list[str]:
    if os.path.isfile(command):
        return [command]
    return [word.strip('"') for word in shlex.split(command, posix=os.name != "nt")]


def _found() -> str:
    starts = [Path.cwd(), Path(__file__).resolve().parent]
    folders = [str(above / "node_modules" / ".bin") for start in starts for above in (start, *start.parents)]
    found = shutil.which("gradproof") or shutil.which("gradproof", path=os.pathsep.join(folders))
    return "" if found is None else found


def _script_of(command: Path) -> Path | None:
    """The script that Node runs, of npm's batch file too: the shell between would outlive a check that is stopped."""
    candidates = [command] if command.suffix in (".js", ".mjs") else []
    if command.suffix.lower() == ".cmd":
        candidates = [command.parent / up / "gradproof" / "dist" / "cli" / "main.js" for up in ("..", "node_modules")]
    return next((script for script in candidates if script.is_file()), None)


def _is_for_node(command: str) -> bool:
    try:
        with open(command, "rb") as file:
            return file.readline(80).strip().endswith(b"node")
    except OSError:
        return False


class _Process:
    """The command while it runs: lines of JSON, each way."""

    def __init__(self, flags: Sequence[str]) -> None:
        self.words = _command()
        # A file, not a pipe: nobody has to read along.
        self.errors = tempfile.TemporaryFile()
        no_window = 0x08000000
        own: dict[str, Any] = {"creationflags": no_window} if os.name == "nt" else {"start_new_session": True}
        try:
            self.process = subprocess.Popen(
                [*self.words, "check", "--stdio", "--html", "-", *flags],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.errors,
                **own,
            )
        except OSError as error:
            self.errors.close()
            raise GradproofError(f"{self.words[0]} cannot be started: {error}") from None

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, raised: Any, *_: Any) -> None:
        """Whatever happened, an interrupt from the keyboard too: the command is gone when the check is."""
        if raised is not None:
            self.process.kill()
        with contextlib.suppress(OSError):
            self.process.stdin.close()  # type: ignore[union-attr]
        try:
            self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()  # type: ignore[union-attr]
        self.errors.close()

    def read(self) -> dict[str, Any]:
        line = self.process.stdout.readline()  # type: ignore[union-attr]
        if not line.endswith(b"\n"):
            raise self.died()
        try:
            message = json.loads(line)
        except ValueError:
            message = None
        if not isinstance(message, dict) or "do" not in message:
            raise GradproofError(f"{self.words[-1]} wrote {line[:60]!r}; is it the command gradproof?")
        return message

    def write(self, answer: Any) -> None:
        try:
            self.process.stdin.write(json.dumps(answer).encode("ascii") + b"\n")  # type: ignore[union-attr]
            self.process.stdin.flush()  # type: ignore[union-attr]
        except OSError:
            pass  # What it said before it went is read next.

    def last_words(self) -> str:
        self.errors.seek(0, os.SEEK_END)
        self.errors.seek(max(0, self.errors.tell() - 4000))
        return self.errors.read().decode("utf-8", "replace").strip()

    def died(self) -> GradproofError:
        code = self.process.wait()
        words = self.last_words()
        what = f"gradproof ended with exit code {code} before the check did"
        return GradproofError(f"{what}:\n{words}" if words else what)

    def greet(self) -> None:
        """Makes sure that both speak the same protocol."""
        try:
            hello = self.read()
        except GradproofError as error:
            said = self.last_words()
            if self.process.poll() == 3 and "--stdio" not in said:  # of a flag, before anything was checked
                raise GradproofError(said.replace("error: ", "", 1)) from None
            hint = "This file needs one with check --stdio, on Node.js 20, 22 or 24: npm install gradproof@latest"
            raise GradproofError(f"{error}\n{hint}") from None
        theirs = hello.get("protocol")
        if theirs == PROTOCOL:
            self.write({"protocol": PROTOCOL})
            return
        newer = isinstance(theirs, int) and theirs > PROTOCOL
        what = "gradproof check --python > gradproof_check.py writes" if newer else "npm install gradproof@latest has"
        raise GradproofError(
            f"gradproof {hello.get('gradproof', '')} speaks protocol {theirs}, this gradproof_check.py {PROTOCOL}; "
            f"{what} the one that fits"
        )


def _run(subject: _Subject, options: Mapping[str, Any]) -> Report:
    with _Process(_flags(options)) as process, _Progress() as progress:
        process.greet()
        while True:
            request = process.read()
            kind = request["do"]
            if kind == "report":
                return Report(request["report"], request["text"], request.get("html"), list(subject.remarks.values()))
            if kind == "failed":
                raise GradproofError(request["error"].removeprefix("the program that asked for the check: "))
            if kind == "progress":
                progress.show(request)
            else:
                process.write(subject.answer(request))


class _Progress:
    """How far a check is that takes longer than a moment, on a terminal or in a notebook."""

    width = 76

    def __init__(self) -> None:
        self.start = time.monotonic()
        self.stream: Any = None

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: Any) -> None:
        self._write("", "\r")

    def show(self, progress: Mapping[str, Any]) -> None:
        if time.monotonic() - self.start < 2:
            return
        if sys.stderr is not None and sys.stderr.isatty():
            self.stream = sys.stderr
        elif "ipykernel" in sys.modules:
            self.stream = sys.stdout
        evaluations, left = (round(progress[key]) for key in ("costEvaluations", "secondsLeft"))
        done = f"{progress['blocksDone']} of {progress['blocks']} blocks checked"
        self._write(f"{evaluations} cost evaluations, {done}, about {left} s left")

    def _write(self, text: str, end: str = "") -> None:
        if self.stream is not None:
            self.stream.write("\r" + text.ljust(self.width) + end)
            self.stream.flush()
