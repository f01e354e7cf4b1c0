"""What is neither a screen nor SQL: reading files, asking questions, drawing answers."""
