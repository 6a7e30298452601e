package cloud.wuye.device.metering.billing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.resident.TestHomes;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Residents see the bills that are theirs, pay them once whatever they click, and meet a wall everywhere else. */
@QuarkusTest
class MyMeterBillsTest {
    private static final String BILLS =
            "{myMeterBills{nodes{id number meterNo commodity state dueOn totalFen payableFen paidFen openFen"
                    + " lines{kind quantity energyFen serviceFen} payments{orderNo fen paidFen state}}}}";
    private static final String QUOTE =
            "query($b:ID!,$f:Long){q:quoteMyMeterBill(billId:$b amountFen:$f){openFen payableFen surchargeFen dueFen"
                    + " openAfterFen partialPayments}}";
    private static final String PAY =
            "mutation($b:ID!,$f:Long,$k:String!){p:payMyMeterBill(input:{billId:$b amountFen:$f method:QR clientKey:$k})"
                    + "{order{orderId orderNo payableFen surchargeFen expiresAt} qrCode inApp{appid}}}";

    @Inject
    TestBills bills;

    @Inject
    TestHomes homes;

    @Inject
    TestDevices tables;

    @Inject
    Clock clock;

    private TestTenant company;
    private String home;
    private String bill;

    @BeforeEach
    void aBillOfSuns() {
        company = TestTenants.fresh();
        home = homes.home(company, "101");
        bill = billIn(home);
        homes.moveIn(company, homes.person(company, "sun"), home, Instant.now().minus(Duration.ofDays(2)));
        String nextDoor = homes.home(company, "102");
        homes.moveIn(
                company, homes.person(company, "qian"), nextDoor, Instant.now().minus(Duration.ofDays(2)));
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void residentsSeeWhatTheirMetersCostAndNobodyElsesBills() {
        JsonPath seen = as("sun").ask(BILLS);
        assertEquals(List.of(bill), seen.getList("myMeterBills.nodes.id"));
        String it = "myMeterBills.nodes[0].";
        assertEquals("ELECTRICITY", seen.getString(it + "commodity"));
        assertEquals("ISSUED", seen.getString(it + "state"));
        assertNotNull(seen.getString(it + "dueOn"));
        assertEquals(700, seen.getLong(it + "payableFen"));
        assertEquals(700, seen.getLong(it + "openFen"));
        assertEquals(List.of("600"), seen.getList(it + "lines.energyFen"));
        assertEquals(List.of("100"), seen.getList(it + "lines.serviceFen"));
        assertEquals(List.of(), seen.getList(it + "payments"));
        assertEquals(List.of(bill), ids(as("sun").ask("{myMeterBills(filter:{states:[ISSUED]}){nodes{id}}}")));
        assertEquals(List.of(), ids(as("sun").ask("{myMeterBills(filter:{states:[PAID]}){nodes{id}}}")));

        assertEquals(List.of(), ids(as("qian").ask(BILLS)));
        as("qian").refused("NOT_FOUND", QUOTE, "b", bill);
        as("qian").refused("NOT_FOUND", PAY, "b", bill, "k", "k");
        as("sun").refused("FORBIDDEN", "{meterBills{nodes{id}}}");
        as("sun").refused("FORBIDDEN", "query($b:ID!){meterBill(id:$b){id}}", "b", bill);
        Graph.as(company.manager()).refused("FORBIDDEN", BILLS);
        Graph.as(company.resident("nobody")).refused("RESIDENT_UNKNOWN", BILLS);
        assertEquals("0", tables.one("SELECT count(*) FROM payment_order WHERE tenant_id = ?", company.id()));
    }

    /** The flat is let anew: the bills of before are not the newcomer's, the next one is. */
    @Test
    void whoMovesInFindsNoBillsOfThoseBefore() {
        homes.moveIn(company, homes.person(company, "zhou"), home, Instant.now().minus(Duration.ofMinutes(1)));
        assertEquals(List.of(), ids(as("zhou").ask(BILLS)));
        as("zhou").refused("NOT_FOUND", PAY, "b", bill, "k", "k");
    }

    @Test
    void whoHasMovedOutSeesABillStillOnlyIfItAsksThem() {
        String asked = homes.person(company, "wu");
        String theirs = bills.issued(company, UUID.fromString(asked)).toString();
        assertEquals(List.of(theirs), ids(as("wu").ask(BILLS)));
        assertEquals(700, as("wu").ask(QUOTE, "b", theirs).getLong("q.openFen"));

        String stay = tables.one(
                "SELECT o.id FROM occupancy o JOIN resident r ON r.id = o.resident_id WHERE r.tenant_id = ? AND r.username = 'sun'",
                company.id());
        homes.moveOut(company, stay);
        assertEquals(List.of(), ids(as("sun").ask(BILLS)));
        as("sun").refused("NOT_FOUND", PAY, "b", bill, "k", "k");
    }

    @Test
    void aBillIsPaidOnceWhateverIsClickedAndTold() {
        SimulatedPayments channel = openChannel();
        JsonPath quote = as("sun").ask(QUOTE, "b", bill);
        assertEquals(700, quote.getLong("q.payableFen"));
        assertEquals(4, quote.getLong("q.surchargeFen"));
        assertEquals(704, quote.getLong("q.dueFen"));
        assertEquals(0, quote.getLong("q.openAfterFen"));

        // Ten impatient thumbs on one button.
        List<CompletableFuture<String>> clicks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clicks.add(CompletableFuture.supplyAsync(
                    () -> as("sun").ask(PAY, "b", bill, "k", "click").getString("p.order.orderNo")));
        }
        Set<String> numbers = new TreeSet<>();
        clicks.forEach(click -> numbers.add(click.join()));
        assertEquals(1, numbers.size());
        String number = numbers.iterator().next();
        JsonPath again = as("sun").ask(PAY, "b", bill, "k", "click");
        assertNotNull(again.getString("p.qrCode"));
        assertNull(again.getString("p.inApp"));
        assertEquals(4, again.getLong("p.order.surchargeFen"));
        as("sun").refused("ORDER_KEY_REUSED", PAY, "b", bill, "f", 100, "k", "click");
        assertEquals(List.of("PENDING"), as("sun").ask(BILLS).getList("myMeterBills.nodes[0].payments.state"));

        assertEquals(List.of(204), channel.pay(number + "-1"));
        assertEquals(List.of(204), channel.tell(number + "-1"));
        becomes("PAID", 0);
        JsonPath paid = as("sun").ask(BILLS);
        assertEquals(List.of("CREDITED"), paid.getList("myMeterBills.nodes[0].payments.state"));
        assertEquals(List.of("700"), paid.getList("myMeterBills.nodes[0].payments.paidFen"));
        assertEquals(
                "1",
                tables.one(
                        "SELECT count(*) FROM meter_bill_event WHERE bill_id = ? AND kind = 'PAYMENT'",
                        UUID.fromString(bill)));
        as("sun").refused("BILL_AMOUNT", PAY, "b", bill, "k", "another");
        JsonPath late = as("sun").ask(PAY, "b", bill, "k", "click");
        assertEquals(number, late.getString("p.order.orderNo"));
        assertNull(late.getString("p.qrCode"));
        as("sun").refused("ORDER_KEY_REUSED", PAY, "b", bill, "f", 100, "k", "click");
        assertEquals(
                List.of("sun"),
                Graph.as(company.finance())
                        .ask("{paymentOrders{nodes{payerName payerKind}}}")
                        .getList("paymentOrders.nodes.payerName"));
    }

    /** Who pays inside WeChat is whoever the log-in was linked to; no client says it. */
    @Test
    void insideWeChatTheLinkedOpenidPays() {
        String inApp = PAY.replace("QR", "IN_APP");
        as("sun").refused("PAYMENT_CHANNEL_NOT_CONFIGURED", inApp, "b", bill, "k", "k");
        SimulatedPayments channel = openChannel();
        as("sun").refused("WECHAT_NOT_LINKED", inApp, "b", bill, "k", "k");
        channel.openAppFor(company.manager());
        link(channel, "o-sun", false);
        JsonPath first = as("sun").ask(inApp, "b", bill, "k", "k");
        assertEquals(channel.text("/appid"), first.getString("p.inApp.appid"));
        assertNull(first.getString("p.qrCode"));
        String number = first.getString("p.order.orderNo");

        // Another WeChat is another attempt at the same order; each is announced under its own name.
        link(channel, "o-new", true);
        as("sun").ask(inApp, "b", bill, "k", "k");
        as("sun").ask(inApp, "b", bill, "k", "k");
        assertEquals(List.of(204), channel.pay(number + "-2"));
        becomes("PAID", 0);
        assertEquals(
                List.of("o-sun", "o-new"),
                tables.rows(
                        "SELECT payer_channel FROM payment_attempt WHERE tenant_id = ? ORDER BY ordinal",
                        company.id()));
        assertEquals(
                "o-new",
                channel.order("orders", java.util.Map.of())
                        .findValue("payer")
                        .path("openid")
                        .asText());
    }

    private void link(SimulatedPayments channel, String openid, boolean replace) {
        as("sun")
                .ask(
                        "mutation($c:String!,$r:Boolean){linkMyWeChat(code:$c replace:$r){id}}",
                        "c",
                        channel.login(openid),
                        "r",
                        replace);
    }

    @Test
    void aPartGoesBackAndIsOwedAgain() {
        SimulatedPayments channel = openChannel();
        assertEquals(500, as("sun").ask(QUOTE, "b", bill, "f", 200).getLong("q.openAfterFen"));
        as("sun").refused("BILL_AMOUNT", QUOTE, "b", bill, "f", 701);
        JsonPath order = as("sun").ask(PAY, "b", bill, "f", 200, "k", "part");
        channel.pay(order.getString("p.order.orderNo") + "-1");
        becomes("PARTLY_PAID", 500);

        String refund = Graph.as(company.finance())
                .ask(
                        "mutation($o:ID!){requestRefund(orderId:$o amountFen:50 reason:\"misread\"){id}}",
                        "o",
                        order.getString("p.order.orderId"))
                .getString("requestRefund.id");
        Graph.as(company.manager()).ask("mutation($r:ID!){approveRefund(id:$r){id}}", "r", refund);
        becomes("PARTLY_PAID", 550);
        assertEquals(List.of("150"), as("sun").ask(BILLS).getList("myMeterBills.nodes[0].payments.paidFen"));
    }

    /** An order whose time is over is not paid any more; a new click is a new order. */
    @Test
    void anOrderLapsesAndAnotherIsPaid() {
        SimulatedPayments channel = openChannel();
        String first = as("sun").ask(PAY, "b", bill, "k", "first").getString("p.order.orderNo");
        clock.set(Instant.now().plus(Duration.ofMinutes(31)));
        as("sun").refused("ILLEGAL_STATE", PAY, "b", bill, "k", "first");
        clock.reset();
        String second = as("sun").ask(PAY, "b", bill, "k", "second").getString("p.order.orderNo");
        channel.pay(second + "-1");
        becomes("PAID", 0);

        // The lapsed one is paid all the same: the bill cannot take it, and it goes back.
        channel.pay(first + "-1", "late", true);
        await().until(() -> tables.one("SELECT state FROM payment_order WHERE order_no = ?", first)
                .startsWith("REFUND"));
        assertEquals(700, as("sun").ask(BILLS).getLong("myMeterBills.nodes[0].paidFen"));
    }

    private void becomes(String state, long open) {
        await().until(() -> {
            JsonPath seen = as("sun").ask(BILLS);
            return seen.getString("myMeterBills.nodes[0].state").equals(state)
                    && seen.getLong("myMeterBills.nodes[0].openFen") == open;
        });
    }

    private SimulatedPayments openChannel() {
        SimulatedPayments channel = SimulatedPayments.fresh();
        channel.openFor(company.manager());
        return channel;
    }

    private String billIn(String space) {
        UUID made = bills.issued(company);
        homes.hang(company, UUID.fromString(tables.one("SELECT device_id FROM meter_bill WHERE id = ?", made)), space);
        return made.toString();
    }

    private Graph as(String username) {
        return Graph.as(company.resident(username));
    }

    private static List<String> ids(JsonPath bills) {
        return bills.getList("myMeterBills.nodes.id");
    }
}
