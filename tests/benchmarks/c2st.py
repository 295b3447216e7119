#!/usr/bin/env python3
"""C2ST of the main method on the open reference posteriors: how well a classifier tells our draws from the
reference's (0.5: not at all). As sbibm defines it: both z-scored by the reference, a multilayer perceptron with
two hidden layers of 10 x dimension, five folds, 10,000 draws each. With the exact posterior of gaussian_linear
also the Kullback-Leibler divergence of a normal fitted to our draws from it.
--classifier quadratic takes the discriminant that is optimal between normal distributions: seconds instead of
minutes in ten dimensions, and no figure of sbibm's.
Usage: c2st.py PROGRAM REFERENCE_FOLDER PROBLEM [--budget 1000] [--seeds 1,2,3] [--observations 1,2,3]
               [--classifier perceptron|quadratic]
Needs python3-sklearn.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import warnings

import numpy as np
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import KFold, cross_val_score
from sklearn.neural_network import MLPClassifier

FOLDERS = {"sir_shares": "sir", "sir_counts": "sir"}


def c2st(reference, draws, classifier="perceptron", seed=1):
    mean, sd = reference.mean(axis=0), reference.std(axis=0)
    data = np.vstack([(reference - mean) / sd, (draws - mean) / sd])
    labels = np.concatenate([np.zeros(len(reference)), np.ones(len(draws))])
    width = 10 * reference.shape[1]
    if classifier == "quadratic":
        model = QuadraticDiscriminantAnalysis()
    else:
        model = MLPClassifier(activation="relu", hidden_layer_sizes=(width, width), max_iter=10000,
                              solver="adam", random_state=seed)
    folds = KFold(n_splits=5, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return cross_val_score(model, data, labels, cv=folds, scoring="accuracy").mean()


def divergence_from_exact(draws, observed):
    """KL(fitted normal || Normal(x / 2, 0.05 I))."""
    d = len(observed)
    mean, covariance = draws.mean(axis=0), np.cov(draws.T)
    shift = mean - observed / 2
    return 0.5 * (np.trace(covariance) / 0.05 + shift @ shift / 0.05 - d + d * np.log(0.05)
                  - np.linalg.slogdet(covariance)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("reference")
    parser.add_argument("problem")
    parser.add_argument("--budget", default="1000")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--observations", default="1,2,3")
    parser.add_argument("--method", choices=("emulated", "abc"), default="emulated")
    parser.add_argument("--classifier", choices=("perceptron", "quadratic"), default="perceptron")
    options = parser.parse_args()
    scores = []
    for observation in options.observations.split(","):
        folder = os.path.join(options.reference, FOLDERS.get(options.problem, options.problem), observation)
        if not os.path.isdir(folder):
            continue
        observed = np.loadtxt(os.path.join(folder, "observation.csv"), delimiter=",", skiprows=1)
        reference = np.loadtxt(os.path.join(folder, "reference_posterior_samples.csv.bz2"), delimiter=",", skiprows=1)
        for seed in options.seeds.split(","):
            with tempfile.NamedTemporaryFile(suffix=".csv") as out:
                ran = subprocess.run([options.program, options.problem, os.path.join(folder, "observation.csv"),
                                      options.budget, seed, out.name, options.method], stderr=subprocess.PIPE, text=True, check=False)
                if ran.returncode != 0:
                    sys.exit(ran.stderr)
                draws = np.loadtxt(out.name, delimiter=",")
            scores.append(c2st(reference, draws, options.classifier))
            line = f"{options.problem} observation {observation} seed {seed}: C2ST {scores[-1]:.3f}"
            if options.problem == "gaussian_linear":
                line += f", KL {divergence_from_exact(draws, observed):.3f}"
            print(line, "|", ran.stderr.splitlines()[0], flush=True)
    print(f"{options.problem} at {options.budget} simulations: mean C2ST {np.mean(scores):.3f} "
          f"(from {min(scores):.3f} to {max(scores):.3f}, {len(scores)} runs)")


if __name__ == "__main__":
    main()
