/**
 * The log on local disk: append-only segments of JSON Lines with a chain of digests. The format is described in
 * {@code docs/log-format.md}. One type is public, {@link dev.trackit.store.jsonl.JsonlLineageStoreProvider}.
 */
@NullMarked
package dev.trackit.store.jsonl;

import org.jspecify.annotations.NullMarked;
