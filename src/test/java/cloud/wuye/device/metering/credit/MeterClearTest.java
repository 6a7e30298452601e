package cloud.wuye.device.metering.credit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.PostpaidMeters;
import cloud.wuye.device.metering.account.TestCredits;
import cloud.wuye.ledger.TestBooks;
import cloud.wuye.payment.order.TestOrders;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clearing of credit that the service counts; what of it is owed, and to whom. */
@QuarkusTest
class MeterClearTest {
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

        JsonPath done = credit.clear(company, meter, "PAY_BACK", "k1");

        assertEquals("DONE|9.000001|0.000000|900", shown(done));
        assertEquals("10.00", books.balance(company, "CUSTOMER_CREDIT", meter), "0.999999 used, 9.000001 cleared");
        assertEquals("-9.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("-0.000001", line("ROUNDING"));
        assertEquals(
                done.getString("c.id"),
                credit.clear(company, meter, "PAY_BACK", "k1").getString("c.id"));
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
        credit.clear(company, meter, "WRITE_OFF", "k1");
        manager.refused("VALIDATION", TestCredit.CLEAR, "d", other.toString(), "r", "WRITE_OFF", "k", "k1");
        Graph.as(company.finance())
                .refused("FORBIDDEN", TestCredit.CLEAR, "d", meter.toString(), "r", "WRITE_OFF", "k", "k2");
    }

    @Test
    void arrearsCanOnlyBeWrittenOff() throws Throwable {
        UUID meter = prepaid("1.5");
        read(meter, 60, "3");
        manager.refused("VALIDATION", TestCredit.CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k1");

        assertEquals("DONE|-4.500000|0.000000|0", shown(credit.clear(company, meter, "WRITE_OFF", "k1")));

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
        manager.refused("ACCOUNT_TERMS", TestCredit.CLEAR, "d", meter.toString(), "r", "WRITE_OFF", "k", "k1");
    }

    @Test
    void kilowattHoursAreOwedAtWhatWasPaidForThem() throws Throwable {
        UUID meter = meters.meter(company, Commodity.ELECTRICITY);
        read(meter, 180, "0");
        open(meter, "{mode:PREPAID unit:QUANTITY planId:\"" + plan("2") + "\"}");
        credits.topUp(company.id(), meter, null); // 10 kWh for 10 yuan
        read(meter, 120, "4");

        assertEquals("DONE|6.000000|0.000000|600", shown(credit.clear(company, meter, "PAY_BACK", "k1")));
        assertEquals("10.00", books.balance(company, "CUSTOMER_CREDIT", meter));
        assertEquals("-6.00", books.balance(company, "REFUND_PAYABLE", null));
        assertEquals("-6.00", books.balance(company, "ENERGY_SOLD", null));
        assertEquals("-4.00", books.balance(company, "ENERGY_USED", null));

        credits.topUp(company.id(), meter, "again");
        read(meter, 60, "9");
        assertEquals("DONE|5.000000|0.000000|0", shown(credit.clear(company, meter, "WRITE_OFF", "k2")));
        assertEquals("-5.00", books.balance(company, "BAD_DEBT", null), "nothing of the first purchase is left");
        assertEquals("20.00", books.balance(company, "CUSTOMER_CREDIT", meter));
        assertEquals("-9.00", books.balance(company, "REVENUE_ELECTRICITY", null));
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
        credit.clear(company, meter, "PAY_BACK", "k1");
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

    private static String shown(JsonPath done) {
        return done.getString("c.state") + "|" + done.getString("c.before") + "|" + done.getString("c.after") + "|"
                + done.getLong("c.refundFen");
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

    private String line(String account) {
        return tables.one(
                "SELECT sum(amount) FROM journal_line WHERE tenant_id = ? AND account = ?", company.id(), account);
    }
}
