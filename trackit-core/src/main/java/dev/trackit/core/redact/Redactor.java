package dev.trackit.core.redact;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts marks in the place of secrets and personal data: {@code [api-key:3fa29c]}.
 *
 * <p>It knows the shapes of common cloud keys and tokens, private keys, passwords in addresses, values assigned to names like {@code password},
 * and e-mail addresses, telephone numbers, payment cards (Luhn) and bank accounts (IBAN, mod 97). Equal values get equal marks, by an HMAC with
 * the salt, so that lineage stays readable. A value that was learned to be a secret in one place is replaced wherever it stands, also where
 * nothing around it would tell.
 *
 * <p>It finds what looks like a secret; it cannot know one that looks like an ordinary word. Each text is read once from left to right, in time
 * linear in its length. Safe for use by several threads.
 */
public final class Redactor implements UnaryOperator<String> {
    private static final int SHORTEST_LEARNED = 6;
    private static final int SHORTEST_LINE = 16;
    private static final int MARK_BYTES = 3;
    private static final Pattern MARK = Pattern.compile("\\[[a-z-]{1,40}:[0-9a-f]{6}]");

    private static final List<Detector> DETECTORS = List.of(
            new PrivateKeys(), new AddressPasswords(), new Tokens(), new Assignments(), new Emails(), new Numbers());

    private final SecretKeySpec salt;
    private final KnownValues known;

    private Redactor(SecretKeySpec salt, KnownValues known) {
        this.salt = salt;
        this.known = known;
    }

    /**
     * A redactor.
     *
     * @param salt a random value of the project's own, at least 16 bytes
     */
    public static Redactor withSalt(byte[] salt) {
        if (salt.length < 16) {
            throw new IllegalArgumentException("The salt of a redactor needs at least 16 bytes, not " + salt.length);
        }
        return new Redactor(new SecretKeySpec(salt, "HmacSHA256"), KnownValues.none());
    }

    /** A redactor that also replaces, wherever they stand, the secrets that it finds in these texts now. */
    public Redactor learning(Iterable<String> texts) {
        Set<KnownValues.Value> values = new LinkedHashSet<>(known.values());
        for (String text : texts) {
            for (Finding finding : find(text)) {
                String value = text.substring(finding.start(), finding.end());
                if (finding.secret() && value.length() >= SHORTEST_LEARNED) {
                    learn(value, finding.kind(), values);
                }
            }
        }
        return new Redactor(salt, KnownValues.of(values));
    }

    /** Also as programs write it elsewhere: encoded, and a key line by line, as a traceback shows it. */
    private static void learn(String value, String kind, Set<KnownValues.Value> values) {
        values.add(new KnownValues.Value(value, kind));
        if (kind.equals("private-key")) {
            for (String line : value.split("\\\\n|[^A-Za-z0-9+/=]+")) {
                if (line.length() >= SHORTEST_LINE) {
                    values.add(new KnownValues.Value(line, kind));
                }
            }
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        values.add(new KnownValues.Value(Base64.getEncoder().withoutPadding().encodeToString(bytes), kind));
        values.add(new KnownValues.Value(URLEncoder.encode(value, StandardCharsets.UTF_8), kind));
    }

    /** The text with marks in the place of what was found. */
    @Override
    public String apply(String text) {
        List<Finding> findings = find(requireNonNull(text, "text"));
        if (findings.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        for (Finding finding : findings) {
            out.append(text, at, finding.start());
            out.append('[').append(finding.kind()).append(':');
            out.append(mark(text.substring(finding.start(), finding.end()))).append(']');
            at = finding.end();
        }
        return out.append(text, at, text.length()).toString();
    }

    /** What was found, in order and without overlaps. */
    List<Finding> find(String text) {
        List<Finding> all = new ArrayList<>();
        for (Detector detector : DETECTORS) {
            if (detector.mayFind(text)) {
                detector.find(text, all);
            }
        }
        known.find(text, all);
        List<Finding> outside = outsideMarks(text, all);
        outside.sort(Comparator.comparingInt(Finding::start)
                .thenComparing(Comparator.comparingInt(Finding::end).reversed()));
        List<Finding> apart = new ArrayList<>();
        for (Finding finding : outside) {
            Finding last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
            if (last == null || finding.start() >= last.end()) {
                apart.add(finding);
            } else if (finding.end() > last.end()) { // Overlapping ones become one, so that no end of either shows.
                apart.set(apart.size() - 1, new Finding(last.start(), finding.end(), last.kind(), last.secret()));
            }
        }
        return apart;
    }

    /** The findings without what belongs to a mark that an earlier redaction put there: marks stay as they are. */
    private static List<Finding> outsideMarks(String text, List<Finding> findings) {
        List<MatchResult> marks =
                findings.isEmpty() ? List.of() : MARK.matcher(text).results().toList();
        if (marks.isEmpty()) {
            return findings;
        }
        findings.sort(Comparator.comparingInt(Finding::start));
        List<Finding> outside = new ArrayList<>();
        int next = 0;
        for (Finding finding : findings) {
            while (next < marks.size() && marks.get(next).end() <= finding.start()) {
                next++;
            }
            int at = finding.start();
            for (int i = next; i < marks.size() && marks.get(i).start() < finding.end(); i++) {
                addPart(text, finding, at, marks.get(i).start(), outside);
                at = marks.get(i).end();
            }
            addPart(text, finding, at, finding.end(), outside);
        }
        return outside;
    }

    private static void addPart(String text, Finding finding, int start, int end, List<Finding> parts) {
        if (start < end && !text.substring(start, end).isBlank()) {
            parts.add(new Finding(start, end, finding.kind(), finding.secret()));
        }
    }

    private String mark(String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(salt);
            byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, MARK_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Each Java platform must offer HmacSHA256", e);
        }
    }

    /**
     * One find.
     *
     * @param secret whether the value is a secret, as opposed to personal data
     */
    record Finding(int start, int end, String kind, boolean secret) {}

    /** Finds one family of shapes. */
    interface Detector {
        /** A cheap look that spares most texts the search. */
        boolean mayFind(String text);

        /** Adds what it finds, in any order. */
        void find(String text, List<Finding> findings);
    }
}
