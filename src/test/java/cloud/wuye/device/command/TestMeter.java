package cloud.wuye.device.command;

import cloud.wuye.device.contract.Ulid;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A small meter on the real broker that does as it is told, or badly. */
public final class TestMeter {
    /** How it answers commands. */
    public enum Mood {
        /** Accepts, does, says so and reports its state. */
        PROMPT,
        /** Does it and says everything twice, the end first. */
        STAMMERING,
        /** Does it and says nothing of it; answers state.read. */
        MUMBLING,
        /** Does it, says so and reports nothing; answers state.read. */
        TERSE,
        /** Says that it has done it, and has not: a welded relay. */
        LYING,
        /** Hears nothing but state.read. */
        DEAF,
        /** Says accepted and no more. */
        STUCK,
        /** Refuses. */
        UNWILLING
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    public final UUID id;
    public final String uid;
    public volatile Mood mood = Mood.PROMPT;
    public volatile boolean closed = true;
    /** How far its clock is behind the true time. */
    public volatile Duration clockBehind = Duration.ZERO;
    /** What its clock shows. */
    public volatile Supplier<Instant> time = Instant::now;
    /** Every command that came in, in order. */
    public final List<JsonNode> heard = new CopyOnWriteArrayList<>();

    private final String home;
    private final AtomicInteger seq = new AtomicInteger();
    private final AtomicInteger version = new AtomicInteger(1);
    private Mqtt5BlockingClient line;

    private TestMeter(UUID id, String uid, String home) {
        this.id = id;
        this.uid = uid;
        this.home = home;
    }

    /** A new electricity meter of a company, not yet connected. */
    public static TestMeter register(TestDevices devices, UUID tenant, String code) {
        devices.awaitListening();
        String uid = "em-" + Long.toString(System.nanoTime(), 36);
        UUID id = devices.device(tenant, "emeter", uid, null);
        return new TestMeter(id, uid, "pm/v1/" + code + "/emeter/" + uid + "/");
    }

    /** Comes online and reports its state. */
    public TestMeter connect() {
        line = TestDevices.connect(uid);
        line.toAsync()
                .subscribeWith()
                .topicFilter(home + "down/cmd")
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(this::hear)
                .send()
                .join();
        say(
                "up/presence",
                "{\"online\":true,\"boot\":\"b1\",\"ts\":\"%s\",\"clk\":\"ntp\",\"hb\":60}".formatted(now()));
        report();
        return this;
    }

    /** Goes offline, as its last will would say. */
    public void disconnect() {
        say("up/presence", "{\"online\":false}");
        line.disconnect();
    }

    /** Reports its state. */
    public void report() {
        send("up/state", "{\"version\":%d,\"relay\":\"%s\"}".formatted(version.get(), relay()));
    }

    /** Tells what its counter shows, in kWh. */
    public void read(String total) {
        send("up/telemetry", "{\"reg\":{\"import\":\"%s\"}}".formatted(total));
    }

    /** Someone at the meter opens or closes it. */
    public void turnByHand(boolean close) {
        closed = close;
        version.incrementAndGet();
        report();
    }

    /** Its state is another than it has told. */
    public void moveOn() {
        version.incrementAndGet();
    }

    /** Answers any command. */
    public void ack(String command, String stage, String more) {
        send("up/ack", "{\"cmd\":\"%s\",\"stage\":\"%s\"%s}".formatted(command, stage, more));
    }

    /** The words it was told to switch to, in order. */
    public List<String> switchings() {
        return heard.stream()
                .filter(command -> command.path("op").asText().equals("relay.set"))
                .map(command -> command.path("args").path("state").asText())
                .toList();
    }

    private void hear(Mqtt5Publish message) {
        try {
            JsonNode command = JSON.readTree(message.getPayloadAsBytes());
            String id = command.path("id").asText();
            // A command that comes again is the same one: what it expected was looked at the first time.
            boolean again =
                    heard.stream().anyMatch(before -> before.path("id").asText().equals(id));
            heard.add(command);
            JsonNode expected = command.path("expect").path("stateVersion");
            if (!again && expected.isNumber() && expected.intValue() != version.get()) {
                ack(command.path("id").asText(), "rejected", ",\"code\":\"STATE_CHANGED\"");
                return;
            }
            obey(command.path("id").asText(), command.path("op").asText(), command.path("args"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void obey(String id, String op, JsonNode args) {
        if (op.equals("state.read")) {
            ack(id, "executed", ",\"result\":{\"relay\":\"" + relay() + "\"}");
            return;
        }
        switch (mood) {
            case PROMPT -> {
                ack(id, "accepted", "");
                act(op, args);
                ack(id, "executed", ",\"stateVersion\":" + version);
                report();
            }
            case STAMMERING -> {
                act(op, args);
                ack(id, "executed", ",\"stateVersion\":" + version);
                ack(id, "accepted", "");
                ack(id, "executed", ",\"dup\":true");
                report();
            }
            case MUMBLING -> act(op, args);
            case TERSE -> {
                act(op, args);
                ack(id, "executed", ",\"stateVersion\":" + version);
            }
            case LYING -> ack(id, "executed", "");
            case STUCK -> ack(id, "accepted", "");
            case UNWILLING -> ack(id, "rejected", ",\"code\":\"LOCKED\",\"detail\":\"sealed\"");
            case DEAF -> {}
        }
    }

    private void act(String op, JsonNode args) {
        if (op.equals("relay.set") && !args.path("state").asText().equals("permit")) {
            boolean close = args.path("state").asText().equals("closed");
            if (closed != close) {
                version.incrementAndGet();
            }
            closed = close;
        }
    }

    private String relay() {
        return closed ? "closed" : "open";
    }

    private void send(String channel, String data) {
        say(
                channel,
                TestDevices.envelope(
                        Ulid.format(Ids.next()), "b1", seq.getAndIncrement(), now().minus(clockBehind), "ntp", data));
    }

    /** From any thread, the client's own too: hence not the blocking publish. */
    private void say(String channel, String payload) {
        line.toAsync()
                .publishWith()
                .topic(home + channel)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private Instant now() {
        return time.get().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }
}
