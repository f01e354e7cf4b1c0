"""The isolated process that reads files: its program, its protocol, its limits."""
