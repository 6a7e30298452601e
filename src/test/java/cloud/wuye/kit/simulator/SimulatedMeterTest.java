package cloud.wuye.kit.simulator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.kit.KitException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatedMeterTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static BrokerWithDevices broker;

    @BeforeAll
    static void open() {
        broker = new BrokerWithDevices();
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    @Test
    void isBornWithPresenceInfoAndStateAndLeavesWithAWill() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        awaitSaid(card, "state", 1);
        JsonNode birth = broker.said(card, "presence").get(0);
        assertTrue(birth.path("online").asBoolean());
        assertEquals(60, birth.path("hb").asInt());
        assertEquals(
                card.serial(),
                broker.said(card, "info").get(0).at("/data/serial").asText());
        assertEquals(
                "closed", broker.said(card, "state").get(0).at("/data/relay").asText());

        meter.loseNetwork();

        awaitSaid(card, "presence", 2);
        JsonNode will = broker.said(card, "presence").get(1);
        assertFalse(will.path("online").asBoolean());
        assertEquals(birth.path("boot").asText(), will.path("boot").asText());
        assertFalse(will.has("ts"));
        meter.close();
    }

    @Test
    void wrongPasswordIsRefusedAndTriedAgainUntilItIsRight() {
        DeviceCard card = broker.admit(card());
        SimulatedMeter meter = SimulatedMeter.of(broker.address(), card.withPassword("wrong"), MeterSettings.usual());
        assertThrows(KitException.class, meter::connectNow);
        broker.changePassword(card.uid(), "wrong");
        await().atMost(Duration.ofSeconds(15)).until(meter::isOnline);
        meter.close();
    }

    @Test
    void whatWasMeasuredOffLineComesAsALateBatchWithItsOwnTimes() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual().since(Duration.ofHours(3)));
        meter.loseNetwork();
        Instant begin = Instant.now().minus(Duration.ofHours(2));
        for (int i = 0; i < 8; i++) {
            meter.reportAt(begin.plus(Duration.ofMinutes(15L * i)));
        }
        assertEquals(8, meter.waiting());

        meter.connectNow();

        awaitSaid(card, "telemetry", 8);
        List<JsonNode> late = broker.said(card, "telemetry");
        for (int i = 0; i < 8; i++) {
            Instant ts = Instant.parse(late.get(i).path("ts").asText());
            assertEquals(begin.plus(Duration.ofMinutes(15L * i)).toEpochMilli(), ts.toEpochMilli());
        }
        for (int i = 1; i < 8; i++) {
            assertTrue(register(late.get(i)).compareTo(register(late.get(i - 1))) >= 0);
        }
        String boot = last(card, "presence").path("boot").asText();
        assertEquals(Set.of(boot), values(late, "boot"));
        assertEquals(8, values(late, "id").size());
        meter.close();
    }

    @Test
    void messagesOfOneConnectionAreNumberedWithoutHoles() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        for (int i = 0; i < 20; i++) {
            meter.report();
        }
        awaitSaid(card, "telemetry", 20);
        List<Long> numbers = broker.heard().stream()
                .filter(each -> each.uid().equals(card.uid()) && each.json().has("seq"))
                .map(each -> each.json().path("seq").asLong())
                .sorted()
                .toList();
        assertEquals(LongStream.range(0, 22).boxed().toList(), numbers);
        meter.close();
    }

    @Test
    void opensItsRelayOnCommandAndSaysSoOnEveryChannel() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        long version = meter.stateVersion();
        String id = order(card, "relay.set", "\"args\":{\"state\":\"open\"},");

        awaitSaid(card, "event", 1);
        // That it is done it says last.
        awaitSaid(card, "ack", 2);
        assertFalse(meter.hasSupply());
        assertEquals(List.of("accepted", "executed"), stages(card, id));
        JsonNode executed = broker.said(card, "ack").get(1).path("data");
        assertEquals("open", executed.at("/result/relay").asText());
        assertEquals(version + 1, executed.path("stateVersion").asLong());
        assertEquals(version + 1, last(card, "state").at("/data/version").asLong());
        assertEquals("open", last(card, "state").at("/data/relay").asText());
        assertEquals("command", last(card, "event").at("/data/cause").asText());

        BigDecimal before = meter.register();
        meter.reportAt(Instant.now().plusSeconds(7_200));
        assertEquals(before, meter.register(), "without supply nothing is taken");
        awaitSaid(card, "telemetry", 1);
        assertEquals(0, last(card, "telemetry").at("/data/p").asDouble());
        meter.close();
    }

    @Test
    void repeatedCommandIsAnsweredAsBeforeAndNotDoneAgain() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        String id = order(card, "relay.set", "\"args\":{\"state\":\"open\"},");
        awaitSaid(card, "ack", 2);
        for (int i = 0; i < 70; i++) {
            order(card, "state.read", "");
        }
        meter.switchSupply(true, "local", null);
        order(card, id, "relay.set", "\"args\":{\"state\":\"open\"},");

        awaitSaid(card, "ack", 2 + 140 + 1);
        JsonNode again = last(card, "ack").path("data");
        assertEquals(id, again.path("cmd").asText());
        assertEquals("executed", again.path("stage").asText());
        assertTrue(again.path("dup").asBoolean());
        assertTrue(meter.hasSupply(), "it is done once");
        meter.close();
    }

    @Test
    void commandOfYesterdayIsNotDoneToday() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        String id = UUID.randomUUID().toString();
        broker.send(
                card,
                "cmd",
                "{\"v\":1,\"id\":\"" + id + "\",\"op\":\"relay.set\",\"args\":{\"state\":\"open\"},\"notAfter\":\""
                        + Instant.now().minusSeconds(5) + "\"}");
        awaitSaid(card, "ack", 1);
        assertEquals(List.of("expired"), stages(card, id));
        assertTrue(meter.hasSupply());
        meter.close();
    }

    @Test
    void commandForAnotherStateIsRejected() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        order(card, "relay.set", "\"args\":{\"state\":\"open\"},\"expect\":{\"stateVersion\":1},");
        awaitSaid(card, "ack", 1);
        assertEquals("STATE_CHANGED", last(card, "ack").at("/data/code").asText());
        order(card, "door.open", "");
        awaitSaid(card, "ack", 3);
        assertEquals("UNSUPPORTED", last(card, "ack").at("/data/code").asText());
        assertTrue(meter.hasSupply());
        meter.close();
    }

    @Test
    void commandSentWhileItWasAwayIsDoneWhenItComesBack() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        meter.loseNetwork();
        order(card, "relay.set", "\"args\":{\"state\":\"open\"},");
        meter.connectNow();
        await().atMost(Duration.ofSeconds(10)).until(() -> !meter.hasSupply());
        meter.close();
    }

    @Test
    void permissionToCloseIsFollowedByAPersonAtTheMeter() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        order(card, "relay.set", "\"args\":{\"state\":\"open\"},");
        order(card, "relay.set", "\"args\":{\"state\":\"permit\"},");
        awaitSaid(card, "ack", 4);
        assertEquals("open", last(card, "ack").at("/data/result/relay").asText());
        await().atMost(Duration.ofSeconds(15)).until(meter::hasSupply);
        awaitSaid(card, "event", 2);
        assertEquals("local", last(card, "event").at("/data/cause").asText());
        meter.close();
    }

    @Test
    void readCommandIsAnsweredByAReadingThatNamesIt() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        String id = order(card, "meter.read", "");
        awaitSaid(card, "telemetry", 1);
        assertEquals(id, last(card, "telemetry").at("/data/cmd").asText());
        assertEquals("on_demand", last(card, "telemetry").at("/data/source").asText());
        meter.close();
    }

    @Test
    void purchaseIsTakenOnceAndItsEventKeptUntilItIsConfirmed() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        order(card, "credit.add", "\"args\":{\"order\":\"O1\",\"purchase\":1,\"energy\":\"50.00\"},");
        awaitSaid(card, "event", 1);
        order(card, "credit.add", "\"args\":{\"order\":\"O1\",\"purchase\":1,\"energy\":\"50.00\"},");
        awaitSaid(card, "ack", 4);
        assertTrue(last(card, "ack").at("/data/dup").asBoolean(), "the same purchase, done before");
        order(card, "credit.add", "\"args\":{\"order\":\"O2\",\"purchase\":1,\"energy\":\"50.00\"},");
        awaitSaid(card, "ack", 6);
        assertEquals("PURCHASE_NUMBER", last(card, "ack").at("/data/code").asText());
        assertCredit(last(card, "ack").at("/data/result/credit"));
        assertEquals("O1", last(card, "ack").at("/data/result/order").asText());

        meter.loseNetwork();
        meter.connectNow();
        awaitSaid(card, "event", 2);
        assertEquals(1, values(broker.said(card, "event"), "id").size());
        broker.send(
                card,
                "evtack",
                "{\"v\":1,\"ids\":[\"" + last(card, "event").path("id").asText() + "\"]}");
        order(card, "state.read", "");
        awaitSaid(card, "ack", 8);
        meter.loseNetwork();
        meter.connectNow();
        meter.report();
        awaitSaid(card, "telemetry", 1);
        assertEquals(2, broker.said(card, "event").size());
        assertCredit(last(card, "telemetry").at("/data/credit/energy"));
        meter.close();
    }

    @Test
    void creditSetToNothingCutsTheSupplyAndAPurchaseLetsSomebodyCloseIt() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        order(card, "credit.add", "\"args\":{\"order\":\"O1\",\"purchase\":7,\"energy\":\"50.00\"},");
        awaitSaid(card, "event", 1);
        order(card, "credit.set", "\"args\":{\"order\":\"C1\",\"purchase\":9,\"energy\":\"0\"},");
        awaitSaid(card, "ack", 4);
        assertEquals("PURCHASE_NUMBER", last(card, "ack").at("/data/code").asText(), "out of its turn");
        assertTrue(meter.hasSupply());
        order(card, "credit.set", "\"args\":{\"order\":\"C1\",\"purchase\":8,\"energy\":\"0\"},");
        awaitSaid(card, "event", 3);
        assertFalse(meter.hasSupply());
        assertEquals("credit", last(card, "event").at("/data/cause").asText());
        meter.pressButton();
        assertFalse(meter.hasSupply(), "nobody closes a meter without credit");
        order(card, "credit.add", "\"args\":{\"order\":\"O2\",\"purchase\":9,\"energy\":\"1.00\"},");
        await().atMost(Duration.ofSeconds(15)).until(meter::hasSupply);
        meter.close();
    }

    @Test
    void wrongClockShowsInItsTimesUntilItIsToldTheTime() {
        DeviceCard card = card();
        SimulatedMeter meter =
                connected(card, MeterSettings.usual().with(Faults.none().with(Fault.CLOCK, 1)));
        assertTrue(meter.clockOffset().abs().compareTo(Duration.ofMinutes(5)) > 0);
        meter.report();
        awaitSaid(card, "telemetry", 1);
        assertEquals("rtc", last(card, "telemetry").path("clk").asText());

        // Its clock may be ahead by hours: then an order must live longer.
        String id = UUID.randomUUID().toString();
        broker.send(
                card,
                "cmd",
                "{\"id\":\"" + id + "\",\"op\":\"time.sync\",\"notAfter\":\""
                        + Instant.now().plus(Duration.ofDays(1)) + "\"}");
        awaitSaid(card, "req", 1);
        JsonNode question = last(card, "req");
        long now = System.currentTimeMillis();
        broker.send(
                card,
                "res",
                "{\"v\":1,\"re\":\"" + question.path("id").asText() + "\",\"what\":\"time\",\"t0\":"
                        + question.at("/data/t0").asLong() + ",\"t1\":" + now + ",\"t2\":" + now + "}");
        awaitSaid(card, "ack", 2);
        assertEquals(List.of("accepted", "executed"), stages(card, id));
        assertTrue(meter.clockOffset().abs().compareTo(Duration.ofSeconds(5)) < 0);
        assertEquals("ntp", last(card, "presence").path("clk").asText());
        meter.close();
    }

    @Test
    void newPasswordIsUsedFromThenOn() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        broker.changePassword(card.uid(), "second");
        order(card, "credential.rotate", "\"args\":{\"password\":\"second\"},");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> meter.isOnline() && meter.card().password().equals("second"));
        meter.report();
        awaitSaid(card, "telemetry", 1);
        meter.close();
    }

    @Test
    void newConfigurationIsTakenOverOnceAndReported() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        broker.send(card, "desired", "{\"v\":1,\"version\":7,\"hb\":30,\"interval\":60}");
        broker.send(card, "desired", "{\"v\":1,\"version\":6,\"hb\":45,\"interval\":90}");
        order(card, "state.read", "");
        awaitSaid(card, "ack", 2);
        JsonNode state = last(card, "state").path("data");
        assertEquals(7, state.path("desired").asLong());
        assertEquals(30, state.at("/config/hb").asLong());
        assertEquals(60, state.at("/config/interval").asLong());
        meter.close();
    }

    @Test
    void restartGivesAnotherBootAndTheSameRegister() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        meter.report();
        // Not acknowledged yet, it would be sent again after the restart, as it was.
        await().atMost(Duration.ofSeconds(10)).until(() -> meter.traffic().underWay() == 0);
        meter.restart();
        await().atMost(Duration.ofSeconds(10)).until(meter::isOnline);
        meter.report();
        awaitSaid(card, "telemetry", 2);
        List<JsonNode> readings = broker.said(card, "telemetry");
        assertNotEquals(
                readings.get(0).path("boot").asText(),
                readings.get(1).path("boot").asText());
        assertTrue(register(readings.get(1)).compareTo(register(readings.get(0))) >= 0);
        meter.close();
    }

    @Test
    void duplicateIsTheSameMessageLetterByLetter() {
        DeviceCard card = card();
        SimulatedMeter meter =
                connected(card, MeterSettings.usual().with(Faults.none().with(Fault.DUPLICATE, 1)));
        meter.report();
        awaitSaid(card, "telemetry", 2);
        List<JsonNode> twice = broker.said(card, "telemetry");
        assertEquals(twice.get(0), twice.get(1));
        meter.close();
    }

    @Test
    void silentMeterDoesWhatItIsToldAndSaysNothing() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        meter.behave(Faults.none().with(Fault.NOACK, 1));
        order(card, "relay.set", "\"args\":{\"state\":\"open\"},");
        await().atMost(Duration.ofSeconds(10)).until(() -> !meter.hasSupply());
        meter.behave(Faults.none().with(Fault.DOUBLEACK, 1));
        order(card, "state.read", "");
        awaitSaid(card, "ack", 3);
        assertEquals(3, broker.said(card, "ack").size(), "nothing of the first, two ends of the second");
        meter.close();
    }

    @Test
    void comesBackByItselfWhenTheBrokerWasAway() {
        DeviceCard card = card();
        SimulatedMeter meter = connected(card, MeterSettings.usual());
        long connects = meter.traffic().connects();
        broker.restart();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> meter.isOnline() && meter.traffic().connects() > connects);
        meter.close();
    }

    // Somebody is cooking meanwhile.
    private static void assertCredit(JsonNode credit) {
        BigDecimal left = new BigDecimal(credit.asText());
        assertTrue(left.compareTo(new BigDecimal("49.9")) > 0 && left.compareTo(new BigDecimal("50")) <= 0, left + "");
    }

    private static DeviceCard card() {
        return DeviceCard.home("haitang", "em-test-" + NUMBER.incrementAndGet(), "first");
    }

    private static SimulatedMeter connected(DeviceCard card, MeterSettings settings) {
        SimulatedMeter meter = SimulatedMeter.of(broker.address(), broker.admit(card), settings);
        meter.connectNow();
        return meter;
    }

    private static String order(DeviceCard card, String op, String more) {
        return order(card, UUID.randomUUID().toString(), op, more);
    }

    private static String order(DeviceCard card, String id, String op, String more) {
        broker.send(
                card,
                "cmd",
                "{\"v\":1,\"id\":\"" + id + "\",\"op\":\"" + op + "\"," + more + "\"notAfter\":\""
                        + Instant.now().plusSeconds(60) + "\"}");
        return id;
    }

    private static void awaitSaid(DeviceCard card, String channel, int times) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> broker.said(card, channel).size() >= times);
    }

    private static JsonNode last(DeviceCard card, String channel) {
        List<JsonNode> said = broker.said(card, channel);
        return said.get(said.size() - 1);
    }

    private static List<String> stages(DeviceCard card, String command) {
        return broker.said(card, "ack").stream()
                .filter(ack -> ack.at("/data/cmd").asText().equals(command))
                .map(ack -> ack.at("/data/stage").asText())
                .toList();
    }

    private static BigDecimal register(JsonNode reading) {
        return new BigDecimal(reading.at("/data/reg/import").asText());
    }

    private static Set<String> values(List<JsonNode> messages, String field) {
        Set<String> values = new HashSet<>();
        messages.forEach(message -> values.add(message.path(field).asText()));
        return values;
    }
}
