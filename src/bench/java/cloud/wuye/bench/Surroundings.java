package cloud.wuye.bench;

import cloud.wuye.testing.KitServers;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * The servers a benchmark runs among. With {@code -Dbench.work=…}, the working folder of a reference kit whose PostgreSQL and
 * Mosquitto are running, both sides use the same; without, the embedded PostgreSQL and a Mosquitto of this machine.
 *
 * @param postmaster the process whose tree does PostgreSQL's work
 */
record Surroundings(
        String host, int port, String superuser, String password, long postmaster, InetSocketAddress broker) {
    private static final Path BROKER = Path.of("/usr/sbin/mosquitto");
    private static final int KIT_POSTGRES = 25_432;
    private static final int KIT_BROKER = 25_883;

    /** The folder of the reference kit, or null. */
    static Path work() {
        String given = System.getProperty("bench.work");
        return given == null ? null : Path.of(given);
    }

    static Surroundings find() {
        try {
            return work() == null ? own() : ofKit(work());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Surroundings ofKit(Path work) throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(work.resolve("pg/data/postmaster.pid")).get(0));
        return new Surroundings("127.0.0.1", KIT_POSTGRES, "postgres", "", postmaster, local(KIT_BROKER));
    }

    private static Surroundings own() throws IOException {
        KitServers kit = KitServers.shared();
        int port = KitServers.freePort();
        Path settings = Files.createDirectories(Path.of("target/bench")).resolve("mosquitto.conf");
        Files.write(
                settings,
                List.of(
                        "listener " + port + " 127.0.0.1",
                        "allow_anonymous true",
                        "persistence false",
                        "max_inflight_messages 0",
                        "max_queued_messages 0",
                        "set_tcp_nodelay true",
                        "log_type error"));
        Process broker = new ProcessBuilder(BROKER.toString(), "-c", settings.toString())
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> answers(port));
        return new Surroundings(
                kit.fact("postgres.host"),
                Integer.parseInt(kit.fact("postgres.port")),
                kit.fact("postgres.superuser.username"),
                kit.fact("postgres.superuser.password"),
                postmaster(Integer.parseInt(kit.fact("postgres.port"))),
                local(port));
    }

    /** The oldest PostgreSQL on the kit's port. */
    private static long postmaster(int port) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
                .filter(process -> process.info().arguments().map(List::of).orElse(List.of()).stream()
                        .anyMatch(argument -> argument.contains(Integer.toString(port))))
                .mapToLong(ProcessHandle::pid)
                .min()
                .orElseThrow(() -> new IllegalStateException("no PostgreSQL on port " + port));
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Where a database is; with {@code jdbc:} before it for JDBC. */
    String url(String database) {
        return "postgresql://" + host + ":" + port + "/" + database;
    }

    Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:" + url(database), user, password);
    }

    Connection asSuperuser(String database) throws SQLException {
        return connect(database, superuser, password);
    }

    /** One connection of the reactive client. */
    Pool pool(String database, String user, String password) {
        return PgBuilder.pool()
                .connectingTo(new PgConnectOptions()
                        .setHost(host)
                        .setPort(port)
                        .setDatabase(database)
                        .setUser(user)
                        .setPassword(password))
                .with(new PoolOptions().setMaxSize(1))
                .build();
    }
}
