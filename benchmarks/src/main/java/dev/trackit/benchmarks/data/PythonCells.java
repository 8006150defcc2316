package dev.trackit.benchmarks.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Code cells as data people write them, from a seed. Immutable. */
public final class PythonCells {
    /** A cell of ten lines that uses much of the language. */
    public static final String TEN_LINES = """
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

    private static final String IMPORTS = """
            import numpy as np
            import pandas as pd
            import matplotlib.pyplot as plt
            from sklearn.linear_model import LogisticRegression
            from sklearn.model_selection import train_test_split
            """;

    /** {@code %1$d} is the number of a data frame, {@code %2$d} a number that changes from cell to cell. */
    private static final String[] TEMPLATES = {
        "df%1$d = pd.read_csv(\"data/part-%1$d.csv\")\ndf%1$d.head()",
        "df%1$d[\"age\"] = df%1$d[\"age\"].fillna(df%1$d[\"age\"].median())\ndf%1$d.isnull().sum()",
        "df%1$d[\"ratio_%2$d\"] = df%1$d[\"fare\"] / (df%1$d[\"size\"] + %2$d)\ndf%1$d.describe()",
        "df%1$d = df%1$d[df%1$d[\"fare\"] < %2$d]\nprint(df%1$d.shape)",
        "df%1$d = df%1$d.drop(columns=[\"ticket\"], errors=\"ignore\")\ndf%1$d.columns",
        "by_port = df%1$d.groupby(\"port\").agg({\"fare\": [\"mean\", \"max\"], \"age\": \"median\"})\nby_port",
        "both = df%1$d.merge(by_port, on=\"port\", how=\"left\")\nboth = both.sort_values(\"fare\").reset_index(drop=True)",
        "X = df%1$d[[\"age\", \"fare\"]].to_numpy()\ny = df%1$d[\"survived\"]\n"
                + "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=%2$d)",
        "model = LogisticRegression(C=%2$d / 100)\nmodel.fit(X_train, y_train)\n"
                + "print(\"accuracy\", model.score(X_test, y_test))",
        "plt.figure(figsize=(8, 4))\nplt.hist(df%1$d[\"fare\"], bins=%2$d)\nplt.title(\"Fares\")\nplt.show()",
        "def clean_%1$d(frame, limit=%2$d):\n    out = frame.copy()\n    out[\"fare\"] = out[\"fare\"].clip(upper=limit)\n"
                + "    return out\n\ndf%1$d = clean_%1$d(df%1$d)",
        "scores = []\nfor seed in range(%2$d):\n    rng = np.random.default_rng(seed)\n"
                + "    scores.append(rng.normal())\nprint(np.mean(scores))",
    };

    private PythonCells() {}

    /**
     * The code of the executions of one long session, in order: imports, then cells that work on eight data frames, which are read anew now and then, so
     * that what a value depends on does not grow for ever.
     */
    public static List<String> session(int executions, long seed) {
        Random random = new Random(seed);
        List<String> cells = new ArrayList<>(executions);
        cells.add(IMPORTS);
        for (int frame = 0; frame < 8 && cells.size() < executions; frame++) {
            cells.add(filled(TEMPLATES[0], frame, 0));
        }
        while (cells.size() < executions) {
            String template = TEMPLATES[random.nextInt(TEMPLATES.length)];
            cells.add(filled(template, random.nextInt(8), 1 + random.nextInt(99)));
        }
        return cells.subList(0, executions);
    }

    /** The executions of a session in which each depends on the one before, so that a slice holds them all. */
    public static List<String> chain(int executions) {
        List<String> cells = new ArrayList<>(executions);
        cells.add("import pandas as pd\ndf = pd.read_csv(\"data/train.csv\")");
        for (int i = 1; i < executions; i++) {
            cells.add("df[\"step\"] = df[\"step\"] * 2 + " + i % 97);
        }
        return cells;
    }

    private static String filled(String template, int frame, int number) {
        return String.format(Locale.ROOT, template, frame, number);
    }
}
