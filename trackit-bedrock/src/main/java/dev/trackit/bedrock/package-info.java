/**
 * Summaries by a model on Amazon Bedrock, through the Converse API, streamed. Nothing is sent before a summary is asked for, and
 * each request passes the {@link dev.trackit.spi.EgressGate}.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html">ConverseStream</a>
 */
@NullMarked
package dev.trackit.bedrock;

import org.jspecify.annotations.NullMarked;
