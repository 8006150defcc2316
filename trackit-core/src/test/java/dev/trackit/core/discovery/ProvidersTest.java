package dev.trackit.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.ConfigurationException;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LineageStoreProvider;
import dev.trackit.spi.ProviderContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    static int opened;

    /** A provider that works. */
    public static class Good implements LineageStoreProvider {
        @Override
        public String id() {
            return "good";
        }

        @Override
        public LineageStore open(ProviderContext context) {
            opened++;
            throw new UnsupportedOperationException();
        }
    }

    /** Another one. */
    public static final class Other extends Good {
        @Override
        public String id() {
            return "other";
        }
    }

    /** One with the id of another. */
    public static final class Twin extends Good {}

    /** One whose constructor throws. */
    public static final class Throwing extends Good {
        /** Throws. */
        public Throwing() {
            throw new IllegalStateException("no licence");
        }
    }

    /** One whose id is none. */
    public static final class Nameless extends Good {
        @Override
        public String id() {
            return "Not An Id";
        }
    }

    @Test
    void theOnlyProviderIsChosenWithoutAnId() {
        assertThat(find(Good.class).require(Optional.empty())).isInstanceOf(Good.class);
    }

    @Test
    void anIdChoosesAmongSeveralAndNoneIsOpened() {
        assertThat(find(Good.class, Other.class).require(Optional.of("other"))).isInstanceOf(Other.class);
        assertThat(opened).isZero();
    }

    @Test
    void severalWithoutAChoiceAreAnErrorThatListsThem() {
        assertThatThrownBy(() -> find(Good.class, Other.class).require(Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("There are 2 providers of LineageStoreProvider and none was chosen")
                .hasMessageContaining("good  " + Good.class.getName() + "  (test-classes)")
                .hasMessageContaining("other  " + Other.class.getName());
    }

    @Test
    void noneIsAnErrorThatNamesTheArtifactToAdd() {
        assertThatThrownBy(() -> find().require(Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("There is no provider of LineageStoreProvider on the class path. TrackIT's own is in the"
                        + " artifact dev.trackit:trackit-store-jsonl: add it to the dependencies.");
        assertThat(find().choose(Optional.empty())).isEmpty();
    }

    @Test
    void anUnknownIdIsAnErrorThatListsWhatIsThere() {
        assertThatThrownBy(() -> find(Good.class).require(Optional.of("jsonl")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no provider of LineageStoreProvider with the id \"jsonl\"")
                .hasMessageContaining("good  " + Good.class.getName())
                .hasMessageContaining("dev.trackit:trackit-store-jsonl");
    }

    @Test
    void twoWithTheSameIdAreAnErrorEvenIfItIsNotTheChosenOne() {
        assertThatThrownBy(() -> find(Good.class, Twin.class, Other.class).require(Optional.of("other")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("share the id \"good\"")
                .hasMessageContaining(Twin.class.getName());
    }

    @Test
    void brokenProvidersDoNotHinderOthersAndAreReported() {
        Providers<LineageStoreProvider> found = Providers.find(
                LineageStoreProvider.class,
                new ServicesLoader(
                        "dev.trackit.Missing",
                        Throwing.class.getName(),
                        Nameless.class.getName(),
                        Good.class.getName()));
        assertThat(found.require(Optional.empty())).isInstanceOf(Good.class);
        assertThat(found.report()).hasSize(4);
        assertThat(found.problems())
                .hasSize(3)
                .anySatisfy(p -> assertThat(p).contains("dev.trackit.Missing").contains("not found"))
                .anySatisfy(p -> assertThat(p).contains("no licence"))
                .anySatisfy(p -> assertThat(p).contains("\"Not An Id\" is not 1 to 40 of a-z"));
    }

    @Test
    void aProviderWhoseSuperclassIsMissingIsAProblemOfItsOwnOnly() {
        Good good = new Good();
        Iterator<LineageStoreProvider> iterator = new Iterator<>() {
            private int step;

            @Override
            public boolean hasNext() {
                if (step++ == 0) {
                    throw new NoClassDefFoundError("com/vendor/Base");
                }
                return step == 2;
            }

            @Override
            public LineageStoreProvider next() {
                if (step != 2) {
                    throw new NoSuchElementException();
                }
                return good;
            }
        };
        Providers<LineageStoreProvider> found = Providers.collect(LineageStoreProvider.class, iterator);
        assertThat(found.usable()).containsExactly(good);
        assertThat(found.problems())
                .singleElement()
                .asString()
                .contains("A class it needs is missing: com/vendor/Base");
    }

    @Test
    void anIteratorThatFailsForEverEnds() {
        Iterator<LineageStoreProvider> iterator = new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new NoClassDefFoundError("com/vendor/Base");
            }

            @Override
            public LineageStoreProvider next() {
                throw new NoSuchElementException();
            }
        };
        assertThat(Providers.collect(LineageStoreProvider.class, iterator).usable())
                .isEmpty();
    }

    @Test
    void theReportTellsWhereAProviderComesFrom() {
        assertThat(find(Good.class).report())
                .containsExactly(new ProviderReport(
                        "LineageStoreProvider", "good", Good.class.getName(), "test-classes", "", ""));
    }

    @SafeVarargs
    private static Providers<LineageStoreProvider> find(Class<? extends LineageStoreProvider>... classes) {
        String[] names = new String[classes.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = classes[i].getName();
        }
        return Providers.find(LineageStoreProvider.class, new ServicesLoader(names));
    }

    /** Sees the classes of the test, and one service file with these names. */
    private static final class ServicesLoader extends ClassLoader {
        private final String names;

        ServicesLoader(String... names) {
            super(ProvidersTest.class.getClassLoader());
            this.names = String.join("\n", List.of(names));
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals("META-INF/services/" + LineageStoreProvider.class.getName())
                    ? Collections.enumeration(List.of(url()))
                    : super.getResources(name);
        }

        @SuppressWarnings("deprecation") // URL.of, which replaces the constructor, came after Java 17
        private URL url() throws IOException {
            return new URL(null, "memory:services", new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() {
                            connected = true;
                        }

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(names.getBytes(StandardCharsets.UTF_8));
                        }
                    };
                }
            });
        }
    }
}
