package cloud.wuye.kit.simulator;

import cloud.wuye.kit.KitException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Many meters that measure on time and have their accidents. The same seed and devices give the same customers, meters
 * and accidents; only the names of messages differ from run to run.
 */
public final class SimulatedFleet implements AutoCloseable {
    private static final int CONNECTS_AT_ONCE = 20;

    private final Map<String, SimulatedMeter> meters = new LinkedHashMap<>();
    private final Traffic traffic = new Traffic();
    private final MeterSettings settings;
    private final MemoryFile memory;
    private final Mishaps mishaps = new Mishaps();
    private volatile boolean stopped;
    private Thread driver;

    private SimulatedFleet(
            BrokerAddress broker,
            SharedConnections shared,
            List<DeviceCard> cards,
            MeterSettings settings,
            Path memoryFile,
            Predicate<DeviceCard> fallible) {
        this.settings = settings;
        memory = memoryFile == null ? null : new MemoryFile(memoryFile);
        Map<String, MeterMemory> known = memory == null ? Map.of() : memory.read();
        Map<String, Faults> faults = StandingFaults.share(
                settings.faults(),
                settings.seed(),
                cards.stream().filter(fallible).toList());
        for (DeviceCard card : cards) {
            meters.put(
                    card.uid(),
                    new SimulatedMeter(
                            broker,
                            shared == null ? null : shared.lineFor(card),
                            card,
                            settings.with(faults.getOrDefault(card.uid(), Faults.none())),
                            known.get(card.uid()),
                            traffic));
        }
    }

    /** One connection for each device. {@code memory}, if not null, keeps registers from one run to the next. */
    public static SimulatedFleet of(BrokerAddress broker, List<DeviceCard> cards, MeterSettings settings, Path memory) {
        return of(broker, cards, settings, memory, card -> true);
    }

    /** The same; only those that are {@code fallible} have the faults of the settings, and the others none. */
    public static SimulatedFleet of(
            BrokerAddress broker,
            List<DeviceCard> cards,
            MeterSettings settings,
            Path memory,
            Predicate<DeviceCard> fallible) {
        return new SimulatedFleet(broker, null, cards, settings, memory, fallible);
    }

    /** All devices over connections that are there already; readings only. */
    public static SimulatedFleet over(SharedConnections shared, List<DeviceCard> cards, MeterSettings settings) {
        return new SimulatedFleet(null, shared, cards, settings, null, card -> true);
    }

    /** Connects them all, some at a time; returns when each has tried once. Those that failed keep trying. */
    public void connect() {
        Semaphore window = new Semaphore(CONNECTS_AT_ONCE);
        for (SimulatedMeter meter : meters.values()) {
            window.acquireUninterruptibly();
            meter.connect().whenComplete((connected, failed) -> window.release());
        }
        window.acquireUninterruptibly(CONNECTS_AT_ONCE);
    }

    /** Reports what the meters measured in the past, oldest first, as one long late batch; never before their memory. */
    public void catchUp(Instant from, Duration step, Runnable betweenSteps) {
        Instant now = settings.time().instant();
        for (Instant at = from; at.isBefore(now) && !stopped; at = at.plus(step)) {
            reportAt(at);
            betweenSteps.run();
        }
    }

    /** Has each meter report as of then, but for those that have counted past it. */
    public void reportAt(Instant at) {
        for (SimulatedMeter meter : meters.values()) {
            if (at.isAfter(meter.memory().at())) {
                meter.reportAt(at);
            }
        }
    }

    /**
     * Has the meters measure, each at its interval, until the time is over, so many readings are taken, or {@link #stop}.
     *
     * @param duration null for ever
     * @param readings 0 for any number
     */
    public void run(Duration duration, long readings) {
        PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparing(Turn::due));
        Instant now = settings.time().instant();
        int place = 0;
        for (SimulatedMeter meter : meters.values()) {
            // Spread over the interval, as meters are that were switched on one after another.
            long spread = meter.interval().toNanos() / Math.max(1, meters.size()) * place++;
            Instant remembered = meter.memory().at();
            turns.add(new Turn(latest(now, remembered).plusNanos(spread), meter));
        }
        long end = duration == null ? Long.MAX_VALUE : System.nanoTime() + duration.toNanos();
        long taken = 0;
        while (!stopped && !turns.isEmpty() && System.nanoTime() < end && (readings == 0 || taken < readings)) {
            Turn turn = turns.peek();
            if (!waitFor(turn.due, end)) {
                continue;
            }
            turns.poll();
            turn.meter.report();
            taken++;
            mishaps.after(turn.meter, settings.time());
            turns.add(turn.next(settings.time().instant()));
        }
        meters.values().forEach(meter -> meter.modem().releaseHeld());
    }

    /** The same in the background, for ever. */
    public synchronized void start() {
        driver = new Thread(() -> run(null, 0), "simulator-fleet");
        driver.setDaemon(true);
        driver.start();
        if (memory != null) {
            Ticks.every(Duration.ofSeconds(10), this::remember);
        }
    }

    /** Ends what {@link #run} does. */
    public void stop() {
        stopped = true;
        LockSupport.unpark(driver);
    }

    /** Waits until the broker has settled everything that was published; false when that takes too long. */
    public boolean awaitSettled(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (traffic.underWay() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }

    /** Called with the new card whenever a device's password was changed. */
    public void whenPasswordChanges(Consumer<DeviceCard> keeper) {
        meters.values().forEach(meter -> meter.whenPasswordChanges(keeper));
    }

    /** All cards as they are now. */
    public List<DeviceCard> cards() {
        return meters.values().stream().map(SimulatedMeter::card).toList();
    }

    public List<SimulatedMeter> meters() {
        return List.copyOf(meters.values());
    }

    /** The meter of this uid. */
    public SimulatedMeter meter(String uid) {
        SimulatedMeter meter = meters.get(uid);
        if (meter == null) {
            throw new KitException("There is no simulated meter " + uid + ".");
        }
        return meter;
    }

    public Traffic traffic() {
        return traffic;
    }

    /** Writes down what the meters remember. */
    public synchronized void remember() {
        if (memory != null) {
            Map<String, MeterMemory> memories = new LinkedHashMap<>();
            meters.forEach((uid, meter) -> memories.put(uid, meter.memory()));
            memory.write(memories);
        }
    }

    @Override
    public void close() {
        stop();
        remember();
        new ArrayList<>(meters.values()).parallelStream().forEach(SimulatedMeter::close);
    }

    private boolean waitFor(Instant due, long end) {
        Duration rest =
                FleetTime.real(settings.time(), Duration.between(settings.time().instant(), due));
        if (rest.isNegative() || rest.isZero()) {
            return true;
        }
        // Not longer than a moment: whoever says stop should not have to wait.
        LockSupport.parkNanos(Math.min(rest.toNanos(), Math.min(200_000_000L, Math.max(1, end - System.nanoTime()))));
        return false;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private record Turn(Instant due, SimulatedMeter meter) {
        /** On time, or at once when we are late already; a backlog older than a second is forgotten. */
        Turn next(Instant now) {
            Instant next = due.plus(meter.interval());
            Instant oldest = now.minusSeconds(1);
            return new Turn(next.isBefore(oldest) ? oldest : next, meter);
        }
    }
}
