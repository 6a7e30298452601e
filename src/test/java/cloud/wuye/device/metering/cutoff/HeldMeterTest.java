package cloud.wuye.device.metering.cutoff;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cloud.wuye.device.command.TestMeter;
import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.RerateUsage;
import cloud.wuye.device.metering.account.TestAccounts;
import cloud.wuye.device.metering.account.TestAccounts.Terms;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A meter whose supply is held is replaced or taken out, or its account ends; the meters are at the broker. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class HeldMeterTest {
    private static final String REPLACE =
            "mutation($d:ID!,$n:ID!){replaceMeter(deviceId:$d replacementId:$n removal:{register:\"0\" reason:\"broken\"}"
                    + " fitting:{register:\"0\"}){id}}";

    private static final String CLOSE =
            "mutation($d:ID!){closeMeterAccount(deviceId:$d reason:\"moved out\"){closedAt}}";

    @Inject
    TestDevices tables;

    @Inject
    TestAccounts accounts;

    @Inject
    JudgeCredit judge;

    @Inject
    RerateUsage rerate;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph manager;

    @BeforeEach
    void companyThatCutsAtAnyHour() {
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
        manager.ask("mutation{createCutOffPolicy(input:{name:\"hard\" usual:true quietHours:[] spareWeekends:false"
                + " spareHolidays:false}){id}}");
    }

    @Test
    void theHoldGoesToTheNewMeterWhichOpensItsBreakerAndIsReleasedThere() {
        TestMeter old = heldMeter();
        await().until(() -> !old.switchings().isEmpty());
        TestMeter fresh =
                TestMeter.register(tables, company.id(), company.code()).connect();
        await().until(() -> online(fresh.id));
        manager.ask(REPLACE, "d", old.id.toString(), "n", fresh.id.toString());
        assertEquals(List.of("held before the meter was replaced"), open(fresh.id));
        assertEquals(List.of(), open(old.id));
        assertEquals(
                "another meter serves the account",
                tables.one("SELECT release_note FROM supply_hold WHERE device_id = ? AND reason = 'ARREARS'", old.id));
        await().until(() -> !fresh.closed);
        // Entered again, it changes nothing.
        manager.refused("METER_NOT_INSTALLED", REPLACE, "d", old.id.toString(), "n", fresh.id.toString());
        judged();
        assertEquals(1, open(fresh.id).size());
        assertEquals(
                "1",
                tables.one(
                        "SELECT count(*) FROM cut_off_decision WHERE tenant_id = ? AND outcome = 'HOLD'", company.id()),
                "nothing was decided anew");
        assertEquals("OFF", desired(fresh.id));
        accounts.adjust(company, old.id, "50");
        judged();
        assertEquals(List.of(), open(fresh.id));
        assertEquals("ON", desired(fresh.id));
        await().until(() -> fresh.switchings().size() > 1);
        assertNotEquals(fresh.switchings().get(0), fresh.switchings().get(1), "first off, then what gives it back");
        old.disconnect();
        fresh.disconnect();
    }

    @Test
    void aMeterThatComesElsewhereBringsNoArrearsWithIt() {
        TestMeter old = heldMeter();
        remove(old);
        assertEquals(List.of(), open(old.id), "it is not held for what it left behind");
        install(old, UUID.randomUUID().toString());
        assertEquals(List.of(), open(old.id));
        old.disconnect();
    }

    /** The account goes on without a meter: nobody switches the one that is gone, and the next one is held for what is owed. */
    @Test
    void aMeterThatIsTakenOutIsNotSwitchedForTheAccountThatItServed() {
        TestMeter gone = heldMeter();
        await().until(() -> !gone.switchings().isEmpty());
        remove(gone);
        await().until(() -> gone.closed);
        // It is closed before anybody has heard of it.
        await().until(() -> "SWITCHED_ON".equals(newest(gone)));
        int switched = gone.switchings().size();
        String events = "SELECT count(*) FROM switch_event WHERE device_id = ?";
        String before = tables.one(events, gone.id);
        String point = UUID.randomUUID().toString();
        install(gone, point);
        assertEquals(List.of(), open(gone.id));
        // What is paid and owed at the point it left, and what the judge makes of it, is no business of the meter's.
        accounts.adjust(company, gone.id, "50");
        judged();
        accounts.adjust(company, gone.id, "-50");
        judged();
        assertEquals(
                List.of("RELEASE", "HOLD"),
                tables.rows("SELECT outcome FROM cut_off_decision WHERE tenant_id = ? ORDER BY at DESC", company.id()),
                "what was held may be paid; without a meter nothing is cut off anew");
        assertEquals(before, tables.one(events, gone.id));
        assertEquals(switched, gone.switchings().size());
        TestMeter next =
                TestMeter.register(tables, company.id(), company.code()).connect();
        install(next, gone.id.toString());
        accounts.in(company, tx -> rerate.account(tx, company.id(), gone.id));
        judged();
        assertEquals(List.of("credit is used up"), open(next.id), "with a meter, it is judged again");
        gone.disconnect();
        next.disconnect();
    }

    /** Nobody judges a closed account; so it would stay dark for ever. The meter is away meanwhile, and hears of it later. */
    @Test
    void theHoldEndsWithTheAccountOnceAndTheNextOneBeginsWithout() {
        TestMeter meter = heldMeter();
        // What it has done is heard of before it goes.
        await().until(() -> "SWITCHED_OFF".equals(newest(meter)));
        manager.refused("CREDIT_NOT_SETTLED", CLOSE, "d", meter.id.toString());
        assertEquals(1, open(meter.id).size(), "refused, it changes nothing");
        meter.disconnect();
        // Else the order to close is sent after it and lost with the connection, until its deadline, which nobody
        // sweeps here.
        await().until(() -> !online(meter.id));
        writeOff(meter);
        manager.ask(CLOSE, "d", meter.id.toString());
        assertEquals(List.of(), open(meter.id));
        assertEquals("ON", desired(meter.id));
        manager.refused("ACCOUNT_MISSING", CLOSE, "d", meter.id.toString());
        judged();
        assertEquals(
                "HOLD_OPENED SWITCHED_OFF HOLD_RELEASED",
                tables.one(
                        "SELECT string_agg(what, ' ' ORDER BY at) FROM switch_event WHERE device_id = ? AND reason = 'ARREARS'",
                        meter.id));
        assertEquals(
                "the account has ended",
                tables.one(
                        "SELECT release_note FROM supply_hold WHERE device_id = ? AND reason = 'ARREARS'", meter.id));
        open(meter);
        judged();
        assertEquals(List.of(), open(meter.id), "a new customer owes nothing");
        assertEquals(
                "",
                tables.one(
                        "SELECT concat(held_since, below_since, emergency_at, spared_for) FROM credit_watch WHERE point_id = ?",
                        meter.id));
        meter.connect();
        await().until(() -> meter.closed);
        accounts.adjust(company, meter.id, "1");
        accounts.use(company, meter.id, "2");
        judged();
        assertEquals(1, open(meter.id).size(), "what this one does not pay, it is held for");
        meter.disconnect();
    }

    /** Where a person has to give supply back, nobody wants the breaker to close by itself in an empty flat. */
    @Test
    void theHoldIsHandedOverToStaffWhereAPersonReconnects() {
        manager.ask("mutation{createCutOffPolicy(input:{name:\"by hand\" usual:true quietHours:[] spareWeekends:false"
                + " spareHolidays:false autoReconnect:false}){id}}");
        TestMeter meter = heldMeter();
        await().until(() -> !meter.closed);
        int switched = meter.switchings().size();
        writeOff(meter);
        manager.ask(CLOSE, "d", meter.id.toString());
        assertEquals(List.of(), open(meter.id));
        assertEquals("OFF", desired(meter.id));
        assertEquals(
                "MANUAL held when the account ended; a person reconnects",
                tables.one(
                        "SELECT reason || ' ' || note FROM supply_hold WHERE device_id = ? AND released_at IS NULL",
                        meter.id));
        assertEquals(switched, meter.switchings().size(), "off all along");
        manager.ask(
                "mutation($d:ID!){releaseForceOff(deviceIds:[$d] reason:\"looked at\"){desired}}",
                "d",
                meter.id.toString());
        await().until(() -> meter.closed);
        meter.disconnect();
    }

    private TestMeter heldMeter() {
        TestMeter meter =
                TestMeter.register(tables, company.id(), company.code()).connect();
        await().until(() -> online(meter.id));
        Timestamp now = Timestamp.from(clock.now());
        tables.run(
                "INSERT INTO meter_state (tenant_id, device_id, register, service_point_id, capacity, max_per_hour, zone, base_at,"
                        + " base_value, newest_at) VALUES (?, ?, 'TOTAL', ?, 1000000, 100, 'Asia/Shanghai', ?, 0, ?)"
                        + " ON CONFLICT DO NOTHING",
                company.id(),
                meter.id,
                meter.id,
                now,
                now);
        open(meter);
        accounts.adjust(company, meter.id, "1");
        accounts.use(company, meter.id, "2");
        judged();
        assertEquals(1, open(meter.id).size());
        return meter;
    }

    private void open(TestMeter meter) {
        String plan = accounts.plan(company, Commodity.ELECTRICITY, "0.6");
        accounts.open(company, meter.id, Commodity.ELECTRICITY, plan, Terms.usual());
    }

    private void writeOff(TestMeter meter) {
        manager.ask(
                "mutation($d:ID!){clearMeter(deviceId:$d reason:\"moved out\" remainder:WRITE_OFF clientKey:\"k\"){id}}",
                "d",
                meter.id.toString());
    }

    private void remove(TestMeter meter) {
        manager.ask(
                "mutation($d:ID!){removeMeter(deviceId:$d removal:{register:\"0\"}){id}}", "d", meter.id.toString());
    }

    private void install(TestMeter meter, String point) {
        manager.ask(
                "mutation($d:ID!,$p:ID!){installMeter(deviceId:$d servicePointId:$p fitting:{register:\"0\"}){id}}",
                "d",
                meter.id.toString(),
                "p",
                point);
    }

    private List<String> open(UUID device) {
        return tables.rows(
                "SELECT note FROM supply_hold WHERE device_id = ? AND reason = 'ARREARS' AND released_at IS NULL",
                device);
    }

    private String desired(UUID device) {
        return tables.one("SELECT desired FROM supply_switch WHERE device_id = ?", device);
    }

    /** The newest entry of its log. */
    private String newest(TestMeter meter) {
        return tables.one("SELECT what FROM switch_event WHERE device_id = ? ORDER BY at DESC LIMIT 1", meter.id);
    }

    private boolean online(UUID device) {
        return "ONLINE".equals(tables.one("SELECT connectivity FROM device_state WHERE device_id = ?", device));
    }

    private void judged() {
        try {
            subscribeAndAwait(judge::now);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
