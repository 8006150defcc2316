/**
 * For authors of adapters: the numbered contracts of the SPI ({@code docs/contracts.md}) as tests to extend, and fakes that keep
 * the contracts. Needs JUnit Jupiter only.
 */
@NullMarked
package dev.trackit.testkit;

import org.jspecify.annotations.NullMarked;
