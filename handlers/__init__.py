"""What the bot says and does: one file a topic, a router, texts and cards. No I/O."""
