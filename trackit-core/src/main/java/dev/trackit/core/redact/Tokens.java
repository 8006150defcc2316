package dev.trackit.core.redact;

import static dev.trackit.core.redact.Chars.isAlnum;

import java.util.ArrayList;
import java.util.List;

/** Keys and tokens that their makers gave a prefix, so that they can be recognised. */
final class Tokens implements Redactor.Detector {

    /** What may follow a prefix. */
    private enum Body {
        UPPER,
        HEX,
        WORD,
        DOTTED
    }

    private record Shape(String prefix, Body body, int least, int most, String kind) {}

    private static final List<Shape> SHAPES = List.of(
            new Shape("AKIA", Body.UPPER, 16, 16, "aws-key"),
            new Shape("ASIA", Body.UPPER, 16, 16, "aws-key"),
            new Shape("AROA", Body.UPPER, 16, 17, "aws-key"),
            new Shape("AIDA", Body.UPPER, 16, 17, "aws-key"),
            new Shape("ABIA", Body.UPPER, 16, 16, "aws-key"),
            new Shape("ghp_", Body.WORD, 30, 255, "github-token"),
            new Shape("gho_", Body.WORD, 30, 255, "github-token"),
            new Shape("ghu_", Body.WORD, 30, 255, "github-token"),
            new Shape("ghs_", Body.WORD, 30, 255, "github-token"),
            new Shape("ghr_", Body.WORD, 30, 255, "github-token"),
            new Shape("github_pat_", Body.WORD, 20, 255, "github-token"),
            new Shape("glpat-", Body.WORD, 20, 255, "gitlab-token"),
            new Shape("xoxb-", Body.WORD, 10, 255, "slack-token"),
            new Shape("xoxp-", Body.WORD, 10, 255, "slack-token"),
            new Shape("xoxa-", Body.WORD, 10, 255, "slack-token"),
            new Shape("xoxr-", Body.WORD, 10, 255, "slack-token"),
            new Shape("xoxs-", Body.WORD, 10, 255, "slack-token"),
            new Shape("xapp-", Body.WORD, 10, 255, "slack-token"),
            new Shape("hooks.slack.com/services/", Body.DOTTED, 20, 255, "slack-webhook"),
            new Shape("sk-", Body.WORD, 20, 255, "api-key"),
            new Shape("sk_live_", Body.WORD, 16, 255, "stripe-key"),
            new Shape("sk_test_", Body.WORD, 16, 255, "stripe-key"),
            new Shape("rk_live_", Body.WORD, 16, 255, "stripe-key"),
            new Shape("whsec_", Body.WORD, 16, 255, "stripe-key"),
            new Shape("AIza", Body.WORD, 35, 35, "google-key"),
            new Shape("ya29.", Body.DOTTED, 20, 4096, "google-token"),
            new Shape("GOCSPX-", Body.WORD, 20, 64, "google-secret"),
            new Shape("hf_", Body.WORD, 30, 64, "huggingface-token"),
            new Shape("npm_", Body.WORD, 30, 64, "npm-token"),
            new Shape("pypi-", Body.WORD, 50, 255, "pypi-token"),
            new Shape("SG.", Body.DOTTED, 40, 128, "sendgrid-key"),
            new Shape("dckr_pat_", Body.WORD, 20, 64, "docker-token"),
            new Shape("dop_v1_", Body.HEX, 40, 64, "digitalocean-token"),
            new Shape("dapi", Body.HEX, 32, 32, "databricks-token"),
            new Shape("shpat_", Body.HEX, 32, 32, "shopify-token"),
            new Shape("glsa_", Body.WORD, 30, 64, "grafana-token"),
            new Shape("key-", Body.HEX, 32, 32, "api-key"),
            new Shape("lin_api_", Body.WORD, 30, 64, "linear-key"),
            new Shape("sq0atp-", Body.WORD, 20, 32, "square-token"),
            new Shape("sq0csp-", Body.WORD, 40, 48, "square-token"),
            new Shape("r8_", Body.WORD, 35, 64, "replicate-token"),
            new Shape("gsk_", Body.WORD, 40, 64, "api-key"),
            new Shape("pat-", Body.WORD, 30, 64, "api-key"),
            new Shape("AGE-SECRET-KEY-1", Body.UPPER, 50, 64, "age-key"),
            new Shape("eyJ", Body.DOTTED, 30, 8192, "jwt"));

    private static final int AWS_SECRET = 40;
    private static final int NEAR = 200;
    private static final List<List<Shape>> BY_FIRST = index();

    @Override
    public boolean mayFind(String text) {
        return text.length() >= 16;
    }

    @Override
    public void find(String text, List<Redactor.Finding> findings) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || BY_FIRST.get(c).isEmpty() || Chars.insideWord(text, i)) {
                continue;
            }
            for (Shape shape : BY_FIRST.get(c)) {
                int end = end(text, i, shape);
                if (end > 0) {
                    findings.add(new Redactor.Finding(i, end, shape.kind(), true));
                    if (shape.kind().equals("aws-key")) {
                        besides(text, end, findings);
                    }
                    i = end - 1;
                    break;
                }
            }
        }
        webTokens(text, findings);
    }

    /** The secret that belongs to a key's id has no shape but its length, and stands close behind it. */
    private static void besides(String text, int from, List<Redactor.Finding> findings) {
        int start = from;
        for (int i = from; i <= text.length() && i - from <= NEAR; i++) {
            if (i == text.length() || !fits(text.charAt(i), Body.DOTTED) && text.charAt(i) != '+') {
                if (i - start == AWS_SECRET && looksRandom(text, start, i, Body.WORD)) {
                    findings.add(new Redactor.Finding(start, i, "aws-secret", true));
                }
                start = i + 1;
            }
        }
    }

    /** {@code Authorization: Bearer …} and {@code Basic …}, whose tokens have no shape of their own. */
    private static void webTokens(String text, List<Redactor.Finding> findings) {
        for (String scheme : List.of("Bearer ", "bearer ", "Basic ", "basic ", "token ", "Token ")) {
            for (int at = text.indexOf(scheme); at >= 0; at = text.indexOf(scheme, at + 1)) {
                int start = at + scheme.length();
                int end = start;
                boolean digit = false;
                while (end < text.length() && Chars.isToken(text.charAt(end))) {
                    digit |= Chars.isDigit(text.charAt(end));
                    end++;
                }
                if (digit && end - start >= 12 && !Chars.insideWord(text, at)) {
                    findings.add(new Redactor.Finding(start, end, "token", true));
                }
            }
        }
    }

    private static int end(String text, int start, Shape shape) {
        if (!text.startsWith(shape.prefix(), start)) {
            return -1;
        }
        int body = start + shape.prefix().length();
        int end = body;
        while (end < text.length() && end - body < shape.most() && fits(text.charAt(end), shape.body())) {
            end++;
        }
        boolean whole = end == text.length() || !fits(text.charAt(end), shape.body());
        if (end - body < shape.least() || !whole || !looksRandom(text, body, end, shape.body())) {
            return -1;
        }
        if (shape.kind().equals("jwt")
                && text.substring(start, end).chars().filter(c -> c == '.').count() < 2) {
            return -1;
        }
        return end;
    }

    private static boolean fits(char c, Body body) {
        return switch (body) {
            case UPPER -> Chars.isDigit(c) || Chars.isUpper(c);
            case HEX -> Chars.isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            case WORD -> isAlnum(c) || c == '_' || c == '-';
            case DOTTED -> isAlnum(c) || c == '_' || c == '-' || c == '.' || c == '/';
        };
    }

    /** A name such as {@code sk-learn-contrib-project-one} has no digit; a key of that length without one is most unlikely. */
    private static boolean looksRandom(String text, int start, int end, Body body) {
        if (body == Body.UPPER || body == Body.HEX) {
            return true;
        }
        boolean digit = false;
        boolean letter = false;
        for (int i = start; i < end; i++) {
            digit |= Chars.isDigit(text.charAt(i));
            letter |= isAlnum(text.charAt(i)) && !Chars.isDigit(text.charAt(i));
        }
        return digit && letter;
    }

    private static List<List<Shape>> index() {
        List<List<Shape>> byFirst = new ArrayList<>();
        for (int c = 0; c < 128; c++) {
            List<Shape> shapes = new ArrayList<>();
            for (Shape shape : SHAPES) {
                if (shape.prefix().charAt(0) == c) {
                    shapes.add(shape);
                }
            }
            byFirst.add(shapes);
        }
        return byFirst;
    }
}
