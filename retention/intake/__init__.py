"""From a file as the owner has it to canonical rows, with every finding said aloud."""
