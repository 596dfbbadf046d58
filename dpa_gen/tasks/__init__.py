"""A workspace -> who has to do what by when, each with its reason and its source."""
