package cloud.wuye.kit.demo;

import cloud.wuye.kit.KitException;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.Credentials;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.Faults;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedFleet;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The demo from beginning to end: waits for the servers, loads, lets the meters run, says where everything is. */
public final class Demo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration HISTORY_STEP = Duration.ofMinutes(15);
    private static final Duration HISTORY = Duration.ofDays(2);

    private final DemoPlace place;
    private final Path keycloakReady;
    private volatile boolean ended;
    private SimulatedFleet fleet;

    /** @param keycloakReady a file that appears when Keycloak is ready */
    public Demo(DemoPlace place, Path keycloakReady) {
        this.place = place;
        this.keycloakReady = keycloakReady;
    }

    /** Does it all in the background; the banner goes to {@code report}. */
    public void start(PrintStream report) {
        Thread work = new Thread(
                () -> {
                    try {
                        run(report);
                    } catch (KitException | UncheckedIOException e) {
                        LOG.error("the demo ends here: {}", e.getMessage(), e);
                        report.println("The demo data could not be loaded / 演示数据加载失败: " + e.getMessage());
                    }
                },
                "kit-demo");
        work.setDaemon(true);
        work.start();
    }

    private void run(PrintStream report) {
        List<DeviceCard> cards = load();
        if (ended) {
            return;
        }
        MeterSettings settings =
                MeterSettings.usual().with(Faults.mild()).every(INTERVAL).since(HISTORY);
        synchronized (this) {
            fleet = SimulatedFleet.of(BrokerAddress.parse(place.broker()), cards, settings, place.memory());
        }
        fleet.whenPasswordChanges(changed -> Credentials.save(place.credentials(), fleet.cards()));
        fleet.connect();
        fleet.remember();
        report.print(new Banner(place).text());
        report.flush();
        catchUp();
        fleet.start();
    }

    /** Everybody's cards, once everything is loaded; tries again as long as somebody is away. */
    List<DeviceCard> load() {
        while (!ended) {
            try {
                if (Files.exists(keycloakReady)) {
                    return loadOnce();
                }
            } catch (Web.Away away) {
                LOG.info("the demo waits: {}", away.getMessage());
            }
            rest();
        }
        return List.of();
    }

    private List<DeviceCard> loadOnce() {
        prepareDirectory();
        Map<String, DeviceCard> known = new LinkedHashMap<>();
        if (Files.exists(place.credentials())) {
            Credentials.read(place.credentials()).forEach(card -> known.put(card.uid(), card));
        }
        List<DeviceCard> all = new ArrayList<>();
        for (DemoCompany company : DemoData.companies()) {
            all.addAll(new CompanyLoader(place, company).load(Map.copyOf(known), card -> {
                known.put(card.uid(), card);
                Credentials.save(place.credentials(), List.copyOf(known.values()));
            }));
        }
        return all;
    }

    /** What the meters measured since they were last heard of, at most {@link #HISTORY}: as after a long outage. */
    private void catchUp() {
        Instant begin = Instant.now().minus(HISTORY);
        long step = HISTORY_STEP.toMillis();
        Instant onTheQuarter = Instant.ofEpochMilli((begin.toEpochMilli() / step + 1) * step);
        fleet.catchUp(onTheQuarter, HISTORY_STEP, () -> {
            fleet.awaitSettled(Duration.ofSeconds(30));
            if (ended) {
                fleet.stop();
            }
        });
    }

    private void prepareDirectory() {
        try {
            Files.createDirectories(place.directory());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + place.directory(), e);
        }
    }

    private static void rest() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KitException("interrupted", e);
        }
    }

    /** The meters say goodbye and remember. */
    @Override
    public void close() {
        ended = true;
        synchronized (this) {
            if (fleet != null) {
                fleet.close();
            }
        }
    }
}
