"""Understanding what people type: pure, bounded, and rather asking than guessing.

`understand` is the one door. It reads; whoever calls it decides what to do.
"""

from handlers.understanding.choosing import understand
from handlers.understanding.values import Ask, Facts, Told, Topic, Understood

__all__ = ["Ask", "Facts", "Told", "Topic", "Understood", "understand"]
