package cloud.wuye.testing;

import cloud.wuye.platform.dev.KitProcess;
import cloud.wuye.platform.dev.KitSettings;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/** One kit for all tests of a JVM, on free ports and with its data under {@code target}; it ends with the JVM. */
public final class KitServers {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> OPTIONS = List.of(
            "--ephemeral",
            "--postgres-port=0",
            "--mqtt-port=0",
            "--keycloak-port=0",
            "--payment-port=0",
            "--no-keycloak");

    private final Properties facts;

    private KitServers(Properties facts) {
        this.facts = facts;
    }

    /** Starts the kit the first time; the tests of one JVM share it. */
    public static KitServers shared() {
        Path build = Path.of("target").toAbsolutePath();
        Path directory = build.resolve("kit-" + ProcessHandle.current().pid());
        return new KitServers(KitProcess.in(build, directory, OPTIONS));
    }

    /** A fact of {@code kit.properties}. */
    public String fact(String name) {
        return facts.getProperty(name);
    }

    public KitSettings settings() {
        return new KitSettings(facts);
    }

    public void createDatabase(String name) {
        order("/postgres/create/" + name, "");
    }

    public void dropDatabase(String name) {
        order("/postgres/drop/" + name, "");
    }

    /** Cuts all connections and stops the server in an orderly way. */
    public void stopPostgres() {
        order("/postgres/stop", "");
    }

    /** Ends the server as a power cut would. */
    public void killPostgres() {
        order("/postgres/kill", "");
    }

    /** On the same port as before. */
    public void startPostgres() {
        order("/postgres/start", "");
    }

    /** Cuts all connections; sessions and queued messages stay. */
    public void stopBroker() {
        order("/mqtt/stop", "");
    }

    /** On the same port as before. */
    public void startBroker() {
        order("/mqtt/start", "");
    }

    /** Where the broker asks about devices from now on; an empty one refuses them all. */
    public void askAboutDevicesAt(String url) {
        order("/mqtt/auth-url", url);
    }

    /** A port that was free a moment ago, below those that the system hands out for connections. */
    public static int freePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no free port");
    }

    /** Returns when Keycloak answers: some ten seconds the first time, at once when it runs already. */
    public KitServers withKeycloak() {
        order("/keycloak/start", "");
        return shared();
    }

    public void stopKeycloak() {
        order("/keycloak/stop", "");
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + fact("postgres.host") + ":" + fact("postgres.port") + "/" + database;
    }

    /** The same for the reactive client: as "app", "cross", "owner" or "superuser". */
    public PgConnectOptions connectingTo(String database, String role) {
        return new PgConnectOptions()
                .setHost(fact("postgres.host"))
                .setPort(Integer.parseInt(fact("postgres.port")))
                .setDatabase(database)
                .setUser(fact("postgres." + role + ".username"))
                .setPassword(fact("postgres." + role + ".password"));
    }

    private void order(String act, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(fact("control.url") + act))
                .header("Authorization", "Bearer " + fact("control.token"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the kit refused " + act + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the kit does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
