package cloud.wuye.platform.dev;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The kit's process as seen by whoever needs its servers. It ends with this JVM, however that ends: it reads a pipe whose
 * other end we hold.
 */
public final class KitProcess {
    private static final String MAIN = "cloud.wuye.kit.Kit";

    private KitProcess() {}

    /**
     * Starts the kit on that directory, or finds the one that this JVM started there before, and waits until PostgreSQL and
     * the broker are ready.
     *
     * @param build the {@code target} directory with the kit's classes and {@code kit.classpath}
     * @param directory where the servers keep their data
     * @param options further options of the kit
     * @return what the kit says of its servers (kit.properties)
     * @throws KitFailure with the kit's own explanation when it cannot start
     */
    public static Properties in(Path build, Path directory, List<String> options) {
        // In the system properties, because a live reload loads this class anew.
        String marker = "wuye.kit.running." + directory;
        synchronized (System.getProperties()) {
            boolean running = ProcessHandle.of(Long.getLong(marker, 0L))
                    .filter(ProcessHandle::isAlive)
                    .isPresent();
            if (!running) {
                // The JDK itself keeps hold of the Process, and so of its pipe, until it has ended.
                Process process = launch(build, directory, options);
                awaitReady(process, directory);
                System.setProperty(marker, String.valueOf(process.pid()));
            }
        }
        return read(directory.resolve("kit.properties"));
    }

    private static Process launch(Path build, Path directory, List<String> options) {
        try {
            String classPath = build.resolve("test-classes") + ":" + build.resolve("classes") + ":"
                    + Files.readString(build.resolve("kit.classpath")).trim();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "-Djava.net.preferIPv4Stack=true",
                    // Native libraries are unpacked there; in /tmp they would stay for ever.
                    "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                    "-cp",
                    classPath,
                    MAIN,
                    "--dir",
                    directory.toString(),
                    "--parent-pid",
                    String.valueOf(ProcessHandle.current().pid())));
            command.addAll(options);
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.to(
                            directory.resolve("kit.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot start the kit; ./mvnw test-compile makes what it needs in " + build, e);
        }
    }

    private static void awaitReady(Process process, Path directory) {
        try {
            BufferedReader report =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String first = report.readLine();
            if (first == null || !first.startsWith("ready ")) {
                String whole =
                        first == null ? "" : first + "\n" + report.lines().collect(Collectors.joining("\n"));
                process.destroy();
                throw new KitFailure(
                        whole.isBlank()
                                ? "the kit ended without a word; see " + directory.resolve("kit.log")
                                : whole.replaceFirst("^failed ", "").trim());
            }
            KitVoice.follow(report);
        } catch (IOException e) {
            throw new UncheckedIOException("lost the kit while it started", e);
        }
    }

    private static Properties read(Path file) {
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            facts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return facts;
    }
}
