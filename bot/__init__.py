"""The running program: webhook, turn, LINE adapter, worker, settings and command line."""
