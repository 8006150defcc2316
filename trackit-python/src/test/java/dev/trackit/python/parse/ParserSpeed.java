package dev.trackit.python.parse;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** For people: how fast the parser is once warm. Its only argument is a folder of Python files. */
final class ParserSpeed {

    private static final String CELL = """
            df = pd.read_csv("data/train.csv", sep=";", na_values=["?", "NA"], index_col=0)
            df["age"] = df.age.fillna(df["age"].median()).astype(int)
            df.loc[df.fare > 100, ["a", "b"]] = np.nan
            df = df[(df.x >= 0) & ~df.y.isnull()].drop(columns=["t"], axis=1)
            g = df.groupby("k").agg({"v": ["mean", "max"], "w": lambda s: (s > 0).sum()})
            for i, (a, b) in enumerate(zip(xs, ys), start=1):
                total += f(a, b=b) ** 2 if i % 2 == 0 else 0
            X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
            model = LogisticRegression(max_iter=1000).fit(X_train, y_train)
            print(f"accuracy: {model.score(X_test, y_test):.3f}")
            """;

    private ParserSpeed() {}

    /** Time on the processor, so that a busy machine does not spoil the figures; garbage collection is not in it. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    public static void main(String[] arguments) throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".py")).toList()) {
                sources.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        long characters = sources.stream().mapToLong(String::length).sum();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 12; round++) {
            long start = cpu();
            sources.forEach(Parser::parseModule);
            best = Math.min(best, cpu() - start);
        }
        System.out.printf("library: %.1f MB, %.1f MB/s%n", characters / 1e6, characters / 1e6 / (best / 1e9));
        long cell = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            long start = cpu();
            for (int i = 0; i < 1_000; i++) {
                Parser.parseCell(CELL);
            }
            cell = Math.min(cell, cpu() - start);
        }
        System.out.printf("cell of ten lines: %.1f µs%n", cell / 1e6);
    }
}
