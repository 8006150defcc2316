package dev.trackit.store.jsonl;

import dev.trackit.api.LogId;
import java.time.Clock;

/** What a log's writer and readers share. Immutable. */
record LogHome(FileLayer layer, LogFiles files, LogId log, Clock clock, long segmentBytes) {}
