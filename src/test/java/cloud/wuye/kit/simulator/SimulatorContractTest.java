package cloud.wuye.kit.simulator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.contract.MessageParser;
import cloud.wuye.device.contract.Rejection;
import cloud.wuye.device.contract.Topic;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Everything a fleet with every fault says is held against the contract, by the service's own check and by another's. */
class SimulatorContractTest {
    private static final String SCHEMAS = "https://wuye.cloud/contract/v1/";
    private static final String OPS =
            "relay.set valve.set meter.read state.read credit.add credit.set time.sync config.set reboot door.open";

    @Test
    void everyMessageOfAFaultyFleetObeysTheContract() {
        try (BrokerWithDevices broker = new BrokerWithDevices()) {
            MeterSettings settings = MeterSettings.usual()
                    .with(Faults.parse("all,outage=0.05,restart=0.05,noise=0.3,clock=0.2,noclock=0.2,slowack=0"))
                    .every(Duration.ofMillis(200))
                    .since(Duration.ofHours(6));
            List<DeviceCard> cards = cards(broker);
            try (SimulatedFleet fleet = SimulatedFleet.of(broker.address(), cards, settings, null)) {
                fleet.connect();
                fleet.catchUp(Instant.now().minus(Duration.ofHours(5)), Duration.ofMinutes(30), () -> {});
                Thread driver = new Thread(() -> fleet.run(Duration.ofSeconds(15), 0));
                driver.start();
                for (String op : OPS.split(" ")) {
                    cards.forEach(card -> broker.send(card, "cmd", command(op)));
                }
                cards.forEach(card -> broker.send(card, "desired", "{\"v\":1,\"version\":3,\"hb\":5}"));
                await().atMost(Duration.ofSeconds(40)).until(() -> !driver.isAlive());
                fleet.awaitSettled(Duration.ofSeconds(30));
                // What the broker has taken it has still to pass on.
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> broker.heard().size() >= fleet.traffic().acknowledged());
            }
            check(broker.heard());
        }
    }

    private static void check(List<BrokerWithDevices.Heard> heard) {
        MessageParser parser = new MessageParser();
        Map<String, Schema> schemas = new HashMap<>();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder ->
                        builder.schemaIdResolvers(resolvers -> resolvers.mapPrefix(SCHEMAS, "classpath:contract/v1/")));
        Set<String> kinds = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        for (BrokerWithDevices.Heard each : heard) {
            String text = new String(each.payload(), StandardCharsets.UTF_8);
            try {
                Topic topic = Topic.parse(each.topic());
                parser.parse(topic, each.payload());
                String name = MessageParser.schemaName(topic.deviceClass(), topic.channel());
                kinds.add(name);
                schemas.computeIfAbsent(name, file -> registry.getSchema(SchemaLocation.of(SCHEMAS + file)))
                        .validate(text, InputFormat.JSON)
                        .forEach(error -> wrong.add(error + " in " + each.topic() + " " + text));
            } catch (Rejection rejection) {
                wrong.add(rejection.getMessage() + " in " + each.topic() + " " + text);
            }
        }
        assertEquals(List.of(), wrong.stream().limit(5).toList());
        assertTrue(
                kinds.containsAll(Set.of(
                        "presence.json",
                        "info.json",
                        "state.json",
                        "ack.json",
                        "req.json",
                        "emeter.telemetry.json",
                        "emeter.event.json",
                        "wmeter.telemetry.json",
                        "wmeter.event.json")),
                kinds.toString());
        assertTrue(heard.size() > 500, heard.size() + " messages");
    }

    private static List<DeviceCard> cards(BrokerWithDevices broker) {
        List<DeviceCard> cards = new ArrayList<>();
        for (LoadProfile profile : LoadProfile.values()) {
            for (int i = 0; i < 3; i++) {
                String uid = (profile == LoadProfile.WATER ? "wm" : "em") + "-contract-" + profile.ordinal() + i;
                String kind = profile == LoadProfile.WATER ? "wmeter" : "emeter";
                cards.add(broker.admit(new DeviceCard("haitang", kind, uid, "pw", "SN \"" + uid, profile)));
            }
        }
        return cards;
    }

    private static String command(String op) {
        String args =
                switch (op) {
                    case "relay.set" -> "{\"state\":\"open\"}";
                    case "valve.set" -> "{\"state\":\"closed\"}";
                    case "credit.add" -> "{\"order\":\"O1\",\"purchase\":1,\"energy\":\"0.01\",\"unit\":\"kW.h\"}";
                    case "credit.set" -> "{\"order\":\"C1\",\"purchase\":2,\"energy\":\"0.00\",\"unit\":\"kW.h\"}";
                    case "config.set" -> "{\"hb\":6}";
                    default -> "{}";
                };
        return "{\"v\":1,\"id\":\"" + UUID.randomUUID() + "\",\"op\":\"" + op + "\",\"args\":" + args
                + ",\"notAfter\":\"" + Instant.now().plus(Duration.ofDays(1)) + "\"}";
    }
}
