"""Makes one data set of several files."""
