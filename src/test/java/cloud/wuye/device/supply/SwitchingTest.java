package cloud.wuye.device.supply;

import static cloud.wuye.testing.Work.run;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.command.CommandDeadlines;
import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.command.Order;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.command.TestMeter;
import cloud.wuye.device.command.TestMeter.Mood;
import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.supply.SupplyHolds.Hold;
import cloud.wuye.device.supply.SupplyHolds.Place;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Switching, from the mutation to a meter on the real broker and back. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class SwitchingTest {
    private static final String SUPPLY =
            "query($d:[ID!]!){s:supplies(deviceIds:$d){desired reported confirmed holds{reason by note} whyOff{code zh en}}}";

    @Inject
    TestDevices devices;

    @Inject
    Db db;

    @Inject
    Clock clock;

    @Inject
    CommandDeadlines deadlines;

    @Inject
    ReconcileAll reconcile;

    @Inject
    SupplyHolds holds;

    @Inject
    SendCommands send;

    private TestTenant company;
    private Graph manager;
    private TestMeter meter;

    @BeforeEach
    void oneMeter() {
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
        meter = TestMeter.register(devices, company.id(), company.code()).connect();
        await().until(() -> "ON".equals(supply("s[0].reported")));
    }

    @AfterEach
    void rightTime() {
        clock.reset();
        meter.disconnect();
    }

    @Test
    void forcingOffOpensTheRelayAndReleasingClosesItAgain() {
        JsonPath off = hold("forceOff", "water in the cabinet");
        assertEquals("OFF", off.getString("s[0].desired"));
        assertEquals("SWITCHING_OFF", off.getString("s[0].whyOff.code"));
        awaitReport("OFF");
        assertFalse(meter.closed);
        assertEquals("HELD", supply("s[0].whyOff.code"));
        assertEquals("已断开：人工断电 (water in the cabinet)", supply("s[0].whyOff.zh"));
        assertEquals("Off: forced off by staff (water in the cabinet)", supply("s[0].whyOff.en"));

        hold("releaseForceOff", "dry again");
        awaitReport("ON");
        assertTrue(meter.closed);
        assertNull(supply("s[0].whyOff"));
        assertEquals(List.of("open", "closed"), meter.switchings());
        assertEquals(
                List.of("SWITCHED_ON", "HOLD_RELEASED", "SWITCHED_OFF", "HOLD_OPENED"),
                manager
                        .ask(
                                "query($d:ID!){e:switchEvents(filter:{deviceId:$d}){nodes{what}}}",
                                "d",
                                meter.id.toString())
                        .getList("e.nodes.what")
                        .stream()
                        .limit(4)
                        .toList());
        assertEquals(List.of("SUCCEEDED", "SUCCEEDED"), states());
        assertEquals(
                List.of("supply.hold", "supply.release"),
                devices.rows("SELECT act FROM audit_entry WHERE tenant_id = ? ORDER BY at", company.id()));
    }

    @Test
    void repeatingAForceOffChangesNothing() {
        hold("forceOff", "once");
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        hold("forceOff", "twice");
        assertEquals(1, count("SELECT count(*) FROM supply_hold WHERE tenant_id = ?"));
        assertEquals(List.of("open"), meter.switchings());
    }

    @Test
    void aMeterOfflineAtSwitchingTimeIsSwitchedWhenItReturns() {
        goOffline();
        JsonPath off = hold("forceOff", "no one home");
        assertEquals("OFF_WHEN_BACK", off.getString("s[0].whyOff.code"));
        assertEquals(List.of("QUEUED"), states());
        assertEquals(
                0, count("SELECT count(*) FROM outbox_message WHERE tenant_id = ?"), "nothing is left to the broker");

        meter.connect();
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        assertFalse(meter.closed);
        assertEquals(List.of("open"), meter.switchings());
    }

    @Test
    void forcedOffAndReleasedWhileOfflineTheMeterNeverHearsOfIt() {
        goOffline();
        hold("forceOff", "a mistake");
        hold("releaseForceOff", "the wrong meter");
        assertEquals(List.of("SUPERSEDED"), states());
        meter.connect();
        await().until(() -> "ONLINE".equals(connectivity()));
        run(reconcile.now());
        run(deadlines.sweep());
        assertEquals(List.of(), meter.switchings());
        assertNull(supply("s[0].whyOff"));
    }

    @Test
    void aMeterThatMumblesIsAskedAgainAndAtLastReadBack() {
        meter.mood = Mood.MUMBLING;
        hold("forceOff", "quiet meter");
        for (int attempt = 1; attempt <= 3; attempt++) {
            int heard = attempt;
            await().until(() -> meter.switchings().size() == heard);
            clock.shift(Duration.ofSeconds(11L * attempt));
            run(deadlines.sweep());
        }
        await().until(() -> states().equals(List.of("SUCCEEDED", "SUCCEEDED")));
        assertEquals(
                List.of("TIMED_OUT", "TIMED_OUT", "TIMED_OUT"),
                devices.rows(
                        "SELECT a.outcome FROM device_command_attempt a JOIN device_command c ON c.id = a.command_id"
                                + " WHERE c.tenant_id = ? AND c.op = 'relay.set' AND a.attempt <= 3 ORDER BY a.attempt",
                        company.id()));
        assertEquals("OFF", supply("s[0].reported"), "the evidence counts although the meter never reported");
    }

    @Test
    void aDeafMeterIsNotDoneAndTriedAgainLater() {
        meter.mood = Mood.DEAF;
        hold("forceOff", "deaf meter");
        for (int attempt = 1; attempt <= 3; attempt++) {
            int heard = attempt;
            await().until(() -> meter.switchings().size() == heard);
            clock.shift(Duration.ofSeconds(11L * attempt));
            run(deadlines.sweep());
        }
        await().until(() -> states().contains("FAILED"));
        run(reconcile.now());
        assertEquals(3, meter.switchings().size(), "after a failure it waits");
        meter.mood = Mood.PROMPT;
        clock.shift(Duration.ofMinutes(10));
        run(reconcile.now());
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        assertEquals(4, meter.switchings().size());
    }

    @Test
    void meterThatSaysDoneAndIsNotIsFoundOutByItsNextReport() throws Throwable {
        meter.mood = Mood.LYING;
        hold("forceOff", "water in the cabinet");
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        meter.report();
        await().until(() -> {
            run(reconcile.now());
            return "ON".equals(supply("s[0].reported"));
        });
        assertEquals("OFF", supply("s[0].desired"));
        assertTrue(manager.ask(
                        "query($d:ID!){e:switchEvents(filter:{deviceId:$d}){nodes{what note}}}",
                        "d",
                        meter.id.toString())
                .getList("e.nodes.note")
                .contains("REPORTS_ON_AFTER_ALL"));
        int before = meter.switchings().size();
        run(reconcile.now());
        assertEquals(before, meter.switchings().size(), "the next try waits");
        meter.mood = Mood.PROMPT;
        clock.set(clock.now().plus(Duration.ofMinutes(1)));
        run(reconcile.now());
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        assertFalse(meter.closed);
    }

    @Test
    void aMeterThatSaysDoneAndReportsNothingIsAskedHowItStands() {
        meter.mood = Mood.TERSE;
        // It has five seconds to report, and this machine may take longer.
        clock.set(clock.now());
        hold("forceOff", "few words");
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        assertEquals("false", supply("s[0].confirmed"), "an acknowledgement alone");
        run(reconcile.now());
        assertEquals(List.of("SUCCEEDED"), states(), "a report may still come");
        clock.set(clock.now().plusSeconds(6));
        run(reconcile.now());
        await().until(() -> states().equals(List.of("SUCCEEDED", "SUCCEEDED")));
        assertEquals("true", supply("s[0].confirmed"));
        assertEquals("OFF", supply("s[0].reported"));
        run(reconcile.now());
        clock.shift(Duration.ofMinutes(30));
        run(reconcile.now());
        assertEquals(List.of("SUCCEEDED", "SUCCEEDED"), states(), "asked once");
    }

    @Test
    void aMeterThatSaysDoneAndIsNotIsFoundOutWhenItIsAsked() {
        meter.mood = Mood.LYING;
        hold("forceOff", "welded");
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        clock.shift(Duration.ofSeconds(6));
        run(reconcile.now());
        await().until(() -> "ON".equals(supply("s[0].reported")));
        assertEquals(
                "1",
                devices.one(
                        "SELECT count(*) FROM switch_event WHERE tenant_id = ? AND note = 'REPORTS_ON_AFTER_ALL'",
                        company.id()));
        run(reconcile.now());
        assertEquals(1, meter.switchings().size(), "the next try waits");
        meter.mood = Mood.PROMPT;
        clock.shift(Duration.ofMinutes(1));
        run(reconcile.now());
        await().until(() -> "true".equals(supply("s[0].confirmed")) && "OFF".equals(supply("s[0].reported")));
        assertFalse(meter.closed);
    }

    @Test
    void aReportCountsByTheServicesClockHoweverFarTheMetersIsOff() {
        meter.disconnect();
        meter = TestMeter.register(devices, company.id(), company.code());
        meter.clockBehind = Duration.ofMinutes(4);
        meter.connect();
        await().until(() -> "ON".equals(supply("s[0].reported")));
        meter.mood = Mood.LYING;
        hold("forceOff", "slow clock");
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        meter.report();
        await().until(() -> {
            run(reconcile.now());
            return "ON".equals(supply("s[0].reported"));
        });
    }

    @Test
    void aMeterWhoseStateMovedOnRefusesWhatAPersonWantedOfTheOldOne() {
        meter.moveOn();
        hold("forceOff", "what I saw");
        await().until(() -> states().equals(List.of("FAILED", "SUCCEEDED")));
        assertEquals(
                "STATE_CHANGED",
                devices.one("SELECT code FROM device_command WHERE tenant_id = ? AND state = 'FAILED'", company.id()));
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        assertFalse(meter.closed, "it is still wanted, whatever its state");
        assertEquals(List.of("open", "open"), meter.switchings());
        assertEquals("1", meter.heard.get(0).at("/expect/stateVersion").asText());
        assertTrue(meter.heard.get(1).path("expect").isMissingNode());
    }

    @Test
    void safetyIsNotAMatterOfWhatSomebodySaw() {
        meter.moveOn();
        hold("lockOutForSafety", "smoke");
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        assertTrue(meter.heard.get(0).path("expect").isMissingNode());
    }

    @Test
    void nothingGoesRoundWhileTheCompanyIsSuspended() {
        devices.run("UPDATE tenant SET status = 'SUSPENDED' WHERE id = ?", company.id());
        Hold machine =
                new Hold(HoldReason.MANUAL, Caller.system(company.id()), CommandOrigin.SYSTEM, "while suspended");
        run(db.forTenantSql(company.id(), tx -> holds.open(tx, company.id(), List.of(Place.of(meter.id)), machine)));
        for (int i = 0; i < 3; i++) {
            run(reconcile.now());
            run(deadlines.sweep());
        }
        assertEquals(List.of(), states());
        devices.run("UPDATE tenant SET status = 'ACTIVE' WHERE id = ?", company.id());
        run(reconcile.now());
        await().until(() -> states().equals(List.of("SUCCEEDED")));
        assertFalse(meter.closed);
    }

    @Test
    void answersThatComeTwiceAndInTheWrongOrderChangeNothing() {
        meter.mood = Mood.STAMMERING;
        hold("forceOff", "echo");
        await().until(() -> "2"
                .equals(devices.one(
                        "SELECT a.late FROM device_command_attempt a WHERE a.tenant_id = ?", company.id())));
        assertEquals(List.of("SUCCEEDED"), states());
        assertEquals(List.of("open"), meter.switchings());
    }

    @Test
    void anotherMetersAnswerIsRefusedAndParked() {
        TestMeter stranger =
                TestMeter.register(devices, company.id(), company.code()).connect();
        meter.mood = Mood.DEAF;
        hold("forceOff", "whose answer");
        await().until(() -> !meter.switchings().isEmpty());
        stranger.ack(meter.heard.get(0).path("id").asText(), "executed", "");
        await().until(() -> count("SELECT count(*) FROM rejected_message WHERE tenant_id = ?") == 1);
        assertEquals(List.of("SENT"), states());
        stranger.disconnect();
    }

    @Test
    void aRefusalIsAFailureWithTheDevicesWord() {
        meter.mood = Mood.UNWILLING;
        hold("forceOff", "sealed");
        await().until(() -> states().equals(List.of("FAILED")));
        JsonPath seen = manager.ask(
                "query($d:ID!){c:deviceCommands(filter:{deviceId:$d}){nodes{code detail op args by attempts{number outcome}}}}",
                "d",
                meter.id.toString());
        assertEquals("LOCKED", seen.getString("c.nodes[0].code"));
        assertEquals("sealed", seen.getString("c.nodes[0].detail"));
        assertEquals("FAILED", seen.getString("c.nodes[0].attempts[0].outcome"));
    }

    @Test
    void holdsStandSideBySideAndSafetyIsReleasedByAPersonOnly() {
        hold("lockOutForSafety", "smoke");
        hold("forceOff", "as well");
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        hold("releaseForceOff", "no more");
        assertEquals("OFF", supply("s[0].desired"));
        Hold machine = new Hold(
                HoldReason.SAFETY, Caller.system(company.id()), CommandOrigin.SYSTEM, "the sensor is calm again");
        assertThrows(
                Problem.class,
                () -> run(db.forTenantSql(
                        company.id(), tx -> holds.release(tx, company.id(), List.of(Place.of(meter.id)), machine))));
        assertEquals(List.of("open"), meter.switchings());
        hold("releaseSafetyLockOut", "inspected");
        await().until(() -> "ON".equals(supply("s[0].reported")));
    }

    @Test
    void powerIsNeverSentOutAgainstAHold() {
        hold("forceOff", "held");
        await().until(() -> "OFF".equals(supply("s[0].reported")));
        run(db.forTenantSql(
                company.id(),
                tx -> send.queue(
                        tx,
                        company.id(),
                        List.of(Order.bySystem(
                                company.id(), meter.id, SwitchOps.RELAY, Map.of("state", "closed"), null)))));
        send.hurry();
        await().until(() -> states().contains("SUPERSEDED"));
        assertEquals(List.of("open"), meter.switchings());
    }

    @Test
    void aMeterOpenedByHandIsPermittedToBeClosedByHandAndNotMore() {
        meter.turnByHand(false);
        await().until(() -> meter.switchings().equals(List.of("permit")));
        assertEquals("OPENED_AT_DEVICE", supply("s[0].whyOff.code"));
        run(reconcile.now());
        meter.turnByHand(true);
        await().until(() -> "ON".equals(supply("s[0].reported")));
        assertEquals(List.of("permit"), meter.switchings());
    }

    @Test
    void whatWaitsCanBeTakenBackAndWhatIsOnTheWireCannot() {
        goOffline();
        run(db.forTenantSql(
                company.id(),
                tx -> send.queue(
                        tx,
                        company.id(),
                        List.of(Order.bySystem(
                                company.id(),
                                meter.id,
                                cloud.wuye.device.command.CommandOp.READ_METER,
                                Map.of(),
                                null)))));
        String id = devices.one("SELECT id FROM device_command WHERE tenant_id = ?", company.id());
        String cancel = "mutation($id:ID!){c:cancelDeviceCommand(id:$id,reason:\"never mind\"){state}}";
        Graph.as(TestTenants.fresh().manager()).refused("NOT_FOUND", cancel, "id", id);
        Graph.as(company.finance()).refused("FORBIDDEN", cancel, "id", id);
        assertEquals("CANCELLED", manager.ask(cancel, "id", id).getString("c.state"));
        manager.refused("ILLEGAL_STATE", cancel, "id", id);
        meter.connect();
    }

    @Test
    void twoReplicasSweepingAtOnceDoEachCommandOnce() throws Throwable {
        meter.mood = Mood.DEAF;
        hold("forceOff", "two of us");
        await().until(() -> meter.switchings().size() == 1);
        clock.shift(Duration.ofSeconds(11));
        run(Uni.join()
                .all(deadlines.sweep(), deadlines.sweep(), reconcile.now(), reconcile.now(), deadlines.sweep())
                .andFailFast());
        await().until(() -> meter.switchings().size() == 2);
        assertEquals(2, count("SELECT count(*) FROM outbox_message WHERE tenant_id = ?"));
        assertEquals(1, count("SELECT count(*) FROM device_command WHERE tenant_id = ?"));
    }

    @Test
    void aStrangersDeviceIsNotFound() {
        Graph.as(TestTenants.fresh().manager())
                .refused(
                        "NOT_FOUND",
                        "mutation($d:[ID!]!){s:forceOff(deviceIds:$d,reason:\"mine now\"){desired}}",
                        "d",
                        List.of(meter.id.toString()));
        assertEquals("ON", supply("s[0].desired"));
    }

    @Test
    void theDeviceItselfShowsItsSupply() {
        JsonPath seen = manager.ask(
                "query($id:ID!){d:device(id:$id){name supply{desired reported whyOff{code}}}}",
                "id",
                meter.id.toString());
        assertEquals("ON", seen.getString("d.supply.desired"));
        assertEquals("ON", seen.getString("d.supply.reported"));
    }

    private void goOffline() {
        meter.disconnect();
        await().until(() -> "OFFLINE".equals(connectivity()));
    }

    private String connectivity() {
        return devices.one("SELECT connectivity FROM device_state WHERE device_id = ?", meter.id);
    }

    private JsonPath hold(String mutation, String why) {
        return manager.ask(
                "mutation($d:[ID!]!,$why:String!){s:" + mutation
                        + "(deviceIds:$d,reason:$why){desired reported whyOff{code zh en}}}",
                "d",
                List.of(meter.id.toString()),
                "why",
                why);
    }

    /** And not an acknowledgement alone: switchings are logged with the report. */
    private void awaitReport(String state) {
        await().until(() -> {
            JsonPath seen = manager.ask(SUPPLY, "d", List.of(meter.id.toString()));
            return state.equals(seen.getString("s[0].reported")) && seen.getBoolean("s[0].confirmed");
        });
    }

    private String supply(String path) {
        return manager.ask(SUPPLY, "d", List.of(meter.id.toString())).getString(path);
    }

    private List<String> states() {
        return devices.rows(
                "SELECT state FROM device_command WHERE tenant_id = ? ORDER BY created_at, id", company.id());
    }

    private int count(String sql) {
        return Integer.parseInt(devices.one(sql, company.id()));
    }
}
