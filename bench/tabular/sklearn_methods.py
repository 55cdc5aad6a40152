"""scikit-learn's side of `npm run bench-tables`: five methods with their defaults.

    python3 sklearn_methods.py version
    python3 sklearn_methods.py tables FOLDER    its built-in tables, as CSV files
    python3 sklearn_methods.py < job.json       a JSON line with the predictions of each method
"""
import csv
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

warnings.filterwarnings("ignore")


def standardized(numbers, texts):
    """Numbers: mean in place of missing ones, standardized. Texts: one column a category."""
    return ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), numbers),
            ("texts", OneHotEncoder(handle_unknown="ignore"), texts),
        ],
        sparse_threshold=0,
    )


def ordinal(numbers, texts):
    """Trees that take missing numbers: texts as whole numbers."""
    return ColumnTransformer(
        [
            ("numbers", "passthrough", numbers),
            ("texts", OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan), texts),
        ]
    )


def scaled(regressor):
    """A network learns nothing from prices in the hundred thousands."""
    return TransformedTargetRegressor(regressor, transformer=StandardScaler())


def method(name, task, numbers, texts, seed):
    classes = task == "classes"
    if name == "HGB":
        model = (HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor)(random_state=seed)
        return make_pipeline(ordinal(numbers, texts), model)
    if name in ("MLP", "MLP-es"):
        options = {"random_state": seed, "early_stopping": name == "MLP-es"}
        model = MLPClassifier(**options) if classes else scaled(MLPRegressor(**options))
    elif name == "RF":
        model = (RandomForestClassifier if classes else RandomForestRegressor)(random_state=seed)
    elif name == "linear":
        model = LogisticRegression() if classes else Ridge()
    return make_pipeline(standardized(numbers, texts), model)


def matrix(columns):
    X = np.empty((len(columns[0]["values"]), len(columns)), dtype=object)
    for j, column in enumerate(columns):
        missing = "(missing)" if column["kind"] == "categorical" else np.nan
        X[:, j] = [missing if value is None else value for value in column["values"]]
    return X


def answer(job):
    columns = job["columns"]
    kinds = [column["kind"] for column in columns]
    numbers = [j for j, kind in enumerate(kinds) if kind != "categorical"]
    texts = [j for j, kind in enumerate(kinds) if kind == "categorical"]
    X, y = matrix(columns), np.array(job["y"])
    train, test = job["train"], job["test"]
    for name in job["methods"]:
        model = method(name, job["task"], numbers, texts, job["seed"])
        start = time.process_time()
        try:
            model.fit(X[train], y[train])
        except ValueError as error:
            print(json.dumps({"method": name, "failure": str(error)}), flush=True)
            continue
        seconds = time.process_time() - start
        if job["task"] == "classes":
            predictions = np.zeros((len(test), job["classes"]))
            predictions[:, model.classes_] = model.predict_proba(X[test])
        else:
            predictions = model.predict(X[test])
        line = {"method": name, "seconds": seconds, "predictions": predictions.tolist()}
        print(json.dumps(line), flush=True)


def write_tables(folder):
    loaders = {
        "iris": datasets.load_iris,
        "wine": datasets.load_wine,
        "cancer": datasets.load_breast_cancer,
        "digits": datasets.load_digits,
        "diabetes": datasets.load_diabetes,
    }
    for name, load in loaders.items():
        table = load()
        names = [*map(str, table.feature_names), "y"]
        target = [str(table.target_names[k]) for k in table.target] if "target_names" in table else table.target
        if name == "digits":
            target = [f"digit {k}" for k in table.target]
        with open(Path(folder) / f"{name}.csv", "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            for row, value in zip(table.data.tolist(), target):
                writer.writerow([*row, value])


if sys.argv[1:] == ["version"]:
    print(f"scikit-learn {sklearn.__version__}")
elif sys.argv[1:2] == ["tables"]:
    write_tables(sys.argv[2])
else:
    answer(json.load(sys.stdin))
