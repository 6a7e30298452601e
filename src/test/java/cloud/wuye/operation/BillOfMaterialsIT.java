package cloud.wuye.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code target/bom.json} names what is packaged, and nothing of the kit or the tests. */
class BillOfMaterialsIT {
    /**
     * Where Maven's view and Quarkus' differ: Quarkus adds the first by itself, where Flyway and PostgreSQL meet; of the second
     * (annotations only) it packages the version of its own platform, not that of our checker.
     */
    private static final Pattern OF_QUARKUS = Pattern.compile(
            "io\\.quarkus\\.quarkus-flyway-postgresql-.*|com\\.google\\.errorprone\\.error_prone_annotations-.*");

    @Test
    @DisabledIfSystemProperty(
            named = "native.image.path",
            matches = ".+",
            disabledReason = "an executable holds no jars")
    void itNamesEveryLibraryOfThePackageAndNoServer() throws IOException {
        Set<String> named = new TreeSet<>();
        Set<String> unlicensed = new TreeSet<>();
        for (JsonNode component :
                new ObjectMapper().readTree(Path.of("target/bom.json").toFile()).path("components")) {
            String name = component.path("group").textValue() + "."
                    + component.path("name").textValue() + "-"
                    + component.path("version").textValue() + ".jar";
            named.add(name);
            if (component.path("licenses").isEmpty()) {
                unlicensed.add(name);
            }
        }
        Set<String> packaged = new TreeSet<>();
        for (String folder : List.of("main", "boot")) {
            try (Stream<Path> jars = Files.list(Path.of("target/quarkus-app/lib", folder))) {
                jars.map(jar -> jar.getFileName().toString()).forEach(packaged::add);
            }
        }
        assertTrue(packaged.size() > 200, packaged::toString);
        packaged.removeIf(OF_QUARKUS.asMatchPredicate());
        packaged.removeAll(named);
        assertEquals(Set.of(), packaged, "in the package, but not in the bill");
        assertEquals(
                List.of(),
                named.stream()
                        .filter(
                                name -> name.matches(
                                        ".*(hivemq|zonky|postgres-binaries|keycloak-quarkus|greenmail|junit|jqwik|helm|fabric8|archunit).*"))
                        .toList());
        assertEquals(Set.of(), unlicensed);
    }
}
