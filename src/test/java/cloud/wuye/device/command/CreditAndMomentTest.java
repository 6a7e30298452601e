package cloud.wuye.device.command;

import static cloud.wuye.testing.Work.run;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.command.TestMeter.Mood;
import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.Fault;
import cloud.wuye.kit.simulator.Faults;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What adds, and what is done in a moment: through the outbox and the broker to a simulated meter, and back. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class CreditAndMomentTest {
    private static final CommandOp OPEN_DOOR = CommandOp.momentary("door.open");

    @Inject
    TestDevices tables;

    @Inject
    SendCommands send;

    @Inject
    CommandDeadlines deadlines;

    @Inject
    Db db;

    @Inject
    Clock clock;

    private TestTenant company;
    private UUID id;
    private SimulatedMeter meter;
    private Duration ahead = Duration.ZERO;

    @BeforeEach
    void oneMeter() {
        company = TestTenants.fresh();
        String uid = "e" + Ids.next().toString().replace("-", "").substring(10);
        id = tables.device(company.id(), "emeter", uid, null);
        KitServers kit = KitServers.shared();
        meter = SimulatedMeter.of(
                BrokerAddress.parse(kit.fact("mqtt.host") + ":" + kit.fact("mqtt.port")),
                DeviceCard.home(company.code(), uid, "any"),
                MeterSettings.usual());
        meter.connectNow();
        await().until(() -> online(id));
    }

    @AfterEach
    void rightTime() {
        clock.reset();
        meter.close();
    }

    @Test
    void aPurchaseIsCreditedAndTheMeterSaysHowItStands() {
        DeviceCommand first = add("O1", 1, "50");
        await().until(() -> "SUCCEEDED".equals(state(first.id())));
        assertEquals("1|O1|50.00", answer(first.id()));
        DeviceCommand second = add("O2", 2, "0.5");
        await().until(() -> "SUCCEEDED".equals(state(second.id())));
        assertEquals("2|O2", answer(second.id()).substring(0, 4));
        assertCredit("50.5");
        assertEquals(2, meter.purchase());
    }

    @Test
    void aPurchaseWhoseAnswerIsLostIsRepeatedUnderOneIdAndCreditedOnce() {
        meter.behave(Faults.none().with(Fault.NOACK, 1));
        DeviceCommand purchase = add("O1", 1, "50");
        await().until(() -> meter.purchase() == 1);
        overdue();
        await().until(() -> "SUCCEEDED".equals(state(purchase.id())));
        assertEquals(
                List.of(purchase.id().toString(), purchase.id().toString()),
                meter.heardCommands(),
                "the same order twice");
        assertCredit("50");
        assertEquals(
                "NO_ANSWER",
                tables.one(
                        "SELECT code FROM device_command_attempt WHERE command_id = ? AND attempt = 1", purchase.id()));
    }

    @Test
    void aPurchaseOfUnknownOutcomeIsSettledByThePurchaseNumberInTheMeter() {
        meter.behave(Faults.none().with(Fault.NOACK, 1));
        DeviceCommand purchase = add("O1", 1, "50");
        await().until(() -> meter.purchase() == 1);
        tables.run("UPDATE device_command SET max_attempts = 1 WHERE id = ?", purchase.id());
        meter.behave(Faults.none());
        overdue();
        await().until(() -> "SUCCEEDED".equals(state(purchase.id())));
        assertEquals("1|O1|50.00", answer(purchase.id()));
        assertCredit("50");
    }

    @Test
    void aPurchaseThatNeverReachedTheMeterIsFoundNotDone() {
        DeviceCommand other = add("O1", 1, "1");
        await().until(() -> "SUCCEEDED".equals(state(other.id())));
        tables.run(
                "UPDATE device_command SET state = 'OUTCOME_UNKNOWN', deadline = now(), settled_at = NULL, sequence_no = 2,"
                        + " args = jsonb_set(args, '{purchase}', '2') WHERE id = ?",
                other.id());
        run(deadlines.sweep());
        await().until(() -> "FAILED".equals(state(other.id())));
        assertEquals("NOT_DONE", tables.one("SELECT code FROM device_command WHERE id = ?", other.id()));
        assertCredit("1");
    }

    @Test
    void creditIsClearedInItsTurnAndNoOldOrderWipesAPurchase() {
        DeviceCommand purchase = add("O1", 1, "50");
        await().until(() -> "SUCCEEDED".equals(state(purchase.id())));
        DeviceCommand late = queue(CreditOps.set(
                caller(), CommandOrigin.SYSTEM, id, new CreditPurchase("C0", 1, BigDecimal.ZERO), null, null));
        await().until(() -> "FAILED".equals(state(late.id())));
        assertEquals("PURCHASE_NUMBER", tables.one("SELECT code FROM device_command WHERE id = ?", late.id()));
        assertCredit("50");
        DeviceCommand clear = queue(CreditOps.set(
                caller(), CommandOrigin.SYSTEM, id, new CreditPurchase("C1", 2, BigDecimal.ZERO), "moved out", null));
        await().until(() -> "SUCCEEDED".equals(state(clear.id())));
        assertEquals("2|C1|0.00", answer(clear.id()));
        assertFalse(meter.hasSupply());
    }

    @Test
    void whileOnePurchaseIsOpenAnotherIsDropped() {
        meter.loseNetwork();
        await().until(() -> !online(id));
        DeviceCommand waiting = add("O1", 1, "50");
        assertEquals(List.of(), queued(purchase("O2", 2, "50")));
        meter.connectNow();
        await().until(() -> "SUCCEEDED".equals(state(waiting.id())));
    }

    @Test
    void aPurchaseThatMayHaveBeenTakenIsNotDroppedWithItsDevice() {
        meter.behave(Faults.none().with(Fault.NOACK, 1));
        DeviceCommand purchase = add("O1", 1, "50");
        await().until(() -> meter.purchase() == 1);
        tables.run("UPDATE device SET lifecycle = 'DISABLED' WHERE id = ?", id);
        overdue();
        await().until(() -> "QUEUED|f"
                .equals(tables.one("SELECT state, in_relay FROM device_command WHERE id = ?", purchase.id())));
        assertEquals(1, meter.heardCommands().size());
    }

    @Test
    void whatNoMeterTakesIsRefusedBeforeItIsQueued() {
        for (BigDecimal bad : List.of(new BigDecimal("-1"), new BigDecimal("0.001"), new BigDecimal("10000000000"))) {
            assertThrows(Problem.class, () -> new CreditPurchase("O1", 1, bad));
        }
        assertThrows(Problem.class, () -> new CreditPurchase("O 1", 1, BigDecimal.ONE));
        assertThrows(Problem.class, () -> new CreditPurchase("O1", 0, BigDecimal.ONE));
        assertThrows(Problem.class, () -> purchase("O1", 1, "0.00"));
    }

    @Test
    void aMomentIsSentOnceHoweverLongNobodyAnswers() {
        TestMeter deaf =
                TestMeter.register(tables, company.id(), company.code()).connect();
        deaf.mood = Mood.DEAF;
        await().until(() -> online(deaf.id));
        Instant before = clock.now();
        DeviceCommand moment = queue(Order.byUser(caller(), deaf.id, OPEN_DOOR, Map.of("door", 1), null));
        await().until(() -> deaf.heard.size() == 1);
        JsonNode heard = deaf.heard.get(0);
        assertEquals("door.open", heard.path("op").asText());
        Instant notAfter = Instant.parse(heard.path("notAfter").asText());
        assertTrue(!notAfter.isAfter(clock.now().plus(CommandOp.MOMENT)) && notAfter.isAfter(before), notAfter + "");
        for (int i = 0; i < 3; i++) {
            overdue();
        }
        assertEquals("OUTCOME_UNKNOWN", state(moment.id()));
        deaf.disconnect();
        await().until(() -> !online(deaf.id));
        deaf.connect();
        await().until(() -> online(deaf.id));
        overdue();
        assertEquals(1, deaf.heard.size(), "never again");
        deaf.disconnect();
    }

    @Test
    void aMomentThatPassedWhileTheDeviceWasAwayIsNotMadeUpFor() {
        meter.loseNetwork();
        await().until(() -> !online(id));
        DeviceCommand moment = queue(Order.byUser(caller(), id, OPEN_DOOR, Map.of("door", 1), null));
        clock.shift(Duration.ofSeconds(11));
        meter.connectNow();
        await().until(() -> online(id));
        run(deadlines.sweep());
        assertEquals("EXPIRED", state(moment.id()));
        assertEquals(List.of(), meter.heardCommands());
    }

    @Test
    void aMomentThatADeviceDoesNotKnowFailsAtOnce() {
        DeviceCommand moment = queue(Order.byUser(caller(), id, OPEN_DOOR, Map.of("door", 1), null));
        await().until(() -> "FAILED".equals(state(moment.id())));
        assertEquals("UNSUPPORTED", tables.one("SELECT code FROM device_command WHERE id = ?", moment.id()));
    }

    private DeviceCommand add(String order, long number, String energy) {
        return queue(purchase(order, number, energy));
    }

    private Order purchase(String order, long number, String energy) {
        return CreditOps.add(
                caller(),
                CommandOrigin.SYSTEM,
                id,
                new CreditPurchase(order, number, new BigDecimal(energy)),
                null,
                null);
    }

    private DeviceCommand queue(Order order) {
        return queued(order).get(0);
    }

    private List<DeviceCommand> queued(Order order) {
        List<DeviceCommand> queued =
                run(db.forTenantSql(company.id(), tx -> send.queue(tx, company.id(), List.of(order))));
        send.hurry();
        return queued;
    }

    private Caller caller() {
        return Caller.system(company.id());
    }

    /** Past the time for a word and the time to finish. */
    private void overdue() {
        ahead = ahead.plusSeconds(41);
        clock.shift(ahead);
        run(deadlines.sweep());
    }

    private String answer(UUID command) {
        return tables.one(
                "SELECT result->>'purchase', result->>'order', result->>'credit' FROM device_command WHERE id = ?",
                command);
    }

    /** Somebody is cooking meanwhile. */
    private void assertCredit(String energy) {
        BigDecimal most = new BigDecimal(energy);
        BigDecimal left = meter.credit();
        assertTrue(
                left.compareTo(most) <= 0 && left.compareTo(most.subtract(new BigDecimal("0.1"))) >= 0,
                left.toString());
    }

    private boolean online(UUID device) {
        return "ONLINE".equals(tables.one("SELECT connectivity FROM device_state WHERE device_id = ?", device));
    }

    private String state(UUID command) {
        return tables.one("SELECT state FROM device_command WHERE id = ?", command);
    }
}
