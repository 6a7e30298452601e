package cloud.wuye.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real PostgreSQL on 127.0.0.1, its data in one directory and kept between runs. Passwords are demanded (SCRAM), also
 * from this machine.
 */
final class EmbeddedPostgres {
    static final String SETTING = "postgres-port";
    static final String DATABASE = "wuye";

    private static final String VERSION = "18.6.0";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Path home;
    private final Path data;
    private final Path log;
    private final Path pidFile;
    private final Secrets secrets;
    private final int wantedPort;
    private final boolean durable;
    private int port;
    private LeashedProcess server;

    /**
     * @param directory holds the data, the log and nothing else's files
     * @param wantedPort 0 for any free one, which then stays until the next {@code new}
     * @param durable false leaves out fsync: faster, and lost in a power cut; for tests
     */
    EmbeddedPostgres(Path directory, int wantedPort, boolean durable, Secrets secrets) {
        this.data = directory.resolve("data");
        this.log = directory.resolve("postgres.log");
        this.pidFile = directory.resolve("postgres.pid");
        Folders.delete(log);
        this.wantedPort = wantedPort;
        this.durable = durable;
        this.secrets = secrets;
        Folders.makePassable(directory);
    }

    /** Starts the server and waits until it takes logins; the database and the roles are there then. */
    synchronized void start() {
        boolean fresh = !Files.exists(data.resolve("PG_VERSION"));
        Folders.makePrivate(data);
        OrdinaryUser user = findHome();
        if (fresh) {
            initialise(user);
        }
        // The server's own lock file would make it refuse: after a kill -9 the id in it may be another program's.
        LeashedProcess.endForgotten(pidFile, data.toString());
        Folders.delete(data.resolve("postmaster.pid"));
        port = port == 0 ? Ports.claim(wantedPort, "PostgreSQL", SETTING) : Ports.claim(port, "PostgreSQL", SETTING);
        server = LeashedProcess.start(user.run(command()), Map.of("TZ", "UTC"), "INT", log, pidFile);
        awaitLogins();
        if (!databases().contains(DATABASE)) {
            createDatabase(DATABASE);
        }
    }

    /** A fast, orderly stop: connections are cut, committed data is kept. */
    synchronized void stop() {
        if (server != null) {
            server.stop(Duration.ofSeconds(20));
            server = null;
        }
    }

    /** Ends the server as a power cut would. */
    synchronized void kill() {
        if (server != null) {
            server.kill();
            server = null;
        }
    }

    int port() {
        return port;
    }

    String superuserPassword() {
        return secrets.of("postgres.superuser.password");
    }

    /** The password of owner, app or cross. */
    String password(String role) {
        return secrets.of("postgres." + role + ".password");
    }

    /** Makes an empty database that has the three roles and belongs to wuye_owner. */
    void createDatabase(String name) {
        execute("postgres", "create database \"" + name.replace("\"", "\"\"") + "\"");
        execute(
                name,
                RoleScript.with(Map.of(
                        "DBNAME",
                        name,
                        "owner_password",
                        password("owner"),
                        "app_password",
                        password("app"),
                        "cross_password",
                        password("cross"))));
    }

    void dropDatabase(String name) {
        execute("postgres", "drop database if exists \"" + name.replace("\"", "\"\"") + "\" with (force)");
    }

    // Another user cannot reach programs below root's home directory.
    private OrdinaryUser findHome() {
        for (Path cache : List.of(Folders.cache(), Path.of("/var/cache/wuye-cloud"))) {
            home = Folders.cached(cache, "postgres-" + VERSION, EmbeddedPostgres::unpack);
            Optional<OrdinaryUser> user = OrdinaryUser.toRun(home.resolve("bin/initdb"), data);
            if (user.isPresent()) {
                return user.get();
            }
        }
        throw new KitException(
                "PostgreSQL does not run as root, and neither unshare, setpriv nor chroot could run it as"
                        + " another user here. Start this as an ordinary user, or configure an outside PostgreSQL:"
                        + " quarkus.datasource.reactive.url.");
    }

    private void initialise(OrdinaryUser user) {
        Path passwordFile = data.resolveSibling("superuser");
        Folders.writeWhole(passwordFile, superuserPassword() + "\n");
        user.give(passwordFile);
        try {
            LeashedProcess initdb =
                    LeashedProcess.start(user.run(initdb(passwordFile)), Map.of(), "TERM", log, pidFile);
            if (initdb.await(PATIENCE) != 0) {
                Folders.delete(data);
                throw new KitException(
                        "PostgreSQL could not make its data directory " + data + ":\n" + initdb.lastWords());
            }
            Files.delete(passwordFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + passwordFile, e);
        }
    }

    // Collation by code point and from PostgreSQL itself, so that no machine sorts differently.
    private List<String> initdb(Path passwordFile) {
        return List.of(
                home.resolve("bin/initdb").toString(),
                "--pgdata=" + data,
                "--username=postgres",
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                durable ? "--data-checksums" : "--no-sync");
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(
                List.of(home.resolve("bin/postgres").toString(), "-D", data.toString(), "-p", "" + port));
        for (String setting : settings()) {
            command.add("-c");
            command.add(setting);
        }
        return command;
    }

    private List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=200",
                "shared_buffers=128MB",
                "max_wal_size=2GB",
                "timezone=UTC",
                "log_timezone=UTC",
                "lc_messages=C"));
        if (!durable) {
            settings.addAll(List.of("fsync=off", "full_page_writes=off"));
        }
        return settings;
    }

    private void awaitLogins() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try (Connection connection = connect("postgres")) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException notYet) {
                if (!server.isAlive()) {
                    throw new KitException("PostgreSQL did not start:\n" + server.lastWords(), notYet);
                }
            }
            Pause.of(Duration.ofMillis(50));
        }
        throw new KitException(
                "PostgreSQL took no login within " + PATIENCE.toSeconds() + " s:\n" + server.lastWords());
    }

    private List<String> databases() {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select datname from pg_database")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new KitException("cannot list the databases", e);
        }
    }

    private void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new KitException("cannot prepare the database " + database, e);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?connectTimeout=5",
                "postgres",
                superuserPassword());
    }

    private static void unpack(Path into) {
        String archive = "/postgres-" + platform() + ".txz";
        try (InputStream in = EmbeddedPostgres.class.getResourceAsStream(archive)) {
            if (in == null) {
                throw new KitException("There is no PostgreSQL for this machine on the class path (" + archive
                        + "). Configure an outside one: quarkus.datasource.reactive.url.");
            }
            Archives.unpackXz(in, into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch");
        boolean arm = "aarch64".equals(arch) || "arm64".equals(arch);
        return os + "-" + (arm ? "arm_64" : "x86_64");
    }
}
