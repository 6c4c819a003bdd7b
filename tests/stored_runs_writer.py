"""Keeps runs until it is killed, and writes down which are finished (folder, file for names, number of writer)."""

import os
import random
import sys
from pathlib import Path

from backlog_model import store
from stored_runs import files

if __name__ == "__main__":
    folder, said, number = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(number)
    while True:
        name = f"{chance.getrandbits(48 if chance.random() < 0.7 else 4):012x}"
        store.keep(name, folder, files(name, values="".join(f"{row}\n" for row in range(2000))))
        with said.open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")
            os.fsync(file.fileno())
