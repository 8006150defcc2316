/** A summarizer that asks any service with an interface like OpenAI's. */
@NullMarked
package dev.trackit.examples.adapter.openai;

import org.jspecify.annotations.NullMarked;
