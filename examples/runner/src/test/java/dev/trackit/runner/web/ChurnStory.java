package dev.trackit.runner.web;

import dev.trackit.runner.JupyterServerDriver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Somebody prepares data to predict which customers leave, as people do: with a cell that fails, one that is edited, cells run again and
 * out of order, under headings, saved from time to time. Played in a real kernel.
 */
final class ChurnStory {
    private static final int CUSTOMERS = 600;
    private static final int MONTHS = 4;

    private final JupyterServerDriver jupyter;
    private final String notebook;
    private final Map<String, Map<String, Object>> cells = new LinkedHashMap<>();

    ChurnStory(JupyterServerDriver jupyter, String notebook) {
        this.jupyter = jupyter;
        this.notebook = notebook;
    }

    /** Opens the notebook and loads the raw data. */
    void load() throws IOException {
        prose("title", "# Churn features\nWhich customers leave? Raw exports in `data/`, features in `features.csv`.");
        prose("loading", "## Load the raw data");
        code("imports", "import pandas as pd");
        code("load", """
                customers = pd.read_csv("data/customers.csv")
                usage = pd.read_csv("data/usage.csv")
                customers.head()""");
        code("shapes", "customers.shape, usage.shape");
        save();
    }

    /** Cleans: a conversion fails and is mended, a choice is taken back. */
    void clean() throws IOException {
        prose("cleaning", "## Clean\nAmounts are written as *12,50 EUR*; some ages are missing.");
        code("amounts", "usage[\"bill\"] = usage[\"bill\"].astype(float)");
        save();
        code("amounts", """
                # "12,50 EUR" is what the billing system exports
                bill = usage["bill"].str.replace(" EUR", "", regex=False).str.replace(",", ".", regex=False)
                usage["bill"] = bill.astype(float)
                usage["month"] = pd.to_datetime(usage["month"])
                usage.describe()""");
        code("ages", """
                customers["age"] = customers["age"].fillna(0)
                print("mean age", round(customers["age"].mean(), 1))""");
        save();
        // Zero pulls the mean down: back to the raw data, out of order.
        code("load", source("load"));
        code("amounts", source("amounts"));
        code("ages", """
                customers["age"] = customers["age"].fillna(customers["age"].median())
                print("mean age", round(customers["age"].mean(), 1))""");
        code("duplicates", "customers = customers.drop_duplicates(subset=[\"customer\"])\nlen(customers)");
        save();
    }

    /** Joins, computes features and writes them. */
    void features() throws IOException {
        prose("joining", "## Join and compute features");
        code("join", """
                customers["country"] = customers["country"].str.strip().str.upper()
                spend = usage.groupby("customer", as_index=False).agg(
                    months=("month", "nunique"), spend=("bill", "sum"), calls=("calls", "mean"))
                data = customers.merge(spend, on="customer", how="left")
                data.shape""");
        code("features", """
                data["per_month"] = data["spend"] / data["months"]
                active = data[data["months"] >= 2]
                features = pd.get_dummies(active.drop(columns=["customer"]), columns=["country", "plan"])
                features.head()""");
        code("write", """
                features.to_csv("features.csv", index=False)
                print(len(features), "rows,", features.shape[1], "columns")""");
        save();
    }

    /** Draws a picture and fits a model; needs matplotlib and scikit-learn. */
    void model() throws IOException {
        prose("modelling", "## A first model");
        code("plot", """
                %matplotlib inline
                import matplotlib.pyplot as plt
                fig, axes = plt.subplots(figsize=(6, 2.6))
                features.groupby("churned")["per_month"].plot.hist(bins=24, alpha=0.6, legend=True, ax=axes)
                axes.set_xlabel("spend per month")
                plt.show()""");
        code("fit", """
                from sklearn.linear_model import LogisticRegression
                from sklearn.model_selection import train_test_split

                X = features.drop(columns=["churned"])
                y = features["churned"]
                X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=7)
                model = LogisticRegression(max_iter=2000).fit(X_train, y_train)
                print("accuracy", round(model.score(X_test, y_test), 3))""");
        save();
    }

    /** Writes the raw data below a folder, with the faults that raw data has; the same in each run. */
    static void writeData(Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("customers.csv"), customers(), StandardCharsets.UTF_8);
        Files.writeString(data.resolve("usage.csv"), usage(), StandardCharsets.UTF_8);
    }

    private static String customers() {
        Random random = new Random(7);
        List<String> countries = List.of("DE", " de", "FR", "fr ", "IT", "it");
        List<String> plans = List.of("basic", "basic", "plus", "pro");
        StringBuilder csv = new StringBuilder("customer,age,country,plan,churned\n");
        for (int i = 1; i <= CUSTOMERS; i++) {
            String age = random.nextInt(6) == 0 ? "" : String.valueOf(18 + random.nextInt(60));
            csv.append(String.format(
                    Locale.ROOT,
                    "C%04d,%s,%s,%s,%d\n",
                    i,
                    age,
                    countries.get(random.nextInt(countries.size())),
                    plans.get(random.nextInt(plans.size())),
                    random.nextInt(4) == 0 ? 1 : 0));
        }
        return csv.toString();
    }

    private static String usage() {
        Random random = new Random(11);
        StringBuilder csv = new StringBuilder("customer,month,bill,calls\n");
        for (int i = 1; i <= CUSTOMERS; i++) {
            for (int month = 1; month <= 1 + random.nextInt(MONTHS); month++) {
                csv.append(String.format(
                        Locale.ROOT,
                        "C%04d,2026-%02d-01,\"%d,%02d EUR\",%d\n",
                        i,
                        month,
                        5 + random.nextInt(95),
                        random.nextInt(100),
                        random.nextInt(300)));
            }
        }
        return csv.toString();
    }

    private String source(String cell) {
        return String.valueOf(cells.get(cell).get("source"));
    }

    private void prose(String id, String text) {
        cells.put(id, Map.of("id", id, "type", "markdown", "source", text));
    }

    /** Writes a cell, anew or over the one of this id, and runs it. */
    private void code(String id, String source) throws IOException {
        JupyterServerDriver.Truth truth = jupyter.run(notebook, source);
        Map<String, Object> cell = new HashMap<>(Map.of("id", id, "source", source, "count", truth.count()));
        cells.put(id, cell);
    }

    private void save() throws IOException {
        jupyter.saveCells(notebook, new ArrayList<>(cells.values()));
    }
}
