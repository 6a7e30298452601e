package cloud.wuye.device.broker;

import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.MosquittoPage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Debian's Mosquitto as a child process, set up as {@code docs/how-to/mosquitto.md} says. */
final class Mosquitto implements AutoCloseable {
    private final Path folder;
    private final int port = KitServers.freePort();
    private final int servicePort = KitServers.freePort();
    private Process process;

    Mosquitto(Path folder) {
        this.folder = folder;
    }

    /** The program, where Debian or the path has it. */
    static Optional<Path> binary() {
        return Stream.concat(
                        Stream.of("/usr/sbin"), Stream.of(System.getenv("PATH").split(":")))
                .map(directory -> Path.of(directory, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The devices' door. */
    int port() {
        return port;
    }

    /** The service's door. */
    int servicePort() {
        return servicePort;
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
        Path settings = MosquittoPage.write(folder, port, servicePort);
        process = new ProcessBuilder(binary().orElseThrow().toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> listens(port) && listens(servicePort));
    }

    private static boolean listens(int door) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", door), 200);
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
