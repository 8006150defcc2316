package dev.trackit.runner.demo;

import java.util.List;
import java.util.Map;

/**
 * What happens in the demonstration: somebody prepares data as people do, with a failure, an edit, cells run again and out of
 * order.
 */
final class Story {
    /** One thing that the person does. */
    sealed interface Step {}

    /** Runs a cell. */
    record Run(String cell) implements Step {}

    /** Changes a cell's code to that of a name. */
    record Edit(String cell, String code) implements Step {}

    /** Saves the notebook. */
    record Save() implements Step {}

    /**
     * Some steps with one purpose.
     *
     * @param title what the person is doing, in a sentence
     */
    record Act(String title, List<Step> steps) {
        Act {
            steps = List.copyOf(steps);
        }
    }

    /** The cells of the notebook in their order. */
    static final List<String> CELLS = List.of("imports", "load", "types", "fill", "join", "encode", "write");

    static final List<Act> ACTS = List.of(
            new Act(
                    "opens the notebook and loads the raw data",
                    List.of(new Run("imports"), new Run("load"), new Save())),
            new Act(
                    "converts the amounts: it fails, they are written as \"12,50 EUR\"",
                    List.of(new Run("types"), new Save())),
            new Act(
                    "edits that cell and runs it again",
                    List.of(new Edit("types", "types.fixed"), new Run("types"), new Save())),
            new Act(
                    "fills missing ages with 0, and sees that the mean is too low",
                    List.of(new Run("fill"), new Save())),
            new Act(
                    "goes back: loads again, out of order, and fills with the median",
                    List.of(
                            new Edit("fill", "fill.fixed"),
                            new Run("load"),
                            new Run("types"),
                            new Run("fill"),
                            new Save())),
            new Act(
                    "joins, encodes and writes the training data",
                    List.of(new Run("join"), new Run("encode"), new Run("write"), new Save())));

    private static final Map<String, String> PANDAS = Map.of(
            "imports",
            "import pandas as pd",
            "load",
            """
            customers = pd.read_csv("raw/customers.csv")
            orders = pd.read_csv("raw/orders.csv")
            customers.head()""",
            "types",
            """
            orders["amount"] = orders["amount"].astype(float)
            orders["amount"].describe()""",
            "types.fixed",
            """
            amount = orders["amount"].str.replace(" EUR", "", regex=False).str.replace(",", ".", regex=False)
            orders["amount"] = amount.astype(float)
            orders["day"] = pd.to_datetime(orders["day"])
            orders["amount"].describe()""",
            "fill",
            """
            customers["age"] = customers["age"].fillna(0)
            print("mean age:", round(customers["age"].mean(), 1))""",
            "fill.fixed",
            """
            customers["age"] = customers["age"].fillna(customers["age"].median())
            print("mean age:", round(customers["age"].mean(), 1))""",
            "join",
            """
            customers["country"] = customers["country"].str.strip().str.upper()
            data = orders.merge(customers, on="customer", how="left")
            data.shape""",
            "encode",
            """
            train = pd.get_dummies(data.drop(columns=["day"]), columns=["country", "plan"])
            train.head()""",
            "write",
            """
            train.to_csv("train.csv", index=False)
            print(len(train), "rows,", train.shape[1], "columns")""");

    // The same work with Python alone, where there is no pandas.
    private static final Map<String, String> PLAIN = Map.of(
            "imports",
            "import csv\nimport statistics",
            "load",
            """
            with open("raw/customers.csv") as f:
                customers = list(csv.DictReader(f))
            with open("raw/orders.csv") as f:
                orders = list(csv.DictReader(f))
            customers[:2]""",
            "types",
            """
            amounts = [float(o["amount"]) for o in orders]
            max(amounts)""",
            "types.fixed",
            """
            for o in orders:
                o["amount"] = float(o["amount"].replace(" EUR", "").replace(",", "."))
            max(o["amount"] for o in orders)""",
            "fill",
            """
            for c in customers:
                c["age"] = float(c["age"] or 0)
            print("mean age:", round(statistics.mean(c["age"] for c in customers), 1))""",
            "fill.fixed",
            """
            median = statistics.median(float(c["age"]) for c in customers if c["age"])
            for c in customers:
                c["age"] = float(c["age"] or median)
            print("mean age:", round(statistics.mean(c["age"] for c in customers), 1))""",
            "join",
            """
            by_name = {c["customer"]: {**c, "country": c["country"].strip().upper()} for c in customers}
            data = [{**o, **by_name[o["customer"]]} for o in orders]
            len(data), len(data[0])""",
            "encode",
            """
            plans = sorted({d["plan"] for d in data})
            train = [{"amount": d["amount"], "age": d["age"], **{p: d["plan"] == p for p in plans}} for d in data]
            train[0]""",
            "write",
            """
            with open("train.csv", "w", newline="") as f:
                writer = csv.DictWriter(f, train[0].keys())
                writer.writeheader()
                writer.writerows(train)
            print(len(train), "rows,", len(train[0]), "columns")""");

    // What the kernel answers, for the replay where there is no kernel; each a line of text, errors with their name
    // first.
    private static final Map<String, String> ANSWERS = Map.of(
            "imports", "",
            "load", "  customer   age country   plan\n0     C001  29.0      it  basic\n1     C002   NaN      DE   plus",
            "types", "ValueError: could not convert string to float: '188,68 EUR'",
            "types.fixed", "count    300.000000\nmean     103.312733\nName: amount, dtype: float64",
            "fill", "mean age: 40.9",
            "fill.fixed", "mean age: 53.5",
            "join", "(300, 7)",
            "encode", "   order customer  amount   age  country_DE  country_FR  country_IT",
            "write", "300 rows, 10 columns");

    private final Map<String, String> code;

    private Story(Map<String, String> code) {
        this.code = code;
    }

    /** The story with pandas, or with Python alone. */
    static Story with(boolean pandas) {
        return new Story(pandas ? PANDAS : PLAIN);
    }

    /** The code of this name. */
    String code(String name) {
        String found = code.get(name);
        if (found == null) {
            throw new IllegalArgumentException("The story has no code \"" + name + "\"");
        }
        return found;
    }

    /** What a kernel answered to the code of this name when the story was played. */
    static String answer(String name) {
        return ANSWERS.getOrDefault(name, "");
    }
}
