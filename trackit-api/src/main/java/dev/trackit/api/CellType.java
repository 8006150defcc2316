package dev.trackit.api;

/** What a cell of a notebook is. */
public enum CellType {
    /** Source that a kernel executes. */
    CODE,
    /** Prose, in Markdown. */
    MARKDOWN,
    /** Anything else that the notebook carries: raw cells, and the headings and HTML cells of old formats. */
    RAW
}
