package dev.trackit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trackit.core.redact.Redactor;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A secret in the midst of any text is not in what comes out, and marks are left as they are when a text is redacted again. */
class RedactorFuzzTest {
    private static final String SECRET = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    private static final Pattern MARK = Pattern.compile("\\[[a-z-]+:[0-9a-f]{6}]");
    private static final Redactor REDACTOR = Redactor.withSalt("0123456789abcdef".getBytes());

    @FuzzTest(maxDuration = "5m")
    void aSecretIsFoundWhateverStandsAroundIt(FuzzedDataProvider data) {
        String before = data.consumeString(data.consumeInt(0, 400));
        String after = data.consumeRemainingAsString();
        String redacted = REDACTOR.apply(before + "\n" + SECRET + "\n" + after);
        assertThat(redacted).doesNotContain(SECRET);
        assertThat(marks(REDACTOR.apply(redacted))).containsAll(marks(redacted));
    }

    private static List<String> marks(String text) {
        return MARK.matcher(text).results().map(MatchResult::group).toList();
    }
}
