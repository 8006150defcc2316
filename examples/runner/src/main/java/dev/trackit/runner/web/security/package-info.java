/** Who may ask the local page, and how: the one filter in front of everything, and the limits of connections. */
@NullMarked
package dev.trackit.runner.web.security;

import org.jspecify.annotations.NullMarked;
