package cloud.wuye.device.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Debian's Mosquitto as a child process, set up as {@code docs/how-to/mosquitto.md} says. */
final class Mosquitto implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process process;

    Mosquitto(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
    }

    /** The program, where Debian or the path has it. */
    static Optional<Path> binary() {
        return Stream.concat(
                        Stream.of("/usr/sbin"), Stream.of(System.getenv("PATH").split(":")))
                .map(directory -> Path.of(directory, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    int port() {
        return port;
    }

    /** Writes what the service exported; a running broker reads it again, as after {@code systemctl reload}. */
    void load(String passwords, String acl) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("passwords"), passwords);
        Files.writeString(folder.resolve("acl"), acl);
        if (process != null) {
            new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    void start() throws IOException {
        Path settings = folder.resolve("mosquitto.conf");
        Files.write(
                settings,
                List.of(
                        "listener " + port + " 127.0.0.1",
                        "allow_anonymous false",
                        "password_file " + folder.resolve("passwords"),
                        "acl_file " + folder.resolve("acl"),
                        // Else it becomes user mosquitto, who cannot read the test's folder.
                        "user " + System.getProperty("user.name"),
                        "max_packet_size 1048576"));
        process = new ProcessBuilder(binary().orElseThrow().toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
        }
    }
}
