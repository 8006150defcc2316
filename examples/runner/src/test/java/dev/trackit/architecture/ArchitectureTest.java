package dev.trackit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The layers of {@code docs/architecture.md}, as rules over the compiled classes of all modules. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.trackit");

    private static final String[] ADAPTERS = {
        "dev.trackit.store..", "dev.trackit.jupyter..", "dev.trackit.python..", "dev.trackit.bedrock.."
    };

    /**
     * The places that may open a connection: to kernels and local servers, through the gate, to see whether a local server answers, and to serve the
     * local page.
     */
    private static final String[] NETWORK = {
        "dev.trackit.bedrock..", "dev.trackit.jupyter..", "dev.trackit.runner.doctor..", "dev.trackit.runner.web.."
    };

    @Test
    void everyModuleIsThere() {
        Set<String> seen = new TreeSet<>();
        ALL.forEach(c -> seen.add(c.getPackageName()));
        assertThat(seen)
                .contains("dev.trackit.api", "dev.trackit.spi", "dev.trackit.core", "dev.trackit.summary")
                .contains("dev.trackit.bedrock")
                .contains("dev.trackit.jupyter", "dev.trackit.python", "dev.trackit.store.jsonl", "dev.trackit.runner");
    }

    @Test
    void apiKnowsNothingButJSpecify() {
        classes()
                .that()
                .resideInAPackage("dev.trackit.api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.trackit.api..", "java..", "org.jspecify..")
                .check(ALL);
        classes()
                .that()
                .resideInAPackage("dev.trackit.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.trackit.api..", "dev.trackit.spi..", "java..", "org.jspecify..")
                .check(ALL);
    }

    @Test
    void coreKnowsNoAdapterAndNoLibraryButTheLoggingApi() {
        classes()
                .that()
                .resideInAPackage("dev.trackit.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.trackit.core..",
                        "dev.trackit.api..",
                        "dev.trackit.spi..",
                        "java..",
                        "javax.crypto..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(ALL);
    }

    @Test
    void summariesKnowTheCoreAndNoAdapter() {
        classes()
                .that()
                .resideInAPackage("dev.trackit.summary..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.trackit.summary..",
                        "dev.trackit.core..",
                        "dev.trackit.api..",
                        "dev.trackit.spi..",
                        "java..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(ALL);
    }

    @Test
    void adaptersKnowTheApiAloneAndNotOneAnother() {
        for (String adapter : ADAPTERS) {
            noClasses()
                    .that()
                    .resideInAPackage(adapter)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage("dev.trackit..")
                            .and(not(resideInAnyPackage("dev.trackit.api..", "dev.trackit.spi..", adapter))))
                    .check(ALL);
        }
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("dev.trackit.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void noTypeOfAVendorShowsInAPublicSignature() {
        codeUnits()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(not(resideInAnyPackage("dev.trackit.runner..")))
                .should(new ArchCondition<JavaCodeUnit>("use no type of a vendor") {
                    @Override
                    public void check(JavaCodeUnit unit, ConditionEvents events) {
                        Set<JavaClass> shown = new LinkedHashSet<>(unit.getRawParameterTypes());
                        shown.add(unit.getRawReturnType());
                        shown.addAll(unit.getExceptionTypes());
                        for (JavaClass type : shown) {
                            if (isVendors(type.getBaseComponentType())) {
                                events.add(SimpleConditionEvent.violated(
                                        unit, unit.getFullName() + " shows " + type.getName()));
                            }
                        }
                    }
                })
                .check(ALL);
    }

    private static boolean isVendors(JavaClass type) {
        return List.of("com.fasterxml.", "org.zeromq.", "zmq.", "software.amazon.", "io.netty.", "org.slf4j.").stream()
                .anyMatch(type.getName()::startsWith);
    }

    @Test
    void zeroMqIsHiddenBehindOneClass() {
        Set<String> users = new TreeSet<>();
        for (JavaClass c : ALL) {
            boolean uses = c.getDirectDependenciesFromSelf().stream()
                    .anyMatch(d -> d.getTargetClass().getName().matches("(org\\.zeromq|zmq)\\..*"));
            if (uses) {
                users.add(c.getName().replaceAll("\\$.*", ""));
            }
        }
        assertThat(users).hasSize(1);
    }

    @Test
    void nothingOpensAConnectionOutsideTheStatedPlaces() {
        noClasses()
                .that()
                .resideOutsideOfPackages(NETWORK)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.net\\.(http\\..*|Socket|ServerSocket|DatagramSocket|HttpURLConnection|URLConnection)|"
                                + "java\\.nio\\.channels\\.(SocketChannel|ServerSocketChannel|DatagramChannel|AsynchronousSocketChannel)|"
                                + "(org\\.zeromq|zmq|io\\.netty|software\\.amazon|org\\.eclipse\\.jetty|io\\.javalin)\\..*")
                .check(ALL);
    }

    @Test
    void onlyTheRunnerWritesToStandardOutput() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.trackit.runner..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ALL);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        ALL.forEach(c -> {
            if (!c.getPackage().isAnnotatedWith(NullMarked.class)) {
                unmarked.add(c.getPackageName());
            }
        });
        assertThat(unmarked).isEmpty();
    }

    @Test
    void implementationsOfServicesAreFinalOrHidden() {
        classes()
                .that()
                .resideInAnyPackage(ADAPTERS)
                .and()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(ALL);
    }
}
