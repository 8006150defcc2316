/** What the page knows of notebooks while it is open: read once from the logs, then kept up to date as they grow. */
@NullMarked
package dev.trackit.runner.web.live;

import org.jspecify.annotations.NullMarked;
