package cloud.wuye.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The settings that docs/how-to/mosquitto.md recommends, as they stand there, with ports and folders of a test's own. */
public final class MosquittoPage {
    private static final Path PAGE = Path.of("docs/how-to/mosquitto.md");

    private MosquittoPage() {}

    /**
     * Writes {@code mosquitto.conf} into the folder; {@code passwords} and {@code acl} are to stand beside it.
     *
     * @param devices the port of the devices' door, without TLS
     * @param service the port of the service's door
     * @param more lines that only a test needs
     */
    public static Path write(Path folder, int devices, int service, String... more) {
        try {
            String page = Files.readString(PAGE);
            int begin = page.indexOf("```\n", page.indexOf("## 2. Mosquitto")) + 4;
            List<String> lines = new ArrayList<>();
            for (String line : page.substring(begin, page.indexOf("```", begin)).split("\n")) {
                if (!line.startsWith("certfile") && !line.startsWith("keyfile")) {
                    lines.add(line.replace("listener 8883", "listener " + devices + " 127.0.0.1")
                            .replace("listener 1883 127.0.0.1", "listener " + service + " 127.0.0.1")
                            .replace("/var/lib/mosquitto/wuye-", folder + "/")
                            .replace("/var/lib/mosquitto/", folder + "/"));
                }
            }
            // Else it becomes user mosquitto, who cannot read the test's folder.
            lines.add("user " + System.getProperty("user.name"));
            lines.addAll(List.of(more));
            return Files.write(folder.resolve("mosquitto.conf"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
