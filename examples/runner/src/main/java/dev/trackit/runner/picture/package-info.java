/** Lineage as a picture: what flows from where to where, chosen, laid out and drawn, for the page, the command line and documents. */
@NullMarked
package dev.trackit.runner.picture;

import org.jspecify.annotations.NullMarked;
