package cloud.wuye.kit.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One meter with its modem: connects to the broker as the device it is, says what it measures, does what it is told.
 * Measures only when told to ({@link #report}); a {@link SimulatedFleet} does that on time. Safe for use by many threads.
 */
public final class SimulatedMeter implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MeterSettings settings;
    private final Traffic traffic;
    private final MeterBody body;
    private final MeterClock clock;
    private final MeterModem modem;
    private final MeterDeeds deeds;
    private final CommandDesk desk;
    private final SplittableRandom chance;
    private final boolean noisy;
    private final Map<String, Outgoing> unconfirmed = new LinkedHashMap<>();
    private final TimeDesk time;
    private final List<String> heard = new ArrayList<>();
    private DeviceCard card;
    private Faults faults;
    private Duration heartbeat;
    private Duration interval;
    private Duration travel = Duration.ofMillis(700);
    private Consumer<DeviceCard> onNewPassword = changed -> {};

    SimulatedMeter(
            BrokerAddress broker,
            Line shared,
            DeviceCard card,
            MeterSettings settings,
            MeterMemory memory,
            Traffic all) {
        this.card = card;
        this.settings = settings;
        traffic = all;
        faults = settings.faults();
        noisy = faults.always(Fault.NOISE);
        heartbeat = settings.heartbeat();
        interval = settings.interval();
        long seed = Hash.of(settings.seed(), card.uid());
        chance = new SplittableRandom(seed);
        body = MeterBody.of(card, settings, memory);
        clock = new MeterClock(settings.time(), faults, seed);
        modem = new MeterModem(this, broker, shared, card, clock, settings, all, chance.split());
        deeds = new MeterDeeds(this, body);
        desk = new CommandDesk(this, deeds, chance.split());
        time = new TimeDesk(this, clock, modem, settings.time());
    }

    /** A meter with a connection of its own, not yet connected. */
    public static SimulatedMeter of(BrokerAddress broker, DeviceCard card, MeterSettings settings) {
        return new SimulatedMeter(broker, null, card, settings, null, new Traffic());
    }

    /** Connects, and keeps trying; done when the first attempt has succeeded or failed. */
    public CompletableFuture<?> connect() {
        return modem.connect();
    }

    /** Connects and waits for it; the reason when the broker refuses. */
    public void connectNow() {
        Patience.await(connect(), "Meter " + card.uid() + " cannot connect");
    }

    /** Says goodbye and leaves; what is measured from now on is kept for later. */
    public void disconnect(String reason) {
        Patience.await(modem.leave(reason), "Meter " + card.uid() + " cannot disconnect");
    }

    /** Is gone without a word: the broker sends the will. What is measured from now on is kept for later. */
    public void loseNetwork() {
        Patience.await(modem.cut(), "Meter " + card.uid() + " cannot disconnect");
    }

    /** Starts anew: another boot, the same registers. */
    public void restart() {
        loseNetwork();
        synchronized (this) {
            clock.restart();
        }
        connect().exceptionally(tryingAgain -> null);
    }

    /** Measures now and sends it, or keeps it until there is a connection. */
    public void report() {
        measure(settings.time().instant(), "");
    }

    /** Measures as of then, which must not be before the last time. */
    public void reportAt(Instant truth) {
        measure(truth, "");
    }

    /** Measures because the service asked for it. */
    void reportFor(String command) {
        measure(settings.time().instant(), ",\"source\":\"on_demand\",\"cmd\":\"" + command + "\"");
    }

    private synchronized void measure(Instant truth, String more) {
        boolean ranOut = body.advance(truth);
        StringBuilder data = new StringBuilder(220).append('{');
        body.telemetry(data, noisy);
        traffic.measured.increment();
        modem.send(modem.outgoing("telemetry", data.append(more).append('}').toString(), truth));
        if (ranOut) {
            sayState();
            saySwitch("credit", null);
        }
    }

    /** What the person at the meter does after a permission: gives supply by hand unless the credit is used up, and frees what is stuck. */
    public synchronized void pressButton() {
        if (!body.isOutOfCredit()) {
            switchSupply(true, "local", null);
        }
        if (body.freed()) {
            sayState();
        }
    }

    /** Moves the breaker or valve and says so; the command may be null. */
    synchronized void switchSupply(boolean on, String cause, String command) {
        body.advance(settings.time().instant());
        if (body.set(on)) {
            sayState();
            saySwitch(cause, command);
        }
    }

    void saySwitch(String cause, String command) {
        String by = command == null ? "" : ",\"cmd\":\"" + command + "\"";
        say(
                "event",
                "{\"type\":\"switch\",\"" + body.switchField() + "\":\"" + body.switchWord() + "\",\"cause\":\"" + cause
                        + "\"" + by + "}");
    }

    /** Stays on the device until the service has said that it is stored. */
    void sayPurchase() {
        Outgoing event = modem.outgoing(
                "event",
                "{\"type\":\"purchase\",\"purchase\":" + body.purchase() + ",\"credit\":\"" + body.credit() + "\"}",
                settings.time().instant());
        unconfirmed.put(event.id(), event);
        modem.send(event);
    }

    void sayState() {
        say(
                "state",
                "{\"version\":" + body.version() + ",\"desired\":" + body.desired() + ",\"" + body.switchField()
                        + "\":\"" + body.switchWord() + "\",\"config\":{\"hb\":" + heartbeat.toSeconds()
                        + ",\"interval\":" + Math.max(1, interval.toSeconds()) + "}}");
    }

    /** What a device says of itself after each start. */
    synchronized void introduce() {
        say(
                "info",
                "{\"model\":\"" + (card.isWater() ? "LXSY-SIM" : "DDZY-SIM")
                        + "\",\"vendor\":\"Wuye simulator\",\"fw\":\"1.0.0\",\"serial\":\""
                        + card.serial().replaceAll("[\"\\\\]", "") + "\",\"capabilities\":[\""
                        + String.join("\",\"", deeds.known()) + "\"],\"hb\":" + heartbeat.toSeconds() + "}");
        sayState();
        unconfirmed.values().forEach(modem::send);
    }

    void say(String channel, String data) {
        modem.send(modem.outgoing(channel, data, settings.time().instant()));
    }

    /** Takes in what was sent to it; {@code word} is the topic's last. */
    void hear(String word, byte[] payload) {
        try {
            JsonNode json = JSON.readTree(payload);
            synchronized (this) {
                switch (word) {
                    case "cmd" -> obey(json);
                    case "desired" -> desired(json);
                    case "res" -> time.hear(json);
                    case "evtack" -> json.path("ids").forEach(id -> unconfirmed.remove(id.asText()));
                    default -> {
                        // A newer contract may have more words.
                    }
                }
            }
        } catch (IOException notJson) {
            // As a real device: what it does not understand it does not hear.
        }
    }

    private void obey(JsonNode command) {
        traffic.commands.increment();
        heard.add(command.path("id").asText());
        desk.hear(command, faults);
    }

    private void desired(JsonNode desired) {
        if (body.takeOver(desired.path("version").asLong())) {
            configure(desired);
            sayState();
        }
    }

    void configure(JsonNode wanted) {
        if (wanted.path("hb").asLong() >= 5) {
            heartbeat = Duration.ofSeconds(wanted.path("hb").asLong());
            modem.beatEvery(heartbeat);
        }
        if (wanted.path("interval").asLong() >= 1) {
            interval = Duration.ofSeconds(wanted.path("interval").asLong());
        }
    }

    /** Asks the service what time it is; the command, if any, is answered when it says so. */
    synchronized void askTime(String command) {
        time.ask(command);
    }

    /** Answers a command that could not be answered at once. */
    synchronized void finish(String command, Outcome outcome) {
        desk.finish(command, outcome, faults, false);
    }

    /** Leaves and comes back with the new password. */
    void changePassword(String password) {
        loseNetwork();
        synchronized (this) {
            card = card.withPassword(password);
            modem.use(card);
            onNewPassword.accept(card);
        }
        connect().exceptionally(tryingAgain -> null);
    }

    synchronized void whenPasswordChanges(Consumer<DeviceCard> keeper) {
        onNewPassword = keeper;
    }

    /** From now on with these faults; those of its clock and its arithmetic are of its making and stay. */
    public synchronized void behave(Faults other) {
        faults = other;
        modem.behave(other);
    }

    /** From now on its valve takes so long from one end to the other. */
    public synchronized void turnsWithin(Duration time) {
        travel = time;
    }

    synchronized Duration travel() {
        return travel;
    }

    /** Whether something happens now that has this chance. */
    synchronized boolean unlucky(Fault fault) {
        return chance.nextDouble() < faults.of(fault);
    }

    /** From {@code least} to below {@code most}, by its own dice. */
    synchronized long draw(long least, long most) {
        return chance.nextLong(least, most);
    }

    public synchronized DeviceCard card() {
        return card;
    }

    public boolean isOnline() {
        return modem.isOnline();
    }

    /** What the register shows, in kWh or m³, as of the last time it was looked at. */
    public synchronized BigDecimal register() {
        return body.register.value();
    }

    /** What is left of its credit, in kWh, as of the last time it was looked at; counted down only after a purchase. */
    public synchronized BigDecimal credit() {
        return body.credit();
    }

    /** The number of its last purchase, 0 when nothing was ever bought for it. */
    public synchronized long purchase() {
        return body.purchase();
    }

    /** Whether the breaker is closed, or the valve open. */
    public synchronized boolean hasSupply() {
        return body.supply();
    }

    public synchronized long stateVersion() {
        return body.version();
    }

    /** How far its clock is from the true time; positive when it is ahead. */
    public synchronized Duration clockOffset() {
        return clock.offset();
    }

    /** The ids of all commands that came in, as often as they came. */
    public synchronized List<String> heardCommands() {
        return List.copyOf(heard);
    }

    /** Messages that wait for a connection. */
    public int waiting() {
        return modem.waiting();
    }

    public Traffic traffic() {
        return traffic;
    }

    MeterClock clock() {
        return clock;
    }

    MeterModem modem() {
        return modem;
    }

    synchronized Duration interval() {
        return interval;
    }

    synchronized MeterMemory memory() {
        return body.memory();
    }

    @Override
    public void close() {
        modem.releaseHeld();
        disconnect("closed");
    }
}
