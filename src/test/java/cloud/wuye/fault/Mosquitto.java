package cloud.wuye.fault;

import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.MosquittoPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Debian's broker with the settings that docs/how-to/mosquitto.md recommends, its queues on disk. The service logs in as
 * {@code wuye}, a fleet of meters as {@code fleet}, which may speak for every device.
 */
final class Mosquitto implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
    private static final String PASSWORD = "secret";

    private final Path directory;
    private final int port = KitServers.freePort();
    private final int servicePort = KitServers.freePort();
    private Process process;

    Mosquitto(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve("acl"),
                    """
                    user wuye
                    topic read pm/v1/+/+/+/up/#
                    topic write pm/v1/+/+/+/down/#
                    user fleet
                    topic readwrite pm/v1/#
                    """);
            MosquittoPage.write(directory, port, servicePort, "autosave_interval 1", "log_type error");
            run("mosquitto_passwd", "-c", "-b", directory + "/passwords", "wuye", PASSWORD);
            run("mosquitto_passwd", "-b", directory + "/passwords", "fleet", PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the broker is on this machine ({@code apt-get install mosquitto}). */
    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** The devices' door. */
    int port() {
        return port;
    }

    /** The service's door. */
    int servicePort() {
        return servicePort;
    }

    String password() {
        return PASSWORD;
    }

    Mosquitto start() {
        try {
            process = new ProcessBuilder(PROGRAM.toString(), "-c", directory + "/mosquitto.conf")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::answers);
        return this;
    }

    /** Stops in an orderly way: queues are written to disk. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("mosquitto does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            stop();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void run(String... command) throws IOException {
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + exit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
