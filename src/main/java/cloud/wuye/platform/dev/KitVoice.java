package cloud.wuye.platform.dev;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Shows the developer what the kit has to say after its start: where everything is and who can log in. */
final class KitVoice {
    private KitVoice() {}

    static void follow(BufferedReader report) {
        Thread reader = new Thread(
                () -> {
                    try {
                        // Not through the log: it is for a person, aligned, and to be copied from.
                        report.lines().forEach(System.out::println);
                        report.close();
                    } catch (IOException | UncheckedIOException ended) {
                        // The kit is gone, and with it what it had to say.
                    }
                },
                "kit-voice");
        reader.setDaemon(true);
        reader.start();
    }
}
