package cloud.wuye.device.metering.billing;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.PostpaidMeters;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.payment.order.PayOrder;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Month ends of meters that are paid for after use, at set times. Prices: 0.61 and 0.10 the kWh. */
@QuarkusTest
class PostpaidStoryTest {
    /** A month's end in Shanghai that lies behind us whenever this runs. */
    private static final Instant CUT = Instant.parse("2026-10-31T16:00:00Z");

    private static final Instant NEXT_CUT = Instant.parse("2026-11-30T16:00:00Z");

    private static final String BILLS =
            "query($d:ID!){meterBills(filter:{deviceId:$d} direction:ASC){nodes{id number estimated fromAt untilAt quantity register"
                    + " totalFen payableFen paidFen openFen state dueOn lines{kind quantity energyFen serviceFen ofUntil}"
                    + " events{kind state fen byName}}}}";

    @Inject
    PostpaidMeters accounts;

    @Inject
    TestBills bills;

    @Inject
    RunBilling billing;

    @Inject
    MarkOverdue overdue;

    @Inject
    Arrears arrears;

    @Inject
    PayOrder pay;

    @Inject
    TestDevices tables;

    @Inject
    Db db;

    @Inject
    Clock clock;

    private TestTenant company;
    private UUID plan;

    @BeforeEach
    void aCompanyThatBillsByTheMonth() {
        clock.set(CUT.minus(20, ChronoUnit.DAYS));
        company = TestTenants.fresh();
        plan = accounts.plan(company, Commodity.ELECTRICITY, LocalDate.parse("2026-10-05"), "0.61", "0.1");
        JsonPath set = manager()
                .ask(
                        "mutation{p:setBillingPeriod(input:{commodity:ELECTRICITY cutDay:1 dueDays:10 graceDays:2}){nextCutAt}}");
        assertEquals(CUT, Instant.parse(set.getString("p.nextCutAt")));
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void oneMeterInTimeOneLateAndOneEstimatedAndCorrected() {
        UUID punctual = meter("100");
        UUID late = meter("0");
        UUID silent = meter("0");
        accounts.read(company, punctual, CUT.minus(30, ChronoUnit.MINUTES), "120.5");
        accounts.read(company, late, CUT.minus(1, ChronoUnit.DAYS), "50");
        accounts.read(company, silent, CUT.minus(4, ChronoUnit.DAYS), "80");

        // The cut-off: who has spoken lately is billed, the others are asked, once.
        clock.set(CUT.plusSeconds(5));
        bills.tick();
        bills.tick();
        JsonPath first = of(punctual);
        assertEquals(List.of("ISSUED"), first.getList("meterBills.nodes.state"));
        assertEquals("120.5000", first.getString("meterBills.nodes[0].register"));
        assertEquals(1456, first.getLong("meterBills.nodes[0].totalFen"));
        assertEquals(List.of("1251"), first.getList("meterBills.nodes[0].lines.energyFen"));
        assertEquals(List.of("205"), first.getList("meterBills.nodes[0].lines.serviceFen"));
        assertEquals("2026-11-11", first.getString("meterBills.nodes[0].dueOn"));
        assertEquals(List.of(), of(late).getList("meterBills.nodes"));
        assertEquals("1", asked(late));
        assertEquals("1", asked(silent));
        assertEquals("3|1|2|", run());

        // The late one answers.
        clock.set(CUT.plus(1, ChronoUnit.HOURS));
        accounts.read(company, late, CUT.plus(50, ChronoUnit.MINUTES), "60");
        bills.tick();
        bills.tick();
        JsonPath second = of(late);
        assertEquals(4260, second.getLong("meterBills.nodes[0].totalFen"));
        assertEquals(1, second.getList("meterBills.nodes").size());
        assertEquals(CUT.plus(50, ChronoUnit.MINUTES), Instant.parse(second.getString("meterBills.nodes[0].untilAt")));

        // The silent one is asked again, and estimated in the end: 4 of its last 16 days used 80.
        clock.set(CUT.plus(90, ChronoUnit.MINUTES));
        bills.tick();
        assertEquals("3|2|1|", run());
        clock.set(CUT.plus(25, ChronoUnit.HOURS));
        bills.tick();
        bills.tick();
        assertEquals("3|3|0|done", run());
        JsonPath guessed = of(silent);
        assertEquals(List.of("USAGE", "ESTIMATED"), guessed.getList("meterBills.nodes[0].lines.kind"));
        assertEquals(List.of("80.0000", "20.0000"), guessed.getList("meterBills.nodes[0].lines.quantity"));
        assertTrue(guessed.getBoolean("meterBills.nodes[0].estimated"));
        assertNull(guessed.getString("meterBills.nodes[0].register"));
        assertEquals(CUT, Instant.parse(guessed.getString("meterBills.nodes[0].untilAt")));
        assertEquals("14.200000|-14.200000", standing(silent));

        // A month on the estimate is taken back and the truth billed: 270 of 370 altogether.
        accounts.read(company, silent, CUT.plus(3, ChronoUnit.DAYS), "120");
        accounts.read(company, silent, NEXT_CUT.minus(10, ChronoUnit.MINUTES), "370");
        clock.set(NEXT_CUT.plusSeconds(5));
        bills.tick();
        JsonPath corrected = of(silent);
        assertEquals(2, corrected.getList("meterBills.nodes").size());
        assertEquals(List.of("USAGE", "TAKEN_BACK"), corrected.getList("meterBills.nodes[1].lines.kind"));
        assertEquals(List.of("290.0000", "-20.0000"), corrected.getList("meterBills.nodes[1].lines.quantity"));
        assertEquals(
                37 * 710L,
                corrected.getLong("meterBills.nodes[0].totalFen") + corrected.getLong("meterBills.nodes[1].totalFen"));
        assertEquals("0.000000|0.000000", standing(silent));
        assertEquals(
                corrected.getString("meterBills.nodes[0].untilAt"), corrected.getString("meterBills.nodes[1].fromAt"));
        assertBooksAgree(silent);
    }

    /** What is charged anew after its bill stands on the next one, as a correction of its period. */
    @Test
    void aReadingThatComesAfterTheBillCorrectsItOnTheNext() {
        UUID meter = meter("0");
        accounts.read(company, meter, CUT.minus(5, ChronoUnit.DAYS), "40");
        accounts.read(company, meter, CUT.minus(1, ChronoUnit.HOURS), "50");
        clock.set(CUT.plusSeconds(5));
        bills.tick();
        assertEquals(3550, of(meter).getLong("meterBills.nodes[0].totalFen"));

        // A late reading shows that the last one was wrong: 60 were used, not 50.
        accounts.read(company, meter, CUT.minus(3, ChronoUnit.DAYS), "60");
        clock.set(NEXT_CUT.plusSeconds(5));
        bills.tick();
        assertEquals(1, of(meter).getList("meterBills.nodes").size());
        assertEquals(
                "CHARGES", tables.one("SELECT why FROM billing_task WHERE point_id = ? AND state = 'WAITING'", meter));

        accounts.rerate(company, meter);
        accounts.read(company, meter, NEXT_CUT.minus(5, ChronoUnit.MINUTES), "70");
        clock.set(NEXT_CUT.plusSeconds(90));
        bills.tick();
        JsonPath both = of(meter);
        assertEquals(List.of("USAGE", "CORRECTION"), both.getList("meterBills.nodes[1].lines.kind"));
        assertEquals(List.of("10.0000", "10.0000"), both.getList("meterBills.nodes[1].lines.quantity"));
        assertEquals(1420, both.getLong("meterBills.nodes[1].totalFen"));
        assertEquals("0.000000|0.000000", standing(meter));
        assertBooksAgree(meter);
    }

    @Test
    void twoReplicasBillAnAccountOnce() throws Throwable {
        List<UUID> meters = List.of(meter("0"), meter("0"), meter("0"), meter("0"));
        meters.forEach(meter -> accounts.read(company, meter, CUT.minus(1, ChronoUnit.HOURS), "7"));
        clock.set(CUT.plusSeconds(5));
        subscribeAndAwait(() ->
                Uni.join().all(billing.now(), billing.now(), billing.now()).andFailFast());
        for (UUID meter : meters) {
            assertEquals(List.of("497"), of(meter).getList("meterBills.nodes.totalFen"));
        }
        assertEquals("4|4|0|done", run());
    }

    @Test
    void aBillIsPaidInPartsBecomesOverdueAndIsPaidThroughTheChannel() throws Throwable {
        UUID meter = meter("0");
        accounts.read(company, meter, CUT.minus(1, ChronoUnit.HOURS), "100");
        clock.set(CUT.plusSeconds(5));
        bills.tick();
        String bill = of(meter).getString("meterBills.nodes[0].id");
        manager().refused("BILL_AMOUNT", pay("billId", bill, 7101, "k0"));

        take(manager().ask(pay("billId", bill, 1000, "k1")).getString("p.orderId"));
        becomes(meter, "PARTLY_PAID", 6100);
        assertNull(overdueAt(meter));
        // The last day is the 11th, two days of grace: the 14th.
        clock.set(Instant.parse("2026-11-13T15:59:59Z"));
        subscribeAndAwait(overdue::now);
        becomes(meter, "PARTLY_PAID", 6100);
        clock.set(Instant.parse("2026-11-13T16:00:00Z"));
        subscribeAndAwait(overdue::now);
        subscribeAndAwait(overdue::now);
        becomes(meter, "OVERDUE", 6100);
        assertEquals(new Arrears.Overdue(meter, 6100, 1, Instant.parse("2026-11-13T16:00:00Z")), overdueAt(meter));

        clock.reset();
        SimulatedPayments channel = SimulatedPayments.fresh();
        channel.openFor(company.manager());
        JsonPath order = manager().ask(pay("deviceId", meter.toString(), null, "k2"));
        assertEquals(
                order.getString("p.orderId"),
                manager().ask(pay("deviceId", meter.toString(), null, "k2")).getString("p.orderId"));
        assertEquals(6100, order.getLong("p.payableFen"));
        UUID id = UUID.fromString(order.getString("p.orderId"));
        subscribeAndAwait(() -> pay.byWeChat(company.id(), id, PrepayMethod.QR, null));
        assertEquals(List.of(204), channel.pay(order.getString("p.orderNo") + "-1"));
        becomes(meter, "PAID", 0);
        assertNull(overdueAt(meter));
        assertEquals(
                List.of("ISSUED", "PAYMENT", "OVERDUE", "PAYMENT"),
                of(meter).getList("meterBills.nodes[0].events.kind"));
        assertBooksAgree(meter);
        assertEquals("0.000000", ledger("CUSTOMER_CREDIT", meter));
        assertEquals("0.000000", ledger("RECEIVABLE", meter));
        manager().refused("BILL_AMOUNT", pay("billId", bill, null, "k3"));
        assertEquals(
                order.getString("p.orderId"),
                manager().ask(pay("deviceId", meter.toString(), null, "k2")).getString("p.orderId"));
        manager().refused("ILLEGAL_STATE", "mutation{writeOffMeterBill(id:\"" + bill + "\" reason:\"x\"){state}}");
    }

    /** Two people pay the same bill: the second payment finds nothing to pay and goes back. */
    @Test
    void aBillPaidMeanwhileRefusesTheSecondPayment() {
        UUID meter = meter("0");
        accounts.read(company, meter, CUT.minus(1, ChronoUnit.HOURS), "100");
        clock.set(CUT.plusSeconds(5));
        bills.tick();
        String bill = of(meter).getString("meterBills.nodes[0].id");
        clock.reset();
        String first = manager().ask(pay("billId", bill, null, "a")).getString("p.orderId");
        String second = manager().ask(pay("billId", bill, null, "b")).getString("p.orderId");
        take(first);
        becomes(meter, "PAID", 0);
        take(second);
        await().until(() -> "0.000000".equals(ledger("CUSTOMER_CREDIT", meter)));
        assertEquals(
                "-71.000000",
                tables.one(
                        "SELECT sum(amount) FROM journal_line WHERE tenant_id = ? AND account = 'REFUND_PAYABLE'",
                        company.id()));
        assertEquals(7100, of(meter).getLong("meterBills.nodes[0].paidFen"));
    }

    @Test
    void whatIsGivenUpIsNoReceivableAnyMore() {
        UUID meter = meter("0");
        accounts.read(company, meter, CUT.minus(1, ChronoUnit.HOURS), "100");
        clock.set(CUT.plusSeconds(5));
        bills.tick();
        String bill = of(meter).getString("meterBills.nodes[0].id");
        assertEquals(
                "WRITTEN_OFF",
                manager()
                        .ask("mutation{w:writeOffMeterBill(id:\"" + bill + "\" reason:\"moved\"){state writtenOffFen}}")
                        .getString("w.state"));
        assertEquals("0.000000", ledger("RECEIVABLE", meter));
        assertEquals(
                "71.000000",
                tables.one(
                        "SELECT sum(amount) FROM journal_line WHERE tenant_id = ? AND account = 'BAD_DEBT'",
                        company.id()));
        Graph.as(company.finance())
                .refused("FORBIDDEN", "mutation{writeOffMeterBill(id:\"" + bill + "\" reason:\"x\"){state}}");
    }

    private UUID meter(String value) {
        UUID meter = accounts.meter(company, Commodity.ELECTRICITY);
        accounts.read(company, meter, CUT.minus(20, ChronoUnit.DAYS), value);
        accounts.open(company, meter, Commodity.ELECTRICITY, plan, BillingMode.POSTPAID);
        return meter;
    }

    private JsonPath of(UUID meter) {
        return manager().ask(BILLS, "d", meter.toString());
    }

    private String asked(UUID meter) {
        return tables.one(
                "SELECT count(*) FROM device_command WHERE device_id = ? AND op = 'meter.read' AND origin = 'SYSTEM'",
                meter);
    }

    /** Accounts, billed, waiting, and whether it is done, of the company's latest run. */
    private String run() {
        JsonPath run = manager().ask("{billingRuns(first:1){nodes{accounts billed waiting doneAt}}}");
        String at = "billingRuns.nodes[0].";
        return run.getInt(at + "accounts") + "|" + run.getInt(at + "billed") + "|" + run.getInt(at + "waiting") + "|"
                + (run.getString(at + "doneAt") == null ? "" : "done");
    }

    /** Credit, and what is charged and not in the journal. */
    private String standing(UUID point) {
        return tables.one(
                "SELECT credit, unposted_energy + unposted_service FROM meter_balance WHERE point_id = ?", point);
    }

    /** All that was charged is revenue, and what the customer owes is what bills ask for. */
    private void assertBooksAgree(UUID point) {
        assertEquals(
                "t",
                tables.one(
                        """
                        SELECT (SELECT sum(b.energy_amount + b.service_amount) FROM meter_bill b WHERE b.point_id = ?)
                             = (SELECT sum(l.energy_amount + l.service_amount) FROM rated_line l WHERE l.point_id = ?)
                           AND coalesce((SELECT sum(amount) FROM journal_line WHERE account = 'RECEIVABLE' AND subject = ?), 0)
                             = (SELECT sum(payable_fen - paid_fen - written_off_fen) / 100.0 FROM meter_bill WHERE point_id = ?)""",
                        point,
                        point,
                        point,
                        point));
    }

    private String ledger(String account, UUID subject) {
        return tables.one(
                "SELECT coalesce(sum(amount), 0)::numeric(18,6) FROM journal_line WHERE tenant_id = ? AND account = ? AND subject = ?",
                company.id(),
                account,
                subject);
    }

    private Arrears.Overdue overdueAt(UUID point) throws Throwable {
        return subscribeAndAwait(() -> db.acrossTenants("test", tx -> arrears.overdue(tx, company.id(), point)));
    }

    private void becomes(UUID meter, String state, long open) {
        await().until(() -> of(meter).getString("meterBills.nodes[0].state").equals(state));
        assertEquals(open, of(meter).getLong("meterBills.nodes[0].openFen"));
    }

    private void take(String order) {
        manager().ask("mutation{takePayment(orderId:\"" + order + "\" by:CASH receiptNo:\"R" + order + "\"){id}}");
    }

    private static String pay(String by, String id, Integer fen, String key) {
        return "mutation{p:payMeterBill(input:{" + by + ":\"" + id + "\" " + (fen == null ? "" : "amountFen:" + fen)
                + " clientKey:\"" + key + "\"}){orderId orderNo payableFen}}";
    }

    private Graph manager() {
        return Graph.as(company.manager());
    }
}
