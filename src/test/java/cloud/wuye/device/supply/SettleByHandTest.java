package cloud.wuye.device.supply;

import static cloud.wuye.testing.Work.run;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cloud.wuye.device.command.CommandDeadlines;
import cloud.wuye.device.command.CommandOp;
import cloud.wuye.device.command.Order;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.command.TestMeter;
import cloud.wuye.device.command.TestMeter.Mood;
import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody goes and looks, because the device has not answered. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class SettleByHandTest {
    private static final String SETTLE =
            "mutation($id:ID!,$o:SiteFinding!,$r:String!){c:settleDeviceCommand(id:$id,outcome:$o,reason:$r)"
                    + "{state code detail}}";

    @Inject
    TestDevices tables;

    @Inject
    Db db;

    @Inject
    Clock clock;

    @Inject
    CommandDeadlines deadlines;

    @Inject
    ReconcileAll reconcile;

    @Inject
    SendCommands send;

    private TestTenant company;
    private TestMeter meter;

    @BeforeEach
    void oneMeter() {
        company = TestTenants.fresh();
        meter = TestMeter.register(tables, company.id(), company.code()).connect();
        await().until(() ->
                "ON".equals(tables.one("SELECT switch_reported FROM device_state WHERE device_id = ?", meter.id)));
        meter.mood = Mood.DEAF;
    }

    @AfterEach
    void rightTime() {
        clock.reset();
        meter.disconnect();
    }

    @Test
    void aMomentNobodyAnsweredForIsSettledOnceByAPersonOnly() {
        order(CommandOp.momentary("door.open"));
        await().until(() -> meter.heard.size() == 1);
        String id = tables.one("SELECT id FROM device_command WHERE tenant_id = ?", company.id());
        refused("ILLEGAL_STATE", company.technician(), id, "DONE");
        clock.shift(Duration.ofSeconds(11));
        run(deadlines.sweep());
        refused("FORBIDDEN", company.finance(), id, "DONE");
        refused("NOT_FOUND", TestTenants.fresh().manager(), id, "DONE");
        JsonPath settled = settle(id, "NOT_DONE", "the door was shut");
        assertEquals("FAILED", settled.getString("c.state"));
        assertEquals("FOUND_NOT_DONE", settled.getString("c.code"));
        assertEquals("the door was shut", settled.getString("c.detail"));

        assertEquals("the door was shut", settle(id, "NOT_DONE", "said twice").getString("c.detail"));
        refused("ILLEGAL_STATE", company.manager(), id, "DONE");
        assertEquals(List.of("command.settle|zhao|the door was shut"), audited());

        meter.ack(id, "executed", "");
        await().until(() -> audited().size() == 2);
        assertEquals(
                "command.contradicted|system|settled by hand, but the device says otherwise",
                audited().get(1));
        assertEquals("FAILED", state(id));
        assertEquals(
                "CONTRADICTED|settled by hand, but the device says SUCCEEDED|1",
                tables.one("SELECT code, detail, late FROM device_command_attempt WHERE tenant_id = ?", company.id()));
    }

    @Test
    void aSwitchingSettledWronglyIsContradictedByTheReadBackAndDoneAfterAll() {
        Graph.as(company.manager())
                .ask(
                        "mutation($d:[ID!]!){s:forceOff(deviceIds:$d,reason:\"works\"){desired}}",
                        "d",
                        List.of(meter.id.toString()));
        for (int attempt = 1; attempt <= 3; attempt++) {
            int heard = attempt;
            await().until(() -> meter.switchings().size() == heard);
            if (attempt == 3) {
                meter.disconnect();
                await().until(() -> "OFFLINE"
                        .equals(tables.one("SELECT connectivity FROM device_state WHERE device_id = ?", meter.id)));
            }
            clock.shift(Duration.ofSeconds(11L * attempt));
            run(deadlines.sweep());
        }
        String id = tables.one(
                "SELECT id FROM device_command WHERE tenant_id = ? AND state = 'OUTCOME_UNKNOWN'", company.id());
        assertEquals("SUCCEEDED", settle(id, "DONE", "the lamp was dark").getString("c.state"));
        assertEquals("OFF", tables.one("SELECT acked FROM supply_switch WHERE device_id = ?", meter.id));

        // It still hears nothing but the question how it stands, so the new order cannot overtake the evidence.
        meter.connect();
        await().until(() -> audited().size() == 2);
        assertEquals(
                "command.contradicted|system|settled by hand, but the device says otherwise",
                audited().get(1));
        assertEquals("SUCCEEDED", state(id), "a final state is never left");
        meter.mood = Mood.PROMPT;
        clock.shift(Duration.ofMinutes(2));
        await().until(() -> {
            run(deadlines.sweep());
            run(reconcile.now());
            return !meter.closed;
        });
        assertFalse(meter.closed, "what the person believed to be done is done now");
    }

    private void order(CommandOp op) {
        run(db.forTenantSql(
                company.id(),
                tx -> send.queue(
                        tx, company.id(), List.of(Order.bySystem(company.id(), meter.id, op, Map.of(), null)))));
        send.hurry();
    }

    private JsonPath settle(String id, String finding, String reason) {
        return Graph.as(company.technician()).ask(SETTLE, "id", id, "o", finding, "r", reason);
    }

    private static void refused(String code, String token, String id, String finding) {
        Graph.as(token).refused(code, SETTLE, "id", id, "o", finding, "r", "seen");
    }

    private List<String> audited() {
        return tables.rows(
                "SELECT act, actor_name, reason FROM audit_entry WHERE tenant_id = ? AND act LIKE 'command.%' ORDER BY at, id",
                company.id());
    }

    private String state(String id) {
        return tables.one("SELECT state FROM device_command WHERE id = ?", java.util.UUID.fromString(id));
    }
}
