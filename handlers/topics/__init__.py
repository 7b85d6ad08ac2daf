"""What the bot can talk about: one file a topic, each function takes an Asked, gives an Outcome."""
