package dev.trackit.jupyter.wire;

/** The channels of a kernel that TrackIT uses. */
public enum Channel {
    /** Broadcasts: what runs, and what it puts out. */
    IOPUB,
    /** Requests that the kernel answers beside a running cell. */
    CONTROL,
    /** Requests in turn with the cells. Only used with kernels that TrackIT started itself. */
    SHELL
}
