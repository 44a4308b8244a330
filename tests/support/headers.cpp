// Holds nothing: its target carries the headers that all tests share, parsed once.
