"""The commands of `python -m retention`, one module each."""
