/** The table of addresses, requests with their parameters, answers and errors, and the page's own files. */
@NullMarked
package dev.trackit.runner.web.http;

import org.jspecify.annotations.NullMarked;
