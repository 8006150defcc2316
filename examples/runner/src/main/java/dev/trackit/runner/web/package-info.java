/** The local page: a small web server that only this machine's user can reach, and what it answers. */
@NullMarked
package dev.trackit.runner.web;

import org.jspecify.annotations.NullMarked;
