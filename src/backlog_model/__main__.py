"""`python -m backlog_model`: the same as the `backlog` command."""

from backlog_model.cli import main

if __name__ == "__main__":
    main()
