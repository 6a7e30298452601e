package cloud.wuye.device.metering.topup;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.CreditAuthority;
import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.device.metering.account.TestAccounts;
import cloud.wuye.device.metering.account.TestAccounts.Terms;
import cloud.wuye.ledger.TestBooks;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Top-ups by staff, paid at the counter, and what becomes of refunds. */
@QuarkusTest
class TopUpTest {
    private static final String ORDER =
            "mutation($d:ID!,$f:Long,$q:Decimal,$k:String){t:topUpMeter(deviceId:$d amountFen:$f quantity:$q clientKey:$k)"
                    + "{orderId payableFen paidFen feeFen unitPrice quantity before after status{state zh}}}";

    @Inject
    TestDevices devices;

    @Inject
    TestAccounts accounts;

    @Inject
    TestBooks books;

    private TestTenant company;
    private Graph finance;
    private UUID meter;

    @BeforeEach
    void company() {
        company = TestTenants.fresh();
        finance = Graph.as(company.finance());
        meter = devices.device(company.id(), "emeter", "em-" + Long.toString(System.nanoTime(), 36), null);
    }

    private void account(Terms terms, String price) {
        accounts.open(
                company, meter, Commodity.ELECTRICITY, accounts.plan(company, Commodity.ELECTRICITY, price), terms);
    }

    @Test
    void quoteSaysWhatTheOrderWillSay() {
        account(Terms.usual().inQuantity(), "0.8");
        accounts.adjust(company, meter, "1");
        JsonPath quote = finance.ask(
                "query($d:ID!){q:quoteTopUp(deviceId:$d amountFen:5000){unit payableFen surchargeFen dueFen unitPrice quantity before after}}",
                "d",
                meter.toString());
        assertEquals(
                List.of(5000, 30, 5030),
                List.of(quote.getInt("q.payableFen"), quote.getInt("q.surchargeFen"), quote.getInt("q.dueFen")));
        assertEquals("62.5000", quote.getString("q.quantity"));
        assertEquals("QUANTITY", quote.getString("q.unit"));
        JsonPath order = finance.ask(ORDER, "d", meter.toString(), "q", "62.5");
        assertEquals(5000, order.getInt("t.payableFen"));
        assertEquals("1.000000", order.getString("t.before"));
        assertEquals("63.500000", order.getString("t.after"));
        assertEquals("1", accounts.credit(company, meter), "nothing is credited before it is paid");
    }

    @Test
    void moneyPaidAtTheCounterIsCreditOnce() throws Throwable {
        account(Terms.usual(), "0.6");
        String order = order(5000);
        paid(order, "CREDITED");
        assertEquals("50", accounts.credit(company, meter));
        assertEquals("-50.00", books.balance(company, "CUSTOMER_CREDIT", meter));
        assertEquals("50.00", books.balance(company, "CASH_DESK", null), "no channel, no fee");
        assertEquals("0.00", books.balance(company, "PAYMENT_FEE_INCOME", null));
        JsonPath record = record(order);
        assertEquals(
                List.of("5000", "5000", "0", "5000"),
                List.of("payableFen", "paidFen", "feeFen", "incomeFen").stream()
                        .map(each -> record.getString("r.nodes[0]." + each))
                        .toList());
        assertEquals("支付成功", record.getString("r.nodes[0].status.zh"));
        assertEquals("83.3333", record.getString("r.nodes[0].quantity"));
    }

    @Test
    void usedMeanwhileTheRecordSaysWhatWasReallyThere() {
        account(Terms.usual(), "0.6");
        accounts.adjust(company, meter, "10");
        String order = order(5000);
        assertEquals("10.000000", record(order).getString("r.nodes[0].before"));
        accounts.use(company, meter, "4");
        paid(order, "CREDITED");
        JsonPath record = record(order);
        assertEquals("6.000000", record.getString("r.nodes[0].before"));
        assertEquals("56.000000", record.getString("r.nodes[0].after"));
    }

    @Test
    void creditInQuantityStandsInTheEnergyBooksToo() throws Throwable {
        account(Terms.usual().inQuantity(), "0.8");
        paid(order(5000), "CREDITED");
        assertEquals("62.5", accounts.credit(company, meter));
        assertEquals("-62.50", books.balance(company, "ENERGY_CREDIT", meter));
        assertEquals("62.50", books.balance(company, "ENERGY_SOLD", null));
        assertEquals("-50.00", books.balance(company, "CUSTOMER_CREDIT", meter));
    }

    @Test
    void closedAccountOwesTheMoneyBack() throws Throwable {
        account(Terms.usual(), "0.6");
        String order = order(5000);
        accounts.close(company, meter);
        paid(order, "REFUNDING");
        assertEquals("0.00", books.balance(company, "CUSTOMER_CREDIT", meter));
        assertEquals("-50.00", books.balance(company, "REFUND_PAYABLE", null));
        assertNull(record(order).getString("r.nodes[0].creditedAt"));
    }

    /** Paid in the moment in which the account is closed: not credited to an account that nobody has any more. */
    @Test
    void accountThatIsBeingClosedTakesNoMoney() throws Throwable {
        account(Terms.usual(), "0.6");
        String order = order(5000);
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<Void> closing =
                CompletableFuture.runAsync(() -> accounts.closeSlowly(company, meter, held, Duration.ofSeconds(2)));
        held.await();
        paid(order, "REFUNDING");
        closing.join();
        assertEquals("0", accounts.credit(company, meter));
        assertEquals("-50.00", books.balance(company, "REFUND_PAYABLE", null));
    }

    /** What was bought is fixed; the plan of now only tells what of its price was for service. */
    @Test
    void topUpOfAMeterThatCountsItselfIsGivenThoughItsPlanHasNoPriceAnyMore() {
        account(new Terms(CreditUnit.QUANTITY, CreditAuthority.METER, "0", "0", false, List.of(), true), "0.5");
        String order = order(5000);
        String empty = Graph.as(company.manager())
                .ask("mutation{p:createTariffPlan(input:{name:\"empty\" commodity:ELECTRICITY}){id}}")
                .getString("p.id");
        devices.run("UPDATE meter_account SET plan_id = ? WHERE point_id = ?", UUID.fromString(empty), meter);
        paid(order, "CREDITING");
        assertEquals(
                "100.0000|50.000000|0.000000",
                devices.one(
                        "SELECT quantity, energy_amount, service_amount FROM meter_purchase WHERE point_id = ?",
                        meter));
    }

    @Test
    void accountOpenedAgainForANeighbourGetsNothingOfTheOldOrder() {
        account(Terms.usual(), "0.6");
        String order = order(5000);
        accounts.close(company, meter);
        account(Terms.usual(), "0.6");
        paid(order, "REFUNDING");
        assertEquals("0", accounts.credit(company, meter));
    }

    @Test
    void refundTakesTheCreditBackAndTheEnergyWithIt() throws Throwable {
        account(Terms.usual().inQuantity(), "0.8");
        String order = order(5000);
        paid(order, "CREDITED");
        approved(refund(order, 2000));
        assertEquals("37.5", accounts.credit(company, meter), "20 of 50 yuan, 25 of 62.5 kWh");
        payOut(order);
        approved(refund(order, 3000));
        assertEquals("0", accounts.credit(company, meter));
        assertEquals("0.00", books.balance(company, "ENERGY_CREDIT", meter));
        assertEquals("0.00", books.balance(company, "ENERGY_SOLD", null));
        assertEquals("0.00", books.balance(company, "CUSTOMER_CREDIT", meter));
        assertEquals(
                List.of("REFUND|-3000", "REFUND|-2000", "TOP_UP|5000"),
                devices.rows(
                        "SELECT kind, money_fen FROM credit_move WHERE tenant_id = ? ORDER BY at DESC", company.id()));
    }

    @Test
    void whatIsUsedIsNotReturned() {
        account(Terms.usual().limits("100", "0"), "0.6");
        String order = order(5000);
        paid(order, "CREDITED");
        accounts.use(company, meter, "10");
        String refund = refund(order, 5000);
        Graph.as(company.as("he", Roles.MANAGER))
                .refused("CREDIT_USED", "mutation($i:ID!){approveRefund(id:$i){state}}", "i", refund);
        assertEquals("40", accounts.credit(company, meter));
        assertEquals("CREDITED", state(order));
    }

    @Test
    void secondClickFindsTheOrderOfTheFirst() {
        account(Terms.usual(), "0.6");
        String key = Ids.next().toString();
        String first =
                finance.ask(ORDER, "d", meter.toString(), "f", 100, "k", key).getString("t.orderId");
        accounts.adjust(company, meter, "3");
        JsonPath second = finance.ask(ORDER, "d", meter.toString(), "f", 100, "k", key);
        assertEquals(first, second.getString("t.orderId"));
        assertEquals("0.000000", second.getString("t.before"), "the first quote stands");
        finance.refused("ORDER_KEY_REUSED", ORDER, "d", meter.toString(), "f", 200, "k", key);
        assertNotEquals(first, order(100));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        finance.refused("ACCOUNT_MISSING", ORDER, "d", meter.toString(), "f", 100);
        account(Terms.usual(), "0.6");
        finance.refused("VALIDATION", ORDER, "d", meter.toString(), "f", 0);
        finance.refused("VALIDATION", ORDER, "d", meter.toString(), "f", 10_000_001);
        finance.refused("VALIDATION", ORDER, "d", meter.toString(), "q", "5");
        finance.refused("VALIDATION", ORDER, "d", meter.toString());
        Graph.as(company.technician()).refused("FORBIDDEN", ORDER, "d", meter.toString(), "f", 100);
        Graph.as(TestTenants.fresh().finance())
                .refused(
                        "ACCOUNT_MISSING",
                        "query($d:ID!){quoteTopUp(deviceId:$d amountFen:100){payableFen}}",
                        "d",
                        meter.toString());
    }

    private String order(long fen) {
        return finance.ask(ORDER, "d", meter.toString(), "f", fen).getString("t.orderId");
    }

    private void paid(String order, String state) {
        finance.ask(
                "mutation($i:ID!,$r:String!){takePayment(orderId:$i by:CASH receiptNo:$r){id}}",
                "i",
                order,
                "r",
                "R" + order);
        await("becomes " + state).until(() -> state.equals(state(order)));
    }

    private String state(String order) {
        return finance.ask("query($i:ID!){o:paymentOrder(id:$i){state}}", "i", order)
                .getString("o.state");
    }

    private String refund(String order, long fen) {
        return finance.ask(
                        "mutation($i:ID!,$a:Long!){r:requestRefund(orderId:$i amountFen:$a reason:\"moved out\"){id}}",
                        "i",
                        order,
                        "a",
                        fen)
                .getString("r.id");
    }

    private void approved(String refund) {
        Graph.as(company.as("he", Roles.MANAGER)).ask("mutation($i:ID!){approveRefund(id:$i){state}}", "i", refund);
    }

    private void payOut(String order) {
        String refund = finance.ask("query($i:ID!){r:refunds(filter:{orderId:$i}){nodes{id}}}", "i", order)
                .getString("r.nodes[0].id");
        finance.ask("mutation($i:ID!){payOutRefund(id:$i receiptNo:\"B-7\"){state}}", "i", refund);
    }

    private JsonPath record(String order) {
        JsonPath all = finance.ask(
                "query($d:ID!){r:paymentRecords(filter:{deviceId:$d}){nodes{orderId payableFen paidFen feeFen incomeFen before after quantity creditedAt status{zh}}}}",
                "d",
                meter.toString());
        assertEquals(order, all.getString("r.nodes[0].orderId"));
        return all;
    }
}
