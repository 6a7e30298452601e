package cloud.wuye.kit;

import cloud.wuye.kit.demo.Demo;
import cloud.wuye.kit.demo.DemoPlace;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The kit as a program: see {@code --help}. */
public final class Kit {
    private static final int FAILED = 3;

    private Kit() {}

    public static void main(String... arguments) {
        // The only thing on standard output is our report; libraries that print there must not disturb it.
        PrintStream report = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        // Quarkus' own logging is on the same class path; the broker wants Logback.
        System.setProperty("slf4j.provider", "ch.qos.logback.classic.spi.LogbackServiceProvider");
        System.setProperty("logback.configurationFile", "kit-logback.xml");
        try {
            KitOptions options = KitOptions.parse(List.of(arguments));
            if (options.has("help")) {
                report.print(KitOptions.HELP);
                return;
            }
            run(options, report);
        } catch (KitException e) {
            report.println("failed " + e.getMessage());
            System.exit(FAILED);
        }
    }

    private static void run(KitOptions options, PrintStream report) {
        KitServices services = new KitServices(options);
        Runtime.getRuntime().addShutdownHook(new Thread(services::stop, "kit-stop"));
        endWithParent(options.parentPid());
        if (!options.has("stay")) {
            Thread watch = new Thread(Kit::endWithInput, "kit-input");
            watch.setDaemon(true);
            watch.start();
        }
        report.println("ready " + services.start());
        DemoPlace place = options.demo().isBlank() ? null : services.demoPlace(options.demo());
        if (place != null) {
            Demo demo = new Demo(place, services.keycloakMark());
            services.stopFirst(demo::close);
            demo.start(report);
        }
    }

    private static void endWithParent(int pid) {
        if (pid > 0) {
            ProcessHandle.of(pid)
                    .ifPresentOrElse(parent -> parent.onExit().thenRun(() -> System.exit(0)), () -> System.exit(0));
        }
    }

    // Whoever started us holds the other end, and the kernel closes it even after a kill -9.
    private static void endWithInput() {
        InputStream input = System.in;
        try {
            while (input.read() >= 0) {
                continue;
            }
        } catch (IOException closed) {
            // As good as the end.
        }
        System.exit(0);
    }
}
