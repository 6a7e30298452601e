package cloud.wuye.device.metering.credit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.command.CreditOps;
import cloud.wuye.device.command.CreditPurchase;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.command.TestMeter;
import cloud.wuye.device.command.TestMeter.Mood;
import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.Fault;
import cloud.wuye.kit.simulator.Faults;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.ledger.TestBooks;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import cloud.wuye.testing.Work;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Top-ups of meters that count their own credit: through payment, outbox and broker into a simulated meter, and back. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class MeterCreditTest {
    @Inject
    TestDevices tables;

    @Inject
    TestCredit credit;

    @Inject
    TestBooks books;

    @Inject
    SendCommands send;

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
        credit.account(company, id, "METER", "QUANTITY");
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
    void aTopUpIsCreditedAndEarnedWhenTheMeterSaysThatItHasIt() throws Throwable {
        UUID order = credit.paid(company, id, 5000);
        assertEquals("CREDITING|WAITING", credit.order(order));
        assertEquals("-50.00", books.balance(company, "CUSTOMER_CREDIT", id));
        assertEquals("0.00", books.balance(company, "REVENUE_ELECTRICITY", null));
        credit.until(order, "CREDITED|WRITTEN");
        assertCredit("62.5");
        assertEquals(1, meter.purchase());
        assertEquals("0.00", books.balance(company, "CUSTOMER_CREDIT", id));
        assertEquals("-37.50", books.balance(company, "REVENUE_ELECTRICITY", null));
        assertEquals("-12.50", books.balance(company, "SERVICE_FEE", null));
        assertEquals("-62.50", books.balance(company, "ENERGY_CREDIT", id));
        assertEquals("62.50", books.balance(company, "ENERGY_SOLD", null));
        assertEquals("62.500000", balance());
        assertEquals(
                "TOP_UP|62.500000|5000",
                tables.one("SELECT kind, amount, money_fen FROM credit_move WHERE point_id = ?", id));
        UUID second = credit.paid(company, id, 1000);
        credit.until(second, "CREDITED|WRITTEN");
        assertCredit("75");
        assertEquals("2|12.50", number(second), "before + what was bought = after");
        assertEquals("75.000000", balance());
    }

    @Test
    void aTopUpWhoseAnswerIsLostIsSentAgainAndCreditedOnce() throws Throwable {
        meter.behave(Faults.none().with(Fault.NOACK, 1));
        UUID order = credit.paid(company, id, 5000);
        credit.tick();
        await().until(() -> meter.purchase() == 1);
        assertEquals("CREDITING|WRITING", credit.order(order));
        overdue();
        credit.until(order, "CREDITED|WRITTEN");
        assertEquals(2, meter.heardCommands().size(), "delivered twice");
        assertEquals(1, meter.heardCommands().stream().distinct().count());
        assertCredit("62.5");
        assertEquals("-62.50", books.balance(company, "ENERGY_CREDIT", id));
    }

    @Test
    void nothingElseIsWrittenWhileItIsInDoubtWhetherTheMeterTookIt() throws Throwable {
        meter.behave(Faults.none().with(Fault.NOACK, 1));
        UUID first = credit.paid(company, id, 5000);
        UUID second = credit.paid(company, id, 1000);
        credit.tick();
        await().until(() -> meter.purchase() == 1);
        tables.run("UPDATE device_command SET max_attempts = 1 WHERE device_id = ? AND op = 'credit.add'", id);
        meter.loseNetwork();
        await().until(() -> !online(id));
        overdue();
        assertEquals("CREDITING|IN_DOUBT", credit.order(first));
        credit.tick();
        assertEquals("CREDITING|WAITING", credit.order(second));
        assertEquals("NO_ANSWER", graph().getString("meterPurchases.nodes[1].why"));
        assertEquals("WAITING", graph().getString("meterPurchases.nodes[0].state"));
        meter.behave(Faults.none());
        meter.connectNow();
        credit.until(first, "CREDITED|WRITTEN");
        later();
        credit.until(second, "CREDITED|WRITTEN");
        assertCredit("75");
        assertEquals(2, meter.purchase());
        assertEquals("75.000000", balance());
    }

    @Test
    void whatWasPaidWhileTheMeterWasAwayIsWrittenWhenItReturns() {
        meter.loseNetwork();
        await().until(() -> !online(id));
        UUID order = credit.paid(company, id, 5000);
        credit.tick();
        assertEquals("CREDITING|WRITING", credit.order(order));
        assertEquals(0, meter.purchase());
        meter.connectNow();
        credit.until(order, "CREDITED|WRITTEN");
        assertCredit("62.5");
    }

    @Test
    void aMeterThatIsAwayTooLongLeavesItToAPersonWhoTriesAgainOrPaysBack() throws Throwable {
        meter.loseNetwork();
        await().until(() -> !online(id));
        UUID first = credit.paid(company, id, 5000);
        UUID second = credit.paid(company, id, 1000);
        credit.tick();
        clock.shift(Duration.ofHours(25));
        credit.deadlines();
        credit.until(first, "CREDIT_FAILED|FAILED");
        assertEquals("NOT_SENT_IN_TIME", tables.one("SELECT why FROM payment_order WHERE id = ?", first));
        clock.shift(Duration.ofHours(51));
        credit.deadlines();
        credit.until(second, "CREDIT_FAILED|FAILED");
        clock.reset();
        Graph.as(company.finance()).ask("mutation($o:ID!){retryCredit(orderId:$o){state}}", "o", second.toString());
        assertEquals("CREDITING|WAITING", credit.order(second));
        refund(first);
        meter.connectNow();
        credit.until(second, "CREDITED|WRITTEN");
        assertCredit("12.5");
        assertEquals("REFUNDED|FAILED", credit.order(first));
        assertEquals("0.00", books.balance(company, "CUSTOMER_CREDIT", id));
        assertEquals("-7.50", books.balance(company, "REVENUE_ELECTRICITY", null));
    }

    @Test
    void aRefusedWriteFailsAndIsTriedAgainUnderTheSameNumber() {
        TestMeter own = TestMeter.register(tables, company.id(), company.code()).connect();
        credit.account(company, own.id, "METER", "QUANTITY");
        own.mood = Mood.UNWILLING;
        await().until(() -> online(own.id));
        UUID order = credit.paid(company, own.id, 5000);
        credit.until(order, "CREDIT_FAILED|FAILED");
        own.mood = Mood.PROMPT;
        Graph.as(company.finance()).ask("mutation($o:ID!){retryCredit(orderId:$o){state}}", "o", order.toString());
        credit.until(order, "CREDITED|WRITTEN");
        assertEquals(
                List.of("1", "1"),
                own.heard.stream()
                        .filter(command -> command.path("op").asText().equals("credit.add"))
                        .map(command -> command.path("args").path("purchase").asText())
                        .toList());
        own.disconnect();
    }

    @Test
    void aMeterThatCountsOnFromSomebodyElsesPurchasesIsGivenTheNumberItWants() {
        Work.run(db.forTenantSql(
                company.id(),
                tx -> send.queue(
                        tx,
                        company.id(),
                        List.of(CreditOps.add(
                                Caller.system(company.id()),
                                CommandOrigin.SYSTEM,
                                id,
                                new CreditPurchase("OLD", 41, BigDecimal.ONE),
                                null,
                                null)))));
        send.hurry();
        await().until(() ->
                "41".equals(tables.one("SELECT last_number FROM meter_credit_report WHERE device_id = ?", id)));
        tables.run("UPDATE meter_credit_report SET last_number = NULL WHERE device_id = ?", id);
        UUID order = credit.paid(company, id, 5000);
        credit.until(order, "CREDITED|WRITTEN");
        assertEquals(42, meter.purchase());
        assertCredit("63.5");
        assertEquals("2", tables.one("SELECT tries FROM meter_purchase WHERE order_id = ?", order));
    }

    @Test
    void whatIsInTheMeterIsNotRefundedPastTheMeter() {
        UUID order = credit.paid(company, id, 5000);
        credit.until(order, "CREDITED|WRITTEN");
        String refund = requested(order);
        Graph.as(company.manager())
                .refused("CREDIT_IN_METER", "mutation($i:ID!){approveRefund(id:$i){id}}", "i", refund);
        assertEquals("CREDITED|WRITTEN", credit.order(order));
    }

    @Test
    void whatTheMeterReportsIsKeptTheNewestWordWins() {
        UUID order = credit.paid(company, id, 5000);
        credit.until(order, "CREDITED|WRITTEN");
        meter.report();
        await().until(() -> "t"
                .equals(tables.one("SELECT read_credit IS NOT NULL FROM meter_credit_report WHERE device_id = ?", id)));
        BigDecimal said = new BigDecimal(Graph.as(company.manager())
                .ask(
                        "query($d:ID!){device(id:$d){ownCredit{reportedCredit lastPurchase underWay}}}",
                        "d",
                        id.toString())
                .getString("device.ownCredit.reportedCredit"));
        assertTrue(said.compareTo(new BigDecimal("62.5")) <= 0 && said.compareTo(new BigDecimal("62")) > 0, said + "");
        tables.run(
                "UPDATE meter_credit_report SET read_at = now() + interval '1 hour', read_credit = 1 WHERE device_id = ?",
                id);
        meter.report();
        await().during(Duration.ofMillis(500))
                .until(() -> tables.one("SELECT read_credit FROM meter_credit_report WHERE device_id = ?", id)
                        .startsWith("1.0"));
    }

    /** Ten hours of somebody's day; the meter's own arithmetic against the service's. */
    @Test
    void whatTheMeterCountedDownIsWhatTheServiceExpects() {
        meter.close();
        Duration[] later = {Duration.ZERO};
        KitServers kit = KitServers.shared();
        meter = SimulatedMeter.of(
                BrokerAddress.parse(kit.fact("mqtt.host") + ":" + kit.fact("mqtt.port")),
                meter.card(),
                new MeterSettings(
                        1,
                        ZoneId.of("Asia/Shanghai"),
                        Faults.none(),
                        Duration.ofSeconds(60),
                        Duration.ofHours(20),
                        () -> Instant.now().plus(later[0]),
                        Duration.ZERO));
        meter.connectNow();
        UUID order = credit.paid(company, id, 5000);
        credit.until(order, "CREDITED|WRITTEN");
        tables.run("UPDATE meter_balance SET starts_at = now() - interval '1 day' WHERE point_id = ?", id);
        meter.report();
        await().until(() -> tables.one("SELECT base_at FROM meter_state WHERE device_id = ?", id) != null);
        later[0] = Duration.ofHours(10);
        clock.shift(later[0]);
        meter.report();
        await().until(() -> tables.rows("SELECT 1 FROM meter_reading WHERE device_id = ? AND register = 'TOTAL'", id)
                        .size()
                == 2);
        credit.draw();
        String stand = tables.one("SELECT state, difference FROM meter_own_credit WHERE point_id = ?", id);
        assertTrue(stand.startsWith("AGREES"), stand);
        assertTrue(new BigDecimal(tables.one("SELECT used FROM meter_own_credit WHERE point_id = ?", id))
                        .compareTo(BigDecimal.ONE)
                > 0);
    }

    private JsonPath graph() {
        return Graph.as(company.manager()).ask("{meterPurchases{nodes{quantity why state}}}");
    }

    private String requested(UUID order) {
        return Graph.as(company.finance())
                .ask(
                        "mutation($o:ID!){requestRefund(orderId:$o amountFen:100 reason:\"moved\"){id}}",
                        "o",
                        order.toString())
                .getString("requestRefund.id");
    }

    private void refund(UUID order) {
        String refund = Graph.as(company.finance())
                .ask(
                        "mutation($o:ID!,$f:Long!){requestRefund(orderId:$o amountFen:$f reason:\"away\"){id}}",
                        "o",
                        order.toString(),
                        "f",
                        Integer.valueOf(tables.one("SELECT payable_fen FROM payment_order WHERE id = ?", order)))
                .getString("requestRefund.id");
        Graph manager = Graph.as(company.manager());
        manager.ask("mutation($i:ID!){approveRefund(id:$i){id}}", "i", refund);
        manager.ask("mutation($i:ID!){payOutRefund(id:$i receiptNo:\"R1\"){id}}", "i", refund);
    }

    private String number(UUID order) {
        return tables.one(
                "SELECT number, (after - before)::numeric(9,2) FROM meter_purchase WHERE order_id = ?", order);
    }

    private String balance() {
        return tables.one("SELECT credit FROM meter_balance WHERE point_id = ?", id);
    }

    private void overdue() {
        ahead = ahead.plusSeconds(41);
        clock.shift(ahead);
        credit.deadlines();
    }

    /** Past the pause after which a meter that was busy is come back to. */
    private void later() {
        ahead = ahead.plusSeconds(61);
        clock.shift(ahead);
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
}
