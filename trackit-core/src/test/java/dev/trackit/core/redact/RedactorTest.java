package dev.trackit.core.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final Redactor REDACTOR = Redactor.withSalt("0123456789abcdef".getBytes());

    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource(
            delimiter = '§',
            value = {
                "key = 'AKIAIOSFODNN7EXAMPLE'§AKIAIOSFODNN7EXAMPLE",
                "ghp_16C7e42F292c6912E7710c838347Ae178B4a§ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                "client(\"sk-proj-abc123DEF456ghi789JKL\")§sk-proj-abc123DEF456ghi789JKL",
                "xoxb-123456789012-abcdefGHIJ§xoxb-123456789012-abcdefGHIJ",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9§eyJhbGciOiJIUzI1NiJ9",
                "hf_abcdefghijABCDEFGHIJ1234567890abcd§hf_abcdefghijABCDEFGHIJ1234567890abcd",
                "postgresql://ann:s3cr3t@db.example.com/x§s3cr3t",
                "create_engine('mysql://root:p@ss:w0rd@localhost')§p@ss:w0rd",
                "password = 'hunter2'§hunter2",
                "DB_PASSWORD=Tr0ub4dor§Tr0ub4dor",
                "{\"api_key\": \"abcdef\"}§abcdef",
                "os.environ['SECRET_TOKEN'] = r'some value'§some value",
                "connect(user='x', passwd = \"correct horse\")§correct horse",
                "curl --token abc123def§abc123def",
                "setenv('API_TOKEN', 'zzz-top')§zzz-top",
                "headers = {'Authorization': 'Bearer abc.def-123456'}§abc.def-123456",
                "https://x.blob.core.windows.net/c?sv=1&sig=a1B2c3D4e5§a1B2c3D4e5",
                "AccountKey=Zm9vYmFyMTIz==;§Zm9vYmFyMTIz==",
                "write to ann.smith+x@mail.example.org today§ann.smith+x@mail.example.org",
                "Contact ann@example.org.§ann@example.org",
                "card 4111 1111 1111 1111 ok§4111 1111 1111 1111",
                "iban DE89 3704 0044 0532 0130 00.§DE89 3704 0044 0532 0130 00",
                "GB82WEST12345698765432§GB82WEST12345698765432",
                "call +49 30 901820-0 now§+49 30 901820-0",
                "(415) 555-2671§(415) 555-2671",
                "ssn 078-05-1120§078-05-1120",
                "%env DB_PASSWORD correcthorse§correcthorse",
                "%env API_TOKEN=correcthorse§correcthorse",
                "!export SECRET=correcthorse§correcthorse",
                "machine db.example.com login ann password correcthorse§correcthorse",
                "pyodbc.connect('Server=db;Uid=ann;Pwd=correcthorse;Port=1')§correcthorse",
                "psycopg2.connect(\"host=db user=ann password=correcthorse\")§correcthorse",
                "requests.get(url, auth=('ann', 'correcthorse'))§correcthorse",
                "smtp.login(\"ann\", \"correcthorse\")§correcthorse",
                "HTTPBasicAuth('ann', 'correcthorse')§correcthorse",
                "db_pass = 'correcthorse'§correcthorse",
                "{'user': 'ann', 'pw': 'correcthorse'}§correcthorse",
                "client('s3', 'AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')§wJalrXUtnFEMI/K7MDENG",
            })
    void secretsAndPersonalDataAreReplaced(String text, String secret) {
        String redacted = REDACTOR.apply(text);
        assertThat(redacted).doesNotContain(secret).containsPattern("\\[[a-z-]+:[0-9a-f]{6}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "df = pd.read_csv('data/train.csv')",
                "password = getpass.getpass()",
                "token = os.environ['TOKEN']",
                "tokens = text.split()",
                "df['token'] = df['text'].str.lower()",
                "if password == 'x': pass",
                "sk-learn and scikit-learn-contrib-extras",
                "accuracy 0.8765432109876543",
                "1234567890123 rows",
                "[0.11111111111111, 4.2222222222222]",
                "date 2026-01-01 and 2026-12-31",
                "model.fit(X_train, y_train)",
                "@property",
                "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "https://example.com/a/b?c=d",
                "password = ''",
                "tokenizer = Tokenizer(num_words=1000)",
                "192.168.100.200",
                "df.pass_rate = passed / total",
                "passengers = 'abc def'",
                "auth = ['a', 'b']",
                "login(user, password=password)",
                "df.query('token == other')",
                "print('the password is checked later')",
                "plt.pie(pin, labels=names)",
            })
    void ordinaryTextStaysAsItIs(String text) {
        assertThat(REDACTOR.apply(text)).isEqualTo(text);
    }

    @Test
    void privateKeysGoWholeAlsoWithoutTheirEnd() {
        String key = "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK\n-----END RSA PRIVATE KEY-----\nb";
        assertThat(REDACTOR.apply(key))
                .startsWith("a\n[private-key:")
                .endsWith("]\nb")
                .doesNotContain("MIIE");
        assertThat(REDACTOR.apply(key.substring(0, 50))).doesNotContain("MIIE");
    }

    @Test
    void equalSecretsGetEqualMarksAndOtherProjectsGetOthers() {
        String twice = REDACTOR.apply("a@example.com b@example.com a@example.com");
        String[] marks = twice.split(" ");
        assertThat(marks[0]).isEqualTo(marks[2]).isNotEqualTo(marks[1]);
        assertThat(Redactor.withSalt("another salt, also long".getBytes()).apply("a@example.com"))
                .isNotEqualTo(marks[0]);
    }

    @Test
    void learnedSecretIsReplacedWhereNothingTells() {
        Redactor learned = REDACTOR.learning(List.of("password = 'correcthorse'", "x = 1"));
        assertThat(learned.apply("pd.read_csv('correcthorse.csv')")).doesNotContain("correcthorse");
        assertThat(learned.apply("the output was correcthorse")).doesNotContain("correcthorse");
        assertThat(REDACTOR.apply("pd.read_csv('correcthorse.csv')")).contains("correcthorse");
    }

    @Test
    void learnedSecretIsReplacedInTheFormsThatProgramsGiveIt() {
        Redactor learned = REDACTOR.learning(
                List.of(
                        "password = 'correct horse/9'",
                        "key = '''-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END PRIVATE KEY-----'''"));
        assertThat(learned.apply("GET /?p=correct+horse%2F9")).doesNotContain("horse");
        assertThat(learned.apply("Y29ycmVjdCBob3JzZS85")).startsWith("[secret:");
        assertThat(learned.apply("ValueError: AQEFAASCBKcwggSjAgEAAoIB")).startsWith("ValueError: [private-key:");
        assertThat(learned.apply("the output was correct ho…")).matches("the output was \\[secret:[0-9a-f]{6}]…");
        assertThat(REDACTOR.apply("QUJD\nMIIEvQ\n-----END RSA PRIVATE KEY-----"))
                .doesNotContain("MII", "QUJD");
    }

    @Test
    void learnedSecretsThatOverlapAreAllReplaced() {
        Redactor learned =
                REDACTOR.learning(List.of("password = 'abcdef1'", "token = 'cdef1gh'", "secret = 'bcdef1g'"));
        assertThat(learned.apply("x abcdef1gh y")).matches("x \\[secret:[0-9a-f]{6}] y");
    }

    @Test
    void redactingTwiceChangesNothing() {
        String once = REDACTOR.apply("password = 'hunter2', mail a@example.com, postgresql://u:pw1@h/d");
        assertThat(REDACTOR.apply(once)).isEqualTo(once);
    }

    @Test
    void hostileTextIsReadInLinearSteps() {
        Random random = new Random(7);
        String alphabet = "password=:\"'@.+-0123456789 AKIAeyJ://\\\n";
        for (int n = 0; n < 300; n++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(400);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(REDACTOR.apply(text.toString())).isNotNull();
        }
        assertThat(REDACTOR.apply("://".repeat(50_000))).hasSize(150_000);
        assertThat(REDACTOR.apply("@".repeat(200_000))).hasSize(200_000);
        assertThat(REDACTOR.apply("password".repeat(50_000))).hasSize(400_000);
    }

    @Test
    void saltMustBeLongEnough() {
        assertThatThrownBy(() -> Redactor.withSalt(new byte[8])).hasMessageContaining("at least 16 bytes");
    }
}
