package dev.trackit.spi;

/**
 * What all providers have in common: an id by which a configuration names them.
 *
 * <p>A provider has a public constructor without arguments that does nothing; it is constructed to learn its id even when
 * another one is chosen.
 */
public interface Provider {

    /**
     * The id, for example {@code jsonl}: 1 to 40 of {@code a-z}, {@code 0-9} and {@code -}, unique among the providers of one
     * service, and always the same.
     */
    String id();
}
