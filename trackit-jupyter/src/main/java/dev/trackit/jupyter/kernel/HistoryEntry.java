package dev.trackit.jupyter.kernel;

/** One execution as the kernel's history knows it: its count, and its code without line ends at the end. */
record HistoryEntry(int count, String code) {}
