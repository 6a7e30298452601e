package cloud.wuye.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;

/** The rules of the house. */
@AnalyzeClasses(packages = "cloud.wuye", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {
    /** Feature → the features it may use. The features that are not built yet stand here so that they find their place. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("platform", Set.of()),
            Map.entry("schedule", Set.of("platform")),
            Map.entry("tenant", Set.of("platform", "schedule")),
            Map.entry("identity", Set.of("platform", "schedule", "tenant")),
            Map.entry("space", Set.of("platform", "schedule", "tenant", "identity")),
            Map.entry("holiday", Set.of("platform", "schedule", "tenant", "identity", "space")),
            Map.entry("ledger", Set.of("platform", "schedule", "tenant", "identity", "space", "holiday")),
            Map.entry("tariff", Set.of("platform", "schedule", "tenant", "identity", "space", "holiday", "ledger")),
            Map.entry(
                    "promotion",
                    Set.of("platform", "schedule", "tenant", "identity", "space", "holiday", "ledger", "tariff")),
            Map.entry(
                    "payment",
                    Set.of(
                            "platform",
                            "schedule",
                            "tenant",
                            "identity",
                            "space",
                            "holiday",
                            "ledger",
                            "tariff",
                            "promotion")),
            Map.entry(
                    "device",
                    Set.of(
                            "platform",
                            "schedule",
                            "tenant",
                            "identity",
                            "space",
                            "holiday",
                            "ledger",
                            "tariff",
                            "promotion",
                            "payment")),
            // Nobody uses it: who has something to tell puts it into the outbox (platform.news).
            Map.entry(
                    "notification",
                    Set.of(
                            "platform",
                            "schedule",
                            "tenant",
                            "identity",
                            "space",
                            "holiday",
                            "ledger",
                            "tariff",
                            "promotion",
                            "payment",
                            "device")));

    private static final String KIT = "cloud.wuye.kit..";

    @ArchTest
    static final ArchRule FEATURES_ARE_FREE_OF_CYCLES = SlicesRuleDefinition.slices()
            .matching("cloud.wuye.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature that needs one above and is needed by it cannot be read, tested or changed alone");

    @ArchTest
    static final ArchRule ENTITIES_STAY_AT_HOME = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .should()
            .notBePublic()
            .because("another feature sees views and events; a public entity is everyone's to change")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ONE_INBOX = methods()
            .that()
            .areAnnotatedWith(Incoming.class)
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage("cloud.wuye.device.inbox")
            .because("acknowledge-after-commit is proven for one corridor; a second would have to prove it again")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule QUARTZ_IS_A_TICKER = noClasses()
            .that()
            .resideOutsideOfPackage("cloud.wuye.schedule..")
            .and()
            .haveSimpleNameNotEndingWith("Job")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.quartz..", "io.quarkus.scheduler..", "io.quarkus.quartz..")
            .because("due times stand in the features' tables; Quartz only rings the bell");

    /** Each costs Quartz some milliseconds a tick, whatever it finds to do. */
    @ArchTest
    static void thereAreFewTickers(JavaClasses classes) {
        List<String> tickers = classes.stream()
                .flatMap(each -> each.getMethods().stream())
                .filter(method -> method.isAnnotatedWith("io.quarkus.scheduler.Scheduled"))
                .map(JavaMethod::getFullName)
                .sorted()
                .toList();
        assertTrue(tickers.size() > 10 && tickers.size() <= 20, tickers::toString);
    }

    @ArchTest
    static final ArchRule NO_TRANSACTION_ANNOTATIONS = noMethods()
            .should()
            .beAnnotatedWith("io.quarkus.hibernate.reactive.panache.common.WithTransaction")
            .orShould()
            .beAnnotatedWith("io.quarkus.hibernate.reactive.panache.common.WithSession")
            .orShould()
            .beAnnotatedWith("jakarta.transaction.Transactional")
            .because("two units that share the request's session close each other's; the Db gives each its own");

    @ArchTest
    static final ArchRule ONE_DOOR = noClasses()
            .that()
            .resideOutsideOfPackage("cloud.wuye.platform.db")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx..sqlclient..", "io.vertx..pgclient..")
                    .and(DescribedPredicate.describe(
                            "are pools", (JavaClass c) -> c.getSimpleName().equals("Pool"))))
            .because("a connection taken past the Db carries no tenant");

    @ArchTest
    static final ArchRule FRONT_DOORS_HOLD_NO_ENTITIES = noClasses()
            .that()
            .haveSimpleNameEndingWith("Api")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "io.quarkus.hibernate..")
            .because("a front door parses, authorises and delegates");

    @ArchTest
    static final ArchRule FRONT_DOORS_ARE_CALLED_API = methods()
            .that()
            .areAnnotatedWith(Query.class)
            .or()
            .areAnnotatedWith(Mutation.class)
            .should()
            .beDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Api")
            .because("who looks for the front door of a feature finds it by its name")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule TIME_COMES_FROM_THE_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackages("cloud.wuye.platform..")
            .and()
            .resideOutsideOfPackage(KIT)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDate.class, "now")
            .orShould()
            .callMethod(java.time.ZonedDateTime.class, "now")
            .because("a test must be able to stand at midnight of a price change");

    @ArchTest
    static final ArchRule NO_NAMES_WITHOUT_MEANING = noClasses()
            .that()
            .resideOutsideOfPackage(KIT)
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Dto|DTO|VO|Processor)")
            .because("such a name says nothing of what the class is for");

    @ArchTest
    static final ArchRule PRODUCTION_KNOWS_NO_KIT = noClasses()
            .that()
            .resideOutsideOfPackage(KIT)
            .should()
            .dependOnClassesThat(resideInAPackage(KIT))
            .because("what ships to production holds no embedded server");

    @ArchTest
    static void featuresUseOnlyThoseAboveThem(com.tngtech.archunit.core.domain.JavaClasses all) {
        for (Map.Entry<String, Set<String>> feature : ALLOWED.entrySet()) {
            List<String> forbidden = new ArrayList<>();
            for (String other : ALLOWED.keySet()) {
                if (!other.equals(feature.getKey()) && !feature.getValue().contains(other)) {
                    forbidden.add("cloud.wuye." + other + "..");
                }
            }
            noClasses()
                    .that()
                    .resideInAPackage("cloud.wuye." + feature.getKey() + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden.toArray(String[]::new))
                    .because("a feature uses only the features above it in the list")
                    .allowEmptyShould(true)
                    .check(all);
        }
    }

    @Test
    void everyFeatureIsKnownAndHasItsNameplate() throws IOException {
        Path root = Path.of("src/main/java/cloud/wuye");
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> folders = Files.walk(root)) {
            for (Path folder : folders.filter(Files::isDirectory)
                    .filter(f -> !f.equals(root))
                    .toList()) {
                String feature = root.relativize(folder).getName(0).toString();
                if (!ALLOWED.containsKey(feature)) {
                    wrong.add(feature + " is in no list");
                }
                if (root.relativize(folder).getNameCount() == 1 && !Files.exists(folder.resolve("package-info.java"))) {
                    wrong.add(feature + " has no package-info.java");
                }
            }
        }
        assertEquals(List.of(), wrong);
    }
}
