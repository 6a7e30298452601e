package cloud.wuye.device.metering.settlement;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.PostpaidMeters;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settlements of meters at 0.5 yuan the kWh, at set times. */
@QuarkusTest
class SettlementTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final String RECORDS =
            "query($d:ID!){r:settlementRecords(filter:{deviceId:$d} direction:ASC){nodes{fromAt toAt fromRegister toRegister quantity"
                    + " energyAmount creditBefore creditAfter byName mode}}}";
    private static final String SETTLE =
            "mutation($i:SettleMetersInput!){s:settleMeters(input:$i){id accounts waiting settled}}";

    @Inject
    PostpaidMeters meters;

    @Inject
    RunSettlements settlements;

    @Inject
    Clock clock;

    private TestTenant company;
    private UUID plan;
    private UUID meter;

    @BeforeEach
    void aMeter() {
        clock.set(START);
        company = TestTenants.fresh();
        plan = meters.plan(company, Commodity.ELECTRICITY, LocalDate.parse("2026-10-20"), "0.5", "0");
        meter = meter();
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void eachGoesOnWhereTheOneBeforeEndedAndCorrectsIt() throws Throwable {
        read(1, "10");
        read(2, "30");
        clock.set(at(3));
        settle("a", at(2).minusSeconds(1));
        JsonPath first = records();
        assertEquals(List.of("10.0000"), first.getList("r.nodes.quantity"));
        assertEquals("0.0000", first.getString("r.nodes[0].fromRegister"));
        assertEquals("10.0000", first.getString("r.nodes[0].toRegister"));
        assertEquals("0.000000", first.getString("r.nodes[0].creditBefore"));
        assertEquals("-5.000000", first.getString("r.nodes[0].creditAfter"));
        assertEquals("qian", first.getString("r.nodes[0].byName"));

        settle("b", null);
        assertEquals(List.of("10.0000", "20.0000"), records().getList("r.nodes.quantity"));
        assertEquals("-15.000000", records().getString("r.nodes[1].creditAfter"));
        assertEquals(at(1), Instant.parse(records().getString("r.nodes[1].fromAt")));

        // Nothing new: no record. The same click: no run.
        settle("c", null);
        settle("b", null);
        assertEquals(2, records().getList("r.nodes").size());

        // A late reading shows that the last one was wrong; it waits until that is charged.
        meters.read(company, meter, at(2).minus(1, ChronoUnit.HOURS), "40");
        clock.set(at(4));
        String run = settle("d", null);
        assertEquals(2, records().getList("r.nodes").size());
        assertEquals(1, run(run).getInt("r.waiting"));
        meters.rerate(company, meter);
        clock.set(at(4).plusSeconds(60));
        tick();
        assertEquals(List.of("10.0000", "20.0000", "10.0000"), records().getList("r.nodes.quantity"));
        assertEquals("-20.000000", records().getString("r.nodes[2].creditAfter"));
        assertNotNull(run(run).getString("r.doneAt"));
    }

    @Test
    void allMetersInOneRunOnceWhateverTheReplicas() throws Throwable {
        UUID other = meter();
        read(1, "10");
        meters.read(company, other, at(1), "7");
        clock.set(at(2));
        String run = finance().ask(SETTLE, "i", Map.of("clientKey", "all")).getString("s.id");
        assertEquals(2, run(run).getInt("r.waiting"));
        subscribeAndAwait(() -> Uni.join()
                .all(settlements.now(), settlements.now(), settlements.now())
                .andFailFast());
        tick();
        assertEquals(2, run(run).getInt("r.settled"));
        assertEquals(
                2,
                finance()
                        .ask("{r:settlementRecords(filter:{runId:\"" + run + "\"}){nodes{id}}}")
                        .getList("r.nodes")
                        .size());
        finance().refused("VALIDATION", SETTLE, "i", Map.of("clientKey", "z", "at", at(9).toString()));
        Graph.as(company.technician()).refused("FORBIDDEN", "{settlementRecords{nodes{id}}}");
    }

    private String settle(String key, Instant at) throws Throwable {
        Map<String, Object> input = new HashMap<>();
        input.put("clientKey", key);
        input.put("deviceIds", List.of(meter.toString()));
        if (at != null) {
            input.put("at", at.toString());
        }
        String run = finance().ask(SETTLE, "i", input).getString("s.id");
        tick();
        return run;
    }

    private void tick() throws Throwable {
        subscribeAndAwait(settlements::now);
    }

    private JsonPath run(String id) {
        return finance()
                .ask("query($i:ID!){r:settlementRun(id:$i){accounts settled unchanged waiting doneAt}}", "i", id);
    }

    private JsonPath records() {
        return finance().ask(RECORDS, "d", meter.toString());
    }

    private UUID meter() {
        UUID made = meters.meter(company, Commodity.ELECTRICITY);
        meters.read(company, made, START, "0");
        meters.open(company, made, Commodity.ELECTRICITY, plan, BillingMode.POSTPAID);
        return made;
    }

    private void read(int day, String value) {
        meters.read(company, meter, at(day), value);
    }

    private static Instant at(int day) {
        return START.plus(day, ChronoUnit.DAYS);
    }

    private Graph finance() {
        return Graph.as(company.finance());
    }
}
