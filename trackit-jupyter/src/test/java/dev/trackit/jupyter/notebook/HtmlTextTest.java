package dev.trackit.jupyter.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Notebook;
import dev.trackit.api.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlTextTest {

    @Test
    void aStyledTableBecomesRowsOfCells() {
        String html = """
                <style type="text/css">#T_1 td { color: red }</style>
                <table id="T_1"><thead><tr><th class="blank">&nbsp;</th><th>name</th><th>a &lt; b</th></tr></thead>
                <tbody><tr><th>0</th><td data-x="1 > 0">Ada   Lovelace</td><td>1.50</td></tr>
                <tr><th>1</th><td></td><td>&#215;&#xe9;</td></tr></tbody></table>""";
        assertThat(HtmlText.of(html).lines()).containsExactly("| name | a < b", "0 | Ada Lovelace | 1.50", "1 |  | ×é");
    }

    @Test
    void blocksBeginLinesAndInlineTagsDoNot() {
        assertThat(HtmlText.of("<div><b>Mean</b>: 3<br/>Max: <i>5</i></div><p>done &copy; &amp;</p>"))
                .isEqualTo("Mean: 3\nMax: 5\ndone &copy; &");
    }

    @Test
    void scriptsCommentsAndStylesAreNoText() {
        assertThat(HtmlText.of("a<script>if (x < 1) alert('<td>')</script><!-- b <td> --> c<svg><text>d</text></svg>"))
                .isEqualTo("a c");
    }

    @Test
    void brokenHtmlGivesWhatCanBeRead() {
        assertThat(HtmlText.of("1 < 2 and <b")).isEqualTo("1 < 2 and");
        assertThat(HtmlText.of("x <script>never closed")).isEqualTo("x");
        assertThat(HtmlText.of("<td title=\"never closed>y")).isEmpty();
        assertThat(HtmlText.of("&&#xZZ;&#99999999999;")).startsWith("&");
        assertThat(HtmlText.of("")).isEmpty();
    }

    @Test
    void hostileHtmlCostsTimeInProportion() {
        for (String piece : new String[] {"<", "<a", "&", "<!--", "<script>", "</", "<td>"}) {
            String html = piece.repeat(64 * 1024 / piece.length());
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> HtmlText.of(html));
        }
    }

    @Test
    void anOutputWithHtmlAloneHasItsTextAndKeepsItsPayload(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("styled.ipynb");
        Files.writeString(file, """
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "id": "a",
                 "metadata": {}, "execution_count": 1, "source": "df.style", "outputs": [{"output_type": "execute_result",
                 "execution_count": 1, "metadata": {}, "data": {"text/html": "<table><tr><td>1</td><td>2</td></tr></table>"}}]}]}
                """);
        Notebook notebook = new NotebookReader().read(file);
        Output output = notebook.cells().get(0).outputs().get(0);
        assertThat(output.mime()).isEqualTo("text/html");
        assertThat(output.text()).isEqualTo("1 | 2");
        assertThat(output.bytes()).isEqualTo("<table><tr><td>1</td><td>2</td></tr></table>".length());
    }
}
