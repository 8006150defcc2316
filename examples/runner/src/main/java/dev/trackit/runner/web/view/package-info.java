/** The views of the page as JSON: notebooks, timeline, outputs, lineage, slice, summary, state. */
@NullMarked
package dev.trackit.runner.web.view;

import org.jspecify.annotations.NullMarked;
