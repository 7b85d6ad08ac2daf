"""Run as a process by test_examine: says what it finds in its environment."""

import os

if __name__ == "__main__":
    print("application/pdf")
    print(dict(os.environ))
