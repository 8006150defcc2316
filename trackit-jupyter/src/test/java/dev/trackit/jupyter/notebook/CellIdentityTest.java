package dev.trackit.jupyter.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellIdentityTest {

    @Test
    void freshIdsComeFromContentAndAreTheSameEachTime() {
        List<Cell> first = read(List.of(), "import os", "x = 1", "x = 1");
        assertThat(ids(first)).doesNotHaveDuplicates().isEqualTo(ids(read(List.of(), "import os", "x = 1", "x = 1")));
        assertThat(first.get(2).id()).isEqualTo(first.get(1).id() + "-2");
    }

    @Test
    void movedInsertedAndDeletedCellsKeepTheOthersIds() {
        List<Cell> before = read(List.of(), "import os", "load(data)", "plot(data)", "save(data)");
        List<Cell> after = read(before, "new first cell", "plot(data)", "import os", "save(data)");
        assertThat(after.get(1).id()).isEqualTo(before.get(2).id());
        assertThat(after.get(2).id()).isEqualTo(before.get(0).id());
        assertThat(after.get(3).id()).isEqualTo(before.get(3).id());
        assertThat(ids(before)).doesNotContain(after.get(0).id());
    }

    @Test
    void anEditedCellKeepsItsIdThoughOthersAreInsertedBesideIt() {
        List<Cell> before = read(
                List.of(), "import pandas as pd", "df['age'] = df['age'].fillna(df['age'].median())", "df.describe()");
        List<Cell> after = read(
                before,
                "import pandas as pd",
                "print('something else entirely')",
                "df['age'] = df['age'].fillna(0)",
                "df.describe()");
        assertThat(after.get(2).id()).isEqualTo(before.get(1).id());
        assertThat(ids(before)).doesNotContain(after.get(1).id());
    }

    @Test
    void aRewrittenCellBetweenTheSameNeighboursKeepsItsId() {
        List<Cell> before = read(List.of(), "a = 1", "old words here", "c = 3");
        List<Cell> after = read(before, "a = 1", "totally different", "c = 3");
        assertThat(ids(after)).isEqualTo(ids(before));
    }

    @Test
    void theBlankCellAtTheEndBecomesTheCellThatIsTypedThere() {
        List<Cell> before = read(List.of(), "a = 1", "");
        List<Cell> after = read(before, "a = 1", "b = 2", "");
        assertThat(after.get(1).id()).isEqualTo(before.get(1).id());
        assertThat(after.get(2).id()).isNotIn(ids(before));
    }

    @Test
    void equalCellsAreToldApartByTheirNeighbours() {
        List<Cell> before = read(List.of(), "df.head()", "step_one(df)", "df.head()", "step_two(df)", "df.head()");
        List<Cell> after = read(before, "step_one(df)", "df.head()", "step_two(df)", "df.head()");
        assertThat(ids(after)).isEqualTo(ids(before).subList(1, 5));
    }

    @Test
    void aLongCellThatWasEditedAndMovedIsRecognised() {
        String cell = "result = merge(customers, orders, on='customer_id', how='left', validate='one_to_many')";
        List<Cell> before = read(List.of(), cell, "one = first()", "two = second()", "three = third()");
        List<Cell> after =
                read(before, "one = first()", "two = second()", "three = third()", cell + "  # checked", "x");
        assertThat(after.get(3).id()).isEqualTo(before.get(0).id());
    }

    @Test
    void aCellWhoseTypeChangesKeepsItsId() {
        List<Cell> before = read(List.of(), "some text", "x = 1");
        CellDraft markdown = draft("some text");
        markdown.type = CellType.MARKDOWN;
        List<String> ids = CellIdentity.assign(before, List.of(markdown, draft("x = 1")));
        assertThat(ids).isEqualTo(ids(before));
    }

    @Test
    void idsOfTheFileWinAndSurviveADowngrade() {
        List<Cell> before = read(List.of(), "a = 1", "b = 2");
        CellDraft first = draft("a = 1");
        first.fileId = "file-a";
        CellDraft second = draft("b = 2");
        second.fileId = "file-b";
        assertThat(CellIdentity.assign(before, List.of(first, second))).containsExactly("file-a", "file-b");
        List<Cell> upgraded = List.of(first.toCell("file-a", 0), second.toCell("file-b", 1));
        assertThat(ids(read(upgraded, "b = 2", "a = 1"))).containsExactly("file-b", "file-a");
    }

    @Test
    void aFreshIdIsNeverOneThatAnotherCellJustHad() {
        List<Cell> original = read(List.of(), "x = 1");
        List<Cell> edited = read(original, "x = 2");
        assertThat(ids(edited)).isEqualTo(ids(original));
        List<Cell> copied = read(edited, "x = 2", "x = 1");
        assertThat(ids(copied)).doesNotHaveDuplicates();
        assertThat(copied.get(0).id()).isEqualTo(original.get(0).id());
    }

    @Test
    void fiveThousandShuffledEditedCellsAreMatched() {
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            sources.add(
                    i % 5 == 0
                            ? "df.head()"
                            : "value_" + i + " = transform_" + i + "(table_" + i + ", column=" + i + ")");
        }
        List<Cell> before = read(List.of(), sources.toArray(String[]::new));
        Collections.rotate(sources, 100);
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            if (random.nextInt(3) == 0) {
                sources.set(i, sources.get(i) + "\nprint(" + i + ")");
            }
        }
        List<Cell> after = read(before, sources.toArray(String[]::new));
        assertThat(ids(after)).doesNotHaveDuplicates();
        int same = 0;
        for (int i = 0; i < 5_000; i++) {
            if (after.get(i)
                    .id()
                    .equals(before.get(Math.floorMod(i - 100, 5_000)).id())) {
                same++;
            }
        }
        assertThat(same).isGreaterThan(4_200);
    }

    private static List<Cell> read(List<Cell> known, String... sources) {
        List<CellDraft> drafts = new ArrayList<>();
        for (String source : sources) {
            drafts.add(draft(source));
        }
        List<String> ids = CellIdentity.assign(known, drafts);
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            cells.add(drafts.get(i).toCell(ids.get(i), i));
        }
        return cells;
    }

    private static CellDraft draft(String source) {
        CellDraft draft = new CellDraft();
        draft.type = CellType.CODE;
        draft.source = source;
        return draft;
    }

    private static List<String> ids(List<Cell> cells) {
        return cells.stream().map(Cell::id).toList();
    }
}
