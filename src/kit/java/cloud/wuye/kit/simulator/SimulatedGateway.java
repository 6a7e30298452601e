package cloud.wuye.kit.simulator;

import cloud.wuye.kit.KitException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;

/**
 * A gateway that logs in for meters which have no modem of their own: says what they say in {@code up/bulk}, and passes on
 * what comes down for them. A child that has fallen silent hears and says nothing. Safe for use by many threads.
 */
public final class SimulatedGateway implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DeviceCard card;
    private final OwnConnection connection;
    private final Duration heartbeat;
    private final Messages messages = new Messages();
    private final Map<String, SimulatedMeter> children = new LinkedHashMap<>();
    private final Set<String> silent = new HashSet<>();
    private final List<JsonNode> heard = new ArrayList<>();
    private ScheduledFuture<?> pulse;

    private SimulatedGateway(BrokerAddress broker, DeviceCard card, Duration heartbeat) {
        this.card = card;
        this.heartbeat = heartbeat;
        connection = new OwnConnection(broker, card, this::hear, () -> {});
    }

    /** A gateway with these meters behind it, not yet connected. */
    public static SimulatedGateway of(
            BrokerAddress broker, DeviceCard card, List<DeviceCard> children, MeterSettings settings) {
        SimulatedGateway gateway = new SimulatedGateway(broker, card, settings.heartbeat());
        for (DeviceCard child : children) {
            Line line = (topic, payload, retain) -> gateway.speakFor(child, topic, payload);
            gateway.children.put(child.uid(), new SimulatedMeter(null, line, child, settings, null, new Traffic()));
        }
        return gateway;
    }

    /** Connects, and introduces itself and its children. */
    public void connectNow() {
        try {
            connection.open(messages.will()).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new KitException("Gateway " + card.uid() + " cannot connect: " + e.getCause(), e);
        }
        beat();
        pulse = Ticks.every(heartbeat.multipliedBy(3).dividedBy(4), this::beat);
        children.values().forEach(SimulatedMeter::introduce);
    }

    /** The child stops or begins to answer the gateway, which says so. */
    public void childAnswers(String uid, boolean answers) {
        synchronized (this) {
            if (answers) {
                silent.remove(uid);
            } else {
                silent.add(uid);
            }
            say("event", "{\"type\":\"child\",\"uid\":\"" + uid + "\",\"online\":" + answers + "}");
        }
    }

    /** The meter of this uid behind it. */
    public SimulatedMeter child(String uid) {
        SimulatedMeter child = children.get(uid);
        if (child == null) {
            throw new KitException("There is no meter " + uid + " behind gateway " + card.uid() + ".");
        }
        return child;
    }

    /** All commands that came in, in order, for whichever child. */
    public synchronized List<JsonNode> heardCommands() {
        return List.copyOf(heard);
    }

    /** Says goodbye; its children go silent with it. */
    @Override
    public void close() {
        if (pulse != null) {
            pulse.cancel(false);
            connection
                    .publish(card.up("presence"), messages.farewell(Instant.now(), "ntp", "closed"), true)
                    .thenCompose(said -> connection.close())
                    .join();
        }
    }

    private void beat() {
        connection.publish(card.up("presence"), messages.presence(Instant.now(), "ntp", heartbeat.toSeconds()), true);
    }

    private synchronized CompletableFuture<?> say(String channel, String data) {
        Instant now = Instant.now();
        Outgoing message = new Outgoing(Ulids.next(now.toEpochMilli()), now, "ntp", channel, data);
        return connection.publish(card.up(channel), messages.envelope(message), false);
    }

    /** A child's own message becomes one item of a bulk. */
    private CompletableFuture<?> speakFor(DeviceCard child, String topic, byte[] payload) {
        try {
            ObjectNode item = (ObjectNode) JSON.readTree(payload);
            item.remove("v");
            item.put("uid", child.uid()).put("kind", topic.substring(topic.lastIndexOf('/') + 1));
            synchronized (this) {
                return silent.contains(child.uid())
                        ? CompletableFuture.completedFuture(null)
                        : say("bulk", "{\"items\":[" + item + "]}");
            }
        } catch (IOException e) {
            throw new KitException("A child said what is no JSON.", e);
        }
    }

    private void hear(String word, byte[] payload) {
        try {
            JsonNode message = JSON.readTree(payload);
            String uid = message.path("child").asText();
            boolean reaches;
            synchronized (this) {
                if (word.equals("cmd")) {
                    heard.add(message);
                }
                reaches = !silent.contains(uid);
            }
            SimulatedMeter child = children.get(uid);
            if (child != null && reaches) {
                child.hear(word, payload);
            }
        } catch (IOException notJson) {
            // As a real device: what it does not understand it does not hear.
        }
    }
}
