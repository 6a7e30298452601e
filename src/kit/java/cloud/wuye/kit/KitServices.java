package cloud.wuye.kit;

import cloud.wuye.kit.demo.DemoPlace;
import cloud.wuye.kit.payment.PaymentSimulator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.LoggerFactory;

/** The servers of one data directory, started and stopped together. */
final class KitServices {
    private static final Duration PATIENCE_WITH_PREDECESSOR = Duration.ofSeconds(30);
    private static final Duration REFUND_DELAY = Duration.ofSeconds(2);
    private static final List<Duration> NOTICE_REPETITIONS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(3));

    private final KitOptions options;
    private final Path directory;
    private Secrets secrets;
    private EmbeddedPostgres postgres;
    private EmbeddedBroker broker;
    private DeviceCheck deviceCheck;
    private EmbeddedKeycloak keycloak;
    private PaymentSimulator payment;
    private KitControl control;
    private Runnable stopFirst = () -> {};

    KitServices(KitOptions options) {
        this.options = options;
        this.directory = options.directory();
    }

    /** Returns the file that says where everything is. */
    synchronized Path start() {
        Folders.makePassable(directory);
        lock();
        forgetLastRun();
        secrets = new Secrets(directory);
        if (!options.has("no-postgres")) {
            postgres = new EmbeddedPostgres(
                    directory.resolve("postgres"), options.postgresPort(), !options.has("ephemeral"), secrets);
        }
        deviceCheck = new DeviceCheck(options.authUrl(), secrets.of("mqtt.auth-secret"));
        if (!options.has("no-mqtt")) {
            BrokerDoor door = new BrokerDoor(secrets.of("mqtt.password"), deviceCheck);
            broker = new EmbeddedBroker(directory.resolve("mqtt"), options.mqttPort(), door);
        }
        if (!options.has("no-keycloak")) {
            // Before the others start: a taken port should be told at once.
            keycloak();
        }
        if (options.paymentPort() >= 0) {
            payment = startPayment();
        }
        startBoth();
        control = KitControl.start(this, secrets.of("control.token"));
        describe();
        if (keycloak != null) {
            startInBackground(keycloak);
        }
        return directory.resolve("kit.properties");
    }

    /** Something that uses the servers and has to end before them. */
    synchronized void stopFirst(Runnable user) {
        stopFirst = user;
    }

    synchronized void stop() {
        stopFirst.run();
        if (control != null) {
            control.stop();
        }
        if (payment != null) {
            payment.close();
        }
        if (keycloak != null) {
            keycloak.stop();
        }
        if (broker != null) {
            broker.stop();
        }
        if (postgres != null) {
            postgres.stop();
        }
        try {
            Files.deleteIfExists(directory.resolve("kit.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (options.has("ephemeral")) {
            Folders.delete(directory);
        }
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    /** Null when left out, as each of these. */
    EmbeddedBroker broker() {
        return broker;
    }

    DeviceCheck deviceCheck() {
        return deviceCheck;
    }

    /** Made when first asked for, and then known to kit.properties; not yet started. */
    synchronized EmbeddedKeycloak keycloak() {
        if (keycloak == null) {
            keycloak = new EmbeddedKeycloak(
                    directory.resolve("keycloak"), options.keycloakPort(), options.realms(), keycloakMark(), secrets);
            if (control != null) {
                describe();
            }
        }
        return keycloak;
    }

    /** Where the demo finds everything; null when one of the three servers was left out. */
    DemoPlace demoPlace(String service) {
        return postgres == null || broker == null || keycloak == null
                ? null
                : new DemoPlace(
                        service,
                        keycloak.url(),
                        EmbeddedKeycloak.ADMIN,
                        keycloak.adminPassword(),
                        "127.0.0.1:" + broker.port(),
                        "postgresql://wuye_app@127.0.0.1:" + postgres.port() + "/" + EmbeddedPostgres.DATABASE,
                        payment == null ? null : payment.url(),
                        directory.resolve("demo"));
    }

    /** A file that exists while Keycloak answers. */
    Path keycloakMark() {
        return directory.resolve("keycloak.ready");
    }

    private PaymentSimulator startPayment() {
        int port = Ports.claim(options.paymentPort(), "the payment simulator", "payment-port");
        return PaymentSimulator.start(port, directory.resolve("payment"), NOTICE_REPETITIONS, REFUND_DELAY);
    }

    // The service answers before Keycloak does.
    private static void startInBackground(EmbeddedKeycloak keycloak) {
        Thread start = new Thread(
                () -> {
                    try {
                        keycloak.start();
                    } catch (KitException | UncheckedIOException e) {
                        LoggerFactory.getLogger(KitServices.class).error("Keycloak is not there: {}", e.getMessage());
                    }
                },
                "kit-keycloak");
        start.setDaemon(true);
        start.start();
    }

    private void startBoth() {
        CompletableFuture<Void> database = postgres == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(postgres::start);
        try {
            if (broker != null) {
                broker.start();
            }
            database.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof KitException ours ? ours : new KitException("PostgreSQL: " + e, e);
        }
    }

    // Two kits on one directory would destroy each other's data. A predecessor that is just ending gets some time.
    private void lock() {
        Path file = directory.resolve("kit.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            long deadline = System.nanoTime() + PATIENCE_WITH_PREDECESSOR.toNanos();
            FileLock lock = channel.tryLock();
            while (lock == null) {
                if (System.nanoTime() > deadline) {
                    throw new KitException("Another kit is running on " + directory
                            + ". End it, or choose another directory with -Dwuye.kit.dir=<directory> (--dir).");
                }
                Pause.of(Duration.ofMillis(200));
                lock = channel.tryLock();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    private void forgetLastRun() {
        if (options.has("reset")) {
            Folders.delete(directory.resolve("postgres"));
            Folders.delete(directory.resolve("mqtt"));
            Folders.delete(directory.resolve("keycloak"));
            Folders.delete(directory.resolve("demo"));
            Folders.delete(directory.resolve("payment"));
            Folders.delete(directory.resolve("secrets.properties"));
        }
        Folders.delete(directory.resolve("kit.properties"));
        Folders.delete(directory.resolve("keycloak.ready"));
        Folders.delete(directory.resolve("tmp"));
        Folders.makePrivate(directory.resolve("tmp"));
    }

    private void describe() {
        Properties facts = new Properties();
        facts.setProperty("pid", "" + ProcessHandle.current().pid());
        facts.setProperty("control.url", control.url());
        facts.setProperty("control.token", secrets.of("control.token"));
        // What the service seals with it stays in the database: the key lives as long as the data.
        facts.setProperty("secrets.key", secrets.keyOf("secrets.key"));
        if (payment != null) {
            facts.setProperty("payment.url", payment.url());
        }
        if (postgres != null) {
            facts.setProperty("postgres.host", "127.0.0.1");
            facts.setProperty("postgres.port", "" + postgres.port());
            facts.setProperty("postgres.database", EmbeddedPostgres.DATABASE);
            facts.setProperty("postgres.superuser.username", "postgres");
            facts.setProperty("postgres.superuser.password", postgres.superuserPassword());
            for (String role : new String[] {"owner", "app", "cross"}) {
                facts.setProperty("postgres." + role + ".username", "wuye_" + role);
                facts.setProperty("postgres." + role + ".password", postgres.password(role));
            }
        }
        if (broker != null) {
            facts.setProperty("mqtt.host", "127.0.0.1");
            facts.setProperty("mqtt.port", "" + broker.port());
            facts.setProperty("mqtt.username", BrokerDoor.SERVICE_USER);
            facts.setProperty("mqtt.password", secrets.of("mqtt.password"));
            facts.setProperty("mqtt.auth-secret", secrets.of("mqtt.auth-secret"));
        }
        if (keycloak != null) {
            facts.setProperty("keycloak.url", keycloak.url());
            facts.setProperty("keycloak.port", "" + keycloak.port());
            facts.setProperty("keycloak.admin.username", EmbeddedKeycloak.ADMIN);
            facts.setProperty("keycloak.admin.password", keycloak.adminPassword());
            facts.setProperty("keycloak.provisioner.client", EmbeddedKeycloak.PROVISIONER);
            facts.setProperty("keycloak.provisioner.secret", keycloak.provisionerSecret());
        }
        StringWriter text = new StringWriter();
        try {
            facts.store(text, "written by the kit; gone when it ends");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Folders.writeWhole(directory.resolve("kit.properties"), text.toString());
    }
}
