"""A vendor's paper -> what the law asks of it and whether it is there: pure, offline, the same answer every time."""
