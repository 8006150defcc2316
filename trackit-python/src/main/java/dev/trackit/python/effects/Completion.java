package dev.trackit.python.effects;

/** How a block of statements ends. */
enum Completion {
    /** It goes on after the block. */
    NORMAL,
    /** A {@code break} or {@code continue}: it goes on after or at the head of the loop. */
    LOOP,
    /** A {@code return} or {@code raise}. */
    EXIT
}
