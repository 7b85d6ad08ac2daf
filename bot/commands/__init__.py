"""The commands that are no room of their own, a module each; bot.cli names them all."""
