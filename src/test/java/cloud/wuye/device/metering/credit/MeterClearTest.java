package cloud.wuye.device.metering.credit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.PostpaidMeters;
import cloud.wuye.device.metering.account.TestCredits;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.Fault;
import cloud.wuye.kit.simulator.Faults;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.ledger.TestBooks;
import cloud.wuye.payment.order.TestOrders;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clearing of credit that the service counts, and of credit in a simulated meter; what of it is owed, and to whom. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class MeterClearTest {
    private static final String CLEAR =
            "mutation($d:ID!,$r:Remainder!,$k:String!){c:clearMeter(deviceId:$d reason:\"moved out\" remainder:$r"
                    + " clientKey:$k){id state before after refundFen}}";

    @Inject
    TestDevices tables;

    @Inject
    TestCredit credit;

    @Inject
    TestCredits credits;

    @Inject
    PostpaidMeters meters;

    @Inject
    TestBooks books;

    @Inject
    TestOrders orders;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph manager;

    @BeforeEach
    void freshCompany() {
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void moneyThatIsLeftIsOwedInWholeFenOnce() throws Throwable {
        UUID meter = prepaid("0.333333");
        credits.topUp(company.id(), meter, null);
        read(meter, 60, "3");

        JsonPath done = clear(meter, "PAY_BACK", "k1");

        assertEquals("DONE|9.000001|0.000000|900", shown(done));
        assertEquals("10.00", books.balance(company, "CUSTOMER_CREDIT", meter), "0.999999 used, 9.000001 cleared");
        assertEquals("-9.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("-0.000001", line("ROUNDING"));
        assertEquals(done.getString("c.id"), clear(meter, "PAY_BACK", "k1").getString("c.id"));
        assertEquals("-9.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals(
                "1|-900",
                tables.one(
                        "SELECT count(*), sum(money_fen) FROM credit_move WHERE kind = 'CLEAR'" + " AND point_id = ?",
                        meter));
        String pay = "mutation($i:ID!,$n:String!){payOutClearing(id:$i receiptNo:$n){receiptNo paidOutAt}}";
        String id = done.getString("c.id");
        Graph finance = Graph.as(company.finance());
        finance.refused("CASH_DESK_TOO_LOW", pay, "i", id, "n", "R1");
        assertEquals("-9.00", books.balance(company, "REFUND_PAYABLE", null));
        orders.credited(company);
        assertEquals("R1", finance.ask(pay, "i", id, "n", "R1").getString("payOutClearing.receiptNo"));
        finance.ask(pay, "i", id, "n", "R1");
        finance.refused("ILLEGAL_STATE", pay, "i", id, "n", "R2");
        assertEquals("0.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("41.00", books.balance(company, "CASH_DESK", null));
        JsonPath list = manager.ask(
                "query($d:ID!){meterClearRecords(filter:{deviceId:$d}){nodes{register reason byName entryId}}}",
                "d",
                meter.toString());
        assertEquals("3.0000", list.getString("meterClearRecords.nodes[0].register"));
        assertEquals("moved out", list.getString("meterClearRecords.nodes[0].reason"));
        manager.ask(
                "mutation($d:ID!){closeMeterAccount(deviceId:$d reason:\"gone\"){closedAt}}", "d", meter.toString());
    }

    @Test
    void aKeyIsForOneMeterAndOnlyTheManagerClears() {
        UUID meter = prepaid("1");
        UUID other = prepaid("1");
        clear(meter, "WRITE_OFF", "k1");
        manager.refused("VALIDATION", CLEAR, "d", other.toString(), "r", "WRITE_OFF", "k", "k1");
        Graph.as(company.finance()).refused("FORBIDDEN", CLEAR, "d", meter.toString(), "r", "WRITE_OFF", "k", "k2");
    }

    @Test
    void arrearsCanOnlyBeWrittenOff() throws Throwable {
        UUID meter = prepaid("1.5");
        read(meter, 60, "3");
        manager.refused("VALIDATION", CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k1");

        assertEquals("DONE|-4.500000|0.000000|0", shown(clear(meter, "WRITE_OFF", "k1")));

        manager.refused(
                "ILLEGAL_STATE",
                "mutation($i:ID!){payOutClearing(id:$i receiptNo:\"R1\"){id}}",
                "i",
                tables.one("SELECT id FROM meter_clear_record WHERE device_id = ?", meter));
        assertEquals("4.50", books.balance(company, "BAD_DEBT", null));
        assertEquals("0.00", books.balance(company, "CUSTOMER_CREDIT", meter));
        assertEquals("-4.50", books.balance(company, "REVENUE_ELECTRICITY", null));
    }

    @Test
    void whatIsUsedAndNotBilledIsNotCleared() {
        UUID meter = meters.meter(company, Commodity.ELECTRICITY);
        meters.open(company, meter, Commodity.ELECTRICITY, plan("1"), BillingMode.POSTPAID);
        manager.refused("ACCOUNT_TERMS", CLEAR, "d", meter.toString(), "r", "WRITE_OFF", "k", "k1");
    }

    @Test
    void kilowattHoursAreOwedAtWhatWasPaidForThem() throws Throwable {
        UUID meter = meters.meter(company, Commodity.ELECTRICITY);
        read(meter, 180, "0");
        open(meter, "{mode:PREPAID unit:QUANTITY planId:\"" + plan("2") + "\"}");
        credits.topUp(company.id(), meter, null); // 10 kWh for 10 yuan
        read(meter, 120, "4");

        assertEquals("DONE|6.000000|0.000000|600", shown(clear(meter, "PAY_BACK", "k1")));
        assertEquals("10.00", books.balance(company, "CUSTOMER_CREDIT", meter));
        assertEquals("-6.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("-6.00", books.balance(company, "ENERGY_SOLD", null));
        assertEquals("-4.00", books.balance(company, "ENERGY_USED", null));

        credits.topUp(company.id(), meter, "again");
        read(meter, 60, "9");
        assertEquals("DONE|5.000000|0.000000|0", shown(clear(meter, "WRITE_OFF", "k2")));
        assertEquals("-5.00", books.balance(company, "BAD_DEBT", null), "nothing of the first purchase is left");
        assertEquals("20.00", books.balance(company, "CUSTOMER_CREDIT", meter));
        assertEquals("-9.00", books.balance(company, "REVENUE_ELECTRICITY", null));
    }

    @Test
    void aMeterIsClearedByItsOwnWordAndWhatWasLeftIsOwed() throws Throwable {
        UUID meter = counting();
        try (SimulatedMeter device = connected(meter)) {
            manager.refused("CREDIT_UNKNOWN", CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k0");
            UUID order = credit.paid(company, meter, 5000);
            manager.refused("CREDIT_NOT_SETTLED", CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k0");
            credit.until(order, "CREDITED|WRITTEN");

            assertEquals("UNDER_WAY", clear(meter, "PAY_BACK", "k1").getString("c.state"));
            manager.refused("CREDIT_NOT_SETTLED", close(), "d", meter.toString());
            untilCleared(meter, "DONE");

            assertTrue(device.credit().compareTo(new BigDecimal("0")) <= 0, device.credit() + "");
            assertEquals(2, device.purchase());
            JsonPath done = clear(meter, "PAY_BACK", "k1");
            BigDecimal before = new BigDecimal(done.getString("c.before"));
            assertTrue(before.compareTo(new BigDecimal("62.4")) > 0, before + "");
            long owed = before.multiply(new BigDecimal("80"))
                    .setScale(0, RoundingMode.DOWN)
                    .longValueExact();
            assertEquals(owed, done.getLong("c.refundFen"), "at 0.80 a kWh");
            assertEquals(BigDecimal.valueOf(-owed, 2).toPlainString(), books.balance(company, "REFUND_PAYABLE", null));
            assertEquals("0.00", books.balance(company, "ENERGY_CREDIT", meter));
            assertEquals("0.000000", tables.one("SELECT credit FROM meter_balance WHERE point_id = ?", meter));

            UUID next = credit.paid(company, meter, 1000);
            credit.until(next, "CREDITED|WRITTEN");
            assertTrue(device.credit().compareTo(new BigDecimal("12.4")) > 0, "bought after it, not wiped out");
        }
    }

    @Test
    void aMeterThatIsAwayTooLongIsNotClearedAndNothingChanges() throws Throwable {
        UUID meter = counting();
        try (SimulatedMeter device = connected(meter)) {
            UUID order = credit.paid(company, meter, 5000);
            credit.until(order, "CREDITED|WRITTEN");
            device.loseNetwork();
            await().until(() -> !online(meter));
            clear(meter, "PAY_BACK", "k1");
            manager.refused("ILLEGAL_STATE", CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k2");
            credit.tick();
            clock.shift(Duration.ofMinutes(16));
            credit.deadlines();
            untilCleared(meter, "FAILED");
            assertEquals("62.500000", tables.one("SELECT credit FROM meter_balance WHERE point_id = ?", meter));
            assertEquals("0.00", books.balance(company, "REFUND_PAYABLE", null));
            manager.refused("CREDIT_UNKNOWN", CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k2");
        }
    }

    /** What is paid back goes by a final word; what is written off costs nobody anything. */
    @Test
    void theWordThatMoneyIsPaidBackByIsAskedForFirst() {
        UUID meter = counting();
        credit.says(company, meter, clock.now().minus(Duration.ofMinutes(16)), "7");
        JsonPath refused = manager.refused("CREDIT_UNKNOWN", CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k1");
        assertEquals("deviceId", refused.getString("errors[0].extensions.field"));
        assertTrue(refused.getString("errors[0].message").contains("15"), refused.prettify());
        credit.says(company, meter, clock.now(), "7");
        assertEquals("UNDER_WAY", clear(meter, "PAY_BACK", "k1").getString("c.state"));
        // It was busy with something else meanwhile: what was known when the person clicked is not what is left now.
        clock.shift(Duration.ofMinutes(16));
        untilCleared(meter, "FAILED");
        assertEquals("CREDIT_UNKNOWN", tables.one("SELECT why FROM meter_purchase WHERE device_id = ?", meter));
        assertEquals("UNDER_WAY", clear(meter, "WRITE_OFF", "k2").getString("c.state"), "a day will do");
    }

    /** The answer is lost, and before it is asked for again the meter reads what the clearing left of it: nothing. */
    @Test
    void whatTheMeterSaysAfterItWasClearedIsNotWhatWasLeft() throws Throwable {
        UUID meter = counting();
        try (SimulatedMeter device = connected(meter)) {
            credit.until(credit.paid(company, meter, 5000), "CREDITED|WRITTEN");
            device.behave(Faults.none().with(Fault.NOACK, 1));
            clear(meter, "PAY_BACK", "k1");
            await().until(() -> {
                credit.tick();
                return device.purchase() == 2;
            });
            device.report();
            await().until(() ->
                    new BigDecimal(tables.one("SELECT read_credit FROM meter_credit_report WHERE device_id = ?", meter))
                                    .signum()
                            <= 0);
            device.behave(Faults.none());
            clock.shift(Duration.ofSeconds(41));
            credit.deadlines();
            untilCleared(meter, "DONE");
            JsonPath done = clear(meter, "PAY_BACK", "k1");
            assertTrue(
                    new BigDecimal(done.getString("c.before")).compareTo(new BigDecimal("62.4")) > 0, done.prettify());
            assertTrue(done.getLong("c.refundFen") > 4900, done.prettify());
        }
    }

    @Test
    void theModeChangesWhenNothingIsLeftAndItWasReadLately() throws Throwable {
        String change =
                "mutation($d:ID!,$p:ID!){c:changeMeterMode(deviceId:$d terms:{mode:POSTPAID planId:$p} reason:\"wish\")"
                        + "{mode pointId}}";
        UUID meter = prepaid("1");
        String plan = plan("3").toString();
        credits.topUp(company.id(), meter, null);
        read(meter, 60, "4");
        manager.refused("CREDIT_NOT_SETTLED", change, "d", meter.toString(), "p", plan);
        clear(meter, "PAY_BACK", "k1");
        Graph.as(company.finance()).refused("FORBIDDEN", change, "d", meter.toString(), "p", plan);
        String order = manager.ask(
                        "mutation($d:ID!){t:topUpMeter(deviceId:$d amountFen:300){orderId}}", "d", meter.toString())
                .getString("t.orderId");
        tables.run("UPDATE payment_order SET state = 'CREDIT_FAILED' WHERE id = ?", UUID.fromString(order));
        manager.refused("ORDER_NOT_GIVEN", change, "d", meter.toString(), "p", plan);
        tables.run("UPDATE payment_order SET state = 'CLOSED' WHERE id = ?", UUID.fromString(order));
        clock.shift(Duration.ofHours(24));
        manager.refused("READING_STALE", change, "d", meter.toString(), "p", plan);
        clock.reset();

        JsonPath changed = manager.ask(change, "d", meter.toString(), "p", plan);

        assertEquals("POSTPAID|" + meter, changed.getString("c.mode") + "|" + changed.getString("c.pointId"));
        assertEquals("-4.00", books.balance(company, "REVENUE_ELECTRICITY", null), "all prepaid usage is posted");
        read(meter, 1, "6");
        assertEquals("-6.000000", tables.one("SELECT credit FROM meter_balance WHERE point_id = ?", meter));
        manager.refused("ACCOUNT_TERMS", change, "d", meter.toString(), "p", plan);
        assertEquals(
                "1",
                tables.one(
                        "SELECT count(*) FROM audit_entry WHERE tenant_id = ? AND act = 'meter.changeMode'",
                        company.id()));
    }

    @Test
    void aWaterMeterCannotCountItsOwnCredit() {
        UUID meter = meters.meter(company, Commodity.WATER);
        UUID plan = meters.plan(company, Commodity.WATER, LocalDate.of(2026, 10, 1), "1", "0");
        manager.refused(
                "ACCOUNT_TERMS",
                "mutation($d:ID!,$p:ID!){openMeterAccount(deviceId:$d terms:{mode:PREPAID authority:METER unit:QUANTITY"
                        + " planId:$p}){version}}",
                "d",
                meter.toString(),
                "p",
                plan.toString());
    }

    private JsonPath clear(UUID meter, String remainder, String key) {
        return manager.ask(CLEAR, "d", meter.toString(), "r", remainder, "k", key);
    }

    private static String shown(JsonPath done) {
        return done.getString("c.state") + "|" + done.getString("c.before") + "|" + done.getString("c.after") + "|"
                + done.getLong("c.refundFen");
    }

    private static String close() {
        return "mutation($d:ID!){closeMeterAccount(deviceId:$d reason:\"gone\"){closedAt}}";
    }

    private UUID prepaid(String price) {
        UUID meter = meters.meter(company, Commodity.ELECTRICITY);
        read(meter, 180, "0");
        meters.open(company, meter, Commodity.ELECTRICITY, plan(price), BillingMode.PREPAID);
        return meter;
    }

    private UUID plan(String price) {
        return meters.plan(company, Commodity.ELECTRICITY, LocalDate.of(2026, 10, 1), price, "0");
    }

    private void open(UUID meter, String terms) {
        manager.ask(
                "mutation($d:ID!){openMeterAccount(deviceId:$d terms:" + terms + "){version}}", "d", meter.toString());
    }

    private void read(UUID meter, int minutesAgo, String value) {
        meters.read(company, meter, clock.now().minus(Duration.ofMinutes(minutesAgo)), value);
    }

    /** A meter that counts its own credit. */
    private UUID counting() {
        UUID meter = tables.device(
                company.id(),
                "emeter",
                "e" + Ids.next().toString().replace("-", "").substring(10),
                null);
        credit.account(company, meter, "METER", "QUANTITY");
        return meter;
    }

    private SimulatedMeter connected(UUID meter) {
        KitServers kit = KitServers.shared();
        String uid = tables.one("SELECT uid FROM device WHERE id = ?", meter);
        SimulatedMeter device = SimulatedMeter.of(
                BrokerAddress.parse(kit.fact("mqtt.host") + ":" + kit.fact("mqtt.port")),
                DeviceCard.home(company.code(), uid, "any"),
                MeterSettings.usual());
        device.connectNow();
        await().until(() -> online(meter));
        return device;
    }

    private void untilCleared(UUID meter, String state) {
        await().until(() -> {
            credit.tick();
            return state.equals(tables.one("SELECT state FROM meter_clear_record WHERE device_id = ?", meter));
        });
    }

    private boolean online(UUID device) {
        return "ONLINE".equals(tables.one("SELECT connectivity FROM device_state WHERE device_id = ?", device));
    }

    private String line(String account) {
        return tables.one(
                "SELECT sum(amount) FROM journal_line WHERE tenant_id = ? AND account = ?", company.id(), account);
    }
}
