package cloud.wuye.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged service as it is deployed: a process of its own, told by settings where its servers are. */
public final class ServiceProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Where the native build says its executable is; without one, the package for the JVM is run. */
    private static final String NATIVE = "native.image.path";

    /** Short-lived, unless a benchmark says otherwise. */
    private static final String JVM_OPTIONS =
            System.getProperty("service.jvm.options", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m");

    private static final Path PACKAGE = Path.of("target/quarkus-app/quarkus-run.jar");

    private final Process process;
    private final int port;
    private final Path log;

    private ServiceProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Whether what runs is the native executable. */
    public static boolean isNative() {
        return System.getProperty(NATIVE) != null;
    }

    public static ServiceProcess start(Path directory, String node, Map<String, String> settings, String... arguments) {
        return start(directory, node, settings, KitServers.freePort(), arguments);
    }

    /** The same at a port that others know, so that it comes back where they look for it. */
    public static ServiceProcess start(
            Path directory, String node, Map<String, String> settings, int port, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isNative()) {
            command.addAll(List.of(System.getProperty(NATIVE), "-Xmx512m"));
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(JVM_OPTIONS.split(" ")));
        }
        command.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port, "-Dwuye.node=" + node));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        if (!isNative()) {
            command.addAll(List.of("-jar", PACKAGE.toString()));
        }
        command.addAll(List.of(arguments));
        try {
            Files.createDirectories(directory);
            Path log = directory.resolve(node + ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ServiceProcess(process, port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServiceProcess awaitReady() {
        Awaitility.await("ready: " + log)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the service ended: " + tail());
                    }
                    return status("/q/health/ready") == 200;
                });
        return this;
    }

    /** Ready, and heard by the broker: a service is ready without one, and what is published before it listens may be nobody's. */
    public ServiceProcess awaitListening() {
        awaitReady();
        Awaitility.await("listening: " + log)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> body("/q/health/ready").replace(" ", "").contains("\"degraded\":false"));
        return this;
    }

    private String body(String path) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The answer's status; 0 when nobody answers. */
    public int status(String path) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code kill -9}. */
    public void kill() {
        end(process.destroyForcibly());
    }

    /** SIGTERM. */
    @Override
    public void close() {
        process.destroy();
        end(process);
    }

    /** Base address of its HTTP endpoints. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for it to end by itself; its exit code. */
    public int exitCode() {
        end(process);
        return process.exitValue();
    }

    /** What it has said so far. */
    public List<String> lines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has called an error, but for what it said while it was being stopped. */
    public List<String> errors() {
        return lines().stream()
                .filter(line -> line.contains("\"level\":\"ERROR\""))
                .filter(line -> !line.contains("[Error Occurred After Shutdown]"))
                .toList();
    }

    public String tail() {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 4000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the service does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
