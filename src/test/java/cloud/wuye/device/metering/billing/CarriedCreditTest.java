package cloud.wuye.device.metering.billing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.PostpaidMeters;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the last bill carries when no other follows. 0.71 the kWh: 100 are billed by an estimate, 82 were used. */
@QuarkusTest
class CarriedCreditTest {
    private static final Instant CUT = Instant.parse("2026-10-31T16:00:00Z");
    private static final Instant NEXT_CUT = Instant.parse("2026-11-30T16:00:00Z");
    private static final Instant THIRD_CUT = Instant.parse("2026-12-31T16:00:00Z");
    private static final String CLOSE =
            "mutation($d:ID!){closeMeterAccount(deviceId:$d reason:\"moved out\"){closedAt}}";
    private static final String CHANGE =
            "mutation($d:ID!,$p:ID!){changeMeterMode(deviceId:$d terms:{mode:PREPAID planId:$p} reason:\"wish\"){mode}}";
    private static final String CLEARED =
            "query($d:ID!){r:meterClearRecords(filter:{deviceId:$d}){nodes{id before after refundFen state billId reason}}}";
    private static final String PAY_OUT = "mutation($i:ID!,$n:String!){payOutClearing(id:$i receiptNo:$n){receiptNo}}";

    @Inject
    PostpaidMeters accounts;

    @Inject
    TestBills bills;

    @Inject
    TestDevices tables;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph manager;
    private UUID plan;

    @BeforeEach
    void aCompanyThatBillsByTheMonth() {
        clock.set(CUT.minus(20, ChronoUnit.DAYS));
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
        plan = accounts.plan(company, Commodity.ELECTRICITY, LocalDate.parse("2026-10-05"), "0.61", "0.1");
        manager.ask(
                "mutation{p:setBillingPeriod(input:{commodity:ELECTRICITY cutDay:1 dueDays:10 graceDays:2}){nextCutAt}}");
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void closingOwesItBackOnceAndItIsPaidOutByHand() {
        UUID meter = overestimated();
        manager.refused("BILLS_UNPAID", CLOSE, "d", meter.toString());
        assertEquals("58.220000", ledger("RECEIVABLE"), "71.00 billed, 12.78 carried, and nothing moved");
        payAll(meter);
        assertEquals("-12.780000", ledger("RECEIVABLE"));

        manager.ask(CLOSE, "d", meter.toString());

        assertEquals("0.000000", ledger("RECEIVABLE"));
        assertEquals("-12.780000", ledger("REFUND_PAYABLE"));
        JsonPath cleared = manager.ask(CLEARED, "d", meter.toString());
        assertEquals("12.780000", cleared.getString("r.nodes[0].before"));
        assertEquals("0.000000", cleared.getString("r.nodes[0].after"));
        assertEquals(1278, cleared.getLong("r.nodes[0].refundFen"));
        assertEquals("moved out", cleared.getString("r.nodes[0].reason"));
        assertEquals(lastBill(meter, "id"), cleared.getString("r.nodes[0].billId"));
        String id = cleared.getString("r.nodes[0].id");
        Graph.as(company.finance()).ask(PAY_OUT, "i", id, "n", "R1");
        Graph.as(company.finance()).ask(PAY_OUT, "i", id, "n", "R1");
        assertEquals("0.000000", ledger("REFUND_PAYABLE"));

        // Opened again for the same customer: what was paid out is not carried as well, nor cleared twice.
        accounts.open(company, meter, Commodity.ELECTRICITY, plan, BillingMode.POSTPAID);
        accounts.read(company, meter, THIRD_CUT.minus(10, ChronoUnit.MINUTES), "112");
        clock.set(THIRD_CUT.plusSeconds(5));
        bills.tick();
        assertEquals("0|2130", lastBill(meter, "brought_fen || '|' || payable_fen"));
        payAll(meter);
        manager.ask(CLOSE, "d", meter.toString());
        assertEquals(
                1,
                manager.ask(CLEARED, "d", meter.toString()).getList("r.nodes").size());
    }

    @Test
    void changingTheModeOwesItBackToo() {
        UUID meter = overestimated();
        payAll(meter);
        manager.ask(CHANGE, "d", meter.toString(), "p", plan.toString());
        assertEquals("0.000000", ledger("RECEIVABLE"));
        assertEquals("-12.780000", ledger("REFUND_PAYABLE"));
        assertEquals("DONE", manager.ask(CLEARED, "d", meter.toString()).getString("r.nodes[0].state"));
    }

    /** A meter whose second and last bill takes back more than it asks for. */
    private UUID overestimated() {
        UUID meter = accounts.meter(company, Commodity.ELECTRICITY);
        accounts.read(company, meter, CUT.minus(20, ChronoUnit.DAYS), "0");
        accounts.open(company, meter, Commodity.ELECTRICITY, plan, BillingMode.POSTPAID);
        accounts.read(company, meter, CUT.minus(4, ChronoUnit.DAYS), "80");
        clock.set(CUT.plusSeconds(5));
        bills.tick();
        clock.set(CUT.plus(25, ChronoUnit.HOURS));
        bills.tick();
        assertEquals("7100", lastBill(meter, "total_fen"));
        accounts.read(company, meter, NEXT_CUT.minus(10, ChronoUnit.MINUTES), "82");
        clock.set(NEXT_CUT.plusSeconds(5));
        bills.tick();
        assertEquals("-1278", lastBill(meter, "carried_fen"));
        return meter;
    }

    private void payAll(UUID meter) {
        String order = manager.ask("mutation{p:payMeterBill(input:{deviceId:\"" + meter + "\" clientKey:\""
                        + clock.now() + "\"}){orderId}}")
                .getString("p.orderId");
        manager.ask("mutation{takePayment(orderId:\"" + order + "\" by:CASH receiptNo:\"R" + order + "\"){id}}");
        await().until(() -> "0"
                .equals(tables.one(
                        "SELECT count(*) FROM meter_bill WHERE point_id = ? AND state NOT IN ('PAID')", meter)));
    }

    private String lastBill(UUID meter, String what) {
        return tables.one(
                "SELECT " + what + " FROM meter_bill WHERE point_id = ? ORDER BY issued_at DESC, id DESC LIMIT 1",
                meter);
    }

    private String ledger(String account) {
        return tables.one(
                "SELECT coalesce(sum(amount), 0)::numeric(18,6) FROM journal_line WHERE tenant_id = ? AND account = ?",
                company.id(),
                account);
    }
}
