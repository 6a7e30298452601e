package cloud.wuye.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Keycloak on 127.0.0.1 as a child process, its database a file in its directory and kept between runs. It makes
 * the operator's realm {@code wuye-platform} and the service account with which the service makes the others.
 */
final class EmbeddedKeycloak {
    static final String SETTING = "keycloak-port";
    static final String ADMIN = "admin";
    static final String PROVISIONER = "wuye-provisioner";

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<String> OPENED = List.of(
            "java.base/java.util", "java.base/java.util.concurrent", "java.base/java.security", "java.base/java.lang");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Path directory;
    private final Optional<Path> realms;
    private final Path readyMark;
    private final Secrets secrets;
    private final int port;
    private int managementPort;
    private volatile LeashedProcess server;

    /**
     * @param directory holds the data, the log and what is unpacked for this clone
     * @param port 0 takes any free one
     * @param realms a directory of realm files to import, if any
     * @param readyMark a file that exists while Keycloak answers
     */
    EmbeddedKeycloak(Path directory, int port, Optional<Path> realms, Path readyMark, Secrets secrets) {
        this.directory = Folders.makePrivate(directory);
        this.realms = realms;
        this.readyMark = readyMark;
        this.secrets = secrets;
        LeashedProcess.endForgotten(pidFile(), directory.toString());
        this.port = Ports.claim(port, "Keycloak", SETTING);
    }

    /** Starts the server, waits until it answers and sets up what the service needs there. */
    synchronized void start() {
        if (server != null) {
            return;
        }
        LeashedProcess.endForgotten(pidFile(), directory.toString());
        Ports.claim(port, "Keycloak", SETTING);
        managementPort = Ports.free();
        prepare(KeycloakHome.unpacked());
        server = LeashedProcess.start(
                command(),
                Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD", adminPassword()),
                "TERM",
                directory.resolve("keycloak.log"),
                pidFile());
        awaitReady();
        new KeycloakSetup(url(), adminPassword()).ensureProvisioner(PROVISIONER, provisionerSecret());
        Folders.writeWhole(readyMark, url() + "\n");
    }

    /** Not synchronized: it must also end a start that is under way. */
    void stop() {
        Folders.delete(readyMark);
        LeashedProcess running = server;
        if (running != null) {
            running.stop(Duration.ofSeconds(20));
            server = null;
        }
    }

    /** Base address; also what stands in the tokens, whatever name a client reaches it by. */
    String url() {
        return "http://localhost:" + port;
    }

    int port() {
        return port;
    }

    String adminPassword() {
        return secrets.of("keycloak.admin.password");
    }

    String provisionerSecret() {
        return secrets.of("keycloak.provisioner.secret");
    }

    private Path pidFile() {
        return directory.resolve("keycloak.pid");
    }

    // Keycloak writes below its home; so each clone has a home of its own that borrows the programs.
    private void prepare(Path home) {
        try {
            Path lib = directory.resolve("lib");
            Files.deleteIfExists(lib);
            Files.createSymbolicLink(lib, home.resolve("lib"));
            Path conf = Files.createDirectories(directory.resolve("conf"));
            copy(home.resolve("conf"), conf);
            Path imports = Files.createDirectories(directory.resolve("data/import"));
            try (InputStream realm = EmbeddedKeycloak.class.getResourceAsStream("/keycloak/wuye-platform-realm.json")) {
                Folders.writeWhole(
                        imports.resolve("wuye-platform-realm.json"),
                        new String(realm.readAllBytes(), StandardCharsets.UTF_8));
            }
            if (realms.isPresent()) {
                copy(realms.get(), imports);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + directory, e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Folders.writeWhole(to.resolve(file.getFileName()), Files.readString(file));
            }
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(KeycloakHome.java().toString());
        command.addAll(KeycloakHome.JVM);
        OPENED.forEach(opened -> command.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        command.addAll(List.of(
                "-Duser.language=en",
                "-Duser.country=US",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dkc.home.dir=" + directory,
                "-Djboss.server.config.dir=" + directory.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-cp",
                directory.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start",
                "--optimized",
                "--import-realm",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-host=127.0.0.1",
                "--http-management-port=" + managementPort,
                "--hostname=" + url()));
        return command;
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        LeashedProcess starting = server;
        while (!answers()) {
            if (!starting.isAlive()) {
                server = null;
                throw new KitException("Keycloak did not start:\n" + starting.lastWords());
            }
            if (System.nanoTime() > deadline) {
                throw new KitException("Keycloak was not ready within " + PATIENCE + ":\n" + starting.lastWords());
            }
            Pause.of(Duration.ofMillis(200));
        }
    }

    private boolean answers() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KitException("interrupted", e);
        }
    }
}
