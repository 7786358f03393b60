"""Note markers glued to words: evidence for and against each place, and the best sequence of places."""
