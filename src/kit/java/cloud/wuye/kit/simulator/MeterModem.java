package cloud.wuye.kit.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;

/**
 * What brings a meter's messages to the broker: connects and comes back, beats, keeps what cannot be sent. Calls the meter
 * only while it holds no lock of its own.
 */
final class MeterModem {
    private static final int STORE = 5_000;
    private static final int SHUFFLED = 20;

    private final BrokerAddress broker;
    private final SimulatedMeter meter;
    private final MeterClock clock;
    private final Traffic traffic;
    private final SplittableRandom chance;
    private final Messages messages = new Messages();
    private final Deque<Outgoing> store = new ArrayDeque<>();
    private final List<byte[]> held = new ArrayList<>();
    private DeviceCard card;
    private OwnConnection connection;
    private Line line;
    private volatile Faults faults;
    private Duration heartbeat;
    private boolean online;
    private boolean wantsOnline;
    private int attempts;
    private ScheduledFuture<?> pulse;

    /** @param shared a line that is always there, or null for a connection of its own */
    MeterModem(
            SimulatedMeter meter,
            BrokerAddress broker,
            Line shared,
            DeviceCard card,
            MeterClock clock,
            MeterSettings settings,
            Traffic traffic,
            SplittableRandom chance) {
        this.meter = meter;
        this.broker = broker;
        this.card = card;
        this.clock = clock;
        this.traffic = traffic;
        this.chance = chance;
        faults = settings.faults();
        heartbeat = settings.heartbeat();
        line = shared;
        online = shared != null;
    }

    /** Connects, and keeps trying; done when the first attempt has succeeded or failed. */
    CompletableFuture<?> connect() {
        synchronized (this) {
            wantsOnline = true;
        }
        return attempt();
    }

    /** Says goodbye and leaves. */
    synchronized CompletableFuture<?> leave(String reason) {
        OwnConnection mine = goOffline();
        return mine == null
                ? CompletableFuture.completedFuture(null)
                : mine.publish(card.up("presence"), messages.farewell(clock.now(), clock.source(), reason), true)
                        .handle((said, failed) -> null)
                        .thenCompose(said -> mine.close());
    }

    /** Is gone without a word. */
    synchronized CompletableFuture<?> cut() {
        OwnConnection mine = goOffline();
        return mine == null ? CompletableFuture.completedFuture(null) : mine.cut();
    }

    /** The next connection uses it. */
    synchronized void use(DeviceCard changed) {
        card = changed;
        connection = null;
    }

    synchronized void behave(Faults other) {
        faults = other;
    }

    synchronized void beatEvery(Duration other) {
        heartbeat = other;
        if (online && connection != null) {
            beat();
            startPulse();
        }
    }

    synchronized void send(Outgoing message) {
        if (!online) {
            if (message.isKept()) {
                keep(message);
            }
            return;
        }
        byte[] payload = messages.envelope(message);
        if (connection == null && shuffles()) {
            held.add(payload);
            if (held.size() >= SHUFFLED) {
                releaseHeld();
            }
            return;
        }
        publish(message, payload);
    }

    /** Sends what a shared line holds back in order to shuffle it. */
    synchronized void releaseHeld() {
        Collections.shuffle(held, new Random(chance.nextLong()));
        held.forEach(payload -> publish(null, payload));
        held.clear();
    }

    synchronized void beat() {
        if (online && connection != null) {
            byte[] presence = messages.presence(clock.now(), clock.source(), heartbeat.toSeconds());
            traffic.published.increment();
            count(line.publish(card.up("presence"), presence, true), null);
        }
    }

    /** Whether it has no connection of its own to lose. */
    boolean isShared() {
        return broker == null;
    }

    synchronized boolean isOnline() {
        return online;
    }

    synchronized int waiting() {
        return store.size();
    }

    private boolean shuffles() {
        double often = faults.of(Fault.SHUFFLE);
        return !held.isEmpty() || often > 0 && chance.nextDouble() < often / SHUFFLED;
    }

    private void publish(Outgoing message, byte[] payload) {
        String topic = card.up(message == null ? "telemetry" : message.channel());
        boolean retain = message != null && message.isRetained();
        traffic.published.increment();
        count(line.publish(topic, payload, retain), message);
        if (chance.nextDouble() < faults.of(Fault.DUPLICATE)) {
            traffic.repeated.increment();
            traffic.published.increment();
            count(line.publish(topic, payload, retain), null);
        }
    }

    private void count(CompletableFuture<?> publishing, Outgoing again) {
        publishing.whenComplete((given, failed) -> {
            if (failed == null) {
                traffic.acknowledged.increment();
            } else {
                traffic.failed.increment();
                if (again != null && again.isKept()) {
                    keep(again);
                }
            }
        });
    }

    private synchronized void keep(Outgoing message) {
        traffic.late.increment();
        store.addLast(message);
        if (store.size() > STORE) {
            store.removeFirst();
        }
    }

    private CompletableFuture<?> attempt() {
        OwnConnection mine;
        byte[] will;
        synchronized (this) {
            if (broker == null || online || !wantsOnline) {
                return CompletableFuture.completedFuture(null);
            }
            messages.newBoot();
            will = messages.will();
            if (connection == null) {
                connection = new OwnConnection(broker, card, meter::hear, this::lost);
            }
            mine = connection;
        }
        return mine.open(will).whenComplete((opened, failed) -> {
            if (failed == null) {
                born(mine);
            } else {
                traffic.refusals.increment();
                again();
            }
        });
    }

    private void born(OwnConnection mine) {
        synchronized (this) {
            if (mine != connection || !wantsOnline) {
                mine.cut();
                return;
            }
            line = mine;
            online = true;
            attempts = 0;
            traffic.connects.increment();
            beat();
            startPulse();
        }
        meter.introduce();
        sendLate();
    }

    private synchronized void sendLate() {
        List<Outgoing> late = new ArrayList<>(store);
        store.clear();
        if (chance.nextDouble() < faults.of(Fault.SHUFFLE)) {
            Collections.shuffle(late, new Random(chance.nextLong()));
        }
        late.forEach(this::send);
    }

    private void lost() {
        synchronized (this) {
            online = false;
            stopPulse();
        }
        again();
    }

    private synchronized void again() {
        if (wantsOnline && !online) {
            attempts++;
            long wait = Math.min(30_000, 500L << Math.min(attempts, 6)) + chance.nextLong(500);
            Ticks.after(Duration.ofMillis(wait), this::attempt);
        }
    }

    private OwnConnection goOffline() {
        wantsOnline = false;
        if (connection == null) {
            return null;
        }
        online = false;
        stopPulse();
        return connection;
    }

    private void startPulse() {
        stopPulse();
        // Earlier than promised: a beat on the way is as good as none.
        pulse = Ticks.every(heartbeat.multipliedBy(3).dividedBy(4), this::beat);
    }

    private void stopPulse() {
        if (pulse != null) {
            pulse.cancel(false);
        }
    }

    /** The time that a message shows, by the device's clock. */
    Outgoing outgoing(String channel, String data, Instant truth) {
        Instant shown = clock.shown(truth);
        return new Outgoing(Ulids.next(shown.toEpochMilli()), shown, clock.source(), channel, data);
    }
}
