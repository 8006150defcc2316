/** The demonstration: a person's session with a notebook, played on a real kernel where there is one, and recorded while it happens. */
@NullMarked
package dev.trackit.runner.demo;

import org.jspecify.annotations.NullMarked;
