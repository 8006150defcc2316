package dev.trackit.bedrock;

import static dev.trackit.api.SummarizerException.Reason.CANCELLED;
import static dev.trackit.api.SummarizerException.Reason.FILTERED;
import static dev.trackit.api.SummarizerException.Reason.MODEL_GONE;
import static dev.trackit.api.SummarizerException.Reason.NO_ACCESS;
import static dev.trackit.api.SummarizerException.Reason.NO_CREDENTIALS;
import static dev.trackit.api.SummarizerException.Reason.REJECTED;
import static dev.trackit.api.SummarizerException.Reason.THROTTLED;
import static dev.trackit.api.SummarizerException.Reason.TIMEOUT;
import static dev.trackit.api.SummarizerException.Reason.UNAVAILABLE;
import static dev.trackit.api.SummarizerException.Reason.WRONG_REGION;

import dev.trackit.api.Excerpt;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.SummarizerException.Reason;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns what the SDK throws into what a user can do about it. */
final class Faults {
    private static final int MAX_DETAIL = 400;

    private static final Set<String> CREDENTIAL_CODES = Set.of(
            "ExpiredTokenException",
            "ExpiredToken",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException");

    private Faults() {}

    static SummarizerException explain(Throwable fault, BedrockOptions options, String destination) {
        Throwable cause = unwrap(fault);
        if (cause instanceof SummarizerException known) {
            return known;
        } else if (cause instanceof AwsServiceException service) {
            return ofService(service, options, destination);
        } else if (cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException) {
            return new SummarizerException(
                    TIMEOUT, "No answer from " + destination + " in time. Try again later.", cause);
        } else if (cause instanceof AbortedException) {
            return new SummarizerException(CANCELLED, "The request to " + destination + " was given up.", cause);
        }
        return ofClient(cause, options, destination);
    }

    private static SummarizerException ofService(AwsServiceException e, BedrockOptions options, String destination) {
        String code = code(e);
        String said = said(
                e.awsErrorDetails() == null
                        ? e.getMessage()
                        : e.awsErrorDetails().errorMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        int status = e.statusCode();
        String model = options.model();
        if (CREDENTIAL_CODES.contains(code) || lower.contains("security token")) {
            return of(
                    NO_CREDENTIALS,
                    "The AWS credentials were refused: " + said
                            + " Refresh them (for example with aws sso login), or choose another profile with bedrock.profile.",
                    e);
        } else if (lower.contains("end of its life") || lower.contains("end of life") || lower.contains("legacy")) {
            return of(
                    MODEL_GONE,
                    "The model " + model + " is not offered any more: " + said
                            + " Choose another one with bedrock.model.",
                    e);
        } else if (code.startsWith("Throttling")
                || code.startsWith("TooManyRequests")
                || code.startsWith("ServiceQuotaExceeded")
                || status == 429) {
            return of(
                    THROTTLED,
                    destination + " asks to slow down: " + said + " Try again later, or lower bedrock.parallel.",
                    e);
        } else if (code.startsWith("AccessDenied") || status == 403) {
            return of(
                    NO_ACCESS,
                    "This AWS account may not use " + model + ": " + said
                            + " Ask for access to the model in the Bedrock console, or for the right bedrock:InvokeModelWithResponseStream.",
                    e);
        } else if (code.startsWith("ResourceNotFound")
                || status == 404
                || lower.contains("model identifier is invalid")
                || lower.contains("could not resolve the foundation model")) {
            return of(
                    WRONG_REGION,
                    "There is no model " + model + " at " + destination + ": " + said
                            + " Check bedrock.model and bedrock.region; not every model is offered in every region.",
                    e);
        } else if (lower.contains("on-demand throughput")) {
            return of(
                    REJECTED,
                    "The model " + model + " can only be used through an inference profile: " + said
                            + " Put the profile's id or ARN into bedrock.model, for example us." + model + ".",
                    e);
        } else if (lower.contains("guardrail")
                || lower.contains("content filter")
                || lower.contains("content policy")) {
            return of(FILTERED, "A content filter of Amazon Bedrock refused the request: " + said, e);
        } else if (code.startsWith("ModelTimeout") || status == 408) {
            return of(
                    UNAVAILABLE,
                    "The model took too long: " + said + " Try again later, or lower bedrock.input-tokens.",
                    e);
        } else if (status >= 500
                || code.startsWith("InternalServer")
                || code.startsWith("ServiceUnavailable")
                || code.startsWith("ModelNotReady")
                || code.startsWith("ModelStreamError")
                || code.startsWith("ModelError")
                || status == 424) {
            return of(UNAVAILABLE, destination + " failed: " + said + " Try again later.", e);
        }
        return of(
                REJECTED,
                destination + " refused the request" + (code.isEmpty() ? "" : " (" + code + ")") + ": " + said,
                e);
    }

    /** Inside a stream the same codes begin with a small letter. */
    private static String code(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code == null || code.isEmpty() ? "" : Character.toUpperCase(code.charAt(0)) + code.substring(1);
    }

    private static SummarizerException ofClient(Throwable e, BedrockOptions options, String destination) {
        String text = everyMessage(e).toLowerCase(Locale.ROOT);
        if (text.contains("unable to load credentials")
                || text.contains("profile file contained no credentials")
                || text.contains("unable to load region")
                        && options.region().isEmpty()
                        && text.contains("credentials")) {
            return of(NO_CREDENTIALS, AwsSetup.NO_CREDENTIALS, e);
        } else if (text.contains("unable to load region")) {
            return of(WRONG_REGION, AwsSetup.NO_REGION, e);
        } else if (hasCause(e, UnknownHostException.class)) {
            return of(
                    options.endpoint().isPresent() ? UNAVAILABLE : WRONG_REGION,
                    destination
                            + " cannot be found by name. Check bedrock.region and bedrock.endpoint, and that this machine is online.",
                    e);
        }
        if (hasCause(e, SSLHandshakeException.class) || hasCause(e, SSLPeerUnverifiedException.class)) {
            return of(
                    REJECTED,
                    "No safe connection to " + destination + " could be made: " + said(lastMessage(e))
                            + " Check bedrock.endpoint, and whether a proxy puts its own certificate in between.",
                    e);
        } else if (hasCause(e, ConnectException.class)) {
            return of(
                    UNAVAILABLE,
                    destination + " could not be reached: " + said(lastMessage(e))
                            + " Check bedrock.endpoint, the network and the proxy, or try again later.",
                    e);
        }
        return of(
                UNAVAILABLE,
                destination + " could not be reached, or its answer could not be read: " + said(e.getMessage())
                        + " Try again later.",
                e);
    }

    private static SummarizerException of(Reason reason, String message, Throwable cause) {
        return new SummarizerException(reason, message, cause);
    }

    private static Throwable unwrap(Throwable fault) {
        Throwable cause = fault;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof SummarizerException || t instanceof AwsServiceException) {
                return t;
            }
        }
        return cause;
    }

    /** What the innermost cause says: the outer ones only pass it on. */
    private static String lastMessage(Throwable e) {
        String message = String.valueOf(e.getMessage());
        for (Throwable t = e; t != null; t = t.getCause()) {
            message = t.getMessage() == null || t.getMessage().isBlank() ? message : t.getMessage();
        }
        return message;
    }

    private static boolean hasCause(Throwable e, Class<?> type) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static String everyMessage(Throwable e) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = e; t != null; t = t.getCause()) {
            all.append(t instanceof SdkException || t == e ? t.getMessage() : t.toString())
                    .append('\n');
        }
        return all.toString();
    }

    /** What the service said, as one plain sentence of limited length: it is foreign text. */
    private static String said(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "no reason was given.";
        }
        String plain = message.replaceAll("\\p{Cntrl}+", " ").strip();
        plain = Excerpt.of(plain, MAX_DETAIL);
        return plain.endsWith(".") || plain.endsWith("…") ? plain : plain + ".";
    }
}
