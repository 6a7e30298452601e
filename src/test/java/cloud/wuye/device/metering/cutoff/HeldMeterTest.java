package cloud.wuye.device.metering.cutoff;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cloud.wuye.device.command.TestMeter;
import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
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

/** A meter whose supply is held is replaced; both meters are at the broker. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class HeldMeterReplacedTest {
    private static final String REPLACE =
            "mutation($d:ID!,$n:ID!){replaceMeter(deviceId:$d replacementId:$n removal:{register:\"0\" reason:\"broken\"}"
                    + " fitting:{register:\"0\"}){id}}";

    @Inject
    TestDevices tables;

    @Inject
    TestAccounts accounts;

    @Inject
    JudgeCredit judge;

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
        manager.ask("mutation($d:ID!){removeMeter(deviceId:$d removal:{register:\"0\"}){id}}", "d", old.id.toString());
        assertEquals(1, open(old.id).size(), "nobody else serves the account so far");
        manager.ask(
                "mutation($d:ID!,$p:ID!){installMeter(deviceId:$d servicePointId:$p fitting:{register:\"0\"}){id}}",
                "d",
                old.id.toString(),
                "p",
                UUID.randomUUID().toString());
        assertEquals(List.of(), open(old.id));
        old.disconnect();
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
        accounts.open(
                company,
                meter.id,
                Commodity.ELECTRICITY,
                accounts.plan(company, Commodity.ELECTRICITY, "0.6"),
                Terms.usual());
        accounts.adjust(company, meter.id, "1");
        accounts.use(company, meter.id, "2");
        judged();
        assertEquals(1, open(meter.id).size());
        return meter;
    }

    private List<String> open(UUID device) {
        return tables.rows(
                "SELECT note FROM supply_hold WHERE device_id = ? AND reason = 'ARREARS' AND released_at IS NULL",
                device);
    }

    private String desired(UUID device) {
        return tables.one("SELECT desired FROM supply_switch WHERE device_id = ?", device);
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
