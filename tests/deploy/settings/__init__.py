"""What the code reads, asked of the code: whether a process would start with a given environment and given files."""
