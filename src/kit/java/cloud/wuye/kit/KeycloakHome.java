package cloud.wuye.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Keycloak's programs, unpacked and built once per user; the data of each clone stays with the clone. */
final class KeycloakHome {
    private static final String PREFIX = "keycloak-quarkus-dist-";
    private static final String SUFFIX = ".tar.gz";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Small and quick to start; they replace Keycloak's own. */
    static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms64m",
            "-Xmx512m",
            "-XX:MaxMetaspaceSize=256m",
            "-Dfile.encoding=UTF-8");

    private KeycloakHome() {}

    /** Unpacks the distribution that the build put beside our classes. */
    static Path unpacked() {
        Path archive = archive();
        String file = archive.getFileName().toString();
        String version = file.substring(PREFIX.length(), file.length() - SUFFIX.length());
        return Folders.cached(Folders.cache(), "keycloak-" + version, home -> {
            unpack(archive, home);
            build(home);
        });
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Path archive() {
        try {
            Path classes = Path.of(KeycloakHome.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.list(classes.getParent())) {
                return files.filter(file -> file.getFileName().toString().startsWith(PREFIX)
                                && file.toString().endsWith(SUFFIX))
                        .max(Comparator.naturalOrder())
                        .orElseThrow(() -> new KitException("Keycloak's distribution (" + PREFIX + "*" + SUFFIX
                                + ") is not in " + classes.getParent() + "; ./mvnw test-compile fetches it."));
            }
        } catch (URISyntaxException | IOException e) {
            throw new KitException("cannot look for Keycloak's distribution", e);
        }
    }

    private static void unpack(Path archive, Path home) {
        try (InputStream in = Files.newInputStream(archive)) {
            Archives.unpackGzip(in, home);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + archive, e);
        }
    }

    // Fixes what can only be chosen before the start, so that each start is quick.
    private static void build(Path home) {
        Path log = home.resolve("build.log");
        LeashedProcess build = LeashedProcess.start(
                List.of(
                        home.resolve("bin/kc.sh").toString(),
                        "build",
                        "--db=dev-file",
                        "--health-enabled=true",
                        "--cache=local"),
                Map.of("JAVA", java().toString(), "JAVA_OPTS", String.join(" ", JVM)),
                "TERM",
                log,
                home.resolve("build.pid"));
        if (build.await(PATIENCE) != 0) {
            throw new KitException("Keycloak could not be built:\n" + build.lastWords());
        }
    }
}
