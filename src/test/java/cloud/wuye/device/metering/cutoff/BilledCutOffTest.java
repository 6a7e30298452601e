package cloud.wuye.device.metering.cutoff;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.PostpaidMeters;
import cloud.wuye.device.metering.billing.MarkOverdue;
import cloud.wuye.device.metering.billing.TestBills;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bills that nobody pays, and what the judge makes of them, at set times. Due on 11 November, two days of grace. */
@QuarkusTest
class BilledCutOffTest {
    private static final Instant CUT = Instant.parse("2026-10-31T16:00:00Z");
    /** A Saturday's midnight in Shanghai. */
    private static final Instant OVERDUE = Instant.parse("2026-11-13T16:00:00Z");
    /** Eight o'clock on the Monday after. */
    private static final Instant MONDAY = Instant.parse("2026-11-16T00:00:00Z");

    @Inject
    PostpaidMeters accounts;

    @Inject
    TestBills bills;

    @Inject
    MarkOverdue overdue;

    @Inject
    JudgeCredit judge;

    @Inject
    TestDevices tables;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph manager;
    private UUID plan;

    @BeforeEach
    void aCompanyThatBillsByTheMonth() {
        clock.set(CUT.minus(Duration.ofDays(20)));
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
        plan = accounts.plan(company, Commodity.ELECTRICITY, LocalDate.parse("2026-10-05"), "0.61", "0.1");
        manager.ask(
                "mutation{setBillingPeriod(input:{commodity:ELECTRICITY cutDay:1 dueDays:10 graceDays:2}){version}}");
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void overdueAtNightItIsSparedUntilMondayHeldThenAndReleasedWithThePayment() {
        UUID meter = billed();
        clock.set(OVERDUE.minusSeconds(1));
        late();
        assertEquals(List.of(), decisions(meter), "grace is not over");
        clock.set(OVERDUE);
        late();
        assertEquals(List.of("SPARE|QUIET_TIME|-71.0|1"), decisions(meter));
        clock.set(MONDAY.minusSeconds(1));
        judged();
        assertEquals("ON", desired(meter));
        clock.set(MONDAY);
        judged();
        assertEquals("OFF", desired(meter));
        assertEquals(List.of("SPARE|QUIET_TIME|-71.0|1", "HOLD|null|-71.0|1"), decisions(meter));
        assertEquals(
                "null|null",
                tables.one("SELECT look_below, look_at FROM meter_balance WHERE point_id = ?", meter),
                "what is used from now on calls nobody");
        paid(meter, 1000, "k1");
        assertEquals("OFF", desired(meter), "a part is not all of it");
        paid(meter, 6100, "k2");
        assertEquals("ON", desired(meter));
        assertEquals("RELEASE", decisions(meter).get(2).split("\\|")[0]);
        assertEquals(
                List.of("HELD", "RESTORED"),
                tables.rows(
                        "SELECT kind FROM credit_event WHERE point_id = ? AND kind <> 'SPARED' ORDER BY at", meter));
    }

    /** Falls due, and the service dies before it has judged; what it knew stands in the tables. */
    @Test
    void whatFellDueBeforeARestartIsJudgedAfterIt() throws Throwable {
        UUID meter = billed();
        clock.set(MONDAY);
        subscribeAndAwait(overdue::now);
        assertEquals("ON", desired(meter));
        clock.set(MONDAY.plus(Duration.ofHours(3)));
        judged();
        judged();
        assertEquals("OFF", desired(meter));
        assertEquals(List.of("HOLD|null|-71.0|1"), decisions(meter));
    }

    @Test
    void aBillThatIsWrittenOffGivesSupplyBackAtOnce() {
        UUID meter = heldOnMonday();
        String bill = tables.one("SELECT id FROM meter_bill WHERE point_id = ?", meter);
        manager.ask("mutation{writeOffMeterBill(id:\"" + bill + "\" reason:\"moved away\"){state}}");
        assertEquals("ON", desired(meter));
    }

    @Test
    void aKeptAccountIsNeverHeldAndTermsAreObeyed() {
        UUID meter = billed();
        terms(meter, true, 0);
        clock.set(MONDAY);
        late();
        assertEquals(List.of("SPARE|KEEP_SUPPLY|-71.0|1"), decisions(meter));
        terms(meter, false, 1);
        judged();
        assertEquals("OFF", desired(meter));
        terms(meter, true, 2);
        judged();
        assertEquals("ON", desired(meter));
    }

    @Test
    void whoIsAboutToPayIsSparedUntilTheOrdersTimeIsOver() {
        UUID meter = billed();
        clock.set(MONDAY);
        order(meter, 7100, "k1");
        late();
        assertEquals(List.of("SPARE|PAYMENT_PENDING|-71.0|1"), decisions(meter));
        clock.set(MONDAY.plus(Duration.ofMinutes(29)));
        judged();
        assertEquals("ON", desired(meter));
        clock.set(MONDAY.plus(Duration.ofMinutes(31)));
        judged();
        assertEquals("OFF", desired(meter));
    }

    private UUID heldOnMonday() {
        UUID meter = billed();
        clock.set(MONDAY);
        late();
        assertEquals("OFF", desired(meter));
        return meter;
    }

    /** A meter with a bill over 71 yuan, which has not been read since. */
    private UUID billed() {
        UUID meter = accounts.meter(company, Commodity.ELECTRICITY);
        accounts.read(company, meter, CUT.minus(Duration.ofDays(20)), "0");
        accounts.open(company, meter, Commodity.ELECTRICITY, plan, BillingMode.POSTPAID);
        accounts.read(company, meter, CUT.minus(Duration.ofHours(1)), "100");
        clock.set(CUT.plusSeconds(5));
        bills.tick();
        assertEquals("7100", tables.one("SELECT payable_fen FROM meter_bill WHERE point_id = ?", meter));
        return meter;
    }

    private void late() {
        try {
            subscribeAndAwait(overdue::now);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        judged();
    }

    private void judged() {
        try {
            subscribeAndAwait(judge::now);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private String order(UUID meter, int fen, String key) {
        return manager.ask("mutation{p:payMeterBill(input:{deviceId:\"" + meter + "\" amountFen:" + fen
                        + " clientKey:\"" + key + "\"}){orderId}}")
                .getString("p.orderId");
    }

    private void paid(UUID meter, int fen, String key) {
        String order = order(meter, fen, key);
        manager.ask("mutation{takePayment(orderId:\"" + order + "\" by:CASH receiptNo:\"R" + order + "\"){id}}");
        await().until(() ->
                "CREDITED".equals(tables.one("SELECT state FROM payment_order WHERE id = ?", UUID.fromString(order))));
    }

    private void terms(UUID meter, boolean keep, int version) {
        manager.ask(
                "mutation($d:ID!,$t:MeterTermsInput!,$v:Int!){changeMeterTerms(deviceId:$d terms:$t version:$v){version}}",
                "d",
                meter.toString(),
                "t",
                Map.of("mode", "POSTPAID", "planId", plan.toString(), "keepSupply", keep),
                "v",
                version);
    }

    private List<String> decisions(UUID meter) {
        return tables.rows(
                "SELECT outcome, reason, trim_scale((inputs->>'credit')::numeric)::numeric(9,1), inputs->>'overdueBills'"
                        + " FROM cut_off_decision WHERE point_id = ? ORDER BY at, id",
                meter);
    }

    private String desired(UUID meter) {
        String desired = tables.one("SELECT desired FROM supply_switch WHERE device_id = ?", meter);
        return desired == null ? "ON" : desired;
    }
}
