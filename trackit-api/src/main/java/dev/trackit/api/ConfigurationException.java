package dev.trackit.api;

import org.jspecify.annotations.Nullable;

/** What was asked for cannot be set up: an unknown provider, an option with a bad value, a missing artifact. */
public final class ConfigurationException extends TrackitException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the user. */
    public ConfigurationException(String message) {
        super(message);
    }

    /** An exception with a message for the user and the fault that led to it. */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
