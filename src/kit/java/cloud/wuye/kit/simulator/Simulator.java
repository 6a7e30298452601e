package cloud.wuye.kit.simulator;

import cloud.wuye.kit.KitException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The simulator as a program: see {@code --help}. */
public final class Simulator {
    private static final int FAILED = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Simulator() {}

    public static void main(String... arguments) {
        PrintStream report = System.out;
        System.setProperty("slf4j.provider", "ch.qos.logback.classic.spi.LogbackServiceProvider");
        System.setProperty("logback.configurationFile", "kit-logback.xml");
        try {
            SimulatorOptions options = SimulatorOptions.parse(List.of(arguments));
            if (options.has("help")) {
                report.print(SimulatorOptions.HELP);
                return;
            }
            run(options, report);
            System.exit(0);
        } catch (KitException e) {
            report.println(e.getMessage());
            System.exit(FAILED);
        }
    }

    private static void run(SimulatorOptions options, PrintStream report) {
        List<DeviceCard> cards = options.cards();
        if (cards.isEmpty()) {
            throw new KitException("There is no device in the credentials.");
        }
        MeterSettings settings = options.settings(cards.size());
        String[] login = options.login();
        SharedConnections shared = login == null
                ? null
                : SharedConnections.open(options.broker(), login[0], login[1], options.connections());
        try (SimulatedFleet fleet = shared == null
                ? SimulatedFleet.of(options.broker(), cards, settings, options.memory())
                : SimulatedFleet.over(shared, cards, settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(fleet::remember, "simulator-remember"));
            keepPasswords(fleet, options);
            if (!options.has("quiet")) {
                Ticks.every(Duration.ofSeconds(10), () -> report.println(fleet.traffic()));
            }
            drive(fleet, shared == null, options, report);
        }
        if (shared != null) {
            shared.close();
        }
    }

    private static void drive(
            SimulatedFleet fleet, boolean ownConnections, SimulatorOptions options, PrintStream report) {
        if (ownConnections) {
            fleet.connect();
            long online =
                    fleet.meters().stream().filter(SimulatedMeter::isOnline).count();
            report.println("connected " + online + " of " + fleet.meters().size());
        }
        if (options.catchUpFrom() != null) {
            fleet.catchUp(options.catchUpFrom(), options.step(), () -> fleet.awaitSettled(PATIENCE));
        }
        Instant begin = Instant.now();
        long before = fleet.traffic().measured();
        fleet.run(options.duration(), options.messages());
        boolean settled = fleet.awaitSettled(PATIENCE);
        double seconds = Math.max(0.001, Duration.between(begin, Instant.now()).toMillis() / 1000.0);
        report.printf(
                "%s in %.1f s, %.0f readings/s%s%n",
                fleet.traffic(),
                seconds,
                (fleet.traffic().measured() - before) / seconds,
                settled ? "" : "; NOT all settled");
    }

    // A device whose password was changed must find its way back after the next start too.
    private static void keepPasswords(SimulatedFleet fleet, SimulatorOptions options) {
        Path file = options.credentials();
        if (file != null && Files.isWritable(file) && !options.has("devices")) {
            fleet.whenPasswordChanges(changed -> Credentials.save(file, fleet.cards()));
        }
    }
}
