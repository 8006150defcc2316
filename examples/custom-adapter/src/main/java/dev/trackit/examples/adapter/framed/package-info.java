/** A store: one file per log, of records with a length and a checksum before each. */
@NullMarked
package dev.trackit.examples.adapter.framed;

import org.jspecify.annotations.NullMarked;
