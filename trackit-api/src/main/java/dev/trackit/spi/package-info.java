/**
 * What an adapter implements. Each extension is a service and a provider: {@link java.util.ServiceLoader} sees providers
 * only, which are cheap to construct and do no I/O; only the chosen one is opened.
 */
@NullMarked
package dev.trackit.spi;

import org.jspecify.annotations.NullMarked;
