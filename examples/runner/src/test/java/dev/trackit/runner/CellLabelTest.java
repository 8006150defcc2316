package dev.trackit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cells are for, as a person labelled a notebook of ours, cell by cell. */
class CellLabelTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The label, then the code. */
    private static final String[][] CELLS = {
        {"setup", "!pip install pandas scikit-learn"},
        {"setup", """
            import pandas as pd
            import matplotlib.pyplot as plt
            from sklearn.linear_model import LogisticRegression
            from sklearn.model_selection import train_test_split
            from sklearn.preprocessing import StandardScaler
            from sklearn.metrics import accuracy_score
            %matplotlib inline"""},
        {"setup", "pd.set_option('display.max_rows', 20)"},
        {"loading", "orders = pd.read_csv('raw/orders.csv')\norders.head()"},
        {"loading", "plans = pd.DataFrame({'plan': ['basic', 'plus'], 'price': [9, 19]})"},
        {"exploring", "orders.head()"},
        {"exploring", "orders.shape"},
        {"exploring", "orders.isna().sum()"},
        {"exploring", "orders['country'].value_counts()"},
        {"exploring", "orders[orders['amount'] > 100]"},
        {"exploring", "orders.groupby('country')['amount'].mean()"},
        {"exploring", "print('rows:', len(orders))"},
        {"cleaning", "orders = orders.drop_duplicates()"},
        {"cleaning", "orders['age'] = orders['age'].fillna(orders['age'].median())\norders['age'].describe()"},
        {"cleaning", "orders['day'] = pd.to_datetime(orders['day'])"},
        {"cleaning", "orders = orders[orders['amount'] > 0]\norders.shape"},
        {"cleaning", "orders = orders.rename(columns={'cust': 'customer'})"},
        {"cleaning", "orders = orders.drop(columns=['comment'])"},
        {"plotting", "plt.figure(figsize=(8, 4))\nplt.hist(orders['amount'], bins=30)\nplt.title('Amounts')\nplt.show()"
        },
        {"plotting", "orders.groupby('country')['amount'].sum().plot.bar()"},
        {"helper functions", "def ratio(a, b):\n    return a / b if b else 0"},
        {"feature engineering", "orders['per_item'] = orders['amount'] / orders['items']"},
        {"feature engineering", "data = orders.merge(plans, on='plan', how='left')"},
        {"feature engineering", "by_customer = data.groupby('customer')['amount'].sum().reset_index()"},
        {"feature engineering", "X = pd.get_dummies(data[['amount', 'plan', 'age']])\ny = data['churned']"},
        {"feature engineering", "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)"},
        {
            "feature engineering",
            "scaler = StandardScaler()\nscaler.fit(X_train)\nX_train = scaler.transform(X_train)\nX_test = scaler.transform(X_test)"
        },
        {"modelling", "model = LogisticRegression(max_iter=500)"},
        {"modelling", "model.fit(X_train, y_train)"},
        {"predicting", "predicted = model.predict(X_test)"},
        {"evaluating", "print('accuracy:', accuracy_score(y_test, predicted))"},
        {"evaluating", "model.score(X_test, y_test)"},
        {"saving", "data.to_csv('train.csv', index=False)"},
        {"comments only", "# model.fit(X, y)  tried, much slower"},
        {"comments only", "'''\nold = data.copy()\n'''"},
    };

    @TempDir
    Path folder;

    @Test
    void cellsAreForWhatAPersonSays() throws IOException {
        write();
        List<JsonNode> executions =
                CliRun.in(folder, "lineage", "labelled.ipynb", "--json").json();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < CELLS.length; i++) {
            String label = executions.get(i).path("activity").asText();
            if (!label.equals(CELLS[i][0])) {
                wrong.add(CELLS[i][1] + "\n   is for " + CELLS[i][0] + ", not "
                        + executions.get(i).path("activities"));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aCellThatDoesSeveralThingsHasAllLabelsTheMainOneFirst() throws IOException {
        write();
        CliRun.in(folder, "import", "labelled.ipynb");
        JsonNode loading = CliRun.in(folder, "log", "labelled", "--json").json().get(3);
        assertThat(loading.path("activity").asText()).isEqualTo("loading");
        assertThat(loading.path("activities").toString()).isEqualTo("[\"loading\",\"exploring\"]");
        JsonNode summary =
                CliRun.in(folder, "summary", "labelled", "--json").json().get(0);
        assertThat(summary.path("executions").get(3).path("activities")).isEqualTo(loading.path("activities"));
        assertThat(summary.path("executions").get(3).path("cellIndex").asInt()).isEqualTo(3);
    }

    private void write() throws IOException {
        ObjectNode notebook = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("name", "python3")
                .put("language", "python")
                .put("display_name", "Python 3");
        ArrayNode cells = notebook.putArray("cells");
        for (String[] cell : CELLS) {
            ObjectNode node = cells.addObject().put("cell_type", "code").put("id", "c" + cells.size());
            node.put("execution_count", cells.size()).put("source", cell[1]);
            node.putObject("metadata");
            node.putArray("outputs");
        }
        Files.write(folder.resolve("labelled.ipynb"), JSON.writeValueAsBytes(notebook));
    }
}
