"""The dialog of an algorithm: estimate, commands to copy, cards of models."""
