"""A week made into a sealed record, replayed from it, and a figure of it told down to its cells."""
