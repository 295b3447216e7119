"""A simulator for `tremplin infer`: 25 people measured, and a share. Its posterior is known exactly."""
import random
import sys

next(sys.stdin)  # run seed mu share
for line in sys.stdin:
    run, seed, mu, share = line.split()
    luck = random.Random(int(seed))
    mean = sum(luck.gauss(float(mu), 1) for _ in range(25)) / 25
    print(run, mean, share, flush=True)
