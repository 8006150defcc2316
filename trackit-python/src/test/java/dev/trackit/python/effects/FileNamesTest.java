package dev.trackit.python.effects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of files that code computes. Held against the files that the same code opened when it was run. */
class FileNamesTest {
    private static final String FIRST =
            "import os, logging\nimport numpy as np, pandas as pd\nimport matplotlib.pyplot as plt\n"
                    + "from pathlib import Path\nfiles = ['out/c1.csv', 'out/c2.csv']\ndf = pd.DataFrame({'a': [1]})";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            np.save('out/k', df.values)                                                | [out/k.npy]
            np.savez_compressed('out/z', a=df.values)                                  | [out/z.npz]
            np.save('out/k.npy', df.values)                                            | [out/k.npy]
            plt.savefig('fig')                                                         | [fig.png]
            plt.savefig('fig', format='pdf')                                           | [fig.pdf]
            plt.savefig('fig.svg')                                                     | [fig.svg]
            df.to_csv(Path.cwd() / 'out' / 'a.csv')                                    | [out/a.csv]
            df.to_csv(os.path.join(os.getcwd(), 'a.csv'))                              | [a.csv]
            Path('out/note.txt').with_suffix('.md').write_text('x')                    | [out/note.md]
            Path('out/note.txt').with_name('b.txt').write_text('x')                    | [out/b.txt]
            [df.to_csv(os.path.splitext(f)[0] + '_s.csv') for f in files]              | [out/c1_s.csv, out/c2_s.csv]
            [df.to_csv(f'out/e_{i:02d}.csv') for i, f in enumerate(files)]             | [out/e_00.csv, out/e_01.csv]
            df.to_csv('out/{:03d}.csv'.format(7))                                      | [out/007.csv]
            logging.basicConfig(filename='run.log')                                    | [run.log]
            """)
    void areFollowed(String code, String files) {
        assertThat(AnalyzedCells.of(FIRST, code).filesWritten(1)).hasToString(files);
    }
}
