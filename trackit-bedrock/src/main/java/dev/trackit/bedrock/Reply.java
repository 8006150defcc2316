package dev.trackit.bedrock;

/**
 * What one request brought back.
 *
 * @param text the whole answer
 * @param full false if the model stopped because its answer reached the allowed length
 * @param inputTokens as counted by the service; -1 if it did not tell
 * @param outputTokens as counted by the service; -1 if it did not tell
 */
record Reply(String text, boolean full, long inputTokens, long outputTokens) {}
