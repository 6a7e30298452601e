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
    /** What is printed when everything has come about. */
    static final String TOLD = "Money is there, and the meters have told of the last two days / 账户与缴费已就绪，电表已补报最近两天的用量";

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
        Instant begin = connect(cards);
        LOG.info("the demo's companies are there");
        report.print(new Banner(place).text());
        report.flush();
        persist(this::loadMoney);
        LOG.info("the demo's money is there");
        catchUp(begin);
        LOG.info("the demo's meters have caught up");
        fleet.start();
        persist(this::loadAfterUse);
        if (!ended) {
            report.println(TOLD);
            report.flush();
        }
    }

    /** The meters log in and say where they stood when the demo's past begins, which is the answer. */
    Instant connect(List<DeviceCard> cards) {
        MeterSettings settings =
                MeterSettings.usual().with(Faults.mild()).every(INTERVAL).since(HISTORY);
        synchronized (this) {
            fleet = SimulatedFleet.of(
                    BrokerAddress.parse(place.broker()),
                    cards,
                    settings,
                    place.memory(),
                    card -> !DemoMoney.SHOWN.contains(card.serial()));
        }
        fleet.whenPasswordChanges(changed -> Credentials.save(place.credentials(), fleet.cards()));
        fleet.connect();
        Instant begin = begin();
        fleet.reportAt(begin);
        fleet.remember();
        return begin;
    }

    /** Prices, accounts and top-ups; the meters have said where they stand. */
    void loadMoney() {
        DemoData.companies().forEach(company -> new MoneyLoader(place, company).load());
    }

    /** What comes of two days' use. */
    void loadAfterUse() {
        DemoData.companies().forEach(company -> new AfterUse(place, company).load());
    }

    /** Everybody's cards, once everything is loaded; tries again as long as somebody is away. */
    List<DeviceCard> load() {
        List<DeviceCard> cards = new ArrayList<>();
        while (!ended && !Files.exists(keycloakReady)) {
            rest(PAUSE);
        }
        persist(() -> {
            cards.clear();
            cards.addAll(loadOnce());
        });
        return cards;
    }

    /** Does it; again as long as somebody is away. */
    private void persist(Runnable work) {
        boolean done = false;
        while (!ended && !done) {
            try {
                work.run();
                done = true;
            } catch (Web.Away away) {
                LOG.info("the demo waits: {}", away.getMessage());
                rest(PAUSE);
            }
        }
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

    /** The quarter of an hour with which the demo's past begins. */
    private static Instant begin() {
        long step = HISTORY_STEP.toMillis();
        return Instant.ofEpochMilli((Instant.now().minus(HISTORY).toEpochMilli() / step + 1) * step);
    }

    /** What the meters measured since they were last heard of, at most {@link #HISTORY}: as after a long outage. */
    private void catchUp(Instant begin) {
        fleet.catchUp(begin, HISTORY_STEP, () -> {
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

    static void rest(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
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
