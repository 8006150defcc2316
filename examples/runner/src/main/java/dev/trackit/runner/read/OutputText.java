package dev.trackit.runner.read;

import dev.trackit.api.Output;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import java.util.List;

/** Outputs in words. */
final class OutputText {
    private OutputText() {}

    /** One line: what a stream says first, the last line of an error, the kind and size of a picture. */
    static String summary(Output output) {
        List<String> lines = TerminalText.clean(output.text())
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .toList();
        if (output.type() == Output.Type.ERROR) {
            return "✗ " + (lines.isEmpty() ? TerminalText.line(output.name()) : lastOf(lines, output.name()));
        }
        boolean text = output.mime().startsWith("text/plain") || output.type() == Output.Type.STREAM;
        String more = lines.size() > 1 || output.textCut()
                ? "  (" + Wording.count(lines.size(), "line") + ", " + Wording.bytes(output.bytes()) + ")"
                : "";
        String first = lines.isEmpty() ? "" : lines.get(0);
        if (output.type() == Output.Type.STREAM) {
            return (output.name().equals("stderr") ? "stderr: " : "› ") + first + more;
        }
        String kind = text ? "" : TerminalText.line(output.mime()) + ", " + Wording.bytes(output.bytes());
        String arrow = output.type() == Output.Type.RESULT ? "⇒ " : "▸ ";
        if (kind.isEmpty()) {
            return arrow + first + more;
        }
        return arrow + kind + (first.isEmpty() ? "" : ": " + first);
    }

    // A traceback ends with the exception and its message.
    private static String lastOf(List<String> lines, String name) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (!name.isEmpty() && lines.get(i).startsWith(name)) {
                return lines.get(i);
            }
        }
        return lines.get(lines.size() - 1);
    }
}
